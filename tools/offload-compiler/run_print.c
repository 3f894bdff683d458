// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The result of one packet, for people and as JSON */
#include <arpa/inet.h>
#include <string.h>

#include <linux/bpf.h>

#include "cpr.h"
#include "run.h"

static bool is_address(enum parse_key key)
{
	return key == PARSE_KEY_IPV4_SRC || key == PARSE_KEY_IPV4_DST ||
	       key == PARSE_KEY_IPV6_SRC || key == PARSE_KEY_IPV6_DST;
}

void output_text(const struct parse_output *output,
		 const uint8_t value[PARSE_VALUE_BYTES],
		 char text[OUTPUT_TEXT_SIZE])
{
	size_t size = OUTPUT_TEXT_SIZE;
	int family = output->bits == 128 ? AF_INET6 : AF_INET;
	uint32_t bytes = (output->bits + 7) / 8, i, at;
	uint64_t number = 0;

	if (is_address(output->key)) {
		inet_ntop(family, value + PARSE_VALUE_BYTES - bytes, text, size);
		return;
	}
	if (output->key != PARSE_KEY_NONE &&
	    output->key != PARSE_KEY_ADDR_PROTO &&
	    output->key != PARSE_KEY_N_PROTO &&
	    output->key != PARSE_KEY_FLOW_LABEL) {
		for (i = PARSE_VALUE_BYTES - bytes; i < PARSE_VALUE_BYTES; i++)
			number = number << 8 | value[i];
		snprintf(text, size, "%llu", (unsigned long long)number);
		return;
	}
	at = snprintf(text, size, "0x");
	for (i = PARSE_VALUE_BYTES - bytes; i < PARSE_VALUE_BYTES; i++)
		at += snprintf(text + at, size - at, "%02x", value[i]);
}

/* Outputs in the parser's order; addresses of a family that is not the final
 * one are those of an outer header: they are outputs, but no flow keys.
 */
void print_result(uint32_t number, const struct parser *parser,
		  const struct parse_result *res, uint32_t inputs)
{
	char text[OUTPUT_TEXT_SIZE];
	uint32_t i;

	(void)inputs;
	printf("%5u  %-12s nodes=%u encaps=%u", number,
	       parse_verdict_names[res->verdict], res->nodes, res->encaps);
	for (i = 0; i < parser->num_outputs; i++) {
		if (!(res->present >> i & 1))
			continue;
		output_text(&parser->outputs[i], res->value[i], text);
		printf(" %s=%s", parser->outputs[i].name, text);
	}
	putchar('\n');
}

static void print_keys_json(const struct bpf_flow_keys *keys)
{
	char src[INET6_ADDRSTRLEN] = "", dst[INET6_ADDRSTRLEN] = "";
	int family = keys->addr_proto == 0x0800 ? AF_INET : AF_INET6;

	if (keys->addr_proto) {
		inet_ntop(family, keys->ipv6_src, src, sizeof(src));
		inet_ntop(family, family == AF_INET ? &keys->ipv4_dst :
			  keys->ipv6_dst, dst, sizeof(dst));
	}
	printf("\"keys\": {\"nhoff\": %u, \"thoff\": %u, \"addr_proto\": %u, "
	       "\"is_frag\": %u, \"is_first_frag\": %u, \"is_encap\": %u, "
	       "\"ip_proto\": %u, \"n_proto\": %u, \"sport\": %u, \"dport\": %u, "
	       "\"src\": \"%s\", \"dst\": \"%s\", \"flags\": %u, \"flow_label\": %u}",
	       keys->nhoff, keys->thoff, keys->addr_proto, keys->is_frag,
	       keys->is_first_frag, keys->is_encap, keys->ip_proto,
	       ntohs(keys->n_proto), ntohs(keys->sport), ntohs(keys->dport),
	       src, dst, keys->flags, ntohl(keys->flow_label));
}

void print_result_json(uint32_t number, const struct parser *parser,
		       const struct parse_result *res, uint32_t inputs)
{
	char text[OUTPUT_TEXT_SIZE];
	struct bpf_flow_keys keys;
	const char *comma = "";
	uint32_t i;

	parse_keys_project(parser->outputs, parser->num_outputs, res, inputs,
			   &keys);
	printf("\"packet\": %u, \"verdict\": \"%s\", \"nodes\": %u, \"encaps\": %u, ",
	       number, parse_verdict_names[res->verdict], res->nodes,
	       res->encaps);
	print_keys_json(&keys);
	printf(", \"outputs\": {");
	for (i = 0; i < parser->num_outputs; i++) {
		if (!(res->present >> i & 1))
			continue;
		output_text(&parser->outputs[i], res->value[i], text);
		printf("%s\"%s\": \"%s\"", comma, parser->outputs[i].name, text);
		comma = ", ";
	}
	putchar('}');
}
