// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler vectors: packets for every path and boundary of a parser */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "load.h"
#include "vectors.h"

#define MOST_PATHS	100000

struct args {
	const char	*path, *out, *name;
	uint32_t	max_paths;
};

/* OUT.pcap -> OUT.json */
static char *expect_path(const char *out)
{
	size_t len = strlen(out);

	if (len > 5 && !strcmp(out + len - 5, ".pcap"))
		len -= 5;
	return xasprintf("%.*s.json", (int)len, out);
}

static void add_u32(struct buffer *buf, uint32_t value)
{
	uint8_t bytes[4] = { value, value >> 8, value >> 16, value >> 24 };

	buffer_add(buf, bytes, 4);
}

/* The same bytes on every machine: little endian, no time */
static void make_pcap(const struct vectors *v, struct buffer *pcap)
{
	add_u32(pcap, 0xa1b2c3d4);
	add_u32(pcap, 2 | 4 << 16);
	add_u32(pcap, 0);
	add_u32(pcap, 0);
	add_u32(pcap, RUN_MAX_FRAME);
	add_u32(pcap, 1);
	for (uint32_t i = 0; i < v->num; i++) {
		add_u32(pcap, 0);
		add_u32(pcap, 0);
		add_u32(pcap, v->packets[i].len);
		add_u32(pcap, v->packets[i].len);
		buffer_add(pcap, v->packets[i].data, v->packets[i].len);
	}
}

static void make_expect(const struct vectors *v, const struct loaded *program,
			struct buffer *json)
{
	char hex[2 * NETPROG_HASH_MAX + 1];

	digest_hex(&program->digest, hex);
	buffer_printf(json, "{\"program\": \"%s\", \"hash\": \"%s:%s\", \"packets\": [",
		      program->parser->name, program->digest.alg, hex);
	for (uint32_t i = 0; i < v->num; i++) {
		const struct packet *p = &v->packets[i];

		buffer_printf(json, "%s\n{\"packet\": %u, \"purpose\": \"%s\", \"path\": \"%s\", \"inputs\": %u, ",
			      i ? "," : "", i + 1, p->purpose, p->path, p->inputs);
		expect_write(program->parser, &p->result, json);
		buffer_printf(json, "}");
	}
	buffer_printf(json, "\n]}\n");
}

static bool write_both(const char *out, const struct buffer *pcap,
		       const struct buffer *json)
{
	char *path = expect_path(out);
	char *a = file_stage(out, pcap->data, pcap->size);
	char *b = a ? file_stage(path, json->data, json->size) : NULL;
	bool good = b && file_commit(a, out) && file_commit(b, path);

	free(path);
	free(a);
	free(b);
	return good;
}

static void print_sum(const struct vectors *v, uint32_t max_paths)
{
	const struct graph *graph = v->graph;
	struct coverage sum;

	cover_report(v->cover, &sum, stdout);
	printf("%u steps, %u edges, %u pairs of edges (%u without a packet), %u whole paths, %u packets\n",
	       graph->num_steps, graph->num_edges, v->num_pairs, v->pairs_left,
	       v->num_paths, v->num);
	if (v->all_paths)
		printf("paths: all that come by no step more than twice\n");
	else
		printf("paths: the shortest that come by no step more than twice, up to %u\n",
		       max_paths);
	if (v->gave_up)
		printf("search: ended before all was tried; it may be that more can be covered\n");
	if (v->window_unsearched)
		printf("window: of %u bytes is not searched for\n",
		       graph->parser->max_bytes);
	printf("covered: %u of %u edges, %u of %u entries, %u of %u sides of comparisons, %u of %u ways to end in a step; %u more cannot be\n",
	       sum.edges, sum.all_edges, sum.entries, sum.all_entries,
	       sum.conds, sum.all_conds, sum.sites, sum.all_sites,
	       sum.impossible);
}

static bool make_vectors(const struct args *args, const struct loaded *program)
{
	struct lowered *low = lower(args->path, program->parser);
	struct graph *graph = low ? graph_make(low) : NULL;
	struct vectors v = { .graph = graph };
	struct buffer pcap = {}, json = {};
	bool good = false;

	if (low) {
		vectors_make(&v, args->max_paths);
		make_pcap(&v, &pcap);
		make_expect(&v, program, &json);
		good = !v.broken && write_both(args->out, &pcap, &json);
		if (good)
			print_sum(&v, args->max_paths);
		vectors_free(&v);
	}
	buffer_free(&pcap);
	buffer_free(&json);
	graph_free(graph);
	lowered_free(low);
	return good;
}

static bool parse_args(struct args *args, int argc, char **argv)
{
	static const struct option options[] = {
		{ "program", required_argument, NULL, 'n' },
		{ "max-paths", required_argument, NULL, 'm' },
		{}
	};
	char *end;
	int opt;

	while ((opt = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		if (opt == 'o') {
			args->out = optarg;
		} else if (opt == 'n') {
			args->name = optarg;
		} else if (opt == 'm') {
			args->max_paths = strtoul(optarg, &end, 10);
			if (*optarg >= '0' && *optarg <= '9' && !*end &&
			    args->max_paths <= MOST_PATHS)
				continue;
			fprintf(stderr, "offload-compiler vectors: --max-paths %s: must be a number up to %u\n",
				optarg, MOST_PATHS);
			return false;
		} else {
			return false;
		}
	}
	if (optind + 1 != argc || !args->out) {
		fputs("offload-compiler vectors: needs one FILE and -o OUT.pcap; see `offload-compiler help vectors`\n",
		      stderr);
		return false;
	}
	args->path = argv[optind];
	return true;
}

int cmd_vectors(int argc, char **argv)
{
	struct args args = { .max_paths = VECTORS_PATHS };
	const struct loaded *program;
	struct loaded_list list;
	bool good = false;

	if (!parse_args(&args, argc, argv))
		return OC_EXIT_USAGE;
	if (!load_file(args.path, "sha256", &list))
		return OC_EXIT_WRONG;
	program = loaded_find(args.path, args.name, &list);
	if (program)
		good = make_vectors(&args, program);
	loaded_free(&list);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
