/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdlib.h>

#include "../../oc.h"

static inline void require(bool good)
{
	if (!good)
		abort();
}

/* What was accepted has a CPR, and the CPR reader accepts that */
static inline void require_cpr(const struct parser *parser)
{
	struct buffer cpr = {};
	struct parser *again;

	require(cpr_write(parser, &cpr));
	again = cpr_read("fuzz", cpr.data, cpr.size);
	require(again);
	parser_free(again);
	buffer_free(&cpr);
}

#endif /* FUZZ_H */
