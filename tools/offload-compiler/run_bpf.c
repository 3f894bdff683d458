// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Both eBPF bodies in this machine's kernel: the flow dissector as `build`
 * makes it, and the XDP body, whose outputs come through a shared map.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf.h"
#include "run.h"

struct bpf_body {
	struct bpf_object	*flow_object, *xdp_object;
	int			flow_fd, xdp_fd;
	struct bpf_xdp_io	*io;	/* the XDP body's map */
	size_t			io_size;
};

static struct bpf_object *load_object(const struct loaded *program, bool xdp,
				      int *fd)
{
	struct bpf_object *object = NULL;
	struct buffer c = {}, elf = {};
	int err;

	if (!bpf_generate_c(program->parser, &program->digest, xdp, &c) ||
	    !bpf_compile(program->parser, &c, &program->cpr, &elf))
		goto out;
	object = bpf_object__open_mem(elf.data, elf.size, NULL);
	if (!object) {
		diag_error(program->parser->name, 0, NULL,
			   "the eBPF object cannot be opened: %s",
			   strerror(errno));
		goto out;
	}
	err = bpf_object__load(object);
	if (err) {
		diag_error(program->parser->name, 0, NULL,
			   "the kernel does not load the eBPF body: %s%s",
			   strerror(-err), err == -EPERM ?
			   "; this needs root, or CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON" : "");
		bpf_object__close(object);
		object = NULL;
		goto out;
	}
	*fd = bpf_program__fd(bpf_object__next_program(object, NULL));
out:
	buffer_free(&c);
	buffer_free(&elf);
	return object;
}

static bool share_map(struct bpf_body *body)
{
	int fd = bpf_object__find_map_fd_by_name(body->xdp_object, "netprog_io");
	size_t page = sysconf(_SC_PAGESIZE);

	body->io_size = (sizeof(*body->io) + page - 1) / page * page;
	if (fd >= 0)
		body->io = mmap(NULL, body->io_size, PROT_READ | PROT_WRITE,
				MAP_SHARED, fd, 0);
	if (fd >= 0 && body->io != MAP_FAILED)
		return true;
	body->io = NULL;
	diag_error("netprog_io", 0, NULL, "the XDP body's map cannot be shared: %s",
		   strerror(errno));
	return false;
}

/**
 * bpf_body_open() - compile and load both eBPF bodies
 * @program: the parser
 *
 * Return: NULL after a diagnostic.
 */
struct bpf_body *bpf_body_open(const struct loaded *program)
{
	struct bpf_body *body = xcalloc(1, sizeof(*body));

	body->flow_object = load_object(program, false, &body->flow_fd);
	if (body->flow_object)
		body->xdp_object = load_object(program, true, &body->xdp_fd);
	if (!body->xdp_object || !share_map(body)) {
		bpf_body_close(body);
		return NULL;
	}
	return body;
}

void bpf_body_close(struct bpf_body *body)
{
	if (!body)
		return;
	if (body->io)
		munmap(body->io, body->io_size);
	bpf_object__close(body->flow_object);
	bpf_object__close(body->xdp_object);
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

const struct parse_result *bpf_body_xdp(struct bpf_body *body,
					const struct frame *frame,
					uint32_t inputs)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame->data,
		    .data_size_in = frame->len, .repeat = 1);

	body->io->inputs = inputs;
	/* A program that does nothing is not to pass for one that agrees */
	body->io->result.verdict = PARSE_NUM_VERDICTS;
	body->io->result.present = 0;
	if (bpf_prog_test_run_opts(body->xdp_fd, &opts)) {
		refused("XDP body", frame);
		return NULL;
	}
	return &body->io->result;
}
