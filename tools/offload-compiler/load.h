/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Any of the four kinds of file as the programs in it */
#ifndef OFFLOAD_COMPILER_LOAD_H
#define OFFLOAD_COMPILER_LOAD_H

#include "oc.h"

struct loaded {
	struct parser	*parser;
	struct buffer	cpr;
	struct digest	digest;		/* of the CPR */
};

enum file_kind { FILE_SOURCE, FILE_CPR, FILE_OBJECT, FILE_IMAGE };

struct loaded_list {
	struct loaded	*programs;
	uint32_t	num;
	enum file_kind	kind;
	struct buffer	file;		/* its bytes; a source's are clang's */
};

/* The digest, to check against what the file claims; sources and CPRs claim
 * nothing and get @alg.
 */
bool load_file(const char *path, const char *alg, struct loaded_list *list);
void loaded_free(struct loaded_list *list);
/* The program @name, or the only one; NULL after a diagnostic */
const struct loaded *loaded_find(const char *path, const char *name,
				 const struct loaded_list *list);
/* The device's body of the program, as tcam_lower() returns it: an image's own;
 * for other files it is made.
 */
struct tcam *loaded_tcam(const char *path, const struct loaded_list *list,
			 uint32_t program, const struct device *device,
			 struct buffer *payload);

/* DIR of bpf/targets, with the name of a device's description in it */
char *target_path(const char *name);

#endif /* OFFLOAD_COMPILER_LOAD_H */
