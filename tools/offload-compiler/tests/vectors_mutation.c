// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How much do vectors notice? Each single change of a CPR (every number one up
 * and one down, every truth value, operator, verdict, kind and target another)
 * that the reader takes is run over the packets that `vectors` made for the
 * original; the result of one of them has to be another.
 *	vectors_mutation FILE	prints what goes unnoticed and is not proved
 *				equal, and a sum
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "../load.h"
#include "../prove.h"
#include "../vectors.h"

struct mutation {
	const char	*path;
	json_t		*root;
	struct vectors	v;
	uint32_t	made, refused, noticed, equal, unnoticed;
	char		at[512];	/* the place in the document */
};

static const char *const ops[] = { "eq", "ne", "lt", "le", "gt", "ge", NULL };
static const char *const kinds[] = { "start", "end", "length", NULL };

static bool is_noticed(struct mutation *m, const struct parser *parser)
{
	const struct parser *own = m->v.graph->parser;

	for (uint32_t i = 0; i < m->v.num; i++) {
		const struct packet *p = &m->v.packets[i];
		struct parse_result res;

		reference_run(parser, p->data, p->len, p->inputs, &res);
		if (!results_equal(own, "", &p->result, "", &res, NULL))
			return true;
	}
	return false;
}

/* Proved, so no packet can notice */
static bool is_equal(const struct mutation *m, const struct parser *parser)
{
	const struct prove_body own = { .what = "own",
					.parser = m->v.graph->parser };
	const struct prove_body changed = { .what = "changed",
					    .parser = parser };
	struct proof_result proof;
	bool equal;

	prove_bodies(&own, &changed, &proof);
	equal = proof.proof == PROOF_EQUAL;
	proof_free(&proof);
	return equal;
}

static void try_document(struct mutation *m, const char *what)
{
	char *text = json_dumps(m->root, JSON_COMPACT | JSON_SORT_KEYS);
	int err = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
	struct parser *parser;

	if (!text || err < 0 || null < 0)
		exit(1);
	fflush(stderr);
	dup2(null, STDERR_FILENO);
	parser = cpr_read("mutated", text, strlen(text));
	fflush(stderr);
	dup2(err, STDERR_FILENO);
	close(err);
	close(null);
	free(text);
	m->made++;
	if (!parser) {
		m->refused++;
		return;
	}
	if (is_noticed(m, parser)) {
		m->noticed++;
	} else if (is_equal(m, parser)) {
		m->equal++;
	} else {
		m->unnoticed++;
		printf("%s: %s\n", m->at, what);
	}
	parser_free(parser);
}

static void try_integer(struct mutation *m, json_t *value)
{
	json_int_t old = json_integer_value(value);
	char what[64];

	for (int step = -1; step <= 1; step += 2) {
		if (old + step < 0 && !strstr(m->at, "add") && !strstr(m->at, "times"))
			continue;
		json_integer_set(value, old + step);
		snprintf(what, sizeof(what), "%lld is %lld", (long long)old,
			 (long long)old + step);
		try_document(m, what);
	}
	json_integer_set(value, old);
}

/* A wide number: its last digit another, up and down */
static void try_hex(struct mutation *m, json_t *value)
{
	static const char digits[] = "0123456789abcdef";
	char *old = strdup(json_string_value(value)), *text = strdup(old);
	size_t last = strlen(old) - 1;
	size_t digit = strchr(digits, old[last]) - digits;

	for (int step = -1; step <= 1; step += 2) {
		text[last] = digits[(digit + 16 + step) % 16];
		json_string_set(value, text);
		try_document(m, text);
	}
	json_string_set(value, old);
	free(old);
	free(text);
}

static void try_names(struct mutation *m, json_t *value,
		      const char *const *names)
{
	char *old = strdup(json_string_value(value));
	bool is_one = false;

	for (uint32_t i = 0; names[i]; i++)
		is_one |= !strcmp(names[i], old);
	for (uint32_t i = 0; is_one && names[i]; i++) {
		char what[80];

		if (!strcmp(names[i], old))
			continue;
		json_string_set(value, names[i]);
		snprintf(what, sizeof(what), "%s is %s", old, names[i]);
		try_document(m, what);
	}
	json_string_set(value, old);
	free(old);
}

static void try_verdict(struct mutation *m, json_t *value)
{
	const char *names[PARSE_NUM_VERDICTS + 1] = {};

	memcpy(names, parse_verdict_names, sizeof(parse_verdict_names));
	try_names(m, value, names);
}

/* Every other node as the target */
static void try_target(struct mutation *m, json_t *value)
{
	const struct parser *parser = m->v.graph->parser;
	const char **names = calloc(parser->num_nodes + 1, sizeof(*names));

	for (uint32_t i = 0; i < parser->num_nodes; i++)
		names[i] = parser->nodes[i].name;
	try_names(m, value, names);
	free(names);
}

static void try_string(struct mutation *m, const char *key, json_t *value)
{
	const char *text = json_string_value(value);

	if (!strcmp(key, "op"))
		try_names(m, value, ops);
	else if (!strcmp(key, "type"))
		try_names(m, value, kinds);
	else if (!strcmp(key, "stop"))
		try_verdict(m, value);
	else if (!strcmp(key, "node"))
		try_target(m, value);
	else if (*text && strlen(text) > 8 &&
		 strspn(text, "0123456789abcdef") == strlen(text))
		try_hex(m, value);
}

static void try_all(struct mutation *m, const char *key, json_t *value);

static void try_members(struct mutation *m, json_t *object)
{
	const char *name;
	json_t *value;
	size_t len = strlen(m->at);

	json_object_foreach(object, name, value) {
		snprintf(m->at + len, sizeof(m->at) - len, "/%s", name);
		if (json_is_boolean(value)) {
			bool old = json_is_true(value);

			json_object_set_new(object, name, json_boolean(!old));
			try_document(m, old ? "true is false" : "false is true");
			json_object_set_new(object, name, json_boolean(old));
		} else {
			try_all(m, name, value);
		}
		m->at[len] = '\0';
	}
}

static void try_all(struct mutation *m, const char *key, json_t *value)
{
	size_t len = strlen(m->at), i;
	json_t *element;

	if (json_is_integer(value))
		try_integer(m, value);
	else if (json_is_string(value))
		try_string(m, key, value);
	else if (json_is_object(value))
		try_members(m, value);
	json_array_foreach(value, i, element) {
		const char *name =
			json_string_value(json_object_get(element, "name"));

		if (name)
			snprintf(m->at + len, sizeof(m->at) - len, "/%s", name);
		else
			snprintf(m->at + len, sizeof(m->at) - len, "/%zu", i);
		try_all(m, key, element);
		m->at[len] = '\0';
	}
}

int main(int argc, char **argv)
{
	struct mutation m = { .path = argc > 1 ? argv[1] : "" };
	struct loaded_list list;
	struct lowered *low;
	struct graph *graph;

	if (argc != 2 || !load_file(m.path, "sha256", &list) || !list.num)
		return 2;
	low = lower(m.path, list.programs[0].parser);
	if (!low)
		return 1;
	graph = graph_make(low);
	m.v.graph = graph;
	vectors_make(&m.v, 1000);
	m.root = json_loadb(list.programs[0].cpr.data,
			    list.programs[0].cpr.size, 0, NULL);
	if (m.v.broken || !m.root)
		return 1;
	try_all(&m, "", m.root);
	printf("%u changes: %u refused, %u noticed, %u proved equal, %u neither\n",
	       m.made, m.refused, m.noticed, m.equal, m.unnoticed);
	json_decref(m.root);
	vectors_free(&m.v);
	graph_free(graph);
	lowered_free(low);
	loaded_free(&list);
	return 0;
}
