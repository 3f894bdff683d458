// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What a state, and those that follow it, still ask of the past: bits behind a
 * cursor, and lengths of nodes that the cursor has left. What no state asks is
 * forgotten, so that different ways to a state become one; where the answer is
 * not known exactly, it is more.
 */
#include <stdlib.h>

#include "prove.h"

struct look {
	struct sym_machine	*m;
	int64_t			(*least)[MAX_DEPTH];	/* lengths on entry */
};

/* ---- the least that lengths can be, from the start on ------------------------------- */

static bool sets_length(const struct sym_state *s)
{
	return s->type == SYM_VISIT || s->type == SYM_LENGTH;
}

/* Of depth @d, when a rule of @state is taken */
static int64_t least_at(const struct look *l, uint32_t state, uint32_t d)
{
	const struct sym_state *s = &l->m->states[state];

	if (!sets_length(s) || s->depth != d)
		return l->least[state][d];
	return s->type == SYM_LENGTH ? s->length.add : s->least;
}

static bool lower_least(const struct look *l, uint32_t state)
{
	const struct sym_state *s = &l->m->states[state];
	bool changed = false;

	for (uint32_t i = 0; i < s->num_rules; i++)
		for (uint32_t d = 0; d < MAX_DEPTH && !s->rules[i].stop; d++) {
			int64_t *to = &l->least[s->rules[i].target][d];
			int64_t from = least_at(l, state, d);

			if (from < *to) {
				*to = from;
				changed = true;
			}
		}
	return changed;
}

static void find_least(const struct look *l)
{
	bool changed = true;

	for (uint32_t i = 0; i < l->m->num_states; i++)
		for (uint32_t d = 0; d < MAX_DEPTH; d++)
			l->least[i][d] = i == l->m->start ? 0 : INT32_MAX;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < l->m->num_states; i++)
			changed |= lower_least(l, i);
	}
}

/* ---- what is asked ------------------------------------------------------------------ */

static bool look_at(struct sym_state *s, uint32_t depth, int64_t offset)
{
	if (depth >= MAX_DEPTH || offset >= s->behind[depth])
		return false;
	s->behind[depth] = offset;
	return true;
}

/* By the state itself, before a base moves */
static void look_here(struct sym_state *s)
{
	for (uint32_t i = 0; i < s->num_key; i++)
		look_at(s, s->key[i].depth, s->key[i].offset);
	for (uint32_t i = 0; i < s->length.num; i++)
		look_at(s, s->length.terms[i].ref.depth,
			s->length.terms[i].ref.offset);
	if (s->type == SYM_OPEN)
		s->lengths |= 1U << s->depth;
	for (uint32_t i = 0; i < s->num_rules; i++)
		for (uint32_t k = 0; k < s->rules[i].num_writes; k++) {
			const struct sym_write *w = &s->rules[i].writes[k];

			if (w->type == SYM_FIELD)
				look_at(s, w->ref.depth, w->ref.offset);
		}
}

/* Lengths that a rule, or what comes behind it, uses */
static uint32_t lengths_of(const struct look *l, const struct sym_rule *rule)
{
	uint32_t lengths = rule->stop ? 0 : l->m->states[rule->target].lengths;

	if (rule->advance)
		lengths |= 1U << rule->depth;
	for (uint32_t i = 0; i < rule->num_writes; i++)
		if (rule->writes[i].type == SYM_END ||
		    rule->writes[i].type == SYM_LENGTH_OF)
			lengths |= 1U << rule->writes[i].ref.depth;
	return lengths;
}

/* A base that moves takes the bits with it that are seen from it */
static bool look_behind(const struct look *l, uint32_t state,
			const struct sym_rule *rule)
{
	const struct sym_state *next = &l->m->states[rule->target];
	struct sym_state *s = &l->m->states[state];
	uint32_t end = s->type == SYM_OPEN ? s->depth + 1 : MAX_DEPTH;
	bool moves = rule->advance || rule->skip, changed = false;

	if (moves && rule->depth + 1 < end)
		end = rule->depth + 1;
	for (uint32_t d = 0; d < end; d++) {
		int64_t by = !moves || d != rule->depth ? 0 :
			     rule->advance ? least_at(l, state, d) : rule->skip;

		changed |= look_at(s, d, next->behind[d] + 8 * by);
	}
	return changed;
}

static bool look_on(const struct look *l, uint32_t state)
{
	struct sym_state *s = &l->m->states[state];
	uint32_t lengths = 0;
	bool changed = false;

	for (uint32_t i = 0; i < s->num_rules; i++) {
		lengths |= lengths_of(l, &s->rules[i]);
		if (!s->rules[i].stop)
			changed |= look_behind(l, state, &s->rules[i]);
	}
	if (sets_length(s))
		lengths &= ~(1U << s->depth);
	changed |= lengths & ~s->lengths;
	s->lengths |= lengths;
	return changed;
}

/* Fills @behind and @lengths of all states */
void sym_look_back(struct sym_machine *m)
{
	struct look l = {
		.m = m, .least = xcalloc(m->num_states, sizeof(*l.least)),
	};
	bool changed = true;

	find_least(&l);
	for (uint32_t i = 0; i < m->num_states; i++)
		look_here(&m->states[i]);
	while (changed) {
		changed = false;
		for (uint32_t i = m->num_states; i--; )
			changed |= look_on(&l, i);
	}
	free(l.least);
}
