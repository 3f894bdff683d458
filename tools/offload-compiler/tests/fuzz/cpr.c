// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: the CPR reader. What it accepts is written again as the same bytes,
 * and all that stands behind the check may rely on it: the interpreter, the
 * device model and the generated C take it, and the first two agree.
 */
#include <string.h>

#include "../../run.h"
#include "../random/random.h"
#include "fuzz.h"

static void write_again(const struct parser *parser, const uint8_t *data,
			size_t size)
{
	struct buffer again = {};

	require(cpr_write(parser, &again));
	require(again.size == size && !memcmp(again.data, data, size));
	buffer_free(&again);
}

static void run(const struct parser *parser, const struct tcam *tcam,
		struct rng *rng)
{
	static struct parse_result ref, dev;
	static struct packet packet;

	for (int i = 0; i < 8; i++) {
		uint32_t inputs = rnd(rng, 8);
		uint8_t *frame;

		random_packet(rng, parser, &packet);
		frame = xcalloc(1, packet.len);
		memcpy(frame, packet.data, packet.len);
		reference_run(parser, frame, packet.len, inputs, &ref);
		if (tcam) {
			tcam_run(tcam, frame, packet.len, inputs, &dev);
			require(results_equal(parser, "reference", &ref,
					      "device", &dev, NULL));
		}
		free(frame);
	}
}

static struct tcam *lower_to_tcam(const struct parser *parser)
{
	static const struct device device = {
		.name = "fuzz", .states = 256, .entries = 2048,
		.key_bits = 128, .key_parts = 8, .part_bits = 128,
		.lookahead = 128, .window = 1024, .extracts = 16,
		.tables = 8, .table_entries = 1024, .outputs = 64,
		.part_levels = 3, .counters = 16, .repeats = 256,
		.steps = 1 << 20, .length_terms = 16, .multiplier = 65535,
	};
	struct buffer blob = {};
	struct tcam *tcam = tcam_lower("fuzz", parser, &device, &blob);

	require(tcam || !blob.size);	/* what is written can be loaded */
	buffer_free(&blob);
	return tcam;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct parser *parser = cpr_read("fuzz", data, size);
	struct digest digest = { .alg = "sha256", .len = 32 };
	struct buffer c = {};
	struct tcam *tcam;
	struct rng rng;

	if (!parser)
		return 0;
	write_again(parser, data, size);
	rng_seed(&rng, size);
	tcam = lower_to_tcam(parser);
	run(parser, tcam, &rng);
	for (enum bpf_prog prog = 0; prog < BPF_NUM_PROGS; prog++) {
		bpf_generate_c(parser, &digest, prog, &c);
		buffer_free(&c);
	}
	tcam_free(tcam);
	parser_free(parser);
	return 0;
}
