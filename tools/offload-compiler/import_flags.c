// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* flag-fields-parse-node: optional fields, one behind the other */
#include <stdlib.h>
#include <string.h>

#include "import.h"

struct flag_ent {		/* one that was read */
	struct bytes	bytes;		/* of the flags, under the mask */
	u128		value;
	uint32_t	size;
};

static bool flags_bytes(struct import *im, json_t *obj, const struct place *at,
			const struct node *node, struct bytes *b)
{
	b->off = member_uint(obj, "flags-offset", 0);
	b->len = member_uint(obj, "flags-length", 0);
	b->shift = 0;
	if (b->len < 1 || b->len > 16) {
		if (json_object_get(obj, "flags-length"))
			import_fault(im, AT(at, "flags-length"),
				     "is %u, but has to be 1 to 16", b->len);
		return false;
	}
	b->mask = ones(8 * b->len);
	member_value(obj, "flags-mask", &b->mask);
	if (b->mask > ones(8 * b->len)) {
		import_fault(im, AT(at, "flags-mask"),
			     "is wider than the flags of %u bits",
			     8 * b->len);
		return false;
	}
	return check_extent(im, at, b->off, b->len, node->min_length);
}

static bool read_flag(struct import *im, json_t *ent, const struct place *at,
		      const struct bytes *flags, struct flag_ent *flag)
{
	u128 mask;

	if (!import_members(im, ent, at, flag_members) ||
	    !member_value(ent, "flag", &flag->value))
		return false;
	if (!member_value(ent, "mask", &mask))
		mask = flag->value;
	flag->bytes = *flags;
	flag->bytes.mask &= mask;
	flag->size = member_uint(ent, "field-len", 2);
	if (flag->size > MAX_MIN_LENGTH) {
		import_fault(im, AT(at, "field-len"), "is %u, but has to be 0 to %u",
			     flag->size, MAX_MIN_LENGTH);
		return false;
	}
	if (member_uint(ent, "min-hdr-length", 0) > flag->size) {
		import_fault(im, AT(at, "min-hdr-length"),
			     "is more than the %u bytes of the field",
			     flag->size);
		return false;
	}
	if (flag->value && !(flag->value & ~flag->bytes.mask))
		return true;
	if (!flag->value && flag->bytes.mask)
		return true;
	import_fault(im, AT(at, "flag"),
		     "0x%llx is never set: the flags' mask and its own leave 0x%llx",
		     (unsigned long long)flag->value,
		     (unsigned long long)flag->bytes.mask);
	return false;
}

/* A run of bits is a field of its own; else some bits of all flags are looked
 * at
 */
static void flag_field(const struct flag_ent *ent, struct node *node,
		       struct flag *flag)
{
	struct bytes b = ent->bytes;
	uint32_t offset, bits;

	while (!(b.mask >> b.shift & 1))
		b.shift++;
	flag->mask = b.mask;
	flag->value = ent->value;
	if (bytes_field(&b, &offset, &bits)) {
		flag->mask = ones(bits);
		flag->value >>= b.shift;
	} else {
		offset = 8 * b.off;
		bits = 8 * b.len;
	}
	flag->field = add_field(&node->fields, &node->num_fields, offset, bits);
}

static bool does_something(json_t *node)
{
	return json_object_get(node, "metadata") ||
	       json_object_get(node, "cond-exprs") ||
	       json_object_get(node, "counter-actions");
}

/* What the field is, if anything is done with it; its place is to be freed */
static json_t *flag_node(struct import *im, json_t *ent, const struct place *at,
			 char **node_at)
{
	const char *name = member_string(ent, "node");
	json_t *node;
	size_t index;

	*node_at = NULL;
	if (!name) {
		if (!member_string(ent, "name") && im->dialect == DIALECT_KPARSER)
			import_fault(im, at, "needs a node or a name");
		*node_at = place_text(at);
		return does_something(ent) ? ent : NULL;
	}
	if (does_something(ent))
		import_fault(im, at, "names a node and is one, too");
	node = need_item(im, AT(at, "node"), "flag-fields-nodes", name, &index);
	if (!node)
		return NULL;
	*node_at = place_text(AT_ROOT("flag-fields-nodes", index));
	import_members(im, node, AT_TEXT(*node_at), flag_node_members);
	return does_something(node) ? node : NULL;
}

static void add_flag(struct import *im, json_t *ent, const struct place *at,
		     const struct flag_ent *from, struct node *node,
		     struct part *part)
{
	struct item item = { .type = ITEM_FLAG, .context = from->size };
	struct flag flag = { .skip = true, .size = from->size };
	const char *name;
	char *node_at;

	item.obj = flag_node(im, ent, at, &node_at);
	if (item.obj) {
		name = member_string(item.obj, "name");
		flag.skip = false;
		flag.size = 0;
		flag.node = intern_node(im, &item, AT_TEXT(node_at),
					name ? name : node->name,
					name ? "" : "_flag");
	}
	free(node_at);
	if (flag.skip && !flag.size)
		return;
	flag_field(from, node, &flag);
	part->flags = xrealloc(part->flags,
			       (part->num_flags + 1) * sizeof(*part->flags));
	part->flags[part->num_flags++] = flag;
}

/* XDP2 says how it has sorted them; the packet's order is that of the list */
static void check_flag_order(struct import *im, json_t *obj,
			     const struct place *at, u128 before, u128 value)
{
	bool falling = member_bool(obj, "flags-reverse-order", false);

	if (json_object_get(obj, "flags-reverse-order") && before &&
	    (falling ? value >= before : value <= before))
		import_fault(im, at,
			     "0x%llx stands behind 0x%llx, but flags-reverse-order is %s: is the list in the order of the packet?",
			     (unsigned long long)value,
			     (unsigned long long)before,
			     falling ? "true" : "false");
}

static void check_flags(struct import *im, json_t *obj, const struct place *at)
{
	const char *word = member_string(obj, "default");

	if (word && strcmp(word, "continue"))
		import_fault(im, AT(at, "default"),
			     "\"%s\" is not possible: flags without a field are passed over, as continue says",
			     word);
}

void import_flags(struct import *im, json_t *obj, const struct place *at,
		  struct node *node)
{
	json_t *start = member_object(obj, "fields-start-offset"), *list, *ent;
	struct part *part;
	struct bytes flags;
	const char *table;
	char *list_at;
	u128 before = 0, known = 0;
	size_t i;

	if (!import_members(im, obj, at, flags_members) ||
	    !flags_bytes(im, obj, at, node, &flags))
		return;
	check_flags(im, obj, at);
	if (start)
		skip_to_start(im, start, AT(at, "fields-start-offset"), node);
	part = add_part(node, PART_FLAGS);
	list = import_entries(im, obj, at, "flag-fields-tables", &list_at, &table);
	if (!list && !table)
		import_fault(im, at, "needs either table or ents");
	json_array_foreach(list, i, ent) {
		const struct place *where = AT_ITEM(AT_TEXT(list_at), i);
		struct flag_ent flag;

		if (!read_flag(im, ent, where, &flags, &flag))
			continue;
		check_flag_order(im, obj, AT(where, "flag"), before, flag.value);
		before = flag.value;
		known |= flag.bytes.mask;
		refuse_handler(im, ent, where);
		add_flag(im, ent, where, &flag, node, part);
	}
	if (json_object_get(obj, "flags-mask") && flags.mask & ~known)
		import_warning(im, AT(at, "flags-mask"),
			       "has 0x%llx, which no entry tells the field of",
			       (unsigned long long)(flags.mask & ~known));
	free(list_at);
}

/* A bit that is set is so many bytes, or one that is not */
static void add_flag_term(struct node *node, const struct flag *flag,
			  int32_t size)
{
	struct length *length = &node->length;

	length->add += flag->value ? 0 : size;
	length->terms = xrealloc(length->terms, (length->num_terms + 1) *
						sizeof(*length->terms));
	length->terms[length->num_terms++] = (struct term){
		.field = flag->field, .times = flag->value ? size : -size,
	};
}

/* The fields that are there make the header longer */
void import_flags_length(struct import *im, json_t *obj, const struct place *at,
			 struct node *node)
{
	json_t *flags = member_object(obj, "flag-fields-parse-node"), *list, *ent;
	struct bytes bytes;
	const char *table;
	char *list_at;
	size_t i;

	at = AT(at, "flag-fields-parse-node");
	if (!flags_bytes(im, flags, at, node, &bytes))
		return;
	list = import_entries(im, flags, at, "flag-fields-tables", &list_at,
			      &table);
	json_array_foreach(list, i, ent) {
		const struct place *where = AT_ITEM(AT_TEXT(list_at), i);
		struct flag_ent from;
		struct flag flag;

		if (!read_flag(im, ent, where, &bytes, &from) || !from.size)
			continue;
		flag_field(&from, node, &flag);
		if (node->fields[flag.field].bits != 1) {
			import_fault(im, AT(where, "flag"),
				     "is more than one bit: it cannot be part of a length, which is a sum of fields");
			continue;
		}
		add_flag_term(node, &flag, from.size);
	}
	free(list_at);
}

void import_flag_element(struct import *im, const struct item *item,
			 struct node *node)
{
	const struct place *at = AT_TEXT(item->at);

	node->min_length = item->context;
	node->length.add = item->context;
	import_conds(im, item->obj, at, node);
	import_metadata(im, item->obj, at, node, true);
}
