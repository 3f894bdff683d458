// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A packet grows along the graph: each header is filled so that its conditions
 * hold, its length is near its minimum and its lookup finds an entry that was
 * drawn; elements fill their area. Often, not always: it is no second parser,
 * and what comes out is as the comparison of the bodies finds it.
 */
#include <string.h>

#include "random.h"

#define MAX_MARKS	256
#define ATTEMPTS	6

struct walk {
	struct rng		*rng;
	const struct parser	*p;
	uint8_t			data[MAX_FRAME + 1024];
	uint32_t		fuel;		/* visits */
	bool			over;		/* nothing follows */
	uint32_t		marks[MAX_MARKS];	/* where things begin and end */
	uint32_t		num_marks;
	uint32_t		end;
};

/* An entry that was drawn: the lookup's fields get its key */
struct choice {
	const struct lookup	*lookup;
	const struct field	*fields;
	u128			key;
	struct target		target;
};

static void mark(struct walk *w, int64_t at)
{
	if (at < 0 || at > MAX_FRAME)
		return;
	w->marks[w->num_marks++ % MAX_MARKS] = at;
	if (at > w->end)
		w->end = at;
}

static u128 get(const struct walk *w, uint32_t base, const struct field *f)
{
	uint32_t at = 8 * base + f->offset, i;
	u128 value = 0;

	for (i = at; i < at + f->bits; i++)
		value = value << 1 | (w->data[i / 8] >> (7 - i % 8) & 1);
	return value;
}

static void put(struct walk *w, uint32_t base, const struct field *f, u128 value)
{
	uint32_t at = 8 * base + f->offset + f->bits, i;

	for (i = 0; i < f->bits; i++, value >>= 1) {
		at--;
		w->data[at / 8] &= ~(0x80 >> at % 8);
		if (value & 1)
			w->data[at / 8] |= 0x80 >> at % 8;
	}
}

/* ---- conditions ------------------------------------------------------------------ */

static bool holds(const struct walk *w, uint32_t base, const struct field *fields,
		  const struct cond *cond)
{
	if (cond->type != COND_COMPARE) {
		bool all = cond->type == COND_ALL;

		for (uint32_t i = 0; i < cond->num_args; i++)
			if (holds(w, base, fields, &cond->args[i]) != all)
				return !all;
		return all;
	}
	return compare_holds(get(w, base, &fields[cond->field]) & cond->mask,
			     cond->op, cond->value);
}

/* Values at the edge of what is asked for, mostly on its right side */
static void fulfil(struct walk *w, uint32_t base, const struct field *fields,
		   const struct cond *cond)
{
	const struct field *f = &fields[cond->field];

	if (cond->type != COND_COMPARE) {
		for (uint32_t i = 0; i < cond->num_args; i++)
			fulfil(w, base, fields, &cond->args[i]);
		return;
	}
	for (int i = 0; i < 8; i++) {
		u128 value = cond->value;

		if (i > 4)
			value = rnd_bits(w->rng, f->bits);
		else if (i)
			value += rnd(w->rng, 3) - 1;
		value = (value & cond->mask) |
			(rnd_bits(w->rng, f->bits) & ~cond->mask);
		put(w, base, f, value);
		if (holds(w, base, fields, cond))
			return;
	}
}

/* ---- lengths ---------------------------------------------------------------------- */

static int64_t length_of(const struct walk *w, uint32_t base,
			 const struct field *fields, const struct length *length)
{
	int64_t sum = length->add;

	for (uint32_t i = 0; i < length->num_terms; i++)
		sum += (int64_t)get(w, base, &fields[length->terms[i].field]) *
		       length->terms[i].times;
	return sum;
}

/* Sets one field so that the length is @want, or near it */
static void aim(struct walk *w, uint32_t base, const struct field *fields,
		const struct length *length, int64_t want)
{
	uint32_t first = rnd(w->rng, length->num_terms), i;

	for (i = 0; i < length->num_terms; i++)
		if (!one_in(w->rng, 3))
			put(w, base, &fields[length->terms[i].field],
			    rnd(w->rng, 3));
	for (i = 0; i < length->num_terms; i++) {
		const struct term *t =
			&length->terms[(first + i) % length->num_terms];
		const struct field *f = &fields[t->field];
		int64_t rest = want - length_of(w, base, fields, length) +
			       (int64_t)get(w, base, f) * t->times;
		int64_t value = rest / t->times;

		if (value < 0 || value > (int64_t)ones(f->bits))
			continue;
		put(w, base, f, value);
		if (value * t->times == rest)
			return;
	}
}

/* ---- lookups ---------------------------------------------------------------------- */

static u128 near_entry(struct walk *w, const struct entry *e, uint32_t bits)
{
	u128 key = e->key;

	if (e->range && one_in(w->rng, 2))
		key = e->mask;
	else if (e->range && one_in(w->rng, 2))
		key += rnd_bits(w->rng, bits) % (e->mask - e->key + 1);
	else if (!e->range)
		key |= rnd_bits(w->rng, bits) & ~e->mask;
	if (one_in(w->rng, 12))
		key += rnd(w->rng, 3) - 1;
	return key & ones(bits);
}

static struct choice choose(struct walk *w, const struct lookup *lookup,
			    const struct field *fields)
{
	struct choice c = { lookup, fields, 0, lookup->otherwise };
	const struct map *map;

	if (lookup->map < 0)
		return c;
	map = &w->p->maps[lookup->map];
	for (int i = 0; i < 3; i++) {
		uint32_t n = rnd(w->rng, map->num_exact + map->num_ternary + 1);
		const struct entry *e = n < map->num_exact ? &map->exact[n] :
					&map->ternary[n - map->num_exact];

		c.key = rnd_bits(w->rng, map->bits);
		c.target = lookup->otherwise;
		if (n < map->num_exact + map->num_ternary) {
			c.key = near_entry(w, e, map->bits);
			c.target = e->target;
		}
		if (c.target.type == TARGET_NODE || c.target.type == TARGET_AGAIN)
			break;
	}
	return c;
}

static void put_key(struct walk *w, uint32_t base, const struct choice *c)
{
	u128 key = c->key;

	if (c->lookup->map < 0)
		return;
	for (uint32_t i = c->lookup->num_key; i--; ) {
		const struct operand *op = &c->lookup->key[i];
		const struct field *f = &c->fields[op->index];

		if (op->type == OPERAND_INPUT) {
			key >>= 1;
			continue;
		}
		put(w, base, f, key & ones(f->bits));
		key = f->bits < 128 ? key >> f->bits : 0;
	}
}

/* ---- headers ---------------------------------------------------------------------- */

static void put_flags(struct walk *w, const struct node *node, uint32_t base)
{
	for (uint32_t i = 0; i < node->num_parts; i++)
		for (uint32_t k = 0; k < node->parts[i].num_flags; k++) {
			const struct flag *flag = &node->parts[i].flags[k];
			const struct field *f = &node->fields[flag->field];
			u128 value = get(w, base, f) & ~flag->mask;

			if (one_in(w->rng, 2))
				put(w, base, f, value | flag->value);
		}
}

static void put_length(struct walk *w, const struct node *node, uint32_t base)
{
	int64_t want = node->min_length;

	if (!node->length.num_terms || one_in(w->rng, 12))
		return;
	if (one_in(w->rng, 16))
		want--;
	else if (!one_in(w->rng, 4))
		want += rnd(w->rng, node->num_parts ? 40 : 12);
	aim(w, base, node->fields, &node->length, want);
}

static bool is_good(const struct walk *w, const struct node *node, uint32_t base)
{
	for (uint32_t i = 0; i < node->num_conds; i++)
		if (!holds(w, base, node->fields, &node->conds[i]))
			return false;
	return node->rest || length_of(w, base, node->fields, &node->length) >=
			     node->min_length;
}

/* @outer: how the lookup of a part led here, or NULL */
static void put_header(struct walk *w, const struct node *node, uint32_t base,
		       const struct choice *next, const struct choice *outer)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		for (uint32_t i = 0; i < node->min_length; i++)
			w->data[base + i] = one_in(w->rng, 3) ?
					    rnd(w->rng, 256) : 0;
		put_flags(w, node, base);
		for (uint32_t i = 0; i < node->num_conds; i++)
			fulfil(w, base, node->fields, &node->conds[i]);
		put_key(w, base, next);
		put_length(w, node, base);
		if (outer)
			put_key(w, base, outer);
		if (is_good(w, node, base) || one_in(w->rng, 40))
			return;
	}
}

/* ---- parts ------------------------------------------------------------------------ */

static struct target visit(struct walk *w, uint32_t index, int64_t *pos,
			   int64_t end, const struct choice *outer);

/* An element and those it leads to: AGAIN, DONE, or the walk is over */
static enum target_type visit_chain(struct walk *w, uint32_t index, int64_t *pos,
				    int64_t end, const struct choice *outer)
{
	struct target at = { TARGET_NODE, index };

	while (at.type == TARGET_NODE && !w->over) {
		at = visit(w, at.index, pos, end, outer);
		outer = NULL;
	}
	if (at.type == TARGET_STOP)
		w->over = true;
	return at.type;
}

static int64_t put_loop(struct walk *w, const struct part *part, int64_t pos,
			int64_t end)
{
	uint32_t num = one_in(w->rng, 3) ? part->max + 2 :
		       rnd_from(w->rng, 0, part->max);

	while (num-- && pos < end && !w->over) {
		struct choice c = choose(w, &part->next, part->fields);

		if (pos < 0 || pos > MAX_FRAME)
			break;
		put_key(w, pos, &c);
		mark(w, pos + part->need);
		if (c.target.type == TARGET_STOP)
			w->over = true;
		if (c.target.type != TARGET_NODE ||
		    visit_chain(w, c.target.index, &pos, end, &c) != TARGET_AGAIN)
			break;
	}
	return pos;
}

static int64_t put_flag_fields(struct walk *w, const struct node *node,
			       uint32_t base, const struct part *part,
			       int64_t pos, int64_t end)
{
	for (uint32_t i = 0; i < part->num_flags && !w->over; i++) {
		const struct flag *flag = &part->flags[i];

		if ((get(w, base, &node->fields[flag->field]) & flag->mask) !=
		    flag->value)
			continue;
		if (flag->skip)
			pos += flag->size;
		else if (visit_chain(w, flag->node, &pos, end, NULL) != TARGET_AGAIN)
			break;
		mark(w, pos);
	}
	return pos;
}

/* Either the area first, which elements fill, or elements, then their area */
static void put_part(struct walk *w, const struct node *node, uint32_t base,
		     int64_t length, const struct part *part, int64_t *pos)
{
	int64_t start = part->has_start ? base + part->start : *pos, end;
	bool fit = !one_in(w->rng, 3);

	end = base + length;
	if (part->has_area) {
		if (one_in(w->rng, 2))
			aim(w, base, node->fields, &part->area,
			    rnd(w->rng, end > start ? end - start + 1 : 8));
		end = start + length_of(w, base, node->fields, &part->area);
	}
	if (fit)
		end = INT64_MAX;
	mark(w, start);
	if (start < 0 || start > MAX_FRAME) {
		w->over = true;
		return;
	}
	*pos = start;
	if (part->type == PART_LOOP)
		*pos = put_loop(w, part, start, end);
	else
		*pos = put_flag_fields(w, node, base, part, start, end);
	mark(w, *pos);
	if (fit && part->has_area)
		aim(w, base, node->fields, &part->area, *pos - start);
	if (fit && (!part->has_area || one_in(w->rng, 2)) && !node->rest)
		aim(w, base, node->fields, &node->length, *pos - base);
	if (!fit && part->type == PART_LOOP)
		*pos = end;
}

/* ---- the walk ---------------------------------------------------------------------- */

static int64_t length_in(struct walk *w, const struct node *node, uint32_t base,
			 int64_t end)
{
	if (!node->rest)
		return length_of(w, base, node->fields, &node->length);
	if (end != INT64_MAX)
		return end - base;
	return node->min_length + rnd(w->rng, 24);
}

static struct target visit(struct walk *w, uint32_t index, int64_t *pos,
			   int64_t end, const struct choice *outer)
{
	const struct node *node = &w->p->nodes[index];
	int64_t base = *pos, length, inner;
	struct choice next;

	if (!w->fuel || base < 0 || base + node->min_length > MAX_FRAME) {
		w->over = true;
		return (struct target){ .type = TARGET_STOP };
	}
	w->fuel--;
	next = choose(w, &node->next, node->fields);
	put_header(w, node, base, &next, outer);
	if (end != INT64_MAX && !node->rest && one_in(w->rng, 3))
		aim(w, base, node->fields, &node->length, end - base);
	length = length_in(w, node, base, end);
	mark(w, base + node->min_length);
	mark(w, base + length);
	inner = base + node->min_length;
	for (uint32_t i = 0; i < node->num_parts && !w->over; i++)
		put_part(w, node, base, length, &node->parts[i], &inner);
	if (!node->rest)
		length = length_of(w, base, node->fields, &node->length);
	mark(w, base + length);
	if (!node->overlay)
		*pos += length;
	return next.target;
}

static void mutate(struct walk *w, struct packet *packet)
{
	static const uint8_t edges[] = { 0, 1, 0x0f, 0x10, 0x7f, 0x80, 0xff };
	uint32_t at = rnd(w->rng, packet->len);

	if (!packet->len)
		return;
	switch (rnd(w->rng, 4)) {
	case 0:
		packet->data[at] ^= 1 << rnd(w->rng, 8);
		break;
	case 1:
		packet->data[at] = edges[rnd(w->rng, sizeof(edges))];
		break;
	case 2:
		packet->data[at] += rnd(w->rng, 3) - 1;
		break;
	case 3:
		packet->len = at;
		break;
	}
}

/* At a mark, one before or behind it, or behind all with some padding */
static uint32_t random_end(struct walk *w)
{
	uint32_t num = w->num_marks < MAX_MARKS ? w->num_marks : MAX_MARKS;
	uint32_t end = w->end;

	if (num && one_in(w->rng, 3))
		end = w->marks[rnd(w->rng, num)] + rnd(w->rng, 3);
	else if (one_in(w->rng, 2))
		end += 1 + rnd(w->rng, 40);
	else
		end++;
	if (end)
		end--;
	return end < MAX_FRAME ? end : MAX_FRAME;
}

void random_packet(struct rng *rng, const struct parser *parser,
		   struct packet *packet)
{
	struct walk w = { .rng = rng, .p = parser, .fuel = 48 };
	struct target at = { TARGET_NODE, parser->root };
	int64_t pos = 0;

	rnd_bytes(rng, w.data, sizeof(w.data));
	while (at.type == TARGET_NODE && !w.over)
		at = visit(&w, at.index, &pos, INT64_MAX, NULL);
	packet->len = random_end(&w);
	memcpy(packet->data, w.data, packet->len);
	while (one_in(rng, 3))
		mutate(&w, packet);
}
