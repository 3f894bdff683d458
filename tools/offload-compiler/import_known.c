// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What assigned numbers tell about a document: keys in the wrong byte order,
 * headers whose length is missing, addresses that are cut. None of it makes a
 * parser; all of it is told.
 */
#include <string.h>

#include "import.h"

static const struct { uint32_t len, key; const char *what; } numbers[] = {
	{ 2, 0x0800, "IPv4" },
	{ 2, 0x0806, "ARP" },
	{ 2, 0x6558, "Ethernet" },
	{ 2, 0x8100, "a VLAN" },
	{ 2, 0x86dd, "IPv6" },
	{ 2, 0x8847, "MPLS" },
	{ 2, 0x8848, "MPLS" },
	{ 2, 0x8863, "PPPoE" },
	{ 2, 0x8864, "PPPoE" },
	{ 2, 0x88a8, "a VLAN" },
	{ 2, 0x88ca, "TIPC" },
	{ 2, 2152, "GTP-U" },
	{ 2, 4789, "VXLAN" },
	{ 2, 4790, "VXLAN-GPE" },
	{ 2, 6081, "Geneve" },
};

const char *known_swapped(u128 key, uint32_t len)
{
	const char *what = NULL;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (numbers[i].len != len)
			continue;
		if (numbers[i].key == key)
			return NULL;
		if (numbers[i].key == swap_bytes(key, len))
			what = numbers[i].what;
	}
	return what;
}

/* Headers that never have a fixed length. A node is one if it is reached by
 * the key and reads its next header where that has it.
 */
static const struct variable {
	uint32_t	len, key;	/* of the lookup that leads there */
	uint32_t	next_off, next_len, max_min;
	const char	*what, *right;
} variables[] = {
	{ 1, 0, 0, 1, 8, "IPv6 hop-by-hop options",
	  "field-off 1, field-len 1, multiplier 8, add 8" },
	{ 1, 43, 0, 1, 8, "an IPv6 routing header",
	  "field-off 1, field-len 1, multiplier 8, add 8" },
	{ 1, 51, 0, 1, 12, "an authentication header",
	  "field-off 1, field-len 1, multiplier 4, add 8" },
	{ 1, 60, 0, 1, 8, "IPv6 destination options",
	  "field-off 1, field-len 1, multiplier 8, add 8" },
	{ 1, 135, 0, 1, 8, "an IPv6 mobility header",
	  "field-off 1, field-len 1, multiplier 8, add 8" },
	{ 2, 6081, 2, 2, 8, "Geneve",
	  "field-off 0, field-len 1, mask 0x3f, multiplier 4, add 8" },
};

static const struct variable *find_variable(json_t *node, u128 key,
					    uint32_t len)
{
	json_t *next = member_object(node, "next-proto");
	const struct variable *v = variables;

	for (size_t i = 0; i < sizeof(variables) / sizeof(*v); i++, v++)
		if (v->len == len && v->key == key && next &&
		    member_uint(next, "field-off", 0) == v->next_off &&
		    member_uint(next, "field-len", 0) == v->next_len &&
		    member_uint(node, "min-hdr-length", 0) <= v->max_min)
			return v;
	return NULL;
}

/* All of them count from 0, so XDP2, which leaves out what is added, is wrong */
static void check_variable(struct import *im, json_t *node,
			   const struct place *at, u128 key, uint32_t len)
{
	const struct variable *v = find_variable(node, key, len);
	json_t *length = json_object_get(node, "hdr-length");

	if (!v || member_bool(node, "overlay", false))
		return;
	at = AT(at, "hdr-length");
	if (!length)
		import_fault(im, at,
			     "is missing: key %u leads here, so this is %s, of variable length; right would be %s",
			     v->key, v->what, v->right);
	else if (!json_object_get(length, "add"))
		import_fault(im, AT(at, "add"),
			     "is missing: key %u leads here, so this is %s, which is longer than that; right would be %s",
			     v->key, v->what, v->right);
}

static const struct {
	uint32_t	key, off, len;
	const char	*what;
} addresses[] = {
	{ 0x0800, 12, 4, "IPv4 source" },
	{ 0x0800, 16, 4, "IPv4 destination" },
	{ 0x86dd, 8, 16, "IPv6 source" },
	{ 0x86dd, 24, 16, "IPv6 destination" },
};

static void check_address(struct import *im, json_t *ent,
			  const struct place *at, uint32_t key)
{
	const char *type = member_string(ent, "type");
	uint32_t off = member_uint(ent, "hdr-src-off", 0);
	uint32_t len = member_uint(ent, "length", 2);

	if (!type || strcmp(type, "extract"))
		return;
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		if (addresses[i].key == key && addresses[i].off == off &&
		    len < addresses[i].len)
			import_warning(im, AT(at, "length"),
				       "takes %u bytes of the %s address, which has %u",
				       len, addresses[i].what,
				       addresses[i].len);
}

/* @node is reached by @key; a swapped key has its fault already */
void check_known(struct import *im, json_t *node, const struct place *at,
		 u128 key, uint32_t len)
{
	json_t *list = member_list(member_object(node, "metadata"), "ents"), *ent;
	size_t i;

	if (known_swapped(key, len))
		key = swap_bytes(key, len);
	check_variable(im, node, at, key, len);
	if (len == 2 && !member_bool(node, "overlay", false))
		json_array_foreach(list, i, ent)
			check_address(im, ent, AT_ITEM(AT(AT(at, "metadata"),
						       "ents"), i), key);
}
