// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A script becomes a packet: step by step, with the bits that each step needs
 * decided when it is come to. How long a node with parts has to be is known
 * only when its elements are there: then its length becomes a wish, and all
 * starts again from the root.
 */
#include <stdlib.h>
#include <string.h>

#include "vectors_build.h"

#define START_TASKS	4000	/* for one start of a packet */
#define PICK_TASKS	24	/* more for each pick */
#define MAX_SPENT	16	/* starts that tried all that they may */
#define START_WORK	100
#define MAX_STARTS	48
#define PICKY_STARTS	12	/* then what nobody asked for may end badly */
#define MAX_PICKS	4096
#define SPARE		3	/* bytes behind what is parsed */
#define MAX_JUMP	2300	/* bytes that are made only to be gone over */

static enum solved run_pick(struct builder *b, uint32_t i, uint32_t step,
			    const struct regs *regs);
static enum solved run_solved(struct here *h, int64_t base);

/* ---- steps -------------------------------------------------------------------------- */

static struct bytes draft_bytes(const struct builder *b)
{
	return (struct bytes){
		b->draft.data, b->len == NO_WISH ? RUN_MAX_FRAME : b->len,
		b->draft.inputs,
	};
}

/* The parse ended, or goes on with what nobody cares for */
static enum solved finish(struct builder *b, uint32_t i, const struct regs *regs,
			  uint32_t depth)
{
	if (i < b->fixed)
		return UNSOLVED;
	b->last = regs->pos[depth];
	b->script->num = i;
	return SOLVED;
}

static bool fits_wish(const struct pick *pick, const struct outcome *out)
{
	const struct twist *twist = pick->twist;

	if (twist && (twist->site || twist->fail))
		return out->site == (twist->fail ?
				     SITE_COND + twist->fail - 1 : twist->site);
	if (out->site)
		return false;
	return pick->choice == CHOICE_ANY || pick->choice == out->choice;
}

/* The step went another way than wanted */
static enum solved astray(struct here *h, const struct outcome *out)
{
	const struct pick *pick = &h->b->script->picks[h->i];
	const struct step *s = &h->b->graph->low->steps[pick->step];
	bool no_grow = (pick->twist && pick->twist->no_grow) ||
		       (h->i >= h->b->fixed && !h->b->picky);

	if (out->site == SITE_AREA || (out->site == SITE_PAST && s->type == STEP_VISIT))
		return no_grow ? UNSOLVED :
		       fit_end(h, s->depth, out->want_end, false);
	if (s->type == STEP_LOOP && !out->site && !no_grow)
		return fit_loop(h, pick->choice);
	if (s->type == STEP_OPEN && out->site && !no_grow) {
		struct pick *owner =
			&h->b->script->picks[h->regs.owner[s->depth]];

		if (out->site == SITE_PAST)
			return fit_wish(owner, &owner->length, 0,
					out->want_end -
					h->regs.pos[s->depth - 1], false);
	}
	return UNSOLVED;
}

static enum solved go_on(struct here *h, const struct regs *regs,
			 const struct outcome *out)
{
	struct builder *b = h->b;
	uint32_t depth = b->graph->low->steps[b->script->picks[h->i].step].depth;

	if (out->read > b->read)
		b->read = out->read;
	if (h->i + 1 == b->fixed)
		b->last_built = (struct built){ h->regs, *regs, *out };
	if (out->to.type == TARGET_STOP)
		return finish(b, h->i + 1, regs, depth);
	return run_pick(b, h->i + 1, out->to.index, regs);
}

/* All bits that the step looks at are decided */
static enum solved take_step(void *context)
{
	struct here *h = context;
	struct builder *b = h->b;
	struct pick *pick = &b->script->picks[h->i];
	const struct step *s = &b->graph->low->steps[pick->step];
	struct regs regs = h->regs;
	struct bytes bytes = draft_bytes(b);
	struct outcome out;
	enum solved result;

	step_run(b->graph, &bytes, &regs, pick->step, &out, NULL);
	if (s->type == STEP_VISIT)
		regs.owner[s->depth + 1] = h->i;
	if (s->type == STEP_OPEN && out.site)
		h->regs = regs;
	if (fits_wish(pick, &out))
		return go_on(h, &regs, &out);
	result = astray(h, &out);
	if (result != UNSOLVED || h->i < b->fixed)
		return result;
	if (out.site)
		return finish(b, h->i, &regs, s->depth);
	if (s->type == STEP_LOOP && out.choice > 1 && pick->choice <= 1) {
		pick->choice = CHOICE_ANY;
		return run_solved(h, h->regs.pos[s->depth]);
	}
	pick->choice = out.choice;
	return go_on(h, &regs, &out);
}

static bool is_bitless(uint32_t site)
{
	return site >= SITE_ENCAPS && site <= SITE_TRUNCATED;
}

/* What the script says of a VISIT's flags */
static const struct pick *look_ahead(const struct builder *b, uint32_t i,
				     struct problem *problem)
{
	const struct step *steps = b->graph->low->steps;
	uint32_t visit = b->script->picks[i].step;
	uint32_t next = graph_next_step(b->graph, visit);

	const struct twist *twist = b->script->picks[i].twist;

	memset(problem->flags, FLAG_RATHER_UNSET, sizeof(problem->flags));
	for (uint32_t p = 0; twist && twist->has_flags && p < MAX_PARTS; p++)
		for (uint32_t f = 0; f < MAX_FLAGS; f++)
			problem->flags[p][f] = twist->flags[p] >> f & 1 ?
					       FLAG_SET : FLAG_UNSET;
	for (uint32_t k = i + 1; k < b->script->num; k++) {
		const struct pick *pick = &b->script->picks[k];
		const struct step *s = &steps[pick->step];

		if (pick->step == visit)
			break;
		if (pick->step == next)
			return pick;
		if (s->type == STEP_FLAG && pick->step > visit &&
		    pick->step < next && pick->choice != CHOICE_ANY)
			problem->flags[s->part][s->flag] =
				pick->choice ? FLAG_SET : FLAG_UNSET;
	}
	return NULL;
}

/* The first node that has the rest of the frame says how long that is */
static void set_rest(struct builder *b, const struct pick *pick, int64_t base)
{
	const struct step *s = &b->graph->low->steps[pick->step];
	const struct node *node = &b->graph->parser->nodes[s->node];
	int64_t length = node->min_length;

	if (!node->rest || s->depth || b->len != NO_WISH)
		return;
	for (uint32_t i = 0; i < node->num_parts; i++)
		if (node->parts[i].has_start &&
		    node->parts[i].start > length)
			length = node->parts[i].start;
	b->len = base + (pick->length == NO_WISH ? length : pick->length);
	if (b->len < b->read)		/* an overlay has looked further */
		b->len = b->read;
	if (b->len > RUN_MAX_FRAME)
		b->len = RUN_MAX_FRAME;
}

/* Where to go from a lookup that nothing is said of: the first of them over
 * another node, then straight to the end
 */
static uint32_t soft_choice(const struct builder *b, uint32_t i, uint32_t step)
{
	const struct step *steps = b->graph->low->steps;

	if (steps[step].type == STEP_FLAG)
		return CHOICE_ANY;
	if (steps[step].type == STEP_LOOP)
		return b->graph->okay_choice[step];
	for (uint32_t k = b->fixed; k < i; k++)
		if (steps[b->script->picks[k].step].type != STEP_LOOP &&
		    lowered_lookup(b->graph->low, b->script->picks[k].step))
			return b->graph->okay_choice[step];
	return b->graph->far_choice[step];
}

static bool is_free(const struct pick *pick)
{
	return pick->choice == CHOICE_ANY &&
	       !(pick->twist && pick->twist->has_key);
}

/* If it may go anywhere: over another node, or to an end, or anywhere */
static enum solved solve_any(struct here *h, struct problem *problem,
			     struct pick *next)
{
	const struct graph *graph = h->b->graph;
	enum solved result;

	if (problem->next && is_free(next) &&
	    graph->low->steps[next->step].type != STEP_LOOP) {
		next->choice = soft_choice(h->b, h->i, next->step);
		result = problem_solve(problem);
		next->choice = graph->okay_choice[next->step];
		if (result == UNSOLVED)
			result = problem_solve(problem);
		next->choice = CHOICE_ANY;
		if (result != UNSOLVED)
			return result;
	}
	return problem_solve(problem);
}

static enum solved solve_here(struct here *h, struct problem *problem)
{
	struct builder *b = h->b;
	const struct step *s =
		&b->graph->low->steps[b->script->picks[h->i].step];
	bool parts = s->type == STEP_VISIT &&
		     b->graph->parser->nodes[s->node].num_parts;
	struct pick pick = b->script->picks[h->i], next = pick;
	int64_t len = b->len;
	enum solved result;

	if (parts) {
		uint32_t step = graph_next_step(b->graph, pick.step);
		const struct pick *given = look_ahead(b, h->i, problem);

		next = given ? *given : script_pick(step, CHOICE_ANY);
	}
	problem->pick = &pick;
	problem->next = &next;
	if (pick.twist && (pick.twist->fail || pick.twist->site) &&
	    !pick.twist->alone)
		problem->next = NULL;
	set_rest(b, &pick, problem->base);
	result = solve_any(h, problem, &next);
	if (result == UNSOLVED && h->i >= b->fixed) {
		next.choice = CHOICE_ANY;
		b->script->picks[h->i].choice = parts ? 0 : CHOICE_ANY;
		result = solve_any(h, problem, &next);
	}
	if (result == UNSOLVED)
		b->len = len;
	return result;
}

static enum solved run_solved(struct here *h, int64_t base)
{
	struct builder *b = h->b;
	uint32_t i = h->i;
	struct problem *problem = xcalloc(1, sizeof(*problem));
	bool overlays = b->draft.known[base] || b->draft.inputs_known;
	enum solved result;

	*problem = (struct problem){
		.graph = b->graph, .draft = &b->draft, .budget = &b->budget,
		.base = base, .done = take_step, .context = h,
	};
	result = solve_here(h, problem);
	free(problem);
	if (result != UNSOLVED || i >= b->script->num)
		return result;
	/* Where an overlay has decided the bits it may be its fault */
	if (b->budget && b->script->picks[i].found &&
	    (i < b->fixed || b->picky)) {
		b->too_small = i + 1;
		if (!overlays && fit_longer(&b->script->picks[i]) == FOUND_WISH)
			return FOUND_WISH;
	}
	if (i < b->fixed)
		return overlays ? UNSOLVED : HOPELESS;
	return finish(b, i, &h->regs,
		      b->graph->low->steps[b->script->picks[i].step].depth);
}

static enum solved run_step(struct here *h)
{
	struct builder *b = h->b;
	uint32_t step = b->script->picks[h->i].step;
	const struct step *s = &b->graph->low->steps[step];
	struct regs regs = h->regs;
	struct bytes bytes = draft_bytes(b);
	struct outcome out;

	step_run(b->graph, &bytes, &regs, step, &out, NULL);
	if (s->type == STEP_VISIT && !is_bitless(out.site))
		return run_solved(h, h->regs.pos[s->depth]);
	if (s->type == STEP_LOOP && !is_bitless(out.site) &&
	    (out.choice == CHOICE_ANY || out.choice > 1))
		return b->script->picks[h->i].choice <= 1 ? take_step(h) :
		       run_solved(h, h->regs.pos[s->depth]);
	return take_step(h);
}

static enum solved run_pick(struct builder *b, uint32_t i, uint32_t step,
			    const struct regs *regs)
{
	struct script *script = b->script;
	struct here h = { .b = b, .i = i, .regs = *regs };

	if (i < script->num && script->picks[i].step != step) {
		if (i < b->fixed)
			return UNSOLVED;
		script->num = i;
	}
	if (i == MAX_PICKS)
		return finish(b, i, regs, b->graph->low->steps[step].depth);
	if (i == script->num)
		script_add(script, step, soft_choice(b, i, step));
	return run_step(&h);
}

/* ---- the packet ------------------------------------------------------------------------ */

static uint8_t noise(uint64_t seed, uint32_t at)
{
	uint64_t x = seed * 0x9e3779b97f4a7c15 + at;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x >> 56;
}

static uint32_t frame_length(const struct builder *b)
{
	int64_t len = b->read;

	if (b->len != NO_WISH)
		return b->len;
	if (b->last > len && b->last - len <= MAX_JUMP &&
	    b->last <= RUN_MAX_FRAME - SPARE)
		len = b->last;
	return len + SPARE <= RUN_MAX_FRAME ? len + SPARE : RUN_MAX_FRAME;
}

static void give_packet(struct builder *b, struct packet *packet)
{
	packet->len = frame_length(b);
	packet->data = xcalloc(1, packet->len ? packet->len : 1);
	packet->inputs = b->draft.inputs;
	for (uint32_t i = 0; i < packet->len; i++) {
		uint8_t known = b->draft.known[i];

		packet->data[i] = (b->draft.data[i] & known) |
				  (noise(b->noise, i) & ~known);
	}
}

void builder_repeat(struct builder *b, uint8_t fill, struct packet *packet)
{
	give_packet(b, packet);
	for (uint32_t i = 0; i < packet->len; i++) {
		uint8_t known = b->draft.known[i];

		packet->data[i] = (packet->data[i] & known) | (fill & ~known);
	}
}

bool builder_run(struct builder *b, struct script *script,
		 struct packet *packet)
{
	uint32_t tasks = START_TASKS + PICK_TASKS * script->num, spent = 0;
	enum solved result = FOUND_WISH;
	struct regs regs;

	b->script = script;
	b->fixed = script->num;
	regs_init(&regs);
	for (uint32_t i = 0; i < MAX_STARTS && spent < MAX_SPENT * tasks &&
	     result == FOUND_WISH; i++) {
		draft_clear(&b->draft);
		b->picky = i < PICKY_STARTS;
		if (i == PICKY_STARTS)
			script->num = b->fixed;
		b->budget = tasks;
		b->len = script->len;
		b->read = 0;
		b->last = 0;
		b->too_small = 0;
		b->work += START_WORK;
		result = run_pick(b, 0, lowered_root(b->graph->low), &regs);
		b->work += tasks - b->budget;
		spent += tasks - b->budget;
		if ((result == UNSOLVED || result == HOPELESS) && b->too_small &&
		    b->too_small <= script->num)
			result = fit_longer(&script->picks[b->too_small - 1]);
	}
	b->noise++;
	if (result == SOLVED)
		give_packet(b, packet);
	script->num = b->fixed;
	return result == SOLVED;
}

/* Grows with the time that it takes, but is the same on every machine */
uint64_t builder_work(const struct builder *b)
{
	return b->work;
}

const struct built *builder_last(const struct builder *b)
{
	return &b->last_built;
}

struct builder *builder_make(const struct graph *graph)
{
	struct builder *b = xcalloc(1, sizeof(*b));

	b->graph = graph;
	b->draft.data = xcalloc(1, DRAFT_BYTES);
	b->draft.known = xcalloc(1, DRAFT_BYTES);
	return b;
}

void builder_free(struct builder *b)
{
	if (!b)
		return;
	draft_free(&b->draft);
	free(b);
}
