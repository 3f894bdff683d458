/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The words of the CPR, for its writer and its reader */
#ifndef OFFLOAD_COMPILER_CPR_H
#define OFFLOAD_COMPILER_CPR_H

#include "oc.h"

#define CPR_VERSION		2
#define CPR_NUM_OPS		(COMPARE_GE + 1)
#define CPR_NUM_EXTRACTS	(EXTRACT_ENCAPS + 1)
#define CPR_NUM_ACTIONS		2
#define CPR_NUM_OVERFLOWS	2

extern const char * const cpr_ops[CPR_NUM_OPS];
extern const char * const cpr_extracts[CPR_NUM_EXTRACTS];
extern const char * const cpr_actions[CPR_NUM_ACTIONS];	/* by .reset */
extern const char * const cpr_overflows[CPR_NUM_OVERFLOWS];	/* by .last */
extern const char * const cpr_matches[__NETPROG_MATCH_MAX];
extern const char * const cpr_owners[__NETPROG_OWNER_MAX];

#endif /* OFFLOAD_COMPILER_CPR_H */
