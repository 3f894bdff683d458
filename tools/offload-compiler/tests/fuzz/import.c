// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: the importer of both dialects. The CPR of what it accepts is one
 * that the CPR reader accepts.
 */
#include <string.h>

#include "../../import.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct import_options options = {};
	struct parser *parser;

	/* A seed has two parsers */
	if (memmem(data, size, "\"everything\"", 12))
		options.parser = "everything";
	parser = import_parser("fuzz", data, size, &options);
	if (!parser)
		return 0;
	require_cpr(parser);
	parser_free(parser);
	return 0;
}
