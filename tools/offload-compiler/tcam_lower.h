/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Private to tcam*.c: conditions as sets of prefixes. */
#ifndef OFFLOAD_COMPILER_TCAM_LOWER_H
#define OFFLOAD_COMPILER_TCAM_LOWER_H

#include "oc.h"
#include "tcam_format.h"

#define MAX_PREFIXES	256	/* two ranges of 128 bits: 2 * (128 - 1) */

struct prefix_set {
	uint32_t	num;
	struct {
		u128	value, mask;
	} prefix[MAX_PREFIXES];
};

u128 mask_of(uint32_t bits);
void cond_prefixes(const struct cond *cond, uint32_t bits, bool holds,
		   struct prefix_set *set);

#endif /* OFFLOAD_COMPILER_TCAM_LOWER_H */
