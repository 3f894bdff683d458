// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The mutations of those fuzzers that read JSON.
 *
 * Changes of bytes rarely leave a canonical document, so the readers' checks
 * behind the first would hardly be met: these are changes of values.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed);

struct mutation {
	unsigned int	seed;
	json_t		*root;
};

static unsigned int draw(struct mutation *m, unsigned int below)
{
	m->seed = m->seed * 1103515245 + 12345;
	return below ? (m->seed >> 8) % below : 0;
}

static json_t *child(json_t *value, unsigned int n, const char **key)
{
	const char *k;
	json_t *v;

	*key = NULL;
	if (json_is_array(value))
		return json_array_get(value, n);
	json_object_foreach(value, k, v)
		if (!n--) {
			*key = k;
			return v;
		}
	return NULL;
}

static unsigned int children(const json_t *value)
{
	return json_is_array(value) ? json_array_size(value) :
				      json_object_size(value);
}

/* A value somewhere, with its parent: deep ones are as likely as others */
static json_t *pick(struct mutation *m, json_t **parent, unsigned int *index)
{
	json_t *at = m->root, *found = NULL;
	const char *key;

	while (children(at)) {
		unsigned int n = draw(m, children(at));

		*parent = at;
		*index = n;
		found = at = child(at, n, &key);
		if (!draw(m, 5))
			break;
	}
	return found;
}

static json_t *other_number(struct mutation *m, json_int_t old)
{
	static const json_int_t edges[] = {
		0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 64, 127, 128, 129, 255, 256,
		65535, 65536, 1 << 20, INT32_MAX, UINT32_MAX, -1, -2, INT32_MIN,
	};

	if (draw(m, 2))
		return json_integer(old + (json_int_t)draw(m, 5) - 2);
	return json_integer(edges[draw(m, sizeof(edges) / sizeof(edges[0]))]);
}

static json_t *other_value(struct mutation *m, json_t *old)
{
	json_t *parent, *from;
	unsigned int index;

	if (json_is_integer(old) && draw(m, 4))
		return other_number(m, json_integer_value(old));
	if (json_is_boolean(old) && draw(m, 8))
		return json_boolean(!json_boolean_value(old));
	/* Another of the document, of the same type if there is luck */
	for (int i = 0; i < 8; i++) {
		from = pick(m, &parent, &index);
		if (from && json_typeof(from) == json_typeof(old))
			return json_deep_copy(from);
	}
	return draw(m, 2) ? json_array() : json_null();
}

static void change(struct mutation *m)
{
	json_t *parent = NULL, *old;
	unsigned int index = 0;
	const char *key;

	old = pick(m, &parent, &index);
	if (!old)
		return;
	child(parent, index, &key);
	if (!key) {
		switch (draw(m, 4)) {
		case 0:
			json_array_remove(parent, index);
			return;
		case 1:
			json_array_insert_new(parent, index, json_deep_copy(old));
			return;
		default:
			json_array_set_new(parent, index, other_value(m, old));
			return;
		}
	}
	if (!draw(m, 12))
		json_object_del(parent, key);
	else
		json_object_set_new(parent, key, other_value(m, old));
}

/* A document with one value changed, dropped, doubled, or replaced by another
 * of its own; written canonically. 0 if @data is no JSON.
 */
static size_t json_mutate(uint8_t *data, size_t size, size_t max,
			  unsigned int seed)
{
	struct mutation m = { .seed = seed };
	char *text;
	size_t len;

	m.root = json_loadb((char *)data, size, 0, NULL);
	if (!m.root)
		return 0;
	do
		change(&m);
	while (!draw(&m, 3));
	text = json_dumps(m.root, JSON_COMPACT | JSON_SORT_KEYS |
				  JSON_ENSURE_ASCII);
	json_decref(m.root);
	len = text ? strlen(text) : 0;
	if (len > max)
		len = 0;
	if (len)
		memcpy(data, text, len);
	free(text);
	return len;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed)
{
	size_t len = seed % 8 ? json_mutate(data, size, max, seed) : 0;

	return len ? len : LLVMFuzzerMutate(data, size, max);
}
