// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * One packet through an eBPF body, in ways that a kernel may hand it over, and
 * whether the reference makes the same of it.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/pkt_cls.h>

#include "validate_run.h"

struct validate {
	const struct parser	*parser;
	const struct code	*code;
	struct machine		*machine;
	FILE			*text;		/* differences */
	void			*out;		/* struct parse_NAME */
	uint32_t		out_size;
	uint32_t		num_packets;
	/* A parser whose root is longer, for packets at the end of the longest
	 * frame
	 */
	struct parser		far;
	struct node		*far_nodes;
	struct field		*far_fields;
	uint8_t			*far_frame;
};

/* ---- one run --------------------------------------------------------------------- */

static bool flow_run(struct validate *v, const struct parser *parser,
		     const struct frame *frame, uint32_t linear,
		     uint32_t inputs, const struct parse_result *ref)
{
	struct bpf_flow_keys keys;
	struct code_packet packet = { .frame = frame, .linear = linear,
				      .keys = &keys };
	const char *wrong;
	int ret;

	flow_keys_start(parser, frame, inputs, &keys);
	wrong = machine_run(v->machine, &packet, &ret);
	if (wrong) {
		fprintf(v->text, "  %s\n", wrong);
		return false;
	}
	flow_keys_end(parser, frame, &keys);
	return flow_result_equal(parser, frame, inputs, ref, &keys, ret,
				 v->text);
}

/* All outputs; the program lets each packet pass */
static bool outputs_run(struct validate *v, const struct frame *frame,
			uint32_t linear, const struct packet *p)
{
	struct code_packet packet = { .frame = frame, .linear = linear,
				      .out = v->out, .out_size = v->out_size,
				      .inputs = p->inputs };
	int pass = v->code->prog == BPF_PROG_XDP ? XDP_PASS : TC_ACT_UNSPEC;
	struct parse_result res;
	const char *wrong;
	int ret;

	/* A program that does nothing is not to pass for one that agrees */
	memset(v->out, 0xa5, v->out_size);
	wrong = machine_run(v->machine, &packet, &ret);
	if (!wrong && ret != pass)
		wrong = "it does not let the packet pass";
	if (wrong) {
		fprintf(v->text, "  %s\n", wrong);
		return false;
	}
	bpf_outputs_read(v->parser, v->out, &res);
	return results_equal(v->parser, "reference", &p->result, "bpf", &res,
			     v->text);
}

/* ---- one packet -------------------------------------------------------------------- */

/* All bytes can be read where they are, or none, or some of them */
static bool run_linear(struct validate *v, const struct packet *packet)
{
	const struct frame frame = { packet->data, packet->len };
	const uint32_t linear[] = { frame.len, 0,
				    frame.len * (v->num_packets % 8 + 1) / 9 };

	for (uint32_t i = 0; i < 3; i++)
		if (v->code->prog == BPF_PROG_FLOW ?
		    !flow_run(v, v->parser, &frame, linear[i], packet->inputs,
			      &packet->result) :
		    !outputs_run(v, &frame, linear[i], packet))
			return false;
	return true;
}

/* A flow dissector starts behind the root, anywhere: here so that the frame
 * ends where offsets do. To the reference all before it is the root.
 */
static bool run_far(struct validate *v, const struct packet *packet)
{
	const struct node *root = &v->parser->nodes[v->parser->root];
	struct node *far = &v->far_nodes[v->parser->root];
	uint32_t shift = RUN_MAX_FRAME - packet->len;
	struct frame frame = { v->far_frame, RUN_MAX_FRAME };
	struct parse_result res;

	memcpy(v->far_frame + shift, packet->data, packet->len);
	far->min_length = root->min_length + shift;
	far->length.add = root->length.add + shift;
	for (uint32_t i = 0; i < root->num_fields; i++)
		v->far_fields[i].offset = root->fields[i].offset + 8 * shift;
	reference_run(&v->far, frame.data, frame.len, packet->inputs, &res);
	return flow_run(v, &v->far, &frame, shift % 2 ? 0 : frame.len,
			packet->inputs, &res);
}

/**
 * validate_packet() - one packet, in the interpreter
 * @v: of the body
 * @packet: with what the reference makes of it
 * @out: where it says what differs
 *
 * Return: whether all is the same.
 */
bool validate_packet(struct validate *v, const struct packet *packet, FILE *out)
{
	const struct node *root = &v->parser->nodes[v->parser->root];

	if (v->code->prog == BPF_PROG_FLOW &&
	    (int64_t)packet->len < root->length.add)
		return true;
	v->text = out;
	v->num_packets++;
	return run_linear(v, packet) &&
	       (v->code->prog != BPF_PROG_FLOW || run_far(v, packet));
}

static void make_far(struct validate *v)
{
	const struct node *root = &v->parser->nodes[v->parser->root];

	v->far_nodes = xcalloc(v->parser->num_nodes, sizeof(*v->far_nodes));
	memcpy(v->far_nodes, v->parser->nodes,
	       v->parser->num_nodes * sizeof(*v->far_nodes));
	v->far_fields = xcalloc(root->num_fields, sizeof(*v->far_fields));
	memcpy(v->far_fields, root->fields,
	       root->num_fields * sizeof(*v->far_fields));
	v->far_nodes[v->parser->root].fields = v->far_fields;
	v->far = *v->parser;
	v->far.nodes = v->far_nodes;
	v->far_frame = xcalloc(1, RUN_MAX_FRAME);
	memset(v->far_frame, 0xa5, RUN_MAX_FRAME);
}

struct validate *validate_open(const struct parser *parser,
			       const struct code *code)
{
	struct validate *v = xcalloc(1, sizeof(*v));

	v->parser = parser;
	v->code = code;
	v->machine = machine_make(code);
	free(bpf_outputs(parser, &v->out_size));
	v->out = xcalloc(1, v->out_size);
	make_far(v);
	return v;
}

void validate_close(struct validate *v)
{
	if (!v)
		return;
	machine_free(v->machine);
	free(v->out);
	free(v->far_nodes);
	free(v->far_fields);
	free(v->far_frame);
	free(v);
}

uint32_t validate_num_packets(const struct validate *v)
{
	return v->num_packets;
}

bool *validate_marks(struct validate *v)
{
	return machine_marks(v->machine);
}
