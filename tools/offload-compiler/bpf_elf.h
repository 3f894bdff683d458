/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_BPF_ELF_H
#define OFFLOAD_COMPILER_BPF_ELF_H

#include <libelf.h>

#include "oc.h"

/* A string table by its type: what libbpf and bpftool pass over in silence */
#define BPF_CPR_SECTION		"netprog.cpr"

/* The clang that made it */
#define BPF_COMPILER_SECTION	"netprog.compiler"

bool bpf_elf_finish(const struct buffer *raw, const struct buffer *cpr,
		    struct buffer *object);
Elf_Data *bpf_elf_section(Elf *elf, const char *name);

#endif /* OFFLOAD_COMPILER_BPF_ELF_H */
