/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_SHOW_H
#define OFFLOAD_COMPILER_SHOW_H

#include "oc.h"

int show_dot(const struct parser *parser, FILE *out);

#endif /* OFFLOAD_COMPILER_SHOW_H */
