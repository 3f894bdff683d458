/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * For tests, in the kernel and in user space: a small TCAM program, and all the
 * ways to break it by one number.
 *
 *	start: visit eth -> 0
 *	0 type 0x0800: advance, visit ipv4 -> 1		else: stop no-match
 *	1 version 4: extract, open the area of options -> 2	else: stop fail
 *	2 reserved bit: skip 4 bytes of the area -> 3	else: 3
 *	3 loops over at most 4 options; kind 0: 4
 *	  else: visit, extract, count, advance -> 3
 *	4 protocol 4: advance, visit ipv4 -> 1		else: stop okay
 *
 * ipv4 may be visited 2 times.
 */
#ifndef _NSIM_ENGINE_TCAM_SAMPLE_H
#define _NSIM_ENGINE_TCAM_SAMPLE_H

#include "engine.h"
#include "tcam_format.h"

struct tcam_sample {
	struct tcam_header	hdr;
	struct tcam_output	outputs[8];
	struct tcam_counter	counters[1];
	struct tcam_repeat	repeats[1];
	struct tcam_visit	visits[3];
	struct tcam_area	areas[1];
	struct tcam_term	terms[2];
	struct tcam_rise	rises[1];
	struct tcam_state	states[5];
	struct tcam_part	parts[6];
	struct tcam_entry	entries[12];
	struct tcam_action	actions[16];
} __packed;

enum {
	SAMPLE_IP_PROTO, SAMPLE_IPV4_SRC, SAMPLE_MARK, SAMPLE_THOFF,
	SAMPLE_OPTION, SAMPLE_OPTION_1, SAMPLE_LEVEL, SAMPLE_WHERE,
};

static inline void tcam_sample_header(struct tcam_header *hdr)
{
	*hdr = (struct tcam_header) {
		.magic		= cpu_to_le32(TCAM_MAGIC),
		.version	= cpu_to_le32(TCAM_VERSION),
		.size		= cpu_to_le32(sizeof(struct tcam_sample)),
		.max_bytes	= cpu_to_le32(128),
		.max_nodes	= cpu_to_le32(8),
		.max_encaps	= cpu_to_le32(1),
		.start_actions	= cpu_to_le32(1),
		.num_outputs	= cpu_to_le32(8),
		.num_counters	= cpu_to_le32(1),
		.num_repeats	= cpu_to_le32(1),
		.num_visits	= cpu_to_le32(3),
		.num_areas	= cpu_to_le32(1),
		.num_terms	= cpu_to_le32(2),
		.num_rises	= cpu_to_le32(1),
		.num_states	= cpu_to_le32(5),
		.num_parts	= cpu_to_le32(6),
		.num_entries	= cpu_to_le32(12),
		.num_actions	= cpu_to_le32(16),
	};
}

static inline void tcam_sample_outputs(struct tcam_output *outputs)
{
	static const struct {
		const char	*name;
		u16		bits, key;
	} all[] = {
		[SAMPLE_IP_PROTO] = { "ip_proto", 8, PARSE_KEY_IP_PROTO },
		[SAMPLE_IPV4_SRC] = { "ipv4_src", 32, PARSE_KEY_IPV4_SRC },
		[SAMPLE_MARK] = { "mark", 100, PARSE_KEY_NONE },
		[SAMPLE_THOFF] = { "thoff", 16, PARSE_KEY_THOFF },
		[SAMPLE_OPTION] = { "option[0]", 8, PARSE_KEY_NONE },
		[SAMPLE_OPTION_1] = { "option[1]", 8, PARSE_KEY_NONE },
		[SAMPLE_LEVEL] = { "level", 8, PARSE_KEY_NONE },
		[SAMPLE_WHERE] = { "where", 16, PARSE_KEY_NONE },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		memset(outputs[i].name, 0, sizeof(outputs[i].name));
		memcpy(outputs[i].name, all[i].name, strlen(all[i].name));
		outputs[i].bits = cpu_to_le16(all[i].bits);
		outputs[i].key = cpu_to_le16(all[i].key);
	}
}

enum { SAMPLE_VISIT_ETH, SAMPLE_VISIT_IPV4, SAMPLE_VISIT_OPTION };

static inline void tcam_sample_visits(struct tcam_visit *visits)
{
	visits[SAMPLE_VISIT_ETH] = (struct tcam_visit) {
		.name = "eth", .repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(14),
	};
	visits[SAMPLE_VISIT_IPV4] = (struct tcam_visit) {
		.name = "ipv4", .flags = cpu_to_le16(TCAM_VISIT_COUNTED),
		.need = cpu_to_le32(20), .least = cpu_to_le32(20),
		.num_terms = cpu_to_le16(1),
	};
	visits[SAMPLE_VISIT_OPTION] = (struct tcam_visit) {
		.name = "option", .repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(2), .least = cpu_to_le32(2),
		.first_term = cpu_to_le16(1), .num_terms = cpu_to_le16(1),
		.num_rises = cpu_to_le16(1),
	};
}

static inline void tcam_sample_states(struct tcam_state *states)
{
	states[0] = (struct tcam_state) {
		.name = "eth", .why = cpu_to_le16(TCAM_WHY_START),
		.num_parts = cpu_to_le16(1), .num_entries = cpu_to_le16(2),
	};
	states[1] = (struct tcam_state) {
		.name = "ipv4", .why = cpu_to_le16(TCAM_WHY_SHARED),
		.first_part = cpu_to_le16(1), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(2), .num_entries = cpu_to_le16(2),
	};
	states[2] = (struct tcam_state) {
		.name = "ipv4.flag", .why = cpu_to_le16(TCAM_WHY_KEY),
		.first_part = cpu_to_le16(2), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(4), .num_entries = cpu_to_le16(2),
	};
	states[3] = (struct tcam_state) {
		.name = "ipv4.options", .why = cpu_to_le16(TCAM_WHY_LOOP),
		.flags = cpu_to_le16(TCAM_STATE_LOOP), .depth = cpu_to_le16(1),
		.max = cpu_to_le16(4), .need = cpu_to_le32(1),
		.first_part = cpu_to_le16(3), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(6), .num_entries = cpu_to_le16(4),
	};
	states[4] = (struct tcam_state) {
		.name = "ipv4.next", .why = cpu_to_le16(TCAM_WHY_SHARED),
		.first_part = cpu_to_le16(4), .num_parts = cpu_to_le16(2),
		.first_entry = cpu_to_le16(10), .num_entries = cpu_to_le16(2),
	};
}

static inline void tcam_sample_entry(struct tcam_entry *entry, u64 value,
				     u64 mask, u32 flags, u32 target)
{
	*entry = (struct tcam_entry) {
		.value.half[1] = cpu_to_le64(value),
		.mask.half[1] = cpu_to_le64(mask),
		.flags = cpu_to_le16(flags),
		.target = cpu_to_le16(target),
	};
}

static inline void tcam_sample_does(struct tcam_entry *entry, u32 first, u32 num)
{
	entry->first_action = cpu_to_le32(first);
	entry->num_actions = cpu_to_le16(num);
}

static inline void tcam_sample_entries(struct tcam_entry *entries)
{
	tcam_sample_entry(&entries[0], 0x0800, 0xffff, 0, 1);
	tcam_sample_does(&entries[0], 1, 3);
	tcam_sample_entry(&entries[1], 0, 0, TCAM_ENTRY_STOP, PARSE_NO_MATCH);
	tcam_sample_entry(&entries[2], 4, 0xf, 0, 2);
	tcam_sample_does(&entries[2], 4, 7);
	tcam_sample_entry(&entries[3], 0, 0, TCAM_ENTRY_STOP, PARSE_FAIL);
	tcam_sample_entry(&entries[4], 1, 1, 0, 3);
	tcam_sample_does(&entries[4], 11, 1);
	tcam_sample_entry(&entries[5], 0, 0, 0, 3);
	tcam_sample_entry(&entries[6], 0, 0, 0, 4);
	tcam_sample_entry(&entries[7], 0, 0, TCAM_ENTRY_STOP,
			  PARSE_LIMIT_LOOP);
	tcam_sample_entry(&entries[8], 0, 0xff, 0, 4);
	tcam_sample_entry(&entries[9], 0, 0, 0, 3);
	tcam_sample_does(&entries[9], 12, 4);
	tcam_sample_entry(&entries[10], 4 << 1, 0xff << 1, 0, 1);
	tcam_sample_does(&entries[10], 2, 2);
	tcam_sample_entry(&entries[11], 0, 0, TCAM_ENTRY_STOP, PARSE_OKAY);
}

/* Those without outputs */
static inline void tcam_sample_moves(struct tcam_action *actions)
{
	static const struct {
		u16	at, type, depth, which, value;
	} all[] = {
		{ 0, TCAM_VISIT, 0, SAMPLE_VISIT_ETH, 0 },
		{ 1, TCAM_LENGTH, 0, 0, 14 },
		{ 2, TCAM_ADVANCE, 0, 0, 0 },
		{ 3, TCAM_VISIT, 0, SAMPLE_VISIT_IPV4, 0 },
		{ 10, TCAM_OPEN, 0, 0, 0 },
		{ 11, TCAM_SKIP, 1, 0, 4 },
		{ 12, TCAM_VISIT, 1, SAMPLE_VISIT_OPTION, 0 },
		{ 14, TCAM_COUNTER_INC, 0, 0, 0 },
		{ 15, TCAM_ADVANCE, 1, 0, 0 },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		actions[all[i].at] = (struct tcam_action) {
			.type = cpu_to_le16(all[i].type),
			.depth = cpu_to_le16(all[i].depth),
			.which = cpu_to_le16(all[i].which),
			.value.half[1] = cpu_to_le64(all[i].value),
		};
}

static inline void tcam_sample_extracts(struct tcam_action *actions)
{
	actions[4] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_IP_PROTO),
		.offset = cpu_to_le32(72), .bits = cpu_to_le32(8),
	};
	actions[5] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_IPV4_SRC),
		.offset = cpu_to_le32(96), .bits = cpu_to_le32(32),
	};
	actions[6] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_CONST),
		.output = cpu_to_le16(SAMPLE_MARK),
		.value.half[0] = cpu_to_le64(0xabcdef123ULL),
		.value.half[1] = cpu_to_le64(42),
	};
	actions[7] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_END),
		.output = cpu_to_le16(SAMPLE_THOFF),
	};
	actions[8] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_ENCAPS),
		.output = cpu_to_le16(SAMPLE_LEVEL),
	};
	actions[9] = (struct tcam_action) {		/* of saddr */
		.type = cpu_to_le16(TCAM_EXTRACT_START),
		.output = cpu_to_le16(SAMPLE_WHERE),
		.value.half[1] = cpu_to_le64(12),
	};
	actions[13] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.depth = cpu_to_le16(1),
		.output = cpu_to_le16(SAMPLE_OPTION), .bits = cpu_to_le32(8),
		.index = cpu_to_le16(TCAM_INDEX_COUNTER),
		.num = cpu_to_le16(2),
	};
}

/* The program, unbroken */
static inline void tcam_sample_init(struct tcam_sample *sample)
{
	static const struct {
		u16	offset, bits, type;
	} parts[] = {
		{ 96, 16, TCAM_PART_FIELD },	/* type */
		{ 0, 4, TCAM_PART_FIELD },	/* version */
		{ 48, 1, TCAM_PART_FIELD },	/* reserved */
		{ 0, 8, TCAM_PART_FIELD },	/* kind */
		{ 72, 8, TCAM_PART_FIELD },	/* protocol */
		{ 0, 1, TCAM_PART_INPUT },
	};
	u32 i;

	memset(sample, 0, sizeof(*sample));
	tcam_sample_header(&sample->hdr);
	tcam_sample_outputs(sample->outputs);
	sample->counters[0].max = cpu_to_le16(3);
	sample->counters[0].flags = cpu_to_le16(TCAM_COUNTER_ENCAP_RESETS);
	sample->repeats[0].limit = cpu_to_le32(2);
	tcam_sample_visits(sample->visits);
	sample->areas[0].start = cpu_to_le32(20);
	tcam_sample_states(sample->states);
	sample->terms[0] = (struct tcam_term) {		/* ihl */
		.offset = cpu_to_le32(4), .bits = cpu_to_le32(4),
		.times = cpu_to_le32(4),
	};
	sample->terms[1] = (struct tcam_term) {		/* of an option */
		.offset = cpu_to_le32(8), .bits = cpu_to_le32(8),
		.times = cpu_to_le32(1),
	};
	sample->rises[0].by = cpu_to_le16(1);
	for (i = 0; i < ARRAY_SIZE(parts); i++)
		sample->parts[i] = (struct tcam_part) {
			.offset = cpu_to_le32(parts[i].offset),
			.bits = cpu_to_le16(parts[i].bits),
			.type = cpu_to_le16(parts[i].type),
		};
	tcam_sample_entries(sample->entries);
	tcam_sample_moves(sample->actions);
	tcam_sample_extracts(sample->actions);
}

/* One number that is wrong, and what the loader says then */
struct tcam_break {
	const char	*name;
	size_t		offset;
	size_t		size;
	u32		value;
	const char	*err;
};

#define TCAM_BREAK(n, m, z, v, e)					\
	{ .name = n, .offset = offsetof(struct tcam_sample, m),		\
	  .size = z, .value = v, .err = e }
#define TCAM_BREAK16(n, m, v, e)	TCAM_BREAK(n, m, 2, v, e)
#define TCAM_BREAK32(n, m, v, e)	TCAM_BREAK(n, m, 4, v, e)
#define TCAM_BREAK_NAME(n, m, v, e)	TCAM_BREAK(n, m, TCAM_NAME_LEN, v, e)

static const struct tcam_break tcam_breaks[] = {
	TCAM_BREAK32("magic", hdr.magic, 1,
		     "magic 0x00000001, must be 0x4d414354"),
	TCAM_BREAK32("version", hdr.version, 2, "version 2, this device has 3"),
	TCAM_BREAK32("size", hdr.size, 7, "the header says 7"),
	TCAM_BREAK32("nodes_too_many", hdr.max_nodes, 256,
		     "256 nodes, must be 0 to 255"),
	TCAM_BREAK32("encaps_too_many", hdr.max_encaps, 256,
		     "256 encapsulations, must be 0 to 255"),
	TCAM_BREAK32("start_outside", hdr.start, 5, "starts in state 5 of 5"),
	TCAM_BREAK32("start_action_outside", hdr.start_action, 16,
		     "start 0: actions 16 to 17, but there are 16"),
	TCAM_BREAK32("start_action_far_outside", hdr.start_action, ~0U,
		     "start 0: actions 4294967295 to 4294967296, but there are 16"),
	TCAM_BREAK32("start_actions_too_many", hdr.start_actions, 1025,
		     "start 0: 1025 actions, at most 1024"),
	TCAM_BREAK32("outputs_too_many", hdr.num_outputs, 65,
		     "65 outputs, must be 0 to 64"),
	TCAM_BREAK32("counters_too_many", hdr.num_counters, 17,
		     "17 counters, must be 0 to 16"),
	TCAM_BREAK32("repeats_too_many", hdr.num_repeats, 257,
		     "257 repeat limits, must be 0 to 256"),
	TCAM_BREAK32("visits_too_many", hdr.num_visits, 4097,
		     "4097 visits, must be 0 to 4096"),
	TCAM_BREAK32("areas_too_many", hdr.num_areas, 4097,
		     "4097 areas, must be 0 to 4096"),
	TCAM_BREAK32("states_none", hdr.num_states, 0,
		     "0 states, must be 1 to 4096"),
	TCAM_BREAK32("states_too_many", hdr.num_states, 4097,
		     "4097 states, must be 1 to 4096"),
	TCAM_BREAK32("terms_more_than_there", hdr.num_terms, 3,
		     "the arrays need"),
	TCAM_BREAK32("terms_too_many", hdr.num_terms, 4097,
		     "4097 length terms, must be 0 to 4096"),
	TCAM_BREAK32("parts_too_many", hdr.num_parts, ~0U,
		     "4294967295 key parts, must be 0 to 16384"),
	TCAM_BREAK32("rises_too_many", hdr.num_rises, 4097,
		     "4097 rises, must be 0 to 4096"),
	TCAM_BREAK32("entries_fewer_than_there", hdr.num_entries, 11,
		     "the arrays need"),
	TCAM_BREAK32("entries_too_many", hdr.num_entries, 16385,
		     "16385 entries, must be 0 to 16384"),
	TCAM_BREAK32("actions_too_many", hdr.num_actions, 262145,
		     "262145 actions, must be 0 to 262144"),
	TCAM_BREAK_NAME("output_name_without_end", outputs[0].name, 0,
			"output 0: name without an end"),
	TCAM_BREAK16("output_no_bits", outputs[2].bits, 0,
		     "output 2: 0 bits, must be 1 to 128"),
	TCAM_BREAK16("output_bits_too_many", outputs[2].bits, 129,
		     "output 2: 129 bits, must be 1 to 128"),
	TCAM_BREAK16("output_key_not_by_name", outputs[2].key, 1,
		     "output 2: key 1, its name is that of 0"),
	TCAM_BREAK16("output_key_width", outputs[0].bits, 9,
		     "output 0: 9 bits, the flow key has 8"),
	TCAM_BREAK_NAME("counter_name_without_end", counters[0].name, 0,
			"counter 0: name without an end"),
	TCAM_BREAK16("counter_zero", counters[0].max, 0,
		     "counter 0: up to 0, must be 1 to 255"),
	TCAM_BREAK16("counter_too_large", counters[0].max, 256,
		     "counter 0: up to 256, must be 1 to 255"),
	TCAM_BREAK16("counter_flags", counters[0].flags, 3,
		     "counter 0: unknown flags 0x2"),
	TCAM_BREAK32("repeat_limit_zero", repeats[0].limit, 0,
		     "repeat limit 0: 0, must be 1 to 255"),
	TCAM_BREAK32("repeat_limit_too_large", repeats[0].limit, 256,
		     "repeat limit 0: 256, must be 1 to 255"),
	TCAM_BREAK_NAME("visit_name_without_end", visits[0].name, 0,
			"visit 0: name without an end"),
	TCAM_BREAK16("visit_flags", visits[0].flags, 0x9,
		     "visit 0: unknown flags 0x8"),
	TCAM_BREAK16("visit_repeat_outside", visits[1].repeat, 1,
		     "visit 1: repeat limit 1 of 1"),
	TCAM_BREAK32("visit_need", visits[0].need, 4097,
		     "visit 0: needs 4097 bytes, at most 4096"),
	TCAM_BREAK32("visit_length_add", visits[0].length_add, 65536,
		     "visit 0: length 65536, at most 65535"),
	TCAM_BREAK32("visit_length_subtract", visits[0].length_add, -65536,
		     "visit 0: length -65536, at most 65535"),
	TCAM_BREAK16("visit_rest_and_terms", visits[1].flags, TCAM_VISIT_REST,
		     "visit 1: computes a length and takes the rest"),
	TCAM_BREAK16("visit_terms_outside", visits[1].first_term, 2,
		     "visit 1: length terms 2 to 3, but there are 2"),
	TCAM_BREAK16("visit_terms_too_many", visits[1].num_terms, 17,
		     "visit 1: 17 length terms, at most 16"),
	TCAM_BREAK16("visit_rises_outside", visits[2].first_rise, 1,
		     "visit 2: rises 1 to 2, but there are 1"),
	TCAM_BREAK16("visit_rises_too_many", visits[2].num_rises, 65,
		     "visit 2: 65 rises, at most 64"),
	TCAM_BREAK16("area_flags", areas[0].flags, 2,
		     "area 0: unknown flags 0x2"),
	TCAM_BREAK16("area_from", areas[0].from, 3, "area 0: from unknown 3"),
	TCAM_BREAK16("area_start_behind_another", areas[0].from, TCAM_FROM_END,
		     "area 0: starts 20 bytes behind another area"),
	TCAM_BREAK32("area_start", areas[0].start, 65536,
		     "area 0: starts at 65536, at most 65535"),
	TCAM_BREAK32("area_length_that_is_none", areas[0].length_add, 1,
		     "area 0: computes a length and has none"),
	TCAM_BREAK16("area_terms_of_none", areas[0].num_terms, 1,
		     "area 0: computes a length and has none"),
	TCAM_BREAK16("area_terms_outside", areas[0].first_term, 3,
		     "area 0: length terms 3 to 3, but there are 2"),
	TCAM_BREAK32("term_no_bits", terms[0].bits, 0,
		     "length term 0: 0 bits * 4, must be up to 1048576"),
	TCAM_BREAK32("term_nothing", terms[0].times, 0,
		     "length term 0: 4 bits * 0, must be up to 1048576"),
	TCAM_BREAK32("term_too_large", terms[0].times, -69906,
		     "length term 0: 4 bits * -69906, must be up to 1048576"),
	TCAM_BREAK32("term_far_too_large", terms[0].times, 0x80000000,
		     "length term 0: 4 bits * -2147483648, must be up to 1048576"),
	TCAM_BREAK32("term_too_wide", terms[0].bits, 33,
		     "length term 0: 33 bits * 4, must be up to 1048576"),
	TCAM_BREAK32("term_too_far", terms[0].offset, 65537,
		     "length term 0: bit 65537, at most 65536 away"),
	TCAM_BREAK16("rise_counter", rises[0].counter, 1, "rise 0: counter 1 of 1"),
	TCAM_BREAK16("rise_nothing", rises[0].by, 0,
		     "rise 0: by 0, must be 1 to 256"),
	TCAM_BREAK16("rise_too_large", rises[0].by, 257,
		     "rise 0: by 257, must be 1 to 256"),
	TCAM_BREAK_NAME("state_name_without_end", states[0].name, 0,
			"state 0: name without an end"),
	TCAM_BREAK16("state_flags", states[0].flags, 2,
		     "state 0: unknown flags 0x2"),
	TCAM_BREAK16("state_depth", states[4].depth, 4, "state 4: depth 4 of 4"),
	TCAM_BREAK16("state_why", states[0].why, 6, "state 0: unknown why 6"),
	TCAM_BREAK16("state_loops_at_depth_0", states[3].depth, 0,
		     "state 3: loops outside of areas"),
	TCAM_BREAK16("state_loop_none", states[3].max, 0,
		     "state 3: 0 elements, must be 1 to 255"),
	TCAM_BREAK16("state_loop_too_many", states[3].max, 256,
		     "state 3: 256 elements, must be 1 to 255"),
	TCAM_BREAK32("state_loop_need", states[3].need, 4097,
		     "state 3: needs 4097 bytes, at most 4096"),
	TCAM_BREAK16("state_loop_without_exits", states[3].num_entries, 1,
		     "state 3: a loop of 1 entries, must be 2 or more"),
	TCAM_BREAK16("state_elements_without_loop", states[0].max, 1,
		     "state 0: 1 elements of 0 bytes without a loop"),
	TCAM_BREAK32("state_need_without_loop", states[0].need, 1,
		     "state 0: 0 elements of 1 bytes without a loop"),
	TCAM_BREAK16("state_parts_outside", states[4].first_part, 65535,
		     "state 4: key parts 65535 to 65537, but there are 6"),
	TCAM_BREAK16("state_parts_too_many", states[4].num_parts, 17,
		     "state 4: 17 key parts, at most 16"),
	TCAM_BREAK16("state_entries_overlap", states[4].first_entry, 2,
		     "state 4: entries from 2 on, must be 10"),
	TCAM_BREAK16("state_entries_outside", states[4].num_entries, 3,
		     "state 4: entries 10 to 13, but there are 12"),
	TCAM_BREAK16("part_type", parts[0].type, 2, "key part 0: unknown type 2"),
	TCAM_BREAK16("part_no_bits", parts[0].bits, 0,
		     "key part 0: 0 bits, must be 1 to 128"),
	TCAM_BREAK16("part_too_many_bits", parts[0].bits, 129,
		     "key part 0: 129 bits, must be 1 to 128"),
	TCAM_BREAK32("part_too_far", parts[0].offset, 65537,
		     "key part 0: bit 65537, at most 65536 away"),
	TCAM_BREAK32("part_too_far_behind", parts[0].offset, -65537,
		     "key part 0: bit -65537, at most 65536 away"),
	TCAM_BREAK32("part_past_inputs", parts[5].offset, 32,
		     "key part 5: 1 inputs from 32 on, there are 32"),
	TCAM_BREAK32("part_in_front_of_inputs", parts[5].offset, -1,
		     "key part 5: 1 inputs from 4294967295 on, there are 32"),
	TCAM_BREAK16("part_of_too_many_inputs", parts[5].bits, 33,
		     "key part 5: 33 inputs from 0 on, there are 32"),
	TCAM_BREAK16("key_too_wide", parts[4].bits, 128,
		     "state 4: key of 129 bits, at most 128"),
	TCAM_BREAK32("entry_value_outside_mask", entries[1].value.half[1], 1,
		     "entry 1: value outside its mask"),
	TCAM_BREAK16("entry_flags", entries[0].flags, 2,
		     "entry 0: unknown flags 0x2"),
	TCAM_BREAK16("entry_verdict", entries[1].target, PARSE_NUM_VERDICTS,
		     "entry 1: unknown verdict 11"),
	TCAM_BREAK16("entry_target", entries[0].target, 5,
		     "entry 0: goes to state 5 of 5"),
	TCAM_BREAK32("entry_actions_outside", entries[9].first_action, 13,
		     "entry 9: actions 13 to 17, but there are 16"),
	TCAM_BREAK32("entry_actions_far_outside", entries[9].first_action, ~3U,
		     "entry 9: actions 4294967292 to 4294967296, but there are 16"),
	TCAM_BREAK16("entry_actions_too_many", entries[9].num_actions, 1025,
		     "entry 9: 1025 actions, at most 1024"),
	TCAM_BREAK16("action_type", actions[0].type, 15,
		     "action 0: unknown type 15"),
	TCAM_BREAK16("action_depth", actions[3].depth, 4,
		     "action 3: depth 4 of 4"),
	TCAM_BREAK16("action_visit_outside", actions[0].which, 3,
		     "action 0: visit 3 of 3"),
	TCAM_BREAK16("action_area_outside", actions[10].which, 1,
		     "action 10: area 1 of 1"),
	TCAM_BREAK16("action_opens_too_deep", actions[10].depth, 3,
		     "action 10: opens an area of depth 4 of 4"),
	TCAM_BREAK32("action_length_too_large", actions[1].value.half[1], 65536,
		     "action 1: 65536 bytes, at most 65535"),
	TCAM_BREAK32("action_length_far_too_large", actions[1].value.half[0], 1,
		     "action 1: 14 bytes, at most 65535"),
	TCAM_BREAK32("action_skip_too_large", actions[11].value.half[1], 65536,
		     "action 11: 65536 bytes, at most 65535"),
	TCAM_BREAK16("action_output", actions[4].output, 8,
		     "action 4: outputs 8 to 9 of 8"),
	TCAM_BREAK32("action_no_bits", actions[4].bits, 0,
		     "action 4: 0 bits, must be 1 to 128"),
	TCAM_BREAK32("action_too_many_bits", actions[4].bits, 264,
		     "action 4: 264 bits, must be 1 to 128"),
	TCAM_BREAK32("action_too_wide", actions[4].bits, 9,
		     "action 4: 9 bits into 8"),
	TCAM_BREAK32("action_too_far", actions[5].offset, 65537,
		     "action 5: bit 65537, at most 65536 away"),
	TCAM_BREAK16("action_constant_too_wide", actions[6].output,
		     SAMPLE_IPV4_SRC, "action 6: constant over 32 bits"),
	TCAM_BREAK16("action_offset_too_narrow", actions[7].output,
		     SAMPLE_IP_PROTO, "action 7: an offset into 8 bits"),
	TCAM_BREAK16("action_count_too_narrow", outputs[SAMPLE_LEVEL].bits, 7,
		     "action 8: a count into 7 bits"),
	TCAM_BREAK32("action_start_too_far", actions[9].value.half[1], 4097,
		     "action 9: 4097 bytes, at most 4096"),
	TCAM_BREAK16("action_index", actions[13].index, 3,
		     "action 13: unknown index 3"),
	TCAM_BREAK16("action_index_counter", actions[13].index_counter, 1,
		     "action 13: counter 1 of 1"),
	TCAM_BREAK16("action_array_of_none", actions[13].num, 0,
		     "action 13: an array of 0, must be 1 to 64"),
	TCAM_BREAK16("action_array_too_long", actions[13].num, 5,
		     "action 13: outputs 4 to 9 of 8"),
	TCAM_BREAK16("action_array_too_narrow", outputs[SAMPLE_OPTION_1].bits,
		     7, "action 13: 8 bits into 7"),
	TCAM_BREAK16("action_last", actions[13].last, 2,
		     "action 13: last 2, must be 0 or 1"),
	TCAM_BREAK16("action_counter", actions[14].counter, 1,
		     "action 14: counter 1 of 1"),
	TCAM_BREAK16("action_unused_depth", actions[14].depth, 1,
		     "action 14: type 8 has no depth"),
	TCAM_BREAK16("action_unused_output", actions[2].output, 1,
		     "action 2: type 13 has no output"),
	TCAM_BREAK16("action_unused_which", actions[2].which, 1,
		     "action 2: type 13 has no visit or area"),
	TCAM_BREAK32("action_unused_field", actions[2].offset, 1,
		     "action 2: type 13 has no field"),
	TCAM_BREAK32("action_unused_bits", actions[0].bits, 1,
		     "action 0: type 10 has no field"),
	TCAM_BREAK32("action_unused_value", actions[4].value.half[1], 1,
		     "action 4: type 0 has no value"),
	TCAM_BREAK16("action_unused_counter", actions[4].counter, 1,
		     "action 4: type 0 has no counter"),
	TCAM_BREAK16("action_unused_index", actions[2].index, 1,
		     "action 2: type 13 has no output"),
	TCAM_BREAK16("action_unused_index_counter", actions[4].index_counter, 1,
		     "action 4: type 0 has no counter of an index"),
	TCAM_BREAK16("action_unused_array", actions[4].num, 1,
		     "action 4: type 0 has no array"),
	TCAM_BREAK16("action_unused_last", actions[4].last, 1,
		     "action 4: type 0 has no array"),
};

/* Breaks @sample; a name is filled to its last byte */
static inline void tcam_sample_break(struct tcam_sample *sample,
				     const struct tcam_break *how)
{
	u8 *at = (u8 *)sample + how->offset;
	size_t i;

	for (i = 0; i < how->size; i++)
		at[i] = how->size > 4 ? 'x' : how->value >> (8 * i) & 0xff;
}

#endif /* _NSIM_ENGINE_TCAM_SAMPLE_H */
