/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_CHECK_H
#define OFFLOAD_COMPILER_CHECK_H

#include "oc.h"

struct check {
	const char		*path;		/* where no line is known */
	const struct parser	*parser;
	bool			ordinary[MAX_NODES];	/* reached by .next */
	bool			element[MAX_NODES];	/* or in a part */
};

static inline u128 ones(uint32_t bits)
{
	return bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0;
}

#define node_file(c, node) ((node)->file ? (node)->file : (c)->path)
#define node_error(c, node, line, token, ...) \
	diag_error(node_file(c, node), line, token, __VA_ARGS__)
#define node_warning(c, node, line, token, ...) \
	diag_warning(node_file(c, node), line, token, __VA_ARGS__)

/* What a length of a node can be; rest counts as the fixed header and more */
struct bounds {
	int64_t	low, high;
};

/* check_node.c */
bool may_be_written(uint32_t verdict);
void check_node(const struct check *c, const struct node *node);
void check_fields(const struct check *c, const struct node *node,
		  const char *owner, uint32_t line, const struct field *fields,
		  uint32_t num, uint32_t bytes);
void check_terms(const struct check *c, const struct node *node,
		 const char *owner, uint32_t line, const struct length *length);
void check_lookup(const struct check *c, const struct node *node,
		  const char *owner, uint32_t line,
		  const struct lookup *lookup, const struct field *fields);
struct bounds length_bounds(const struct node *node,
			    const struct length *length);
struct bounds node_bounds(const struct node *node);

void check_conds(const struct check *c, const struct node *node);
void check_map(const struct check *c, const struct map *map);
void check_parts(const struct check *c, const struct node *node);

/* check_graph.c */
void check_roles(const struct check *c);
void check_depth(const struct check *c);
void check_loops(const struct check *c);
void check_advance(const struct check *c);

void check_reach(const struct check *c);	/* check_use.c */

#endif /* OFFLOAD_COMPILER_CHECK_H */
