// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* lower.c on a parser that is made here: prints TAP. */
#include <stdlib.h>
#include <string.h>

#include "../lower.h"

enum { ETH, GRE, KEY, MSS, SUB, TCP, NUM_NODES };
#define TO(n)	{ .type = TARGET_NODE, .index = (n) }
#define STOP	{ .type = TARGET_STOP, .index = PARSE_OKAY }
#define END	{ .map = -1, .otherwise = STOP }
#define ELEMENT	{ .map = -1, .otherwise = { .type = TARGET_AGAIN } }

static struct entry kinds[] = {
	{ .key = 0, .target = { .type = TARGET_DONE } },
	{ .key = 2, .target = TO(MSS) },
};

static struct entry ports[] = { { .target = TO(GRE) } };

static struct map maps[] = {
	{ .exact = kinds, .num_exact = 2 }, { .exact = ports, .num_exact = 1 },
};

static struct part options = {
	.type = PART_LOOP, .max = 4,
	.exceeded = { .type = TARGET_STOP, .index = PARSE_LIMIT_LOOP },
	.next = { .map = 0, .otherwise = { .type = TARGET_AGAIN } },
};

/* The same element for two flags, and bytes without one between them */
static struct flag flags[] = { { .node = KEY }, { .skip = true, .size = 4 },
			       { .node = KEY } };
static struct part parts[] = {
	{ .type = PART_FLAGS, .flags = flags, .num_flags = 3 },
	{ .type = PART_LOOP, .max = 1, .exceeded = { .type = TARGET_DONE },
	  .next = { .map = -1, .otherwise = TO(MSS) } },
};

/* Inside an option: a part of its own */
static struct part inner = {
	.type = PART_LOOP, .max = 2, .exceeded = { .type = TARGET_DONE },
	.next = { .map = -1, .otherwise = TO(SUB) },
};

static struct node nodes[NUM_NODES] = {
	[ETH] = { .name = "eth", .next = { .map = 1, .otherwise = TO(TCP) } },
	[GRE] = { .name = "gre", .parts = parts, .num_parts = 2, .next = END },
	[KEY] = { .name = "key", .next = ELEMENT },
	[MSS] = { .name = "mss", .parts = &inner, .num_parts = 1,
		  .next = ELEMENT },
	[SUB] = { .name = "sub", .next = { .map = -1,
		  .otherwise = { .type = TARGET_DONE } } },
	[TCP] = { .name = "tcp", .parts = &options, .num_parts = 1,
		  .next = END },
};

static const struct parser parser = {
	.name = "test", .root = ETH, .nodes = nodes, .num_nodes = NUM_NODES,
	.maps = maps, .num_maps = 2,
};

static const struct lowered *low;
static bool failed;

static void check(const char *claim, bool good)
{
	printf("%s - %s\n", good ? "ok" : "not ok", claim);
	failed |= !good;
}

static uint32_t find(const char *name)
{
	uint32_t i, found = UINT32_MAX;

	for (i = 0; i < low->num_steps; i++) {
		char *is = lowered_name(low, i);

		if (!strcmp(is, name))
			found = found == UINT32_MAX ? i : UINT32_MAX - 1;
		free(is);
	}
	return found;
}

static bool leads(const char *from, enum target_type type, uint32_t node,
		  const char *to)
{
	struct target target = { .type = type, .index = node };
	uint32_t step = find(from);

	if (step >= low->num_steps)
		return false;
	target = lowered_target(low, step, target);
	return target.type == TARGET_NODE && target.index == find(to);
}

static bool edge(const char *from, uint32_t n, const char *to)
{
	struct target target;

	if (!lowered_edge(low, find(from), n, &target))
		return !to;
	return to && target.type == TARGET_NODE && target.index == find(to);
}

static void check_edges(void)
{
	check("edges_of_a_loop",
	      edge("tcp.loop0", 0, "tcp.next") && edge("tcp.loop0", 2, "tcp.loop0") &&
	      edge("tcp.loop0", 3, "tcp.next") &&
	      edge("tcp.loop0", 4, "tcp.loop0.mss") && edge("tcp.loop0", 5, NULL));
	check("edges_of_flags",
	      edge("gre.flag0_0", 0, "gre.flag0_1") &&
	      edge("gre.flag0_0", 1, "gre.flag0_0.key") &&
	      edge("gre.flag0_0", 2, NULL) &&
	      edge("gre.flag0_1", 0, "gre.flag0_2") &&
	      edge("gre.flag0_1", 1, NULL));
	check("edges_of_nodes",
	      edge("eth", 0, "tcp") && edge("eth", 1, "gre") &&
	      edge("eth", 2, NULL) && edge("tcp", 0, "tcp.open0") &&
	      edge("tcp", 1, NULL) && edge("tcp.open0", 0, "tcp.loop0"));
}

static void check_targets(void)
{
	check("element_of_two_flags_goes_on_behind_its_own",
	      leads("gre.flag0_0.key", TARGET_AGAIN, 0, "gre.flag0_1") &&
	      leads("gre.flag0_2.key", TARGET_AGAIN, 0, "gre.open1"));
	check("done_of_flags_leaves_the_part",
	      leads("gre.flag0_0.key", TARGET_DONE, 0, "gre.open1"));
	check("again_of_a_loop_leads_to_its_head",
	      leads("tcp.loop0.mss.next", TARGET_AGAIN, 0, "tcp.loop0"));
	check("again_of_a_single_element_leaves_its_part",
	      leads("gre.loop1.mss.next", TARGET_AGAIN, 0, "gre.next"));
	check("done_of_a_nested_loop_leaves_that_alone",
	      leads("gre.loop1.mss.loop0.sub", TARGET_DONE, 0,
		    "gre.loop1.mss.next"));
	check("nodes_of_a_context_are_found_in_it",
	      leads("tcp.loop0", TARGET_NODE, MSS, "tcp.loop0.mss") &&
	      leads("eth", TARGET_NODE, GRE, "gre"));
}

/* Each node of a chain has the next in three parts: 3^7 copies of the last */
static void check_too_many(void)
{
	struct part three[8][3];
	struct node chain[8] = {};
	struct parser wide = { .name = "wide", .nodes = chain, .num_nodes = 8 };
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g",
					     "h" };

	for (uint32_t i = 0; i < 8; i++) {
		for (uint32_t k = 0; k < 3; k++)
			three[i][k] = (struct part){ .next = {
				.map = -1, .otherwise = TO(i + 1) } };
		chain[i] = (struct node){ .name = (char *)names[i],
			.parts = three[i], .num_parts = i < 7 ? 3 : 0,
			.next = END };
	}
	check("too_many_steps_rejected", !lower("wide.c", &wide));
}

int main(void)
{
	struct lowered *made = lower("test.c", &parser);
	uint32_t eth;

	if (!made)
		return 1;
	low = made;
	eth = find("eth");
	check("node_without_parts_is_one_step",
	      eth == lowered_root(low) && low->steps[eth].type == STEP_VISIT &&
	      lowered_lookup(low, eth) == &nodes[ETH].next &&
	      low->steps[find("gre")].depth == 0);
	check("depths_are_counted",
	      low->depth == 3 && low->steps[find("tcp.loop0")].depth == 1 &&
	      low->steps[find("tcp.loop0.mss.loop0.sub")].depth == 2);
	check_targets();
	check_edges();
	check_too_many();
	lowered_free(made);
	return failed;
}
