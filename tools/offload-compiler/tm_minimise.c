// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The passes over a machine, in their order: see tm.h. */
#include "tm_pass.h"

/* About a second. The largest of the project's parsers takes two fifths of it */
#define MAX_WORK	4000000ULL

static bool minimise(struct tm *tm)
{
	bool changed = true;

	tm_push(tm);
	if (!tm_split(tm))
		return false;
	tm_push(tm);
	if (!tm_cursor_check(tm))
		return false;
	while (changed) {
		changed = tm_share(tm);
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
	struct tm *best = NULL;

	for (uint32_t i = 0; i <= search; i++) {
		struct tm *tm = tm_build(path, parser, device, low);

		if (!tm)
			return best;
		tm->seed = i * 0x9e3779b97f4a7c15ULL;
		if (!minimise(tm)) {
			tm_free(tm);
			return best;
		}
		if (best && !is_better(tm, best)) {
			tm_free(tm);
			continue;
		}
		tm_free(best);
		best = tm;
	}
	return best;
}
