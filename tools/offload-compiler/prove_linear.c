// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Linear forms over fields of the packet, as lengths are. */
#include <string.h>

#include "prove.h"

/* Inputs first; then the bits of each depth, in their order in the packet */
uint32_t sym_var(struct sym_ref ref, uint32_t bit)
{
	if (ref.depth == SYM_INPUT)
		return ref.offset + bit;
	return 32 + ref.depth * (SYM_BEHIND + SYM_AHEAD + MAX_KEY_BITS) +
	       SYM_BEHIND + ref.offset + bit;
}

static int compare(const struct sym_ref *a, const struct sym_ref *b)
{
	if (a->depth != b->depth)
		return a->depth < b->depth ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return a->bits < b->bits ? -1 : a->bits > b->bits;
}

void sym_add_term(struct sym_linear *linear, struct sym_ref ref, int64_t times)
{
	uint32_t i = 0;
	int order = 1;

	while (i < linear->num) {
		order = compare(&linear->terms[i].ref, &ref);
		if (order >= 0)
			break;
		i++;
	}
	if (i < linear->num && !order) {
		linear->terms[i].times += times;
		if (linear->terms[i].times)
			return;
		linear->num--;
		memmove(&linear->terms[i], &linear->terms[i + 1],
			(linear->num - i) * sizeof(linear->terms[0]));
		return;
	}
	if (!times)
		return;
	if (linear->num == SYM_TERMS) {
		linear->full = true;
		return;
	}
	memmove(&linear->terms[i + 1], &linear->terms[i],
		(linear->num - i) * sizeof(linear->terms[0]));
	linear->terms[i] = (struct sym_term){ ref, times };
	linear->num++;
}

bool sym_equal(const struct sym_linear *a, const struct sym_linear *b)
{
	if (a->add != b->add || a->num != b->num || a->full || b->full)
		return false;
	for (uint32_t i = 0; i < a->num; i++)
		if (compare(&a->terms[i].ref, &b->terms[i].ref) ||
		    a->terms[i].times != b->terms[i].times)
			return false;
	return true;
}

bool sym_is_constant(const struct sym_linear *linear)
{
	return !linear->num;
}

void sym_plus(struct sym_linear *to, const struct sym_linear *linear)
{
	to->add += linear->add;
	to->full |= linear->full;
	for (uint32_t i = 0; i < linear->num; i++)
		sym_add_term(to, linear->terms[i].ref, linear->terms[i].times);
}

struct weight {			/* of one bit in a sum */
	uint32_t	var;
	int64_t		value;
};

/* Bits that are decided already are in @sum; the least and the most that the
 * others can add end the recursion early. Weights of one field are powers of
 * two, so that few sums are ever met twice and none exponentially often.
 */
static uint32_t less(struct bdd *bdd, const struct weight *w, uint32_t num,
		     int64_t sum, int64_t bound)
{
	int64_t least = sum, most = sum;

	for (uint32_t i = 0; i < num; i++) {
		if (w[i].value < 0)
			least += w[i].value;
		else
			most += w[i].value;
	}
	if (most < bound)
		return BDD_TRUE;
	if (least >= bound)
		return BDD_FALSE;
	return bdd_ite(bdd, bdd_var(bdd, w->var),
		       less(bdd, w + 1, num - 1, sum + w->value, bound),
		       less(bdd, w + 1, num - 1, sum, bound));
}

uint32_t sym_less(struct bdd *bdd, const struct sym_linear *linear,
		  int64_t bound)
{
	struct weight weights[SYM_TERMS * 20];
	uint32_t num = 0;

	for (uint32_t i = 0; i < linear->num; i++) {
		const struct sym_term *t = &linear->terms[i];

		for (uint32_t b = 0; b < t->ref.bits && num < SYM_TERMS * 20; b++)
			weights[num++] = (struct weight){
				sym_var(t->ref, b),
				t->times * (1LL << (t->ref.bits - 1 - b)),
			};
	}
	return less(bdd, weights, num, linear->add, bound);
}
