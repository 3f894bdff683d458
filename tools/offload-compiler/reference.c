// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The interpreter that defines what a parser means: "Meaning of a visit" and
 * "of a part" in oc.h, statement by statement. Written to be read, not to be
 * fast.
 */
#include <string.h>

#include "oc.h"

struct walk {
	const struct parser	*parser;
	const uint8_t		*frame;
	uint32_t		len, inputs;
	int64_t			origin;
	bool			counted;	/* origin is known */
	uint32_t		visits[MAX_NODES];
	uint32_t		counters[MAX_COUNTERS];
	struct parse_result	*res;
	struct trace		*trace;
	uint32_t		depth;		/* for the trace */
};

/* Where a node is visited, and what it may not go past */
struct area {
	int64_t	pos;		/* base of the next visit */
	int64_t	end;		/* of the part's area, else of the frame */
	bool	is_part;
};

struct visit {
	const struct node	*node;
	int64_t			base;
	int64_t			length;
};

/* A check that is passed; PARSE_OKAY is a way to end, too. */
#define PASSED	PARSE_NUM_VERDICTS

#define TELL(w, t, ...)							\
	do {								\
		if ((w)->trace)						\
			(w)->trace->step((w)->trace, &(struct trace_step){ \
				.type = TRACE_##t, .depth = (w)->depth,	\
				__VA_ARGS__ });				\
	} while (0)

static struct target stop(enum parse_verdict verdict)
{
	return (struct target){ .type = TARGET_STOP, .index = verdict };
}

static u128 read_field(const struct walk *w, const struct field *f, int64_t base)
{
	uint64_t first = 8 * (uint64_t)base + f->offset;
	u128 value = 0;

	for (uint64_t i = first; i < first + f->bits; i++)
		value = value << 1 | (w->frame[i / 8] >> (7 - i % 8) & 1);
	return value;
}

static u128 node_field(const struct walk *w, const struct visit *v,
		       uint32_t field)
{
	return read_field(w, &v->node->fields[field], v->base);
}

static int64_t sum(const struct walk *w, const struct visit *v,
		   const struct length *length)
{
	int64_t bytes = length->add;

	for (uint32_t i = 0; i < length->num_terms; i++)
		bytes += (int64_t)node_field(w, v, length->terms[i].field) *
			 length->terms[i].times;
	return bytes;
}

/* ---- 1: limits ------------------------------------------------------------- */

/* False if a counter would pass its maximum */
static bool act(const struct walk *w, const struct action *a,
		uint32_t counters[MAX_COUNTERS])
{
	const struct counter *counter = &w->parser->counters[a->counter];
	uint32_t *value = &counters[a->counter];

	if (a->reset)
		*value = 0;
	else if (*value < counter->max)
		*value += 1;
	else
		return counter->saturate;
	return true;
}

static void reset_at_encap(const struct walk *w, const struct node *node,
			   uint32_t counters[MAX_COUNTERS])
{
	for (uint32_t i = 0; i < w->parser->num_counters; i++)
		if (node->encap && w->parser->counters[i].encap_resets)
			counters[i] = 0;
}

/* Would all of the node's actions be possible? */
static bool may_act(const struct walk *w, const struct node *node)
{
	uint32_t counters[MAX_COUNTERS];

	memcpy(counters, w->counters, sizeof(counters));
	reset_at_encap(w, node, counters);
	for (uint32_t i = 0; i < node->num_actions; i++) {
		if (act(w, &node->actions[i], counters))
			continue;
		TELL(w, COUNTER, .index = node->actions[i].counter,
		     .value = counters[node->actions[i].counter],
		     .verdict = PARSE_LIMIT_COUNTER);
		return false;
	}
	return true;
}

static enum parse_verdict check_limits(struct walk *w, const struct node *node,
				       int64_t base)
{
	uint32_t *visits = &w->visits[node - w->parser->nodes];

	if (node->encap && w->res->encaps + 1 > w->parser->max_encaps)
		return PARSE_LIMIT_ENCAPS;
	if (node->counted && w->res->nodes + 1 > w->parser->max_nodes)
		return PARSE_LIMIT_NODES;
	if (node->repeat && *visits + 1 > node->repeat)
		return PARSE_LIMIT_REPEAT;
	if (!may_act(w, node))
		return PARSE_LIMIT_COUNTER;
	w->res->encaps += node->encap;
	w->res->nodes += node->counted;
	*visits += 1;
	reset_at_encap(w, node, w->counters);
	if (node->counted && !w->counted) {
		w->counted = true;
		w->origin = base;
	}
	return PASSED;
}

/* ---- 1 to 5: what ends a parse ------------------------------------------- */

/* The end of 1, 2 and 3, of @bytes that are to be read at @base */
static enum parse_verdict check_bytes(const struct walk *w,
				      const struct area *area, int64_t base,
				      uint32_t bytes)
{
	if (area->is_part && base + bytes > area->end)
		return PARSE_BAD_LENGTH;
	if (w->counted && base + bytes - w->origin > w->parser->max_bytes)
		return PARSE_WINDOW;
	if (base + bytes > w->len)
		return PARSE_TRUNCATED;
	return PASSED;
}

static enum parse_verdict check_length(const struct walk *w, struct visit *v,
				       const struct area *area)
{
	v->length = v->node->rest ? area->end - v->base :
				    sum(w, v, &v->node->length);
	if (v->length < v->node->min_length)
		return PARSE_BAD_LENGTH;
	if (area->is_part && v->base + v->length > area->end)
		return PARSE_BAD_LENGTH;
	return PASSED;
}

static bool cond_holds(const struct walk *w, const struct visit *v,
		       const struct cond *cond)
{
	if (cond->type == COND_COMPARE)
		return compare_holds(node_field(w, v, cond->field) & cond->mask,
			       cond->op, cond->value);
	for (uint32_t i = 0; i < cond->num_args; i++)
		if (cond_holds(w, v, &cond->args[i]) == (cond->type == COND_ANY))
			return cond->type == COND_ANY;
	return cond->type == COND_ALL;
}

static enum parse_verdict check_conds(const struct walk *w,
				      const struct visit *v)
{
	for (uint32_t i = 0; i < v->node->num_conds; i++) {
		const struct cond *cond = &v->node->conds[i];

		if (cond_holds(w, v, cond))
			continue;
		TELL(w, COND, .node = v->node, .base = v->base,
		     .cond = cond, .verdict = cond->verdict);
		return cond->verdict;
	}
	return PASSED;
}

/* ---- 6: actions and extracts ----------------------------------------------- */

static void make_actions(struct walk *w, const struct node *node, bool before)
{
	for (uint32_t i = 0; i < node->num_actions; i++) {
		uint32_t counter = node->actions[i].counter;

		if (node->actions[i].before != before)
			continue;
		act(w, &node->actions[i], w->counters);
		TELL(w, COUNTER, .index = counter,
		     .value = w->counters[counter], .verdict = PASSED);
	}
}

static uint64_t clamp(uint64_t value, uint64_t max)
{
	return value < max ? value : max;
}

static u128 extract_value(const struct walk *w, const struct visit *v,
			  const struct extract *e)
{
	uint64_t frame = clamp(w->len, UINT16_MAX);

	switch (e->type) {
	case EXTRACT_FIELD:
		return node_field(w, v, e->field);
	case EXTRACT_CONST:
		return e->value;
	case EXTRACT_START:
		return clamp(v->base + (uint64_t)e->value, frame);
	case EXTRACT_END:
		return clamp(v->base + v->length, frame);
	case EXTRACT_LENGTH:
		return clamp(v->length, UINT16_MAX);
	case EXTRACT_COUNTER:
		return w->counters[e->counter];
	case EXTRACT_NODES:
		return w->res->nodes;
	case EXTRACT_ENCAPS:
		return w->res->encaps;
	}
	return 0;
}

static void write_output(struct parse_result *res, uint32_t output, u128 value)
{
	for (int i = PARSE_VALUE_BYTES - 1; i >= 0; i--, value >>= 8)
		res->value[output][i] = (uint8_t)value;
	res->present |= 1ULL << output;
}

/* The array that starts at @output; NULL: it is a plain one */
static const struct array *find_array(const struct parser *p, uint32_t output)
{
	for (uint32_t i = 0; i < p->num_arrays; i++)
		if (p->arrays[i].first == output)
			return &p->arrays[i];
	return NULL;
}

static void extract(const struct walk *w, const struct visit *v)
{
	for (uint32_t i = 0; i < v->node->num_extracts; i++) {
		const struct extract *e = &v->node->extracts[i];
		const struct array *array = find_array(w->parser, e->output);
		u128 value = extract_value(w, v, e);
		uint32_t index = 0;
		bool lost = false;

		if (array)
			index = array->index == INDEX_ENCAPS ? w->res->encaps :
				w->counters[array->counter];
		if (array && index >= array->num) {
			lost = !array->last;
			index = array->num - 1;
		}
		if (!lost)
			write_output(w->res, e->output + index, value);
		TELL(w, WRITE, .index = e->output + index,
		     .value = value, .lost = lost);
	}
}

/* ---- 8: lookups ------------------------------------------------------------ */

static u128 lookup_key(const struct walk *w, const struct lookup *lookup,
		       const struct field *fields, int64_t base)
{
	u128 key = 0;

	for (uint32_t i = 0; i < lookup->num_key; i++) {
		const struct operand *op = &lookup->key[i];

		if (op->type == OPERAND_INPUT)
			key = key << 1 |
			      !!(w->inputs & w->parser->inputs[op->index].bit);
		else if (fields[op->index].bits == 128)
			key = read_field(w, &fields[op->index], base);
		else
			key = key << fields[op->index].bits |
			      read_field(w, &fields[op->index], base);
	}
	return key;
}

static bool entry_matches(const struct entry *e, u128 key)
{
	return e->range ? key >= e->key && key <= e->mask :
			  (key & e->mask) == e->key;
}

/* The one that a key leads to; NULL: none */
static const struct entry *find_entry(const struct map *map, u128 key)
{
	for (uint32_t i = 0; i < map->num_exact; i++)
		if (map->exact[i].key == key)
			return &map->exact[i];
	for (uint32_t i = 0; i < map->num_ternary; i++)
		if (entry_matches(&map->ternary[i], key))
			return &map->ternary[i];
	return NULL;
}

static struct target look_up(const struct walk *w, const struct lookup *lookup,
			     const struct field *fields, int64_t base)
{
	const struct entry *entry = NULL;
	u128 key = 0;

	if (lookup->map >= 0) {
		key = lookup_key(w, lookup, fields, base);
		entry = find_entry(&w->parser->maps[lookup->map], key);
	}
	TELL(w, LOOKUP, .lookup = lookup, .fields = fields, .value = key,
	     .entry = entry);
	return entry ? entry->target : lookup->otherwise;
}

/* ---- 7: parts ---------------------------------------------------------------- */

static struct target visit_all(struct walk *w, struct target at,
			       struct area *area);

/* All three return a stop, or DONE. The part ended at area->pos. */
static struct target run_loop(struct walk *w, const struct part *part,
			      struct area *area)
{
	for (uint32_t count = 0; area->pos != area->end; count++) {
		enum parse_verdict verdict = PASSED;
		struct target at;

		if (count == part->max) {			/* a */
			TELL(w, EXCEEDED, .part = part, .base = area->pos);
			if (part->exceeded.type == TARGET_STOP)
				return part->exceeded;
			break;
		}
		if (part->need)					/* b */
			verdict = check_bytes(w, area, area->pos, part->need);
		TELL(w, ELEMENT, .part = part, .base = area->pos,
		     .end = area->end, .value = count, .verdict = verdict);
		if (verdict != PASSED)
			return stop(verdict);
		at = look_up(w, &part->next, part->fields, area->pos);	/* c */
		at = visit_all(w, at, area);
		if (at.type == TARGET_STOP)
			return at;
		if (at.type == TARGET_DONE)
			break;
	}
	area->pos = area->end;
	return (struct target){ .type = TARGET_DONE };
}

static struct target run_flags(struct walk *w, const struct visit *v,
			       const struct part *part, struct area *area)
{
	struct target at = { .type = TARGET_AGAIN };

	for (uint32_t i = 0; i < part->num_flags && at.type == TARGET_AGAIN; i++) {
		const struct flag *flag = &part->flags[i];

		if ((node_field(w, v, flag->field) & flag->mask) != flag->value)
			continue;
		TELL(w, FLAG, .node = v->node, .part = part, .flag = flag,
		     .base = area->pos, .end = area->end);
		if (!flag->skip) {
			at = (struct target){ TARGET_NODE, flag->node };
			at = visit_all(w, at, area);
		} else if (area->pos + flag->size > area->end) {
			return stop(PARSE_BAD_LENGTH);
		} else {
			area->pos += flag->size;
		}
	}
	return at.type == TARGET_STOP ? at :
	       (struct target){ .type = TARGET_DONE };
}

static struct target run_parts(struct walk *w, const struct visit *v)
{
	int64_t end = v->base + v->length, at = v->base + v->node->min_length;

	for (uint32_t i = 0; i < v->node->num_parts; i++) {
		const struct part *part = &v->node->parts[i];
		struct area area = { .is_part = true };
		struct target to;

		area.pos = part->has_start ? v->base + part->start : at;
		area.end = part->has_area ?
			   area.pos + sum(w, v, &part->area) : end;
		TELL(w, PART, .node = v->node, .base = v->base,
		     .length = v->length, .part = part, .start = area.pos,
		     .end = area.end);
		if (area.end < area.pos || area.end > end)
			return stop(PARSE_BAD_LENGTH);
		w->depth++;
		to = part->type == PART_LOOP ? run_loop(w, part, &area) :
					       run_flags(w, v, part, &area);
		if (to.type == TARGET_STOP)
			return to;
		at = area.pos;
		w->depth--;
	}
	return (struct target){ .type = TARGET_DONE };
}

/* ---- 1 to 9 -------------------------------------------------------------------- */

static struct target visit(struct walk *w, const struct node *node,
			   struct area *area)
{
	struct visit v = { .node = node, .base = area->pos };
	enum parse_verdict verdict;
	struct target to;

	verdict = check_limits(w, node, v.base);			/* 1 */
	if (verdict == PASSED)
		verdict = check_bytes(w, area, v.base, node->min_length); /* 2, 3 */
	if (verdict == PASSED)
		verdict = check_length(w, &v, area);			/* 4 */
	TELL(w, VISIT, .node = node, .base = v.base, .length = v.length,
	     .end = area->end, .is_part = area->is_part, .verdict = verdict);
	if (verdict == PASSED)
		verdict = check_conds(w, &v);				/* 5 */
	if (verdict != PASSED)
		return stop(verdict);
	make_actions(w, node, true);					/* 6 */
	extract(w, &v);
	make_actions(w, node, false);
	to = run_parts(w, &v);						/* 7 */
	if (to.type == TARGET_STOP)
		return to;
	if (!node->overlay)						/* 9 */
		area->pos += v.length;
	return look_up(w, &node->next, node->fields, v.base);		/* 8 */
}

/* From @at to the end of the parse, of the element, or of the part */
static struct target visit_all(struct walk *w, struct target at,
			       struct area *area)
{
	while (at.type == TARGET_NODE)
		at = visit(w, &w->parser->nodes[at.index], area);
	return at;
}

void reference_trace(const struct parser *parser, const uint8_t *frame,
		     uint32_t len, uint32_t inputs, struct parse_result *res,
		     struct trace *trace)
{
	struct walk w = { .parser = parser, .frame = frame, .len = len,
			  .inputs = inputs, .res = res, .trace = trace };
	struct area area = { .end = len };
	struct target root = { .type = TARGET_NODE, .index = parser->root };

	memset(res, 0, sizeof(*res));
	res->verdict = visit_all(&w, root, &area).index;
}

void reference_run(const struct parser *parser, const uint8_t *frame,
		   uint32_t len, uint32_t inputs, struct parse_result *res)
{
	reference_trace(parser, frame, len, inputs, res, NULL);
}
