/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The hardware model of netdevsim: what a device makes of a parser.
 *
 * Plain C over linux/types.h: the same files are built into the kernel and, in
 * user space, into offload-compiler, its tests and its fuzzers. Nothing here
 * allocates on the packet path, sleeps or keeps state between packets.
 */
#ifndef _NSIM_ENGINE_H
#define _NSIM_ENGINE_H

#include <linux/types.h>
#ifndef __KERNEL__
#include <stdbool.h>
#include <stddef.h>
#endif

struct bpf_flow_keys;

/* Why a parse ended. PARSE_OKAY alone means that the record is complete. */
enum parse_verdict {
	PARSE_OKAY,
	PARSE_FAIL,		/* a node's condition, or an explicit stop */
	PARSE_TRUNCATED,	/* a node's minimum header is past the frame */
	PARSE_BAD_LENGTH,	/* computed length below the minimum header */
	PARSE_NO_MATCH,		/* no entry for the key and no otherwise */
	PARSE_LIMIT_NODES,	/* one counted node too many */
	PARSE_LIMIT_ENCAPS,	/* one encapsulation level too many */
	PARSE_LIMIT_REPEAT,	/* one visit of the same node too many */
	PARSE_LIMIT_COUNTER,	/* a counter would pass its maximum */
	PARSE_LIMIT_LOOP,	/* one element of a part too many */
	PARSE_WINDOW,		/* a node's minimum header is past max bytes */

	PARSE_NUM_VERDICTS
};

#define PARSE_MAX_OUTPUTS	64
#define PARSE_VALUE_BYTES	16

/* Outputs with these names fill struct bpf_flow_keys; the order is an index */
enum parse_key {
	PARSE_KEY_NONE,		/* an output of the parser's own */
	PARSE_KEY_ADDR_PROTO,	/* 16 bits, host-endian in bpf_flow_keys */
	PARSE_KEY_DPORT,
	PARSE_KEY_FLOW_LABEL,	/* 20 bits */
	PARSE_KEY_IP_PROTO,
	PARSE_KEY_IPV4_DST,
	PARSE_KEY_IPV4_SRC,
	PARSE_KEY_IPV6_DST,
	PARSE_KEY_IPV6_SRC,
	PARSE_KEY_IS_ENCAP,
	PARSE_KEY_IS_FIRST_FRAG,
	PARSE_KEY_IS_FRAG,
	PARSE_KEY_N_PROTO,
	PARSE_KEY_NHOFF,	/* host-endian in bpf_flow_keys */
	PARSE_KEY_SPORT,
	PARSE_KEY_THOFF,	/* host-endian in bpf_flow_keys */

	PARSE_NUM_KEYS
};

/* Bits of the inputs word; the values are BPF_FLOW_DISSECTOR_F_* */
#define PARSE_IN_PARSE_1ST_FRAG		0x1
#define PARSE_IN_STOP_AT_FLOW_LABEL	0x2
#define PARSE_IN_STOP_AT_ENCAP		0x4

/**
 * struct parse_result - what one parse leaves behind
 * @verdict: enum parse_verdict
 * @nodes: counted nodes visited
 * @encaps: encapsulation levels entered
 * @present: bit n set: output n was written
 * @value: by output; integers in network order, right-aligned; only those
 *	   whose bit in @present is set are defined
 */
struct parse_result {
	__u32	verdict;
	__u32	nodes;
	__u32	encaps;
	__u64	present;
	__u8	value[PARSE_MAX_OUTPUTS][PARSE_VALUE_BYTES];
};

/**
 * struct parse_output - one output of a parser
 * @name: NUL padded
 * @bits: width, 1 to 128
 * @key: enum parse_key that @name stands for, PARSE_KEY_NONE for others
 */
struct parse_output {
	char	name[32];
	__u16	bits;
	__u16	key;
};

/* "okay", "limit-nodes", ... (keys.c) */
extern const char *const parse_verdict_names[PARSE_NUM_VERDICTS];

/* keys.c: the only place that knows struct bpf_flow_keys */
enum parse_key parse_key_by_name(const char *name);
unsigned int parse_key_bits(enum parse_key key);
void parse_keys_project(const struct parse_output *outputs, unsigned int num,
			const struct parse_result *res, __u32 inputs,
			struct bpf_flow_keys *keys);

/* tcam.c: the parser. A loaded program is immutable and can be shared. */
struct tcam;
struct tcam *tcam_load(const void *blob, size_t size, char *err, size_t errlen);
void tcam_free(struct tcam *tcam);
const struct parse_output *tcam_outputs(const struct tcam *tcam,
					unsigned int *num);
void tcam_run(const struct tcam *tcam, const __u8 *frame, __u32 len,
	      __u32 inputs, struct parse_result *res);

/* rss.c: Toeplitz over the flow keys, in the order of Microsoft's RSS:
 * source address, destination address, then the ports when there are any.
 */
#define RSS_KEY_SIZE	40	/* bytes */
__u32 rss_toeplitz(const __u8 *key, const __u8 *data, size_t len);
__u32 rss_hash_keys(const __u8 key[RSS_KEY_SIZE],
		    const struct bpf_flow_keys *keys, bool *l4);

#endif /* _NSIM_ENGINE_H */
