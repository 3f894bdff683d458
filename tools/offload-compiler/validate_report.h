/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_VALIDATE_REPORT_H
#define OFFLOAD_COMPILER_VALIDATE_REPORT_H

#include "machine.h"

void report_unrun(const struct code *code, const bool *marks,
		  const struct buffer *c, FILE *out);

#endif /* OFFLOAD_COMPILER_VALIDATE_REPORT_H */
