// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What of an eBPF body was never run, by the line of the generated C */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "validate_report.h"

struct place {			/* a line of the generated C */
	const char	*text;
	uint32_t	size;
	const char	*label;		/* the last one before it, or a function */
	uint32_t	label_size;
	uint32_t	left;		/* instructions that were not run */
};

static uint32_t count_lines(const struct buffer *c)
{
	uint32_t num = 2;

	for (size_t i = 0; i < c->size; i++)
		num += c->data[i] == '\n';
	return num;
}

/* "node_tcp: {", or the name in "int walk(..." */
static bool is_label(const char *line, uint32_t size, struct place *place)
{
	uint32_t n = 0, from = 0;

	if (!strncmp(line, "int ", 4) || !strncmp(line, "static long ", 12))
		from = n = *line == 'i' ? 4 : 12;
	while (n < size && (isalnum(line[n]) || line[n] == '_' || line[n] == '$'))
		n++;
	if (n == from || n == size || line[n] != (from ? '(' : ':'))
		return false;
	place->label = line + from;
	place->label_size = n - from;
	return true;
}

static struct place *find_places(const struct buffer *c, uint32_t num)
{
	struct place *places = xcalloc(num, sizeof(*places)), last = {};
	const char *line = c->data, *end = c->data + c->size;

	for (uint32_t i = 1; i < num && line < end; i++) {
		const char *next = memchr(line, '\n', end - line);
		uint32_t size = (next ? next : end) - line;

		is_label(line, size, &last);
		while (size && isspace(*line)) {
			line++;
			size--;
		}
		places[i] = last;
		places[i].text = line;
		places[i].size = size;
		line = next ? next + 1 : end;
	}
	return places;
}

/**
 * report_unrun() - name what was not run, one line of C a line
 * @code: of the body
 * @marks: by instruction
 * @c: from which the body was compiled
 * @out: where to
 */
void report_unrun(const struct code *code, const bool *marks,
		  const struct buffer *c, FILE *out)
{
	uint32_t num = count_lines(c);
	struct place *places = find_places(c, num);

	for (uint32_t i = 0; i < code->num; i++)
		if (code->used[i] && !marks[i] && code->lines[i] < num)
			places[code->lines[i]].left++;
	if (places[0].left)
		fprintf(out, "  not run: %u instruction%s of no line\n",
			places[0].left, places[0].left > 1 ? "s" : "");
	for (uint32_t i = 1; i < num; i++)
		if (places[i].left)
			fprintf(out, "  not run: line %u, %.*s: %u instruction%s of `%.*s`\n",
				i, (int)places[i].label_size,
				places[i].label ? places[i].label : "",
				places[i].left, places[i].left > 1 ? "s" : "",
				(int)places[i].size, places[i].text);
	free(places);
}
