/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * offload-compiler's private header. One section a file; the pipeline of
 * `build` is source -> (frontend.c) object -> (source.c) struct parser ->
 * (canon.c, check.c) -> (cpr_write.c) canonical CPR + hash -> (bpf.c) eBPF
 * object, (tcam.c) device payload -> (image.c) image.
 */
#ifndef OFFLOAD_COMPILER_OC_H
#define OFFLOAD_COMPILER_OC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "engine.h"		/* enum parse_verdict, struct parse_result */
#include <linux/netprog.h>	/* the project's uapi header: image, kinds */

#define OC_EXIT_GOOD	0
#define OC_EXIT_WRONG	1	/* the input is wrong, or a check failed */
#define OC_EXIT_USAGE	2

/* ---- the parser: internal form of the CPR, in canonical order ----------- */

typedef unsigned __int128 u128;	/* an integer in network order */

enum operand_type { OPERAND_FIELD, OPERAND_INPUT };

enum compare { COMPARE_EQ, COMPARE_NE, COMPARE_LT, COMPARE_LE, COMPARE_GT,
	       COMPARE_GE };

enum cond_type { COND_COMPARE, COND_ALL, COND_ANY };

enum extract_type {
	EXTRACT_FIELD,
	EXTRACT_CONST,
	EXTRACT_START,	/* offset of this node's first byte in the frame, plus
			 * value: that of a byte of its header
			 */
	EXTRACT_END,	/* of the byte behind its last; all three are clamped */
	EXTRACT_LENGTH,	/* this node's length in bytes */
	EXTRACT_COUNTER,	/* of a counter; 8 bits */
	EXTRACT_NODES,		/* counted nodes so far, this one included */
	EXTRACT_ENCAPS,		/* the encapsulation level */
};

struct field {			/* of a header */
	char		*name;
	uint32_t	offset;		/* bits from the start of the header */
	uint32_t	bits;		/* 1 to 128 */
};

struct term {			/* of a length: bytes += field * times */
	uint32_t	field;		/* index in node->fields */
	int32_t		times;		/* not 0 */
};

struct length {			/* in bytes */
	int32_t		add;
	struct term	*terms;		/* by field, one each */
	uint32_t	num_terms;
};

enum target_type {
	TARGET_NODE,
	TARGET_STOP,	/* the parse ends */
	TARGET_AGAIN,	/* this element is done: on with its part */
	TARGET_DONE,	/* its part is done */
};

struct target {			/* where a parse goes on */
	enum target_type type;
	uint32_t	index;		/* node, or enum parse_verdict if stop */
};

/*
 * (field & mask) OP value; or all, or any, of several. No group has less than
 * two members nor one of its own type; they are sorted, without doubles.
 */
struct cond {
	enum cond_type	type;
	uint32_t	field;		/* COND_COMPARE: node->fields */
	enum compare	op;
	u128		mask;		/* as wide as the field */
	u128		value;
	struct cond	*args;		/* COND_ALL, COND_ANY */
	uint32_t	num_args;
	enum parse_verdict verdict;	/* when it does not hold; only of those
					 * in node->conds
					 */
	uint32_t	line;		/* as every line and file here: of the
					 * source, 0 and NULL if there is none;
					 * not in the CPR */
};

struct extract {
	enum extract_type type;
	uint32_t	output;		/* index in parser->outputs; of an
					 * array, its first
					 */
	uint32_t	field;		/* EXTRACT_FIELD */
	uint32_t	counter;	/* EXTRACT_COUNTER */
	u128		value;		/* EXTRACT_CONST, EXTRACT_START */
	uint32_t	line;
};

struct operand {		/* one part of a lookup key */
	enum operand_type type;
	uint32_t	index;		/* fields or parser->inputs */
};

/* An exact entry has a full mask. Of the others, a range has low to high in
 * key and mask.
 */
struct entry {
	u128		key;
	u128		mask;
	bool		range;
	uint32_t	priority;	/* ternary: higher wins; exact: 0 */
	struct target	target;
	uint32_t	line;
};

struct map {
	char		*name;
	uint32_t	bits;		/* of the key: the sum of its operands */
	struct entry	*exact;		/* by key */
	uint32_t	num_exact;
	struct entry	*ternary;	/* and ranges, by falling priority, then
					 * ternary before range, key, mask
					 */
	uint32_t	num_ternary;
	char		*file;
	uint32_t	line;
};

struct lookup {
	struct operand	*key;		/* in source order; most significant
					 * first; empty: no lookup
					 */
	uint32_t	num_key;
	int32_t		map;		/* index in parser->maps; -1 without */
	struct target	otherwise;	/* no entry matches, or no lookup */
};

struct action {			/* on a counter */
	uint32_t	counter;	/* index in parser->counters */
	bool		before;		/* the node's extracts, else behind them */
	bool		reset;		/* to 0; else one more */
	uint32_t	line;
};

/* (field & mask) == value: the optional field is there */
struct flag {
	uint32_t	field;		/* of the owner: node->fields */
	u128		mask, value;
	bool		skip;		/* it has bytes and no node */
	uint32_t	size;		/* skip: bytes */
	uint32_t	node;		/* !skip: an element */
	uint32_t	line;
};

enum part_type {
	PART_LOOP,		/* TLVs, arrays, sub-parsers */
	PART_FLAGS,		/* optional fields, told by flags */
};

/*
 * What lies inside a node, behind its fixed header: elements, which are nodes.
 * A node is an element of parts or an ordinary node, not both; elements are
 * what a part's lookup or flags name, and what these go on to.
 */
struct part {
	enum part_type	type;
	bool		has_start;	/* else where the part before ended; the
					 * first one behind the fixed header
					 */
	uint32_t	start;		/* bytes from the node's first */
	bool		has_area;	/* else up to the node's end */
	struct length	area;		/* of the owner's fields */
	/* PART_LOOP */
	uint32_t	max;		/* elements; 1 to 255 */
	struct target	exceeded;	/* one more: TARGET_DONE or _STOP */
	uint32_t	need;		/* bytes that the lookup reads in */
	struct field	*fields;	/* relative to the element */
	uint32_t	num_fields;
	struct lookup	next;		/* of an element, DONE, or a stop; not
					 * AGAIN, which would not advance
					 */
	/* PART_FLAGS */
	struct flag	*flags;		/* in their order in the packet */
	uint32_t	num_flags;
	uint32_t	line;
};

struct node {
	char		*name;
	uint32_t	min_length;	/* bytes of the fixed header, may be 0 */
	bool		overlay;	/* the cursor stays; the length counts
					 * for parts, EXTRACT_END and _LENGTH
					 */
	bool		counted;	/* towards max_nodes; others do not */
	bool		encap;		/* entering it raises the level */
	uint32_t	repeat;		/* visits allowed a packet; 0: no limit */
	struct field	*fields;	/* the referenced ones, by name */
	uint32_t	num_fields;
	bool		rest;		/* it has what is left of the frame, an
					 * element what is left of the area;
					 * length is 0 then
					 */
	struct length	length;		/* constant: min_length */
	struct cond	*conds;		/* all have to hold; neighbours with the
					 * same verdict are sorted
					 */
	uint32_t	num_conds;
	struct action	*actions;	/* before first, then by counter; one
					 * each of both
					 */
	uint32_t	num_actions;
	struct extract	*extracts;	/* by output, one each */
	uint32_t	num_extracts;
	struct part	*parts;		/* in their order in the packet */
	uint32_t	num_parts;
	struct lookup	next;		/* key: the node's own fields */
	char		*file;
	uint32_t	line;
};

struct counter {		/* starts at 0 */
	char		*name;
	uint32_t	max;		/* 1 to 255 */
	bool		saturate;	/* stay at max; else the parse ends */
	bool		encap_resets;	/* entering an encapsulation */
	char		*file;
	uint32_t	line;
};

enum index_type { INDEX_ENCAPS, INDEX_COUNTER };

/* Outputs NAME[0] to NAME[num - 1], which stand together. Which one an extract
 * writes is told by the encapsulation level or by a counter.
 */
struct array {
	char		*name;
	uint32_t	first;		/* index in parser->outputs */
	uint32_t	num;		/* 2 or more */
	enum index_type	index;
	uint32_t	counter;	/* INDEX_COUNTER */
	bool		last;		/* one too many: overwrite the last;
					 * else write nothing
					 */
	char		*file;
	uint32_t	line;
};

struct table {
	char		*name;
	uint32_t	*outputs;	/* the key, in source order */
	uint32_t	num_outputs;
	enum netprog_match match;
	enum netprog_owner owner;
	uint32_t	size;		/* entries */
	char		*file;
	uint32_t	line;
};

struct input {
	char		*name;		/* parse_1st_frag, stop_at_encap, ... */
	uint32_t	bit;		/* in the inputs word, PARSE_IN_* */
};

struct parser {
	char		*name;
	uint32_t	root;		/* node: the frame entry. The L3 entry
					 * (n_proto, nhoff) is its next lookup */
	uint32_t	max_bytes;	/* from the first counted node on */
	uint32_t	max_nodes;
	uint32_t	max_encaps;
	struct input	*inputs;
	uint32_t	num_inputs;
	struct parse_output *outputs;	/* by name; in an array by index */
	uint32_t	num_outputs;
	struct array	*arrays;	/* by name */
	uint32_t	num_arrays;
	struct counter	*counters;	/* by name */
	uint32_t	num_counters;
	struct node	*nodes;		/* by name */
	uint32_t	num_nodes;
	struct map	*maps;		/* by name */
	uint32_t	num_maps;
	struct table	*tables;	/* by name */
	uint32_t	num_tables;
	char		*file;
	uint32_t	line;
};

/*
 * Meaning of a visit of node n at offset base, in this order:
 *  1. limits. encap: encaps + 1 > max_encaps -> LIMIT_ENCAPS. counted: nodes +
 *     1 > max_nodes -> LIMIT_NODES. repeat: visits + 1 > repeat ->
 *     LIMIT_REPEAT. counters: if n is an encap, those with encap_resets are 0
 *     from here on; if n's actions, made in order, would take one that does
 *     not saturate above its max -> LIMIT_COUNTER.
 *     A node that passes all of them raises encaps, nodes and visits and makes
 *     that reset. The first counted node sets origin = base.
 *     An element: base + min_length > end of its part's area -> BAD_LENGTH
 *  2. counted node seen, and base + min_length - origin > max_bytes -> WINDOW
 *  3. base + min_length > frame length -> TRUNCATED (also for min_length 0
 *     when base is past the end)
 *  4. length = add + sum(field * times), signed, < min_length -> BAD_LENGTH.
 *     rest: length = frame length, or end of the area, - base.
 *     An element: base + length > end of the area -> BAD_LENGTH
 *  5. conds in order: the first that does not hold gives its verdict
 *  6. the actions before, extracts (all fields lie within the minimum header),
 *     the actions behind. A counter that saturates stays at max. An extract to
 *     an array whose index is num or more writes nothing, or the last.
 *  7. parts in order, see below
 *  8. next: exact entry, else ternary entry or range by priority, else
 *     otherwise; its fields are those at base
 *  9. base += overlay ? 0 : length (added, not checked)
 * A node that fails 1-5 writes nothing. What was written before stays,
 * whatever the verdict. Offsets are clamped to the frame's length and 65535;
 * EXTRACT_LENGTH is clamped to 65535 alone.
 *
 * Meaning of a part of node n at base with length: start is base + start, or
 * where the part before ended, or base + min_length. end is start + area, or
 * base + length. end < start or end > base + length -> BAD_LENGTH.
 *  PART_LOOP: pos = start, count = 0. While pos != end:
 *   a. count == max -> exceeded: DONE, or the parse ends
 *   b. if need: pos + need > end -> BAD_LENGTH, then window and truncated as in
 *      2 and 3
 *   c. lookup: an element, or DONE, or a stop. count += 1; the element is
 *      visited at pos, and goes on until AGAIN: pos is where it left base.
 *   AGAIN ends an element, DONE the part; the part ended at its end.
 *  PART_FLAGS: pos = start. For each flag in order, if it is set: skip: pos +
 *   size > end -> BAD_LENGTH, pos += size. Else its element is visited at pos,
 *   and goes on until AGAIN: pos is where it left base. The part ended at pos,
 *   also after DONE.
 * An element may have parts, MAX_DEPTH - 1 levels of them. It is never counted
 * nor an encap. A node of a part that names itself as its own owner would be a
 * recursion, and is an error.
 *
 * check.c makes sure of: the counts below, every field within
 * the minimum header, a term of at most TERM_MAX, so that no sum overflows
 * 32 bits; outputs wide enough for what is written to them; every element
 * of a PART_LOOP goes on by at least one byte before AGAIN.
 */
#define MAX_NODES	256
#define MAX_ENTRIES	1024	/* in all maps of a parser */
#define MAX_FIELDS	64	/* in one node, as for terms, conds, operands */
#define MAX_KEY_BITS	128
#define MAX_MIN_LENGTH	256	/* bytes of a fixed header */
#define MAX_LENGTH_ADD	65535	/* and not below its negative */
#define MAX_TERMS	16
#define TERM_MAX	(1 << 20)	/* the largest field * times, either sign */
#define MAX_COND_DEPTH	4	/* groups in groups */
#define MAX_PARTS	8	/* of one node */
#define MAX_FLAGS	32	/* of one part */
#define MAX_DEPTH	4	/* an ordinary node is 1 */
#define MAX_COUNTERS	16
#define MAX_REPEAT	255	/* as for max_nodes, max_encaps, part and
				 * counter max
				 */
#define MAX_BYTES	65535

/* ---- diag.c: errors and warnings ---------------------------------------- */

/* file:line:col: error: ..., with the source line and a caret under @token.
 * @line 0: only the file. The functions count; diag_errors() tells.
 */
void diag_error(const char *file, unsigned int line, const char *token,
		const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void diag_warning(const char *file, unsigned int line, const char *token,
		  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
unsigned int diag_errors(void);

/* ---- util.c -------------------------------------------------------------- */

struct buffer {			/* grows; data is NUL-terminated behind size */
	char	*data;
	size_t	size;
	size_t	space;
};

void buffer_add(struct buffer *buf, const void *data, size_t size);
void buffer_printf(struct buffer *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void buffer_free(struct buffer *buf);

static inline uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

void *xcalloc(size_t num, size_t size);
void *xrealloc(void *ptr, size_t size);
char *xstrdup(const char *s);
bool is_identifier(const char *s);	/* of C */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Letters to insert, delete or replace; NETPROG_NAME_LEN for long names */
size_t name_distance(const char *a, const char *b);
bool file_read(const char *path, struct buffer *buf);	/* diag on failure */
bool file_write(const char *path, const void *data, size_t size);
					/* atomically: temporary + rename */
/* The same for several files: all are staged, then all committed */
char *file_stage(const char *path, const void *data, size_t size);
bool file_commit(const char *staged, const char *path);
bool fd_read(int fd, struct buffer *buf);
bool child_is_good(pid_t pid);	/* exited with 0 */
const char *include_dir(void);		/* bpf/include; targets are beside */

/* ---- frontend.c: clang -target bpfel -c and libelf ----------------------- */

/* All parsers of a source; NULL after diagnostics. */
struct program_list {
	struct parser	**parsers;
	uint32_t	num;
};

bool frontend_read(const char *path, struct program_list *list);
bool source_read_object(const char *path, const struct buffer *object,
			struct program_list *list);	/* source.c */

/* ---- canon.c: canonical order ---------------------------------------------- */

void parser_sort(struct parser *parser);

/* ---- parser.c: ways through a parser, what holds; its end ------------------------------- */

/* The n-th way out of a lookup, from 0, which is otherwise; false behind the
 * last. And the n-th of a part to its elements; a flag that skips is AGAIN.
 */
bool lookup_target(const struct parser *parser, const struct lookup *lookup,
		   uint32_t n, struct target *target);
bool part_element(const struct parser *parser, const struct part *part,
		  uint32_t n, struct target *target);
/* By node: marks what marked ones go on to; all that are elements of parts */
void find_followers(const struct parser *parser, bool *found);
void find_elements(const struct parser *parser, bool *elements);
bool compare_holds(u128 a, enum compare op, u128 b);
void cond_free(struct cond *cond);	/* what it holds */
void parser_free(struct parser *parser);
void program_list_free(struct program_list *list);

/* ---- object.c: the data of an ELF object, relocated ------------------------ */

struct object;			/* an address: section << 32 | offset; 0: NULL */

struct object_symbol {
	const char	*name;
	uint64_t	address;
	uint64_t	size;
};

struct object *object_load(const char *path, const void *data, size_t size);
void object_free(struct object *object);
uint32_t object_symbols(const struct object *object,
			const struct object_symbol **symbols);
/* All three return NULL for NULL and for what is not in the object. */
const void *object_at(const struct object *object, uint64_t address,
		      size_t size);
const char *object_string(const struct object *object, uint64_t address);
/* The list that starts at @address: it ends where the symbol there ends */
const void *object_list(const struct object *object, uint64_t address,
			size_t element, uint32_t *num);

/* ---- check.c: semantic errors and warnings ------------------------------- */

bool parser_check(const char *path, const struct parser *parser);

/* ---- cpr_write.c, cpr_read.c: canonical JSON; hash.c ---------------------------- */

struct digest {
	char		alg[NETPROG_ALG_LEN];
	uint32_t	len;
	uint8_t		bytes[NETPROG_HASH_MAX];
};

bool cpr_write(const struct parser *parser, struct buffer *json);
struct parser *cpr_read(const char *path, const void *json, size_t size);
bool digest_make(const char *alg, const void *data, size_t size,
		 struct digest *digest);
void digest_hex(const struct digest *digest,
		char hex[2 * NETPROG_HASH_MAX + 1]);

/* ---- reference.c: the interpreter that defines the meaning ---------------- */

void reference_run(const struct parser *parser, const uint8_t *frame,
		   uint32_t len, uint32_t inputs, struct parse_result *res);

enum trace_type {
	TRACE_VISIT,	/* node, base, length, end, verdict: of 1 to 4 */
	TRACE_COND,	/* node, base, cond: the first that does not hold */
	TRACE_COUNTER,	/* index, value; verdict: it would pass its maximum */
	TRACE_WRITE,	/* index, of an output, value; lost: the array is full */
	TRACE_PART,	/* node, base, length: its own; part, start, end */
	TRACE_ELEMENT,	/* part, base, end, value: those before; verdict: of b */
	TRACE_EXCEEDED,	/* part, base: there is one too many */
	TRACE_FLAG,	/* node, part, flag, base, end: it is set */
	TRACE_LOOKUP,	/* lookup, fields, value: the key, entry: NULL: none */
};

/* What just happened, in the members that its type names */
struct trace_step {
	enum trace_type		type;
	uint32_t		depth;		/* 0: no element */
	const struct node	*node;
	const struct part	*part;
	const struct flag	*flag;
	const struct cond	*cond;
	const struct lookup	*lookup;
	const struct field	*fields;
	const struct entry	*entry;
	int64_t			base, length;
	int64_t			start;
	int64_t			end;		/* of the area or of the frame */
	bool			is_part;	/* TRACE_VISIT: of an area */
	uint32_t		index;
	bool			lost;
	u128			value;
	enum parse_verdict	verdict;	/* PARSE_NUM_VERDICTS: passed */
};

struct trace {
	void (*step)(struct trace *trace, const struct trace_step *step);
};

/* The same, and @trace is told of each step */
void reference_trace(const struct parser *parser, const uint8_t *frame,
		     uint32_t len, uint32_t inputs, struct parse_result *res,
		     struct trace *trace);

/* ---- bpf.c: generated C and its object ------------------------------------ */

/* A flow dissector fills struct bpf_flow_keys. The others leave all outputs in
 * a struct parse_NAME: in a map, or where the caller of parse_NAME() wants it.
 */
enum bpf_prog { BPF_PROG_FLOW, BPF_PROG_XDP, BPF_PROG_TC, BPF_NUM_PROGS };

/* Jumps back in a program itself, each of which takes another copy of all nodes:
 * to an inner header, and one more. The rest is done in its function walk().
 */
#define BPF_QUICK_JUMPS	2

/* By the name that --prog takes; BPF_NUM_PROGS after a sentence on stderr */
enum bpf_prog bpf_prog_find(const char *name);
/* That of an object, by its sections; BPF_NUM_PROGS after a diagnostic */
enum bpf_prog bpf_object_prog(const char *path, const struct buffer *object);
/* Of the object NAME.SUFFIX and of its header, NULL: it has none */
const char *bpf_prog_name(enum bpf_prog prog);
const char *bpf_prog_suffix(enum bpf_prog prog);
const char *bpf_header_suffix(enum bpf_prog prog);
void bpf_generate_header(const struct parser *parser, enum bpf_prog prog,
			 struct buffer *h);
bool bpf_generate_c(const struct parser *parser, const struct digest *digest,
		    enum bpf_prog prog, struct buffer *c);
struct bpf_job {		/* clang at work */
	const struct parser	*parser;
	pid_t			pid;
	int			out, err;
};

void bpf_compile_start(struct bpf_job *job, const struct parser *parser,
		       const struct buffer *c);
bool bpf_compile_end(struct bpf_job *job, const struct buffer *cpr,
		     struct buffer *object);
/* Both at once */
bool bpf_compile(const struct parser *parser, const struct buffer *c,
		 const struct buffer *cpr, struct buffer *object);

/* ---- tcam.c: device payload ------------------------------------------------ */

struct device {			/* bpf/targets/NAME.json */
	char		name[NETPROG_NAME_LEN];
	uint32_t	states, entries, key_bits;
	uint32_t	key_parts;	/* lookups: bits that stand together */
	uint32_t	part_bits;	/* in one of them */
	uint32_t	fixed_parts;	/* 1: so many, and from a byte on */
	uint32_t	lookahead;	/* bytes over which lookups reach */
	uint32_t	cursor;		/* 1: lookups are counted from a cursor that
					 * does not go back; else from the header
					 */
	uint32_t	first_at_cursor;	/* 1: the first lookup is there */
	uint32_t	advance;	/* bytes that a cursor moves at most */
	uint32_t	window;		/* bytes */
	uint32_t	extracts;	/* in one state */
	uint32_t	tables, table_entries, outputs;
	uint32_t	part_levels;	/* parts in parts */
	uint32_t	counters, repeats;
	uint32_t	steps;		/* for one packet */
	uint32_t	length_terms;	/* in one length */
	uint32_t	multiplier;	/* odd factors in lengths up to this; 1:
					 * shifts only
					 */
};

bool device_read(const char *path, struct device *device);
/* The payload of @parser for @device at the end of an empty @blob, and loaded, as
 * what the device's loader would refuse must not leave the compiler. To be freed;
 * NULL after diagnostics, which name @path.
 */
struct tcam *tcam_lower(const char *path, const struct parser *parser,
			const struct device *device, struct buffer *blob);
/* One that is loaded */
bool tcam_show(const void *blob, const struct device *device, FILE *out);
bool tcam_show_json(const void *blob, const struct device *device,
		    const char *parser, FILE *out);

/* ---- image.c --------------------------------------------------------------- */

struct image_program {
	const struct parser	*parser;
	const struct buffer	*cpr;
	const struct digest	*digest;
	const struct buffer	*payload;
	const char		*target;
	const struct netprog_image_proof *proof;	/* NULL: none */
};

bool image_write(const struct image_program *programs, uint32_t num,
		 struct buffer *image);

/* A checked view into an image in memory; diagnostics name @path. */
struct image_view {
	const struct netprog_image_program *program;
	const void	*cpr;
	size_t		cpr_size;
	const void	*payload;	/* NULL when there is none for target */
	size_t		payload_size;
	const struct netprog_image_proof *proof;	/* of the payload */
};

bool image_find(const char *path, const void *data, size_t size,
		uint32_t program, const char *target, struct image_view *view);
const struct netprog_image_section *image_sections(const struct buffer *image,
						   uint32_t *num);

/* ---- the verbs: cmd_*.c ----------------------------------------------------- */

int cmd_build(int argc, char **argv);
int cmd_hash(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_vectors(int argc, char **argv);
int cmd_prove(int argc, char **argv);
int cmd_check_proof(int argc, char **argv);
int cmd_verify(int argc, char **argv);

#endif /* OFFLOAD_COMPILER_OC_H */
