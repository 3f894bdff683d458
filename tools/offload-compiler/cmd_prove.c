// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler prove: do two parsers say the same of every packet? */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "prove_file.h"
#include "run.h"

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

static void print_packet(const struct prove_file f[2],
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

static int report(const struct prove_file f[2], const struct proof_result *proof)
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

static bool write_certificate(const char *path, const struct prove_file f[2],
			      const struct proof_result *proof)
{
	struct buffer text = {};
	bool good;

	certificate_write(&f[0].body, &f[1].body, proof, &text);
	good = file_write(path, text.data, text.size);
	buffer_free(&text);
	return good;
}

int cmd_prove(int argc, char **argv)
{
	static const struct option options[] = {
		{ "target", required_argument, NULL, 't' },
		{ "certificate", required_argument, NULL, 'c' },
		{}
	};
	struct prove_file f[2] = {};
	struct proof_result proof;
	struct device device;
	const char *target = NULL, *certificate = NULL;
	char *path;
	int opt, status = OC_EXIT_WRONG;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt == 't')
			target = optarg;
		else if (opt == 'c')
			certificate = optarg;
		else
			return OC_EXIT_USAGE;
	}
	if (optind + 2 != argc) {
		fputs("offload-compiler prove: needs two FILEs; see `offload-compiler help prove`\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	path = target ? xstrdup(target) : target_path("netdevsim");
	f[0].path = argv[optind];
	f[1].path = argv[optind + 1];
	if (device_read(path, &device) && prove_open(&f[0], &device) &&
	    prove_open(&f[1], &device)) {
		prove_bodies(&f[0].body, &f[1].body, &proof);
		status = report(f, &proof);
		if (certificate && proof.proof == PROOF_EQUAL &&
		    !write_certificate(certificate, f, &proof))
			status = OC_EXIT_WRONG;
		proof_free(&proof);
	}
	free(path);
	prove_close(&f[0]);
	prove_close(&f[1]);
	return status;
}
