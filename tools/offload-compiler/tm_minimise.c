// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The passes over a machine, in their order: see tm.h. */
#include "tm_pass.h"

/* About a second. The largest of the project's parsers takes two fifths of it */
#define MAX_WORK	4000000ULL
#define LITTLE_WORK	500000ULL	/* the others are made several times */

struct attempt {
	bool		united;		/* see tm_unite.c */
	bool		eager;		/* see tm_share() */
	bool		loud;		/* says why it fails */
};

/* A cursor that only moves behind a lookup may need one that looks at nothing */
static void add_start(struct tm_machine *tm)
{
	struct tm_state state = { .name = xstrdup("start") };

	tm_add_way(tm, &state, BDD_TRUE, 0, tm->start.target);
	tm->start.target = (struct tm_target){
		.index = tm_add_state(tm, &state) };
}

static bool set_cursor(struct tm_machine *tm)
{
	if (tm_cursor_fit(tm))
		return true;
	add_start(tm);
	return tm->silent ? tm_cursor_fit(tm) : tm_cursor_check(tm);
}

static bool minimise(struct tm_machine *tm, bool united, bool eager)
{
	bool changed = true;

	tm_drop(tm);
	do
		tm_push(tm);
	while (united && tm_unite(tm));
	if (!tm_split(tm))
		return false;
	tm_push(tm);
	if (!set_cursor(tm))
		return false;
	if (eager)
		tm_share(tm, true);
	while (changed) {
		changed = tm_share(tm, false);
		changed |= tm_fuse(tm);
	}
	return true;
}

static bool is_better(struct tm_machine *a, struct tm_machine *b)
{
	uint32_t x = tm_total(a), y = tm_total(b);

	return x < y || (x == y && a->num_states < b->num_states);
}

/* Whether to go on to try what may be better: in two parts, the first of which is
 * for keys that have no room
 */
bool tm_has_time(const struct tm_machine *tm, uint32_t part)
{
	return bdd_work(tm->bdd) < part * MAX_WORK;
}

struct task {
	const char		*path;
	const struct parser	*parser;
	const struct device	*device;
	const struct lowered	*low;
	bool			failed;	/* whatever is tried, after a diagnostic */
};

/* Which is now the best one; takes over @best */
static struct tm_machine *try(struct task *task, struct attempt attempt,
			      struct tm_machine *best)
{
	struct tm_machine *tm = task->failed ? NULL :
			tm_build(task->path, task->parser, task->device,
				 task->low);

	task->failed = !tm;
	if (!tm)
		return best;
	tm->silent = !attempt.loud;
	if (!minimise(tm, attempt.united, attempt.eager) ||
	    (best && !is_better(tm, best))) {
		tm_free(tm);
		return best;
	}
	tm_free(best);
	return tm;
}

/**
 * tm_minimise() - a machine with as few entries as we can make it
 * @path: of the parser's file, for diagnostics
 * @parser: checked
 * @device: what it is for
 * @low: the parser's steps
 *
 * The result is the same whenever and wherever it is made.
 *
 * Return: to be freed with tm_free(); NULL after a diagnostic.
 */
struct tm_machine *tm_minimise(const char *path, const struct parser *parser,
			       const struct device *device,
			       const struct lowered *low)
{
	struct task task = { path, parser, device, low, false };
	struct tm_machine *best = try(&task, (struct attempt){}, NULL);

	for (uint32_t i = 1; i < 4; i++)
		if (!best || bdd_work(best->bdd) < LITTLE_WORK)
			best = try(&task, (struct attempt){
				.united = i & 1, .eager = i & 2 }, best);
	return best ?: try(&task, (struct attempt){ .loud = true }, NULL);
}
