// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: the reader of clang's object file, up to the canonical CPR of what
 * it accepts, which the CPR reader has to accept in turn.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct program_list list = {};
	struct buffer object = {};

	buffer_add(&object, data, size);
	if (source_read_object("fuzz", &object, &list))
		for (uint32_t i = 0; i < list.num; i++)
			if (parser_check("fuzz", list.parsers[i]))
				require_cpr(list.parsers[i]);
	program_list_free(&list);
	buffer_free(&object);
	return 0;
}
