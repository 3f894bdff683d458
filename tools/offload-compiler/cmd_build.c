// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler build: the pipeline, and the three files a program */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record.h"
#include "validate.h"

struct built {			/* what becomes of one program */
	struct buffer	c, header, object, payload, image;
};

struct staged {
	char		*temporary;	/* NULL once it has its name */
	char		*path;
};

struct build {
	const char	*source, *dir, *alg;
	enum bpf_prog	prog;
	char		*target;
	enum validate_level validate;
	bool		verbose;
	struct device	device;
	struct loaded_list list;
	struct built	*built;
	struct staged	*staged;
	uint32_t	num_staged;
};

/* And proves that it is the parser */
static enum record_result compile_payload(const struct build *b,
					  const struct loaded *l,
					  struct buffer *payload,
					  struct netprog_image_proof *proof)
{
	struct tcam *tcam = tcam_lower(b->source, l->parser, &b->device, payload);
	enum record_result result = RECORD_REFUTED;

	if (tcam)
		result = record_prove(b->source, b->device.name, l, tcam,
				      payload, proof);
	tcam_free(tcam);
	return result;
}

static bool compile_program(const struct build *b, const struct loaded *l,
			    struct built *out)
{
	struct image_program program = {
		.parser = l->parser, .cpr = &l->cpr, .digest = &l->digest,
		.payload = &out->payload, .target = b->device.name,
	};
	struct netprog_image_proof proof;
	enum record_result result;
	struct bpf_job job;
	bool compiled;

	if (bpf_header_suffix(b->prog))
		bpf_generate_header(l->parser, b->prog, &out->header);
	if (!bpf_generate_c(l->parser, &l->digest, b->prog, &out->c))
		return false;
	bpf_compile_start(&job, l->parser, &out->c);
	result = compile_payload(b, l, &out->payload, &proof);
	if (result == RECORD_PROVED)
		program.proof = &proof;
	compiled = bpf_compile_end(&job, &l->cpr, &out->object);
	return compiled && result != RECORD_REFUTED &&
	       validate_program(l->parser, &out->c, &out->object,
				b->validate, b->verbose) &&
	       image_write(&program, 1, &out->image);
}

static bool compile_all(struct build *b)
{
	if (!device_read(b->target, &b->device) ||
	    !load_file(b->source, b->alg, &b->list))
		return false;
	b->built = xcalloc(b->list.num, sizeof(*b->built));
	for (uint32_t i = 0; i < b->list.num; i++)
		if (!compile_program(b, &b->list.programs[i], &b->built[i]))
			return false;
	return true;
}

static bool stage_file(struct build *b, const char *name, const char *suffix,
		       const struct buffer *content)
{
	struct staged *file = &b->staged[b->num_staged];

	file->path = xasprintf("%s/%s.%s", b->dir, name, suffix);
	file->temporary = file_stage(file->path, content->data, content->size);
	b->num_staged++;
	return file->temporary;
}

static bool stage_all(struct build *b)
{
	if (mkdir(b->dir, 0777) && errno != EEXIST) {
		diag_error(b->dir, 0, NULL, "cannot make the folder: %s",
			   strerror(errno));
		return false;
	}
	b->staged = xcalloc(4 * b->list.num, sizeof(*b->staged));
	for (uint32_t i = 0; i < b->list.num; i++) {
		const struct loaded *l = &b->list.programs[i];
		const char *name = l->parser->name;
		const struct built *built = &b->built[i];

		if (!stage_file(b, name, "cpr.json", &l->cpr) ||
		    !stage_file(b, name, bpf_prog_suffix(b->prog),
				&built->object) ||
		    (built->header.size &&
		     !stage_file(b, name, bpf_header_suffix(b->prog),
				 &built->header)) ||
		    !stage_file(b, name, "npi", &built->image))
			return false;
	}
	return true;
}

/* Nothing gets its name before all is on the disk */
static bool write_all(struct build *b)
{
	char hex[2 * NETPROG_HASH_MAX + 1];

	if (!stage_all(b))
		return false;
	for (uint32_t i = 0; i < b->num_staged; i++) {
		struct staged *file = &b->staged[i];

		if (!file_commit(file->temporary, file->path))
			return false;
		free(file->temporary);
		file->temporary = NULL;
	}
	for (uint32_t i = 0; i < b->list.num; i++) {
		digest_hex(&b->list.programs[i].digest, hex);
		printf("%s  %s\n", hex, b->list.programs[i].parser->name);
	}
	return true;
}

static void free_staged(struct build *b)
{
	for (uint32_t i = 0; i < b->num_staged; i++) {
		if (b->staged[i].temporary)
			unlink(b->staged[i].temporary);
		free(b->staged[i].temporary);
		free(b->staged[i].path);
	}
	free(b->staged);
}

static void free_build(struct build *b)
{
	free_staged(b);
	for (uint32_t i = 0; b->built && i < b->list.num; i++) {
		buffer_free(&b->built[i].c);
		buffer_free(&b->built[i].header);
		buffer_free(&b->built[i].object);
		buffer_free(&b->built[i].payload);
		buffer_free(&b->built[i].image);
	}
	free(b->built);
	free(b->target);
	loaded_free(&b->list);
}

static bool parse_validate(const char *word, enum validate_level *level)
{
	static const char *const names[] = {
		[VALIDATE_EDGES] = "edges", [VALIDATE_FULL] = "full",
		[VALIDATE_NONE] = "none",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(word, names[i]))
			continue;
		*level = i;
		return true;
	}
	fprintf(stderr, "offload-compiler build: --validate %s: must be edges, full or none\n",
		word);
	return false;
}

int cmd_build(int argc, char **argv)
{
	static const struct option options[] = {
		{ "target", required_argument, NULL, 't' },
		{ "hash", required_argument, NULL, 'a' },
		{ "prog", required_argument, NULL, 'p' },
		{ "validate", required_argument, NULL, 'l' },
		{ "verbose", no_argument, NULL, 'v' },
		{}
	};
	struct build b = { .dir = ".", .alg = "sha256", .prog = BPF_PROG_FLOW };
	const char *target = NULL;
	bool good;
	int opt;

	while ((opt = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		if (opt == 'o')
			b.dir = optarg;
		else if (opt == 't')
			target = optarg;
		else if (opt == 'a')
			b.alg = optarg;
		else if (opt == 'p')
			b.prog = bpf_prog_find(optarg);
		else if (opt == 'v')
			b.verbose = true;
		else if (opt != 'l' || !parse_validate(optarg, &b.validate))
			return OC_EXIT_USAGE;
		if (b.prog == BPF_NUM_PROGS)
			return OC_EXIT_USAGE;
	}
	if (optind + 1 != argc) {
		fputs("offload-compiler build: needs one SRC.c; see `offload-compiler help build`\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	b.source = argv[optind];
	b.target = target ? xstrdup(target) : target_path("netdevsim");
	good = compile_all(&b) && write_all(&b);
	free_build(&b);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
