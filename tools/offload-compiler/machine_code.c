// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The instructions of an object as one list, in which calls know where they
 * lead; and the line of C that each of them is from.
 */
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <gelf.h>

#include "bpf_elf.h"
#include "machine.h"

#define R_BPF_64_64	1
#define R_BPF_64_32	10

#define MAX_SECTIONS	64

struct reader {
	const char	*name;
	struct code	*code;
	Elf		*elf;
	size_t		names;		/* section of section names */
	Elf_Data	*symbols;
	uint32_t	first[MAX_SECTIONS];	/* instruction, by section */
	uint32_t	num[MAX_SECTIONS];	/* 0: it holds no code */
	bool		is_data[MAX_SECTIONS];	/* of variables */
	size_t		program;	/* section; 0: none yet */
};

static bool wrong(const struct reader *r, const char *what)
{
	diag_error(r->name, 0, NULL,
		   "the eBPF object cannot be understood: %s", what);
	return false;
}

bool code_is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

/* ---- sections ----------------------------------------------------------------- */

static bool take_program(struct reader *r, size_t index, const char *name)
{
	if (!strcmp(name, ".text"))
		return true;
	if (r->program)
		return wrong(r, "it has more than one program");
	r->program = index;
	r->code->entry = r->code->num;
	return true;
}

static bool take_code(struct reader *r, Elf_Scn *scn, const char *name)
{
	struct code *code = r->code;
	size_t index = elf_ndxscn(scn);
	Elf_Data *data = elf_getdata(scn, NULL);
	uint32_t num;

	if (!data || !data->d_size)
		return true;
	num = data->d_size / sizeof(*code->insns);
	if (index >= MAX_SECTIONS || data->d_size % sizeof(*code->insns))
		return wrong(r, "it has sections of an unknown form");
	if (!take_program(r, index, name))
		return false;
	r->first[index] = code->num;
	r->num[index] = num;
	code->insns = xrealloc(code->insns,
			       (code->num + num) * sizeof(*code->insns));
	memcpy(code->insns + code->num, data->d_buf, data->d_size);
	code->num += num;
	return true;
}

static bool take_sections(struct reader *r)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr hdr;

	if (elf_getshdrstrndx(r->elf, &r->names))
		return wrong(r, elf_errmsg(-1));
	while ((scn = elf_nextscn(r->elf, scn))) {
		const char *name;

		if (!gelf_getshdr(scn, &hdr))
			return wrong(r, elf_errmsg(-1));
		name = elf_strptr(r->elf, r->names, hdr.sh_name);
		if (hdr.sh_type == SHT_NOBITS && elf_ndxscn(scn) < MAX_SECTIONS)
			r->is_data[elf_ndxscn(scn)] = true;
		if (hdr.sh_type == SHT_SYMTAB)
			r->symbols = elf_getdata(scn, NULL);
		else if (name && hdr.sh_type == SHT_PROGBITS &&
			 hdr.sh_flags & SHF_EXECINSTR &&
			 !take_code(r, scn, name))
			return false;
	}
	return r->program && r->symbols ? true : wrong(r, "it has no program");
}

/* ---- relocations ---------------------------------------------------------------- */

/* A call has its distance, in instructions, an address its bytes, behind the
 * symbol; of maps and variables there is one, so they need no number
 */
static bool relocate(struct reader *r, size_t section, const GElf_Rel *rel)
{
	uint32_t at = r->first[section] + rel->r_offset / sizeof(struct bpf_insn);
	struct bpf_insn *insn = &r->code->insns[at];
	uint32_t type = GELF_R_TYPE(rel->r_info);
	int64_t to;
	GElf_Sym sym;

	if (rel->r_offset / sizeof(*insn) >= r->num[section] ||
	    !gelf_getsym(r->symbols, GELF_R_SYM(rel->r_info), &sym) ||
	    sym.st_shndx >= MAX_SECTIONS)
		return wrong(r, "a relocation is of an unknown form");
	if (type == R_BPF_64_64 && !r->num[sym.st_shndx]) {
		insn->src_reg = r->is_data[sym.st_shndx] ?
				BPF_PSEUDO_MAP_VALUE : BPF_PSEUDO_MAP_FD;
		return true;
	}
	to = r->first[sym.st_shndx] + sym.st_value / sizeof(*insn);
	if (type == R_BPF_64_64) {
		insn->src_reg = BPF_PSEUDO_FUNC;
		insn->imm = to + insn->imm / (int)sizeof(*insn);
	} else if (type == R_BPF_64_32) {
		insn->imm += to - at;
	} else {
		return wrong(r, "a relocation is of an unknown type");
	}
	return true;
}

static bool relocate_all(struct reader *r)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr hdr;
	GElf_Rel rel;

	while ((scn = elf_nextscn(r->elf, scn))) {
		Elf_Data *data;

		if (!gelf_getshdr(scn, &hdr) || hdr.sh_type != SHT_REL ||
		    hdr.sh_info >= MAX_SECTIONS || !r->num[hdr.sh_info])
			continue;
		data = elf_getdata(scn, NULL);
		for (int i = 0; data && gelf_getrel(data, i, &rel); i++)
			if (!relocate(r, hdr.sh_info, &rel))
				return false;
	}
	return true;
}

/* ---- lines ------------------------------------------------------------------------ */

struct ext_hdr {		/* of .BTF.ext, which no header describes */
	uint16_t	magic;
	uint8_t		version, flags;
	uint32_t	size;
	uint32_t	func_off, func_len, line_off, line_len;
};

struct ext_section {
	uint32_t	name, num;
};

/* The section of code whose name is at @offset in the strings of @btf */
static size_t find_section(const struct reader *r, const Elf_Data *btf,
			   uint32_t offset)
{
	const struct btf_header *head = btf->d_buf;
	uint64_t at = (uint64_t)head->hdr_len + head->str_off + offset;
	Elf_Scn *scn = NULL;
	GElf_Shdr hdr;

	while ((scn = elf_nextscn(r->elf, scn))) {
		const char *s;

		if (!gelf_getshdr(scn, &hdr) ||
		    elf_ndxscn(scn) >= MAX_SECTIONS ||
		    !r->num[elf_ndxscn(scn)])
			continue;
		s = elf_strptr(r->elf, r->names, hdr.sh_name);
		if (s && at + strlen(s) < btf->d_size &&
		    !memcmp(btf->d_buf + at, s, strlen(s) + 1))
			return elf_ndxscn(scn);
	}
	return 0;
}

/* One section's records: each holds up to the next */
static void take_lines(struct reader *r, size_t section, const void *records,
		       uint32_t num, uint32_t size)
{
	for (uint32_t i = 0; i < num; i++) {
		const struct bpf_line_info *info = records + i * size;
		uint32_t at = info->insn_off / sizeof(struct bpf_insn);

		for (uint32_t k = at; section && k < r->num[section]; k++)
			r->code->lines[r->first[section] + k] =
				BPF_LINE_INFO_LINE_NUM(info->line_col);
	}
}

/* Objects without them are validated, too: the lines are for people */
static void read_lines(struct reader *r)
{
	Elf_Data *btf = bpf_elf_section(r->elf, ".BTF");
	Elf_Data *ext = bpf_elf_section(r->elf, ".BTF.ext");
	const struct ext_hdr *hdr;
	const char *at, *end;
	uint32_t size;

	r->code->lines = xcalloc(r->code->num, sizeof(*r->code->lines));
	if (!btf || !ext || btf->d_size < sizeof(struct btf_header) ||
	    ext->d_size < sizeof(*hdr))
		return;
	hdr = ext->d_buf;
	if (hdr->line_len < sizeof(size) || hdr->size > ext->d_size ||
	    hdr->line_off > ext->d_size - hdr->size ||
	    hdr->line_len > ext->d_size - hdr->size - hdr->line_off)
		return;
	at = (const char *)hdr + hdr->size + hdr->line_off;
	end = at + hdr->line_len;
	size = *(const uint32_t *)at;
	for (at += sizeof(size); at + sizeof(struct ext_section) <= end;) {
		const struct ext_section *section = (const void *)at;

		at += sizeof(*section);
		if (size < sizeof(struct bpf_line_info) ||
		    section->num > (size_t)(end - at) / size)
			return;
		take_lines(r, find_section(r, btf, section->name), at,
			   section->num, size);
		at += (size_t)section->num * size;
	}
}

/**
 * code_read() - the instructions of an object
 * @name: of its parser, for diagnostics
 * @object: what bpf_compile() wrote
 *
 * Return: NULL after a diagnostic.
 */
struct code *code_read(const char *name, const struct buffer *object)
{
	struct reader r = { .name = name };
	bool good;

	elf_version(EV_CURRENT);
	r.code = xcalloc(1, sizeof(*r.code));
	r.code->prog = bpf_object_prog(name, object);
	r.elf = elf_memory(object->data, object->size);
	good = r.elf ? r.code->prog != BPF_NUM_PROGS &&
		       take_sections(&r) && relocate_all(&r) :
		       wrong(&r, elf_errmsg(-1));
	if (good)
		read_lines(&r);
	if (good && !code_measure(r.code))
		good = wrong(&r, "it jumps out of itself, or calls too deep");
	elf_end(r.elf);
	if (good)
		return r.code;
	code_free(r.code);
	return NULL;
}

void code_free(struct code *code)
{
	if (!code)
		return;
	free(code->insns);
	free(code->lines);
	free(code->used);
	free(code);
}
