// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Of the parts of a node */
#include <stdlib.h>

#include "check.h"

#define part_error(c, node, part, token, ...) \
	diag_error(node_file(c, node), (part)->line, token, __VA_ARGS__)

static void check_loop(const struct check *c, const struct node *node,
		       const struct part *part, const char *owner)
{
	const struct target *over = &part->exceeded;

	if (!part->max || part->max > MAX_REPEAT)
		part_error(c, node, part, node->name,
			   "%s has room for %u elements: say .max = N, 1 to %d",
			   owner, part->max, MAX_REPEAT);
	if (over->type != TARGET_DONE &&
	    (over->type != TARGET_STOP ||
	     (over->index != PARSE_LIMIT_LOOP && !may_be_written(over->index))))
		part_error(c, node, part, node->name,
			   "%s cannot go on that way behind its last element",
			   owner);
	check_fields(c, node, owner, part->line, part->fields, part->num_fields,
		     part->need);
	check_lookup(c, node, owner, part->line, &part->next, part->fields);
}

static void check_flag(const struct check *c, const struct node *node,
		       const struct flag *flag)
{
	const struct field *f = &node->fields[flag->field];

	if (!flag->mask || flag->mask > ones(f->bits))
		part_error(c, node, flag, f->name,
			   "the flag's mask has to have bits of field %s, which has %u bits, and no others",
			   f->name, f->bits);
	else if (flag->value & ~flag->mask)
		part_error(c, node, flag, f->name,
			   "the flag is never set: its value has bits that the mask leaves out");
	if (flag->skip && (!flag->size || flag->size > MAX_LENGTH_ADD))
		part_error(c, node, flag, f->name,
			   "the flag's field has %u bytes, 1 to %d are possible",
			   flag->size, MAX_LENGTH_ADD);
}

static void check_flags(const struct check *c, const struct node *node,
			const struct part *part)
{
	if (!part->num_flags)
		part_error(c, node, part, node->name,
			   "a part of node %s has no flags: say FLAG_FIELDS(FLAG(...))",
			   node->name);
	for (uint32_t i = 0; i < part->num_flags; i++)
		check_flag(c, node, &part->flags[i]);
}

/* Where a part can lie: @start is where that before it ended */
static struct bounds check_area(const struct check *c, const struct node *node,
				const struct part *part, const char *owner,
				struct bounds start)
{
	struct bounds whole = node_bounds(node);
	struct bounds area = length_bounds(node, &part->area);

	check_terms(c, node, owner, part->line, &part->area);
	if (part->has_start && part->start > MAX_LENGTH_ADD)
		part_error(c, node, part, node->name,
			   "%s starts at byte %u, at most %d are possible",
			   owner, part->start, MAX_LENGTH_ADD);
	if (part->has_start)
		start = (struct bounds){ part->start, part->start };
	if (!part->has_area)
		area = (struct bounds){ 0, whole.high - start.low };
	if (area.low < 0)
		area.low = 0;
	if (area.high < 0 || start.low + area.low > whole.high)
		part_error(c, node, part, node->name,
			   "%s never fits: it starts at byte %lld and has %lld bytes, in a node of %lld at most",
			   owner, (long long)start.low, (long long)area.low,
			   (long long)whole.high);
	else if (!area.high)
		diag_warning(node_file(c, node), part->line, node->name,
			     "%s is always empty: node %s has no bytes there; does it have a .length, and the part before an .area?",
			     owner, node->name);
	if (!part->has_area && part->type == PART_LOOP)	/* to the very end */
		return (struct bounds){ whole.high, whole.high };
	return (struct bounds){ part->type == PART_FLAGS ? start.low :
				start.low + area.low, start.high + area.high };
}

void check_parts(const struct check *c, const struct node *node)
{
	struct bounds at = { node->min_length, node->min_length };

	for (uint32_t i = 0; i < node->num_parts; i++) {
		const struct part *part = &node->parts[i];
		char *owner = xasprintf("part %u of node %s", i + 1, node->name);

		at = check_area(c, node, part, owner, at);
		if (part->type == PART_LOOP)
			check_loop(c, node, part, owner);
		else
			check_flags(c, node, part);
		free(owner);
	}
}
