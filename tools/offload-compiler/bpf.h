/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What the files of the eBPF body share. */
#ifndef OFFLOAD_COMPILER_BPF_H
#define OFFLOAD_COMPILER_BPF_H

#include "oc.h"

struct bpf_gen {
	const struct parser	*parser;
	bool			xdp;	/* the body that is compared */
	struct buffer		*c;

	/* bpf_graph.c; all by node */
	bool	*reached;	/* by a jump: it needs its code */
	bool	*first;		/* may be the first counted node */
	bool	*later;		/* may come after a counted node */
	bool	*after_ipv6;	/* may come after IPv6 addresses were written */
	bool	*again;		/* a jump back leads here */
	bool	*back;		/* [from * num_nodes + to]: that jump */
};

/* What the XDP body leaves in its map and takes from it */
struct bpf_xdp_io {
	__u32			inputs;
	__u32			reserved;
	struct parse_result	result;
};

/* bpf.c: what the flow dissector returns for a verdict */
int bpf_flow_return(enum parse_verdict verdict);

/* bpf_graph.c */
void bpf_graph(struct bpf_gen *gen);
void bpf_graph_free(struct bpf_gen *gen);
bool bpf_jumps_back(const struct bpf_gen *gen);
uint32_t bpf_calls(const struct bpf_gen *gen);

/* bpf_expr.c: C expressions, to be freed */
char *bpf_field(const struct node *node, const struct field *field);
char *bpf_constant(u128 value);
char *bpf_key(const struct parser *parser, const struct node *node);
uint32_t bpf_key_bits(const struct parser *parser, const struct node *node);

/* bpf_node.c */
const char *bpf_stop_label(enum parse_verdict verdict);
void bpf_lookup(struct bpf_gen *gen, uint32_t from);
void bpf_node(struct bpf_gen *gen, uint32_t index);
void bpf_extract(struct bpf_gen *gen, const struct node *node,
		 const struct extract *extract);

/* bpf_keys.c */
bool bpf_addresses_check(const struct parser *parser, const struct node *node);

#endif /* OFFLOAD_COMPILER_BPF_H */
