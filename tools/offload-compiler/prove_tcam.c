// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A loaded TCAM program as the machine that is compared. Its states come first
 * and in their order; they only look. What their entries do is a chain of states
 * of one rule, cut where something is checked or a base moves. Chains that end
 * alike share their end.
 */
#include <stdlib.h>
#include <string.h>

#include "prove.h"
#include "tcam.h"

struct chain {			/* of actions @first to @end - 1 */
	uint32_t	first, end;
	uint32_t	target;
	bool		stop;
	uint32_t	state;		/* that does them */
};

struct convert {
	const struct tcam	*tcam;
	struct sym_machine	*m;
	uint32_t		counters;	/* the first named one */
	struct chain		*chains;
	uint32_t		num_chains;
	uint32_t		*slots;		/* by hash: index + 1; 2^n of them */
	uint32_t		num_slots;
};

static u128 make_u128(const u64 half[2])
{
	return (u128)half[0] << 64 | half[1];
}

static struct sym_ref bits_at(const struct tcam_rt_bits *at, uint32_t depth)
{
	return (struct sym_ref){ depth, 8 * at->byte + at->skip, at->bits };
}

/* ---- actions without a check --------------------------------------------------- */

static bool is_write(const struct tcam_rt_action *a)
{
	return a->type < TCAM_VISIT;
}

/* Member by member: writes are compared as bytes, and @w is 0 */
static void convert_write(const struct convert *c,
			  const struct tcam_rt_action *a, struct sym_write *w)
{
	static const enum sym_write_type types[] = {
		[TCAM_EXTRACT_FIELD] = SYM_FIELD,
		[TCAM_EXTRACT_CONST] = SYM_CONST,
		[TCAM_EXTRACT_START] = SYM_START,
		[TCAM_EXTRACT_END] = SYM_END,
		[TCAM_EXTRACT_LENGTH] = SYM_LENGTH_OF,
		[TCAM_EXTRACT_COUNTER] = SYM_COUNTER_OF,
		[TCAM_EXTRACT_NODES] = SYM_COUNTER_OF,
		[TCAM_EXTRACT_ENCAPS] = SYM_COUNTER_OF,
		[TCAM_COUNTER_INC] = SYM_INC,
		[TCAM_COUNTER_RESET] = SYM_RESET,
	};

	w->type = types[a->type];
	w->output = a->output;
	w->ref = bits_at(&a->at, a->depth);
	w->value = make_u128(a->value);
	w->counter = a->type == TCAM_EXTRACT_NODES ? SYM_NODES :
		     a->type == TCAM_EXTRACT_ENCAPS ? SYM_ENCAPS :
		     c->counters + a->counter;
	w->array = a->index != TCAM_INDEX_NONE;
	w->index = a->index == TCAM_INDEX_ENCAPS ?
		   SYM_ENCAPS : c->counters + a->index_counter;
	w->num = a->num;
	w->last = a->last;
}

static uint32_t count_writes(const struct convert *c, uint32_t first,
			     uint32_t end)
{
	uint32_t i = first;

	while (i < end && is_write(&c->tcam->actions[i]))
		i++;
	return i - first;
}

/* ---- visits and areas ---------------------------------------------------------- */

static void convert_length(const struct convert *c,
			   const struct tcam_rt_length *from,
			   struct sym_state *s)
{
	s->length.add = from->add;
	for (uint32_t i = from->first_term; i < from->end_term; i++) {
		const struct tcam_rt_term *term = &c->tcam->terms[i];

		sym_add_term(&s->length, bits_at(&term->at, s->depth),
			     term->times);
	}
}

static void add_limit(struct sym_state *s, struct sym_limit limit)
{
	s->limits[s->num_limits++] = limit;
}

static void convert_limits(const struct convert *c,
			   const struct tcam_rt_visit *from, struct sym_state *s)
{
	const struct tcam *tcam = c->tcam;
	bool encap = from->flags & TCAM_VISIT_ENCAP;

	s->limits = xcalloc(3 + from->end_rise - from->first_rise,
			    sizeof(*s->limits));
	if (encap)
		add_limit(s, (struct sym_limit){ SYM_ENCAPS, 1, false, true,
						 PARSE_LIMIT_ENCAPS });
	if (from->flags & TCAM_VISIT_COUNTED)
		add_limit(s, (struct sym_limit){ SYM_NODES, 1, false, true,
						 PARSE_LIMIT_NODES });
	if (from->repeat != TCAM_NO_REPEAT)
		add_limit(s, (struct sym_limit){ SYM_FIRST_COUNTER +
						 from->repeat, 1, false, true,
						 PARSE_LIMIT_REPEAT });
	for (uint32_t i = from->first_rise; i < from->end_rise; i++) {
		const struct tcam_rt_rise *rise = &tcam->rises[i];
		bool zero = encap && tcam->counters[rise->counter].flags &
				     TCAM_COUNTER_ENCAP_RESETS;

		add_limit(s, (struct sym_limit){ c->counters + rise->counter,
						 rise->by, zero, false,
						 PARSE_LIMIT_COUNTER });
	}
	for (uint32_t i = 0; encap && i < tcam->num_counters; i++)
		if (tcam->counters[i].flags & TCAM_COUNTER_ENCAP_RESETS)
			s->resets |= 1ULL << (c->counters + i);
}

static void convert_visit(const struct convert *c, uint32_t which,
			  struct sym_state *s)
{
	const struct tcam_rt_visit *from = &c->tcam->visits[which];

	s->type = SYM_VISIT;
	s->name = xasprintf("visit %u", which);
	s->counted = from->flags & TCAM_VISIT_COUNTED;
	s->rest = from->flags & TCAM_VISIT_REST;
	s->need = from->need;
	s->least = from->least;
	convert_length(c, &from->length, s);
	convert_limits(c, from, s);
}

static void convert_area(const struct convert *c, uint32_t which,
			 struct sym_state *s)
{
	static const enum sym_from froms[] = {
		[TCAM_FROM_NODE] = SYM_FROM_NODE,
		[TCAM_FROM_BASE] = SYM_FROM_BASE,
		[TCAM_FROM_END] = SYM_FROM_END,
	};
	const struct tcam_rt_area *from = &c->tcam->areas[which];

	s->type = SYM_OPEN;
	s->name = xasprintf("area %u", which);
	s->area = from->flags & TCAM_AREA_LENGTH;
	s->from = froms[from->from];
	s->start = from->start;
	convert_length(c, &from->length, s);
}

/* False: the action is not a check, so the state has none */
static bool convert_check(const struct convert *c,
			  const struct tcam_rt_action *a, struct sym_state *s)
{
	s->depth = a->depth;
	switch (a->type) {
	case TCAM_VISIT:
		convert_visit(c, a->which, s);
		return true;
	case TCAM_OPEN:
		convert_area(c, a->which, s);
		return true;
	case TCAM_LENGTH:
		s->type = SYM_LENGTH;
		s->name = xasprintf("length %llu",
				    (unsigned long long)a->value[1]);
		s->length.add = a->value[1];
		return true;
	default:
		s->type = SYM_HOLD;
		s->name = xstrdup("actions");
		return false;
	}
}

/* ---- chains -------------------------------------------------------------------- */

static uint32_t add_state(struct convert *c)
{
	struct sym_machine *m = c->m;

	if (!(m->num_states & (m->num_states + 1)))
		m->states = xrealloc(m->states, 2 * (m->num_states + 1) *
				     sizeof(*m->states));
	memset(&m->states[m->num_states], 0, sizeof(*m->states));
	return m->num_states++;
}

static size_t actions_size(const struct chain *chain)
{
	return (chain->end - chain->first) * sizeof(struct tcam_rt_action);
}

static bool same_chain(const struct convert *c, const struct chain *a,
		       const struct chain *b)
{
	return a->stop == b->stop && a->target == b->target &&
	       a->end - a->first == b->end - b->first &&
	       !memcmp(&c->tcam->actions[a->first],
		       &c->tcam->actions[b->first], actions_size(a));
}

static uint32_t *find_slot(const struct convert *c, const struct chain *chain)
{
	const uint8_t *bytes = (const uint8_t *)&c->tcam->actions[chain->first];
	uint64_t hash = 0xcbf29ce484222325ULL ^ chain->target << 1 ^ chain->stop;
	uint32_t at;

	for (size_t i = 0; i < actions_size(chain); i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3ULL;
	at = hash >> 20 & (c->num_slots - 1);
	while (c->slots[at] &&
	       !same_chain(c, &c->chains[c->slots[at] - 1], chain))
		at = (at + 1) & (c->num_slots - 1);
	return &c->slots[at];
}

static void add_chain(struct convert *c, const struct chain *chain)
{
	if (2 * c->num_chains >= c->num_slots) {
		free(c->slots);
		c->num_slots = c->num_slots ? 2 * c->num_slots : 1024;
		c->slots = xcalloc(c->num_slots, sizeof(*c->slots));
		c->chains = xrealloc(c->chains, c->num_slots *
				     sizeof(*c->chains));
		for (uint32_t i = 0; i < c->num_chains; i++)
			*find_slot(c, &c->chains[i]) = i + 1;
	}
	c->chains[c->num_chains] = *chain;
	*find_slot(c, chain) = ++c->num_chains;
}

static uint32_t chain_state(struct convert *c, struct chain chain);

/* @chain: what comes behind the rule's writes, if anything does. @opens: from
 * there on there is another base, so the state does nothing else.
 */
static struct sym_rule make_rule(struct convert *c, struct chain chain,
				 bool opens)
{
	struct sym_rule rule = { .stop = chain.stop, .target = chain.target };
	const struct tcam_rt_action *a = &c->tcam->actions[chain.first];

	if (chain.first < chain.end && !opens &&
	    (a->type == TCAM_ADVANCE || a->type == TCAM_SKIP)) {
		rule.advance = a->type == TCAM_ADVANCE;
		rule.skips = !rule.advance;
		rule.skip = rule.advance ? 0 : a->value[1];
		rule.depth = a->depth;
		chain.first++;
	}
	if (chain.first < chain.end) {
		rule.stop = false;
		rule.target = chain_state(c, chain);
	}
	return rule;
}

/* Rules of @state for one chain each, behind what it does itself */
static void add_rules(struct convert *c, uint32_t state,
		      const struct chain *chains, uint32_t num)
{
	bool opens = c->m->states[state].type == SYM_OPEN;
	uint32_t writes = 0;
	struct sym_state *s;

	for (uint32_t i = 0; i < num; i++)
		writes += count_writes(c, chains[i].first, chains[i].end);
	s = &c->m->states[state];
	s->writes = xcalloc(writes, sizeof(*s->writes));
	s->rules = xcalloc(num + 1, sizeof(*s->rules));
	writes = 0;
	for (uint32_t i = 0; i < num; i++) {
		struct chain rest = chains[i];
		struct sym_write *first = &c->m->states[state].writes[writes];
		uint32_t own = opens ? 0 : count_writes(c, rest.first, rest.end);
		struct sym_rule rule;

		for (uint32_t k = 0; k < own; k++)
			convert_write(c, &c->tcam->actions[rest.first++],
				      &first[k]);
		rule = make_rule(c, rest, opens);
		rule.writes = first;
		rule.num_writes = own;
		c->m->states[state].rules[i] = rule;
		writes += own;
	}
	c->m->states[state].num_rules = num;
}

/* The state that does the actions of @chain, of which there are some */
static uint32_t chain_state(struct convert *c, struct chain chain)
{
	struct chain rest = chain;
	uint32_t *slot = c->num_slots ? find_slot(c, &chain) : NULL;

	if (slot && *slot)
		return c->chains[*slot - 1].state;
	chain.state = add_state(c);
	rest.first += convert_check(c, &c->tcam->actions[chain.first],
				    &c->m->states[chain.state]);
	add_rules(c, chain.state, &rest, 1);
	add_chain(c, &chain);
	return chain.state;
}

/* ---- the program's own states ---------------------------------------------------- */

/* Of inputs bit 0 is the lowest: the last one of a key part */
static void convert_key(const struct convert *c,
			const struct tcam_rt_state *from, struct sym_state *s)
{
	s->key = xcalloc(MAX_KEY_BITS, sizeof(*s->key));
	for (uint32_t i = from->first_part; i < from->end_part; i++) {
		const struct tcam_rt_part *part = &c->tcam->parts[i];

		if (part->type == TCAM_PART_FIELD) {
			s->key[s->num_key++] = bits_at(&part->at, s->depth);
			continue;
		}
		for (uint32_t bit = part->at.bits; bit--; )
			s->key[s->num_key++] = (struct sym_ref){
				SYM_INPUT, part->at.byte + bit, 1
			};
	}
}

static void convert_entries(struct convert *c, uint32_t index)
{
	const struct tcam_rt_state *from = &c->tcam->states[index];
	uint32_t num = from->end_entry - from->first_entry;
	struct chain *chains = xcalloc(num + 1, sizeof(*chains));
	struct sym_state *s;

	for (uint32_t i = 0; i < num; i++) {
		const struct tcam_rt_entry *e =
			&c->tcam->entries[from->first_entry + i];

		chains[i] = (struct chain){
			.first = e->first_action,
			.end = e->first_action + e->num_actions,
			.target = e->target, .stop = e->stop,
		};
	}
	chains[num] = (struct chain){ .stop = true, .target = PARSE_NO_MATCH };
	add_rules(c, index, chains, num + 1);
	s = &c->m->states[index];
	for (uint32_t i = 0; i < num; i++) {
		const struct tcam_rt_entry *e =
			&c->tcam->entries[from->first_entry + i];

		s->rules[i].type = RULE_MASK;
		s->rules[i].a = make_u128(e->value);
		s->rules[i].b = make_u128(e->mask);
	}
	free(chains);
}

static void convert_state(const struct convert *c, uint32_t index)
{
	const struct tcam_rt_state *from = &c->tcam->states[index];
	struct sym_state *s = &c->m->states[index];

	s->name = xasprintf("state %u", index);
	s->type = from->loop ? SYM_LOOP : SYM_HOLD;
	s->depth = from->depth;
	s->need = from->need;
	s->max = from->max;
	convert_key(c, from, s);
}

static void convert_states(struct convert *c)
{
	const struct tcam *tcam = c->tcam;

	for (uint32_t i = 0; i < tcam->num_states; i++)
		add_state(c);
	for (uint32_t i = 0; i < tcam->num_states; i++)
		convert_state(c, i);
	for (uint32_t i = 0; i < tcam->num_states; i++)
		convert_entries(c, i);
	c->m->start = tcam->start;
	if (tcam->start_actions)
		c->m->start = chain_state(c, (struct chain){
			.first = tcam->start_action,
			.end = tcam->start_action + tcam->start_actions,
			.target = tcam->start,
		});
}

static void set_counters(const struct convert *c)
{
	const struct tcam *tcam = c->tcam;
	struct sym_machine *m = c->m;

	m->max[SYM_NODES] = tcam->max_nodes;
	m->max[SYM_ENCAPS] = tcam->max_encaps;
	for (uint32_t d = 0; d < MAX_DEPTH; d++)
		m->max[SYM_COUNT + d] = SYM_MAX_COUNT;
	for (uint32_t i = 0; i < tcam->num_repeats; i++)
		m->max[SYM_FIRST_COUNTER + i] = tcam->repeats[i];
	for (uint32_t i = 0; i < tcam->num_counters; i++)
		m->max[c->counters + i] = tcam->counters[i].max;
	m->num_counters = c->counters + tcam->num_counters;
}

/**
 * sym_from_tcam() - the machine that a TCAM program is
 * @path: of its file, for diagnostics
 * @tcam: loaded, so checked; has to live as long as the machine
 * @why: why there is none, to be freed
 *
 * Return: to be freed with sym_free(), or NULL.
 */
struct sym_machine *sym_from_tcam(const char *path, const struct tcam *tcam,
				  char **why)
{
	struct convert c = {
		.tcam = tcam, .counters = SYM_FIRST_COUNTER + tcam->num_repeats,
	};

	if (c.counters + tcam->num_counters > SYM_COUNTERS) {
		*why = xasprintf("%s has more than %d counters and limits of visits",
				 path, SYM_COUNTERS - SYM_FIRST_COUNTER);
		return NULL;
	}
	c.m = xcalloc(1, sizeof(*c.m));
	c.m->what = path;
	c.m->max_bytes = tcam->max_bytes;
	c.m->outputs = tcam->outputs;
	c.m->num_outputs = tcam->num_outputs;
	set_counters(&c);
	convert_states(&c);
	sym_look_back(c.m);
	free(c.chains);
	free(c.slots);
	return c.m;
}
