// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The parser: one frame through a loaded TCAM program.
 *
 * tcam_load() has proven what this file relies on: every index is inside its
 * array, every bit range inside its state's header, every value inside its
 * output, and no cycle of states stands still.
 */
#include "tcam.h"

/* What one parse knows while it runs */
struct tcam_cursor {
	const struct tcam	*tcam;
	const u8		*frame;
	struct parse_result	*res;
	u64			base;	/* of the node, from the frame's start */
	u64			length;	/* of the node */
	u64			origin;	/* base of the first counted node */
	u32			len;	/* of the frame */
	u32			inputs;
	bool			counting;	/* @origin is set */
	u32			repeats[TCAM_MAX_REPEATS];
};

/* @bits (1 to 64) from bit @offset on */
static u64 read_bits(const u8 *header, u32 offset, u32 bits)
{
	u32 first = offset / 8, last = (offset + bits - 1) / 8;
	u32 tail = (last + 1) * 8 - (offset + bits);
	u64 v = header[first] & (0xff >> (offset % 8));
	u32 i;

	if (first == last)
		return v >> tail;
	for (i = first + 1; i < last; i++)
		v = v << 8 | header[i];
	return v << (8 - tail) | header[last] >> tail;
}

static void read_field(const u8 *header, u32 offset, u32 bits, u64 value[2])
{
	if (bits > 64) {
		value[0] = read_bits(header, offset, bits - 64);
		value[1] = read_bits(header, offset + bits - 64, 64);
	} else {
		value[0] = 0;
		value[1] = read_bits(header, offset, bits);
	}
}

/* key = key << bits | value */
static void key_append(u64 key[2], u32 bits, const u64 value[2])
{
	if (bits >= 64) {
		key[0] = bits == 128 ? 0 : key[1] << (bits - 64);
		key[0] |= value[0];
		key[1] = value[1];
	} else {
		key[0] = key[0] << bits | key[1] >> (64 - bits);
		key[1] = key[1] << bits | value[1];
	}
}

/* Limits first, all of them, then the counters: a node that is refused by one
 * limit has not used up another.
 */
static enum parse_verdict count_node(struct tcam_cursor *cur,
				     const struct tcam_rt_state *state)
{
	const struct tcam *tcam = cur->tcam;
	struct parse_result *res = cur->res;

	if (state->flags & TCAM_STATE_ENCAP && res->encaps >= tcam->max_encaps)
		return PARSE_LIMIT_ENCAPS;
	if (state->flags & TCAM_STATE_COUNTED && res->nodes >= tcam->max_nodes)
		return PARSE_LIMIT_NODES;
	if (state->repeat != TCAM_NO_REPEAT) {
		if (cur->repeats[state->repeat] >= tcam->repeats[state->repeat])
			return PARSE_LIMIT_REPEAT;
		cur->repeats[state->repeat]++;
	}
	if (state->flags & TCAM_STATE_ENCAP)
		res->encaps++;
	if (state->flags & TCAM_STATE_COUNTED) {
		res->nodes++;
		if (!cur->counting) {
			cur->counting = true;
			cur->origin = cur->base;
		}
	}
	return PARSE_OKAY;
}

/* Everything about a state that does not need its key */
static enum parse_verdict enter_state(struct tcam_cursor *cur,
				      const struct tcam_rt_state *state)
{
	const struct tcam *tcam = cur->tcam;
	bool hold = state->flags & TCAM_STATE_HOLD;
	enum parse_verdict verdict;
	u32 i;

	if (!hold) {
		verdict = count_node(cur, state);
		if (verdict != PARSE_OKAY)
			return verdict;
		if (cur->counting &&
		    cur->base + state->need - cur->origin > tcam->max_bytes)
			return PARSE_WINDOW;
	}
	if (cur->base + state->need > cur->len)
		return PARSE_TRUNCATED;
	if (hold)
		return PARSE_OKAY;

	cur->length = state->length_add;
	for (i = state->first_term; i < state->end_term; i++) {
		const struct tcam_rt_term *term = &tcam->terms[i];

		cur->length += read_bits(cur->frame + cur->base, term->offset,
					 term->bits) << term->shift;
	}
	return cur->length < state->need ? PARSE_BAD_LENGTH : PARSE_OKAY;
}

static const struct tcam_rt_entry *
match_entry(const struct tcam_cursor *cur, const struct tcam_rt_state *state)
{
	const struct tcam *tcam = cur->tcam;
	const struct tcam_rt_entry *entry, *end;
	u64 key[2] = {}, value[2];
	u32 i;

	for (i = state->first_part; i < state->end_part; i++) {
		const struct tcam_rt_part *part = &tcam->parts[i];

		if (part->type == TCAM_PART_INPUT) {
			value[0] = 0;
			value[1] = cur->inputs >> part->offset &
				   (~0U >> (32 - part->bits));
		} else {
			read_field(cur->frame + cur->base, part->offset,
				   part->bits, value);
		}
		key_append(key, part->bits, value);
	}

	end = &tcam->entries[state->end_entry];
	for (entry = &tcam->entries[state->first_entry]; entry < end; entry++)
		if ((key[1] & entry->mask[1]) == entry->value[1] &&
		    (key[0] & entry->mask[0]) == entry->value[0])
			return entry;
	return NULL;
}

/* Offsets stay in the frame and in the 16 bits that a flow key has */
static u64 clamp_offset(const struct tcam_cursor *cur, u64 offset)
{
	return min_t(u64, offset, min_t(u32, cur->len, 65535));
}

static void perform_extract(const struct tcam_cursor *cur,
			    const struct tcam_rt_extract *extract)
{
	struct parse_result *res = cur->res;
	u8 *out = res->value[extract->output];
	u64 value[2] = {};

	switch (extract->type) {
	case TCAM_EXTRACT_FIELD:
		read_field(cur->frame + cur->base, extract->offset,
			   extract->bits, value);
		break;
	case TCAM_EXTRACT_CONST:
		value[0] = extract->value[0];
		value[1] = extract->value[1];
		break;
	case TCAM_EXTRACT_START:
		value[1] = clamp_offset(cur, cur->base);
		break;
	case TCAM_EXTRACT_END:
		value[1] = clamp_offset(cur, cur->base + cur->length);
		break;
	case TCAM_EXTRACT_LENGTH:
		value[1] = min_t(u64, cur->length, 65535);
		break;
	}
	put_unaligned_be64(value[0], out);
	put_unaligned_be64(value[1], out + 8);
	res->present |= 1ULL << extract->output;
}

/**
 * tcam_run() - parse one frame
 * @tcam: program
 * @frame: first byte of the link-layer header
 * @len: bytes in @frame
 * @inputs: PARSE_IN_*
 * @res: result
 *
 * Between two steps that advance there are fewer steps than states, and a step
 * past the frame's end is the last one: that bounds the loop, and the watchdog
 * says so.
 *
 * Context: any; neither sleeps nor allocates.
 */
void tcam_run(const struct tcam *tcam, const __u8 *frame, __u32 len,
	      __u32 inputs, struct parse_result *res)
{
	struct tcam_cursor cur = {
		.tcam = tcam, .frame = frame, .len = len, .inputs = inputs,
		.res = res,
	};
	u64 watchdog = ((u64)len + 2) * tcam->num_states;
	u32 state = tcam->start;

	res->nodes = 0;
	res->encaps = 0;
	res->present = 0;
	for (;;) {
		const struct tcam_rt_entry *entry;
		u32 i;

		if (WARN_ON_ONCE(!watchdog--)) {
			res->verdict = PARSE_FAIL;
			return;
		}
		res->verdict = enter_state(&cur, &tcam->states[state]);
		if (res->verdict != PARSE_OKAY)
			return;
		entry = match_entry(&cur, &tcam->states[state]);
		if (!entry) {
			res->verdict = PARSE_NO_MATCH;
			return;
		}
		for (i = entry->first_extract; i < entry->end_extract; i++)
			perform_extract(&cur, &tcam->extracts[i]);
		if (entry->flags & TCAM_ENTRY_STOP) {
			res->verdict = entry->target;
			return;
		}
		if (entry->flags & TCAM_ENTRY_ADVANCE)
			cur.base += cur.length;
		state = entry->target;
	}
}
