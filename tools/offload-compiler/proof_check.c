// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Is a certificate a proof that two machines are equal? See proof.h. */
#include <stdlib.h>
#include <string.h>

#include "proof_walk.h"

#define MAX_WAYS	(1U << 22)	/* of all places */
#define MAX_WORK	(1ULL << 32)	/* comparisons of cubes */
#define NUM_HEADS	4096

struct check {
	const struct certificate	*proof;
	const struct sym_machine *m[2];
	struct equal		possible;	/* counters of the same maximum */
	uint32_t		output_of[PARSE_MAX_OUTPUTS];
	uint32_t		heads[NUM_HEADS], *next;	/* 1 + a claim */
	struct walk		*walk;
	uint64_t		ways;
	struct edge		*alone[2];	/* ways behind a side's end */
	uint32_t		num_alone[2];
};

/* ---- values -------------------------------------------------------------- */

static bool same_count(const struct walk *w, const struct written *a,
		       const struct written *b)
{
	if (a->reset != b->reset || a->up != b->up)
		return false;
	if (a->reset)
		return w->side[0].m->max[a->counter] ==
		       w->side[1].m->max[b->counter];
	return w->equal->with[a->counter] >> b->counter & 1;
}

static bool is_bits(const struct written *value)
{
	return value->type == WRITTEN_CONST || value->type == WRITTEN_FIELD;
}

/* The i-th bit, from the least significant one */
static uint32_t bit_of(const struct written *value, uint32_t i)
{
	uint32_t bit;

	if (value->type == WRITTEN_CONST)
		return value->number >> i & 1 ? SAME_ONE : SAME_ZERO;
	if (i >= value->ref.bits ||
	    !packet_bit(value->ref, value->ref.bits - 1 - i, &bit))
		return SAME_ZERO;
	return bit;
}

static bool same_value(struct walk *w, const struct written *a,
		       const struct written *b)
{
	uint32_t i = 0;

	if (is_bits(a) && is_bits(b)) {
		while (i < MAX_KEY_BITS &&
		       same_bit(w, bit_of(a, i), bit_of(b, i)))
			i++;
		return i == MAX_KEY_BITS;
	}
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case WRITTEN_OFFSET:
		return a->ref.depth == b->ref.depth &&
		       forms_same(w, a->form, b->form);
	case WRITTEN_LENGTH:
		return forms_same(w, a->form, b->form);
	case WRITTEN_COUNT:
		return same_count(w, a, b);
	default:
		return true;
	}
}

static bool same_arrays(struct walk *w)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];
	bool same = a->num_arrays == b->num_arrays;

	for (uint32_t i = 0; i < a->num_arrays && same; i++) {
		const struct array_write *x = &a->arrays[i], *y = &b->arrays[i];

		same = x->output == y->output && x->num == y->num &&
		       x->last == y->last &&
		       same_count(w, &x->index, &y->index) &&
		       same_value(w, &x->value, &y->value);
	}
	return same;
}

/* ---- the end of a way: both have stopped --------------------------------- */

static bool same_number(const struct walk *w, uint32_t counter)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];

	return w->equal->with[counter] >> counter & 1 &&
	       a->up[counter] == b->up[counter] && !a->reset[counter] &&
	       !b->reset[counter];
}

static void compare_ends(struct walk *w)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];

	if (a->verdict != b->verdict)
		walk_fail(w, xasprintf("one ends as %s, the other as %s",
			  parse_verdict_names[a->verdict],
			  parse_verdict_names[b->verdict]));
	else if (!same_number(w, SYM_NODES) || !same_number(w, SYM_ENCAPS))
		walk_fail(w, xstrdup("they end with other numbers of nodes or encapsulations"));
	else if (!same_arrays(w))
		walk_fail(w, xstrdup("they end with other arrays"));
	for (uint32_t i = 0; i < a->m->num_outputs && !w->why; i++)
		if (!same_value(w, &a->outputs[i], &b->outputs[i]))
			walk_fail(w, xasprintf("they end with another %s",
				  a->m->outputs[i].name));
}

/* ---- or both are at one byte again --------------------------------------- */

struct arrival {
	const struct walker	*mover;
	uint32_t		depth;		/* whose base has moved */
	int64_t			by;		/* bytes, if it is known */
	uint32_t		lost;		/* no bit is known from there on */
};

static bool equal_claimed(struct walk *w, const struct claim *claim,
			  const struct equal *possible)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];
	const struct equal *claimed = &w->proof->equal[claim->equal];

	for (uint32_t i = 0; i < SYM_COUNTERS; i++)
		for (uint32_t k = 0; k < SYM_COUNTERS; k++) {
			bool equal = a->reset[i] ? possible->with[i] >> k & 1 :
						   w->equal->with[i] >> k & 1;

			if (claimed->with[i] >> k & 1 &&
			    (!equal || a->reset[i] != b->reset[k] ||
			     a->up[i] != b->up[k]))
				return false;
		}
	return true;
}

static bool inside_claimed(const struct walk *w, const struct claim *claim,
			   const struct arrival *to)
{
	const struct walker *side = &w->side[0];
	int64_t inside = side->began ? side->origin + side->m->max_bytes :
				       w->window[0][0].lo;

	return claim->inside == INT64_MIN ||
	       (claim->window && !to->depth && to->lost > to->depth &&
		inside >= claim->inside + to->by);
}

static bool bytes_claimed(const struct walk *w, const struct claim *claim,
			  uint32_t depth, const struct arrival *to)
{
	int64_t bytes = claim->bytes[depth];

	if (bytes == INT64_MIN)
		return true;
	if (depth == to->depth)
		return !depth && to->lost > to->depth &&
		       w->frame[0].lo >= bytes + to->by;
	return depth < to->depth && w->frame[depth].lo >= bytes;
}

static bool window_claimed(const struct walk *w, const struct claim *claim)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];
	bool same = w->claim->window;

	if (a->began || b->began)
		same = a->began && b->began && a->origin == b->origin &&
		       a->m->max_bytes == b->m->max_bytes;
	return (same || !claim->window) &&
	       claim->counting[0] == a->counting &&
	       claim->counting[1] == b->counting;
}

/* Has the area not ended before that many bytes behind its base are over? That
 * of another depth has not moved; a new one is one.
 */
static bool is_in_area(struct walk *w, const struct claim *claim,
		       uint32_t depth, const struct walker *mover)
{
	const struct sym_linear by = form_now(w, mover->x);
	int64_t least = claim->area[depth];

	if (!depth)
		return !least;
	if (depth != mover->depth)
		return w->area[depth].lo >= least;
	if (mover->opened)
		return !least;
	return least ? !by.num && w->area[depth].lo >= least + by.add :
		       known_in_area(w, depth, mover->x);
}

/* Of a node whose base has not moved; or no byte, wherever the base is */
static bool length_claimed(struct walk *w, const struct claim *claim, int s,
			   uint32_t depth, const struct arrival *to)
{
	const struct walker *side = &w->side[s];
	const uint32_t claimed = form_new(w, &claim->length[s][depth]);

	if (!side->has_length[depth] ||
	    !forms_same(w, claimed, side->length[depth]))
		return false;
	if (depth < to->depth)
		return known_in_area(w, depth, claimed);
	return !claim->length[s][depth].num && !claim->length[s][depth].add;
}

static bool lengths_claimed(struct walk *w, const struct claim *claim,
			    const struct arrival *to)
{
	for (uint32_t d = 0; d < MAX_DEPTH; d++) {
		if (!bytes_claimed(w, claim, d, to))
			return false;
		if (!is_in_area(w, claim, d, to->mover))
			return false;
		for (int s = 0; s < 2; s++)
			if (claim->has_length[s][d] &&
			    !length_claimed(w, claim, s, d, to))
				return false;
	}
	return true;
}

/* What is claimed to be written was, seen from the place before */
static bool value_claimed(struct walk *w, const struct claim_value *claim,
			  const struct written *is, const struct arrival *to)
{
	struct sym_ref ref = claim->ref;
	struct sym_linear form = claim->linear;

	if (claim->type == CLAIM_CONST)
		return is->type == WRITTEN_CONST && is->number == claim->number;
	if (ref.depth != SYM_INPUT && ref.depth >= to->lost)
		return false;
	if (ref.depth == to->depth) {
		form.add += to->by;
		if (!ref_back(&ref, to->by))
			return false;
	}
	if (claim->type == CLAIM_OFFSET)
		return is->type == WRITTEN_OFFSET &&
		       is->ref.depth == ref.depth &&
		       forms_same(w, form_new(w, &form), is->form);
	return is->type == WRITTEN_FIELD && is->ref.depth == ref.depth &&
	       is->ref.offset == ref.offset && is->ref.bits == ref.bits;
}

static bool outputs_claimed(struct walk *w, const struct claim *claim,
			    const struct arrival *to)
{
	const struct claim_value *by[2][PARSE_MAX_OUTPUTS] = {};

	for (uint32_t i = 0; i < claim->num_values; i++)
		by[claim->values[i].side][claim->values[i].output] =
			&claim->values[i];
	for (uint32_t i = 0; i < PARSE_MAX_OUTPUTS; i++) {
		const struct written *a = &w->side[0].outputs[i];
		const struct written *b = &w->side[1].outputs[i];

		if (!by[0][i] && !by[1][i] && !same_value(w, a, b))
			return false;
		if (!by[0][i] && !by[1][i])
			continue;
		if (!(by[0][i] ? value_claimed(w, by[0][i], a, to) :
		      a->type == WRITTEN_BEFORE) ||
		    !(by[1][i] ? value_claimed(w, by[1][i], b, to) :
		      b->type == WRITTEN_BEFORE))
			return false;
	}
	return true;
}

static bool bits_claimed(struct walk *w, const struct claim *claim,
			 const struct arrival *to)
{
	struct cube before;

	if (!cube_back(&w->sets, &claim->known, to->depth, to->by, to->lost,
		       &before))
		return false;
	for (uint32_t i = 0; i < 64 * before.num; i++) {
		const struct cube_word *word = &before.words[i / 64];
		uint32_t bit = 64 * word->at + i % 64;

		if (word->mask >> i % 64 & 1 &&
		    !same_bit(w, bit, word->value >> i % 64 & 1 ? SAME_ONE :
								  SAME_ZERO))
			return false;
	}
	for (uint32_t i = 0; i < claim->except.num; i++)
		if (!cube_back(&w->sets, &claim->except.cube[i], to->depth,
			       to->by, to->lost, &before) ||
		    !is_excluded(w, &before))
			return false;
	return true;
}

static bool is_claimed(struct check *c, const struct claim *claim,
		       const struct arrival *to)
{
	struct walk *w = c->walk;
	uint32_t forms = w->num_forms;
	bool claimed;

	for (int s = 0; s < 2; s++) {
		const struct walker *side = &w->side[s];

		if (claim->state[s] != side->state ||
		    claim->stopped[s] != side->stopped ||
		    (side->stopped && claim->verdict[s] != side->verdict))
			return false;
	}
	claimed = window_claimed(w, claim) && inside_claimed(w, claim, to) &&
		  equal_claimed(w, claim, &c->possible) &&
		  lengths_claimed(w, claim, to) &&
		  outputs_claimed(w, claim, to) && bits_claimed(w, claim, to);
	w->num_forms = forms;
	return claimed;
}

static uint32_t *head_of(struct check *c, uint32_t a, uint32_t b)
{
	return &c->heads[(a * 61 + b) % NUM_HEADS];
}

/* From the place of this way to another, one side being at its end */
static void note_way(struct check *c, uint32_t to)
{
	const struct claim *from = c->walk->claim;

	for (int s = 0; s < 2; s++) {
		uint32_t num = c->num_alone[s];

		if (!from->stopped[s])
			continue;
		if (!(num & (num + 1)))
			c->alone[s] = xrealloc(c->alone[s], 2 * (num + 1) *
					       sizeof(*c->alone[s]));
		c->alone[s][c->num_alone[s]++] = (struct edge){
			from - c->proof->claims, to
		};
	}
}

/* Is it a place of the certificate? If not, it is no proof if it @must be one. */
static bool arrive(struct check *c, bool must)
{
	struct walk *w = c->walk;
	const struct walker *a = &w->side[0], *b = &w->side[1];
	const struct walker *mover = a->stopped ? b : a;
	const struct sym_linear by = form_now(w, mover->x);
	struct arrival to = {
		.mover = mover, .depth = mover->depth, .by = by.add,
		.lost = MAX_DEPTH,
	};
	uint32_t i = *head_of(c, a->state, b->state);

	if (mover->opened || by.num) {
		to.by = 0;
		to.lost = to.depth;
	} else if (to.depth + 1 < MAX_DEPTH) {
		to.lost = to.depth + 1;
	}
	if (!same_arrays(w)) {
		if (must)
			walk_fail(w, xstrdup("they have written other arrays"));
		return false;
	}
	while (i && !w->why && !is_claimed(c, &c->proof->claims[i - 1], &to))
		i = c->next[i - 1];
	if (i)
		note_way(c, i - 1);
	else if (must)
		walk_fail(w, xasprintf("they come to %s and %s, and no place there claims what holds",
			  a->m->states[a->state].name,
			  b->m->states[b->state].name));
	return i;
}

/* ---- one way ------------------------------------------------------------- */

static bool same_place(struct walk *w)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];

	if (a->depth != b->depth || a->opened != b->opened ||
	    !forms_same(w, a->x, b->x))
		return false;
	if (!a->opened)
		return true;
	return a->from == b->from && a->start == b->start &&
	       a->has_area == b->has_area &&
	       (a->has_area ? forms_same(w, a->area, b->area) :
		forms_same(w, a->length[a->depth - 1],
			   b->length[b->depth - 1]));
}

/* The side that is behind goes on, where both are is told by numbers */
static void catch_up(struct walk *w)
{
	struct walker *a = &w->side[0], *b = &w->side[1];
	struct sym_linear x = form_now(w, a->x), y = form_now(w, b->x);

	if (a->opened || b->opened || a->depth != b->depth)
		walk_fail(w, xstrdup("they go on to different depths"));
	else if (x.num || y.num)
		form_decide(w, x.num ? a->x : b->x);
	else
		walk_step(w, x.add > y.add ? b : a);
}

/* One has stopped, and where the other is can be told by numbers */
static bool may_go_on(struct walk *w)
{
	const struct walker *a = &w->side[0], *b = &w->side[1];
	const struct walker *on = a->stopped ? b : a;

	return (a->stopped || b->stopped) && !on->opened &&
	       !form_now(w, on->x).num;
}

static void walk_way(struct check *c)
{
	struct walk *w = c->walk;
	struct walker *a = &w->side[0], *b = &w->side[1];

	while (!walk_over(w)) {
		if (a->stopped && b->stopped) {
			compare_ends(w);
			return;
		}
		if (!a->stopped && !a->moved) {
			walk_step(w, a);
		} else if (!b->stopped && !b->moved) {
			walk_step(w, b);
		} else if (a->stopped || b->stopped || same_place(w)) {
			bool on = may_go_on(w);

			if (arrive(c, !on) || !on)
				return;
			walk_step(w, a->stopped ? b : a);
		} else {
			catch_up(w);
		}
	}
}

/* ---- a place ------------------------------------------------------------- */

static void start_value(struct walk *w, const struct claim_value *claim)
{
	static const enum written_type types[] = {
		[CLAIM_CONST] = WRITTEN_CONST, [CLAIM_FIELD] = WRITTEN_FIELD,
		[CLAIM_OFFSET] = WRITTEN_OFFSET,
	};

	w->side[claim->side].outputs[claim->output] = (struct written){
		.type = types[claim->type], .ref = claim->ref,
		.number = claim->number, .form = form_new(w, &claim->linear),
	};
}

static void start_side(struct walk *w, int s)
{
	struct walker *side = &w->side[s];
	const struct claim *claim = w->claim;
	const struct sym_machine *m = side->m;

	*side = (struct walker){
		.m = m, .s = s, .state = claim->state[s],
		.stopped = claim->stopped[s], .verdict = claim->verdict[s],
		.counting = claim->counting[s],
	};
	side->x = form_new(w, &(struct sym_linear){});
	for (uint32_t d = 0; d < MAX_DEPTH; d++) {
		side->has_length[d] = claim->has_length[s][d];
		side->length[d] = form_new(w, &claim->length[s][d]);
	}
}

/* What the place claims of lengths is an answer */
static void start_lengths(struct walk *w, const struct walker *side)
{
	for (uint32_t d = 1; d < MAX_DEPTH; d++) {
		const struct sym_linear now = form_now(w, side->length[d]);

		if (!side->has_length[d])
			continue;
		if (!now.num && w->area[d].lo < now.add)
			w->area[d].lo = now.add;
		else if (now.num)
			w->predicates[w->num_predicates++] = (struct predicate){
				.what = IN_AREA, .depth = d, .holds = true,
				.a = side->length[d], .b = side->length[d],
			};
	}
}

static void start_way(struct walk *w)
{
	const struct range any = { INT64_MIN, INT64_MAX };

	w->num_forms = 0;
	w->num_predicates = 0;
	w->next = 0;
	w->states = 0;
	w->impossible = false;
	start_side(w, 0);
	start_side(w, 1);
	for (uint32_t i = 0; i < w->claim->num_values; i++)
		start_value(w, &w->claim->values[i]);
	w->cube = w->claim->known;
	w->except.num = 0;
	for (uint32_t i = 0; i < w->claim->except.num; i++)
		cubes_add(&w->sets, &w->except, &w->claim->except.cube[i]);
	for (uint32_t d = 0; d < MAX_DEPTH; d++) {
		w->frame[d] = (struct range){ w->claim->bytes[d], INT64_MAX };
		w->area[d] = (struct range){ w->claim->area[d], INT64_MAX };
		w->window[0][d] = any;
		w->window[1][d] = any;
	}
	w->window[0][0].lo = w->claim->inside;
	start_lengths(w, &w->side[0]);
	start_lengths(w, &w->side[1]);
	for (uint32_t i = 0; i < SYM_COUNTERS; i++) {
		w->count[0][i] = (struct range){ 0, INT64_MAX };
		w->count[1][i] = w->count[0][i];
	}
}

/* The way whose last answer has another choice; false: that was the last one */
static bool next_way(struct walk *w)
{
	uint32_t i = w->num_answers;

	while (i && w->answers[i - 1] + 1 == w->choices[i - 1])
		i--;
	w->num_answers = i;
	if (!i)
		return false;
	w->answers[i - 1]++;
	return true;
}

static void check_place(struct check *c, const struct claim *claim)
{
	struct walk *w = c->walk;

	w->claim = claim;
	w->equal = &c->proof->equal[claim->equal];
	w->num_answers = 0;
	do {
		start_way(w);
		walk_way(c);
		if (++c->ways == MAX_WAYS)
			walk_fail(w, xstrdup("too many ways"));
	} while (!w->why && next_way(w));
}

/* ---- the certificate ----------------------------------------------------- */

/* Both at their first state: nothing is known, and all registers are 0 */
static void check_start(struct check *c)
{
	struct walk *w = c->walk;
	struct claim start = {
		.state = { c->m[0]->start, c->m[1]->start },
		.inside = INT64_MIN,
	};

	for (uint32_t d = 0; d < MAX_DEPTH; d++) {
		start.bytes[d] = d ? INT64_MIN : 0;
		start.has_length[0][d] = start.has_length[1][d] = true;
	}
	w->claim = &start;
	w->equal = &c->possible;
	start_way(w);
	arrive(c, true);
	w->claim = NULL;
}

static void note_place(struct check *c, uint32_t i)
{
	const struct claim *claim = &c->proof->claims[i];
	uint32_t *head = head_of(c, claim->state[0], claim->state[1]);

	c->next[i] = *head;
	*head = i + 1;
	for (int s = 0; s < 2; s++)
		if (claim->state[s] >= c->m[s]->num_states)
			walk_fail(c->walk, xasprintf("there is no state %u in %s",
				  claim->state[s], c->m[s]->what));
	for (uint32_t k = 0; k < claim->num_values; k++)
		if (claim->values[k].output >= c->m[0]->num_outputs)
			walk_fail(c->walk, xasprintf("there is no output %u",
				  claim->values[k].output));
}

static void match_counters(struct check *c)
{
	for (uint32_t i = 0; i < c->m[0]->num_counters; i++)
		for (uint32_t k = 0; k < c->m[1]->num_counters; k++)
			if (c->m[0]->max[i] == c->m[1]->max[k])
				c->possible.with[i] |= 1ULL << k;
	c->possible.with[SYM_NODES] |= 1ULL << SYM_NODES;
	c->possible.with[SYM_ENCAPS] |= 1ULL << SYM_ENCAPS;
}

static void match_outputs(struct check *c)
{
	const struct sym_machine *a = c->m[0], *b = c->m[1];

	if (a->num_outputs != b->num_outputs)
		walk_fail(c->walk, xstrdup("they have other outputs"));
	for (uint32_t k = 0; k < b->num_outputs && !c->walk->why; k++) {
		uint32_t i = 0;

		while (i < a->num_outputs &&
		       (strcmp(a->outputs[i].name, b->outputs[k].name) ||
			a->outputs[i].bits != b->outputs[k].bits))
			i++;
		if (i == a->num_outputs)
			walk_fail(c->walk, xasprintf("%s has no output %s of %u bits",
				  a->what, b->outputs[k].name,
				  b->outputs[k].bits));
		c->output_of[k] = i;
	}
}

/* See proof_end.c */
static void check_end(struct check *c)
{
	char *why[2] = {};
	bool ends[2], both;

	for (int s = 0; s < 2; s++)
		ends[s] = machine_ends(c->m[s], &why[s]);
	both = ends[0] && ends[1];
	for (int s = 0; s < 2; s++)
		both |= ends[s] && edges_end(c->proof->num_claims, c->alone[s],
					     c->num_alone[s]);
	if (!both)
		walk_fail(c->walk, xstrdup(why[ends[0]]));
	free(why[0]);
	free(why[1]);
}

/* Where it failed, in words */
static char *name_place(const struct check *c, const struct claim *claim)
{
	char *why = c->walk->why, *named;

	if (!why || !claim)
		return why;
	named = xasprintf("place of line %u (%s and %s): %s", claim->line,
			  c->m[0]->states[claim->state[0]].name,
			  c->m[1]->states[claim->state[1]].name, why);
	free(why);
	return named;
}

/**
 * proof_check() - is a certificate a proof that two machines are equal?
 * @proof: as it was read, not trusted
 * @a: the first machine
 * @b: the second
 * @result: the answer; its @why is to be freed
 */
void proof_check(const struct certificate *proof, const struct sym_machine *a,
		 const struct sym_machine *b, struct check_result *result)
{
	struct check c = { .proof = proof, .m = { a, b } };
	struct walk *w = xcalloc(1, sizeof(*w));

	c.walk = w;
	c.next = xcalloc(proof->num_claims, sizeof(*c.next));
	w->proof = proof;
	w->output_of = c.output_of;
	w->sets.work = MAX_WORK;
	w->side[0].m = a;
	w->side[1].m = b;
	match_counters(&c);
	match_outputs(&c);
	for (uint32_t i = 0; i < proof->num_claims; i++)
		note_place(&c, i);
	if (!w->why)
		check_start(&c);
	for (uint32_t i = 0; i < proof->num_claims && !w->why; i++)
		check_place(&c, &proof->claims[i]);
	result->ways = c.ways;
	result->why = name_place(&c, w->claim);
	w->why = result->why;
	if (!w->why)
		check_end(&c);
	result->why = w->why;
	cubes_free(&w->except);
	free(c.alone[0]);
	free(c.alone[1]);
	free(c.next);
	free(w);
}
