// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A random node's fields, length, conditions, counters, extracts and parts */
#include <stdlib.h>
#include <string.h>

#include "random.h"

#define GROUP_DEPTH	3

/* ---- fields ------------------------------------------------------------------ */

int find_field(struct gen *g, struct header *h, uint32_t offset, uint32_t bits)
{
	struct field *f;

	(void)g;
	for (uint32_t i = 0; i < *h->num; i++) {
		f = &(*h->fields)[i];
		if (f->offset == offset && f->bits == bits)
			return i;
	}
	*h->fields = xrealloc(*h->fields, (*h->num + 1) * sizeof(*f));
	f = &(*h->fields)[*h->num];
	/* Not in the order of the offsets */
	f->name = xasprintf("f%u_%u", bits, offset);
	f->offset = offset;
	f->bits = bits;
	return (*h->num)++;
}

int random_field(struct gen *g, struct header *h, uint32_t max)
{
	static const uint32_t widths[] = { 1, 2, 3, 4, 4, 8, 8, 8, 13, 16, 16,
					   20, 24, 32, 48, 64, 100, 128 };
	uint32_t bits = widths[rnd(&g->rng, has(g, WITH_WIDE) ? 18 : 14)];
	uint32_t all = 8 * h->bytes, offset;

	if (*h->num && (one_in(&g->rng, 3) || *h->num > 12)) {
		uint32_t i = rnd(&g->rng, *h->num);

		if ((*h->fields)[i].bits <= max)
			return i;
	}
	if (bits > max)
		bits = max;
	if (bits > all)
		bits = all;
	if (!bits)
		return -1;
	offset = rnd(&g->rng, all - bits + 1);
	if (!one_in(&g->rng, 4))
		offset &= ~(bits < 8 ? 3U : 7U);
	return find_field(g, h, offset, bits);
}

/* ---- lengths ----------------------------------------------------------------- */

static struct term random_term(struct gen *g, struct header *h, bool first)
{
	static const int32_t times[] = { 1, 1, 1, 2, 4, 4, 8, 3, 12, 16 };
	struct term term = {};
	int field = random_field(g, h, one_in(&g->rng, 6) ? 16 : 8);

	if (field < 0)
		return term;
	term.field = field;
	term.times = times[rnd(&g->rng, 10)];
	if (has(g, WITH_SIGNED) && one_in(&g->rng, first ? 6 : 2))
		term.times = -term.times;
	return term;
}

/* Around @min, so that it is met from both sides */
void random_length(struct gen *g, struct header *h, struct length *length,
		   int32_t min)
{
	uint32_t num = one_in(&g->rng, 4) ? 2 + rnd(&g->rng, 2) : 1;
	int32_t highest;

	length->terms = xcalloc(num, sizeof(*length->terms));
	for (uint32_t i = 0; i < num; i++) {
		struct term term = random_term(g, h, !i);
		bool known = !term.times;

		for (uint32_t k = 0; k < length->num_terms; k++)
			known |= length->terms[k].field == term.field;
		if (!known)
			length->terms[length->num_terms++] = term;
	}
	length->add = one_in(&g->rng, 3) ? min : (int32_t)rnd(&g->rng, min + 4);
	if (has(g, WITH_SIGNED) && length->num_terms && one_in(&g->rng, 4))
		length->add -= rnd(&g->rng, 20);
	highest = length->add;
	for (uint32_t i = 0; i < length->num_terms; i++)
		if (length->terms[i].times > 0)
			highest += length->terms[i].times *
				   (int32_t)ones((*h->fields)[length->terms[i].field].bits);
	if (highest < min)
		length->add += min - highest;
}

/* ---- conditions ---------------------------------------------------------------- */

/* One that some values fulfil and others do not */
static bool random_compare(struct gen *g, struct header *h, struct cond *cond)
{
	int field = random_field(g, h, 128);
	u128 mask, value;

	if (field < 0)
		return false;
	cond->type = COND_COMPARE;
	cond->field = field;
	cond->op = rnd(&g->rng, 6);
	mask = ones((*h->fields)[field].bits);
	cond->mask = mask;
	if (one_in(&g->rng, 3))
		cond->mask &= rnd_bits(&g->rng, (*h->fields)[field].bits);
	if (!cond->mask)
		cond->mask = mask;
	value = rnd_bits(&g->rng, (*h->fields)[field].bits) & cond->mask;
	if ((cond->op == COMPARE_LT || cond->op == COMPARE_GE) && !value)
		value = cond->mask;
	if ((cond->op == COMPARE_GT || cond->op == COMPARE_LE) &&
	    value == cond->mask)
		value = 0;
	cond->value = value;
	return true;
}

/* Equal; or, where both have to hold, maybe contradictory */
static bool clash(const struct cond *a, const struct cond *b, bool any)
{
	return a->type == b->type && a->type == COND_COMPARE &&
	       a->field == b->field && a->mask == b->mask &&
	       (!any || (a->op == b->op && a->value == b->value));
}

/* Groups take turns: one in its own type would be no group */
static bool random_cond(struct gen *g, struct header *h, struct cond *cond,
			uint32_t depth, enum cond_type parent)
{
	uint32_t num = 2 + rnd(&g->rng, 2);

	if (!has(g, WITH_GROUPS) || depth == GROUP_DEPTH ||
	    !one_in(&g->rng, depth ? 2 : 3))
		return random_compare(g, h, cond);
	cond->type = parent == COND_ANY ? COND_ALL : COND_ANY;
	cond->args = xcalloc(num, sizeof(*cond->args));
	for (uint32_t i = 0; i < num; i++) {
		struct cond *arg = &cond->args[cond->num_args];
		bool doubled = !random_cond(g, h, arg, depth + 1, cond->type);

		for (uint32_t k = 0; k < cond->num_args; k++)
			doubled |= clash(&cond->args[k], arg,
					 cond->type == COND_ANY);
		if (doubled)
			memset(arg, 0, sizeof(*arg));
		else
			cond->num_args++;
	}
	if (cond->num_args > 1)
		return true;
	if (cond->num_args) {	/* alone it is what it stands for */
		struct cond *arg = cond->args;

		if (arg->type == COND_COMPARE) {
			*cond = *arg;
			free(arg);
			return true;
		}
	}
	free(cond->args);
	memset(cond, 0, sizeof(*cond));
	return random_compare(g, h, cond);
}

void random_conds(struct gen *g, struct node *node)
{
	struct header h = node_header(node);
	uint32_t num = rnd(&g->rng, 4);

	if (!has(g, WITH_CONDS) || one_in(&g->rng, 2) || !num)
		return;
	node->conds = xcalloc(num, sizeof(*node->conds));
	for (uint32_t i = 0; i < num; i++) {
		struct cond *cond = &node->conds[node->num_conds];
		bool good = random_cond(g, &h, cond, 0, COND_ALL);

		for (uint32_t k = 0; k < node->num_conds; k++)
			good &= !clash(&node->conds[k], cond, false);
		if (!good) {
			memset(cond, 0, sizeof(*cond));
			continue;
		}
		cond->verdict = random_stop(g).index;
		if (cond->verdict == PARSE_OKAY && !one_in(&g->rng, 4))
			cond->verdict = PARSE_FAIL;
		node->num_conds++;
	}
}

/* ---- counters -------------------------------------------------------------------- */

static void add_action(struct gen *g, struct node *node, uint32_t counter,
		       bool before, bool reset)
{
	(void)g;
	for (uint32_t i = 0; i < node->num_actions; i++)
		if (node->actions[i].counter == counter &&
		    node->actions[i].before == before)
			return;
	node->actions = xrealloc(node->actions, (node->num_actions + 1) *
				 sizeof(*node->actions));
	node->actions[node->num_actions++] = (struct action){
		.counter = counter, .before = before, .reset = reset };
}

uint32_t new_counter(struct gen *g)
{
	static const uint32_t max[] = { 1, 2, 3, 4, 8, 255 };
	uint32_t index = g->p->num_counters++;
	struct counter *counter = &g->p->counters[index];

	counter->name = random_name(g, "counter", index);
	counter->max = max[rnd(&g->rng, 6)];
	counter->saturate = one_in(&g->rng, 2);
	counter->encap_resets = one_in(&g->rng, 3);
	return index;
}

/* A counter has an INC somewhere: here, if it is new */
static int random_counter(struct gen *g, struct node *node)
{
	uint32_t index;

	if (!has(g, WITH_COUNTERS))
		return -1;
	if (g->p->num_counters && (g->p->num_counters == 4 ||
				   !one_in(&g->rng, 3)))
		return rnd(&g->rng, g->p->num_counters);
	index = new_counter(g);
	add_action(g, node, index, one_in(&g->rng, 2), false);
	return index;
}

void random_actions(struct gen *g, struct node *node)
{
	uint32_t num = one_in(&g->rng, 3) ? rnd(&g->rng, 4) : 0;

	while (has(g, WITH_COUNTERS) && num--)
		add_action(g, node, random_counter(g, node),
			   one_in(&g->rng, 2), one_in(&g->rng, 4));
}

/* ---- extracts -------------------------------------------------------------------- */

static bool written(const struct node *node, uint32_t output)
{
	for (uint32_t i = 0; i < node->num_extracts; i++)
		if (node->extracts[i].output == output)
			return true;
	return false;
}

static struct parse_output *add_output(struct gen *g, char *name, uint32_t bits)
{
	struct parse_output *out = &g->p->outputs[g->p->num_outputs++];

	snprintf(out->name, sizeof(out->name), "%s", name);
	out->key = parse_key_by_name(out->name);
	out->bits = out->key ? parse_key_bits(out->key) : bits;
	free(name);
	return out;
}

static int new_array(struct gen *g, struct node *node, uint32_t bits)
{
	uint32_t num = one_in(&g->rng, 6) ? 12 : rnd_from(&g->rng, 2, 5);
	int counter = one_in(&g->rng, 3) ? -1 : random_counter(g, node);
	struct array *array;

	if (g->p->num_outputs + num > PARSE_MAX_OUTPUTS)
		return -1;
	array = &g->p->arrays[g->p->num_arrays];
	array->name = random_name(g, "array", g->p->num_arrays++);
	array->first = g->p->num_outputs;
	array->num = num;
	array->index = counter < 0 ? INDEX_ENCAPS : INDEX_COUNTER;
	array->counter = counter < 0 ? 0 : counter;
	array->last = one_in(&g->rng, 2);
	for (uint32_t i = 0; i < num; i++)
		add_output(g, xasprintf("%s[%u]", array->name, i), bits);
	return array->first;
}

static bool in_array(const struct parser *p, uint32_t output, bool *first)
{
	for (uint32_t i = 0; i < p->num_arrays; i++) {
		const struct array *a = &p->arrays[i];

		if (output < a->first || output >= a->first + a->num)
			continue;
		*first = output == a->first;
		return true;
	}
	return false;
}

/* Of at least @bits, not written by @node; -1 if there is no room */
static int random_output(struct gen *g, struct node *node, uint32_t bits)
{
	static const char *const keys[] = { "sport", "dport", "ip_proto",
		"is_frag", "is_first_frag", "is_encap", "flow_label", "n_proto",
		"nhoff", "thoff" };
	const char *key = keys[rnd(&g->rng, 10)];
	struct parser *p = g->p;

	for (int i = 0; i < 8 && p->num_outputs; i++) {
		uint32_t output = rnd(&g->rng, p->num_outputs);
		bool first = true;

		in_array(p, output, &first);
		if (first && p->outputs[output].bits >= bits &&
		    !written(node, output))
			return output;
	}
	if (has(g, WITH_ARRAYS) && one_in(&g->rng, 3))
		return new_array(g, node, bits + (one_in(&g->rng, 4) && bits < 128));
	if (p->num_outputs == PARSE_MAX_OUTPUTS)
		return -1;
	if (has(g, WITH_KEYS) && one_in(&g->rng, 2) &&
	    parse_key_bits(parse_key_by_name(key)) >= bits) {
		for (uint32_t i = 0; i < p->num_outputs; i++)
			if (!strcmp(p->outputs[i].name, key))
				return -1;
		add_output(g, xstrdup(key), 0);
	} else {
		add_output(g, random_name(g, "out", p->num_outputs),
			   bits + (one_in(&g->rng, 4) && bits < 128));
	}
	return p->num_outputs - 1;
}

static void add_extract(struct gen *g, struct node *node, struct extract e,
			uint32_t bits)
{
	int output = random_output(g, node, bits);

	if (output < 0)
		return;
	e.output = output;
	if (e.type == EXTRACT_CONST)
		e.value = rnd_bits(&g->rng, bits);
	node->extracts = xrealloc(node->extracts, (node->num_extracts + 1) *
				  sizeof(*node->extracts));
	node->extracts[node->num_extracts++] = e;
}

static void random_extract(struct gen *g, struct node *node)
{
	struct header h = node_header(node);
	struct extract e = { .type = rnd(&g->rng, 8) };
	int index;

	if (one_in(&g->rng, 2))
		e.type = EXTRACT_FIELD;
	switch (e.type) {
	case EXTRACT_FIELD:
		index = random_field(g, &h, 128);
		e.field = index;
		if (index >= 0)
			add_extract(g, node, e, node->fields[index].bits);
		return;
	case EXTRACT_CONST:
		add_extract(g, node, e, rnd_from(&g->rng, 1, has(g, WITH_WIDE) ?
						 128 : 32));
		return;
	case EXTRACT_START:
		e.value = rnd(&g->rng, node->min_length);
		add_extract(g, node, e, 16);
		return;
	case EXTRACT_END:
	case EXTRACT_LENGTH:
		add_extract(g, node, e, 16);
		return;
	case EXTRACT_COUNTER:
		index = random_counter(g, node);
		e.counter = index;
		if (index >= 0)
			add_extract(g, node, e, 8);
		return;
	case EXTRACT_NODES:
	case EXTRACT_ENCAPS:
		add_extract(g, node, e, 8);
		return;
	}
}

void random_extracts(struct gen *g, struct node *node)
{
	uint32_t num = rnd(&g->rng, 5);

	while (num--)
		random_extract(g, node);
}

/* What the root may write: its key and its end */
void root_extracts(struct gen *g, struct node *root)
{
	static const char *const names[] = { "n_proto", "nhoff", "thoff" };

	root->extracts = xcalloc(3, sizeof(*root->extracts));
	for (uint32_t i = 0; i < 3; i++) {
		if (!has(g, WITH_KEYS) || one_in(&g->rng, 2))
			continue;
		root->extracts[root->num_extracts++] = (struct extract){
			.type = i ? EXTRACT_END : EXTRACT_FIELD,
			.output = g->p->num_outputs };
		add_output(g, xstrdup(names[i]), 16);
	}
}
