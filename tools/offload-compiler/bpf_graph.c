// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What the generator has to know about a parse graph before it writes code. */
#include <stdlib.h>

#include "bpf.h"

typedef void (*edge_fn)(struct bpf_gen *gen, uint32_t from, uint32_t to,
			void *arg);

static void for_each_target(struct bpf_gen *gen, uint32_t from, edge_fn fn,
			    void *arg)
{
	const struct node *node = &gen->parser->nodes[from];
	const struct map *map;
	uint32_t i;

	if (node->next.otherwise.type == TARGET_NODE)
		fn(gen, from, node->next.otherwise.index, arg);
	if (node->next.map < 0)
		return;
	map = &gen->parser->maps[node->next.map];
	for (i = 0; i < map->num_exact; i++)
		if (map->exact[i].target.type == TARGET_NODE)
			fn(gen, from, map->exact[i].target.index, arg);
	for (i = 0; i < map->num_ternary; i++)
		if (map->ternary[i].target.type == TARGET_NODE)
			fn(gen, from, map->ternary[i].target.index, arg);
}

enum color { UNSEEN, OPEN, DONE };

static void visit(struct bpf_gen *gen, uint32_t from, uint32_t to, void *arg)
{
	enum color *colors = arg;

	gen->reached[to] = true;
	if (colors[to] == OPEN) {
		gen->back[from * gen->parser->num_nodes + to] = true;
		gen->again[to] = true;
	}
	if (colors[to] != UNSEEN)
		return;
	colors[to] = OPEN;
	for_each_target(gen, to, visit, colors);
	colors[to] = DONE;
}

static void find_jumps(struct bpf_gen *gen)
{
	enum color *colors = xcalloc(gen->parser->num_nodes, sizeof(*colors));
	uint32_t root = gen->parser->root;

	gen->reached[root] = gen->xdp;
	colors[root] = OPEN;
	for_each_target(gen, root, visit, colors);
	free(colors);
}

static bool writes_ipv6(const struct parser *parser, const struct node *node)
{
	uint32_t i;

	for (i = 0; i < node->num_extracts; i++) {
		uint16_t key = parser->outputs[node->extracts[i].output].key;

		if (key == PARSE_KEY_IPV6_SRC || key == PARSE_KEY_IPV6_DST)
			return true;
	}
	return false;
}

static void mark(bool *flag, bool value, bool *changed)
{
	if (value && !*flag) {
		*flag = true;
		*changed = true;
	}
}

static void pass_on(struct bpf_gen *gen, uint32_t from, uint32_t to, void *arg)
{
	const struct node *node = &gen->parser->nodes[from];

	mark(&gen->first[to], gen->first[from] && !node->counted, arg);
	mark(&gen->later[to], gen->later[from] || node->counted, arg);
	mark(&gen->after_ipv6[to],
	     gen->after_ipv6[from] || writes_ipv6(gen->parser, node), arg);
}

static void find_history(struct bpf_gen *gen)
{
	bool changed = true;
	uint32_t i;

	gen->first[gen->parser->root] = true;
	while (changed) {
		changed = false;
		for (i = 0; i < gen->parser->num_nodes; i++)
			for_each_target(gen, i, pass_on, &changed);
	}
}

void bpf_graph(struct bpf_gen *gen)
{
	uint32_t num = gen->parser->num_nodes;

	gen->reached = xcalloc(num, sizeof(bool));
	gen->first = xcalloc(num, sizeof(bool));
	gen->later = xcalloc(num, sizeof(bool));
	gen->after_ipv6 = xcalloc(num, sizeof(bool));
	gen->again = xcalloc(num, sizeof(bool));
	gen->back = xcalloc((size_t)num * num, sizeof(bool));
	find_jumps(gen);
	find_history(gen);
}

void bpf_graph_free(struct bpf_gen *gen)
{
	free(gen->reached);
	free(gen->first);
	free(gen->later);
	free(gen->after_ipv6);
	free(gen->again);
	free(gen->back);
}

bool bpf_jumps_back(const struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->parser->num_nodes; i++)
		if (gen->again[i])
			return true;
	return false;
}

/*
 * Calls of walk() that suffice for any packet: one, and one for each jump back.
 *
 * Call a node limited that is counted, an encapsulation or has .repeat. There
 * are at most @visits visits of limited nodes, and one more that ends the parse
 * at its limit. check_loops() made sure that every loop has a limited node: so
 * before, between and behind these visits, no other node is visited twice. Of
 * the others, @others can be entered by a jump back: that many jumps back, and
 * the one into the limited node, for each of the visits and the one more.
 */
uint32_t bpf_calls(const struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i, visits = parser->max_nodes, others = 0;
	bool encaps = false;

	for (i = 0; i < parser->num_nodes; i++) {
		const struct node *node = &parser->nodes[i];

		if (node->counted)
			continue;
		if (node->encap)
			encaps = true;
		else if (node->repeat)
			visits += node->repeat;
		else if (gen->again[i])
			others++;
	}
	if (encaps)
		visits += parser->max_encaps;
	return 1 + (visits + 1) * (others + 1);
}
