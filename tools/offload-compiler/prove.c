// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The search: pairs of states, each explored once. See prove.h. */
#include <stdlib.h>
#include <string.h>

#include "prove_pair.h"

/* ---- both have ended ------------------------------------------------------------ */

static void differ(struct prover *p, const struct pair *pair, const char *what)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	if (p->found)
		return;
	p->found = true;
	p->last = *pair;
	p->why = xasprintf("%s: %s at %s, %s at %s", what,
			   a->stopped ? parse_verdict_names[a->verdict] : "on",
			   p->machine[0]->states[a->at].name,
			   b->stopped ? parse_verdict_names[b->verdict] : "on",
			   p->machine[1]->states[b->at].name);
}

void stuck(struct prover *p, const struct pair *pair)
{
	if (!p->exact)
		differ(p, pair, "too many cases");
}

static bool same_number(const struct pair *pair, uint32_t counter)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	return pair->equal[counter] >> counter & 1 &&
	       a->up[counter] == b->up[counter];
}

static void compare(struct prover *p, const struct pair *pair)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	if (a->verdict != b->verdict) {
		differ(p, pair, "verdicts");
		return;
	}
	if (!same_number(pair, SYM_NODES) || !same_number(pair, SYM_ENCAPS)) {
		differ(p, pair, "numbers of nodes or encapsulations");
		return;
	}
	for (uint32_t i = 0; i < p->machine[0]->num_outputs; i++) {
		char what[64];

		if (same_value(p, pair, &a->out[i], &b->out[i]))
			continue;
		snprintf(what, sizeof(what), "output %.32s",
			 p->machine[0]->outputs[i].name);
		differ(p, pair, what);
		p->last.bits = p->differ;
		return;
	}
	if (!same_events(p, pair))
		differ(p, pair, "array outputs");
}

/* ---- both have moved on to the same byte ------------------------------------------ */

static struct interval moved(struct interval i, int64_t by)
{
	return (struct interval){
		i.lo == INT64_MIN ? INT64_MIN : i.lo - by,
		i.hi == INT64_MAX ? INT64_MAX : i.hi - by,
	};
}

/* Which counters of the two sides are still known to be equal */
static void match_counters(const struct prover *p, struct pair *pair)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	for (uint32_t i = 0; i < p->machine[0]->num_counters; i++)
		for (uint32_t j = 0; j < p->machine[1]->num_counters; j++) {
			uint64_t bit = 1ULL << j;
			bool same = a->reset[i] == b->reset[j] &&
				    a->up[i] == b->up[j];

			if (a->reset[i] && same && p->possible[i] & bit)
				pair->equal[i] |= bit;
			else if (!same)
				pair->equal[i] &= ~bit;
		}
}

/* A value seen from the new place, where bases below @depth stay and that of
 * @depth moves @by, unless it is another one. False: nothing is left to tell it by
 */
static bool keep_value(struct prover *p, struct value *v, uint32_t depth,
		       const struct sym_linear *by)
{
	if (v->type == VALUE_OLD || v->type == VALUE_CONST)
		return true;
	if (v->type == VALUE_LENGTH && p->exact) {
		int64_t length = prover_linear(p, v->linear)->add;

		*v = (struct value){
			.type = VALUE_CONST,
			.value = length < UINT16_MAX ? length : UINT16_MAX,
		};
		return true;
	}
	if (v->type == VALUE_LENGTH || v->type == VALUE_COUNTER)
		return false;
	if (v->ref.depth < depth)
		return true;
	if (v->ref.depth > depth || !by || !sym_is_constant(by))
		return false;
	if (v->type == VALUE_OFFSET) {
		v->linear = prover_move(p, v->linear, -by->add);
		return true;
	}
	v->ref.offset -= 8 * by->add;
	return v->ref.offset > -(int32_t)SYM_BEHIND;
}

/* What both have written alike need not be known, unless a packet is looked for */
static bool keep_outputs(struct prover *p, struct pair *pair, uint32_t depth,
			 const struct sym_linear *by)
{
	struct side *a = &pair->side[0], *b = &pair->side[1];

	for (uint32_t i = 0; i < p->machine[0]->num_outputs; i++) {
		if (!p->exact && same_value(p, pair, &a->out[i], &b->out[i])) {
			a->out[i] = (struct value){};
			b->out[i] = (struct value){};
		} else if (!keep_value(p, &a->out[i], depth, by) ||
			   !keep_value(p, &b->out[i], depth, by)) {
			return false;
		}
	}
	if (!same_events(p, pair))
		return false;
	a->num_events = 0;
	b->num_events = 0;
	return true;
}

/* The first bit of a depth that an output or a state still needs */
static uint32_t first_needed(const struct prover *p, const struct pair *pair,
			     struct sym_ref base)
{
	uint32_t first = sym_var(base, 0);
	int32_t behind = 0;

	for (int s = 0; s < 2; s++) {
		const struct sym_state *state =
			&p->machine[s]->states[pair->side[s].state];

		if (!pair->side[s].stopped && state->behind[base.depth] < behind)
			behind = state->behind[base.depth];
	}
	first += behind;
	for (uint32_t i = 0; i < p->machine[0]->num_outputs; i++)
		for (int s = 0; s < 2; s++) {
			const struct value *v = &pair->side[s].out[i];

			if (v->type == VALUE_FIELD &&
			    v->ref.depth == base.depth &&
			    sym_var(v->ref, 0) < first)
				first = sym_var(v->ref, 0);
		}
	return first;
}

static void move_bits(struct prover *p, struct pair *pair,
		      const struct side *mover, const struct sym_linear *by)
{
	struct sym_ref here = { .depth = mover->depth };
	struct sym_ref next = { .depth = here.depth + 1 };
	uint32_t low = sym_var(here, 0) - SYM_BEHIND;
	uint32_t end = sym_var(next, 0) - SYM_BEHIND;

	pair->bits = bdd_exists(p->bdd, pair->bits, end, UINT32_MAX - 1);
	if (mover->opened || !sym_is_constant(by)) {
		pair->bits = bdd_exists(p->bdd, pair->bits, low, end);
		return;
	}
	pair->bits = bdd_exists(p->bdd, pair->bits, low, low + 8 * by->add);
	pair->bits = bdd_shift(p->bdd, pair->bits, low, end, 8 * by->add);
	pair->bits = bdd_exists(p->bdd, pair->bits, low,
				first_needed(p, pair, here));
}

static const struct interval any = { INT64_MIN, INT64_MAX };
static const struct interval some = { 0, INT64_MAX };

/* Numbers that both sides ask for in the same way need not be known */
static void forget_numbers(const struct prover *p, struct pair *pair,
			   uint32_t depth)
{
	pair->win[0][0] = any;
	pair->win[1][0] = any;
	for (uint32_t d = depth; d < MAX_DEPTH; d++) {
		pair->rem[d] = any;
		pair->win[0][d] = any;
		pair->win[1][d] = any;
		pair->area[d] = some;	/* elements were seen to lie in it */
	}
	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < p->machine[s]->num_counters; i++)
			pair->count[s][i] = some;
}

/* How many bytes behind its base are in the frame, and in the window if it has
 * begun: what a header before it asked for. It is one number, as both are asked
 * for together.
 */
static void keep_inside(const struct prover *p, struct pair *pair,
			const struct pair *before, int64_t by)
{
	const struct side *side = &pair->side[0];
	int64_t inside = before->rem[0].lo, window;

	if (side->counting || pair->side[1].counting) {
		window = side->began ? side->origin + p->machine[0]->max_bytes :
				       before->win[0][0].lo;
		if (!pair->same_window || window < inside)
			inside = pair->same_window ? window : INT64_MIN;
	}
	if (inside < by)
		return;
	pair->rem[0].lo = inside - by;
	if (pair->same_window)
		pair->win[0][0].lo = inside - by;
}

/* Where a new area begins, from the base of its depth before */
static void open_base(const struct prover *p, struct pair *pair,
		      const struct side *side)
{
	uint32_t depth = side->depth;
	const struct sym_linear *length =
		prover_linear(p, side->length[depth - 1]);
	int64_t by = 0, area;

	if (side->from == SYM_FROM_NODE) {
		pair->base[depth] = pair->base[depth - 1];
		pair->rem[depth] = pair->rem[depth - 1];
		pair->win[0][depth] = pair->win[0][depth - 1];
		pair->win[1][depth] = pair->win[1][depth - 1];
		by = side->start;
	} else if (side->from == SYM_FROM_END) {
		by = pair->area[depth].lo;
	}
	pair->base[depth] += by;
	pair->rem[depth] = moved(pair->rem[depth], by);
	pair->win[0][depth] = moved(pair->win[0][depth], by);
	pair->win[1][depth] = moved(pair->win[1][depth], by);
	area = side->area == NO_AREA ?
	       pair->base[depth - 1] + length->add - pair->base[depth] :
	       prover_linear(p, side->area)->add;
	pair->area[depth] = (struct interval){ area, area };
	/* All that is left of the frame: as much as there is */
	if (side->area == NO_AREA && length->num)
		pair->area[depth] = pair->rem[depth];
}

/* ... but a search for a packet follows them. */
static void follow_numbers(const struct prover *p, struct pair *pair,
			   const struct side *mover,
			   const struct sym_linear *by)
{
	uint32_t depth = mover->depth;

	for (int s = 0; s < 2; s++) {
		const struct side *side = &pair->side[s];
		int64_t end = side->origin + p->machine[s]->max_bytes;

		if (side->began)
			pair->win[s][0] = (struct interval){ end, end };
		for (uint32_t i = 0; i < p->machine[s]->num_counters; i++) {
			struct interval *count = &pair->count[s][i];

			if (side->reset[i])
				*count = (struct interval){ 0, 0 };
			*count = moved(*count, -(int64_t)side->up[i]);
			if (count->hi > p->machine[s]->max[i])
				*count = (struct interval){
					p->machine[s]->max[i],
					p->machine[s]->max[i] };
		}
	}
	if (mover->opened) {
		open_base(p, pair, mover);
		return;
	}
	pair->base[depth] += by->add;
	pair->rem[depth] = moved(pair->rem[depth], by->add);
	pair->area[depth] = moved(pair->area[depth], by->add);
	for (int s = 0; s < 2; s++)
		pair->win[s][depth] = moved(pair->win[s][depth], by->add);
}

/* Lengths of nodes that a base has left: who still uses one is not understood */
static void leave_lengths(const struct prover *p, int s, struct side *side,
			  uint32_t depth)
{
	uint32_t used = side->stopped ? 0 :
			p->machine[s]->states[side->state].lengths;

	for (uint32_t d = depth; d < MAX_DEPTH; d++) {
		bool number = sym_is_constant(prover_linear(p, side->length[d]));

		if (!(used >> d & 1))
			side->length[d] = p->zero;
		else if (!p->exact || !number)
			side->length[d] = p->stale;
	}
}

static void start_side(const struct prover *p, struct side *side)
{
	side->x = p->zero;
	side->moved = false;
	side->opened = false;
	side->began = false;
	side->depth = 0;
	side->from = 0;
	side->start = 0;
	side->area = 0;
	memset(side->passed, 0, sizeof(side->passed));
	memset(side->up, 0, sizeof(side->up));
	memset(side->reset, 0, sizeof(side->reset));
}

/* Both are at the same place, or one is and the other has stopped */
static void sync(struct prover *p, struct pair *pair)
{
	struct side *a = &pair->side[0], *b = &pair->side[1];
	const struct side *mover = a->stopped ? b : a;
	const struct sym_linear by = *prover_linear(p, mover->x);
	const struct pair old = *pair;
	uint32_t depth = mover->depth;

	if (!keep_outputs(p, pair, depth, mover->opened && !p->exact ?
					  NULL : &by)) {
		if (!p->exact)
			differ(p, pair, "outputs");
		return;
	}
	match_counters(p, pair);
	if (p->exact)
		follow_numbers(p, pair, mover, &by);
	else
		forget_numbers(p, pair, depth);
	move_bits(p, pair, mover, &by);
	if (a->began || b->began)
		pair->same_window = a->began && b->began &&
				    a->origin == b->origin &&
				    p->machine[0]->max_bytes ==
				    p->machine[1]->max_bytes;
	if (!p->exact && !depth && !mover->opened && sym_is_constant(&by))
		keep_inside(p, pair, &old, by.add);
	leave_lengths(p, 0, a, depth);
	leave_lengths(p, 1, b, depth);
	start_side(p, a);
	start_side(p, b);
	pair->known_depths = depth;
	pair->steps = 0;
	pair->alone = 0;
	pair->num_atoms = 0;
	prover_add(p, pair, pair->place, old.bits);
}

/* ---- which side goes on ------------------------------------------------------------- */

/* What one side knew when it made a form may be less than what the other knew */
static void resolve(struct prover *p, struct pair *pair)
{
	for (int s = 0; s < 2; s++) {
		struct side *side = &pair->side[s];

		side->x = prover_resolve(p, side->x, pair->bits);
		if (side->opened && side->area != NO_AREA)
			side->area = prover_resolve(p, side->area, pair->bits);
		for (uint32_t d = 0; d < MAX_DEPTH; d++)
			side->length[d] = prover_resolve(p, side->length[d],
							 pair->bits);
		for (uint32_t i = 0; i < p->machine[0]->num_outputs; i++) {
			struct value *v = &side->out[i];

			if (v->type == VALUE_OFFSET || v->type == VALUE_LENGTH)
				v->linear = prover_resolve(p, v->linear,
							   pair->bits);
		}
		for (uint32_t i = 0; i < side->num_events; i++) {
			struct value *v = &side->events[i].value;

			if (v->type == VALUE_OFFSET || v->type == VALUE_LENGTH)
				v->linear = prover_resolve(p, v->linear,
							   pair->bits);
		}
	}
}

/* Fields that an offset depends on get each of their values; when a packet is
 * looked for, the largest and the two smallest, which come first then
 */
void enumerate(struct prover *p, const struct pair *pair, uint32_t linear)
{
	struct sym_ref ref = prover_linear(p, linear)->terms[0].ref;
	uint32_t vars[8], bits[256], num = 0;

	if (ref.bits > 8 || ref.depth >= SYM_REST) {
		stuck(p, pair);
		return;
	}
	for (uint32_t i = 0; i < ref.bits; i++)
		vars[i] = sym_var(ref, i);
	for (uint32_t v = 1U << ref.bits; v--; ) {
		bits[num] = bdd_and(p->bdd, pair->bits,
				    bdd_masked(p->bdd, vars, ref.bits, v, ~0U));
		num += bits[num] != BDD_FALSE;
	}
	for (uint32_t i = 0; i < num; i++) {
		struct pair child = *pair;

		if (p->exact && i && i + 2 < num)
			continue;
		child.bits = bits[i];
		resolve(p, &child);
		explore(p, &child);
	}
}

static bool is_constant(const struct prover *p, uint32_t linear)
{
	return linear == NO_AREA || sym_is_constant(prover_linear(p, linear));
}

/* An area without a length of its own ends where its node does */
static bool same_end(const struct side *a, const struct side *b)
{
	return a->area == b->area &&
	       (!a->opened || a->area != NO_AREA ||
		a->length[a->depth - 1] == b->length[b->depth - 1]);
}

static bool same_place(const struct side *a, const struct side *b)
{
	return a->moved && b->moved && a->depth == b->depth && a->x == b->x &&
	       a->opened == b->opened && a->from == b->from &&
	       a->start == b->start && same_end(a, b);
}

/* Both have moved, but not to the same place */
static void catch_up(struct prover *p, struct pair *pair)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	if (a->opened || b->opened || a->depth != b->depth)
		stuck(p, pair);
	else if (!is_constant(p, a->x))
		enumerate(p, pair, a->x);
	else if (!is_constant(p, b->x))
		enumerate(p, pair, b->x);
	else
		run_side(p, pair, prover_linear(p, a->x)->add >
				  prover_linear(p, b->x)->add);
}

/* A packet is looked for with numbers, not with forms */
static uint32_t open_form(const struct prover *p, const struct side *side)
{
	uint32_t length;

	if (!p->exact || !side->moved || side->stopped)
		return p->zero;
	if (!is_constant(p, side->x))
		return side->x;
	if (!side->opened)
		return p->zero;
	if (!is_constant(p, side->area))
		return side->area;
	length = side->length[side->depth - 1];
	return is_constant(p, length) ||
	       prover_linear(p, length)->terms[0].ref.depth >= SYM_REST ?
	       p->zero : length;
}

/* Does it neither look at nor move in a part? */
static bool is_plain(const struct sym_state *state)
{
	bool plain = !state->depth && state->type != SYM_OPEN;

	for (uint32_t i = 0; plain && i < state->num_rules; i++)
		plain = !state->rules[i].depth;
	return plain;
}

/* One has stopped. That the other soon does may be for what is known of numbers,
 * which a place would forget: so it goes on for a while.
 */
static bool goes_on(const struct prover *p, struct pair *pair)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];
	const struct side *on = a->stopped ? b : a;
	const struct sym_machine *m = p->machine[a->stopped];

	return (a->stopped || b->stopped) && !on->opened && !on->depth &&
	       is_constant(p, on->x) && is_plain(&m->states[on->state]) &&
	       pair->alone++ < MAX_ALONE;
}

void explore(struct prover *p, struct pair *pair)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	if (p->found || p->gave_up)
		return;
	if ((a->stopped || a->moved) && (b->stopped || b->moved))
		resolve(p, pair);
	if (p->branches++ > p->max_branches)
		p->gave_up = true;
	else if (a->lost || b->lost || pair->steps++ > MAX_SIDE_STEPS)
		stuck(p, pair);
	else if (a->stopped && b->stopped)
		compare(p, pair);
	else if (open_form(p, a) != p->zero)
		enumerate(p, pair, open_form(p, a));
	else if (open_form(p, b) != p->zero)
		enumerate(p, pair, open_form(p, b));
	else if (!a->stopped && !a->moved)
		run_side(p, pair, 0);
	else if (!b->stopped && !b->moved)
		run_side(p, pair, 1);
	else if (goes_on(p, pair))
		run_side(p, pair, a->stopped);
	else if (a->stopped || b->stopped || same_place(a, b))
		sync(p, pair);
	else
		catch_up(p, pair);
}
