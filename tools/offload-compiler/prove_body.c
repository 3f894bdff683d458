// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Two bodies: proved equal, or a packet that tells them apart and was tried on
 * both. A packet that the search for one found is tried first; if it does not
 * show the difference, the packets of `vectors` are.
 */
#include <stdlib.h>
#include <string.h>

#include "prove.h"
#include "vectors.h"

#define VECTOR_PATHS	20	/* whole paths among the packets that are tried */

void body_run(const struct prove_body *body, const uint8_t *frame, uint32_t len,
	      uint32_t inputs, struct parse_result *res)
{
	memset(res, 0, sizeof(*res));
	if (body->tcam)
		tcam_run(body->tcam, frame, len, inputs, res);
	else
		reference_run(body->parser, frame, len, inputs, res);
}

static bool shows(const struct prove_body *a, const struct prove_body *b,
		  const uint8_t *frame, uint32_t len, uint32_t inputs)
{
	struct parse_result x, y;

	body_run(a, frame, len, inputs, &x);
	body_run(b, frame, len, inputs, &y);
	return !results_equal(a->parser, a->what, &x, b->what, &y, NULL);
}

static bool try_vectors(const struct prove_body *a, const struct prove_body *b,
			const struct parser *parser, struct proof_result *result)
{
	struct lowered *low = lower(a->what, parser);
	struct graph *graph = low ? graph_make(low) : NULL;
	struct vectors v = { .graph = graph };
	bool found = false;

	if (!low)
		return false;
	vectors_make(&v, VECTOR_PATHS);
	for (uint32_t i = 0; i < v.num && !found; i++) {
		const struct packet *p = &v.packets[i];

		if (!shows(a, b, p->data, p->len, p->inputs))
			continue;
		found = true;
		buffer_free(&result->frame);
		buffer_add(&result->frame, p->data, p->len);
		result->inputs = p->inputs;
	}
	vectors_free(&v);
	graph_free(graph);
	lowered_free(low);
	return found;
}

struct sym_machine *body_machine(const struct prove_body *body, char **why)
{
	return body->tcam ? sym_from_tcam(body->what, body->tcam, why) :
			    sym_from_parser(body->what, body->parser, why);
}

static void settle(const struct prove_body *a, const struct prove_body *b,
		   struct proof_result *result)
{
	const uint8_t *frame = (const uint8_t *)result->frame.data;

	if (result->proof == PROOF_EQUAL ||
	    (result->proof == PROOF_DIFFERENT && !result->frame.size) ||
	    (frame && shows(a, b, frame, result->frame.size, result->inputs)))
		return;
	result->proof = try_vectors(a, b, a->parser, result) ||
			(b->parser != a->parser &&
			 try_vectors(a, b, b->parser, result)) ?
			PROOF_DIFFERENT : PROOF_UNKNOWN;
}

/**
 * prove_bodies() - are two bodies equal for every packet?
 * @a: one
 * @b: the other
 * @result: the answer, to be freed with proof_free(). A difference comes with
 *	    its packet, unless the two have not even the same outputs
 */
void prove_bodies(const struct prove_body *a, const struct prove_body *b,
		  struct proof_result *result)
{
	char *why = NULL;
	struct sym_machine *m = body_machine(a, &why);
	struct sym_machine *n = m ? body_machine(b, &why) : NULL;

	if (n) {
		prove(m, n, result);
		result->states[0] = m->num_states;
		result->states[1] = n->num_states;
	} else {
		*result = (struct proof_result){ .proof = PROOF_UNKNOWN,
						 .why = why };
	}
	settle(a, b, result);
	sym_free(m);
	sym_free(n);
}

static void write_digest(struct buffer *text, const char *word,
			 const struct digest *digest)
{
	char hex[2 * NETPROG_HASH_MAX + 1];

	digest_hex(digest, hex);
	buffer_printf(text, "%s %s %s\n", word, digest->alg, hex);
}

void certificate_write(const struct prove_body *a, const struct prove_body *b,
		       const struct proof_result *result, struct buffer *text)
{
	buffer_printf(text, "netprog-proof 1\n");
	write_digest(text, "first", &a->digest);
	write_digest(text, "second", &b->digest);
	buffer_add(text, result->claims.data, result->claims.size);
}
