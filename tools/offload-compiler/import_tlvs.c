// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The part that a node's TLVs lie in: where, how many, and which is which */
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define MAX_TLVS	255	/* kParser's default, and the most that is possible */

static uint32_t extent(json_t *obj)
{
	uint64_t end = (uint64_t)member_uint(obj, "field-off", 0) +
		       member_uint(obj, "field-len", 0);

	return end < MAX_MIN_LENGTH ? end : MAX_MIN_LENGTH;
}

static uint32_t max_of(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Bytes that every TLV has, but pad1 */
static uint32_t tlv_min(json_t *obj)
{
	uint32_t min = max_of(member_uint(obj, "min-hdr-length", 0),
			      member_uint(obj, "data-offset", 0));

	min = max_of(min, extent(member_object(obj, "tlv-type")));
	min = max_of(min, extent(member_object(obj, "tlv-length")));
	return min < MAX_MIN_LENGTH ? min : MAX_MIN_LENGTH;
}

static uint32_t add_context(struct import *im, json_t *obj,
			    const struct place *at, const struct node *node)
{
	struct tlvs *tlvs = xcalloc(1, sizeof(*tlvs));

	*tlvs = (struct tlvs){
		.obj = obj, .at = place_text(at),
		.length_at = place_text(AT(at, "tlv-length")),
		.owner = xstrdup(node->name), .min = tlv_min(obj),
	};
	im->tlvs = xrealloc(im->tlvs, (im->num_tlvs + 1) * sizeof(*im->tlvs));
	im->tlvs[im->num_tlvs] = tlvs;
	return im->num_tlvs++;
}

/* ---- limits ------------------------------------------------------------- */

static uint64_t longest(const struct node *node)
{
	int64_t length = node->length.add;

	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct term *term = &node->length.terms[i];

		if (term->times > 0)
			length += (int64_t)ones(node->fields[term->field].bits) *
				  term->times;
	}
	return length > 0 ? length : 0;
}

/* A loop counts its elements, whatever they are: the other limits of the
 * dialects are possible only where no packet can reach them
 */
static void check_other_limits(struct import *im, json_t *obj,
			       const struct place *at, const struct node *node,
			       uint32_t max, uint32_t start)
{
	uint64_t bytes = longest(node) > start ? longest(node) - start : 0;
	uint64_t elements = bytes < max ? bytes : max;
	const struct { const char *key; uint64_t reach; } limits[] = {
		{ "max-non-padding", elements },
		{ "max-consecutive-padding", elements },
		{ "max-padding-length", bytes },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (member_uint(obj, limits[i].key, INT32_MAX) < limits[i].reach)
			import_fault(im, AT(at, limits[i].key),
				     "cannot be kept: all TLVs are counted together, by max-tlvs; %llu or more would never be reached",
				     (unsigned long long)limits[i].reach);
}

static struct target exceeded_target(struct import *im, json_t *obj,
				     const struct place *at)
{
	const char *word = member_string(obj, "disp-limit-exceeded");
	struct target to = { .type = TARGET_DONE };

	at = AT(at, "disp-limit-exceeded");
	if (!member_bool(obj, "loop-count-exceeded-is-err", true) ||
	    ends_tlvs(word))
		return to;
	to = (struct target){ TARGET_STOP, PARSE_LIMIT_LOOP };
	if (!word || !strcmp(word, "stop_fail"))
		return to;
	to.index = PARSE_OKAY;
	if (strcmp(word, "stop_okay"))
		import_fault(im, at, "\"%s\" is not known: stop_okay, stop_node_okay, stop_sub_node_okay and stop_fail are",
			     word);
	else if (im->okay >= 0)
		import_fault(im, at, "TLVs cannot lead to the parser's okay-target; stop_node_okay would go on behind them");
	return to;
}

static void import_limits(struct import *im, json_t *obj,
			  const struct place *at, struct part *part)
{
	part->max = member_uint(obj, "max-tlvs", MAX_TLVS);
	if (part->max < 1 || part->max > MAX_TLVS) {
		import_fault(im, AT(at, "max-tlvs"), "is %u, but has to be 1 to %u",
			     part->max, MAX_TLVS);
		part->max = MAX_TLVS;
	}
	part->exceeded = exceeded_target(im, obj, at);
}

/* ---- types -------------------------------------------------------------- */

/* pad1 and eol are one byte each, told by the first byte of a TLV */
static bool first_byte(struct import *im, json_t *obj, const struct place *at,
		       const char *key, const struct bytes *type)
{
	if (!json_object_get(obj, key))
		return false;
	if (!type->off && type->len == 1 && type->mask == 0xff && !type->shift &&
	    member_uint(obj, key, 256) < 256)
		return true;
	import_fault(im, AT(at, key),
		     "is a value of a TLV's first byte, so tlv-type has to be all of that byte");
	return false;
}

static void add_padding(struct import *im, json_t *obj, const struct place *at,
			uint32_t context, const struct bytes *type,
			struct map *map)
{
	struct target done = { .type = TARGET_DONE };
	u128 key;

	if (first_byte(im, obj, at, "pad1", type))
		add_entry(im, map, AT(at, "pad1"), member_uint(obj, "pad1", 0),
			  tlv_special(im, ITEM_TLV_PAD1, context, "_pad1"));
	if (first_byte(im, obj, at, "eol", type))
		add_entry(im, map, AT(at, "eol"), member_uint(obj, "eol", 0), done);
	if (json_object_get(obj, "padn") &&
	    import_key_value(im, obj, at, "padn", type, &key))
		add_entry(im, map, AT(at, "padn"), key,
			  tlv_special(im, ITEM_TLV_SKIP, context, "_skip"));
}

static bool has_padding(json_t *obj)
{
	return json_object_get(obj, "pad1") || json_object_get(obj, "padn") ||
	       json_object_get(obj, "eol");
}

static void import_types(struct import *im, json_t *obj, const struct place *at,
			 uint32_t context, struct part *part)
{
	struct lookup_of of = { .owner = im->tlvs[context]->owner,
				.suffix = "_tlvs", .context = context };
	const struct place *type_at = AT(at, "tlv-type");
	json_t *type = member_object(obj, "tlv-type");
	struct map_item item = { .context = context };
	struct bytes bytes;
	struct map map = {};

	if (!type || !import_members(im, type, type_at, tlv_type_members) ||
	    !import_bytes(im, type, type_at, MAX_MIN_LENGTH, &bytes))
		return;
	part->need = bytes.off + bytes.len;
	part->next.otherwise = unknown_target(im, obj, at, context);
	import_lookup(im, &bytes, obj, at, &of, &part->fields,
		      &part->num_fields, &part->next);
	if (part->next.map < 0 && has_padding(obj)) {
		map.bits = key_bits(&bytes);
		map.name = map_name(im, AT(at, "name"), of.owner, of.suffix);
		map.file = place_file(im, at);
		import_key(&bytes, &part->fields, &part->num_fields,
			   &part->next);
		part->next.map = append_map(im, &item, &map);
	}
	if (part->next.map >= 0)
		add_padding(im, obj, at, context, &bytes,
			    &im->parser->maps[part->next.map]);
	else
		part->need = 0;
}

/* ---- the part ----------------------------------------------------------- */

/* A header of constant length has no room behind it */
static void check_area(struct import *im, const struct place *at,
		       const struct node *node, uint32_t start)
{
	if (longest(node) > start)
		return;
	import_fault(im, AT(at->up, "hdr-length"),
		     "%s: TLVs start at byte %u, where the header of %llu bytes ends",
		     node->length.num_terms ? "is too short" : "is missing",
		     start, (unsigned long long)longest(node));
}

static uint32_t import_start(struct import *im, json_t *obj,
			     const struct place *at, struct node *node)
{
	json_t *start = json_object_get(obj, "start-offset");

	if (json_is_object(start)) {
		skip_to_start(im, start, AT(at, "start-offset"), node);
		return 0;
	}
	if (!start)
		return node->min_length;
	if (member_uint(obj, "start-offset", INT32_MAX) > MAX_LENGTH_ADD)
		import_fault(im, AT(at, "start-offset"),
			     "is neither an integer from 0 to %u nor an object",
			     MAX_LENGTH_ADD);
	return member_uint(obj, "start-offset", 0);
}

void import_tlvs(struct import *im, json_t *obj, const struct place *at,
		 struct node *node, bool good_length)
{
	json_t *length = member_object(obj, "tlv-length");
	uint32_t start, context;
	struct part part;

	if (!import_members(im, obj, at, tlvs_members))
		return;
	if (length)
		import_members(im, length, AT(at, "tlv-length"), length_members);
	start = import_start(im, obj, at, node);
	context = add_context(im, obj, at, node);
	part = *add_part(node, PART_LOOP);
	if (json_is_integer(json_object_get(obj, "start-offset")) &&
	    start != node->min_length) {
		part.has_start = true;
		part.start = start;
	}
	import_limits(im, obj, at, &part);
	if (good_length) {
		check_area(im, at, node, start);
		check_other_limits(im, obj, at, node, part.max, start);
	}
	import_types(im, obj, at, context, &part);
	node->parts[node->num_parts - 1] = part;
}
