/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * For tests, in the kernel and in user space: a small TCAM program, and all the
 * ways to break it by one number.
 *
 *	0 eth -> 0x0800: 1		else: stop no-match
 *	1 ipv4, at most 2 times -> version 4: 2	else: stop fail
 *	2 ipv4, holding -> protocol 4: 1	else: stop okay
 */
#ifndef _NSIM_ENGINE_TCAM_SAMPLE_H
#define _NSIM_ENGINE_TCAM_SAMPLE_H

#include "engine.h"
#include "tcam_format.h"

struct tcam_sample {
	struct tcam_header	hdr;
	struct tcam_output	outputs[4];
	struct tcam_repeat	repeats[1];
	struct tcam_state	states[3];
	struct tcam_term	terms[1];
	struct tcam_part	parts[4];
	struct tcam_entry	entries[6];
	struct tcam_extract	extracts[4];
} __packed;

enum { SAMPLE_IP_PROTO, SAMPLE_IPV4_SRC, SAMPLE_MARK, SAMPLE_THOFF };

static inline void tcam_sample_header(struct tcam_header *hdr)
{
	*hdr = (struct tcam_header) {
		.magic		= cpu_to_le32(TCAM_MAGIC),
		.version	= cpu_to_le32(TCAM_VERSION),
		.size		= cpu_to_le32(sizeof(struct tcam_sample)),
		.max_bytes	= cpu_to_le32(128),
		.max_nodes	= cpu_to_le32(8),
		.max_encaps	= cpu_to_le32(1),
		.num_outputs	= cpu_to_le32(4),
		.num_repeats	= cpu_to_le32(1),
		.num_states	= cpu_to_le32(3),
		.num_terms	= cpu_to_le32(1),
		.num_parts	= cpu_to_le32(4),
		.num_entries	= cpu_to_le32(6),
		.num_extracts	= cpu_to_le32(4),
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
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		memset(outputs[i].name, 0, sizeof(outputs[i].name));
		memcpy(outputs[i].name, all[i].name, strlen(all[i].name));
		outputs[i].bits = cpu_to_le16(all[i].bits);
		outputs[i].key = cpu_to_le16(all[i].key);
	}
}

static inline void tcam_sample_states(struct tcam_state *states)
{
	states[0] = (struct tcam_state) {
		.name = "eth", .repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(14), .length_add = cpu_to_le32(14),
		.num_parts = cpu_to_le16(1), .num_entries = cpu_to_le16(2),
	};
	states[1] = (struct tcam_state) {
		.name = "ipv4", .flags = cpu_to_le16(TCAM_STATE_COUNTED),
		.need = cpu_to_le32(20), .num_terms = cpu_to_le16(1),
		.first_part = cpu_to_le16(1), .num_parts = cpu_to_le16(1),
		.first_entry = cpu_to_le16(2), .num_entries = cpu_to_le16(2),
	};
	states[2] = (struct tcam_state) {
		.name = "ipv4", .flags = cpu_to_le16(TCAM_STATE_HOLD),
		.repeat = cpu_to_le16(TCAM_NO_REPEAT), .need = cpu_to_le32(20),
		.first_part = cpu_to_le16(2), .num_parts = cpu_to_le16(2),
		.first_entry = cpu_to_le16(4), .num_entries = cpu_to_le16(2),
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
	tcam_sample_entry(&entries[3], 0, 0, TCAM_ENTRY_STOP, PARSE_FAIL);
	tcam_sample_entry(&entries[4], 4 << 1, 0xff << 1, TCAM_ENTRY_ADVANCE,
			  1);
	tcam_sample_entry(&entries[5], 0, 0, TCAM_ENTRY_STOP, PARSE_OKAY);
	entries[4].num_extracts = cpu_to_le16(4);
	entries[5].num_extracts = cpu_to_le16(4);
}

static inline void tcam_sample_extracts(struct tcam_extract *extracts)
{
	extracts[0] = (struct tcam_extract) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_IP_PROTO),
		.offset = cpu_to_le32(72), .bits = cpu_to_le32(8),
	};
	extracts[1] = (struct tcam_extract) {
		.type = cpu_to_le16(TCAM_EXTRACT_FIELD),
		.output = cpu_to_le16(SAMPLE_IPV4_SRC),
		.offset = cpu_to_le32(96), .bits = cpu_to_le32(32),
	};
	extracts[2] = (struct tcam_extract) {
		.type = cpu_to_le16(TCAM_EXTRACT_CONST),
		.output = cpu_to_le16(SAMPLE_MARK),
		.value.half[0] = cpu_to_le64(0xabcdef123ULL),
		.value.half[1] = cpu_to_le64(42),
	};
	extracts[3] = (struct tcam_extract) {
		.type = cpu_to_le16(TCAM_EXTRACT_END),
		.output = cpu_to_le16(SAMPLE_THOFF),
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
		{ 72, 8, TCAM_PART_FIELD },	/* protocol */
		{ 0, 1, TCAM_PART_INPUT },
	};
	u32 i;

	memset(sample, 0, sizeof(*sample));
	tcam_sample_header(&sample->hdr);
	tcam_sample_outputs(sample->outputs);
	sample->repeats[0].limit = cpu_to_le32(2);
	tcam_sample_states(sample->states);
	sample->terms[0] = (struct tcam_term) {		/* ihl */
		.offset = cpu_to_le32(4), .bits = cpu_to_le16(4),
		.shift = cpu_to_le16(2),
	};
	for (i = 0; i < ARRAY_SIZE(parts); i++)
		sample->parts[i] = (struct tcam_part) {
			.offset = cpu_to_le32(parts[i].offset),
			.bits = cpu_to_le16(parts[i].bits),
			.type = cpu_to_le16(parts[i].type),
		};
	tcam_sample_entries(sample->entries);
	tcam_sample_extracts(sample->extracts);
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
	TCAM_BREAK32("version", hdr.version, 2, "version 2, this device has 1"),
	TCAM_BREAK32("size", hdr.size, 7, "the header says 7"),
	TCAM_BREAK32("start_outside", hdr.start, 3, "starts in state 3 of 3"),
	TCAM_BREAK32("start_holds", hdr.start, 2, "starts in state 2, which holds"),
	TCAM_BREAK32("outputs_too_many", hdr.num_outputs, 65,
		     "65 outputs, must be 0 to 64"),
	TCAM_BREAK32("repeats_too_many", hdr.num_repeats, 33,
		     "33 repeat limits, must be 0 to 32"),
	TCAM_BREAK32("states_none", hdr.num_states, 0,
		     "0 states, must be 1 to 1024"),
	TCAM_BREAK32("states_too_many", hdr.num_states, 1025,
		     "1025 states, must be 1 to 1024"),
	TCAM_BREAK32("terms_more_than_there", hdr.num_terms, 2,
		     "the arrays need"),
	TCAM_BREAK32("parts_too_many", hdr.num_parts, ~0U,
		     "4294967295 key parts, must be 0 to 4096"),
	TCAM_BREAK32("entries_fewer_than_there", hdr.num_entries, 5,
		     "the arrays need"),
	TCAM_BREAK32("extracts_too_many", hdr.num_extracts, 16385,
		     "16385 extracts, must be 0 to 16384"),
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
	TCAM_BREAK32("repeat_limit_zero", repeats[0].limit, 0,
		     "repeat limit 0: 0, must be 1 or more"),
	TCAM_BREAK16("state_flags", states[0].flags, 8,
		     "state 0: unknown flags 0x8"),
	TCAM_BREAK16("state_holds_and_counts", states[2].flags, 5,
		     "state 2: holds and counts"),
	TCAM_BREAK16("state_repeat_outside", states[1].repeat, 1,
		     "state 1: repeat limit 1 of 1"),
	TCAM_BREAK32("state_need", states[0].need, 4097,
		     "state 0: needs 4097 bytes, at most 4096"),
	TCAM_BREAK32("state_length_add", states[0].length_add, 65536,
		     "state 0: length 65536, at most 65535"),
	TCAM_BREAK16("state_terms_outside", states[1].first_term, 1,
		     "state 1: length terms 1 to 2, but there are 1"),
	TCAM_BREAK16("state_terms_too_many", states[1].num_terms, 17,
		     "state 1: 17 length terms, at most 16"),
	TCAM_BREAK16("state_parts_outside", states[2].first_part, 65535,
		     "state 2: key parts 65535 to 65537, but there are 4"),
	TCAM_BREAK16("state_entries_overlap", states[2].first_entry, 2,
		     "state 2: entries from 2 on, must be 4"),
	TCAM_BREAK16("state_entries_outside", states[2].num_entries, 3,
		     "state 2: entries 4 to 7, but there are 6"),
	TCAM_BREAK16("term_no_bits", terms[0].bits, 0,
		     "length term 0: 0 bits << 2, must be 1 to 32 bits"),
	TCAM_BREAK16("term_shift", terms[0].shift, 29,
		     "length term 0: 4 bits << 29, must be 1 to 32 bits"),
	TCAM_BREAK32("term_past_header", terms[0].offset, 157,
		     "state 1: length term 0 past its 20 bytes"),
	TCAM_BREAK16("part_type", parts[0].type, 2, "key part 0: unknown type 2"),
	TCAM_BREAK16("part_no_bits", parts[0].bits, 0,
		     "key part 0: 0 bits, must be 1 to 128"),
	TCAM_BREAK32("part_past_header", parts[0].offset, 97,
		     "state 0: key part 0 past its 14 bytes"),
	TCAM_BREAK32("part_far_past_header", parts[0].offset, ~0U,
		     "state 0: key part 0 past its 14 bytes"),
	TCAM_BREAK32("part_past_inputs", parts[3].offset, 32,
		     "key part 3: inputs have 32 bits"),
	TCAM_BREAK16("part_wider_than_header", parts[2].bits, 128,
		     "state 2: key part 2 past its 20 bytes"),
	TCAM_BREAK32("entry_value_outside_mask", entries[1].value.half[1], 1,
		     "entry 1: value outside its mask"),
	TCAM_BREAK16("entry_flags", entries[0].flags, 4,
		     "entry 0: unknown flags 0x4"),
	TCAM_BREAK16("entry_verdict", entries[1].target, PARSE_NUM_VERDICTS,
		     "entry 1: unknown verdict 11"),
	TCAM_BREAK16("entry_target", entries[0].target, 3,
		     "entry 0: goes to state 3 of 3"),
	TCAM_BREAK16("entry_holds_another_header", entries[0].target, 2,
		     "state 0: entry 0 goes to state 2, which holds another header"),
	TCAM_BREAK16("entry_extracts_outside", entries[5].first_extract, 1,
		     "entry 5: extracts 1 to 5, but there are 4"),
	TCAM_BREAK16("entry_extracts_too_many", entries[5].num_extracts, 65,
		     "entry 5: 65 extracts, at most 64"),
	TCAM_BREAK16("entry_stands_still", entries[4].flags, 0,
		     "a cycle of states never moves ahead"),
	TCAM_BREAK16("extract_type", extracts[0].type, 5,
		     "extract 0: unknown type 5"),
	TCAM_BREAK16("extract_output", extracts[0].output, 4,
		     "extract 0: output 4 of 4"),
	TCAM_BREAK32("extract_no_bits", extracts[0].bits, 0,
		     "extract 0: 0 bits into 8"),
	TCAM_BREAK32("extract_too_wide", extracts[0].bits, 9,
		     "extract 0: 9 bits into 8"),
	TCAM_BREAK32("extract_past_header", extracts[1].offset, 129,
		     "state 2: extract 1 past its 20 bytes"),
	TCAM_BREAK16("extract_constant_too_wide", extracts[2].output,
		     SAMPLE_IPV4_SRC, "extract 2: constant over 32 bits"),
	TCAM_BREAK16("extract_offset_too_narrow", extracts[3].output,
		     SAMPLE_IP_PROTO, "extract 3: an offset into 8 bits"),
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
