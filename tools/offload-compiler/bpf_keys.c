// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Outputs: their values, and how they get into struct bpf_flow_keys. */
#include <stdlib.h>

#include "bpf.h"

static const char *const members[PARSE_NUM_KEYS] = {
	[PARSE_KEY_ADDR_PROTO]		= "keys->addr_proto = (u16)(%s);\n",
	[PARSE_KEY_DPORT]		= "keys->dport = HTON16(%s);\n",
	[PARSE_KEY_FLOW_LABEL]		= "keys->flow_label = HTON32(%s);\n",
	[PARSE_KEY_IP_PROTO]		= "keys->ip_proto = (u8)(%s);\n",
	[PARSE_KEY_IPV4_DST]		= "keys->ipv4_dst = HTON32(%s);\n",
	[PARSE_KEY_IPV4_SRC]		= "keys->ipv4_src = HTON32(%s);\n",
	[PARSE_KEY_IPV6_DST]		= "PUT_IPV6(keys->ipv6_dst, %s);\n",
	[PARSE_KEY_IPV6_SRC]		= "PUT_IPV6(keys->ipv6_src, %s);\n",
	[PARSE_KEY_IS_ENCAP]		= "keys->is_encap = (u8)(%s);\n",
	[PARSE_KEY_IS_FIRST_FRAG]	= "keys->is_first_frag = (u8)(%s);\n",
	[PARSE_KEY_IS_FRAG]		= "keys->is_frag = (u8)(%s);\n",
	[PARSE_KEY_N_PROTO]		= "keys->n_proto = HTON16(%s);\n",
	[PARSE_KEY_NHOFF]		= "keys->nhoff = (u16)(%s);\n",
	[PARSE_KEY_SPORT]		= "keys->sport = HTON16(%s);\n",
	[PARSE_KEY_THOFF]		= "keys->thoff = (u16)(%s);\n",
};

/* The kernel clamps nhoff and thoff to the frame, but not the other keys */
bool bpf_must_clamp(const struct parser *parser, const struct extract *extract)
{
	uint16_t key = parser->outputs[extract->output].key;

	return extract->type == EXTRACT_END && key && key != PARSE_KEY_NHOFF &&
	       key != PARSE_KEY_THOFF;
}

/* The frame's offset of what is at @expr */
static char *offset(const struct bpf_gen *gen, const char *expr)
{
	return xasprintf("(%s%s)", expr, gen->rebased ? " + origin" : "");
}

static char *start(const struct bpf_gen *gen, const struct extract *extract)
{
	char *expr, *place;

	if (!gen->at)
		return extract->value ?
		       xasprintf("CLAMP(off + %u)", (uint32_t)extract->value) :
		       xstrdup("off");
	expr = xasprintf("off + %u", (uint32_t)extract->value);
	place = offset(gen, expr);
	free(expr);
	return place;
}

/* The program itself is left before an end that is behind the frame's; of those
 * keys that the kernel does not clamp as well
 */
static char *end(const struct bpf_gen *gen, const struct node *node,
		 const struct extract *extract)
{
	char *expr, *place;

	if (!gen->at)
		return xasprintf("%s(off + len)", !gen->outputs &&
				 bpf_must_clamp(gen->parser, extract) ?
				 "CLAMP_FRAME" : "CLAMP");
	place = offset(gen, "off + len");
	if (bpf_quick_end_fits(node))
		return place;
	expr = xasprintf("AT_MOST(%s, 65535)", place);
	free(place);
	return expr;
}

static char *counter(const struct bpf_gen *gen, uint32_t counter)
{
	char name[NETPROG_NAME_LEN + 16];

	snprintf(name, sizeof(name), "counter_%s",
		 gen->parser->counters[counter].name);
	return bpf_count(gen, gen->counter_slot[counter], name);
}

static char *value(const struct bpf_gen *gen, const struct node *node,
		   const struct extract *extract)
{
	switch (extract->type) {
	case EXTRACT_FIELD:
		return bpf_field(node->min_length,
				 &node->fields[extract->field]);
	case EXTRACT_CONST:
		return bpf_constant(extract->value);
	case EXTRACT_START:
		return start(gen, extract);
	case EXTRACT_END:
		return end(gen, node, extract);
	case EXTRACT_LENGTH:
		return xstrdup("AT_MOST(len, 65535)");
	case EXTRACT_COUNTER:
		return counter(gen, extract->counter);
	case EXTRACT_NODES:
		return bpf_count(gen, SLOT_NODES, "nodes");
	case EXTRACT_ENCAPS:
		return bpf_count(gen, SLOT_ENCAPS, "encaps");
	}
	abort();
}

static void put_key(struct bpf_gen *gen, uint32_t step, enum parse_key key,
		    const char *expr)
{
	buffer_printf(gen->c, "\t");
	buffer_printf(gen->c, members[key], expr);
	if (key == PARSE_KEY_IPV4_SRC && gen->after_ipv6[step])
		buffer_printf(gen->c, "\tCLEAR_IPV6();\n");
}

void bpf_extract(struct bpf_gen *gen, uint32_t step,
		 const struct extract *extract)
{
	enum parse_key key = gen->parser->outputs[extract->output].key;
	const struct node *node =
		&gen->parser->nodes[gen->low->steps[step].node];
	char *expr;

	if (!gen->outputs && key == PARSE_KEY_NONE)
		return;
	expr = value(gen, node, extract);
	if (gen->outputs)
		bpf_put_output(gen, extract, expr);
	else
		put_key(gen, step, key, expr);
	free(expr);
}

/* Of the flow dissector: what neither ends a parse nor gets into a flow key
 * does not
 */
bool bpf_counter_matters(const struct bpf_gen *gen, uint32_t counter)
{
	const struct parser *parser = gen->parser;
	uint32_t i, k;

	if (gen->outputs || !parser->counters[counter].saturate)
		return true;
	for (i = 0; i < parser->num_nodes; i++) {
		const struct node *node = &parser->nodes[i];

		for (k = 0; k < node->num_extracts; k++)
			if (node->extracts[k].type == EXTRACT_COUNTER &&
			    node->extracts[k].counter == counter &&
			    parser->outputs[node->extracts[k].output].key)
				return true;
	}
	return false;
}

static int address_family(enum parse_key key)
{
	switch (key) {
	case PARSE_KEY_IPV4_SRC:
	case PARSE_KEY_IPV4_DST:
		return 4;
	case PARSE_KEY_IPV6_SRC:
	case PARSE_KEY_IPV6_DST:
		return 6;
	default:
		return 0;
	}
}

/*
 * struct bpf_flow_keys holds the addresses of one family. Which one must be
 * known where they are written: a node sets both and addr_proto, or none.
 */
bool bpf_addresses_check(const struct parser *parser, const struct node *node)
{
	unsigned int addresses = 0, v4 = 0, proto = 0;
	uint32_t i;

	for (i = 0; i < node->num_extracts; i++) {
		const struct extract *extract = &node->extracts[i];
		enum parse_key key = parser->outputs[extract->output].key;

		if (address_family(key)) {
			addresses++;
			v4 += address_family(key) == 4;
		} else if (key == PARSE_KEY_ADDR_PROTO &&
			   extract->type == EXTRACT_CONST) {
			proto = extract->value;
		}
	}
	if (!addresses && !proto)
		return true;
	if (addresses == 2 && ((v4 == 2 && proto == 0x0800) ||
			       (!v4 && proto == 0x86dd)))
		return true;
	diag_error(node->file, node->line, node->name,
		   "node \"%s\" must set source and destination address of one family and CONST(addr_proto, 0x0800) or CONST(addr_proto, 0x86dd) together",
		   node->name);
	return false;
}
