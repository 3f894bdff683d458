// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * TLVs: a part whose elements are tlv-nodes. A TLV's length is told by the node
 * that it lies in, so an element is made for each of them.
 *
 * A TLV that is too short or too long for its tlv-node is as good as unknown,
 * not a wrong packet: a node before the element looks at the length.
 */
#include <stdlib.h>
#include <string.h>

#include "import.h"

static const struct place *length_at(const struct tlvs *tlvs, struct place *at)
{
	*at = (struct place){ .key = tlvs->length_at };
	return at;
}

/* ---- elements ----------------------------------------------------------- */

static struct target tlv_item(struct import *im, enum item_type type,
			      uint32_t context, json_t *obj,
			      const struct place *at, const char *name,
			      const char *suffix, bool wild)
{
	struct item item = { .type = type, .obj = obj, .context = context,
			     .wild = wild };

	return (struct target){ TARGET_NODE,
				intern_node(im, &item, at, name, suffix) };
}

/* An element of no tlv-node */
struct target tlv_special(struct import *im, enum item_type type,
			  uint32_t context, const char *suffix)
{
	const struct tlvs *tlvs = im->tlvs[context];

	return tlv_item(im, type, context, tlvs->obj, AT_TEXT(tlvs->at),
			tlvs->owner, suffix, false);
}

bool ends_tlvs(const char *word)
{
	static const char * const words[] = { "stop_node_okay", "stop_node",
		"stop_sub_node_okay", "stop_sub" };

	for (size_t i = 0; word && i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

/* What becomes of a TLV without a node */
static struct target default_target(struct import *im, json_t *obj,
				    const struct place *at, uint32_t context)
{
	const char *word = member_string(obj, "default");
	struct target to = { .type = TARGET_DONE };

	at = AT(at, "default");
	if (!word || !strcmp(word, "continue"))
		return tlv_special(im, ITEM_TLV_SKIP, context, "_skip");
	if (ends_tlvs(word))
		return to;
	to = (struct target){ TARGET_STOP, PARSE_FAIL };
	if (!strcmp(word, "stop_okay")) {
		to.index = PARSE_OKAY;
		if (im->okay >= 0)
			import_fault(im, at, "TLVs cannot lead to the parser's okay-target; stop_node_okay would go on behind them");
	} else if (!strcmp(word, "wild")) {
		if (!member_string(obj, "wildcard-node"))
			import_fault(im, at, "is \"wild\", but there is no wildcard-node");
	} else if (strcmp(word, "stop_fail")) {
		import_fault(im, at, "\"%s\" is not possible: continue, wild, stop_okay, stop_node_okay, stop_sub_node_okay and stop_fail are",
			     word);
	}
	return to;
}

struct target unknown_target(struct import *im, json_t *obj,
				    const struct place *at, uint32_t context)
{
	const char *wildcard = member_string(obj, "wildcard-node");

	if (wildcard)
		return import_tlv_target(im, AT(at, "wildcard-node"), wildcard,
					 context, true);
	return default_target(im, obj, at, context);
}

/* Bytes that a tlv-node needs, at least those of every TLV */
static uint32_t node_min(const struct import *im, const struct tlvs *tlvs,
			 json_t *obj)
{
	uint32_t min = im->dialect == DIALECT_XDP2 ? metadata_extent(obj) :
		       member_uint(obj, "min-hdr-length", 0);

	if (min > MAX_MIN_LENGTH)
		min = MAX_MIN_LENGTH;
	return min > tlvs->min ? min : tlvs->min;
}

static void tlv_length(struct import *im, const struct tlvs *tlvs,
		       struct node *node)
{
	json_t *length = member_object(tlvs->obj, "tlv-length");
	struct place at;

	import_length(im, length, length_at(tlvs, &at), node->min_length,
		      &node->fields, &node->num_fields, &node->length);
}

/* Values of the length field for lengths of @min to @max bytes: *@low to
 * *@high; false if all are right
 */
static bool length_range(const struct node *node, uint64_t min, uint64_t max,
			 u128 *low, u128 *high)
{
	const struct term *term = node->length.terms;
	int64_t add = node->length.add;
	u128 top;

	top = ones(node->fields[term->field].bits);
	*low = (int64_t)min > add ?
	       ((int64_t)min - add + term->times - 1) / term->times : 0;
	*high = (int64_t)max < add ? 0 : ((int64_t)max - add) / term->times;
	if (*high > top)
		*high = top;
	return *low > 0 || *high < top;
}

/* The lookup of the length, if it can be wrong; false if it cannot */
static bool length_lookup(struct import *im, const struct item *item,
			  struct node *node, u128 *low, u128 *high)
{
	const struct tlvs *tlvs = im->tlvs[item->context];
	uint32_t min = node_min(im, tlvs, item->obj);
	uint32_t max = member_uint(item->obj, "max-len", MAX_LENGTH_ADD);
	const struct place *at = AT_TEXT(item->at);

	node->min_length = tlvs->min;
	tlv_length(im, tlvs, node);
	if (max == MAX_LENGTH_ADD && min == tlvs->min)
		return false;
	if (min > max) {
		import_fault(im, AT(at, "max-len"),
			     "is %u, but the TLV has at least %u bytes", max,
			     min);
		return false;
	}
	if (node->length.num_terms != 1) {
		if (node->length.num_terms)
			import_fault(im, at, "needs a TLV of %u bytes, but the length is no single field",
				     min);
		return false;
	}
	if (!length_range(node, min, max, low, high))
		return false;
	if (*low > *high)
		import_fault(im, at, "needs a TLV of %u to %u bytes, which tlv-length cannot tell",
			     min, max);
	return *low <= *high;
}

static void scratch_free(struct node *node)
{
	for (uint32_t i = 0; i < node->num_fields; i++)
		free(node->fields[i].name);
	free(node->fields);
	free(node->length.terms);
}

struct target import_tlv_target(struct import *im, const struct place *at,
				const char *name, uint32_t context, bool wild)
{
	struct item item = { .context = context };
	struct node scratch = {};
	const struct place *where;
	size_t index;
	u128 low, high;
	bool look;

	item.obj = need_item(im, at, "tlv-nodes", name, &index);
	if (!item.obj)
		return (struct target){ TARGET_STOP, PARSE_FAIL };
	where = AT_ROOT("tlv-nodes", index);
	item.at = place_text(where);
	look = length_lookup(im, &item, &scratch, &low, &high);
	free(item.at);
	scratch_free(&scratch);
	if (look)
		return tlv_item(im, ITEM_TLV_LENGTH, context, item.obj, where,
				name, "_len", wild);
	return tlv_item(im, ITEM_TLV, context, item.obj, where, name, "", false);
}

static void import_length_check(struct import *im, const struct item *item,
				struct node *node)
{
	const struct tlvs *tlvs = im->tlvs[item->context];
	struct map_item map_item = { .context = item->context };
	const struct place *at = AT_TEXT(item->at);
	const char *name = member_string(item->obj, "name");
	struct map map = {};
	struct entry e = {};

	if (!length_lookup(im, item, node, &e.key, &e.mask))
		return;
	node->next.key = xcalloc(1, sizeof(*node->next.key));
	node->next.key->index = node->length.terms->field;
	node->next.num_key = 1;
	map.bits = node->fields[node->length.terms->field].bits;
	map.name = map_name(im, AT(at, "name"), name, "_len");
	map.file = place_file(im, at);
	e.target = tlv_item(im, ITEM_TLV, item->context, item->obj, at, name,
			    "", false);
	if (e.key == e.mask) {
		add_entry(im, &map, at, e.key, e.target);
	} else {
		e.range = true;
		map.ternary = xcalloc(1, sizeof(e));
		map.ternary[map.num_ternary++] = e;
	}
	node->next.map = append_map(im, &map_item, &map);
	node->next.otherwise = item->wild ?
		default_target(im, tlvs->obj, AT_TEXT(tlvs->at), item->context) :
		unknown_target(im, tlvs->obj, AT_TEXT(tlvs->at), item->context);
	/* The length of the TLV is another node's */
	node->overlay = true;
	node->length.num_terms = 0;
	node->length.add = node->min_length;
}

static void import_overlay(struct import *im, const struct item *item,
			   json_t *overlay, const struct place *at,
			   struct node *node)
{
	struct lookup_of of = { .owner = node->name, .suffix = "_next",
				.context = item->context };
	struct bytes bytes;

	if (!import_members(im, overlay, at, next_members))
		return;
	if (member_bool(overlay, "encap", false))
		import_fault(im, AT(at, "encap"), "a TLV is no encapsulation");
	node->overlay = true;
	node->next.otherwise = unknown_target(im, overlay, at, item->context);
	if (!import_bytes(im, overlay, at, node->min_length, &bytes))
		bytes = (struct bytes){ .len = 16, .mask = ones(128) };
	import_lookup(im, &bytes, overlay, at, &of, &node->fields,
		      &node->num_fields, &node->next);
}

static void import_tlv_node(struct import *im, const struct item *item,
			    struct node *node)
{
	const struct tlvs *tlvs = im->tlvs[item->context];
	json_t *overlay = member_object(item->obj, "overlay-node");
	const struct place *at = AT_TEXT(item->at);

	if (!import_members(im, item->obj, at, tlv_node_members))
		return;
	refuse_handler(im, item->obj, at);
	node->min_length = node_min(im, tlvs, item->obj);
	tlv_length(im, tlvs, node);
	import_conds(im, item->obj, at, node);
	import_metadata(im, item->obj, at, node, true);
	if (overlay)
		import_overlay(im, item, overlay, AT(at, "overlay-node"), node);
}

void import_tlv_element(struct import *im, const struct item *item,
			struct node *node)
{
	switch (item->type) {
	case ITEM_TLV:
		import_tlv_node(im, item, node);
		break;
	case ITEM_TLV_LENGTH:
		import_length_check(im, item, node);
		break;
	case ITEM_TLV_PAD1:
		node->min_length = 1;
		node->length.add = 1;
		break;
	default:
		node->min_length = im->tlvs[item->context]->min;
		tlv_length(im, im->tlvs[item->context], node);
	}
}

void tlvs_free(struct import *im)
{
	for (uint32_t i = 0; i < im->num_tlvs; i++) {
		free(im->tlvs[i]->at);
		free(im->tlvs[i]->length_at);
		free(im->tlvs[i]->owner);
		free(im->tlvs[i]);
	}
	free(im->tlvs);
	im->tlvs = NULL;
	im->num_tlvs = 0;
}
