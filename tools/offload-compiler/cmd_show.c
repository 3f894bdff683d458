// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler show: a summary for people, or one of the forms */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cpr.h"
#include "load.h"
#include "show.h"

enum form { FORM_SUMMARY, FORM_JSON, FORM_DOT, FORM_TCAM, FORM_C };

static const char *target_name(const struct parser *p, const struct target *t)
{
	return t->type == TARGET_STOP ? parse_verdict_names[t->index] : p->nodes[t->index].name;
}

static void show_length(const struct node *node)
{
	printf("%u", node->length.add);
	for (uint32_t i = 0; i < node->length.num_terms; i++)
		printf(" + %s * %d", node->fields[node->length.terms[i].field].name,
		       node->length.terms[i].times);
}

static uint32_t num_entries(const struct parser *p, const struct node *node)
{
	if (node->next.map < 0)
		return 0;
	return p->maps[node->next.map].num_exact + p->maps[node->next.map].num_ternary;
}

static void show_node(const struct parser *p, const struct node *node)
{
	printf("  %-20s %3u bytes, length ", node->name, node->min_length);
	show_length(node);
	if (node->overlay)
		printf(", overlay");
	if (!node->counted)
		printf(", not counted");
	if (node->encap)
		printf(", encapsulation");
	if (node->repeat)
		printf(", at most %u times", node->repeat);
	if (num_entries(p, node))
		printf(", %u next", num_entries(p, node));
	printf(", otherwise %s\n", target_name(p, &node->next.otherwise));
}

static void show_table(const struct parser *p, const struct table *table)
{
	printf("  %-20s owner %s, %s, %u entries, key", table->name,
	       cpr_owners[table->owner], cpr_matches[table->match],
	       table->size);
	for (uint32_t i = 0; i < table->num_outputs; i++)
		printf(" %s", p->outputs[table->outputs[i]].name);
	putchar('\n');
}

static int show_summary(const struct loaded *l)
{
	char hex[2 * NETPROG_HASH_MAX + 1];
	const struct parser *p = l->parser;

	digest_hex(&l->digest, hex);
	printf("parser %s\n%s:%s\n", p->name, l->digest.alg, hex);
	printf("limits: %u bytes, %u nodes, %u encapsulations\n", p->max_bytes,
	       p->max_nodes, p->max_encaps);
	printf("inputs:");
	for (uint32_t i = 0; i < p->num_inputs; i++)
		printf(" %s", p->inputs[i].name);
	printf("\noutputs:");
	for (uint32_t i = 0; i < p->num_outputs; i++)
		printf(" %s/%u", p->outputs[i].name, p->outputs[i].bits);
	printf("\nnodes: %u, from %s\n", p->num_nodes, p->nodes[p->root].name);
	for (uint32_t i = 0; i < p->num_nodes; i++)
		show_node(p, &p->nodes[i]);
	if (p->num_tables)
		printf("tables: %u\n", p->num_tables);
	for (uint32_t i = 0; i < p->num_tables; i++)
		show_table(p, &p->tables[i]);
	return OC_EXIT_GOOD;
}

static int show_json(const struct loaded *l)
{
	fwrite(l->cpr.data, 1, l->cpr.size, stdout);
	if (isatty(STDOUT_FILENO))
		putchar('\n');		/* not a byte of the CPR */
	return OC_EXIT_GOOD;
}

static int show_c(const struct loaded *l)
{
	struct buffer c = {};
	bool good = bpf_generate_c(l->parser, &l->digest, false, &c);

	if (good)
		fwrite(c.data, 1, c.size, stdout);
	buffer_free(&c);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}

/* What the image holds; made anew from the CPR of another file */
static int show_tcam(const char *path, const struct loaded *l,
		     uint32_t program, const char *target)
{
	struct buffer file = {}, blob = {};
	struct device device;
	struct image_view view;
	bool good = device_read(target, &device) && file_read(path, &file);

	if (good && file.size >= NETPROG_IMAGE_MAGIC_LEN &&
	    !memcmp(file.data, NETPROG_IMAGE_MAGIC, NETPROG_IMAGE_MAGIC_LEN)) {
		good = image_find(path, file.data, file.size, program,
				  device.name, &view);
		if (good && !view.payload)
			diag_error(path, 0, NULL, "has no payload for \"%s\"",
				   device.name);
		good = good && view.payload;
		if (good)
			buffer_add(&blob, view.payload, view.payload_size);
	} else if (good) {
		good = tcam_lower(path, l->parser, &device, &blob);
	}
	good = good && tcam_show(blob.data, blob.size, stdout);
	buffer_free(&file);
	buffer_free(&blob);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}

static int show_program(const char *path, enum form form,
			const struct loaded_list *list, uint32_t program,
			const char *target)
{
	const struct loaded *l = &list->programs[program];

	switch (form) {
	case FORM_JSON: return show_json(l);
	case FORM_DOT: return show_dot(l->parser, stdout);
	case FORM_TCAM: return show_tcam(path, l, program, target);
	case FORM_C: return show_c(l);
	case FORM_SUMMARY: break;
	}
	return show_summary(l);
}

/* All programs for people; else one, which has to be named among several */
static int show_list(const char *path, enum form form, const char *name,
		     const char *target, const struct loaded_list *list)
{
	int status = OC_EXIT_WRONG;
	uint32_t shown = 0;

	if (form != FORM_SUMMARY && !name && list->num > 1) {
		diag_error(path, 0, NULL,
			   "has %u programs: name one with --program",
			   list->num);
		return status;
	}
	for (uint32_t i = 0; i < list->num; i++) {
		if (name && strcmp(name, list->programs[i].parser->name))
			continue;
		status = show_program(path, form, list, i, target);
		shown++;
	}
	if (!shown)
		diag_error(path, 0, NULL, "has no program \"%s\"", name);
	return status;
}

int cmd_show(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, FORM_JSON },
		{ "dot", no_argument, NULL, FORM_DOT },
		{ "tcam", no_argument, NULL, FORM_TCAM },
		{ "c", no_argument, NULL, FORM_C },
		{ "target", required_argument, NULL, 't' },
		{ "program", required_argument, NULL, 'p' },
		{}
	};
	const char *program = NULL, *target = NULL;
	enum form form = FORM_SUMMARY;
	int opt, status = OC_EXIT_WRONG;
	struct loaded_list list;
	char *path;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt == '?')
			return OC_EXIT_USAGE;
		if (opt == 't')
			target = optarg;
		else if (opt == 'p')
			program = optarg;
		else
			form = opt;
	}
	if (optind + 1 != argc) {
		fputs("offload-compiler show: needs one FILE; see `offload-compiler help show`\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	path = target ? xstrdup(target) : target_path("netdevsim");
	if (load_file(argv[optind], "sha256", &list)) {
		status = show_list(argv[optind], form, program, path, &list);
		loaded_free(&list);
	}
	free(path);
	return status;
}
