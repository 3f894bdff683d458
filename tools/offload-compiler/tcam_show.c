// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A device payload for people: states, and under each its entries. */
#include <inttypes.h>
#include <string.h>

#include "cpr.h"
#include "tcam_lower.h"

struct payload {		/* a blob that tcam_load() has taken */
	const struct tcam_header	*hdr;
	const struct tcam_output	*outputs;
	const struct tcam_repeat	*repeats;
	const struct tcam_state		*states;
	const struct tcam_term		*terms;
	const struct tcam_part		*parts;
	const struct tcam_entry		*entries;
	const struct tcam_extract	*extracts;
};

static struct payload open_payload(const void *blob)
{
	struct payload p = { .hdr = blob };

	p.outputs = (const void *)(p.hdr + 1);
	p.repeats = (const void *)(p.outputs + le32_to_cpu(p.hdr->num_outputs));
	p.states = (const void *)(p.repeats + le32_to_cpu(p.hdr->num_repeats));
	p.terms = (const void *)(p.states + le32_to_cpu(p.hdr->num_states));
	p.parts = (const void *)(p.terms + le32_to_cpu(p.hdr->num_terms));
	p.entries = (const void *)(p.parts + le32_to_cpu(p.hdr->num_parts));
	p.extracts = (const void *)(p.entries +
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

static void show_extract(const struct payload *p, FILE *out, uint32_t index)
{
	const struct tcam_extract *e = &p->extracts[index];
	const struct tcam_output *output = &p->outputs[le16_to_cpu(e->output)];

	fprintf(out, " %s=", output->name);
	switch (le16_to_cpu(e->type)) {
	case TCAM_EXTRACT_FIELD:
		fprintf(out, "bits[%u+%u]", le32_to_cpu(e->offset),
			le32_to_cpu(e->bits));
		break;
	case TCAM_EXTRACT_CONST:
		show_hex(out, e->value, le16_to_cpu(output->bits));
		break;
	case TCAM_EXTRACT_START:
		fputs("start", out);
		break;
	case TCAM_EXTRACT_END:
		fputs("end", out);
		break;
	case TCAM_EXTRACT_LENGTH:
		fputs("length", out);
		break;
	}
}

static void show_entry(const struct payload *p, FILE *out, uint32_t index,
		       uint32_t key_bits)
{
	const struct tcam_entry *entry = &p->entries[index];
	uint32_t flags = le16_to_cpu(entry->flags);
	uint32_t target = le16_to_cpu(entry->target);
	uint32_t first = le16_to_cpu(entry->first_extract);

	fprintf(out, "  %5u  ", index);
	show_hex(out, entry->value, key_bits);
	fputs(" & ", out);
	show_hex(out, entry->mask, key_bits);
	if (flags & TCAM_ENTRY_STOP)
		fprintf(out, " -> stop %s", parse_verdict_names[target]);
	else
		fprintf(out, " -> %u %s%s", target, p->states[target].name,
			flags & TCAM_ENTRY_ADVANCE ? "" : " (stay)");
	for (uint32_t i = 0; i < le16_to_cpu(entry->num_extracts); i++)
		show_extract(p, out, first + i);
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

static void show_state(const struct payload *p, FILE *out, uint32_t index)
{
	const struct tcam_state *state = &p->states[index];
	uint32_t flags = le16_to_cpu(state->flags);
	uint32_t repeat = le16_to_cpu(state->repeat), key_bits;

	fprintf(out, "state %u %s: %s", index, state->name,
		flags & TCAM_STATE_HOLD ? "hold, " : "");
	if (flags & TCAM_STATE_COUNTED)
		fputs("counted, ", out);
	if (flags & TCAM_STATE_ENCAP)
		fputs("encap, ", out);
	if (repeat != TCAM_NO_REPEAT)
		fprintf(out, "repeat %u, ",
			le32_to_cpu(p->repeats[repeat].limit));
	fprintf(out, "need %u, length %u", le32_to_cpu(state->need),
		le32_to_cpu(state->length_add));
	for (uint32_t i = 0; i < le16_to_cpu(state->num_terms); i++) {
		const struct tcam_term *term =
			&p->terms[le16_to_cpu(state->first_term) + i];

		fprintf(out, " + (bits[%u+%u] << %u)",
			le32_to_cpu(term->offset), le16_to_cpu(term->bits),
			le16_to_cpu(term->shift));
	}
	key_bits = show_key(p, out, state);
	fputc('\n', out);
	for (uint32_t i = 0; i < le16_to_cpu(state->num_entries); i++)
		show_entry(p, out, le16_to_cpu(state->first_entry) + i,
			   key_bits);
}

/* Prints @blob, if it is one that the device takes */
bool tcam_show(const void *blob, size_t size, FILE *out)
{
	char err[128] = "";
	struct tcam *tcam = tcam_load(blob, size, err, sizeof(err));
	struct payload p;

	if (!tcam) {
		diag_error("device payload", 0, NULL, "%s", err);
		return false;
	}
	tcam_free(tcam);
	p = open_payload(blob);
	fprintf(out,
		"TCAM: %u states, %u entries, %u bytes, %u nodes, %u encapsulations; starts in %u\n",
		le32_to_cpu(p.hdr->num_states), le32_to_cpu(p.hdr->num_entries),
		le32_to_cpu(p.hdr->max_bytes), le32_to_cpu(p.hdr->max_nodes),
		le32_to_cpu(p.hdr->max_encaps), le32_to_cpu(p.hdr->start));
	for (uint32_t i = 0; i < le32_to_cpu(p.hdr->num_states); i++)
		show_state(&p, out, i);
	return !ferror(out);
}
