// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What is known of the packets on a way, and what has to be chosen. */
#include <stdlib.h>
#include <string.h>

#include "proof_walk.h"

void walk_fail(struct walk *w, char *why)
{
	if (w->why)
		free(why);
	else
		w->why = why;
}

bool walk_over(const struct walk *w)
{
	return w->why || w->impossible;
}

uint32_t choose(struct walk *w, uint32_t choices)
{
	if (w->next < w->num_answers)
		return w->answers[w->next++];
	if (w->num_answers == WALK_QUESTIONS) {
		walk_fail(w, xstrdup("too many questions on one way"));
		return 0;
	}
	w->choices[w->num_answers] = choices;
	w->answers[w->num_answers++] = 0;
	w->next++;
	return 0;
}

/* ---- numbers ------------------------------------------------------------- */

bool is_below(struct walk *w, struct range *range, int64_t bound)
{
	if (range->hi < bound)
		return true;
	if (range->lo >= bound)
		return false;
	if (choose(w, 2)) {
		range->hi = bound - 1;
		return true;
	}
	range->lo = bound;
	return false;
}

/* The counters that had, at the place, the value of this one */
static void same_counters(const struct walk *w, const struct walker *side,
			  uint32_t counter, uint64_t same[2])
{
	const uint64_t *with = w->equal->with;

	same[0] = 0;
	same[1] = side->s ? 1ULL << counter : with[counter];
	for (uint32_t i = 0; i < SYM_COUNTERS; i++)
		if (with[i] & same[1])
			same[0] |= 1ULL << i;
	for (uint32_t i = 0; i < SYM_COUNTERS; i++)
		if (same[0] >> i & 1)
			same[1] |= with[i];
	same[side->s] |= 1ULL << counter;
}

bool is_counted(struct walk *w, const struct walker *side, uint32_t counter,
		int64_t bound)
{
	struct range range = w->count[side->s][counter];
	uint64_t same[2];
	bool counted;

	bound -= side->up[counter];
	if (side->reset[counter])
		return bound <= 0;
	counted = !is_below(w, &range, bound);
	same_counters(w, side, counter, same);
	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < SYM_COUNTERS; i++)
			if (same[s] >> i & 1)
				w->count[s][i] = range;
	return counted;
}

/* ---- bits ---------------------------------------------------------------- */

static void sets_checked(struct walk *w)
{
	if (w->sets.failed)
		walk_fail(w, xstrdup("too many cases"));
}

bool is_excluded(struct walk *w, const struct cube *cube)
{
	bool excluded = !cubes_meet(&w->cube, cube);
	struct cube both = w->cube;

	if (!excluded) {
		cube_and(&w->sets, &both, cube);
		excluded = cubes_cover(&w->sets, &w->except, &both);
	}
	sets_checked(w);
	return excluded && !w->why;
}

static bool has_bit(struct walk *w, uint32_t bit, bool one)
{
	struct cube cube = {};

	cube_set(&w->sets, &cube, bit, one);
	return !is_excluded(w, &cube);
}

/* The value that the bit has in all packets; -1: it has both */
static int known_bit(struct walk *w, uint32_t bit)
{
	int value = cube_get(&w->cube, bit);

	if (value >= 0 || !w->except.num)
		return value;
	if (!has_bit(w, bit, false))
		return 1;
	return has_bit(w, bit, true) ? -1 : 0;
}

bool same_bit(struct walk *w, uint32_t a, uint32_t b)
{
	for (int one = 0; one < 2; one++) {
		struct cube cube = {};

		/* Is there a packet with a == one and b != one? */
		if (a == b || a == (one ? SAME_ZERO : SAME_ONE) ||
		    b == (one ? SAME_ONE : SAME_ZERO))
			continue;
		if (a < SAME_ONE)
			cube_set(&w->sets, &cube, a, one);
		if (b < SAME_ONE)
			cube_set(&w->sets, &cube, b, !one);
		if (!is_excluded(w, &cube))
			return false;
	}
	return true;
}

/* The packets go on that are in one of @in, which is to be in none of @out */
static void keep_cubes(struct walk *w, const struct cubes *in,
		       const struct cubes *out)
{
	if (in->num == 1) {
		cube_and(&w->sets, &w->cube, in->cube);
		return;
	}
	for (uint32_t i = 0; i < out->num; i++)
		if (cubes_meet(&w->cube, &out->cube[i]))
			cubes_add(&w->sets, &w->except, &out->cube[i]);
}

/* Whether a packet of this way is in none of @out */
static bool has_others(struct walk *w, const struct cubes *out)
{
	uint32_t num = w->except.num;
	bool has;

	for (uint32_t i = 0; i < out->num; i++)
		if (cubes_meet(&w->cube, &out->cube[i]))
			cubes_add(&w->sets, &w->except, &out->cube[i]);
	has = !is_excluded(w, &w->cube);
	w->except.num = num;
	return has;
}

/* In one of @yes, or in one of @no? Every packet is in one of both */
static bool is_yes(struct walk *w, const struct cubes *yes,
		   const struct cubes *no)
{
	bool has_yes = has_others(w, no), has_no = has_others(w, yes);
	bool is;

	sets_checked(w);
	w->impossible |= !has_yes && !has_no;
	if (walk_over(w))
		return false;
	is = has_yes && (!has_no || choose(w, 2));
	if (is)
		keep_cubes(w, yes, no);
	else
		keep_cubes(w, no, yes);
	return is;
}

bool rule_applies(struct walk *w, const struct walker *side,
		  const struct sym_rule *rule, int64_t x)
{
	const struct sym_state *state = &side->m->states[side->state];
	struct cubes yes = {}, no = {};
	bool applies;

	rule_cubes(&w->sets, state, rule, x, true, &yes);
	rule_cubes(&w->sets, state, rule, x, false, &no);
	applies = is_yes(w, &yes, &no);
	cubes_free(&yes);
	cubes_free(&no);
	return applies;
}

/* ---- linear forms -------------------------------------------------------- */

uint32_t form_new(struct walk *w, const struct sym_linear *linear)
{
	if (linear->full || w->num_forms == WALK_FORMS) {
		walk_fail(w, xstrdup("too long a sum"));
		return 0;
	}
	w->forms[w->num_forms] = *linear;
	return w->num_forms++;
}

static int ref_order(const struct sym_ref *a, const struct sym_ref *b)
{
	if (a->depth != b->depth)
		return a->depth < b->depth ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return a->bits < b->bits ? -1 : a->bits > b->bits;
}

static void add_term(struct walk *w, struct sym_linear *to,
		     const struct sym_term *term, int64_t times)
{
	struct sym_term *t = to->terms, *end = t + to->num;

	while (t < end && ref_order(&t->ref, &term->ref) < 0)
		t++;
	if (t < end && !ref_order(&t->ref, &term->ref)) {
		t->times += times * term->times;
		if (!t->times) {
			memmove(t, t + 1, (end - t - 1) * sizeof(*t));
			to->num--;
		}
		return;
	}
	if (to->num == SYM_TERMS) {
		walk_fail(w, xstrdup("too long a sum"));
		return;
	}
	memmove(t + 1, t, (end - t) * sizeof(*t));
	*t = (struct sym_term){ term->ref, times * term->times };
	to->num++;
}

void form_add(struct walk *w, struct sym_linear *to,
	      const struct sym_linear *linear, int64_t times)
{
	to->full |= linear->full;
	to->add += times * linear->add;
	for (uint32_t i = 0; i < linear->num; i++)
		add_term(w, to, &linear->terms[i], times);
}

static bool is_rest(const struct sym_linear *linear)
{
	return linear->num && linear->terms[linear->num - 1].ref.depth >=
			      SYM_REST;
}

/* The number that a field is in all packets */
static bool known_field(struct walk *w, struct sym_ref ref, int64_t *value)
{
	*value = 0;
	for (uint32_t i = 0; i < ref.bits; i++) {
		uint32_t bit;
		int known = packet_bit(ref, i, &bit) ? known_bit(w, bit) : -1;

		if (known < 0 || ref.bits > 32)
			return false;
		*value = 2 * *value + known;
	}
	return true;
}

struct sym_linear form_now(struct walk *w, uint32_t form)
{
	const struct sym_linear *old = &w->forms[form];
	struct sym_linear now = { .add = old->add };
	int64_t value;

	for (uint32_t i = 0; i < old->num; i++) {
		const struct sym_term *t = &old->terms[i];

		if (t->ref.depth < SYM_REST && known_field(w, t->ref, &value))
			now.add += t->times * value;
		else
			add_term(w, &now, t, 1);
	}
	return now;
}

bool forms_same(struct walk *w, uint32_t a, uint32_t b)
{
	struct sym_linear difference = {};

	form_add(w, &difference, &w->forms[a], 1);
	form_add(w, &difference, &w->forms[b], -1);
	if (difference.num) {
		difference = form_now(w, a);
		const struct sym_linear other = form_now(w, b);

		form_add(w, &difference, &other, -1);
	}
	return !difference.num && !difference.add && !w->why;
}

/* Of the rest, the range of what it is the rest of tells */
bool form_below(struct walk *w, uint32_t form, int64_t bound)
{
	struct sym_linear now = form_now(w, form);
	struct cubes yes = {}, no = {};
	uint32_t depth;
	bool below;

	if (!now.num)
		return now.add < bound;
	if (is_rest(&now)) {
		depth = now.terms[0].ref.depth - SYM_REST;
		if (now.num > 1 || now.terms[0].times != 1)
			walk_fail(w, xstrdup("a sum of all that is left and more"));
		return is_below(w, depth ? &w->area[depth] : &w->frame[0],
				bound - now.add);
	}
	less_cubes(&w->sets, &now, bound, true, &yes);
	less_cubes(&w->sets, &now, bound, false, &no);
	below = is_yes(w, &yes, &no);
	cubes_free(&yes);
	cubes_free(&no);
	return below;
}

void form_decide(struct walk *w, uint32_t form)
{
	struct sym_linear now = form_now(w, form);
	struct sym_ref ref;

	if (!now.num || is_rest(&now) || now.terms[0].ref.bits > 8) {
		walk_fail(w, xstrdup("they are at places that cannot be compared"));
		return;
	}
	ref = now.terms[0].ref;
	for (uint32_t i = 0; i < ref.bits && !w->why; i++) {
		uint32_t bit;

		if (packet_bit(ref, i, &bit) && known_bit(w, bit) < 0)
			cube_set(&w->sets, &w->cube, bit, choose(w, 2));
	}
}

/* ---- predicates ---------------------------------------------------------- */

const struct predicate *asked(struct walk *w, const struct predicate *question)
{
	for (uint32_t i = 0; i < w->num_predicates; i++) {
		const struct predicate *p = &w->predicates[i];

		if (p->what == question->what && p->depth == question->depth &&
		    p->at == question->at && forms_same(w, p->a, question->a) &&
		    forms_same(w, p->b, question->b))
			return p;
	}
	return NULL;
}

bool ask(struct walk *w, const struct predicate *question)
{
	const struct predicate *before = asked(w, question);
	struct predicate *p = &w->predicates[w->num_predicates];

	if (before)
		return before->holds;
	if (w->num_predicates == WALK_PREDICATES) {
		walk_fail(w, xstrdup("too many lengths on one way"));
		return false;
	}
	w->num_predicates++;
	*p = *question;
	p->holds = choose(w, 2);
	return p->holds;
}
