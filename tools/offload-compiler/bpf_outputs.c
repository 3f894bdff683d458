// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * struct parse_NAME: what a program that is no flow dissector leaves of a
 * packet. Up to 32 bits an output is an integer in host order; a wider one has
 * bytes in network order, right-aligned, as headers have them. The largest come
 * first, so that nothing needs padding. The code writes by offset: an output may
 * have the name of one of its macros.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "bpf.h"

#define PRESENT		8	/* offset of has, a bit an output */
#define VALUE		16	/* of the first output */

static uint32_t output_size(uint32_t bits)
{
	uint32_t size = (bits + 7) / 8;

	return size == 3 ? 4 : size;
}

/* Of its member and of the stores that write it */
static uint32_t alignment(uint32_t size)
{
	uint32_t align = size & -size;

	return align < 8 ? align : 8;
}

static const struct array *find_array(const struct parser *parser,
				      uint32_t output)
{
	uint32_t i;

	for (i = 0; i < parser->num_arrays; i++)
		if (output >= parser->arrays[i].first &&
		    output - parser->arrays[i].first < parser->arrays[i].num)
			return &parser->arrays[i];
	return NULL;
}

struct bpf_output *bpf_outputs(const struct parser *parser, uint32_t *size)
{
	struct bpf_output *list = xcalloc(parser->num_outputs + 1,
					  sizeof(*list));
	uint32_t align, i, end = VALUE;

	for (align = 8; align; align /= 2) {
		for (i = 0; i < parser->num_outputs; i++) {
			struct bpf_output *out = &list[i];

			out->size = output_size(parser->outputs[i].bits);
			out->integer = out->size <= 4;
			if (alignment(out->size) != align)
				continue;
			out->offset = end;
			end += out->size;
		}
	}
	*size = (end + 7) / 8 * 8;
	return list;
}

/* The generated C's own names for them are not for a header */
static const char *basic(uint32_t size)
{
	return size == 8 ? "unsigned long long" : size == 4 ? "unsigned int" :
	       size == 2 ? "unsigned short" : "unsigned char";
}

static const char *integer(uint32_t size)
{
	return size == 8 ? "u64" : size == 4 ? "u32" : size == 2 ? "u16" : "u8";
}

/* Words of C that are no names for members get a _ */
static const char *member(const char *name)
{
	static const char *const words[] = {
		"asm", "auto", "break", "case", "char", "const", "continue",
		"default", "do", "double", "else", "enum", "extern", "float",
		"for", "goto", "if", "inline", "int", "long", "register",
		"restrict", "return", "short", "signed", "sizeof", "static",
		"struct", "switch", "typedef", "typeof", "union", "unsigned",
		"void", "volatile", "while",
	};
	static char text[NETPROG_NAME_LEN + 2];
	bool reserved = false;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		reserved |= !strcmp(words[i], name);
	snprintf(text, sizeof(text), "%s%s", name, reserved ? "_" : "");
	return text;
}

static void put_member(const struct parser *parser, struct buffer *c,
		       const struct bpf_output *out, uint32_t output)
{
	const struct array *array = find_array(parser, output);

	if (array && array->first != output)
		return;
	buffer_printf(c, "\t\t%s %s", basic(out->integer ? out->size : 1),
		      member(array ? array->name :
				     parser->outputs[output].name));
	if (array)
		buffer_printf(c, "[%u]", array->num);
	if (!out->integer)
		buffer_printf(c, "[%u] __attribute__((aligned(%u)))", out->size,
			      alignment(out->size));
	buffer_printf(c, ";\n");
}

static void put_has(const struct parser *parser, struct buffer *c)
{
	uint32_t i;

	buffer_printf(c, "\tstruct {		/* 1: it was found */\n");
	for (i = 0; i < parser->num_outputs; i++) {
		const struct array *array = find_array(parser, i);

		if (array && array->first != i)
			continue;
		buffer_printf(c, "\t\tunsigned long long %s:%u;\n",
			      member(array ? array->name :
					     parser->outputs[i].name),
			      array ? array->num : 1);
	}
	buffer_printf(c, "\t} has __attribute__((aligned(8)));\n");
}

/* In the order of their offsets */
static void put_values(const struct parser *parser, struct buffer *c,
		       const struct bpf_output *list)
{
	uint32_t align, i;

	buffer_printf(c, "\tstruct {		/* 0 if it was not */\n");
	for (align = 8; align; align /= 2)
		for (i = 0; i < parser->num_outputs; i++)
			if (alignment(list[i].size) == align)
				put_member(parser, c, &list[i], i);
	buffer_printf(c, "\t} value __attribute__((aligned(8)));\n");
}

void bpf_put_struct(const struct parser *parser, struct buffer *c)
{
	uint32_t size;
	struct bpf_output *list = bpf_outputs(parser, &size);

	buffer_printf(c, "struct parse_%s {\n"
		      "\tunsigned int verdict;\n"
		      "\tunsigned char nodes;\n"
		      "\tunsigned char encaps;\n", parser->name);
	if (parser->num_outputs) {
		put_has(parser, c);
		put_values(parser, c, list);
	} else {
		buffer_printf(c, "\tunsigned long long none;\n");
	}
	buffer_printf(c, "};\n\n"
		      "_Static_assert(sizeof(struct parse_%s) == %u, \"\");\n\n",
		      parser->name, size);
	free(list);
}

/* clang would call memset(), which there is not */
void bpf_put_clear(struct bpf_gen *gen)
{
	uint32_t size, at;

	free(bpf_outputs(gen->parser, &size));
	for (at = 0; at < size; at += 8)
		buffer_printf(gen->c, "\tCLEAR_OUT(%u);\n", at);
}

/* @place: bytes behind the output's offset, as C */
static void put_value(struct bpf_gen *gen, const struct bpf_output *out,
		      const char *expr, const char *place)
{
	uint32_t align = alignment(out->size), at;

	if (out->integer) {
		buffer_printf(gen->c, "\tOUT(%s, %u%s) = %s;\n",
			      integer(out->size), out->offset, place, expr);
		return;
	}
	buffer_printf(gen->c, "\t{\n\t%s value = %s;\n",
		      out->size > 8 ? "u128" : "u64", expr);
	for (at = 0; at < out->size; at += align)
		buffer_printf(gen->c, "\tOUT(%s, %u%s) = HTON%u(value >> %u);\n",
			      integer(align), out->offset + at, place, 8 * align,
			      8 * (out->size - at - align));
	buffer_printf(gen->c, "\t}\n");
}

/* Behind the array's end nothing is written, or the last */
static void put_array(struct bpf_gen *gen, const struct array *array,
		      const struct bpf_output *out, const char *expr)
{
	bool encaps = array->index == INDEX_ENCAPS;
	char name[NETPROG_NAME_LEN + 16] = "encaps", place[32];
	char *count;

	if (!encaps)
		snprintf(name, sizeof(name), "counter_%s",
			 gen->parser->counters[array->counter].name);
	count = bpf_count(gen, encaps ? SLOT_ENCAPS :
				gen->counter_slot[array->counter], name);
	buffer_printf(gen->c, "\tu64 place = %s;\n\n", count);
	free(count);
	if (array->last)
		buffer_printf(gen->c, "\tif (place >= %u)\n\t\tplace = %u;\n",
			      array->num, array->num - 1);
	buffer_printf(gen->c, "\tASM(place);\n\tif (place < %u) {\n",
		      array->num);
	snprintf(place, sizeof(place), " + place * %u", out->size);
	put_value(gen, out, expr, place);
	buffer_printf(gen->c, "\tHAS(%u + place);\n\t}\n", array->first);
}

void bpf_put_output(struct bpf_gen *gen, const struct extract *extract,
		    const char *expr)
{
	const struct parser *parser = gen->parser;
	const struct array *array = find_array(parser, extract->output);
	uint32_t size;
	struct bpf_output *list = bpf_outputs(parser, &size);
	const struct bpf_output *out = &list[extract->output];

	buffer_printf(gen->c, "\t{	/* %s */\n", array ? array->name :
		      parser->outputs[extract->output].name);
	if (array) {
		put_array(gen, array, out, expr);
	} else {
		put_value(gen, out, expr, "");
		buffer_printf(gen->c, "\tHAS(%u);\n", extract->output);
	}
	buffer_printf(gen->c, "\t}\n");
	free(list);
}

/* ---- back from it ---------------------------------------------------------- */

static void read_integer(const uint8_t *at, uint32_t size,
			 uint8_t value[PARSE_VALUE_BYTES])
{
	uint32_t number = *at;
	uint16_t half;

	if (size == 4) {
		memcpy(&number, at, 4);
	} else if (size == 2) {
		memcpy(&half, at, 2);
		number = half;
	}
	number = htobe32(number);
	memcpy(value + PARSE_VALUE_BYTES - 4, &number, 4);
}

/**
 * bpf_outputs_read() - what a program left, in the form of all bodies
 * @parser: its parser
 * @out: the struct parse_NAME
 * @res: the result
 */
void bpf_outputs_read(const struct parser *parser, const void *out,
		      struct parse_result *res)
{
	uint32_t size, i;
	struct bpf_output *list = bpf_outputs(parser, &size);
	const uint8_t *bytes = out;

	memset(res, 0, sizeof(*res));
	memcpy(&res->verdict, bytes, 4);
	res->nodes = bytes[4];
	res->encaps = bytes[5];
	memcpy(&res->present, bytes + PRESENT, 8);
	for (i = 0; i < parser->num_outputs; i++) {
		const struct bpf_output *o = &list[i];

		if (o->integer)
			read_integer(bytes + o->offset, o->size, res->value[i]);
		else
			memcpy(res->value[i] + PARSE_VALUE_BYTES - o->size,
			       bytes + o->offset, o->size);
	}
	free(list);
}
