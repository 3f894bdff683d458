// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Does a machine come to an end on each packet? If it may go on for ever, the
 * device ends it when its steps are used up, and what is proved place by place
 * says nothing of that.
 *
 * A way without an end stays, from some state on, in one class of states that lead
 * to each other. A rule that can be taken only so often is on it so often, and
 * then the way is in a class of those that are left. When no class is left there
 * is no such way.
 *
 * Where states are shared, a machine alone may seem to go on for ever that never
 * comes to that. If the other ends, both are on together, at one place after the
 * other, until that; and the one that is left ends if it comes to no place twice.
 *
 * How many steps there are until the end is not asked: `build` sees to it that
 * they are enough for its programs.
 */
#include <stdlib.h>
#include <string.h>

#include "proof.h"

struct ends {
	const struct sym_machine *m;
	uint32_t	*first;		/* edge of a state's first rule; num + 1 */
	bool		*gone;		/* by edge: it is taken only so often */
	bool		*next;		/* the same of the next time round */
	bool		*unseen;	/* the same, and those that look for an end */
	uint32_t	*class;		/* of a state */
	uint32_t	*still[MAX_DEPTH];	/* the same of what is left by @unseen */
	bool		(*opens)[MAX_DEPTH];	/* areas, by class */
	int64_t		(*least)[MAX_DEPTH];	/* lengths on entry */
};

static const struct sym_rule *rule_of(const struct ends *e, uint32_t state,
				      uint32_t edge)
{
	return &e->m->states[state].rules[edge - e->first[state]];
}

/* ---- classes -------------------------------------------------------------- */

struct visit {			/* of the search in depth */
	uint32_t	state, edge;
};

struct search {			/* Tarjan's */
	const struct ends *e;
	const bool	*gone;
	uint32_t	*class;
	uint32_t	*order, *low;	/* 0: not visited */
	uint32_t	*open;		/* visited, and in no class yet */
	struct visit	*way;
	uint32_t	num_open, depth, visited;
};

static void enter(struct search *s, uint32_t state)
{
	s->order[state] = s->low[state] = ++s->visited;
	s->open[s->num_open++] = state;
	s->way[s->depth++] = (struct visit){ state, s->e->first[state] };
}

static void leave(struct search *s, uint32_t state)
{
	uint32_t member;

	s->depth--;
	if (s->depth && s->low[state] < s->low[s->way[s->depth - 1].state])
		s->low[s->way[s->depth - 1].state] = s->low[state];
	if (s->low[state] != s->order[state])
		return;
	do {
		member = s->open[--s->num_open];
		s->class[member] = state;
		s->order[member] = UINT32_MAX;	/* it is in a class */
	} while (member != state);
}

static void go_on(struct search *s)
{
	struct visit *v = &s->way[s->depth - 1];
	uint32_t state = v->state, target;

	if (v->edge == s->e->first[state + 1]) {
		leave(s, state);
		return;
	}
	if (s->gone[v->edge++])
		return;
	target = rule_of(s->e, state, v->edge - 1)->target;
	if (!s->order[target])
		enter(s, target);
	else if (s->order[target] < s->low[state])
		s->low[state] = s->order[target];
}

static void find_classes(const struct ends *e, const bool *gone,
			 uint32_t *class)
{
	uint32_t num = e->m->num_states;
	struct search s = {
		.e = e, .gone = gone, .class = class,
		.order = xcalloc(num, sizeof(*s.order)),
		.low = xcalloc(num, sizeof(*s.low)),
		.open = xcalloc(num, sizeof(*s.open)),
		.way = xcalloc(num, sizeof(*s.way)),
	};

	for (uint32_t i = 0; i < num; i++) {
		if (!s.order[i])
			enter(&s, i);
		while (s.depth)
			go_on(&s);
	}
	free(s.order);
	free(s.low);
	free(s.open);
	free(s.way);
}

/* ---- the least that lengths can be ---------------------------------------- */

static int64_t least_behind(const struct ends *e, uint32_t state, uint32_t depth)
{
	const struct sym_state *s = &e->m->states[state];

	if (s->depth == depth && s->type == SYM_VISIT)
		return s->least;
	if (s->depth == depth && s->type == SYM_LENGTH)
		return s->length.add;
	return e->least[state][depth];
}

static void find_least(struct ends *e)
{
	bool changed = true;

	for (uint32_t i = 0; i < e->m->num_states; i++)
		for (uint32_t d = 0; d < MAX_DEPTH; d++)
			e->least[i][d] = i == e->m->start ? 0 : INT64_MAX;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < e->m->num_states; i++)
			for (uint32_t n = e->first[i]; n < e->first[i + 1]; n++)
				for (uint32_t d = 0; d < MAX_DEPTH; d++) {
					int64_t *to, from;

					if (rule_of(e, i, n)->stop)
						continue;
					to = e->least[rule_of(e, i, n)->target];
					from = least_behind(e, i, d);
					changed |= from < to[d];
					to[d] = from < to[d] ? from : to[d];
				}
	}
}

/* ---- what happens only so often ------------------------------------------- */

/* A limit is for the whole packet, and only goes up */
static bool is_limited(const struct sym_state *s)
{
	for (uint32_t i = 0; i < s->num_limits; i++)
		if (s->limits[i].raise)
			return true;
	return false;
}

/* At least by one byte */
static bool moves(const struct ends *e, uint32_t state, uint32_t edge)
{
	const struct sym_rule *rule = rule_of(e, state, edge);

	return rule->skips ? rule->skip > 0 :
	       rule->advance && least_behind(e, state, rule->depth) > 0;
}

/* It ends the parse if the base of @depth is not where it may be */
static bool looks(const struct ends *e, uint32_t state, uint32_t edge,
		  uint32_t depth)
{
	const struct sym_state *s = &e->m->states[state];
	const struct sym_rule *rule = rule_of(e, state, edge);

	return (s->type == SYM_VISIT && s->depth == depth) ||
	       (rule->skips && rule->depth == depth && depth);
}

static bool in_class(const struct ends *e, const uint32_t *class,
		     uint32_t state, uint32_t edge)
{
	return !e->gone[edge] &&
	       class[state] == class[rule_of(e, state, edge)->target];
}

/* No area of that depth opens in the class; depth 0 is one for ever */
static bool in_one_area(const struct ends *e, uint32_t state, uint32_t depth)
{
	return !depth || !e->opens[e->class[state]][depth];
}

/* A base that moves again and again, and is looked at again and again, is at last
 * behind the end of its area, or of the frame
 */
static bool is_finite(const struct ends *e, uint32_t state, uint32_t edge)
{
	const struct sym_state *s = &e->m->states[state];
	const struct sym_rule *rule = rule_of(e, state, edge);

	if (s->type == SYM_VISIT && is_limited(s))
		return true;
	if (s->type == SYM_LOOP && edge - e->first[state] > 1 &&
	    in_one_area(e, state, s->depth))
		return true;
	return moves(e, state, edge) && in_one_area(e, state, rule->depth) &&
	       (looks(e, state, edge, rule->depth) ||
		!in_class(e, e->still[rule->depth], state, edge));
}

static void look_at_classes(struct ends *e, uint32_t edges)
{
	const struct sym_machine *m = e->m;

	find_classes(e, e->gone, e->class);
	memset(e->opens, 0, m->num_states * sizeof(*e->opens));
	for (uint32_t i = 0; i < m->num_states; i++)
		if (m->states[i].type == SYM_OPEN)
			e->opens[e->class[i]][m->states[i].depth + 1] = true;
	for (uint32_t d = 0; d < MAX_DEPTH; d++) {
		memcpy(e->unseen, e->gone, edges * sizeof(*e->gone));
		for (uint32_t i = 0; i < m->num_states; i++)
			for (uint32_t n = e->first[i]; n < e->first[i + 1]; n++)
				e->unseen[n] |= looks(e, i, n, d);
		find_classes(e, e->unseen, e->still[d]);
	}
}

/* Until nothing is left, or nothing goes; true: one of its states */
static bool is_left(struct ends *e, uint32_t *state)
{
	uint32_t edges = e->first[e->m->num_states];
	bool left = true, changed = true;

	while (left && changed) {
		left = false;
		changed = false;
		look_at_classes(e, edges);
		memcpy(e->next, e->gone, edges * sizeof(*e->gone));
		for (uint32_t i = 0; i < e->m->num_states; i++)
			for (uint32_t n = e->first[i]; n < e->first[i + 1]; n++) {
				if (!in_class(e, e->class, i, n))
					continue;
				left = true;
				*state = i;
				if (!is_finite(e, i, n))
					continue;
				e->next[n] = true;
				changed = true;
			}
		memcpy(e->gone, e->next, edges * sizeof(*e->gone));
	}
	return left;
}

/* A rule that stops; or that stays, and so stops the parse when its steps are used
 * up, which is known where it is taken
 */
static bool is_end(const struct sym_state *s, const struct sym_rule *rule,
		   uint32_t index)
{
	return rule->stop || (s->type == SYM_HOLD && rule->target == index &&
			      !rule->advance && !rule->skips &&
			      !rule->num_writes);
}

/**
 * edges_end() - is there no way without an end?
 * @num: of what is on the way
 * @edges: of the way, from one to the next
 * @num_edges: their number
 */
bool edges_end(uint32_t num, const struct edge *edges, uint32_t num_edges)
{
	bool *on = xcalloc(num, sizeof(*on)), *next = xcalloc(num, sizeof(*next));
	bool changed = true, ends = true;

	memset(on, true, num * sizeof(*on));
	while (changed) {	/* who leads to another who does */
		memset(next, false, num * sizeof(*next));
		for (uint32_t i = 0; i < num_edges; i++)
			next[edges[i].from] |= on[edges[i].to];
		changed = num && memcmp(on, next, num * sizeof(*on));
		memcpy(on, next, num * sizeof(*on));
	}
	for (uint32_t i = 0; i < num; i++)
		ends &= !on[i];
	free(on);
	free(next);
	return ends;
}

/**
 * machine_ends() - does a machine end on each packet?
 * @m: machine
 * @why: where it may not, to be freed
 *
 * Return: false if that is not known.
 */
bool machine_ends(const struct sym_machine *m, char **why)
{
	struct ends e = { .m = m };
	uint32_t num = m->num_states, state = 0;
	bool ends;

	e.first = xcalloc(num + 1, sizeof(*e.first));
	for (uint32_t i = 0; i < num; i++)
		e.first[i + 1] = e.first[i] + m->states[i].num_rules;
	e.gone = xcalloc(e.first[num], sizeof(*e.gone));
	e.next = xcalloc(e.first[num], sizeof(*e.next));
	e.unseen = xcalloc(e.first[num], sizeof(*e.unseen));
	e.class = xcalloc(num, sizeof(*e.class));
	e.opens = xcalloc(num, sizeof(*e.opens));
	e.least = xcalloc(num, sizeof(*e.least));
	for (uint32_t d = 0; d < MAX_DEPTH; d++)
		e.still[d] = xcalloc(num, sizeof(*e.still[d]));
	for (uint32_t i = 0; i < num; i++)
		for (uint32_t n = e.first[i]; n < e.first[i + 1]; n++)
			e.gone[n] = is_end(&m->states[i], rule_of(&e, i, n), i);
	find_least(&e);
	ends = !is_left(&e, &state);
	if (!ends)
		*why = xasprintf("%s may go on for ever at %s", m->what,
				 m->states[state].name);
	free(e.first);
	free(e.gone);
	free(e.next);
	free(e.unseen);
	free(e.class);
	free(e.opens);
	free(e.least);
	for (uint32_t d = 0; d < MAX_DEPTH; d++)
		free(e.still[d]);
	return ends;
}
