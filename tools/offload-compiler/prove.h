/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * Equivalence of two parsers, of any form, by search for a bisimulation.
 *
 * Both are machines over the same packet. A pair of states in which both stand
 * at the same byte and know the same is explored once: all that the first can do
 * from there until it moves on, and for each of that all that the second can do.
 * What is known of the packet's bits on the way is a BDD; what is known of
 * lengths, counters and limits is whether a predicate that both ask holds, and
 * intervals. A pair may stand for more packets than there are: then the proof
 * can fail where there is no difference, but it never holds where there is one.
 */
#ifndef OFFLOAD_COMPILER_PROVE_H
#define OFFLOAD_COMPILER_PROVE_H

#include "bdd.h"
#include "oc.h"

#define SYM_TERMS	(MAX_TERMS + 4)
#define SYM_COUNTERS	64	/* a bit each */
#define SYM_INPUT	UINT32_MAX	/* as a depth: offset is a bit of it */
#define SYM_BEHIND	(1U << 16)	/* bits behind a cursor that have variables */
#define SYM_AHEAD	(15U << 16)	/* and in front of it */
#define SYM_REST	0x10000U	/* + depth: bytes to the end of its area */

struct sym_ref {		/* bits of the packet */
	uint32_t	depth;		/* relative to that depth's cursor */
	int32_t		offset;		/* bits; below 0: behind the cursor */
	uint32_t	bits;
};

struct sym_term {
	struct sym_ref	ref;
	int64_t		times;
};

struct sym_linear {		/* in bytes */
	int64_t		add;
	uint32_t	num;
	struct sym_term	terms[SYM_TERMS];	/* sorted, without doubles */
	bool		full;		/* there were more: equal to nothing */
};

enum sym_write_type {
	SYM_FIELD, SYM_CONST, SYM_START, SYM_END, SYM_LENGTH_OF, SYM_COUNTER_OF,
	SYM_INC,		/* a counter, up to its maximum */
	SYM_RESET,
};

struct sym_write {		/* to an output, or of a counter */
	enum sym_write_type type;
	uint32_t	output;		/* of an array, its first */
	struct sym_ref	ref;		/* SYM_FIELD; SYM_START, SYM_END and
					 * SYM_LENGTH_OF have its depth
					 */
	u128		value;		/* SYM_CONST, SYM_START */
	uint32_t	counter;	/* SYM_COUNTER_OF, SYM_INC, SYM_RESET */
	bool		array;
	uint32_t	index;		/* array: counter that is the index */
	uint32_t	num;
	bool		last;
};

/* Counters that every machine has; a loop's count has its depth's */
enum {
	SYM_NODES,
	SYM_ENCAPS,
	SYM_COUNT,
	SYM_FIRST_COUNTER = SYM_COUNT + MAX_DEPTH,
};

#define SYM_MAX_COUNT	255

/* A visit that would take a counter by so many above its maximum stops */
struct sym_limit {
	uint32_t	counter;
	uint32_t	by;
	bool		from_zero;	/* the encapsulation has reset it */
	bool		raise;		/* if all limits are kept */
	enum parse_verdict verdict;
};

enum sym_rule_type {
	RULE_ALWAYS,
	RULE_MASK,		/* (key & b) == a */
	RULE_RANGE,		/* a <= key <= b */
	RULE_FAILS,		/* cond does not hold */
};

struct sym_rule {		/* the first that applies is taken */
	enum sym_rule_type type;
	u128		a, b;
	const struct cond *cond;
	bool		stop;
	uint32_t	target;		/* a state, or enum parse_verdict */
	bool		advance;	/* by the length ... */
	bool		skips;		/* ... or by @skip bytes, in its area */
	uint32_t	skip;
	uint32_t	depth;		/* of both */
	const struct sym_write *writes;
	uint32_t	num_writes;
};

/* As the engine's states and actions, see tcam_format.h; a HOLD only looks */
enum sym_type { SYM_VISIT, SYM_LENGTH, SYM_HOLD, SYM_OPEN, SYM_LOOP };
enum sym_from { SYM_FROM_NODE, SYM_FROM_BASE, SYM_FROM_END };

struct sym_state {
	char		*name;
	enum sym_type	type;
	uint32_t	depth;
	/* VISIT */
	bool		counted;	/* starts the window, if it is the first */
	struct sym_limit *limits;
	uint32_t	num_limits;
	uint64_t	resets;		/* counters that the encapsulation resets */
	bool		rest;		/* the length is all that is left */
	uint32_t	least;		/* of the length */
	/* VISIT, LOOP */
	uint32_t	need;		/* bytes */
	/* VISIT: of the node; LENGTH: a constant; OPEN: of the area */
	struct sym_linear length;
	/* OPEN */
	enum sym_from	from;
	uint32_t	start;		/* SYM_FROM_NODE */
	bool		area;		/* it has a length of its own */
	/* LOOP: its first rule is for the end, its second for one too many */
	uint32_t	max;
	const struct field *fields;	/* of conds, at this depth */
	struct sym_ref	*key;
	uint32_t	num_key;
	struct sym_write *writes;	/* owned; rules point into it */
	struct sym_rule	*rules;		/* the last one always applies */
	uint32_t	num_rules;
	/* What it and its successors ask of the past: prove_look.c */
	int32_t		behind[MAX_DEPTH];	/* the first bit; 0: none */
	uint32_t	lengths;	/* a bit for each depth */
};

struct sym_machine {
	const char	*what;		/* for people: "a.c", "b.npi" */
	struct sym_state *states;
	uint32_t	num_states;
	uint32_t	start;
	uint32_t	max_bytes;
	uint32_t	max[SYM_COUNTERS];	/* of the counters */
	uint32_t	num_counters;
	const struct parse_output *outputs;
	uint32_t	num_outputs;
};

/* NULL, and why, if it has more counters than can be told apart */
struct sym_machine *sym_from_parser(const char *path,
				    const struct parser *parser, char **why);
struct sym_machine *sym_from_tcam(const char *path, const struct tcam *tcam,
				  char **why);
void sym_free(struct sym_machine *machine);

/* prove_look.c */
void sym_look_back(struct sym_machine *machine);

/* prove_linear.c */
void sym_add_term(struct sym_linear *linear, struct sym_ref ref, int64_t times);
bool sym_equal(const struct sym_linear *a, const struct sym_linear *b);
bool sym_is_constant(const struct sym_linear *linear);
void sym_plus(struct sym_linear *to, const struct sym_linear *linear);
/* The packets in which @linear, all its terms bits of the packet, is < @bound */
uint32_t sym_less(struct bdd *bdd, const struct sym_linear *linear,
		  int64_t bound);
uint32_t sym_var(struct sym_ref ref, uint32_t bit);

/* prove.c */
enum proof { PROOF_EQUAL, PROOF_DIFFERENT, PROOF_UNKNOWN };

struct proof_result {
	enum proof	proof;
	uint32_t	states[2];	/* of the two */
	char		*why;		/* where they part, unless equal */
	uint32_t	places;		/* pairs of states that were explored */
	uint64_t	branches;
	struct buffer	claims;		/* for _EQUAL: its certificate, see proof.h */
	struct buffer	frame;		/* for _DIFFERENT: it tells them apart */
	uint32_t	inputs;
};

void prove(const struct sym_machine *a, const struct sym_machine *b,
	   struct proof_result *result);
void proof_free(struct proof_result *result);

/* proof_end.c */
struct edge {
	uint32_t	from, to;
};

bool machine_ends(const struct sym_machine *m, char **why);
bool edges_end(uint32_t num, const struct edge *edges, uint32_t num_edges);

/* prove_body.c */
struct prove_body {
	const char		*what;	/* for people: "a.c", "b.npi" */
	const struct parser	*parser;
	const struct tcam	*tcam;	/* its TCAM; NULL: the parser itself */
	struct digest		digest;	/* of the CPR, or of the payload */
};

void body_run(const struct prove_body *body, const uint8_t *frame, uint32_t len,
	      uint32_t inputs, struct parse_result *res);
/* NULL, and why */
struct sym_machine *body_machine(const struct prove_body *body, char **why);
void prove_bodies(const struct prove_body *a, const struct prove_body *b,
		  struct proof_result *result);
/* Of a proof that two bodies are equal */
void certificate_write(const struct prove_body *a, const struct prove_body *b,
		       const struct proof_result *result, struct buffer *text);

#endif /* OFFLOAD_COMPILER_PROVE_H */
