/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What the language (netprog.h) leaves in the object and the compiler reads.
 *
 * Shared by clang -target bpfel and by the front end on the host, so the
 * layout must not depend on either: fixed-width members, references 8 bytes
 * wide. A reference to a list points at its first element; how many there are
 * is the size of the symbol that it points into.
 */
#ifndef _NETPROG_ABI_H
#define _NETPROG_ABI_H

#ifdef __bpf__
typedef unsigned char u8;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
#define NP_REF(type)	const type *
#else
#include <stdint.h>
#define u8		uint8_t
#define u32		uint32_t
#define s32		int32_t
#define u64		uint64_t
#define NP_REF(type)	uint64_t	/* address in the loaded object */
#endif

struct np_where {
	NP_REF(char)	file;
	u32		line;
	u32		reserved;
};

struct np_field {
	NP_REF(char)	header;
	NP_REF(char)	name;
	u32		offset;		/* bits */
	u32		bits;
	struct np_where	where;
};

struct np_term {
	struct np_field	field;
	s32		times;
	u32		reserved;
};

enum {
	NP_LENGTH_HEADER,	/* not given: that of the header */
	NP_LENGTH_SUM,
	NP_LENGTH_REST,
};

struct np_length {
	NP_REF(struct np_term) terms;
	s32		add;		/* bytes */
	u32		given;		/* NP_LENGTH_* */
	struct np_where	where;
};

struct np_value {
	u64		hi, lo;
};

enum {
	NP_EQ,
	NP_NE,
	NP_LT,
	NP_LE,
	NP_GT,
	NP_GE,
	NP_ALL,			/* of .list */
	NP_ANY,
};

struct np_cond {
	struct np_field	field;
	struct np_value	mask;		/* of the field, before it is compared */
	struct np_value	value;
	NP_REF(char)	otherwise;	/* a STOP_*, default STOP_FAIL; not in
					 * a list
					 */
	NP_REF(struct np_cond) list;
	u32		op;		/* NP_EQ ... */
	u32		masked;
	struct np_where	where;
};

enum {
	NP_EXTRACT_FIELD,
	NP_EXTRACT_CONST,
	NP_EXTRACT_START,
	NP_EXTRACT_END,
	NP_EXTRACT_LENGTH,
	NP_EXTRACT_COUNTER,
	NP_EXTRACT_NODES,
	NP_EXTRACT_ENCAPS,
};

struct np_extract {
	NP_REF(char)	output;
	struct np_field	field;
	NP_REF(char)	counter;
	struct np_value	value;
	u32		type;		/* NP_EXTRACT_* */
	u32		reserved;
	struct np_where	where;
};

struct np_key {
	NP_REF(char)	input;		/* or, if NULL, a field */
	struct np_field	field;
	struct np_where	where;
};

struct np_next {
	NP_REF(struct np_key) key;
	NP_REF(char)	map;
	NP_REF(char)	otherwise;	/* a node or a STOP_* */
	struct np_where	where;
};

struct np_action {			/* on a counter */
	NP_REF(char)	counter;
	u32		reset;
	u32		before;
	struct np_where	where;
};

struct np_flag {
	struct np_field	field;
	struct np_value	mask, value;
	NP_REF(char)	node;		/* NULL: skip size bytes */
	u32		size;
	u32		exact;		/* mask and value are given; else the
					 * flag is set if the field is not 0
					 */
	struct np_where	where;
};

enum {
	NP_PART_LOOP,
	NP_PART_FLAGS,
};

struct np_part {
	u32		type;		/* NP_PART_* */
	u32		start;		/* bytes from the node's first */
	u32		start_given;
	u32		max;
	struct np_length area;
	NP_REF(char)	exceeded;	/* DONE or a STOP_* */
	u32		header_bits;	/* that the key is read from */
	u32		reserved;
	struct np_next	next;
	NP_REF(struct np_flag) flags;
	struct np_where	where;
};

struct np_node {
	NP_REF(char)	header;		/* NULL: none */
	u32		header_bits;
	u32		header_given;	/* HEADER or NO_HEADER was said */
	struct np_where	where;
	struct np_length length;
	NP_REF(struct np_cond) require;
	NP_REF(struct np_extract) extract;
	NP_REF(struct np_action) counters;
	NP_REF(struct np_part) parts;
	struct np_next	next;
	u32		overlay;
	u32		uncounted;
	u32		encap;
	u32		repeat;
};

struct np_entry {
	struct np_value	key;
	struct np_value	mask;		/* used if ternary */
	NP_REF(char)	target;
	u32		ternary;	/* 2: a range, from key to mask */
	u32		priority;
	struct np_where	where;
};

struct np_name {
	NP_REF(char)	name;
	struct np_where	where;
};

struct np_table {
	NP_REF(struct np_name) keys;
	u32		match;		/* enum netprog_match */
	u32		owner;		/* enum netprog_owner */
	u32		size;
	u32		reserved;
	struct np_where	where;
};

struct np_output {
	NP_REF(char)	index;		/* a counter, or ENCAPS */
	u32		bits;
	u32		num;		/* 0: no array */
	u32		last;		/* one too many overwrites the last */
	u32		reserved;
	struct np_where	where;
};

struct np_counter {
	u32		max;
	u32		saturate;
	u32		encap_resets;
	u32		reserved;
	struct np_where	where;
};

struct np_parser {
	NP_REF(char)	root;
	u32		max_bytes;
	u32		max_nodes;
	u32		max_encaps;
	u32		reserved;
	struct np_where	where;
};

#ifndef __bpf__
#undef u8
#undef u32
#undef s32
#undef u64
#endif

#endif /* _NETPROG_ABI_H */
