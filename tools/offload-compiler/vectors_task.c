// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What a script wants of a step, as tasks in the order to solve them in */
#include <stdlib.h>

#include "vectors_solve.h"

const struct node *problem_node(const struct problem *p)
{
	const struct step *s = &p->graph->low->steps[p->pick->step];

	return &p->graph->parser->nodes[s->node];
}

struct tasks {
	struct task	*tasks;
	uint32_t	num;
};

static void add(struct tasks *list, struct task task)
{
	list->tasks[list->num++] = task;
}

/* All groups that @leaf is in are what it is */
static bool isolate(struct tasks *list, const struct cond *cond,
		    const struct cond *leaf)
{
	bool found = cond == leaf;
	uint32_t at = 0;

	for (; at < cond->num_args && !found; at++)
		found = isolate(list, &cond->args[at], leaf);
	for (uint32_t i = 0; found && i < cond->num_args; i++)
		if (i + 1 != at)
			add(list, (struct task){ .type = TASK_COND,
				.cond = &cond->args[i],
				.wish = cond->type == COND_ALL });
	return found;
}

static void add_conds(const struct problem *p, struct tasks *list)
{
	const struct twist *twist = p->pick->twist;
	const struct node *node = problem_node(p);
	uint32_t fail = twist ? twist->fail : 0;

	for (uint32_t i = 0; twist && twist->leaf && i < node->num_conds; i++)
		isolate(list, &node->conds[i], twist->leaf);
	for (uint32_t i = 0; i < node->num_conds &&
	     (!fail || twist->alone || i < fail); i++)
		add(list, (struct task){ .type = TASK_COND,
			.cond = &node->conds[i], .wish = i + 1 != fail });
}

static void add_flags(const struct problem *p, struct tasks *list,
		      enum flag_wish wish)
{
	const struct node *node = problem_node(p);

	for (uint32_t i = 0; i < node->num_parts; i++)
		for (uint32_t f = 0; f < node->parts[i].num_flags; f++)
			if (p->flags[i][f] == wish)
				add(list, (struct task){ .type = TASK_FLAG,
					.flag = &node->parts[i].flags[f],
					.wish = wish });
}

static void add_wishes(const struct problem *p, struct tasks *list)
{
	const struct node *node = problem_node(p);

	if (p->pick->length != NO_WISH && !node->rest)
		add(list, (struct task){ .type = TASK_LENGTH,
			.length = &node->length, .bytes = p->pick->length });
	for (uint32_t i = 0; i < node->num_parts; i++)
		if (p->pick->area[i] != NO_WISH)
			add(list, (struct task){ .type = TASK_LENGTH,
				.length = &node->parts[i].area,
				.bytes = p->pick->area[i] });
}

static void add_defaults(const struct problem *p, struct tasks *list)
{
	const struct node *node = problem_node(p);

	for (uint32_t i = 0; i < node->num_parts; i++)
		if (node->parts[i].has_area)
			add(list, (struct task){ .type = TASK_AREA,
				.length = &node->parts[i].area });
	if (!node->rest)
		add(list, (struct task){ .type = TASK_ROOM,
			.length = &node->length });
}

static uint32_t count_conds(const struct cond *conds, uint32_t num)
{
	uint32_t n = num;

	for (uint32_t i = 0; i < num; i++)
		n += count_conds(conds[i].args, conds[i].num_args);
	return n;
}

static uint32_t most_tasks(const struct node *node)
{
	uint32_t n = 4 + 2 * node->num_parts +
		     2 * count_conds(node->conds, node->num_conds);

	for (uint32_t i = 0; i < node->num_parts; i++)
		n += node->parts[i].num_flags;
	return n;
}

/**
 * problem_solve() - decide what a step reads, and go on
 * @p: what is wanted, and how it goes on
 *
 * Return: what p->done() says of the first solution that it can live with, and
 * the draft as it left it; or UNSOLVED, and the draft is as it was.
 */
enum solved problem_solve(const struct problem *p)
{
	const struct node *node = problem_node(p);
	const struct twist *twist = p->pick->twist;
	bool visit = p->graph->low->steps[p->pick->step].type == STEP_VISIT;
	struct tasks list = {};
	enum solved result;

	list.tasks = xcalloc(most_tasks(node), sizeof(*list.tasks));
	if (twist && twist->has_force)
		add(&list, (struct task){ .type = TASK_BITS,
			.field = twist->field, .mask = twist->mask,
			.value = twist->value });
	if (p->next)
		add(&list, (struct task){ .type = TASK_KEY });
	if (visit) {
		add_flags(p, &list, FLAG_SET);
		add_flags(p, &list, FLAG_UNSET);
		add_wishes(p, &list);
		if (!twist || !twist->site)
			add_conds(p, &list);
		add_flags(p, &list, FLAG_RATHER_UNSET);
		add_defaults(p, &list);
	}
	for (uint32_t i = 0; i + 1 < list.num; i++)
		list.tasks[i].next = &list.tasks[i + 1];
	result = solve(p, list.num ? list.tasks : NULL);
	free(list.tasks);
	return result;
}
