// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Of the parse graph: every loop ends, every node can be reached. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* The n-th way out of a node; false behind the last */
static bool next_edge(const struct parser *p, const struct node *node,
		      uint32_t n, struct target *target)
{
	const struct map *map = node->next.map < 0 ? NULL : &p->maps[node->next.map];

	if (!n) {
		*target = node->next.otherwise;
		return true;
	}
	n--;
	if (map && n < map->num_exact) {
		*target = map->exact[n].target;
		return true;
	}
	n -= map ? map->num_exact : 0;
	if (map && n < map->num_ternary) {
		*target = map->ternary[n].target;
		return true;
	}
	return false;
}

/* Bytes that a visit goes on by at least */
static uint32_t advance(const struct node *node)
{
	if (node->overlay)
		return 0;
	return node->length.add > (int32_t)node->min_length ?
	       (uint32_t)node->length.add : node->min_length;
}

static bool stays(const struct node *node)
{
	return !advance(node);
}

static bool is_unlimited(const struct node *node)
{
	return !node->counted && !node->repeat && !node->encap;
}

enum colour { WHITE, GREY, BLACK };

struct search {
	const struct check	*c;
	bool			(*member)(const struct node *node);
	const char		*wrong;
	uint8_t			colour[MAX_NODES];
};

/* Depth first, over members only; at most MAX_NODES deep */
static bool find_loop(struct search *s, uint32_t at)
{
	const struct parser *p = s->c->parser;
	const struct node *node = &p->nodes[at];
	struct target to;

	s->colour[at] = GREY;
	for (uint32_t n = 0; next_edge(p, node, n, &to); n++) {
		if (to.type == TARGET_STOP || !s->member(&p->nodes[to.index]))
			continue;
		if (s->colour[to.index] == GREY) {
			diag_error(node->file ? node->file : s->c->path,
				   node->line, node->name,
				   "the loop from node %s to node %s %s",
				   node->name, p->nodes[to.index].name,
				   s->wrong);
			return true;
		}
		if (s->colour[to.index] == WHITE && find_loop(s, to.index))
			return true;
	}
	s->colour[at] = BLACK;
	return false;
}

static bool search_loop(const struct check *c, const char *wrong,
			bool (*member)(const struct node *node))
{
	struct search s = { .c = c, .member = member, .wrong = wrong };

	for (uint32_t i = 0; i < c->parser->num_nodes; i++)
		if (s.colour[i] == WHITE && member(&c->parser->nodes[i]) &&
		    find_loop(&s, i))
			return true;
	return false;
}

void check_loops(const struct check *c)
{
	if (!search_loop(c, "does not advance in the packet: a node of it has to have a length",
			 stays))
		search_loop(c, "has no limit: a node of it has to be counted, an encapsulation or limited by .repeat",
			    is_unlimited);
}

static void check_used_by(const struct check *c, const bool *reached)
{
	const struct parser *p = c->parser;
	bool *maps = xcalloc(p->num_maps, sizeof(*maps));
	bool outputs[PARSE_MAX_OUTPUTS] = {}, inputs[MAX_KEY_BITS] = {};
	uint32_t i, k;

	for (i = 0; i < p->num_nodes; i++) {
		const struct node *node = &p->nodes[i];

		if (!reached[i])
			diag_error(node->file ? node->file : c->path,
				   node->line, node->name,
				   "no packet reaches node %s", node->name);
		if (node->next.map >= 0)
			maps[node->next.map] = true;
		for (k = 0; k < node->num_extracts; k++)
			outputs[node->extracts[k].output] = true;
		for (k = 0; k < node->next.num_key; k++)
			if (node->next.key[k].type == OPERAND_INPUT)
				inputs[node->next.key[k].index] = true;
	}
	for (i = 0; i < p->num_maps; i++)
		if (!maps[i])
			diag_error(c->path, 0, NULL, "no node looks up in map %s",
				   p->maps[i].name);
	for (i = 0; i < p->num_outputs; i++)
		if (!outputs[i])
			diag_error(c->path, 0, NULL, "no node writes output %s",
				   p->outputs[i].name);
	for (i = 0; i < p->num_inputs; i++)
		if (!inputs[i])
			diag_error(c->path, 0, NULL, "no key has input %s",
				   p->inputs[i].name);
	free(maps);
}

/* What nothing refers to would change the hash and mean nothing; the second
 * of two equal names is such a thing too.
 */
void check_reach(const struct check *c)
{
	const struct parser *p = c->parser;
	bool reached[MAX_NODES] = {}, grown = true;
	struct target to;

	reached[p->root] = true;
	while (grown) {
		grown = false;
		for (uint32_t i = 0; i < p->num_nodes; i++)
			for (uint32_t n = 0; reached[i] &&
			     next_edge(p, &p->nodes[i], n, &to); n++)
				if (to.type == TARGET_NODE && !reached[to.index])
					grown = reached[to.index] = true;
	}
	check_used_by(c, reached);
	for (uint32_t i = 1; i < p->num_tables; i++)
		if (!strcmp(p->tables[i - 1].name, p->tables[i].name))
			diag_error(c->path, 0, NULL, "there are two tables %s",
				   p->tables[i].name);
}
