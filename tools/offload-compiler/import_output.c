// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Metadata is memory in both dialects, and outputs with names in a CPR. A place
 * in it is an output: by its name, and, where it has none, by the name that it
 * has elsewhere in the document.
 */
#include <stdlib.h>
#include <string.h>

#include "import.h"

bool read_md_place(json_t *obj, struct md_place *place)
{
	uint32_t off = member_uint(obj, "md-off", 0);

	*place = (struct md_place){
		.frame = member_bool(obj, "is-frame", false),
		.off = off + member_uint(obj, "struct-off", 0),
		.len = member_uint(obj, "length", 2),
		.index = member_string(obj, "index"),
	};
	return json_object_get(obj, "md-off");
}

static bool same_place(const struct md_place *a, const struct md_place *b)
{
	return a->frame == b->frame && a->off == b->off && a->len == b->len &&
	       !a->index == !b->index &&
	       (!a->index || !strcmp(a->index, b->index));
}

static void collect_name(struct import *im, json_t *obj, const struct place *at)
{
	char *name = import_name(im, AT(at, "name"), member_string(obj, "name"),
				 "");
	struct place_name *known = im->names;
	struct md_place place;
	uint32_t i;

	read_md_place(obj, &place);
	for (i = 0; i < im->num_names && strcmp(known->name, name); i++)
		known++;
	if (i < im->num_names) {
		if (!same_place(&known->place, &place))
			import_fault(im, AT(at, "md-off"),
				     "\"%s\" is %u bytes at %u of the metadata here, but %u at %u in %s: another place needs another name",
				     name, place.len, place.off,
				     known->place.len, known->place.off,
				     known->at);
		free(name);
		return;
	}
	im->names = xrealloc(im->names, (i + 1) * sizeof(*im->names));
	im->names[im->num_names++] = (struct place_name){
		.name = name, .place = place, .at = place_text(at),
	};
}

void collect_names(struct import *im, json_t *value, const struct place *at)
{
	const char *key;
	json_t *item;
	size_t i;

	json_array_foreach(value, i, item)
		collect_names(im, item, AT_ITEM(at, i));
	json_object_foreach(value, key, item)
		collect_names(im, item, AT(at, key));
	if (json_is_integer(json_object_get(value, "md-off")) &&
	    member_string(value, "name"))
		collect_name(im, value, at);
}

/* The name of what has none at this place */
static char *name_by_place(struct import *im, const struct place *at,
			   const struct md_place *place)
{
	const struct place_name *found = NULL;

	for (uint32_t i = 0; i < im->num_names; i++) {
		const struct place_name *known = &im->names[i];

		if (!same_place(&known->place, place))
			continue;
		if (found)
			import_fault(im, AT(at, "name"),
				     "is missing: this can be \"%s\" (%s) or \"%s\" (%s)",
				     found->name, found->at, known->name,
				     known->at);
		found = known;
	}
	if (found)
		return xstrdup(found->name);
	return xasprintf("%s_%u", place->frame ? "frame" : "md", place->off);
}

/* ---- counters ----------------------------------------------------------- */

static uint32_t counter_size(struct import *im, json_t *obj,
			     const struct place *at, const char *key,
			     uint32_t missing)
{
	uint32_t value = member_uint(obj, key, missing);

	if (value >= 1 && value <= MAX_REPEAT)
		return value;
	if (json_object_get(obj, key))
		import_fault(im, AT(at, key), "is %u, but has to be 1 to %u",
			     value, MAX_REPEAT);
	return 1;
}

int32_t import_counter(struct import *im, const struct place *at,
		       const char *name)
{
	struct parser *p = im->parser;
	const struct place *where;
	struct counter *counter;
	char *own;
	json_t *obj;
	size_t index;
	uint32_t i;

	obj = need_item(im, at, "counters", name, &index);
	if (!obj)
		return -1;
	where = AT_ROOT("counters", index);
	own = import_name(im, AT(where, "name"), name, "");
	for (i = 0; i < p->num_counters; i++)
		if (!strcmp(p->counters[i].name, own)) {
			free(own);
			return i;
		}
	import_members(im, obj, where, counter_members);
	p->counters = xrealloc(p->counters, (i + 1) * sizeof(*p->counters));
	counter = &p->counters[p->num_counters++];
	*counter = (struct counter){
		.name = own,
		.max = counter_size(im, obj, where, "num-elements", 1),
		.saturate = !member_bool(obj, "error-exceeded", true),
		.encap_resets = member_bool(obj, "reset-at-encap", true),
		.file = place_file(im, where),
	};
	return i;
}

/* ---- outputs ------------------------------------------------------------ */

static uint32_t append_output(struct import *im, const struct place *at,
			      const char *name, uint32_t bits)
{
	struct parser *p = im->parser;
	struct parse_output *out;

	p->outputs = xrealloc(p->outputs,
			      (p->num_outputs + 1) * sizeof(*p->outputs));
	out = &p->outputs[p->num_outputs];
	memset(out, 0, sizeof(*out));
	if (strlen(name) >= sizeof(out->name))
		import_fault(im, AT(at, "name"),
			     "makes an output \"%s\", but %d characters are possible",
			     name, NETPROG_NAME_LEN - 1);
	snprintf(out->name, sizeof(out->name), "%s", name);
	out->bits = bits;
	out->key = parse_key_by_name(out->name);
	if (out->key)
		out->bits = parse_key_bits(out->key);
	return p->num_outputs++;
}

static uint32_t append_array(struct import *im, const struct place *at,
			     const char *name, uint32_t bits,
			     const struct array *like)
{
	struct parser *p = im->parser;
	struct array *array;

	p->arrays = xrealloc(p->arrays, (p->num_arrays + 1) * sizeof(*p->arrays));
	array = &p->arrays[p->num_arrays++];
	*array = *like;
	array->name = xstrdup(name);
	array->file = place_file(im, at);
	array->first = p->num_outputs;
	for (uint32_t i = 0; i < like->num; i++) {
		char *item = xasprintf("%s[%u]", name, i);

		append_output(im, at, item, bits);
		free(item);
	}
	return array->first;
}

/* The array that a counter tells the place in; false after a fault */
static bool counted_array(struct import *im, json_t *obj,
			  const struct place *at, const char *name,
			  struct array *array)
{
	const struct place *where;
	uint32_t end, size;
	int32_t counter;
	size_t index;

	counter = import_counter(im, AT(at, "index"), name);
	if (counter < 0)
		return false;
	where = AT(AT_TEXT(""), "counters");
	end = member_uint(obj, "struct-off", 0) + member_uint(obj, "length", 2);
	obj = find_item(im, "counters", name, &index);
	where = AT_ITEM(where, index);
	size = member_uint(obj, "element-size", 0);
	*array = (struct array){
		.index = INDEX_COUNTER, .counter = counter,
		.last = member_bool(obj, "overwritable", true),
		.num = counter_size(im, obj, where, "array-limit",
				    counter_size(im, obj, where,
						 "num-elements", 1)),
	};
	if (end > size)
		import_fault(im, at, "ends at byte %u of an element, but those of \"%s\" have %u",
			     end, name, size);
	if (array->num < 2)
		import_fault(im, where, "an array of one element has no index: a plain output would do");
	return end <= size && array->num >= 2;
}

static bool make_output(struct import *im, json_t *obj, const struct place *at,
			const struct md_place *place, const char *name,
			uint32_t bits, uint32_t *output)
{
	struct array array = { .index = INDEX_ENCAPS, .num = im->num_frames,
			       .last = true };

	bool is_array = place->index || (place->frame && im->num_frames > 1);

	if (is_array && parse_key_by_name(name)) {
		import_fault(im, AT(at, "name"),
			     "\"%s\" is a flow key, which cannot be an array: another name would do",
			     name);
		return false;
	}
	if (place->index && place->frame) {
		import_fault(im, AT(at, "index"),
			     "an array in a frame has two indices; an output has one");
		return false;
	}
	if (place->index && !counted_array(im, obj, at, place->index, &array))
		return false;
	*output = is_array ?
		append_array(im, at, name, bits, &array) :
		append_output(im, at, name, bits);
	im->outputs = xrealloc(im->outputs, (im->num_outputs + 1) *
					    sizeof(*im->outputs));
	im->outputs[im->num_outputs++] = (struct output_item){
		.name = xstrdup(name), .bits = bits, .output = *output,
	};
	return true;
}

bool import_output(struct import *im, json_t *obj, const struct place *at,
		   const struct md_place *place, uint32_t num, uint32_t len,
		   uint32_t *output)
{
	char suffix[16] = "", *name;
	bool good = true;
	uint32_t i;

	if (num)
		snprintf(suffix, sizeof(suffix), "_%u", num - 1);
	if (member_string(obj, "name")) {
		name = import_name(im, AT(at, "name"), member_string(obj, "name"),
				   suffix);
	} else {
		char *base = name_by_place(im, at, place);

		name = xasprintf("%s%s", base, suffix);
		free(base);
	}
	for (i = 0; i < im->num_outputs; i++)
		if (!strcmp(im->outputs[i].name, name))
			break;
	if (i < im->num_outputs)
		*output = im->outputs[i].output;
	else
		good = make_output(im, obj, at, place, name, 8 * len, output);
	free(name);
	return good;
}

void outputs_free(struct import *im)
{
	for (uint32_t i = 0; i < im->num_outputs; i++)
		free(im->outputs[i].name);
	free(im->outputs);
	im->outputs = NULL;
	im->num_outputs = 0;
}
