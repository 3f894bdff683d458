// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What a state asks of a packet before its rules: limits, bytes, lengths. */
#include <string.h>

#include "prove_visit.h"

void visit_stop(const struct visit *v, struct pair *pair,
		enum parse_verdict verdict)
{
	pair->side[v->s].stopped = true;
	pair->side[v->s].moved = false;
	pair->side[v->s].verdict = verdict;
	explore(v->p, pair);
}

/* For packets with @i < @bound the side stops. False: that is all of them */
bool stop_below(const struct visit *v, struct interval *i, int64_t bound,
		enum parse_verdict verdict)
{
	if (i->lo < bound) {
		struct pair child = *v->pair;
		size_t at = (char *)i - (char *)v->pair;
		struct interval *other = (void *)((char *)&child + at);

		if (other->hi >= bound)
			other->hi = bound - 1;
		visit_stop(v, &child, verdict);
	}
	if (i->hi < bound)
		return false;
	if (i->lo < bound)
		i->lo = bound;
	return true;
}

/* The same for packets of a BDD */
static bool stop_if(const struct visit *v, uint32_t f, enum parse_verdict verdict)
{
	struct bdd *bdd = v->p->bdd;
	struct pair child;

	if (bdd_and(bdd, v->pair->bits, f) == BDD_FALSE)
		return true;
	child = *v->pair;
	child.bits = bdd_and(bdd, child.bits, f);
	visit_stop(v, &child, verdict);
	v->pair->bits = bdd_and(bdd, v->pair->bits, bdd_not(bdd, f));
	return v->pair->bits != BDD_FALSE;
}

/* Two forms that are the same number for all packets that come here are one */
static bool same_form(const struct visit *v, uint32_t a, uint32_t b)
{
	if (a == b || a == NO_AREA || b == NO_AREA)
		return a == b;
	return prover_resolve(v->p, a, v->pair->bits) ==
	       prover_resolve(v->p, b, v->pair->bits);
}

static struct atom *find_atom(const struct visit *v, const struct atom *ask)
{
	for (uint32_t i = 0; i < v->pair->num_atoms; i++) {
		struct atom *atom = &v->pair->atoms[i];

		if (atom->what == ask->what && atom->depth == ask->depth &&
		    atom->at == ask->at && same_form(v, atom->a, ask->a) &&
		    same_form(v, atom->b, ask->b))
			return atom;
	}
	return NULL;
}

/* The same for what no number here tells, but what both sides ask alike */
static bool stop_unless(const struct visit *v, const struct atom *ask)
{
	struct pair *pair = v->pair, child;
	struct atom *atom = find_atom(v, ask);

	if (atom) {
		if (!atom->holds)
			visit_stop(v, pair, PARSE_BAD_LENGTH);
		return atom->holds;
	}
	if (pair->num_atoms == MAX_ATOMS) {
		stuck(v->p, pair);
		return false;
	}
	atom = &pair->atoms[pair->num_atoms++];
	*atom = *ask;
	child = *pair;
	visit_stop(v, &child, PARSE_BAD_LENGTH);
	atom->holds = true;
	return true;
}

/* ---- limits --------------------------------------------------------------------- */

/* The first side's counters that are known to have been, at the place, what this
 * one was: what is known of one is known of all, and only they know it
 */
static uint64_t same_counters(const struct visit *v, uint32_t counter)
{
	const uint64_t *equal = v->pair->equal;
	uint64_t same = 0, others = v->s ? 1ULL << counter : equal[counter];

	if (v->p->exact)
		return 0;
	for (uint32_t i = 0; i < v->p->machine[0]->num_counters; i++)
		if (equal[i] & others)
			same |= 1ULL << i;
	return same;
}

struct count {			/* interval of a counter at the place */
	uint64_t	same;
	struct interval	i;
};

static struct count count_of(const struct visit *v, uint32_t counter)
{
	struct count c = { .same = same_counters(v, counter) };

	if (!c.same) {
		c.i = v->pair->count[v->s][counter];
		return c;
	}
	c.i = (struct interval){ INT64_MIN, INT64_MAX };
	for (uint32_t i = 0; i < v->p->machine[0]->num_counters; i++) {
		const struct interval *other = &v->pair->count[0][i];

		if (!(c.same >> i & 1))
			continue;
		if (other->lo > c.i.lo)
			c.i.lo = other->lo;
		if (other->hi < c.i.hi)
			c.i.hi = other->hi;
	}
	return c;
}

static void set_count(const struct visit *v, struct pair *pair,
		      uint32_t counter, const struct count *c)
{
	if (!c->same)
		pair->count[v->s][counter] = c->i;
	for (uint32_t i = 0; i < v->p->machine[0]->num_counters; i++)
		if (c->same >> i & 1)
			pair->count[0][i] = c->i;
}

/* Splits the pair: packets with which a counter, now, is @bound or more go to
 * @child. False: no packet is in that half
 */
bool split_count(const struct visit *v, uint32_t counter, int64_t bound,
		 struct pair *child, bool *below)
{
	struct count c = count_of(v, counter), low = c;

	bound -= v->side->up[counter];
	if (v->side->reset[counter])
		c.i = low.i = (struct interval){ 0, 0 };
	*below = c.i.lo < bound;
	if (c.i.hi < bound)
		return false;
	*child = *v->pair;
	if (v->side->reset[counter])
		return true;
	if (c.i.lo < bound)
		c.i.lo = bound;
	set_count(v, child, counter, &c);
	if (low.i.hi >= bound)
		low.i.hi = bound - 1;
	if (*below)
		set_count(v, v->pair, counter, &low);
	return true;
}

static bool check_limit(const struct visit *v, const struct sym_limit *l)
{
	int64_t bound = (int64_t)v->m->max[l->counter] - l->by + 1;
	bool below;
	struct pair child;

	if (l->from_zero) {
		if (bound > 0)
			return true;
		visit_stop(v, v->pair, l->verdict);
		return false;
	}
	if (split_count(v, l->counter, bound, &child, &below))
		visit_stop(v, &child, l->verdict);
	return below;
}

void counter_reset(struct side *side, uint32_t counter)
{
	side->reset[counter] = true;
	side->up[counter] = 0;
}

void counter_up(struct side *side, uint32_t counter)
{
	if (side->up[counter] == UINT8_MAX)
		side->lost = true;
	else
		side->up[counter]++;
}

static bool check_limits(const struct visit *v)
{
	const struct sym_state *state = v->state;

	for (uint32_t i = 0; i < state->num_limits; i++)
		if (!check_limit(v, &state->limits[i]))
			return false;
	for (uint32_t i = 0; i < state->num_limits; i++)
		if (state->limits[i].raise)
			counter_up(v->side, state->limits[i].counter);
	for (uint32_t i = 0; i < v->m->num_counters; i++)
		if (state->resets >> i & 1)
			counter_reset(v->side, i);
	if (state->counted && !v->side->counting) {
		v->side->counting = true;
		v->side->began = true;
		v->side->origin = v->x;
		v->side->lost |= v->d;
	}
	return true;
}

/* ---- bytes -------------------------------------------------------------------------- */

static bool check_window(const struct visit *v)
{
	int64_t end = v->x + v->state->need;
	bool shared = v->pair->same_window && !v->p->exact;

	if (!v->side->counting)
		return true;
	if (!v->side->began)
		return stop_below(v, &v->pair->win[shared ? 0 : v->s][v->d],
				  end, PARSE_WINDOW);
	v->side->lost |= v->d;
	if (end - v->side->origin <= v->m->max_bytes)
		return true;
	visit_stop(v, v->pair, PARSE_WINDOW);
	return false;
}

static bool check_frame(const struct visit *v)
{
	return stop_below(v, &v->pair->rem[v->d], v->x + v->state->need,
			  PARSE_TRUNCATED);
}

bool check_bytes(const struct visit *v)
{
	if (v->d && !stop_below(v, &v->pair->area[v->d],
				v->x + v->state->need, PARSE_BAD_LENGTH))
		return false;
	return check_window(v) && check_frame(v);
}

/* ---- the length ------------------------------------------------------------------- */

int64_t moved_by(const struct visit *v, uint32_t depth)
{
	return v->side->moved && v->side->depth == depth ?
	       prover_linear(v->p, v->side->x)->add : 0;
}

struct sym_ref at_side(const struct visit *v, struct sym_ref ref)
{
	int64_t offset = ref.offset;

	if (ref.depth == SYM_INPUT)
		return ref;
	offset += 8 * moved_by(v, ref.depth);
	if (offset < -(int64_t)SYM_BEHIND || offset >= (int64_t)SYM_AHEAD) {
		v->p->gave_up = true;	/* it has no variable */
		offset = 0;
	}
	ref.offset = offset;
	return ref;
}

static uint32_t length_form(const struct visit *v)
{
	struct sym_linear length = { .add = v->state->length.add };
	struct sym_ref rest = { .depth = SYM_REST + v->d, .bits = 1 };

	if (v->state->rest) {
		length.add = -v->x;
		sym_add_term(&length, rest, 1);
		return prover_intern(v->p, &length);
	}
	for (uint32_t i = 0; i < v->state->length.num; i++)
		sym_add_term(&length,
			     at_side(v, v->state->length.terms[i].ref),
			     v->state->length.terms[i].times);
	return prover_resolve(v->p, prover_intern(v->p, &length),
			      v->pair->bits);
}

static bool has_rest(const struct prover *p, uint32_t linear)
{
	const struct sym_linear *l = prover_linear(p, linear);

	return l->num && l->terms[l->num - 1].ref.depth >= SYM_REST;
}

/* What is left is never less than what was seen to be there */
static bool check_least(const struct visit *v, uint32_t length)
{
	struct sym_linear l = *prover_linear(v->p, length);

	if (has_rest(v->p, length)) {
		if (v->state->least <= v->state->need)
			return true;
		stuck(v->p, v->pair);
		return false;
	}
	return stop_if(v, sym_less(v->p->bdd, &l, v->state->least),
		       PARSE_BAD_LENGTH);
}

static bool check_inside(const struct visit *v, uint32_t length)
{
	const struct atom ask = {
		.what = ATOM_INSIDE, .depth = v->d, .at = v->x, .a = length,
		.b = NO_AREA,
	};
	/* A copy: find_atom() may make forms, and move them all */
	struct sym_linear l = *prover_linear(v->p, length);

	if (!v->d || has_rest(v->p, length))
		return true;
	if (sym_is_constant(&l) && !find_atom(v, &ask))
		return stop_below(v, &v->pair->area[v->d], v->x + l.add,
				  PARSE_BAD_LENGTH);
	return stop_unless(v, &ask);
}

bool visit_node(const struct visit *v)
{
	uint32_t length;

	if (!check_limits(v) || !check_bytes(v))
		return false;
	length = length_form(v);
	if (!check_least(v, length))
		return false;
	if (v->p->exact && v->d && !has_rest(v->p, length) &&
	    !sym_is_constant(prover_linear(v->p, length))) {
		enumerate(v->p, v->pair, length);
		return false;
	}
	v->side->length[v->d] = length;
	v->side->passed[v->d] = false;
	return check_inside(v, length);
}

bool set_length(const struct visit *v)
{
	v->side->length[v->d] = prover_intern(v->p, &v->state->length);
	v->side->passed[v->d] = false;
	return check_inside(v, v->side->length[v->d]);
}

/* ---- areas ------------------------------------------------------------------------------ */

/* Whether the area is one, and in its node */
static bool check_area(const struct visit *v, uint32_t area)
{
	uint32_t length = v->side->length[v->d];
	const struct atom ask = {
		.what = ATOM_OPEN + v->state->from, .depth = v->d,
		.at = v->state->start, .a = area, .b = length,
	};
	struct sym_linear left = *prover_linear(v->p, length), size = {};

	if (v->state->area) {
		size = *prover_linear(v->p, area);
		if (!stop_if(v, sym_less(v->p->bdd, &size, 0),
			     PARSE_BAD_LENGTH))
			return false;
	}
	if (v->state->from != SYM_FROM_NODE || has_rest(v->p, length))
		return stop_unless(v, &ask);
	left.add -= v->state->start + size.add;
	for (uint32_t i = 0; i < size.num; i++)
		sym_add_term(&left, size.terms[i].ref, -size.terms[i].times);
	if (left.full) {
		stuck(v->p, v->pair);
		return false;
	}
	return stop_if(v, sym_less(v->p->bdd, &left, 0), PARSE_BAD_LENGTH);
}

bool open_area(const struct visit *v)
{
	struct side *side = v->side;
	uint32_t area = v->state->area ? length_form(v) : NO_AREA;

	if (side->moved || side->length[v->d] == v->p->stale) {
		stuck(v->p, v->pair);
		return false;
	}
	if (!check_area(v, area))
		return false;
	side->moved = true;
	side->opened = true;
	side->depth = v->d + 1;
	side->from = v->state->from;
	side->start = v->state->start;
	side->area = area;
	counter_reset(side, SYM_COUNT + v->d + 1);
	return true;
}
