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
	uint64_t	seed;
};

/* A cursor that only moves behind a lookup may need one that looks at nothing */
static void add_start(struct tm *tm)
{
	struct tm_state state = { .name = xstrdup("start") };

	tm_add_way(tm, &state, BDD_TRUE, 0, tm->start.target);
	tm->start.target = (struct tm_target){
		.index = tm_add_state(tm, &state) };
}

static bool set_cursor(struct tm *tm)
{
	if (tm_cursor_fit(tm))
		return true;
	add_start(tm);
	return tm->silent ? tm_cursor_fit(tm) : tm_cursor_check(tm);
}

static bool minimise(struct tm *tm, bool united, bool eager)
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

static bool is_better(struct tm *a, struct tm *b)
{
	uint32_t x = tm_total(a), y = tm_total(b);

	return x < y || (x == y && a->num_states < b->num_states);
}

/* Whether to go on to try what may be better: in two parts, the first of which is
 * for keys that have no room
 */
bool tm_has_time(const struct tm *tm, uint32_t part)
{
	return bdd_work(tm->bdd) < part * MAX_WORK;
}

/* 1 in 4, of a machine that is searched for */
bool tm_skips(struct tm *tm)
{
	if (!tm->seed)
		return false;
	tm->seed ^= tm->seed << 13;	/* Marsaglia, "Xorshift RNGs" (2003) */
	tm->seed ^= tm->seed >> 7;
	tm->seed ^= tm->seed << 17;
	return !(tm->seed >> 62);
}

struct task {
	const char		*path;
	const struct parser	*parser;
	const struct device	*device;
	const struct lowered	*low;
	bool			failed;	/* whatever is tried, after a diagnostic */
};

/* Which is now the best one; takes over @best */
static struct tm *try(struct task *task, struct attempt attempt,
		      struct tm *best)
{
	struct tm *tm = task->failed ? NULL :
			tm_build(task->path, task->parser, task->device,
				 task->low);

	task->failed = !tm;
	if (!tm)
		return best;
	tm->seed = attempt.seed;
	tm->silent = !attempt.loud;
	if (!minimise(tm, attempt.united, attempt.eager) || (best && !is_better(tm, best))) {
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
 * @search: tries to find a smaller one, by leaving out what looked good
 *
 * The result is the same whenever and wherever it is made.
 *
 * Return: to be freed with tm_free(); NULL after a diagnostic.
 */
struct tm *tm_minimise(const char *path, const struct parser *parser,
		       const struct device *device, const struct lowered *low,
		       uint32_t search)
{
	struct task task = { path, parser, device, low, false };
	struct tm *best = try(&task, (struct attempt){}, NULL);

	for (uint32_t i = 1; i < 4; i++)
		if (!best || search || bdd_work(best->bdd) < LITTLE_WORK)
			best = try(&task, (struct attempt){
				.united = i & 1, .eager = i & 2 }, best);
	for (uint32_t i = 1; i <= search; i++)
		best = try(&task, (struct attempt){
			.united = i & 1, .eager = i & 2,
			.seed = i * 0x9e3779b97f4a7c15ULL }, best);
	return best ?: try(&task, (struct attempt){ .loud = true }, NULL);
}
