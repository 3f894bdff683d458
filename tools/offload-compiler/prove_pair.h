/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Private to prove*.c: two machines on the way through the same packet. */
#ifndef OFFLOAD_COMPILER_PROVE_PAIR_H
#define OFFLOAD_COMPILER_PROVE_PAIR_H

#include "prove.h"

#define MAX_ATOMS	8
#define NO_AREA		UINT32_MAX
#define MAX_EVENTS	16	/* writes to arrays between two places */
#define MAX_ALONE	4	/* of one, when the other has stopped */
#define MAX_SIDE_STEPS	256	/* visits of both between two places */

struct interval {
	int64_t		lo, hi;
};

enum value_type {
	VALUE_OLD,		/* not written since both had the same */
	VALUE_FIELD,
	VALUE_CONST,
	VALUE_OFFSET,		/* linear from the place; clamped to the frame */
	VALUE_LENGTH,
	VALUE_COUNTER,		/* what it was at the place, or 0, plus up */
};

struct value {
	enum value_type	type;
	struct sym_ref	ref;
	u128		value;
	uint32_t	linear;
	uint32_t	counter, up;
	bool		reset;
};

struct event {			/* a write to an array */
	uint32_t	output, num;
	bool		last;
	struct value	index, value;
};

struct side {			/* since the last common place */
	uint32_t	state;
	uint32_t	at;		/* the state before; for people */
	bool		stopped, moved;
	bool		lost;		/* it did what is not understood */
	enum parse_verdict verdict;
	uint32_t	depth;		/* whose base has moved, if moved */
	uint32_t	x;		/* linear: how far */
	bool		opened;		/* it is a new area */
	enum sym_from	from;		/* opened: where the area starts ... */
	uint32_t	start, area;	/* ... and linear: how long; or NO_AREA */
	uint32_t	length[MAX_DEPTH];	/* linear: of the nodes */
	bool		passed[MAX_DEPTH];	/* not from where base is now */
	bool		counting;	/* the window has begun */
	bool		began;		/* since the place, at origin */
	int64_t		origin;
	uint8_t		up[SYM_COUNTERS];
	bool		reset[SYM_COUNTERS];
	struct value	out[PARSE_MAX_OUTPUTS];	/* exact: since the start */
	struct event	events[MAX_EVENTS];
	uint32_t	num_events;
};

/* Whether something computed lies in an area; asked by both sides alike */
enum { ATOM_INSIDE, ATOM_OPEN /* + enum sym_from */ };

struct atom {
	uint32_t	what, depth;
	int64_t		at;
	uint32_t	a, b;		/* linear, or NO_AREA */
	bool		holds;
};

struct pair {
	struct side	side[2];
	uint32_t	bits;		/* BDD: packets that come here */
	struct interval	rem[MAX_DEPTH];	/* bytes of the frame from base on */
	struct interval	area[MAX_DEPTH];	/* the same of the area */
	struct interval	win[2][MAX_DEPTH];	/* the same of the window */
	struct atom	atoms[MAX_ATOMS];	/* what no interval can tell */
	uint32_t	num_atoms;
	struct interval	count[2][SYM_COUNTERS];	/* at the place */
	uint64_t	equal[SYM_COUNTERS];	/* of side 0: of side 1, a bit each */
	bool		same_window;
	uint32_t	known_depths;	/* whose nodes' lengths, and rem, still hold */
	int64_t		base[MAX_DEPTH];	/* exact: of the place */
	uint32_t	steps;
	uint32_t	alone;
	uint32_t	place;		/* index of where it starts */
};

struct place {			/* where a pair is, or was, to be explored */
	struct pair	*pair;		/* NULL once explored */
	uint32_t	parent;		/* itself: none */
	uint32_t	state[2];
	bool		stopped[2];
	uint32_t	bits;		/* on the way here, from the parent's place */
	int64_t		base[MAX_DEPTH];	/* exact: bytes from the frame's start */
	struct buffer	key;		/* what makes it another than others */
};

struct ways {			/* out of a state */
	struct way {
		const struct sym_rule	*rule;	/* and those of the same effect */
		uint32_t	guard;	/* BDD */
	}		*way;
	uint32_t	num;
	bool		complete;
};

struct prover {
	const struct sym_machine *machine[2];
	struct bdd	*bdd;
	struct ways	*ways[2];	/* by state */
	struct sym_linear *linears;
	uint32_t	num_linears;
	uint32_t	zero;		/* the linear 0 */
	uint32_t	stale;		/* one that nothing is known of */
	uint64_t	possible[SYM_COUNTERS];	/* of the same maximum */
	struct buffer	claims;		/* lines of the certificate */
	struct {
		uint64_t	of[SYM_COUNTERS];
	}		*equals;	/* that it has */
	uint32_t	num_equals;
	bool		exact;		/* follow numbers: to find a packet */
	struct place	*places;
	uint32_t	num_places, max_places;
	struct edge	*edges;		/* between them */
	uint32_t	num_edges;
	const struct guide *guide;	/* for the search of a packet */
	uint32_t	*table;		/* of places, by their key; size as below */
	uint32_t	table_size;
	uint64_t	branches, max_branches;
	uint32_t	output_of[PARSE_MAX_OUTPUTS];	/* side 0's by side 1's */
	bool		gave_up;
	uint32_t	differ;		/* BDD: where two values do */
	bool		found;		/* a difference, at last */
	struct pair	last;
	char		*why;
};

/* prove.c */
void explore(struct prover *p, struct pair *pair);
/* What cannot be followed: no proof, but there may be a packet on another way */
void stuck(struct prover *p, const struct pair *pair);
/* Each value of a field that @linear depends on, by itself */
void enumerate(struct prover *p, const struct pair *pair, uint32_t linear);

/* prove_side.c: what one side can do until it has moved or stopped */
void run_side(struct prover *p, struct pair *pair, int s);

/* prove_value.c; where bits differ, @p->differ are the packets that show it */
bool same_value(struct prover *p, const struct pair *pair,
		const struct value *a, const struct value *b);
bool same_events(struct prover *p, const struct pair *pair);

/* prove_place.c */
void prover_add(struct prover *p, const struct pair *pair, uint32_t parent,
		uint32_t bits);
uint32_t prover_intern(struct prover *p, const struct sym_linear *linear);
const struct sym_linear *prover_linear(const struct prover *p, uint32_t index);
uint32_t prover_move(struct prover *p, uint32_t linear, int64_t by);
/* A new place goes to the certificate */
void prover_claim(struct prover *p, const struct pair *pair);
/* With the fields that @bits leave no choice as constants */
uint32_t prover_resolve(struct prover *p, uint32_t linear, uint32_t bits);

#endif /* OFFLOAD_COMPILER_PROVE_PAIR_H */
