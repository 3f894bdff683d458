// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Reads a certificate. Nothing in it is trusted: see proof.h for its text. */
#include <stdlib.h>
#include <string.h>

#include "proof.h"

#define MAX_CLAIMS	(1U << 20)

struct proof_reader {
	struct certificate	*proof;
	const char	*at, *end;	/* of this line: what is not read yet */
	uint32_t	line;
	struct sets	sets;
	bool		failed, ended;
};

static void wrong_line(struct proof_reader *r, const char *what)
{
	if (!r->failed)
		diag_error(r->proof->path, r->line, NULL,
			   "is no certificate: %s", what);
	r->failed = true;
}

/* ---- words and numbers --------------------------------------------------- */

static bool more(const struct proof_reader *r)
{
	return !r->failed && r->at < r->end;
}

/* The next word of the line, without the blank behind it */
static size_t read_word(struct proof_reader *r, const char **word)
{
	const char *blank = memchr(r->at, ' ', r->end - r->at);
	size_t len = (blank ? blank : r->end) - r->at;

	*word = r->at;
	if (!len || blank == r->end - 1)
		wrong_line(r, "a word is missing");
	r->at = blank ? blank + 1 : r->end;
	return r->failed ? 0 : len;
}

static bool is_word(const char *word, size_t len, const char *other)
{
	return len == strlen(other) && !memcmp(word, other, len);
}

static int64_t read_number(struct proof_reader *r, int64_t min, int64_t max)
{
	const char *word;
	size_t len = read_word(r, &word), i = 0;
	bool negative = len && *word == '-';
	int64_t n = 0;

	for (i = negative; i < len && word[i] >= '0' && word[i] <= '9' &&
	     n <= INT64_MAX / 16; i++)
		n = 10 * n + word[i] - '0';
	if (negative)
		n = -n;
	if (i < len || len == negative || n < min || n > max) {
		wrong_line(r, "a number is none, or out of its range");
		return min;
	}
	return n;
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c);

	return c && at ? at - digits : -1;
}

static u128 read_value(struct proof_reader *r)
{
	const char *word;
	size_t len = read_word(r, &word);
	u128 value = 0;

	for (size_t i = 0; i < len; i++) {
		if (i == 32 || hex_digit(word[i]) < 0) {
			wrong_line(r, "a value is not up to 32 hex digits");
			return 0;
		}
		value = value << 4 | hex_digit(word[i]);
	}
	return value;
}

static void read_digest(struct proof_reader *r, struct digest *digest)
{
	const char *word;
	size_t len = read_word(r, &word);

	if (len >= sizeof(digest->alg)) {
		wrong_line(r, "it does not name a digest");
		return;
	}
	memcpy(digest->alg, word, len);
	digest->alg[len] = '\0';
	len = read_word(r, &word);
	if (len % 2 || len > 2 * NETPROG_HASH_MAX) {
		wrong_line(r, "a digest has an odd length");
		return;
	}
	digest->len = len / 2;
	for (size_t i = 0; i < len; i++) {
		int digit = hex_digit(word[i]);

		if (digit < 0)
			wrong_line(r, "a digest is not in hex");
		digest->bytes[i / 2] = digest->bytes[i / 2] << 4 | digit;
	}
}

/* ---- fields and forms ---------------------------------------------------- */

static uint32_t read_depth(struct proof_reader *r)
{
	if (r->end - r->at >= 7 && !memcmp(r->at, "inputs ", 7)) {
		r->at += 7;
		return SYM_INPUT;
	}
	return read_number(r, 0, MAX_DEPTH - 1);
}

static struct sym_ref read_ref(struct proof_reader *r)
{
	struct sym_ref ref;

	ref.depth = read_depth(r);
	ref.offset = read_number(r, -(1 << 20), 1 << 20);
	ref.bits = read_number(r, 1, MAX_KEY_BITS);
	return ref;
}

/* Of the rest of a depth, too; the terms are in their order, each once */
static void read_linear(struct proof_reader *r, struct sym_linear *linear)
{
	*linear = (struct sym_linear){ .add = read_number(r, -(1LL << 40),
							  1LL << 40) };
	linear->num = read_number(r, 0, SYM_TERMS);
	for (uint32_t i = 0; i < linear->num; i++) {
		struct sym_term *t = &linear->terms[i];

		t->ref.depth = read_number(r, 0, SYM_REST + MAX_DEPTH - 1);
		t->ref.offset = read_number(r, -(1 << 20), 1 << 20);
		t->ref.bits = read_number(r, 1, 32);
		t->times = read_number(r, -TERM_MAX, TERM_MAX);
		if (t->times * (1LL << t->ref.bits) > 2 * TERM_MAX ||
		    t->times * (1LL << t->ref.bits) < -2 * TERM_MAX)
			wrong_line(r, "a sum may be too large");
	}
}

/* ---- claims about bits --------------------------------------------------- */

static void read_run(struct proof_reader *r, struct cube *cube)
{
	struct sym_ref ref = { .depth = read_depth(r) };
	const char *word;
	uint32_t bit;
	size_t len;

	ref.offset = read_number(r, -(1 << 20), 1 << 20);
	len = read_word(r, &word);
	for (size_t i = 0; i < len && !r->failed; i++) {
		if (!packet_bit(ref, i, &bit) || !strchr("01x", word[i]))
			wrong_line(r, "a run has other bits than 0, 1 and x");
		else if (word[i] != 'x')
			cube_set(&r->sets, cube, bit, word[i] == '1');
	}
	if (r->sets.failed)
		wrong_line(r, "it knows too many bits");
}

static struct claim *this_claim(struct proof_reader *r)
{
	static struct claim none;

	if (r->proof->num_claims)
		return &r->proof->claims[r->proof->num_claims - 1];
	wrong_line(r, "there is no place above this");
	return &none;
}

static void read_known(struct proof_reader *r)
{
	struct claim *claim = this_claim(r);

	while (more(r))
		read_run(r, &claim->known);
}

static void read_except(struct proof_reader *r)
{
	struct claim *claim = this_claim(r);
	struct cube cube = {};

	while (more(r))
		read_run(r, &cube);
	if (!r->failed)
		cubes_add(&r->sets, &claim->except, &cube);
}

/* ---- the other lines ----------------------------------------------------- */

static void read_first(struct proof_reader *r)
{
	read_digest(r, &r->proof->digest[0]);
}

static void read_second(struct proof_reader *r)
{
	read_digest(r, &r->proof->digest[1]);
}

static void read_equal(struct proof_reader *r)
{
	struct certificate *p = r->proof;
	struct equal *equal;

	p->equal = xrealloc(p->equal, (p->num_equal + 1) * sizeof(*equal));
	equal = &p->equal[p->num_equal++];
	*equal = (struct equal){};
	while (more(r)) {
		uint32_t i = read_number(r, 0, SYM_COUNTERS - 1);

		equal->with[i] |= 1ULL << read_number(r, 0, SYM_COUNTERS - 1);
	}
}

static void read_place(struct proof_reader *r)
{
	struct certificate *p = r->proof;
	struct claim *claim;

	if (p->num_claims == MAX_CLAIMS) {
		wrong_line(r, "it has too many places");
		return;
	}
	if (!(p->num_claims & (p->num_claims + 1)))
		p->claims = xrealloc(p->claims, 2 * (p->num_claims + 1) *
				     sizeof(*claim));
	claim = &p->claims[p->num_claims++];
	*claim = (struct claim){ .line = r->line };
	claim->state[0] = read_number(r, 0, INT32_MAX);
	claim->state[1] = read_number(r, 0, INT32_MAX);
	claim->equal = read_number(r, 0, (int64_t)p->num_equal - 1);
	for (uint32_t d = 0; d < MAX_DEPTH; d++)
		claim->bytes[d] = INT64_MIN;
	claim->inside = INT64_MIN;
}

static void read_stopped(struct proof_reader *r)
{
	struct claim *claim = this_claim(r);
	uint32_t side = read_number(r, 0, 1);

	claim->stopped[side] = true;
	claim->verdict[side] = read_number(r, 0, PARSE_NUM_VERDICTS - 1);
}

static void read_counting(struct proof_reader *r)
{
	this_claim(r)->counting[read_number(r, 0, 1)] = true;
}

static void read_window(struct proof_reader *r)
{
	this_claim(r)->window = true;
}

static void read_inside(struct proof_reader *r)
{
	this_claim(r)->inside = read_number(r, 0, 1LL << 40);
}

static void read_bytes(struct proof_reader *r)
{
	uint32_t depth = read_number(r, 0, MAX_DEPTH - 1);

	this_claim(r)->bytes[depth] = read_number(r, 0, 1LL << 40);
}

static void read_area(struct proof_reader *r)
{
	uint32_t depth = read_number(r, 0, MAX_DEPTH - 1);

	this_claim(r)->area[depth] = read_number(r, 0, 1LL << 40);
}

static void read_length(struct proof_reader *r)
{
	struct claim *claim = this_claim(r);
	uint32_t side = read_number(r, 0, 1);
	uint32_t depth = read_number(r, 0, MAX_DEPTH - 1);

	claim->has_length[side][depth] = true;
	read_linear(r, &claim->length[side][depth]);
}

static void read_output(struct proof_reader *r)
{
	struct claim *claim = this_claim(r);
	struct claim_value v = {};
	const char *word;
	size_t len;

	v.output = read_number(r, 0, PARSE_MAX_OUTPUTS - 1);
	v.side = read_number(r, 0, 1);
	len = read_word(r, &word);
	if (is_word(word, len, "const")) {
		v.type = CLAIM_CONST;
		v.number = read_value(r);
	} else if (is_word(word, len, "field")) {
		v.type = CLAIM_FIELD;
		v.ref = read_ref(r);
	} else if (is_word(word, len, "offset")) {
		v.type = CLAIM_OFFSET;
		v.ref.depth = read_number(r, 0, MAX_DEPTH - 1);
		read_linear(r, &v.linear);
	} else {
		wrong_line(r, "a value is neither const, field nor offset");
	}
	if (r->failed)
		return;
	claim->values = xrealloc(claim->values, (claim->num_values + 1) *
				 sizeof(v));
	claim->values[claim->num_values++] = v;
}

/* What stands behind it is no part of it: a file that was cut is none */
static void read_end(struct proof_reader *r)
{
	read_number(r, r->proof->num_claims, r->proof->num_claims);
	r->ended = true;
}

static void read_line(struct proof_reader *r)
{
	static const struct {
		const char	*word;
		void		(*read)(struct proof_reader *r);
	} lines[] = {
		{ "first", read_first }, { "second", read_second },
		{ "equal", read_equal }, { "place", read_place },
		{ "stopped", read_stopped }, { "counting", read_counting },
		{ "window", read_window }, { "inside", read_inside },
		{ "bytes", read_bytes },
		{ "area", read_area }, { "length", read_length },
		{ "output", read_output },
		{ "known", read_known }, { "except", read_except },
		{ "end", read_end },
	};
	const char *word;
	size_t len = read_word(r, &word);

	if (r->ended)
		wrong_line(r, "there is more behind its end");
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (is_word(word, len, lines[i].word)) {
			lines[i].read(r);
			if (more(r))
				wrong_line(r, "a line is longer than it should be");
			return;
		}
	wrong_line(r, "a line starts with a word that means nothing");
}

/**
 * certificate_read() - read a certificate
 * @path: of its file, for diagnostics
 * @text: what is in it
 * @proof: result, to be freed with certificate_free()
 *
 * Return: false after a diagnostic.
 */
bool certificate_read(const char *path, const struct buffer *text,
		struct certificate *proof)
{
	struct proof_reader r = { .proof = proof };
	const char *at = text->data, *end = at + text->size;
	static const char magic[] = "netprog-proof 1\n";

	*proof = (struct certificate){ .path = path };
	r.line = 1;
	if (text->size < sizeof(magic) - 1 ||
	    memcmp(at, magic, sizeof(magic) - 1))
		wrong_line(&r, "it does not start with \"netprog-proof 1\"");
	for (at += r.failed ? 0 : sizeof(magic) - 1; !r.failed && at < end;
	     at = r.end + 1) {
		r.line++;
		r.at = at;
		r.end = memchr(at, '\n', end - at);
		if (!r.end) {
			wrong_line(&r, "its last line has no end");
			break;
		}
		read_line(&r);
	}
	if (!r.failed && (!proof->num_claims || !r.ended))
		wrong_line(&r, "it has no place, or no end");
	return !r.failed;
}

void certificate_free(struct certificate *proof)
{
	for (uint32_t i = 0; i < proof->num_claims; i++) {
		free(proof->claims[i].values);
		cubes_free(&proof->claims[i].except);
	}
	free(proof->claims);
	free(proof->equal);
}
