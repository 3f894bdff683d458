// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The parse graph for Graphviz: a box a node with what it extracts, one edge
 * from node to node with all the keys that lead along it. Verdicts are left
 * out but where a node ends the parse in another way than "okay".
 */
#include <string.h>

#include "cpr.h"
#include "show.h"

#define MAX_LABEL_KEYS	4	/* on one edge; the rest is counted */

static void print_value(FILE *out, u128 value)
{
	if (value >> 64)
		fprintf(out, "0x%llx%016llx", (unsigned long long)(value >> 64),
			(unsigned long long)value);
	else if (value < 256)
		fprintf(out, "%llu", (unsigned long long)value);
	else
		fprintf(out, "0x%04llx", (unsigned long long)value);
}

static void print_extracts(const struct parser *p, const struct node *node,
			   FILE *out)
{
	for (uint32_t i = 0; i < node->num_extracts; i++)
		fprintf(out, "<br align=\"left\"/>  %s",
			p->outputs[node->extracts[i].output].name);
	if (node->num_extracts)
		fputs("<br align=\"left\"/>", out);
}

static void print_node(const struct parser *p, const struct node *node,
		       FILE *out)
{
	fprintf(out, "\t%s [style=\"rounded,filled\" fillcolor=\"%s\" label=<<b>%s</b>",
		node->name, node->encap ? "#fde6c8" :
		node->overlay ? "#eeeeee" :
		node->counted ? "#dcebfa" : "#e2f2df", node->name);
	if (node->min_length)
		fprintf(out, "  <font point-size=\"9\">%u%s bytes</font>",
			node->min_length, node->length.num_terms ? "+" : "");
	print_extracts(p, node, out);
	fputs(">];\n", out);
}

static bool leads_to(const struct entry *e, uint32_t node)
{
	return e->target.type == TARGET_NODE && e->target.index == node;
}

/* Keys of the entries of a map that lead to a node */
static uint32_t print_keys(const struct map *map, uint32_t to, FILE *out)
{
	uint32_t i, num = 0;

	for (i = 0; i < map->num_exact; i++) {
		if (!leads_to(&map->exact[i], to))
			continue;
		if (num++ < MAX_LABEL_KEYS) {
			if (num > 1)
				fputs("\\n", out);
			print_value(out, map->exact[i].key);
		}
	}
	for (i = 0; i < map->num_ternary; i++) {
		if (!leads_to(&map->ternary[i], to))
			continue;
		if (num++ < MAX_LABEL_KEYS) {
			if (num > 1)
				fputs("\\n", out);
			print_value(out, map->ternary[i].key);
			fputs(" / ", out);
			print_value(out, map->ternary[i].mask);
		}
	}
	if (num > MAX_LABEL_KEYS)
		fprintf(out, "\\n+%u", num - MAX_LABEL_KEYS);
	return num;
}

static bool has_edge(const struct map *map, uint32_t to)
{
	for (uint32_t i = 0; i < map->num_exact; i++)
		if (leads_to(&map->exact[i], to))
			return true;
	for (uint32_t i = 0; i < map->num_ternary; i++)
		if (leads_to(&map->ternary[i], to))
			return true;
	return false;
}

/* There is an exact entry for every key: nothing is left for otherwise */
static bool is_total(const struct map *map)
{
	return map && map->bits < 16 && map->num_exact == 1U << map->bits;
}

static void print_edges(const struct parser *p, const struct node *node,
			FILE *out)
{
	const struct map *map = node->next.map < 0 ? NULL : &p->maps[node->next.map];

	for (uint32_t to = 0; map && to < p->num_nodes; to++) {
		if (!has_edge(map, to))
			continue;
		fprintf(out, "\t%s -> %s [label=\"", node->name,
			p->nodes[to].name);
		print_keys(map, to, out);
		fprintf(out, "\"%s];\n",
			p->nodes[to].encap ? " color=\"#c77700\"" : "");
	}
	if (is_total(map))
		return;
	if (node->next.otherwise.type == TARGET_NODE)
		fprintf(out, "\t%s -> %s [style=dashed%s];\n", node->name,
			p->nodes[node->next.otherwise.index].name,
			map ? " label=\"otherwise\"" : "");
	else if (node->next.otherwise.index != PARSE_OKAY)
		fprintf(out, "\t\"%s\" [shape=plain fontcolor=\"#a00000\"];\n"
			"\t%s -> \"%s\" [style=dashed color=\"#a00000\"];\n",
			parse_verdict_names[node->next.otherwise.index], node->name,
			parse_verdict_names[node->next.otherwise.index]);
}

int show_dot(const struct parser *p, FILE *out)
{
	fprintf(out, "digraph %s {\n"
		"\tgraph [rankdir=TB nodesep=0.35 ranksep=0.6 fontname=\"sans-serif\" label=\"%s\" labelloc=t];\n"
		"\tnode [shape=box fontname=\"sans-serif\" fontsize=11 margin=\"0.12,0.06\"];\n"
		"\tedge [fontname=\"sans-serif\" fontsize=9 color=\"#555555\"];\n"
		"\t_entry [shape=point];\n\t_entry -> %s;\n",
		p->name, p->name, p->nodes[p->root].name);
	for (uint32_t i = 0; i < p->num_nodes; i++)
		print_node(p, &p->nodes[i], out);
	for (uint32_t i = 0; i < p->num_nodes; i++)
		print_edges(p, &p->nodes[i], out);
	fputs("}\n", out);
	return OC_EXIT_GOOD;
}
