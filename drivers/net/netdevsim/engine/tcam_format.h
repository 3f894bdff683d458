/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The device payload of a parser: a program for the engine's TCAM.
 *
 * A header is followed by eleven arrays, without gaps and in this order: outputs,
 * counters, repeat limits, visits, areas, length terms, rises, states, key
 * parts, entries, actions. All integers are little endian; nothing is aligned.
 *
 * The device has TCAM_MAX_DEPTH sets of registers: depth 0 for headers, depth
 * n + 1 for what lies in areas of depth n, as TLVs and optional fields do.
 *	base	offset of the header or element in the frame
 *	length	its length in bytes
 *	end	of the area that it is in; none at depth 0
 *	count	elements of the area so far
 * Besides there are counters, visits of nodes with a repeat limit, counted
 * nodes, encapsulation levels and the offset of the first counted node.
 *
 * A state is a key and entries. Its key parts, the first most significant, are
 * bits counted from base of the state's depth, in network order; they may lie
 * in front of base, and what is outside of the frame reads as 0. The first entry
 * with (key & mask) == value says what to do: its actions, one after the other,
 * and then another state, or the end of the parse. If there is none, the parse
 * ends as PARSE_NO_MATCH. The header's own actions come before the first state.
 * All that reads the frame may read in front of base and behind what was checked.
 *
 * A LOOP is a state before an element of an area. At the area's end its first
 * entry is taken, whatever the key; if count is @max, its second one. Else count
 * goes up, and @need bytes must be in area, window and frame.
 *
 * Actions work at a depth of their own, each from what the one before it left:
 *
 *  VISIT    is at a node: counts it, sees to limits, area, window and that @need
 *	     bytes are in the frame, computes length, which must not be below
 *	     @least nor go past the area.
 *  LENGTH   sets length, which must not go past the area.
 *  OPEN     opens an area of the next depth: its base is @start bytes behind
 *	     this depth's base, or where the area before it began or ended; its
 *	     end is the computed length behind that, or the node's own end; count
 *	     is 0. An area that is not inside of its node ends the parse.
 *  ADVANCE  base += length
 *  SKIP     base += @value, which must not go past the area
 *  EXTRACT, COUNTER: outputs and counters
 *
 * One that ends the parse leaves what those before it did. Depth 0 is an area
 * without an end. No length is right that 32 bits cannot hold.
 *
 * A parse of more than TCAM_MAX_STEPS states ends as PARSE_FAIL, so every parse
 * ends. The compiler proves of each program of its own that it never comes to
 * that.
 */
#ifndef _NSIM_ENGINE_TCAM_FORMAT_H
#define _NSIM_ENGINE_TCAM_FORMAT_H

#include "compat.h"

#define TCAM_MAGIC		0x4d414354	/* "TCAM" */
#define TCAM_VERSION		3

#define TCAM_MAX_STATES		4096
#define TCAM_MAX_ENTRIES	16384
#define TCAM_MAX_ACTIONS	262144
#define TCAM_MAX_VISITS		4096
#define TCAM_MAX_AREAS		4096
#define TCAM_MAX_TERMS		4096
#define TCAM_MAX_PARTS		16384
#define TCAM_MAX_RISES		4096
#define TCAM_MAX_REPEATS	256
#define TCAM_MAX_COUNTERS	16
#define TCAM_MAX_DEPTH		4
#define TCAM_MAX_STEPS		0x100000	/* states for one frame */
#define TCAM_MAX_COUNT		255		/* of a counter, repeat, loop */
#define TCAM_VISIT_TERMS	16		/* in one length */
#define TCAM_STATE_PARTS	16
#define TCAM_VISIT_RISES	64
#define TCAM_ENTRY_ACTIONS	1024		/* in one entry */
#define TCAM_MAX_NEED		4096		/* bytes */
#define TCAM_MAX_OFFSET		0x10000		/* bits, either sign */
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
 * @start: first state
 * @start_action: first of the actions before it
 * @start_actions: their number
 * @num_outputs: PARSE_MAX_OUTPUTS at most
 * @num_counters: registers that count
 * @num_repeats: limits of visits to one node
 * @num_visits: kinds of visits
 * @num_areas: kinds of areas
 * @num_terms: of lengths
 * @num_rises: of counters
 * @num_states: at least 1
 * @num_parts: of keys
 * @num_entries: all states' together
 * @num_actions: all entries' together, those of the header included
 */
struct tcam_header {
	__le32	magic;
	__le32	version;
	__le32	size;
	__le32	max_bytes;
	__le32	max_nodes;
	__le32	max_encaps;
	__le32	start;
	__le32	start_action;
	__le32	start_actions;
	__le32	num_outputs;
	__le32	num_counters;
	__le32	num_repeats;
	__le32	num_visits;
	__le32	num_areas;
	__le32	num_terms;
	__le32	num_rises;
	__le32	num_states;
	__le32	num_parts;
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

#define TCAM_VISIT_COUNTED	0x01
#define TCAM_VISIT_ENCAP	0x02
#define TCAM_VISIT_REST		0x04	/* length is all that is left */
#define TCAM_VISIT_FLAGS	0x07

#define TCAM_NO_REPEAT		0xffff

/**
 * struct tcam_visit - what a node asks for
 * @name: of the node, for people
 * @flags: TCAM_VISIT_*
 * @repeat: index of a repeat limit or TCAM_NO_REPEAT
 * @need: bytes behind base that must be in the frame
 * @least: bytes, no smaller length is right
 * @length_add: bytes, signed, constant part of the length
 * @first_term: of the length
 * @num_terms: of the length
 * @first_rise: of counters
 * @num_rises: of counters
 */
struct tcam_visit {
	char	name[TCAM_NAME_LEN];
	__le16	flags;
	__le16	repeat;
	__le32	need;
	__le32	least;
	__le32	length_add;
	__le16	first_term;
	__le16	num_terms;
	__le16	first_rise;
	__le16	num_rises;
} __packed;

#define TCAM_AREA_LENGTH	0x01	/* it is as long as computed */
#define TCAM_AREA_FLAGS		0x01

enum tcam_from {
	TCAM_FROM_NODE,			/* base of the node, + start */
	TCAM_FROM_BASE,			/* base of the area before */
	TCAM_FROM_END,			/* its end */

	TCAM_NUM_FROMS
};

/**
 * struct tcam_area - what lies in a node
 * @flags: TCAM_AREA_*
 * @from: enum tcam_from
 * @start: bytes, TCAM_FROM_NODE alone
 * @length_add: bytes, signed, constant part of the length
 * @first_term: of the length
 * @num_terms: of the length
 */
struct tcam_area {
	__le16	flags;
	__le16	from;
	__le32	start;
	__le32	length_add;
	__le16	first_term;
	__le16	num_terms;
} __packed;

/* length += field * times; at most TCAM_MAX_TERM */
struct tcam_term {
	__le32	offset;			/* bits from base, signed */
	__le32	times;			/* signed, not 0 */
	__le32	bits;
} __packed;

/* A visit that would take a counter, from what it is, by so many above its
 * maximum, ends the parse. The counter itself is left to actions.
 */
struct tcam_rise {
	__le16	counter;
	__le16	by;			/* 1 to TCAM_MAX_COUNT + 1 */
} __packed;

#define TCAM_STATE_LOOP		0x01
#define TCAM_STATE_FLAGS	0x01

/* Why the compiler did not make a state part of those that lead to it */
enum tcam_why {
	TCAM_WHY_START,
	TCAM_WHY_SHARED,		/* several do: it saves entries */
	TCAM_WHY_LENGTH,		/* where it is takes computing */
	TCAM_WHY_LOOP,			/* it comes again */
	TCAM_WHY_KEY,			/* no room in the key before */
	TCAM_WHY_EXTRACTS,		/* too many in one entry */

	TCAM_NUM_WHYS
};

/**
 * struct tcam_state - one state
 * @name: for people
 * @flags: TCAM_STATE_*
 * @depth: whose base key parts are counted from; LOOP: of the elements
 * @why: enum tcam_why, for people
 * @max: LOOP: elements, 1 to TCAM_MAX_COUNT
 * @need: LOOP: bytes behind base that must be there; may be 0
 * @first_part: of the key
 * @num_parts: of the key
 * @first_entry: highest priority first; where those of the state before end
 * @num_entries: from @first_entry on; LOOP: 2 or more, the first two do not
 *		 look at the key
 */
struct tcam_state {
	char	name[TCAM_NAME_LEN];
	__le16	flags;
	__le16	depth;
	__le16	why;
	__le16	max;
	__le32	need;
	__le16	first_part;
	__le16	num_parts;
	__le16	first_entry;
	__le16	num_entries;
} __packed;

enum tcam_part_type {
	TCAM_PART_FIELD,
	TCAM_PART_INPUT,		/* bits of the inputs word, 0 the lowest */

	TCAM_NUM_PARTS
};

struct tcam_part {
	__le32	offset;			/* FIELD: bits from base, signed */
	__le16	bits;
	__le16	type;
} __packed;

/* Up to 128 bits; the more significant half first */
struct tcam_value {
	__le64	half[2];
} __packed;

#define TCAM_ENTRY_STOP		0x01	/* target is an enum parse_verdict */
#define TCAM_ENTRY_FLAGS	0x01

struct tcam_entry {
	struct tcam_value	value;
	struct tcam_value	mask;
	__le16	flags;
	__le16	target;			/* a state, or a verdict */
	__le32	first_action;
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
	TCAM_VISIT,
	TCAM_LENGTH,
	TCAM_OPEN,			/* an area of the next depth */
	TCAM_ADVANCE,
	TCAM_SKIP,

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
 * @depth: whose base, length and bits; FIELD, START, END, EXTRACT_LENGTH, and
 *	   all from VISIT on
 * @output: EXTRACT: where to, or the first of an array
 * @which: VISIT: index in visits; OPEN: index in areas
 * @offset: FIELD: bits from base, signed
 * @bits: FIELD
 * @value: CONST; START, where it is at most TCAM_MAX_NEED; LENGTH and SKIP:
 *	   bytes, at most TCAM_MAX_LENGTH_ADD
 * @counter: COUNTER, INC, RESET
 * @index: enum tcam_index, what tells the place in an array
 * @index_counter: TCAM_INDEX_COUNTER
 * @num: places in the array
 * @last: 1: one too many overwrites the last place; 0: it is not written
 */
struct tcam_action {
	__le16	type;
	__le16	depth;
	__le16	output;
	__le16	which;
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
