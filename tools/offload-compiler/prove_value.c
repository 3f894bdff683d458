// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What two sides have written: is it the same for all packets that come here? */
#include "prove_pair.h"

/* Bit @bit, from the least significant, of a value; a BDD */
static uint32_t value_bit(struct prover *p, const struct value *v, uint32_t bit)
{
	if (v->type == VALUE_CONST)
		return v->value >> bit & 1;
	if (bit >= v->ref.bits)
		return BDD_FALSE;
	return bdd_var(p->bdd, sym_var(v->ref, v->ref.bits - 1 - bit));
}

/* Where they differ, @p->differ are the packets of @pair that show it */
static bool same_bits(struct prover *p, const struct pair *pair,
		      const struct value *a, const struct value *b)
{
	for (uint32_t i = 0; i < MAX_KEY_BITS; i++) {
		uint32_t x = value_bit(p, a, i), y = value_bit(p, b, i);
		uint32_t differ = bdd_ite(p->bdd, x, bdd_not(p->bdd, y), y);

		p->differ = bdd_and(p->bdd, differ, pair->bits);
		if (p->differ != BDD_FALSE)
			return false;
	}
	return true;
}

static bool same_counter(const struct prover *p, const struct pair *pair,
			 const struct value *a, const struct value *b)
{
	const uint64_t *equal = a->reset ? p->possible : pair->equal;

	return a->reset == b->reset && a->up == b->up &&
	       equal[a->counter] >> b->counter & 1;
}

static bool is_bits(const struct value *v)
{
	return v->type == VALUE_FIELD || v->type == VALUE_CONST;
}

bool same_value(struct prover *p, const struct pair *pair,
		const struct value *a, const struct value *b)
{
	p->differ = pair->bits;
	if (is_bits(a) && is_bits(b))
		return same_bits(p, pair, a, b);
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VALUE_OFFSET:
	case VALUE_LENGTH:
		return a->ref.depth == b->ref.depth && a->linear == b->linear;
	case VALUE_COUNTER:
		return same_counter(p, pair, a, b);
	default:
		return true;	/* VALUE_OLD: what both had written before */
	}
}

static bool same_event(struct prover *p, const struct pair *pair,
		       const struct event *a, const struct event *b)
{
	return a->output == b->output && a->num == b->num &&
	       a->last == b->last && same_counter(p, pair, &a->index, &b->index) &&
	       same_value(p, pair, &a->value, &b->value);
}

bool same_events(struct prover *p, const struct pair *pair)
{
	const struct side *a = &pair->side[0], *b = &pair->side[1];

	if (a->num_events != b->num_events)
		return false;
	for (uint32_t i = 0; i < a->num_events; i++)
		if (!same_event(p, pair, &a->events[i], &b->events[i]))
			return false;
	return true;
}
