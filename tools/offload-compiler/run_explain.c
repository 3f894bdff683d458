// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * run --explain: one packet's walk through the parser, step by step, as the
 * reference interpreter tells it; for people a line a step, or JSON.
 */
#include <stdlib.h>

#include <jansson.h>

#include "run.h"
#include "text.h"

struct explain {
	struct trace		trace;		/* first: the callback's argument */
	const struct parser	*parser;
	const struct frame	*frame;
	struct parse_result	res;
	json_t			*steps;		/* NULL: lines for people */
	int64_t			origin;		/* of the window; -1: none yet */
	uint32_t		full;		/* counter that cannot be raised */
	const struct part	*parts[MAX_DEPTH];	/* by depth of the owner */
};

/* ---- sentences: to be freed -------------------------------------------------- */

struct sentence {
	FILE	*out;
	char	*text;
	size_t	size;
};

static void sentence_check(bool good)
{
	if (good)
		return;
	perror("offload-compiler run");	/* memory, as in xcalloc() */
	exit(OC_EXIT_WRONG);
}

static FILE *sentence_open(struct sentence *s)
{
	*s = (struct sentence){};
	s->out = open_memstream(&s->text, &s->size);
	sentence_check(s->out);
	return s->out;
}

static char *sentence_close(struct sentence *s)
{
	sentence_check(!fclose(s->out));
	return s->text;
}

static u128 field_value(const struct explain *x, const struct field *f,
			int64_t base)
{
	uint64_t first = 8 * (uint64_t)base + f->offset;
	u128 value = 0;

	for (uint64_t i = first; i < first + f->bits; i++)
		value = value << 1 | (x->frame->data[i / 8] >> (7 - i % 8) & 1);
	return value;
}

/* " (ihl = 4)": the fields that a length comes from */
static void say_terms(const struct explain *x, FILE *out,
		      const struct trace_step *s, const struct length *length)
{
	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct field *f = &s->node->fields[length->terms[i].field];

		fprintf(out, "%s%s = ", i ? ", " : " (", f->name);
		text_value(out, field_value(x, f, s->base));
	}
	if (length->num_terms)
		fputc(')', out);
}

static const char *bytes(int64_t num)
{
	return num == 1 ? "byte" : "bytes";
}

/* What @needs so many bytes at @s->base does not get */
static void say_missing(const struct explain *x, FILE *out, const char *needs,
			const struct trace_step *s, uint32_t num)
{
	int64_t left = s->end - s->base;

	if (s->verdict == PARSE_WINDOW) {
		fprintf(out, "%s ends %lld bytes behind the first counted node, the limit is %u",
			needs, (long long)(s->base + num - x->origin),
			x->parser->max_bytes);
		return;
	}
	if (s->verdict == PARSE_TRUNCATED)
		left = (int64_t)x->frame->len - s->base;
	fprintf(out, "%s needs %u %s, ", needs, num, bytes(num));
	if (left < 0)
		fprintf(out, "but starts behind the end of the ");
	else
		fprintf(out, "there %s %lld left in the ",
			left == 1 ? "is" : "are", (long long)left);
	fputs(s->verdict == PARSE_TRUNCATED ? "frame" : "part", out);
}

static void say_bad_length(const struct explain *x, FILE *out,
			   const struct trace_step *s)
{
	const struct node *node = s->node;

	if (s->is_part && s->base + node->min_length > s->end) {
		say_missing(x, out, "its header", s, node->min_length);
		return;
	}
	fprintf(out, "it has length %lld", (long long)s->length);
	say_terms(x, out, s, &node->length);
	if (s->length < node->min_length)
		fprintf(out, ", its header needs %u", node->min_length);
	else
		fprintf(out, ", there are %lld left in the part",
			(long long)(s->end - s->base));
}

/* Why a visit ended in its steps 1 to 4 */
static char *visit_reason(const struct explain *x, const struct trace_step *s)
{
	const struct parser *p = x->parser;
	struct sentence why;
	FILE *out = sentence_open(&why);

	switch (s->verdict) {
	case PARSE_LIMIT_ENCAPS:
		fprintf(out, "it is an encapsulation more than the %u of the limit",
			p->max_encaps);
		break;
	case PARSE_LIMIT_NODES:
		fprintf(out, "it is a counted node more than the %u of the limit",
			p->max_nodes);
		break;
	case PARSE_LIMIT_REPEAT:
		fprintf(out, "it was visited %u times, the limit", s->node->repeat);
		break;
	case PARSE_LIMIT_COUNTER:
		fprintf(out, "counter %s is at its maximum of %u",
			p->counters[x->full].name, p->counters[x->full].max);
		break;
	case PARSE_BAD_LENGTH:
		say_bad_length(x, out, s);
		break;
	default:
		say_missing(x, out, "its header", s, s->node->min_length);
		break;
	}
	return sentence_close(&why);
}

/* Each field of a condition once; @said: those before, a bit each */
static void say_fields(const struct explain *x, FILE *out,
		       const struct trace_step *s, const struct cond *cond,
		       uint64_t *said)
{
	const struct field *f = &s->node->fields[cond->field];

	for (uint32_t i = 0; i < cond->num_args; i++)
		say_fields(x, out, s, &cond->args[i], said);
	if (cond->type != COND_COMPARE || *said >> cond->field & 1)
		return;
	fprintf(out, "%s%s is ", *said ? ", " : "", f->name);
	text_value(out, field_value(x, f, s->base));
	*said |= 1ULL << cond->field;
}

static char *cond_reason(const struct explain *x, const struct trace_step *s)
{
	struct sentence why;
	FILE *out = sentence_open(&why);
	uint64_t said = 0;

	text_cond(out, s->node->fields, s->cond);
	fputs(" does not hold: ", out);
	say_fields(x, out, s, s->cond, &said);
	return sentence_close(&why);
}

static char *part_reason(const struct explain *x, const struct trace_step *s)
{
	struct sentence why;
	FILE *out = sentence_open(&why);

	if (s->part->has_area) {
		fprintf(out, "it has length %lld", (long long)(s->end - s->start));
		say_terms(x, out, s, &s->part->area);
	} else {
		fprintf(out, "it starts at %lld", (long long)s->start);
	}
	fprintf(out, ", %s ends at %lld", s->node->name,
		(long long)(s->base + s->length));
	return sentence_close(&why);
}

static char *element_reason(const struct explain *x, const struct trace_step *s)
{
	struct sentence why;
	FILE *out = sentence_open(&why);

	say_missing(x, out, "the next element's key", s, s->part->need);
	return sentence_close(&why);
}

/* ---- steps: a line for people and an object ---------------------------------- */

static void set(json_t *step, const char *key, json_t *value)
{
	sentence_check(!json_object_set_new(step, key, value));
}

static void set_value(json_t *step, const char *key, u128 value)
{
	struct sentence text;

	if (!(value >> 63)) {
		set(step, key, json_integer(value));
		return;
	}
	text_value(sentence_open(&text), value);
	set(step, key, json_string(sentence_close(&text)));
	free(text.text);
}

/* The reason, which is freed, and the verdict of a step that ends the parse */
static void tell_end(FILE *out, json_t *step, char *reason,
		     enum parse_verdict verdict)
{
	fprintf(out, "%s: %s", reason, parse_verdict_names[verdict]);
	set(step, "reason", json_string(reason));
	set(step, "verdict", json_string(parse_verdict_names[verdict]));
	free(reason);
}

static void tell_visit(struct explain *x, const struct trace_step *s, FILE *out,
		       json_t *step)
{
	if (x->origin < 0 && s->node->counted)
		x->origin = s->base;
	set(step, "node", json_string(s->node->name));
	set(step, "offset", json_integer(s->base));
	fprintf(out, "%s at %lld: ", s->node->name, (long long)s->base);
	if (s->verdict != PARSE_NUM_VERDICTS) {
		tell_end(out, step, visit_reason(x, s), s->verdict);
		return;
	}
	set(step, "length", json_integer(s->length));
	fprintf(out, "%lld %s", (long long)s->length, bytes(s->length));
	if (s->node->overlay)
		fputs(", overlay", out);
	if (s->node->counted)
		fprintf(out, ", node %u", x->res.nodes);
	if (s->node->encap)
		fprintf(out, ", encapsulation %u", x->res.encaps);
}

static void tell_cond(struct explain *x, const struct trace_step *s, FILE *out,
		      json_t *step)
{
	tell_end(out, step, cond_reason(x, s), s->verdict);
}

static void tell_counter(struct explain *x, const struct trace_step *s,
			 FILE *out, json_t *step)
{
	const char *name = x->parser->counters[s->index].name;

	fprintf(out, "counter %s: %u", name, (uint32_t)s->value);
	set(step, "counter", json_string(name));
	set_value(step, "value", s->value);
}

static void tell_write(struct explain *x, const struct trace_step *s, FILE *out,
		       json_t *step)
{
	const struct parse_output *output = &x->parser->outputs[s->index];
	uint8_t value[PARSE_VALUE_BYTES];
	char text[OUTPUT_TEXT_SIZE];
	u128 rest = s->value;

	for (int i = PARSE_VALUE_BYTES - 1; i >= 0; i--, rest >>= 8)
		value[i] = (uint8_t)rest;
	output_text(output, value, text);
	if (s->lost)
		fprintf(out, "%s is the last of its array: %s is not stored",
			output->name, text);
	else
		fprintf(out, "%s = %s", output->name, text);
	set(step, "output", json_string(output->name));
	set(step, "value", json_string(text));
	set(step, "stored", json_boolean(!s->lost));
}

static void tell_part(struct explain *x, const struct trace_step *s, FILE *out,
		      json_t *step)
{
	uint32_t number = s->part - s->node->parts + 1;

	x->parts[s->depth] = s->part;
	set(step, "node", json_string(s->node->name));
	set(step, "part", json_integer(number));
	set(step, "offset", json_integer(s->start));
	set(step, "end", json_integer(s->end));
	fprintf(out, "part %u of %s at %lld: ", number, s->node->name,
		(long long)s->start);
	if (s->end < s->start || s->end > s->base + s->length)
		tell_end(out, step, part_reason(x, s), PARSE_BAD_LENGTH);
	else
		fprintf(out, "%lld %s", (long long)(s->end - s->start),
			bytes(s->end - s->start));
}

static void tell_element(struct explain *x, const struct trace_step *s,
			 FILE *out, json_t *step)
{
	set(step, "offset", json_integer(s->base));
	fprintf(out, "element %u at %lld: ", (uint32_t)s->value + 1,
		(long long)s->base);
	tell_end(out, step, element_reason(x, s), s->verdict);
}

static void tell_exceeded(struct explain *x, const struct trace_step *s,
			  FILE *out, json_t *step)
{
	set(step, "offset", json_integer(s->base));
	set(step, "target", json_string(text_target(x->parser,
						    s->part->exceeded)));
	fprintf(out, "at %lld: an element more than the %u of the limit: %s",
		(long long)s->base, s->part->max,
		text_target(x->parser, s->part->exceeded));
}

static void tell_flag(struct explain *x, const struct trace_step *s, FILE *out,
		      json_t *step)
{
	const struct flag *flag = s->flag;
	struct sentence why;

	set(step, "field", json_string(s->node->fields[flag->field].name));
	set(step, "offset", json_integer(s->base));
	text_flag(out, s->node->fields, flag);
	if (!flag->skip) {
		fprintf(out, " -> %s", x->parser->nodes[flag->node].name);
	} else if (s->base + flag->size <= s->end) {
		fprintf(out, ": %u %s at %lld", flag->size, bytes(flag->size),
			(long long)s->base);
	} else {
		fprintf(out, " at %lld: ", (long long)s->base);
		say_missing(x, sentence_open(&why), "the field", s, flag->size);
		tell_end(out, step, sentence_close(&why), PARSE_BAD_LENGTH);
	}
}

static void tell_lookup(struct explain *x, const struct trace_step *s,
			FILE *out, json_t *step)
{
	const struct lookup *l = s->lookup;
	struct target to = s->entry ? s->entry->target : l->otherwise;
	json_t *key = json_object();

	for (uint32_t i = 0; i < l->num_key; i++) {
		const char *name = text_operand_name(x->parser, l, s->fields, i);
		u128 value = text_operand_value(l, s->fields, i, s->value);

		fprintf(out, "%s%s = ", i ? ", " : "", name);
		text_value(out, value);
		set_value(key, name, value);
	}
	if (s->entry && (s->entry->range || s->entry->priority)) {
		fputs(", as ", out);
		text_entry(out, l, s->fields, s->entry);
	} else if (l->num_key && !s->entry) {
		fputs(", no entry", out);
	}
	fprintf(out, "%s-> %s%s", l->num_key ? " " : "",
		to.type == TARGET_STOP ? "stop: " : "",
		text_target(x->parser, to));
	set(step, "key", key);
	set(step, "entry", json_boolean(s->entry));
	set(step, "target", json_string(text_target(x->parser, to)));
}

static const struct {
	const char	*name;
	bool		below;		/* what a node does */
	void		(*tell)(struct explain *x, const struct trace_step *s,
				FILE *out, json_t *step);
} steps[] = {
	[TRACE_VISIT]	 = { "visit", false, tell_visit },
	[TRACE_COND]	 = { "condition", true, tell_cond },
	[TRACE_COUNTER]	 = { "counter", true, tell_counter },
	[TRACE_WRITE]	 = { "output", true, tell_write },
	[TRACE_PART]	 = { "part", true, tell_part },
	[TRACE_ELEMENT]	 = { "element", false, tell_element },
	[TRACE_EXCEEDED] = { "exceeded", false, tell_exceeded },
	[TRACE_FLAG]	 = { "flag", false, tell_flag },
	[TRACE_LOOKUP]	 = { "lookup", true, tell_lookup },
};

static bool is_of_part(const struct explain *x, const struct trace_step *s)
{
	return s->type == TRACE_LOOKUP && s->depth &&
	       s->lookup == &x->parts[s->depth - 1]->next;
}

/* Steps that say nothing: the next one does, or there was no choice */
static bool is_silent(const struct explain *x, const struct trace_step *s)
{
	if (s->type == TRACE_ELEMENT)
		return s->verdict == PARSE_NUM_VERDICTS;
	if (s->type == TRACE_COUNTER)
		return s->verdict != PARSE_NUM_VERDICTS;
	return s->type == TRACE_LOOKUP && s->lookup->map < 0 &&
	       (is_of_part(x, s) || s->lookup->otherwise.type == TARGET_AGAIN);
}

static void step(struct trace *trace, const struct trace_step *s)
{
	struct explain *x = (struct explain *)trace;
	json_t *object;
	struct sentence line;

	if (s->type == TRACE_COUNTER)
		x->full = s->index;
	if (is_silent(x, s))
		return;
	object = json_object();
	set(object, "step", json_string(steps[s->type].name));
	set(object, "depth", json_integer(s->depth));
	steps[s->type].tell(x, s, sentence_open(&line), object);
	set(object, "text", json_string(sentence_close(&line)));
	if (!x->steps)
		printf("%*s%s\n", 4 * (int)s->depth +
		       2 * (steps[s->type].below && !is_of_part(x, s)), "",
		       line.text);
	else
		sentence_check(!json_array_append(x->steps, object));
	json_decref(object);
	free(line.text);
}

/* ---- the packet -------------------------------------------------------------- */

static void print_steps(const json_t *list)
{
	const json_t *object;
	size_t i;

	json_array_foreach(list, i, object) {
		printf("%s\n", i ? "," : "");
		json_dumpf(object, stdout, JSON_PRESERVE_ORDER);
	}
}

void explain_packet(uint32_t number, const struct parser *parser,
		    const struct frame *frame, uint32_t inputs, bool json)
{
	struct explain x = { .trace.step = step, .parser = parser,
			     .frame = frame, .origin = -1,
			     .steps = json ? json_array() : NULL };

	if (!json)
		printf("packet %u, %u bytes\n", number, frame->len);
	reference_trace(parser, frame->data, frame->len, inputs, &x.res,
			&x.trace);
	if (!json) {
		print_result(number, parser, &x.res, inputs);
		return;
	}
	printf("{");
	print_result_json(number, parser, &x.res, inputs);
	printf(", \"walk\": [");
	print_steps(x.steps);
	printf("]}\n");
	json_decref(x.steps);
}
