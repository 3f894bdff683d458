// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A parser as the machine that is compared: one state a step of lower.h. */
#include <stdlib.h>
#include <string.h>

#include "lower.h"
#include "prove.h"

struct convert {
	const struct parser	*parser;
	const struct lowered	*low;
	struct sym_machine	*m;
	uint32_t		repeats[MAX_NODES];	/* counter of a node */
	uint32_t		counters;	/* the first named one */
};

static struct sym_ref field_ref(const struct field *field, uint32_t depth)
{
	return (struct sym_ref){ depth, field->offset, field->bits };
}

/* False: there are more than the prover can tell apart */
static bool number_counters(struct convert *c)
{
	const struct parser *p = c->parser;
	struct sym_machine *m = c->m;
	uint32_t num = SYM_FIRST_COUNTER;

	m->max[SYM_NODES] = p->max_nodes;
	m->max[SYM_ENCAPS] = p->max_encaps;
	for (uint32_t d = 0; d < MAX_DEPTH; d++)
		m->max[SYM_COUNT + d] = SYM_MAX_COUNT;
	for (uint32_t i = 0; i < p->num_nodes; i++) {
		if (!p->nodes[i].repeat)
			continue;
		if (num == SYM_COUNTERS)
			return false;
		c->repeats[i] = num;
		m->max[num++] = p->nodes[i].repeat;
	}
	c->counters = num;
	if (num + p->num_counters > SYM_COUNTERS)
		return false;
	for (uint32_t i = 0; i < p->num_counters; i++)
		m->max[num++] = p->counters[i].max;
	m->num_counters = num;
	return true;
}

static struct sym_limit *add_limit(struct sym_state *s, uint32_t counter,
				   enum parse_verdict verdict)
{
	struct sym_limit *l = &s->limits[s->num_limits++];

	*l = (struct sym_limit){ .counter = counter, .by = 1, .raise = true,
				 .verdict = verdict };
	return l;
}

/* How far a visit takes a counter at most, from what it is or from 0 */
static void limit_counter(const struct convert *c, const struct node *node,
			  uint32_t counter, struct sym_state *s)
{
	const struct counter *declared = &c->parser->counters[counter];
	bool zero = node->encap && declared->encap_resets;
	struct sym_limit *l;
	uint32_t now = 0;

	if (zero)
		s->resets |= 1ULL << (c->counters + counter);
	if (declared->saturate)
		return;
	for (uint32_t i = 0; i < node->num_actions; i++) {
		if (node->actions[i].counter != counter)
			continue;
		if (node->actions[i].reset) {
			zero |= !now;
			now = 0;
			continue;
		}
		now++;
		l = add_limit(s, c->counters + counter, PARSE_LIMIT_COUNTER);
		l->by = now;
		l->from_zero = zero;
		l->raise = false;
	}
}

static void convert_limits(const struct convert *c, const struct node *node,
			   struct sym_state *s)
{
	const struct parser *p = c->parser;

	s->limits = xcalloc(3 + node->num_actions, sizeof(*s->limits));
	if (node->encap)
		add_limit(s, SYM_ENCAPS, PARSE_LIMIT_ENCAPS);
	if (node->counted)
		add_limit(s, SYM_NODES, PARSE_LIMIT_NODES);
	if (node->repeat)
		add_limit(s, c->repeats[node - p->nodes], PARSE_LIMIT_REPEAT);
	for (uint32_t i = 0; i < p->num_counters; i++)
		limit_counter(c, node, i, s);
}

static const struct array *array_of(const struct parser *p, uint32_t output)
{
	for (uint32_t i = 0; i < p->num_arrays; i++)
		if (p->arrays[i].first == output)
			return &p->arrays[i];
	return NULL;
}

static void convert_write(const struct convert *c, const struct node *node,
			  const struct extract *e, uint32_t depth,
			  struct sym_write *w)
{
	static const enum sym_write_type types[] = {
		[EXTRACT_FIELD] = SYM_FIELD, [EXTRACT_CONST] = SYM_CONST,
		[EXTRACT_START] = SYM_START, [EXTRACT_END] = SYM_END,
		[EXTRACT_LENGTH] = SYM_LENGTH_OF,
		[EXTRACT_COUNTER] = SYM_COUNTER_OF,
		[EXTRACT_NODES] = SYM_COUNTER_OF,
		[EXTRACT_ENCAPS] = SYM_COUNTER_OF,
	};
	const struct array *array = array_of(c->parser, e->output);

	*w = (struct sym_write){
		.type = types[e->type], .output = e->output, .value = e->value,
		.ref.depth = depth,
		.counter = e->type == EXTRACT_NODES ? SYM_NODES :
			   e->type == EXTRACT_ENCAPS ? SYM_ENCAPS :
			   c->counters + e->counter,
	};
	if (e->type == EXTRACT_FIELD)
		w->ref = field_ref(&node->fields[e->field], depth);
	if (!array)
		return;
	w->array = true;
	w->num = array->num;
	w->last = array->last;
	w->index = array->index == INDEX_ENCAPS ? SYM_ENCAPS :
		   c->counters + array->counter;
}

static void convert_actions(const struct convert *c, const struct node *node,
			    bool before, struct sym_state *s, uint32_t *num)
{
	for (uint32_t i = 0; i < node->num_actions; i++)
		if (node->actions[i].before == before)
			s->writes[(*num)++] = (struct sym_write){
				.type = node->actions[i].reset ? SYM_RESET :
								 SYM_INC,
				.counter = c->counters +
					   node->actions[i].counter,
			};
}

static uint32_t convert_writes(const struct convert *c, const struct node *node,
			       struct sym_state *s)
{
	uint32_t num = 0;

	s->writes = xcalloc(node->num_actions + node->num_extracts,
			    sizeof(*s->writes));
	convert_actions(c, node, true, s, &num);
	for (uint32_t i = 0; i < node->num_extracts; i++)
		convert_write(c, node, &node->extracts[i], s->depth,
			      &s->writes[num++]);
	convert_actions(c, node, false, s, &num);
	return num;
}

static void convert_length(const struct node *node, const struct length *length,
			   uint32_t depth, struct sym_linear *to)
{
	to->add = length->add;
	for (uint32_t i = 0; i < length->num_terms; i++)
		sym_add_term(to, field_ref(&node->fields[length->terms[i].field],
					   depth), length->terms[i].times);
}

static void convert_key(const struct convert *c, const struct lookup *lookup,
			const struct field *fields, struct sym_state *s)
{
	s->key = xcalloc(lookup->num_key, sizeof(*s->key));
	for (uint32_t i = 0; i < lookup->num_key; i++) {
		uint32_t index = lookup->key[i].index;

		if (lookup->key[i].type == OPERAND_FIELD)
			s->key[i] = field_ref(&fields[index], s->depth);
		else
			s->key[i] = (struct sym_ref){
				SYM_INPUT,
				__builtin_ctz(c->parser->inputs[index].bit), 1
			};
	}
	s->num_key = lookup->num_key;
}

static void add_rule(const struct convert *c, uint32_t step,
		     struct sym_rule rule, struct target target)
{
	struct sym_state *s = &c->m->states[step];

	target = lowered_target(c->low, step, target);
	rule.stop = target.type == TARGET_STOP;
	rule.target = target.index;
	s->rules = xrealloc(s->rules, (s->num_rules + 1) * sizeof(*s->rules));
	s->rules[s->num_rules++] = rule;
}

/* To another step of the same node */
static void add_after(const struct convert *c, uint32_t step,
		      struct sym_rule rule)
{
	struct sym_state *s = &c->m->states[step];

	rule.target = c->low->steps[step].after;
	s->rules = xrealloc(s->rules, (s->num_rules + 1) * sizeof(*s->rules));
	s->rules[s->num_rules++] = rule;
}

static u128 ones(uint32_t bits)
{
	return bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0;
}

/* @rule: what all ways of the lookup have in common */
static void convert_lookup(const struct convert *c, uint32_t step,
			   const struct lookup *lookup, struct sym_rule rule)
{
	const struct map *map = lookup->map < 0 ? NULL :
				&c->parser->maps[lookup->map];

	for (uint32_t i = 0; map && i < map->num_exact; i++) {
		rule.type = RULE_MASK;
		rule.a = map->exact[i].key;
		rule.b = ones(map->bits);
		add_rule(c, step, rule, map->exact[i].target);
	}
	for (uint32_t i = 0; map && i < map->num_ternary; i++) {
		rule.type = map->ternary[i].range ? RULE_RANGE : RULE_MASK;
		rule.a = map->ternary[i].key;
		rule.b = map->ternary[i].mask;
		add_rule(c, step, rule, map->ternary[i].target);
	}
	rule.type = RULE_ALWAYS;
	add_rule(c, step, rule, lookup->otherwise);
}

static void convert_visit(const struct convert *c, uint32_t step,
			  const struct node *node, struct sym_state *s)
{
	struct sym_rule rule = { .advance = !node->overlay, .depth = s->depth };

	s->type = SYM_VISIT;
	s->counted = node->counted;
	s->need = node->min_length;
	s->least = node->min_length;
	s->rest = node->rest;
	s->fields = node->fields;
	convert_limits(c, node, s);
	convert_length(node, &node->length, s->depth, &s->length);
	rule.num_writes = convert_writes(c, node, s);
	rule.writes = s->writes;
	for (uint32_t i = 0; i < node->num_conds; i++)
		add_rule(c, step, (struct sym_rule){
				.type = RULE_FAILS, .cond = &node->conds[i],
			}, (struct target){ TARGET_STOP,
					    node->conds[i].verdict });
	if (node->num_parts) {
		rule.advance = false;
		add_after(c, step, rule);
		return;
	}
	convert_key(c, &node->next, node->fields, s);
	convert_lookup(c, step, &node->next, rule);
}

static void convert_next(const struct convert *c, uint32_t step,
			 const struct node *node, struct sym_state *s)
{
	s->type = SYM_HOLD;
	convert_key(c, &node->next, node->fields, s);
	convert_lookup(c, step, &node->next,
		       (struct sym_rule){ .advance = !node->overlay,
					  .depth = s->depth });
}

static void convert_open(const struct convert *c, uint32_t step,
			 const struct node *node, struct sym_state *s)
{
	uint32_t index = c->low->steps[step].part;
	const struct part *part = &node->parts[index];

	s->type = SYM_OPEN;
	s->depth--;
	s->area = part->has_area;
	if (part->has_area)
		convert_length(node, &part->area, s->depth, &s->length);
	if (part->has_start)
		s->start = part->start;
	else if (!index)
		s->start = node->min_length;
	else
		s->from = part[-1].type == PART_LOOP ? SYM_FROM_END :
						       SYM_FROM_BASE;
	add_after(c, step, (struct sym_rule){});
}

static void convert_loop(const struct convert *c, uint32_t step,
			 const struct node *node, struct sym_state *s)
{
	const struct part *part = &node->parts[c->low->steps[step].part];

	s->type = SYM_LOOP;
	s->need = part->need;
	s->max = part->max;
	add_after(c, step, (struct sym_rule){});
	add_rule(c, step, (struct sym_rule){}, part->exceeded);
	convert_key(c, &part->next, part->fields, s);
	convert_lookup(c, step, &part->next, (struct sym_rule){});
}

static void convert_flag(const struct convert *c, uint32_t step,
			 const struct node *node, struct sym_state *s)
{
	const struct step *from = &c->low->steps[step];
	const struct flag *flag = &node->parts[from->part].flags[from->flag];
	struct sym_rule rule = { .type = RULE_MASK, .a = flag->value,
				 .b = flag->mask };

	s->type = SYM_HOLD;
	s->depth--;
	s->key = xcalloc(1, sizeof(*s->key));
	s->key[0] = field_ref(&node->fields[flag->field], s->depth);
	s->num_key = 1;
	if (flag->skip) {
		rule.skips = true;
		rule.skip = flag->size;
		rule.depth = from->depth;
		add_after(c, step, rule);
	} else {
		add_rule(c, step, rule, (struct target){ .index = flag->node });
	}
	add_after(c, step, (struct sym_rule){});
}

static void convert_steps(const struct convert *c)
{
	static void (* const convert[])(const struct convert *c, uint32_t step,
					const struct node *node,
					struct sym_state *s) = {
		[STEP_VISIT] = convert_visit, [STEP_OPEN] = convert_open,
		[STEP_LOOP] = convert_loop, [STEP_FLAG] = convert_flag,
		[STEP_NEXT] = convert_next,
	};

	c->m->states = xcalloc(c->low->num_steps, sizeof(*c->m->states));
	c->m->num_states = c->low->num_steps;
	for (uint32_t i = 0; i < c->low->num_steps; i++) {
		const struct step *step = &c->low->steps[i];
		struct sym_state *s = &c->m->states[i];

		s->name = lowered_name(c->low, i);
		s->depth = step->depth;
		convert[step->type](c, i, &c->parser->nodes[step->node], s);
	}
}

/**
 * sym_from_parser() - the machine that a parser is
 * @path: of its file, for diagnostics
 * @parser: checked; has to live as long as the machine
 * @why: why there is none, to be freed
 *
 * Return: to be freed with sym_free(), or NULL.
 */
struct sym_machine *sym_from_parser(const char *path,
				    const struct parser *parser, char **why)
{
	struct lowered *low = lower(path, parser);
	struct convert c = {
		.parser = parser, .low = low, .m = xcalloc(1, sizeof(*c.m)),
	};
	bool good = low;

	c.m->what = path;
	c.m->max_bytes = parser->max_bytes;
	c.m->outputs = parser->outputs;
	c.m->num_outputs = parser->num_outputs;
	if (good && !number_counters(&c)) {
		*why = xasprintf("%s has more than %d counters and limits of visits",
				 path, SYM_COUNTERS - SYM_FIRST_COUNTER);
		good = false;
	} else if (!good) {
		*why = xasprintf("%s has more than %d steps", path, MAX_STEPS);
	}
	if (good) {
		convert_steps(&c);
		c.m->start = lowered_root(low);
		sym_look_back(c.m);
	}
	lowered_free(low);
	if (good)
		return c.m;
	sym_free(c.m);
	return NULL;
}

void sym_free(struct sym_machine *machine)
{
	if (!machine)
		return;
	for (uint32_t i = 0; i < machine->num_states; i++) {
		struct sym_state *s = &machine->states[i];

		free(s->name);
		free(s->limits);
		free(s->key);
		free(s->writes);
		free(s->rules);
	}
	free(machine->states);
	free(machine);
}
