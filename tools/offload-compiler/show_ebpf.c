// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What the eBPF bodies take: instructions and stack */
#include "machine.h"
#include "show.h"

static void print_text(const struct code *code, FILE *out)
{
	fprintf(out, "eBPF %s: %u instructions, %u bytes of stack\n",
		bpf_prog_name(code->prog), code->num_used, code->stack);
}

static void print_json(const struct code *code, FILE *out)
{
	fprintf(out, "{\"prog\": \"%s\", \"instructions\": %u, \"stack\": %u}",
		bpf_prog_name(code->prog), code->num_used, code->stack);
}

bool show_object(const char *path, const struct buffer *object, bool json,
		 FILE *out)
{
	struct code *code = code_read(path, object);

	if (code)
		(json ? print_json : print_text)(code, out);
	code_free(code);
	return code;
}

static bool show_made(const struct loaded *l, enum bpf_prog prog, bool json,
		      FILE *out)
{
	struct buffer c = {}, object = {};
	bool good;

	good = bpf_generate_c(l->parser, &l->digest, prog, &c) &&
	       bpf_compile(l->parser, &c, &l->cpr, &object) &&
	       show_object(l->parser->name, &object, json, out);
	buffer_free(&c);
	buffer_free(&object);
	return good;
}

/**
 * show_ebpf() - what the eBPF bodies of a program take
 * @path: of the file
 * @list: what is in it; an object is itself, else all types are made
 * @program: which one
 * @json: as an array of objects, else a line each
 * @out: where to
 *
 * Return: false after a diagnostic.
 */
bool show_ebpf(const char *path, const struct loaded_list *list,
	       uint32_t program, bool json, FILE *out)
{
	bool good = true;

	if (json)
		fprintf(out, "[");
	if (list->kind == FILE_OBJECT)
		good = show_object(path, &list->file, json, out);
	for (int i = 0; list->kind != FILE_OBJECT && good && i < BPF_NUM_PROGS;
	     i++) {
		if (json && i)
			fprintf(out, ", ");
		good = show_made(&list->programs[program], i, json, out);
	}
	if (json)
		fprintf(out, "]\n");
	return good;
}
