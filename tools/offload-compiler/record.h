/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What an image says was proved of its payloads: struct netprog_image_proof */
#ifndef OFFLOAD_COMPILER_RECORD_H
#define OFFLOAD_COMPILER_RECORD_H

#include "load.h"

enum record_result { RECORD_PROVED, RECORD_UNKNOWN, RECORD_REFUTED };

/* Proves that @payload, loaded as @tcam, is the parser; nothing is recorded if it
 * is not proved, which is a warning, or an error if it is another parser.
 */
enum record_result record_prove(const char *path, const char *target,
				const struct loaded *l, const struct tcam *tcam,
				const struct buffer *payload,
				struct netprog_image_proof *record);

/* False after a diagnostic if one of a file's records is of other bytes */
bool record_check(const char *path, const struct loaded_list *list);

/* What was recorded, in @file, and what `build` would, each NULL for nothing:
 * false after a diagnostic for each difference.
 */
bool record_compare(const char *path, const char *target,
		    const struct loaded *l,
		    const struct netprog_image_proof *file,
		    const struct netprog_image_proof *built);

/* Of an image's program: for people, and as JSON */
bool record_show(const char *path, const struct loaded_list *list,
		 uint32_t program);
bool record_show_json(const char *path, const struct loaded_list *list,
		      uint32_t program);

#endif /* OFFLOAD_COMPILER_RECORD_H */
