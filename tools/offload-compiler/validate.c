// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The eBPF bodies of a program against the reference, on as many packets as
 * asked for; where they differ, and what of a body was never run.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include "validate.h"
#include "validate_report.h"
#include "validate_run.h"

struct body {
	const struct parser	*parser;
	const struct code	*code;
	struct bpf_body		*kernel;	/* NULL: not there, or not yet */
	struct validate		*validate;
};

static const char *type(const struct body *b)
{
	return b->code->prog == BPF_PROG_FLOW ? "flow dissector" :
	       b->code->prog == BPF_PROG_XDP ? "XDP program" : "tc program";
}

static void refuse(const struct body *b, const struct packet *packet,
		   const char *text)
{
	const struct frame frame = { packet->data, packet->len };

	diag_error(b->parser->file, b->parser->line, b->parser->name,
		   "the eBPF %s of parser %s does something else than the parser%s: this is an error of the compiler, or of clang; the packet is for \"%s\", %s, %u bytes, inputs 0x%x",
		   type(b), b->parser->name,
		   b->kernel ? " in the kernel" : "", packet->purpose,
		   packet->path, packet->len, packet->inputs);
	fputs(text, stderr);
	print_frame(stderr, &frame);
}

/* Test runs want an Ethernet header, those of tc also the IP header that it says */
static bool kernel_takes(const struct body *b, const struct frame *frame)
{
	uint32_t least = RUN_MIN_FRAME;

	if (frame->len >= least && b->code->prog == BPF_PROG_TC) {
		uint16_t proto = frame->data[12] << 8 | frame->data[13];

		least += proto == ETH_P_IP ? sizeof(struct iphdr) :
			 proto == ETH_P_IPV6 ? sizeof(struct ipv6hdr) : 0;
	}
	return frame->len >= least;
}

static bool run_in_kernel(const struct body *b, const struct packet *packet,
			  FILE *out)
{
	const struct frame frame = { packet->data, packet->len };
	const struct parse_result *res;

	if (!kernel_takes(b, &frame))
		return true;
	if (b->code->prog == BPF_PROG_FLOW)
		return !root_is_ethernet(b->parser) ||
		       flow_equal(b->parser, b->kernel, &frame, packet->inputs,
				  &packet->result, out);
	res = bpf_body_outputs(b->kernel, &frame, packet->inputs);
	return res && results_equal(b->parser, "reference", &packet->result,
				    "bpf", res, out);
}

static bool run_packets(const struct body *b, const struct vectors *vectors)
{
	bool good = true;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (uint32_t i = 0; out && good && i < vectors->num; i++) {
		const struct packet *packet = &vectors->packets[i];

		good = b->kernel ? run_in_kernel(b, packet, out) :
				   validate_packet(b->validate, packet, out);
		if (!good && !fflush(out))
			refuse(b, packet, text);
	}
	if (out)
		fclose(out);
	free(text);
	return out && good;
}

/* @c: to name what was not run; or NULL */
static void report(const struct body *b, const struct buffer *c)
{
	const bool *marks = validate_marks(b->validate);
	uint32_t run = 0;

	for (uint32_t i = 0; i < b->code->num; i++)
		run += b->code->used[i] && marks[i];
	fflush(stdout);
	fprintf(stderr, "%s: eBPF %s: %u packets, all as the reference; %u of %u instructions run%s\n",
		b->parser->name, type(b),
		validate_num_packets(b->validate), run, b->code->num_used,
		b->kernel ? "" : "; not in the kernel, which needs root");
	if (c)
		report_unrun(b->code, marks, c, stderr);
}

/* Where this process may not load programs, nothing is run */
static bool validate_in_kernel(struct body *b, const struct vectors *vectors,
			       const struct buffer *object)
{
	bool flow = b->code->prog == BPF_PROG_FLOW;

	if (!bpf_body_allowed())
		return true;
	b->kernel = bpf_body_load(b->parser, flow ? object : NULL,
				  flow ? NULL : object);
	return b->kernel && run_packets(b, vectors);
}

/* @c: from which it was compiled, to name what was not run; or NULL */
static bool validate_object(const struct parser *parser,
			    const struct vectors *vectors,
			    const struct buffer *object, const struct buffer *c)
{
	struct code *code = code_read(parser->name, object);
	struct body b = { .parser = parser, .code = code };
	bool good = false;

	if (!code)
		return false;
	b.validate = validate_open(parser, code);
	good = run_packets(&b, vectors) &&
	       validate_in_kernel(&b, vectors, object);
	if (good)
		report(&b, c);
	validate_close(b.validate);
	bpf_body_close(b.kernel);
	code_free(code);
	return good;
}

/**
 * validate_program() - an eBPF object against the reference
 * @parser: what it is of
 * @c: from which it was compiled
 * @object: as it will be written
 * @level: how much
 * @verbose: name what was not run
 *
 * Return: false after a diagnostic.
 */
bool validate_program(const struct parser *parser, const struct buffer *c,
		      const struct buffer *object, enum validate_level level,
		      bool verbose)
{
	struct lowered *low;
	struct vectors vectors = {};
	struct graph *graph;
	bool good;

	if (level == VALIDATE_NONE)
		return true;
	low = lower(parser->name, parser);
	if (!low)
		return false;
	graph = graph_make(low);
	vectors.graph = graph;
	if (level == VALIDATE_FULL)
		vectors_make(&vectors, VECTORS_PATHS);
	else
		vectors_make_few(&vectors);
	good = !vectors.broken && validate_object(parser, &vectors, object,
						  verbose ? c : NULL);
	vectors_free(&vectors);
	graph_free(graph);
	lowered_free(low);
	return good;
}
