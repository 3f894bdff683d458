// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * One step of the flat parser on bytes: which way it goes, or where it ends and
 * why. Written from "Meaning of a visit" in oc.h, not from reference.c, so that
 * the two check each other on every packet.
 */
#include <string.h>

#include "vectors.h"

struct at {			/* one step under way */
	const struct graph	*graph;
	const struct bytes	*bytes;
	struct regs		*regs;
	uint32_t		step;
	const struct step	*s;
	const struct node	*node;
	struct outcome		*out;
	struct cover		*cover;
};

u128 bytes_read(const struct bytes *bytes, int64_t base,
		const struct field *field)
{
	uint64_t bit = 8 * (uint64_t)base + field->offset;
	uint64_t last = bit + field->bits - 1;
	uint32_t down = 7 - last % 8;
	u128 value = bytes->data[bit / 8] & (0xff >> bit % 8);

	if (bit / 8 == last / 8)
		return value >> down;
	for (uint64_t i = bit / 8 + 1; i < last / 8; i++)
		value = value << 8 | bytes->data[i];
	return value << (8 - down) | bytes->data[last / 8] >> down;
}

static u128 field_at(const struct at *at, int64_t base, uint32_t field)
{
	return bytes_read(at->bytes, base, &at->node->fields[field]);
}

static int64_t length_at(const struct at *at, int64_t base,
			 const struct length *length)
{
	int64_t bytes = length->add;

	for (uint32_t i = 0; i < length->num_terms; i++)
		bytes += (int64_t)field_at(at, base, length->terms[i].field) *
			 length->terms[i].times;
	return bytes;
}

static bool ends(const struct at *at, enum parse_verdict verdict, uint32_t site)
{
	at->out->to = (struct target){ TARGET_STOP, verdict };
	at->out->site = site;
	return false;
}

static void goes(const struct at *at, uint32_t choice)
{
	at->out->choice = choice;
	at->out->to = graph_target(at->graph, at->step, choice);
}

static void act(const struct parser *parser, const struct node *node,
		uint8_t counters[MAX_COUNTERS], bool *passes)
{
	for (uint32_t i = 0; node->encap && i < parser->num_counters; i++)
		if (parser->counters[i].encap_resets)
			counters[i] = 0;
	for (uint32_t i = 0; i < node->num_actions; i++) {
		const struct action *a = &node->actions[i];
		const struct counter *counter = &parser->counters[a->counter];

		if (a->reset)
			counters[a->counter] = 0;
		else if (counters[a->counter] < counter->max)
			counters[a->counter]++;
		else
			*passes &= counter->saturate;
	}
}

/* All of a visit's actions are made here: no extract is */
static bool limits_pass(const struct at *at, int64_t base)
{
	const struct parser *parser = at->graph->parser;
	uint8_t *visits = &at->regs->visits[at->s->node];
	uint8_t counters[MAX_COUNTERS];
	bool passes = true;

	if (at->node->encap && at->regs->encaps == parser->max_encaps)
		return ends(at, PARSE_LIMIT_ENCAPS, SITE_ENCAPS);
	if (at->node->counted && at->regs->nodes == parser->max_nodes)
		return ends(at, PARSE_LIMIT_NODES, SITE_NODES);
	if (at->node->repeat && *visits == at->node->repeat)
		return ends(at, PARSE_LIMIT_REPEAT, SITE_REPEAT);
	memcpy(counters, at->regs->counters, sizeof(counters));
	act(parser, at->node, counters, &passes);
	if (!passes)
		return ends(at, PARSE_LIMIT_COUNTER, SITE_COUNTER);
	memcpy(at->regs->counters, counters, sizeof(counters));
	at->regs->encaps += at->node->encap;
	at->regs->nodes += at->node->counted;
	*visits += !!at->node->repeat;
	if (at->node->counted && !at->regs->counted) {
		at->regs->counted = true;
		at->regs->origin = base;
	}
	return true;
}

static bool bytes_pass(const struct at *at, int64_t base, uint32_t bytes,
		       uint32_t depth)
{
	int64_t end = base + bytes;

	if (depth && end > at->regs->end[depth]) {
		at->out->want_end = end;
		return ends(at, PARSE_BAD_LENGTH, SITE_AREA);
	}
	if (at->regs->counted &&
	    end - at->regs->origin > at->graph->parser->max_bytes)
		return ends(at, PARSE_WINDOW, SITE_WINDOW);
	if (end > at->bytes->len)
		return ends(at, PARSE_TRUNCATED, SITE_TRUNCATED);
	at->out->read = end;
	return true;
}

static bool length_passes(const struct at *at, int64_t base)
{
	uint32_t depth = at->s->depth;
	int64_t end = depth ? at->regs->end[depth] : at->bytes->len;
	int64_t length = at->node->rest ? end - base :
			 length_at(at, base, &at->node->length);

	at->regs->length[depth] = length;
	if (length < at->node->min_length)
		return ends(at, PARSE_BAD_LENGTH, SITE_SHORT);
	if (depth && base + length > end) {
		at->out->want_end = base + length;
		return ends(at, PARSE_BAD_LENGTH, SITE_PAST);
	}
	return true;
}

static bool cond_holds(const struct at *at, int64_t base,
		       const struct cond *cond)
{
	bool any = cond->type == COND_ANY, holds;

	if (cond->type == COND_COMPARE) {
		holds = compare_holds(field_at(at, base, cond->field) &
				      cond->mask, cond->op, cond->value);
		if (at->cover)
			cover_leaf(at->cover, at->step, cond, holds);
		return holds;
	}
	for (uint32_t i = 0; i < cond->num_args; i++)
		if (cond_holds(at, base, &cond->args[i]) == any)
			return any;
	return !any;
}

/**
 * lookup_choice() - which entry wins
 * @map: to look in
 * @key: to look for
 *
 * Return: 0: none; else 1 + its place among the exact and then the others.
 */
uint32_t lookup_choice(const struct map *map, u128 key)
{
	uint32_t low = 0, high = map->num_exact;

	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (map->exact[mid].key == key)
			return mid + 1;
		if (map->exact[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = 0; i < map->num_ternary; i++) {
		const struct entry *e = &map->ternary[i];

		if (e->range ? key >= e->key && key <= e->mask :
			       (key & e->mask) == e->key)
			return map->num_exact + i + 1;
	}
	return 0;
}

static void look_up(const struct at *at, int64_t base)
{
	const struct parser *parser = at->graph->parser;
	struct scope scope;
	u128 key = 0;

	graph_scope(at->graph, at->step, &scope);
	for (uint32_t i = 0; i < scope.lookup->num_key; i++) {
		const struct operand *op = &scope.lookup->key[i];
		const struct field *field = &scope.fields[op->index];

		if (op->type == OPERAND_INPUT)
			key = key << 1 | !!(at->bytes->inputs &
					    parser->inputs[op->index].bit);
		else
			key = (field->bits == 128 ? 0 : key << field->bits) |
			      bytes_read(at->bytes, base, field);
	}
	goes(at, scope.first + (scope.lookup->map < 0 ? 0 :
		lookup_choice(&parser->maps[scope.lookup->map], key)));
}

static void visit(const struct at *at)
{
	int64_t base = at->regs->pos[at->s->depth];

	if (!limits_pass(at, base) ||
	    !bytes_pass(at, base, at->node->min_length, at->s->depth) ||
	    !length_passes(at, base))
		return;
	for (uint32_t i = 0; i < at->node->num_conds; i++) {
		const struct cond *cond = &at->node->conds[i];

		if (!cond_holds(at, base, cond)) {
			ends(at, cond->verdict, SITE_COND + i);
			return;
		}
	}
	if (at->node->num_parts) {
		goes(at, 0);
		return;
	}
	look_up(at, base);
	if (!at->node->overlay)
		at->regs->pos[at->s->depth] += at->regs->length[at->s->depth];
}

static void open_part(const struct at *at)
{
	const struct part *part = &at->node->parts[at->s->part];
	uint32_t depth = at->s->depth;
	int64_t base = at->regs->pos[depth - 1], pos = at->regs->pos[depth];
	int64_t last = base + at->regs->length[depth - 1];

	if (part->has_start)
		pos = base + part->start;
	else if (!at->s->part)
		pos = base + at->node->min_length;
	else if (at->node->parts[at->s->part - 1].type == PART_LOOP)
		pos = at->regs->end[depth];
	at->regs->pos[depth] = pos;
	at->regs->start[depth] = pos;
	at->regs->end[depth] = part->has_area ?
			       pos + length_at(at, base, &part->area) : last;
	at->regs->count[depth] = 0;
	if (at->regs->end[depth] < pos) {
		at->out->want_end = pos;
		ends(at, PARSE_BAD_LENGTH, SITE_SHORT);
	} else if (at->regs->end[depth] > last) {
		at->out->want_end = at->regs->end[depth];
		ends(at, PARSE_BAD_LENGTH, SITE_PAST);
	} else {
		goes(at, 0);
	}
}

static void loop(const struct at *at)
{
	const struct part *part = &at->node->parts[at->s->part];
	uint32_t depth = at->s->depth;
	int64_t pos = at->regs->pos[depth];

	if (pos == at->regs->end[depth]) {
		goes(at, 0);
		return;
	}
	if (at->regs->count[depth] == part->max) {
		goes(at, 1);
		return;
	}
	if (part->need && !bytes_pass(at, pos, part->need, depth))
		return;
	look_up(at, pos);
	at->regs->count[depth]++;
}

static void flag(const struct at *at)
{
	const struct flag *f =
		&at->node->parts[at->s->part].flags[at->s->flag];
	uint32_t depth = at->s->depth;
	int64_t *pos = &at->regs->pos[depth];
	bool set = (field_at(at, at->regs->pos[depth - 1], f->field) &
		    f->mask) == f->value;

	if (set && f->skip) {
		if (*pos + f->size > at->regs->end[depth]) {
			at->out->want_end = *pos + f->size;
			ends(at, PARSE_BAD_LENGTH, SITE_AREA);
			return;
		}
		*pos += f->size;
	}
	goes(at, set);
}

/**
 * step_run() - do one step
 * @graph: of the parser
 * @bytes: of the packet
 * @regs: go on with what it leaves
 * @step: which
 * @out: what came of it
 * @cover: hears of conditions; may be NULL
 */
void step_run(const struct graph *graph, const struct bytes *bytes,
	      struct regs *regs, uint32_t step, struct outcome *out,
	      struct cover *cover)
{
	const struct step *s = &graph->low->steps[step];
	struct at at = { graph, bytes, regs, step, s,
			 &graph->parser->nodes[s->node], out, cover };

	*out = (struct outcome){ .choice = CHOICE_ANY };
	switch (s->type) {
	case STEP_VISIT:
		visit(&at);
		break;
	case STEP_OPEN:
		open_part(&at);
		break;
	case STEP_LOOP:
		loop(&at);
		break;
	case STEP_FLAG:
		flag(&at);
		break;
	case STEP_NEXT:
		look_up(&at, regs->pos[s->depth]);
		if (!at.node->overlay)
			regs->pos[s->depth] += regs->length[s->depth];
		break;
	}
}

void regs_init(struct regs *regs)
{
	memset(regs, 0, sizeof(*regs));
}
