// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Device descriptions: bpf/targets/NAME.json. */
#include <string.h>

#include <jansson.h>

#include "oc.h"

static const struct {
	const char	*key;
	size_t		offset;
} numbers[] = {
	{ "states", offsetof(struct device, states) },
	{ "entries", offsetof(struct device, entries) },
	{ "key_bits", offsetof(struct device, key_bits) },
	{ "key_parts", offsetof(struct device, key_parts) },
	{ "part_bits", offsetof(struct device, part_bits) },
	{ "fixed_parts", offsetof(struct device, fixed_parts) },
	{ "lookahead", offsetof(struct device, lookahead) },
	{ "cursor", offsetof(struct device, cursor) },
	{ "first_at_cursor", offsetof(struct device, first_at_cursor) },
	{ "advance", offsetof(struct device, advance) },
	{ "window", offsetof(struct device, window) },
	{ "extracts", offsetof(struct device, extracts) },
	{ "tables", offsetof(struct device, tables) },
	{ "table_entries", offsetof(struct device, table_entries) },
	{ "outputs", offsetof(struct device, outputs) },
	{ "part_levels", offsetof(struct device, part_levels) },
	{ "counters", offsetof(struct device, counters) },
	{ "repeats", offsetof(struct device, repeats) },
	{ "steps", offsetof(struct device, steps) },
	{ "length_terms", offsetof(struct device, length_terms) },
	{ "multiplier", offsetof(struct device, multiplier) },
};

#define NUM_NUMBERS	(sizeof(numbers) / sizeof(numbers[0]))

static bool read_number(const char *path, const json_t *root, size_t i,
			struct device *device)
{
	const json_t *value = json_object_get(root, numbers[i].key);

	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > UINT32_MAX) {
		diag_error(path, 0, NULL,
			   "'%s' must be there and an integer from 0 to %u",
			   numbers[i].key, UINT32_MAX);
		return false;
	}
	*(uint32_t *)((char *)device + numbers[i].offset) =
		json_integer_value(value);
	return true;
}

static bool read_name(const char *path, const json_t *root,
		      struct device *device)
{
	const char *name = json_string_value(json_object_get(root, "name"));

	if (!name || !*name || strlen(name) >= sizeof(device->name)) {
		diag_error(path, 0, NULL,
			   "'name' must be a string of 1 to %zu characters",
			   sizeof(device->name) - 1);
		return false;
	}
	memcpy(device->name, name, strlen(name));
	return true;
}

static bool is_known(const char *key)
{
	for (size_t i = 0; i < NUM_NUMBERS; i++)
		if (!strcmp(numbers[i].key, key))
			return true;
	return !strcmp(key, "name");
}

static bool read_device(const char *path, json_t *root, struct device *device)
{
	const char *key;
	json_t *value;

	if (!json_is_object(root)) {
		diag_error(path, 0, NULL, "a target must be a JSON object");
		return false;
	}
	json_object_foreach(root, key, value)
		if (!is_known(key)) {
			diag_error(path, 0, NULL, "unknown resource '%s'", key);
			return false;
		}
	for (size_t i = 0; i < NUM_NUMBERS; i++)
		if (!read_number(path, root, i, device))
			return false;
	return read_name(path, root, device);
}

bool device_read(const char *path, struct device *device)
{
	struct buffer text = {};
	json_error_t error;
	json_t *root;
	bool good;

	memset(device, 0, sizeof(*device));
	if (!file_read(path, &text))
		return false;
	root = json_loadb(text.data ? text.data : "", text.size,
			  JSON_REJECT_DUPLICATES, &error);
	buffer_free(&text);
	if (!root) {
		diag_error(path, error.line > 0 ? error.line : 0, NULL, "%s",
			   error.text);
		return false;
	}
	good = read_device(path, root, device);
	json_decref(root);
	return good;
}
