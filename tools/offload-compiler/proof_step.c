// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * One side visits one state: "Meaning of a visit" in oc.h, with questions where
 * there are numbers. False: it has stopped, or the way is over.
 */
#include "proof_walk.h"

enum { IN_AREA, OPENS /* + enum sym_from */ };

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

		if (term.terms[0].ref.depth != SYM_INPUT)
			term.terms[0].ref.offset += 8 * v->x;
		form_add(v->w, &length, &term, 1);
	}
	return form_new(v->w, &length);
}

static bool not_below_least(const struct visit *v)
{
	if (!v->side->has_length[v->d]) {
		walk_fail(v->w, xasprintf("%s has not visited its node",
			  v->state->name));
		return false;
	}
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

static bool hold_node(const struct visit *v)
{
	return in_frame(v) && not_below_least(v);
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
		walk_fail(v->w, xasprintf("%s opens an area too late", v->state->name));
		return false;
	}
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
	struct written value = { .ref.depth = v->d };
	struct sym_linear at = { .add = v->x };

	switch (write->type) {
	case SYM_FIELD:
		value.type = WRITTEN_FIELD;
		value.ref = write->ref;
		if (value.ref.depth != SYM_INPUT)
			value.ref.offset += 8 * v->x;
		return value;
	case SYM_CONST:
		value.type = WRITTEN_CONST;
		value.number = write->value;
		return value;
	case SYM_START:
	case SYM_END:
		value.type = WRITTEN_OFFSET;
		if (write->type == SYM_START)
			at.add += write->value;
		else
			form_add(v->w, &at,
				 &v->w->forms[v->side->length[v->d]], 1);
		value.form = form_new(v->w, &at);
		break;
	case SYM_LENGTH_OF:
		value.type = WRITTEN_LENGTH;
		value.form = v->side->length[v->d];
		break;
	default:
		return count_now(v->side, write->counter);
	}
	if (!v->side->has_length[v->d] && write->type != SYM_START)
		walk_fail(v->w, xasprintf("%s has not visited its node", v->state->name));
	return value;
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
		walk_fail(v->w, xasprintf("%s moves at two depths at once",
			  v->state->name));
	if (side->moved)
		form_add(v->w, &x, &v->w->forms[side->x], 1);
	side->moved = true;
	side->depth = depth;
	side->x = form_new(v->w, &x);
	for (uint32_t d = depth; d < MAX_DEPTH; d++)
		side->has_length[d] = false;
}

static void take(const struct visit *v, const struct sym_rule *rule)
{
	const struct sym_linear skip = { .add = rule->skip };
	struct walker *side = v->side;

	for (uint32_t i = 0; i < rule->num_writes; i++)
		perform(v, &rule->writes[i]);
	if (rule->advance && !side->has_length[v->d])
		walk_fail(v->w, xasprintf("%s has not visited its node", v->state->name));
	else if (rule->advance)
		move(v, v->d, &v->w->forms[side->length[v->d]]);
	if (rule->skip && v->d + 1 == MAX_DEPTH)
		walk_fail(v->w, xasprintf("%s is too deep", v->state->name));
	if (walk_over(v->w))
		return;
	if (rule->skip) {
		move(v, v->d + 1, &skip);
		if (is_below(v->w, &v->w->area[v->d + 1],
			     v->w->forms[side->x].add)) {
			stop(v, PARSE_BAD_LENGTH);
			return;
		}
	}
	if (rule->stop)
		stop(v, rule->target);
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
	case SYM_HOLD:
		return hold_node(v);
	case SYM_OPEN:
		return hold_node(v) && open_area(v);
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
	if (side->moved && side->opened && state->depth >= side->depth)
		walk_fail(w, xasprintf("%s is in an area that has just opened",
			  state->name));
	if (side->moved && side->depth == state->depth) {
		struct sym_linear x = form_now(w, side->x);

		if (x.num)
			walk_fail(w, xasprintf("%s is at no known byte", state->name));
		v.x = x.add;
	} else if (side->moved && side->depth < state->depth) {
		walk_fail(w, xasprintf("%s is in an area of a node before", state->name));
	}
	if (walk_over(w) || !enter(&v))
		return;
	while (i + 1 < state->num_rules && !walk_over(w) &&
	       !rule_applies(w, side, &state->rules[i], v.x))
		i++;
	if (!walk_over(w))
		take(&v, &state->rules[i]);
}
