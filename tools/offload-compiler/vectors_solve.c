// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Bits of one header that make a step go where a script wants it to. What is
 * wanted is a list of tasks, each of which has a few candidates; the first that
 * all later tasks, and then all later steps, can live with is taken. Candidates
 * come from the parser's own constants, so few are enough.
 */
#include "vectors_solve.h"

#define MAX_GROWTH	64	/* bytes that a length may be above what is needed */
#define FEW_BITS	10	/* all keys so wide are tried */

static u128 ones(uint32_t bits)
{
	return bits == 128 ? ~(u128)0 : ((u128)1 << bits) - 1;
}

static void get_bits(const struct problem *p, const struct field *field,
		     u128 *known, u128 *value)
{
	struct bytes bytes = { .data = p->draft->known };

	*known = bytes_read(&bytes, p->base, field);
	bytes.data = p->draft->data;
	*value = bytes_read(&bytes, p->base, field) & *known;
}

/* ---- tasks --------------------------------------------------------------------- */

static enum solved try_bits(const struct problem *p, const struct field *field,
			    u128 mask, u128 value, const struct task *next)
{
	uint32_t mark = p->draft->num_trail;
	enum solved result = UNSOLVED;

	if (draft_set(p->draft, p->base, field, mask, value))
		result = solve(p, next);
	if (result == UNSOLVED)
		draft_undo(p->draft, mark);
	return result;
}

/* The key's bits that are decided */
static void known_key(const struct problem *p, const struct scope *scope,
		      u128 *known, u128 *value)
{
	*known = 0;
	*value = 0;
	for (uint32_t i = 0; i < scope->lookup->num_key; i++) {
		const struct operand *op = &scope->lookup->key[i];
		uint32_t bits = 1;
		u128 k, v;

		if (op->type == OPERAND_INPUT) {
			uint32_t bit = p->graph->parser->inputs[op->index].bit;

			k = !!(p->draft->inputs_known & bit);
			v = !!(p->draft->inputs & bit);
		} else {
			bits = scope->fields[op->index].bits;
			get_bits(p, &scope->fields[op->index], &k, &v);
		}
		*known = (bits == 128 ? 0 : *known << bits) | k;
		*value = (bits == 128 ? 0 : *value << bits) | v;
	}
}

static bool set_key(const struct problem *p, const struct scope *scope, u128 key)
{
	struct draft *draft = p->draft;

	for (uint32_t i = scope->lookup->num_key; i--;) {
		const struct operand *op = &scope->lookup->key[i];
		const struct field *field = &scope->fields[op->index];
		uint32_t bit;

		if (op->type == OPERAND_FIELD) {
			if (!draft_set(draft, p->base, field, ones(field->bits),
				      key & ones(field->bits)))
				return false;
			key = field->bits == 128 ? 0 : key >> field->bits;
			continue;
		}
		bit = p->graph->parser->inputs[op->index].bit;
		if (draft->inputs_known & bit &&
		    !!(draft->inputs & bit) != (key & 1))
			return false;
		draft->inputs_known |= bit;
		draft->inputs = key & 1 ? draft->inputs | bit :
					  draft->inputs & ~bit;
		key >>= 1;
	}
	return true;
}

static enum solved try_key(const struct problem *p, const struct task *t,
			   const struct scope *scope, u128 key)
{
	uint32_t mark = p->draft->num_trail;
	uint32_t inputs = p->draft->inputs, known = p->draft->inputs_known;
	enum solved result = UNSOLVED;

	if (set_key(p, scope, key))
		result = solve(p, t->next);
	if (result == UNSOLVED) {
		draft_undo(p->draft, mark);
		p->draft->inputs = inputs;
		p->draft->inputs_known = known;
	}
	return result;
}

/* Keys beside an entry, for those that match none */
static uint32_t beside(const struct map *map, uint32_t n, u128 keys[4])
{
	const struct entry *e = n < map->num_exact ? &map->exact[n] :
				&map->ternary[n - map->num_exact];

	if (n < map->num_exact || e->range) {
		keys[0] = (n < map->num_exact ? e->key : e->mask) + 1;
		keys[1] = e->key - 1;
		return 2;
	}
	keys[0] = e->key ^ (e->mask & -e->mask);
	keys[1] = e->key ^ e->mask;
	return 2;
}

#define PATTERN	(((u128)0x9e3779b97f4a7c15 << 64) | 0xbf58476d1ce4e5b9)

/* Whatever an adjusted @key brings, if it is what is wanted */
static enum solved try_adjusted(const struct problem *p, const struct task *t,
				const struct scope *scope,
				const struct map *map, u128 key)
{
	uint32_t want = p->next->choice;
	u128 known, value;

	known_key(p, scope, &known, &value);
	key = ((key & ~known) | value) & ones(map->bits);
	if (want != CHOICE_ANY && scope->first + lookup_choice(map, key) != want)
		return UNSOLVED;
	return try_key(p, t, scope, key);
}

/* Each key that the decided bits leave */
static enum solved solve_small_key(const struct problem *p, const struct task *t,
				   const struct scope *scope,
				   const struct map *map)
{
	enum solved result = UNSOLVED;
	u128 known, value;

	known_key(p, scope, &known, &value);
	for (uint32_t key = 0; key < 1U << map->bits && result == UNSOLVED; key++)
		if ((key & known) == value)
			result = try_adjusted(p, t, scope, map, key);
	return result;
}

static enum solved solve_otherwise(const struct problem *p, const struct task *t,
				   const struct scope *scope,
				   const struct map *map)
{
	static const u128 fills[] = { PATTERN, 0, ~(u128)0, ~PATTERN };
	enum solved result = UNSOLVED;
	u128 keys[4];
	uint32_t i, n, num = map->num_exact + map->num_ternary;

	if (map->bits <= FEW_BITS)
		return solve_small_key(p, t, scope, map);
	for (i = 0; i < 4 && result == UNSOLVED; i++)
		result = try_adjusted(p, t, scope, map, fills[i]);
	for (i = 0; i < num && i < 32; i++)
		for (n = beside(map, i, keys); n-- && result == UNSOLVED;)
			result = try_adjusted(p, t, scope, map, keys[n]);
	return result;
}

static enum solved solve_key(const struct problem *p, const struct task *t)
{
	static const u128 fills[] = { PATTERN, 0, ~(u128)0, ~PATTERN };
	enum solved result = UNSOLVED;
	const struct entry *e;
	const struct map *map;
	struct scope scope;

	graph_scope(p->graph, p->next->step, &scope);
	if (scope.lookup->map < 0)
		return solve(p, t->next);
	map = &p->graph->parser->maps[scope.lookup->map];
	if (p->next->twist && p->next->twist->has_key)
		return try_key(p, t, &scope, p->next->twist->key);
	if (p->next->choice == CHOICE_ANY || p->next->choice <= scope.first)
		return solve_otherwise(p, t, &scope, map);
	e = graph_entry(p->graph, p->next->step, p->next->choice);
	if (p->next->choice - scope.first <= map->num_exact)
		return try_adjusted(p, t, &scope, map, e->key);
	for (uint32_t i = 0; i < 4 && result == UNSOLVED; i++) {
		u128 fill = e->range ? e->key + fills[i] % (e->mask - e->key + 1 ?: 1) :
			    e->key | (fills[i] & ~e->mask);

		result = try_adjusted(p, t, &scope, map, fill);
	}
	return result;
}

static enum solved solve_flag(const struct problem *p, const struct task *t)
{
	const struct field *field = &problem_node(p)->fields[t->flag->field];
	u128 mask = t->flag->mask, bit;
	enum solved result = UNSOLVED;

	if (t->wish == FLAG_SET)
		return try_bits(p, field, mask, t->flag->value, t->next);
	for (bit = 1; bit && bit <= mask && result == UNSOLVED; bit <<= 1)
		if (bit & mask)
			result = try_bits(p, field, bit, ~t->flag->value & bit,
					  t->next);
	if (result == UNSOLVED && t->wish == FLAG_RATHER_UNSET)
		result = try_bits(p, field, mask, t->flag->value, t->next);
	return result;
}

static enum solved solve_others(const struct problem *p, const struct task *t);

static enum solved solve_compare(const struct problem *p, const struct task *t)
{
	const struct cond *cond = t->cond;
	const struct field *field = &problem_node(p)->fields[cond->field];
	u128 mask = cond->mask & ones(field->bits), known, value;
	enum solved result = UNSOLVED;
	const u128 candidates[] = {
		cond->value, ((cond->value & mask) - 1) & mask,
		((cond->value | ~mask) + 1) & mask, 0, mask, PATTERN & mask,
		mask & -mask,
	};

	get_bits(p, field, &known, &value);
	known &= mask;
	value &= mask;
	for (size_t i = 0; i < 7 && result == UNSOLVED; i++) {
		u128 v = (candidates[i] & mask & ~known) | value;

		if (i == 1)
			result = solve_others(p, t);
		if (result != UNSOLVED)
			break;
		if (compare_holds(v, cond->op, cond->value) == t->wish)
			result = try_bits(p, field, mask, v, t->next);
	}
	return result;
}

/* Values that other nodes want at the same place: one may overlay this one */
static enum solved solve_others(const struct problem *p, const struct task *t)
{
	const struct parser *parser = p->graph->parser;
	const struct field *field = &problem_node(p)->fields[t->cond->field];
	enum solved result = UNSOLVED;
	u128 known, value;

	get_bits(p, field, &known, &value);
	for (uint32_t i = 0; i < parser->num_nodes && !(known & t->cond->mask); i++) {
		const struct node *node = &parser->nodes[i];

		for (uint32_t k = 0; k < node->num_conds && result == UNSOLVED; k++) {
			const struct cond *c = &node->conds[k];
			const struct field *f = &node->fields[c->field];

			if (c->type != COND_COMPARE || c == t->cond ||
			    f->offset != field->offset || f->bits != field->bits)
				continue;
			if (compare_holds(c->value & t->cond->mask, t->cond->op,
					  t->cond->value) == t->wish)
				result = try_bits(p, field, t->cond->mask &
						  ones(field->bits), c->value,
						  t->next);
		}
	}
	return result;
}

static enum solved solve_cond(const struct problem *p, const struct task *t)
{
	const struct cond *cond = t->cond;
	struct task sub[MAX_FIELDS];
	enum solved result = UNSOLVED;
	bool all = (cond->type == COND_ALL) == t->wish;

	if (cond->type == COND_COMPARE)
		return solve_compare(p, t);
	for (uint32_t i = 0; i < cond->num_args; i++)
		sub[i] = (struct task){
			.type = TASK_COND, .cond = &cond->args[i],
			.wish = t->wish,
			.next = all && i + 1 < cond->num_args ? &sub[i + 1] :
								t->next,
		};
	if (all)
		return solve(p, &sub[0]);
	for (uint32_t i = 0; i < cond->num_args && result == UNSOLVED; i++)
		result = solve(p, &sub[i]);
	return result;
}

/* ---- lengths ----------------------------------------------------------------- */

struct sum {			/* terms that are not decided, and what is left */
	const struct term *terms[MAX_TERMS];
	uint32_t	num;
	int64_t		rest;
};

static void sum_known(const struct problem *p, const struct length *length,
		      int64_t bytes, struct sum *sum)
{
	const struct node *node = problem_node(p);

	sum->num = 0;
	sum->rest = bytes - length->add;
	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *term = &length->terms[i];
		const struct field *field = &node->fields[term->field];
		u128 known, value;

		get_bits(p, field, &known, &value);
		if (known == ones(field->bits))
			sum->rest -= (int64_t)value * term->times;
		else
			sum->terms[sum->num++] = term;
	}
}

/* Can the terms from the n-th on make @rest, as far as size and divisors go? */
static bool may_sum(const struct problem *p, const struct sum *sum, uint32_t n,
		    int64_t rest)
{
	int64_t low = 0, high = 0, divisor = 0;

	for (; n < sum->num; n++) {
		const struct field *field =
			&problem_node(p)->fields[sum->terms[n]->field];
		int64_t a = sum->terms[n]->times, b = divisor;
		int64_t most = a * (int64_t)ones(field->bits > 32 ? 32 :
						 field->bits);

		low += most < 0 ? most : 0;
		high += most > 0 ? most : 0;
		for (a = a < 0 ? -a : a; b; ) {
			int64_t c = a % b;

			a = b;
			b = c;
		}
		divisor = a;
	}
	return rest >= low && rest <= high && (divisor ? !(rest % divisor) : !rest);
}

/* From the n-th term on; the last one has to bring what is left */
static enum solved solve_terms(const struct problem *p, const struct task *t,
			       const struct sum *sum, uint32_t n, int64_t rest)
{
	const struct term *term = sum->terms[n];
	const struct field *field;
	enum solved result = UNSOLVED;
	int64_t last, v;

	if (!*p->budget || !may_sum(p, sum, n, rest))
		return UNSOLVED;
	if (n == sum->num)
		return solve(p, t->next);
	--*p->budget;
	field = &problem_node(p)->fields[term->field];
	v = rest / term->times;
	last = (int64_t)ones(field->bits > 32 ? 32 : field->bits);
	if (n + 1 == sum->num)
		return rest % term->times || v < 0 || v > last ? UNSOLVED :
		       try_bits(p, field, ones(field->bits), v, t->next);
	for (int i = 0; i < 4 && result == UNSOLVED; i++) {
		int64_t value = i == 0 ? 0 : i == 1 ? v : i == 2 ? last : 1;
		uint32_t mark = p->draft->num_trail;

		if (value < 0 || value > last ||
		    !draft_set(p->draft, p->base, field, ones(field->bits), value)) {
			draft_undo(p->draft, mark);
			continue;
		}
		result = solve_terms(p, t, sum, n + 1,
				     rest - value * term->times);
		if (result == UNSOLVED)
			draft_undo(p->draft, mark);
	}
	return result;
}

/* Exactly, or with so many bytes or a few more */
static enum solved solve_length(const struct problem *p, const struct task *t,
				int64_t bytes, uint32_t more)
{
	enum solved result = UNSOLVED;
	struct sum sum;

	sum_known(p, t->length, bytes, &sum);
	if (!sum.num)
		return more || !sum.rest ? solve(p, t->next) : UNSOLVED;
	for (uint32_t i = 0; i <= more && result == UNSOLVED; i++)
		result = solve_terms(p, t, &sum, 0, sum.rest + i);
	return result;
}

/* What the parts need at the least */
static int64_t room(const struct problem *p)
{
	const struct node *node = problem_node(p), *nodes = p->graph->parser->nodes;
	int64_t at = node->min_length, most = at;
	struct sum sum;

	for (uint32_t i = 0; i < node->num_parts; i++) {
		const struct part *part = &node->parts[i];

		if (part->has_start)
			at = part->start;
		for (uint32_t f = 0; f < part->num_flags; f++)
			if (p->flags[i][f] == FLAG_SET)
				at += part->flags[f].skip ? part->flags[f].size :
				      nodes[part->flags[f].node].min_length;
		if (part->has_area && part->type == PART_LOOP) {
			sum_known(p, &part->area, 0, &sum);
			at -= sum.rest;
		}
		most = at > most ? at : most;
	}
	return most;
}

enum solved solve(const struct problem *p, const struct task *t)
{
	if (!*p->budget)
		return UNSOLVED;
	--*p->budget;
	if (!t)
		return p->done(p->context);
	switch (t->type) {
	case TASK_BITS:
		return try_bits(p, &problem_node(p)->fields[t->field], t->mask,
				t->value, t->next);
	case TASK_KEY:
		return solve_key(p, t);
	case TASK_FLAG:
		return solve_flag(p, t);
	case TASK_COND:
		return solve_cond(p, t);
	case TASK_LENGTH:
		return solve_length(p, t, t->bytes, 0);
	case TASK_AREA:
		return solve_length(p, t, 0, MAX_GROWTH);
	case TASK_ROOM:
		return solve_length(p, t, room(p), MAX_GROWTH);
	}
	return UNSOLVED;
}
