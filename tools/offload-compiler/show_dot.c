// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The parse graph for Graphviz. A box a node, with the fields that it looks up
 * and the outputs that it writes; what ends the parse stands in the box, not on
 * an edge. One edge from node to node with all the keys that lead along it. A
 * map with several readers is a node of its own, or M readers of N entries
 * would be M * N edges; many edges back are lines of a box. Nodes that only an
 * encapsulation leads to are in a cluster of their level, elements of parts in
 * one with their owner.
 */
#include <stdlib.h>
#include <string.h>

#include "cpr.h"
#include "show.h"
#include "show_dot.h"
#include "text.h"

#define OUTPUT_COLUMNS	28	/* of a line of outputs in a box */
#define MAX_OUTPUT_LINES 4

#define COLOUR_ENCAP	"#fde6c8"
#define COLOUR_OVERLAY	"#eeeeee"
#define COLOUR_COUNTED	"#dcebfa"
#define COLOUR_UNCOUNTED "#e2f2df"
#define COLOUR_ELEMENT	"#f3e3f7"

/* Every target that is no node has one line in the box: verdicts, and how an
 * element ends. A node without a lookup that ends well, or an element that is
 * followed by the next one, needs none.
 */
static void print_ends(const struct drawing *d, const struct way *way,
		       bool entries, bool otherwise)
{
	const struct map *map = map_of(d, way->lookup);
	uint32_t type, index;

	for (type = TARGET_STOP; type <= TARGET_DONE; type++) {
		for (index = 0; index < PARSE_NUM_VERDICTS; index++) {
			struct target to = { type, index };
			bool keys = entries && has_key(map, to);
			bool is_else = otherwise && !is_total(map) &&
				       same_target(way->lookup->otherwise, to);

			if (!keys && (!is_else || (!map && index == PARSE_OKAY)))
				continue;
			fprintf(d->out, "<br align=\"left\"/><font point-size=\"9\" color=\"%s\">",
				type == TARGET_STOP && index != PARSE_OKAY ?
				"#a00000" : "#555555");
			print_keys(d, way, to, keys, map && is_else);
			fprintf(d->out, "%s%s</font>", map ? ": " : "",
				text_target(d->p, to));
		}
	}
}

static void print_outputs(const struct drawing *d, const struct node *node)
{
	uint32_t column = OUTPUT_COLUMNS, lines = 0;

	for (uint32_t i = 0; i < node->num_extracts; i++) {
		const char *name = d->p->outputs[node->extracts[i].output].name;

		if (column >= OUTPUT_COLUMNS) {
			if (lines++ == MAX_OUTPUT_LINES) {
				fprintf(d->out, " +%u", node->num_extracts - i);
				break;
			}
			fputs("<br align=\"left\"/>", d->out);
			column = 0;
		}
		/* Which of an array is not known before there is a packet */
		column += fprintf(d->out, "%s%.*s%s", column ? " " : "",
				  (int)strcspn(name, "["), name,
				  strchr(name, '[') ? "[]" : "");
	}
}

static const char *colour_of(const struct drawing *d, const struct node *node)
{
	if (d->places[node - d->p->nodes].owner >= 0)
		return COLOUR_ELEMENT;
	return node->encap ? COLOUR_ENCAP : node->overlay ? COLOUR_OVERLAY :
	       node->counted ? COLOUR_COUNTED : COLOUR_UNCOUNTED;
}

static void print_node(const struct drawing *d, const struct node *node)
{
	struct way way = node_way(d, node);
	bool shared = is_shared(d, &node->next);

	fprintf(d->out, "\"%s\" [fillcolor=\"%s\" label=<<b>%s</b>",
		node->name, colour_of(d, node), node->name);
	if (node->min_length)
		fprintf(d->out, " <font point-size=\"9\">%u%s</font>",
			node->min_length,
			node->rest || node->length.num_terms ? "+" : "");
	print_outputs(d, node);
	if (node->next.num_key && !shared) {
		fputs("<br align=\"left\"/><i>by ", d->out);
		print_key_names(d, &way);
		fputs("</i>", d->out);
	}
	print_ends(d, &way, !shared, true);
	fputs("<br align=\"left\"/>>];\n", d->out);
}

/* ---- nodes of parts and of maps ---------------------------------------------- */

/* A flag's words, in a label that is HTML */
static void print_flag(const struct drawing *d, const struct field *fields,
		       const struct flag *flag)
{
	char *text = NULL;
	size_t size;
	FILE *words = open_memstream(&text, &size);

	if (!words)
		return;
	text_flag(words, fields, flag);
	fclose(words);
	for (const char *c = text; c && *c; c++)
		if (*c == '&')
			fputs("&amp;", d->out);
		else
			fputc(*c, d->out);
	free(text);
}

static void print_skips(const struct drawing *d, const struct node *node,
			const struct part *part)
{
	for (uint32_t i = 0; i < part->num_flags; i++) {
		if (!part->flags[i].skip)
			continue;
		fputs("<br align=\"left\"/><font point-size=\"9\">", d->out);
		print_flag(d, node->fields, &part->flags[i]);
		fprintf(d->out, ": %u bytes</font>", part->flags[i].size);
	}
}

static void print_part(const struct drawing *d, const struct node *node,
		       uint32_t index)
{
	const struct part *part = &node->parts[index];
	struct way way = part_way(d, node, index);
	bool shared = is_shared(d, &part->next);

	fprintf(d->out, "\"%s\" [style=filled fillcolor=\"white\" label=<",
		way.name);
	if (node->num_parts > 1)
		fprintf(d->out, "%u: ", index + 1);
	if (part->type == PART_FLAGS) {
		fputs("flag fields", d->out);
		print_skips(d, node, part);
	} else {
		fprintf(d->out, "at most %u", part->max);
		if (part->next.num_key && !shared) {
			fputs(" <i>by ", d->out);
			print_key_names(d, &way);
			fputs("</i>", d->out);
		}
		if (part->exceeded.type == TARGET_STOP)
			fprintf(d->out, "<br align=\"left\"/><font point-size=\"9\" color=\"#a00000\">more: %s</font>",
				text_target(d->p, part->exceeded));
		print_ends(d, &way, !shared, true);
	}
	fputs("<br align=\"left\"/>>];\n", d->out);
}

/* Beside its first reader */
static void print_map(struct drawing *d, const struct way *way)
{
	const struct map *map = map_of(d, way->lookup);

	if (!is_shared(d, way->lookup) || d->maps[way->lookup->map].drawn)
		return;
	d->maps[way->lookup->map].drawn = true;
	fprintf(d->out, "\"map %s\" [style=rounded color=\"#999999\" label=<<i>%s</i>",
		map->name, map->name);
	print_ends(d, way, true, false);
	fputs("<br align=\"left\"/>>];\n", d->out);
}

static void print_owner(struct drawing *d, uint32_t index);

static void print_elements(struct drawing *d, uint32_t owner)
{
	for (uint32_t i = 0; i < d->p->num_nodes; i++)
		if (d->places[i].owner == (int32_t)owner)
			print_owner(d, i);
}

static void print_owner(struct drawing *d, uint32_t index)
{
	const struct node *node = &d->p->nodes[index];
	struct way way;

	if (node->num_parts)
		fprintf(d->out, "subgraph \"cluster %s\" {\nstyle=\"rounded,dashed\" color=\"#b48ac0\" label=\"\"\n",
			node->name);
	print_node(d, node);
	for (uint32_t i = 0; i < node->num_parts; i++) {
		way = part_way(d, node, i);
		print_part(d, node, i);
		print_map(d, &way);
	}
	if (node->num_parts) {
		print_elements(d, index);
		fputs("}\n", d->out);
	}
	way = node_way(d, node);
	print_map(d, &way);
}

/* ---- the whole --------------------------------------------------------------- */

static bool print_level(struct drawing *d, uint32_t level)
{
	bool more = false;

	if (level)
		fprintf(d->out, "subgraph \"cluster level %u\" {\nstyle=\"rounded,filled\" color=\"#fff8ee\" label=\"encapsulation %u\"\n",
			level, level);
	for (uint32_t i = 0; i < d->p->num_nodes; i++) {
		const struct place *at = &d->places[i];

		if (at->level == level && at->owner < 0)
			print_owner(d, i);
		more |= at->level > level && at->level != NOT_REACHED;
	}
	if (level)
		fputs("}\n", d->out);
	return more;
}

static void print_table(const struct drawing *d, const struct table *table)
{
	fprintf(d->out, "\"table %s\" [shape=note fillcolor=\"white\" label=<<b>%s</b><br align=\"left\"/>owner %s, %s, %u entries",
		table->name, table->name, cpr_owners[table->owner],
		cpr_matches[table->match], table->size);
	for (uint32_t i = 0; i < table->num_outputs; i++)
		fprintf(d->out, "<br align=\"left\"/>%s",
			d->p->outputs[table->outputs[i]].name);
	fputs("<br align=\"left\"/>>];\n", d->out);
}

static void print_tables(const struct drawing *d)
{
	if (!d->p->num_tables)
		return;
	fputs("subgraph \"cluster tables\" {\nstyle=rounded color=\"#999999\" label=\"match tables\"\n",
	      d->out);
	for (uint32_t i = 0; i < d->p->num_tables; i++)
		print_table(d, &d->p->tables[i]);
	fputs("}\n", d->out);
}

/* Only of the kinds of nodes that there are */
static void print_legend(const struct drawing *d)
{
	static const struct {
		const char *colour, *text;
	} kinds[] = {
		{ COLOUR_COUNTED, "counted" },
		{ COLOUR_UNCOUNTED, "not counted" },
		{ COLOUR_OVERLAY, "overlay" },
		{ COLOUR_ENCAP, "encapsulation" },
		{ COLOUR_ELEMENT, "element of a part" },
	};

	fprintf(d->out, "label=<<table border=\"0\" cellspacing=\"4\"><tr><td><b>%s</b></td>",
		d->p->name);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		bool used = false;

		for (uint32_t i = 0; i < d->p->num_nodes; i++)
			used |= colour_of(d, &d->p->nodes[i]) == kinds[k].colour;
		if (used)
			fprintf(d->out, "<td bgcolor=\"%s\">%s</td>",
				kinds[k].colour, kinds[k].text);
	}
	fputs("</tr></table>>\n", d->out);
}

int show_dot(const struct parser *p, FILE *out)
{
	struct drawing d = { .p = p, .out = out };

	find_places(&d);
	fprintf(out, "digraph \"%s\" {\n"
		"graph [rankdir=LR nodesep=0.15 ranksep=0.7 fontname=\"sans-serif\" fontsize=11 labelloc=t]\n"
		"node [shape=box style=\"rounded,filled\" fontname=\"sans-serif\" fontsize=11 margin=\"0.1,0.04\" height=0.3]\n"
		"edge [fontname=\"sans-serif\" fontsize=9 color=\"#555555\" arrowsize=0.7]\n",
		p->name);
	print_legend(&d);
	fprintf(out, "\"the entry\" [shape=point width=0.1 label=\"\"];\n\"the entry\" -> \"%s\";\n",
		p->nodes[p->root].name);
	for (uint32_t level = 0; print_level(&d, level); level++)
		;
	print_tables(&d);
	for (uint32_t i = 0; i < p->num_nodes; i++)
		if (d.places[i].level != NOT_REACHED)
			print_edges(&d, &p->nodes[i]);
	fputs("}\n", out);
	return OC_EXIT_GOOD;
}
