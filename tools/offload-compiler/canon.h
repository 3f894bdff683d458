/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_CANON_H
#define OFFLOAD_COMPILER_CANON_H

#include "oc.h"

void conds_sort(struct node *node);	/* canon_cond.c; fields are sorted */

#endif /* OFFLOAD_COMPILER_CANON_H */
