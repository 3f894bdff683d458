// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The code of one node; the order is that of "Meaning of a visit" in oc.h. */
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

static void jump(struct bpf_gen *gen, uint32_t from, const struct target *to)
{
	uint32_t num = gen->parser->num_nodes;

	if (to->type == TARGET_STOP) {
		buffer_printf(gen->c, "goto %s;\n", bpf_stop_label(to->index));
		return;
	}
	if (gen->back[from * num + to->index])
		buffer_printf(gen->c, "AGAIN(%u);\t/* %s */\n", to->index,
			      gen->parser->nodes[to->index].name);
	else
		buffer_printf(gen->c, "goto node_%s;\n",
			      gen->parser->nodes[to->index].name);
}

static void switch_exact(struct bpf_gen *gen, uint32_t from,
			 const struct map *map)
{
	uint32_t i;

	buffer_printf(gen->c, "\tswitch (key) {\n");
	for (i = 0; i < map->num_exact; i++) {
		buffer_printf(gen->c, "\tcase 0x%llx:\n\t\t",
			      (unsigned long long)map->exact[i].key);
		jump(gen, from, &map->exact[i].target);
	}
	buffer_printf(gen->c, "\t}\n");
}

static void test_entry(struct bpf_gen *gen, uint32_t from,
		       const struct entry *entry, bool masked)
{
	char *value = bpf_constant(entry->key & entry->mask);
	char *mask = bpf_constant(entry->mask);

	if (masked)
		buffer_printf(gen->c, "\tif ((key & %s) == %s)\n\t\t", mask,
			      value);
	else
		buffer_printf(gen->c, "\tif (key == %s)\n\t\t", value);
	jump(gen, from, &entry->target);
	free(value);
	free(mask);
}

/* Where node @from goes; its key is in the variable of that name */
void bpf_lookup(struct bpf_gen *gen, uint32_t from)
{
	const struct node *node = &gen->parser->nodes[from];
	uint32_t i;

	if (node->next.map >= 0) {
		const struct map *map = &gen->parser->maps[node->next.map];

		if (map->num_exact && bpf_key_bits(gen->parser, node) <= 64)
			switch_exact(gen, from, map);
		else
			for (i = 0; i < map->num_exact; i++)
				test_entry(gen, from, &map->exact[i], false);
		for (i = 0; i < map->num_ternary; i++)
			test_entry(gen, from, &map->ternary[i], true);
	}
	buffer_printf(gen->c, "\t");
	jump(gen, from, &node->next.otherwise);
}

static void limits(struct bpf_gen *gen, const struct node *node, bool first,
		   bool later)
{
	const struct parser *parser = gen->parser;
	struct buffer *c = gen->c;

	if (node->encap)
		buffer_printf(c, "\tif (S.encaps >= %u)\n\t\tgoto stop_limit_encaps;\n",
			      parser->max_encaps);
	if (node->counted)
		buffer_printf(c, "\tif (S.nodes >= %u)\n\t\tgoto stop_limit_nodes;\n",
			      parser->max_nodes);
	if (node->repeat)
		buffer_printf(c, "\tif (S.visits_%s >= %u)\n\t\tgoto stop_limit_repeat;\n"
			      "\tCOUNT(visits_%s);\n", node->name,
			      node->repeat, node->name);
	if (node->encap)
		buffer_printf(c, "\tCOUNT(encaps);\n");
	if (node->counted)
		buffer_printf(c, "\tCOUNT(nodes);\n");
	if (node->counted && first)
		buffer_printf(c, "%s\tS.window = off + %u;\n",
			      later ? "\tif (S.window == NO_WINDOW)\n\t" : "",
			      parser->max_bytes);
}

static void header(struct bpf_gen *gen, const struct node *node, bool seen)
{
	struct buffer *c = gen->c;

	if (seen)
		buffer_printf(c, "\tif ((long long)(S.window - off) < %u)\n\t\tgoto stop_window;\n",
			      node->min_length);
	buffer_printf(c, "\tif (off > %u)\n\t\tgoto stop_truncated;\n",
		      65535 - node->min_length);
	if (node->min_length)
		buffer_printf(c, "\tHEADER(%u);\n", node->min_length);
	else
		buffer_printf(c, "\tNO_HEADER();\n");
}

static void length(struct bpf_gen *gen, const struct node *node)
{
	uint32_t i;

	buffer_printf(gen->c, "\tlen = %d", node->length.add);
	for (i = 0; i < node->length.num_terms; i++) {
		const struct term *term = &node->length.terms[i];
		char *field = bpf_field(node, &node->fields[term->field]);

		buffer_printf(gen->c, " + ((u64)%s * %d)", field, term->times);
		free(field);
	}
	buffer_printf(gen->c, ";\n");
	if (node->length.num_terms || node->length.add < (int)node->min_length)
		buffer_printf(gen->c,
			      "\tif (len < %u)\n\t\tgoto stop_bad_length;\n",
			      node->min_length);
}

/* Written negated: the parse ends if the condition does not hold */
static void condition(struct bpf_gen *gen, const struct node *node,
		      const struct cond *cond)
{
	static const char *const negated[] = {
		[COMPARE_EQ] = "!=", [COMPARE_NE] = "==", [COMPARE_LT] = ">=",
		[COMPARE_LE] = ">", [COMPARE_GT] = "<=", [COMPARE_GE] = "<",
	};
	const struct field *field = &node->fields[cond->field];
	char *left = bpf_field(node, field);
	char *right = bpf_constant(cond->value);

	buffer_printf(gen->c, "\tif (%s %s %s)\t/* %s */\n\t\tgoto %s;\n", left,
		      negated[cond->op], right, field->name,
		      bpf_stop_label(cond->verdict));
	free(left);
	free(right);
}

static void advance(struct bpf_gen *gen, const struct node *node)
{
	if (node->next.num_key && node->next.map >= 0) {
		char *key = bpf_key(gen->parser, node);

		buffer_printf(gen->c, "\t%s = %s;\n",
			      bpf_key_bits(gen->parser, node) > 64 ?
			      "u128 key" : "u64 key", key);
		free(key);
	}
	buffer_printf(gen->c, "\toff += %szero;\n", node->overlay ? "" : "len + ");
}

void bpf_node(struct bpf_gen *gen, uint32_t index)
{
	const struct node *node = &gen->parser->nodes[index];
	bool first = gen->first[index], later = gen->later[index];
	uint32_t i;

	buffer_printf(gen->c, "\nnode_%s: {\n", node->name);
	limits(gen, node, first, later);
	/* An uncounted node that may come first has no window yet: NO_WINDOW */
	header(gen, node, node->counted || later);
	length(gen, node);
	for (i = 0; i < node->num_conds; i++)
		condition(gen, node, &node->conds[i]);
	for (i = 0; i < node->num_extracts; i++)
		bpf_extract(gen, node, &node->extracts[i]);
	advance(gen, node);
	bpf_lookup(gen, index);
	buffer_printf(gen->c, "}\n");
}
