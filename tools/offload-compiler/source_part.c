// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The PARTS of one NODE of the source */
#include <stdlib.h>
#include <string.h>

#include "source.h"

static void convert_flag(struct fields *owner, struct flag *flag,
			 const struct np_flag *raw)
{
	struct source *src = owner->b->src;

	flag->field = source_field(owner, &raw->field);
	flag->mask = raw->exact ? source_value(&raw->mask) : 1;
	flag->value = raw->exact ? source_value(&raw->value) : 1;
	flag->line = raw->where.line;
	if (!raw->exact && raw->field.bits != 1)
		source_error(src, &raw->where, source_string(src, raw->field.name),
			     "a flag is one bit, but field \"%s\" has %u: say FLAG_EQ(header, field, mask, value, node)",
			     source_string(src, raw->field.name),
			     raw->field.bits);
	flag->skip = !raw->node;
	if (flag->skip)
		flag->size = raw->size;
	else
		flag->node = builder_node(owner->b, &raw->where,
					  source_string(src, raw->node));
}

static void convert_flags(struct fields *owner, struct part *part,
			  const struct np_part *raw)
{
	const struct np_flag *flags;
	uint32_t num;

	part->type = PART_FLAGS;
	flags = object_list(owner->b->src->object, raw->flags, sizeof(*flags),
			    &num);
	part->flags = xcalloc(num, sizeof(*part->flags));
	for (uint32_t i = 0; flags && i < num; i++)
		convert_flag(owner, &part->flags[part->num_flags++], &flags[i]);
}

static struct target convert_exceeded(struct builder *b,
				      const struct np_part *raw)
{
	const char *name = source_string(b->src, raw->exceeded);

	if (!*name)
		return (struct target){ TARGET_STOP, PARSE_LIMIT_LOOP };
	if (!strcmp(name, "DONE") || !strncmp(name, "STOP_", strlen("STOP_")))
		return builder_target(b, &raw->where, name);
	source_error(b->src, &raw->where, name,
		     "one element too many ends the part (DONE) or the parse (STOP_*), so .exceeded cannot be \"%s\"",
		     name);
	return (struct target){ TARGET_STOP, PARSE_LIMIT_LOOP };
}

/* The header of what the lookup reads is that of the first field in its key */
static const char *key_header(struct source *src, const struct np_next *next)
{
	const struct np_key *keys;
	uint32_t num;

	keys = object_list(src->object, next->key, sizeof(*keys), &num);
	for (uint32_t i = 0; keys && i < num; i++)
		if (!keys[i].input)
			return source_string(src, keys[i].field.header);
	return "";
}

static void convert_loop(struct fields *owner, const struct node *node,
			 struct part *part, const struct np_part *raw)
{
	struct source *src = owner->b->src;
	char *name = xasprintf("a part of node \"%s\"", node->name);
	struct fields fields = {
		.b = owner->b, .owner = name,
		.header = key_header(src, &raw->next),
		.list = &part->fields, .num = &part->num_fields,
	};

	part->type = PART_LOOP;
	part->max = raw->max;
	part->exceeded = convert_exceeded(owner->b, raw);
	if (raw->header_bits % 8)
		source_error(src, &raw->where, fields.header,
			     "struct %s_bits has %u bits, not a multiple of 8",
			     fields.header, raw->header_bits);
	part->need = raw->header_bits / 8;
	source_lookup(&fields, &part->next, &raw->next);
	free(name);
}

/* @owner: the node's own fields, of which areas and flags are made */
void source_parts(struct fields *owner, struct node *node, uint64_t list)
{
	struct source *src = owner->b->src;
	const struct np_part *raw;
	uint32_t num;

	raw = object_list(src->object, list, sizeof(*raw), &num);
	node->parts = xcalloc(num, sizeof(*node->parts));
	for (uint32_t i = 0; raw && i < num; i++, raw++) {
		struct part *part = &node->parts[node->num_parts++];

		part->line = raw->where.line;
		part->has_start = raw->start_given;
		part->start = raw->start;
		part->has_area = raw->area.given == NP_LENGTH_SUM;
		source_length(owner, &part->area, &raw->area);
		if (raw->area.given == NP_LENGTH_REST)
			source_error(src, &raw->where, "LENGTH_REST",
				     "a part without an .area has all up to the node's end: leave LENGTH_REST out");
		if (raw->type == NP_PART_FLAGS) {
			part->next.map = -1;
			convert_flags(owner, part, raw);
		} else if (raw->type != NP_PART_LOOP) {
			source_error(src, &raw->where, NULL,
				     "a part of unknown kind: not of this netprog.h");
		} else {
			convert_loop(owner, node, part, raw);
		}
	}
}
