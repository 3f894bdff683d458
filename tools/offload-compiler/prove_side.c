// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * One visit of a state by one side, in the order of "Meaning of a visit" in
 * oc.h. Where a predicate can go either way for the packets that come here, a
 * copy of the pair goes one way and the pair itself the other.
 */
#include <stdlib.h>
#include <string.h>

#include "prove_pair.h"

struct visit {
	struct prover		*p;
	struct pair		*pair;
	struct side		*side;
	const struct sym_machine *m;
	const struct sym_state	*state;
	int			s;
	uint32_t		d;	/* depth of the state */
	int64_t			x;	/* of its base, from the place */
};

static void stop(const struct visit *v, struct pair *pair,
		 enum parse_verdict verdict)
{
	pair->side[v->s].stopped = true;
	pair->side[v->s].moved = false;
	pair->side[v->s].verdict = verdict;
	explore(v->p, pair);
}

/* For packets with @i < @bound the side stops. False: that is all of them */
static bool stop_below(const struct visit *v, struct interval *i, int64_t bound,
		       enum parse_verdict verdict)
{
	if (i->lo < bound) {
		struct pair child = *v->pair;
		size_t at = (char *)i - (char *)v->pair;
		struct interval *other = (void *)((char *)&child + at);

		if (other->hi >= bound)
			other->hi = bound - 1;
		stop(v, &child, verdict);
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
	stop(v, &child, verdict);
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
			stop(v, pair, PARSE_BAD_LENGTH);
		return atom->holds;
	}
	if (pair->num_atoms == MAX_ATOMS) {
		v->p->gave_up = true;
		return false;
	}
	atom = &pair->atoms[pair->num_atoms++];
	*atom = *ask;
	child = *pair;
	stop(v, &child, PARSE_BAD_LENGTH);
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
static bool split_count(const struct visit *v, uint32_t counter, int64_t bound,
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
		stop(v, v->pair, l->verdict);
		return false;
	}
	if (split_count(v, l->counter, bound, &child, &below))
		stop(v, &child, l->verdict);
	return below;
}

static void reset(struct side *side, uint32_t counter)
{
	side->reset[counter] = true;
	side->up[counter] = 0;
}

static void up(struct prover *p, struct side *side, uint32_t counter)
{
	if (side->up[counter] == UINT8_MAX)
		p->gave_up = true;
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
			up(v->p, v->side, state->limits[i].counter);
	for (uint32_t i = 0; i < v->m->num_counters; i++)
		if (state->resets >> i & 1)
			reset(v->side, i);
	if (state->counted && !v->side->counting) {
		v->side->counting = true;
		v->side->began = true;
		v->side->origin = v->x;
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
	if (end - v->side->origin <= v->m->max_bytes)
		return true;
	stop(v, v->pair, PARSE_WINDOW);
	return false;
}

static bool check_frame(const struct visit *v)
{
	return stop_below(v, &v->pair->rem[v->d], v->x + v->state->need,
			  PARSE_TRUNCATED);
}

static bool check_bytes(const struct visit *v)
{
	if (v->d && !stop_below(v, &v->pair->area[v->d],
				v->x + v->state->need, PARSE_BAD_LENGTH))
		return false;
	return check_window(v) && check_frame(v);
}

/* ---- the length ------------------------------------------------------------------- */

static struct sym_ref at_side(const struct visit *v, struct sym_ref ref)
{
	if (ref.depth != SYM_INPUT)
		ref.offset += 8 * v->x;
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
		v->p->gave_up |= v->state->least > v->state->need;
		return !v->p->gave_up;
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
	const struct sym_linear *l = prover_linear(v->p, length);

	if (!v->d || has_rest(v->p, length))
		return true;
	if (sym_is_constant(l) && !find_atom(v, &ask))
		return stop_below(v, &v->pair->area[v->d], v->x + l->add,
				  PARSE_BAD_LENGTH);
	return stop_unless(v, &ask);
}

static bool visit_node(const struct visit *v)
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
	return check_inside(v, length);
}

static bool hold_node(const struct visit *v)
{
	return check_frame(v) && check_least(v, v->side->length[v->d]);
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
		v->p->gave_up = true;
		return false;
	}
	return stop_if(v, sym_less(v->p->bdd, &left, 0), PARSE_BAD_LENGTH);
}

static bool open_area(const struct visit *v)
{
	struct side *side = v->side;
	uint32_t area = v->state->area ? length_form(v) : NO_AREA;

	if (side->moved) {
		v->p->gave_up = true;
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
	reset(side, SYM_COUNT + v->d + 1);
	return true;
}

/* ---- rules -------------------------------------------------------------------------- */

static uint32_t compare(const struct visit *v, const struct cond *c)
{
	const struct field *f = &v->state->fields[c->field];
	struct sym_ref ref = { v->state->depth, f->offset, f->bits };
	struct bdd *bdd = v->p->bdd;
	uint32_t vars[MAX_KEY_BITS];

	ref = at_side(v, ref);
	for (uint32_t i = 0; i < ref.bits; i++)
		vars[i] = sym_var(ref, i);
	switch (c->op) {
	case COMPARE_EQ:
		return bdd_masked(bdd, vars, ref.bits, c->value, c->mask);
	case COMPARE_NE:
		return bdd_not(bdd, bdd_masked(bdd, vars, ref.bits, c->value,
					       c->mask));
	case COMPARE_LE:
		return bdd_at_most(bdd, vars, ref.bits, c->value, c->mask);
	case COMPARE_GT:
		return bdd_not(bdd, bdd_at_most(bdd, vars, ref.bits, c->value,
						c->mask));
	case COMPARE_LT:
		return c->value ? bdd_at_most(bdd, vars, ref.bits, c->value - 1,
					      c->mask) : BDD_FALSE;
	case COMPARE_GE:
		return c->value ? bdd_not(bdd, bdd_at_most(bdd, vars, ref.bits,
							   c->value - 1,
							   c->mask)) : BDD_TRUE;
	}
	return BDD_FALSE;
}

static uint32_t holds(const struct visit *v, const struct cond *c)
{
	uint32_t f = c->type == COND_ALL ? BDD_TRUE : BDD_FALSE;

	if (c->type == COND_COMPARE)
		return compare(v, c);
	for (uint32_t i = 0; i < c->num_args; i++) {
		uint32_t g = holds(v, &c->args[i]);

		f = c->type == COND_ALL ? bdd_and(v->p->bdd, f, g) :
					  bdd_or(v->p->bdd, f, g);
	}
	return f;
}

static uint32_t applies(const struct visit *v, const struct sym_rule *rule)
{
	struct bdd *bdd = v->p->bdd;
	uint32_t vars[MAX_KEY_BITS], bits = 0, all = ~0U;

	if (rule->type == RULE_ALWAYS)
		return BDD_TRUE;
	if (rule->type == RULE_FAILS)
		return bdd_not(bdd, holds(v, rule->cond));
	for (uint32_t i = 0; i < v->state->num_key; i++) {
		struct sym_ref ref = at_side(v, v->state->key[i]);

		for (uint32_t k = 0; k < ref.bits && bits < MAX_KEY_BITS; k++)
			vars[bits++] = sym_var(ref, k);
	}
	if (rule->type == RULE_MASK)
		return bdd_masked(bdd, vars, bits, rule->a, rule->b);
	if (rule->a)
		all = bdd_not(bdd, bdd_at_most(bdd, vars, bits, rule->a - 1,
					       ~(u128)0));
	else
		all = BDD_TRUE;
	return bdd_and(bdd, all, bdd_at_most(bdd, vars, bits, rule->b,
					     ~(u128)0));
}

/* ---- effects ------------------------------------------------------------------------- */

/* A number, when a packet is looked for */
static struct value counter_value(const struct visit *v,
				  const struct side *side, uint32_t counter)
{
	int64_t number = side->up[counter];

	if (!side->reset[counter])
		number += v->pair->count[v->s][counter].lo;
	if (number > v->m->max[counter])
		number = v->m->max[counter];
	if (v->p->exact)
		return (struct value){ .type = VALUE_CONST, .value = number };
	return (struct value){
		.type = VALUE_COUNTER, .counter = counter,
		.up = side->up[counter], .reset = side->reset[counter],
	};
}

static struct value offset(const struct visit *v, const struct sym_linear *l)
{
	return (struct value){
		.type = VALUE_OFFSET, .ref.depth = v->d,
		.linear = prover_intern(v->p, l),
	};
}

static struct value written(const struct visit *v, const struct side *side,
			    const struct sym_write *w)
{
	struct sym_linear linear = { .add = v->x };

	switch (w->type) {
	case SYM_FIELD:
		return (struct value){ .type = VALUE_FIELD,
				       .ref = at_side(v, w->ref) };
	case SYM_CONST:
		return (struct value){ .type = VALUE_CONST, .value = w->value };
	case SYM_START:
		linear.add += w->value;
		return offset(v, &linear);
	case SYM_END:
		sym_plus(&linear, prover_linear(v->p, side->length[v->d]));
		return offset(v, &linear);
	case SYM_LENGTH_OF:
		return (struct value){ .type = VALUE_LENGTH, .ref.depth = v->d,
				       .linear = side->length[v->d] };
	default:
		return counter_value(v, side, w->counter);
	}
}

static void write_array(const struct visit *v, struct side *side,
			const struct sym_write *w, uint32_t output)
{
	const struct value index = counter_value(v, side, w->index);

	if (v->p->exact) {
		uint32_t at = index.value;

		if (at >= w->num && w->last)
			at = w->num - 1;
		if (at < w->num)
			side->out[output + at] = written(v, side, w);
		return;
	}
	if (side->num_events == MAX_EVENTS) {
		v->p->gave_up = true;
		return;
	}
	side->events[side->num_events++] = (struct event){
		.output = output, .num = w->num, .last = w->last,
		.index = index,
		.value = written(v, side, w),
	};
}

static void perform(const struct visit *v, struct side *side,
		    const struct sym_write *w)
{
	uint32_t output = v->s ? v->p->output_of[w->output] : w->output;

	if (w->type == SYM_INC)
		up(v->p, side, w->counter);
	else if (w->type == SYM_RESET)
		reset(side, w->counter);
	else if (w->array)
		write_array(v, side, w, output);
	else
		side->out[output] = written(v, side, w);
}

static void move(const struct visit *v, struct side *side, uint32_t depth,
		 uint32_t by)
{
	struct sym_linear x = {};

	if (by == v->p->zero)
		return;
	if (side->moved && (side->opened || side->depth != depth)) {
		v->p->gave_up = true;
		return;
	}
	if (side->moved)
		x = *prover_linear(v->p, side->x);
	sym_plus(&x, prover_linear(v->p, by));
	side->x = prover_intern(v->p, &x);
	side->depth = depth;
	side->moved = true;
}

static void go(const struct visit *v, struct pair *pair,
	       const struct sym_rule *rule)
{
	const struct sym_linear skip = { .add = rule->skip };
	struct side *side = &pair->side[v->s];
	struct visit child = *v;

	child.pair = pair;
	child.side = side;
	for (uint32_t i = 0; i < rule->num_writes; i++)
		perform(v, side, &rule->writes[i]);
	if (rule->advance)
		move(v, side, v->d, side->length[v->d]);
	if (rule->skip) {
		move(v, side, v->d + 1, prover_intern(v->p, &skip));
		if (!stop_below(&child, &pair->area[v->d + 1],
				prover_linear(v->p, side->x)->add,
				PARSE_BAD_LENGTH))
			return;
	}
	if (rule->stop) {
		stop(v, pair, rule->target);
		return;
	}
	side->state = rule->target;
	explore(v->p, pair);
}

/* ---- ways out --------------------------------------------------------------------------- */

static bool same_effect(const struct sym_rule *a, const struct sym_rule *b)
{
	return a->stop == b->stop && a->target == b->target &&
	       a->advance == b->advance && a->skip == b->skip &&
	       a->writes == b->writes &&
	       a->num_writes == b->num_writes;
}

/* Rules of the same effect are one way; its packets are those that meet one of
 * them first. False behind the last.
 */
static bool add_way(const struct visit *v, struct ways *ways,
		    const struct sym_rule *rule, uint32_t *left)
{
	uint32_t guard = bdd_and(v->p->bdd, *left, applies(v, rule)), i = 0;

	while (i < ways->num && !same_effect(ways->way[i].rule, rule))
		i++;
	if (i == ways->num) {
		ways->way = xrealloc(ways->way, ++ways->num *
				     sizeof(*ways->way));
		ways->way[i] = (struct way){ rule, BDD_FALSE };
	}
	ways->way[i].guard = bdd_or(v->p->bdd, ways->way[i].guard, guard);
	*left = bdd_and(v->p->bdd, *left, bdd_not(v->p->bdd, guard));
	return *left != BDD_FALSE;
}

/* Kept for states at the place itself, where nearly all are visited */
static struct ways *ways_of(const struct visit *v, struct ways *other)
{
	struct ways *ways = v->x ? other :
			    &v->p->ways[v->s][v->state - v->m->states];
	uint32_t left = BDD_TRUE, i = v->state->type == SYM_LOOP ? 2 : 0;

	while (!ways->complete && i < v->state->num_rules &&
	       add_way(v, ways, &v->state->rules[i], &left))
		i++;
	ways->complete = true;
	return ways;
}

static void take_ways(const struct visit *v)
{
	struct ways other = {}, *ways = ways_of(v, &other);
	struct prover *p = v->p;

	for (uint32_t i = 0; i < ways->num && !p->found && !p->gave_up; i++) {
		uint32_t bits = bdd_and(p->bdd, v->pair->bits,
					ways->way[i].guard);

		if (bits != BDD_FALSE) {
			struct pair child = *v->pair;

			child.bits = bits;
			go(v, &child, ways->way[i].rule);
		}
	}
	free(other.way);
}

/* The element behind the last, or one too many, is a way out of its own */
static bool head_of_loop(const struct visit *v)
{
	struct interval *area = &v->pair->area[v->d];
	bool below;
	struct pair child;

	if (area->lo <= v->x) {
		child = *v->pair;
		child.area[v->d] = (struct interval){ v->x, v->x };
		go(v, &child, &v->state->rules[0]);
	}
	if (area->hi <= v->x)
		return false;
	if (area->lo <= v->x)
		area->lo = v->x + 1;
	if (split_count(v, SYM_COUNT + v->d, v->state->max, &child, &below))
		go(v, &child, &v->state->rules[1]);
	if (!below)
		return false;
	up(v->p, v->side, SYM_COUNT + v->d);
	return !v->state->need || check_bytes(v);
}

void run_side(struct prover *p, struct pair *pair, int s)
{
	struct side *side = &pair->side[s];
	const struct sym_machine *m = p->machine[s];
	const struct sym_state *state = &m->states[side->state];
	struct visit v = {
		.p = p, .pair = pair, .side = side, .m = m, .s = s,
		.state = state, .d = state->depth,
		.x = side->moved && side->depth == state->depth ?
		     prover_linear(p, side->x)->add : 0,
	};
	bool on = false;

	side->at = side->state;
	switch (state->type) {
	case SYM_VISIT:
		on = visit_node(&v);
		break;
	case SYM_HOLD:
		on = hold_node(&v);
		break;
	case SYM_OPEN:
		on = hold_node(&v) && open_area(&v);
		break;
	case SYM_LOOP:
		on = head_of_loop(&v);
		break;
	}
	if (on)
		take_ways(&v);
}
