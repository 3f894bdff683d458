// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* prove_mutations FILE [EVERY [UNDECIDED]]: each change of one entry of the TCAM
 * body, or each EVERYth, is proved harmless or refuted by a packet that shows it.
 * No packet of `vectors` may show what was proved harmless, and check-proof has to
 * agree: what is proved is valid, and no body that was refuted is proved by the
 * certificate of the body that was not changed. At most UNDECIDED may be
 * left.
 */
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "proof.h"
#include "tcam_format.h"
#include "vectors.h"

struct body {
	const struct parser	*parser;
	struct graph		*graph;
	struct vectors		vectors;
	struct buffer		blob;	/* with room for one entry's actions */
	uint32_t		entries, actions;	/* byte of the first one */
	struct buffer		claims;	/* that it is the CPR */
	uint32_t		*bits;	/* of an entry's key */
	bool			*exits;	/* an entry for the exit of a loop */
	uint32_t		num_entries, num_actions;
	uint32_t		tried, every, refused, harmless, refuted, unknown, wrong;
};

static struct tcam_entry *entry_of(const struct body *b, uint32_t i)
{
	return (struct tcam_entry *)(b->blob.data + b->entries) + i;
}

static struct tcam_action *action_of(const struct body *b, uint32_t i)
{
	return (struct tcam_action *)(b->blob.data + b->actions) + i;
}

/* Whether a packet shows that @mutated is another parser */
static bool is_wrong(const struct body *b, const struct prove_body *cpr,
		     const struct prove_body *mutated)
{
	for (uint32_t i = 0; i < b->vectors.num; i++) {
		const struct packet *p = &b->vectors.packets[i];
		struct parse_result x, y;

		body_run(cpr, p->data, p->len, p->inputs, &x);
		body_run(mutated, p->data, p->len, p->inputs, &y);
		if (!results_equal(b->parser, "CPR", &x, "mutated", &y, NULL))
			return true;
	}
	return false;
}

static bool is_proof(const struct prove_body *cpr,
		     const struct prove_body *mutated,
		     const struct proof_result *result)
{
	struct sym_machine *m, *n = NULL;
	struct certificate certificate;
	struct check_result check = {};
	struct buffer text = {};
	bool readable;

	certificate_write(cpr, mutated, result, &text);
	m = body_machine(cpr, &check.why);
	if (m)
		n = body_machine(mutated, &check.why);
	readable = certificate_read("certificate", &text, &certificate);
	if (n && readable)
		proof_check(&certificate, m, n, &check);
	certificate_free(&certificate);
	sym_free(m);
	sym_free(n);
	buffer_free(&text);
	free(check.why);
	return n && readable && !check.why;
}

/* Does check-proof think otherwise? */
static bool is_contradicted(struct body *b, const struct prove_body *cpr,
			    const struct prove_body *mutated,
			    const struct proof_result *proof)
{
	struct proof_result before = { .claims = b->claims };

	if (proof->proof == PROOF_EQUAL && !b->claims.size)
		buffer_add(&b->claims, proof->claims.data, proof->claims.size);
	if (proof->proof == PROOF_EQUAL)
		return !is_proof(cpr, mutated, proof);
	return proof->proof == PROOF_DIFFERENT &&
	       is_proof(cpr, mutated, &before);
}

static void try(struct body *b, uint32_t entry, const char *what)
{
	struct prove_body cpr = { .what = "CPR", .parser = b->parser };
	struct prove_body mutated = { .what = "mutated", .parser = b->parser };
	const struct digest any = { .alg = "sha256", .len = 32 };
	struct proof_result proof;
	struct tcam *tcam;
	char err[256];

	if (b->tried++ % b->every)
		return;
	tcam = tcam_load(b->blob.data, b->blob.size, err, sizeof(err));
	if (!tcam) {
		b->refused++;
		return;
	}
	mutated.tcam = tcam;
	cpr.digest = any;
	mutated.digest = any;
	prove_bodies(&cpr, &mutated, &proof);
	b->harmless += proof.proof == PROOF_EQUAL;
	b->refuted += proof.proof == PROOF_DIFFERENT;
	b->unknown += proof.proof == PROOF_UNKNOWN;
	if (proof.proof == PROOF_EQUAL && is_wrong(b, &cpr, &mutated)) {
		b->wrong++;
		printf("# entry %u, %s: proved harmless, and is not\n", entry,
		       what);
	}
	if (is_contradicted(b, &cpr, &mutated, &proof)) {
		b->wrong++;
		printf("# entry %u, %s: check-proof says otherwise\n", entry,
		       what);
	}
	if (proof.proof == PROOF_UNKNOWN)
		printf("# entry %u, %s: unknown: %s\n", entry, what, proof.why);
	proof_free(&proof);
	tcam_free(tcam);
}

static void change_key(struct body *b, uint32_t i)
{
	struct tcam_entry *e = entry_of(b, i), old = *e;

	for (uint32_t bit = 0; bit < b->bits[i] && !b->exits[i]; bit++) {
		uint32_t half = bit < 64;
		__le64 one = cpu_to_le64(1ULL << bit % 64);

		e->value.half[half] ^= one;
		e->mask.half[half] |= one;
		try(b, i, "value");
		*e = old;
		e->mask.half[half] ^= one;
		e->value.half[half] &= ~one;
		try(b, i, "mask");
		*e = old;
	}
}

static void change_target(struct body *b, uint32_t i)
{
	struct tcam_entry *e = entry_of(b, i), old = *e;

	for (int by = -1; by <= 1; by += 2) {
		e->target = cpu_to_le16(le16_to_cpu(e->target) + by);
		try(b, i, "target");
		*e = old;
	}
	e->flags ^= cpu_to_le16(TCAM_ENTRY_STOP);
	try(b, i, "stop");
	*e = old;
}

static void change_priority(struct body *b, uint32_t i)
{
	struct tcam_entry *e = entry_of(b, i), old = *e;

	if (i + 1 == b->num_entries || b->bits[i] != b->bits[i + 1])
		return;
	e[0] = e[1];
	e[1] = old;
	try(b, i, "priority");
	e[1] = e[0];
	e[0] = old;
}

/* ---- actions ------------------------------------------------------------------ */

/* A number that the action uses, in place, one more and one less */
static void change_number(struct body *b, uint32_t i, void *number, size_t size,
			  const char *what)
{
	uint64_t old = 0, new;

	memcpy(&old, number, size);
	for (int by = -1; by <= 1; by += 2) {
		new = cpu_to_le64(le64_to_cpu(old) + by);
		memcpy(number, &new, size);
		try(b, i, what);
		memcpy(number, &old, size);
	}
}

static void change_action(struct body *b, uint32_t i, struct tcam_action *a)
{
	switch (le16_to_cpu(a->type)) {
	case TCAM_EXTRACT_FIELD:
		change_number(b, i, &a->offset, 4, "offset of a field");
		change_number(b, i, &a->bits, 4, "bits of a field");
		break;
	case TCAM_EXTRACT_CONST:
	case TCAM_EXTRACT_START:
	case TCAM_LENGTH:
	case TCAM_SKIP:
		change_number(b, i, &a->value.half[1], 8, "value");
		break;
	case TCAM_EXTRACT_COUNTER:
	case TCAM_COUNTER_INC:
	case TCAM_COUNTER_RESET:
		change_number(b, i, &a->counter, 2, "counter");
		break;
	case TCAM_VISIT:
		change_number(b, i, &a->which, 2, "visit");
		break;
	case TCAM_OPEN:
		change_number(b, i, &a->which, 2, "area");
		break;
	}
	if (le16_to_cpu(a->type) < TCAM_COUNTER_INC)
		change_number(b, i, &a->output, 2, "output");
	change_number(b, i, &a->depth, 2, "depth");
}

/* The entry gets actions of its own: others may have the same */
static void change_actions(struct body *b, uint32_t i)
{
	struct tcam_entry *e = entry_of(b, i), old = *e;
	uint32_t num = le16_to_cpu(e->num_actions);
	const struct tcam_action *from =
		action_of(b, le32_to_cpu(e->first_action));
	struct tcam_action *own = action_of(b, b->num_actions);
	size_t size = num * sizeof(*own);

	memcpy(own, from, size);
	e->first_action = cpu_to_le32(b->num_actions);
	for (uint32_t k = 0; k < num; k++) {
		change_action(b, i, &own[k]);
		e->num_actions = cpu_to_le16(num - 1);
		memmove(&own[k], &own[k + 1], (num - k - 1) * sizeof(*own));
		try(b, i, "an action less");
		memcpy(own, from, size);
		e->num_actions = cpu_to_le16(num);
		if (k + 1 == num)
			continue;
		own[k] = from[k + 1];
		own[k + 1] = from[k];
		try(b, i, "order of actions");
		memcpy(own, from, size);
	}
	*e = old;
}

/* ---- the whole ---------------------------------------------------------------- */

static void find_entries(struct body *b)
{
	const struct tcam_header *h = (const void *)b->blob.data;
	const struct tcam_state *states;
	const struct tcam_part *parts;
	size_t at = sizeof(*h);

	at += le32_to_cpu(h->num_outputs) * sizeof(struct tcam_output);
	at += le32_to_cpu(h->num_counters) * sizeof(struct tcam_counter);
	at += le32_to_cpu(h->num_repeats) * sizeof(struct tcam_repeat);
	at += le32_to_cpu(h->num_visits) * sizeof(struct tcam_visit);
	at += le32_to_cpu(h->num_areas) * sizeof(struct tcam_area);
	at += le32_to_cpu(h->num_terms) * sizeof(struct tcam_term);
	at += le32_to_cpu(h->num_rises) * sizeof(struct tcam_rise);
	states = (const void *)(b->blob.data + at);
	at += le32_to_cpu(h->num_states) * sizeof(*states);
	parts = (const void *)(b->blob.data + at);
	at += le32_to_cpu(h->num_parts) * sizeof(*parts);
	b->entries = at;
	b->num_entries = le32_to_cpu(h->num_entries);
	b->actions = at + b->num_entries * sizeof(struct tcam_entry);
	b->num_actions = le32_to_cpu(h->num_actions);
	b->bits = xcalloc(b->num_entries, sizeof(*b->bits));
	b->exits = xcalloc(b->num_entries, sizeof(*b->exits));
	for (uint32_t s = 0; s < le32_to_cpu(h->num_states); s++) {
		uint32_t first = le16_to_cpu(states[s].first_entry), bits = 0;

		for (uint32_t i = 0; i < le16_to_cpu(states[s].num_parts); i++)
			bits += le16_to_cpu(parts[le16_to_cpu(states[s].first_part) + i].bits);
		for (uint32_t i = 0; i < le16_to_cpu(states[s].num_entries); i++) {
			b->bits[first + i] = bits;
			b->exits[first + i] = i < 2 &&
				le16_to_cpu(states[s].flags) & TCAM_STATE_LOOP;
		}
	}
}

/* Behind the last action, room for those of any entry */
static void add_room(struct body *b)
{
	const struct tcam_action any = { .type = cpu_to_le16(TCAM_ADVANCE) };
	struct tcam_header *h;
	uint32_t room = 0;

	for (uint32_t i = 0; i < b->num_entries; i++)
		if (room < le16_to_cpu(entry_of(b, i)->num_actions))
			room = le16_to_cpu(entry_of(b, i)->num_actions);
	for (uint32_t i = 0; i < room; i++)
		buffer_add(&b->blob, &any, sizeof(any));
	h = (struct tcam_header *)b->blob.data;
	h->num_actions = cpu_to_le32(b->num_actions + room);
	h->size = cpu_to_le32(b->blob.size);
}

static void make_packets(struct body *b, const struct lowered *low)
{
	b->graph = graph_make(low);
	b->vectors.graph = b->graph;
	vectors_make(&b->vectors, 20);
}

static void free_packets(struct body *b)
{
	vectors_free(&b->vectors);
	graph_free(b->graph);
}

static void change_all(struct body *b)
{
	for (uint32_t i = 0; i < b->num_entries; i++) {
		change_key(b, i);
		change_target(b, i);
		change_priority(b, i);
		change_actions(b, i);
	}
	printf("# %u entries, %u changes: %u the device refuses, %u harmless, %u refuted, %u unknown; %u packets\n",
	       b->num_entries, b->tried - 1, b->refused, b->harmless - 1,
	       b->refuted, b->unknown, b->vectors.num);
}

int main(int argc, char **argv)
{
	struct body b = { .every = argc > 2 ? strtoul(argv[2], NULL, 0) : 1 };
	uint32_t undecided = argc > 3 ? strtoul(argv[3], NULL, 0) : 0;
	char *target = target_path("netdevsim");
	struct loaded_list list;
	struct lowered *low;
	struct device device;
	struct tcam *tcam;

	if (argc < 2 || !load_file(argv[1], "sha256", &list) ||
	    !device_read(target, &device))
		return 1;
	b.parser = list.programs[0].parser;
	tcam = tcam_lower(argv[1], b.parser, &device, &b.blob);
	if (!tcam)
		return 1;
	tcam_free(tcam);
	find_entries(&b);
	add_room(&b);
	low = lower(argv[1], b.parser);
	if (!low)
		return 1;
	make_packets(&b, low);
	try(&b, 0, "nothing");
	if (b.harmless)
		change_all(&b);
	free_packets(&b);
	lowered_free(low);
	loaded_free(&list);
	buffer_free(&b.blob);
	buffer_free(&b.claims);
	free(b.bits);
	free(b.exits);
	free(target);
	return b.harmless && !b.wrong && b.unknown <= undecided ? 0 : 1;
}
