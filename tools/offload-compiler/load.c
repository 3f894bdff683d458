// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Reads a source, a CPR, an eBPF object or an image as its programs. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <libelf.h>

#include "bpf_elf.h"
#include "load.h"
#include "record.h"

static struct loaded *add_program(struct loaded_list *list)
{
	list->programs = xrealloc(list->programs,
				  (list->num + 1) * sizeof(*list->programs));
	memset(&list->programs[list->num], 0, sizeof(*list->programs));
	return &list->programs[list->num++];
}

static bool load_source(const char *path, const char *alg,
			struct loaded_list *list)
{
	struct program_list sources;
	bool good = true;

	if (!frontend_read(path, &sources))
		return false;
	for (uint32_t i = 0; i < sources.num; i++) {
		struct loaded *l = add_program(list);

		l->parser = sources.parsers[i];
		sources.parsers[i] = NULL;
		good = good && cpr_write(l->parser, &l->cpr) &&
		       digest_make(alg, l->cpr.data, l->cpr.size, &l->digest);
	}
	program_list_free(&sources);
	return good;
}

static bool load_cpr(const char *path, const char *alg, const void *cpr,
		     size_t size, struct loaded_list *list)
{
	struct loaded *l = add_program(list);

	l->parser = cpr_read(path, cpr, size);
	if (!l->parser)
		return false;
	buffer_add(&l->cpr, cpr, size);
	return digest_make(alg, cpr, size, &l->digest);
}

static bool load_image(const char *path, struct loaded_list *list)
{
	const struct buffer *file = &list->file;
	const struct netprog_image_section *table;
	uint32_t i, sections, num = 0;
	struct image_view view;

	if (!image_find(path, file->data, file->size, 0, NULL, &view))
		return false;
	table = image_sections(file, &sections);
	for (i = 0; i < sections; i++)
		num += le32toh(table[i].type) == NETPROG_SECTION_PROGRAM;
	for (i = 0; i < num; i++) {
		const struct netprog_image_program *program;
		const struct digest *digest;

		if (!image_find(path, file->data, file->size, i, NULL, &view))
			return false;
		program = view.program;
		if (!load_cpr(path, (const char *)program->hash_alg, view.cpr,
			      view.cpr_size, list))
			return false;
		digest = &list->programs[i].digest;
		if (le32toh(program->hash_len) != digest->len ||
		    memcmp(program->hash, digest->bytes, digest->len)) {
			diag_error(path, 0, NULL,
				   "program %u is stamped with a hash that its CPR has not",
				   i);
			return false;
		}
	}
	return record_check(path, list);
}

/* The "netprog:KIND:ALG:HEX" of an object; its caller frees it */
static char *read_tag(const char *path)
{
	struct btf *btf = btf__parse_elf(path, NULL);
	char *tag = NULL;

	if (!btf)
		return NULL;
	for (uint32_t i = 1; i < btf__type_cnt(btf) && !tag; i++) {
		const struct btf_type *t = btf__type_by_id(btf, i);
		const char *name = btf__name_by_offset(btf, t->name_off);

		if (btf_is_decl_tag(t) && name &&
		    !strncmp(name, NETPROG_BTF_TAG_PREFIX,
			     strlen(NETPROG_BTF_TAG_PREFIX)))
			tag = xstrdup(name);
	}
	btf__free(btf);
	return tag;
}

static bool check_tag(const char *path, const char *tag,
		      const struct digest *digest)
{
	char hex[2 * NETPROG_HASH_MAX + 1];
	char *want;
	bool good;

	digest_hex(digest, hex);
	want = xasprintf(NETPROG_BTF_TAG_PREFIX "parser:%s:%s", digest->alg,
			 hex);
	good = !strcmp(want, tag);
	if (!good)
		diag_error(path, 0, NULL,
			   "is tagged \"%s\", but its CPR's hash makes \"%s\"",
			   tag, want);
	free(want);
	return good;
}

static bool load_object_cpr(const char *path, const void *data, size_t size,
			    struct loaded_list *list)
{
	char *tag = read_tag(path);
	char alg[NETPROG_ALG_LEN] = "";
	const char *cpr = data;
	bool good = false;

	/* A string table starts with a NUL and ends with one */
	while (size && !*cpr) {
		cpr++;
		size--;
	}
	while (size && !cpr[size - 1])
		size--;
	if (tag && sscanf(tag, NETPROG_BTF_TAG_PREFIX "parser:%15[^:]:", alg) == 1)
		good = load_cpr(path, alg, cpr, size, list) &&
		       check_tag(path, tag, &list->programs[0].digest);
	else
		diag_error(path, 0, NULL, "has no BTF tag \"%sKIND:ALG:HEX\"",
			   NETPROG_BTF_TAG_PREFIX);
	free(tag);
	return good;
}

static bool load_object(const char *path, struct loaded_list *list)
{
	bool good = false;
	Elf_Data *data;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_memory(list->file.data, list->file.size);
	data = elf ? bpf_elf_section(elf, BPF_CPR_SECTION) : NULL;
	if (data && data->d_buf && data->d_size)
		good = load_object_cpr(path, data->d_buf, data->d_size, list);
	else
		diag_error(path, 0, NULL,
			   "is an ELF file without a section \"%s\": no object that `build` wrote",
			   BPF_CPR_SECTION);
	elf_end(elf);
	return good;
}

static bool has_suffix(const char *path, const char *suffix)
{
	size_t len = strlen(path), n = strlen(suffix);

	return len > n && !strcmp(path + len - n, suffix);
}

static bool starts_with(const struct buffer *file, const char *magic)
{
	size_t len = strlen(magic);

	return file->size >= len && !memcmp(file->data, magic, len);
}

/* By what a file holds; only a source is known by its name */
static bool find_kind(const char *path, struct loaded_list *list)
{
	if (has_suffix(path, ".c")) {
		list->kind = FILE_SOURCE;
		return true;
	}
	if (!file_read(path, &list->file))
		return false;
	if (starts_with(&list->file, NETPROG_IMAGE_MAGIC)) {
		list->kind = FILE_IMAGE;
	} else if (starts_with(&list->file, ELFMAG)) {
		list->kind = FILE_OBJECT;
	} else if (starts_with(&list->file, "{")) {
		list->kind = FILE_CPR;
	} else {
		diag_error(path, 0, NULL,
			   "is neither a source (.c), a CPR, an eBPF object nor an image");
		return false;
	}
	return true;
}

static bool load_programs(const char *path, const char *alg,
			  struct loaded_list *list)
{
	switch (list->kind) {
	case FILE_SOURCE:
		return load_source(path, alg, list);
	case FILE_CPR:
		return load_cpr(path, alg, list->file.data, list->file.size,
				list);
	case FILE_OBJECT:
		return load_object(path, list);
	case FILE_IMAGE:
		break;
	}
	return load_image(path, list);
}

bool load_file(const char *path, const char *alg, struct loaded_list *list)
{
	memset(list, 0, sizeof(*list));
	if (find_kind(path, list) && load_programs(path, alg, list))
		return true;
	loaded_free(list);
	return false;
}

const struct loaded *loaded_find(const char *path, const char *name,
				 const struct loaded_list *list)
{
	uint32_t i = 0;

	if (!name && list->num > 1) {
		diag_error(path, 0, NULL,
			   "has %u programs; say which with --program NAME",
			   list->num);
		return NULL;
	}
	while (name && i < list->num &&
	       strcmp(list->programs[i].parser->name, name))
		i++;
	if (i < list->num)
		return &list->programs[i];
	diag_error(path, 0, NULL, "has no program \"%s\"", name ? name : "");
	return NULL;
}

static struct tcam *load_payload(const char *path,
				 const struct loaded_list *list,
				 uint32_t program, const struct device *device,
				 struct buffer *payload)
{
	struct image_view view;
	struct tcam *tcam;
	char err[128];

	if (!image_find(path, list->file.data, list->file.size, program,
			device->name, &view))
		return NULL;
	if (!view.payload) {
		diag_error(path, 0, NULL, "has no payload for target '%s'",
			   device->name);
		return NULL;
	}
	tcam = tcam_load(view.payload, view.payload_size, err, sizeof(err));
	if (tcam)
		buffer_add(payload, view.payload, view.payload_size);
	else
		diag_error(path, 0, NULL, "the device would refuse its payload: %s",
			   err);
	return tcam;
}

struct tcam *loaded_tcam(const char *path, const struct loaded_list *list,
			 uint32_t program, const struct device *device,
			 struct buffer *payload)
{
	if (list->kind == FILE_IMAGE)
		return load_payload(path, list, program, device, payload);
	return tcam_lower(path, list->programs[program].parser, device,
			  payload);
}

void loaded_free(struct loaded_list *list)
{
	for (uint32_t i = 0; i < list->num; i++) {
		if (list->programs[i].parser)
			parser_free(list->programs[i].parser);
		buffer_free(&list->programs[i].cpr);
	}
	free(list->programs);
	buffer_free(&list->file);
	memset(list, 0, sizeof(*list));
}

char *target_path(const char *name)
{
	return xasprintf("%s/../targets/%s.json", include_dir(), name);
}
