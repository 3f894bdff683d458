// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What stands on the edges of a picture, and where these start */
#include "show_dot.h"
#include "text.h"

#define MAX_LABEL_KEYS	4	/* on one edge; the rest is counted */

struct way node_way(const struct drawing *d, const struct node *node)
{
	const struct place *at = &d->places[node - d->p->nodes];
	struct way way = { &node->next, node->fields, "", at->level,
			   at->distance };

	snprintf(way.name, sizeof(way.name), "%s", node->name);
	return way;
}

struct way part_way(const struct drawing *d, const struct node *node,
			   uint32_t index)
{
	const struct part *part = &node->parts[index];
	struct way way = node_way(d, node);

	way.lookup = &part->next;
	way.fields = part->fields;
	snprintf(way.name, sizeof(way.name), "%s part %u", node->name, index + 1);
	return way;
}

struct way map_way(const struct drawing *d, const struct way *reader)
{
	struct way way = *reader;

	snprintf(way.name, sizeof(way.name), "map %s",
		 map_of(d, reader->lookup)->name);
	way.distance = d->maps[reader->lookup->map].distance;
	return way;
}

bool is_shared(const struct drawing *d, const struct lookup *lookup)
{
	return lookup->map >= 0 && d->maps[lookup->map].readers > 1;
}

bool same_target(struct target a, struct target b)
{
	return a.type == b.type && a.index == b.index;
}

void print_keys(const struct drawing *d, const struct way *way,
		       struct target to, bool entries, bool with_else)
{
	const struct map *map = entries ? map_of(d, way->lookup) : NULL;
	const char *comma = "";
	uint32_t num = 0;

	for (uint32_t i = 0; i < num_entries(map); i++) {
		const struct entry *e = entry_of(map, i);

		if (!same_target(e->target, to))
			continue;
		if (num++ < MAX_LABEL_KEYS) {
			fputs(comma, d->out);
			text_entry(d->out, way->lookup, way->fields, e);
			comma = way->lookup->num_key > 1 ? "; " : ", ";
		}
	}
	if (num > MAX_LABEL_KEYS)
		fprintf(d->out, " +%u", num - MAX_LABEL_KEYS);
	if (with_else)
		fprintf(d->out, "%selse", num ? ", " : "");
}

bool has_key(const struct map *map, struct target to)
{
	for (uint32_t i = 0; i < num_entries(map); i++)
		if (same_target(entry_of(map, i)->target, to))
			return true;
	return false;
}

void print_key_names(const struct drawing *d, const struct way *way)
{
	for (uint32_t i = 0; i < way->lookup->num_key; i++)
		fprintf(d->out, "%s%s", i ? ", " : "",
			text_operand_name(d->p, way->lookup, way->fields, i));
}
