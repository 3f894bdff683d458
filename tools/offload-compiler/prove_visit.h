/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * One visit of a state by one side, in the order of "Meaning of a visit" in
 * oc.h. Where a predicate can go either way for the packets that come here, a
 * copy of the pair goes one way and the pair itself the other.
 */
#ifndef OFFLOAD_COMPILER_PROVE_VISIT_H
#define OFFLOAD_COMPILER_PROVE_VISIT_H

#include "prove_pair.h"

struct visit {
	struct prover		*p;
	struct pair		*pair;
	struct side		*side;
	const struct sym_machine *m;
	const struct sym_state	*state;
	int			s;
	uint32_t		d;	/* depth of the state */
	int64_t			x;	/* of its base, from the place */
};

/* ---- prove_check.c: what a state asks before its rules; false: no packet goes on */

void visit_stop(const struct visit *v, struct pair *pair,
		enum parse_verdict verdict);
/* For packets with @i < @bound the side stops */
bool stop_below(const struct visit *v, struct interval *i, int64_t bound,
		enum parse_verdict verdict);
bool visit_node(const struct visit *v);
bool set_length(const struct visit *v);
bool open_area(const struct visit *v);
bool check_bytes(const struct visit *v);
/* Packets with which a counter is @bound or more go to @child, if there are any;
 * @below: others are left
 */
bool split_count(const struct visit *v, uint32_t counter, int64_t bound,
		 struct pair *child, bool *below);
void counter_reset(struct side *side, uint32_t counter);
void counter_up(struct side *side, uint32_t counter);
/* How far the side has moved a base from the place; a packet's bits from there */
int64_t moved_by(const struct visit *v, uint32_t depth);
struct sym_ref at_side(const struct visit *v, struct sym_ref ref);

#endif /* OFFLOAD_COMPILER_PROVE_VISIT_H */
