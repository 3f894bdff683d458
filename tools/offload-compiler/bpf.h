/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What the files of the eBPF body share. */
#ifndef OFFLOAD_COMPILER_BPF_H
#define OFFLOAD_COMPILER_BPF_H

#include "lower.h"

struct bpf_gen {
	const struct parser	*parser;
	const struct lowered	*low;
	bool			xdp;	/* the body that is compared */
	bool			quick;	/* the program itself has steps, too */
	bool			in_walk;	/* what is being written */
	struct buffer		*c;

	/* bpf_graph.c; all by step */
	char	**label;
	bool	*reached;	/* by a jump: it needs its code */
	bool	*first;		/* no counted node may have come before */
	bool	*later;		/* a counted node may have come before */
	bool	*after_ipv6;	/* may come after IPv6 addresses were written */
	bool	*again;		/* a jump back leads here */
	bool	*walks;		/* a walk() may start here */
	bool	*in_quick;	/* the program itself has it */
	uint32_t *finish;	/* order in which a search left the steps */
};

/* What the XDP body leaves in its map and takes from it */
struct bpf_xdp_io {
	__u32			inputs;
	__u32			reserved;
	struct parse_result	result;
};

/* bpf.c: what the flow dissector returns for a verdict */
int bpf_flow_return(enum parse_verdict verdict);

/* bpf_text.c */
extern const char bpf_definitions[], bpf_walk_definitions[],
		  bpf_entry_definitions[], bpf_slow_definitions[],
		  bpf_quick_definitions[], bpf_flow_definitions[],
		  bpf_xdp_definitions[], bpf_flow_frame_length[];

/* bpf_graph.c */
void bpf_graph(struct bpf_gen *gen);
void bpf_graph_free(struct bpf_gen *gen);
bool bpf_is_back(const struct bpf_gen *gen, uint32_t from, uint32_t to);
bool bpf_leaves(const struct bpf_gen *gen, uint32_t to);
bool bpf_walks(const struct bpf_gen *gen);
uint64_t bpf_calls(const struct bpf_gen *gen);

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
