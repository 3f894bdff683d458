/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * A parser as a machine for a TCAM, before it has entries. A state is a function
 * of its key: from bits around the base of its depth to ways, each with
 * operations and a target. Functions are BDDs (guards, disjoint and complete),
 * so that equal ones are known to be equal however a source wrote them.
 *
 *	tm_build.c	flat steps -> the largest machine: a state a lookup
 *	tm_drop.c	what a source does twice is done once
 *	tm_unite.c	states that look at one header are one, as another try
 *	tm_push.c	operations as early as they can be; equal states are one
 *	tm_share.c	what states have in common becomes a state, if it pays
 *	tm_fuse.c	states become part of those before them, if it pays
 *	tm_split.c	keys that a target has no room for
 *	tm_cover.c	ways -> the fewest entries
 *	tm_emit.c	-> payload (tcam_format.h)
 */
#ifndef OFFLOAD_COMPILER_TM_H
#define OFFLOAD_COMPILER_TM_H

#include "bdd.h"
#include "lower.h"
#include "tcam_format.h"

/* BDD variables of a key: bit @offset from base, either sign; bits of the inputs
 * word before all of them
 */
#define TM_BIT(offset)		(0x10000U + (offset))
#define TM_INPUT(bit)		((uint32_t)(bit))
#define TM_MAX_BIT		0x20000U

/* One operation, as struct tcam_action, in host order. Padding is 0: they are
 * compared as bytes.
 */
struct tm_op {
	uint32_t	type;		/* enum tcam_action_type */
	uint32_t	depth;
	uint32_t	output;
	uint32_t	which;		/* VISIT, OPEN */
	uint32_t	offset, bits;
	uint32_t	counter, index, index_counter, num, last;
	uint32_t	pad;
	u128		value;
};

struct tm_ops {			/* a list; each is stored once */
	uint32_t	num;
	struct tm_op	*op;
	uint32_t	chain;		/* next one of the same hash; 0: none */
};

struct tm_target {
	bool		stop;
	uint32_t	index;		/* a state, or enum parse_verdict */
};

struct tm_way {
	uint32_t	guard;		/* BDD */
	uint32_t	ops;		/* index of a list; 0: none */
	struct tm_target target;
};

struct tm_state {
	char		*name;		/* owned */
	bool		loop;
	uint32_t	depth;
	uint32_t	need, max;	/* loop */
	struct tm_way	end, exceeded;	/* loop; guards are not looked at */
	struct tm_way	*ways;		/* disjoint, complete, no two of the
					 * same ops and target
					 */
	uint32_t	num_ways;
	int32_t		cursor;		/* of targets with one: bytes from base */
	enum tcam_why	why;
};

struct tm_length {		/* bytes */
	int32_t		add;
	uint32_t	num;
	struct {
		uint32_t	offset, bits;
		int32_t		times;
	} terms[MAX_TERMS];
};

struct tm_visit {
	const struct node *node;	/* the first of those that are alike */
	uint32_t	flags;
	uint32_t	repeat;		/* index or TCAM_NO_REPEAT */
	uint32_t	need, least;
	struct tm_length length;
	uint32_t	num_rises;
	struct tcam_rise rises[MAX_COUNTERS];
};

struct tm_area {
	uint32_t	flags, from, start;
	struct tm_length length;
};

struct tm_memo {		/* tm_memo.h */
	struct tm_known	*table;		/* open addressing */
	uint32_t	num, size;
};

#define TM_HASHES	1024

struct tm_machine {
	const char		*path;
	const struct parser	*parser;
	const struct device	*device;
	struct bdd		*bdd;
	struct tm_way		start;		/* guard is not looked at */
	struct tm_state		*states;
	uint32_t		num_states;
	struct tm_ops		*ops;		/* [0] is the empty list */
	uint32_t		num_ops;
	uint32_t		ops_of_hash[TM_HASHES];
	struct tm_visit		*visits;	/* no two alike */
	uint32_t		num_visits;
	struct tm_area		*areas;
	uint32_t		num_areas;
	uint32_t		*repeats;	/* limits */
	uint32_t		num_repeats;
	struct tm_memo		costs;		/* tm_cost.c */
	struct tm_memo		covers;		/* tm_cover.c */
	bool			failed;		/* after a diagnostic */
	bool			silent;		/* there is another: no diagnostics */
};

/* tm.c: machines and their parts */
struct tm_machine *tm_new(const char *path, const struct parser *parser,
			  const struct device *device);
uint32_t tm_ops(struct tm_machine *tm, const struct tm_op *op, uint32_t num);
uint32_t tm_concat(struct tm_machine *tm, uint32_t first, uint32_t second);
/* It tells where headers are, and nothing else */
bool tm_only_moves(const struct tm_op *op);
uint32_t tm_add_state(struct tm_machine *tm, const struct tm_state *state);
/* Adds to the state's ways: joins one of the same ops and target */
void tm_add_way(struct tm_machine *tm, struct tm_state *state, uint32_t guard,
		uint32_t ops, struct tm_target target);
void tm_free(struct tm_machine *tm);
/* An error if @needed is more than @available; @node may be NULL */
void tm_fits(struct tm_machine *tm, const struct node *node, const char *what,
	     uint64_t needed, uint64_t available);

/* tm_node.c: what hangs on nodes; of the alike the same index */
void tm_check_node(struct tm_machine *tm, const struct node *node);
uint32_t tm_visit(struct tm_machine *tm, const struct node *node);
uint32_t tm_area(struct tm_machine *tm, const struct node *node, uint32_t part);
uint32_t tm_actions(struct tm_machine *tm, const struct node *node, uint32_t depth);

/* tm_build.c: NULL after a diagnostic */
struct tm_machine *tm_build(const char *path, const struct parser *parser,
			    const struct device *device, const struct lowered *low);

/* tm_minimise.c: all passes; NULL after a diagnostic */
struct tm_machine *tm_minimise(const char *path, const struct parser *parser,
			       const struct device *device, const struct lowered *low);

/* tm_key.c: how a target reads the bits that a state looks at */
struct tm_key_part {
	int32_t		offset;		/* bits from base, or of the inputs */
	uint32_t	bits;
	bool		input;
};

struct tm_key {
	struct tm_key_part parts[TCAM_STATE_PARTS];
	uint32_t	num, bits;
};

/* Variables that its ways depend on, sorted */
void tm_support(const struct tm_machine *tm, const struct tm_state *state,
		struct bdd_vars *vars);
/* False: it has no room */
bool tm_key_fit(const struct tm_machine *tm, const struct tm_state *state,
		struct tm_key *key);

/* tm_cover.c: entries, highest priority first */
struct tm_rule {
	uint32_t	cube;		/* BDD, a conjunction of literals */
	uint32_t	way;		/* index in state->ways */
};

struct tm_cover {
	struct tm_rule	*rules;		/* owned */
	uint32_t	num;
};

void tm_cover(struct tm_machine *tm, const struct tm_state *state,
	      struct tm_cover *cover);

/* tm_steps.c: states that one packet takes at most */
uint32_t tm_steps(struct tm_machine *tm, const struct lowered *low);

/* tm_emit.c: the payload, at the end of @blob; false after a diagnostic */
bool tm_emit(struct tm_machine *tm, struct buffer *blob);

#endif /* OFFLOAD_COMPILER_TM_H */
