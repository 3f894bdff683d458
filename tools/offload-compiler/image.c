// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The image, NAME.npi: written here, and checked in one place before anything
 * in it is used. The format is described in include/uapi/linux/netprog.h.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "oc.h"

struct writer {
	struct netprog_image_section	table[NETPROG_IMAGE_MAX_SECTIONS];
	uint32_t			num;
	struct buffer			body;	/* all behind the table */
};

static void pad(struct buffer *buf)
{
	static const char zeros[NETPROG_IMAGE_ALIGN];

	buffer_add(buf, zeros, -buf->size % NETPROG_IMAGE_ALIGN);
}

static void add_section(struct writer *w, enum netprog_section_type type,
			uint32_t program, const char *target, const void *data,
			size_t size)
{
	struct netprog_image_section *sec = &w->table[w->num++];

	pad(&w->body);
	sec->type = htole32(type);
	sec->program = htole32(program);
	sec->offset = htole32(w->body.size);	/* moved by the table later */
	sec->size = htole32(size);
	if (target)
		memcpy(sec->target, target, strlen(target));
	buffer_add(&w->body, data, size);
}

static void add_descriptor(struct writer *w, uint32_t index,
			   const struct image_program *program)
{
	const struct parser *parser = program->parser;
	const struct digest *digest = program->digest;
	struct netprog_image_program desc = {
		.kind = htole32(NETPROG_KIND_PARSER),
		.hash_len = htole32(digest->len),
		.max_bytes = htole32(parser->max_bytes),
		.max_nodes = htole32(parser->max_nodes),
		.max_encaps = htole32(parser->max_encaps),
	};

	memcpy(desc.name, parser->name, strlen(parser->name));
	memcpy(desc.hash_alg, digest->alg,
	       strnlen(digest->alg, sizeof(desc.hash_alg) - 1));
	memcpy(desc.hash, digest->bytes, digest->len);
	add_section(w, NETPROG_SECTION_PROGRAM, index, NULL, &desc, sizeof(desc));
}

static void add_tables(struct writer *w, uint32_t index,
		       const struct parser *parser)
{
	struct netprog_image_table *tables;
	uint32_t i, k;

	if (!parser->num_tables)
		return;
	tables = xcalloc(parser->num_tables, sizeof(*tables));
	for (i = 0; i < parser->num_tables; i++) {
		const struct table *table = &parser->tables[i];
		uint32_t bits = 0;

		for (k = 0; k < table->num_outputs; k++)
			bits += parser->outputs[table->outputs[k]].bits;
		memcpy(tables[i].name, table->name, strlen(table->name));
		tables[i].owner = htole32(table->owner);
		tables[i].match = htole32(table->match);
		tables[i].key_bits = htole32(bits);
		tables[i].size = htole32(table->size);
	}
	add_section(w, NETPROG_SECTION_TABLES, index, NULL, tables,
		    parser->num_tables * sizeof(*tables));
	free(tables);
}

/* Names that do not fit are an error of the source, not to be cut */
static bool names_fit(const struct image_program *program)
{
	const struct parser *parser = program->parser;
	const char *name = parser->name;
	uint32_t i;

	for (i = 0; i <= parser->num_tables; i++) {
		if (strlen(name) >= NETPROG_NAME_LEN) {
			diag_error(parser->file ? parser->file : name, 0, NULL,
				   "the name \"%s\" is longer than the %d bytes that an image holds",
				   name, NETPROG_NAME_LEN - 1);
			return false;
		}
		if (i < parser->num_tables)
			name = parser->tables[i].name;
	}
	if (program->target && strlen(program->target) >= NETPROG_NAME_LEN) {
		diag_error(name, 0, NULL, "the target's name \"%s\" is longer than %d bytes",
			   program->target, NETPROG_NAME_LEN - 1);
		return false;
	}
	return true;
}

static bool finish(struct writer *w, struct buffer *image)
{
	struct netprog_image_hdr hdr = {
		.version = htole32(NETPROG_IMAGE_VERSION),
		.num_sections = htole32(w->num),
	};
	size_t start = sizeof(hdr) + w->num * sizeof(w->table[0]);
	uint32_t i;

	start += -start % NETPROG_IMAGE_ALIGN;
	if (start + w->body.size > NETPROG_IMAGE_MAX_SIZE) {
		diag_error("image", 0, NULL, "needs %zu bytes, but may have %d",
			   start + w->body.size, NETPROG_IMAGE_MAX_SIZE);
		return false;
	}
	memcpy(hdr.magic, NETPROG_IMAGE_MAGIC, NETPROG_IMAGE_MAGIC_LEN);
	hdr.size = htole32(start + w->body.size);
	for (i = 0; i < w->num; i++)
		w->table[i].offset = htole32(le32toh(w->table[i].offset) + start);
	buffer_add(image, &hdr, sizeof(hdr));
	buffer_add(image, w->table, w->num * sizeof(w->table[0]));
	pad(image);
	buffer_add(image, w->body.data, w->body.size);
	return true;
}

/**
 * image_write() - put programs together into an image
 * @programs: each with its CPR, digest and, if there is one, device payload
 * @num: 1 to NETPROG_MAX_PROGRAMS
 * @image: an empty buffer
 *
 * Return: false after a diagnostic.
 */
bool image_write(const struct image_program *programs, uint32_t num,
		 struct buffer *image)
{
	struct writer w = {};
	uint32_t i;
	bool good;

	if (!num || num > NETPROG_MAX_PROGRAMS) {
		diag_error("image", 0, NULL, "%u programs; an image holds 1 to %d",
			   num, NETPROG_MAX_PROGRAMS);
		return false;
	}
	for (i = 0; i < num; i++) {
		const struct image_program *program = &programs[i];

		if (!names_fit(program)) {
			buffer_free(&w.body);
			return false;
		}
		add_descriptor(&w, i, program);
		add_section(&w, NETPROG_SECTION_CPR, i, NULL,
			    program->cpr->data, program->cpr->size);
		add_tables(&w, i, program->parser);
		if (program->payload)
			add_section(&w, NETPROG_SECTION_PAYLOAD, i,
				    program->target, program->payload->data,
				    program->payload->size);
		if (program->proof)
			add_section(&w, NETPROG_SECTION_PROOF, i,
				    program->target, program->proof,
				    sizeof(*program->proof));
	}
	good = finish(&w, image);
	buffer_free(&w.body);
	return good;
}

/* ---- reading --------------------------------------------------------------- */

static bool wrong(const char *path, const char *what)
{
	diag_error(path, 0, NULL, "is no image: %s", what);
	return false;
}

static bool wrong_section(const char *path, uint32_t index, const char *what)
{
	diag_error(path, 0, NULL, "is no image: section %u %s", index, what);
	return false;
}

static bool all_zero(const uint8_t *data, size_t from, size_t to)
{
	while (from < to)
		if (data[from++])
			return false;
	return true;
}

/* As the kernel has it: it ends in its field, and prints anywhere */
static bool is_name(const uint8_t *name, size_t size)
{
	size_t len = strnlen((const char *)name, size);

	for (size_t i = 0; i < len; i++)
		if (name[i] <= ' ' || name[i] > '~' || strchr("\"/\\", name[i]))
			return false;
	return len && len < size && all_zero(name, len, size);
}

static bool check_program(const char *path, uint32_t index, const void *data)
{
	const struct netprog_image_program *desc = data;

	if (!is_name(desc->name, sizeof(desc->name)))
		return wrong_section(path, index, "names its program wrongly");
	if (le32toh(desc->kind) >= __NETPROG_KIND_MAX)
		return wrong_section(path, index, "is of an unknown kind");
	if (!is_name(desc->hash_alg, sizeof(desc->hash_alg)))
		return wrong_section(path, index, "names its digest wrongly");
	if (!desc->hash_len || le32toh(desc->hash_len) > NETPROG_HASH_MAX ||
	    !all_zero(desc->hash, le32toh(desc->hash_len), NETPROG_HASH_MAX))
		return wrong_section(path, index, "has a digest of a wrong length");
	if (desc->reserved)
		return wrong_section(path, index, "has a reserved field that is not 0");
	return true;
}

static bool check_tables(const char *path, uint32_t index, const void *data,
			 uint32_t size)
{
	const struct netprog_image_table *tables = data;
	uint32_t i, num = size / sizeof(*tables);

	if (!num || size % sizeof(*tables) || num > NETPROG_MAX_TABLES)
		return wrong_section(path, index, "is no list of tables");
	for (i = 0; i < num; i++)
		if (!is_name(tables[i].name, sizeof(tables[i].name)) ||
		    le32toh(tables[i].owner) >= __NETPROG_OWNER_MAX ||
		    le32toh(tables[i].match) >= __NETPROG_MATCH_MAX)
			return wrong_section(path, index, "has a table with a wrong name, owner or match");
	return true;
}

static bool check_proof(const char *path, uint32_t index, const void *data)
{
	const struct netprog_image_proof *proof = data;

	if (!is_name(proof->method, sizeof(proof->method)))
		return wrong_section(path, index, "names its method wrongly");
	if (!is_name(proof->tool, sizeof(proof->tool)))
		return wrong_section(path, index, "names its tool wrongly");
	if (proof->reserved)
		return wrong_section(path, index, "has a reserved field that is not 0");
	return true;
}

static bool has_target(const struct netprog_image_section *sec)
{
	return le32toh(sec->type) == NETPROG_SECTION_PAYLOAD ||
	       le32toh(sec->type) == NETPROG_SECTION_PROOF;
}

static bool check_section(const char *path, const void *data, uint32_t index,
			  const struct netprog_image_section *sec, bool last)
{
	const uint8_t *at = (const uint8_t *)data + le32toh(sec->offset);
	uint32_t size = le32toh(sec->size);

	if (le32toh(sec->program) >= NETPROG_MAX_PROGRAMS)
		return wrong_section(path, index, "belongs to a program that cannot be");
	if (has_target(sec) && !is_name(sec->target, sizeof(sec->target)))
		return wrong_section(path, index, "names its target wrongly");
	if (!has_target(sec) && !all_zero(sec->target, 0, sizeof(sec->target)))
		return wrong_section(path, index, "has a target, but is no payload");
	switch (le32toh(sec->type)) {
	case NETPROG_SECTION_PROGRAM:
		if (size != sizeof(struct netprog_image_program))
			return wrong_section(path, index, "has not the size of a descriptor");
		return check_program(path, index, at);
	case NETPROG_SECTION_CPR:
	case NETPROG_SECTION_PAYLOAD:
		return size || wrong_section(path, index, "is empty");
	case NETPROG_SECTION_PROOF:
		if (size != sizeof(struct netprog_image_proof))
			return wrong_section(path, index, "has not the size of a proof");
		return check_proof(path, index, at);
	case NETPROG_SECTION_TABLES:
		return check_tables(path, index, at, size);
	case NETPROG_SECTION_SIGNATURE:
		return last || wrong_section(path, index, "is a signature, but not the last");
	default:
		return wrong_section(path, index, "is of an unknown type");
	}
}

/* Ascending, aligned, in the image, and nothing but zeros between them */
static bool check_sections(const char *path, const uint8_t *data, uint32_t size,
			   const struct netprog_image_section *table,
			   uint32_t num)
{
	uint32_t end = sizeof(struct netprog_image_hdr) + num * sizeof(*table);
	uint32_t i;

	for (i = 0; i < num; i++) {
		uint32_t offset = le32toh(table[i].offset);
		uint32_t bytes = le32toh(table[i].size);

		if (offset % NETPROG_IMAGE_ALIGN)
			return wrong_section(path, i, "is not aligned");
		if (offset < end)
			return wrong_section(path, i, "lies over what is before it");
		if (offset > size || bytes > size - offset)
			return wrong_section(path, i, "ends behind the image");
		if (!all_zero(data, end, offset))
			return wrong_section(path, i, "has bytes before it that are not 0");
		if (!check_section(path, data, i, &table[i], i + 1 == num))
			return false;
		end = offset + bytes;
	}
	return all_zero(data, end, size) ||
	       wrong(path, "bytes behind the last section are not 0");
}

/* The one section of a type; NULL if there is none, or if there are several */
static const struct netprog_image_section *
find_section(const void *data, uint32_t type, uint32_t program,
	     const char *target)
{
	const struct netprog_image_hdr *hdr = data;
	const struct netprog_image_section *table = (const void *)(hdr + 1);
	const struct netprog_image_section *found = NULL;
	uint32_t i;

	for (i = 0; i < le32toh(hdr->num_sections); i++) {
		if (le32toh(table[i].type) != type ||
		    le32toh(table[i].program) != program ||
		    (target && strncmp((const char *)table[i].target, target,
				       sizeof(table[i].target))))
			continue;
		if (found)
			return NULL;
		found = &table[i];
	}
	return found;
}

/* The program of each section is there, and each proof's payload */
static bool check_owners(const char *path, const void *data,
			 const struct netprog_image_section *table,
			 uint32_t num)
{
	uint32_t i;

	for (i = 0; i < num; i++) {
		const char *target = (const char *)table[i].target;
		uint32_t program = le32toh(table[i].program);

		if (!find_section(data, NETPROG_SECTION_PROGRAM, program, NULL))
			return wrong_section(path, i, "belongs to a program without one descriptor");
		if (le32toh(table[i].type) != NETPROG_SECTION_PROOF)
			continue;
		if (!find_section(data, NETPROG_SECTION_PAYLOAD, program,
				  target))
			return wrong_section(path, i, "is a proof without one payload of its target");
		if (!find_section(data, NETPROG_SECTION_PROOF, program, target))
			return wrong_section(path, i, "is a proof that is there twice");
	}
	return true;
}

static bool check_image(const char *path, const void *data, size_t size)
{
	const struct netprog_image_hdr *hdr = data;
	uint32_t num;

	if (size < sizeof(*hdr))
		return wrong(path, "shorter than an image's header");
	if (memcmp(hdr->magic, NETPROG_IMAGE_MAGIC, NETPROG_IMAGE_MAGIC_LEN))
		return wrong(path, "it does not start with NPIMAGE");
	if (le32toh(hdr->version) != NETPROG_IMAGE_VERSION)
		return wrong(path, "its version is not 1");
	if (size > NETPROG_IMAGE_MAX_SIZE)
		return wrong(path, "larger than 4 MiB");
	if (le32toh(hdr->size) != size)
		return wrong(path, "its size is not that in its header");
	if (hdr->reserved)
		return wrong(path, "a reserved field of its header is not 0");
	num = le32toh(hdr->num_sections);
	if (!num || num > NETPROG_IMAGE_MAX_SECTIONS)
		return wrong(path, "it has no sections, or too many");
	if (size - sizeof(*hdr) < num * sizeof(struct netprog_image_section))
		return wrong(path, "its section table ends behind the image");
	return check_sections(path, data, size, (const void *)(hdr + 1), num) &&
	       check_owners(path, data, (const void *)(hdr + 1), num);
}

/**
 * image_find() - a program in an image in memory
 * @path: for diagnostics
 * @data: the image, aligned to 8 bytes
 * @size: its bytes
 * @program: index of the program, from 0
 * @target: of the payload and proof wanted, or NULL
 * @view: result, pointers into @data
 *
 * The whole image is checked first, whatever is looked for. The digest is not
 * computed here.
 *
 * Return: false after a diagnostic.
 */
bool image_find(const char *path, const void *data, size_t size,
		uint32_t program, const char *target, struct image_view *view)
{
	const struct netprog_image_section *desc, *cpr, *payload = NULL;
	const struct netprog_image_section *proof = NULL;
	const uint8_t *bytes = data;

	if (!check_image(path, data, size))
		return false;
	desc = find_section(data, NETPROG_SECTION_PROGRAM, program, NULL);
	cpr = find_section(data, NETPROG_SECTION_CPR, program, NULL);
	if (!desc || !cpr) {
		diag_error(path, 0, NULL,
			   "has not one descriptor and one CPR of program %u",
			   program);
		return false;
	}
	if (target) {
		payload = find_section(data, NETPROG_SECTION_PAYLOAD, program,
				       target);
		proof = find_section(data, NETPROG_SECTION_PROOF, program,
				     target);
	}
	view->program = (const void *)(bytes + le32toh(desc->offset));
	view->cpr = bytes + le32toh(cpr->offset);
	view->cpr_size = le32toh(cpr->size);
	view->payload = payload ? bytes + le32toh(payload->offset) : NULL;
	view->payload_size = payload ? le32toh(payload->size) : 0;
	view->proof = proof ? (const void *)(bytes + le32toh(proof->offset)) :
			      NULL;
	return true;
}

/**
 * image_sections() - the section table of an image that image_find() has checked
 * @image: in memory
 * @num: result, its entries
 *
 * Return: the first entry.
 */
const struct netprog_image_section *image_sections(const struct buffer *image,
						   uint32_t *num)
{
	const struct netprog_image_hdr *hdr = (const void *)image->data;

	*num = le32toh(hdr->num_sections);
	return (const void *)(hdr + 1);
}
