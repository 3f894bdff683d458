// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A device payload for people: states, and under each its entries. */
#include <inttypes.h>
#include <string.h>

#include "cpr.h"
#include "tcam_lower.h"

struct payload {		/* a blob that tcam_load() has taken */
	const struct tcam_header	*hdr;
	const struct tcam_output	*outputs;
	const struct tcam_counter	*counters;
	const struct tcam_repeat	*repeats;
	const struct tcam_state		*states;
	const struct tcam_term		*terms;
	const struct tcam_part		*parts;
	const struct tcam_rise		*rises;
	const struct tcam_entry		*entries;
	const struct tcam_action	*actions;
};

static struct payload open_payload(const void *blob)
{
	struct payload p = { .hdr = blob };

	p.outputs = (const void *)(p.hdr + 1);
	p.counters = (const void *)(p.outputs +
				    le32_to_cpu(p.hdr->num_outputs));
	p.repeats = (const void *)(p.counters +
				   le32_to_cpu(p.hdr->num_counters));
	p.states = (const void *)(p.repeats + le32_to_cpu(p.hdr->num_repeats));
	p.terms = (const void *)(p.states + le32_to_cpu(p.hdr->num_states));
	p.parts = (const void *)(p.terms + le32_to_cpu(p.hdr->num_terms));
	p.rises = (const void *)(p.parts + le32_to_cpu(p.hdr->num_parts));
	p.entries = (const void *)(p.rises + le32_to_cpu(p.hdr->num_rises));
	p.actions = (const void *)(p.entries +
				   le32_to_cpu(p.hdr->num_entries));
	return p;
}

static void show_hex(FILE *out, struct tcam_value value, uint32_t bits)
{
	uint64_t hi = le64_to_cpu(value.half[0]), lo = le64_to_cpu(value.half[1]);
	int digits = (bits + 3) / 4;

	if (digits > 16)
		fprintf(out, "0x%0*" PRIx64 "%016" PRIx64, digits - 16, hi, lo);
	else
		fprintf(out, "0x%0*" PRIx64, digits ? digits : 1, lo);
}

static const char *counter_name(const struct payload *p, uint32_t counter)
{
	return p->counters[counter].name;
}

/* Where an extract goes: "saddr", or in an array "list[level below 3]" */
static void show_output(const struct payload *p, FILE *out,
			const struct tcam_action *a)
{
	const char *name = p->outputs[le16_to_cpu(a->output)].name;
	uint32_t index = le16_to_cpu(a->index);

	if (index == TCAM_INDEX_NONE) {
		fprintf(out, " %s=", name);
		return;
	}
	fprintf(out, " %.*s[", (int)strcspn(name, "["), name);
	if (index == TCAM_INDEX_ENCAPS)
		fputs("level", out);
	else
		fputs(counter_name(p, le16_to_cpu(a->index_counter)), out);
	fprintf(out, " %s %u]=", le16_to_cpu(a->last) ? "up to" : "below",
		le16_to_cpu(a->num) - !!le16_to_cpu(a->last));
}

static void show_value(const struct payload *p, FILE *out,
		       const struct tcam_action *a)
{
	const struct tcam_output *output = &p->outputs[le16_to_cpu(a->output)];
	uint32_t value = le64_to_cpu(a->value.half[1]);

	switch (le16_to_cpu(a->type)) {
	case TCAM_EXTRACT_FIELD:
		fprintf(out, "bits[%u+%u]", le32_to_cpu(a->offset),
			le32_to_cpu(a->bits));
		break;
	case TCAM_EXTRACT_CONST:
		show_hex(out, a->value, le16_to_cpu(output->bits));
		break;
	case TCAM_EXTRACT_START:
		fputs("start", out);
		if (value)
			fprintf(out, "+%u", value);
		break;
	case TCAM_EXTRACT_END:
		fputs("end", out);
		break;
	case TCAM_EXTRACT_LENGTH:
		fputs("length", out);
		break;
	case TCAM_EXTRACT_COUNTER:
		fprintf(out, "counter %s",
			counter_name(p, le16_to_cpu(a->counter)));
		break;
	case TCAM_EXTRACT_NODES:
		fputs("nodes", out);
		break;
	case TCAM_EXTRACT_ENCAPS:
		fputs("level", out);
		break;
	}
}

static void show_action(const struct payload *p, FILE *out, uint32_t index)
{
	const struct tcam_action *a = &p->actions[index];
	uint32_t counter = le16_to_cpu(a->counter);

	switch (le16_to_cpu(a->type)) {
	case TCAM_COUNTER_INC:
		fprintf(out, " %s++", counter_name(p, counter));
		break;
	case TCAM_COUNTER_RESET:
		fprintf(out, " %s=0", counter_name(p, counter));
		break;
	default:
		show_output(p, out, a);
		show_value(p, out, a);
		break;
	}
}

static void show_match(const struct payload *p, FILE *out,
		       const struct tcam_state *state, uint32_t index,
		       uint32_t key_bits)
{
	const struct tcam_entry *entry = &p->entries[index];
	bool loop = le16_to_cpu(state->type) == TCAM_STATE_LOOP;

	index -= le16_to_cpu(state->first_entry);
	if (loop && index == 0) {
		fputs("at the end", out);
	} else if (loop && index == 1) {
		fprintf(out, "after %u", le16_to_cpu(state->max));
	} else if (!entry->mask.half[0] && !entry->mask.half[1]) {
		fputs("any", out);
	} else {
		show_hex(out, entry->value, key_bits);
		fputs(" & ", out);
		show_hex(out, entry->mask, key_bits);
	}
}

static void show_entry(const struct payload *p, FILE *out,
		       const struct tcam_state *state, uint32_t index,
		       uint32_t key_bits)
{
	const struct tcam_entry *entry = &p->entries[index];
	uint32_t flags = le16_to_cpu(entry->flags);
	uint32_t target = le16_to_cpu(entry->target);
	uint32_t first = le16_to_cpu(entry->first_action);

	fprintf(out, "  %5u  ", index);
	show_match(p, out, state, index, key_bits);
	if (flags & TCAM_ENTRY_STOP)
		fprintf(out, " -> stop %s", parse_verdict_names[target]);
	else
		fprintf(out, " -> %u %s%s", target, p->states[target].name,
			flags & TCAM_ENTRY_ADVANCE ? "" : " (stay)");
	if (le16_to_cpu(entry->skip))
		fprintf(out, " skip %u", le16_to_cpu(entry->skip));
	for (uint32_t i = 0; i < le16_to_cpu(entry->num_actions); i++)
		show_action(p, out, first + i);
	fputc('\n', out);
}

static uint32_t show_key(const struct payload *p, FILE *out,
			 const struct tcam_state *state)
{
	uint32_t bits = 0;

	for (uint32_t i = 0; i < le16_to_cpu(state->num_parts); i++) {
		const struct tcam_part *part =
			&p->parts[le16_to_cpu(state->first_part) + i];

		fprintf(out, "%s%s[%u+%u]", i ? " " : ", key ",
			le16_to_cpu(part->type) == TCAM_PART_INPUT ?
			"inputs" : "bits", le32_to_cpu(part->offset),
			le16_to_cpu(part->bits));
		bits += le16_to_cpu(part->bits);
	}
	return bits;
}

static void show_length(const struct payload *p, FILE *out,
			const struct tcam_state *state)
{
	fprintf(out, "%d", (int32_t)le32_to_cpu(state->length_add));
	for (uint32_t i = 0; i < le16_to_cpu(state->num_terms); i++) {
		const struct tcam_term *term =
			&p->terms[le16_to_cpu(state->first_term) + i];

		fprintf(out, " + bits[%u+%u] * %d", le32_to_cpu(term->offset),
			le32_to_cpu(term->bits),
			(int32_t)le32_to_cpu(term->times));
	}
}

static void show_visit(const struct payload *p, FILE *out,
		       const struct tcam_state *state)
{
	uint32_t flags = le16_to_cpu(state->flags);
	uint32_t repeat = le16_to_cpu(state->repeat);

	if (flags & TCAM_STATE_COUNTED)
		fputs("counted, ", out);
	if (flags & TCAM_STATE_ENCAP)
		fputs("encap, ", out);
	if (repeat != TCAM_NO_REPEAT)
		fprintf(out, "repeat %u, ",
			le32_to_cpu(p->repeats[repeat].limit));
	for (uint32_t i = 0; i < le16_to_cpu(state->num_rises); i++) {
		const struct tcam_rise *rise =
			&p->rises[le16_to_cpu(state->first_rise) + i];
		const struct tcam_counter *counter =
			&p->counters[le16_to_cpu(rise->counter)];

		fprintf(out, "%s + %u <= %u, ", counter->name,
			le16_to_cpu(rise->by), le16_to_cpu(counter->max));
	}
	fprintf(out, "need %u, length ", le32_to_cpu(state->need));
	if (flags & TCAM_STATE_REST)
		fputs("rest", out);
	else
		show_length(p, out, state);
}

static void show_open(const struct payload *p, FILE *out,
		      const struct tcam_state *state)
{
	fputs("open ", out);
	switch (le16_to_cpu(state->from)) {
	case TCAM_FROM_NODE:
		fprintf(out, "at %u", le32_to_cpu(state->start));
		break;
	case TCAM_FROM_BASE:
		fputs("where the last one stopped", out);
		break;
	case TCAM_FROM_END:
		fputs("behind the last one", out);
		break;
	}
	fputs(", area ", out);
	if (le16_to_cpu(state->flags) & TCAM_STATE_AREA)
		show_length(p, out, state);
	else
		fputs("rest", out);
}

static void show_state(const struct payload *p, FILE *out, uint32_t index)
{
	const struct tcam_state *state = &p->states[index];
	uint32_t key_bits;

	fprintf(out, "state %u %s: ", index, state->name);
	if (le16_to_cpu(state->depth))
		fprintf(out, "depth %u, ", le16_to_cpu(state->depth));
	switch (le16_to_cpu(state->type)) {
	case TCAM_STATE_VISIT:
		show_visit(p, out, state);
		break;
	case TCAM_STATE_HOLD:
		fprintf(out, "hold, need %u", le32_to_cpu(state->need));
		break;
	case TCAM_STATE_OPEN:
		show_open(p, out, state);
		break;
	case TCAM_STATE_LOOP:
		fprintf(out, "loop %u, need %u", le16_to_cpu(state->max),
			le32_to_cpu(state->need));
		break;
	}
	key_bits = show_key(p, out, state);
	fputc('\n', out);
	for (uint32_t i = 0; i < le16_to_cpu(state->num_entries); i++)
		show_entry(p, out, state, le16_to_cpu(state->first_entry) + i,
			   key_bits);
}

bool tcam_show(const void *blob, FILE *out)
{
	struct payload p = open_payload(blob);

	fprintf(out,
		"TCAM: %u states, %u entries, %u bytes, %u nodes, %u encapsulations; starts in %u\n",
		le32_to_cpu(p.hdr->num_states), le32_to_cpu(p.hdr->num_entries),
		le32_to_cpu(p.hdr->max_bytes), le32_to_cpu(p.hdr->max_nodes),
		le32_to_cpu(p.hdr->max_encaps), le32_to_cpu(p.hdr->start));
	for (uint32_t i = 0; i < le32_to_cpu(p.hdr->num_states); i++)
		show_state(&p, out, i);
	return !ferror(out);
}
