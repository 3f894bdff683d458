// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The importers' view of a document: places, faults, members and their types */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define MAX_TOLD	1000	/* of a document that is something else */
#define MAX_ITEMS	4096	/* of one list */

static void add_text(struct buffer *buf, const struct place *at)
{
	if (!at->up) {
		buffer_printf(buf, "%s", at->key);
		return;
	}
	add_text(buf, at->up);
	if (!at->key) {
		buffer_printf(buf, "/%zu", at->index);
		return;
	}
	buffer_add(buf, "/", 1);
	for (const char *c = at->key; *c; c++) {
		if (*c == '~' || *c == '/')
			buffer_add(buf, *c == '~' ? "~0" : "~1", 2);
		else
			buffer_add(buf, c, 1);
	}
}

/* The JSON pointer (RFC 6901) */
char *place_text(const struct place *at)
{
	struct buffer buf = {};

	buffer_add(&buf, "", 0);
	add_text(&buf, at);
	return buf.data;
}

static void make_printable(char *s)
{
	for (; *s; s++)
		if (*s < ' ' || *s == 0x7f)
			*s = '?';
}

static char *message(const char *fmt, va_list args)
{
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		return xstrdup(fmt);
	make_printable(text);
	return text;
}

char *place_file(const struct import *im, const struct place *at)
{
	char *text = place_text(at), *where;

	make_printable(text);
	where = xasprintf("%s:%s", im->path, *text ? text : "/");
	free(text);
	return where;
}

/* A table that two nodes use is read twice, and wrong but once */
static bool is_new(struct import *im, const char *where, const char *text)
{
	char *told = xasprintf("%s %s", where, text);

	for (uint32_t i = 0; i < im->num_told; i++)
		if (!strcmp(im->told[i], told)) {
			free(told);
			return false;
		}
	im->told = xrealloc(im->told, (im->num_told + 1) * sizeof(*im->told));
	im->told[im->num_told++] = told;
	return im->num_told <= MAX_TOLD;
}

static void tell(struct import *im, const struct place *at,
		 void (*print)(const char *file, unsigned int line,
			       const char *token, const char *fmt, ...),
		 const char *fmt, va_list args)
{
	char *where, *text;

	if (im->num_told > MAX_TOLD)
		return;
	text = message(fmt, args);
	where = place_file(im, at);
	if (is_new(im, where, text))
		print(where, 0, NULL, "%s", text);
	free(where);
	free(text);
}

void import_fault(struct import *im, const struct place *at, const char *fmt,
		  ...)
{
	va_list args;

	im->failed = true;
	va_start(args, fmt);
	tell(im, at, diag_error, fmt, args);
	va_end(args);
}

void import_warning(struct import *im, const struct place *at, const char *fmt,
		    ...)
{
	va_list args;

	va_start(args, fmt);
	tell(im, at, diag_warning, fmt, args);
	va_end(args);
}

/* ---- members ------------------------------------------------------------ */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(const char *s, u128 *value)
{
	uint32_t digits = 0;

	if (!s || s[0] != '0' || s[1] != 'x' || !s[2])
		return false;
	*value = 0;
	for (s += 2; *s; s++) {
		if (hex_digit(*s) < 0)
			return false;
		digits += digits || *s != '0';
		*value = *value << 4 | hex_digit(*s);
	}
	return digits <= 32;
}

static bool in_range(json_t *value, json_int_t min, json_int_t max)
{
	json_int_t v = json_integer_value(value);

	return json_is_integer(value) && v >= min && v <= max;
}

/* What is wrong with it; NULL: nothing */
static const char *type_fault(json_t *value, char type)
{
	u128 hex;

	switch (type) {
	case 'b':
		return json_is_boolean(value) ? NULL : "is not true or false";
	case 'u':
		return in_range(value, 0, INT32_MAX) ? NULL :
			"is not an integer from 0 to 2147483647";
	case 'i':
		return in_range(value, -MAX_LENGTH_ADD, MAX_LENGTH_ADD) ? NULL :
			"is not an integer from -65535 to 65535";
	case 'v':
		return in_range(value, 0, INT64_MAX) ? NULL :
			"is not an integer from 0";
	case 'h':
		return read_hex(json_string_value(value), &hex) ? NULL :
			"is not a string \"0x...\" of up to 32 lower-case hex digits";
	case 'k':
		return in_range(value, 0, INT64_MAX) ||
		       read_hex(json_string_value(value), &hex) ? NULL :
			"is neither an integer from 0 nor a string \"0x...\" of up to 32 lower-case hex digits";
	case 's':
		return json_is_string(value) && *json_string_value(value) ?
			NULL : "is not a string, or empty";
	case 'o':
		return json_is_object(value) ? NULL : "is not an object";
	case 'l':
		if (json_array_size(value) > MAX_ITEMS)
			return "has more than 4096 items";
		return json_is_array(value) ? NULL : "is not a list";
	}
	return NULL;		/* '?': its reader looks */
}

static void unknown_member(struct import *im, const struct place *at,
			   const char *key, const struct member *members)
{
	static const char * const names[] = { "", "XDP2", "kParser" };

	for (; members->name; members++)
		if (!strcmp(members->name, key))
			break;
	if (members->name)
		import_fault(im, AT(at, key),
			     "is of the other dialect: %s does not have it here",
			     names[im->dialect]);
	else
		import_fault(im, AT(at, key), "is not known here");
}

static const struct member *find_member(const struct import *im,
					const struct member *members,
					const char *key)
{
	for (; members->name; members++)
		if (!strcmp(members->name, key) &&
		    members->in & 1 << im->dialect)
			return members;
	return NULL;
}

bool import_members(struct import *im, json_t *obj, const struct place *at,
		    const struct member *members)
{
	const struct member *m;
	const char *key, *wrong;
	json_t *value;

	if (!json_is_object(obj)) {
		import_fault(im, at, "is not an object");
		return false;
	}
	json_object_foreach(obj, key, value) {
		m = find_member(im, members, key);
		wrong = m ? type_fault(value, m->type) : NULL;
		if (!m)
			unknown_member(im, at, key, members);
		else if (wrong)
			import_fault(im, AT(at, key), "%s", wrong);
	}
	for (m = members; m->name; m++)
		if (m->needed & 1 << im->dialect &&
		    !json_object_get(obj, m->name))
			import_fault(im, AT(at, m->name), "is missing");
	return true;
}

uint32_t member_uint(json_t *obj, const char *key, uint32_t missing)
{
	json_t *value = json_object_get(obj, key);

	return value && !type_fault(value, 'u') ? json_integer_value(value) :
						  missing;
}

int32_t member_int(json_t *obj, const char *key, int32_t missing)
{
	json_t *value = json_object_get(obj, key);

	return value && !type_fault(value, 'i') ? json_integer_value(value) :
						  missing;
}

bool member_bool(json_t *obj, const char *key, bool missing)
{
	json_t *value = json_object_get(obj, key);

	return json_is_boolean(value) ? json_is_true(value) : missing;
}

const char *member_string(json_t *obj, const char *key)
{
	const char *s = json_string_value(json_object_get(obj, key));

	return s && *s ? s : NULL;
}

bool member_value(json_t *obj, const char *key, u128 *value)
{
	json_t *v = json_object_get(obj, key);

	if (!v || type_fault(v, 'k'))
		return false;
	if (json_is_integer(v)) {
		*value = json_integer_value(v);
		return true;
	}
	return read_hex(json_string_value(v), value);
}

json_t *member_object(json_t *obj, const char *key)
{
	json_t *value = json_object_get(obj, key);

	return json_is_object(value) ? value : NULL;
}

json_t *member_list(json_t *obj, const char *key)
{
	json_t *value = json_object_get(obj, key);

	return value && !type_fault(value, 'l') ? value : NULL;
}

/* ---- items with names --------------------------------------------------- */

json_t *find_item(struct import *im, const char *list, const char *name,
		  size_t *index)
{
	json_t *item;
	size_t i;

	json_array_foreach(member_list(im->root, list), i, item) {
		const char *own = member_string(item, "name");

		if (!own || strcmp(own, name))
			continue;
		*index = i;
		return item;
	}
	return NULL;
}

json_t *need_item(struct import *im, const struct place *at, const char *list,
		  const char *name, size_t *index)
{
	json_t *found = find_item(im, list, name, index), *item;
	size_t best = strlen(name) < 6 ? 1 : strlen(name) / 3, i;
	const char *meant = NULL;

	if (found)
		return found;
	json_array_foreach(member_list(im->root, list), i, item) {
		const char *own = member_string(item, "name");
		size_t edits = own ? name_distance(name, own) : best + 1;

		if (edits < best || (edits == best && !meant)) {
			best = edits;
			meant = own;
		}
	}
	if (meant)
		import_fault(im, at,
			     "there is no \"%s\" in /%s; did you mean \"%s\"?",
			     name, list, meant);
	else
		import_fault(im, at, "there is no \"%s\" in /%s", name, list);
	return NULL;
}
