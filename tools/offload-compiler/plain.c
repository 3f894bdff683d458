// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What a body that knows neither parts nor counters has to refuse */
#include "oc.h"

static const char *cond_beyond(const struct node *node)
{
	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];
		uint32_t bits;

		if (cond->type != COND_COMPARE)
			return "groups of conditions";
		bits = node->fields[cond->field].bits;
		if (cond->mask != (bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0))
			return "masks in conditions";
	}
	return NULL;
}

static const char *node_beyond(const struct node *node)
{
	if (node->num_parts)
		return "parts";
	if (node->num_actions)
		return "counters";
	if (node->rest || node->length.add < 0)
		return "such a length";
	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		int32_t times = node->length.terms[i].times;

		if (times < 0 || times & (times - 1))
			return "such a length";
	}
	for (uint32_t i = 0; i < node->num_extracts; i++) {
		const struct extract *e = &node->extracts[i];

		if (e->type > EXTRACT_LENGTH ||
		    (e->type == EXTRACT_START && e->value))
			return "such an extract";
	}
	return cond_beyond(node);
}

bool parser_is_plain(const char *body, const struct parser *p)
{
	const char *beyond = p->num_arrays ? "arrays" : NULL;
	uint32_t i, k;

	for (i = 0; i < p->num_nodes && !beyond; i++)
		beyond = node_beyond(&p->nodes[i]);
	for (i = 0; i < p->num_maps; i++)
		for (k = 0; k < p->maps[i].num_ternary && !beyond; k++)
			if (p->maps[i].ternary[k].range)
				beyond = "ranges";
	if (beyond)
		diag_error(p->file ? p->file : p->name, p->line, p->name,
			   "the %s cannot do %s yet", body, beyond);
	return !beyond;
}
