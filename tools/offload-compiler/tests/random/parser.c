// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A random parser grows from its root: what is referred to is made then, so
 * nothing is without a reader. A node comes behind those made before it; only
 * one that advances and has a limit may lead back, so every parse ends.
 */
#include <stdlib.h>
#include <string.h>

#include "random.h"

const char *const feature_names[NUM_FEATURES] = {
	"conds", "groups", "ternary", "ranges", "lengths", "signed", "rest",
	"loops", "flags", "nested", "counters", "arrays", "encap", "overlay",
	"repeat", "inputs", "wide", "keys", "back",
};

bool has(struct gen *g, enum feature feature)
{
	return g->features >> feature & 1;
}

/* The letter in front shuffles the canonical order */
char *random_name(struct gen *g, const char *kind, uint32_t number)
{
	return xasprintf("%c%s%u", 'a' + rnd(&g->rng, 26), kind, number);
}

struct header node_header(struct node *node)
{
	return (struct header){ &node->fields, &node->num_fields,
				node->min_length };
}

/* Every visit goes on by a byte or more */
bool moves_on(const struct node *node)
{
	return !node->overlay && node->min_length;
}

static bool is_limited(const struct node *node)
{
	return node->counted || node->encap || node->repeat;
}

static uint32_t random_min_length(struct gen *g)
{
	switch (rnd(&g->rng, 12)) {
	case 0:
		return 0;
	case 1:
		return has(g, WITH_WIDE) ? rnd_from(&g->rng, 16, 40) : 12;
	default:
		return rnd_from(&g->rng, 1, 8);
	}
}

uint32_t new_node(struct gen *g, uint32_t scope)
{
	uint32_t index = g->p->num_nodes++;
	struct node *node = &g->p->nodes[index];

	g->scopes[scope].budget--;
	g->scope[index] = scope;
	node->name = random_name(g, scope ? "element" : "node", index);
	node->min_length = random_min_length(g);
	if (!scope) {
		node->counted = !one_in(&g->rng, 4);
		node->encap = has(g, WITH_ENCAP) && one_in(&g->rng, 5);
	}
	node->overlay = has(g, WITH_OVERLAY) && one_in(&g->rng, 8);
	if (has(g, WITH_REPEAT) && one_in(&g->rng, 4))
		node->repeat = rnd_from(&g->rng, 1, 4);
	return index;
}

struct target random_stop(struct gen *g)
{
	static const enum parse_verdict verdicts[] = {
		PARSE_OKAY, PARSE_OKAY, PARSE_OKAY, PARSE_FAIL,
		PARSE_BAD_LENGTH, PARSE_NO_MATCH,
	};

	return (struct target){ TARGET_STOP, verdicts[rnd(&g->rng, 6)] };
}

/* A node of @scope that @from may lead to, with luck */
static bool pick_node(struct gen *g, uint32_t scope, uint32_t from,
		      uint32_t *index)
{
	const struct node *source = from == FOR_PART ? NULL : &g->p->nodes[from];

	if (g->scopes[scope].budget && !one_in(&g->rng, 3)) {
		*index = new_node(g, scope);
		return true;
	}
	for (int i = 0; i < 8; i++) {
		*index = rnd(&g->rng, g->p->num_nodes);
		if (g->scope[*index] != scope || *index == g->p->root)
			continue;
		if (!source || *index > from ||
		    (has(g, WITH_BACK) && moves_on(source) && is_limited(source)))
			return true;
	}
	return false;
}

/* Where to go on from node @from, or from the lookup of a part */
struct target random_target(struct gen *g, uint32_t scope, uint32_t from)
{
	uint32_t index;

	if (one_in(&g->rng, 10))
		return random_stop(g);
	if (scope && one_in(&g->rng, 8))
		return (struct target){ .type = TARGET_DONE };
	if (scope && from != FOR_PART && moves_on(&g->p->nodes[from]) &&
	    !one_in(&g->rng, 3))
		return (struct target){ .type = TARGET_AGAIN };
	if (pick_node(g, scope, from, &index))
		return (struct target){ TARGET_NODE, index };
	if (!scope)
		return random_stop(g);
	return (struct target){ .type = TARGET_DONE };
}

/* The kernel's test runs start behind 14 bytes, with the last two as key */
static void fill_root(struct gen *g)
{
	struct node *root = &g->p->nodes[g->p->root];
	struct header h;

	free(root->name);
	root->name = xstrdup("root");
	root->counted = root->encap = root->overlay = false;
	root->repeat = 0;
	root->min_length = one_in(&g->rng, 3) ? rnd_from(&g->rng, 2, 20) : 14;
	root->length.add = root->min_length;
	h = node_header(root);
	root_lookup(g, root, &h);
	root_extracts(g, root);
}

static void fill_node(struct gen *g, uint32_t index)
{
	struct node *node = &g->p->nodes[index];
	struct header h = node_header(node);
	bool parts;

	parts = wants_parts(g, node, g->scope[index]);
	node->length.add = node->min_length;
	if (has(g, WITH_REST) && one_in(&g->rng, parts ? 4 : 10)) {
		node->rest = true;
		node->length.add = 0;
	} else if (has(g, WITH_LENGTHS) && !one_in(&g->rng, parts ? 8 : 2)) {
		random_length(g, &h, &node->length, node->min_length);
	} else if (one_in(&g->rng, 8)) {
		node->length.add += rnd(&g->rng, 9);
	}
	random_conds(g, node);
	random_actions(g, node);
	random_extracts(g, node);
	if (parts)
		random_parts(g, node, g->scope[index]);
	random_lookup(g, &h, &node->next, g->scope[index], index);
}

static void random_tables(struct gen *g)
{
	struct parser *p = g->p;

	if (!p->num_outputs || p->num_arrays || one_in(&g->rng, 2))
		return;
	p->tables = xcalloc(1, sizeof(*p->tables));
	p->num_tables = 1;
	p->tables->name = random_name(g, "table", 0);
	p->tables->outputs = xcalloc(p->num_outputs, sizeof(uint32_t));
	p->tables->num_outputs = rnd_from(&g->rng, 1, p->num_outputs < 4 ?
					  p->num_outputs : 4);
	for (uint32_t i = 0; i < p->tables->num_outputs; i++)
		p->tables->outputs[i] = i;
	p->tables->match = rnd(&g->rng, 2);
	p->tables->owner = rnd(&g->rng, __NETPROG_OWNER_MAX);
	p->tables->size = rnd_from(&g->rng, 1, 64);
}

static struct parser *new_parser(struct gen *g)
{
	struct parser *p = xcalloc(1, sizeof(*p));

	p->name = xstrdup("random");
	p->max_bytes = one_in(&g->rng, 3) ? rnd_from(&g->rng, 8, 64) :
					    rnd_from(&g->rng, 64, 512);
	p->max_nodes = rnd_from(&g->rng, 1, one_in(&g->rng, 3) ? 3 : 16);
	p->max_encaps = one_in(&g->rng, 6) ? 0 : rnd_from(&g->rng, 1, 4);
	p->nodes = xcalloc(MAX_NODES, sizeof(*p->nodes));
	p->maps = xcalloc(MAX_NODES, sizeof(*p->maps));
	p->outputs = xcalloc(PARSE_MAX_OUTPUTS, sizeof(*p->outputs));
	p->arrays = xcalloc(PARSE_MAX_OUTPUTS, sizeof(*p->arrays));
	p->counters = xcalloc(MAX_COUNTERS, sizeof(*p->counters));
	p->inputs = xcalloc(3, sizeof(*p->inputs));
	return p;
}

struct parser *random_parser(uint64_t seed, uint32_t features)
{
	static const uint32_t sizes[] = { 2, 4, 4, 8, 16 };
	struct gen g = { .num_scopes = 1 };

	rng_seed(&g.rng, seed);
	g.features = features;
	for (int i = 0; i < NUM_FEATURES; i++)
		if (one_in(&g.rng, 3))
			g.features &= ~(1U << i);
	g.p = new_parser(&g);
	g.scopes[0] = (struct scope){ 1, sizes[rnd(&g.rng, 5)] + 1 };
	g.p->root = new_node(&g, 0);
	fill_root(&g);
	for (uint32_t i = 1; i < g.p->num_nodes; i++)
		fill_node(&g, i);
	random_tables(&g);
	parser_sort(g.p);
	return g.p;
}
