// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Loading a TCAM program, element by element: each is right for itself, and
 * names only what is there.
 */
#include "tcam.h"

static bool check_range(struct tcam_loader *loader, u32 state, const char *what,
			u32 first, u32 num, u32 max, u32 available)
{
	if (num > max)
		return tcam_complain(loader, "state %u: %u %s, at most %u",
				     state, num, what, max);
	if (first + num > available)
		return tcam_complain(loader,
				     "state %u: %s %u to %u, but there are %u",
				     state, what, first, first + num, available);
	return true;
}

bool tcam_load_output(struct tcam_loader *loader, u32 i)
{
	const struct tcam_output *from = tcam_next_element(loader, sizeof(*from));
	struct parse_output *to = &loader->tcam->outputs[i];

	if (strnlen(from->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "output %u: name without an end", i);
	memcpy(to->name, from->name, sizeof(to->name));
	to->bits = le16_to_cpu(from->bits);
	to->key = le16_to_cpu(from->key);
	if (!to->bits || to->bits > PARSE_VALUE_BYTES * 8)
		return tcam_complain(loader, "output %u: %u bits, must be 1 to %u",
				     i, to->bits, PARSE_VALUE_BYTES * 8);
	if (to->key != parse_key_by_name(to->name))
		return tcam_complain(loader, "output %u: key %u, its name is that of %u",
				     i, to->key, parse_key_by_name(to->name));
	if (to->key != PARSE_KEY_NONE && to->bits != parse_key_bits(to->key))
		return tcam_complain(loader, "output %u: %u bits, the flow key has %u",
				     i, to->bits, parse_key_bits(to->key));
	return true;
}

bool tcam_load_counter(struct tcam_loader *loader, u32 i)
{
	const struct tcam_counter *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_counter *to = &loader->tcam->counters[i];
	u32 max = le16_to_cpu(from->max), flags = le16_to_cpu(from->flags);

	if (strnlen(from->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "counter %u: name without an end", i);
	if (!max || max > TCAM_MAX_COUNT)
		return tcam_complain(loader, "counter %u: up to %u, must be 1 to %u",
				     i, max, TCAM_MAX_COUNT);
	if (flags & ~TCAM_COUNTER_FLAGS)
		return tcam_complain(loader, "counter %u: unknown flags 0x%x", i,
				     flags & ~TCAM_COUNTER_FLAGS);
	to->max = max;
	to->flags = flags;
	return true;
}

bool tcam_load_repeat(struct tcam_loader *loader, u32 i)
{
	const struct tcam_repeat *from = tcam_next_element(loader, sizeof(*from));
	u32 limit = le32_to_cpu(from->limit);

	if (!limit || limit > TCAM_MAX_COUNT)
		return tcam_complain(loader,
				     "repeat limit %u: %u, must be 1 to %u", i,
				     limit, TCAM_MAX_COUNT);
	loader->tcam->repeats[i] = limit;
	return true;
}

static bool check_type(struct tcam_loader *loader, u32 i,
		       const struct tcam_state *state)
{
	static const u32 allowed[] = {
		[TCAM_STATE_VISIT] = TCAM_STATE_COUNTED | TCAM_STATE_ENCAP |
				     TCAM_STATE_REST,
		[TCAM_STATE_HOLD] = 0,
		[TCAM_STATE_OPEN] = TCAM_STATE_AREA,
		[TCAM_STATE_LOOP] = 0,
	};
	u32 type = le16_to_cpu(state->type), flags = le16_to_cpu(state->flags);
	u32 depth = le16_to_cpu(state->depth);

	if (type >= TCAM_NUM_STATES)
		return tcam_complain(loader, "state %u: unknown type %u", i, type);
	if (flags & ~allowed[type])
		return tcam_complain(loader,
				     "state %u: flags 0x%x, type %u has not 0x%x",
				     i, flags, type, flags & ~allowed[type]);
	if (depth >= TCAM_MAX_DEPTH)
		return tcam_complain(loader, "state %u: depth %u of %u", i, depth,
				     TCAM_MAX_DEPTH);
	if (type == TCAM_STATE_OPEN && depth == TCAM_MAX_DEPTH - 1)
		return tcam_complain(loader,
				     "state %u: opens an area of depth %u of %u",
				     i, depth + 1, TCAM_MAX_DEPTH);
	if (type == TCAM_STATE_LOOP && !depth)
		return tcam_complain(loader, "state %u: loops outside of areas",
				     i);
	return true;
}

static bool check_numbers(struct tcam_loader *loader, u32 i,
			  const struct tcam_state *state)
{
	u32 repeat = le16_to_cpu(state->repeat), type = le16_to_cpu(state->type);
	u32 max = le16_to_cpu(state->max);
	s32 add = le32_to_cpu(state->length_add);

	if (repeat != TCAM_NO_REPEAT && type != TCAM_STATE_VISIT)
		return tcam_complain(loader,
				     "state %u: a repeat limit without a visit",
				     i);
	if (repeat != TCAM_NO_REPEAT && repeat >= loader->tcam->num_repeats)
		return tcam_complain(loader, "state %u: repeat limit %u of %u", i,
				     repeat, loader->tcam->num_repeats);
	if (le32_to_cpu(state->need) > TCAM_MAX_NEED)
		return tcam_complain(loader, "state %u: needs %u bytes, at most %u",
				     i, le32_to_cpu(state->need), TCAM_MAX_NEED);
	if (add > TCAM_MAX_LENGTH_ADD || add < -TCAM_MAX_LENGTH_ADD)
		return tcam_complain(loader, "state %u: length %d, at most %u",
				     i, add, TCAM_MAX_LENGTH_ADD);
	if (le32_to_cpu(state->start) > TCAM_MAX_LENGTH_ADD)
		return tcam_complain(loader,
				     "state %u: area starts at %u, at most %u", i,
				     le32_to_cpu(state->start),
				     TCAM_MAX_LENGTH_ADD);
	if (le16_to_cpu(state->from) >= TCAM_NUM_FROMS)
		return tcam_complain(loader, "state %u: area from unknown %u", i,
				     le16_to_cpu(state->from));
	if (type == TCAM_STATE_LOOP && (!max || max > TCAM_MAX_COUNT))
		return tcam_complain(loader,
				     "state %u: %u elements, must be 1 to %u", i,
				     max, TCAM_MAX_COUNT);
	return true;
}

static bool check_ranges(struct tcam_loader *loader, u32 i,
			 const struct tcam_state *state)
{
	const struct tcam *tcam = loader->tcam;
	u32 first = tcam->states[i].first_entry;

	if (le16_to_cpu(state->first_entry) != first)
		return tcam_complain(loader,
				     "state %u: entries from %u on, must be %u",
				     i, le16_to_cpu(state->first_entry), first);
	if (le16_to_cpu(state->type) == TCAM_STATE_LOOP &&
	    le16_to_cpu(state->num_entries) < 2)
		return tcam_complain(loader,
				     "state %u: a loop of %u entries, must be 2 or more",
				     i, le16_to_cpu(state->num_entries));
	return check_range(loader, i, "length terms",
			   le16_to_cpu(state->first_term),
			   le16_to_cpu(state->num_terms), TCAM_STATE_TERMS,
			   tcam->num_terms) &&
	       check_range(loader, i, "key parts",
			   le16_to_cpu(state->first_part),
			   le16_to_cpu(state->num_parts), TCAM_STATE_PARTS,
			   tcam->num_parts) &&
	       check_range(loader, i, "rises",
			   le16_to_cpu(state->first_rise),
			   le16_to_cpu(state->num_rises), TCAM_STATE_RISES,
			   tcam->num_rises) &&
	       check_range(loader, i, "entries", first,
			   le16_to_cpu(state->num_entries), TCAM_MAX_ENTRIES,
			   tcam->num_entries);
}

bool tcam_load_state(struct tcam_loader *loader, u32 i)
{
	const struct tcam_state *from = tcam_next_element(loader, sizeof(*from));
	struct tcam *tcam = loader->tcam;
	struct tcam_rt_state *to = &tcam->states[i];

	to->first_entry = i ? to[-1].end_entry : 0;
	if (strnlen(from->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "state %u: name without an end", i);
	if (!check_type(loader, i, from) || !check_numbers(loader, i, from) ||
	    !check_ranges(loader, i, from))
		return false;
	to->type = le16_to_cpu(from->type);
	to->flags = le16_to_cpu(from->flags);
	to->depth = le16_to_cpu(from->depth);
	to->repeat = le16_to_cpu(from->repeat);
	to->need = le32_to_cpu(from->need);
	to->least = le32_to_cpu(from->least);
	to->length_add = le32_to_cpu(from->length_add);
	to->start = le32_to_cpu(from->start);
	to->from = le16_to_cpu(from->from);
	to->max = le16_to_cpu(from->max);
	to->first_term = le16_to_cpu(from->first_term);
	to->end_term = to->first_term + le16_to_cpu(from->num_terms);
	to->first_part = le16_to_cpu(from->first_part);
	to->end_part = to->first_part + le16_to_cpu(from->num_parts);
	to->first_rise = le16_to_cpu(from->first_rise);
	to->end_rise = to->first_rise + le16_to_cpu(from->num_rises);
	to->end_entry = to->first_entry + le16_to_cpu(from->num_entries);
	return true;
}

/* Whether no value of @bits times so much is too large */
static bool term_fits(u32 bits, s32 times)
{
	u64 factor = times < 0 ? -(s64)times : times;

	return times && bits && bits <= 32 &&
	       ((1ULL << bits) - 1) * factor <= TCAM_MAX_TERM;
}

bool tcam_load_term(struct tcam_loader *loader, u32 i)
{
	const struct tcam_term *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_term *to = &loader->tcam->terms[i];
	u32 bits = le32_to_cpu(from->bits);
	s32 times = le32_to_cpu(from->times);

	if (!term_fits(bits, times))
		return tcam_complain(loader,
				     "length term %u: %u bits * %d, must be up to %u",
				     i, bits, times, TCAM_MAX_TERM);
	to->offset = le32_to_cpu(from->offset);
	to->times = times;
	to->bits = bits;
	return true;
}

bool tcam_load_part(struct tcam_loader *loader, u32 i)
{
	const struct tcam_part *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_part *to = &loader->tcam->parts[i];
	u32 bits = le16_to_cpu(from->bits), type = le16_to_cpu(from->type);

	if (type >= TCAM_NUM_PARTS)
		return tcam_complain(loader, "key part %u: unknown type %u", i, type);
	if (!bits || bits > TCAM_MAX_KEY_BITS)
		return tcam_complain(loader, "key part %u: %u bits, must be 1 to %u",
				     i, bits, TCAM_MAX_KEY_BITS);
	to->offset = le32_to_cpu(from->offset);
	to->bits = bits;
	to->type = type;
	if (type == TCAM_PART_INPUT && (u64)to->offset + bits > 32)
		return tcam_complain(loader, "key part %u: inputs have 32 bits", i);
	return true;
}

bool tcam_load_rise(struct tcam_loader *loader, u32 i)
{
	const struct tcam_rise *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_rise *to = &loader->tcam->rises[i];
	u32 counter = le16_to_cpu(from->counter), by = le16_to_cpu(from->by);

	if (counter >= loader->tcam->num_counters)
		return tcam_complain(loader, "rise %u: counter %u of %u", i,
				     counter, loader->tcam->num_counters);
	if (!by || by > TCAM_MAX_COUNT + 1)
		return tcam_complain(loader, "rise %u: by %u, must be 1 to %u", i,
				     by, TCAM_MAX_COUNT + 1);
	to->counter = counter;
	to->by = by;
	return true;
}

static bool check_entry(struct tcam_loader *loader, u32 i,
			const struct tcam_entry *entry)
{
	u32 first = le16_to_cpu(entry->first_action);
	u32 num = le16_to_cpu(entry->num_actions);
	u32 flags = le16_to_cpu(entry->flags);
	u32 target = le16_to_cpu(entry->target);
	const struct tcam *tcam = loader->tcam;

	if (flags & ~TCAM_ENTRY_FLAGS)
		return tcam_complain(loader, "entry %u: unknown flags 0x%x", i,
				     flags & ~TCAM_ENTRY_FLAGS);
	if (flags & TCAM_ENTRY_STOP && target >= PARSE_NUM_VERDICTS)
		return tcam_complain(loader, "entry %u: unknown verdict %u", i,
				     target);
	if (!(flags & TCAM_ENTRY_STOP) && target >= tcam->num_states)
		return tcam_complain(loader, "entry %u: goes to state %u of %u", i,
				     target, tcam->num_states);
	if (num > TCAM_ENTRY_ACTIONS)
		return tcam_complain(loader, "entry %u: %u actions, at most %u",
				     i, num, TCAM_ENTRY_ACTIONS);
	if (first + num > tcam->num_actions)
		return tcam_complain(loader,
				     "entry %u: actions %u to %u, but there are %u",
				     i, first, first + num, tcam->num_actions);
	return true;
}

bool tcam_load_entry(struct tcam_loader *loader, u32 i)
{
	const struct tcam_entry *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_entry *to = &loader->tcam->entries[i];
	u32 half;

	for (half = 0; half < 2; half++) {
		to->value[half] = le64_to_cpu(from->value.half[half]);
		to->mask[half] = le64_to_cpu(from->mask.half[half]);
		if (to->value[half] & ~to->mask[half])
			return tcam_complain(loader, "entry %u: value outside its mask",
					     i);
	}
	if (!check_entry(loader, i, from))
		return false;
	to->flags = le16_to_cpu(from->flags);
	to->target = le16_to_cpu(from->target);
	to->skip = le16_to_cpu(from->skip);
	to->first_action = le16_to_cpu(from->first_action);
	to->num_actions = le16_to_cpu(from->num_actions);
	return true;
}
