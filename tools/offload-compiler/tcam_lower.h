/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * Private to tcam*.c. Lowering a parser to the engine's TCAM goes from the flat
 * steps of lower.h to states: tcam_order.c puts the steps in an order in which
 * every parse ends, tcam_conds.c plans the states of each node, tcam_emit.c
 * writes states and entries, tcam_node.c what hangs on nodes: lengths, actions,
 * limits. tcam.c is the whole.
 */
#ifndef OFFLOAD_COMPILER_TCAM_LOWER_H
#define OFFLOAD_COMPILER_TCAM_LOWER_H

#include "lower.h"
#include "tcam_format.h"

/* ---- tcam_prefix.c: comparisons as sets of prefixes ------------------------ */

#define MAX_PREFIXES	256	/* two ranges of 128 bits: 2 * (128 - 1) */

struct prefix_set {
	uint32_t	num;
	struct {
		u128	value, mask;
	} prefix[MAX_PREFIXES];
};

u128 mask_of(uint32_t bits);
/* The values of a key of @bits from @low to @high */
void range_prefixes(u128 low, u128 high, uint32_t bits, struct prefix_set *set);
/* The values of a field of @bits for which @cond holds, or does not */
void cond_prefixes(const struct cond *cond, uint32_t bits, bool holds,
		   struct prefix_set *set);

/* ---- keys ------------------------------------------------------------------ */

struct key_part {
	uint32_t	type, offset, bits;
};

struct key {
	struct key_part	parts[TCAM_STATE_PARTS + 1];	/* one to be too many */
	uint32_t	num, bits;
};

/* ---- the plan -------------------------------------------------------------- */

/* One comparison of a node's conditions. Of its two outcomes one leads to the
 * next leaf, or behind the last of them.
 */
struct leaf {
	const struct cond	*cond;
	bool			jump_if;	/* the other outcome */
	struct target		jump;		/* there: a verdict, or a leaf
						 * as TARGET_NODE
						 */
};

struct stage {			/* one state of a node's visit */
	uint32_t	first_leaf, end_leaf;
	bool		positive;	/* the last leaf by what does not jump */
	bool		last;		/* looks up, or goes on to the parts */
};

struct node_plan {
	struct leaf	*leaves;
	uint32_t	num_leaves;
	struct stage	*stages;
	uint32_t	num_stages;
	uint32_t	repeat;		/* TCAM_NO_REPEAT */
	uint32_t	first_action, num_actions;
};

struct lowering {
	const char		*path;
	const struct parser	*parser;
	const struct device	*device;
	struct lowered		*low;
	struct node_plan	*nodes;
	uint32_t		*order;		/* steps */
	uint32_t		num_ordered;
	uint32_t		*first_state;	/* of each step */
	uint32_t		num_states;
	struct buffer		repeats, states, terms, parts, rises, entries,
				actions;
	uint32_t		num_repeats, num_terms, num_parts, num_rises,
				num_entries, num_actions;
	bool			failed;
};

/* tcam.c: complains if @needed is more than @available; @node may be NULL */
void tcam_fits(struct lowering *l, const struct node *node, const char *what,
	       uint32_t needed, uint32_t available);

/* tcam_order.c */
uint32_t tcam_least(const struct node *node);	/* bytes that it has */
void tcam_order(struct lowering *l);

/* tcam_steps.c */
uint32_t tcam_steps(struct lowering *l);	/* one packet takes at most */

/* tcam_conds.c */
void tcam_plan_node(struct lowering *l, uint32_t node);
void tcam_key_lookup(struct key *key, const struct parser *parser,
		     const struct lookup *lookup, const struct field *fields);
struct key tcam_stage_key(const struct parser *parser, uint32_t node,
			  const struct node_plan *plan,
			  const struct stage *stage);
bool tcam_key_find(const struct key *key, const struct field *field,
		   uint32_t *shift);

/* tcam_node.c */
void tcam_emit_node(struct lowering *l, uint32_t node);
void tcam_emit_length(struct lowering *l, const struct node *node,
		      const struct length *length, struct tcam_state *state);
void tcam_emit_rises(struct lowering *l, const struct node *node,
		     struct tcam_state *state);
struct tcam_value tcam_value(u128 value);

/* tcam_emit.c */
void tcam_emit_step(struct lowering *l, uint32_t step);

#endif /* OFFLOAD_COMPILER_TCAM_LOWER_H */
