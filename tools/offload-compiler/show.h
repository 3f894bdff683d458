/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_SHOW_H
#define OFFLOAD_COMPILER_SHOW_H

#include "load.h"

int show_dot(const struct parser *parser, FILE *out);

/* show_ebpf.c */
bool show_object(const char *path, const struct buffer *object, bool json,
		 FILE *out);
bool show_ebpf(const char *path, const struct loaded_list *list,
	       uint32_t program, bool json, FILE *out);

#endif /* OFFLOAD_COMPILER_SHOW_H */
