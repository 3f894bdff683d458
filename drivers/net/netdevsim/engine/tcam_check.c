// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Loading a TCAM program: states, their keys and entries. A program needs no
 * more than that each index is inside of its array: every read of the frame is
 * checked when it is made, and the engine counts its steps.
 */
#include "tcam.h"

static bool check_loop(struct tcam_loader *loader, u32 i,
		       const struct tcam_state *state)
{
	u32 max = le16_to_cpu(state->max), need = le32_to_cpu(state->need);

	if (!le16_to_cpu(state->depth))
		return tcam_complain(loader, "state %u: loops outside of areas",
				     i);
	if (!max || max > TCAM_MAX_COUNT)
		return tcam_complain(loader,
				     "state %u: %u elements, must be 1 to %u", i,
				     max, TCAM_MAX_COUNT);
	if (need > TCAM_MAX_NEED)
		return tcam_complain(loader, "state %u: needs %u bytes, at most %u",
				     i, need, TCAM_MAX_NEED);
	if (le16_to_cpu(state->num_entries) < 2)
		return tcam_complain(loader,
				     "state %u: a loop of %u entries, must be 2 or more",
				     i, le16_to_cpu(state->num_entries));
	return true;
}

static bool check_state(struct tcam_loader *loader, u32 i,
			const struct tcam_state *state)
{
	u32 flags = le16_to_cpu(state->flags);
	u32 depth = le16_to_cpu(state->depth);
	u32 first = loader->tcam->states[i].first_entry;

	if (strnlen(state->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "state %u: name without an end", i);
	if (flags & ~TCAM_STATE_FLAGS)
		return tcam_complain(loader, "state %u: unknown flags 0x%x", i,
				     flags & ~TCAM_STATE_FLAGS);
	if (depth >= TCAM_MAX_DEPTH)
		return tcam_complain(loader, "state %u: depth %u of %u", i, depth,
				     TCAM_MAX_DEPTH);
	if (le16_to_cpu(state->why) >= TCAM_NUM_WHYS)
		return tcam_complain(loader, "state %u: unknown why %u", i,
				     le16_to_cpu(state->why));
	if (le16_to_cpu(state->first_entry) != first)
		return tcam_complain(loader,
				     "state %u: entries from %u on, must be %u",
				     i, le16_to_cpu(state->first_entry), first);
	if (flags & TCAM_STATE_LOOP)
		return check_loop(loader, i, state);
	if (state->max || state->need)
		return tcam_complain(loader,
				     "state %u: %u elements of %u bytes without a loop",
				     i, le16_to_cpu(state->max),
				     le32_to_cpu(state->need));
	return true;
}

bool tcam_load_state(struct tcam_loader *loader, u32 i)
{
	const struct tcam_state *from = tcam_next_element(loader, sizeof(*from));
	struct tcam *tcam = loader->tcam;
	struct tcam_rt_state *to = &tcam->states[i];
	u32 parts = le16_to_cpu(from->num_parts);
	u32 entries = le16_to_cpu(from->num_entries);

	to->first_entry = i ? to[-1].end_entry : 0;
	to->first_part = le16_to_cpu(from->first_part);
	if (!check_state(loader, i, from) ||
	    !tcam_check_range(loader, "state", i, "key parts", to->first_part,
			      parts, TCAM_STATE_PARTS, tcam->num_parts) ||
	    !tcam_check_range(loader, "state", i, "entries", to->first_entry,
			      entries, TCAM_MAX_ENTRIES, tcam->num_entries))
		return false;
	to->end_part = to->first_part + parts;
	to->end_entry = to->first_entry + entries;
	to->loop = le16_to_cpu(from->flags) & TCAM_STATE_LOOP;
	to->depth = le16_to_cpu(from->depth);
	to->max = le16_to_cpu(from->max);
	to->need = le32_to_cpu(from->need);
	return true;
}

bool tcam_load_part(struct tcam_loader *loader, u32 i)
{
	const struct tcam_part *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_part *to = &loader->tcam->parts[i];
	u32 bits = le16_to_cpu(from->bits), type = le16_to_cpu(from->type);
	u32 offset = le32_to_cpu(from->offset);

	if (type >= TCAM_NUM_PARTS)
		return tcam_complain(loader, "key part %u: unknown type %u", i, type);
	to->type = type;
	if (type == TCAM_PART_FIELD)
		return tcam_set_bits(loader, "key part", i, offset, bits,
				     TCAM_MAX_KEY_BITS, &to->at);
	if (!bits || bits > 32 || offset > 32 - bits)
		return tcam_complain(loader,
				     "key part %u: %u inputs from %u on, there are 32",
				     i, bits, offset);
	to->at.byte = offset;
	to->at.bits = bits;
	return true;
}

bool tcam_load_entry(struct tcam_loader *loader, u32 i)
{
	const struct tcam_entry *from = tcam_next_element(loader, sizeof(*from));
	struct tcam_rt_entry *to = &loader->tcam->entries[i];
	u32 flags = le16_to_cpu(from->flags), half;

	for (half = 0; half < 2; half++) {
		to->value[half] = le64_to_cpu(from->value.half[half]);
		to->mask[half] = le64_to_cpu(from->mask.half[half]);
		if (to->value[half] & ~to->mask[half])
			return tcam_complain(loader, "entry %u: value outside its mask",
					     i);
	}
	to->stop = flags & TCAM_ENTRY_STOP;
	to->target = le16_to_cpu(from->target);
	to->first_action = le32_to_cpu(from->first_action);
	to->num_actions = le16_to_cpu(from->num_actions);
	if (flags & ~TCAM_ENTRY_FLAGS)
		return tcam_complain(loader, "entry %u: unknown flags 0x%x", i,
				     flags & ~TCAM_ENTRY_FLAGS);
	if (to->stop && to->target >= PARSE_NUM_VERDICTS)
		return tcam_complain(loader, "entry %u: unknown verdict %u", i,
				     to->target);
	if (!to->stop && to->target >= loader->tcam->num_states)
		return tcam_complain(loader, "entry %u: goes to state %u of %u", i,
				     to->target, loader->tcam->num_states);
	return tcam_check_range(loader, "entry", i, "actions", to->first_action,
				to->num_actions, TCAM_ENTRY_ACTIONS,
				loader->tcam->num_actions);
}

/* ---- the whole ------------------------------------------------------------- */

static bool check_start(struct tcam_loader *loader)
{
	const struct tcam *tcam = loader->tcam;

	if (tcam->start >= tcam->num_states)
		return tcam_complain(loader, "starts in state %u of %u", tcam->start,
				     tcam->num_states);
	return tcam_check_range(loader, "start", tcam->start, "actions",
				tcam->start_action, tcam->start_actions,
				TCAM_ENTRY_ACTIONS, tcam->num_actions);
}

static bool check_key(struct tcam_loader *loader, u32 s)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s];
	u32 i, bits = 0;

	for (i = state->first_part; i < state->end_part; i++)
		bits += tcam->parts[i].at.bits;
	if (bits > TCAM_MAX_KEY_BITS)
		return tcam_complain(loader, "state %u: key of %u bits, at most %u",
				     s, bits, TCAM_MAX_KEY_BITS);
	return true;
}

/* How many sets of registers there are to clear */
static u32 count_depths(const struct tcam *tcam)
{
	u32 depth = 0, i;

	for (i = 0; i < tcam->num_states; i++)
		depth = max_t(u32, depth, tcam->states[i].depth);
	for (i = 0; i < tcam->num_actions; i++)
		depth = max_t(u32, depth, tcam->actions[i].depth +
				   (tcam->actions[i].type == TCAM_OPEN));
	return depth + 1;
}

/**
 * tcam_check() - check a program as a whole
 * @loader: its arrays are loaded, and each element for itself is right
 *
 * Return: whether it can be run; if not, it has complained.
 */
bool tcam_check(struct tcam_loader *loader)
{
	struct tcam *tcam = loader->tcam;
	u32 s;

	if (!check_start(loader))
		return false;
	for (s = 0; s < tcam->num_states; s++)
		if (!check_key(loader, s))
			return false;
	tcam->depths = count_depths(tcam);
	return true;
}
