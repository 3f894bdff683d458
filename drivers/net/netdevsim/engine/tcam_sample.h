/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * For tests, in the kernel and in user space: a small TCAM program, and all the
 * ways to break it by one number.
 *
 *	0 eth -> 0x0800: 1		else: stop no-match
 *	1 ipv4, at most 2 times -> version 4: 2		else: stop fail
 *	2 opens the area of ipv4's options -> 3
 *	3 ipv4, holding -> reserved bit: skip 4 bytes of the area, 4	else: 4
 *	4 loops over at most 4 options -> kind 0: 6	else: 5
 *	5 option, counted -> 4
 *	6 ipv4, holding -> protocol 4: 1	else: stop okay
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
	struct tcam_state	states[7];
	struct tcam_term	terms[2];
	struct tcam_part	parts[6];
	struct tcam_rise	rises[1];
	struct tcam_entry	entries[14];
	struct tcam_action	actions[8];
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
		.num_outputs	= cpu_to_le32(8),
		.num_counters	= cpu_to_le32(1),
		.num_repeats	= cpu_to_le32(1),
		.num_states	= cpu_to_le32(7),
		.num_terms	= cpu_to_le32(2),
		.num_parts	= cpu_to_le32(6),
		.num_rises	= cpu_to_le32(1),
		.num_entries	= cpu_to_le32(14),
		.num_actions	= cpu_to_le32(8),
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

static inline void tcam_sample_ipv4(struct tcam_state *states)
{
	states[1] = (struct tcam_state) {
		.name = "ipv4", .flags = cpu_to_le16(TCAM_STATE_COUNTED),
		.need = cpu_to_le32(20), .least = cpu_to_le32(20),
		.num_terms = cpu_to_le16(1),
		.first_part = cpu_to_le16(1), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(2), .num_entries = cpu_to_le16(2),
	};
	states[2] = (struct tcam_state) {
		.name = "ipv4.open0", .type = cpu_to_le16(TCAM_STATE_OPEN),
		.repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(20), .least = cpu_to_le32(20),
		.start = cpu_to_le32(20),
		.first_entry = cpu_to_le16(4), .num_entries = cpu_to_le16(1),
	};
	states[3] = (struct tcam_state) {
		.name = "ipv4.flag0_0", .type = cpu_to_le16(TCAM_STATE_HOLD),
		.repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(20), .least = cpu_to_le32(20),
		.first_part = cpu_to_le16(2), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(5), .num_entries = cpu_to_le16(2),
	};
	states[6] = (struct tcam_state) {
		.name = "ipv4.next", .type = cpu_to_le16(TCAM_STATE_HOLD),
		.repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(20), .least = cpu_to_le32(20),
		.first_part = cpu_to_le16(4), .num_parts = cpu_to_le16(2),
		.first_entry = cpu_to_le16(12), .num_entries = cpu_to_le16(2),
	};
}

static inline void tcam_sample_states(struct tcam_state *states)
{
	states[0] = (struct tcam_state) {
		.name = "eth", .repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(14), .least = cpu_to_le32(14),
		.length_add = cpu_to_le32(14),
		.num_parts = cpu_to_le16(1), .num_entries = cpu_to_le16(2),
	};
	tcam_sample_ipv4(states);
	states[4] = (struct tcam_state) {
		.name = "ipv4.loop0", .type = cpu_to_le16(TCAM_STATE_LOOP),
		.depth = cpu_to_le16(1), .repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(1), .max = cpu_to_le16(4),
		.first_part = cpu_to_le16(3), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(7), .num_entries = cpu_to_le16(4),
	};
	states[5] = (struct tcam_state) {
		.name = "ipv4.loop0.option", .depth = cpu_to_le16(1),
		.repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(2), .least = cpu_to_le32(2),
		.first_term = cpu_to_le16(1), .num_terms = cpu_to_le16(1),
		.num_rises = cpu_to_le16(1),
		.first_entry = cpu_to_le16(11), .num_entries = cpu_to_le16(1),
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

static inline void tcam_sample_entries(struct tcam_entry *entries)
{
	tcam_sample_entry(&entries[0], 0x0800, 0xffff, TCAM_ENTRY_ADVANCE, 1);
	tcam_sample_entry(&entries[1], 0, 0, TCAM_ENTRY_STOP, PARSE_NO_MATCH);
	tcam_sample_entry(&entries[2], 4, 0xf, 0, 2);
	entries[2].num_actions = cpu_to_le16(6);
	tcam_sample_entry(&entries[3], 0, 0, TCAM_ENTRY_STOP, PARSE_FAIL);
	tcam_sample_entry(&entries[4], 0, 0, 0, 3);
	tcam_sample_entry(&entries[5], 1, 1, 0, 4);
	entries[5].skip = cpu_to_le16(4);
	tcam_sample_entry(&entries[6], 0, 0, 0, 4);
	tcam_sample_entry(&entries[7], 0, 0, 0, 6);
	tcam_sample_entry(&entries[8], 0, 0, TCAM_ENTRY_STOP,
			  PARSE_LIMIT_LOOP);
	tcam_sample_entry(&entries[9], 0, 0xff, 0, 6);
	tcam_sample_entry(&entries[10], 0, 0, 0, 5);
	tcam_sample_entry(&entries[11], 0, 0, TCAM_ENTRY_ADVANCE, 4);
	entries[11].first_action = cpu_to_le16(6);
	entries[11].num_actions = cpu_to_le16(2);
	tcam_sample_entry(&entries[12], 4 << 1, 0xff << 1, TCAM_ENTRY_ADVANCE,
			  1);
	tcam_sample_entry(&entries[13], 0, 0, TCAM_ENTRY_STOP, PARSE_OKAY);
}

static inline void tcam_sample_actions(struct tcam_action *actions)
{
	actions[0] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_IP_PROTO),
		.offset = cpu_to_le32(72), .bits = cpu_to_le32(8),
	};
	actions[1] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_IPV4_SRC),
		.offset = cpu_to_le32(96), .bits = cpu_to_le32(32),
	};
	actions[2] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_CONST),
		.output = cpu_to_le16(SAMPLE_MARK),
		.value.half[0] = cpu_to_le64(0xabcdef123ULL),
		.value.half[1] = cpu_to_le64(42),
	};
	actions[3] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_END),
		.output = cpu_to_le16(SAMPLE_THOFF),
	};
	actions[4] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_ENCAPS),
		.output = cpu_to_le16(SAMPLE_LEVEL),
	};
	actions[5] = (struct tcam_action) {		/* of saddr */
		.type = cpu_to_le16(TCAM_EXTRACT_START),
		.output = cpu_to_le16(SAMPLE_WHERE),
		.value.half[1] = cpu_to_le64(12),
	};
	actions[6] = (struct tcam_action) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_OPTION), .bits = cpu_to_le32(8),
		.index = cpu_to_le16(TCAM_INDEX_COUNTER),
		.num = cpu_to_le16(2),
	};
	actions[7].type = cpu_to_le16(TCAM_COUNTER_INC);
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
	tcam_sample_actions(sample->actions);
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
	TCAM_BREAK32("version", hdr.version, 1, "version 1, this device has 2"),
	TCAM_BREAK32("size", hdr.size, 7, "the header says 7"),
	TCAM_BREAK32("nodes_too_many", hdr.max_nodes, 256,
		     "256 nodes, must be 0 to 255"),
	TCAM_BREAK32("encaps_too_many", hdr.max_encaps, 256,
		     "256 encapsulations, must be 0 to 255"),
	TCAM_BREAK32("start_outside", hdr.start, 7, "starts in state 7 of 7"),
	TCAM_BREAK32("start_holds", hdr.start, 3,
		     "starts in state 3, which is no visit at depth 0"),
	TCAM_BREAK32("start_in_an_area", hdr.start, 5,
		     "starts in state 5, which is no visit at depth 0"),
	TCAM_BREAK32("outputs_too_many", hdr.num_outputs, 65,
		     "65 outputs, must be 0 to 64"),
	TCAM_BREAK32("counters_too_many", hdr.num_counters, 17,
		     "17 counters, must be 0 to 16"),
	TCAM_BREAK32("repeats_too_many", hdr.num_repeats, 257,
		     "257 repeat limits, must be 0 to 256"),
	TCAM_BREAK32("states_none", hdr.num_states, 0,
		     "0 states, must be 1 to 4096"),
	TCAM_BREAK32("states_too_many", hdr.num_states, 4097,
		     "4097 states, must be 1 to 4096"),
	TCAM_BREAK32("terms_more_than_there", hdr.num_terms, 3,
		     "the arrays need"),
	TCAM_BREAK32("parts_too_many", hdr.num_parts, ~0U,
		     "4294967295 key parts, must be 0 to 16384"),
	TCAM_BREAK32("rises_too_many", hdr.num_rises, 4097,
		     "4097 rises, must be 0 to 4096"),
	TCAM_BREAK32("entries_fewer_than_there", hdr.num_entries, 13,
		     "the arrays need"),
	TCAM_BREAK32("actions_too_many", hdr.num_actions, 16385,
		     "16385 actions, must be 0 to 16384"),
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
	TCAM_BREAK_NAME("state_name_without_end", states[0].name, 0,
			"state 0: name without an end"),
	TCAM_BREAK16("state_type", states[0].type, 4, "state 0: unknown type 4"),
	TCAM_BREAK16("state_flags", states[0].flags, 0x10,
		     "state 0: flags 0x10, type 0 has not 0x10"),
	TCAM_BREAK16("state_visit_opens", states[0].flags, TCAM_STATE_AREA,
		     "state 0: flags 0x8, type 0 has not 0x8"),
	TCAM_BREAK16("state_holds_and_counts", states[3].flags,
		     TCAM_STATE_COUNTED, "state 3: flags 0x1, type 1 has not 0x1"),
	TCAM_BREAK16("state_depth", states[5].depth, 4, "state 5: depth 4 of 4"),
	TCAM_BREAK16("state_opens_too_deep", states[2].depth, 3,
		     "state 2: opens an area of depth 4 of 4"),
	TCAM_BREAK16("state_loops_at_depth_0", states[4].depth, 0,
		     "state 4: loops outside of areas"),
	TCAM_BREAK16("state_repeat_outside", states[1].repeat, 1,
		     "state 1: repeat limit 1 of 1"),
	TCAM_BREAK16("state_repeat_without_visit", states[3].repeat, 0,
		     "state 3: a repeat limit without a visit"),
	TCAM_BREAK32("state_need", states[0].need, 4097,
		     "state 0: needs 4097 bytes, at most 4096"),
	TCAM_BREAK32("state_length_add", states[0].length_add, 65536,
		     "state 0: length 65536, at most 65535"),
	TCAM_BREAK32("state_length_subtract", states[0].length_add, -65536,
		     "state 0: length -65536, at most 65535"),
	TCAM_BREAK32("state_start", states[2].start, 65536,
		     "state 2: area starts at 65536, at most 65535"),
	TCAM_BREAK16("state_from", states[2].from, 3,
		     "state 2: area from unknown 3"),
	TCAM_BREAK16("state_loop_none", states[4].max, 0,
		     "state 4: 0 elements, must be 1 to 255"),
	TCAM_BREAK16("state_loop_too_many", states[4].max, 256,
		     "state 4: 256 elements, must be 1 to 255"),
	TCAM_BREAK16("state_loop_without_exits", states[4].num_entries, 1,
		     "state 4: a loop of 1 entries, must be 2 or more"),
	TCAM_BREAK16("state_terms_outside", states[1].first_term, 2,
		     "state 1: length terms 2 to 3, but there are 2"),
	TCAM_BREAK16("state_terms_too_many", states[1].num_terms, 17,
		     "state 1: 17 length terms, at most 16"),
	TCAM_BREAK16("state_parts_outside", states[6].first_part, 65535,
		     "state 6: key parts 65535 to 65537, but there are 6"),
	TCAM_BREAK16("state_rises_outside", states[5].first_rise, 1,
		     "state 5: rises 1 to 2, but there are 1"),
	TCAM_BREAK16("state_entries_overlap", states[6].first_entry, 2,
		     "state 6: entries from 2 on, must be 12"),
	TCAM_BREAK16("state_entries_outside", states[6].num_entries, 3,
		     "state 6: entries 12 to 15, but there are 14"),
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
	TCAM_BREAK32("term_past_header", terms[0].offset, 157,
		     "state 1: length term 0 past its 20 bytes"),
	TCAM_BREAK16("part_type", parts[0].type, 2, "key part 0: unknown type 2"),
	TCAM_BREAK16("part_no_bits", parts[0].bits, 0,
		     "key part 0: 0 bits, must be 1 to 128"),
	TCAM_BREAK32("part_past_header", parts[0].offset, 97,
		     "state 0: key part 0 past its 14 bytes"),
	TCAM_BREAK32("part_far_past_header", parts[0].offset, ~0U,
		     "state 0: key part 0 past its 14 bytes"),
	TCAM_BREAK32("part_past_element", parts[3].offset, 1,
		     "state 4: key part 3 past its 1 bytes"),
	TCAM_BREAK32("part_past_inputs", parts[5].offset, 32,
		     "key part 5: inputs have 32 bits"),
	TCAM_BREAK16("part_wider_than_header", parts[4].bits, 128,
		     "state 6: key part 4 past its 20 bytes"),
	TCAM_BREAK16("rise_counter", rises[0].counter, 1, "rise 0: counter 1 of 1"),
	TCAM_BREAK16("rise_nothing", rises[0].by, 0,
		     "rise 0: by 0, must be 1 to 256"),
	TCAM_BREAK16("rise_too_large", rises[0].by, 257,
		     "rise 0: by 257, must be 1 to 256"),
	TCAM_BREAK32("entry_value_outside_mask", entries[1].value.half[1], 1,
		     "entry 1: value outside its mask"),
	TCAM_BREAK16("entry_flags", entries[0].flags, 4,
		     "entry 0: unknown flags 0x4"),
	TCAM_BREAK16("entry_verdict", entries[1].target, PARSE_NUM_VERDICTS,
		     "entry 1: unknown verdict 11"),
	TCAM_BREAK16("entry_target", entries[0].target, 7,
		     "entry 0: goes to state 7 of 7"),
	TCAM_BREAK16("entry_actions_outside", entries[11].first_action, 7,
		     "entry 11: actions 7 to 9, but there are 8"),
	TCAM_BREAK16("entry_actions_too_many", entries[11].num_actions, 129,
		     "entry 11: 129 actions, at most 128"),
	TCAM_BREAK16("entry_goes_to_itself", entries[4].target, 2,
		     "state 2: entry 4 goes back to state 2 and does not advance"),
	TCAM_BREAK16("entry_stands_still", entries[12].flags, 0,
		     "state 6: entry 12 goes back to state 1 and does not advance"),
	TCAM_BREAK32("entry_advances_by_nothing", states[6].least, 0,
		     "state 6: entry 12 goes back to state 1 and does not advance"),
	TCAM_BREAK16("entry_reopens_its_area", entries[11].target, 2,
		     "state 5: entry 11 goes back over state 2, which is at depth 0"),
	TCAM_BREAK16("entry_goes_back_deeper", states[5].depth, 2,
		     "state 5: entry 11 goes back over state 4, which is at depth 1"),
	TCAM_BREAK16("entry_of_a_loop_advances", entries[10].flags,
		     TCAM_ENTRY_ADVANCE,
		     "state 4: entry 10 advances, but no node was visited"),
	TCAM_BREAK16("entry_skips_too_deep", states[3].depth, 3,
		     "state 3: entry 5 skips at depth 4 of 4"),
	TCAM_BREAK16("action_type", actions[0].type, 10,
		     "action 0: unknown type 10"),
	TCAM_BREAK16("action_output", actions[0].output, 8,
		     "action 0: outputs 8 to 9 of 8"),
	TCAM_BREAK32("action_no_bits", actions[0].bits, 0,
		     "action 0: 0 bits, must be 1 to 128"),
	TCAM_BREAK32("action_too_many_bits", actions[0].bits, 264,
		     "action 0: 264 bits, must be 1 to 128"),
	TCAM_BREAK32("action_too_wide", actions[0].bits, 9,
		     "action 0: 9 bits into 8"),
	TCAM_BREAK32("action_past_header", actions[1].offset, 129,
		     "state 1: action 1 past its 20 bytes"),
	TCAM_BREAK16("action_of_a_loop_exit", entries[7].num_actions, 1,
		     "state 4: action 0 past its 0 bytes"),
	TCAM_BREAK16("action_constant_too_wide", actions[2].output,
		     SAMPLE_IPV4_SRC, "action 2: constant over 32 bits"),
	TCAM_BREAK16("action_offset_too_narrow", actions[3].output,
		     SAMPLE_IP_PROTO, "action 3: an offset into 8 bits"),
	TCAM_BREAK16("action_count_too_narrow", outputs[SAMPLE_LEVEL].bits, 7,
		     "action 4: a count into 7 bits"),
	TCAM_BREAK32("action_start_too_far", actions[5].value.half[1], 4097,
		     "action 5: offset of a byte behind 4096"),
	TCAM_BREAK16("action_index", actions[6].index, 3,
		     "action 6: unknown index 3"),
	TCAM_BREAK16("action_index_counter", actions[6].index_counter, 1,
		     "action 6: counter 1 of 1"),
	TCAM_BREAK16("action_array_of_none", actions[6].num, 0,
		     "action 6: an array of 0, must be 1 to 64"),
	TCAM_BREAK16("action_array_too_long", actions[6].num, 5,
		     "action 6: outputs 4 to 9 of 8"),
	TCAM_BREAK16("action_array_too_narrow", outputs[SAMPLE_OPTION_1].bits,
		     7, "action 6: 8 bits into 7"),
	TCAM_BREAK16("action_counter", actions[7].counter, 1,
		     "action 7: counter 1 of 1"),
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
