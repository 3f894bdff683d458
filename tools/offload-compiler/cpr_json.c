// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Values out of JSON, each checked; a fault is named by its JSON pointer */
#include <stdarg.h>
#include <string.h>

#include "cpr_read.h"

void fault(struct reader *r, const char *at, const char *fmt, ...)
{
	char text[256];
	va_list args;

	if (r->failed)
		return;
	r->failed = true;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	diag_error(r->path, 0, NULL, "%s: %s", *at ? at : "/", text);
}

/* What does not fit is cut: a pointer is for people */
struct pointer sub(const char *at, const char *key)
{
	struct pointer p;

	snprintf(p.s, sizeof(p.s), "%.90s/%.30s", at, key);
	return p;
}

struct pointer sub_index(const char *at, size_t index)
{
	struct pointer p;

	snprintf(p.s, sizeof(p.s), "%.90s/%zu", at, index);
	return p;
}

bool has_keys(struct reader *r, json_t *obj, const char *at,
	      const char * const *keys)
{
	const char *key;
	json_t *value;
	size_t i;

	if (!json_is_object(obj)) {
		fault(r, at, "is not an object");
		return false;
	}
	for (i = 0; keys[i]; i++)
		if (*keys[i] != '?' && !json_object_get(obj, keys[i]))
			fault(r, sub(at, keys[i]).s, "is missing");
	json_object_foreach(obj, key, value) {
		for (i = 0; keys[i]; i++)
			if (!strcmp(key, keys[i] + (*keys[i] == '?')))
				break;
		if (!keys[i])
			fault(r, sub(at, key).s, "is not known here");
	}
	return !r->failed;
}

int64_t get_int(struct reader *r, json_t *obj, const char *at, const char *key,
		int64_t min, int64_t max)
{
	json_t *value = json_object_get(obj, key);
	json_int_t v = json_integer_value(value);

	if (!json_is_integer(value) || v < min || v > max) {
		fault(r, sub(at, key).s, "is not an integer from %lld to %lld",
		      (long long)min, (long long)max);
		return min;
	}
	return v;
}

bool get_bool(struct reader *r, json_t *obj, const char *at,
	      const char *key)
{
	json_t *value = json_object_get(obj, key);

	if (!json_is_boolean(value))
		fault(r, sub(at, key).s, "is not true or false");
	return json_is_true(value);
}

const char *get_string(struct reader *r, json_t *obj, const char *at,
		       const char *key)
{
	const char *s = json_string_value(json_object_get(obj, key));

	if (!s)
		fault(r, sub(at, key).s, "is not a string");
	return s ? s : "";
}

const char *get_name(struct reader *r, json_t *obj, const char *at)
{
	const char *name = get_string(r, obj, at, "name");

	if (!r->failed &&
	    (!is_identifier(name) || strlen(name) >= NETPROG_NAME_LEN))
		fault(r, sub(at, "name").s,
		      "is not a name: a letter or _, then letters, digits and _, %d at most",
		      NETPROG_NAME_LEN - 1);
	return name;
}

uint32_t get_word(struct reader *r, json_t *obj, const char *at,
		  const char *key, const char * const *words,
		  uint32_t num)
{
	const char *s = get_string(r, obj, at, key);

	for (uint32_t i = 0; i < num; i++)
		if (words[i] && !strcmp(words[i], s))
			return i;
	fault(r, sub(at, key).s, "\"%.40s\" is not known", s);
	return 0;
}

json_t *get_list(struct reader *r, json_t *obj, const char *at,
		 const char *key, size_t max)
{
	json_t *list = json_object_get(obj, key);

	if (!json_is_array(list))
		fault(r, sub(at, key).s, "is not a list");
	else if (json_array_size(list) > max)
		fault(r, sub(at, key).s, "has %zu items, %zu at most",
		      json_array_size(list), max);
	return r->failed ? NULL : list;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

u128 get_value(struct reader *r, json_t *obj, const char *at,
	       const char *key, uint32_t bits)
{
	const char *s;
	u128 value = 0;

	if (bits <= 32)
		return get_int(r, obj, at, key, 0, (1LL << bits) - 1);
	s = get_string(r, obj, at, key);
	if (strlen(s) != (bits + 3) / 4)
		fault(r, sub(at, key).s, "is not of %u hex digits",
		      (bits + 3) / 4);
	for (; *s && !r->failed; s++) {
		if (hex_digit(*s) < 0)
			fault(r, sub(at, key).s,
			      "is not in lower-case hex digits");
		else
			value = value << 4 | hex_digit(*s);
	}
	if (!r->failed && bits < 128 && value >> bits)
		fault(r, sub(at, key).s, "is wider than %u bits", bits);
	return value;
}
