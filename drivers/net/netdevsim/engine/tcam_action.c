// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Loading a TCAM program: actions, whose values fit where they are written. */
#include "tcam.h"

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
		if (action->bits > room)
			return tcam_complain(loader, "action %u: %u bits into %u",
					     i, action->bits, room);
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

static bool check_counter(struct tcam_loader *loader, u32 i, u32 counter)
{
	if (counter >= loader->tcam->num_counters)
		return tcam_complain(loader, "action %u: counter %u of %u", i,
				     counter, loader->tcam->num_counters);
	return true;
}

static bool check_value(struct tcam_loader *loader, u32 i,
			const struct tcam_action *from)
{
	u32 type = le16_to_cpu(from->type), bits = le32_to_cpu(from->bits);

	switch (type) {
	case TCAM_EXTRACT_FIELD:
		if (!bits || bits > PARSE_VALUE_BYTES * 8)
			return tcam_complain(loader,
					     "action %u: %u bits, must be 1 to %u",
					     i, bits, PARSE_VALUE_BYTES * 8);
		return true;
	case TCAM_EXTRACT_START:
		if (le64_to_cpu(from->value.half[1]) > TCAM_MAX_NEED)
			return tcam_complain(loader,
					     "action %u: offset of a byte behind %u",
					     i, TCAM_MAX_NEED);
		return true;
	case TCAM_EXTRACT_COUNTER:
	case TCAM_COUNTER_INC:
	case TCAM_COUNTER_RESET:
		return check_counter(loader, i, le16_to_cpu(from->counter));
	default:
		if (type >= TCAM_NUM_ACTIONS)
			return tcam_complain(loader, "action %u: unknown type %u",
					     i, type);
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
	return true;
}

bool tcam_load_action(struct tcam_loader *loader, u32 i)
{
	const struct tcam_action *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_action *to = &loader->tcam->actions[i];
	u32 output = le16_to_cpu(from->output);

	if (!check_value(loader, i, from) || !check_index(loader, i, from))
		return false;
	to->type = le16_to_cpu(from->type);
	to->offset = le32_to_cpu(from->offset);
	to->bits = le32_to_cpu(from->bits);
	to->value[0] = le64_to_cpu(from->value.half[0]);
	to->value[1] = le64_to_cpu(from->value.half[1]);
	to->counter = le16_to_cpu(from->counter);
	to->index = le16_to_cpu(from->index);
	to->index_counter = le16_to_cpu(from->index_counter);
	to->num = le16_to_cpu(from->num);
	to->last = !!le16_to_cpu(from->last);
	to->output = output;
	if (to->type == TCAM_COUNTER_INC || to->type == TCAM_COUNTER_RESET)
		return true;
	return check_output(loader, i, to, output,
			    to->index == TCAM_INDEX_NONE ? 1 : to->num);
}
