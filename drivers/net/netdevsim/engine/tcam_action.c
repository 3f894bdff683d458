// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Loading a TCAM program: actions, which have what their type uses and nothing
 * else, and whose values fit where they are written.
 */
#include "tcam.h"

/* Members of struct tcam_action */
#define USES_DEPTH	0x01
#define USES_OUTPUT	0x02		/* and an index */
#define USES_WHICH	0x04
#define USES_BITS	0x08		/* and an offset */
#define USES_VALUE	0x10
#define USES_COUNTER	0x20

static const u8 uses[TCAM_NUM_ACTIONS] = {
	[TCAM_EXTRACT_FIELD]	= USES_OUTPUT | USES_DEPTH | USES_BITS,
	[TCAM_EXTRACT_CONST]	= USES_OUTPUT | USES_VALUE,
	[TCAM_EXTRACT_START]	= USES_OUTPUT | USES_DEPTH | USES_VALUE,
	[TCAM_EXTRACT_END]	= USES_OUTPUT | USES_DEPTH,
	[TCAM_EXTRACT_LENGTH]	= USES_OUTPUT | USES_DEPTH,
	[TCAM_EXTRACT_COUNTER]	= USES_OUTPUT | USES_COUNTER,
	[TCAM_EXTRACT_NODES]	= USES_OUTPUT,
	[TCAM_EXTRACT_ENCAPS]	= USES_OUTPUT,
	[TCAM_COUNTER_INC]	= USES_COUNTER,
	[TCAM_COUNTER_RESET]	= USES_COUNTER,
	[TCAM_VISIT]		= USES_DEPTH | USES_WHICH,
	[TCAM_LENGTH]		= USES_DEPTH | USES_VALUE,
	[TCAM_OPEN]		= USES_DEPTH | USES_WHICH,
	[TCAM_ADVANCE]		= USES_DEPTH,
	[TCAM_SKIP]		= USES_DEPTH | USES_VALUE,
};

/* Whether a constant has no more bits than its output */
static bool value_fits(const u64 value[2], u32 bits)
{
	if (bits >= 128)
		return true;
	if (bits >= 64)
		return !(value[0] >> (bits - 64));
	return !value[0] && !(value[1] >> bits);
}

/* Of what is written to one place of @room bits */
static bool check_room(struct tcam_loader *loader, u32 i,
		       const struct tcam_rt_action *action, u32 room)
{
	switch (action->type) {
	case TCAM_EXTRACT_FIELD:
		if (action->at.bits > room)
			return tcam_complain(loader, "action %u: %u bits into %u",
					     i, action->at.bits, room);
		break;
	case TCAM_EXTRACT_CONST:
		if (!value_fits(action->value, room))
			return tcam_complain(loader, "action %u: constant over %u bits",
					     i, room);
		break;
	case TCAM_EXTRACT_COUNTER:
	case TCAM_EXTRACT_NODES:
	case TCAM_EXTRACT_ENCAPS:
		if (room < 8)
			return tcam_complain(loader, "action %u: a count into %u bits",
					     i, room);
		break;
	default:
		if (room < 16)
			return tcam_complain(loader, "action %u: an offset into %u bits",
					     i, room);
		break;
	}
	return true;
}

static bool check_output(struct tcam_loader *loader, u32 i,
			 const struct tcam_rt_action *action, u32 first, u32 num)
{
	const struct tcam *tcam = loader->tcam;
	u32 output;

	if (first + num > tcam->num_outputs)
		return tcam_complain(loader, "action %u: outputs %u to %u of %u",
				     i, first, first + num, tcam->num_outputs);
	for (output = first; output < first + num; output++)
		if (!check_room(loader, i, action, tcam->outputs[output].bits))
			return false;
	return true;
}

/* What an action does not use is 0, so that equal ones are equal bytes */
static bool check_unused(struct tcam_loader *loader, u32 i,
			 const struct tcam_action *a)
{
	u32 used = uses[le16_to_cpu(a->type)];
	u32 index = le16_to_cpu(a->index);
	const char *what = NULL;

	if (!(used & USES_DEPTH) && a->depth)
		what = "depth";
	else if (!(used & USES_OUTPUT) && (a->output || a->index))
		what = "output";
	else if (!(used & USES_WHICH) && a->which)
		what = "visit or area";
	else if (!(used & USES_BITS) && (a->offset || a->bits))
		what = "field";
	else if (!(used & USES_VALUE) && (a->value.half[0] || a->value.half[1]))
		what = "value";
	else if (!(used & USES_COUNTER) && a->counter)
		what = "counter";
	else if (index != TCAM_INDEX_COUNTER && a->index_counter)
		what = "counter of an index";
	else if (index == TCAM_INDEX_NONE && (a->num || a->last))
		what = "array";
	if (what)
		return tcam_complain(loader, "action %u: type %u has no %s", i,
				     le16_to_cpu(a->type), what);
	return true;
}

static bool check_counter(struct tcam_loader *loader, u32 i, u32 counter)
{
	if (counter >= loader->tcam->num_counters)
		return tcam_complain(loader, "action %u: counter %u of %u", i,
				     counter, loader->tcam->num_counters);
	return true;
}

static bool check_value(struct tcam_loader *loader, u32 i,
			const struct tcam_action *from, u64 max)
{
	u64 value = le64_to_cpu(from->value.half[1]);

	if (from->value.half[0] || value > max)
		return tcam_complain(loader, "action %u: %llu bytes, at most %llu",
				     i, (unsigned long long)value,
				     (unsigned long long)max);
	return true;
}

static bool check_which(struct tcam_loader *loader, u32 i,
			const struct tcam_action *from)
{
	const struct tcam *tcam = loader->tcam;
	u32 which = le16_to_cpu(from->which), depth = le16_to_cpu(from->depth);
	bool open = le16_to_cpu(from->type) == TCAM_OPEN;
	u32 num = open ? tcam->num_areas : tcam->num_visits;

	if (which >= num)
		return tcam_complain(loader, "action %u: %s %u of %u", i,
				     open ? "area" : "visit", which, num);
	if (open && depth == TCAM_MAX_DEPTH - 1)
		return tcam_complain(loader,
				     "action %u: opens an area of depth %u of %u",
				     i, depth + 1, TCAM_MAX_DEPTH);
	return true;
}

static bool check_by_type(struct tcam_loader *loader, u32 i,
			  const struct tcam_action *from)
{
	switch (le16_to_cpu(from->type)) {
	case TCAM_EXTRACT_START:
		return check_value(loader, i, from, TCAM_MAX_NEED);
	case TCAM_LENGTH:
	case TCAM_SKIP:
		return check_value(loader, i, from, TCAM_MAX_LENGTH_ADD);
	case TCAM_EXTRACT_COUNTER:
	case TCAM_COUNTER_INC:
	case TCAM_COUNTER_RESET:
		return check_counter(loader, i, le16_to_cpu(from->counter));
	case TCAM_VISIT:
	case TCAM_OPEN:
		return check_which(loader, i, from);
	default:
		return true;
	}
}

static bool check_index(struct tcam_loader *loader, u32 i,
			const struct tcam_action *from)
{
	u32 index = le16_to_cpu(from->index), num = le16_to_cpu(from->num);

	if (index >= TCAM_NUM_INDEXES)
		return tcam_complain(loader, "action %u: unknown index %u", i,
				     index);
	if (index == TCAM_INDEX_COUNTER &&
	    !check_counter(loader, i, le16_to_cpu(from->index_counter)))
		return false;
	if (index != TCAM_INDEX_NONE && (!num || num > PARSE_MAX_OUTPUTS))
		return tcam_complain(loader,
				     "action %u: an array of %u, must be 1 to %u",
				     i, num, PARSE_MAX_OUTPUTS);
	if (le16_to_cpu(from->last) > 1)
		return tcam_complain(loader, "action %u: last %u, must be 0 or 1",
				     i, le16_to_cpu(from->last));
	return true;
}

static bool check_action(struct tcam_loader *loader, u32 i,
			 const struct tcam_action *from)
{
	u32 type = le16_to_cpu(from->type), depth = le16_to_cpu(from->depth);

	if (type >= TCAM_NUM_ACTIONS)
		return tcam_complain(loader, "action %u: unknown type %u", i,
				     type);
	if (depth >= TCAM_MAX_DEPTH)
		return tcam_complain(loader, "action %u: depth %u of %u", i,
				     depth, TCAM_MAX_DEPTH);
	return check_unused(loader, i, from) && check_by_type(loader, i, from) &&
	       check_index(loader, i, from);
}

bool tcam_load_action(struct tcam_loader *loader, u32 i)
{
	const struct tcam_action *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_action *to = &loader->tcam->actions[i];
	u32 output = le16_to_cpu(from->output);

	if (!check_action(loader, i, from))
		return false;
	to->type = le16_to_cpu(from->type);
	to->depth = le16_to_cpu(from->depth);
	to->which = le16_to_cpu(from->which);
	to->value[0] = le64_to_cpu(from->value.half[0]);
	to->value[1] = le64_to_cpu(from->value.half[1]);
	to->counter = le16_to_cpu(from->counter);
	to->index = le16_to_cpu(from->index);
	to->index_counter = le16_to_cpu(from->index_counter);
	to->num = le16_to_cpu(from->num);
	to->last = le16_to_cpu(from->last);
	to->output = output;
	if (uses[to->type] & USES_BITS &&
	    !tcam_set_bits(loader, "action", i, le32_to_cpu(from->offset),
			   le32_to_cpu(from->bits), PARSE_VALUE_BYTES * 8,
			   &to->at))
		return false;
	return !(uses[to->type] & USES_OUTPUT) ||
	       check_output(loader, i, to, output,
			    to->index == TCAM_INDEX_NONE ? 1 : to->num);
}
