// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Where the nodes of a parse graph stand in its picture: at the lowest level of
 * encapsulation that a packet can reach them at, there by their distance from
 * the root, elements with the owner of their part.
 */
#include "show_dot.h"

const struct map *map_of(const struct drawing *d, const struct lookup *lookup)
{
	return lookup->map < 0 ? NULL : &d->p->maps[lookup->map];
}

uint32_t num_entries(const struct map *map)
{
	return map ? map->num_exact + map->num_ternary : 0;
}

const struct entry *entry_of(const struct map *map, uint32_t i)
{
	return i < map->num_exact ? &map->exact[i] :
	       &map->ternary[i - map->num_exact];
}

bool is_total(const struct map *map)
{
	return map && map->bits < 16 && map->num_exact == 1U << map->bits;
}

static void reach(struct drawing *d, struct target to, const struct place *from,
		  int32_t owner)
{
	struct place at = { from->level, from->distance + 1, owner };
	struct place *place;

	if (to.type != TARGET_NODE)
		return;
	place = &d->places[to.index];
	at.level += d->p->nodes[to.index].encap;
	if (place->level < at.level ||
	    (place->level == at.level && place->distance <= at.distance))
		return;
	*place = at;
	d->changed = true;
}

static void reach_all(struct drawing *d, const struct lookup *lookup,
		      const struct place *from, int32_t owner)
{
	const struct map *map = map_of(d, lookup);

	for (uint32_t i = 0; i < num_entries(map); i++)
		reach(d, entry_of(map, i)->target, from, owner);
	if (!is_total(map))
		reach(d, lookup->otherwise, from, owner);
}

static void reach_from(struct drawing *d, uint32_t index)
{
	const struct node *node = &d->p->nodes[index];
	const struct place *at = &d->places[index];

	for (uint32_t i = 0; i < node->num_parts; i++) {
		const struct part *part = &node->parts[i];

		if (part->type == PART_LOOP)
			reach_all(d, &part->next, at, index);
		for (uint32_t k = 0; k < part->num_flags; k++)
			if (!part->flags[k].skip)
				reach(d, (struct target){
					.index = part->flags[k].node },
				      at, index);
	}
	reach_all(d, &node->next, at, at->owner);
}

static void count_reader(struct drawing *d, const struct lookup *lookup,
			 uint32_t distance)
{
	if (lookup->map < 0)
		return;
	if (!d->maps[lookup->map].readers++ ||
	    d->maps[lookup->map].distance > distance)
		d->maps[lookup->map].distance = distance;
}

void find_places(struct drawing *d)
{
	const struct parser *p = d->p;
	struct place start = {};

	for (uint32_t i = 0; i < p->num_nodes; i++)
		d->places[i].level = NOT_REACHED;
	reach(d, (struct target){ .index = p->root }, &start, -1);
	while (d->changed) {
		d->changed = false;
		for (uint32_t i = 0; i < p->num_nodes; i++)
			if (d->places[i].level != NOT_REACHED)
				reach_from(d, i);
	}
	for (uint32_t i = 0; i < p->num_nodes; i++) {
		const struct node *node = &p->nodes[i];
		uint32_t distance = d->places[i].distance;

		count_reader(d, &node->next, distance);
		for (uint32_t k = 0; k < node->num_parts; k++)
			if (node->parts[k].type == PART_LOOP)
				count_reader(d, &node->parts[k].next, distance);
	}
}
