/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Ways with a given count; vectors_search.c, vectors_reach.c, vectors_deep.c */
#ifndef OFFLOAD_COMPILER_VECTORS_SEARCH_H
#define OFFLOAD_COMPILER_VECTORS_SEARCH_H

#include "vectors.h"

#define MAX_TRACKED	16	/* nodes with a limit of visits */
#define SEARCHES	3	/* each prefers other ways */

enum quantity { OF_NODES, OF_ENCAPS, OF_VISITS, OF_COUNTER, OF_BYTES,
		OF_JUMPS };	/* back; as many as max, or more */

struct search {
	struct vectors		*v;
	const struct graph	*graph;
	const struct parser	*parser;
	enum quantity		of;
	uint32_t		which;		/* node or counter */
	uint32_t		max;		/* value */
	uint32_t		seed;
	uint32_t		tracked[MAX_TRACKED], num_tracked;
	struct state		*states;
	uint32_t		num, space;
	uint32_t		levels;		/* told apart */
	uint32_t		*first;		/* by key: state + 1 */
};

/* Of ways to a step with a value there are so many, told apart by number */
#define NUM_KINDS	4
#define NUM_WAYS(s)	(NUM_KINDS * (s)->levels)

void search_ways(struct search *s, struct vectors *v, enum quantity of,
		 uint32_t which, uint32_t max, uint32_t seed);
void search_free(struct search *s);
/* False: none is known */
bool search_way(const struct search *s, uint32_t step, uint32_t value,
		uint32_t number, struct script *script);

#endif /* OFFLOAD_COMPILER_VECTORS_SEARCH_H */
