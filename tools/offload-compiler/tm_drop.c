// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What a source does twice is done once. A visit that asks for nothing but bytes
 * which a visit before it has found in frame and window, and for a length that is
 * known or that nobody looks at, is dropped, and so is a length that is set again
 * before anybody looks. Only headers are looked at, not what lies in areas:
 * depth 0.
 */
#include <stdlib.h>

#include "tm_pass.h"

#define NEVER_YET	INT64_MAX	/* known where no packet has been */
#define NOTHING		INT64_MIN
#define NO_VISIT	UINT32_MAX

struct fact {
	int64_t		bytes;		/* behind base, in frame and window */
	bool		counting;	/* the window may have begun */
	uint32_t	visit;		/* whose length is that of the header */
};

struct drop {
	struct tm_machine	*tm;
	struct fact	*before;	/* by state: what all ways there know */
	bool		*reads;		/* by state: the length, before it is set */
	bool		lengths_are_known;	/* as long as all of them are set */
};

static bool asks_only_for_bytes(const struct tm_visit *visit)
{
	return !visit->flags && visit->repeat == TCAM_NO_REPEAT &&
	       !visit->num_rises;
}

/* A window begins with a counted visit: what was known may be behind it */
static void learn(const struct tm_machine *tm, const struct tm_op *op,
		  struct fact *fact)
{
	const struct tm_visit *visit;

	if (op->depth)
		return;
	switch (op->type) {
	case TCAM_VISIT:
		visit = &tm->visits[op->which];
		if (visit->flags & TCAM_VISIT_COUNTED ||
		    fact->bytes < (int64_t)visit->need)
			fact->bytes = visit->need;
		fact->counting |= visit->flags & TCAM_VISIT_COUNTED;
		fact->visit = op->which;
		break;
	case TCAM_SKIP:
		if (fact->bytes != NOTHING)
			fact->bytes -= (int64_t)op->value;
		fact->visit = NO_VISIT;
		break;
	case TCAM_ADVANCE:
		fact->bytes = NOTHING;
		fact->visit = NO_VISIT;
		break;
	case TCAM_LENGTH:
		fact->visit = NO_VISIT;
		break;
	}
}

static struct fact learn_all(const struct tm_machine *tm, uint32_t ops,
			     struct fact fact)
{
	for (uint32_t i = 0; i < tm->ops[ops].num; i++)
		learn(tm, &tm->ops[ops].op[i], &fact);
	return fact;
}

/* What both know */
static bool meet(struct fact *to, const struct fact *from)
{
	bool first = to->bytes == NEVER_YET, changed = first;

	if (first) {
		*to = *from;
		return true;
	}
	if (from->bytes < to->bytes) {
		to->bytes = from->bytes;
		changed = true;
	}
	if (to->visit != NO_VISIT && from->visit != to->visit) {
		to->visit = NO_VISIT;
		changed = true;
	}
	if (from->counting && !to->counting) {
		to->counting = true;
		changed = true;
	}
	return changed;
}

static const struct fact at_start = { NOTHING, false, NO_VISIT };

static struct fact fact_of(const struct drop *d, const struct tm_each *each)
{
	return each->state == UINT32_MAX ? at_start : d->before[each->state];
}

/* What a state begins with. Loops may only lose bytes: those that go around lose
 * all of them in the end.
 */
static struct fact in_state(struct fact fact)
{
	if (fact.bytes < 0)
		fact.bytes = NOTHING;
	return fact;
}

static void find_facts(struct drop *d)
{
	bool changed = true;
	struct tm_way *way;

	for (uint32_t i = 0; i < d->tm->num_states; i++)
		d->before[i] = (struct fact){ NEVER_YET, false, NO_VISIT };
	while (changed) {
		changed = false;
		for (struct tm_each e = {}; (way = tm_each_way(d->tm, &e));) {
			struct fact fact = fact_of(d, &e);

			if (way->target.stop || fact.bytes == NEVER_YET)
				continue;
			fact = in_state(learn_all(d->tm, way->ops, fact));
			changed |= meet(&d->before[way->target.index], &fact);
		}
	}
}

/* 1: the length is looked at before it is set; 0: it is set; -1: neither */
static int reads_length(const struct tm_machine *tm, uint32_t ops, uint32_t from)
{
	for (uint32_t i = from; i < tm->ops[ops].num; i++) {
		const struct tm_op *op = &tm->ops[ops].op[i];

		if (op->depth)
			continue;
		if (op->type == TCAM_VISIT || op->type == TCAM_LENGTH)
			return 0;
		if (op->type == TCAM_EXTRACT_END ||
		    op->type == TCAM_EXTRACT_LENGTH ||
		    op->type == TCAM_ADVANCE || op->type == TCAM_OPEN)
			return 1;
	}
	return -1;
}

static bool is_read(const struct drop *d, const struct tm_way *way,
		    uint32_t from)
{
	int here = reads_length(d->tm, way->ops, from);

	return here < 0 ? !way->target.stop && d->reads[way->target.index] :
			  here;
}

static void find_readers(struct drop *d)
{
	bool changed = true;
	struct tm_way *way;

	while (changed) {
		changed = false;
		for (struct tm_each e = {}; (way = tm_each_way(d->tm, &e));)
			if (e.state != UINT32_MAX && !d->reads[e.state] &&
			    is_read(d, way, 0))
				changed = d->reads[e.state] = true;
	}
}

static bool same_length(const struct tm_visit *a, const struct tm_visit *b)
{
	if (a->flags & TCAM_VISIT_REST || a->least != b->least ||
	    a->length.add != b->length.add || a->length.num != b->length.num)
		return false;
	for (uint32_t i = 0; i < a->length.num; i++)
		if (a->length.terms[i].offset != b->length.terms[i].offset ||
		    a->length.terms[i].bits != b->length.terms[i].bits ||
		    a->length.terms[i].times != b->length.terms[i].times)
			return false;
	return true;
}

/* Whether the n-th operation of a way does nothing new */
static bool is_vain(const struct drop *d, const struct tm_way *way, uint32_t n,
		    const struct fact *fact)
{
	const struct tm_op *op = &d->tm->ops[way->ops].op[n];
	const struct tm_visit *visit;

	if (op->depth)
		return false;
	if (op->type == TCAM_LENGTH)
		return !is_read(d, way, n + 1);
	if (op->type != TCAM_VISIT)
		return false;
	visit = &d->tm->visits[op->which];
	if (!asks_only_for_bytes(visit) || fact->bytes < (int64_t)visit->need)
		return false;
	if (!d->lengths_are_known)
		return !visit->length.num &&
		       visit->length.add >= (int64_t)visit->least &&
		       !is_read(d, way, n + 1);
	return fact->visit != NO_VISIT &&
	       same_length(&d->tm->visits[fact->visit], visit);
}

static void drop_vain(struct drop *d, struct tm_way *way, struct fact fact)
{
	uint32_t ops = 0;

	for (uint32_t i = 0; i < d->tm->ops[way->ops].num; i++) {
		struct tm_op op = d->tm->ops[way->ops].op[i];

		if (!is_vain(d, way, i, &fact)) {
			ops = tm_concat(d->tm, ops, tm_ops(d->tm, &op, 1));
			learn(d->tm, &op, &fact);
		}
	}
	way->ops = ops;
}

/* Those first that set the length which it has anyway; then those whose length is
 * set again before anything reads it, or never read
 */
static void drop_visits(struct tm_machine *tm, bool lengths_are_known)
{
	struct drop d = {
		.tm = tm, .lengths_are_known = lengths_are_known,
		.before = xcalloc(tm->num_states, sizeof(*d.before)),
		.reads = xcalloc(tm->num_states, sizeof(*d.reads)),
	};
	struct tm_way *way;

	find_facts(&d);
	find_readers(&d);
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));) {
		struct fact fact = fact_of(&d, &e);

		if (fact.bytes != NEVER_YET)
			drop_vain(&d, way, fact);
	}
	free(d.before);
	free(d.reads);
}

/**
 * tm_drop() - what is done twice is done once
 * @tm: machine, as it was built
 */
void tm_drop(struct tm_machine *tm)
{
	drop_visits(tm, true);
	drop_visits(tm, false);
}
