/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The tasks of a step; vectors_task.c and vectors_solve.c alone */
#ifndef OFFLOAD_COMPILER_VECTORS_SOLVE_H
#define OFFLOAD_COMPILER_VECTORS_SOLVE_H

#include "vectors.h"

enum task_type { TASK_BITS, TASK_KEY, TASK_FLAG, TASK_COND, TASK_LENGTH,
		 TASK_ROOM, TASK_AREA };

struct task {
	enum task_type	type;
	const struct task *next;
	uint32_t	field;		/* BITS */
	u128		mask, value;
	const struct flag *flag;
	uint32_t	wish;		/* FLAG: enum flag_wish; COND: holds */
	const struct cond *cond;
	const struct length *length;	/* LENGTH, AREA */
	int64_t		bytes;
};

/* The node of the step, or that its part is in */
const struct node *problem_node(const struct problem *problem);
/* vectors_solve.c: this task and those that follow; NULL: none is left */
enum solved solve(const struct problem *problem, const struct task *task);

#endif /* OFFLOAD_COMPILER_VECTORS_SOLVE_H */
