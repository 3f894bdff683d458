// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: the importer of both dialects. The CPR of what it accepts is one
 * that the CPR reader accepts.
 */
#include <stdlib.h>
#include <string.h>

#include "../../import.h"
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct import_options options = {};
	struct parser *parser, *again;
	struct buffer cpr = {};

	/* A seed has two parsers */
	if (memmem(data, size, "\"everything\"", 12))
		options.parser = "everything";
	parser = import_parser("fuzz", data, size, &options);
	if (!parser)
		return 0;
	if (!cpr_write(parser, &cpr))
		abort();
	again = cpr_read("fuzz", cpr.data, cpr.size);
	if (!again)
		abort();
	parser_free(again);
	parser_free(parser);
	buffer_free(&cpr);
	return 0;
}
