// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Reading the lists of a CPR but its nodes */
#include <stdlib.h>
#include <string.h>

#include "cpr_read.h"

static const struct input known_inputs[] = {
	{ "parse_1st_frag", PARSE_IN_PARSE_1ST_FRAG },
	{ "stop_at_encap", PARSE_IN_STOP_AT_ENCAP },
	{ "stop_at_flow_label", PARSE_IN_STOP_AT_FLOW_LABEL },
};

void read_inputs(struct reader *r, json_t *root)
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

void read_counters(struct reader *r, json_t *root)
{
	static const char * const keys[] = { "encap_resets", "max", "name",
					     "saturate", NULL };
	json_t *list = get_list(r, root, "", "counters", MAX_COUNTERS), *item;
	struct parser *p = r->parser;
	size_t i;

	p->counters = xcalloc(json_array_size(list), sizeof(*p->counters));
	json_array_foreach(list, i, item) {
		struct pointer at = sub_index("/counters", i);
		struct counter *counter = &p->counters[i];

		if (!has_keys(r, item, at.s, keys))
			return;
		counter->name = xstrdup(get_name(r, item, at.s));
		p->num_counters++;
		counter->max = get_int(r, item, at.s, "max", 1, MAX_REPEAT);
		counter->saturate = get_bool(r, item, at.s, "saturate");
		counter->encap_resets = get_bool(r, item, at.s, "encap_resets");
	}
}

/* ---- outputs ------------------------------------------------------------------- */

/* "NAME", or "NAME[index]" of an array; false behind the last that fits */
static bool add_output(struct reader *r, const char *at, const char *name,
		       int index, uint32_t bits)
{
	struct parser *p = r->parser;
	struct parse_output *out = &p->outputs[p->num_outputs];
	int len;

	if (p->num_outputs == PARSE_MAX_OUTPUTS) {
		fault(r, at, "is one output too many, %d at most",
		      PARSE_MAX_OUTPUTS);
		return false;
	}
	len = index < 0 ? snprintf(out->name, sizeof(out->name), "%s", name) :
	      snprintf(out->name, sizeof(out->name), "%s[%d]", name, index);
	if (len >= (int)sizeof(out->name)) {
		fault(r, at, "has a name that is too long with an index behind it");
		return false;
	}
	out->bits = bits;
	out->key = parse_key_by_name(name);
	p->num_outputs++;
	return true;
}

static void read_array(struct reader *r, json_t *obj, const char *at,
		       const char *name)
{
	static const char * const index_keys[] = { "counter", NULL };
	uint32_t bits = get_int(r, obj, at, "bits", 1, MAX_KEY_BITS);
	json_t *index = json_object_get(obj, "index");
	struct parser *p = r->parser;
	struct array *array;

	p->arrays = xrealloc(p->arrays,
			     (p->num_arrays + 1) * sizeof(*p->arrays));
	array = &p->arrays[p->num_arrays++];
	*array = (struct array){ .name = xstrdup(name),
				 .first = p->num_outputs };
	array->num = get_int(r, obj, at, "count", 2, PARSE_MAX_OUTPUTS);
	array->last = get_word(r, obj, at, "overflow", cpr_overflows,
			       CPR_NUM_OVERFLOWS);
	if (!json_is_string(index)) {
		array->index = INDEX_COUNTER;
		if (has_keys(r, index, sub(at, "index").s, index_keys))
			array->counter = get_counter(r, index,
						     sub(at, "index").s);
	} else if (strcmp(json_string_value(index), "encaps")) {
		fault(r, sub(at, "index").s,
		      "is neither \"encaps\" nor {\"counter\": NAME}");
	}
	if (parse_key_by_name(name))
		fault(r, at, "%s is a flow key, which cannot be an array",
		      name);
	for (uint32_t i = 0; i < array->num && !r->failed; i++)
		add_output(r, at, name, i, bits);
}

static void read_output(struct reader *r, json_t *obj, const char *at,
			const char *name)
{
	uint32_t bits = get_int(r, obj, at, "bits", 1, MAX_KEY_BITS);
	enum parse_key key = parse_key_by_name(name);

	if (key && parse_key_bits(key) != bits)
		fault(r, sub(at, "bits").s, "%s is a flow key of %u bits",
		      name, parse_key_bits(key));
	add_output(r, at, name, -1, bits);
}

void read_outputs(struct reader *r, json_t *root)
{
	static const char * const keys[] = { "bits", "name", NULL };
	static const char * const array_keys[] = { "bits", "count", "index",
						   "name", "overflow", NULL };
	struct parser *p = r->parser;
	json_t *list = get_list(r, root, "", "outputs", PARSE_MAX_OUTPUTS);
	json_t *item;
	size_t i;

	p->outputs = xcalloc(PARSE_MAX_OUTPUTS, sizeof(*p->outputs));
	json_array_foreach(list, i, item) {
		struct pointer at = sub_index("/outputs", i);
		bool array = json_object_get(item, "count");
		const char *name;

		if (!has_keys(r, item, at.s, array ? array_keys : keys))
			return;
		name = get_name(r, item, at.s);
		if (r->failed)
			return;
		if (array)
			read_array(r, item, at.s, name);
		else
			read_output(r, item, at.s, name);
	}
}

/* ---- maps -------------------------------------------------------------------- */

static void read_exact(struct reader *r, json_t *obj, const char *at,
		       const struct map *map, struct entry *e)
{
	static const char * const keys[] = { "key", "target", NULL };

	if (!has_keys(r, obj, at, keys))
		return;
	e->key = get_value(r, obj, at, "key", map->bits);
	e->mask = map->bits < 128 ? ((u128)1 << map->bits) - 1 : ~(u128)0;
	e->target = read_target(r, obj, at, "target");
}

static void read_ternary(struct reader *r, json_t *obj, const char *at,
			 const struct map *map, struct entry *e)
{
	static const char * const keys[2][5] = {
		{ "key", "mask", "priority", "target", NULL },
		{ "high", "low", "priority", "target", NULL }};

	e->range = json_object_get(obj, "low");
	if (!has_keys(r, obj, at, keys[e->range]))
		return;
	e->key = get_value(r, obj, at, e->range ? "low" : "key", map->bits);
	e->mask = get_value(r, obj, at, e->range ? "high" : "mask", map->bits);
	e->priority = get_int(r, obj, at, "priority", 0, INT32_MAX);
	e->target = read_target(r, obj, at, "target");
	if (!e->range && e->key & ~e->mask)
		fault(r, sub(at, "key").s, "has bits that the mask has not");
	if (e->range && e->key > e->mask)
		fault(r, sub(at, "low").s, "is above the high end");
}

static uint32_t read_entries(struct reader *r, json_t *obj, const char *at,
			     const char *which, const struct map *map,
			     struct entry **entries)
{
	json_t *list = get_list(r, obj, at, which, MAX_ENTRIES), *item;
	struct pointer p = sub(at, which);
	size_t i;

	*entries = xcalloc(json_array_size(list), sizeof(**entries));
	json_array_foreach(list, i, item) {
		if (*which == 'e')
			read_exact(r, item, sub_index(p.s, i).s, map,
				   &(*entries)[i]);
		else
			read_ternary(r, item, sub_index(p.s, i).s, map,
				     &(*entries)[i]);
		if (r->failed)
			return 0;
	}
	return json_array_size(list);
}

void read_map(struct reader *r, json_t *obj, const char *at, struct map *map)
{
	static const char * const keys[] = { "bits", "exact", "name", "ternary",
					     NULL };

	if (!has_keys(r, obj, at, keys))
		return;
	map->bits = get_int(r, obj, at, "bits", 1, MAX_KEY_BITS);
	map->num_exact = read_entries(r, obj, at, "exact", map, &map->exact);
	if (!r->failed)
		map->num_ternary = read_entries(r, obj, at, "ternary", map,
						&map->ternary);
}

/* ---- tables --------------------------------------------------------------------- */

/* Of an array one place: "segment[0]" */
static uint32_t find_key(struct reader *r, const char *name, const char *at)
{
	const struct parser *p = r->parser;

	for (uint32_t i = 0; name && i < p->num_outputs; i++)
		if (!strcmp(p->outputs[i].name, name))
			return i;
	fault(r, at, "there is no output \"%.40s\"", name ? name : "");
	return 0;
}

void read_table(struct reader *r, json_t *obj, const char *at,
		struct table *table)
{
	static const char * const keys[] = { "keys", "match", "name", "owner",
					     "size", NULL };
	json_t *list = get_list(r, obj, at, "keys", PARSE_MAX_OUTPUTS), *item;
	struct pointer p = sub(at, "keys");
	size_t i;

	if (!has_keys(r, obj, at, keys))
		return;
	table->match = get_word(r, obj, at, "match", cpr_matches,
				__NETPROG_MATCH_MAX);
	table->owner = get_word(r, obj, at, "owner", cpr_owners,
				__NETPROG_OWNER_MAX);
	table->size = get_int(r, obj, at, "size", 1, INT32_MAX);
	table->outputs = xcalloc(json_array_size(list),
				 sizeof(*table->outputs));
	json_array_foreach(list, i, item) {
		table->outputs[i] = find_key(r, json_string_value(item),
					     sub_index(p.s, i).s);
		table->num_outputs++;
	}
}
