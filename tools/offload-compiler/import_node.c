// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A parse node, and the nodes that the ways between them need */
#include <stdlib.h>
#include <string.h>

#include "import.h"

static const struct target failed = { TARGET_STOP, PARSE_FAIL };

void refuse_handler(struct import *im, json_t *obj, const struct place *at)
{
	if (json_object_get(obj, "handler"))
		import_fault(im, AT(at, "handler"),
			     "is code, which can do and return anything: take it out if the parse does not depend on it");
}

struct part *add_part(struct node *node, enum part_type type)
{
	struct part *part;

	node->parts = xrealloc(node->parts,
			       (node->num_parts + 1) * sizeof(*node->parts));
	part = &node->parts[node->num_parts++];
	*part = (struct part){ .type = type, .next = { .map = -1 } };
	return part;
}

/* Where a part starts, if a field tells it: behind a part that is all skipped.
 * To be called before the part itself is added.
 */
void skip_to_start(struct import *im, json_t *start, const struct place *at,
		   struct node *node)
{
	struct length area = {};
	struct part *part;

	if (!import_members(im, start, at, length_members))
		return;
	import_length(im, start, at, node->min_length, &node->fields,
		      &node->num_fields, &area);
	part = add_part(node, PART_LOOP);
	part->has_start = true;
	part->has_area = true;
	part->area = area;
	part->max = 1;
	part->exceeded.type = TARGET_DONE;
	part->next.otherwise.type = TARGET_DONE;
}

/* ---- where it goes on --------------------------------------------------- */

static struct target default_target(struct import *im, json_t *next,
				    const struct place *at, bool encap)
{
	static const char * const okay[] = { "continue", "stop_okay",
		"stop_node_okay", "stop_node", "stop_sub" };
	const char *wildcard = member_string(next, "wildcard-node");
	const char *word = member_string(next, "default");

	if (wildcard)
		return import_target(im, AT(at, "wildcard-node"), wildcard,
				     encap);
	at = AT(at, "default");
	if (!word && im->dialect == DIALECT_XDP2)
		import_fault(im, at, "is missing: continue, wild, stop_okay or stop_fail");
	if (!word)
		return stop_okay(im);
	for (size_t i = 0; i < sizeof(okay) / sizeof(okay[0]); i++)
		if (!strcmp(word, okay[i]))
			return stop_okay(im);
	if (!strcmp(word, "wild"))
		import_fault(im, at, "is \"wild\", but there is no wildcard-node");
	else if (strcmp(word, "stop_fail"))
		import_fault(im, at, "\"%s\" is not possible: continue, wild, stop_okay, stop_node_okay and stop_fail are",
			     word);
	return failed;
}

static void import_next(struct import *im, json_t *obj, const struct place *at,
			struct node *node)
{
	const char *name = member_string(obj, "next-node");
	json_t *next = member_object(obj, "next-proto");
	struct lookup_of of = { .owner = node->name, .suffix = "_next",
				.context = -1 };
	struct bytes bytes;

	of.encap = member_bool(obj, "encap", false) ||
		   member_bool(next, "encap", false);
	if (name && next)
		import_fault(im, at, "needs either next-node or next-proto");
	if (name)
		node->next.otherwise = import_target(im, AT(at, "next-node"),
						     name, of.encap);
	else
		node->next.otherwise = stop_okay(im);
	if (name || !next)
		return;
	at = AT(at, "next-proto");
	if (!import_members(im, next, at, next_members))
		return;
	node->next.otherwise = default_target(im, next, at, of.encap);
	if (!import_bytes(im, next, at, node->min_length, &bytes))
		bytes = (struct bytes){ .len = 16, .mask = ones(128) };
	import_lookup(im, &bytes, next, at, &of, &node->fields,
		      &node->num_fields, &node->next);
}

/* ---- lengths ------------------------------------------------------------ */

static uint32_t min_length(struct import *im, json_t *obj,
			   const struct place *at)
{
	bool given = json_object_get(obj, "min-hdr-length");
	uint32_t length = member_uint(obj, "min-hdr-length",
				      given ? MAX_MIN_LENGTH : 0);

	if (length <= MAX_MIN_LENGTH)
		return length;
	import_fault(im, AT(at, "min-hdr-length"), "is %u, but has to be 0 to %u",
		     length, MAX_MIN_LENGTH);
	return MAX_MIN_LENGTH;
}

/* Flag fields without a length beside them are what makes a header longer */
static void import_node_length(struct import *im, json_t *obj,
			       const struct place *at, struct node *node)
{
	json_t *length = member_object(obj, "hdr-length");
	bool flags = member_object(obj, "flag-fields-parse-node");
	bool sum = member_bool(length, "flag-fields-length", !length && flags);

	node->length.add = node->min_length;
	if (length) {
		import_members(im, length, AT(at, "hdr-length"),
			       length_members);
		if (json_object_get(length, "field-off") ||
		    json_object_get(length, "field-len") || !sum)
			import_length(im, length, AT(at, "hdr-length"),
				      node->min_length, &node->fields,
				      &node->num_fields, &node->length);
	}
	if (sum && flags)
		import_flags_length(im, obj, at, node);
	else if (sum)
		import_fault(im, AT(AT(at, "hdr-length"), "flag-fields-length"),
			     "is true, but there is no flag-fields-parse-node");
}

static void import_parts(struct import *im, json_t *obj, const struct place *at,
			 struct node *node)
{
	const char *key = im->dialect == DIALECT_XDP2 ? "tlvs-parse-node" :
							"tlv-parse-node";
	json_t *tlvs = member_object(obj, key);
	json_t *flags = member_object(obj, "flag-fields-parse-node");
	json_t *min = json_object_get(obj, "min-hdr-length");
	bool good_length = (!min || json_is_integer(min)) &&
			   (!json_object_get(obj, "hdr-length") ||
			    node->length.num_terms);

	if (tlvs && flags)
		import_fault(im, at, "has TLVs and flag fields: nothing tells which of them come first");
	if (tlvs)
		import_tlvs(im, tlvs, AT(at, key), node, good_length);
	if (flags)
		import_flags(im, flags, AT(at, "flag-fields-parse-node"), node);
}

/* ---- one node ----------------------------------------------------------- */

static void import_parse_node(struct import *im, json_t *obj,
			      const struct place *at, struct node *node)
{
	if (!import_members(im, obj, at, node_members))
		return;
	refuse_handler(im, obj, at);
	node->min_length = min_length(im, obj, at);
	node->overlay = member_bool(obj, "overlay", false);
	import_node_length(im, obj, at, node);
	import_conds(im, obj, at, node);
	import_metadata(im, obj, at, node, true);
	import_parts(im, obj, at, node);
	import_next(im, obj, at, node);
}

/* okay-target and encap-target run at the end and between two nodes: of what
 * nodes do they can only extract
 */
static void import_exit_node(struct import *im, json_t *obj,
			     const struct place *at, struct node *node)
{
	static const char * const unused[] = {
		"next-node", "next-proto", "tlv-parse-node", "tlvs-parse-node",
		"flag-fields-parse-node", "cond-exprs", "hdr-length" };

	if (!import_members(im, obj, at, node_members))
		return;
	refuse_handler(im, obj, at);
	for (size_t i = 0; i < sizeof(unused) / sizeof(unused[0]); i++)
		if (json_object_get(obj, unused[i]))
			import_fault(im, AT(at, unused[i]),
				     "is never looked at: this node is a target of the parser and only extracts");
	import_metadata(im, obj, at, node, false);
}

static void import_encap(struct import *im, const struct item *item,
			 struct node *node)
{
	struct item to = { .type = ITEM_ENCAP, .obj = item->obj };
	const char *name = member_string(item->obj, "name"), *suffix = "_encap";

	if (item->type == ITEM_AT_ENCAP) {
		import_exit_node(im, im->at_encap, AT_TEXT(im->at_encap_at),
				 node);
	} else {
		node->encap = true;
		to.type = ITEM_NODE;
		suffix = item->obj == im->items[0].obj ? "_inner" : "";
	}
	node->next.otherwise = (struct target){ TARGET_NODE,
		intern_node(im, &to, AT_TEXT(item->at), name, suffix) };
}

void import_node(struct import *im, uint32_t index)
{
	/* Both lists grow while it is converted */
	struct node node = im->parser->nodes[index];
	struct item item = im->items[index];
	const struct place *at = AT_TEXT(item.at);

	node.next.otherwise.type = TARGET_AGAIN;
	switch (item.type) {
	case ITEM_ROOT:
	case ITEM_NODE:
		node.counted = item.type == ITEM_NODE;
		import_parse_node(im, item.obj, at, &node);
		break;
	case ITEM_ENCAP:
	case ITEM_AT_ENCAP:
		import_encap(im, &item, &node);
		break;
	case ITEM_OKAY:
		node.next.otherwise = (struct target){ TARGET_STOP, PARSE_OKAY };
		import_exit_node(im, item.obj, at, &node);
		break;
	case ITEM_FLAG:
		import_flag_element(im, &item, &node);
		break;
	default:
		import_tlv_element(im, &item, &node);
	}
	im->parser->nodes[index] = node;
}
