// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Of the entries of a map: which are alike, and which never match */
#include "check.h"

#define map_file(c, map) ((map)->file ? (map)->file : (c)->path)

static void check_entry(const struct check *c, const struct map *map,
			const struct entry *e)
{
	const char *file = map_file(c, map);

	if (e->key > ones(map->bits) || e->mask > ones(map->bits))
		diag_error(file, e->line, NULL,
			   "the key is wider than the %u bits that map %s is looked up with",
			   map->bits, map->name);
	else if (e->range && e->key > e->mask)
		diag_error(file, e->line, NULL,
			   "the range ends before it starts, so it never matches: give the lower end first");
	else if (!e->range && e->key & ~e->mask)
		diag_error(file, e->line, NULL,
			   "the key has bits set that its mask leaves out, so it never matches");
	if (e->target.type == TARGET_STOP && !may_be_written(e->target.index))
		diag_error(file, e->line, NULL,
			   "an entry cannot end a parse that way");
}

/* The smallest value from @low on that the ternary entry matches */
static bool next_match(const struct entry *e, u128 low, uint32_t bits, u128 *next)
{
	if ((low & e->mask) == e->key) {
		*next = low;
		return true;
	}
	/* It has the bits of @low above one that is 0 there and 1 here */
	for (uint32_t i = 0; i < bits; i++) {
		u128 bit = (u128)1 << i, above = ~(bit | (bit - 1));

		if (low & bit || (e->mask & bit && !(e->key & bit)) ||
		    ((low ^ e->key) & e->mask & above))
			continue;
		*next = (low & above) | bit | (e->key & (bit - 1));
		return true;
	}
	return false;
}

static bool overlap(const struct entry *a, const struct entry *b, uint32_t bits)
{
	u128 next;

	if (a->range && b->range)
		return a->key <= b->mask && b->key <= a->mask;
	if (a->range)
		return overlap(b, a, bits);
	if (b->range)
		return next_match(a, b->key, bits, &next) && next <= b->mask;
	return !((a->key ^ b->key) & a->mask & b->mask);
}

/* All keys of @low match @high as well, and that comes first */
static bool hides(const struct entry *high, const struct entry *low, uint32_t bits)
{
	u128 first = low->key, last = low->range ? low->mask :
				      low->key | (ones(bits) & ~low->mask);
	u128 differ = first ^ last;

	if (high->range)
		return high->key <= first && last <= high->mask;
	if (!low->range)
		return (high->mask & low->mask) == high->mask &&
		       overlap(high, low, bits);
	/* Within a range all bits take both values from the first that differs */
	for (uint32_t i = 1; i < bits; i <<= 1)
		differ |= differ >> i;
	return !(high->mask & differ) && (first & high->mask) == high->key;
}

static void check_hidden(const struct check *c, const struct map *map,
			 const struct entry *low)
{
	const struct entry *high = NULL;

	for (uint32_t i = 0; i < map->num_exact && !high; i++)
		if (hides(&map->exact[i], low, map->bits))
			high = &map->exact[i];
	for (uint32_t i = 0; i < map->num_ternary && !high; i++)
		if (map->ternary[i].priority > low->priority &&
		    hides(&map->ternary[i], low, map->bits))
			high = &map->ternary[i];
	if (high)
		diag_error(map_file(c, map), low->line, NULL,
			   "this entry of map %s never matches: that of line %u comes first",
			   map->name, high->line);
}

static void check_ternary(const struct check *c, const struct map *map,
			  const struct entry *e)
{
	check_entry(c, map, e);
	check_hidden(c, map, e);
	if (e->priority > INT32_MAX)
		diag_error(map_file(c, map), e->line, NULL,
			   "the priority is %u, at most %d is possible",
			   e->priority, INT32_MAX);
	for (const struct entry *other = map->ternary; other < e; other++)
		if (other->priority == e->priority &&
		    overlap(other, e, map->bits))
			diag_error(map_file(c, map), e->line, NULL,
				   "this entry of map %s overlaps that of line %u: give them different priorities",
				   map->name, other->line);
}

void check_map(const struct check *c, const struct map *map)
{
	if (map->bits > MAX_KEY_BITS)	/* as is said of its lookups */
		return;
	for (uint32_t i = 0; i < map->num_exact; i++) {
		const struct entry *e = &map->exact[i];

		check_entry(c, map, e);
		if (i && e->key == e[-1].key)
			diag_error(map_file(c, map), e->line, NULL,
				   "map %s has two entries for this key: 0x%llx",
				   map->name, (unsigned long long)e->key);
	}
	for (uint32_t i = 0; i < map->num_ternary; i++)
		check_ternary(c, map, &map->ternary[i]);
}
