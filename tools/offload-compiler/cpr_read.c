// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Reading a CPR back. Everything in it is checked; a fault is named by its
 * JSON pointer (RFC 6901). What has been read is written again and has to
 * give the same bytes: only canonical CPRs have a hash.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cpr.h"

struct reader {
	const char	*path;
	struct parser	*parser;
	bool		failed;		/* after the first fault all is moot */
};

static void fault(struct reader *r, const char *at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void fault(struct reader *r, const char *at, const char *fmt, ...)
{
	char text[256];
	va_list args;

	if (r->failed)
		return;
	r->failed = true;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	diag_error(r->path, 0, NULL, "%s: %s", *at ? at : "/", text);
}

/* Pointers are short: names of our own and indices */
struct pointer { char s[96]; };

static struct pointer sub(const char *at, const char *key)
{
	struct pointer p;

	snprintf(p.s, sizeof(p.s), "%.60s/%.30s", at, key);
	return p;
}

static struct pointer sub_index(const char *at, size_t index)
{
	struct pointer p;

	snprintf(p.s, sizeof(p.s), "%.60s/%zu", at, index);
	return p;
}

/* An object with just these keys; those behind "?" may be missing */
static bool has_keys(struct reader *r, json_t *obj, const char *at,
		     const char * const *keys)
{
	const char *key;
	json_t *value;
	size_t i;

	if (!json_is_object(obj)) {
		fault(r, at, "is not an object");
		return false;
	}
	for (i = 0; keys[i]; i++)
		if (*keys[i] != '?' && !json_object_get(obj, keys[i]))
			fault(r, sub(at, keys[i]).s, "is missing");
	json_object_foreach(obj, key, value) {
		for (i = 0; keys[i]; i++)
			if (!strcmp(key, keys[i] + (*keys[i] == '?')))
				break;
		if (!keys[i])
			fault(r, sub(at, key).s, "is not known here");
	}
	return !r->failed;
}

static uint32_t get_uint(struct reader *r, json_t *obj, const char *at,
			 const char *key, uint32_t min, uint32_t max)
{
	json_t *value = json_object_get(obj, key);
	json_int_t v = json_integer_value(value);

	if (!json_is_integer(value) || v < min || v > max) {
		fault(r, sub(at, key).s, "is not an integer from %u to %u",
		      min, max);
		return min;
	}
	return v;
}

static bool get_bool(struct reader *r, json_t *obj, const char *at,
		     const char *key)
{
	json_t *value = json_object_get(obj, key);

	if (!json_is_boolean(value))
		fault(r, sub(at, key).s, "is not true or false");
	return json_is_true(value);
}

static const char *get_string(struct reader *r, json_t *obj, const char *at,
			      const char *key)
{
	const char *s = json_string_value(json_object_get(obj, key));

	if (!s)
		fault(r, sub(at, key).s, "is not a string");
	return s ? s : "";
}

static bool is_name(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	if (strlen(s) >= NETPROG_NAME_LEN)
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

static const char *get_name(struct reader *r, json_t *obj, const char *at)
{
	const char *name = get_string(r, obj, at, "name");

	if (!r->failed && !is_name(name))
		fault(r, sub(at, "name").s,
		      "is not a name: a letter or _, then letters, digits and _, %d at most",
		      NETPROG_NAME_LEN - 1);
	return name;
}

/* The index of the word, which has to be one of the list */
static uint32_t get_word(struct reader *r, json_t *obj, const char *at,
			 const char *key, const char * const *words,
			 uint32_t num)
{
	const char *s = get_string(r, obj, at, key);

	for (uint32_t i = 0; i < num; i++)
		if (words[i] && !strcmp(words[i], s))
			return i;
	fault(r, sub(at, key).s, "\"%.40s\" is not known", s);
	return 0;
}

static json_t *get_list(struct reader *r, json_t *obj, const char *at,
			const char *key, size_t max)
{
	json_t *list = json_object_get(obj, key);

	if (!json_is_array(list))
		fault(r, sub(at, key).s, "is not a list");
	else if (json_array_size(list) > max)
		fault(r, sub(at, key).s, "has %zu items, %zu at most",
		      json_array_size(list), max);
	return r->failed ? NULL : list;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static u128 get_value(struct reader *r, json_t *obj, const char *at,
		      const char *key, uint32_t bits)
{
	const char *s;
	u128 value = 0;

	if (bits <= 32)
		return get_uint(r, obj, at, key, 0,
				(uint32_t)((1ULL << bits) - 1));
	s = get_string(r, obj, at, key);
	if (strlen(s) != (bits + 3) / 4)
		fault(r, sub(at, key).s, "is not of %u hex digits",
		      (bits + 3) / 4);
	for (; *s && !r->failed; s++) {
		if (hex_digit(*s) < 0)
			fault(r, sub(at, key).s,
			      "is not in lower-case hex digits");
		else
			value = value << 4 | hex_digit(*s);
	}
	if (!r->failed && bits < 128 && value >> bits)
		fault(r, sub(at, key).s, "is wider than %u bits", bits);
	return value;
}

/* The index of a name in the list of what it names */
#define DEFINE_FIND(what, type, list, count)				\
static uint32_t find_##what(struct reader *r, const char *at,		\
			    const char *name, type *where)		\
{									\
	for (uint32_t i = 0; i < where->count; i++)			\
		if (!strcmp(where->list[i].name, name))			\
			return i;					\
	fault(r, at, "there is no " #what " \"%.40s\"", name);		\
	return 0;							\
}

DEFINE_FIND(node, const struct parser, nodes, num_nodes)
DEFINE_FIND(map, const struct parser, maps, num_maps)
DEFINE_FIND(output, const struct parser, outputs, num_outputs)
DEFINE_FIND(input, const struct parser, inputs, num_inputs)
DEFINE_FIND(field, const struct node, fields, num_fields)

static struct target read_target(struct reader *r, json_t *obj, const char *at,
				 const char *key)
{
	static const char * const keys[] = { "?node", "?stop", NULL };
	struct pointer p = sub(at, key);
	struct target t = { .type = TARGET_STOP };
	const char *name;

	obj = json_object_get(obj, key);
	if (!has_keys(r, obj, p.s, keys))
		return t;
	if (json_object_size(obj) != 1) {
		fault(r, p.s, "needs either \"node\" or \"stop\"");
		return t;
	}
	if (json_object_get(obj, "stop")) {
		t.index = get_word(r, obj, p.s, "stop", parse_verdict_names,
				   PARSE_NUM_VERDICTS);
	} else {
		t.type = TARGET_NODE;
		name = get_string(r, obj, p.s, "node");
		t.index = find_node(r, sub(p.s, "node").s, name, r->parser);
	}
	return t;
}

static void read_fields(struct reader *r, json_t *obj, const char *at,
			struct node *node)
{
	static const char * const keys[] = { "bits", "name", "offset", NULL };
	json_t *list = get_list(r, obj, at, "fields", MAX_FIELDS), *item;
	size_t i;

	node->fields = xcalloc(json_array_size(list), sizeof(*node->fields));
	json_array_foreach(list, i, item) {
		struct pointer p = sub_index(sub(at, "fields").s, i);
		struct field *f = &node->fields[i];

		if (!has_keys(r, item, p.s, keys))
			return;
		f->name = xstrdup(get_name(r, item, p.s));
		node->num_fields++;
		f->bits = get_uint(r, item, p.s, "bits", 1, MAX_KEY_BITS);
		f->offset = get_uint(r, item, p.s, "offset", 0,
				     8 * MAX_MIN_LENGTH);
		if (f->offset + f->bits > 8 * node->min_length)
			fault(r, p.s, "ends behind the %u bytes of the header",
			      node->min_length);
	}
}

static void read_length(struct reader *r, json_t *obj, const char *at,
			struct node *node)
{
	static const char * const keys[] = { "add", "min", "terms", NULL };
	static const char * const term_keys[] = { "field", "shift", NULL };
	struct pointer p = sub(at, "length");
	json_t *list, *item;
	size_t i;

	obj = json_object_get(obj, "length");
	list = get_list(r, obj, p.s, "terms", MAX_TERMS);
	if (!has_keys(r, obj, p.s, keys))
		return;
	node->length.add = get_uint(r, obj, p.s, "add", 0, MAX_LENGTH_ADD);
	node->length.terms = xcalloc(json_array_size(list), sizeof(*node->length.terms));
	json_array_foreach(list, i, item) {
		struct pointer t = sub_index(sub(p.s, "terms").s, i);
		struct term *term = &node->length.terms[i];

		if (!has_keys(r, item, t.s, term_keys))
			return;
		term->field = find_field(r, sub(t.s, "field").s,
			get_string(r, item, t.s, "field"), node);
		term->times = 1 << get_uint(r, item, t.s, "shift", 0, 19);
		node->length.num_terms++;
	}
}

static void read_require(struct reader *r, json_t *obj, const char *at,
			 struct node *node)
{
	static const char * const keys[] = { "field", "op", "stop", "value",
					     NULL };
	json_t *list = get_list(r, obj, at, "require", MAX_FIELDS), *item;
	size_t i;

	node->conds = xcalloc(json_array_size(list), sizeof(*node->conds));
	json_array_foreach(list, i, item) {
		struct pointer p = sub_index(sub(at, "require").s, i);
		struct cond *cond = &node->conds[i];

		if (!has_keys(r, item, p.s, keys))
			return;
		cond->field = find_field(r, sub(p.s, "field").s,
			get_string(r, item, p.s, "field"), node);
		if (r->failed)
			return;
		cond->op = get_word(r, item, p.s, "op", cpr_ops, CPR_NUM_OPS);
		cond->verdict = get_word(r, item, p.s, "stop", parse_verdict_names,
					 PARSE_NUM_VERDICTS);
		cond->mask = ~(u128)0;
		cond->value = get_value(r, item, p.s, "value",
					node->fields[cond->field].bits);
		node->num_conds++;
	}
}

static void read_extract(struct reader *r, json_t *obj, const char *at,
			 struct node *node)
{
	static const char * const keys[] = { "?field", "output", "type",
					     "?value", NULL };
	json_t *list = get_list(r, obj, at, "extract", PARSE_MAX_OUTPUTS);
	json_t *item;
	size_t i;

	node->extracts = xcalloc(json_array_size(list),
				 sizeof(*node->extracts));
	json_array_foreach(list, i, item) {
		struct pointer p = sub_index(sub(at, "extract").s, i);
		struct extract *e = &node->extracts[i];

		if (!has_keys(r, item, p.s, keys))
			return;
		e->output = find_output(r, sub(p.s, "output").s,
			get_string(r, item, p.s, "output"), r->parser);
		e->type = get_word(r, item, p.s, "type", cpr_extracts,
				   CPR_NUM_EXTRACTS);
		if (r->failed)
			return;
		if (e->type == EXTRACT_FIELD)
			e->field = find_field(r, sub(p.s, "field").s,
				get_string(r, item, p.s, "field"), node);
		if (e->type == EXTRACT_CONST)
			e->value = get_value(r, item, p.s, "value",
				r->parser->outputs[e->output].bits);
		node->num_extracts++;
	}
}

static void read_next(struct reader *r, json_t *obj, const char *at,
		      struct node *node)
{
	static const char * const keys[] = { "key", "?map", "otherwise", NULL };
	static const char * const key_keys[] = { "?field", "?input", NULL };
	struct pointer p = sub(at, "next");
	json_t *list, *item;
	size_t i;

	node->next.map = -1;
	obj = json_object_get(obj, "next");
	if (!has_keys(r, obj, p.s, keys))
		return;
	node->next.otherwise = read_target(r, obj, p.s, "otherwise");
	if (json_object_get(obj, "map"))
		node->next.map = find_map(r, sub(p.s, "map").s,
				     get_string(r, obj, p.s, "map"), r->parser);
	list = get_list(r, obj, p.s, "key", MAX_FIELDS);
	node->next.key = xcalloc(json_array_size(list), sizeof(*node->next.key));
	json_array_foreach(list, i, item) {
		struct pointer k = sub_index(sub(p.s, "key").s, i);
		struct operand *op = &node->next.key[i];

		if (!has_keys(r, item, k.s, key_keys))
			return;
		if (json_object_get(item, "input")) {
			op->type = OPERAND_INPUT;
			op->index = find_input(r, k.s, get_string(r, item, k.s,
						"input"), r->parser);
		} else {
			op->index = find_field(r, k.s, get_string(r, item, k.s,
						"field"), node);
		}
		node->next.num_key++;
	}
}

static void read_node(struct reader *r, json_t *obj, const char *at,
		      struct node *node)
{
	static const char * const keys[] = {
		"counted", "encap", "extract", "fields", "length", "name",
		"next", "overlay", "repeat", "require", NULL };
	json_t *length = json_object_get(obj, "length");

	if (!has_keys(r, obj, at, keys))
		return;
	node->counted = get_bool(r, obj, at, "counted");
	node->encap = get_bool(r, obj, at, "encap");
	node->overlay = get_bool(r, obj, at, "overlay");
	node->repeat = get_uint(r, obj, at, "repeat", 0, MAX_REPEAT);
	node->min_length = get_uint(r, length, sub(at, "length").s, "min", 0,
				    MAX_MIN_LENGTH);
	read_fields(r, obj, at, node);
	if (!r->failed)
		read_length(r, obj, at, node);
	if (!r->failed)
		read_require(r, obj, at, node);
	if (!r->failed)
		read_extract(r, obj, at, node);
	if (!r->failed)
		read_next(r, obj, at, node);
}

static void read_entries(struct reader *r, json_t *obj, const char *at,
			 const char *which, struct map *map)
{
	static const char * const exact_keys[] = { "key", "target", NULL };
	static const char * const ternary_keys[] = { "key", "mask", "priority",
						     "target", NULL };
	bool exact = !strcmp(which, "exact");
	json_t *list = get_list(r, obj, at, which, MAX_ENTRIES), *item;
	u128 full = map->bits < 128 ? ((u128)1 << map->bits) - 1 : ~(u128)0;
	struct entry *entries;
	size_t i;

	entries = xcalloc(json_array_size(list), sizeof(*entries));
	*(exact ? &map->exact : &map->ternary) = entries;
	json_array_foreach(list, i, item) {
		struct pointer p = sub_index(sub(at, which).s, i);
		struct entry *e = &entries[i];

		if (!has_keys(r, item, p.s, exact ? exact_keys : ternary_keys))
			return;
		e->key = get_value(r, item, p.s, "key", map->bits);
		e->mask = exact ? full : get_value(r, item, p.s, "mask",
						   map->bits);
		if (!exact)
			e->priority = get_uint(r, item, p.s, "priority", 0,
					       INT32_MAX);
		if (e->key & ~e->mask)
			fault(r, sub(p.s, "key").s, "has bits that the mask has not");
		e->target = read_target(r, item, p.s, "target");
		*(exact ? &map->num_exact : &map->num_ternary) = i + 1;
	}
}

static void read_table(struct reader *r, json_t *obj, const char *at,
		       struct table *table)
{
	static const char * const keys[] = { "keys", "match", "name", "owner",
					     "size", NULL };
	json_t *list = get_list(r, obj, at, "keys", PARSE_MAX_OUTPUTS), *item;
	size_t i;

	if (!has_keys(r, obj, at, keys))
		return;
	table->match = get_word(r, obj, at, "match", cpr_matches,
				__NETPROG_MATCH_MAX);
	table->owner = get_word(r, obj, at, "owner", cpr_owners,
				__NETPROG_OWNER_MAX);
	table->size = get_uint(r, obj, at, "size", 1, INT32_MAX);
	table->outputs = xcalloc(json_array_size(list),
				 sizeof(*table->outputs));
	json_array_foreach(list, i, item) {
		const char *name = json_string_value(item);

		table->outputs[i] = find_output(r,
			sub_index(sub(at, "keys").s, i).s, name ? name : "",
			r->parser);
		table->num_outputs++;
	}
}

static const struct input known_inputs[] = {
	{ "parse_1st_frag", PARSE_IN_PARSE_1ST_FRAG },
	{ "stop_at_encap", PARSE_IN_STOP_AT_ENCAP },
	{ "stop_at_flow_label", PARSE_IN_STOP_AT_FLOW_LABEL },
};

static void read_inputs(struct reader *r, json_t *root)
{
	struct parser *p = r->parser;
	json_t *list = get_list(r, root, "", "inputs", 3), *item;
	size_t i, k;

	p->inputs = xcalloc(json_array_size(list), sizeof(*p->inputs));
	json_array_foreach(list, i, item) {
		const char *name = json_string_value(item);

		for (k = 0; k < 3; k++)
			if (name && !strcmp(name, known_inputs[k].name))
				break;
		if (k == 3) {
			fault(r, sub_index("/inputs", i).s, "is no known input");
			return;
		}
		p->inputs[i].name = xstrdup(name);
		p->inputs[i].bit = known_inputs[k].bit;
		p->num_inputs++;
	}
}

static void read_outputs(struct reader *r, json_t *root)
{
	static const char * const keys[] = { "bits", "name", NULL };
	struct parser *p = r->parser;
	json_t *list = get_list(r, root, "", "outputs", PARSE_MAX_OUTPUTS);
	json_t *item;
	size_t i;

	p->outputs = xcalloc(json_array_size(list), sizeof(*p->outputs));
	json_array_foreach(list, i, item) {
		struct pointer at = sub_index("/outputs", i);
		struct parse_output *out = &p->outputs[i];

		if (!has_keys(r, item, at.s, keys))
			return;
		snprintf(out->name, sizeof(out->name), "%s",
			 get_name(r, item, at.s));
		out->bits = get_uint(r, item, at.s, "bits", 1, MAX_KEY_BITS);
		out->key = parse_key_by_name(out->name);
		if (out->key && parse_key_bits(out->key) != out->bits)
			fault(r, sub(at.s, "bits").s,
			      "%s is a flow key of %u bits", out->name,
			      parse_key_bits(out->key));
		p->num_outputs++;
	}
}

/* Names first, so that what refers to them can be read in any order */
#define DEFINE_NAMES(list_name, type, max)				\
static json_t *names_of_##list_name(struct reader *r, json_t *root)	\
{									\
	struct parser *p = r->parser;					\
	json_t *list = get_list(r, root, "", #list_name, max), *item;	\
	size_t i;							\
									\
	p->list_name = xcalloc(json_array_size(list), sizeof(type));	\
	json_array_foreach(list, i, item) {				\
		p->list_name[i].name = xstrdup(get_name(r, item,	\
			sub_index("/" #list_name, i).s));		\
		p->num_##list_name++;					\
	}								\
	return list;							\
}

DEFINE_NAMES(nodes, struct node, MAX_NODES)
DEFINE_NAMES(maps, struct map, MAX_ENTRIES)
DEFINE_NAMES(tables, struct table, NETPROG_MAX_TABLES)

static void read_maps(struct reader *r, json_t *list)
{
	static const char * const keys[] = { "bits", "exact", "name", "ternary",
					     NULL };
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		struct pointer at = sub_index("/maps", i);
		struct map *map = &r->parser->maps[i];

		if (r->failed || !has_keys(r, item, at.s, keys))
			return;
		map->bits = get_uint(r, item, at.s, "bits", 1, MAX_KEY_BITS);
		read_entries(r, item, at.s, "exact", map);
		if (!r->failed)
			read_entries(r, item, at.s, "ternary", map);
	}
}

static void read_root(struct reader *r, json_t *root)
{
	static const char * const keys[] = {
		"cpr", "inputs", "kind", "limits", "maps", "name", "nodes",
		"outputs", "root", "tables", NULL };
	static const char * const limit_keys[] = { "bytes", "encaps", "nodes",
						   NULL };
	static const char * const kinds[] = { "parser" };
	json_t *limits = json_object_get(root, "limits");
	struct parser *p = r->parser;
	json_t *nodes, *maps, *tables;
	size_t i;

	if (!has_keys(r, root, "", keys) ||
	    !has_keys(r, limits, "/limits", limit_keys))
		return;
	get_uint(r, root, "", "cpr", CPR_VERSION, CPR_VERSION);
	get_word(r, root, "", "kind", kinds, 1);
	p->name = xstrdup(get_name(r, root, ""));
	p->max_bytes = get_uint(r, limits, "/limits", "bytes", 1, MAX_BYTES);
	p->max_nodes = get_uint(r, limits, "/limits", "nodes", 1, MAX_REPEAT);
	p->max_encaps = get_uint(r, limits, "/limits", "encaps", 0, MAX_REPEAT);
	read_inputs(r, root);
	read_outputs(r, root);
	nodes = names_of_nodes(r, root);
	maps = names_of_maps(r, root);
	tables = names_of_tables(r, root);
	if (r->failed)
		return;
	p->root = find_node(r, "/root", get_string(r, root, "", "root"), p);
	read_maps(r, maps);
	for (i = 0; i < p->num_nodes && !r->failed; i++)
		read_node(r, json_array_get(nodes, i),
			  sub_index("/nodes", i).s, &p->nodes[i]);
	for (i = 0; i < p->num_tables && !r->failed; i++)
		read_table(r, json_array_get(tables, i),
			   sub_index("/tables", i).s, &p->tables[i]);
}

static bool is_canonical(struct reader *r, const void *json, size_t size)
{
	struct buffer again = {};
	bool same;

	parser_sort(r->parser);
	same = cpr_write(r->parser, &again) && again.size == size &&
	       !memcmp(again.data, json, size);
	buffer_free(&again);
	if (!same)
		fault(r, "", "is not in canonical form (RFC 8785, lists in canonical order)");
	return same;
}

struct parser *cpr_read(const char *path, const void *json, size_t size)
{
	struct reader r = { .path = path };
	json_error_t err;
	json_t *root;

	root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &err);
	if (!root) {
		diag_error(path, 0, NULL, "is not JSON: %s at byte %d",
			   err.text, err.position);
		return NULL;
	}
	r.parser = xcalloc(1, sizeof(*r.parser));
	read_root(&r, root);
	json_decref(root);
	if (!r.failed && is_canonical(&r, json, size) &&
	    parser_check(path, r.parser))
		return r.parser;
	parser_free(r.parser);
	return NULL;
}
