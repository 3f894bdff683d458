// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Random lookups with their maps, and parts */
#include <stdlib.h>
#include <string.h>

#include "random.h"

/* ---- maps ---------------------------------------------------------------------- */

/* The smallest and the largest key that an entry matches */
static u128 entry_low(const struct entry *e)
{
	return e->key;
}

static u128 entry_high(const struct entry *e, uint32_t bits)
{
	return e->range ? e->mask : e->key | (ones(bits) & ~e->mask);
}

/* Bits of which all combinations are in a range, or that a mask leaves out */
static u128 free_bits(const struct entry *e, uint32_t bits)
{
	u128 differ = e->key ^ e->mask, below = 0;

	if (!e->range)
		return ones(bits) & ~e->mask;
	while (differ) {
		below = below << 1 | 1;
		differ >>= 1;
	}
	return below;
}

static bool covers(const struct entry *a, const struct entry *b, uint32_t bits)
{
	if (a->range)
		return entry_low(a) <= entry_low(b) &&
		       entry_high(a, bits) >= entry_high(b, bits);
	return !(a->mask & free_bits(b, bits)) && !((a->key ^ b->key) & a->mask);
}

/* Neither is in the other: both can match, and if they do the priority tells */
static bool fits(const struct map *map, const struct entry *e)
{
	for (uint32_t i = 0; i < map->num_exact; i++)
		if (covers(&map->exact[i], e, map->bits))
			return false;
	for (uint32_t i = 0; i < map->num_ternary; i++)
		if (covers(&map->ternary[i], e, map->bits) ||
		    covers(e, &map->ternary[i], map->bits))
			return false;
	return true;
}

static void random_entry(struct gen *g, struct map *map, struct entry *e)
{
	u128 a = rnd_bits(&g->rng, map->bits), b = rnd_bits(&g->rng, map->bits);

	e->range = has(g, WITH_RANGES) &&
		   (!has(g, WITH_TERNARY) || one_in(&g->rng, 2));
	e->mask = e->range ? (a > b ? a : b) : b;
	e->key = e->range ? (a > b ? b : a) : a & b;
}

static void random_ternary(struct gen *g, struct map *map, uint32_t scope,
			   uint32_t from)
{
	uint32_t num = rnd(&g->rng, 5);

	if (!has(g, WITH_TERNARY) && !has(g, WITH_RANGES))
		return;
	map->ternary = xcalloc(num, sizeof(*map->ternary));
	for (uint32_t i = 0; i < num; i++) {
		struct entry e = { .priority = rnd(&g->rng, 3) * 8 + i };

		random_entry(g, map, &e);
		/* One of a single key is an exact one, one of all keys none */
		if (!free_bits(&e, map->bits) || !e.mask ||
		    (!e.key && entry_high(&e, map->bits) == ones(map->bits)) ||
		    !fits(map, &e))
			continue;
		e.target = random_target(g, scope, from);
		map->ternary[map->num_ternary++] = e;
	}
}

static void random_exact(struct gen *g, struct map *map, uint32_t scope,
			 uint32_t from)
{
	uint32_t num = rnd_from(&g->rng, 1, 6);

	map->exact = xcalloc(num, sizeof(*map->exact));
	for (uint32_t i = 0; i < num; i++) {
		struct entry e = { .key = rnd_bits(&g->rng, map->bits),
				   .mask = ones(map->bits) };
		bool known = false;

		for (uint32_t k = 0; k < map->num_exact; k++)
			known |= map->exact[k].key == e.key;
		if (known)
			continue;
		e.target = random_target(g, scope, from);
		map->exact[map->num_exact++] = e;
	}
}

/* Another's, if its targets are allowed for @from, too */
static int find_map(struct gen *g, uint32_t bits, uint32_t scope, bool free)
{
	for (uint32_t i = 0; free && i < g->p->num_maps; i++)
		if (g->p->maps[i].bits == bits && g->map_scope[i] == scope &&
		    g->map_free[i] && one_in(&g->rng, 2))
			return i;
	return -1;
}

static int random_map(struct gen *g, uint32_t bits, uint32_t scope, uint32_t from)
{
	const struct node *node = from == FOR_PART ? NULL : &g->p->nodes[from];
	bool free = node && moves_on(node) && has(g, WITH_BACK) &&
		    (node->counted || node->encap || node->repeat);
	int index = find_map(g, bits, scope, free);
	struct map *map;

	if (index >= 0)
		return index;
	index = g->p->num_maps++;
	map = &g->p->maps[index];
	g->map_scope[index] = scope;
	g->map_free[index] = free;
	map->name = random_name(g, "map", index);
	map->bits = bits;
	random_exact(g, map, scope, from);
	random_ternary(g, map, scope, from);
	return index;
}

/* ---- lookups --------------------------------------------------------------------- */

static uint32_t find_input(struct gen *g)
{
	static const char *const names[] = { "parse_1st_frag",
					     "stop_at_flow_label",
					     "stop_at_encap" };
	uint32_t which = rnd(&g->rng, 3), i;
	struct input *input;

	for (i = 0; i < g->p->num_inputs; i++)
		if (!strcmp(g->p->inputs[i].name, names[which]))
			return i;
	input = &g->p->inputs[g->p->num_inputs++];
	input->name = xstrdup(names[which]);
	input->bit = 1U << which;
	return i;
}

/* 0: there is nothing to look up by */
static uint32_t random_key(struct gen *g, struct header *h, struct lookup *lookup)
{
	uint32_t num = one_in(&g->rng, 3) ? rnd_from(&g->rng, 2, 4) : 1, bits = 0;

	lookup->key = xcalloc(num, sizeof(*lookup->key));
	while (num--) {
		struct operand *op = &lookup->key[lookup->num_key];
		uint32_t max = MAX_KEY_BITS - bits;
		int field;

		if (!max)
			break;
		op->type = has(g, WITH_INPUTS) && one_in(&g->rng, 5) ?
			   OPERAND_INPUT : OPERAND_FIELD;
		if (op->type == OPERAND_INPUT) {
			op->index = find_input(g);
			bits++;
			lookup->num_key++;
			continue;
		}
		if (!has(g, WITH_WIDE) && max > 32)
			max = 32;
		field = random_field(g, h, max);
		if (field < 0)
			continue;
		op->index = field;
		bits += (*h->fields)[field].bits;
		lookup->num_key++;
	}
	return bits;
}

void random_lookup(struct gen *g, struct header *h, struct lookup *lookup,
		   uint32_t scope, uint32_t from)
{
	uint32_t bits = one_in(&g->rng, 4) ? 0 : random_key(g, h, lookup);

	lookup->map = bits ? random_map(g, bits, scope, from) : -1;
	lookup->otherwise = random_target(g, scope, from);
}

void root_lookup(struct gen *g, struct node *root, struct header *h)
{
	uint32_t offset = 8 * rnd(&g->rng, root->min_length - 1);
	static const uint16_t types[] = { 0x0800, 0x86dd, 0x8100, 0x8847 };
	struct map *map;

	if (root->min_length == 14)
		offset = 96;
	root->next.key = xcalloc(1, sizeof(*root->next.key));
	root->next.num_key = 1;
	root->next.key->index = find_field(g, h, offset, 16);
	root->next.map = random_map(g, 16, 0, g->p->root);
	map = &g->p->maps[root->next.map];
	/* Some of the keys that packets have; the order does not matter */
	for (uint32_t i = 0; i < map->num_exact && i < 4; i++) {
		bool known = false;

		for (uint32_t k = 0; k < map->num_exact; k++)
			known |= map->exact[k].key == types[i];
		for (uint32_t k = 0; k < map->num_ternary; k++)
			known |= covers(&(struct entry){ .key = types[i],
					.mask = 0xffff }, &map->ternary[k], 16);
		if (!known)
			map->exact[i].key = types[i];
	}
	root->next.otherwise = random_target(g, 0, g->p->root);
}

/* ---- parts ------------------------------------------------------------------------ */

/* Elements for a part of a node in @scope: one level deeper */
static uint32_t random_scope(struct gen *g, uint32_t scope)
{
	uint32_t depth = g->scopes[scope].depth + 1, i;

	if (g->num_scopes < MAX_SCOPES && !one_in(&g->rng, 3)) {
		g->scopes[g->num_scopes] = (struct scope){ depth,
						rnd_from(&g->rng, 1, 5) };
		return g->num_scopes++;
	}
	for (i = 1; i < g->num_scopes; i++)
		if (g->scopes[i].depth == depth)
			return i;
	return 0;
}

static void random_loop(struct gen *g, struct part *part, uint32_t scope)
{
	struct header h = { &part->fields, &part->num_fields,
			    rnd_from(&g->rng, 1, one_in(&g->rng, 4) ? 8 : 2) };
	uint32_t i;

	part->type = PART_LOOP;
	part->max = rnd_from(&g->rng, 1, one_in(&g->rng, 3) ? 12 : 4);
	part->exceeded = (struct target){ TARGET_STOP, PARSE_LIMIT_LOOP };
	if (one_in(&g->rng, 3))
		part->exceeded = one_in(&g->rng, 2) ? random_stop(g) :
				 (struct target){ .type = TARGET_DONE };
	random_lookup(g, &h, &part->next, scope, FOR_PART);
	for (i = 0; i < part->next.num_key; i++)
		if (part->next.key[i].type == OPERAND_FIELD)
			part->need = h.bytes;
}

static void random_flag(struct gen *g, struct header *h, struct flag *flag,
			uint32_t scope)
{
	struct target element = random_target(g, scope, FOR_PART);
	uint32_t bits;

	flag->field = random_field(g, h, one_in(&g->rng, 3) ? 8 : 2);
	bits = (*h->fields)[flag->field].bits;
	flag->mask = one_in(&g->rng, 2) ? ones(bits) : rnd_bits(&g->rng, bits);
	if (!flag->mask)
		flag->mask = 1;
	flag->value = rnd_bits(&g->rng, bits) & flag->mask;
	flag->skip = element.type != TARGET_NODE;
	if (flag->skip)
		flag->size = rnd_from(&g->rng, 1, 8);
	else
		flag->node = element.index;
}

static void random_flags(struct gen *g, struct header *h, struct part *part,
			 uint32_t scope)
{
	part->type = PART_FLAGS;
	part->num_flags = rnd_from(&g->rng, 1, 5);
	part->flags = xcalloc(part->num_flags, sizeof(*part->flags));
	for (uint32_t i = 0; i < part->num_flags; i++)
		random_flag(g, h, &part->flags[i], scope);
}

static void random_part(struct gen *g, struct node *node, struct part *part,
			uint32_t scope)
{
	struct header h = node_header(node);
	bool grows = node->rest || node->length.num_terms;

	if (has(g, WITH_FLAGS) && h.bytes &&
	    (!has(g, WITH_LOOPS) || one_in(&g->rng, 3)))
		random_flags(g, &h, part, scope);
	else
		random_loop(g, part, scope);
	part->has_start = one_in(&g->rng, 6);
	if (part->has_start)
		part->start = one_in(&g->rng, 2) ? h.bytes :
			      rnd(&g->rng, h.bytes + 3 * grows);
	part->has_area = one_in(&g->rng, grows ? 3 : 12);
	if (part->has_area)
		random_length(g, &h, &part->area, 0);
}

bool wants_parts(struct gen *g, const struct node *node, uint32_t scope)
{
	return (has(g, WITH_LOOPS) || (has(g, WITH_FLAGS) && node->min_length)) &&
	       one_in(&g->rng, 2) && g->scopes[scope].depth < MAX_DEPTH &&
	       (!scope || (has(g, WITH_NESTED) && one_in(&g->rng, 2)));
}

void random_parts(struct gen *g, struct node *node, uint32_t scope)
{
	uint32_t num = one_in(&g->rng, 3) ? 2 : 1, elements;

	node->parts = xcalloc(num, sizeof(*node->parts));
	while (num--) {
		elements = random_scope(g, scope);
		if (elements)
			random_part(g, node, &node->parts[node->num_parts++],
				    elements);
	}
}
