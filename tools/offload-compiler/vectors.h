/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * A packet for every path and boundary of a parser. A script says which way out
 * is taken at each step of lower.h; builder_run() finds the bits of a frame that
 * make the parse go that way; what a script leaves open is chosen so that the
 * parse comes to a good end soon. Bits that nothing asks for are noise, so that
 * a value read at a wrong place shows.
 */
#ifndef OFFLOAD_COMPILER_VECTORS_H
#define OFFLOAD_COMPILER_VECTORS_H

#include "lower.h"
#include "run.h"

/* ---- vectors_graph.c: the ways out of a step -------------------------------
 * VISIT without parts, NEXT: 0 is otherwise, then exact entries, then ternary
 * ones. LOOP: 0 the end, 1 one too many, 2 otherwise, then entries. FLAG: 0 not
 * set, 1 set. Else 0 alone.
 */
#define CHOICE_ANY	UINT32_MAX

struct graph {
	const struct lowered	*low;
	const struct parser	*parser;
	uint32_t		num_steps;
	uint32_t		*num_choices;	/* by step */
	uint32_t		*edge;		/* by step: number of its choice 0 */
	uint32_t		num_edges;
	uint32_t		*to_okay;	/* by step: how far, in choices */
	uint32_t		*okay_choice;	/* by step: that leads there */
	uint32_t		*far_choice;	/* by step: and over another node */
	uint32_t		*finish;	/* by step: when a search left it */
};

struct graph *graph_make(const struct lowered *low);
void graph_free(struct graph *graph);
struct target graph_target(const struct graph *graph, uint32_t step,
			   uint32_t choice);
/* The lookup of @step, and what is read for it */
struct scope {
	const struct lookup	*lookup;
	const struct field	*fields;
	uint32_t		num_fields;
	uint32_t		first;		/* choice of its otherwise */
};
bool graph_scope(const struct graph *graph, uint32_t step, struct scope *scope);
/* The entry that @choice stands for; NULL: otherwise, or none */
const struct entry *graph_entry(const struct graph *graph, uint32_t step,
				uint32_t choice);
/* Of a VISIT with parts */
uint32_t graph_next_step(const struct graph *graph, uint32_t visit);

/* ---- vectors_walk.c: one step, done on bytes -------------------------------- */

enum site {		/* where a step ends the parse by itself */
	SITE_NONE,
	SITE_ENCAPS, SITE_NODES, SITE_REPEAT, SITE_COUNTER,
	SITE_AREA,	/* fixed header, or what LOOP or FLAG read, past area */
	SITE_WINDOW, SITE_TRUNCATED,
	SITE_SHORT,	/* length below the minimum; area of negative size */
	SITE_PAST,	/* length past the area; area past the node */
	SITE_COND,	/* + index */
};

struct regs {
	int64_t		pos[MAX_DEPTH + 1], length[MAX_DEPTH + 1];
	int64_t		start[MAX_DEPTH + 1], end[MAX_DEPTH + 1];
	uint32_t	count[MAX_DEPTH + 1];
	uint32_t	owner[MAX_DEPTH + 1];	/* pick of the part's owner */
	int64_t		origin;
	bool		counted;
	uint32_t	nodes, encaps;
	uint8_t		visits[MAX_NODES];
	uint8_t		counters[MAX_COUNTERS];
};

struct bytes {
	const uint8_t	*data;
	int64_t		len;
	uint32_t	inputs;
};

struct outcome {
	struct target	to;		/* step, or stop */
	uint32_t	choice;
	uint32_t	site;		/* enum site */
	int64_t		read;		/* bytes have been looked at up to here */
	int64_t		want_end;	/* SITE_AREA, SITE_PAST: end that is
					 * enough
					 */
};

/* A step that a search from the root, depth first, had not left by then */
bool graph_is_back(const struct graph *graph, uint32_t from, uint32_t to);
struct script;
bool graph_cycle(const struct graph *graph, uint32_t loop, uint32_t choice,
		 struct script *cycle);

struct cover;
void regs_init(struct regs *regs);
/* @cover, if any, hears of conditions */
void step_run(const struct graph *graph, const struct bytes *bytes,
	      struct regs *regs, uint32_t step, struct outcome *out,
	      struct cover *cover);
u128 bytes_read(const struct bytes *bytes, int64_t base,
		const struct field *field);
uint32_t lookup_choice(const struct map *map, u128 key);

/* ---- vectors_cover.c: what the packets have come by --------------------------- */

struct cover *cover_make(const struct graph *graph);
void cover_free(struct cover *cover);
void cover_step(struct cover *cover, uint32_t step, const struct outcome *out);
void cover_leaf(struct cover *cover, uint32_t step, const struct cond *leaf,
		bool holds);
bool cover_has_site(const struct cover *cover, uint32_t step, uint32_t site);
bool cover_is_site(const struct cover *cover, uint32_t step, uint32_t site);

struct coverage {		/* of what can be, of all that are */
	uint32_t	edges, all_edges, entries, all_entries;
	uint32_t	sites, all_sites, conds, all_conds, impossible;
};

/* Names what is not covered, one a line, with the reason */
void cover_report(const struct cover *cover, struct coverage *sum, FILE *out);

const char *cover_name(const struct cover *cover, uint32_t step);

/* ---- vectors_site.c, vectors_bound.c, vectors_part.c: what no packet can do ---------------------- */

bool fits_always(const struct graph *graph, uint32_t step, uint32_t bytes);
bool has_room(const struct graph *graph, uint32_t loop);
bool area_fits_always(const struct graph *graph, uint32_t open);
bool flag_is_asked_for(const struct graph *graph, uint32_t step, bool set);

struct bounds;
struct bounds *bounds_make(const struct graph *graph);
void bounds_free(struct bounds *bounds);
void sites_find(const struct graph *graph, bool *sites, const uint32_t *first);
const char *site_impossible(const struct bounds *bounds, uint32_t step,
			    uint32_t site);
const char *choice_impossible(const struct bounds *bounds, uint32_t step,
			      uint32_t choice);

/* ---- vectors_script.c, vectors_build.c: a script becomes a packet -------------- */

#define NO_WISH		INT64_MIN

/* What else a step is to meet, for a packet at or beside a boundary */
struct twist {
	bool		any;		/* whatever way it goes */
	bool		has_key;
	u128		key;		/* of its lookup */
	bool		has_force;
	uint32_t	field;		/* of the node: these bits */
	u128		mask, value;
	const struct cond *leaf;	/* this one decides */
	uint32_t	fail;		/* 1 + condition that does not hold */
	bool		alone;		/* but all others, and a key that goes on */
	bool		no_grow;	/* what does not fit is meant so */
	bool		has_flags;
	uint32_t	flags[MAX_PARTS];	/* bit n set: so is flag n */
	uint32_t	site;		/* expected */
};

struct pick {
	uint32_t	step, choice;
	int64_t		length;		/* wish for a VISIT, or NO_WISH */
	int64_t		area[MAX_PARTS];
	/* Bit 0: the length, part + 1: its area. Found on the way, so it may
	 * grow; it had to, so the area is too large for what is in it
	 */
	uint16_t	found, grown;
	const struct twist *twist;
};

struct script {
	struct pick	*picks;
	uint32_t	num, space;
	int64_t		len;		/* of the frame; NO_WISH */
};

void script_add(struct script *script, uint32_t step, uint32_t choice);
void script_copy(struct script *to, const struct script *from);
void script_free(struct script *script);

struct packet {
	uint8_t		*data;
	uint32_t	len, inputs;
	char		*path, *purpose;
	struct parse_result result;
};

struct builder;
struct builder *builder_make(const struct graph *graph);
void builder_free(struct builder *builder);
/* False: nothing takes that way. @script's wishes are filled in, and more picks
 * may be added between. The frame is valid until the next run.
 */
bool builder_run(struct builder *builder, struct script *script,
		 struct packet *packet);

struct built {			/* what the last pick found and left */
	struct regs	before, after;
	struct outcome	out;
};

/* The same with other bits where nothing is asked for: 0s or 1s */
void builder_repeat(struct builder *builder, uint8_t fill,
		    struct packet *packet);
uint64_t builder_work(const struct builder *builder);
const struct built *builder_last(const struct builder *builder);
/* The innermost part that the last pick is in shall end at @end: a wish for
 * its owner. @built: of a run of the same script.
 */
bool script_end_part(const struct graph *graph, struct script *script,
		     const struct built *built, int64_t end);

/* vectors_draft.c: a frame of which some bits are decided. */
struct draft {
	uint8_t		*data, *known;
	uint32_t	inputs, inputs_known;
	struct undo	*trail;
	uint32_t	num_trail, space_trail;
};

#define DRAFT_BYTES	(RUN_MAX_FRAME + 2 * MAX_MIN_LENGTH)

enum solved {
	SOLVED,
	UNSOLVED,	/* not with what was decided last */
	HOPELESS,	/* nor with anything else */
	FOUND_WISH,	/* start again with it */
};

enum flag_wish { FLAG_UNSET, FLAG_SET, FLAG_RATHER_UNSET };

/* What to solve at a step: its fields are at @base */
struct problem {
	const struct graph *graph;
	struct draft	*draft;
	uint32_t	*budget;	/* of tasks that may be tried */
	const struct pick *pick;	/* of the step */
	const struct pick *next;	/* whose lookup it is; or NULL */
	int64_t		base;
	uint8_t		flags[MAX_PARTS][MAX_FLAGS];
	enum solved	(*done)(void *context);	/* on with the next step */
	void		*context;
};

/* The bits of @value under @mask; false if one is known to be another */
bool draft_set(struct draft *draft, int64_t base, const struct field *field,
	       u128 mask, u128 value);
void draft_undo(struct draft *draft, uint32_t mark);	/* num_trail then */
void draft_clear(struct draft *draft);
void draft_free(struct draft *draft);
/* vectors_task.c, vectors_solve.c */
enum solved problem_solve(const struct problem *problem);

/* ---- vectors.c: the packets -------------------------------------------------------- */

struct vectors {
	const struct graph	*graph;
	struct builder		*builder;
	struct cover		*cover;
	struct packet		*packets;
	uint32_t		num, space;
	uint32_t		*hash;		/* of packets; to drop doubles */
	uint32_t		hash_size;
	uint32_t		num_pairs, pairs_left, num_paths;
	bool			all_paths, window_unsearched;
	uint64_t		work_end;	/* of the phase */
	bool			gave_up;	/* it came to that */
	bool			broken;		/* a packet goes astray */
	uint32_t		last;		/* packet that was found last */
	bool			refill;		/* two more of each, with 0s and 1s */
	struct script		*reach;		/* by step: a short way there */
};

#define VECTORS_PATHS	1000	/* whole paths, unless told otherwise */

/* A packet for @script; false: none */
bool vectors_try(struct vectors *v, struct script *script, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void vectors_cut(struct vectors *v, uint32_t n, int64_t len,
		 const char *purpose);
void vectors_make(struct vectors *v, uint32_t max_paths);
/* As many as take a fraction of a second: ways out in pairs, and some bounds */
void vectors_make_few(struct vectors *v);
void vectors_free(struct vectors *v);

/* ---- vectors_plan.c, _reach.c, _deep.c, _probe.c: which scripts ------------------ */

#define DEEP_JUMPS	(BPF_QUICK_JUMPS + 1)	/* back */

void plan_pairs(struct vectors *v);
void plan_paths(struct vectors *v, uint32_t max);
void plan_limits(struct vectors *v);
void plan_loops(struct vectors *v);
void plan_deep(struct vectors *v, uint32_t searches);
void plan_probes(struct vectors *v);

#endif /* OFFLOAD_COMPILER_VECTORS_H */
