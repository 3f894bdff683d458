/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What the files of the CPR's reader share. After the first fault all is moot:
 * the getters go on to return something harmless, and only that is reported.
 */
#ifndef OFFLOAD_COMPILER_CPR_READ_H
#define OFFLOAD_COMPILER_CPR_READ_H

#include <jansson.h>

#include "cpr.h"

struct reader {
	const char	*path;
	struct parser	*parser;
	bool		failed;
};

/* ---- cpr_json.c: values, and faults named by their JSON pointer (RFC 6901) -- */

void fault(struct reader *r, const char *at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Pointers are short: names of our own and indices */
struct pointer { char s[128]; };
struct pointer sub(const char *at, const char *key);
struct pointer sub_index(const char *at, size_t index);

/* An object with just these keys, NULL behind them; those behind "?" may be
 * missing
 */
bool has_keys(struct reader *r, json_t *obj, const char *at,
	      const char * const *keys);
int64_t get_int(struct reader *r, json_t *obj, const char *at, const char *key,
		int64_t min, int64_t max);
bool get_bool(struct reader *r, json_t *obj, const char *at, const char *key);
const char *get_string(struct reader *r, json_t *obj, const char *at,
		       const char *key);
const char *get_name(struct reader *r, json_t *obj, const char *at);
/* The index of the word, which has to be one of the list */
uint32_t get_word(struct reader *r, json_t *obj, const char *at,
		  const char *key, const char * const *words, uint32_t num);
json_t *get_list(struct reader *r, json_t *obj, const char *at,
		 const char *key, size_t max);
u128 get_value(struct reader *r, json_t *obj, const char *at, const char *key,
	       uint32_t bits);

/* ---- cpr_read_node.c, cpr_read_part.c, cpr_read_lists.c ---------------------- */

/* The index that obj[key] names, in a list of structs that start with the name */
uint32_t get_index(struct reader *r, json_t *obj, const char *at,
		   const char *key, const char *what, const void *list,
		   uint32_t num, size_t size);
uint32_t get_field(struct reader *r, json_t *obj, const char *at,
		   const struct field *fields, uint32_t num);
uint32_t get_counter(struct reader *r, json_t *obj, const char *at);
uint32_t get_node(struct reader *r, json_t *obj, const char *at,
		  const char *key);
struct target read_target(struct reader *r, json_t *obj, const char *at,
			  const char *key);
void read_fields(struct reader *r, json_t *obj, const char *at,
		 struct field **fields, uint32_t *num, uint32_t bytes);
void read_terms(struct reader *r, json_t *obj, const char *at,
		const struct node *node, struct length *length);
void read_lookup(struct reader *r, json_t *obj, const char *at,
		 struct lookup *lookup, const struct field *fields,
		 uint32_t num_fields);
void read_node(struct reader *r, json_t *obj, const char *at,
	       struct node *node);
void read_parts(struct reader *r, json_t *obj, const char *at,
		struct node *node);

void read_inputs(struct reader *r, json_t *root);
void read_counters(struct reader *r, json_t *root);
void read_outputs(struct reader *r, json_t *root);
void read_map(struct reader *r, json_t *obj, const char *at, struct map *map);
void read_table(struct reader *r, json_t *obj, const char *at,
		struct table *table);

#endif /* OFFLOAD_COMPILER_CPR_READ_H */
