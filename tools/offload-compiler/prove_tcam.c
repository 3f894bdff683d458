// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A loaded TCAM program as the machine that is compared: state by state. */
#include <stdlib.h>

#include "prove.h"
#include "tcam.h"

static u128 make_u128(const u64 half[2])
{
	return (u128)half[0] << 64 | half[1];
}

static void convert_write(const struct tcam_rt_action *a, uint32_t depth,
			  uint32_t counters, struct sym_write *w)
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

	*w = (struct sym_write){
		.type = types[a->type], .output = a->output,
		.ref = { depth, a->offset, a->bits },
		.value = make_u128(a->value),
		.counter = a->type == TCAM_EXTRACT_NODES ? SYM_NODES :
			   a->type == TCAM_EXTRACT_ENCAPS ? SYM_ENCAPS :
			   counters + a->counter,
		.array = a->index != TCAM_INDEX_NONE,
		.index = a->index == TCAM_INDEX_ENCAPS ?
			 SYM_ENCAPS : counters + a->index_counter,
		.num = a->num, .last = a->last,
	};
}

/* An entry's actions are those of its state's depth */
static void convert_rule(const struct tcam *tcam, uint32_t index,
			 uint32_t depth, uint32_t counters,
			 struct sym_write *writes, struct sym_rule *rule)
{
	const struct tcam_rt_entry *e = &tcam->entries[index];

	for (uint32_t i = 0; i < e->num_actions; i++)
		convert_write(&tcam->actions[e->first_action + i], depth,
			      counters, &writes[i]);
	*rule = (struct sym_rule){
		.type = RULE_MASK,
		.a = make_u128(e->value), .b = make_u128(e->mask),
		.stop = e->flags & TCAM_ENTRY_STOP, .target = e->target,
		.advance = e->flags & TCAM_ENTRY_ADVANCE, .skip = e->skip,
		.writes = writes, .num_writes = e->num_actions,
	};
}

static bool same_writes(const struct tcam *tcam, uint32_t a, uint32_t b)
{
	return tcam->entries[a].first_action == tcam->entries[b].first_action &&
	       tcam->entries[a].num_actions == tcam->entries[b].num_actions;
}

static void convert_rules(const struct tcam *tcam,
			  const struct tcam_rt_state *from, uint32_t counters,
			  struct sym_state *s)
{
	uint32_t num = 0;

	for (uint32_t i = from->first_entry; i < from->end_entry; i++)
		num += tcam->entries[i].num_actions;
	s->writes = xcalloc(num, sizeof(*s->writes));
	s->rules = xcalloc(from->end_entry - from->first_entry + 1,
			   sizeof(*s->rules));
	num = 0;
	for (uint32_t i = from->first_entry; i < from->end_entry; i++) {
		struct sym_rule *rule = &s->rules[s->num_rules++];

		convert_rule(tcam, i, s->depth, counters, &s->writes[num],
			     rule);
		/* The same actions are the same effect */
		if (s->num_rules > 1 && same_writes(tcam, i - 1, i))
			rule->writes = rule[-1].writes;
		num += rule->num_writes;
	}
	s->rules[s->num_rules++] = (struct sym_rule){
		.stop = true, .target = PARSE_NO_MATCH,
	};
}

static void add_limit(struct sym_state *s, struct sym_limit limit)
{
	s->limits[s->num_limits++] = limit;
}

static void convert_limits(const struct tcam *tcam,
			   const struct tcam_rt_state *from, uint32_t counters,
			   struct sym_state *s)
{
	bool encap = from->flags & TCAM_STATE_ENCAP;

	s->limits = xcalloc(3 + from->end_rise - from->first_rise,
			    sizeof(*s->limits));
	if (encap)
		add_limit(s, (struct sym_limit){ SYM_ENCAPS, 1, false, true,
						 PARSE_LIMIT_ENCAPS });
	if (from->flags & TCAM_STATE_COUNTED)
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

		add_limit(s, (struct sym_limit){ counters + rise->counter,
						 rise->by, zero, false,
						 PARSE_LIMIT_COUNTER });
	}
	for (uint32_t i = 0; encap && i < tcam->num_counters; i++)
		if (tcam->counters[i].flags & TCAM_COUNTER_ENCAP_RESETS)
			s->resets |= 1ULL << (counters + i);
}

static void convert_state(const struct tcam *tcam, uint32_t index,
			  uint32_t counters, struct sym_state *s)
{
	static const enum sym_type types[] = {
		[TCAM_STATE_VISIT] = SYM_VISIT, [TCAM_STATE_HOLD] = SYM_HOLD,
		[TCAM_STATE_OPEN] = SYM_OPEN, [TCAM_STATE_LOOP] = SYM_LOOP,
	};
	static const enum sym_from froms[] = {
		[TCAM_FROM_NODE] = SYM_FROM_NODE,
		[TCAM_FROM_BASE] = SYM_FROM_BASE,
		[TCAM_FROM_END] = SYM_FROM_END,
	};
	const struct tcam_rt_state *from = &tcam->states[index];

	s->name = xasprintf("state %u", index);
	s->type = types[from->type];
	s->depth = from->depth;
	s->counted = from->flags & TCAM_STATE_COUNTED &&
		     from->type == TCAM_STATE_VISIT;
	s->rest = from->flags & TCAM_STATE_REST;
	s->area = from->flags & TCAM_STATE_AREA;
	s->need = from->need;
	s->least = from->least;
	s->from = froms[from->from];
	s->start = from->start;
	s->max = from->max;
	s->length.add = from->length_add;
	for (uint32_t i = from->first_term; i < from->end_term; i++)
		sym_add_term(&s->length,
			     (struct sym_ref){ s->depth, tcam->terms[i].offset,
					       tcam->terms[i].bits },
			     tcam->terms[i].times);
	s->num_key = from->end_part - from->first_part;
	s->key = xcalloc(s->num_key, sizeof(*s->key));
	for (uint32_t i = 0; i < s->num_key; i++) {
		const struct tcam_rt_part *part =
			&tcam->parts[from->first_part + i];

		s->key[i] = (struct sym_ref){
			part->type == TCAM_PART_INPUT ? SYM_INPUT : s->depth,
			part->offset, part->bits
		};
	}
	if (from->type == TCAM_STATE_VISIT)
		convert_limits(tcam, from, counters, s);
	convert_rules(tcam, from, counters, s);
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
	struct sym_machine *m;
	uint32_t counters = SYM_FIRST_COUNTER + tcam->num_repeats;

	if (counters + tcam->num_counters > SYM_COUNTERS) {
		*why = xasprintf("%s has more than %d counters and limits of visits",
				 path, SYM_COUNTERS - SYM_FIRST_COUNTER);
		return NULL;
	}
	m = xcalloc(1, sizeof(*m));
	m->what = path;
	m->max_bytes = tcam->max_bytes;
	m->start = tcam->start;
	m->max[SYM_NODES] = tcam->max_nodes;
	m->max[SYM_ENCAPS] = tcam->max_encaps;
	for (uint32_t d = 0; d < MAX_DEPTH; d++)
		m->max[SYM_COUNT + d] = SYM_MAX_COUNT;
	for (uint32_t i = 0; i < tcam->num_repeats; i++)
		m->max[SYM_FIRST_COUNTER + i] = tcam->repeats[i];
	for (uint32_t i = 0; i < tcam->num_counters; i++)
		m->max[counters + i] = tcam->counters[i].max;
	m->num_counters = counters + tcam->num_counters;
	m->outputs = tcam->outputs;
	m->num_outputs = tcam->num_outputs;
	m->states = xcalloc(tcam->num_states, sizeof(*m->states));
	m->num_states = tcam->num_states;
	for (uint32_t i = 0; i < tcam->num_states; i++)
		convert_state(tcam, i, counters, &m->states[i]);
	return m;
}
