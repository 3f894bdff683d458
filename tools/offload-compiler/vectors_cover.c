// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What packets have come by: every way out of every step, every place where a
 * step ends the parse, both sides of every comparison. Sites that no packet
 * can come to, whatever it is, are left out (vectors_site.c).
 */
#include <stdlib.h>

#include "vectors.h"

#define NUM_SITES(node)	(SITE_COND + (node)->num_conds)

struct cover {
	const struct graph	*graph;
	bool			*edges;
	bool			*sites, *is_site;
	bool			*leaves;	/* 2 each: false, true */
	uint32_t		*first_site, *first_leaf;	/* by step */
	char			**names;
};

static const struct node *node_of(const struct graph *graph, uint32_t step)
{
	return &graph->parser->nodes[graph->low->steps[step].node];
}

static uint32_t count_leaves(const struct cond *conds, uint32_t num)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < num; i++)
		n += conds[i].type == COND_COMPARE ? 1 :
		     count_leaves(conds[i].args, conds[i].num_args);
	return n;
}

struct cover *cover_make(const struct graph *graph)
{
	struct cover *cover = xcalloc(1, sizeof(*cover));
	uint32_t sites = 0, leaves = 0, i;

	cover->graph = graph;
	cover->edges = xcalloc(graph->num_edges, sizeof(bool));
	cover->first_site = xcalloc(graph->num_steps, sizeof(uint32_t));
	cover->first_leaf = xcalloc(graph->num_steps, sizeof(uint32_t));
	cover->names = xcalloc(graph->num_steps, sizeof(char *));
	for (i = 0; i < graph->num_steps; i++) {
		const struct node *node = node_of(graph, i);

		cover->names[i] = lowered_name(graph->low, i);
		cover->first_site[i] = sites;
		cover->first_leaf[i] = leaves;
		sites += NUM_SITES(node);
		if (graph->low->steps[i].type == STEP_VISIT)
			leaves += 2 * count_leaves(node->conds, node->num_conds);
	}
	cover->sites = xcalloc(sites, sizeof(bool));
	cover->is_site = xcalloc(sites, sizeof(bool));
	cover->leaves = xcalloc(leaves, sizeof(bool));
	sites_find(graph, cover->is_site, cover->first_site);
	return cover;
}

void cover_free(struct cover *cover)
{
	if (!cover)
		return;
	for (uint32_t i = 0; i < cover->graph->num_steps; i++)
		free(cover->names[i]);
	free(cover->names);
	free(cover->edges);
	free(cover->sites);
	free(cover->is_site);
	free(cover->leaves);
	free(cover->first_site);
	free(cover->first_leaf);
	free(cover);
}

const char *cover_name(const struct cover *cover, uint32_t step)
{
	return cover->names[step];
}

bool cover_is_site(const struct cover *cover, uint32_t step, uint32_t site)
{
	return cover->is_site[cover->first_site[step] + site];
}

bool cover_has_site(const struct cover *cover, uint32_t step, uint32_t site)
{
	return cover->sites[cover->first_site[step] + site];
}

void cover_step(struct cover *cover, uint32_t step, const struct outcome *out)
{
	if (out->site)
		cover->sites[cover->first_site[step] + out->site] = true;
	else
		cover->edges[cover->graph->edge[step] + out->choice] = true;
}

/* Place of @leaf among those of @conds; their number if it is not there */
static uint32_t find_leaf(const struct cond *conds, uint32_t num,
			  const struct cond *leaf)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < num; i++) {
		const struct cond *c = &conds[i];
		uint32_t all = c->type == COND_COMPARE ? 1 :
			       count_leaves(c->args, c->num_args);
		uint32_t at = c == leaf ? 0 : c->type == COND_COMPARE ? all :
			      find_leaf(c->args, c->num_args, leaf);

		if (at < all)
			return n + at;
		n += all;
	}
	return n;
}

void cover_leaf(struct cover *cover, uint32_t step, const struct cond *leaf,
		bool holds)
{
	const struct node *node = node_of(cover->graph, step);

	cover->leaves[cover->first_leaf[step] + holds +
		      2 * find_leaf(node->conds, node->num_conds, leaf)] = true;
}

/* ---- the report ------------------------------------------------------------- */

static void print_key(FILE *out, u128 value)
{
	if (value >> 64)
		fprintf(out, "0x%llx%016llx", (unsigned long long)(value >> 64),
			(unsigned long long)value);
	else
		fprintf(out, "0x%llx", (unsigned long long)value);
}

static void print_choice(const struct cover *cover, uint32_t step,
			 uint32_t choice, FILE *out)
{
	const struct entry *e = graph_entry(cover->graph, step, choice);
	enum step_type type = cover->graph->low->steps[step].type;

	fprintf(out, "not covered: %s: ", cover->names[step]);
	if (e) {
		fputs("entry ", out);
		print_key(out, e->key);
		fputs(e->range ? " to " : " mask ", out);
		print_key(out, e->mask);
	} else if (type == STEP_FLAG) {
		fputs(choice ? "set" : "not set", out);
	} else if (type == STEP_LOOP && choice < 2) {
		fputs(choice ? "one element too many" : "the end", out);
	} else {
		fputs("otherwise", out);
	}
}

/* What is proved to be impossible is no part of the sum */
static bool counts(const char *why, bool covered, uint32_t *num, uint32_t *all,
		   struct coverage *sum)
{
	*num += covered;
	*all += covered || !why;
	sum->impossible += !covered && why;
	return covered;
}

static void report_edges(const struct cover *cover, const struct bounds *bounds,
			 struct coverage *sum, FILE *out)
{
	const struct graph *graph = cover->graph;

	for (uint32_t i = 0; i < graph->num_steps; i++) {
		for (uint32_t c = 0; c < graph->num_choices[i]; c++) {
			bool covered = cover->edges[graph->edge[i] + c];
			const char *why = covered ? NULL :
					  choice_impossible(bounds, i, c);

			if (graph_entry(graph, i, c)) {
				sum->entries += covered;
				sum->all_entries += !why;
			}
			if (counts(why, covered, &sum->edges, &sum->all_edges,
				   sum))
				continue;
			print_choice(cover, i, c, out);
			fprintf(out, ": %s\n", why ? why : "no packet found");
		}
	}
}

static const char *const site_names[] = {
	[SITE_ENCAPS] = "limit-encaps", [SITE_NODES] = "limit-nodes",
	[SITE_REPEAT] = "limit-repeat", [SITE_COUNTER] = "limit-counter",
	[SITE_AREA] = "past its area", [SITE_WINDOW] = "window",
	[SITE_TRUNCATED] = "truncated", [SITE_SHORT] = "length too small",
	[SITE_PAST] = "length past its area",
};

static void report_sites(const struct cover *cover, const struct bounds *bounds,
			 struct coverage *sum, FILE *out)
{
	for (uint32_t i = 0; i < cover->graph->num_steps; i++) {
		const struct node *node = node_of(cover->graph, i);

		for (uint32_t s = SITE_ENCAPS; s < NUM_SITES(node); s++) {
			bool covered = cover_has_site(cover, i, s);
			const char *why;

			if (!cover_is_site(cover, i, s))
				continue;
			why = covered ? NULL : site_impossible(bounds, i, s);
			if (counts(why, covered, &sum->sites, &sum->all_sites,
				   sum))
				continue;
			fprintf(out, "not covered: %s: ", cover->names[i]);
			if (s < SITE_COND)
				fputs(site_names[s], out);
			else
				fprintf(out, "condition %u fails", s - SITE_COND + 1);
			fprintf(out, ": %s\n", why ? why : "no packet found");
		}
	}
}

static void report_leaves(const struct cover *cover, struct coverage *sum,
			  FILE *out)
{
	for (uint32_t i = 0; i < cover->graph->num_steps; i++) {
		const struct node *node = node_of(cover->graph, i);
		uint32_t num = 2 * count_leaves(node->conds, node->num_conds);

		if (cover->graph->low->steps[i].type != STEP_VISIT)
			continue;
		sum->all_conds += num;
		for (uint32_t k = 0; k < num; k++) {
			if (cover->leaves[cover->first_leaf[i] + k]) {
				sum->conds++;
				continue;
			}
			fprintf(out, "not covered: %s: comparison %u %s: no packet found\n",
				cover->names[i], k / 2 + 1,
				k & 1 ? "holds" : "fails");
		}
	}
}

void cover_report(const struct cover *cover, struct coverage *sum, FILE *out)
{
	struct bounds *bounds = bounds_make(cover->graph);

	*sum = (struct coverage){};
	report_edges(cover, bounds, sum, out);
	report_sites(cover, bounds, sum, out);
	report_leaves(cover, sum, out);
	bounds_free(bounds);
}
