// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Parts: "Meaning of a part" in oc.h. off is where the next element starts; the
 * owner's base and length, the area's end and the count of elements are in the
 * state, by depth.
 */
#include <stdlib.h>

#include "bpf.h"

struct place {
	uint32_t		step;
	const struct step	*s;
	const struct node	*owner;
	const struct part	*part;
};

/* The owner's header, for its fields */
static void read_owner(struct bpf_gen *gen, const struct node *owner,
		       uint32_t depth)
{
	if (gen->at)
		bpf_quick_owner(gen, depth, owner->min_length);
	else
		buffer_printf(gen->c, "\tOWNER(GET(base%u), %u);\n", depth,
		      owner->min_length);
}

static void start(struct bpf_gen *gen, const struct place *at)
{
	uint32_t depth = at->s->depth, index = at->s->part;

	if (at->part->has_start)
		buffer_printf(gen->c, "\toff = GET(base%u) + %u;\n",
			      depth - 1, at->part->start);
	else if (!index)
		buffer_printf(gen->c, "\toff = GET(base%u) + %u;\n",
			      depth - 1, at->owner->min_length);
	else if (at->owner->parts[index - 1].type == PART_LOOP)
		buffer_printf(gen->c, "\toff = GET(end%u);\n", depth);
}

static void open_part(struct bpf_gen *gen, const struct place *at)
{
	uint32_t depth = at->s->depth;
	struct buffer *c = gen->c;
	char *area;

	start(gen, at);
	buffer_printf(c, "\tu64 end = GET(base%u) + GET(len%u);\n", depth - 1,
		      depth - 1);
	if (!at->part->has_area) {
		buffer_printf(c, "\tif (off > end)\n\t\tgoto stop_bad_length;\n"
			      "\tSET(end%u, end);\n", depth);
	} else {
		if (at->part->area.num_terms)
			read_owner(gen, at->owner, depth - 1);
		area = bpf_length(at->owner, &at->part->area);
		buffer_printf(c, "\tlong long area = %s;\n"
			      "\tif (area < 0 || off + area > end)\n\t\tgoto stop_bad_length;\n"
			      "\tSET(end%u, off + area);\n", area, depth);
		free(area);
	}
	buffer_printf(c, "\tCLEAR(count%u);\n", depth);
	buffer_printf(c, "\t");
	bpf_go_on(gen, at->step);
}

/* Elements are counted where there can be more than one */
static void loop(struct bpf_gen *gen, const struct place *at)
{
	uint32_t depth = at->s->depth;
	struct buffer *c = gen->c;

	buffer_printf(c, "\tif (off == GET(end%u))\n\t\t", depth);
	bpf_go_on(gen, at->step);
	if (gen->again[at->step]) {
		buffer_printf(c, "\tif (GET(count%u) >= %u)\n\t\t", depth,
			      at->part->max);
		bpf_jump(gen, at->step, lowered_target(gen->low, at->step,
						       at->part->exceeded));
	}
	if (at->part->need)
		bpf_bytes(gen, at->step, at->part->need, gen->later[at->step]);
	if (gen->again[at->step])
		buffer_printf(c, "\tCOUNT(count%u);\n", depth);
	bpf_key_variable(gen, at->step);
	buffer_printf(c, "\toff += zero;\n");
	bpf_lookup(gen, at->step);
}

static void flag(struct bpf_gen *gen, const struct place *at)
{
	const struct flag *flag = &at->part->flags[at->s->flag];
	struct target to = { .type = TARGET_NODE, .index = flag->node };
	uint32_t depth = at->s->depth;
	struct buffer *c = gen->c;
	char *left, *right;

	read_owner(gen, at->owner, depth - 1);
	left = bpf_masked(at->owner->min_length,
			  &at->owner->fields[flag->field], flag->mask);
	right = bpf_constant(flag->value);
	buffer_printf(c, "\tif (%s == %s)", left, right);
	free(left);
	free(right);
	if (flag->skip) {
		buffer_printf(c, " {\n\t\tif (off + %u > GET(end%u))\n"
			      "\t\t\tgoto stop_bad_length;\n"
			      "\t\toff += %u + zero;\n\t}\n", flag->size, depth,
			      flag->size);
	} else {
		buffer_printf(c, "\n\t\t");
		bpf_jump(gen, at->step, lowered_target(gen->low, at->step, to));
	}
	buffer_printf(c, "\t");
	bpf_go_on(gen, at->step);
}

/* Behind the last part */
static void next(struct bpf_gen *gen, const struct place *at)
{
	uint32_t depth = at->s->depth;

	if (at->owner->min_length && at->owner->next.num_key)
		read_owner(gen, at->owner, depth);
	bpf_key_variable(gen, at->step);
	if (at->owner->overlay)
		buffer_printf(gen->c, "\toff = GET(base%u) + zero;\n", depth);
	else
		buffer_printf(gen->c, "\toff = GET(base%u) + GET(len%u);\n",
			      depth, depth);
	bpf_lookup(gen, at->step);
}

void bpf_part(struct bpf_gen *gen, uint32_t step)
{
	struct place at = { .step = step, .s = &gen->low->steps[step] };

	at.owner = &gen->parser->nodes[at.s->node];
	at.part = &at.owner->parts[at.s->part];
	switch (at.s->type) {
	case STEP_OPEN:
		return open_part(gen, &at);
	case STEP_LOOP:
		return loop(gen, &at);
	case STEP_FLAG:
		return flag(gen, &at);
	case STEP_NEXT:
		return next(gen, &at);
	case STEP_VISIT:
		break;
	}
	abort();
}
