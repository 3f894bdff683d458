// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Targets that count lookups from a cursor which only moves forward, apart from
 * the headers: what lies before it is gone. Where it has to be in each state
 * follows from the states before; every state has it as far back as it can.
 */
#include <stdlib.h>

#include "tm_pass.h"

#define NOT_YET		INT32_MIN

int32_t tm_first_byte(const struct tm_machine *tm, const struct tm_state *state,
		      int32_t otherwise)
{
	struct bdd_vars vars = {};
	uint32_t inputs = 0;

	tm_support(tm, state, &vars);
	while (inputs < vars.num && vars.var[inputs] < TM_INPUT(32))
		inputs++;
	if (inputs < vars.num)
		otherwise = ((int32_t)vars.var[inputs] -
			     (int32_t)TM_BIT(0)) >> 3;
	free(vars.var);
	return otherwise;
}

bool tm_place(struct tm_machine *tm, struct tm_state *state, int32_t from)
{
	int32_t last = tm_first_byte(tm, state, from);
	struct tm_key key;

	if (!tm->device->cursor)
		return tm_key_fit(tm, state, &key);
	for (state->cursor = from; state->cursor <= last; state->cursor++)
		if (tm_key_fit(tm, state, &key))
			return true;
	return false;
}

struct cursors {
	struct tm_machine		*tm;
	bool			say;	/* why it does not fit */
	bool			changed;
};

static bool wrong(const struct cursors *c, char *what)
{
	if (c->say)
		diag_error(c->tm->path, 0, NULL, "%s", what);
	free(what);
	return false;
}

/* Where the cursor is at least, behind @way of a state */
static bool follow(struct cursors *c, int32_t cursor, const struct tm_way *way)
{
	struct tm_machine *tm = c->tm;
	struct tm_state *state;
	int64_t by;

	if (way->target.stop)
		return true;
	state = &tm->states[way->target.index];
	if (!tm_distance(tm, way->ops, state->depth, &by))
		return wrong(c, xasprintf("where state '%s' is takes computing, target '%s' has a cursor that only counts",
					  state->name, tm->device->name));
	if (state->cursor != NOT_YET && state->cursor >= cursor - by)
		return true;
	c->changed = true;
	if (tm_place(tm, state, cursor - by))
		return true;
	return wrong(c, xasprintf("state '%s' looks back or too far ahead: target '%s' has its cursor at byte %lld of the header or later",
				  state->name, tm->device->name,
				  (long long)(cursor - by)));
}

static bool advances(const struct cursors *c, int32_t cursor,
		     const struct tm_way *way)
{
	const struct tm_machine *tm = c->tm;
	const struct tm_state *state;
	int64_t by;

	if (way->target.stop)
		return true;
	state = &tm->states[way->target.index];
	tm_distance(tm, way->ops, state->depth, &by);
	by += state->cursor - cursor;
	/* nothing moves before the first lookup */
	if (way == &tm->start && by)
		return false;
	if (by <= tm->device->advance)
		return true;
	return wrong(c, xasprintf("to state '%s' the cursor moves %lld bytes, that of target '%s' moves %u",
				  state->name, (long long)by, tm->device->name,
				  tm->device->advance));
}

static int32_t cursor_of(const struct tm_machine *tm,
			 const struct tm_each *each)
{
	return each->state == UINT32_MAX ? 0 : tm->states[each->state].cursor;
}

static bool fit(struct cursors *c)
{
	struct tm_machine *tm = c->tm;
	struct tm_way *way;

	if (!tm->device->cursor)
		return true;
	for (uint32_t i = 0; i < tm->num_states; i++)
		tm->states[i].cursor = NOT_YET;
	do {
		c->changed = false;
		for (struct tm_each e = {}; (way = tm_each_way(tm, &e));)
			if (cursor_of(tm, &e) != NOT_YET &&
			    !follow(c, cursor_of(tm, &e), way))
				return false;
	} while (c->changed);
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));)
		if (cursor_of(tm, &e) != NOT_YET &&
		    !advances(c, cursor_of(tm, &e), way))
			return false;
	return true;
}

bool tm_cursor_fit(struct tm_machine *tm)
{
	return fit(&(struct cursors){ .tm = tm });
}

bool tm_cursor_check(struct tm_machine *tm)
{
	return fit(&(struct cursors){ .tm = tm, .say = true });
}
