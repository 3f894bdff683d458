// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The edges of a picture: of lookups, of flags and of maps with several readers */
#include <string.h>

#include "show_dot.h"
#include "text.h"

#define MAX_FAR_BACK	3	/* edges back from one node */

/* How a way leads to a node */
struct edge {
	uint32_t	to;
	bool		keys, otherwise;
	bool		back;		/* no farther than where it starts */
};

/* To nodes, of the map's entries, of otherwise, or of both; in @list */
static uint32_t find_edges(const struct drawing *d, const struct way *way,
			   bool entries, bool otherwise, struct edge *list)
{
	const struct map *map = map_of(d, way->lookup);
	uint32_t num = 0;

	for (uint32_t to = 0; to < d->p->num_nodes; to++) {
		struct target target = { .index = to };
		struct edge edge = {
			.to = to,
			.keys = entries && has_key(map, target),
			.otherwise = otherwise && !is_total(map) &&
				same_target(way->lookup->otherwise, target),
			.back = d->places[to].distance <= way->distance,
		};

		if (edge.keys || edge.otherwise)
			list[num++] = edge;
	}
	return num;
}

static void print_edge_keys(const struct drawing *d, const struct way *way,
			    const struct edge *e)
{
	print_keys(d, way, (struct target){ .index = e->to }, e->keys,
		   e->otherwise && way->lookup->map >= 0);
}

/* One that leads back is pale and does not tell Graphviz what stands where */
static void print_edge(const struct drawing *d, const struct way *way,
		       const struct edge *e)
{
	const struct node *to = &d->p->nodes[e->to];

	fprintf(d->out, "\"%s\" -> \"%s\" [label=\"", way->name, to->name);
	print_edge_keys(d, way, e);
	fprintf(d->out, "\"%s%s%s];\n",
		e->keys || way->lookup->map < 0 ? "" : " style=dashed",
		to->encap ? " color=\"#c77700\"" :
		e->back ? " color=\"#aaaaaa\" fontcolor=\"#777777\"" : "",
		e->back ? " constraint=false" : "");
}

static bool goes_far_back(const struct drawing *d, const struct way *way,
			  const struct edge *e)
{
	return e->back && strcmp(d->p->nodes[e->to].name, way->name);
}

/* Many edges that lead back: a line each in a box, not across the picture */
static void print_back(const struct drawing *d, const struct way *way,
		       const struct edge *list, uint32_t num)
{
	const char *line = "";

	if (way->level)
		fprintf(d->out, "subgraph \"cluster level %u\" { ", way->level);
	fprintf(d->out, "\"%s back\" [shape=plaintext style=\"\" fontsize=9 fontcolor=\"#555555\" label=<",
		way->name);
	for (uint32_t i = 0; i < num; i++) {
		if (!goes_far_back(d, way, &list[i]))
			continue;
		fputs(line, d->out);
		print_edge_keys(d, way, &list[i]);
		fprintf(d->out, " &#8594; <b>%s</b>", d->p->nodes[list[i].to].name);
		line = "<br align=\"left\"/>";
	}
	fprintf(d->out, "<br align=\"left\"/>>];%s\n\"%s\" -> \"%s back\" [color=\"#aaaaaa\"];\n",
		way->level ? " }" : "", way->name, way->name);
}

static void print_ways(const struct drawing *d, const struct way *way,
		       bool entries, bool otherwise)
{
	struct edge list[MAX_NODES];
	uint32_t num = find_edges(d, way, entries, otherwise, list), far = 0;

	for (uint32_t i = 0; i < num; i++)
		far += goes_far_back(d, way, &list[i]);
	for (uint32_t i = 0; i < num; i++)
		if (far <= MAX_FAR_BACK || !goes_far_back(d, way, &list[i]))
			print_edge(d, way, &list[i]);
	if (far > MAX_FAR_BACK)
		print_back(d, way, list, num);
}

static void print_lookup(const struct drawing *d, const struct way *way)
{
	struct way map;

	if (!is_shared(d, way->lookup)) {
		print_ways(d, way, true, true);
		return;
	}
	map = map_way(d, way);
	fprintf(d->out, "\"%s\" -> \"%s\" [label=\"", way->name, map.name);
	print_key_names(d, way);
	fprintf(d->out, "\" arrowhead=none%s];\n",
		map.distance < way->distance ? " constraint=false" : "");
	print_ways(d, way, false, true);
}

/* A map's own edges come with its first reader */
static void print_map_edges(struct drawing *d, const struct way *reader)
{
	struct way way;

	if (!is_shared(d, reader->lookup) || !d->maps[reader->lookup->map].drawn)
		return;
	d->maps[reader->lookup->map].drawn = false;
	way = map_way(d, reader);
	print_ways(d, &way, true, false);
}

static void print_part_edges(struct drawing *d, const struct node *node,
			     uint32_t index)
{
	const struct part *part = &node->parts[index];
	struct way way = part_way(d, node, index);

	fprintf(d->out, "\"%s\" -> \"%s\" [style=bold arrowhead=none];\n",
		node->name, way.name);
	if (part->type == PART_LOOP) {
		print_lookup(d, &way);
		print_map_edges(d, &way);
	}
	for (uint32_t i = 0; i < part->num_flags; i++) {
		if (part->flags[i].skip)
			continue;
		fprintf(d->out, "\"%s\" -> \"%s\" [label=\"", way.name,
			d->p->nodes[part->flags[i].node].name);
		text_flag(d->out, node->fields, &part->flags[i]);
		fputs("\"];\n", d->out);
	}
}

void print_edges(struct drawing *d, const struct node *node)
{
	struct way way = node_way(d, node);

	for (uint32_t i = 0; i < node->num_parts; i++)
		print_part_edges(d, node, i);
	print_lookup(d, &way);
	print_map_edges(d, &way);
}
