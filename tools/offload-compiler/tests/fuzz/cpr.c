// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: the CPR reader. What it accepts is written again as the same bytes,
 * and all that stands behind the check may rely on it: the interpreter, the
 * device model and the generated C take it, and the first two agree.
 */
#include <stdlib.h>
#include <string.h>

#include "../random/random.h"
#include "json.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed)
{
	size_t len = seed % 8 ? json_mutate(data, size, max, seed) : 0;

	return len ? len : LLVMFuzzerMutate(data, size, max);
}

static void require(bool good)
{
	if (!good)
		abort();
}

static void write_again(const struct parser *parser, const uint8_t *data,
			size_t size)
{
	struct buffer again = {};

	require(cpr_write(parser, &again));
	require(again.size == size && !memcmp(again.data, data, size));
	buffer_free(&again);
}

static bool same(const struct parser *parser, const struct parse_result *a,
		 const struct parse_result *b)
{
	if (a->verdict != b->verdict || a->nodes != b->nodes ||
	    a->encaps != b->encaps || a->present != b->present)
		return false;
	for (uint32_t i = 0; i < parser->num_outputs; i++)
		if (a->present >> i & 1 &&
		    memcmp(a->value[i], b->value[i], PARSE_VALUE_BYTES))
			return false;
	return true;
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
			require(same(parser, &ref, &dev));
		}
		free(frame);
	}
}

static struct tcam *lower_to_tcam(const struct parser *parser)
{
	static const struct device device = {
		.name = "fuzz", .states = 256, .entries = 2048,
		.key_bits = 128, .key_parts = 8, .window = 1024,
		.extracts = 16, .tables = 8, .table_entries = 1024,
		.outputs = 64,
	};
	struct buffer blob = {};
	struct tcam *tcam = NULL;
	char err[160];

	if (tcam_lower("fuzz", parser, &device, &blob)) {
		tcam = tcam_load(blob.data, blob.size, err, sizeof(err));
		require(tcam);
	}
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
	for (int xdp = 0; xdp < 2; xdp++) {
		bpf_generate_c(parser, &digest, xdp, &c);
		buffer_free(&c);
	}
	tcam_free(tcam);
	parser_free(parser);
	return 0;
}
