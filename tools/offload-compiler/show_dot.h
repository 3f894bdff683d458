/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The picture of a parse graph: what its files share */
#ifndef OFFLOAD_COMPILER_SHOW_DOT_H
#define OFFLOAD_COMPILER_SHOW_DOT_H

#include "oc.h"

#define NOT_REACHED	UINT32_MAX

struct place {
	uint32_t	level;		/* the lowest, of encapsulation */
	uint32_t	distance;	/* of the level's shortest way: edges */
	int32_t		owner;		/* of the part it is in; -1: none */
};

struct drawing {
	const struct parser	*p;
	FILE			*out;
	struct place		places[MAX_NODES];
	struct {
		uint32_t	readers;
		uint32_t	distance;	/* of the nearest reader */
		bool		drawn;
	} maps[MAX_ENTRIES];
	bool			changed;
};

/* ---- show_place.c ---- */

/* Fills in places and maps */
void find_places(struct drawing *drawing);

const struct map *map_of(const struct drawing *drawing,
			 const struct lookup *lookup);
uint32_t num_entries(const struct map *map);
const struct entry *entry_of(const struct map *map, uint32_t i);
/* There is an exact entry for every key: nothing is left for otherwise */
bool is_total(const struct map *map);

/* ---- show_label.c ---- */

/* Where edges start: a node, a part, or a map with several readers */
struct way {
	const struct lookup	*lookup;
	const struct field	*fields;
	char			name[80];
	uint32_t		level, distance;
};

struct way node_way(const struct drawing *drawing, const struct node *node);
struct way part_way(const struct drawing *drawing, const struct node *node,
		    uint32_t index);
/* @reader's operands tell how the map's keys are read */
struct way map_way(const struct drawing *drawing, const struct way *reader);

bool is_shared(const struct drawing *drawing, const struct lookup *lookup);
bool same_target(struct target a, struct target b);
bool has_key(const struct map *map, struct target to);
/* Keys of the entries that lead to a target, "else" with them if that does */
void print_keys(const struct drawing *drawing, const struct way *way,
		struct target to, bool entries, bool with_else);
void print_key_names(const struct drawing *drawing, const struct way *way);

/* ---- show_edge.c ---- */

/* All that start at a node, at its parts, or at maps that it reads first */
void print_edges(struct drawing *drawing, const struct node *node);

#endif /* OFFLOAD_COMPILER_SHOW_DOT_H */
