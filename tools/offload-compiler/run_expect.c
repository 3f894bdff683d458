// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What is expected of the packets of a capture, as `vectors` writes it */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "run.h"

/**
 * expect_write() - a result as members of a JSON object
 * @parser: of the result
 * @res: the result
 * @json: to write to
 */
void expect_write(const struct parser *parser, const struct parse_result *res,
		  struct buffer *json)
{
	const char *comma = "";

	buffer_printf(json, "\"verdict\": \"%s\", \"nodes\": %u, \"encaps\": %u, \"outputs\": {",
		      parse_verdict_names[res->verdict], res->nodes, res->encaps);
	for (uint32_t i = 0; i < parser->num_outputs; i++) {
		uint32_t bytes = (parser->outputs[i].bits + 7) / 8;

		if (!(res->present >> i & 1))
			continue;
		buffer_printf(json, "%s\"%s\": \"", comma, parser->outputs[i].name);
		for (uint32_t k = PARSE_VALUE_BYTES - bytes; k < PARSE_VALUE_BYTES; k++)
			buffer_printf(json, "%02x", res->value[i][k]);
		buffer_printf(json, "\"");
		comma = ", ";
	}
	buffer_printf(json, "}");
}

static bool wrong(const char *path, uint32_t packet, const char *what)
{
	diag_error(path, 0, NULL, "packet %u: %s", packet, what);
	return false;
}

static bool read_number(json_t *object, const char *key, uint32_t *number)
{
	json_t *value = json_object_get(object, key);

	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > UINT32_MAX)
		return false;
	*number = json_integer_value(value);
	return true;
}

static bool read_verdict(json_t *object, uint32_t *verdict)
{
	const char *name = json_string_value(json_object_get(object, "verdict"));

	for (uint32_t i = 0; name && i < PARSE_NUM_VERDICTS; i++) {
		if (strcmp(name, parse_verdict_names[i]))
			continue;
		*verdict = i;
		return true;
	}
	return false;
}

static bool read_hex(const char *hex, uint8_t value[PARSE_VALUE_BYTES])
{
	size_t len = hex ? strlen(hex) : 1;

	if (len % 2 || len > 2 * PARSE_VALUE_BYTES ||
	    strspn(hex, "0123456789abcdef") != len)
		return false;
	for (size_t i = 0; i < len / 2; i++)
		sscanf(hex + 2 * i, "%2hhx",
		       &value[PARSE_VALUE_BYTES - len / 2 + i]);
	return true;
}

static bool read_outputs(const char *path, uint32_t packet,
			 const struct parser *parser, json_t *outputs,
			 struct parse_result *res)
{
	const char *name;
	json_t *value;

	json_object_foreach(outputs, name, value) {
		uint32_t i = 0;

		while (i < parser->num_outputs &&
		       strcmp(parser->outputs[i].name, name))
			i++;
		if (i == parser->num_outputs)
			return wrong(path, packet, "has an output that the program has not");
		if (!read_hex(json_string_value(value), res->value[i]))
			return wrong(path, packet, "the value of an output must be hexadecimal digits");
		res->present |= 1ULL << i;
	}
	return true;
}

static bool read_packet(const char *path, uint32_t number,
			const struct parser *parser, json_t *object,
			struct expected *expected)
{
	const char *purpose =
		json_string_value(json_object_get(object, "purpose"));
	json_t *outputs = json_object_get(object, "outputs");
	struct parse_result *res = &expected->result;

	if (!purpose || !read_number(object, "inputs", &expected->inputs) ||
	    !read_number(object, "nodes", &res->nodes) ||
	    !read_number(object, "encaps", &res->encaps) ||
	    !read_verdict(object, &res->verdict) || !json_is_object(outputs))
		return wrong(path, number, "must have purpose, inputs, verdict, nodes, encaps and outputs");
	expected->purpose = xstrdup(purpose);
	return read_outputs(path, number, parser, outputs, res);
}

/**
 * expect_read() - read what is expected of each packet
 * @path: of the file
 * @parser: whose outputs they are
 * @list: to be filled; expect_free() frees it, also on failure
 *
 * Return: false after a diagnostic.
 */
bool expect_read(const char *path, const struct parser *parser,
		 struct expected_list *list)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error), *packets, *packet;
	bool good = true;
	size_t i;

	if (!root) {
		diag_error(path, error.line > 0 ? error.line : 0, NULL, "%s",
			   error.text);
		return false;
	}
	packets = json_object_get(root, "packets");
	list->packets = xcalloc(json_array_size(packets),
				sizeof(*list->packets));
	json_array_foreach(packets, i, packet) {
		list->num++;
		good = read_packet(path, i + 1, parser, packet,
				   &list->packets[i]);
		if (!good)
			break;
	}
	if (!json_is_array(packets)) {
		diag_error(path, 0, NULL, "has no list of \"packets\"");
		good = false;
	}
	json_decref(root);
	return good;
}

void expect_free(struct expected_list *list)
{
	for (uint32_t i = 0; i < list->num; i++)
		free(list->packets[i].purpose);
	free(list->packets);
	memset(list, 0, sizeof(*list));
}
