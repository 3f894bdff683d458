// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The parser: one frame through a loaded TCAM program.
 *
 * tcam_load() has proven what this file relies on: every index is inside its
 * array, every bit range inside the bytes that its state checks, every value
 * inside its output, every depth inside the registers.
 *
 * Why a parse ends: no state ever runs twice with the same bases, its own and
 * those of lower depths. To come back to it, the parse has to take entries that
 * go back, and every state on the way lies between the two ends of one of them.
 * Let d be the lowest depth at which one of these entries advances. Then, by the
 * order of states, all states on the way are at depth d or a higher one. None of
 * them opens an area of depth d or changes a lower base, so base d has only been
 * advanced, by a byte or more. In the frame a base has len + 1 values. Behind it
 * no state advances, as all that do check the frame first, and those values
 * count as one. So there are at most states * (len + 2) ^ depths steps.
 *
 * That is an end, but may be hours away. So the steps of one frame are limited,
 * too. The compiler proves of each program that its own limits, those of visits
 * and loops, end the parse before; only another one can ever be cut short.
 */
#include "tcam.h"

/* The registers of one depth */
struct tcam_level {
	u64	base;		/* of the node, from the frame's start */
	u64	length;		/* of the node */
	u64	end;		/* of the area that the node is in */
	u32	count;		/* elements of that area so far */
};

/* What one parse knows while it runs */
struct tcam_cursor {
	const struct tcam	*tcam;
	const u8		*frame;
	struct parse_result	*res;
	u64			origin;	/* base of the first counted node */
	u32			len;	/* of the frame */
	u32			inputs;
	bool			counting;	/* @origin is set */
	struct tcam_level	levels[TCAM_MAX_DEPTH];
	u8			counters[TCAM_MAX_COUNTERS];
	u8			visits[TCAM_MAX_REPEATS];
};

static u64 read_odd_bits(const u8 *header, u32 offset, u32 bits)
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

/* @bits (1 to 64) from bit @offset on. Most fields are whole bytes. */
static u64 read_bits(const u8 *header, u32 offset, u32 bits)
{
	if (offset % 8 == 0) {
		if (bits == 8)
			return header[offset / 8];
		if (bits == 16)
			return get_unaligned_be16(header + offset / 8);
		if (bits == 32)
			return get_unaligned_be32(header + offset / 8);
		if (bits == 64)
			return get_unaligned_be64(header + offset / 8);
	}
	return read_odd_bits(header, offset, bits);
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

/* key = key << bits | value, of at most 64 bits */
static void key_append(u64 key[2], u32 bits, u64 value)
{
	if (bits == 64) {
		key[0] = key[1];
		key[1] = value;
	} else {
		key[0] = key[0] << bits | key[1] >> (64 - bits);
		key[1] = key[1] << bits | value;
	}
}

/* Whether the node's actions would take a counter above its maximum */
static bool counters_rise_too_far(const struct tcam_cursor *cur,
				  const struct tcam_rt_state *state)
{
	const struct tcam *tcam = cur->tcam;
	bool encap = state->flags & TCAM_STATE_ENCAP;
	u32 i;

	for (i = state->first_rise; i < state->end_rise; i++) {
		const struct tcam_rt_rise *rise = &tcam->rises[i];
		const struct tcam_rt_counter *counter =
			&tcam->counters[rise->counter];
		u32 value = cur->counters[rise->counter];

		if (encap && counter->flags & TCAM_COUNTER_ENCAP_RESETS)
			value = 0;
		if (value + rise->by > counter->max)
			return true;
	}
	return false;
}

static void enter_encap(struct tcam_cursor *cur)
{
	const struct tcam *tcam = cur->tcam;
	u32 i;

	cur->res->encaps++;
	for (i = 0; i < tcam->num_counters; i++)
		if (tcam->counters[i].flags & TCAM_COUNTER_ENCAP_RESETS)
			cur->counters[i] = 0;
}

/* Limits first, all of them, then the counters: a node that is refused by one
 * limit has not used up another.
 */
static enum parse_verdict count_node(struct tcam_cursor *cur,
				     const struct tcam_level *at,
				     const struct tcam_rt_state *state)
{
	const struct tcam *tcam = cur->tcam;
	struct parse_result *res = cur->res;

	if (state->flags & TCAM_STATE_ENCAP && res->encaps >= tcam->max_encaps)
		return PARSE_LIMIT_ENCAPS;
	if (state->flags & TCAM_STATE_COUNTED && res->nodes >= tcam->max_nodes)
		return PARSE_LIMIT_NODES;
	if (state->repeat != TCAM_NO_REPEAT &&
	    cur->visits[state->repeat] >= tcam->repeats[state->repeat])
		return PARSE_LIMIT_REPEAT;
	if (counters_rise_too_far(cur, state))
		return PARSE_LIMIT_COUNTER;
	if (state->repeat != TCAM_NO_REPEAT)
		cur->visits[state->repeat]++;
	if (state->flags & TCAM_STATE_ENCAP)
		enter_encap(cur);
	if (state->flags & TCAM_STATE_COUNTED) {
		res->nodes++;
		if (!cur->counting) {
			cur->counting = true;
			cur->origin = at->base;
		}
	}
	return PARSE_OKAY;
}

/* That @need bytes are there in the area, the window and the frame */
static enum parse_verdict check_bytes(const struct tcam_cursor *cur,
				      const struct tcam_level *at,
				      const struct tcam_rt_state *state)
{
	u64 end = at->base + state->need;

	if (state->depth && end > at->end)
		return PARSE_BAD_LENGTH;
	if (cur->counting && end - cur->origin > cur->tcam->max_bytes)
		return PARSE_WINDOW;
	return end > cur->len ? PARSE_TRUNCATED : PARSE_OKAY;
}

/* 16 terms of 2^20 at most, so nothing overflows */
static s64 compute_length(const struct tcam_cursor *cur,
			  const struct tcam_level *at,
			  const struct tcam_rt_state *state)
{
	s64 length = state->length_add;
	u32 i;

	for (i = state->first_term; i < state->end_term; i++) {
		const struct tcam_rt_term *term = &cur->tcam->terms[i];

		length += (s64)read_bits(cur->frame + at->base, term->offset,
					 term->bits) * term->times;
	}
	return length;
}

static enum parse_verdict visit_node(struct tcam_cursor *cur,
				     struct tcam_level *at,
				     const struct tcam_rt_state *state)
{
	enum parse_verdict verdict;
	s64 length;

	verdict = count_node(cur, at, state);
	if (verdict != PARSE_OKAY)
		return verdict;
	verdict = check_bytes(cur, at, state);
	if (verdict != PARSE_OKAY)
		return verdict;

	if (state->flags & TCAM_STATE_REST)
		length = (state->depth ? at->end : cur->len) - at->base;
	else
		length = compute_length(cur, at, state);
	if (length < state->least)
		return PARSE_BAD_LENGTH;
	if (state->depth && at->base + length > at->end)
		return PARSE_BAD_LENGTH;
	at->length = length;
	return PARSE_OKAY;
}

/* A program from the compiler never fails here: the node's visit has seen to
 * it. It is what the bits of this state, and its advance, rely on.
 */
static enum parse_verdict hold_node(const struct tcam_cursor *cur,
				    const struct tcam_level *at,
				    const struct tcam_rt_state *state)
{
	if (at->base + state->need > cur->len)
		return PARSE_TRUNCATED;
	return at->length < state->least ? PARSE_BAD_LENGTH : PARSE_OKAY;
}

static enum parse_verdict open_area(const struct tcam_cursor *cur,
				    struct tcam_level *at,
				    const struct tcam_rt_state *state)
{
	struct tcam_level *area = at + 1;
	u64 limit = at->base + at->length;
	s64 size;

	if (state->from == TCAM_FROM_NODE)
		area->base = at->base + state->start;
	else if (state->from == TCAM_FROM_END)
		area->base = area->end;
	area->end = limit;
	if (state->flags & TCAM_STATE_AREA) {
		size = compute_length(cur, at, state);
		if (size < 0)
			return PARSE_BAD_LENGTH;
		area->end = area->base + size;
	}
	area->count = 0;
	return area->end < area->base || area->end > limit ?
	       PARSE_BAD_LENGTH : PARSE_OKAY;
}

/* Everything about a state that does not need its key */
static enum parse_verdict enter_state(struct tcam_cursor *cur,
				      struct tcam_level *at,
				      const struct tcam_rt_state *state)
{
	enum parse_verdict verdict;

	switch (state->type) {
	case TCAM_STATE_VISIT:
		return visit_node(cur, at, state);
	case TCAM_STATE_LOOP:
		return state->need ? check_bytes(cur, at, state) : PARSE_OKAY;
	case TCAM_STATE_OPEN:
		verdict = hold_node(cur, at, state);
		return verdict == PARSE_OKAY ? open_area(cur, at, state) :
					       verdict;
	default:
		return hold_node(cur, at, state);
	}
}

/* The way out of a loop; NULL: there is another element, which is counted */
static const struct tcam_rt_entry *
leave_loop(const struct tcam_cursor *cur, struct tcam_level *at,
	   const struct tcam_rt_state *state)
{
	const struct tcam_rt_entry *first =
		&cur->tcam->entries[state->first_entry];

	if (at->base == at->end)
		return first;
	if (at->count >= state->max)
		return first + 1;
	at->count++;
	return NULL;
}

static void add_part(const struct tcam_cursor *cur,
		     const struct tcam_level *at,
		     const struct tcam_rt_part *part, u64 key[2])
{
	const u8 *header = cur->frame + at->base;
	u32 offset = part->offset, bits = part->bits;

	if (part->type == TCAM_PART_INPUT) {
		key_append(key, bits,
			   cur->inputs >> offset & (~0U >> (32 - bits)));
		return;
	}
	if (bits > 64) {
		key_append(key, bits - 64,
			   read_bits(header, offset, bits - 64));
		offset += bits - 64;
		bits = 64;
	}
	key_append(key, bits, read_bits(header, offset, bits));
}

static const struct tcam_rt_entry *
match_entry(const struct tcam_cursor *cur, const struct tcam_level *at,
	    const struct tcam_rt_state *state)
{
	const struct tcam *tcam = cur->tcam;
	const struct tcam_rt_entry *entry, *end;
	u64 key[2] = {};
	u32 i;

	for (i = state->first_part; i < state->end_part; i++)
		add_part(cur, at, &tcam->parts[i], key);

	end = &tcam->entries[state->end_entry];
	entry = &tcam->entries[state->first_entry];
	if (state->type == TCAM_STATE_LOOP)
		entry += 2;
	for (; entry < end; entry++)
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

static void extract_value(const struct tcam_cursor *cur,
			  const struct tcam_level *at,
			  const struct tcam_rt_action *action, u64 value[2])
{
	value[0] = 0;
	switch (action->type) {
	case TCAM_EXTRACT_FIELD:
		read_field(cur->frame + at->base, action->offset,
			   action->bits, value);
		break;
	case TCAM_EXTRACT_CONST:
		value[0] = action->value[0];
		value[1] = action->value[1];
		break;
	case TCAM_EXTRACT_START:
		value[1] = clamp_offset(cur, at->base + action->value[1]);
		break;
	case TCAM_EXTRACT_END:
		value[1] = clamp_offset(cur, at->base + at->length);
		break;
	case TCAM_EXTRACT_LENGTH:
		value[1] = min_t(u64, at->length, 65535);
		break;
	case TCAM_EXTRACT_COUNTER:
		value[1] = cur->counters[action->counter];
		break;
	case TCAM_EXTRACT_NODES:
		value[1] = cur->res->nodes;
		break;
	default:
		value[1] = cur->res->encaps;
		break;
	}
}

/* The place in an array; @num or more: none */
static u32 array_index(const struct tcam_cursor *cur,
		       const struct tcam_rt_action *action)
{
	u32 index = action->index == TCAM_INDEX_ENCAPS ?
		    cur->res->encaps : cur->counters[action->index_counter];

	if (index >= action->num && action->last)
		return action->num - 1;
	return index;
}

static void perform_extract(const struct tcam_cursor *cur,
			    const struct tcam_level *at,
			    const struct tcam_rt_action *action)
{
	struct parse_result *res = cur->res;
	u32 output = action->output, index;
	u64 value[2];

	if (action->index != TCAM_INDEX_NONE) {
		index = array_index(cur, action);
		if (index >= action->num)
			return;
		output += index;
	}
	extract_value(cur, at, action, value);
	put_unaligned_be64(value[0], res->value[output]);
	put_unaligned_be64(value[1], res->value[output] + 8);
	res->present |= 1ULL << output;
}

static void change_counter(struct tcam_cursor *cur,
			   const struct tcam_rt_action *action)
{
	u8 *counter = &cur->counters[action->counter];

	if (action->type == TCAM_COUNTER_RESET)
		*counter = 0;
	else if (*counter < cur->tcam->counters[action->counter].max)
		++*counter;
}

/* Everything that an entry asks for, but to go on */
static enum parse_verdict perform_entry(struct tcam_cursor *cur,
					struct tcam_level *at,
					const struct tcam_rt_entry *entry)
{
	const struct tcam_rt_action *action, *end;

	action = &cur->tcam->actions[entry->first_action];
	for (end = action + entry->num_actions; action < end; action++) {
		if (action->type < TCAM_COUNTER_INC)
			perform_extract(cur, at, action);
		else
			change_counter(cur, action);
	}
	if (entry->flags & TCAM_ENTRY_ADVANCE)
		at->base += at->length;
	if (entry->skip) {
		at[1].base += entry->skip;
		if (at[1].base > at[1].end)
			return PARSE_BAD_LENGTH;
	}
	return PARSE_OKAY;
}

/* False: the parse has ended */
static bool run_state(struct tcam_cursor *cur, u32 *state)
{
	const struct tcam_rt_state *here = &cur->tcam->states[*state];
	struct tcam_level *at = &cur->levels[here->depth];
	const struct tcam_rt_entry *entry = NULL;
	struct parse_result *res = cur->res;

	if (here->type == TCAM_STATE_LOOP)
		entry = leave_loop(cur, at, here);
	if (!entry) {
		res->verdict = enter_state(cur, at, here);
		if (res->verdict != PARSE_OKAY)
			return false;
		entry = match_entry(cur, at, here);
		if (!entry) {
			res->verdict = PARSE_NO_MATCH;
			return false;
		}
	}
	res->verdict = perform_entry(cur, at, entry);
	if (res->verdict != PARSE_OKAY)
		return false;
	if (entry->flags & TCAM_ENTRY_STOP) {
		res->verdict = entry->target;
		return false;
	}
	*state = entry->target;
	return true;
}

/**
 * tcam_run() - parse one frame
 * @tcam: program
 * @frame: first byte of the link-layer header
 * @len: bytes in @frame
 * @inputs: PARSE_IN_*
 * @res: result
 *
 * A program from the compiler never runs out of steps.
 *
 * Context: any; neither sleeps nor allocates.
 */
void tcam_run(const struct tcam *tcam, const __u8 *frame, __u32 len,
	      __u32 inputs, struct parse_result *res)
{
	u32 state = tcam->start, steps = TCAM_MAX_STEPS;
	struct tcam_cursor cur;

	cur.tcam = tcam;
	cur.frame = frame;
	cur.res = res;
	cur.len = len;
	cur.inputs = inputs;
	cur.counting = false;
	cur.origin = 0;
	memset(cur.levels, 0, tcam->depths * sizeof(*cur.levels));
	memset(cur.counters, 0, sizeof(cur.counters));
	memset(cur.visits, 0, tcam->num_repeats);

	res->nodes = 0;
	res->encaps = 0;
	res->present = 0;
	while (run_state(&cur, &state)) {
		if (!--steps) {
			res->verdict = PARSE_FAIL;
			return;
		}
	}
}
