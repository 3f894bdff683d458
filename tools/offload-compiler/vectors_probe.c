// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Boundaries, each step by itself: the frame ends one byte early, just so, one
 * late; lengths and areas beside their limits; both sides of each comparison;
 * keys beside each entry; flags in all their combinations.
 */
#include <stdlib.h>
#include <string.h>

#include "vectors.h"

#define NEAR		64	/* bytes in which a length is looked for */
#define MAX_SHIFT	9	/* elements, or bytes, before one in a loop */
#define MAX_FLIPPED	64	/* entries of a map whose bits are all flipped */
#define MAX_COMBINED	6	/* flags of which all combinations are made */
#define ALL_BITS(n)	((n) >= 128 ? ~(u128)0 : ((u128)1 << (n)) - 1)

struct probe {
	struct vectors		*v;
	const struct graph	*graph;
	uint32_t		step;
	const struct step	*s;
	const struct node	*node;
	struct built		built;		/* without a twist */
	bool			has_built;
};

/* The way to the step, and on from there as usual */
static void make_script(const struct probe *p, struct script *script,
			const struct twist *twist)
{
	script->len = NO_WISH;
	script_copy(script, &p->v->reach[p->step]);
	script_add(script, p->step, twist && twist->any ? CHOICE_ANY :
		   p->graph->okay_choice[p->step]);
	script->picks[script->num - 1].twist = twist;
}

static bool probe_twist(const struct probe *p, const struct twist *twist,
			int64_t length, const char *purpose)
{
	struct script script = {};
	bool good;

	make_script(p, &script, twist);
	script.picks[script.num - 1].length = length;
	good = vectors_try(p->v, &script, "%s: %s",
			   cover_name(p->v->cover, p->step), purpose);
	script_free(&script);
	return good;
}

/* ---- the end of the frame ---------------------------------------------------- */

static void cut(const struct probe *p, uint32_t n, int64_t end, const char *what)
{
	static const char *const where[] = { "one short of", "just at",
					     "one past" };

	for (int i = 0; i < 3; i++) {
		char *purpose = xasprintf("%s: frame ends %s %s",
					  cover_name(p->v->cover, p->step),
					  where[i], what);

		vectors_cut(p->v, n, end - 1 + i, purpose);
		free(purpose);
	}
}

/* The step behind a node that is longer than its header, which the frame ends in */
static bool cut_behind(const struct probe *p, const struct script *way)
{
	const struct vectors *v = p->v;
	struct script script = { .len = NO_WISH };
	bool good = false;

	for (uint32_t i = way->num; i-- && !good;) {
		const struct step *s = &p->graph->low->steps[way->picks[i].step];
		const struct node *node = &p->graph->parser->nodes[s->node];

		if (s->type != STEP_VISIT || !node->length.num_terms)
			continue;
		for (uint32_t n = 1; n < NEAR && !good; n++) {
			script_copy(&script, way);
			script_add(&script, p->step, p->graph->okay_choice[p->step]);
			script.picks[i].length = node->min_length + n;
			good = vectors_try(p->v, &script, "%s: behind a longer %s",
					   cover_name(v->cover, p->step),
					   node->name);
		}
	}
	script_free(&script);
	if (good)
		cut(p, v->last, builder_last(v->builder)->out.read,
		    "its fixed header");
	return good;
}

/* A step without bytes is cut only if the frame ends in a node before it */
static void cut_before(const struct probe *p)
{
	const struct vectors *v = p->v;
	struct script script = {};

	for (uint32_t i = 0; i < p->graph->num_steps; i++) {
		for (uint32_t c = 0; c < p->graph->num_choices[i]; c++) {
			struct target to = graph_target(p->graph, i, c);

			if (!cover_is_site(v->cover, p->step, SITE_TRUNCATED) ||
			    cover_has_site(v->cover, p->step, SITE_TRUNCATED))
				break;
			if (to.type == TARGET_STOP || to.index != p->step ||
			    (!v->reach[i].num && i != lowered_root(p->graph->low)))
				continue;
			script_copy(&script, &v->reach[i]);
			script_add(&script, i, c);
			cut_behind(p, &script);
		}
	}
	script_free(&script);
}

static void probe_ends(struct probe *p)
{
	uint32_t depth = p->s->depth, n;

	p->has_built = probe_twist(p, NULL, NO_WISH, "good");
	if (!p->has_built)
		return;
	p->built = *builder_last(p->v->builder);
	n = p->v->last;
	if (p->built.out.read)
		cut(p, n, p->built.out.read, "its fixed header");
	if (p->s->type == STEP_VISIT)
		cut(p, n, p->built.before.pos[depth] +
		    p->built.after.length[depth], "its length");
	cut_before(p);
}

/* ---- lengths ------------------------------------------------------------------- */

/* The first @num lengths from @from on that can be, up or down */
static void probe_lengths(const struct probe *p, int64_t from, int step,
			  uint32_t num, uint32_t site, const char *what)
{
	struct twist twist = { .site = site, .any = true, .no_grow = site };

	for (int64_t i = 0; i < NEAR && num; i++) {
		char *purpose = xasprintf("%s %lld", what,
					  (long long)(from + i * step));

		num -= probe_twist(p, &twist, from + i * step, purpose);
		free(purpose);
	}
}

static int64_t most(const struct node *node, const struct length *length)
{
	int64_t bytes = length->add;

	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *t = &length->terms[i];
		uint32_t bits = node->fields[t->field].bits;

		if (t->times > 0)
			bytes += (int64_t)ALL_BITS(bits > 32 ? 32 : bits) * t->times;
	}
	return bytes;
}

static void probe_term(const struct probe *p, const struct length *length)
{
	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct field *f = &p->node->fields[length->terms[i].field];
		u128 all = ALL_BITS(f->bits), values[] = { 0, 1, 2, all, all - 1 };

		for (int k = 0; k < 5; k++) {
			struct twist twist = {
				.any = true, .has_force = true, .mask = all,
				.field = length->terms[i].field,
				.value = values[k] & all, .no_grow = true,
			};
			char *purpose = xasprintf("%s is 0x%llx", f->name,
				(unsigned long long)twist.value);

			if (!probe_twist(p, &twist, NO_WISH, purpose)) {
				twist.site = SITE_SHORT;
				probe_twist(p, &twist, NO_WISH, purpose);
			}
			free(purpose);
		}
	}
}

static void probe_visit_length(const struct probe *p)
{
	int64_t min = p->node->min_length, room;

	if (p->node->rest || !p->node->length.num_terms)
		return;
	probe_lengths(p, min - 1, -1, 2, SITE_SHORT, "length");
	probe_lengths(p, min, 1, 4, SITE_NONE, "length");
	probe_lengths(p, most(p->node, &p->node->length), -1, 1, SITE_NONE,
		      "length");
	probe_term(p, &p->node->length);
	if (!p->s->depth || !p->has_built)
		return;
	room = p->built.before.end[p->s->depth] -
	       p->built.before.pos[p->s->depth];
	probe_lengths(p, room + 1, 1, 2, SITE_PAST, "past its area, length");
	probe_lengths(p, room, -1, 1, SITE_NONE, "area used up, length");
}

/* ---- areas ----------------------------------------------------------------------- */

/* The part ends before the @bytes that the step wants: how often, of @most */
static uint32_t leave_less(const struct probe *p, const struct script *way,
			   const struct built *built, uint32_t bytes,
			   uint32_t most)
{
	struct twist twist = { .site = SITE_AREA, .no_grow = true, .any = true };
	int64_t pos = built->before.pos[p->s->depth];
	uint32_t found = 0;

	for (int64_t left = (int64_t)bytes - 1; left >= 0 && found < most; left--) {
		struct script script = {};

		script_copy(&script, way);
		script.picks[script.num - 1].twist = &twist;
		script.picks[script.num - 1].choice =
			p->s->type == STEP_FLAG ? 1 : CHOICE_ANY;
		if (script_end_part(p->graph, &script, built, pos + left))
			found += vectors_try(p->v, &script,
					     "%s: %lld bytes left in its area",
					     cover_name(p->v->cover, p->step),
					     (long long)left);
		script_free(&script);
	}
	return found;
}

/* The way to an element with others before it in the same loop */
static bool shifted(const struct probe *p, const struct script *cycle,
		    uint32_t times, int64_t length, struct script *script)
{
	uint32_t loop = lowered_parent(p->graph->low, p->step), entry = 2;

	while (entry < p->graph->num_choices[loop] &&
	       graph_target(p->graph, loop, entry).index != p->step)
		entry++;
	if (entry == p->graph->num_choices[loop])
		return false;
	script_copy(script, &p->v->reach[loop]);
	for (uint32_t i = 0; i < times; i++) {
		uint32_t first = script->num;

		for (uint32_t k = 0; k < cycle->num; k++)
			script_add(script, cycle->picks[k].step,
				   cycle->picks[k].choice);
		script->picks[first + 1].length = length;
	}
	script_add(script, loop, entry);
	script_add(script, p->step, CHOICE_ANY);
	return true;
}

/* Its place in the area does not leave less: try others, behind so many elements,
 * or one of such a length
 */
static void shift(const struct probe *p, uint32_t bytes)
{
	uint32_t loop = lowered_parent(p->graph->low, p->step);
	struct twist any = { .any = true };
	uint32_t found = 0;

	for (uint32_t c = 2; c < p->graph->num_choices[loop] && !found; c++) {
		struct script cycle = {};
		bool good = graph_cycle(p->graph, loop, c, &cycle);

		for (uint32_t n = 1; good && n < 2 * MAX_SHIFT && !found; n++) {
			struct script script = { .len = NO_WISH };
			bool longer = n >= MAX_SHIFT;

			if (shifted(p, &cycle, longer ? 1 : n, longer ?
				    n - MAX_SHIFT + 1 : NO_WISH, &script)) {
				script.picks[script.num - 1].twist = &any;
				if (vectors_try(p->v, &script, "%s: shifted",
						cover_name(p->v->cover, p->step)))
					found = leave_less(p, &script,
						builder_last(p->v->builder),
						bytes, 1);
			}
			script_free(&script);
		}
		script_free(&cycle);
	}
}

static void probe_area(const struct probe *p, uint32_t bytes)
{
	struct script script = {};

	make_script(p, &script, NULL);
	leave_less(p, &script, &p->built, bytes, 2);
	script_free(&script);
	if (p->s->type == STEP_VISIT &&
	    cover_is_site(p->v->cover, p->step, SITE_AREA) &&
	    !cover_has_site(p->v->cover, p->step, SITE_AREA) &&
	    p->graph->low->steps[lowered_parent(p->graph->low, p->step)].type ==
	    STEP_LOOP)
		shift(p, bytes);
}

static bool try_open(const struct probe *p, int64_t length, int64_t area,
		     uint32_t site, const char *what)
{
	struct twist twist = { .site = site, .no_grow = true };
	struct script script = {};
	struct pick *owner;
	bool good;

	make_script(p, &script, &twist);
	owner = &script.picks[p->built.before.owner[p->s->depth]];
	owner->length = length;
	owner->area[p->s->part] = area;
	owner->found = 0;
	good = vectors_try(p->v, &script, "%s: %s %lld",
			   cover_name(p->v->cover, p->step), what,
			   (long long)(area == NO_WISH ? length : area));
	script_free(&script);
	return good;
}

static void probe_open(const struct probe *p)
{
	const struct part *part = &p->node->parts[p->s->part];
	uint32_t depth = p->s->depth;
	int64_t length = p->built.before.length[depth - 1];
	int64_t room = p->built.before.pos[depth - 1] + length -
		       p->built.after.start[depth];
	bool low = false, fits = false, high = false;

	for (int64_t i = 0; i < NEAR; i++) {
		if (!part->has_area) {
			low = low || try_open(p, part->start - 1 - i, NO_WISH,
					      SITE_SHORT, "length");
			continue;
		}
		low = low || try_open(p, length, -1 - i, SITE_SHORT, "area");
		fits = fits || try_open(p, length, room - i, SITE_NONE, "area");
		high = high || try_open(p, length, room + 1 + i, SITE_PAST,
					"area");
	}
}

/* ---- conditions --------------------------------------------------------------------- */

static void probe_value(const struct probe *p, uint32_t k,
			const struct cond *leaf, u128 value)
{
	bool holds = compare_holds(value, leaf->op, leaf->value);
	struct twist twist = {
		.has_force = true, .field = leaf->field,
		.mask = leaf->mask &
			ALL_BITS(p->node->fields[leaf->field].bits),
		.value = value, .leaf = leaf, .fail = holds ? 0 : k + 1,
		.any = true,
	};
	char *purpose = xasprintf("%s is 0x%llx, condition %u %s",
				  p->node->fields[leaf->field].name,
				  (unsigned long long)value, k + 1,
				  holds ? "holds" : "fails");
	bool good;

	twist.alone = true;
	good = probe_twist(p, &twist, NO_WISH, purpose);
	twist.alone = false;
	good = good || probe_twist(p, &twist, NO_WISH, purpose);
	/* A value that a later condition does not bear */
	for (uint32_t i = k + 1; holds && !good && i < p->node->num_conds; i++) {
		twist.fail = i + 1;
		good = probe_twist(p, &twist, NO_WISH, purpose);
	}
	free(purpose);
}

static void probe_leaf(const struct probe *p, uint32_t k, const struct cond *leaf)
{
	u128 mask = leaf->mask & ALL_BITS(p->node->fields[leaf->field].bits);
	u128 value = leaf->value & mask;

	probe_value(p, k, leaf, value);
	probe_value(p, k, leaf, ((leaf->value | ~mask) + 1) & mask);
	probe_value(p, k, leaf, (value - 1) & mask);
	probe_value(p, k, leaf, 0);
	probe_value(p, k, leaf, mask);
	for (u128 bit = 1; bit && bit <= mask; bit <<= 1)
		if (bit & mask)
			probe_value(p, k, leaf, value ^ bit);
}

static void probe_cond(const struct probe *p, uint32_t k, const struct cond *cond)
{
	if (cond->type == COND_COMPARE)
		probe_leaf(p, k, cond);
	for (uint32_t i = 0; i < cond->num_args; i++)
		probe_cond(p, k, &cond->args[i]);
}

/* ---- keys --------------------------------------------------------------------------- */

static void probe_key(const struct probe *p, u128 key)
{
	struct twist twist = { .any = true, .has_key = true, .key = key };
	char *purpose = key >> 64 ?
		xasprintf("key 0x%llx%016llx", (unsigned long long)(key >> 64),
			  (unsigned long long)key) :
		xasprintf("key 0x%llx", (unsigned long long)key);

	probe_twist(p, &twist, NO_WISH, purpose);
	free(purpose);
}

static void probe_entry(const struct probe *p, const struct map *map,
			const struct entry *e, bool exact)
{
	u128 all = ALL_BITS(map->bits), low = e->key;
	u128 high = e->range ? e->mask : exact ? low : low | (~e->mask & all);

	probe_key(p, low);
	probe_key(p, high);
	probe_key(p, (low - 1) & all);
	probe_key(p, (high + 1) & all);
	if (e->range) {
		probe_key(p, (low + 1) & all);
		probe_key(p, (high - 1) & all);
	}
	if (map->num_exact + map->num_ternary > MAX_FLIPPED)
		return;
	for (u128 bit = 1; bit && bit <= all; bit <<= 1)
		probe_key(p, low ^ bit);
}

static void probe_map(const struct probe *p)
{
	const struct lookup *lookup = lowered_lookup(p->graph->low, p->step);
	const struct map *map;

	if (!lookup || lookup->map < 0)
		return;
	map = &p->graph->parser->maps[lookup->map];
	for (uint32_t i = 0; i < map->num_exact; i++)
		probe_entry(p, map, &map->exact[i], true);
	for (uint32_t i = 0; i < map->num_ternary; i++)
		probe_entry(p, map, &map->ternary[i], false);
}

/* ---- flags ---------------------------------------------------------------------------- */

/* The node ends behind so few bytes, whether the flags' fields fit or not */
static void probe_room(const struct probe *p, const struct twist *twist,
		       uint32_t set, uint32_t part)
{
	for (uint32_t i = 0, num = 0; i < NEAR && num < 4 &&
	     p->node->length.num_terms; i++) {
		char *purpose = xasprintf("flags 0x%x of part %u in %u bytes",
					  set, part, p->node->min_length + i);

		num += probe_twist(p, twist, p->node->min_length + i, purpose);
		free(purpose);
	}
}

/* All combinations; of many flags none, each alone, all, all but each */
static void probe_flags(const struct probe *p, uint32_t part)
{
	uint32_t num = p->node->parts[part].num_flags;
	uint32_t all = num > MAX_COMBINED ? 2 * num + 2 : 1U << num;
	uint32_t ones = num >= 32 ? UINT32_MAX : (1U << num) - 1;

	for (uint32_t i = 0; i < all; i++) {
		struct twist twist = { .has_flags = true };
		uint32_t set = num <= MAX_COMBINED ? i :
			       i < num ? 1U << i : i < 2 * num ?
			       ones & ~(1U << (i - num)) : i & 1 ? ones : 0;
		char *purpose = xasprintf("flags 0x%x of part %u", set, part);

		twist.flags[part] = set;
		probe_twist(p, &twist, NO_WISH, purpose);
		free(purpose);
		probe_room(p, &twist, set, part);
	}
}

/* ---- all of a step ---------------------------------------------------------------------- */

static void probe_visit(struct probe *p)
{
	probe_visit_length(p);
	for (uint32_t i = 0; i < p->node->num_conds; i++)
		probe_cond(p, i, &p->node->conds[i]);
	for (uint32_t i = 0; i < p->node->num_parts; i++) {
		if (p->node->parts[i].num_flags)
			probe_flags(p, i);
		if (p->node->parts[i].has_area)
			probe_term(p, &p->node->parts[i].area);
	}
	if (p->s->depth && p->has_built)
		probe_area(p, p->node->min_length);
}

static void probe_step(struct vectors *v, uint32_t step)
{
	const struct step *s = &v->graph->low->steps[step];
	struct probe p = {
		.v = v, .graph = v->graph, .step = step, .s = s,
		.node = &v->graph->parser->nodes[s->node],
	};
	const struct part *part = &p.node->parts[s->part];

	if (!v->reach[step].num && step != lowered_root(v->graph->low))
		return;
	probe_ends(&p);
	v->refill = true;
	if (s->type == STEP_VISIT)
		probe_visit(&p);
	if (s->type == STEP_OPEN && p.has_built)
		probe_open(&p);
	if (s->type == STEP_LOOP && p.has_built && part->need)
		probe_area(&p, part->need);
	if (s->type == STEP_FLAG && p.has_built && part->flags[s->flag].skip)
		probe_area(&p, part->flags[s->flag].size);
	v->refill = false;
	probe_map(&p);
}

void plan_probes(struct vectors *v)
{
	for (uint32_t i = 0; i < v->graph->num_steps && !v->broken; i++)
		probe_step(v, i);
}
