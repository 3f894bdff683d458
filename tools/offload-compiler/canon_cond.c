// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Canonical conditions: what means the same, but for the order, the nesting
 * and the number of times that it is said, is written in one way.
 */
#include <stdlib.h>
#include <string.h>

#include "canon.h"

#define ORDER(a, b)	((a) < (b) ? -1 : (a) > (b))

/* Comparisons by field, op, mask and value; then groups, all before any, as
 * their members are, and the shorter first
 */
static int by_meaning(const void *a, const void *b)
{
	const struct cond *x = a, *y = b;
	uint32_t i;
	int order;

	if (x->type != y->type)
		return ORDER(x->type, y->type);
	if (x->type == COND_COMPARE) {
		order = ORDER(x->field, y->field);
		if (!order)
			order = ORDER(x->op, y->op);
		if (!order)
			order = ORDER(x->mask, y->mask);
		return order ? order : ORDER(x->value, y->value);
	}
	for (i = 0; i < x->num_args && i < y->num_args; i++) {
		order = by_meaning(&x->args[i], &y->args[i]);
		if (order)
			return order;
	}
	return ORDER(x->num_args, y->num_args);
}

/* What comes before decides first; equal ones go but for one */
static uint32_t sort_run(struct cond *conds, uint32_t num)
{
	uint32_t kept = 0;

	if (num)
		qsort(conds, num, sizeof(*conds), by_meaning);
	for (uint32_t i = 0; i < num; i++) {
		if (kept && !by_meaning(&conds[kept - 1], &conds[i]))
			cond_free(&conds[i]);
		else
			conds[kept++] = conds[i];
	}
	return kept;
}

/* Members of @type, the list's own, join it */
static void join_groups(struct cond **list, uint32_t *num, enum cond_type type)
{
	struct cond *joined = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < *num; i++) {
		struct cond *cond = &(*list)[i];
		bool join = cond->type == type;
		uint32_t more = join ? cond->num_args : 1;

		joined = xrealloc(joined, (n + more) * sizeof(*joined));
		if (more)
			memcpy(&joined[n], join ? cond->args : cond,
			       more * sizeof(*joined));
		for (uint32_t k = n; k < n + more; k++)
			joined[k].verdict = cond->verdict;
		if (join)
			free(cond->args);
		n += more;
	}
	free(*list);
	*list = joined;
	*num = n;
}

static void sort_group(struct cond *cond)
{
	struct cond *args = cond->args;

	if (cond->type == COND_COMPARE)
		return;
	for (uint32_t i = 0; i < cond->num_args; i++)
		sort_group(&cond->args[i]);
	join_groups(&cond->args, &cond->num_args, cond->type);
	cond->num_args = sort_run(cond->args, cond->num_args);
	if (cond->num_args != 1)
		return;
	args = cond->args;
	args->verdict = cond->verdict;
	*cond = *args;
	free(args);
}

void conds_sort(struct node *node)
{
	uint32_t num = 0;

	for (uint32_t i = 0; i < node->num_conds; i++)
		sort_group(&node->conds[i]);
	join_groups(&node->conds, &node->num_conds, COND_ALL);
	for (uint32_t i = 0, run; i < node->num_conds; i += run) {
		struct cond *first = &node->conds[i];

		for (run = 1; i + run < node->num_conds; run++)
			if (first[run].verdict != first->verdict)
				break;
		memmove(&node->conds[num], first, run * sizeof(*first));
		num += sort_run(&node->conds[num], run);
	}
	node->num_conds = num;
}
