/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The device payload of a parser: a program for the engine's TCAM.
 *
 * A header is followed by seven arrays, without gaps and in this order:
 * outputs, repeat limits, states, length terms, key parts, entries, extracts.
 * All integers are little endian; nothing is aligned. Bit offsets count from
 * the first byte of the node that the parse is at, in network order.
 *
 * A visit of a state: unless TCAM_STATE_HOLD, count the node and check limits
 * and window; see that @need bytes are in the frame; unless TCAM_STATE_HOLD,
 * compute the length. Then the state's key parts, the first most significant,
 * make the key, and the first of its entries with (key & mask) == value says
 * what to do: perform its extracts, advance by the length, and go on in another
 * state or end. If there is none, the parse ends as PARSE_NO_MATCH.
 *
 * A holding state goes on at the node of the state before it, for nodes whose
 * conditions and lookup do not fit one key. Both have the same @need and
 * @length_add.
 */
#ifndef _NSIM_ENGINE_TCAM_FORMAT_H
#define _NSIM_ENGINE_TCAM_FORMAT_H

#include "compat.h"

#define TCAM_MAGIC		0x4d414354	/* "TCAM" */
#define TCAM_VERSION		1

#define TCAM_MAX_STATES		1024
#define TCAM_MAX_ENTRIES	16384
#define TCAM_MAX_EXTRACTS	16384
#define TCAM_MAX_TERMS		1024
#define TCAM_MAX_PARTS		4096
#define TCAM_MAX_REPEATS	32
#define TCAM_STATE_TERMS	16		/* in one state */
#define TCAM_STATE_PARTS	16
#define TCAM_MAX_NEED		4096		/* bytes */
#define TCAM_MAX_LENGTH_ADD	65535		/* bytes */
#define TCAM_MAX_TERM_BITS	32		/* field and shift together */
#define TCAM_MAX_KEY_BITS	128
#define TCAM_NAME_LEN		32		/* with the final NUL */

/**
 * struct tcam_header - first bytes of the payload
 * @magic: TCAM_MAGIC
 * @version: TCAM_VERSION
 * @size: bytes of the whole payload
 * @max_bytes: see struct netprog_image_program, as the next two
 * @max_nodes: counted nodes
 * @max_encaps: encapsulation levels
 * @start: state of the first node, never a holding one
 * @num_outputs: PARSE_MAX_OUTPUTS at most
 * @num_repeats: limits of visits to one node
 * @num_states: at least 1
 * @num_terms: of lengths
 * @num_parts: of keys
 * @num_entries: all states' together
 * @num_extracts: all entries' together
 */
struct tcam_header {
	__le32	magic;
	__le32	version;
	__le32	size;
	__le32	max_bytes;
	__le32	max_nodes;
	__le32	max_encaps;
	__le32	start;
	__le32	num_outputs;
	__le32	num_repeats;
	__le32	num_states;
	__le32	num_terms;
	__le32	num_parts;
	__le32	num_entries;
	__le32	num_extracts;
} __packed;

/* key: enum parse_key, which the name must stand for */
struct tcam_output {
	char	name[TCAM_NAME_LEN];
	__le16	bits;
	__le16	key;
} __packed;

struct tcam_repeat {
	__le32	limit;			/* visits, at least 1 */
} __packed;

#define TCAM_STATE_COUNTED	0x01
#define TCAM_STATE_ENCAP	0x02
#define TCAM_STATE_HOLD		0x04
#define TCAM_STATE_FLAGS	0x07

#define TCAM_NO_REPEAT		0xffff

/**
 * struct tcam_state - one state
 * @name: of the node, for people
 * @flags: TCAM_STATE_*
 * @repeat: index of a repeat limit or TCAM_NO_REPEAT
 * @need: bytes of the node's fixed header
 * @length_add: bytes, constant part of the length
 * @first_term: of the length
 * @num_terms: of the length
 * @first_part: of the key
 * @num_parts: of the key
 * @first_entry: highest priority first; where those of the state before end
 * @num_entries: from @first_entry on
 */
struct tcam_state {
	char	name[TCAM_NAME_LEN];
	__le16	flags;
	__le16	repeat;
	__le32	need;
	__le32	length_add;
	__le16	first_term;
	__le16	num_terms;
	__le16	first_part;
	__le16	num_parts;
	__le16	first_entry;
	__le16	num_entries;
} __packed;

/* length += field << shift */
struct tcam_term {
	__le32	offset;
	__le16	bits;
	__le16	shift;
} __packed;

enum tcam_part_type {
	TCAM_PART_FIELD,
	TCAM_PART_INPUT,		/* bits of the inputs word, 0 the lowest */

	TCAM_NUM_PARTS
};

struct tcam_part {
	__le32	offset;
	__le16	bits;
	__le16	type;
} __packed;

/* Up to 128 bits; the more significant half first */
struct tcam_value {
	__le64	half[2];
} __packed;

#define TCAM_ENTRY_ADVANCE	0x01
#define TCAM_ENTRY_STOP		0x02	/* target is an enum parse_verdict */
#define TCAM_ENTRY_FLAGS	0x03

struct tcam_entry {
	struct tcam_value	value;
	struct tcam_value	mask;
	__le16	flags;
	__le16	target;			/* a state, or a verdict */
	__le16	first_extract;
	__le16	num_extracts;
} __packed;

enum tcam_extract_type {
	TCAM_EXTRACT_FIELD,
	TCAM_EXTRACT_CONST,
	TCAM_EXTRACT_START,		/* the node's offset in the frame */
	TCAM_EXTRACT_END,		/* the same + its length */
	TCAM_EXTRACT_LENGTH,

	TCAM_NUM_EXTRACTS
};

struct tcam_extract {
	__le16	type;
	__le16	output;
	__le32	offset;			/* of a field, in bits, else 0 */
	__le32	bits;			/* of a field, else 0 */
	struct tcam_value	value;	/* of a constant, else 0 */
} __packed;

#endif /* _NSIM_ENGINE_TCAM_FORMAT_H */
