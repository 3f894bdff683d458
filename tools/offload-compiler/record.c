// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What an image says was proved of its payloads: made by `build`, and by `verify`
 * to compare; checked by whoever loads an image; shown.
 */
#include <endian.h>
#include <string.h>

#include <jansson.h>

#include "proof.h"
#include "record.h"

#define RECORD_TOOL	"offload-compiler-" VERSION

/* ---- to make one ---------------------------------------------------------- */

static bool add_digest(const char *alg, const struct buffer *data,
		       uint8_t *bytes)
{
	struct digest digest;

	if (!digest_make(alg, data->data, data->size, &digest))
		return false;
	memcpy(bytes, digest.bytes, digest.len);
	return true;
}

static bool fill(const struct loaded *l, const struct buffer *payload,
		 const struct buffer *certificate,
		 struct netprog_image_proof *record)
{
	*record = (struct netprog_image_proof){
		.method = PROOF_METHOD, .version = htole32(PROOF_VERSION),
		.tool = RECORD_TOOL,
	};
	memcpy(record->cpr, l->digest.bytes, l->digest.len);
	return add_digest(l->digest.alg, payload, record->payload) &&
	       add_digest(l->digest.alg, certificate, record->certificate);
}

/* The certificate is that of `prove --certificate`, whose digests are SHA-256 */
static bool record_proof(struct prove_body *cpr, struct prove_body *device,
			 const struct loaded *l, const struct buffer *payload,
			 const struct proof_result *proof,
			 struct netprog_image_proof *record)
{
	struct buffer text = {};
	bool good;

	good = digest_make("sha256", l->cpr.data, l->cpr.size, &cpr->digest) &&
	       digest_make("sha256", payload->data, payload->size,
			   &device->digest);
	if (good) {
		certificate_write(cpr, device, proof, &text);
		good = fill(l, payload, &text, record);
	}
	buffer_free(&text);
	return good;
}

enum record_result record_prove(const char *path, const char *target,
				const struct loaded *l, const struct tcam *tcam,
				const struct buffer *payload,
				struct netprog_image_proof *record)
{
	const struct parser *parser = l->parser;
	const char *file = parser->file ? parser->file : path;
	struct prove_body cpr = { .what = path, .parser = parser };
	struct prove_body device = { .what = target, .parser = parser,
				     .tcam = tcam };
	enum record_result result = RECORD_REFUTED;
	struct proof_result proof;

	prove_bodies(&cpr, &device, &proof);
	if (proof.proof == PROOF_DIFFERENT) {
		diag_error(file, parser->line, parser->name,
			   "the TCAM program of parser %s is another parser (%s): this is an error of the compiler",
			   parser->name, proof.why);
	} else if (proof.proof == PROOF_UNKNOWN) {
		diag_warning(file, parser->line, parser->name,
			     "the TCAM program of parser %s was not proved equal to it: %s",
			     parser->name, proof.why);
		result = RECORD_UNKNOWN;
	} else if (record_proof(&cpr, &device, l, payload, &proof, record)) {
		result = RECORD_PROVED;
	}
	proof_free(&proof);
	return result;
}

/* ---- in a file ------------------------------------------------------------ */

/* Of a program in @list and the target that @sec names */
static bool find(const char *path, const struct loaded_list *list,
		 const struct netprog_image_section *sec,
		 struct image_view *view)
{
	return image_find(path, list->file.data, list->file.size,
			  le32toh(sec->program), (const char *)sec->target,
			  view);
}

/* With 0 behind it */
static bool is_digest(const uint8_t *bytes, const struct digest *digest)
{
	uint8_t want[NETPROG_HASH_MAX] = {};

	memcpy(want, digest->bytes, digest->len);
	return !memcmp(bytes, want, sizeof(want));
}

static bool proof_wrong(const char *path, const struct loaded *l,
			const char *target, const char *what)
{
	diag_error(path, 0, NULL,
		   "the proof of program '%s' for target %s %s",
		   l->parser->name, target, what);
	return false;
}

static bool check_one(const char *path, const struct loaded *l,
		      const char *target, const struct image_view *view)
{
	const struct netprog_image_proof *record = view->proof;
	struct digest digest;

	if (!digest_make(l->digest.alg, view->payload, view->payload_size,
			 &digest))
		return false;
	if (!is_digest(record->cpr, &l->digest))
		return proof_wrong(path, l, target, "is of another CPR than the image's");
	if (!is_digest(record->payload, &digest))
		return proof_wrong(path, l, target, "is of another payload than the image's");
	for (uint32_t i = digest.len; i < NETPROG_HASH_MAX; i++)
		if (record->certificate[i])
			return proof_wrong(path, l, target, "has a certificate's digest of a wrong length");
	return true;
}

bool record_check(const char *path, const struct loaded_list *list)
{
	const struct netprog_image_section *sec;
	struct image_view view;
	uint32_t num;

	sec = image_sections(&list->file, &num);
	for (; num; num--, sec++) {
		uint32_t program = le32toh(sec->program);

		if (le32toh(sec->type) != NETPROG_SECTION_PROOF)
			continue;
		if (!find(path, list, sec, &view) ||
		    !check_one(path, &list->programs[program],
			       (const char *)sec->target, &view))
			return false;
	}
	return true;
}

/* ---- what differs --------------------------------------------------------- */

static bool same_maker(const struct netprog_image_proof *a,
		       const struct netprog_image_proof *b)
{
	return !memcmp(a->method, b->method, sizeof(a->method)) &&
	       a->version == b->version &&
	       !memcmp(a->tool, b->tool, sizeof(a->tool));
}

bool record_compare(const char *path, const char *target,
		    const struct loaded *l,
		    const struct netprog_image_proof *file,
		    const struct netprog_image_proof *built)
{
	if (!file && !built)
		return true;
	if (!file)
		return proof_wrong(path, l, target, "is missing: it is proved");
	if (!built)
		return proof_wrong(path, l, target, "is there, but was not found again");
	if (!same_maker(file, built))
		diag_error(path, 0, NULL,
			   "program '%s' for target %s was proved by %s %u of %s, now by %s %u of %s",
			   l->parser->name, target, file->method,
			   le32toh(file->version), file->tool, built->method,
			   le32toh(built->version), built->tool);
	if (memcmp(file->certificate, built->certificate,
		   sizeof(file->certificate)))
		proof_wrong(path, l, target, "has another certificate than the one found again");
	return !memcmp(file, built, sizeof(*file));
}

/* ---- to show -------------------------------------------------------------- */

static void hex_of(const struct loaded *l, const uint8_t *bytes,
		   char hex[2 * NETPROG_HASH_MAX + 1])
{
	struct digest digest = l->digest;

	memcpy(digest.bytes, bytes, digest.len);
	digest_hex(&digest, hex);
}

static void show_record(const struct loaded *l, const char *target,
			const struct netprog_image_proof *record)
{
	char payload[2 * NETPROG_HASH_MAX + 1];
	char certificate[2 * NETPROG_HASH_MAX + 1];

	if (!record) {
		printf("proof: target %s, none\n", target);
		return;
	}
	hex_of(l, record->payload, payload);
	hex_of(l, record->certificate, certificate);
	printf("proof: target %s, by %s %u of %s\n"
	       "  payload     %s:%s\n  certificate %s:%s\n",
	       target, record->method, le32toh(record->version), record->tool,
	       l->digest.alg, payload, l->digest.alg, certificate);
}

static json_t *json_digest(const struct loaded *l, const uint8_t *bytes)
{
	char hex[2 * NETPROG_HASH_MAX + 1];

	hex_of(l, bytes, hex);
	return json_sprintf("%s:%s", l->digest.alg, hex);
}

static json_t *json_record(const struct loaded *l, const char *target,
			   const struct netprog_image_proof *record)
{
	if (!record)
		return json_pack("{s:s, s:b}", "target", target, "proved", 0);
	return json_pack("{s:s, s:b, s:s, s:i, s:s, s:o, s:o, s:o}",
			 "target", target, "proved", 1,
			 "method", record->method,
			 "version", le32toh(record->version),
			 "tool", record->tool,
			 "cpr", json_digest(l, record->cpr),
			 "payload", json_digest(l, record->payload),
			 "certificate", json_digest(l, record->certificate));
}

/* The payloads of @program, one after the other; NULL behind the last */
static const struct netprog_image_section *
next_payload(const struct loaded_list *list, uint32_t program, uint32_t *at)
{
	const struct netprog_image_section *table;
	uint32_t num;

	if (list->kind != FILE_IMAGE)
		return NULL;
	table = image_sections(&list->file, &num);
	while (*at < num) {
		const struct netprog_image_section *sec = &table[(*at)++];

		if (le32toh(sec->type) == NETPROG_SECTION_PAYLOAD &&
		    le32toh(sec->program) == program)
			return sec;
	}
	return NULL;
}

bool record_show(const char *path, const struct loaded_list *list,
		 uint32_t program)
{
	const struct netprog_image_section *sec;
	struct image_view view;
	uint32_t at = 0;

	while ((sec = next_payload(list, program, &at))) {
		if (!find(path, list, sec, &view))
			return false;
		show_record(&list->programs[program],
			    (const char *)sec->target, view.proof);
	}
	return true;
}

bool record_show_json(const char *path, const struct loaded_list *list,
		      uint32_t program)
{
	const struct netprog_image_section *sec;
	json_t *array = json_array();
	struct image_view view;
	uint32_t at = 0;
	bool good = array;

	while (good && (sec = next_payload(list, program, &at))) {
		const char *target = (const char *)sec->target;

		good = find(path, list, sec, &view) &&
		       !json_array_append_new(array,
					      json_record(&list->programs[program],
							  target, view.proof));
	}
	good = good && !json_dumpf(array, stdout, JSON_PRESERVE_ORDER);
	if (good)
		putchar('\n');
	else
		diag_error(path, 0, NULL, "cannot be written as JSON: a name is not ASCII");
	json_decref(array);
	return good;
}
