// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A state becomes part of those that lead to it, if that takes no more entries
 * and their keys have room: a TCAM can decide several things at once, also about
 * bytes that no check has seen yet. What is outside of the frame reads as 0, and
 * all entries that differ by such bits begin with the check that fails.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_pass.h"

struct fusing {
	struct tm_machine	*tm;
	uint32_t	target;		/* what is to become part of others */
	struct tm_state	*fused;		/* by state; no ways: does not lead to it */
	int64_t		gain;		/* entries, the target's own included */
	enum tcam_why	why;		/* why not */
};

static uint32_t extracts_of(const struct tm_machine *tm, uint32_t ops)
{
	uint32_t num = 0;

	for (uint32_t i = 0; i < tm->ops[ops].num; i++)
		num += tm->ops[ops].op[i].type < TCAM_COUNTER_INC;
	return num;
}

static bool ops_fit(const struct tm_machine *tm, uint32_t ops)
{
	return extracts_of(tm, ops) <= tm->device->extracts &&
	       tm->ops[ops].num <= TCAM_ENTRY_ACTIONS;
}

/* All ways of the target instead of the one that leads there */
static bool fuse_way(struct fusing *f, const struct tm_way *way,
		     struct tm_state *to)
{
	const struct tm_state *target = &f->tm->states[f->target];
	int64_t by;

	if (!tm_distance(f->tm, way->ops, target->depth, &by)) {
		f->why = TCAM_WHY_LENGTH;
		return false;
	}
	for (uint32_t i = 0; i < target->num_ways; i++) {
		const struct tm_way *next = &target->ways[i];
		uint32_t guard = bdd_and(f->tm->bdd, way->guard,
					 tm_shift(f->tm, next->guard, -by));
		uint32_t ops = tm_concat(f->tm, way->ops, next->ops);

		if (guard == BDD_FALSE)
			continue;
		if (!ops_fit(f->tm, ops)) {
			f->why = TCAM_WHY_EXTRACTS;
			return false;
		}
		tm_add_way(f->tm, to, guard, ops, next->target);
	}
	return true;
}

static bool fuse_state(struct fusing *f, uint32_t index)
{
	const struct tm_state *state = &f->tm->states[index];
	struct tm_state *to = &f->fused[index];

	if (index == f->target ||
	    state->depth != f->tm->states[f->target].depth) {
		f->why = TCAM_WHY_LOOP;
		return false;
	}
	*to = tm_copy(state);
	to->num_ways = 0;
	for (uint32_t i = 0; i < state->num_ways; i++) {
		const struct tm_way *way = &state->ways[i];

		if (!tm_leads_to(way, f->target))
			tm_add_way(f->tm, to, way->guard, way->ops,
				   way->target);
		else if (!fuse_way(f, way, to))
			return false;
	}
	if (!tm_place(f->tm, to, state->cursor)) {
		f->why = TCAM_WHY_KEY;
		return false;
	}
	/* Every way is an entry, or no match: quicker than to count them */
	f->why = TCAM_WHY_SHARED;
	if (to->num_ways > 1 + tm_cost(f->tm, state) +
			   tm_cost(f->tm, &f->tm->states[f->target]))
		return false;
	f->gain += (int64_t)tm_cost(f->tm, state) - tm_cost(f->tm, to);
	return true;
}

static void drop(struct fusing *f)
{
	for (uint32_t i = 0; i < f->tm->num_states; i++)
		tm_state_free(&f->fused[i]);
}

/* Whether all that lead to the target can do without, and what it gains */
static bool try_target(struct fusing *f, uint32_t target)
{
	struct tm_machine *tm = f->tm;
	struct tm_way *way;

	f->target = target;
	f->gain = tm_cost(tm, &tm->states[target]);
	if (tm->states[target].loop || !tm->states[target].num_ways) {
		f->why = TCAM_WHY_LOOP;
		return false;
	}
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));) {
		if (!tm_leads_to(way, target))
			continue;
		f->why = TCAM_WHY_START;
		if (e.state == UINT32_MAX)
			return false;
		f->why = TCAM_WHY_LOOP;
		if (tm->states[e.state].loop &&
		    (way == &tm->states[e.state].end ||
		     way == &tm->states[e.state].exceeded))
			return false;
		if (!f->fused[e.state].num_ways && !fuse_state(f, e.state))
			return false;
	}
	f->why = TCAM_WHY_SHARED;
	return f->gain >= 0;
}

static void swap_states(struct fusing *f)
{
	for (uint32_t i = 0; i < f->tm->num_states; i++) {
		struct tm_state old = f->tm->states[i];

		if (!f->fused[i].num_ways)
			continue;
		f->tm->states[i] = f->fused[i];
		f->fused[i] = old;
	}
}

static bool apply(struct fusing *f)
{
	struct tm_state *target = &f->tm->states[f->target];
	uint32_t num = target->num_ways;

	swap_states(f);
	target->num_ways = 0;
	if (tm_cursor_fit(f->tm)) {
		drop(f);
		return true;
	}
	target->num_ways = num;
	swap_states(f);
	tm_cursor_fit(f->tm);		/* as before */
	f->why = TCAM_WHY_KEY;
	return false;
}

/* From a state that only goes on to another one, ways lead there themselves */
static bool pass_by(struct tm_machine *tm, uint32_t index)
{
	struct tm_state *state = &tm->states[index];
	struct tm_way only, *way, **changed = NULL;
	uint32_t num = 0;
	bool good;

	if (state->loop || state->num_ways != 1)
		return false;
	only = state->ways[0];
	if (only.ops || only.target.stop || tm_leads_to(&only, index))
		return false;
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));) {
		if (!tm_leads_to(way, index))
			continue;
		changed = xrealloc(changed, (num + 1) * sizeof(*changed));
		changed[num++] = way;
		way->target = only.target;
	}
	state->num_ways = 0;
	good = tm_cursor_fit(tm);
	for (uint32_t i = 0; i < num && !good; i++)
		changed[i]->target.index = index;
	if (!good) {
		state->num_ways = 1;
		tm_cursor_fit(tm);	/* as before */
	}
	free(changed);
	return good;
}

/* All that gain at least so many entries; false: none does */
static bool sweep(struct fusing *f, int64_t gain)
{
	bool fused = false;

	for (uint32_t i = 0; i < f->tm->num_states; i++) {
		if (!f->tm->states[i].num_ways)
			continue;
		if (pass_by(f->tm, i)) {
			fused = true;
			continue;
		}
		if (try_target(f, i) && f->gain >= gain &&
		    apply(f)) {
			fused = true;
			continue;
		}
		f->tm->states[i].why = f->why;
		drop(f);
	}
	return fused;
}

/**
 * tm_fuse() - make states part of those before them
 * @tm: machine; every state that remains says why
 *
 * Return: whether any did.
 */
bool tm_fuse(struct tm_machine *tm)
{
	struct fusing f = { .tm = tm };
	bool fused = false;

	f.fused = xcalloc(tm->num_states + 1, sizeof(*f.fused));
	while (sweep(&f, 1) || sweep(&f, 0))
		fused = true;
	free(f.fused);
	if (fused)
		tm_sweep(tm);
	return fused;
}
