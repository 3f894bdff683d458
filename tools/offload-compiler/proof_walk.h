/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * Private to the checker of proofs: both machines on one way from a place.
 *
 * A way is walked as an interpreter would walk it. Where what is known of the
 * packets does not answer a question, choose() answers, and the answer is known
 * from there on. When the way is at its end, it is walked again from the place
 * with the last answer that has another; so all packets are seen.
 */
#ifndef OFFLOAD_COMPILER_PROOF_WALK_H
#define OFFLOAD_COMPILER_PROOF_WALK_H

#include "proof.h"

#define WALK_QUESTIONS	512	/* on one way */
#define WALK_FORMS	1024
#define WALK_PREDICATES	16
#define WALK_EVENTS	64
#define WALK_STATES	1024	/* of both sides */

struct range {
	int64_t		lo, hi;
};

enum written_type {
	WRITTEN_BEFORE,		/* the same on both sides, at the place or since */
	WRITTEN_CONST,
	WRITTEN_FIELD,
	WRITTEN_OFFSET,		/* form: bytes from the place's base of a depth */
	WRITTEN_LENGTH,
	WRITTEN_COUNT,
};

struct written {
	enum written_type type;
	struct sym_ref	ref;
	u128		number;
	uint32_t	form;
	uint32_t	counter, up;	/* what it was at the place, or 0, + up */
	bool		reset;
};

struct array_write {
	uint32_t	output, num;
	bool		last;
	struct written	index, value;
};

struct walker {			/* one side, since the place */
	const struct sym_machine *m;
	int		s;
	uint32_t	state;
	bool		stopped;
	enum parse_verdict verdict;
	bool		moved, opened;
	uint32_t	depth;		/* of the base that moved or was opened */
	uint32_t	x;		/* form: how far it moved */
	enum sym_from	from;		/* opened: where, and how long */
	uint32_t	start, area;	/* form */
	bool		has_area;
	bool		has_length[MAX_DEPTH];
	uint32_t	length[MAX_DEPTH];	/* form: of the nodes */
	bool		counting, began;	/* before the place; since, at */
	int64_t		origin;
	uint32_t	up[SYM_COUNTERS];
	bool		reset[SYM_COUNTERS];
	struct written	outputs[PARSE_MAX_OUTPUTS];
	struct array_write arrays[WALK_EVENTS];
	uint32_t	num_arrays;
};

/* Whether what was computed lies in what it has to: both sides ask alike */
enum { IN_AREA, OPENS /* + enum sym_from */ };

struct predicate {
	uint32_t	what, depth, a, b;	/* forms */
	int64_t		at;
	bool		holds;
};

struct walk {
	const struct certificate *proof;
	struct walker	side[2];
	const uint32_t	*output_of;	/* the first's by the second's */
	const struct claim *claim;	/* of the place */
	const struct equal *equal;
	struct sets	sets;
	/* what is known of the packets on this way */
	struct cube	cube;
	struct cubes	except;
	struct range	frame[MAX_DEPTH], area[MAX_DEPTH];	/* from base on */
	struct range	window[2][MAX_DEPTH];
	struct range	count[2][SYM_COUNTERS];		/* at the place */
	struct predicate predicates[WALK_PREDICATES];
	uint32_t	num_predicates;
	struct sym_linear forms[WALK_FORMS];
	uint32_t	num_forms;
	/* questions that it does not answer */
	uint32_t	answers[WALK_QUESTIONS], choices[WALK_QUESTIONS];
	uint32_t	num_answers, next;
	uint32_t	states;			/* visited on this way */
	bool		impossible;		/* no packet goes it */
	char		*why;			/* it proves nothing */
};

/* ---- proof_walk.c: what is known ----------------------------------------- */

void walk_fail(struct walk *w, char *why);	/* of the heap; freed with it */
bool walk_over(const struct walk *w);	/* failed, or impossible */
uint32_t choose(struct walk *w, uint32_t choices);

bool is_below(struct walk *w, struct range *range, int64_t bound);
/* Whether a side's counter, now, is @bound or more */
bool is_counted(struct walk *w, const struct walker *side, uint32_t counter,
		int64_t bound);
/* Whether a rule applies */
bool rule_applies(struct walk *w, const struct walker *side,
		  const struct sym_rule *rule, int64_t x);
/* Whether all packets of this way have both bits alike; SAME_ZERO and _ONE are
 * bits that all have
 */
#define SAME_ZERO	UINT32_MAX
#define SAME_ONE	(UINT32_MAX - 1)
bool same_bit(struct walk *w, uint32_t a, uint32_t b);
/* No packet of this way is in the cube */
bool is_excluded(struct walk *w, const struct cube *cube);

uint32_t form_new(struct walk *w, const struct sym_linear *linear);
void form_add(struct walk *w, struct sym_linear *linear,
	      const struct sym_linear *other, int64_t times);
/* With what is known of its fields as numbers */
struct sym_linear form_now(struct walk *w, uint32_t form);
bool forms_same(struct walk *w, uint32_t a, uint32_t b);
bool form_below(struct walk *w, uint32_t form, int64_t bound);
/* Its first field gets a value, one after the other */
void form_decide(struct walk *w, uint32_t form);
/* One that was answered before on this way, or NULL */
const struct predicate *asked(struct walk *w, const struct predicate *question);
bool ask(struct walk *w, const struct predicate *question);

/* ---- proof_step.c: a state, as tcam_format.h and oc.h have it ------------ */

void walk_step(struct walk *w, struct walker *side);
/* Whether it is known that so many bytes are in the area */
bool known_in_area(struct walk *w, uint32_t depth, uint32_t form);

#endif /* OFFLOAD_COMPILER_PROOF_WALK_H */
