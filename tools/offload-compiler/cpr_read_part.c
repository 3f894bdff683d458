// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Reading the parts of one node of a CPR */
#include <stdlib.h>
#include <string.h>

#include "cpr_read.h"

static void read_flag(struct reader *r, json_t *obj, const char *at,
		      const struct node *node, struct flag *flag)
{
	static const char * const keys[] = { "field", "mask", "?node", "?skip",
					     "value", NULL };
	uint32_t bits;

	if (!has_keys(r, obj, at, keys))
		return;
	if (json_object_size(obj) != 4) {
		fault(r, at, "needs either \"node\" or \"skip\"");
		return;
	}
	flag->field = get_field(r, obj, at, node->fields, node->num_fields);
	if (r->failed)
		return;
	bits = node->fields[flag->field].bits;
	flag->mask = get_value(r, obj, at, "mask", bits);
	flag->value = get_value(r, obj, at, "value", bits);
	flag->skip = json_object_get(obj, "skip");
	if (flag->skip)
		flag->size = get_int(r, obj, at, "skip", 1, MAX_LENGTH_ADD);
	else
		flag->node = get_node(r, obj, at, "node");
}

static void read_flags(struct reader *r, json_t *obj, const char *at,
		       const struct node *node, struct part *part)
{
	json_t *list = get_list(r, obj, at, "flags", MAX_FLAGS), *item;
	struct pointer p = sub(at, "flags");
	size_t i;

	part->flags = xcalloc(json_array_size(list), sizeof(*part->flags));
	json_array_foreach(list, i, item) {
		read_flag(r, item, sub_index(p.s, i).s, node, &part->flags[i]);
		if (r->failed)
			return;
		part->num_flags++;
	}
}

static void read_loop(struct reader *r, json_t *obj, const char *at,
		      struct part *part)
{
	part->max = get_int(r, obj, at, "max", 1, MAX_REPEAT);
	part->exceeded = read_target(r, obj, at, "exceeded");
	part->need = get_int(r, obj, at, "need", 0, MAX_MIN_LENGTH);
	read_fields(r, obj, at, &part->fields, &part->num_fields, part->need);
	if (!r->failed)
		read_lookup(r, obj, at, &part->next, part->fields,
			    part->num_fields);
}

static void read_area(struct reader *r, json_t *obj, const char *at,
		      const struct node *node, struct part *part)
{
	static const char * const keys[] = { "add", "terms", NULL };
	struct pointer p = sub(at, "area");
	json_t *area = json_object_get(obj, "area");

	part->has_area = area;
	if (area && has_keys(r, area, p.s, keys))
		read_terms(r, area, p.s, node, &part->area);
	part->has_start = json_object_get(obj, "start");
	if (part->has_start)
		part->start = get_int(r, obj, at, "start", 0, MAX_LENGTH_ADD);
}

static void read_part(struct reader *r, json_t *obj, const char *at,
		      const struct node *node, struct part *part)
{
	static const char * const types[] = { "loop", "flags" };
	static const char * const keys[2][9] = {
		[PART_LOOP] = { "?area", "exceeded", "fields", "max", "need",
				"next", "?start", "type" },
		[PART_FLAGS] = { "?area", "flags", "?start", "type" },
	};

	part->next.map = -1;
	part->type = get_word(r, obj, at, "type", types, 2);
	if (r->failed || !has_keys(r, obj, at, keys[part->type]))
		return;
	read_area(r, obj, at, node, part);
	if (r->failed)
		return;
	if (part->type == PART_LOOP)
		read_loop(r, obj, at, part);
	else
		read_flags(r, obj, at, node, part);
}

void read_parts(struct reader *r, json_t *obj, const char *at,
		struct node *node)
{
	json_t *list = get_list(r, obj, at, "parts", MAX_PARTS), *item;
	struct pointer p = sub(at, "parts");
	size_t i;

	node->parts = xcalloc(json_array_size(list), sizeof(*node->parts));
	json_array_foreach(list, i, item) {
		node->num_parts++;
		read_part(r, item, sub_index(p.s, i).s, node, &node->parts[i]);
		if (r->failed)
			return;
	}
}
