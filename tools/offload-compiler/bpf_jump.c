// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Where a step leads: stops, jumps and lookups. */
#include <stdlib.h>

#include "bpf.h"

const char *bpf_stop_label(enum parse_verdict verdict)
{
	static const char *const labels[PARSE_NUM_VERDICTS] = {
		[PARSE_OKAY]		= "stop_okay",
		[PARSE_FAIL]		= "stop_fail",
		[PARSE_TRUNCATED]	= "stop_truncated",
		[PARSE_BAD_LENGTH]	= "stop_bad_length",
		[PARSE_NO_MATCH]	= "stop_no_match",
		[PARSE_LIMIT_NODES]	= "stop_limit_nodes",
		[PARSE_LIMIT_ENCAPS]	= "stop_limit_encaps",
		[PARSE_LIMIT_REPEAT]	= "stop_limit_repeat",
		[PARSE_LIMIT_COUNTER]	= "stop_limit_counter",
		[PARSE_LIMIT_LOOP]	= "stop_limit_loop",
		[PARSE_WINDOW]		= "stop_window",
	};

	return labels[verdict];
}

/* From the copy that is being written, to one or to walk() */
static void quick_jump(struct bpf_gen *gen, uint32_t to)
{
	const struct bpf_copy *copy = bpf_copy_to(gen, gen->at, to);

	if (copy)
		buffer_printf(gen->c, "goto %s;\n", copy->label);
	else
		bpf_leave(gen, to, bpf_copy_seen(gen, gen->at));
}

/* @to: resolved by lowered_target() */
void bpf_jump(struct bpf_gen *gen, uint32_t from, struct target to)
{
	if (to.type == TARGET_STOP)
		buffer_printf(gen->c, "goto %s;\n", bpf_stop_label(to.index));
	else if (gen->at)
		quick_jump(gen, to.index);
	else if (bpf_is_back(gen, from, to.index))
		buffer_printf(gen->c, "AGAIN(%u, %s);\n", to.index,
			      gen->label[to.index]);
	else
		buffer_printf(gen->c, "goto %s;\n", gen->label[to.index]);
}

/* To the next step of the same node */
void bpf_go_on(struct bpf_gen *gen, uint32_t from)
{
	struct target to = { .type = TARGET_NODE,
			     .index = gen->low->steps[from].after };

	bpf_jump(gen, from, to);
}

static void jump(struct bpf_gen *gen, uint32_t from, struct target to)
{
	bpf_jump(gen, from, lowered_target(gen->low, from, to));
}

static void switch_exact(struct bpf_gen *gen, uint32_t from,
			 const struct map *map)
{
	uint32_t i;

	buffer_printf(gen->c, "\tswitch (key) {\n");
	for (i = 0; i < map->num_exact; i++) {
		buffer_printf(gen->c, "\tcase 0x%llx:\n\t\t",
			      (unsigned long long)map->exact[i].key);
		jump(gen, from, map->exact[i].target);
	}
	buffer_printf(gen->c, "\t}\n");
}

static void test_exact(struct bpf_gen *gen, uint32_t from,
		       const struct entry *entry)
{
	char *key = bpf_constant(entry->key);

	buffer_printf(gen->c, "\tif (key == %s)\n\t\t", key);
	jump(gen, from, entry->target);
	free(key);
}

static void test_ternary(struct bpf_gen *gen, uint32_t from,
			 const struct entry *entry)
{
	char *key = bpf_constant(entry->key), *mask = bpf_constant(entry->mask);

	if (entry->range)
		buffer_printf(gen->c, "\tif (key >= %s && key <= %s)\n\t\t",
			      key, mask);
	else
		buffer_printf(gen->c, "\tif ((key & %s) == %s)\n\t\t", mask,
			      key);
	jump(gen, from, entry->target);
	free(key);
	free(mask);
}

/* What a lookup reads from; @size: bytes of it */
static const struct field *lookup_fields(const struct bpf_gen *gen,
					 uint32_t step, uint32_t *size)
{
	const struct step *s = &gen->low->steps[step];
	const struct node *node = &gen->parser->nodes[s->node];

	if (s->type == STEP_LOOP) {
		*size = node->parts[s->part].need;
		return node->parts[s->part].fields;
	}
	*size = node->min_length;
	return node->fields;
}

/* The key of the lookup that the step makes */
void bpf_key_variable(struct bpf_gen *gen, uint32_t from)
{
	const struct lookup *lookup = lowered_lookup(gen->low, from);
	const struct field *fields;
	uint32_t size;
	char *key;

	if (!lookup->num_key || lookup->map < 0)
		return;
	fields = lookup_fields(gen, from, &size);
	key = bpf_key(gen->parser, lookup, fields, size);
	buffer_printf(gen->c, "\t%s = %s;\n",
		      bpf_key_bits(lookup, fields) > 64 ? "u128 key" : "u64 key",
		      key);
	free(key);
}

/* Where step @from goes; its key is in the variable of that name */
void bpf_lookup(struct bpf_gen *gen, uint32_t from)
{
	const struct lookup *lookup = lowered_lookup(gen->low, from);
	uint32_t i, size;

	if (lookup->map >= 0) {
		const struct map *map = &gen->parser->maps[lookup->map];
		const struct field *fields = lookup_fields(gen, from, &size);

		if (map->num_exact && bpf_key_bits(lookup, fields) <= 64)
			switch_exact(gen, from, map);
		else
			for (i = 0; i < map->num_exact; i++)
				test_exact(gen, from, &map->exact[i]);
		for (i = 0; i < map->num_ternary; i++)
			test_ternary(gen, from, &map->ternary[i]);
	}
	buffer_printf(gen->c, "\t");
	jump(gen, from, lookup->otherwise);
}
