// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * One side at one state: its meaning in tcam_format.h, of a parser "Meaning of a
 * visit" in oc.h, with questions where there are numbers. False: it has stopped,
 * or the way is over.
 */
#include "proof_walk.h"

struct visit {
	struct walk		*w;
	struct walker		*side;
	const struct sym_state	*state;
	uint32_t		d;		/* its depth */
	int64_t			x;		/* its base, from the place's */
};

static bool stop(const struct visit *v, enum parse_verdict verdict)
{
	v->side->stopped = true;
	v->side->moved = false;
	v->side->verdict = verdict;
	return false;
}

/* Bytes from the place's base of a depth to where it is now */
static int64_t base_of(const struct visit *v, uint32_t depth)
{
	const struct walker *side = v->side;

	if (!side->moved || side->depth != depth)
		return 0;
	if (side->opened)	/* from another base */
		walk_fail(v->w, xasprintf("not understood: %s works in an area that it opens",
			  v->state->name));
	return v->w->forms[side->x].add;
}

static struct sym_ref ref_of(const struct visit *v, struct sym_ref ref)
{
	if (!ref_back(&ref, base_of(v, ref.depth)))
		walk_fail(v->w, xasprintf("not understood: %s looks too far away",
			  v->state->name));
	return ref;
}

static uint32_t number_form(struct walk *w, int64_t number)
{
	const struct sym_linear linear = { .add = number };

	return form_new(w, &linear);
}

/* ---- limits -------------------------------------------------------------- */

static void count_up(struct walk *w, struct walker *side, uint32_t counter)
{
	if (++side->up[counter] > SYM_MAX_COUNT)
		walk_fail(w, xstrdup("a counter goes up too often on one way"));
}

static void count_reset(struct walker *side, uint32_t counter)
{
	side->reset[counter] = true;
	side->up[counter] = 0;
}

static bool in_limits(const struct visit *v)
{
	const struct sym_state *state = v->state;
	struct walker *side = v->side;

	for (uint32_t i = 0; i < state->num_limits; i++) {
		const struct sym_limit *l = &state->limits[i];
		int64_t bound = (int64_t)side->m->max[l->counter] - l->by + 1;

		if (l->from_zero ? bound <= 0 :
		    is_counted(v->w, side, l->counter, bound))
			return stop(v, l->verdict);
	}
	for (uint32_t i = 0; i < state->num_limits; i++)
		if (state->limits[i].raise)
			count_up(v->w, side, state->limits[i].counter);
	for (uint32_t i = 0; i < SYM_COUNTERS; i++)
		if (state->resets >> i & 1)
			count_reset(side, i);
	if (state->counted && !side->counting) {
		side->counting = true;
		side->began = true;
		side->origin = v->x;
		if (v->d)
			walk_fail(v->w, xstrdup("an element is counted"));
	}
	return true;
}

/* ---- bytes --------------------------------------------------------------- */

static bool in_window(const struct visit *v, int64_t end)
{
	struct walker *side = v->side;
	bool shared = v->w->claim->window;

	if (!side->counting)
		return true;
	if (!side->began)
		return !is_below(v->w, &v->w->window[shared ? 0 : side->s][v->d],
				 end);
	if (v->d)
		walk_fail(v->w, xstrdup("the window begins before an area opens"));
	return end - side->origin <= side->m->max_bytes;
}

static bool in_frame(const struct visit *v)
{
	return !is_below(v->w, &v->w->frame[v->d], v->x + v->state->need) ||
	       stop(v, PARSE_TRUNCATED);
}

static bool has_bytes(const struct visit *v)
{
	int64_t end = v->x + v->state->need;

	if (v->d && is_below(v->w, &v->w->area[v->d], end))
		return stop(v, PARSE_BAD_LENGTH);
	if (!in_window(v, end))
		return stop(v, PARSE_WINDOW);
	return in_frame(v);
}

/* ---- lengths ------------------------------------------------------------- */

static uint32_t length_form(const struct visit *v)
{
	struct sym_linear length = { .add = v->state->length.add };
	const struct sym_linear rest = {
		.add = -v->x, .num = 1,
		.terms = { { { SYM_REST + v->d, 0, 1 }, 1 } },
	};

	if (v->state->rest)
		return form_new(v->w, &rest);
	for (uint32_t i = 0; i < v->state->length.num; i++) {
		struct sym_linear term = {
			.num = 1, .terms = { v->state->length.terms[i] },
		};

		term.terms[0].ref = ref_of(v, term.terms[0].ref);
		form_add(v->w, &length, &term, 1);
	}
	return form_new(v->w, &length);
}

/* What a base has left is not known any more at the next place */
static bool knows_length(const struct visit *v, uint32_t depth)
{
	if (!v->side->has_length[depth])
		walk_fail(v->w, xasprintf("not understood: %s uses a length of a node before",
			  v->state->name));
	return v->side->has_length[depth];
}

static bool not_below_least(const struct visit *v)
{
	return !form_below(v->w, v->side->length[v->d], v->state->least) ||
	       stop(v, PARSE_BAD_LENGTH);
}

/* It goes from @x to the end of its area, or less far */
static bool is_all_left(const struct sym_linear *length, uint32_t depth,
			int64_t x)
{
	return length->num == 1 && length->terms[0].times == 1 &&
	       length->terms[0].ref.depth == SYM_REST + depth &&
	       length->add + x <= 0;
}

/* Base + length, too, lies in the area; all that is left of it does */
static bool length_in_area(const struct visit *v, uint32_t length)
{
	const struct sym_linear now = form_now(v->w, length);
	const struct predicate question = {
		.what = IN_AREA, .depth = v->d, .at = v->x, .a = length,
		.b = length,
	};

	if (!v->d)
		return true;
	if (!now.num && !asked(v->w, &question) &&
	    is_below(v->w, &v->w->area[v->d], v->x + now.add))
		return stop(v, PARSE_BAD_LENGTH);
	if (is_all_left(&now, v->d, v->x) ||
	    (!now.num && !asked(v->w, &question)))
		return true;
	return ask(v->w, &question) || stop(v, PARSE_BAD_LENGTH);
}

static bool visit_node(const struct visit *v)
{
	if (!in_limits(v) || !has_bytes(v))
		return false;
	v->side->length[v->d] = length_form(v);
	v->side->has_length[v->d] = true;
	return not_below_least(v) &&
	       length_in_area(v, v->side->length[v->d]);
}

static bool set_length(const struct visit *v)
{
	v->side->length[v->d] = form_new(v->w, &v->state->length);
	v->side->has_length[v->d] = true;
	return length_in_area(v, v->side->length[v->d]);
}

/* Whether what is asked, and holds, goes so far from the place on */
static bool leads_to(struct walk *w, const struct predicate *p, uint32_t form)
{
	struct sym_linear end = { .add = p->at };

	form_add(w, &end, &w->forms[p->a], 1);
	return forms_same(w, form_new(w, &end), form);
}

bool known_in_area(struct walk *w, uint32_t depth, uint32_t form)
{
	const struct sym_linear now = form_now(w, form);

	if (!depth || is_all_left(&now, depth, 0) ||
	    (!now.num && w->area[depth].lo >= now.add))
		return true;
	for (uint32_t i = 0; i < w->num_predicates; i++) {
		const struct predicate *p = &w->predicates[i];

		if (p->what == IN_AREA && p->depth == depth && p->holds &&
		    leads_to(w, p, form))
			return true;
	}
	return false;
}

/* ---- areas --------------------------------------------------------------- */

static bool is_inside(const struct visit *v, uint32_t area)
{
	uint32_t length = v->side->length[v->d];
	int64_t start = v->state->from == SYM_FROM_NODE ? v->state->start : 0;
	struct sym_linear left = { .add = -start };
	const struct sym_linear whole = form_now(v->w, length);
	const struct predicate question = {
		.what = OPENS + v->state->from, .depth = v->d,
		.at = v->state->start, .b = length,
		.a = v->state->area ? area : number_form(v->w, -1),
	};

	form_add(v->w, &left, &whole, 1);
	if (v->state->area)
		form_add(v->w, &left, &v->w->forms[area], -1);
	/* Only from the node's base on it is known where the area starts */
	if (v->state->from == SYM_FROM_NODE &&
	    (!whole.num || whole.terms[0].ref.depth < SYM_REST))
		return !form_below(v->w, form_new(v->w, &left), 0);
	return ask(v->w, &question);
}

static bool open_area(const struct visit *v)
{
	struct walker *side = v->side;

	if (side->moved || v->d + 1 == MAX_DEPTH) {
		walk_fail(v->w, xasprintf("not understood: %s opens an area too late",
			  v->state->name));
		return false;
	}
	if (!knows_length(v, v->d))
		return false;
	if (v->state->area) {
		side->area = length_form(v);
		if (form_below(v->w, side->area, 0))
			return stop(v, PARSE_BAD_LENGTH);
	}
	if (!is_inside(v, side->area))
		return stop(v, PARSE_BAD_LENGTH);
	side->moved = true;
	side->opened = true;
	side->depth = v->d + 1;
	side->x = number_form(v->w, 0);
	side->from = v->state->from;
	side->start = v->state->start;
	side->has_area = v->state->area;
	count_reset(side, SYM_COUNT + v->d + 1);
	return true;
}

/* ---- what a rule does ---------------------------------------------------- */

static struct written count_now(const struct walker *side, uint32_t counter)
{
	return (struct written){ .type = WRITTEN_COUNT, .counter = counter,
				 .up = side->up[counter],
				 .reset = side->reset[counter] };
}

static struct written value_of(const struct visit *v, const struct sym_write *write)
{
	uint32_t depth = write->ref.depth;
	struct written value = { .ref.depth = depth };
	struct sym_linear at = {};

	switch (write->type) {
	case SYM_FIELD:
		value.type = WRITTEN_FIELD;
		value.ref = ref_of(v, write->ref);
		return value;
	case SYM_CONST:
		value.type = WRITTEN_CONST;
		value.number = write->value;
		return value;
	case SYM_START:
		value.type = WRITTEN_OFFSET;
		at.add = base_of(v, depth) + (int64_t)write->value;
		value.form = form_new(v->w, &at);
		return value;
	case SYM_END:
		value.type = WRITTEN_OFFSET;
		at.add = base_of(v, depth);
		if (knows_length(v, depth))
			form_add(v->w, &at,
				 &v->w->forms[v->side->length[depth]], 1);
		value.form = form_new(v->w, &at);
		return value;
	case SYM_LENGTH_OF:
		value.type = WRITTEN_LENGTH;
		if (knows_length(v, depth))
			value.form = v->side->length[depth];
		return value;
	default:
		return count_now(v->side, write->counter);
	}
}

static void perform(const struct visit *v, const struct sym_write *write)
{
	struct walker *side = v->side;
	uint32_t output = write->output;

	if (write->type == SYM_INC) {
		count_up(v->w, side, write->counter);
		return;
	}
	if (write->type == SYM_RESET) {
		count_reset(side, write->counter);
		return;
	}
	if (side->s)
		output = v->w->output_of[output];
	if (!write->array) {
		side->outputs[output] = value_of(v, write);
		return;
	}
	if (side->num_arrays == WALK_EVENTS) {
		walk_fail(v->w, xstrdup("too many writes to arrays on one way"));
		return;
	}
	side->arrays[side->num_arrays++] = (struct array_write){
		.output = output, .num = write->num, .last = write->last,
		.index = count_now(side, write->index),
		.value = value_of(v, write),
	};
}

static void move(const struct visit *v, uint32_t depth,
		 const struct sym_linear *by)
{
	struct walker *side = v->side;
	struct sym_linear x = *by;

	if (!by->num && !by->add)
		return;
	if (side->moved && (side->opened || side->depth != depth))
		walk_fail(v->w, xasprintf("not understood: %s moves at two depths at once",
			  v->state->name));
	if (side->moved)
		form_add(v->w, &x, &v->w->forms[side->x], 1);
	side->moved = true;
	side->depth = depth;
	side->x = form_new(v->w, &x);
}

/* Depth 0 is no area, and has no end */
static bool skip(const struct visit *v, const struct sym_rule *rule)
{
	const struct sym_linear by = { .add = rule->skip };

	move(v, rule->depth, &by);
	return !rule->depth ||
	       !is_below(v->w, &v->w->area[rule->depth],
			 base_of(v, rule->depth)) ||
	       stop(v, PARSE_BAD_LENGTH);
}

/* The same key is there again, and so on, until the steps are used up */
static bool stays_for_ever(const struct visit *v, const struct sym_rule *rule)
{
	return v->state->type == SYM_HOLD && rule->target == v->side->state &&
	       !rule->advance && !rule->skips && !rule->num_writes;
}

static void take(const struct visit *v, const struct sym_rule *rule)
{
	struct walker *side = v->side;

	for (uint32_t i = 0; i < rule->num_writes; i++)
		perform(v, &rule->writes[i]);
	if (rule->advance && knows_length(v, rule->depth))
		move(v, rule->depth, &v->w->forms[side->length[rule->depth]]);
	if (walk_over(v->w) || (rule->skips && !skip(v, rule)))
		return;
	if (rule->stop)
		stop(v, rule->target);
	else if (stays_for_ever(v, rule))
		stop(v, PARSE_FAIL);
	else
		side->state = rule->target;
}

/* ---- the state ----------------------------------------------------------- */

/* At the end, at one too many, or at another element? */
static bool enter_loop(const struct visit *v)
{
	struct range *area = &v->w->area[v->d];

	if (!is_below(v->w, area, v->x) && is_below(v->w, area, v->x + 1)) {
		take(v, &v->state->rules[0]);
		return false;
	}
	if (is_counted(v->w, v->side, SYM_COUNT + v->d, v->state->max)) {
		take(v, &v->state->rules[1]);
		return false;
	}
	count_up(v->w, v->side, SYM_COUNT + v->d);
	return !v->state->need || has_bytes(v);
}

static bool enter(const struct visit *v)
{
	switch (v->state->type) {
	case SYM_VISIT:
		return visit_node(v);
	case SYM_LENGTH:
		return set_length(v);
	case SYM_HOLD:
		return true;
	case SYM_OPEN:
		return open_area(v);
	case SYM_LOOP:
		return enter_loop(v);
	}
	return false;
}

void walk_step(struct walk *w, struct walker *side)
{
	const struct sym_state *state = &side->m->states[side->state];
	struct visit v = { w, side, state, state->depth, 0 };
	uint32_t i = state->type == SYM_LOOP ? 2 : 0;

	if (++w->states > WALK_STATES)
		walk_fail(w, xstrdup("they never come to a place together"));
	if (side->moved) {
		const struct sym_linear x = form_now(w, side->x);

		if (x.num)
			walk_fail(w, xasprintf("%s is at no known byte", state->name));
		side->x = form_new(w, &x);
	}
	v.x = base_of(&v, v.d);
	if (walk_over(w) || !enter(&v))
		return;
	while (i + 1 < state->num_rules && !walk_over(w) &&
	       !rule_applies(w, side, &state->rules[i], v.x))
		i++;
	if (!walk_over(w))
		take(&v, &state->rules[i]);
}
