/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* From what the language left in the object to struct parser */
#ifndef OFFLOAD_COMPILER_SOURCE_H
#define OFFLOAD_COMPILER_SOURCE_H

#include "netprog_abi.h"
#include "oc.h"

struct named {			/* what NODE, MAP, ... defined */
	const char	*name;
	const void	*raw;		/* struct np_*; a map: its entries */
	uint32_t	num;		/* entries of a map */
	bool		used;		/* by any parser of the source */
};

struct named_list {
	const char	*what;		/* for messages: "node" */
	struct named	*items;
	uint32_t	num;
};

enum { NODES, MAPS, OUTPUTS, COUNTERS, TABLES, PARSERS, NUM_LISTS };

struct source {
	const char	*path;
	struct object	*object;
	struct named_list lists[NUM_LISTS];
	bool		failed;
};

struct builder {		/* of one parser */
	struct source	*src;
	struct parser	*parser;
	uint32_t	*nodes, *maps;	/* index in the source's lists */
	struct np_where	written[PARSE_MAX_OUTPUTS];	/* first place */
};

/* Errors at a place of the source; @token is what the caret points at */
void source_error(struct source *src, const struct np_where *where,
		  const char *token, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void source_unknown(struct source *src, const struct np_where *where,
		    const struct named_list *list, const char *name);
const char *source_file(const struct source *src, const struct np_where *where);
const char *source_string(struct source *src, uint64_t address);
struct named *source_find(const struct named_list *list, const char *name);

/* source_parser.c */
struct parser *source_parser(struct source *src, struct named *item);
int32_t builder_map(struct builder *b, const struct np_where *where,
		    const char *name);
uint32_t builder_node(struct builder *b, const struct np_where *where,
		      const char *name);
uint32_t builder_output(struct builder *b, const struct np_where *where,
			const char *name);
uint32_t builder_counter(struct builder *b, const struct np_where *where,
			 const char *name);
struct target builder_target(struct builder *b, const struct np_where *where,
			     const char *name);

/* Where fields are collected, those of one header only: a node, or what the
 * lookup of a part reads.
 */
struct fields {
	struct builder	*b;
	const char	*owner;		/* for messages: "node ipv4" */
	const char	*header;
	struct field	**list;
	uint32_t	*num;
};

/* source_node.c */
void source_node(struct builder *b, struct node *node,
		 const struct np_node *raw);
u128 source_value(const struct np_value *value);
uint32_t source_field(struct fields *fields, const struct np_field *field);
void source_length(struct fields *fields, struct length *length,
		   const struct np_length *raw);
void source_lookup(struct fields *fields, struct lookup *lookup,
		   const struct np_next *next);

/* source_part.c */
void source_parts(struct fields *fields, struct node *node, uint64_t list);

#endif /* OFFLOAD_COMPILER_SOURCE_H */
