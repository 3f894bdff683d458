// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler verify: is a body what its CPR is compiled to? */
#include <endian.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include <gelf.h>

#include "bpf_elf.h"
#include "record.h"

struct verify {
	const char	*path;
	const char	*target;	/* file; NULL: by the payload's name */
	struct loaded_list list;
};

/* ---- the eBPF object -------------------------------------------------------- */

static bool same_section(Elf *a, Elf *b, const char *name)
{
	Elf_Data *x = bpf_elf_section(a, name), *y = bpf_elf_section(b, name);

	if (!x || !y)
		return !x && !y;
	return x->d_size == y->d_size &&
	       (!x->d_size || !memcmp(x->d_buf, y->d_buf, x->d_size));
}

/* To be freed */
static char *compiler(Elf *elf)
{
	Elf_Data *data = bpf_elf_section(elf, BPF_COMPILER_SECTION);

	return data && data->d_size ?
	       xasprintf("%.*s", (int)data->d_size, (char *)data->d_buf) :
	       xstrdup("an unknown compiler");
}

/* Of all sections of @built, each name once and the compiler's first */
static bool name_sections(const struct verify *v, Elf *file, Elf *built)
{
	char *a = compiler(file), *b = compiler(built);
	bool named = strcmp(a, b);
	Elf_Scn *scn = NULL;
	size_t names;
	GElf_Shdr hdr;

	if (named)
		diag_error(v->path, 0, NULL,
			   "was compiled by %s, rebuilt by %s; $CLANG names the clang to use",
			   a, b);
	free(a);
	free(b);
	if (elf_getshdrstrndx(built, &names))
		return named;
	while ((scn = elf_nextscn(built, scn))) {
		const char *name;

		if (!gelf_getshdr(scn, &hdr))
			continue;
		name = elf_strptr(built, names, hdr.sh_name);
		if (!name || same_section(file, built, name))
			continue;
		diag_error(v->path, 0, NULL,
			   "section %s is not what its CPR is compiled to", name);
		named = true;
	}
	return named;
}

static void name_differences(const struct verify *v, struct buffer *built)
{
	Elf *a = elf_memory(v->list.file.data, v->list.file.size);
	Elf *b = elf_memory(built->data, built->size);

	if (!a || !b || !name_sections(v, a, b))
		diag_error(v->path, 0, NULL,
			   "has other headers or sections than `build` writes");
	elf_end(a);
	elf_end(b);
}

static bool verify_object(const struct verify *v)
{
	const struct loaded *l = &v->list.programs[0];
	enum bpf_prog prog = bpf_object_prog(v->path, &v->list.file);
	struct buffer c = {}, built = {};
	bool good;

	good = prog < BPF_NUM_PROGS &&
	       bpf_generate_c(l->parser, &l->digest, prog, &c) &&
	       bpf_compile(l->parser, &c, &l->cpr, &built);
	if (good && (built.size != v->list.file.size ||
		     memcmp(built.data, v->list.file.data, built.size))) {
		name_differences(v, &built);
		good = false;
	}
	buffer_free(&c);
	buffer_free(&built);
	return good;
}

/* ---- the image ---------------------------------------------------------------- */

static const char *const section_names[] = {
	[NETPROG_SECTION_PROGRAM] = "descriptor",
	[NETPROG_SECTION_CPR]	  = "CPR",
	[NETPROG_SECTION_PAYLOAD] = "payload",
	[NETPROG_SECTION_TABLES]  = "list of tables",
};

static struct tcam *lower_payload(const struct verify *v,
				  const struct loaded *l, const char *target,
				  struct buffer *payload)
{
	char *path = v->target ? xstrdup(v->target) : target_path(target);
	struct tcam *tcam = NULL;
	struct device device;

	if (!device_read(path, &device))
		;
	else if (strcmp(device.name, target))
		diag_error(v->path, 0, NULL,
			   "has a payload for target '%s', but %s describes '%s'",
			   target, path, device.name);
	else
		tcam = tcam_lower(v->path, l->parser, &device, payload);
	free(path);
	return tcam;
}

/* Section @sec of the file against the one of its type in @built */
static bool compare_section(const struct verify *v,
			    const struct netprog_image_section *sec,
			    const struct buffer *built)
{
	uint32_t type = le32toh(sec->type), num;
	const struct netprog_image_section *other = image_sections(built, &num);
	const char *data = v->list.file.data + le32toh(sec->offset);

	while (num && le32toh(other->type) != type) {
		other++;
		num--;
	}
	if (num && other->size == sec->size &&
	    !memcmp(data, built->data + le32toh(other->offset),
		    le32toh(sec->size)))
		return true;
	diag_error(v->path, 0, NULL,
		   "the %s of program '%s'%s%.*s is not what its CPR is compiled to",
		   section_names[type],
		   v->list.programs[le32toh(sec->program)].parser->name,
		   *sec->target ? " for target " : "",
		   (int)sizeof(sec->target), (const char *)sec->target);
	return false;
}

static bool verify_built(const struct verify *v,
			 const struct netprog_image_section *sec,
			 const struct buffer *payload)
{
	const struct loaded *l = &v->list.programs[le32toh(sec->program)];
	struct image_program program = {
		.parser = l->parser, .cpr = &l->cpr, .digest = &l->digest,
		.payload = payload, .target = (const char *)sec->target,
	};
	struct buffer built = {};
	bool good;

	good = image_write(&program, 1, &built) &&
	       compare_section(v, sec, &built);
	buffer_free(&built);
	return good;
}

/* It is proved again, even if it is another one than the file's */
static bool verify_proof(const struct verify *v, const struct loaded *l,
			 const struct netprog_image_section *sec,
			 const struct tcam *tcam, const struct buffer *payload)
{
	const char *target = (const char *)sec->target;
	struct netprog_image_proof built;
	enum record_result result;
	struct image_view view;

	if (!image_find(v->path, v->list.file.data, v->list.file.size,
			le32toh(sec->program), target, &view))
		return false;
	result = record_prove(v->path, target, l, tcam, payload, &built);
	return result != RECORD_REFUTED &&
	       record_compare(v->path, target, l, view.proof,
			      result == RECORD_PROVED ? &built : NULL);
}

static bool verify_payload(const struct verify *v,
			   const struct netprog_image_section *sec)
{
	const struct loaded *l = &v->list.programs[le32toh(sec->program)];
	struct buffer payload = {};
	struct tcam *tcam;
	bool good;

	tcam = lower_payload(v, l, (const char *)sec->target, &payload);
	good = tcam && verify_built(v, sec, &payload);
	good = tcam && verify_proof(v, l, sec, tcam, &payload) && good;
	tcam_free(tcam);
	buffer_free(&payload);
	return good;
}

static bool verify_section(const struct verify *v,
			   const struct netprog_image_section *sec)
{
	switch (le32toh(sec->type)) {
	case NETPROG_SECTION_SIGNATURE:
		diag_error(v->path, 0, NULL,
			   "has a signature, which nothing here can check");
		return false;
	case NETPROG_SECTION_PAYLOAD:
		return verify_payload(v, sec);
	case NETPROG_SECTION_PROOF:
		return true;	/* with its payload */
	default:
		return verify_built(v, sec, NULL);
	}
}

/* The loader has made sure of all that is not in a section */
static bool verify_image(const struct verify *v)
{
	const struct netprog_image_section *sec;
	bool good = true;
	uint32_t num;

	sec = image_sections(&v->list.file, &num);
	for (uint32_t i = 0; i < num; i++)
		good &= verify_section(v, &sec[i]);
	return good;
}

/* ---- the verb ------------------------------------------------------------------ */

static bool verify_file(struct verify *v)
{
	char hex[2 * NETPROG_HASH_MAX + 1];
	bool good;

	if (!load_file(v->path, "sha256", &v->list))
		return false;
	if (v->list.kind == FILE_OBJECT) {
		good = verify_object(v);
	} else if (v->list.kind == FILE_IMAGE) {
		good = verify_image(v);
	} else {
		diag_error(v->path, 0, NULL,
			   "has no body to verify: give an eBPF object or an image");
		good = false;
	}
	for (uint32_t i = 0; good && i < v->list.num; i++) {
		digest_hex(&v->list.programs[i].digest, hex);
		printf("%s  %s  verified\n", hex, v->list.programs[i].parser->name);
	}
	return good;
}

int cmd_verify(int argc, char **argv)
{
	static const struct option options[] = {
		{ "target", required_argument, NULL, 't' },
		{}
	};
	struct verify v = {};
	int opt, status = OC_EXIT_GOOD;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt != 't')
			return OC_EXIT_USAGE;
		v.target = optarg;
	}
	if (optind == argc) {
		fputs("offload-compiler verify: needs a FILE; see `offload-compiler help verify`\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	for (; optind < argc; optind++) {
		v.path = argv[optind];
		if (!verify_file(&v))
			status = OC_EXIT_WRONG;
		loaded_free(&v.list);
	}
	return status;
}
