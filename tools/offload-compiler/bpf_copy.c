// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The graph without loops that the program itself walks: copies of the steps,
 * one for each number of jumps back that may have led there, before and behind
 * the first counted node. What is the same for all ways to a copy needs no test
 * in it: how often a counter can have counted, that a header is there because
 * the node before had it in its hands. Where ways with different offsets meet,
 * the verifier shall not see that they do: see bpf_quick.c.
 */
#include <stdlib.h>
#include <string.h>

#include "bpf.h"

#define LEVELS		(BPF_QUICK_JUMPS + 1)
#define MAX_COPIES	400	/* else fewer levels; what clang can jump over */

/* ---- counts ---------------------------------------------------------------- */

static void find_slots(struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	gen->visits_slot = xcalloc(parser->num_nodes, sizeof(uint32_t));
	gen->counter_slot = xcalloc(parser->num_counters + 1, sizeof(uint32_t));
	gen->num_slots = SLOT_ENCAPS + 1;
	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			gen->visits_slot[i] = gen->num_slots++;
	for (i = 0; i < parser->num_counters; i++)
		gen->counter_slot[i] = bpf_counter_matters(gen, i) ?
				       gen->num_slots++ : NO_SLOT;
}

static void raise(uint8_t *most, uint32_t slot, uint32_t limit)
{
	if (slot != NO_SLOT && most[slot] < limit)
		most[slot]++;
}

/* @most: of each count at the entry; becomes what it is where the node ends */
static void count_visit(const struct bpf_gen *gen, uint32_t step, uint8_t *most)
{
	const struct parser *parser = gen->parser;
	const struct step *s = &gen->low->steps[step];
	const struct node *node = &parser->nodes[s->node];
	uint32_t i;

	if (s->type != STEP_VISIT)
		return;
	if (node->counted)
		raise(most, SLOT_NODES, parser->max_nodes);
	if (node->encap)
		raise(most, SLOT_ENCAPS, parser->max_encaps);
	if (node->repeat)
		raise(most, gen->visits_slot[s->node], node->repeat);
	for (i = 0; i < node->num_actions; i++)
		if (!node->actions[i].reset)
			raise(most, gen->counter_slot[node->actions[i].counter],
			      parser->counters[node->actions[i].counter].max);
}

/* ---- the copies ------------------------------------------------------------ */

static uint32_t place(uint32_t step, uint32_t level, bool seen)
{
	return (step * LEVELS + level) * 2 + seen;
}

/* Whether a counted node came before what comes behind @copy */
bool bpf_copy_seen(const struct bpf_gen *gen, const struct bpf_copy *copy)
{
	const struct step *s = &gen->low->steps[copy->step];

	return copy->seen || (s->type == STEP_VISIT &&
			      gen->parser->nodes[s->node].counted);
}

/* Where a jump leads; NULL: out of the program */
struct bpf_copy *bpf_copy_to(const struct bpf_gen *gen,
			     const struct bpf_copy *from, uint32_t to)
{
	uint32_t level = from->level + bpf_is_back(gen, from->step, to);

	if (level >= gen->levels || bpf_leaves(gen, to))
		return NULL;
	return gen->copy_at[place(to, level, bpf_copy_seen(gen, from))];
}

/* The n-th way out of @from; false behind the last */
static bool edge(const struct bpf_gen *gen, const struct bpf_copy *from,
		 uint32_t n, struct bpf_copy **to)
{
	struct target target;

	if (!lowered_edge(gen->low, from->step, n, &target))
		return false;
	*to = target.type == TARGET_NODE ?
	      bpf_copy_to(gen, from, target.index) : NULL;
	return true;
}

/* Marks what is reached, by place */
static void reach(const struct bpf_gen *gen, const struct bpf_copy *from,
		  bool *reached)
{
	struct target to;
	uint32_t n;

	for (n = 0; lowered_edge(gen->low, from->step, n, &to); n++) {
		struct bpf_copy next = {
			.step = to.index,
			.level = from->level,
			.seen = bpf_copy_seen(gen, from),
		};

		if (to.type != TARGET_NODE)
			continue;
		next.level += bpf_is_back(gen, from->step, to.index);
		if (next.level >= gen->levels || bpf_leaves(gen, to.index) ||
		    reached[place(next.step, next.level, next.seen)])
			continue;
		reached[place(next.step, next.level, next.seen)] = true;
		reach(gen, &next, reached);
	}
}

static void add(struct bpf_gen *gen, uint32_t step, uint32_t level, bool seen)
{
	struct bpf_copy *copy = &gen->copies[gen->num_copies++];

	*copy = (struct bpf_copy){
		.step = step, .level = level, .seen = seen,
		.most = xcalloc(gen->num_slots, 1),
		.label = xasprintf("%s$$%s%u", gen->label[step],
				   seen ? "" : "first", level),
	};
	gen->copy_at[place(step, level, seen)] = copy;
}

/* In an order in which all jumps lead forth */
static void add_all(struct bpf_gen *gen, const bool *reached)
{
	uint32_t num = gen->low->num_steps, level, left, i;

	for (level = 0; level < gen->levels; level++)
		for (left = num; left; left--)
			for (i = 0; i < num; i++) {
				if (gen->finish[i] != left)
					continue;
				if (reached[place(i, level, false)])
					add(gen, i, level, false);
				if (reached[place(i, level, true)])
					add(gen, i, level, true);
			}
}

static uint32_t count(const bool *reached, uint32_t num)
{
	uint32_t i, sum = 0;

	for (i = 0; i < num; i++)
		sum += reached[i];
	return sum;
}

static void find_copies(struct bpf_gen *gen)
{
	uint32_t root = lowered_root(gen->low), num = 0;
	uint32_t places = place(gen->low->num_steps, 0, false);
	bool *reached = xcalloc(places, sizeof(*reached));

	gen->copy_at = xcalloc(places, sizeof(struct bpf_copy *));
	gen->entry = (struct bpf_copy){ .step = root };
	for (gen->levels = gen->quick ? LEVELS : 0; gen->levels; gen->levels--) {
		memset(reached, 0, places);
		reached[place(root, 0, false)] = gen->outputs &&
						 !bpf_leaves(gen, root);
		if (!gen->outputs || !bpf_leaves(gen, root))
			reach(gen, &gen->entry, reached);
		num = count(reached, places);
		if (num <= MAX_COPIES)
			break;
	}
	if (gen->levels) {
		gen->copies = xcalloc(num + 1, sizeof(*gen->copies));
		add_all(gen, reached);
	}
	free(reached);
}

/* ---- offsets --------------------------------------------------------------- */

struct offset {
	bool		constant;
	uint32_t	off;
};

static bool rebases(const struct bpf_gen *gen, const struct bpf_copy *copy)
{
	return !copy->seen && bpf_copy_seen(gen, copy);
}

/* Where the parse goes on behind @copy */
static struct offset offset_behind(const struct bpf_gen *gen,
				   const struct bpf_copy *copy)
{
	const struct step *s = &gen->low->steps[copy->step];
	const struct node *node = &gen->parser->nodes[s->node];
	struct offset out = { copy->constant, copy->off };

	if (s->type != STEP_VISIT || node->num_parts || copy->launder)
		return (struct offset){};
	if (rebases(gen, copy))
		out = (struct offset){ .constant = true };
	if (node->overlay)
		return out;
	out.constant &= !node->rest && !node->length.num_terms &&
			node->length.add >= 0;
	out.off += out.constant ? node->length.add : 0;
	return out;
}

static void meet(struct bpf_copy *to, const struct bpf_copy *from,
		 struct offset off)
{
	if (!to->from) {
		to->constant = off.constant;
		to->off = off.off;
	} else if (to->from != from && (!to->constant || !off.constant ||
					to->off != off.off)) {
		to->constant = false;
		to->joined = true;
	}
	to->from = from;
}

/* What leads to a place where ways meet launders its offset */
static bool launder(struct bpf_gen *gen, struct bpf_copy *from)
{
	struct bpf_copy *to;
	uint32_t n;

	for (n = 0; !from->launder && edge(gen, from, n, &to); n++)
		if (to && to->joined)
			from->launder = true;
	return from->launder;
}

static void pass_offsets(struct bpf_gen *gen)
{
	struct bpf_copy *to, *copy;
	uint32_t i, n;

	for (i = 0; i < gen->num_copies; i++) {
		gen->copies[i].from = NULL;
		gen->copies[i].joined = false;
	}
	for (n = 0; !gen->outputs && edge(gen, &gen->entry, n, &to); n++)
		if (to)
			meet(to, &gen->entry, (struct offset){});
	if (gen->outputs && gen->num_copies)
		meet(&gen->copies[0], &gen->entry,
		     (struct offset){ .constant = true });
	for (i = 0; i < gen->num_copies; i++) {
		copy = &gen->copies[i];
		for (n = 0; edge(gen, copy, n, &to); n++)
			if (to)
				meet(to, copy, offset_behind(gen, copy));
	}
}

/* To launder one makes more places where offsets differ */
static void find_offsets(struct bpf_gen *gen)
{
	uint32_t laundered, before = 0, i;

	for (;;) {
		pass_offsets(gen);
		laundered = 0;
		for (i = 0; i < gen->num_copies; i++)
			laundered += launder(gen, &gen->copies[i]);
		if (laundered == before)
			return;
		before = laundered;
	}
}

/* ---- what a copy can count on ---------------------------------------------- */

/* Bytes that are there at the place behind @copy */
static int32_t known_behind(const struct bpf_gen *gen,
			    const struct bpf_copy *copy)
{
	const struct step *s = &gen->low->steps[copy->step];
	const struct node *node = &gen->parser->nodes[s->node];

	if (s->type != STEP_VISIT || node->num_parts || !node->overlay)
		return -1;
	return (int32_t)node->min_length > copy->known ?
	       (int32_t)node->min_length : copy->known;
}

static void promise(const struct bpf_gen *gen, const struct bpf_copy *from,
		    struct bpf_copy *to, const uint8_t *most)
{
	int32_t known = known_behind(gen, from);
	uint32_t i;

	if (known < to->known)
		to->known = known;
	for (i = 0; i < gen->num_slots; i++)
		if (most[i] > to->most[i])
			to->most[i] = most[i];
}

static void find_promises(struct bpf_gen *gen)
{
	uint8_t *most = xcalloc(gen->num_slots, 1);
	struct bpf_copy *to;
	uint32_t i, n;

	for (i = 0; i < gen->num_copies; i++)
		gen->copies[i].known = MAX_MIN_LENGTH;
	for (n = 0; !gen->outputs && edge(gen, &gen->entry, n, &to); n++)
		if (to)
			to->known = -1;
	if (gen->outputs && gen->num_copies)
		gen->copies[0].known = -1;
	for (i = 0; i < gen->num_copies; i++) {
		const struct bpf_copy *copy = &gen->copies[i];

		memcpy(most, copy->most, gen->num_slots);
		count_visit(gen, copy->step, most);
		for (n = 0; edge(gen, copy, n, &to); n++)
			if (to)
				promise(gen, copy, to, most);
	}
	free(most);
}

void bpf_copies(struct bpf_gen *gen)
{
	find_slots(gen);
	find_copies(gen);
	find_offsets(gen);
	find_promises(gen);
}

void bpf_copies_free(struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->num_copies; i++) {
		free(gen->copies[i].most);
		free(gen->copies[i].label);
	}
	free(gen->copies);
	free(gen->copy_at);
	free(gen->visits_slot);
	free(gen->counter_slot);
}
