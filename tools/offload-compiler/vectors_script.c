// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Scripts: which way out is taken at each step, and what else is wished for */
#include <stdlib.h>
#include <string.h>

#include "vectors_build.h"

struct pick script_pick(uint32_t step, uint32_t choice)
{
	struct pick pick = { .step = step, .choice = choice, .length = NO_WISH };

	for (uint32_t i = 0; i < MAX_PARTS; i++)
		pick.area[i] = NO_WISH;
	return pick;
}

void script_reserve(struct script *script, uint32_t num)
{
	if (num <= script->space)
		return;
	script->space = 2 * num + 16;
	script->picks = xrealloc(script->picks,
				 script->space * sizeof(*script->picks));
}

void script_add(struct script *script, uint32_t step, uint32_t choice)
{
	script_reserve(script, script->num + 1);
	script->picks[script->num++] = script_pick(step, choice);
}

void script_copy(struct script *to, const struct script *from)
{
	script_reserve(to, from->num);
	if (from->num)
		memcpy(to->picks, from->picks, from->num * sizeof(*to->picks));
	to->num = from->num;
	to->len = from->len;
}

void script_free(struct script *script)
{
	free(script->picks);
	memset(script, 0, sizeof(*script));
}

bool script_end_part(const struct graph *graph, struct script *script,
		     const struct built *built, int64_t end)
{
	const struct step *steps = graph->low->steps;
	uint32_t i = script->num - 1, depth = steps[script->picks[i].step].depth;

	if (!depth)
		return false;
	while (steps[script->picks[i].step].type != STEP_OPEN ||
	       steps[script->picks[i].step].depth != depth)
		i--;
	while (depth) {
		struct pick *owner = &script->picks[built->before.owner[depth]];
		const struct step *s = &steps[owner->step];
		const struct node *node = &graph->parser->nodes[s->node];
		uint32_t part = steps[script->picks[i].step].part;
		int64_t *wish = &owner->length;
		int64_t from = built->before.pos[depth - 1];

		if (steps[script->picks[i].step].depth == depth &&
		    node->parts[part].has_area) {
			wish = &owner->area[part];
			from = built->before.start[depth];
		}
		owner->found &= wish == &owner->length ? ~1U : ~(2U << part);
		*wish = end - from;
		if (wish != &owner->length || !s->depth || !node->rest)
			return true;
		depth--;
	}
	return false;
}
