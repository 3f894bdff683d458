// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* cond-exprs: conditions, and groups of them; the sorter joins groups */
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define MAX_NESTING	16	/* far above MAX_COND_DEPTH, which is checked */

static const struct { const char *name; enum compare op; } ops[] = {
	{ "equal", COMPARE_EQ }, { "not_equal", COMPARE_NE },
	{ "less_than", COMPARE_LT }, { "less_or_equal", COMPARE_LE },
	{ "less_than_or_equal", COMPARE_LE },
	{ "greater", COMPARE_GT },	/* so says kParser's schema */
	{ "greater_than", COMPARE_GT }, { "greater_or_equal", COMPARE_GE },
	{ "greater_than_or_equal", COMPARE_GE },
	/* as XDP2's compiler has them from LLVM */
	{ "ult", COMPARE_LT }, { "ule", COMPARE_LE },
	{ "ugt", COMPARE_GT }, { "uge", COMPARE_GE },
};

static bool read_op(struct import *im, const struct place *at, const char *type,
		    struct cond *cond)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (!strcmp(ops[i].name, type)) {
			cond->op = ops[i].op;
			return true;
		}
	if (strlen(type) == 3 && *type == 's')
		import_fault(im, AT(at, "type"), "\"%s\" compares signed numbers; fields have no sign: \"u%s\" would compare them",
			     type, type + 1);
	else
		import_fault(im, AT(at, "type"), "\"%s\" is not known: and, or, equal, not_equal, less_than, less_or_equal, greater_than, greater_or_equal are",
			     type);
	return false;
}

static bool read_compare(struct import *im, json_t *obj, const struct place *at,
			 struct node *node, struct cond *cond)
{
	const char *type = member_string(obj, "type");
	struct bytes b;

	if (!import_members(im, obj, at, cond_members) || !type ||
	    !read_op(im, at, type, cond) ||
	    !import_bytes(im, obj, at, node->min_length, &b) ||
	    !member_value(obj, "value", &cond->value))
		return false;
	cond->type = COND_COMPARE;
	cond->mask = b.mask;
	cond->field = add_field(&node->fields, &node->num_fields, 8 * b.off,
				8 * b.len);
	if (cond->value <= ones(8 * b.len) &&
	    ((cond->op != COMPARE_EQ && cond->op != COMPARE_NE) ||
	     !(cond->value & ~cond->mask)))
		return true;
	import_fault(im, AT(at, "value"),
		     "has bits that the field & its mask never has: 0x%llx",
		     (unsigned long long)(cond->value & ~cond->mask));
	return false;
}

static bool read_group(struct import *im, json_t *obj, const struct place *at,
		       struct node *node, struct cond *cond, uint32_t depth);

static bool read_cond(struct import *im, json_t *obj, const struct place *at,
		      struct node *node, struct cond *cond, uint32_t depth)
{
	if (json_is_object(obj) && (json_object_get(obj, "ents") ||
				    json_object_get(obj, "list")))
		return read_group(im, obj, at, node, cond, depth);
	return read_compare(im, obj, at, node, cond);
}

static void add_cond(struct cond **list, uint32_t *num, const struct cond *cond)
{
	*list = xrealloc(*list, (*num + 1) * sizeof(**list));
	(*list)[(*num)++] = *cond;
}

static bool read_group(struct import *im, json_t *obj, const struct place *at,
		       struct node *node, struct cond *cond, uint32_t depth)
{
	const char *type = member_string(obj, "type");
	json_t *item;
	size_t i;

	cond->type = type && !strcmp(type, "or") ? COND_ANY : COND_ALL;
	if (depth > MAX_NESTING) {
		import_fault(im, at, "is nested deeper than %u groups",
			     MAX_NESTING);
		return false;
	}
	if (!import_members(im, obj, at, conds_members))
		return false;
	if (type && strcmp(type, "or") && strcmp(type, "and"))
		import_fault(im, AT(at, "type"),
			     "a group is \"and\" or \"or\", not \"%s\"", type);
	if (depth > 1 && json_object_get(obj, "default-fail"))
		import_fault(im, AT(at, "default-fail"),
			     "only the outermost group can say how the parse ends");
	json_array_foreach(member_list(obj, "ents"), i, item) {
		struct cond arg = {};

		if (read_cond(im, item, AT_ITEM(AT(at, "ents"), i), node, &arg,
			      depth + 1))
			add_cond(&cond->args, &cond->num_args, &arg);
		else
			cond_free(&arg);
	}
	if (!json_array_size(member_list(obj, "ents")))
		import_fault(im, AT(at, "ents"), "has no condition");
	return cond->num_args;
}

/* How a parse ends when a condition does not hold */
static enum parse_verdict read_fail(struct import *im, json_t *obj,
				    const struct place *at,
				    enum parse_verdict missing)
{
	const char *fail = member_string(obj, "default-fail");

	at = AT(at, "default-fail");
	if (!fail)
		return missing;
	if (!strcmp(fail, "stop_fail"))
		return PARSE_FAIL;
	if (strcmp(fail, "stop_okay"))
		import_fault(im, at, "\"%s\" is not possible: a condition that does not hold ends the parse, stop_okay or stop_fail",
			     fail);
	else if (im->okay >= 0)
		import_fault(im, at, "a condition that does not hold ends the parse at once: it cannot lead to the parser's okay-target");
	return PARSE_OKAY;
}

static void import_list(struct import *im, json_t *obj, const struct place *at,
			struct node *node)
{
	enum parse_verdict fail;
	json_t *item;
	size_t i;

	if (!import_members(im, obj, at, conds_members))
		return;
	fail = read_fail(im, obj, at, PARSE_FAIL);
	if (!json_array_size(member_list(obj, "ents")))
		import_fault(im, AT(at, "ents"), "has no condition");
	json_array_foreach(member_list(obj, "ents"), i, item) {
		const struct place *where = AT_ITEM(AT(at, "ents"), i);
		struct cond cond = {};

		if (!read_cond(im, item, where, node, &cond, 1)) {
			cond_free(&cond);
			continue;
		}
		cond.verdict = read_fail(im, item, where, fail);
		add_cond(&node->conds, &node->num_conds, &cond);
	}
}

void import_conds(struct import *im, json_t *obj, const struct place *at,
		  struct node *node)
{
	json_t *conds = member_object(obj, "cond-exprs");
	const char *list = member_string(conds, "list");
	size_t index;

	if (!conds)
		return;
	at = AT(at, "cond-exprs");
	if (!list) {
		import_list(im, conds, at, node);
		return;
	}
	import_members(im, conds, at, conds_members);
	if (json_object_get(conds, "ents"))
		import_fault(im, at, "needs either ents or list");
	conds = need_item(im, AT(at, "list"), "cond-exprs-list", list, &index);
	if (conds)
		import_list(im, conds, AT_ROOT("cond-exprs-list", index), node);
}
