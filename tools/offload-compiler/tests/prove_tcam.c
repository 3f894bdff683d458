// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * TCAM programs of other shapes than the compiler's first: that look behind what
 * they have left, ahead of what they have checked, or know a length from a key.
 * What is proved equal is equal on random frames, and check-proof agrees; what is
 * refuted differs on the packet that was found, and the certificate of the
 * program that was not changed is none of it.
 *
 * Programs are lines of text. Nodes are the visits, areas the areas, by number:
 *	visit NEED LENGTH	LENGTH "4*": 4 times bits 4 to 7
 *	area START		from there to the end of its node
 *	start OPS -> STATE
 *	state OFFSET+BITS...	the next state, and its key; iOFFSET: of the inputs
 *	KEY OPS -> STATE|okay|fail	an entry; KEY in hex, * is any digit
 * OPS: V visit, A advance, L length, S skip, O open, E extract 8 bits at a bit, C
 * constant, T start; behind all that /DEPTH, if it is not 0
 */
#include <stdlib.h>
#include <string.h>

#include "proof.h"
#include "tcam_format.h"

static int failures;
static uint32_t frames = 20000;		/* random ones that are tried */

struct program {
	struct tcam_header	hdr;
	struct buffer		visits, areas, terms, states, parts, entries,
				actions;
};

static uint32_t num_of(const struct buffer *b, size_t size)
{
	return b->size / size;
}

static void add_visit(struct program *p, const char *need, const char *length)
{
	struct tcam_visit visit = {
		.repeat = cpu_to_le16(TCAM_NO_REPEAT),
		.need = cpu_to_le32(atoi(need)),
		.least = cpu_to_le32(atoi(need)),
	};
	const struct tcam_term term = {
		.offset = cpu_to_le32(4), .bits = cpu_to_le32(4),
		.times = cpu_to_le32(4),
	};

	if (strcmp(length, "4*")) {
		visit.length_add = cpu_to_le32(atoi(length));
	} else {
		visit.first_term = cpu_to_le16(num_of(&p->terms, sizeof(term)));
		visit.num_terms = cpu_to_le16(1);
		buffer_add(&p->terms, &term, sizeof(term));
	}
	buffer_add(&p->visits, &visit, sizeof(visit));
}

static void add_action(struct program *p, const char *op)
{
	static const char letters[] = "ECTVLOAS";
	static const enum tcam_action_type types[] = {
		TCAM_EXTRACT_FIELD, TCAM_EXTRACT_CONST, TCAM_EXTRACT_START,
		TCAM_VISIT, TCAM_LENGTH, TCAM_OPEN, TCAM_ADVANCE, TCAM_SKIP,
	};
	const char *depth = strchr(op, '/');
	struct tcam_action a = {
		.type = cpu_to_le16(types[strchr(letters, *op) - letters]),
		.depth = cpu_to_le16(depth ? atoi(depth + 1) : 0),
	};
	int number = atoi(op + 1);

	if (*op == 'E') {
		a.offset = cpu_to_le32(number);
		a.bits = cpu_to_le32(8);
	} else if (*op == 'V' || *op == 'O') {
		a.which = cpu_to_le16(number);
	} else {
		a.value.half[1] = cpu_to_le64(number);
	}
	buffer_add(&p->actions, &a, sizeof(a));
}

static uint32_t num_actions(const struct program *p)
{
	return num_of(&p->actions, sizeof(struct tcam_action));
}

/* Up to the arrow; the target behind it is left */
static uint32_t add_actions(struct program *p)
{
	uint32_t first = num_actions(p);
	const char *op;

	while ((op = strtok(NULL, " ")) && strcmp(op, "->"))
		add_action(p, op);
	return num_actions(p) - first;
}

static void add_state(struct program *p)
{
	struct tcam_state state = {
		.first_part = cpu_to_le16(num_of(&p->parts,
						 sizeof(struct tcam_part))),
		.first_entry = cpu_to_le16(num_of(&p->entries,
						  sizeof(struct tcam_entry))),
	};
	const char *text;
	uint32_t num = 0;

	for (; (text = strtok(NULL, " ")); num++) {
		bool input = *text == 'i';
		char *end;
		long offset = strtol(text + input, &end, 10);
		struct tcam_part part = {
			.offset = cpu_to_le32(offset),
			.bits = cpu_to_le16(atoi(end)),
			.type = cpu_to_le16(input ? TCAM_PART_INPUT :
						    TCAM_PART_FIELD),
		};

		buffer_add(&p->parts, &part, sizeof(part));
	}
	state.num_parts = cpu_to_le16(num);
	buffer_add(&p->states, &state, sizeof(state));
}

static void add_entry(struct program *p, const char *key)
{
	struct tcam_entry e = {
		.first_action = cpu_to_le32(num_actions(p)),
	};
	struct tcam_state *state = (struct tcam_state *)
		(p->states.data + p->states.size) - 1;
	uint64_t value = 0, mask = 0;
	const char *target;

	for (; *key; key++) {
		char digit[2] = { *key };

		value = value << 4 | strtoul(digit, NULL, 16);
		mask = mask << 4 | (*key == '*' ? 0 : 0xf);
	}
	e.value.half[1] = cpu_to_le64(value);
	e.mask.half[1] = cpu_to_le64(mask);
	e.num_actions = cpu_to_le16(add_actions(p));
	target = strtok(NULL, " ");
	if (*target == 'o' || *target == 'f')
		e.flags = cpu_to_le16(TCAM_ENTRY_STOP);
	e.target = cpu_to_le16(*target == 'o' ? PARSE_OKAY :
			       *target == 'f' ? PARSE_FAIL : atoi(target));
	buffer_add(&p->entries, &e, sizeof(e));
	state->num_entries = cpu_to_le16(le16_to_cpu(state->num_entries) + 1);
}

static void add_line(struct program *p, char *line)
{
	const char *word = strtok(line, " ");

	if (!strcmp(word, "visit")) {
		const char *need = strtok(NULL, " ");

		add_visit(p, need, strtok(NULL, " "));
	} else if (!strcmp(word, "area")) {
		const struct tcam_area area = {
			.start = cpu_to_le32(atoi(strtok(NULL, " "))),
		};

		buffer_add(&p->areas, &area, sizeof(area));
	} else if (!strcmp(word, "start")) {
		p->hdr.start_action = cpu_to_le32(num_actions(p));
		p->hdr.start_actions = cpu_to_le32(add_actions(p));
		p->hdr.start = cpu_to_le32(atoi(strtok(NULL, " ")));
	} else if (!strcmp(word, "state")) {
		add_state(p);
	} else {
		add_entry(p, word);
	}
}

static void add_header(struct program *p)
{
	p->hdr.magic = cpu_to_le32(TCAM_MAGIC);
	p->hdr.version = cpu_to_le32(TCAM_VERSION);
	p->hdr.max_bytes = cpu_to_le32(64);
	p->hdr.num_outputs = cpu_to_le32(1);
	p->hdr.num_visits = cpu_to_le32(num_of(&p->visits,
					       sizeof(struct tcam_visit)));
	p->hdr.num_areas = cpu_to_le32(num_of(&p->areas,
					      sizeof(struct tcam_area)));
	p->hdr.num_terms = cpu_to_le32(num_of(&p->terms,
					      sizeof(struct tcam_term)));
	p->hdr.num_states = cpu_to_le32(num_of(&p->states,
					       sizeof(struct tcam_state)));
	p->hdr.num_parts = cpu_to_le32(num_of(&p->parts,
					      sizeof(struct tcam_part)));
	p->hdr.num_entries = cpu_to_le32(num_of(&p->entries,
						sizeof(struct tcam_entry)));
	p->hdr.num_actions = cpu_to_le32(num_actions(p));
}

static struct tcam *load(struct program *p)
{
	const struct tcam_output output = {
		.name = "value", .bits = cpu_to_le16(16),
	};
	struct buffer *arrays[] = { &p->visits, &p->areas, &p->terms,
				    &p->states, &p->parts, &p->entries,
				    &p->actions };
	struct buffer blob = {};
	struct tcam *tcam;
	char err[128];

	add_header(p);
	buffer_add(&blob, &p->hdr, sizeof(p->hdr));
	buffer_add(&blob, &output, sizeof(output));
	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++) {
		if (arrays[i]->size)
			buffer_add(&blob, arrays[i]->data, arrays[i]->size);
		buffer_free(arrays[i]);
	}
	((struct tcam_header *)blob.data)->size = cpu_to_le32(blob.size);
	tcam = tcam_load(blob.data, blob.size, err, sizeof(err));
	if (!tcam)
		printf("# %s\n", err);
	buffer_free(&blob);
	return tcam;
}

/* @old, if there is one, in the text stands for @new */
static struct tcam *assemble(const char *text, const char *old, const char *new)
{
	char *copy = old ? xasprintf("%.*s%s%s",
				     (int)(strstr(text, old) - text), text, new,
				     strstr(text, old) + strlen(old)) :
			   xstrdup(text);
	struct program p = {};
	struct tcam *tcam;

	for (char *at = copy, *line; (line = at) && *line; ) {
		at = strchr(line, '\n');
		if (at)
			*at++ = '\0';
		add_line(&p, line);
	}
	tcam = load(&p);
	free(copy);
	return tcam;
}

static bool same_on(const struct tcam *a, const struct tcam *b,
		    const uint8_t *frame, uint32_t len, uint32_t inputs)
{
	struct parse_result x = {}, y = {};

	tcam_run(a, frame, len, inputs, &x);
	tcam_run(b, frame, len, inputs, &y);
	return x.verdict == y.verdict && x.present == y.present &&
	       !memcmp(x.value, y.value, sizeof(x.value));
}

/* Small bytes are what programs ask for */
static bool same_on_random(const struct tcam *a, const struct tcam *b)
{
	uint8_t frame[32];

	srand(1);
	for (uint32_t i = 0; i < frames; i++) {
		for (size_t k = 0; k < sizeof(frame); k++)
			frame[k] = rand() % 4;
		if (!same_on(a, b, frame, rand() % sizeof(frame), rand()))
			return false;
	}
	return true;
}

static bool is_proof(const struct proof_result *proof,
		     const struct sym_machine *m, const struct sym_machine *n)
{
	const struct prove_body any = { .digest = { .alg = "any", .len = 1 } };
	struct certificate certificate;
	struct check_result check = {};
	struct buffer text = {};
	bool readable;

	certificate_write(&any, &any, proof, &text);
	readable = certificate_read("certificate", &text, &certificate);
	if (readable)
		proof_check(&certificate, m, n, &check);
	if (check.why)
		printf("# %s\n", check.why);
	certificate_free(&certificate);
	buffer_free(&text);
	free(check.why);
	return readable && !check.why;
}

static void compare(const char *claim, struct tcam *a, struct tcam *b,
		    enum proof expected)
{
	struct proof_result proof = { .proof = PROOF_UNKNOWN };
	char *why = NULL;
	struct sym_machine *m = a ? sym_from_tcam("a", a, &why) : NULL;
	struct sym_machine *n = b ? sym_from_tcam("b", b, &why) : NULL;
	bool good = m && n;

	if (good) {
		prove(m, n, &proof);
		good = proof.proof == expected;
	}
	if (good && expected == PROOF_EQUAL)
		good = same_on_random(a, b) && is_proof(&proof, m, n);
	if (good && expected == PROOF_DIFFERENT)
		good = !same_on(a, b, (const uint8_t *)proof.frame.data,
				proof.frame.size, proof.inputs);
	printf("%s - %s\n", good ? "ok" : "not ok", claim);
	if (!good)
		printf("# proof %u: %s\n", proof.proof,
		       proof.why ? proof.why : "");
	failures += !good;
	proof_free(&proof);
	sym_free(m);
	sym_free(n);
	tcam_free(a);
	tcam_free(b);
}

/* One against the other, and the other against the one */
static void both_ways(const char *claim, const char *a, const char *b,
		      const char *old, const char *new, enum proof expected)
{
	char *back = xasprintf("%s_the_other_way", claim);

	compare(claim, assemble(a, NULL, NULL), assemble(b, old, new),
		expected);
	compare(back, assemble(b, old, new), assemble(a, NULL, NULL), expected);
	free(back);
}

static void equal(const char *claim, const char *a, const char *b)
{
	both_ways(claim, a, b, NULL, NULL, PROOF_EQUAL);
}

/* Of what has been changed, the certificate of what was there before */
static void refused(const char *claim, const char *a, const char *b,
		    const char *old, const char *new)
{
	struct tcam *first = assemble(a, NULL, NULL);
	struct tcam *second = assemble(b, NULL, NULL);
	struct tcam *other = assemble(b, old, new);
	struct sym_machine *m[3];
	struct proof_result proof;
	char *why = NULL;
	bool good;

	m[0] = sym_from_tcam("a", first, &why);
	m[1] = sym_from_tcam("b", second, &why);
	m[2] = sym_from_tcam("other", other, &why);
	prove(m[0], m[1], &proof);
	good = proof.proof == PROOF_EQUAL && !is_proof(&proof, m[0], m[2]);
	printf("%s - %s_refused\n", good ? "ok" : "not ok", claim);
	failures += !good;
	proof_free(&proof);
	for (int i = 0; i < 3; i++)
		sym_free(m[i]);
	tcam_free(first);
	tcam_free(second);
	tcam_free(other);
}

static void different(const char *claim, const char *a, const char *b,
		      const char *old, const char *new)
{
	both_ways(claim, a, b, old, new, PROOF_DIFFERENT);
	refused(claim, a, b, old, new);
}

/* What the prover does not understand it must not prove */
static void not_proved(const char *claim, const char *a, const char *b)
{
	both_ways(claim, a, b, NULL, NULL, PROOF_UNKNOWN);
}

/* ---- when it looks ------------------------------------------------------------- */

#define NODES "visit 2 2\nvisit 3 3\nvisit 1 1\n"

static const char plain[] = NODES
	"start V0 -> 0\n"
	"state 0+8\n"
	"01 A V1 -> 1\n"
	"02 A V2 -> 2\n"
	"** -> okay\n"
	"state 0+8\n"
	"01 E8 -> okay\n"
	"** -> fail\n"
	"state\n"
	"* E0 -> okay\n";

static const char late[] = NODES
	"start V0 A -> 0\n"
	"state -16+8\n"
	"01 V1 -> 1\n"
	"02 V2 E0 -> okay\n"
	"** -> okay\n"
	"state -16+8 0+8\n"
	"0101 E8 -> okay\n"
	"**** -> fail\n";

static const char early[] = NODES
	"start V0 -> 0\n"
	"state 0+8 16+8\n"
	"0101 A V1 E8 -> okay\n"
	"01** A V1 -> fail\n"
	"02** A V2 E0 -> okay\n"
	"**** -> okay\n";

static void test_when(void)
{
	equal("looks_behind", plain, late);
	different("looks_behind_at_another_byte", plain, late, "state -16+8\n",
		  "state -8+8\n");
	different("looks_behind_for_another_value", plain, late, "02 V2",
		  "03 V2");
	different("looks_behind_once_more_for_another_value", plain, late,
		  "0101 E8", "0201 E8");
	equal("looks_ahead", plain, early);
	different("looks_ahead_for_another_value", plain, early, "0101", "0102");
	different("looks_ahead_without_a_visit", plain, early, "A V1 -> fail",
		  "A -> fail");
	different("looks_ahead_at_another_byte", plain, early, "16+8", "24+8");
	equal("one_looks_behind_and_one_ahead", late, early);
}

/* Bits of the inputs: all at once, and one after the other */
static const char inputs_at_once[] = NODES
	"start -> 0\n"
	"state i0+4\n"
	"2 C1 -> okay\n"
	"8 C2 -> okay\n"
	"* C3 -> okay\n";

static const char inputs_in_two[] = NODES
	"start -> 0\n"
	"state i0+1 i1+1 i2+1 i3+1\n"
	"4 C1 -> okay\n"
	"1 C2 -> okay\n"
	"* C3 -> okay\n";

static void test_inputs(void)
{
	equal("inputs_one_by_one", inputs_at_once, inputs_in_two);
	different("another_input", inputs_at_once, inputs_in_two, "4 C1", "8 C1");
}

/* A header again and again; and one that is told apart two headers later */
static const char loop[] = NODES
	"start V0 -> 0\n"
	"state 0+8\n"
	"03 E8 A V0 -> 0\n"
	"01 A V1 -> 1\n"
	"** -> okay\n"
	"state\n"
	"* E0 -> okay\n";

static const char late_loop[] = NODES
	"start V0 A -> 0\n"
	"state -16+8\n"
	"03 E-8 V0 A -> 0\n"
	"01 V1 E0 -> okay\n"
	"** -> okay\n";

static const char twice[] = NODES
	"start V0 -> 0\n"
	"state 0+8\n"
	"01 A V1 -> 1\n"
	"02 A V1 -> 2\n"
	"** A V1 -> 3\n"
	"state\n"
	"* A V2 C1 -> okay\n"
	"state\n"
	"* A V2 C2 -> okay\n"
	"state\n"
	"* A V2 C3 -> okay\n";

static const char late_twice[] = NODES
	"start V0 A V1 A V2 -> 0\n"
	"state -40+8\n"
	"01 C1 -> okay\n"
	"02 C2 -> okay\n"
	"** C3 -> okay\n";

static void test_chains(void)
{
	equal("looks_behind_in_a_loop", loop, late_loop);
	different("loop_for_another_value", loop, late_loop, "03 E-8", "02 E-8");
	different("loop_extracts_another_byte", loop, late_loop, "E-8", "E-16");
	equal("looks_behind_over_two_headers", twice, late_twice);
	different("looks_behind_over_two_headers_at_another_byte", twice,
		  late_twice, "-40+8", "-32+8");
	different("looks_behind_over_two_headers_for_another_value", twice,
		  late_twice, "02 C2", "04 C2");
}

/* ---- lengths ------------------------------------------------------------------- */

#define LENGTHS "visit 4 4*\nvisit 2 2\n"

static const char computed[] = LENGTHS
	"start V0 -> 0\n"
	"state\n"
	"* A V1 E0 -> okay\n";

static const char known[] = LENGTHS
	"start V0 -> 0\n"
	"state 4+4\n"
	"1 L4 A V1 E0 -> okay\n"
	"* A V1 E0 -> okay\n";

static const char skipped[] = LENGTHS
	"start V0 -> 0\n"
	"state 4+4\n"
	"1 S4 V1 E0 -> okay\n"
	"* A V1 E0 -> okay\n";

static const char again[] = NODES
	"start V0 A A V1 -> 0\n"
	"state\n"
	"* E0 -> okay\n";

static const char once[] = NODES
	"start V0 A V1 -> 0\n"
	"state\n"
	"* E0 -> okay\n";

static void test_lengths(void)
{
	equal("length_known_from_the_key", computed, known);
	different("another_length_for_a_key", computed, known, "L4", "L8");
	different("length_for_another_key", computed, known, "1 L4", "2 L4");
	equal("skip_of_a_known_length", computed, skipped);
	different("skip_of_another_length", computed, skipped, "S4", "S5");
	both_ways("length_used_twice", once, again, NULL, NULL, PROOF_DIFFERENT);
}

/* ---- areas --------------------------------------------------------------------- */

#define AREAS "visit 4 4*\nvisit 1 1\narea 4\n"

static const char opened[] = AREAS
	"start V0 O0 T0/1 -> 0\n"
	"state\n"
	"* -> okay\n";

static const char before_opened[] = AREAS
	"start V0 T0/1 O0 -> 0\n"
	"state\n"
	"* -> okay\n";

static const char elements[] = AREAS
	"start V0 O0 L1/1 A/1 L1/1 A/1 V1/1 A -> 0\n"
	"state 0+8\n"
	"01 L1/1 A/1 V1/1 -> okay\n"
	"** -> fail\n";

static const char skips[] = AREAS
	"start V0 O0 S1/1 S1/1 V1/1 -> 0\n"
	"state\n"
	"* A -> 1\n"
	"state 0+8\n"
	"01 S1/1 V1/1 -> okay\n"
	"** -> fail\n";

static const char twice_on[] = AREAS
	"start V0 O0 V1/1 A/1 A/1 -> 0\n"
	"state\n"
	"* A -> 1\n"
	"state\n"
	"* -> okay\n";

static const char twice_on_and_there[] = AREAS
	"start V0 O0 V1/1 A/1 A/1 S0/1 -> 0\n"
	"state\n"
	"* A -> 1\n"
	"state\n"
	"* -> okay\n";

/* Two ways to one state, and on one of them more bytes were seen to be there */
static const char seen[] = "visit 1 1\nvisit 2 2\narea 0\n"
	"start -> 0\n"
	"state 0+8\n"
	"01 S1 V1 L1 O0 S1/1 -> 1\n"
	"** S1 V0 L1 O0 S1/1 -> 1\n"
	"state\n"
	"* V1 -> okay\n";

static const char not_seen[] = "visit 1 1\nvisit 2 2\narea 0\n"
	"start -> 0\n"
	"state 0+8\n"
	"01 S1 V1 L1 O0 S1/1 -> 1\n"
	"** S1 V0 L1 O0 S1/1 -> 1\n"
	"state\n"
	"* -> okay\n";

static void test_areas(void)
{
	both_ways("bytes_that_were_seen_on_one_way", seen, not_seen, NULL, NULL,
		  PROOF_DIFFERENT);
	equal("bytes_that_are_asked_for_again", seen, seen);
	not_proved("start_of_an_area_before_it_opens", opened, before_opened);
	equal("skips_in_an_area", elements, skips);
	refused("skip_too_far_in_an_area", elements, skips, "S1/1 V1/1 -> ok",
		"S2/1 V1/1 -> ok");
	refused("skip_without_a_visit", elements, skips, "S1/1 V1/1 -> ok",
		"S1/1 -> ok");
	refused("area_from_another_byte", elements, skips, "area 4", "area 3");
	not_proved("length_used_twice_in_an_area", twice_on, twice_on_and_there);
}

/* ---- machines that do not end -------------------------------------------------- */

static const char zeros[] = NODES
	"start -> 0\n"
	"state 0+8\n"
	"01 E8 -> okay\n"
	"** S1 -> 0\n";

static const char stays[] = NODES
	"start V0 -> 0\n"
	"state 0+8\n"
	"01 E8 -> okay\n"
	"** -> 0\n";

static const char turns[] = NODES
	"start V0 -> 0\n"
	"state 0+8\n"
	"01 E8 -> okay\n"
	"** -> 1\n"
	"state\n"
	"* -> 0\n";

static const char fails[] = NODES
	"start V0 -> 0\n"
	"state 0+8\n"
	"01 E8 -> okay\n"
	"** -> fail\n";

static void test_ends(void)
{
	frames = 20;	/* each takes all the steps that there are */
	not_proved("skips_behind_the_end_of_the_frame", zeros, zeros);
	equal("state_that_stays_fails", stays, fails);
	not_proved("states_in_turn", turns, fails);
}

int main(void)
{
	test_when();
	test_inputs();
	test_chains();
	test_lengths();
	test_areas();
	test_ends();
	return failures ? 1 : 0;
}
