// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Loading a TCAM program, element by element: each is right for itself, and
 * names only what is there.
 */
#include "tcam.h"

/* Elements @first on of another array, of which there are @available */
bool tcam_check_range(struct tcam_loader *loader, const char *whose, u32 i,
		      const char *what, u32 first, u32 num, u32 max,
		      u32 available)
{
	if (num > max)
		return tcam_complain(loader, "%s %u: %u %s, at most %u", whose,
				     i, num, what, max);
	if (first > available || num > available - first)
		return tcam_complain(loader,
				     "%s %u: %s %u to %llu, but there are %u",
				     whose, i, what, first,
				     (unsigned long long)first + num, available);
	return true;
}

/* Bits of the frame, wherever they are: each read looks for itself */
bool tcam_set_bits(struct tcam_loader *loader, const char *whose, u32 i,
		   s32 offset, u32 bits, u32 max, struct tcam_rt_bits *to)
{
	if (!bits || bits > max)
		return tcam_complain(loader, "%s %u: %u bits, must be 1 to %u",
				     whose, i, bits, max);
	if (offset < -TCAM_MAX_OFFSET || offset > TCAM_MAX_OFFSET)
		return tcam_complain(loader, "%s %u: bit %d, at most %u away",
				     whose, i, offset, TCAM_MAX_OFFSET);
	to->skip = offset & 7;
	to->byte = (offset - to->skip) / 8;
	to->bits = bits;
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

static bool load_length(struct tcam_loader *loader, const char *whose, u32 i,
			s32 add, u32 first, u32 num, struct tcam_rt_length *to)
{
	if (add > TCAM_MAX_LENGTH_ADD || add < -TCAM_MAX_LENGTH_ADD)
		return tcam_complain(loader, "%s %u: length %d, at most %u",
				     whose, i, add, TCAM_MAX_LENGTH_ADD);
	to->add = add;
	to->first_term = first;
	to->end_term = first + num;
	return tcam_check_range(loader, whose, i, "length terms", first, num,
				TCAM_VISIT_TERMS, loader->tcam->num_terms);
}

static bool check_visit(struct tcam_loader *loader, u32 i,
			const struct tcam_visit *visit)
{
	u32 flags = le16_to_cpu(visit->flags);
	u32 repeat = le16_to_cpu(visit->repeat);
	u32 need = le32_to_cpu(visit->need);

	if (strnlen(visit->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "visit %u: name without an end", i);
	if (flags & ~TCAM_VISIT_FLAGS)
		return tcam_complain(loader, "visit %u: unknown flags 0x%x", i,
				     flags & ~TCAM_VISIT_FLAGS);
	if (repeat != TCAM_NO_REPEAT && repeat >= loader->tcam->num_repeats)
		return tcam_complain(loader, "visit %u: repeat limit %u of %u",
				     i, repeat, loader->tcam->num_repeats);
	if (need > TCAM_MAX_NEED)
		return tcam_complain(loader,
				     "visit %u: needs %u bytes, at most %u", i,
				     need, TCAM_MAX_NEED);
	if (flags & TCAM_VISIT_REST && (visit->length_add || visit->num_terms))
		return tcam_complain(loader,
				     "visit %u: computes a length and takes the rest",
				     i);
	return tcam_check_range(loader, "visit", i, "rises",
				le16_to_cpu(visit->first_rise),
				le16_to_cpu(visit->num_rises),
				TCAM_VISIT_RISES, loader->tcam->num_rises);
}

bool tcam_load_visit(struct tcam_loader *loader, u32 i)
{
	const struct tcam_visit *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_visit *to = &loader->tcam->visits[i];

	if (!check_visit(loader, i, from) ||
	    !load_length(loader, "visit", i, le32_to_cpu(from->length_add),
			 le16_to_cpu(from->first_term),
			 le16_to_cpu(from->num_terms), &to->length))
		return false;
	to->need = le32_to_cpu(from->need);
	to->least = le32_to_cpu(from->least);
	to->flags = le16_to_cpu(from->flags);
	to->repeat = le16_to_cpu(from->repeat);
	to->first_rise = le16_to_cpu(from->first_rise);
	to->end_rise = to->first_rise + le16_to_cpu(from->num_rises);
	return true;
}

static bool check_area(struct tcam_loader *loader, u32 i,
		       const struct tcam_area *area)
{
	u32 flags = le16_to_cpu(area->flags), from = le16_to_cpu(area->from);
	u32 start = le32_to_cpu(area->start);

	if (flags & ~TCAM_AREA_FLAGS)
		return tcam_complain(loader, "area %u: unknown flags 0x%x", i,
				     flags & ~TCAM_AREA_FLAGS);
	if (from >= TCAM_NUM_FROMS)
		return tcam_complain(loader, "area %u: from unknown %u", i, from);
	if (start > TCAM_MAX_LENGTH_ADD)
		return tcam_complain(loader, "area %u: starts at %u, at most %u",
				     i, start, TCAM_MAX_LENGTH_ADD);
	if (start && from != TCAM_FROM_NODE)
		return tcam_complain(loader,
				     "area %u: starts %u bytes behind another area",
				     i, start);
	if (!(flags & TCAM_AREA_LENGTH) && (area->length_add || area->num_terms))
		return tcam_complain(loader,
				     "area %u: computes a length and has none",
				     i);
	return true;
}

bool tcam_load_area(struct tcam_loader *loader, u32 i)
{
	const struct tcam_area *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_area *to = &loader->tcam->areas[i];

	if (!check_area(loader, i, from) ||
	    !load_length(loader, "area", i, le32_to_cpu(from->length_add),
			 le16_to_cpu(from->first_term),
			 le16_to_cpu(from->num_terms), &to->length))
		return false;
	to->start = le32_to_cpu(from->start);
	to->flags = le16_to_cpu(from->flags);
	to->from = le16_to_cpu(from->from);
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
	to->times = times;
	return tcam_set_bits(loader, "length term", i,
			     le32_to_cpu(from->offset), bits, 32, &to->at);
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
