// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Why there is no packet: what the graph alone excludes. Each question is asked
 * of a graph that allows more than the parser does, so a "no" holds for it too.
 */
#include <stdlib.h>
#include <string.h>

#include "vectors.h"

#define MAX_CELLS	(1 << 22)	/* of a table by step and counts */
#define FAR		((int64_t)1 << 40)

struct bounds {
	const struct graph *graph;
	bool		*can;		/* by step, nodes, levels; NULL: too large */
	int64_t		*most_bytes;	/* by step: since the window opened */
	uint8_t		*inputs;	/* by step: bit n: word n of inputs is possible */
};

static const struct node *visited(const struct graph *graph, uint32_t step)
{
	const struct step *s = &graph->low->steps[step];

	return s->type == STEP_VISIT ? &graph->parser->nodes[s->node] : NULL;
}

/* ---- nodes and levels ------------------------------------------------------- */

static bool *cell(const struct bounds *b, uint32_t step, uint32_t nodes,
		  uint32_t encaps)
{
	const struct parser *p = b->graph->parser;

	return &b->can[(step * (p->max_nodes + 1) + nodes) *
		       (p->max_encaps + 1) + encaps];
}

static void find_counts(struct bounds *b)
{
	const struct graph *graph = b->graph;
	const struct parser *p = graph->parser;
	uint64_t cells = (uint64_t)graph->num_steps * (p->max_nodes + 1) *
			 (p->max_encaps + 1);
	uint32_t *queue, num = 0, i;

	if (cells > MAX_CELLS)
		return;
	b->can = xcalloc(cells, sizeof(*b->can));
	queue = xcalloc(cells, sizeof(*queue));
	*cell(b, lowered_root(graph->low), 0, 0) = true;
	queue[num++] = cell(b, lowered_root(graph->low), 0, 0) - b->can;
	for (i = 0; i < num; i++) {
		uint32_t encaps = queue[i] % (p->max_encaps + 1);
		uint32_t nodes = queue[i] / (p->max_encaps + 1) %
				 (p->max_nodes + 1);
		uint32_t step = queue[i] / (p->max_encaps + 1) /
				(p->max_nodes + 1);
		const struct node *node = visited(graph, step);

		nodes += node && node->counted;
		encaps += node && node->encap;
		if (nodes > p->max_nodes || encaps > p->max_encaps)
			continue;
		for (uint32_t c = 0; c < graph->num_choices[step]; c++) {
			struct target to = graph_target(graph, step, c);
			bool *next;

			if (to.type == TARGET_STOP)
				continue;
			next = cell(b, to.index, nodes, encaps);
			if (!*next)
				queue[num++] = next - b->can;
			*next = true;
		}
	}
	free(queue);
}

static bool can_have(const struct bounds *b, uint32_t step, bool levels)
{
	const struct parser *p = b->graph->parser;

	if (!b->can)
		return true;
	for (uint32_t i = 0; i <= (levels ? p->max_nodes : p->max_encaps); i++)
		if (levels ? *cell(b, step, i, p->max_encaps) :
			     *cell(b, step, p->max_nodes, i))
			return true;
	return false;
}

/* ---- visits of one node, values of one counter ---------------------------------- */

static uint32_t count(const struct parser *p, const struct node *node,
		      bool counter, uint32_t which, uint32_t value)
{
	if (!node)
		return value;
	if (!counter)
		return value + (node == &p->nodes[which]);
	if (node->encap && p->counters[which].encap_resets)
		value = 0;
	for (uint32_t i = 0; i < node->num_actions; i++)
		if (node->actions[i].counter == which)
			value = node->actions[i].reset ? 0 : value + 1;
	return value;
}

/* Is there a way to @step with @max of it, that has never more? */
static bool can_count(const struct graph *graph, uint32_t step, bool counter,
		      uint32_t which, uint32_t max)
{
	uint32_t root = lowered_root(graph->low), num = 0, found;
	bool *can = xcalloc((size_t)graph->num_steps * (max + 1), sizeof(bool));
	uint32_t *queue = xcalloc((size_t)graph->num_steps * (max + 1),
				  sizeof(*queue));

	can[root * (max + 1)] = true;
	queue[num++] = root * (max + 1);
	for (uint32_t i = 0; i < num; i++) {
		uint32_t at = queue[i] / (max + 1);
		uint32_t value = count(graph->parser, visited(graph, at),
				       counter, which, queue[i] % (max + 1));

		if (value > max && counter &&
		    graph->parser->counters[which].saturate)
			value = max;
		for (uint32_t c = 0; value <= max && c < graph->num_choices[at]; c++) {
			struct target to = graph_target(graph, at, c);
			uint32_t next = to.index * (max + 1) + value;

			if (to.type == TARGET_STOP || can[next])
				continue;
			can[next] = true;
			queue[num++] = next;
		}
	}
	found = can[step * (max + 1) + max];
	free(can);
	free(queue);
	return found;
}

static bool can_overflow(const struct graph *graph, uint32_t step)
{
	const struct node *node = visited(graph, step);

	for (uint32_t i = 0; i < node->num_actions; i++) {
		uint32_t which = node->actions[i].counter;
		const struct counter *c = &graph->parser->counters[which];

		if (!node->actions[i].reset && !c->saturate &&
		    can_count(graph, step, true, which, c->max))
			return true;
	}
	return false;
}

/* ---- bytes -------------------------------------------------------------------------- */

static int64_t most_length(const struct node *node)
{
	int64_t bytes = node->length.add;

	if (node->overlay && !node->num_parts)
		return 0;
	if (node->rest || node->num_parts)
		return FAR;
	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct term *t = &node->length.terms[i];
		uint32_t bits = node->fields[t->field].bits;

		if (t->times > 0)
			bytes += (((int64_t)1 << (bits > 24 ? 24 : bits)) - 1) *
				 t->times;
	}
	return bytes;
}

/* The longest ways, up to FAR; a cycle gets there in the end */
static void find_bytes(struct bounds *b)
{
	const struct graph *graph = b->graph;
	uint32_t rounds = 2 * graph->num_steps;
	bool changed = true;

	b->most_bytes = xcalloc(graph->num_steps, sizeof(*b->most_bytes));
	for (uint32_t i = 0; i < graph->num_steps; i++)
		b->most_bytes[i] = -1;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < graph->num_steps; i++) {
			const struct node *node = visited(graph, i);
			int64_t bytes = b->most_bytes[i];

			if (bytes < 0 && (!node || !node->counted))
				continue;
			bytes = bytes < 0 ? 0 : bytes;
			bytes += node ? most_length(node) : 0;
			if (bytes > FAR || !rounds)
				bytes = FAR;
			for (uint32_t c = 0; c < graph->num_choices[i]; c++) {
				struct target to = graph_target(graph, i, c);

				if (to.type == TARGET_STOP ||
				    b->most_bytes[to.index] >= bytes)
					continue;
				b->most_bytes[to.index] = bytes;
				changed = true;
			}
		}
		rounds -= rounds > 0;
	}
}

/* ---- inputs --------------------------------------------------------------------------- */

#define ALL_INPUTS	0xff	/* words of the three inputs */

/* Words of inputs with which @choice can be taken */
static uint8_t inputs_of(const struct graph *graph, uint32_t step,
			 uint32_t choice)
{
	const struct entry *e = graph_entry(graph, step, choice);
	uint8_t words = ALL_INPUTS;
	struct scope scope;
	uint32_t at = 0;

	if (!e || e->range || !graph_scope(graph, step, &scope))
		return ALL_INPUTS;
	for (uint32_t i = scope.lookup->num_key; i--;) {
		const struct operand *op = &scope.lookup->key[i];

		if (op->type == OPERAND_FIELD) {
			at += scope.fields[op->index].bits;
			continue;
		}
		for (uint32_t word = 0; word < 8 && e->mask >> at & 1; word++)
			if (!!(word & graph->parser->inputs[op->index].bit) !=
			    (e->key >> at & 1))
				words &= ~(1 << word);
		at++;
	}
	return words;
}

static void find_inputs(struct bounds *b)
{
	const struct graph *graph = b->graph;
	bool changed = true;

	b->inputs = xcalloc(graph->num_steps, sizeof(*b->inputs));
	b->inputs[lowered_root(graph->low)] = ALL_INPUTS;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < graph->num_steps; i++) {
			for (uint32_t c = 0; b->inputs[i] &&
			     c < graph->num_choices[i]; c++) {
				struct target to = graph_target(graph, i, c);
				uint8_t words = b->inputs[i] &
						inputs_of(graph, i, c);

				if (to.type == TARGET_STOP ||
				    !(words & ~b->inputs[to.index]))
					continue;
				b->inputs[to.index] |= words;
				changed = true;
			}
		}
	}
}

/* ---- lengths that were looked at before ------------------------------------------------- */

#define MAX_BACK	8	/* overlays on each other */

static bool same_length(const struct node *a, const struct node *b)
{
	if (a->rest || b->rest || a->length.add != b->length.add ||
	    a->length.num_terms != b->length.num_terms)
		return false;
	for (uint32_t i = 0; i < a->length.num_terms; i++) {
		const struct field *f = &a->fields[a->length.terms[i].field];
		const struct field *g = &b->fields[b->length.terms[i].field];

		if (a->length.terms[i].times != b->length.terms[i].times ||
		    f->offset != g->offset || f->bits != g->bits)
			return false;
	}
	return true;
}

/* All ways to @step come by an overlay at the same place, of the same length */
static bool was_checked(const struct graph *graph, const struct node *node,
			uint32_t step, uint32_t back)
{
	if (step == lowered_root(graph->low) || back == MAX_BACK)
		return false;
	for (uint32_t i = 0; i < graph->num_steps; i++) {
		const struct node *before = visited(graph, i);

		for (uint32_t c = 0; c < graph->num_choices[i]; c++) {
			struct target to = graph_target(graph, i, c);

			if (to.type == TARGET_STOP || to.index != step)
				continue;
			if (!before || !before->overlay || before->num_parts)
				return false;
			if ((!same_length(before, node) ||
			     before->min_length < node->min_length) &&
			    !was_checked(graph, node, i, back + 1))
				return false;
			break;
		}
	}
	return true;
}

/* ---- the answers -------------------------------------------------------------------------- */

struct bounds *bounds_make(const struct graph *graph)
{
	struct bounds *b = xcalloc(1, sizeof(*b));

	b->graph = graph;
	find_counts(b);
	find_bytes(b);
	find_inputs(b);
	return b;
}

void bounds_free(struct bounds *b)
{
	if (!b)
		return;
	free(b->can);
	free(b->most_bytes);
	free(b->inputs);
	free(b);
}

static uint32_t bytes_read_by(const struct graph *graph, uint32_t step)
{
	const struct step *s = &graph->low->steps[step];
	const struct node *node = &graph->parser->nodes[s->node];

	return s->type == STEP_LOOP ? node->parts[s->part].need :
				      node->min_length;
}

static const char *limit_impossible(const struct bounds *b, uint32_t step,
				    uint32_t site)
{
	const struct step *s = &b->graph->low->steps[step];
	const struct node *node = &b->graph->parser->nodes[s->node];
	uint32_t bytes = bytes_read_by(b->graph, step);

	if (site == SITE_ENCAPS && !can_have(b, step, true))
		return "no way there has so many levels";
	if (site == SITE_NODES && !can_have(b, step, false))
		return "no way there has so many nodes";
	if (site == SITE_REPEAT &&
	    !can_count(b->graph, step, false, s->node, node->repeat))
		return "no way there comes by it so often";
	if (site == SITE_COUNTER && !can_overflow(b->graph, step))
		return "no way there counts so far";
	if (site == SITE_WINDOW &&
	    b->most_bytes[step] + bytes <= b->graph->parser->max_bytes)
		return "no way there is so long";
	return NULL;
}

/**
 * site_impossible() - why a step cannot end the parse there
 * @b: of the graph
 * @step: which
 * @site: enum site
 *
 * Return: a few words; NULL if no reason is known.
 */
const char *site_impossible(const struct bounds *b, uint32_t step, uint32_t site)
{
	const struct node *node = visited(b->graph, step);

	if (!b->inputs[step])
		return "no inputs lead there";
	if (site == SITE_AREA &&
	    fits_always(b->graph, step, bytes_read_by(b->graph, step)))
		return "all of its area is as many bytes, or a multiple";
	if (site == SITE_PAST && !node && area_fits_always(b->graph, step))
		return "its node is always as long";
	if (site == SITE_SHORT && node &&
	    was_checked(b->graph, node, step, 0))
		return "the same length was looked at before";
	return limit_impossible(b, step, site);
}

#define MAX_TRIED_BITS	16	/* all keys so wide are looked up */

static const char *key_impossible(const struct graph *graph, uint32_t step,
				  uint32_t choice)
{
	const struct map *map;
	struct scope scope;
	bool found = false;

	if (!graph_scope(graph, step, &scope) || scope.lookup->map < 0 ||
	    choice < scope.first)
		return NULL;
	map = &graph->parser->maps[scope.lookup->map];
	if (map->bits > MAX_TRIED_BITS)
		return NULL;
	for (uint32_t key = 0; key < 1U << map->bits && !found; key++)
		found = scope.first + lookup_choice(map, key) == choice;
	if (found)
		return NULL;
	return choice == scope.first ? "every key has an entry" :
				       "other entries have all of its keys";
}

/* The same of a way out of @step */
const char *choice_impossible(const struct bounds *b, uint32_t step,
			      uint32_t choice)
{
	enum step_type type = b->graph->low->steps[step].type;

	if (type == STEP_LOOP && choice == 1 && !has_room(b->graph, step))
		return "its area has no room for so many";
	if (type == STEP_FLAG && flag_is_asked_for(b->graph, step, choice))
		return "a condition excludes it";
	if (!(b->inputs[step] & inputs_of(b->graph, step, choice)))
		return "the inputs that lead there exclude it";
	return key_impossible(b->graph, step, choice);
}
