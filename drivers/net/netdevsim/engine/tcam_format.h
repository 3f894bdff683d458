/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The device payload of a parser: a program for the engine's TCAM.
 *
 * A header is followed by nine arrays, without gaps and in this order: outputs,
 * counters, repeat limits, states, length terms, key parts, rises, entries,
 * actions. All integers are little endian; nothing is aligned.
 *
 * The device has TCAM_MAX_DEPTH sets of registers: depth 0 for headers, depth
 * n + 1 for what lies in areas of depth n, as TLVs and optional fields do.
 *	base	offset of the header or element in the frame
 *	length	its length in bytes
 *	end	of the area that it is in; none at depth 0
 *	count	elements of the area so far
 * Besides there are counters, visits of states with a repeat limit, counted
 * nodes, encapsulation levels and the offset of the first counted node.
 *
 * A state works at one depth: the bits of its length terms, key parts and
 * actions are counted from base of that depth, in network order. By its type:
 *
 *  VISIT  counts the node, sees to limits, area, window and that @need bytes
 *	   are in the frame, and computes the length, which must not be below
 *	   @least nor go past the area.
 *  HOLD   is at a node that was visited before. It sees to @need and @least
 *	   again, so that a state is right or wrong by itself.
 *  OPEN   holds, too, and opens an area of the next depth: base is @start bytes
 *	   behind this depth's base, or where the area before it ended; end is
 *	   the computed length behind that, or the node's own end; count is 0.
 *	   An area that is not inside of its node ends the parse.
 *  LOOP   is before an element of an area. At the area's end its first entry is
 *	   taken; if count is @max, its second one. Else count goes up, and
 *	   @need bytes must be in area, window and frame.
 *
 * Then the state's key parts, the first most significant, make the key, and the
 * first of its entries with (key & mask) == value says what to do: perform its
 * actions, advance this depth's base by the length or the next depth's by
 * @skip, and go on in another state or end. If there is none, the parse ends as
 * PARSE_NO_MATCH.
 *
 * The order of states is what makes every parse end: an entry that goes to its
 * own state or to one before it has to advance, its state has an @least of 1 or
 * more, and no state from there to here works at a lower depth. See tcam.c. A
 * parse of more than TCAM_MAX_STEPS states ends as PARSE_FAIL.
 */
#ifndef _NSIM_ENGINE_TCAM_FORMAT_H
#define _NSIM_ENGINE_TCAM_FORMAT_H

#include "compat.h"

#define TCAM_MAGIC		0x4d414354	/* "TCAM" */
#define TCAM_VERSION		2

#define TCAM_MAX_STATES		4096
#define TCAM_MAX_ENTRIES	16384
#define TCAM_MAX_ACTIONS	16384
#define TCAM_MAX_TERMS		4096
#define TCAM_MAX_PARTS		16384
#define TCAM_MAX_RISES		4096
#define TCAM_MAX_REPEATS	256
#define TCAM_MAX_COUNTERS	16
#define TCAM_MAX_DEPTH		4
#define TCAM_MAX_STEPS		0x100000	/* states for one frame */
#define TCAM_MAX_COUNT		255		/* of a counter, repeat, loop */
#define TCAM_STATE_TERMS	16		/* in one state */
#define TCAM_STATE_PARTS	16
#define TCAM_STATE_RISES	64
#define TCAM_ENTRY_ACTIONS	128		/* in one entry */
#define TCAM_MAX_NEED		4096		/* bytes */
#define TCAM_MAX_LENGTH_ADD	65535		/* bytes, either sign */
#define TCAM_MAX_TERM		0x100000	/* bytes, either sign */
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
 * @start: state of the first node, a visit at depth 0
 * @num_outputs: PARSE_MAX_OUTPUTS at most
 * @num_counters: registers that count
 * @num_repeats: limits of visits to one node
 * @num_states: at least 1
 * @num_terms: of lengths
 * @num_parts: of keys
 * @num_rises: of counters
 * @num_entries: all states' together
 * @num_actions: all entries' together
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
	__le32	num_counters;
	__le32	num_repeats;
	__le32	num_states;
	__le32	num_terms;
	__le32	num_parts;
	__le32	num_rises;
	__le32	num_entries;
	__le32	num_actions;
} __packed;

/* key: enum parse_key, which the name must stand for */
struct tcam_output {
	char	name[TCAM_NAME_LEN];
	__le16	bits;
	__le16	key;
} __packed;

#define TCAM_COUNTER_ENCAP_RESETS	0x01
#define TCAM_COUNTER_FLAGS		0x01

struct tcam_counter {
	char	name[TCAM_NAME_LEN];	/* for people */
	__le16	max;			/* 1 to TCAM_MAX_COUNT */
	__le16	flags;
} __packed;

struct tcam_repeat {
	__le32	limit;			/* visits, 1 to TCAM_MAX_COUNT */
} __packed;

enum tcam_state_type {
	TCAM_STATE_VISIT,
	TCAM_STATE_HOLD,
	TCAM_STATE_OPEN,
	TCAM_STATE_LOOP,

	TCAM_NUM_STATES
};

#define TCAM_STATE_COUNTED	0x01	/* VISIT */
#define TCAM_STATE_ENCAP	0x02	/* VISIT */
#define TCAM_STATE_REST		0x04	/* VISIT: length is all that is left */
#define TCAM_STATE_AREA		0x08	/* OPEN: of the computed length */

#define TCAM_NO_REPEAT		0xffff

enum tcam_from {
	TCAM_FROM_NODE,			/* base of the node, + start */
	TCAM_FROM_BASE,			/* base of the area before */
	TCAM_FROM_END,			/* its end */

	TCAM_NUM_FROMS
};

/**
 * struct tcam_state - one state
 * @name: of the node or part, for people
 * @type: enum tcam_state_type
 * @flags: TCAM_STATE_*, those that the type has
 * @depth: whose registers it works with
 * @repeat: VISIT: index of a repeat limit or TCAM_NO_REPEAT; else the latter
 * @need: bytes behind base that must be in the frame
 * @least: bytes, no smaller length is right; not of LOOP
 * @length_add: bytes, signed, constant part of the length; VISIT and OPEN
 * @start: OPEN: bytes, TCAM_FROM_NODE alone
 * @from: OPEN: enum tcam_from
 * @max: LOOP: elements, 1 to TCAM_MAX_COUNT
 * @first_term: of the length; VISIT and OPEN
 * @num_terms: of the length
 * @first_part: of the key
 * @num_parts: of the key
 * @first_rise: VISIT: of counters
 * @num_rises: of counters
 * @first_entry: highest priority first; where those of the state before end
 * @num_entries: from @first_entry on; LOOP: 2 or more, the first two do not
 *		 look at the key
 */
struct tcam_state {
	char	name[TCAM_NAME_LEN];
	__le16	type;
	__le16	flags;
	__le16	depth;
	__le16	repeat;
	__le32	need;
	__le32	least;
	__le32	length_add;
	__le32	start;
	__le16	from;
	__le16	max;
	__le16	first_term;
	__le16	num_terms;
	__le16	first_part;
	__le16	num_parts;
	__le16	first_rise;
	__le16	num_rises;
	__le16	first_entry;
	__le16	num_entries;
} __packed;

/* length += field * times; at most TCAM_MAX_TERM */
struct tcam_term {
	__le32	offset;
	__le32	times;			/* signed, not 0 */
	__le32	bits;
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

/* A visit that would take a counter, from what it is, by so many above its
 * maximum, ends the parse. The counter itself is left to actions.
 */
struct tcam_rise {
	__le16	counter;
	__le16	by;			/* 1 to TCAM_MAX_COUNT + 1 */
} __packed;

/* Up to 128 bits; the more significant half first */
struct tcam_value {
	__le64	half[2];
} __packed;

#define TCAM_ENTRY_ADVANCE	0x01	/* not in LOOP */
#define TCAM_ENTRY_STOP		0x02	/* target is an enum parse_verdict */
#define TCAM_ENTRY_FLAGS	0x03

struct tcam_entry {
	struct tcam_value	value;
	struct tcam_value	mask;
	__le16	flags;
	__le16	target;			/* a state, or a verdict */
	__le16	skip;			/* bytes at the next depth */
	__le16	first_action;
	__le16	num_actions;
} __packed;

enum tcam_action_type {
	TCAM_EXTRACT_FIELD,
	TCAM_EXTRACT_CONST,
	TCAM_EXTRACT_START,		/* base + value */
	TCAM_EXTRACT_END,		/* base + length */
	TCAM_EXTRACT_LENGTH,
	TCAM_EXTRACT_COUNTER,
	TCAM_EXTRACT_NODES,
	TCAM_EXTRACT_ENCAPS,
	TCAM_COUNTER_INC,		/* up to its maximum */
	TCAM_COUNTER_RESET,

	TCAM_NUM_ACTIONS
};

enum tcam_index {
	TCAM_INDEX_NONE,
	TCAM_INDEX_ENCAPS,
	TCAM_INDEX_COUNTER,

	TCAM_NUM_INDEXES
};

/**
 * struct tcam_action - one thing to do; unused members are 0
 * @type: enum tcam_action_type
 * @output: EXTRACT: where to, or the first of an array
 * @offset: FIELD: in bits
 * @bits: FIELD
 * @value: CONST; START, where it is at most TCAM_MAX_NEED
 * @counter: COUNTER, INC, RESET
 * @index: enum tcam_index, what tells the place in an array
 * @index_counter: TCAM_INDEX_COUNTER
 * @num: places in the array
 * @last: 1: one too many overwrites the last place; 0: it is not written
 */
struct tcam_action {
	__le16	type;
	__le16	output;
	__le32	offset;
	__le32	bits;
	struct tcam_value	value;
	__le16	counter;
	__le16	index;
	__le16	index_counter;
	__le16	num;
	__le16	last;
} __packed;

#endif /* _NSIM_ENGINE_TCAM_FORMAT_H */
