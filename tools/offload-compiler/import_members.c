// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The members that objects have in XDP2's and in kParser's documents, and which
 * of the two a document is.
 */
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define XDP2	IN_XDP2
#define KP	IN_KPARSER
#define BOTH	IN_BOTH

const struct member root_members[] = {
	{ "parsers", 'l', BOTH, BOTH },
	{ "parse-nodes", 'l', BOTH, BOTH },
	{ "proto-tables", 'l', BOTH, BOTH },
	{ "tlv-nodes", 'l', BOTH, 0 },
	{ "counters", 'l', BOTH, 0 },
	{ "metadata", 'l', XDP2, 0 },	/* the output struct; names are beside
					 * its uses, too
					 */
	{ "tlv-tables", 'l', KP, 0 },
	{ "flag-fields-tables", 'l', KP, 0 },
	{ "flag-fields-nodes", 'l', KP, 0 },
	{ "metadata-list", 'l', KP, 0 },
	{ "metadata-objects", 'l', KP, 0 },
	{ "cond-exprs-list", 'l', KP, 0 },
	{}
};

const struct member parser_members[] = {
	{ "name", 's', BOTH, BOTH },
	{ "root-node", 's', BOTH, BOTH },
	{ "file_name", 's', XDP2, 0 },	/* depends on the path: no use */
	{ "max-nodes", 'u', BOTH, XDP2 },
	{ "max-encaps", 'u', BOTH, XDP2 },
	{ "max-frames", 'u', BOTH, XDP2 },
	{ "metameta-size", 'u', BOTH, XDP2 },
	{ "frame-size", 'u', BOTH, XDP2 },
	{ "okay-target", 's', BOTH, 0 },
	{ "fail-target", 's', BOTH, 0 },
	{ "encap-target", 's', BOTH, 0 },
	{}
};

const struct member node_members[] = {
	{ "name", 's', BOTH, BOTH },
	{ "min-hdr-length", 'u', BOTH, 0 },
	{ "overlay", 'b', BOTH, 0 },
	{ "encap", 'b', XDP2, 0 },
	{ "hdr-length", 'o', BOTH, 0 },
	{ "next-node", 's', BOTH, 0 },
	{ "next-proto", 'o', BOTH, 0 },
	{ "tlvs-parse-node", 'o', XDP2, 0 },
	{ "tlv-parse-node", 'o', KP, 0 },
	{ "flag-fields-parse-node", 'o', BOTH, 0 },
	{ "metadata", 'o', BOTH, 0 },
	{ "cond-exprs", 'o', BOTH, 0 },
	{ "counter-actions", 'l', BOTH, 0 },
	{ "handler", '?', XDP2, 0 },
	{}
};

/* Of a header, a TLV, or up to where a part starts */
const struct member length_members[] = {
	{ "field-off", 'u', BOTH, KP },
	{ "field-len", 'u', BOTH, KP },
	{ "mask", 'h', BOTH, 0 },
	{ "right-shift", 'u', BOTH, 0 },
	{ "multiplier", 'u', BOTH, 0 },
	{ "add", 'i', BOTH, 0 },
	{ "endian-swap", 'b', KP, 0 },
	{ "flag-fields-length", 'b', XDP2, 0 },
	{}
};

/* A node's next-proto, and the overlay-node of a TLV */
const struct member next_members[] = {
	{ "field-off", 'u', BOTH, BOTH },
	{ "field-len", 'u', BOTH, BOTH },
	{ "mask", 'h', BOTH, 0 },
	{ "right-shift", 'u', BOTH, 0 },
	{ "table", 's', BOTH, 0 },
	{ "ents", 'l', BOTH, 0 },
	{ "wildcard-node", 's', BOTH, 0 },
	{ "default", 's', BOTH, 0 },
	{ "encap", 'b', KP, 0 },
	{ "endian-swap", 'b', XDP2, 0 },	/* keys are integers anyway */
	{}
};

const struct member table_members[] = {
	{ "name", 's', BOTH, BOTH },
	{ "ents", 'l', BOTH, BOTH },
	{}
};

const struct member entry_members[] = {
	{ "name", 's', BOTH, 0 },
	{ "key", 'k', BOTH, BOTH },
	{ "node", 's', BOTH, BOTH },
	{ "encap", 'b', KP, 0 },
	{}
};

const struct member metadata_members[] = {
	{ "ents", 'l', BOTH, XDP2 },
	{ "list", 's', KP, 0 },
	{}
};

const struct member metadata_list_members[] = {
	{ "name", 's', KP, KP },
	{ "ents", 'l', KP, 0 },
	{ "list", 'l', KP, 0 },
	{}
};

const struct member extract_members[] = {
	{ "name", 's', BOTH, 0 },
	{ "type", 's', BOTH, BOTH },
	{ "md-off", 'u', BOTH, BOTH },
	{ "struct-off", 'u', XDP2, 0 },
	{ "is-frame", 'b', BOTH, 0 },
	{ "hdr-src-off", 'u', BOTH, 0 },
	{ "length", 'u', BOTH, 0 },
	{ "value", 'v', BOTH, 0 },
	{ "mask", 'h', XDP2, 0 },
	{ "right-shift", 'u', XDP2, 0 },
	{ "endian-swap", 'b', BOTH, 0 },	/* how it lies in memory */
	{ "index", 's', BOTH, 0 },
	{ "counter", 's', BOTH, 0 },
	{}
};

const struct member conds_members[] = {
	{ "name", 's', BOTH, 0 },
	{ "type", 's', BOTH, 0 },
	{ "default-fail", 's', BOTH, 0 },
	{ "ents", 'l', BOTH, 0 },
	{ "list", 's', KP, 0 },
	{}
};

const struct member cond_members[] = {
	{ "name", 's', BOTH, 0 },
	{ "type", 's', BOTH, BOTH },
	{ "field-off", 'u', BOTH, BOTH },
	{ "field-len", 'u', BOTH, BOTH },
	{ "mask", 'h', BOTH, 0 },
	{ "value", 'v', BOTH, BOTH },
	{}
};

const struct member action_members[] = {
	{ "name", 's', BOTH, BOTH },
	{ "type", 's', BOTH, BOTH },
	{ "metadata", 'o', XDP2, 0 },
	{}
};

const struct member tlvs_members[] = {
	{ "tlv-type", 'o', BOTH, BOTH },
	{ "tlv-length", 'o', BOTH, BOTH },
	{ "start-offset", '?', BOTH, 0 },
	{ "data-offset", 'u', KP, 0 },
	{ "min-hdr-length", 'u', KP, 0 },
	{ "pad1", 'u', BOTH, 0 },
	{ "padn", 'u', BOTH, 0 },
	{ "eol", 'u', BOTH, 0 },
	{ "table", 's', KP, 0 },
	{ "ents", 'l', BOTH, 0 },
	{ "wildcard-node", 's', BOTH, 0 },
	{ "default", 's', BOTH, 0 },
	{ "max-tlvs", 'u', BOTH, 0 },
	{ "max-non-padding", 'u', BOTH, 0 },
	{ "max-padding-length", 'u', BOTH, 0 },
	{ "max-consecutive-padding", 'u', BOTH, 0 },
	{ "disp-limit-exceeded", 's', BOTH, 0 },
	{ "loop-count-exceeded-is-err", 'b', BOTH, 0 },
	{}
};

const struct member tlv_type_members[] = {
	{ "field-off", 'u', BOTH, BOTH },
	{ "field-len", 'u', BOTH, BOTH },
	{ "mask", 'h', BOTH, 0 },
	{ "right-shift", 'u', BOTH, 0 },
	{}
};

const struct member tlv_node_members[] = {
	{ "name", 's', BOTH, BOTH },
	{ "min-hdr-length", 'u', KP, 0 },
	{ "max-len", 'u', KP, 0 },
	{ "is-padding", 'b', KP, 0 },	/* of use to limits of padding only */
	{ "overlay-node", 'o', BOTH, 0 },
	{ "metadata", 'o', BOTH, 0 },
	{ "cond-exprs", 'o', BOTH, 0 },
	{ "counter-actions", 'l', BOTH, 0 },
	{ "handler", '?', XDP2, 0 },
	{}
};

const struct member flags_members[] = {
	{ "flags-offset", 'u', BOTH, BOTH },
	{ "flags-length", 'u', BOTH, BOTH },
	{ "flags-mask", 'h', BOTH, 0 },
	{ "flags-reverse-order", 'b', XDP2, XDP2 },
	{ "fields-start-offset", 'o', KP, 0 },
	{ "default", 's', KP, 0 },
	{ "table", 's', KP, 0 },
	{ "ents", 'l', BOTH, 0 },
	{}
};

/* An entry that is a node, too, if it names none */
const struct member flag_members[] = {
	{ "name", 's', BOTH, 0 },
	{ "flag", 'k', BOTH, BOTH },
	{ "field-len", 'u', BOTH, XDP2 },
	{ "mask", 'h', KP, 0 },
	{ "node", 's', KP, 0 },
	{ "min-hdr-length", 'u', KP, 0 },
	{ "metadata", 'o', BOTH, 0 },
	{ "cond-exprs", 'o', BOTH, 0 },
	{ "counter-actions", 'l', BOTH, 0 },
	{ "handler", '?', XDP2, 0 },
	{}
};

const struct member flag_node_members[] = {
	{ "name", 's', KP, KP },
	{ "metadata", 'o', KP, 0 },
	{ "cond-exprs", 'o', KP, 0 },
	{ "counter-actions", 'l', KP, 0 },
	{}
};

const struct member counter_members[] = {
	{ "name", 's', BOTH, BOTH },
	{ "element-size", 'u', BOTH, BOTH },
	{ "num-elements", 'u', BOTH, BOTH },
	{ "reset-at-encap", 'b', KP, 0 },
	{ "error-exceeded", 'b', KP, 0 },
	{ "overwritable", 'b', KP, 0 },
	{ "array-limit", 'u', KP, 0 },
	{}
};

/* ---- which dialect ------------------------------------------------------ */

static const struct member * const all_members[] = {
	root_members, parser_members, node_members, length_members,
	next_members, table_members, entry_members, metadata_members,
	metadata_list_members, extract_members, conds_members, cond_members,
	action_members, tlvs_members, tlv_type_members, tlv_node_members,
	flags_members, flag_members, flag_node_members, counter_members,
};

/* The dialects that have such a member anywhere */
static uint32_t who_has(const char *key)
{
	uint32_t who = 0;

	for (size_t i = 0; i < sizeof(all_members) / sizeof(*all_members); i++)
		for (const struct member *m = all_members[i]; m->name; m++)
			if (!strcmp(m->name, key))
				who |= m->in;
	return who;
}

struct marks {
	char	*xdp2, *kparser;	/* first place of what only it has */
};

static void find_marks(json_t *value, const struct place *at,
		       struct marks *found)
{
	const char *key;
	json_t *item;
	size_t i;

	json_array_foreach(value, i, item)
		find_marks(item, AT_ITEM(at, i), found);
	json_object_foreach(value, key, item) {
		uint32_t who = who_has(key);

		if (who == XDP2 && !found->xdp2)
			found->xdp2 = place_text(AT(at, key));
		if (who == KP && !found->kparser)
			found->kparser = place_text(AT(at, key));
		find_marks(item, AT(at, key), found);
	}
}

/* XDP2 always writes a file_name, so what has no mark of it is kParser's */
enum dialect import_dialect(struct import *im)
{
	enum dialect dialect = DIALECT_KPARSER;
	struct marks found = {};

	find_marks(im->root, AT_TEXT(""), &found);
	if (found.xdp2)
		dialect = DIALECT_XDP2;
	if (found.xdp2 && found.kparser) {
		import_fault(im, AT_TEXT(""),
			     "is it XDP2's or kParser's? Only XDP2 has %s, only kParser has %s; tell by --dialect",
			     found.xdp2, found.kparser);
		dialect = DIALECT_NONE;
	}
	free(found.xdp2);
	free(found.kparser);
	return dialect;
}
