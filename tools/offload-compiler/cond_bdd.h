/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Conditions and entries as functions of bits. */
#ifndef OFFLOAD_COMPILER_COND_BDD_H
#define OFFLOAD_COMPILER_COND_BDD_H

#include "bdd.h"

/* Which variable a bit of a header is, counted from its first */
struct cond_vars {
	uint32_t	(*var)(const struct cond_vars *vars, uint32_t bit);
};

/* @cond holds, whose fields are @fields of that header */
uint32_t cond_bdd(struct bdd *bdd, const struct cond *cond,
		  const struct field *fields, const struct cond_vars *vars);
/* @low <= integer <= @high */
uint32_t range_bdd(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		   u128 low, u128 high);

#endif /* OFFLOAD_COMPILER_COND_BDD_H */
