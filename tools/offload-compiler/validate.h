/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * Does an eBPF object do what the reference does? Its instructions are run one
 * by one on packets of vectors.h, here, where each that is run can be marked;
 * and, by root, on the same packets in the kernel.
 */
#ifndef OFFLOAD_COMPILER_VALIDATE_H
#define OFFLOAD_COMPILER_VALIDATE_H

#include "oc.h"

enum validate_level {
	VALIDATE_EDGES,		/* what takes a fraction of a second */
	VALIDATE_FULL,		/* all that `vectors` makes */
	VALIDATE_NONE,
};

bool validate_program(const struct parser *parser, const struct buffer *c,
		      const struct buffer *object, enum validate_level level,
		      bool verbose);

#endif /* OFFLOAD_COMPILER_VALIDATE_H */
