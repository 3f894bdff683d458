/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What the passes over a machine share; private to tm_*.c. */
#ifndef OFFLOAD_COMPILER_TM_PASS_H
#define OFFLOAD_COMPILER_TM_PASS_H

#include "tm.h"

/* All ways of a machine: start, loops' own, states' */
struct tm_each {
	uint32_t	state;		/* whose way it was; start: UINT32_MAX */
	uint32_t	n;
	bool		started;
};

struct tm_way *tm_each_way(struct tm_machine *tm, struct tm_each *each);

/* How far operations move the base of a depth */
struct tm_move {
	uint32_t	depth;
	int64_t		by;		/* bytes */
	bool		unknown;	/* it takes computing */
};

void tm_move(struct tm_move *move, const struct tm_op *op);
/* Those of a list; false: unknown */
bool tm_distance(const struct tm_machine *tm, uint32_t ops, uint32_t depth,
		 int64_t *by);
/* A function of bits, seen from @bytes further on */
uint32_t tm_shift(struct tm_machine *tm, uint32_t guard, int64_t bytes);
bool tm_same_way(const struct tm_way *a, const struct tm_way *b);
bool tm_leads_to(const struct tm_way *way, uint32_t state);
/* Ways of the same operations and target are one */
void tm_join_ways(struct tm_machine *tm, struct tm_state *state);
/* Frees states that nothing leads to; the others in the order of ways */
void tm_sweep(struct tm_machine *tm);
/* Entries of a state; remembered */
uint32_t tm_cost(struct tm_machine *tm, const struct tm_state *state);
uint32_t tm_total(struct tm_machine *tm);
/* tm_cursor.c: whether lookups can be counted from a cursor, if the target has
 * one; sets states' cursors
 */
bool tm_cursor_fit(struct tm_machine *tm);
/* The same, and false after a diagnostic */
bool tm_cursor_check(struct tm_machine *tm);
/* The first byte from base that a key has */
int32_t tm_first_byte(const struct tm_machine *tm, const struct tm_state *state,
		      int32_t otherwise);
/* Whether a key fits with the cursor at @from or behind that; sets it */
bool tm_place(struct tm_machine *tm, struct tm_state *state, int32_t from);
struct tm_state tm_copy(const struct tm_state *state);
void tm_state_free(struct tm_state *state);

void tm_no_room(struct tm_machine *tm, const struct tm_state *state);

bool tm_has_time(const struct tm_machine *tm, uint32_t part);

/* The passes; see tm.h */
void tm_drop(struct tm_machine *tm);
bool tm_unite(struct tm_machine *tm);	/* false: nothing to unite */
void tm_push(struct tm_machine *tm);
bool tm_share(struct tm_machine *tm, bool eager);	/* false: nothing to share */
bool tm_fuse(struct tm_machine *tm);
bool tm_split(struct tm_machine *tm);

#endif /* OFFLOAD_COMPILER_TM_PASS_H */
