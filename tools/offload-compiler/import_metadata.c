// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* metadata and counter-actions: what a node extracts and counts */
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define MAX_OUTPUT_BYTES	(MAX_KEY_BITS / 8)

struct written {		/* by one node, so far */
	struct md_place	place;
	char		*at;
};

struct extraction {		/* of one node */
	struct import	*im;
	struct node	*node;
	bool		header;		/* it has one that can be read */
	struct written	*written;
	uint32_t	num_written;
};

static const struct kind {
	const char	*name;
	enum extract_type type;
	uint32_t	bytes;		/* at least */
	const char	*refused;
} kinds[] = {
	{ "extract", EXTRACT_FIELD, 1, NULL },
	{ "constant", EXTRACT_CONST, 1, NULL },
	{ "offset", EXTRACT_START, 2, NULL },
	{ "hdr_length", EXTRACT_LENGTH, 2, NULL },
	{ "num_encaps", EXTRACT_ENCAPS, 1, NULL },
	{ "num_nodes", EXTRACT_NODES, 1, NULL },
	{ "counter", EXTRACT_COUNTER, 1, NULL },
	{ "timestamp", 0, 0,
	  "cannot be told from the packet: the result would not be the same everywhere" },
	{ "return_code", 0, 0,
	  "is no output: the verdict is part of every result" },
	{ "bit_offset", 0, 0,
	  "is not possible: offsets are in bytes; offset would be one" },
};

static const struct kind *find_kind(struct import *im, json_t *ent,
				    const struct place *at)
{
	const char *type = member_string(ent, "type");

	for (size_t i = 0; type && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, type))
			continue;
		if (kinds[i].refused)
			import_fault(im, AT(at, "type"), "%s %s", type,
				     kinds[i].refused);
		return kinds[i].refused ? NULL : &kinds[i];
	}
	if (type)
		import_fault(im, AT(at, "type"), "\"%s\" is not known: extract, constant, offset, hdr_length, num_encaps, num_nodes and counter are",
			     type);
	return NULL;
}

/* ---- places ------------------------------------------------------------- */

static bool overlap(const struct md_place *a, const struct md_place *b)
{
	if (a->frame != b->frame || !a->index != !b->index ||
	    (a->index && strcmp(a->index, b->index)))
		return false;
	return a->off < b->off + b->len && b->off < a->off + a->len;
}

static void check_size(struct extraction *x, const struct place *at,
		       const struct md_place *place)
{
	const char *key = place->frame ? "frame-size" : "metameta-size";
	uint32_t size = member_uint(x->im->config, key, UINT32_MAX);

	if ((uint64_t)place->off + place->len > size)
		import_fault(x->im, at, "ends at byte %llu, but %s is %u",
			     (unsigned long long)place->off + place->len, key,
			     size);
}

static void check_place(struct extraction *x, const struct place *at,
			const struct md_place *place)
{
	for (uint32_t i = 0; i < x->num_written; i++) {
		const struct md_place *other = &x->written[i].place;

		if (overlap(other, place))
			import_fault(x->im, at,
				     "writes bytes %u to %u of the metadata, but %s writes %u to %u: one node writes a place once",
				     place->off, place->off + place->len - 1,
				     x->written[i].at, other->off,
				     other->off + other->len - 1);
	}
	x->written = xrealloc(x->written,
			      (x->num_written + 1) * sizeof(*x->written));
	x->written[x->num_written++] = (struct written){ *place,
							 place_text(at) };
	check_size(x, at, place);
}

/* ---- one entry ---------------------------------------------------------- */

static void add_extract(struct extraction *x, const struct extract *e)
{
	struct node *node = x->node;

	node->extracts = xrealloc(node->extracts, (node->num_extracts + 1) *
						  sizeof(*node->extracts));
	node->extracts[node->num_extracts++] = *e;
}

static uint32_t output_bits(const struct extraction *x, uint32_t output)
{
	return x->im->parser->outputs[output].bits;
}

/* An array's items have its name, which ends before the bracket */
static int name_length(const struct extraction *x, uint32_t output)
{
	return strcspn(x->im->parser->outputs[output].name, "[");
}

static void add_bits(struct extraction *x, const struct place *at,
		     uint32_t output, uint32_t offset, uint32_t bits)
{
	struct extract e = { .type = EXTRACT_FIELD, .output = output };
	struct node *node = x->node;

	if (bits > output_bits(x, output)) {
		import_fault(x->im, at, "writes %u bits to \"%.*s\", which has %u",
			     bits, name_length(x, output),
			     x->im->parser->outputs[output].name,
			     output_bits(x, output));
		return;
	}
	e.field = add_field(&node->fields, &node->num_fields, offset, bits);
	add_extract(x, &e);
}

/* Longer ones than an output can be are several */
static void extract_long(struct extraction *x, json_t *ent,
			 const struct place *at, const struct md_place *place)
{
	uint32_t from = member_uint(ent, "hdr-src-off", 0), output, num = 0;

	for (uint32_t off = 0; off < place->len; off += MAX_OUTPUT_BYTES) {
		uint32_t len = place->len - off < MAX_OUTPUT_BYTES ?
			       place->len - off : MAX_OUTPUT_BYTES;

		if (import_output(x->im, ent, at, place, ++num, len, &output))
			add_bits(x, at, output, 8 * (from + off), 8 * len);
	}
}

static void extract_bytes(struct extraction *x, json_t *ent,
			  const struct place *at, const struct md_place *place)
{
	struct bytes b = { .off = member_uint(ent, "hdr-src-off", 0),
			   .len = place->len, .mask = ones(8 * place->len),
			   .shift = member_uint(ent, "right-shift", 0) };
	uint32_t offset, bits, output;

	if (!check_extent(x->im, at, b.off, b.len, x->node->min_length))
		return;
	if (b.len > MAX_OUTPUT_BYTES && !json_object_get(ent, "mask") &&
	    !b.shift) {
		extract_long(x, ent, at, place);
		return;
	}
	member_value(ent, "mask", &b.mask);
	if (b.len > MAX_OUTPUT_BYTES || b.mask > ones(8 * b.len) ||
	    !bytes_field(&b, &offset, &bits)) {
		import_fault(x->im, at,
			     "mask and right-shift have to leave one run of bits, with the lowest at 0: an output is a field alone");
		return;
	}
	if (import_output(x->im, ent, at, place, 0, place->len, &output))
		add_bits(x, at, output, offset, bits);
}

static void extract_constant(struct extraction *x, json_t *ent,
			     const struct place *at, uint32_t output)
{
	struct extract e = { .type = EXTRACT_CONST, .output = output };

	if (!member_value(ent, "value", &e.value)) {
		if (!json_object_get(ent, "value"))
			import_fault(x->im, AT(at, "value"), "is missing");
		return;
	}
	if (e.value > ones(output_bits(x, output)))
		import_fault(x->im, AT(at, "value"),
			     "is wider than \"%.*s\", which has %u bits",
			     name_length(x, output),
			     x->im->parser->outputs[output].name,
			     output_bits(x, output));
	add_extract(x, &e);
}

static void extract_other(struct extraction *x, json_t *ent,
			  const struct place *at, const struct kind *kind,
			  uint32_t output)
{
	struct extract e = { .type = kind->type, .output = output };
	const char *counter = member_string(ent, "counter");
	int32_t index;

	if (kind->type == EXTRACT_START)
		e.value = member_uint(ent, "hdr-src-off", 0);
	if (kind->type == EXTRACT_START && e.value > x->node->min_length)
		check_extent(x->im, AT(at, "hdr-src-off"), e.value, 1,
			     x->node->min_length);
	if (kind->type == EXTRACT_NODES)
		import_warning(x->im, AT(at, "type"),
			       "num_nodes does not count the root node here: one less");
	if (kind->type == EXTRACT_COUNTER) {
		if (!counter) {
			import_fault(x->im, AT(at, "counter"), "is missing");
			return;
		}
		index = import_counter(x->im, AT(at, "counter"), counter);
		if (index < 0)
			return;
		e.counter = index;
	}
	add_extract(x, &e);
}

static bool check_length(struct extraction *x, json_t *ent,
			 const struct place *at, const struct kind *kind,
			 const struct md_place *place)
{
	uint32_t max = kind->type == EXTRACT_FIELD ? MAX_MIN_LENGTH :
						     MAX_OUTPUT_BYTES;

	if (place->len < kind->bytes || place->len > max) {
		import_fault(x->im, AT(at, "length"),
			     "is %u, but %s has %u to %u bytes", place->len,
			     kind->name, kind->bytes, max);
		return false;
	}
	if (kind->type == EXTRACT_FIELD && !json_object_get(ent, "hdr-src-off")) {
		import_fault(x->im, AT(at, "hdr-src-off"), "is missing");
		return false;
	}
	if (x->header || kind->type == EXTRACT_CONST ||
	    kind->type == EXTRACT_ENCAPS || kind->type == EXTRACT_NODES ||
	    kind->type == EXTRACT_COUNTER)
		return true;
	import_fault(x->im, AT(at, "type"),
		     "%s needs a header, and this node is entered behind the last or before the next",
		     kind->name);
	return false;
}

static void import_ent(struct extraction *x, json_t *ent,
		       const struct place *at)
{
	const struct kind *kind;
	struct md_place place;
	uint32_t output;

	if (!import_members(x->im, ent, at, extract_members))
		return;
	kind = find_kind(x->im, ent, at);
	if (!read_md_place(ent, &place) || !kind ||
	    !check_length(x, ent, at, kind, &place))
		return;
	check_place(x, at, &place);
	if (kind->type == EXTRACT_FIELD) {
		extract_bytes(x, ent, at, &place);
		return;
	}
	if (!import_output(x->im, ent, at, &place, 0, place.len, &output))
		return;
	if (kind->type == EXTRACT_CONST)
		extract_constant(x, ent, at, output);
	else
		extract_other(x, ent, at, kind, output);
}

/* ---- lists of entries --------------------------------------------------- */

static void import_ents(struct extraction *x, json_t *list,
			const struct place *at)
{
	json_t *ent;
	size_t i;

	json_array_foreach(list, i, ent)
		import_ent(x, ent, AT_ITEM(at, i));
}

static void import_objects(struct extraction *x, json_t *list,
			   const struct place *at)
{
	const struct place *objects = AT(AT_TEXT(""), "metadata-objects");
	json_t *name, *obj;
	size_t i, index;

	json_array_foreach(list, i, name) {
		if (!json_is_string(name)) {
			import_fault(x->im, AT_ITEM(at, i), "is not a string");
			continue;
		}
		obj = need_item(x->im, AT_ITEM(at, i), "metadata-objects",
				json_string_value(name), &index);
		if (obj)
			import_ent(x, obj, AT_ITEM(objects, index));
	}
}

static void import_list(struct extraction *x, const char *name,
			const struct place *at)
{
	json_t *obj;
	size_t index;

	obj = need_item(x->im, at, "metadata-list", name, &index);
	if (!obj)
		return;
	at = AT_ROOT("metadata-list", index);
	if (!import_members(x->im, obj, at, metadata_list_members))
		return;
	if (!member_list(obj, "ents") == !member_list(obj, "list"))
		import_fault(x->im, at, "needs either ents or list");
	import_ents(x, member_list(obj, "ents"), AT(at, "ents"));
	import_objects(x, member_list(obj, "list"), AT(at, "list"));
}

static void import_holder(struct extraction *x, json_t *obj,
			  const struct place *at)
{
	json_t *md = member_object(obj, "metadata");

	at = AT(at, "metadata");
	if (!md || !import_members(x->im, md, at, metadata_members))
		return;
	if (x->im->dialect == DIALECT_KPARSER &&
	    !json_object_get(md, "ents") == !json_object_get(md, "list"))
		import_fault(x->im, at, "needs either ents or list");
	import_ents(x, member_list(md, "ents"), AT(at, "ents"));
	if (member_string(md, "list"))
		import_list(x, member_string(md, "list"), AT(at, "list"));
}

/* ---- counters ----------------------------------------------------------- */

static bool read_action(struct import *im, json_t *obj, const struct place *at,
			struct action *action)
{
	static const struct { const char *name; bool before, reset; } types[] = {
		{ "pre_metadata_inc", true, false },
		{ "pre_metadata_reset", true, true },
		{ "post_metadata_inc", false, false },
		{ "post_metadata_reset", false, true },
	};
	const char *type = member_string(obj, "type");
	const char *name = member_string(obj, "name");
	int32_t counter;

	if (!type || !name)
		return false;
	counter = import_counter(im, AT(at, "name"), name);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(types[i].name, type)) {
			*action = (struct action){ .counter = counter,
						   .before = types[i].before,
						   .reset = types[i].reset };
			return counter >= 0;
		}
	import_fault(im, AT(at, "type"), "\"%s\" is not known: (pre|post)_metadata_(inc|reset) are",
		     type);
	return false;
}

static void import_actions(struct extraction *x, json_t *obj,
			   const struct place *at)
{
	struct node *node = x->node;
	json_t *item;
	size_t i;

	at = AT(at, "counter-actions");
	json_array_foreach(member_list(obj, "counter-actions"), i, item) {
		struct action action;

		if (!import_members(x->im, item, AT_ITEM(at, i), action_members))
			continue;
		import_holder(x, item, AT_ITEM(at, i));
		if (!read_action(x->im, item, AT_ITEM(at, i), &action))
			continue;
		node->actions = xrealloc(node->actions,
					 (node->num_actions + 1) *
					 sizeof(*node->actions));
		node->actions[node->num_actions++] = action;
	}
}

void import_metadata(struct import *im, json_t *obj, const struct place *at,
		     struct node *node, bool header)
{
	struct extraction x = { .im = im, .node = node, .header = header };

	import_holder(&x, obj, at);
	import_actions(&x, obj, at);
	for (uint32_t i = 0; i < x.num_written; i++)
		free(x.written[i].at);
	free(x.written);
}

/* Of XDP2's tlv-nodes, whose length is missing: what their extracts read */
uint32_t metadata_extent(json_t *obj)
{
	json_t *list = member_list(member_object(obj, "metadata"), "ents"), *ent;
	uint32_t extent = 0;
	size_t i;

	json_array_foreach(list, i, ent) {
		const char *type = member_string(ent, "type");
		uint64_t end = (uint64_t)member_uint(ent, "hdr-src-off", 0) +
			       member_uint(ent, "length", 2);

		if (type && !strcmp(type, "extract") && end > extent &&
		    end <= MAX_MIN_LENGTH)
			extent = end;
	}
	return extent;
}
