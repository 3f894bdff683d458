// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A device payload for people: states, and under each its entries. */
#include <inttypes.h>
#include <string.h>

#include "tcam_show.h"

struct payload tcam_payload(const void *blob)
{
	const struct tcam_header *hdr = blob;
	struct payload p = { .hdr = hdr };

	p.outputs = (const void *)(hdr + 1);
	p.counters = (const void *)(p.outputs + le32_to_cpu(hdr->num_outputs));
	p.repeats = (const void *)(p.counters + le32_to_cpu(hdr->num_counters));
	p.visits = (const void *)(p.repeats + le32_to_cpu(hdr->num_repeats));
	p.areas = (const void *)(p.visits + le32_to_cpu(hdr->num_visits));
	p.terms = (const void *)(p.areas + le32_to_cpu(hdr->num_areas));
	p.rises = (const void *)(p.terms + le32_to_cpu(hdr->num_terms));
	p.states = (const void *)(p.rises + le32_to_cpu(hdr->num_rises));
	p.parts = (const void *)(p.states + le32_to_cpu(hdr->num_states));
	p.entries = (const void *)(p.parts + le32_to_cpu(hdr->num_parts));
	p.actions = (const void *)(p.entries + le32_to_cpu(hdr->num_entries));
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
		fprintf(out, "%s=", name);
		return;
	}
	fprintf(out, "%.*s[", (int)strcspn(name, "["), name);
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
		fprintf(out, "bits[%d+%u]",
			(int32_t)le32_to_cpu(a->offset), le32_to_cpu(a->bits));
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

/* ---- actions ------------------------------------------------------------------- */

static void show_length(const struct payload *p, FILE *out, uint32_t add,
			uint32_t first, uint32_t num)
{
	if (add || !num)
		fprintf(out, "%d%s", (int32_t)add, num ? " + " : "");
	for (uint32_t i = 0; i < num; i++) {
		const struct tcam_term *term = &p->terms[first + i];

		fprintf(out, "%sbits[%d+%u] * %d", i ? " + " : "",
			(int32_t)le32_to_cpu(term->offset),
			le32_to_cpu(term->bits),
			(int32_t)le32_to_cpu(term->times));
	}
}

static void show_visit(const struct payload *p, FILE *out, uint32_t which)
{
	const struct tcam_visit *visit = &p->visits[which];
	uint32_t flags = le16_to_cpu(visit->flags);
	uint32_t repeat = le16_to_cpu(visit->repeat);

	fprintf(out, "visit %s (", visit->name);
	if (flags & TCAM_VISIT_COUNTED)
		fputs("counted, ", out);
	if (flags & TCAM_VISIT_ENCAP)
		fputs("encap, ", out);
	if (repeat != TCAM_NO_REPEAT)
		fprintf(out, "at most %u times, ",
			le32_to_cpu(p->repeats[repeat].limit));
	for (uint32_t i = 0; i < le16_to_cpu(visit->num_rises); i++) {
		const struct tcam_rise *rise =
			&p->rises[le16_to_cpu(visit->first_rise) + i];
		const struct tcam_counter *counter =
			&p->counters[le16_to_cpu(rise->counter)];

		fprintf(out, "%s + %u <= %u, ", counter->name,
			le16_to_cpu(rise->by), le16_to_cpu(counter->max));
	}
	fprintf(out, "needs %u, length ", le32_to_cpu(visit->need));
	if (flags & TCAM_VISIT_REST)
		fputs("all that is left", out);
	else
		show_length(p, out, le32_to_cpu(visit->length_add),
			    le16_to_cpu(visit->first_term),
			    le16_to_cpu(visit->num_terms));
	fputc(')', out);
}

static void show_open(const struct payload *p, FILE *out, uint32_t which)
{
	const struct tcam_area *area = &p->areas[which];

	fputs("open area ", out);
	switch (le16_to_cpu(area->from)) {
	case TCAM_FROM_NODE:
		fprintf(out, "at %u, of ", le32_to_cpu(area->start));
		break;
	case TCAM_FROM_BASE:
		fputs("where the last one stopped, of ", out);
		break;
	case TCAM_FROM_END:
		fputs("behind the last one, of ", out);
		break;
	}
	if (le16_to_cpu(area->flags) & TCAM_AREA_LENGTH)
		show_length(p, out, le32_to_cpu(area->length_add),
			    le16_to_cpu(area->first_term),
			    le16_to_cpu(area->num_terms));
	else
		fputs("all that is left", out);
}

void tcam_show_action(const struct payload *p, FILE *out,
			const struct tcam_action *a, uint32_t depth)
{
	uint32_t counter = le16_to_cpu(a->counter);
	uint32_t which = le16_to_cpu(a->which);
	uint32_t value = le64_to_cpu(a->value.half[1]);

	switch (le16_to_cpu(a->type)) {
	case TCAM_COUNTER_INC:
		fprintf(out, "%s++", counter_name(p, counter));
		return;
	case TCAM_COUNTER_RESET:
		fprintf(out, "%s=0", counter_name(p, counter));
		return;
	case TCAM_VISIT:
		show_visit(p, out, which);
		break;
	case TCAM_LENGTH:
		fprintf(out, "length %u", value);
		break;
	case TCAM_OPEN:
		show_open(p, out, which);
		break;
	case TCAM_ADVANCE:
		fputs("advance", out);
		break;
	case TCAM_SKIP:
		fprintf(out, "skip %u", value);
		break;
	default:
		show_output(p, out, a);
		show_value(p, out, a);
		break;
	}
	if (le16_to_cpu(a->depth) != depth &&
	    le16_to_cpu(a->type) != TCAM_EXTRACT_CONST)
		fprintf(out, " at depth %u", le16_to_cpu(a->depth));
}

static void show_actions(const struct payload *p, FILE *out, uint32_t first,
			 uint32_t num, uint32_t depth)
{
	for (uint32_t i = 0; i < num; i++) {
		tcam_show_action(p, out, &p->actions[first + i], depth);
		fputs(", ", out);
	}
}

/* ---- entries -------------------------------------------------------------------- */

static bool is_full(struct tcam_value mask, uint32_t bits)
{
	u128 m = (u128)le64_to_cpu(mask.half[0]) << 64 |
		 le64_to_cpu(mask.half[1]);

	return bits && m == (bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0);
}

static void show_match(const struct payload *p, FILE *out,
		       const struct tcam_state *state, uint32_t index,
		       uint32_t key_bits)
{
	const struct tcam_entry *entry = &p->entries[index];
	bool loop = le16_to_cpu(state->flags) & TCAM_STATE_LOOP;

	index -= le16_to_cpu(state->first_entry);
	if (loop && index == 0) {
		fputs("at the end", out);
	} else if (loop && index == 1) {
		fprintf(out, "after %u", le16_to_cpu(state->max));
	} else if (!entry->mask.half[0] && !entry->mask.half[1]) {
		fputs("any", out);
	} else {
		show_hex(out, entry->value, key_bits);
		if (is_full(entry->mask, key_bits))
			return;
		fputs(" & ", out);
		show_hex(out, entry->mask, key_bits);
	}
}

static void show_entry(const struct payload *p, FILE *out,
		       const struct tcam_state *state, uint32_t index,
		       uint32_t key_bits)
{
	const struct tcam_entry *entry = &p->entries[index];
	uint32_t target = le16_to_cpu(entry->target);

	fprintf(out, "  %5u  ", index);
	show_match(p, out, state, index, key_bits);
	fputs(": ", out);
	show_actions(p, out, le32_to_cpu(entry->first_action),
		     le16_to_cpu(entry->num_actions),
		     le16_to_cpu(state->depth));
	if (le16_to_cpu(entry->flags) & TCAM_ENTRY_STOP)
		fprintf(out, "stop %s\n", parse_verdict_names[target]);
	else
		fprintf(out, "go to %u %s\n", target, p->states[target].name);
}

/* ---- states ---------------------------------------------------------------------- */

const char *const tcam_whys[TCAM_NUM_WHYS] = {
	[TCAM_WHY_START]    = "the parse starts here",
	[TCAM_WHY_SHARED]   = "several states lead here",
	[TCAM_WHY_LENGTH]   = "where it is takes computing",
	[TCAM_WHY_LOOP]	    = "it comes again",
	[TCAM_WHY_KEY]	    = "no room in the key before it",
	[TCAM_WHY_EXTRACTS] = "too many extracts for the entries before it",
};

uint32_t tcam_key_bits(const struct payload *p,
			 const struct tcam_state *state)
{
	uint32_t bits = 0;

	for (uint32_t i = 0; i < le16_to_cpu(state->num_parts); i++)
		bits += le16_to_cpu(p->parts[le16_to_cpu(state->first_part) +
					     i].bits);
	return bits;
}

static void show_key(const struct payload *p, FILE *out,
		     const struct tcam_state *state)
{
	for (uint32_t i = 0; i < le16_to_cpu(state->num_parts); i++) {
		const struct tcam_part *part =
			&p->parts[le16_to_cpu(state->first_part) + i];

		fprintf(out, "%s%s[%d+%u]", i ? " " : ", key ",
			le16_to_cpu(part->type) == TCAM_PART_INPUT ?
			"inputs" : "bits", (int32_t)le32_to_cpu(part->offset),
			le16_to_cpu(part->bits));
	}
}

static void show_state(const struct payload *p, FILE *out, uint32_t index)
{
	const struct tcam_state *state = &p->states[index];
	uint32_t bits = tcam_key_bits(p, state);

	fprintf(out, "state %u %s", index, state->name);
	if (le16_to_cpu(state->depth))
		fprintf(out, ", depth %u", le16_to_cpu(state->depth));
	if (le16_to_cpu(state->flags) & TCAM_STATE_LOOP)
		fprintf(out, ", loop of %u", le16_to_cpu(state->max));
	if (state->need)
		fprintf(out, ", needs %u", le32_to_cpu(state->need));
	show_key(p, out, state);
	fprintf(out, "; %s\n", tcam_whys[le16_to_cpu(state->why)]);
	for (uint32_t i = 0; i < le16_to_cpu(state->num_entries); i++)
		show_entry(p, out, state, le16_to_cpu(state->first_entry) + i,
			   bits);
}

static void show_summary(const struct payload *p, const struct device *device,
			 FILE *out)
{
	uint32_t widest = 0, parts = 0, num = le32_to_cpu(p->hdr->num_states);

	for (uint32_t i = 0; i < num; i++) {
		uint32_t bits = tcam_key_bits(p, &p->states[i]);

		if (bits > widest)
			widest = bits;
		if (le16_to_cpu(p->states[i].num_parts) > parts)
			parts = le16_to_cpu(p->states[i].num_parts);
	}
	fprintf(out,
		"TCAM of %s: %u of %u entries, %u of %u states, keys of up to %u of %u bits in %u of %u parts\n",
		device->name, le32_to_cpu(p->hdr->num_entries), device->entries,
		num, device->states, widest, device->key_bits, parts,
		device->key_parts);
	fprintf(out, "limits: %u bytes, %u nodes, %u encapsulations\n",
		le32_to_cpu(p->hdr->max_bytes), le32_to_cpu(p->hdr->max_nodes),
		le32_to_cpu(p->hdr->max_encaps));
}

bool tcam_show(const void *blob, const struct device *device, FILE *out)
{
	struct payload p = tcam_payload(blob);
	uint32_t start = le32_to_cpu(p.hdr->start);

	show_summary(&p, device, out);
	fputs("start: ", out);
	show_actions(&p, out, le32_to_cpu(p.hdr->start_action),
		     le32_to_cpu(p.hdr->start_actions), 0);
	fprintf(out, "go to %u %s\n", start, p.states[start].name);
	for (uint32_t i = 0; i < le32_to_cpu(p.hdr->num_states); i++)
		show_state(&p, out, i);
	return !ferror(out);
}
