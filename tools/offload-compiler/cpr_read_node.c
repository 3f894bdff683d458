// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Reading one node of a CPR */
#include <stdlib.h>
#include <string.h>

#include "cpr_read.h"

uint32_t get_index(struct reader *r, json_t *obj, const char *at,
		   const char *key, const char *what, const void *list,
		   uint32_t num, size_t size)
{
	const char *name = get_string(r, obj, at, key);

	for (uint32_t i = 0; i < num; i++)
		if (!strcmp(*(char * const *)((const char *)list + i * size),
			    name))
			return i;
	fault(r, sub(at, key).s, "there is no %s \"%.40s\"", what, name);
	return 0;
}

uint32_t get_field(struct reader *r, json_t *obj, const char *at,
		   const struct field *fields, uint32_t num)
{
	return get_index(r, obj, at, "field", "field", fields, num,
			 sizeof(*fields));
}

uint32_t get_counter(struct reader *r, json_t *obj, const char *at)
{
	return get_index(r, obj, at, "counter", "counter", r->parser->counters,
			 r->parser->num_counters,
			 sizeof(*r->parser->counters));
}

uint32_t get_node(struct reader *r, json_t *obj, const char *at,
		  const char *key)
{
	return get_index(r, obj, at, key, "node", r->parser->nodes,
			 r->parser->num_nodes, sizeof(*r->parser->nodes));
}

struct target read_target(struct reader *r, json_t *obj, const char *at,
			  const char *key)
{
	static const char * const keys[] = { "?node", "?part", "?stop", NULL };
	static const char * const parts[] = { "again", "done" };
	struct pointer p = sub(at, key);
	struct target t = { .type = TARGET_STOP };

	obj = json_object_get(obj, key);
	if (!has_keys(r, obj, p.s, keys))
		return t;
	if (json_object_size(obj) != 1) {
		fault(r, p.s,
		      "needs one of \"node\", \"part\" and \"stop\"");
	} else if (json_object_get(obj, "stop")) {
		t.index = get_word(r, obj, p.s, "stop", parse_verdict_names,
				   PARSE_NUM_VERDICTS);
	} else if (json_object_get(obj, "part")) {
		t.type = get_word(r, obj, p.s, "part", parts, 2) ?
			 TARGET_DONE : TARGET_AGAIN;
	} else {
		t.type = TARGET_NODE;
		t.index = get_node(r, obj, p.s, "node");
	}
	return t;
}

void read_fields(struct reader *r, json_t *obj, const char *at,
		 struct field **fields, uint32_t *num, uint32_t bytes)
{
	static const char * const keys[] = { "bits", "name", "offset", NULL };
	json_t *list = get_list(r, obj, at, "fields", MAX_FIELDS), *item;
	struct pointer p = sub(at, "fields");
	size_t i;

	*fields = xcalloc(json_array_size(list), sizeof(**fields));
	json_array_foreach(list, i, item) {
		struct pointer f = sub_index(p.s, i);
		struct field *field = &(*fields)[i];

		if (!has_keys(r, item, f.s, keys))
			return;
		field->name = xstrdup(get_name(r, item, f.s));
		++*num;
		field->bits = get_int(r, item, f.s, "bits", 1, MAX_KEY_BITS);
		field->offset = get_int(r, item, f.s, "offset", 0,
					8 * MAX_MIN_LENGTH);
		if (field->offset + field->bits > 8 * bytes)
			fault(r, f.s, "ends behind the %u bytes of the header",
			      bytes);
	}
}

/* "add" and "terms" */
void read_terms(struct reader *r, json_t *obj, const char *at,
		const struct node *node, struct length *length)
{
	static const char * const keys[] = { "field", "times", NULL };
	json_t *list = get_list(r, obj, at, "terms", MAX_TERMS), *item;
	struct pointer p = sub(at, "terms");
	size_t i;

	length->add = get_int(r, obj, at, "add", -MAX_LENGTH_ADD,
			      MAX_LENGTH_ADD);
	length->terms = xcalloc(json_array_size(list), sizeof(*length->terms));
	json_array_foreach(list, i, item) {
		struct pointer t = sub_index(p.s, i);
		struct term *term = &length->terms[i];

		if (!has_keys(r, item, t.s, keys))
			return;
		term->field = get_field(r, item, t.s, node->fields,
					node->num_fields);
		term->times = get_int(r, item, t.s, "times", -TERM_MAX,
				      TERM_MAX);
		if (r->failed)
			return;
		length->num_terms++;
	}
}

/* ---- conditions ------------------------------------------------------------ */

static void read_conds(struct reader *r, json_t *obj, const char *at,
		       const char *key, const struct node *node, uint32_t depth,
		       struct cond **conds, uint32_t *num);

/* Those of the outermost list have a "stop" */
static void read_cond(struct reader *r, json_t *obj, const char *at,
		      const struct node *node, uint32_t depth,
		      struct cond *cond)
{
	static const char * const keys[2][6] = {
		{ "field", "mask", "op", "value", NULL },
		{ "field", "mask", "op", "stop", "value", NULL }};
	static const char * const groups[2][4] = {
		{ "?all", "?any", NULL }, { "?all", "?any", "stop", NULL }};
	const char *group = json_object_get(obj, "any") ? "any" : "all";
	uint32_t bits;

	if (json_object_get(obj, group)) {
		cond->type = *group == 'a' && group[1] == 'n' ? COND_ANY :
								COND_ALL;
		if (depth == MAX_COND_DEPTH)
			fault(r, at, "is nested more than %d deep",
			      MAX_COND_DEPTH);
		else if (has_keys(r, obj, at, groups[!depth]))
			read_conds(r, obj, at, group, node, depth + 1,
				   &cond->args, &cond->num_args);
	} else if (has_keys(r, obj, at, keys[!depth])) {
		cond->field = get_field(r, obj, at, node->fields,
					node->num_fields);
		if (r->failed)
			return;
		bits = node->fields[cond->field].bits;
		cond->op = get_word(r, obj, at, "op", cpr_ops, CPR_NUM_OPS);
		cond->mask = get_value(r, obj, at, "mask", bits);
		cond->value = get_value(r, obj, at, "value", bits);
	}
	if (!depth)
		cond->verdict = get_word(r, obj, at, "stop",
					 parse_verdict_names,
					 PARSE_NUM_VERDICTS);
}

static void read_conds(struct reader *r, json_t *obj, const char *at,
		       const char *key, const struct node *node, uint32_t depth,
		       struct cond **conds, uint32_t *num)
{
	json_t *list = get_list(r, obj, at, key, MAX_FIELDS), *item;
	struct pointer p = sub(at, key);
	size_t i;

	*conds = xcalloc(json_array_size(list), sizeof(**conds));
	json_array_foreach(list, i, item) {
		++*num;
		read_cond(r, item, sub_index(p.s, i).s, node, depth,
			  &(*conds)[i]);
		if (r->failed)
			return;
	}
}

/* ---- extracts and actions ------------------------------------------------------ */

/* An array by its name, which no output of it has */
static uint32_t get_output(struct reader *r, json_t *obj, const char *at)
{
	const char *name = get_string(r, obj, at, "output");
	const struct parser *p = r->parser;
	uint32_t i;

	for (i = 0; i < p->num_arrays; i++)
		if (!strcmp(p->arrays[i].name, name))
			return p->arrays[i].first;
	for (i = 0; i < p->num_outputs && !strchr(name, '['); i++)
		if (!strcmp(p->outputs[i].name, name))
			return i;
	fault(r, sub(at, "output").s, "there is no output \"%.40s\"", name);
	return 0;
}

static void read_extract(struct reader *r, json_t *obj, const char *at,
			 const struct node *node, struct extract *e)
{
	static const char * const keys[CPR_NUM_EXTRACTS][4] = {
		[EXTRACT_FIELD] = { "field", "output", "type" },
		[EXTRACT_CONST] = { "output", "type", "value" },
		[EXTRACT_START] = { "add", "output", "type" },
		[EXTRACT_END] = { "output", "type" },
		[EXTRACT_LENGTH] = { "output", "type" },
		[EXTRACT_COUNTER] = { "counter", "output", "type" },
		[EXTRACT_NODES] = { "output", "type" },
		[EXTRACT_ENCAPS] = { "output", "type" },
	};

	e->type = get_word(r, obj, at, "type", cpr_extracts, CPR_NUM_EXTRACTS);
	if (r->failed || !has_keys(r, obj, at, keys[e->type]))
		return;
	e->output = get_output(r, obj, at);
	if (r->failed)
		return;
	if (e->type == EXTRACT_FIELD)
		e->field = get_field(r, obj, at, node->fields,
				     node->num_fields);
	if (e->type == EXTRACT_CONST)
		e->value = get_value(r, obj, at, "value",
				     r->parser->outputs[e->output].bits);
	if (e->type == EXTRACT_START)
		e->value = get_int(r, obj, at, "add", 0, MAX_MIN_LENGTH);
	if (e->type == EXTRACT_COUNTER)
		e->counter = get_counter(r, obj, at);
}

static void read_extracts(struct reader *r, json_t *obj, const char *at,
			  struct node *node)
{
	json_t *list = get_list(r, obj, at, "extract", PARSE_MAX_OUTPUTS);
	struct pointer p = sub(at, "extract");
	json_t *item;
	size_t i;

	node->extracts = xcalloc(json_array_size(list),
				 sizeof(*node->extracts));
	json_array_foreach(list, i, item) {
		read_extract(r, item, sub_index(p.s, i).s, node,
			     &node->extracts[i]);
		if (r->failed)
			return;
		node->num_extracts++;
	}
}

static void read_actions(struct reader *r, json_t *obj, const char *at,
			 struct node *node)
{
	static const char * const keys[] = { "before", "counter", "op", NULL };
	json_t *list = get_list(r, obj, at, "actions", 2 * MAX_COUNTERS), *item;
	struct pointer p = sub(at, "actions");
	size_t i;

	node->actions = xcalloc(json_array_size(list), sizeof(*node->actions));
	json_array_foreach(list, i, item) {
		struct pointer a = sub_index(p.s, i);
		struct action *action = &node->actions[i];

		if (!has_keys(r, item, a.s, keys))
			return;
		action->counter = get_counter(r, item, a.s);
		action->before = get_bool(r, item, a.s, "before");
		action->reset = get_word(r, item, a.s, "op", cpr_actions,
					 CPR_NUM_ACTIONS);
		if (r->failed)
			return;
		node->num_actions++;
	}
}

/* ---- lookups ------------------------------------------------------------------- */

void read_lookup(struct reader *r, json_t *obj, const char *at,
		 struct lookup *lookup, const struct field *fields,
		 uint32_t num_fields)
{
	static const char * const keys[] = { "key", "?map", "otherwise", NULL };
	static const char * const key_keys[] = { "?field", "?input", NULL };
	const struct parser *p = r->parser;
	struct pointer next = sub(at, "next"), k = sub(next.s, "key");
	json_t *list, *item;
	size_t i;

	lookup->map = -1;
	obj = json_object_get(obj, "next");
	if (!has_keys(r, obj, next.s, keys))
		return;
	lookup->otherwise = read_target(r, obj, next.s, "otherwise");
	if (json_object_get(obj, "map"))
		lookup->map = get_index(r, obj, next.s, "map", "map", p->maps,
					p->num_maps, sizeof(*p->maps));
	list = get_list(r, obj, next.s, "key", MAX_FIELDS);
	lookup->key = xcalloc(json_array_size(list), sizeof(*lookup->key));
	json_array_foreach(list, i, item) {
		struct pointer o = sub_index(k.s, i);
		struct operand *op = &lookup->key[i];

		if (!has_keys(r, item, o.s, key_keys))
			return;
		op->type = json_object_get(item, "input") ? OPERAND_INPUT :
							    OPERAND_FIELD;
		op->index = op->type == OPERAND_FIELD ?
			get_field(r, item, o.s, fields, num_fields) :
			get_index(r, item, o.s, "input", "input", p->inputs,
				  p->num_inputs, sizeof(*p->inputs));
		if (r->failed)
			return;
		lookup->num_key++;
	}
}

/* ---- the node -------------------------------------------------------------------- */

static void read_length(struct reader *r, json_t *obj, const char *at,
			struct node *node)
{
	static const char * const keys[] = { "add", "min", "rest", "terms",
					     NULL };
	struct pointer p = sub(at, "length");

	obj = json_object_get(obj, "length");
	if (!has_keys(r, obj, p.s, keys))
		return;
	node->rest = get_bool(r, obj, p.s, "rest");
	read_terms(r, obj, p.s, node, &node->length);
}

void read_node(struct reader *r, json_t *obj, const char *at, struct node *node)
{
	static const char * const keys[] = {
		"actions", "counted", "encap", "extract", "fields", "length",
		"name", "next", "overlay", "parts", "repeat", "require", NULL };
	json_t *length = json_object_get(obj, "length");

	node->next.map = -1;
	if (!has_keys(r, obj, at, keys))
		return;
	node->counted = get_bool(r, obj, at, "counted");
	node->encap = get_bool(r, obj, at, "encap");
	node->overlay = get_bool(r, obj, at, "overlay");
	node->repeat = get_int(r, obj, at, "repeat", 0, MAX_REPEAT);
	node->min_length = get_int(r, length, sub(at, "length").s, "min", 0,
				   MAX_MIN_LENGTH);
	read_fields(r, obj, at, &node->fields, &node->num_fields,
		    node->min_length);
	if (!r->failed)
		read_length(r, obj, at, node);
	if (!r->failed)
		read_conds(r, obj, at, "require", node, 0, &node->conds,
			   &node->num_conds);
	if (!r->failed)
		read_actions(r, obj, at, node);
	if (!r->failed)
		read_extracts(r, obj, at, node);
	if (!r->failed)
		read_parts(r, obj, at, node);
	if (!r->failed)
		read_lookup(r, obj, at, &node->next, node->fields,
			    node->num_fields);
}
