/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* A packet under way; vectors_build.c, vectors_fit.c and vectors_script.c alone */
#ifndef OFFLOAD_COMPILER_VECTORS_BUILD_H
#define OFFLOAD_COMPILER_VECTORS_BUILD_H

#include "vectors.h"

struct builder {
	const struct graph *graph;
	struct draft	draft;
	struct script	*script;
	uint32_t	fixed;		/* picks that are given */
	uint32_t	budget;
	bool		picky;
	uint32_t	too_small;	/* 1 + pick whose wish cannot be; 0: none */
	int64_t		len;		/* of the frame; NO_WISH: not yet known */
	int64_t		read, last;	/* looked at, and gone on to, up to here */
	uint64_t	noise, work;
	struct built	last_built;
};

/* One step under way */
struct here {
	struct builder	*b;
	uint32_t	i;		/* pick */
	struct regs	regs;		/* before it */
};

/* ---- vectors_script.c ---- */

struct pick script_pick(uint32_t step, uint32_t choice);
void script_reserve(struct script *script, uint32_t num);

/* ---- vectors_fit.c: FOUND_WISH, or UNSOLVED ---- */

/* Of a node's length, or bit - 1 of its areas */
enum solved fit_wish(struct pick *pick, int64_t *which, uint32_t bit,
		     int64_t bytes, bool exact);
/* The part at @depth is to end at @end: exactly, or not before */
enum solved fit_end(struct here *h, uint32_t depth, int64_t end, bool exact);
/* A wish that nothing fulfils is made larger */
enum solved fit_longer(struct pick *pick);
/* A LOOP is to go @choice, and its area is too long or too short for that */
enum solved fit_loop(struct here *h, uint32_t choice);

#endif /* OFFLOAD_COMPILER_VECTORS_BUILD_H */
