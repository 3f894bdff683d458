// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What one side does at a state: its rules, their effects, and the ways out. */
#include <stdlib.h>
#include <string.h>

#include "cond_bdd.h"
#include "prove_visit.h"

/* ---- rules -------------------------------------------------------------------------- */

/* Bits of the header that a state looks at */
struct side_vars {
	struct cond_vars	vars;
	const struct visit	*v;
};

static uint32_t side_var(const struct cond_vars *vars, uint32_t bit)
{
	const struct visit *v = ((const struct side_vars *)vars)->v;

	return sym_var(at_side(v, (struct sym_ref){ v->state->depth, bit, 1 }),
		       0);
}

static uint32_t fails(const struct visit *v, const struct cond *cond)
{
	const struct side_vars vars = { .vars.var = side_var, .v = v };

	return bdd_not(v->p->bdd, cond_bdd(v->p->bdd, cond, v->state->fields,
					   &vars.vars));
}

static uint32_t applies(const struct visit *v, const struct sym_rule *rule)
{
	struct bdd *bdd = v->p->bdd;
	uint32_t vars[MAX_KEY_BITS], bits = 0;

	if (rule->type == RULE_ALWAYS)
		return BDD_TRUE;
	if (rule->type == RULE_FAILS)
		return fails(v, rule->cond);
	for (uint32_t i = 0; i < v->state->num_key; i++) {
		struct sym_ref ref = at_side(v, v->state->key[i]);

		for (uint32_t k = 0; k < ref.bits && bits < MAX_KEY_BITS; k++)
			vars[bits++] = sym_var(ref, k);
	}
	if (rule->type == RULE_MASK)
		return bdd_masked(bdd, vars, bits, rule->a, rule->b);
	return range_bdd(bdd, vars, bits, rule->a, rule->b);
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

static struct value offset(const struct visit *v, uint32_t depth,
			   const struct sym_linear *l)
{
	return (struct value){
		.type = VALUE_OFFSET, .ref.depth = depth,
		.linear = prover_intern(v->p, l),
	};
}

static struct value written(const struct visit *v, struct side *side,
			    const struct sym_write *w)
{
	struct sym_linear linear = { .add = moved_by(v, w->ref.depth) };
	uint32_t length = side->length[w->ref.depth];

	if (w->type == SYM_END || w->type == SYM_LENGTH_OF)
		side->lost |= length == v->p->stale;
	switch (w->type) {
	case SYM_FIELD:
		return (struct value){ .type = VALUE_FIELD,
				       .ref = at_side(v, w->ref) };
	case SYM_CONST:
		return (struct value){ .type = VALUE_CONST, .value = w->value };
	case SYM_START:
		linear.add += w->value;
		return offset(v, w->ref.depth, &linear);
	case SYM_END:
		sym_plus(&linear, prover_linear(v->p, length));
		return offset(v, w->ref.depth, &linear);
	case SYM_LENGTH_OF:
		return (struct value){ .type = VALUE_LENGTH,
				       .ref.depth = w->ref.depth,
				       .linear = length };
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
		side->lost = true;
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
		counter_up(side, w->counter);
	else if (w->type == SYM_RESET)
		counter_reset(side, w->counter);
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
	if (by == v->p->stale ||
	    (side->moved && (side->opened || side->depth != depth))) {
		side->lost = true;
		return;
	}
	if (side->moved)
		x = *prover_linear(v->p, side->x);
	sym_plus(&x, prover_linear(v->p, by));
	side->x = prover_intern(v->p, &x);
	side->depth = depth;
	side->moved = true;
	side->passed[depth] = true;
}

/* The same key again takes the same rule again */
static bool runs_out_of_steps(const struct sym_state *state,
			      const struct sym_rule *rule, uint32_t index)
{
	return state->type == SYM_HOLD && rule->target == index &&
	       !rule->advance && !rule->skips && !rule->num_writes;
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
	if (rule->advance) {	/* nobody has seen whether that is in the area */
		side->lost |= rule->depth && side->passed[rule->depth];
		move(v, side, rule->depth, side->length[rule->depth]);
	}
	if (rule->skips) {
		move(v, side, rule->depth, prover_intern(v->p, &skip));
		if (rule->depth &&
		    !stop_below(&child, &pair->area[rule->depth],
				moved_by(&child, rule->depth),
				PARSE_BAD_LENGTH))
			return;
	}
	if (rule->stop) {
		visit_stop(v, pair, rule->target);
		return;
	}
	if (runs_out_of_steps(v->state, rule, side->state)) {
		visit_stop(v, pair, PARSE_FAIL);
		return;
	}
	side->state = rule->target;
	explore(v->p, pair);
}

/* ---- ways out --------------------------------------------------------------------------- */

static bool same_effect(const struct sym_rule *a, const struct sym_rule *b)
{
	return a->stop == b->stop && a->target == b->target &&
	       a->advance == b->advance && a->skips == b->skips &&
	       a->skip == b->skip && a->depth == b->depth &&
	       a->num_writes == b->num_writes &&
	       (!a->num_writes || a->writes == b->writes ||
		!memcmp(a->writes, b->writes,
			a->num_writes * sizeof(*a->writes)));
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
	counter_up(v->side, SYM_COUNT + v->d);
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
	};
	bool on = false;

	v.x = moved_by(&v, v.d);
	side->at = side->state;
	switch (state->type) {
	case SYM_VISIT:
		on = visit_node(&v);
		break;
	case SYM_LENGTH:
		on = set_length(&v);
		break;
	case SYM_HOLD:
		on = true;
		break;
	case SYM_OPEN:
		on = open_area(&v);
		break;
	case SYM_LOOP:
		on = head_of_loop(&v);
		break;
	}
	if (on)
		take_ways(&v);
}
