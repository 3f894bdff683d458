/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * A parser as flat steps, for what has neither calls nor a stack: the eBPF
 * body, the TCAM, the search for paths. Elements of parts are copied for every
 * part that they are in, and for every flag, so that each step knows where it
 * goes on. A step is at a depth: 0 for ordinary nodes, one more inside a part.
 * Each depth has its own registers: pos, length, and inside a part end and
 * count.
 *
 * The steps of a node stand together in the packet's order: VISIT, for each
 * part OPEN and its LOOP or FLAGs, NEXT. A node without parts has just a VISIT.
 */
#ifndef OFFLOAD_COMPILER_LOWER_H
#define OFFLOAD_COMPILER_LOWER_H

#include "oc.h"

#define MAX_STEPS	4096

enum step_type {
	STEP_VISIT,	/* a node: 1 to 6 of "Meaning of a visit"; without
			 * parts 8 and 9 too
			 */
	STEP_OPEN,	/* a part: compute and check pos and end, count = 0 */
	STEP_LOOP,	/* head of a PART_LOOP: the end? else a to c */
	STEP_FLAG,	/* one flag of a PART_FLAGS */
	STEP_NEXT,	/* behind a node's last part: 8 and 9 */
};

struct step {
	enum step_type	type;
	uint32_t	node;		/* VISIT, NEXT: it; else the owner */
	uint32_t	part;		/* OPEN, LOOP, FLAG: in node->parts */
	uint32_t	flag;		/* FLAG: in part->flags */
	uint32_t	depth;		/* VISIT, NEXT: of the node's pos; else of
					 * the part's elements: the owner's + 1
					 */
	uint32_t	after;		/* the next one of the same node. LOOP:
					 * where it goes on at the end. FLAG: where
					 * it goes on, set or not (an element's
					 * AGAIN leads there, too). No meaning for
					 * NEXT and nodes without parts
					 */
	uint32_t	context;	/* of the node, or owner; for lower.c */
	uint32_t	inner;		/* LOOP, FLAG: of the elements; the same */
};

struct lowered {
	const struct parser	*parser;
	struct step		*steps;
	uint32_t		num_steps;
	uint32_t		depth;		/* of the deepest step, plus 1 */
	struct context		*contexts;	/* lower.c */
	uint32_t		num_contexts;
};

/* NULL after a diagnostic that names @path: more than MAX_STEPS */
struct lowered *lower(const char *path, const struct parser *parser);
void lowered_free(struct lowered *low);

/* The step of the root node */
uint32_t lowered_root(const struct lowered *low);

/* The LOOP or FLAG whose element a VISIT or NEXT inside a part is */
uint32_t lowered_parent(const struct lowered *low, uint32_t step);

/* Where @target leads from @step (a VISIT, LOOP, or NEXT; a FLAG with the
 * element as TARGET_NODE): TARGET_STOP with a verdict, or TARGET_NODE with the
 * index of a step. AGAIN and DONE are resolved.
 */
struct target lowered_target(const struct lowered *low, uint32_t step,
			     struct target target);

/* The lookup that a step makes; NULL: none */
const struct lookup *lowered_lookup(const struct lowered *low, uint32_t step);

/* The n-th way out of a step, resolved, for a search of the graph; false behind
 * the last. Verdicts that a step comes to by itself (limits, truncated, bad
 * length, window, conditions) are not among them.
 */
bool lowered_edge(const struct lowered *low, uint32_t step, uint32_t n,
		  struct target *to);

/* "tcp", "tcp.open0", "tcp.loop0", "tcp.loop0.mss", "gre.flag0_2.key",
 * "tcp.next": unique among the steps; to be freed
 */
char *lowered_name(const struct lowered *low, uint32_t step);

#endif /* OFFLOAD_COMPILER_LOWER_H */
