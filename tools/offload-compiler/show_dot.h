/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Where the nodes of a parse graph stand in its picture */
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

/* Fills in places and maps */
void find_places(struct drawing *drawing);

const struct map *map_of(const struct drawing *drawing,
			 const struct lookup *lookup);
uint32_t num_entries(const struct map *map);
const struct entry *entry_of(const struct map *map, uint32_t i);
/* There is an exact entry for every key: nothing is left for otherwise */
bool is_total(const struct map *map);

#endif /* OFFLOAD_COMPILER_SHOW_DOT_H */
