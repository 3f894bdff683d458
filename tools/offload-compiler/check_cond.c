// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Of conditions: what never holds, or always, is a mistake. */
#include "check.h"

/* The values for which a comparison may hold, were all below the mask there */
static void narrow(const struct cond *cond, u128 *low, u128 *high)
{
	u128 first = 0, last = cond->mask, v = cond->value;

	switch (cond->op) {
	case COMPARE_EQ:
		first = v;
		last = v;
		break;
	case COMPARE_LT:
		last = v - 1;		/* not of 0, see check_sense */
		break;
	case COMPARE_LE:
		last = v;
		break;
	case COMPARE_GT:
		first = v + 1;		/* not of the largest */
		break;
	case COMPARE_GE:
		first = v;
		break;
	case COMPARE_NE:
		break;
	}
	if (first > *low)
		*low = first;
	if (last < *high)
		*high = last;
}

static bool never_holds(const struct cond *cond)
{
	switch (cond->op) {
	case COMPARE_EQ: return cond->value & ~cond->mask;
	case COMPARE_LT: return !cond->value;
	case COMPARE_GT: return cond->value >= cond->mask;
	case COMPARE_GE: return cond->value > cond->mask;
	default: return false;
	}
}

static bool always_holds(const struct cond *cond)
{
	switch (cond->op) {
	case COMPARE_NE: return cond->value & ~cond->mask;
	case COMPARE_LT: return cond->value > cond->mask;
	case COMPARE_LE: return cond->value >= cond->mask;
	case COMPARE_GE: return !cond->value;
	default: return false;
	}
}

/* What no value of the field fulfils, or every one; true if it makes sense */
static bool check_sense(const struct check *c, const struct node *node,
			const struct cond *cond)
{
	const struct field *f = &node->fields[cond->field];
	const char *of = cond->mask == ones(f->bits) ? "" :
			 " under this mask";
	bool never = never_holds(cond);

	if (cond->value > ones(f->bits))
		node_error(c, node, cond->line, f->name,
			   "the value is wider than field %s, which has %u bits",
			   f->name, f->bits);
	else if (!cond->mask || cond->mask > ones(f->bits))
		node_error(c, node, cond->line, f->name,
			   "the mask has to have bits of field %s, which has %u bits, and no others",
			   f->name, f->bits);
	else if (never)
		node_error(c, node, cond->line, f->name,
			   "no value of field %s fulfils this condition%s",
			   f->name, of);
	else if (always_holds(cond))
		node_warning(c, node, cond->line, f->name,
			     "every value of field %s fulfils this condition%s",
			     f->name, of);
	return !never && cond->value <= ones(f->bits);
}

/* Two comparisons of a field that have to hold, and cannot */
static void check_against(const struct check *c, const struct node *node,
			  const struct cond *conds, uint32_t num)
{
	for (uint32_t i = 0; i < num; i++) {
		u128 low = 0, high = conds[i].mask;

		if (conds[i].type != COND_COMPARE || never_holds(&conds[i]))
			continue;
		for (uint32_t k = 0; k <= i; k++)
			if (conds[k].type == COND_COMPARE &&
			    conds[k].field == conds[i].field &&
			    conds[k].mask == conds[i].mask &&
			    !never_holds(&conds[k]))
				narrow(&conds[k], &low, &high);
		if (low <= high)
			continue;
		node_error(c, node, conds[i].line,
			   node->fields[conds[i].field].name,
			   "no value of field %s fulfils this condition and those beside it",
			   node->fields[conds[i].field].name);
		return;
	}
}

static void check_list(const struct check *c, const struct node *node,
		       const struct cond *conds, uint32_t num, bool all)
{
	bool good = true;

	for (uint32_t i = 0; i < num; i++) {
		if (conds[i].type == COND_COMPARE)
			good &= check_sense(c, node, &conds[i]);
		else
			check_list(c, node, conds[i].args, conds[i].num_args,
				   conds[i].type == COND_ALL);
	}
	if (good && all)
		check_against(c, node, conds, num);
}

static void count(const struct cond *conds, uint32_t num, uint32_t depth,
		  uint32_t *compares, uint32_t *deepest)
{
	if (depth > *deepest)
		*deepest = depth;
	for (uint32_t i = 0; i < num; i++) {
		if (conds[i].type == COND_COMPARE)
			++*compares;
		else
			count(conds[i].args, conds[i].num_args, depth + 1,
			      compares, deepest);
	}
}

void check_conds(const struct check *c, const struct node *node)
{
	uint32_t compares = 0, deepest = 0;

	count(node->conds, node->num_conds, 0, &compares, &deepest);
	if (compares > MAX_FIELDS)
		node_error(c, node, node->line, node->name,
			   "node %s has %u comparisons in its conditions, at most %u are possible",
			   node->name, compares, MAX_FIELDS);
	if (deepest > MAX_COND_DEPTH)
		node_error(c, node, node->line, node->name,
			   "the conditions of node %s are nested %u deep, at most %u are possible",
			   node->name, deepest, MAX_COND_DEPTH);
	check_list(c, node, node->conds, node->num_conds, true);
	for (uint32_t i = 0; i < node->num_conds; i++)
		if (!may_be_written(node->conds[i].verdict))
			node_error(c, node, node->conds[i].line, node->name,
				   "a condition of node %s cannot end a parse that way",
				   node->name);
}
