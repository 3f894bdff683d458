// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What must hold between the arrays of a TCAM program: bits lie inside the
 * bytes that their state checks, and the states are in an order in which every
 * parse ends.
 */
#include "tcam.h"

static bool is_checked(const struct tcam_rt_state *state, u32 offset, u32 bits)
{
	return (u64)offset + bits <= (u64)state->need * 8;
}

static bool check_terms_and_key(struct tcam_loader *loader, u32 s)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s];
	u32 i, bits = 0;

	for (i = state->first_term; i < state->end_term; i++)
		if (!is_checked(state, tcam->terms[i].offset,
				tcam->terms[i].bits))
			return tcam_complain(loader,
					     "state %u: length term %u past its %u bytes",
					     s, i, state->need);
	for (i = state->first_part; i < state->end_part; i++) {
		bits += tcam->parts[i].bits;
		if (tcam->parts[i].type == TCAM_PART_FIELD &&
		    !is_checked(state, tcam->parts[i].offset,
				tcam->parts[i].bits))
			return tcam_complain(loader,
					     "state %u: key part %u past its %u bytes",
					     s, i, state->need);
	}
	if (bits > TCAM_MAX_KEY_BITS)
		return tcam_complain(loader, "state %u: key of %u bits, at most %u",
				     s, bits, TCAM_MAX_KEY_BITS);
	return true;
}

/* The first two entries of a LOOP are taken before it checks its bytes */
static bool check_actions(struct tcam_loader *loader, u32 s, u32 e)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s];
	const struct tcam_rt_entry *entry = &tcam->entries[e];
	u32 need = state->need;
	u32 i;

	if (state->type == TCAM_STATE_LOOP && e < state->first_entry + 2U)
		need = 0;
	for (i = entry->first_action;
	     i < entry->first_action + entry->num_actions; i++) {
		const struct tcam_rt_action *action = &tcam->actions[i];

		if (action->type == TCAM_EXTRACT_FIELD &&
		    (u64)action->offset + action->bits > (u64)need * 8)
			return tcam_complain(loader,
					     "state %u: action %u past its %u bytes",
					     s, i, need);
	}
	return true;
}

/* The rule of tcam_format.h: see the top of tcam.c for what it is good for */
static bool check_order(struct tcam_loader *loader, u32 s, u32 e)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s];
	const struct tcam_rt_entry *entry = &tcam->entries[e];
	u32 i;

	if (entry->flags & TCAM_ENTRY_STOP || entry->target > s)
		return true;
	if (!(entry->flags & TCAM_ENTRY_ADVANCE) || !state->least)
		return tcam_complain(loader,
				     "state %u: entry %u goes back to state %u and does not advance",
				     s, e, entry->target);
	for (i = entry->target; i < s; i++)
		if (tcam->states[i].depth < state->depth)
			return tcam_complain(loader,
					     "state %u: entry %u goes back over state %u, which is at depth %u",
					     s, e, i, tcam->states[i].depth);
	return true;
}

static bool check_entry(struct tcam_loader *loader, u32 s, u32 e)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s];
	const struct tcam_rt_entry *entry = &tcam->entries[e];

	if (entry->flags & TCAM_ENTRY_ADVANCE && state->type == TCAM_STATE_LOOP)
		return tcam_complain(loader,
				     "state %u: entry %u advances, but no node was visited",
				     s, e);
	if (entry->skip && state->depth == TCAM_MAX_DEPTH - 1)
		return tcam_complain(loader,
				     "state %u: entry %u skips at depth %u of %u",
				     s, e, state->depth + 1, TCAM_MAX_DEPTH);
	return check_actions(loader, s, e) && check_order(loader, s, e);
}

static bool check_start(struct tcam_loader *loader)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *start;

	if (tcam->start >= tcam->num_states)
		return tcam_complain(loader, "starts in state %u of %u", tcam->start,
				     tcam->num_states);
	start = &tcam->states[tcam->start];
	if (start->type != TCAM_STATE_VISIT || start->depth)
		return tcam_complain(loader,
				     "starts in state %u, which is no visit at depth 0",
				     tcam->start);
	return true;
}

/* How many sets of registers a state reaches */
static u32 count_depths(const struct tcam *tcam,
			const struct tcam_rt_state *state)
{
	u32 e;

	if (state->type == TCAM_STATE_OPEN)
		return state->depth + 2;
	for (e = state->first_entry; e < state->end_entry; e++)
		if (tcam->entries[e].skip)
			return state->depth + 2;
	return state->depth + 1;
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
	u32 s, e;

	if (!check_start(loader))
		return false;
	for (s = 0; s < tcam->num_states; s++) {
		const struct tcam_rt_state *state = &tcam->states[s];

		if (!check_terms_and_key(loader, s))
			return false;
		for (e = state->first_entry; e < state->end_entry; e++)
			if (!check_entry(loader, s, e))
				return false;
		tcam->depths = max_t(u32, tcam->depths,
				     count_depths(tcam, state));
	}
	return true;
}
