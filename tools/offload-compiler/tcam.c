// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Lowering a parser to the engine's TCAM (tcam_format.h): see tm.h for the way it
 * goes. What a target lacks is an error that says which resource, how
 * much is needed and how much there is.
 */
#include <stdlib.h>
#include <string.h>

#include "tm.h"

static void check_tables(struct tm_machine *tm)
{
	const struct parser *parser = tm->parser;
	const struct device *device = tm->device;

	tm_fits(tm, NULL, "match tables", parser->num_tables, device->tables);
	for (uint32_t i = 0; i < parser->num_tables; i++)
		if (parser->tables[i].size > device->table_entries) {
			diag_error(tm->path, 0, NULL,
				   "table '%s' needs %u entries, target '%s' has %u in a table",
				   parser->tables[i].name, parser->tables[i].size,
				   device->name, device->table_entries);
			tm->failed = true;
		}
}

static void check_limits(struct tm_machine *tm, const struct lowered *low)
{
	const struct parser *parser = tm->parser;
	const struct device *device = tm->device;

	tm_fits(tm, NULL, "bytes of window (max_bytes)", parser->max_bytes,
		device->window);
	tm_fits(tm, NULL, "outputs", parser->num_outputs,
		smaller(device->outputs, PARSE_MAX_OUTPUTS));
	tm_fits(tm, NULL, "counters", parser->num_counters,
		smaller(device->counters, TCAM_MAX_COUNTERS));
	tm_fits(tm, NULL, "levels of parts", low->depth - 1,
		smaller(device->part_levels, TCAM_MAX_DEPTH - 1));
	check_tables(tm);
}

static void check_steps(struct tm_machine *tm, const struct lowered *low)
{
	tm_fits(tm, NULL, "steps for one packet", tm_steps(tm, low),
		smaller(tm->device->steps, TCAM_MAX_STEPS));
}

static struct tcam *load(const struct tm_machine *tm, const struct buffer *blob)
{
	char err[128] = "";
	struct tcam *tcam = tcam_load(blob->data, blob->size, err, sizeof(err));

	if (!tcam)
		diag_error(tm->path, 0, NULL,
			   "parser '%s': the device would refuse it: %s",
			   tm->parser->name, err);
	return tcam;
}

static bool fits(struct tm_machine *tm, const struct lowered *low)
{
	check_limits(tm, low);
	if (!tm->failed)
		check_steps(tm, low);
	return !tm->failed;
}

struct tcam *tcam_lower(const char *path, const struct parser *parser,
			const struct device *device, struct buffer *blob)
{
	struct lowered *low = lower(path, parser);
	struct tm_machine *tm = low ? tm_minimise(path, parser, device, low) : NULL;
	struct tcam *tcam = NULL;

	if (tm && fits(tm, low) && tm_emit(tm, blob))
		tcam = load(tm, blob);
	tm_free(tm);
	lowered_free(low);
	return tcam;
}
