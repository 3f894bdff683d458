// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The data of a relocatable object that clang -target bpfel made. Nothing in
 * it is trusted: every address is looked up in its section when it is used.
 */
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "oc.h"

#define RELOC_BPF_64_ABS64	2	/* data = symbol + what is there */

struct section {
	unsigned char	*data;
	size_t		size;
};

struct object {
	const char	*path;
	char		*image;		/* libelf reads, never writes */
	Elf		*elf;
	struct section	*sections;
	size_t		num_sections;
	struct object_symbol *symbols;
	uint32_t	num_symbols;
	size_t		symtab, strtab;	/* section indices */
};

static bool elf_wrong(const struct object *object, const char *what)
{
	diag_error(object->path, 0, NULL, "not an object of clang -target bpfel: %s",
		   what);
	return false;
}

static bool load_sections(struct object *object)
{
	Elf_Scn *scn = NULL;

	if (elf_getshdrnum(object->elf, &object->num_sections))
		return elf_wrong(object, elf_errmsg(-1));
	object->sections = xcalloc(object->num_sections,
				   sizeof(*object->sections));
	while ((scn = elf_nextscn(object->elf, scn))) {
		size_t index = elf_ndxscn(scn);
		GElf_Shdr shdr;
		Elf_Data *data;

		if (!gelf_getshdr(scn, &shdr) || index >= object->num_sections)
			return elf_wrong(object, elf_errmsg(-1));
		if (shdr.sh_type == SHT_SYMTAB) {
			object->symtab = index;
			object->strtab = shdr.sh_link;
		}
		data = elf_rawdata(scn, NULL);
		if (shdr.sh_type != SHT_PROGBITS ||
		    !(shdr.sh_flags & SHF_ALLOC) || !data || !data->d_buf)
			continue;
		object->sections[index].data = data->d_buf;
		object->sections[index].size = data->d_size;
	}
	return object->symtab ? true : elf_wrong(object, "no symbol table");
}

static bool get_symbol(const struct object *object, size_t index, GElf_Sym *sym)
{
	Elf_Scn *scn = elf_getscn(object->elf, object->symtab);
	Elf_Data *data = elf_getdata(scn, NULL);

	return data && gelf_getsym(data, index, sym);
}

static bool load_symbols(struct object *object)
{
	GElf_Sym sym;
	size_t num = 0;

	while (get_symbol(object, num, &sym))
		num++;
	object->symbols = xcalloc(num, sizeof(*object->symbols));
	for (size_t i = 0; i < num; i++) {
		struct object_symbol *to = &object->symbols[object->num_symbols];

		if (!get_symbol(object, i, &sym))
			return elf_wrong(object, elf_errmsg(-1));
		if (GELF_ST_TYPE(sym.st_info) != STT_OBJECT)
			continue;
		to->name = elf_strptr(object->elf, object->strtab, sym.st_name);
		to->address = (uint64_t)sym.st_shndx << 32 | sym.st_value;
		to->size = sym.st_size;
		if (to->name)
			object->num_symbols++;
	}
	return true;
}

static bool relocate(struct object *object, struct section *section,
		     const GElf_Rel *rel)
{
	uint64_t value, address;
	const char *name;
	GElf_Sym sym;

	if (GELF_R_TYPE(rel->r_info) != RELOC_BPF_64_ABS64)
		return elf_wrong(object, "a relocation of unknown type");
	if (!get_symbol(object, GELF_R_SYM(rel->r_info), &sym))
		return elf_wrong(object, "a relocation without symbol");
	if (section->size < sizeof(value) ||
	    rel->r_offset > section->size - sizeof(value))
		return elf_wrong(object, "a relocation outside of its section");
	if (sym.st_shndx == SHN_UNDEF || sym.st_shndx >= object->num_sections) {
		name = elf_strptr(object->elf, object->strtab, sym.st_name);
		diag_error(object->path, 0, NULL,
			   "refers to %s, which is not defined in it",
			   name && *name ? name : "something");
		return false;
	}
	memcpy(&value, section->data + rel->r_offset, sizeof(value));
	address = ((uint64_t)sym.st_shndx << 32) + sym.st_value + value;
	memcpy(section->data + rel->r_offset, &address, sizeof(address));
	return true;
}

static bool relocate_section(struct object *object, Elf_Scn *scn,
			     const GElf_Shdr *shdr)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Rel rel;

	if (!data || shdr->sh_info >= object->num_sections)
		return elf_wrong(object, "relocations of no section");
	if (!object->sections[shdr->sh_info].data)
		return true;
	for (int i = 0; gelf_getrel(data, i, &rel); i++)
		if (!relocate(object, &object->sections[shdr->sh_info], &rel))
			return false;
	return true;
}

static bool relocate_all(struct object *object)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;

	while ((scn = elf_nextscn(object->elf, scn))) {
		if (!gelf_getshdr(scn, &shdr))
			return elf_wrong(object, elf_errmsg(-1));
		if (shdr.sh_type == SHT_REL &&
		    !relocate_section(object, scn, &shdr))
			return false;
	}
	return true;
}

static bool is_bpfel(struct object *object)
{
	GElf_Ehdr ehdr;

	if (!object->elf || elf_kind(object->elf) != ELF_K_ELF ||
	    !gelf_getehdr(object->elf, &ehdr))
		return elf_wrong(object, "not ELF");
	if (ehdr.e_machine != EM_BPF || ehdr.e_ident[EI_DATA] != ELFDATA2LSB)
		return elf_wrong(object, "of another machine");
	return true;
}

struct object *object_load(const char *path, const void *data, size_t size)
{
	struct object *object = xcalloc(1, sizeof(*object));

	object->path = path;
	object->image = xcalloc(1, size);
	if (size)
		memcpy(object->image, data, size);
	elf_version(EV_CURRENT);
	object->elf = elf_memory(object->image, size);
	if (is_bpfel(object) && load_sections(object) &&
	    load_symbols(object) && relocate_all(object))
		return object;
	object_free(object);
	return NULL;
}

void object_free(struct object *object)
{
	if (!object)
		return;
	elf_end(object->elf);
	free(object->sections);
	free(object->symbols);
	free(object->image);
	free(object);
}

uint32_t object_symbols(const struct object *object,
			const struct object_symbol **symbols)
{
	*symbols = object->symbols;
	return object->num_symbols;
}

static const void *bytes_at(const struct object *object, uint64_t address,
			    size_t size)
{
	uint64_t index = address >> 32, offset = (uint32_t)address;
	const struct section *section;

	if (!index || index >= object->num_sections)
		return NULL;
	section = &object->sections[index];
	if (!section->data || size > section->size ||
	    offset > section->size - size)
		return NULL;
	return section->data + offset;
}

/* Structs: clang aligns all of them */
const void *object_at(const struct object *object, uint64_t address, size_t size)
{
	const void *data = bytes_at(object, address, size);

	return (uintptr_t)data % sizeof(uint64_t) ? NULL : data;
}

const char *object_string(const struct object *object, uint64_t address)
{
	const char *s = bytes_at(object, address, 1);

	if (!s || !memchr(s, '\0', object->sections[address >> 32].size -
			  (uint32_t)address))
		return NULL;
	return s;
}

const void *object_list(const struct object *object, uint64_t address,
			size_t element, uint32_t *num)
{
	const void *list = NULL;

	*num = 0;
	for (uint32_t i = 0; address && i < object->num_symbols; i++) {
		const struct object_symbol *symbol = &object->symbols[i];

		if (symbol->address != address)
			continue;
		list = object_at(object, address, symbol->size);
		*num = list ? symbol->size / element : 0;
		break;
	}
	return list;
}
