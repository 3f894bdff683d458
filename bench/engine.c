// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * engine SOURCE...
 *
 * What a packet costs netdevsim's device model in user space, on one core, and
 * what a state does. All packets of a parser take turns, and of each the best
 * turn counts, so that what else the machine does hits all alike. One packet
 * comes again and again: caches and branch predictors know it.
 */
#include <stdlib.h>
#include <time.h>

#include "engine_states.h"
#include "load.h"
#include "packets.h"
#include "run.h"

#define REPEAT	5000
#define ROUNDS	200

struct cost {			/* of a packet */
	double			ns;
	unsigned int		states;
	enum parse_verdict	verdict;
};

static double now(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts))
		abort();
	return 1e9 * ts.tv_sec + ts.tv_nsec;
}

static double measure(const struct tcam *tcam, const struct packet *packet)
{
	static struct parse_result res;
	double start = now();

	for (int i = 0; i < REPEAT; i++)
		tcam_run(tcam, packet->data, packet->size, 0, &res);
	return (now() - start) / REPEAT;
}

/* What is measured, and what is counted, does what the parser says */
static bool count(const struct parser *parser, const struct tcam *tcam,
		  const struct packet *packet, struct cost *cost)
{
	static struct parse_result want, is, counted;

	reference_run(parser, packet->data, packet->size, 0, &want);
	tcam_run(tcam, packet->data, packet->size, 0, &is);
	cost->states = engine_states(tcam, packet->data, packet->size,
				     &counted);
	cost->verdict = want.verdict;
	return results_equal(parser, "reference", &want, "engine", &is,
			     stderr) &&
	       results_equal(parser, "reference", &want, "counting engine",
			     &counted, stderr);
}

static bool measure_all(const struct parser *parser, const struct tcam *tcam,
			struct cost costs[NUM_PACKETS])
{
	for (size_t i = 0; i < NUM_PACKETS; i++) {
		costs[i].ns = 1e9;
		if (!count(parser, tcam, &packets[i], &costs[i]))
			return false;
	}
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < NUM_PACKETS; i++) {
			double ns = measure(tcam, &packets[i]);

			if (ns < costs[i].ns)
				costs[i].ns = ns;
		}
	return true;
}

static void print_costs(const char *name, const struct cost costs[NUM_PACKETS])
{
	printf("%-36s %-12s %7s %11s %7s %9s\n", name, "verdict", "ns",
	       "Mpackets/s", "states", "ns/state");
	for (size_t i = 0; i < NUM_PACKETS; i++)
		printf("%-36s %-12s %7.1f %11.2f %7u %9.1f\n", packets[i].name,
		       parse_verdict_names[costs[i].verdict], costs[i].ns,
		       1e3 / costs[i].ns, costs[i].states,
		       costs[i].ns / costs[i].states);
}

/* ns = fixed + each * states, by least squares */
static void print_fit(const struct cost costs[NUM_PACKETS])
{
	double x = 0, y = 0, xx = 0, xy = 0, each, n = NUM_PACKETS;

	for (size_t i = 0; i < NUM_PACKETS; i++) {
		x += costs[i].states;
		y += costs[i].ns;
		xx += (double)costs[i].states * costs[i].states;
		xy += costs[i].states * costs[i].ns;
	}
	if (n * xx == x * x)	/* all visit as many */
		return;
	each = (n * xy - x * y) / (n * xx - x * x);
	printf("least squares: ns = %.1f + %.1f * states\n", (y - each * x) / n,
	       each);
}

static bool measure_source(const char *path)
{
	char *target = target_path("netdevsim");
	struct cost costs[NUM_PACKETS];
	struct tcam *tcam = NULL;
	struct buffer payload = {};
	struct loaded_list list;
	struct device device;
	bool good = false;

	if (load_file(path, "sha256", &list)) {
		if (device_read(target, &device))
			tcam = loaded_tcam(path, &list, 0, &device, &payload);
		good = tcam && measure_all(list.programs[0].parser, tcam, costs);
		if (good) {
			print_costs(list.programs[0].parser->name, costs);
			print_fit(costs);
		}
		loaded_free(&list);
	}
	tcam_free(tcam);
	buffer_free(&payload);
	free(target);
	return good;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: engine SOURCE...\n", stderr);
		return OC_EXIT_USAGE;
	}
	for (int i = 1; i < argc; i++) {
		if (!measure_source(argv[i]))
			return OC_EXIT_WRONG;
		putchar('\n');
	}
	return OC_EXIT_GOOD;
}
