// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler prove: do two parsers say the same of every packet? */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "prove.h"
#include "run.h"

struct side_file {
	const char		*path;
	struct loaded_list	list;
	struct tcam		*tcam;		/* an image's payload */
	struct prove_body	body;
};

static bool load_payload(struct side_file *f, const struct device *device)
{
	struct buffer payload = {};

	f->tcam = loaded_tcam(f->path, &f->list, 0, device, &payload);
	buffer_free(&payload);
	return f->tcam;
}

/* Of an image it is the device's part that is proved */
static bool open_side(struct side_file *f, const struct device *device)
{
	if (!load_file(f->path, "sha256", &f->list))
		return false;
	if (f->list.num != 1) {
		diag_error(f->path, 0, NULL, "has %u programs, not one",
			   f->list.num);
		return false;
	}
	if (f->list.kind == FILE_IMAGE && !load_payload(f, device))
		return false;
	f->body = (struct prove_body){
		.what = f->path, .parser = f->list.programs[0].parser,
		.tcam = f->tcam,
	};
	return true;
}

static void close_side(struct side_file *f)
{
	tcam_free(f->tcam);
	loaded_free(&f->list);
}

/* As `run` takes them */
static void print_inputs(const struct parser *parser, uint32_t inputs)
{
	const char *before = "  --flags ";

	for (uint32_t i = 0; i < parser->num_inputs; i++)
		if (inputs & parser->inputs[i].bit) {
			printf("%s%s", before, parser->inputs[i].name);
			before = ",";
		}
	if (*before == ',')
		putchar('\n');
}

static void print_packet(const struct side_file f[2],
			 const struct proof_result *proof)
{
	struct frame frame = { (uint8_t *)proof->frame.data, proof->frame.size };
	struct parse_result x, y;

	body_run(&f[0].body, frame.data, frame.len, proof->inputs, &x);
	body_run(&f[1].body, frame.data, frame.len, proof->inputs, &y);
	results_equal(f[0].body.parser, f[0].path, &x, f[1].path, &y, stdout);
	print_inputs(f[0].body.parser, proof->inputs);
	print_frame(stdout, &frame);
}

static int report(const struct side_file f[2], const struct proof_result *proof)
{
	switch (proof->proof) {
	case PROOF_EQUAL:
		printf("equal: %u and %u states, %u pairs of them, %llu branches\n",
		       proof->states[0], proof->states[1], proof->places,
		       (unsigned long long)proof->branches);
		return OC_EXIT_GOOD;
	case PROOF_DIFFERENT:
		printf("different: %s\n", proof->why);
		if (proof->frame.size)
			print_packet(f, proof);
		break;
	case PROOF_UNKNOWN:
		printf("unknown: neither proved nor refuted: %s\n", proof->why);
		break;
	}
	return OC_EXIT_WRONG;
}

int cmd_prove(int argc, char **argv)
{
	static const struct option options[] = {
		{ "target", required_argument, NULL, 't' },
		{}
	};
	struct side_file f[2] = {};
	struct proof_result proof;
	struct device device;
	char *target = NULL;
	int opt, status = OC_EXIT_WRONG;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt != 't')
			return OC_EXIT_USAGE;
		free(target);
		target = xstrdup(optarg);
	}
	if (optind + 2 != argc) {
		fputs("offload-compiler prove: needs two FILEs; see `offload-compiler help prove`\n",
		      stderr);
		free(target);
		return OC_EXIT_USAGE;
	}
	if (!target)
		target = target_path("netdevsim");
	f[0].path = argv[optind];
	f[1].path = argv[optind + 1];
	if (device_read(target, &device) && open_side(&f[0], &device) &&
	    open_side(&f[1], &device)) {
		prove_bodies(&f[0].body, &f[1].body, &proof);
		status = report(f, &proof);
		proof_free(&proof);
	}
	free(target);
	close_side(&f[0]);
	close_side(&f[1]);
	return status;
}
