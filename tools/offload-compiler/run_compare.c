// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Whether two bodies made the same of a packet, and where not */
#include <arpa/inet.h>
#include <string.h>

#include <linux/bpf.h>

#include "bpf.h"
#include "cpr.h"
#include "run.h"

bool root_is_ethernet(const struct parser *parser)
{
	const struct node *root = &parser->nodes[parser->root];
	const struct operand *key = root->next.key;

	return root->min_length == 14 && root->length.add == 14 &&
	       root->next.num_key == 1 && key->type == OPERAND_FIELD &&
	       root->fields[key->index].offset == 96 &&
	       root->fields[key->index].bits == 16;
}

static uint16_t clamp(uint32_t value, uint32_t low, uint32_t high)
{
	return value < low ? low : value > high ? high : value;
}

static bool has_key(const struct parser *parser, const struct parse_result *res,
		    enum parse_key key)
{
	uint32_t i;

	for (i = 0; i < parser->num_outputs; i++)
		if (parser->outputs[i].key == key && res->present >> i & 1)
			return true;
	return false;
}

static uint16_t n_proto(const struct parser *parser, const struct frame *frame)
{
	const struct node *root = &parser->nodes[parser->root];
	uint32_t at = root->fields[root->next.key->index].offset;
	const uint8_t *data = frame->data + at / 8;
	uint32_t bits = data[0] << 16 | data[1] << 8 | (at % 8 ? data[2] : 0);

	return htons(bits >> (8 - at % 8));
}

/* Frames that are not as long as the root have none */
void flow_keys_start(const struct parser *parser, const struct frame *frame,
		     uint32_t inputs, struct bpf_flow_keys *keys)
{
	memset(keys, 0, sizeof(*keys));
	keys->n_proto = n_proto(parser, frame);
	keys->nhoff = parser->nodes[parser->root].length.add;
	keys->thoff = keys->nhoff;
	keys->flags = inputs;
}

void flow_keys_end(const struct parser *parser, const struct frame *frame,
		   struct bpf_flow_keys *keys)
{
	uint32_t nhoff = parser->nodes[parser->root].length.add;

	keys->nhoff = clamp(keys->nhoff, nhoff, frame->len);
	keys->thoff = clamp(keys->thoff, keys->nhoff, frame->len);
}

static void expected_keys(const struct parser *parser,
			  const struct frame *frame,
			  const struct parse_result *res, uint32_t inputs,
			  struct bpf_flow_keys *keys)
{
	parse_keys_project(parser->outputs, parser->num_outputs, res, inputs,
			   keys);
	if (!has_key(parser, res, PARSE_KEY_N_PROTO))
		keys->n_proto = n_proto(parser, frame);
	flow_keys_end(parser, frame, keys);
}

static void print_value(FILE *out, const struct parse_result *res, uint32_t i,
			uint32_t bits)
{
	uint32_t k;

	if (!(res->present >> i & 1)) {
		fputs("absent", out);
		return;
	}
	for (k = PARSE_VALUE_BYTES - (bits + 7) / 8; k < PARSE_VALUE_BYTES; k++)
		fprintf(out, "%02x", res->value[i][k]);
}

static bool output_equal(const struct parse_result *a,
			 const struct parse_result *b, uint32_t i)
{
	if ((a->present ^ b->present) >> i & 1)
		return false;
	return !(a->present >> i & 1) ||
	       !memcmp(a->value[i], b->value[i], PARSE_VALUE_BYTES);
}

static const char *verdict_name(uint32_t verdict)
{
	return verdict < PARSE_NUM_VERDICTS ? parse_verdict_names[verdict] : "none";
}

bool results_equal(const struct parser *parser, const char *name_a,
		   const struct parse_result *a, const char *name_b,
		   const struct parse_result *b, FILE *out)
{
	bool equal = a->verdict == b->verdict && a->nodes == b->nodes &&
		     a->encaps == b->encaps;
	uint32_t i;

	if (!equal && out)
		fprintf(out, "  %s: %s, %u nodes, %u encapsulations; %s: %s, %u nodes, %u encapsulations\n",
			name_a, verdict_name(a->verdict), a->nodes, a->encaps,
			name_b, verdict_name(b->verdict), b->nodes, b->encaps);
	for (i = 0; i < parser->num_outputs; i++) {
		if (output_equal(a, b, i))
			continue;
		equal = false;
		if (!out)
			break;
		fprintf(out, "  output %s: %s ", parser->outputs[i].name, name_a);
		print_value(out, a, i, parser->outputs[i].bits);
		fprintf(out, ", %s ", name_b);
		print_value(out, b, i, parser->outputs[i].bits);
		fputc('\n', out);
	}
	return equal;
}

#define KEY(member) { #member, offsetof(struct bpf_flow_keys, member), \
		      sizeof(((struct bpf_flow_keys *)0)->member) }

static const struct {
	const char	*name;
	size_t		offset, size;
} key_members[] = {
	KEY(nhoff), KEY(thoff), KEY(addr_proto), KEY(is_frag),
	KEY(is_first_frag), KEY(is_encap), KEY(ip_proto), KEY(n_proto),
	KEY(sport), KEY(dport), KEY(ipv6_src), KEY(ipv6_dst), KEY(flags),
	KEY(flow_label),
};

static void print_bytes(FILE *out, const uint8_t *data, size_t size)
{
	while (size--)
		fprintf(out, "%02x", *data++);
}

static bool keys_equal(const struct bpf_flow_keys *want,
		       const struct bpf_flow_keys *is, FILE *out)
{
	const uint8_t *a = (const uint8_t *)want, *b = (const uint8_t *)is;
	size_t i;

	if (!memcmp(want, is, sizeof(*want)))
		return true;
	for (i = 0; out && i < sizeof(key_members) / sizeof(key_members[0]); i++) {
		size_t at = key_members[i].offset, size = key_members[i].size;

		if (!memcmp(a + at, b + at, size))
			continue;
		fprintf(out, "  flow key %s: reference ", key_members[i].name);
		print_bytes(out, a + at, size);
		fputs(", bpf ", out);
		print_bytes(out, b + at, size);
		fputc('\n', out);
	}
	return false;
}

bool flow_result_equal(const struct parser *parser, const struct frame *frame,
		       uint32_t inputs, const struct parse_result *ref,
		       const struct bpf_flow_keys *keys, int ret, FILE *out)
{
	int expected = bpf_flow_return(ref->verdict);
	struct bpf_flow_keys want;

	if (ret != expected && out)
		fprintf(out, "  the flow dissector returns %d, but should %d\n",
			ret, expected);
	expected_keys(parser, frame, ref, inputs, &want);
	return keys_equal(&want, keys, out) && ret == expected;
}

bool flow_equal(const struct parser *parser, struct bpf_body *body,
		const struct frame *frame, uint32_t inputs,
		const struct parse_result *ref, FILE *out)
{
	struct bpf_flow_keys keys;
	int ret;

	return bpf_body_flow(body, frame, inputs, &keys, &ret) &&
	       flow_result_equal(parser, frame, inputs, ref, &keys, ret, out);
}

bool bpf_equal(const struct parser *parser, struct bpf_body *body,
	       const struct frame *frame, uint32_t inputs,
	       const struct parse_result *ref, FILE *out)
{
	const struct parse_result *res = bpf_body_outputs(body, frame, inputs);
	bool equal;

	if (!res)
		return false;
	equal = results_equal(parser, "reference", ref, "bpf", res, out);
	return (!root_is_ethernet(parser) ||
		flow_equal(parser, body, frame, inputs, ref, out)) && equal;
}

void print_frame(FILE *out, const struct frame *frame)
{
	uint32_t i;

	for (i = 0; i < frame->len; i++) {
		if (!(i % 16))
			fprintf(out, "%s  %04x ", i ? "\n" : "", i);
		fprintf(out, " %02x", frame->data[i]);
	}
	fputc('\n', out);
}
