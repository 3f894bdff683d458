// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * From a parser's outputs to struct bpf_flow_keys.
 *
 * Outputs are integers in network order. Here and nowhere else is known which
 * members of the structure are host-endian.
 */
#include "compat.h"
#include "engine.h"

const char *const parse_verdict_names[PARSE_NUM_VERDICTS] = {
	[PARSE_OKAY]		= "okay",
	[PARSE_FAIL]		= "fail",
	[PARSE_TRUNCATED]	= "truncated",
	[PARSE_BAD_LENGTH]	= "bad-length",
	[PARSE_NO_MATCH]	= "no-match",
	[PARSE_LIMIT_NODES]	= "limit-nodes",
	[PARSE_LIMIT_ENCAPS]	= "limit-encaps",
	[PARSE_LIMIT_REPEAT]	= "limit-repeat",
	[PARSE_LIMIT_COUNTER]	= "limit-counter",
	[PARSE_LIMIT_LOOP]	= "limit-loop",
	[PARSE_WINDOW]		= "window",
};

static const struct {
	const char	*name;
	u16		bits;
} parse_keys[PARSE_NUM_KEYS] = {
	[PARSE_KEY_ADDR_PROTO]		= { "addr_proto", 16 },
	[PARSE_KEY_DPORT]		= { "dport", 16 },
	[PARSE_KEY_FLOW_LABEL]		= { "flow_label", 20 },
	[PARSE_KEY_IP_PROTO]		= { "ip_proto", 8 },
	[PARSE_KEY_IPV4_DST]		= { "ipv4_dst", 32 },
	[PARSE_KEY_IPV4_SRC]		= { "ipv4_src", 32 },
	[PARSE_KEY_IPV6_DST]		= { "ipv6_dst", 128 },
	[PARSE_KEY_IPV6_SRC]		= { "ipv6_src", 128 },
	[PARSE_KEY_IS_ENCAP]		= { "is_encap", 1 },
	[PARSE_KEY_IS_FIRST_FRAG]	= { "is_first_frag", 1 },
	[PARSE_KEY_IS_FRAG]		= { "is_frag", 1 },
	[PARSE_KEY_N_PROTO]		= { "n_proto", 16 },
	[PARSE_KEY_NHOFF]		= { "nhoff", 16 },
	[PARSE_KEY_SPORT]		= { "sport", 16 },
	[PARSE_KEY_THOFF]		= { "thoff", 16 },
};

/**
 * parse_key_by_name() - the flow key that an output's name stands for
 * @name: of the output
 *
 * Return: PARSE_KEY_NONE if it is an output of the parser's own.
 */
enum parse_key parse_key_by_name(const char *name)
{
	unsigned int key;

	for (key = PARSE_KEY_NONE + 1; key < PARSE_NUM_KEYS; key++)
		if (!strcmp(parse_keys[key].name, name))
			return key;
	return PARSE_KEY_NONE;
}

/**
 * parse_key_bits() - width of a flow key
 * @key: the key
 *
 * Return: bits, 0 for PARSE_KEY_NONE, whose outputs have a width of their own.
 */
unsigned int parse_key_bits(enum parse_key key)
{
	return key < PARSE_NUM_KEYS ? parse_keys[key].bits : 0;
}

/* Bytes of one output by key; all zero when it is absent */
struct parse_values {
	u8	bytes[PARSE_NUM_KEYS][PARSE_VALUE_BYTES];
};

static u32 value_low(const struct parse_values *values, enum parse_key key)
{
	return get_unaligned_be32(values->bytes[key] + PARSE_VALUE_BYTES - 4);
}

static void value_copy(const struct parse_values *values, enum parse_key key,
		       void *to, size_t size)
{
	memcpy(to, values->bytes[key] + PARSE_VALUE_BYTES - size, size);
}

static void project_addresses(const struct parse_values *values,
			      struct bpf_flow_keys *keys)
{
	switch (keys->addr_proto) {
	case ETH_P_IP:
		value_copy(values, PARSE_KEY_IPV4_SRC, &keys->ipv4_src, 4);
		value_copy(values, PARSE_KEY_IPV4_DST, &keys->ipv4_dst, 4);
		break;
	case ETH_P_IPV6:
		value_copy(values, PARSE_KEY_IPV6_SRC, keys->ipv6_src, 16);
		value_copy(values, PARSE_KEY_IPV6_DST, keys->ipv6_dst, 16);
		break;
	}
}

/**
 * parse_keys_project() - fill the flow keys from a parse
 * @outputs: the parser's outputs
 * @num: how many they are
 * @res: result of the parse
 * @inputs: PARSE_IN_* that it ran with, which become the flags
 * @keys: result; absent outputs are 0, and so are the addresses of the family
 *	  that addr_proto does not name
 */
void parse_keys_project(const struct parse_output *outputs, unsigned int num,
			const struct parse_result *res, __u32 inputs,
			struct bpf_flow_keys *keys)
{
	struct parse_values values = {};
	unsigned int i;

	for (i = 0; i < num; i++)
		if (outputs[i].key != PARSE_KEY_NONE && res->present >> i & 1)
			memcpy(values.bytes[outputs[i].key], res->value[i],
			       PARSE_VALUE_BYTES);

	memset(keys, 0, sizeof(*keys));
	keys->nhoff = value_low(&values, PARSE_KEY_NHOFF);
	keys->thoff = value_low(&values, PARSE_KEY_THOFF);
	keys->addr_proto = value_low(&values, PARSE_KEY_ADDR_PROTO);
	keys->is_frag = value_low(&values, PARSE_KEY_IS_FRAG);
	keys->is_first_frag = value_low(&values, PARSE_KEY_IS_FIRST_FRAG);
	keys->is_encap = value_low(&values, PARSE_KEY_IS_ENCAP);
	keys->ip_proto = value_low(&values, PARSE_KEY_IP_PROTO);
	value_copy(&values, PARSE_KEY_N_PROTO, &keys->n_proto, 2);
	value_copy(&values, PARSE_KEY_SPORT, &keys->sport, 2);
	value_copy(&values, PARSE_KEY_DPORT, &keys->dport, 2);
	project_addresses(&values, keys);
	keys->flags = inputs;
	value_copy(&values, PARSE_KEY_FLOW_LABEL, &keys->flow_label, 4);
}
