// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The object as it is kept: clang's without DWARF (BTF stays) and with the
 * CPR. Sections and symbols are numbered anew, and all that refers to their
 * numbers follows.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include <gelf.h>

#include "bpf_elf.h"

struct section {
	Elf64_Shdr	hdr;
	const char	*name;
	const void	*data;
	uint32_t	index;		/* in the new object; 0: dropped */
};

struct object {
	const struct buffer	*raw;
	struct section		*sections;
	uint32_t		num;
	uint32_t		num_kept;	/* with the null section */
	Elf64_Sym		*symbols;	/* those that stay */
	uint32_t		num_symbols, num_locals;
	uint32_t		*symbol_index;	/* new by old */
	const struct section	*symtab;
};

static bool in_file(const struct buffer *raw, uint64_t offset, uint64_t size)
{
	return offset <= raw->size && size <= raw->size - offset;
}

static bool is_dropped(const char *name)
{
	if (!strncmp(name, ".rel", 4))
		name += 4;
	return !strncmp(name, ".debug_", 7) || !strcmp(name, ".llvm_addrsig");
}

static bool read_sections(struct object *obj)
{
	const Elf64_Ehdr *hdr = (const void *)obj->raw->data;
	const Elf64_Shdr *table, *names;

	if (obj->raw->size < sizeof(*hdr) ||
	    memcmp(hdr->e_ident, ELFMAG, SELFMAG) ||
	    hdr->e_shentsize != sizeof(*table) ||
	    hdr->e_shstrndx >= hdr->e_shnum ||
	    !in_file(obj->raw, hdr->e_shoff, hdr->e_shnum * sizeof(*table)))
		return false;
	table = (const void *)(obj->raw->data + hdr->e_shoff);
	names = &table[hdr->e_shstrndx];
	obj->num = hdr->e_shnum;
	obj->sections = xcalloc(obj->num, sizeof(*obj->sections));
	obj->num_kept = 1;
	for (uint32_t i = 1; i < obj->num; i++) {
		struct section *sec = &obj->sections[i];

		sec->hdr = table[i];
		if (sec->hdr.sh_name >= names->sh_size ||
		    !in_file(obj->raw, names->sh_offset, names->sh_size) ||
		    (sec->hdr.sh_type != SHT_NOBITS &&
		     !in_file(obj->raw, sec->hdr.sh_offset, sec->hdr.sh_size)))
			return false;
		sec->name = obj->raw->data + names->sh_offset + sec->hdr.sh_name;
		sec->data = obj->raw->data + sec->hdr.sh_offset;
		if (!is_dropped(sec->name))
			sec->index = obj->num_kept++;
		if (sec->hdr.sh_type == SHT_SYMTAB)
			obj->symtab = sec;
	}
	return obj->symtab;
}

static bool symbol_stays(const struct object *obj, const Elf64_Sym *sym)
{
	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx >= SHN_LORESERVE)
		return ELF64_ST_TYPE(sym->st_info) != STT_FILE;
	return sym->st_shndx < obj->num && obj->sections[sym->st_shndx].index;
}

static void read_symbols(struct object *obj)
{
	uint32_t num = obj->symtab->hdr.sh_size / sizeof(Elf64_Sym);

	obj->symbols = xcalloc(num + 1, sizeof(*obj->symbols));
	obj->symbol_index = xcalloc(num + 1, sizeof(*obj->symbol_index));
	for (uint32_t i = 0; i < num; i++) {
		Elf64_Sym sym = ((const Elf64_Sym *)obj->symtab->data)[i];

		if (i && !symbol_stays(obj, &sym))
			continue;
		if (sym.st_shndx < SHN_LORESERVE && sym.st_shndx)
			sym.st_shndx = obj->sections[sym.st_shndx].index;
		obj->symbol_index[i] = obj->num_symbols;
		obj->symbols[obj->num_symbols++] = sym;
		if (i < obj->symtab->hdr.sh_info)
			obj->num_locals = obj->num_symbols;
	}
}

static void align(struct buffer *out, size_t start, uint64_t to)
{
	static const char zeros[8];

	while (to > 1 && (out->size - start) % to)
		buffer_add(out, zeros, 1);
}

static void write_relocations(const struct object *obj,
			      const struct section *sec, struct buffer *out)
{
	uint32_t num = sec->hdr.sh_size / sizeof(Elf64_Rel);
	uint32_t known = obj->symtab->hdr.sh_size / sizeof(Elf64_Sym);

	for (uint32_t i = 0; i < num; i++) {
		Elf64_Rel rel = ((const Elf64_Rel *)sec->data)[i];
		uint32_t sym = ELF64_R_SYM(rel.r_info);

		rel.r_info = ELF64_R_INFO((uint64_t)(sym < known ?
						     obj->symbol_index[sym] : 0),
					  ELF64_R_TYPE(rel.r_info));
		buffer_add(out, &rel, sizeof(rel));
	}
}

static void write_section(const struct object *obj, const struct section *sec,
			  struct buffer *out)
{
	if (sec == obj->symtab)
		buffer_add(out, obj->symbols,
			   obj->num_symbols * sizeof(*obj->symbols));
	else if (sec->hdr.sh_type == SHT_REL)
		write_relocations(obj, sec, out);
	else if (sec->hdr.sh_type != SHT_NOBITS)
		buffer_add(out, sec->data, sec->hdr.sh_size);
}

/* Numbers in a kept section's header that are those of sections or symbols */
static void renumber(const struct object *obj, const struct section *sec,
		     Elf64_Shdr *hdr)
{
	if (hdr->sh_link && hdr->sh_link < obj->num)
		hdr->sh_link = obj->sections[hdr->sh_link].index;
	if (sec == obj->symtab)
		hdr->sh_info = obj->num_locals;
	else if (hdr->sh_type == SHT_REL && hdr->sh_info < obj->num)
		hdr->sh_info = obj->sections[hdr->sh_info].index;
}

static void write_object(const struct object *obj, const struct buffer *cpr,
			 struct buffer *out)
{
	Elf64_Shdr *table = xcalloc(obj->num_kept + 1, sizeof(*table));
	Elf64_Ehdr hdr = *(const Elf64_Ehdr *)obj->raw->data;
	uint32_t shstrndx = obj->sections[hdr.e_shstrndx].index;
	uint32_t last = obj->num_kept;
	const struct section *names = &obj->sections[hdr.e_shstrndx];
	size_t start = out->size;

	buffer_add(out, &hdr, sizeof(hdr));
	for (uint32_t i = 1; i < obj->num; i++) {
		const struct section *sec = &obj->sections[i];
		Elf64_Shdr *to = &table[sec->index];

		if (!sec->index)
			continue;
		*to = sec->hdr;
		renumber(obj, sec, to);
		align(out, start, to->sh_addralign);
		to->sh_offset = out->size - start;
		if (sec->index != shstrndx)
			write_section(obj, sec, out);
		if (to->sh_type != SHT_NOBITS)
			to->sh_size = out->size - start - to->sh_offset;
	}
	table[last] = (Elf64_Shdr) {
		.sh_name = names->hdr.sh_size,
		.sh_type = SHT_STRTAB, .sh_addralign = 1,
		.sh_offset = out->size - start, .sh_size = cpr->size,
	};
	buffer_add(out, cpr->data, cpr->size);
	/* The names come last: those that there were, and one more */
	table[shstrndx].sh_offset = out->size - start;
	table[shstrndx].sh_size = names->hdr.sh_size + sizeof(BPF_CPR_SECTION);
	buffer_add(out, names->data, names->hdr.sh_size);
	buffer_add(out, BPF_CPR_SECTION, sizeof(BPF_CPR_SECTION));
	align(out, start, 8);
	hdr.e_shoff = out->size - start;
	hdr.e_shnum = last + 1;
	hdr.e_shstrndx = shstrndx;
	memcpy(out->data + start, &hdr, sizeof(hdr));
	buffer_add(out, table, (last + 1) * sizeof(*table));
	free(table);
}

bool bpf_elf_finish(const struct buffer *raw, const struct buffer *cpr,
		    struct buffer *object)
{
	struct object obj = { .raw = raw };
	bool good = read_sections(&obj);

	if (good) {
		read_symbols(&obj);
		write_object(&obj, cpr, object);
	} else {
		diag_error("clang", 0, NULL, "wrote no ELF object of a known form");
	}
	free(obj.sections);
	free(obj.symbols);
	free(obj.symbol_index);
	return good;
}

/* Of any ELF file, also a foreign one */
Elf_Data *bpf_elf_section(Elf *elf, const char *name)
{
	Elf_Scn *scn = NULL;
	size_t names;
	GElf_Shdr hdr;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((scn = elf_nextscn(elf, scn))) {
		const char *s;

		if (!gelf_getshdr(scn, &hdr))
			continue;
		s = elf_strptr(elf, names, hdr.sh_name);
		if (s && !strcmp(s, name))
			return elf_getdata(scn, NULL);
	}
	return NULL;
}
