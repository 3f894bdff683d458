// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What must hold between the arrays of a TCAM program: bits lie inside the
 * header that they are read from, and every parse ends.
 */
#include "tcam.h"

static bool in_header(const struct tcam_rt_state *state, u32 offset, u32 bits)
{
	return (u64)offset + bits <= (u64)state->need * 8;
}

static bool check_terms_and_key(struct tcam_loader *loader, u32 s)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s];
	u32 i, bits = 0;

	for (i = state->first_term; i < state->end_term; i++)
		if (!in_header(state, tcam->terms[i].offset,
			       tcam->terms[i].bits))
			return tcam_complain(loader,
					     "state %u: length term %u past its %u bytes",
					     s, i, state->need);
	for (i = state->first_part; i < state->end_part; i++) {
		bits += tcam->parts[i].bits;
		if (tcam->parts[i].type == TCAM_PART_FIELD &&
		    !in_header(state, tcam->parts[i].offset,
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

static bool check_entry(struct tcam_loader *loader, u32 s, u32 e)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state = &tcam->states[s], *next;
	const struct tcam_rt_entry *entry = &tcam->entries[e];
	u32 i;

	for (i = entry->first_extract; i < entry->end_extract; i++)
		if (tcam->extracts[i].type == TCAM_EXTRACT_FIELD &&
		    !in_header(state, tcam->extracts[i].offset,
			       tcam->extracts[i].bits))
			return tcam_complain(loader,
					     "state %u: extract %u past its %u bytes",
					     s, i, state->need);

	if (entry->flags & TCAM_ENTRY_STOP)
		return true;
	next = &tcam->states[entry->target];
	if (next->flags & TCAM_STATE_HOLD &&
	    (entry->flags & TCAM_ENTRY_ADVANCE || next->need != state->need ||
	     next->length_add != state->length_add))
		return tcam_complain(loader,
				     "state %u: entry %u goes to state %u, which holds another header",
				     s, e, entry->target);
	return true;
}

static bool check_program(struct tcam_loader *loader)
{
	const struct tcam *tcam = loader->tcam;
	u32 s, e;

	if (tcam->start >= tcam->num_states)
		return tcam_complain(loader, "starts in state %u of %u", tcam->start,
				     tcam->num_states);
	if (tcam->states[tcam->start].flags & TCAM_STATE_HOLD)
		return tcam_complain(loader, "starts in state %u, which holds",
				     tcam->start);
	for (s = 0; s < tcam->num_states; s++) {
		if (!check_terms_and_key(loader, s))
			return false;
		for (e = tcam->states[s].first_entry;
		     e < tcam->states[s].end_entry; e++)
			if (!check_entry(loader, s, e))
				return false;
	}
	return true;
}

/* Whether @entry of @state can lead to a state without moving ahead. A length
 * is never below @need nor below @length_add, and a holding state, which keeps
 * its predecessor's length, has the same of both.
 */
static bool stands_still(const struct tcam_rt_state *state,
			 const struct tcam_rt_entry *entry)
{
	if (entry->flags & TCAM_ENTRY_STOP)
		return false;
	return !(entry->flags & TCAM_ENTRY_ADVANCE) ||
	       (!state->need && !state->length_add);
}

/* Takes away states that no standing entry leads to until none is left: what
 * cannot be taken away is on a cycle, or behind one, that stands still.
 */
static bool check_termination(struct tcam_loader *loader)
{
	const struct tcam *tcam = loader->tcam;
	const struct tcam_rt_state *state;
	u32 s, e, head = 0, tail = 0;
	u32 *edges, *queue;

	edges = kvcalloc(2 * tcam->num_states, sizeof(*edges), GFP_KERNEL);
	if (!edges)
		return tcam_complain(loader, "out of memory");
	queue = edges + tcam->num_states;

	for (s = 0; s < tcam->num_states; s++) {
		state = &tcam->states[s];
		for (e = state->first_entry; e < state->end_entry; e++)
			if (stands_still(state, &tcam->entries[e]))
				edges[tcam->entries[e].target]++;
	}
	for (s = 0; s < tcam->num_states; s++)
		if (!edges[s])
			queue[tail++] = s;
	while (head < tail) {
		state = &tcam->states[queue[head++]];
		for (e = state->first_entry; e < state->end_entry; e++)
			if (stands_still(state, &tcam->entries[e]) &&
			    !--edges[tcam->entries[e].target])
				queue[tail++] = tcam->entries[e].target;
	}
	kvfree(edges);
	if (tail < tcam->num_states)
		return tcam_complain(loader,
				     "a cycle of states never moves ahead");
	return true;
}

/**
 * tcam_check() - check a program as a whole
 * @loader: its arrays are loaded, and each element for itself is right
 *
 * Return: whether it can be run; if not, it has complained.
 */
bool tcam_check(struct tcam_loader *loader)
{
	return check_program(loader) && check_termination(loader);
}
