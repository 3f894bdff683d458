/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What is known of functions that came up before; private to tm_*.c. */
#ifndef OFFLOAD_COMPILER_TM_MEMO_H
#define OFFLOAD_COMPILER_TM_MEMO_H

#include "tm.h"

struct tm_known {
	uint32_t	*key;		/* NULL: the slot is free */
	uint32_t	num;
	uint32_t	cost;		/* entries */
	uint32_t	choice;		/* tm_split.c */
	bool		at_least;	/* it is that cost or more */
};

/* The functions of a state's ways as a key, with room for another number */
uint32_t *tm_key_of_ways(const struct tm_state *state);
/* Where it is, or may be added: valid until the next call. @key is taken over */
struct tm_known *tm_recall(struct tm_memo *memo, uint32_t *key, uint32_t num);
void tm_memo_free(struct tm_memo *memo);

#endif /* OFFLOAD_COMPILER_TM_MEMO_H */
