// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Both eBPF bodies in this machine's kernel: the flow dissector, and a program
 * that leaves all outputs, as `build` makes them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf.h"
#include "run.h"

struct bpf_body {
	const struct parser	*parser;
	struct bpf_object	*flow_object, *outputs_object;
	int			flow_fd, outputs_fd, map_fd;
	int			inputs_fd;	/* map of the variable; -1: none */
	uint8_t			*out;	/* the map's value, for all processors */
	uint32_t		out_size, num_cpus;
	struct parse_result	result;
};

static struct bpf_object *load_object(const struct parser *parser,
				      const struct buffer *elf, int *fd)
{
	struct bpf_object *object = bpf_object__open_mem(elf->data, elf->size,
							 NULL);
	int err;

	if (!object) {
		diag_error(parser->name, 0, NULL,
			   "the eBPF object cannot be opened: %s",
			   strerror(errno));
		return NULL;
	}
	err = bpf_object__load(object);
	if (err) {
		diag_error(parser->name, 0, NULL,
			   "the kernel does not load the eBPF body: %s%s",
			   strerror(-err), err == -EPERM ?
			   "; this needs root, or CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON" : "");
		bpf_object__close(object);
		return NULL;
	}
	*fd = bpf_program__fd(bpf_object__next_program(object, NULL));
	return object;
}

/* The outputs, and the variable with the inputs if there are any */
static bool find_maps(struct bpf_body *body)
{
	int cpus = libbpf_num_possible_cpus();
	struct bpf_map *map;

	body->map_fd = -1;
	body->inputs_fd = -1;
	bpf_object__for_each_map(map, body->outputs_object) {
		if (!strncmp(bpf_map__name(map), "out_", 4)) {
			body->map_fd = bpf_map__fd(map);
			body->out_size = bpf_map__value_size(map);
		} else if (bpf_map__is_internal(map)) {
			body->inputs_fd = bpf_map__fd(map);
		}
	}
	if (body->map_fd < 0 || cpus <= 0) {
		diag_error(body->parser->name, 0, NULL,
			   "the eBPF object has no map with its outputs");
		return false;
	}
	body->num_cpus = cpus;
	body->out = xcalloc(cpus, body->out_size);
	return true;
}

struct bpf_body *bpf_body_load(const struct parser *parser,
			       const struct buffer *flow,
			       const struct buffer *outputs)
{
	struct bpf_body *body = xcalloc(1, sizeof(*body));
	bool good = true;

	body->parser = parser;
	if (flow) {
		body->flow_object = load_object(parser, flow, &body->flow_fd);
		good = body->flow_object;
	}
	if (good && outputs) {
		body->outputs_object = load_object(parser, outputs,
						   &body->outputs_fd);
		good = body->outputs_object && find_maps(body);
	}
	if (good)
		return body;
	bpf_body_close(body);
	return NULL;
}

static bool compile(const struct loaded *program, enum bpf_prog prog,
		    struct buffer *elf)
{
	struct buffer c = {};
	bool good;

	good = bpf_generate_c(program->parser, &program->digest, prog, &c) &&
	       bpf_compile(program->parser, &c, &program->cpr, elf);
	buffer_free(&c);
	return good;
}

/**
 * bpf_body_open() - compile and load two eBPF bodies
 * @program: the parser
 * @prog: the type of the one that leaves all outputs
 *
 * Return: NULL after a diagnostic.
 */
struct bpf_body *bpf_body_open(const struct loaded *program, enum bpf_prog prog)
{
	struct buffer flow = {}, outputs = {};
	struct bpf_body *body = NULL;

	if (compile(program, BPF_PROG_FLOW, &flow) &&
	    compile(program, prog, &outputs))
		body = bpf_body_load(program->parser, &flow, &outputs);
	buffer_free(&flow);
	buffer_free(&outputs);
	return body;
}

/* A program that returns 0, of the type that `build` makes */
bool bpf_body_allowed(void)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	int fd = bpf_prog_load(BPF_PROG_TYPE_FLOW_DISSECTOR, NULL, "GPL", insns,
			       2, NULL);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

void bpf_body_close(struct bpf_body *body)
{
	if (!body)
		return;
	bpf_object__close(body->flow_object);
	bpf_object__close(body->outputs_object);
	free(body->out);
	free(body);
}

uint32_t bpf_body_verified(const struct bpf_body *body)
{
	struct bpf_prog_info info = {};
	uint32_t size = sizeof(info);

	return bpf_obj_get_info_by_fd(body->flow_fd, &info, &size) ?
	       0 : info.verified_insns;
}

static bool refused(const char *what, const struct frame *frame)
{
	diag_error(what, 0, NULL, "the kernel does not run it on %u bytes: %s",
		   frame->len, strerror(errno));
	return false;
}

bool bpf_body_flow(struct bpf_body *body, const struct frame *frame,
		   uint32_t inputs, struct bpf_flow_keys *keys, int *ret)
{
	struct bpf_flow_keys ctx = { .flags = inputs };
	LIBBPF_OPTS(bpf_test_run_opts, opts,
		    .data_in = frame->data, .data_size_in = frame->len,
		    .data_out = keys, .data_size_out = sizeof(*keys),
		    .ctx_in = &ctx, .ctx_size_in = sizeof(ctx), .repeat = 1);

	if (bpf_prog_test_run_opts(body->flow_fd, &opts))
		return refused("flow dissector", frame);
	*ret = opts.retval;
	return true;
}

/* Which processor runs the program is not known: the one that left a verdict */
static bool read_outputs(struct bpf_body *body)
{
	uint32_t i, key = 0;

	if (bpf_map_lookup_elem(body->map_fd, &key, body->out))
		return false;
	for (i = 0; i < body->num_cpus; i++) {
		bpf_outputs_read(body->parser, body->out + i * body->out_size,
				 &body->result);
		if (body->result.verdict != PARSE_NUM_VERDICTS)
			return true;
	}
	errno = ENODATA;	/* it ran, and left nothing */
	return false;
}

static bool prepare(struct bpf_body *body, uint32_t inputs)
{
	uint32_t i, key = 0;

	if (body->inputs_fd >= 0 &&
	    bpf_map_update_elem(body->inputs_fd, &key, &inputs, BPF_ANY))
		return false;
	for (i = 0; i < body->num_cpus; i++)
		*(uint32_t *)(body->out + i * body->out_size) = PARSE_NUM_VERDICTS;
	return !bpf_map_update_elem(body->map_fd, &key, body->out, BPF_ANY);
}

const struct parse_result *bpf_body_outputs(struct bpf_body *body,
					    const struct frame *frame,
					    uint32_t inputs)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame->data,
		    .data_size_in = frame->len, .repeat = 1);

	if (prepare(body, inputs) &&
	    !bpf_prog_test_run_opts(body->outputs_fd, &opts) &&
	    read_outputs(body))
		return &body->result;
	refused("eBPF body", frame);
	return NULL;
}
