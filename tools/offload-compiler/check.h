/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_CHECK_H
#define OFFLOAD_COMPILER_CHECK_H

#include "oc.h"

struct check {
	const char		*path;	/* where no line is known */
	const struct parser	*parser;
};

void check_loops(const struct check *c);
void check_reach(const struct check *c);

#endif /* OFFLOAD_COMPILER_CHECK_H */
