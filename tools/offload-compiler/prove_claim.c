// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The certificate that a search leaves: each of its places, see proof.h. */
#include <stdlib.h>
#include <string.h>

#include "prove_pair.h"

#define MAX_FALSE	4096	/* ways to the false of one BDD */

struct bit {			/* of a packet */
	uint32_t	var;
	bool		one;
};

struct bits {
	struct bit	*bit;
	uint32_t	num;
};

static void bits_push(struct bits *bits, uint32_t var, bool one)
{
	if (!(bits->num & (bits->num + 1)))
		bits->bit = xrealloc(bits->bit, 2 * (bits->num + 1) *
				     sizeof(*bits->bit));
	bits->bit[bits->num++] = (struct bit){ var, one };
}

/* ---- runs of bits -------------------------------------------------------- */

static void write_place_of(struct buffer *text, uint32_t var)
{
	struct sym_ref base = { .depth = MAX_DEPTH - 1 };

	if (var < 32) {
		buffer_printf(text, " inputs %u ", var);
		return;
	}
	while (base.depth && var < sym_var(base, 0) - SYM_BEHIND)
		base.depth--;
	buffer_printf(text, " %u %d ", base.depth,
		      (int32_t)(var - sym_var(base, 0)));
}

/* Ascending; what lies between two near ones is left open */
static void write_bits(struct buffer *text, const char *word,
		       const struct bits *bits)
{
	uint32_t last = 0;

	buffer_printf(text, "%s", word);
	for (uint32_t i = 0; i < bits->num; i++) {
		uint32_t var = bits->bit[i].var;

		if (!i || var > last + 8 || var < 32)
			write_place_of(text, var);
		else
			buffer_printf(text, "%.*s", (int)(var - last - 1),
				      "xxxxxxxx");
		buffer_printf(text, "%c", "01"[bits->bit[i].one]);
		last = var;
	}
	buffer_printf(text, "\n");
}

/* ---- what a BDD knows ---------------------------------------------------- */

static int by_var(const void *a, const void *b)
{
	const struct bit *x = a, *y = b;

	return x->var < y->var ? -1 : x->var > y->var;
}

/* The variables that all of @bits have alike */
static void find_known(struct prover *p, uint32_t bits, struct bits *known)
{
	struct bits nodes = {};

	bits_push(&nodes, bits, false);
	for (uint32_t i = 0; i < nodes.num; i++) {
		uint32_t f = nodes.bit[i].var, k = 0, var, zero, one;

		if (f <= BDD_TRUE)
			continue;
		while (k < i && nodes.bit[k].var != f)
			k++;
		if (k < i)
			continue;
		bits_push(&nodes, bdd_low(p->bdd, f), false);
		bits_push(&nodes, bdd_high(p->bdd, f), false);
		var = bdd_top(p->bdd, f);
		one = bdd_and(p->bdd, bits, bdd_var(p->bdd, var));
		zero = bdd_and(p->bdd, bits, bdd_not(p->bdd,
						     bdd_var(p->bdd, var)));
		if (one != BDD_FALSE && zero != BDD_FALSE)
			continue;
		for (k = 0; k < known->num && known->bit[k].var != var; k++)
			;
		if (k == known->num)
			bits_push(known, var, zero == BDD_FALSE);
	}
	free(nodes.bit);
	if (known->num)
		qsort(known->bit, known->num, sizeof(*known->bit),
		      by_var);
}

/* Where the known bits are as known, each way to false is a set without packets */
static void write_except(struct prover *p, uint32_t f, const struct bits *known,
			 struct bits *way, uint32_t *num)
{
	uint32_t low, high, i = 0;

	if (f == BDD_TRUE || *num == MAX_FALSE)
		return;
	if (f == BDD_FALSE) {
		write_bits(&p->claims, "except", way);
		(*num)++;
		return;
	}
	low = bdd_low(p->bdd, f);
	high = bdd_high(p->bdd, f);
	while (i < known->num && known->bit[i].var != bdd_top(p->bdd, f))
		i++;
	if (i < known->num) {
		write_except(p, known->bit[i].one ? high : low, known, way,
			     num);
		return;
	}
	bits_push(way, bdd_top(p->bdd, f), false);
	write_except(p, low, known, way, num);
	way->bit[way->num - 1].one = true;
	write_except(p, high, known, way, num);
	way->num--;
}

static void write_known(struct prover *p, uint32_t bits)
{
	struct bits known = {}, way = {};
	uint32_t num = 0;

	find_known(p, bits, &known);
	if (known.num)
		write_bits(&p->claims, "known", &known);
	write_except(p, bits, &known, &way, &num);
	free(known.bit);
	free(way.bit);
}

/* ---- the other claims ---------------------------------------------------- */

static void write_linear(struct prover *p, uint32_t index)
{
	const struct sym_linear *l = prover_linear(p, index);

	buffer_printf(&p->claims, " %lld %u", (long long)l->add, l->num);
	for (uint32_t i = 0; i < l->num; i++)
		buffer_printf(&p->claims, " %u %d %u %lld",
			      l->terms[i].ref.depth, l->terms[i].ref.offset,
			      l->terms[i].ref.bits,
			      (long long)l->terms[i].times);
	buffer_printf(&p->claims, "\n");
}

static void write_value(struct prover *p, uint32_t output, int s,
			const struct value *v)
{
	struct buffer *text = &p->claims;

	if (v->type == VALUE_OLD)
		return;
	buffer_printf(text, "output %u %d ", output, s);
	if (v->type == VALUE_CONST) {
		uint64_t high = v->value >> 64, low = v->value;

		buffer_printf(text, "const ");
		if (high)
			buffer_printf(text, "%llx", (unsigned long long)high);
		buffer_printf(text, high ? "%016llx\n" : "%llx\n",
			      (unsigned long long)low);
	} else if (v->type == VALUE_FIELD) {
		if (v->ref.depth == SYM_INPUT)
			buffer_printf(text, "field inputs");
		else
			buffer_printf(text, "field %u", v->ref.depth);
		buffer_printf(text, " %d %u\n", v->ref.offset, v->ref.bits);
	} else {
		buffer_printf(text, "offset %u", v->ref.depth);
		write_linear(p, v->linear);
	}
}

static void write_side(struct prover *p, const struct pair *pair, int s)
{
	const struct side *side = &pair->side[s];

	if (side->stopped)
		buffer_printf(&p->claims, "stopped %d %u\n", s, side->verdict);
	if (side->counting)
		buffer_printf(&p->claims, "counting %d\n", s);
	for (uint32_t d = 0; d < MAX_DEPTH && !side->stopped; d++) {
		if (side->length[d] == p->stale ||
		    !(p->machine[s]->states[side->state].lengths >> d & 1))
			continue;
		buffer_printf(&p->claims, "length %d %u", s, d);
		write_linear(p, side->length[d]);
	}
}

/* The list of counters that are equal: one that was written before, or new */
static uint32_t write_equal(struct prover *p, const struct pair *pair)
{
	uint32_t i = 0;

	while (i < p->num_equals &&
	       memcmp(p->equals[i].of, pair->equal, sizeof(pair->equal)))
		i++;
	if (i < p->num_equals)
		return i;
	p->equals = xrealloc(p->equals, (i + 1) * sizeof(*p->equals));
	memcpy(p->equals[i].of, pair->equal, sizeof(pair->equal));
	p->num_equals++;
	buffer_printf(&p->claims, "equal");
	for (uint32_t k = 0; k < p->machine[0]->num_counters; k++)
		for (uint32_t n = 0; n < p->machine[1]->num_counters; n++)
			if (pair->equal[k] >> n & 1)
				buffer_printf(&p->claims, " %u %u", k, n);
	buffer_printf(&p->claims, "\n");
	return i;
}

void prover_claim(struct prover *p, const struct pair *pair)
{
	uint32_t equal = write_equal(p, pair);

	buffer_printf(&p->claims, "place %u %u %u\n", pair->side[0].state,
		      pair->side[1].state, equal);
	write_side(p, pair, 0);
	write_side(p, pair, 1);
	if (pair->same_window)
		buffer_printf(&p->claims, "window\n");
	if (pair->win[0][0].lo >= 0)
		buffer_printf(&p->claims, "inside %lld\n",
			      (long long)pair->win[0][0].lo);
	for (uint32_t d = 0; d <= pair->known_depths && d < MAX_DEPTH; d++)
		if (pair->rem[d].lo >= 0)
			buffer_printf(&p->claims, "bytes %u %lld\n", d,
				      (long long)pair->rem[d].lo);
	for (uint32_t d = 1; d <= pair->known_depths && d < MAX_DEPTH; d++)
		if (pair->area[d].lo > 0)
			buffer_printf(&p->claims, "area %u %lld\n", d,
				      (long long)pair->area[d].lo);
	for (uint32_t i = 0; i < p->machine[0]->num_outputs; i++)
		for (int s = 0; s < 2; s++)
			write_value(p, i, s, &pair->side[s].out[i]);
	write_known(p, pair->bits);
}
