// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The parser: one frame through a loaded TCAM program.
 *
 * tcam_load() has seen to it that every index is inside its array, every value
 * inside its output and every depth inside the registers. What is read of the
 * frame is checked when it is read, wherever a program has taken its bases, and
 * steps are counted, so a program may be as wrong as it likes.
 *
 * Bases do not overflow: no length is above 32 bits, so no action takes a base,
 * or the end of an area, farther than 2^32 bytes behind the farthest before. Of
 * actions there are less than 2^31: TCAM_MAX_STEPS times TCAM_ENTRY_ACTIONS, and
 * those of the start.
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
	u32			words;	/* bytes with seven more behind them */
	u32			inputs;
	bool			counting;	/* @origin is set */
	struct tcam_level	levels[TCAM_MAX_DEPTH];
	u8			counters[TCAM_MAX_COUNTERS];
	u8			visits[TCAM_MAX_REPEATS];
};

/* ---- bits of the frame ----------------------------------------------------- */

/* Eight bytes at an edge of the frame, or outside; 0 is what is not there */
static noinline u64 read_edge(const struct tcam_cursor *cur, u64 pos)
{
	u64 v = 0;
	u32 i;

	for (i = 0; i < 8; i++)
		v = v << 8 | (pos + i < cur->len ? cur->frame[pos + i] : 0);
	return v;
}

/* @bits of @at, 1 to 64, from the bit @from of them on */
static u64 read_some(const struct tcam_cursor *cur, u64 base,
		     const struct tcam_rt_bits *at, u32 from, u32 bits)
{
	u32 skip = at->skip + from;
	u64 pos = base + (s64)at->byte + skip / 8, v;

	skip %= 8;
	if (likely(pos < cur->words))
		v = get_unaligned_be64(cur->frame + pos) << skip;
	else
		v = read_edge(cur, pos) << skip;
	if (skip + bits > 64 && pos + 8 < cur->len)
		v |= cur->frame[pos + 8] >> (8 - skip);
	return v >> (64 - bits);
}

static u64 read_bits(const struct tcam_cursor *cur, u64 base,
		     const struct tcam_rt_bits *at)
{
	return read_some(cur, base, at, 0, at->bits);
}

static void read_field(const struct tcam_cursor *cur, u64 base,
		       const struct tcam_rt_bits *at, u64 value[2])
{
	u32 high = at->bits > 64 ? at->bits - 64 : 0;

	value[0] = high ? read_some(cur, base, at, 0, high) : 0;
	value[1] = read_some(cur, base, at, high, at->bits - high);
}

/* ---- visits ---------------------------------------------------------------- */

/* Whether the node's actions would take a counter above its maximum */
static bool counters_rise_too_far(const struct tcam_cursor *cur,
				  const struct tcam_rt_visit *visit)
{
	const struct tcam *tcam = cur->tcam;
	bool encap = visit->flags & TCAM_VISIT_ENCAP;
	u32 i;

	for (i = visit->first_rise; i < visit->end_rise; i++) {
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
				     const struct tcam_rt_visit *visit)
{
	const struct tcam *tcam = cur->tcam;
	struct parse_result *res = cur->res;

	if (visit->flags & TCAM_VISIT_ENCAP && res->encaps >= tcam->max_encaps)
		return PARSE_LIMIT_ENCAPS;
	if (visit->flags & TCAM_VISIT_COUNTED && res->nodes >= tcam->max_nodes)
		return PARSE_LIMIT_NODES;
	if (visit->repeat != TCAM_NO_REPEAT &&
	    cur->visits[visit->repeat] >= tcam->repeats[visit->repeat])
		return PARSE_LIMIT_REPEAT;
	if (counters_rise_too_far(cur, visit))
		return PARSE_LIMIT_COUNTER;
	if (visit->repeat != TCAM_NO_REPEAT)
		cur->visits[visit->repeat]++;
	if (visit->flags & TCAM_VISIT_ENCAP)
		enter_encap(cur);
	if (visit->flags & TCAM_VISIT_COUNTED) {
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
				      const struct tcam_level *at, u32 need)
{
	u64 end = at->base + need;

	if (at != cur->levels && end > at->end)
		return PARSE_BAD_LENGTH;
	if (cur->counting && (s64)(end - cur->origin) > cur->tcam->max_bytes)
		return PARSE_WINDOW;
	return end > cur->len ? PARSE_TRUNCATED : PARSE_OKAY;
}

/* 16 terms of 2^20 at most, so nothing overflows */
static s64 compute_length(const struct tcam_cursor *cur,
			  const struct tcam_level *at,
			  const struct tcam_rt_length *from)
{
	s64 length = from->add;
	u32 i;

	for (i = from->first_term; i < from->end_term; i++) {
		const struct tcam_rt_term *term = &cur->tcam->terms[i];

		length += (s64)read_bits(cur, at->base, &term->at) * term->times;
	}
	return length;
}

static enum parse_verdict set_length(const struct tcam_cursor *cur,
				     struct tcam_level *at, u64 length)
{
	if (at != cur->levels && at->base + length > at->end)
		return PARSE_BAD_LENGTH;
	at->length = length;
	return PARSE_OKAY;
}

static enum parse_verdict visit_node(struct tcam_cursor *cur,
				     struct tcam_level *at,
				     const struct tcam_rt_visit *visit)
{
	enum parse_verdict verdict;
	s64 length;

	verdict = count_node(cur, at, visit);
	if (verdict != PARSE_OKAY)
		return verdict;
	verdict = check_bytes(cur, at, visit->need);
	if (verdict != PARSE_OKAY)
		return verdict;

	if (visit->flags & TCAM_VISIT_REST)
		length = (at != cur->levels ? at->end : cur->len) - at->base;
	else
		length = compute_length(cur, at, &visit->length);
	if (length < visit->least || length > U32_MAX)
		return PARSE_BAD_LENGTH;
	return set_length(cur, at, length);
}

/* @at is not of the last depth */
static enum parse_verdict open_area(const struct tcam_cursor *cur,
				    struct tcam_level *at,
				    const struct tcam_rt_area *how)
{
	struct tcam_level *area = at + 1;
	u64 limit = at->base + at->length;
	s64 size;

	if (how->from == TCAM_FROM_NODE)
		area->base = at->base + how->start;
	else if (how->from == TCAM_FROM_END)
		area->base = area->end;
	area->end = limit;
	if (how->flags & TCAM_AREA_LENGTH) {
		size = compute_length(cur, at, &how->length);
		if (size < 0)
			return PARSE_BAD_LENGTH;
		area->end = area->base + size;
	}
	area->count = 0;
	return area->end < area->base || area->end > limit ?
	       PARSE_BAD_LENGTH : PARSE_OKAY;
}

static enum parse_verdict skip_bytes(const struct tcam_cursor *cur,
				     struct tcam_level *at, u64 bytes)
{
	at->base += bytes;
	return at != cur->levels && at->base > at->end ? PARSE_BAD_LENGTH :
							  PARSE_OKAY;
}

/* ---- outputs and counters -------------------------------------------------- */

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
		read_field(cur, at->base, &action->at, value);
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

/* ---- states ---------------------------------------------------------------- */

static enum parse_verdict perform(struct tcam_cursor *cur,
				  const struct tcam_rt_action *action)
{
	struct tcam_level *at = &cur->levels[action->depth];
	const struct tcam *tcam = cur->tcam;

	switch (action->type) {
	default:
		perform_extract(cur, at, action);
		return PARSE_OKAY;
	case TCAM_COUNTER_INC:
	case TCAM_COUNTER_RESET:
		change_counter(cur, action);
		return PARSE_OKAY;
	case TCAM_VISIT:
		return visit_node(cur, at, &tcam->visits[action->which]);
	case TCAM_LENGTH:
		return set_length(cur, at, action->value[1]);
	case TCAM_OPEN:
		return open_area(cur, at, &tcam->areas[action->which]);
	case TCAM_ADVANCE:
		at->base += at->length;
		return PARSE_OKAY;
	case TCAM_SKIP:
		return skip_bytes(cur, at, action->value[1]);
	}
}

static enum parse_verdict perform_all(struct tcam_cursor *cur, u32 first,
				      u32 num)
{
	const struct tcam_rt_action *action = &cur->tcam->actions[first];
	const struct tcam_rt_action *end = action + num;
	enum parse_verdict verdict;

	for (; action < end; action++) {
		verdict = perform(cur, action);
		if (verdict != PARSE_OKAY)
			return verdict;
	}
	return PARSE_OKAY;
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

static void add_part(const struct tcam_cursor *cur,
		     const struct tcam_level *at,
		     const struct tcam_rt_part *part, u64 key[2])
{
	u32 bits = part->at.bits;

	if (part->type == TCAM_PART_INPUT) {
		key_append(key, bits, cur->inputs >> part->at.byte &
				      (~0U >> (32 - bits)));
	} else if (bits > 64) {
		key_append(key, bits - 64,
			   read_some(cur, at->base, &part->at, 0, bits - 64));
		key_append(key, 64, read_some(cur, at->base, &part->at,
					      bits - 64, 64));
	} else {
		key_append(key, bits, read_bits(cur, at->base, &part->at));
	}
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
	if (state->loop)
		entry += 2;
	for (; entry < end; entry++)
		if ((key[1] & entry->mask[1]) == entry->value[1] &&
		    (key[0] & entry->mask[0]) == entry->value[0])
			return entry;
	return NULL;
}

/* False: the parse has ended */
static bool run_state(struct tcam_cursor *cur, u32 *state)
{
	const struct tcam_rt_state *here = &cur->tcam->states[*state];
	struct tcam_level *at = &cur->levels[here->depth];
	const struct tcam_rt_entry *entry = NULL;
	struct parse_result *res = cur->res;

	if (here->loop) {
		entry = leave_loop(cur, at, here);
		if (!entry && here->need) {
			res->verdict = check_bytes(cur, at, here->need);
			if (res->verdict != PARSE_OKAY)
				return false;
		}
	}
	if (!entry) {
		entry = match_entry(cur, at, here);
		if (!entry) {
			res->verdict = PARSE_NO_MATCH;
			return false;
		}
	}
	res->verdict = perform_all(cur, entry->first_action,
				   entry->num_actions);
	if (res->verdict != PARSE_OKAY)
		return false;
	if (entry->stop) {
		res->verdict = entry->target;
		return false;
	}
	*state = entry->target;
	return true;
}

static void start(struct tcam_cursor *cur, const struct tcam *tcam,
		  const u8 *frame, u32 len, u32 inputs, struct parse_result *res)
{
	cur->tcam = tcam;
	cur->frame = frame;
	cur->res = res;
	cur->len = len;
	cur->words = len < 8 ? 0 : len - 7;
	cur->inputs = inputs;
	cur->counting = false;
	cur->origin = 0;
	memset(cur->levels, 0, tcam->depths * sizeof(*cur->levels));
	memset(cur->counters, 0, sizeof(cur->counters));
	memset(cur->visits, 0, tcam->num_repeats);

	res->nodes = 0;
	res->encaps = 0;
	res->present = 0;
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

	start(&cur, tcam, frame, len, inputs, res);
	res->verdict = perform_all(&cur, tcam->start_action,
				   tcam->start_actions);
	if (res->verdict != PARSE_OKAY)
		return;
	while (run_state(&cur, &state)) {
		if (!--steps) {
			res->verdict = PARSE_FAIL;
			return;
		}
	}
}
