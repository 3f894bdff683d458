// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Sets of packets as cubes, for the checker of proofs. */
#include <stdlib.h>
#include <string.h>

#include "proof.h"

#define DEPTH_BITS	24	/* of a number: 2^23 bits before and behind a base */
#define MAX_CUBES	4096	/* of one rule */

bool ref_back(struct sym_ref *ref, int64_t bytes)
{
	const int64_t far = 1 << (DEPTH_BITS - 2);
	int64_t offset;

	if (ref->depth == SYM_INPUT)
		return true;
	if (bytes < -far || bytes > far)
		return false;
	offset = ref->offset + 8 * bytes;
	ref->offset = offset;
	return offset >= -far && offset <= far;
}

bool packet_bit(struct sym_ref ref, uint32_t bit, uint32_t *number)
{
	int64_t at = (int64_t)ref.offset + bit, half = 1 << (DEPTH_BITS - 1);

	if (ref.depth == SYM_INPUT) {
		*number = at;
		return at >= 0 && at < 32;
	}
	*number = ((ref.depth + 1) << DEPTH_BITS) + at + half;
	return ref.depth < MAX_DEPTH && at >= -half && at < half;
}

/* ---- one cube ------------------------------------------------------------ */

static uint32_t find_word(const struct cube *cube, uint32_t at)
{
	uint32_t i = 0;

	while (i < cube->num && cube->words[i].at < at)
		i++;
	return i;
}

int cube_get(const struct cube *cube, uint32_t bit)
{
	const struct cube_word *w = &cube->words[find_word(cube, bit / 64)];

	if (w == cube->words + cube->num || w->at != bit / 64 ||
	    !(w->mask >> bit % 64 & 1))
		return -1;
	return w->value >> bit % 64 & 1;
}

static struct cube_word *make_word(struct sets *sets, struct cube *cube,
				   uint32_t at)
{
	uint32_t i = find_word(cube, at);
	struct cube_word *w = &cube->words[i];

	if (i < cube->num && w->at == at)
		return w;
	if (cube->num == CUBE_WORDS) {
		sets->failed = true;
		return NULL;
	}
	memmove(w + 1, w, (cube->num - i) * sizeof(*w));
	cube->num++;
	*w = (struct cube_word){ .at = at };
	return w;
}

void cube_set(struct sets *sets, struct cube *cube, uint32_t bit, bool one)
{
	struct cube_word *w = make_word(sets, cube, bit / 64);

	if (!w)
		return;
	w->mask |= 1ULL << bit % 64;
	w->value &= ~(1ULL << bit % 64);
	w->value |= (uint64_t)one << bit % 64;
}

bool cubes_meet(const struct cube *a, const struct cube *b)
{
	uint32_t i = 0, k = 0;

	while (i < a->num && k < b->num) {
		const struct cube_word *v = &a->words[i], *w = &b->words[k];

		if (v->at == w->at && (v->value ^ w->value) & v->mask & w->mask)
			return false;
		i += v->at <= w->at;
		k += w->at <= v->at;
	}
	return true;
}

void cube_and(struct sets *sets, struct cube *cube, const struct cube *other)
{
	for (uint32_t i = 0; i < other->num; i++) {
		const struct cube_word *w = &other->words[i];
		struct cube_word *to = make_word(sets, cube, w->at);

		if (!to)
			return;
		to->mask |= w->mask;
		to->value |= w->value;
	}
}

bool cube_back(struct sets *sets, const struct cube *cube, uint32_t depth,
	       int64_t bytes, uint32_t lost, struct cube *before)
{
	const int64_t far = 1 << (DEPTH_BITS - 4);

	*before = (struct cube){};
	for (uint32_t i = 0; i < 64 * cube->num; i++) {
		const struct cube_word *w = &cube->words[i / 64];
		uint32_t number = 64 * w->at + i % 64;
		uint32_t at = number >> DEPTH_BITS;	/* 0: inputs */

		if (!(w->mask >> i % 64 & 1))
			continue;
		if (at > lost)
			return false;
		if (at == depth + 1 && (bytes < -far || bytes > far))
			return false;
		if (at == depth + 1)
			number += 8 * bytes;
		if (number >> DEPTH_BITS != at)
			return false;
		cube_set(sets, before, number, w->value >> i % 64 & 1);
	}
	return true;
}

/* A bit that all packets of @b have alike, and some of @a not; false: there is
 * none, and @a is in @b
 */
static bool bit_outside(const struct cube *a, const struct cube *b,
			uint32_t *bit)
{
	uint32_t i = 0;

	for (uint32_t k = 0; k < b->num; k++) {
		const struct cube_word *w = &b->words[k];
		uint64_t left = w->mask;

		while (i < a->num && a->words[i].at < w->at)
			i++;
		if (i < a->num && a->words[i].at == w->at)
			left &= ~a->words[i].mask;
		if (left) {
			*bit = 64 * w->at + __builtin_ctzll(left);
			return true;
		}
	}
	return false;
}

/* ---- several ------------------------------------------------------------- */

void cubes_add(struct sets *sets, struct cubes *cubes, const struct cube *cube)
{
	if (sets->failed)
		return;
	if (!(cubes->num & (cubes->num + 1)))
		cubes->cube = xrealloc(cubes->cube, 2 * (cubes->num + 1) *
				       sizeof(*cubes->cube));
	cubes->cube[cubes->num++] = *cube;
}

void cubes_free(struct cubes *cubes)
{
	free(cubes->cube);
	*cubes = (struct cubes){};
}

static bool cover(struct sets *sets, const struct cube **with, uint32_t num,
		  const struct cube *cube)
{
	const struct cube **near = xcalloc(num, sizeof(*near));
	struct cube half = *cube;
	uint32_t bit = 0, count = 0;
	bool covered = false;

	for (uint32_t i = 0; i < num && !covered; i++) {
		if (!cubes_meet(with[i], cube))
			continue;
		covered = !bit_outside(cube, with[i], &bit);
		near[count++] = with[i];
	}
	sets->failed |= sets->work < num + 1;
	if (!covered && count && !sets->failed) {
		sets->work -= num + 1;
		cube_set(sets, &half, bit, false);
		covered = cover(sets, near, count, &half);
		cube_set(sets, &half, bit, true);
		covered = covered && cover(sets, near, count, &half);
	}
	free(near);
	return covered && !sets->failed;
}

bool cubes_cover(struct sets *sets, const struct cubes *cubes,
		 const struct cube *cube)
{
	const struct cube **with = xcalloc(cubes->num, sizeof(*with));
	bool covered;

	for (uint32_t i = 0; i < cubes->num; i++)
		with[i] = &cubes->cube[i];
	covered = cover(sets, with, cubes->num, cube);
	free(with);
	return covered;
}

/* ---- integers in the packet ---------------------------------------------- */

struct integer {
	uint32_t	bit[MAX_KEY_BITS];	/* most significant first */
	uint32_t	bits;
};

static void add_field(struct sets *sets, struct integer *n, struct sym_ref ref,
		      int64_t x)
{
	sets->failed |= !ref_back(&ref, x);
	for (uint32_t i = 0; i < ref.bits && !sets->failed; i++)
		if (n->bits == MAX_KEY_BITS ||
		    !packet_bit(ref, i, &n->bit[n->bits++])) {
			sets->failed = true;
			return;
		}
}

static bool bit_of(const struct integer *n, u128 value, uint32_t i)
{
	return value >> (n->bits - 1 - i) & 1;
}

/* (integer & @mask) == @value, or not */
static void equal_cubes(struct sets *sets, const struct integer *n, u128 value,
			u128 mask, bool want, struct cubes *cubes)
{
	bool never = value & ~mask || (n->bits < 128 && value >> n->bits);
	struct cube same = {}, other;

	for (uint32_t i = 0; i < n->bits && !never; i++) {
		if (!bit_of(n, mask, i))
			continue;
		other = same;
		cube_set(sets, &other, n->bit[i], !bit_of(n, value, i));
		cube_set(sets, &same, n->bit[i], bit_of(n, value, i));
		if (!want)
			cubes_add(sets, cubes, &other);
	}
	if (never != want)
		cubes_add(sets, cubes, &same);
}

/* (integer & @mask) <= @value, or not: a cube for each bit that may decide */
static void at_most_cubes(struct sets *sets, const struct integer *n, u128 value,
			  u128 mask, bool want, struct cubes *cubes)
{
	struct cube same = {}, other;
	bool less = n->bits < 128 && value >> n->bits;

	for (uint32_t i = 0; i < n->bits && !less; i++) {
		bool one = bit_of(n, value, i);

		if (!bit_of(n, mask, i)) {
			less = one;
			continue;
		}
		other = same;
		cube_set(sets, &other, n->bit[i], !one);
		cube_set(sets, &same, n->bit[i], one);
		if (one == want)
			cubes_add(sets, cubes, &other);
	}
	if (want)
		cubes_add(sets, cubes, &same);
}

static void below_cubes(struct sets *sets, const struct integer *n, u128 value,
			u128 mask, bool want, struct cubes *cubes)
{
	const struct cube all = {};

	if (value)
		at_most_cubes(sets, n, value - 1, mask, want, cubes);
	else if (!want)
		cubes_add(sets, cubes, &all);
}

/* ---- conditions and rules ------------------------------------------------ */

static void compare_cubes(struct sets *sets, const struct sym_state *state,
			  const struct cond *c, int64_t x, bool want,
			  struct cubes *cubes)
{
	const struct field *f = &state->fields[c->field];
	struct sym_ref ref = { state->depth, f->offset, f->bits };
	struct integer n = {};

	add_field(sets, &n, ref, x);
	switch (c->op) {
	case COMPARE_EQ:
	case COMPARE_NE:
		equal_cubes(sets, &n, c->value, c->mask,
			    want == (c->op == COMPARE_EQ), cubes);
		break;
	case COMPARE_LE:
	case COMPARE_GT:
		at_most_cubes(sets, &n, c->value, c->mask,
			      want == (c->op == COMPARE_LE), cubes);
		break;
	case COMPARE_LT:
	case COMPARE_GE:
		below_cubes(sets, &n, c->value, c->mask,
			    want == (c->op == COMPARE_LT), cubes);
		break;
	}
}

/* To those of @cubes that are in one of @other, too */
static void cubes_and(struct sets *sets, struct cubes *cubes,
		      const struct cubes *other)
{
	struct cubes both = {};

	sets->failed |= cubes->num > MAX_CUBES || other->num > MAX_CUBES;
	for (uint32_t i = 0; i < cubes->num && !sets->failed; i++)
		for (uint32_t k = 0; k < other->num; k++) {
			struct cube cube = cubes->cube[i];

			if (!cubes_meet(&cube, &other->cube[k]))
				continue;
			cube_and(sets, &cube, &other->cube[k]);
			cubes_add(sets, &both, &cube);
		}
	cubes_free(cubes);
	*cubes = both;
}

static void cond_cubes(struct sets *sets, const struct sym_state *state,
		       const struct cond *c, int64_t x, bool want,
		       struct cubes *cubes)
{
	const struct cube all = {};
	struct cubes both = {}, arg = {};

	if (c->type == COND_COMPARE) {
		compare_cubes(sets, state, c, x, want, cubes);
		return;
	}
	/* All hold, or, of any, none does: both ways each of them */
	if (want == (c->type == COND_ALL)) {
		cubes_add(sets, &both, &all);
		for (uint32_t i = 0; i < c->num_args; i++) {
			cond_cubes(sets, state, &c->args[i], x, want, &arg);
			cubes_and(sets, &both, &arg);
			cubes_free(&arg);
		}
		for (uint32_t i = 0; i < both.num; i++)
			cubes_add(sets, cubes, &both.cube[i]);
		cubes_free(&both);
		return;
	}
	for (uint32_t i = 0; i < c->num_args; i++)
		cond_cubes(sets, state, &c->args[i], x, want, cubes);
}

static void range_cubes(struct sets *sets, const struct integer *key,
			const struct sym_rule *rule, bool want,
			struct cubes *cubes)
{
	struct cubes high = {};

	at_most_cubes(sets, key, rule->b, ~(u128)0, want, cubes);
	below_cubes(sets, key, rule->a, ~(u128)0, !want, &high);
	if (want)
		cubes_and(sets, cubes, &high);
	for (uint32_t i = 0; i < high.num && !want; i++)
		cubes_add(sets, cubes, &high.cube[i]);
	cubes_free(&high);
}

void rule_cubes(struct sets *sets, const struct sym_state *state,
		const struct sym_rule *rule, int64_t x, bool want,
		struct cubes *cubes)
{
	const struct cube all = {};
	struct integer key = {};

	for (uint32_t i = 0; i < state->num_key; i++)
		add_field(sets, &key, state->key[i], x);
	switch (rule->type) {
	case RULE_ALWAYS:
		if (want)
			cubes_add(sets, cubes, &all);
		break;
	case RULE_MASK:
		equal_cubes(sets, &key, rule->a, rule->b, want, cubes);
		break;
	case RULE_RANGE:
		range_cubes(sets, &key, rule, want, cubes);
		break;
	case RULE_FAILS:
		cond_cubes(sets, state, rule->cond, x, !want, cubes);
		break;
	}
}

/* ---- sums ---------------------------------------------------------------- */

struct summand {		/* a bit of a sum of fields */
	uint32_t	bit;
	int64_t		value;
};

static void sum_cubes(struct sets *sets, const struct summand *s, uint32_t num,
		      int64_t sum, int64_t bound, bool want,
		      const struct cube *so_far, struct cubes *cubes)
{
	int64_t least = sum, most = sum;
	struct cube cube = *so_far;

	for (uint32_t i = 0; i < num; i++)
		*(s[i].value < 0 ? &least : &most) += s[i].value;
	sets->failed |= cubes->num > MAX_CUBES;
	if (sets->failed)
		return;
	if (most < bound || least >= bound) {
		if ((most < bound) == want)
			cubes_add(sets, cubes, so_far);
		return;
	}
	/* Fields may overlap: a bit comes twice then */
	for (int one = 0; one < 2; one++) {
		if (cube_get(so_far, s->bit) == !one)
			continue;
		cube_set(sets, &cube, s->bit, one);
		sum_cubes(sets, s + 1, num - 1, one ? sum + s->value : sum,
			  bound, want, &cube, cubes);
	}
}

void less_cubes(struct sets *sets, const struct sym_linear *linear,
		int64_t bound, bool want, struct cubes *cubes)
{
	struct summand summands[MAX_KEY_BITS];
	const struct cube all = {};
	uint32_t num = 0;

	for (uint32_t i = 0; i < linear->num; i++) {
		const struct sym_term *t = &linear->terms[i];

		for (uint32_t b = 0; b < t->ref.bits; b++) {
			struct summand *s = &summands[num++];

			if (num == MAX_KEY_BITS || t->ref.bits > 32 ||
			    !packet_bit(t->ref, b, &s->bit)) {
				sets->failed = true;
				return;
			}
			s->value = t->times * (1LL << (t->ref.bits - 1 - b));
		}
	}
	sum_cubes(sets, summands, num, linear->add, bound, want, &all, cubes);
}
