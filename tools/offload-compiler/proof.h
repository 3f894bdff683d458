/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * Certificates of `prove`, and the checker that does not trust it.
 *
 * A certificate lists places: pairs of states of the two machines, and what is
 * claimed of all packets with which they come there together. It is a proof if
 * the two start at a listed place, and if from each place, with every packet of
 * which its claims hold, both do the same until they are at a listed place again,
 * whose claims hold there, or have come to the same end. The checker looks at
 * each place once, by itself; it shares no code with prove_*.c and bdd.c but the
 * machines (prove.h), which are what is proved equal.
 *
 * Its text: a line for each claim, words and decimal numbers between them.
 *
 *	netprog-proof 1
 *	first ALG HEX		of what the first machine is: a CPR, a payload
 *	second ALG HEX
 *	equal I J I J ...	counters of the first and the second that have
 *				the same value: a list that places share
 *	place STATE STATE EQUAL	by index; the list of counters, too
 *	stopped SIDE VERDICT	that side has ended; the other goes on
 *	counting SIDE		its window has begun
 *	window			and that of both at the same byte
 *	inside N		so many bytes from base on, at depth 0, are in it
 *	bytes DEPTH N		so many are in the frame from base on
 *	area DEPTH N		and in the area that it is in, if it is any
 *	length SIDE DEPTH LINEAR	of the node at that depth, and so many bytes
 *				from base on are in the area
 *	output I SIDE VALUE	written by one side, and not yet by the other:
 *				const HEX | field REF | offset DEPTH LINEAR
 *	known RUN...		bits of the packet: DEPTH OFFSET and a word of 0,
 *				1 and x; the inputs have depth "inputs"
 *	except RUN...		and no packet has all of these
 *	end N			the number of places
 *
 * A line belongs to the place above it. REF is DEPTH OFFSET BITS; offsets are in
 * bits from the base of that depth; LINEAR is CONSTANT N, and N times REF TIMES.
 */
#ifndef OFFLOAD_COMPILER_PROOF_H
#define OFFLOAD_COMPILER_PROOF_H

#include "prove.h"

#define PROOF_METHOD	"bisimulation"
#define PROOF_VERSION	1

/* ---- proof_set.c: sets of packets ---------------------------------------- */

#define CUBE_WORDS	32

struct cube {			/* the packets with some bits */
	uint32_t	num;
	struct cube_word {
		uint32_t	at;		/* bits 64 * at, ... */
		uint64_t	mask, value;
	}		words[CUBE_WORDS];	/* ascending, no mask is 0 */
};

struct cubes {			/* one of them, or none of them */
	struct cube	*cube;
	uint32_t	num;
};

struct sets {			/* what a check may cost */
	uint64_t	work;		/* left */
	bool		failed;		/* too much, or a cube of too many words */
};

/* Seen from where its base was, @bytes before; false: that is too far away */
bool ref_back(struct sym_ref *ref, int64_t bytes);
/* The number of a bit of a packet; false: there is none of so far an offset */
bool packet_bit(struct sym_ref ref, uint32_t bit, uint32_t *number);

int cube_get(const struct cube *cube, uint32_t bit);	/* 0, 1, or -1: any */
void cube_set(struct sets *sets, struct cube *cube, uint32_t bit, bool one);
bool cubes_meet(const struct cube *a, const struct cube *b);
/* To the packets that are in both; they meet */
void cube_and(struct sets *sets, struct cube *cube, const struct cube *other);
/* As it was before the base of @depth moved by @bytes, and all that is known from
 * depth @lost on was lost; false: it has bits that were not there
 */
bool cube_back(struct sets *sets, const struct cube *cube, uint32_t depth,
	       int64_t bytes, uint32_t lost, struct cube *before);
void cubes_add(struct sets *sets, struct cubes *cubes, const struct cube *cube);
void cubes_free(struct cubes *cubes);
/* Whether all packets of @cube are in one of @cubes */
bool cubes_cover(struct sets *sets, const struct cubes *cubes,
		 const struct cube *cube);

/* Those with which a rule of @state applies, or, if not @want, the others. @x:
 * bytes from the place to the state's base.
 */
void rule_cubes(struct sets *sets, const struct sym_state *state,
		const struct sym_rule *rule, int64_t x, bool want,
		struct cubes *cubes);
/* Those with which @linear < @bound is @want */
void less_cubes(struct sets *sets, const struct sym_linear *linear,
		int64_t bound, bool want, struct cubes *cubes);

/* ---- proof_read.c -------------------------------------------------- */

enum claim_type { CLAIM_CONST, CLAIM_FIELD, CLAIM_OFFSET };

struct claim_value {
	uint32_t	output, side;
	enum claim_type	type;
	u128		number;
	struct sym_ref	ref;		/* OFFSET: its depth */
	struct sym_linear linear;
};

struct claim {			/* a place */
	uint32_t	line;
	uint32_t	state[2];
	uint32_t	equal;		/* index in proof->equal */
	bool		stopped[2];
	enum parse_verdict verdict[2];
	bool		counting[2], window;
	int64_t		inside, bytes[MAX_DEPTH], area[MAX_DEPTH];
	bool		has_length[2][MAX_DEPTH];
	struct sym_linear length[2][MAX_DEPTH];
	struct claim_value *values;
	uint32_t	num_values;
	struct cube	known;
	struct cubes	except;
};

struct equal {			/* counters: of the first, by the second */
	uint64_t	with[SYM_COUNTERS];
};

struct certificate {
	const char	*path;
	struct digest	digest[2];
	struct equal	*equal;
	uint32_t	num_equal;
	struct claim	*claims;
	uint32_t	num_claims;
};

bool certificate_read(const char *path, const struct buffer *text,
		struct certificate *proof);
void certificate_free(struct certificate *proof);

/* ---- proof_check.c ------------------------------------------------------- */

struct check_result {
	uint64_t	ways;		/* from places to places or ends */
	char		*why;		/* not proved, and where; or NULL */
};

void proof_check(const struct certificate *proof, const struct sym_machine *a,
		 const struct sym_machine *b, struct check_result *result);

#endif /* OFFLOAD_COMPILER_PROOF_H */
