// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A key that the target has no room for is looked at piece by piece: a first
 * state decides by some of its bits, and for each of what is left to decide
 * there is another state. Which bits come first matters much, so all choices of
 * pieces are tried. A key that has room is, too, if it takes fewer entries: what
 * depends on two fields one by one multiplies otherwise.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_memo.h"
#include "tm_pass.h"

#define MAX_PIECES	8
#define NEVER		1000000U
#define WORTH_SPLITTING	8	/* entries */
#define MAX_LEFT	1024	/* a state that leads to so many is none */

struct piece {			/* BDD variables */
	uint32_t	from, to;
};

struct pieces {
	struct piece	piece[MAX_PIECES];
	uint32_t	num;
};

struct left {			/* what remains to be decided, and when */
	uint32_t	guard;
	struct tm_state	state;
};

struct parts {
	struct left	*left;
	uint32_t	num;
};

struct choice {
	uint32_t	pieces;		/* a bit each */
	uint32_t	cost;		/* entries; NEVER: there is none */
};

struct splitting {
	struct tm_machine	*tm;
	struct tm_memo	known;		/* by ways and cursor */
};

/* The cheapest of all choices that cost less than @limit; NEVER: there is none */
static struct choice choose(struct splitting *s, const struct tm_state *state,
			    uint32_t limit);

/* ---- the pieces of a key ------------------------------------------------------- */

static void add_piece(struct pieces *p, uint32_t from, uint32_t to)
{
	if (p->num < MAX_PIECES)
		p->piece[p->num++] = (struct piece){ from, to };
}

/* One lookup at each byte, or the runs of bits, cut to what a lookup takes */
static struct pieces find_pieces(const struct tm_machine *tm, const struct bdd_vars *v)
{
	const struct device *device = tm->device;
	uint32_t widest = device->part_bits < device->key_bits ?
			  device->part_bits : device->key_bits;
	struct pieces p = {};
	uint32_t end = 0;

	for (uint32_t i = 0; i < v->num; i++) {
		uint32_t var = v->var[i];

		if (device->fixed_parts && (!i || var / 8 != v->var[i - 1] / 8))
			add_piece(&p, var & ~7U, (var & ~7U) +
						 device->part_bits);
		if (device->fixed_parts)
			continue;
		if (!i || var != v->var[i - 1] + 1 || var == end) {
			add_piece(&p, var, var);
			end = var + widest;
		}
		if (p.piece[p.num - 1].to == var)
			p.piece[p.num - 1].to = var + 1;
	}
	return p;
}

static bool in_pieces(const struct pieces *p, uint32_t chosen, uint32_t var)
{
	for (uint32_t i = 0; i < p->num; i++)
		if (chosen >> i & 1 && var >= p->piece[i].from &&
		    var < p->piece[i].to)
			return true;
	return false;
}

/* ---- what is left to decide ------------------------------------------------------ */

static void add_left(struct tm_machine *tm, struct parts *parts, uint32_t guard,
		     struct tm_state *state)
{
	for (uint32_t i = 0; i < parts->num; i++) {
		struct left *left = &parts->left[i];
		bool same = true;

		for (uint32_t k = 0; k < state->num_ways && same; k++)
			same = left->state.ways[k].guard ==
			       state->ways[k].guard;
		if (!same)
			continue;
		left->guard = bdd_or(tm->bdd, left->guard, guard);
		tm_state_free(state);
		return;
	}
	parts->left = xrealloc(parts->left,
			       (parts->num + 1) * sizeof(*parts->left));
	parts->left[parts->num++] = (struct left){ guard, *state };
}

static void split_by(struct tm_machine *tm, struct parts *parts, uint32_t var)
{
	struct parts next = {};

	for (uint32_t i = 0; i < parts->num; i++) {
		struct left *left = &parts->left[i];

		for (int value = 0; value < 2; value++) {
			struct tm_state state = tm_copy(&left->state);
			uint32_t literal = bdd_var(tm->bdd, var);

			if (!value)
				literal = bdd_not(tm->bdd, literal);
			for (uint32_t k = 0; k < state.num_ways; k++)
				state.ways[k].guard =
					bdd_restrict(tm->bdd,
						     state.ways[k].guard, var,
						     value);
			add_left(tm, &next, bdd_and(tm->bdd, left->guard,
						    literal), &state);
		}
		tm_state_free(&left->state);
	}
	free(parts->left);
	*parts = next;
}

static void drop_impossible(struct tm_state *state)
{
	uint32_t num = 0;

	for (uint32_t k = 0; k < state->num_ways; k++)
		if (state->ways[k].guard != BDD_FALSE)
			state->ways[num++] = state->ways[k];
	state->num_ways = num;
}

static struct parts split_state(struct tm_machine *tm, const struct tm_state *state,
				const struct bdd_vars *vars,
				const struct pieces *pieces, uint32_t chosen)
{
	struct parts parts = {};
	struct tm_state copy = tm_copy(state);

	add_left(tm, &parts, BDD_TRUE, &copy);
	for (uint32_t i = 0; i < vars->num; i++)
		if (in_pieces(pieces, chosen, vars->var[i]) &&
		    parts.num <= MAX_LEFT)
			split_by(tm, &parts, vars->var[i]);
	for (uint32_t i = 0; i < parts.num; i++) {
		drop_impossible(&parts.left[i].state);
		parts.left[i].state.loop = false;
		parts.left[i].state.need = 0;
		parts.left[i].state.max = 0;
		parts.left[i].state.cursor = state->cursor;
	}
	return parts;
}

static void parts_free(struct parts *parts)
{
	for (uint32_t i = 0; i < parts->num; i++)
		tm_state_free(&parts->left[i].state);
	free(parts->left);
}

/* The first state; the others are to be from @first on */
static struct tm_state first_of(struct tm_machine *tm, const struct tm_state *state,
				const struct parts *parts, uint32_t first)
{
	struct tm_state to = tm_copy(state);

	to.num_ways = 0;
	for (uint32_t i = 0; i < parts->num; i++) {
		const struct left *left = &parts->left[i];
		struct tm_target there = { .index = first };
		uint32_t ops = 0;

		if (left->state.num_ways == 1) {
			there = left->state.ways[0].target;
			ops = left->state.ways[0].ops;
		} else {
			first++;
		}
		tm_add_way(tm, &to, left->guard, ops, there);
	}
	return to;
}

/* ---- which pieces ------------------------------------------------------------------ */

/* With the cursor where it is or further on, if there is one */
static bool fits(struct tm_machine *tm, struct tm_state *state)
{
	return tm_place(tm, state, state->cursor);
}

/* With no more than one entry a way in all that is left */
static uint32_t least_cost(struct splitting *s, const struct parts *parts,
			   struct tm_state *first)
{
	uint32_t cost = tm_cost(s->tm, first);

	for (uint32_t i = 0; i < parts->num; i++)
		cost += parts->left[i].state.num_ways - 1;
	return cost;
}

/* Of splitting by pieces, or @limit if it is not less */
static uint32_t cost_of(struct splitting *s, const struct tm_state *state,
			const struct bdd_vars *vars,
			const struct pieces *pieces, uint32_t chosen,
			uint32_t limit)
{
	struct parts parts = split_state(s->tm, state, vars, pieces, chosen);
	struct tm_state first = first_of(s->tm, state, &parts, UINT32_MAX / 2);
	uint32_t cost = limit;

	if (parts.num > 1 && parts.num <= MAX_LEFT && fits(s->tm, &first))
		cost = least_cost(s, &parts, &first);
	for (uint32_t i = 0; i < parts.num && cost < limit; i++) {
		struct tm_state *left = &parts.left[i].state;
		uint32_t least = left->num_ways - 1;

		left->cursor = first.cursor;
		if (!least)
			continue;
		cost -= least;
		cost += choose(s, left, limit - cost).cost;
	}
	tm_state_free(&first);
	parts_free(&parts);
	return cost < limit ? cost : limit;
}

/* All of its bits: nothing would be left */
static bool is_whole(const struct pieces *p, uint32_t chosen,
		     const struct bdd_vars *vars)
{
	for (uint32_t i = 0; i < vars->num; i++)
		if (!in_pieces(p, chosen, vars->var[i]))
			return false;
	return true;
}

/* One piece will do if a state has room; if it has none, and there has been time
 * enough, the first choice that is any good.
 */
static bool is_tried(const struct splitting *s, const struct choice *best,
		     bool has_room, uint32_t chosen)
{
	bool single = !(chosen & (chosen - 1));

	if (tm_has_time(s->tm, 1))
		return single || !has_room;
	return best->cost == NEVER && !has_room && single;
}

static struct choice try_pieces(struct splitting *s,
				const struct tm_state *state,
				struct choice best, uint32_t limit)
{
	bool has_room = best.cost < NEVER;
	struct bdd_vars vars = {};
	struct pieces pieces;

	tm_support(s->tm, state, &vars);
	pieces = find_pieces(s->tm, &vars);
	for (uint32_t chosen = 1; chosen < 1U << pieces.num; chosen++) {
		uint32_t below = best.cost < limit ? best.cost : limit, cost;

		if (!is_tried(s, &best, has_room, chosen) ||
		    is_whole(&pieces, chosen, &vars))
			continue;
		cost = cost_of(s, state, &vars, &pieces, chosen, below);
		if (cost < below)
			best = (struct choice){ chosen, cost };
	}
	free(vars.var);
	return best;
}

static struct tm_known *recall(struct splitting *s,
			       const struct tm_state *state)
{
	uint32_t *key = tm_key_of_ways(state);

	key[state->num_ways + 1] = state->cursor;
	return tm_recall(&s->known, key, state->num_ways + 2);
}

static struct choice choose(struct splitting *s, const struct tm_state *state,
			    uint32_t limit)
{
	struct tm_known *known = recall(s, state);
	struct choice best = { .cost = NEVER };
	struct tm_state copy;

	if (!known->at_least)
		return (struct choice){ known->choice, known->cost };
	if (known->cost >= limit)
		return best;
	copy = tm_copy(state);
	if (fits(s->tm, &copy))
		best.cost = tm_cost(s->tm, &copy);
	tm_state_free(&copy);
	if (best.cost >= WORTH_SPLITTING)
		best = try_pieces(s, state, best, limit);
	known = recall(s, state);
	known->at_least = best.cost >= limit;
	known->cost = known->at_least ? limit : best.cost;
	known->choice = best.pieces;
	return best;
}

/* ---- the pass ------------------------------------------------------------------------ */

static void apply(struct tm_machine *tm, uint32_t index, uint32_t chosen)
{
	struct tm_state old = tm->states[index], first;
	struct bdd_vars vars = {};
	struct pieces pieces;
	struct parts parts;

	tm_support(tm, &old, &vars);
	pieces = find_pieces(tm, &vars);
	parts = split_state(tm, &old, &vars, &pieces, chosen);
	first = first_of(tm, &old, &parts, tm->num_states);
	fits(tm, &first);
	tm->states[index] = first;
	for (uint32_t i = 0; i < parts.num; i++) {
		struct tm_state copy = tm_copy(&parts.left[i].state);

		copy.cursor = first.cursor;
		copy.why = TCAM_WHY_KEY;
		if (copy.num_ways > 1)
			tm_add_state(tm, &copy);
		else
			tm_state_free(&copy);
	}
	parts_free(&parts);
	free(vars.var);
	tm_state_free(&old);
}

static bool split_all(struct splitting *s)
{
	struct tm_machine *tm = s->tm;

	for (uint32_t i = 0; i < tm->num_states; i++) {
		struct tm_state *state = &tm->states[i];
		struct choice choice;

		if (!state->num_ways)
			continue;
		choice = choose(s, state, NEVER);
		if (choice.cost == NEVER) {
			tm_no_room(tm, state);
			return false;
		}
		if (choice.pieces) {
			apply(tm, i, choice.pieces);
			i--;		/* its parts come behind all others */
		}
	}
	return true;
}

/**
 * tm_split() - make every key fit the target
 * @tm: machine
 *
 * Return: false if there is no way, after a diagnostic.
 */
bool tm_split(struct tm_machine *tm)
{
	struct splitting s = { .tm = tm };
	bool good;

	for (uint32_t i = 0; i < tm->num_states; i++) {
		int32_t first = tm_first_byte(tm, &tm->states[i], 0);

		tm->states[i].cursor = first < 0 ? first : 0;
	}
	good = split_all(&s);
	tm_memo_free(&s.known);
	return good;
}
