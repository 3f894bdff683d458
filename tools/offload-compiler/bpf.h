/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What the files of the eBPF body share. */
#ifndef OFFLOAD_COMPILER_BPF_H
#define OFFLOAD_COMPILER_BPF_H

#include "lower.h"

/* A step in the program itself; bpf_copy.c */
struct bpf_copy {
	uint32_t	step;
	uint32_t	level;		/* jumps back that led here */
	bool		seen;		/* a counted node came before */
	char		*label;
	bool		constant;	/* at its start off is known: */
	uint32_t	off;
	bool		launder;	/* it leads to where ways meet: see zero */
	bool		joined;		/* ways with different offsets meet here */
	const struct bpf_copy *from;	/* the last of these ways */
	int32_t		known;		/* bytes at off that are there; -1: ? */
	uint8_t		*most;		/* by slot: of each count at its start */
};

/* Of counts: bytes of counts0, counts1, ... */
#define SLOT_NODES	0
#define SLOT_ENCAPS	1
#define NO_SLOT		UINT32_MAX

struct bpf_gen {
	const struct parser	*parser;
	const struct lowered	*low;
	enum bpf_prog		prog;
	bool			outputs;	/* to struct parse_NAME, all */
	bool			quick;	/* the program itself has steps, too */
	struct buffer		*c;

	/* bpf_graph.c; all by step */
	char	**label;
	bool	*reached;	/* by a jump: it needs its code */
	bool	*first;		/* no counted node may have come before */
	bool	*later;		/* a counted node may have come before */
	bool	*after_ipv6;	/* may come after IPv6 addresses were written */
	bool	*again;		/* a jump back leads here */
	bool	*walks;		/* a walk() may start here */
	uint32_t *finish;	/* order in which a search left the steps */

	/* bpf_copy.c */
	uint32_t	levels;		/* jumps back, and one; 0: no copies */
	struct bpf_copy	entry;		/* its step is the root */
	struct bpf_copy	*copies;	/* all jumps lead forth */
	uint32_t	num_copies;
	struct bpf_copy	**copy_at;
	uint32_t	num_slots;
	uint32_t	*visits_slot;	/* by node */
	uint32_t	*counter_slot;	/* by counter; or NO_SLOT */

	/* bpf_quick.c */
	const struct bpf_copy *at;	/* being written; NULL: walk() is */
	bool		rebased;	/* data is at the first counted node */
	bool		leaves[2 * MAX_DEPTH];	/* by depth and seen */
};

/* bpf.c: what the flow dissector returns for a verdict */
int bpf_flow_return(enum parse_verdict verdict);

/* bpf_prog.c */
const char *bpf_context(const struct bpf_gen *gen);
void bpf_put_section(struct bpf_gen *gen);
void bpf_put_tag(struct bpf_gen *gen, const struct digest *digest);
void bpf_put_map(struct bpf_gen *gen);
void bpf_put_program(struct bpf_gen *gen, const struct digest *digest);

/* bpf_outputs.c: struct parse_NAME, in which other programs find the outputs */
struct bpf_output {
	uint32_t	offset;		/* bytes */
	uint32_t	size;
	bool		integer;	/* in host order; else network order */
};

/* Of all outputs, to be freed; and the size of the struct */
struct bpf_output *bpf_outputs(const struct parser *parser, uint32_t *size);
void bpf_outputs_read(const struct parser *parser, const void *out,
		      struct parse_result *res);
void bpf_put_struct(const struct parser *parser, struct buffer *c);
void bpf_put_clear(struct bpf_gen *gen);
void bpf_put_output(struct bpf_gen *gen, const struct extract *extract,
		    const char *expr);

/* bpf_text.c */
extern const char bpf_types[], bpf_definitions[], bpf_walk_definitions[],
		  bpf_quick_definitions[], bpf_flow_definitions[],
		  bpf_skb_definitions[], bpf_xdp_definitions[],
		  bpf_tc_definitions[], bpf_output_definitions[],
		  bpf_flow_frame_length[];

/* bpf_graph.c */
void bpf_graph(struct bpf_gen *gen);
void bpf_graph_free(struct bpf_gen *gen);
bool bpf_is_back(const struct bpf_gen *gen, uint32_t from, uint32_t to);
bool bpf_leaves(const struct bpf_gen *gen, uint32_t to);
uint64_t bpf_calls(const struct bpf_gen *gen);

/* bpf_copy.c */
void bpf_copies(struct bpf_gen *gen);
void bpf_copies_free(struct bpf_gen *gen);
bool bpf_copy_seen(const struct bpf_gen *gen, const struct bpf_copy *copy);
struct bpf_copy *bpf_copy_to(const struct bpf_gen *gen,
			     const struct bpf_copy *from, uint32_t to);

/* bpf_quick.c */
void bpf_leave(struct bpf_gen *gen, uint32_t step, bool seen);
void bpf_quick_start(struct bpf_gen *gen, uint32_t size);
void bpf_quick_bytes(struct bpf_gen *gen, uint32_t size);
void bpf_quick_owner(struct bpf_gen *gen, uint32_t depth, uint32_t size);
void bpf_quick_end(struct bpf_gen *gen, const struct node *node);
bool bpf_quick_end_fits(const struct node *node);
char *bpf_count(const struct bpf_gen *gen, uint32_t slot, const char *name);
bool bpf_may_exceed(const struct bpf_gen *gen, uint32_t slot, uint32_t more,
		    uint32_t limit);
void bpf_count_up(struct bpf_gen *gen, uint32_t slot, const char *name);
void bpf_count_clear(struct bpf_gen *gen, uint32_t slot, const char *name);
void bpf_flow_program(struct bpf_gen *gen, const struct digest *digest);
void bpf_outputs_program(struct bpf_gen *gen, const struct digest *digest);

/* bpf.c */
void bpf_put_variables(struct bpf_gen *gen);
void bpf_flow_exit(struct bpf_gen *gen);
void bpf_outputs_exit(struct bpf_gen *gen);

/* bpf_expr.c: C expressions, to be freed. @readable: bytes at p */
char *bpf_field(uint32_t readable, const struct field *field);
char *bpf_constant(u128 value);
char *bpf_key(const struct parser *parser, const struct lookup *lookup,
	      const struct field *fields, uint32_t readable);
uint32_t bpf_key_bits(const struct lookup *lookup, const struct field *fields);
char *bpf_length(const struct node *node, const struct length *length);
char *bpf_masked(uint32_t readable, const struct field *field, u128 mask);
char *bpf_cond(const struct node *node, const struct cond *cond);

/* bpf_jump.c: where a step leads */
const char *bpf_stop_label(enum parse_verdict verdict);
void bpf_jump(struct bpf_gen *gen, uint32_t from, struct target to);
void bpf_go_on(struct bpf_gen *gen, uint32_t from);
void bpf_key_variable(struct bpf_gen *gen, uint32_t from);
void bpf_lookup(struct bpf_gen *gen, uint32_t from);

/* bpf_node.c: STEP_VISIT */
void bpf_bytes(struct bpf_gen *gen, uint32_t step, uint32_t size, bool seen);
void bpf_visit(struct bpf_gen *gen, uint32_t step);

/* bpf_part.c: the other steps */
void bpf_part(struct bpf_gen *gen, uint32_t step);

/* bpf_keys.c */
bool bpf_must_clamp(const struct parser *parser, const struct extract *extract);
bool bpf_counter_matters(const struct bpf_gen *gen, uint32_t counter);
void bpf_extract(struct bpf_gen *gen, uint32_t step,
		 const struct extract *extract);
bool bpf_addresses_check(const struct parser *parser, const struct node *node);

#endif /* OFFLOAD_COMPILER_BPF_H */
