// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What is known of functions that came up before: see tm_memo.h. */
#include <stdlib.h>
#include <string.h>

#include "tm_memo.h"

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* First that of no match, or BDD_FALSE: it takes no entry. Of the others it does
 * not matter what they lead to.
 */
uint32_t *tm_key_of_ways(const struct tm_state *state)
{
	uint32_t *key = xcalloc(state->num_ways + 2, sizeof(*key));

	for (uint32_t i = 0; i < state->num_ways; i++) {
		const struct tm_way *way = &state->ways[i];

		key[i + 1] = way->guard;
		if (way->target.stop && !way->ops &&
		    way->target.index == PARSE_NO_MATCH)
			key[0] = way->guard;
	}
	qsort(key + 1, state->num_ways, sizeof(*key), compare_numbers);
	return key;
}

static uint32_t hash_of(const uint32_t *key, uint32_t num)
{
	uint64_t h = num;

	for (uint32_t i = 0; i < num; i++) {
		h = (h ^ key[i]) * 0x9e3779b97f4a7c15ULL;
		h ^= h >> 31;
	}
	return h;
}

static struct tm_known *find(const struct tm_memo *memo, const uint32_t *key,
			     uint32_t num)
{
	uint32_t at = hash_of(key, num) & (memo->size - 1);

	while (memo->table[at].key &&
	       (memo->table[at].num != num ||
		memcmp(memo->table[at].key, key, num * sizeof(*key))))
		at = (at + 1) & (memo->size - 1);
	return &memo->table[at];
}

static void grow(struct tm_memo *memo)
{
	struct tm_memo old = *memo;

	memo->size = old.size ? 2 * old.size : 1024;
	memo->table = xcalloc(memo->size, sizeof(*memo->table));
	for (uint32_t i = 0; i < old.size; i++)
		if (old.table[i].key)
			*find(memo, old.table[i].key, old.table[i].num) =
				old.table[i];
	free(old.table);
}

/**
 * tm_recall() - what is known of a key
 * @memo: all zero at first
 * @key: to be freed with the memo
 * @num: of its numbers
 *
 * Return: its entry; if it is new, nothing is known: a cost of 0 or more.
 */
struct tm_known *tm_recall(struct tm_memo *memo, uint32_t *key, uint32_t num)
{
	struct tm_known *known;

	if (2 * memo->num >= memo->size)
		grow(memo);
	known = find(memo, key, num);
	if (known->key) {
		free(key);
		return known;
	}
	*known = (struct tm_known){ .key = key, .num = num, .at_least = true };
	memo->num++;
	return known;
}

void tm_memo_free(struct tm_memo *memo)
{
	for (uint32_t i = 0; i < memo->size; i++)
		free(memo->table[i].key);
	free(memo->table);
}
