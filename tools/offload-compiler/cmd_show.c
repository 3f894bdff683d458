// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler show: a summary for people, or one of the forms */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cpr.h"
#include "record.h"
#include "show.h"
#include "text.h"

enum form {
	FORM_SUMMARY, FORM_JSON, FORM_DOT, FORM_TCAM, FORM_C, FORM_PROOF,
	FORM_EBPF,
};

struct request {
	const char	*path;
	enum form	form;
	enum bpf_prog	prog;		/* FORM_C */
	const char	*program;	/* or NULL */
	char		*target;	/* FORM_TCAM */
	bool		json;		/* FORM_TCAM, FORM_EBPF */
};

/* "4 + len * 4 - pad", "all that is left" */
static void show_length(const struct node *node, const struct length *length)
{
	bool first = !length->add && length->num_terms;

	if (!first)
		printf("%d", length->add);
	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *term = &length->terms[i];
		uint32_t times = term->times < 0 ? -(uint32_t)term->times :
						   (uint32_t)term->times;

		printf("%s%s", first ? term->times < 0 ? "-" : "" :
		       term->times < 0 ? " - " : " + ",
		       node->fields[term->field].name);
		if (times != 1)
			printf(" * %u", times);
		first = false;
	}
}

static void show_lookup(const struct parser *p, const struct lookup *lookup)
{
	const struct map *map = lookup->map < 0 ? NULL : &p->maps[lookup->map];

	if (map)
		printf(", %u next, otherwise %s",
		       map->num_exact + map->num_ternary,
		       text_target(p, lookup->otherwise));
	else
		printf(" -> %s", text_target(p, lookup->otherwise));
}

static void show_flags(const struct parser *p, const struct node *node,
		       const struct part *part)
{
	for (uint32_t i = 0; i < part->num_flags; i++) {
		const struct flag *flag = &part->flags[i];

		fputs(i ? "; " : " ", stdout);
		text_flag(stdout, node->fields, flag);
		if (flag->skip)
			printf(": %u bytes", flag->size);
		else
			printf(": %s", p->nodes[flag->node].name);
	}
}

static void show_part(const struct parser *p, const struct node *node,
		      const struct part *part)
{
	printf("    %s", part->type == PART_FLAGS ? "optional fields" :
			 "elements");
	if (part->has_start)
		printf(", from byte %u", part->start);
	if (part->has_area) {
		printf(", bytes ");
		show_length(node, &part->area);
	}
	if (part->type == PART_FLAGS) {
		putchar(':');
		show_flags(p, node, part);
	} else {
		printf(", at most %u", part->max);
		if (part->exceeded.type != TARGET_STOP ||
		    part->exceeded.index != PARSE_LIMIT_LOOP)
			printf(", one more: %s", text_target(p, part->exceeded));
		show_lookup(p, &part->next);
	}
	putchar('\n');
}

static void show_node(const struct parser *p, const struct node *node,
		      bool element)
{
	printf("  %-20s %3u bytes, length ", node->name, node->min_length);
	if (node->rest)
		printf("all that is left");
	else
		show_length(node, &node->length);
	if (node->overlay)
		printf(", overlay");
	if (element)
		printf(", element");
	else if (!node->counted)
		printf(", not counted");
	if (node->encap)
		printf(", encapsulation");
	if (node->repeat)
		printf(", at most %u times", node->repeat);
	for (uint32_t i = 0; i < node->num_actions; i++)
		printf(", %s %s", cpr_actions[node->actions[i].reset],
		       p->counters[node->actions[i].counter].name);
	show_lookup(p, &node->next);
	putchar('\n');
	for (uint32_t i = 0; i < node->num_parts; i++)
		show_part(p, node, &node->parts[i]);
}

/* Arrays as in the source: segment[4]/128 */
static void show_outputs(const struct parser *p)
{
	uint32_t array = 0, i = 0;

	printf("\noutputs:");
	while (i < p->num_outputs) {
		if (array < p->num_arrays && p->arrays[array].first == i) {
			printf(" %s[%u]/%u", p->arrays[array].name,
			       p->arrays[array].num, p->outputs[i].bits);
			i += p->arrays[array++].num;
		} else {
			printf(" %s/%u", p->outputs[i].name,
			       p->outputs[i].bits);
			i++;
		}
	}
	putchar('\n');
}

static void show_counter(const struct parser *p, uint32_t counter)
{
	const struct counter *c = &p->counters[counter];

	printf("  %-20s at most %u, then %s", c->name, c->max,
	       c->saturate ? "it stays" :
	       parse_verdict_names[PARSE_LIMIT_COUNTER]);
	if (c->encap_resets)
		printf(", 0 at each encapsulation");
	for (uint32_t i = 0; i < p->num_arrays; i++)
		if (p->arrays[i].index == INDEX_COUNTER &&
		    p->arrays[i].counter == counter)
			printf(", index of %s", p->arrays[i].name);
	putchar('\n');
}

static void show_nodes(const struct parser *p)
{
	bool elements[MAX_NODES] = {};

	find_elements(p, elements);
	printf("nodes: %u, from %s\n", p->num_nodes, p->nodes[p->root].name);
	for (uint32_t i = 0; i < p->num_nodes; i++)
		show_node(p, &p->nodes[i], elements[i]);
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

static void show_summary(const struct loaded *l)
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
	show_outputs(p);
	if (p->num_counters)
		printf("counters: %u\n", p->num_counters);
	for (uint32_t i = 0; i < p->num_counters; i++)
		show_counter(p, i);
	show_nodes(p);
	if (p->num_tables)
		printf("tables: %u\n", p->num_tables);
	for (uint32_t i = 0; i < p->num_tables; i++)
		show_table(p, &p->tables[i]);
}

static int show_json(const struct loaded *l)
{
	fwrite(l->cpr.data, 1, l->cpr.size, stdout);
	if (isatty(STDOUT_FILENO))
		putchar('\n');		/* not a byte of the CPR */
	return OC_EXIT_GOOD;
}

static int show_c(const struct loaded *l, enum bpf_prog prog)
{
	struct buffer c = {};
	bool good = bpf_generate_c(l->parser, &l->digest, prog, &c);

	if (good)
		fwrite(c.data, 1, c.size, stdout);
	buffer_free(&c);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}

static int show_tcam(const char *path, const struct loaded_list *list,
		     uint32_t program, const char *target, bool json)
{
	const char *name = list->programs[program].parser->name;
	struct buffer payload = {};
	struct tcam *tcam = NULL;
	struct device device;
	bool good;

	if (device_read(target, &device))
		tcam = loaded_tcam(path, list, program, &device, &payload);
	good = tcam && (json ?
			tcam_show_json(payload.data, &device, name, stdout) :
			tcam_show(payload.data, &device, stdout));
	tcam_free(tcam);
	buffer_free(&payload);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}

static int show_proof(const char *path, const struct loaded_list *list,
		      uint32_t program)
{
	if (list->kind == FILE_IMAGE)
		return record_show_json(path, list, program) ? OC_EXIT_GOOD :
							       OC_EXIT_WRONG;
	diag_error(path, 0, NULL, "has no record of a proof: give an image");
	return OC_EXIT_WRONG;
}

static int show_program(const struct request *r,
			const struct loaded_list *list, uint32_t program)
{
	const struct loaded *l = &list->programs[program];
	bool good = true;

	switch (r->form) {
	case FORM_JSON: return show_json(l);
	case FORM_DOT: return show_dot(l->parser, stdout);
	case FORM_TCAM:
		return show_tcam(r->path, list, program, r->target, r->json);
	case FORM_C: return show_c(l, r->prog);
	case FORM_PROOF: return show_proof(r->path, list, program);
	case FORM_EBPF:
		good = show_ebpf(r->path, list, program, r->json, stdout);
		break;
	case FORM_SUMMARY:
		show_summary(l);
		good = record_show(r->path, list, program);
		if (list->kind == FILE_OBJECT)
			good = show_object(r->path, &list->file, false, stdout);
	}
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}

/* All programs for people; else one, which has to be named among several */
static int show_list(const struct request *r, const struct loaded_list *list)
{
	int status = OC_EXIT_WRONG;
	uint32_t shown = 0;

	if (r->form != FORM_SUMMARY && !r->program && list->num > 1) {
		diag_error(r->path, 0, NULL,
			   "has %u programs: name one with --program",
			   list->num);
		return status;
	}
	for (uint32_t i = 0; i < list->num; i++) {
		if (r->program &&
		    strcmp(r->program, list->programs[i].parser->name))
			continue;
		status = show_program(r, list, i);
		shown++;
	}
	if (!shown)
		diag_error(r->path, 0, NULL, "has no program \"%s\"",
			   r->program);
	return status;
}

static bool read_options(struct request *r, int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, FORM_JSON },
		{ "dot", no_argument, NULL, FORM_DOT },
		{ "tcam", no_argument, NULL, FORM_TCAM },
		{ "c", no_argument, NULL, FORM_C },
		{ "proof", no_argument, NULL, FORM_PROOF },
		{ "ebpf", no_argument, NULL, FORM_EBPF },
		{ "target", required_argument, NULL, 't' },
		{ "program", required_argument, NULL, 'p' },
		{ "prog", required_argument, NULL, 'b' },
		{}
	};
	const char *target = NULL;
	int opt;

	while ((opt = getopt_long(argc, argv, "j", options, NULL)) >= 0) {
		switch (opt) {
		case 'b': r->prog = bpf_prog_find(optarg); break;
		case 'j':
		case FORM_JSON: r->json = true; break;
		case 't': target = optarg; break;
		case 'p': r->program = optarg; break;
		case '?': return false;
		default: r->form = opt;
		}
		if (r->prog == BPF_NUM_PROGS)
			return false;
	}
	if (r->json && r->form == FORM_SUMMARY)
		r->form = FORM_JSON;
	if (optind + 1 != argc) {
		fputs("offload-compiler show: needs one FILE; see `offload-compiler help show`\n",
		      stderr);
		return false;
	}
	if (r->json && r->form != FORM_JSON && r->form != FORM_TCAM &&
	    r->form != FORM_EBPF) {
		fputs("offload-compiler show: --json goes alone, with --tcam or with --ebpf\n",
		      stderr);
		return false;
	}
	r->path = argv[optind];
	r->target = target ? xstrdup(target) : target_path("netdevsim");
	return true;
}

int cmd_show(int argc, char **argv)
{
	struct request r = { .prog = BPF_PROG_FLOW };
	int status = OC_EXIT_WRONG;
	struct loaded_list list;

	if (!read_options(&r, argc, argv))
		return OC_EXIT_USAGE;
	if (load_file(r.path, "sha256", &list)) {
		status = show_list(&r, &list);
		loaded_free(&list);
	}
	free(r.target);
	return status;
}
