// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ebpf BASE.o OURS.o BPF_FLOW.o BPF_FLOW_NO_MAP.o
 * ebpf --cost OBJECT...
 *
 * Nanoseconds a packet over an empty program of the same type, by
 * BPF_PROG_TEST_RUN on this machine's kernel. All programs take turns, and of
 * each the best turn counts, so that what else the machine does hits all alike.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "packets.h"

#define REPEAT	50000
#define ROUNDS	60

static void die(const char *what, const char *name)
{
	fprintf(stderr, "bench: %s %s: %s\n", what, name, strerror(errno));
	exit(1);
}

static struct bpf_object *load(const char *path)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);

	if (!object || bpf_object__load(object))
		die("cannot load (this needs root)", path);
	return object;
}

static int program(struct bpf_object *object, const char *name)
{
	struct bpf_program *prog = bpf_object__find_program_by_name(object, name);

	if (!prog)
		die("no program", name);
	return bpf_program__fd(prog);
}

/* bpf_flow.c calls itself through a table that its user fills */
static void fill_jump_table(struct bpf_object *object)
{
	int map = bpf_object__find_map_fd_by_name(object, "jmp_table");
	char name[32];
	__u32 i;

	for (i = 0; i < 6; i++) {
		int fd;

		snprintf(name, sizeof(name), "flow_dissector_%u", i);
		fd = program(object, name);
		if (bpf_map_update_elem(map, &i, &fd, BPF_ANY))
			die("cannot set in the jump table:", name);
	}
}

static __u32 verified(struct bpf_object *object, __u32 *size)
{
	struct bpf_program *prog = NULL;
	__u32 sum = 0;

	*size = 0;
	while ((prog = bpf_object__next_program(object, prog))) {
		struct bpf_prog_info info = {};
		__u32 len = sizeof(info);

		if (bpf_obj_get_info_by_fd(bpf_program__fd(prog), &info, &len))
			die("no information on", bpf_program__name(prog));
		sum += info.verified_insns;
		*size += info.xlated_prog_len / 8;
	}
	return sum;
}

static double now(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts))
		die("cannot read", "the clock");
	return 1e9 * ts.tv_sec + ts.tv_nsec;
}

/* NAN: the program does not accept the packet */
static double measure(int fd, const struct packet *packet)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet->data,
		    .data_size_in = packet->size, .repeat = REPEAT);
	double start = now();

	if (bpf_prog_test_run_opts(fd, &opts))
		die("cannot run on", packet->name);
	return opts.retval ? NAN : (now() - start) / REPEAT;
}

enum { EMPTY_FLOW, EMPTY_TC, OURS, FLOW, FLOW_NO_MAP, C_DISSECTOR, NUM_RUNS };

static void measure_packet(const int fds[NUM_RUNS], const struct packet *packet)
{
	double best[NUM_RUNS];
	int round, i;

	for (i = 0; i < NUM_RUNS; i++)
		best[i] = 1e9;
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < NUM_RUNS; i++) {
			double ns = measure(fds[i], packet);

			best[i] = ns < best[i] || isnan(ns) ? ns : best[i];
		}
	}
	if (isnan(best[OURS])) {
		fprintf(stderr, "bench: %s is not accepted\n", packet->name);
		exit(1);
	}
	printf("%-33s %8.1f %11.1f %16.1f %16.1f\n", packet->name,
	       best[OURS] - best[EMPTY_FLOW], best[FLOW] - best[EMPTY_FLOW],
	       best[FLOW_NO_MAP] - best[EMPTY_FLOW],
	       best[C_DISSECTOR] - best[EMPTY_TC]);
}

static int print_costs(char **paths, int num)
{
	int i;

	printf("%-33s %12s %12s\n", "object", "instructions", "verified");
	for (i = 0; i < num; i++) {
		struct bpf_object *object = load(paths[i]);
		const char *name = strrchr(paths[i], '/');
		__u32 size, seen = verified(object, &size);

		printf("%-33s %12u %12u\n", name ? name + 1 : paths[i], size,
		       seen);
		bpf_object__close(object);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct bpf_object *base, *ours, *flow, *bare;
	int fds[NUM_RUNS];
	__u32 size_ours, size_flow, seen_ours, seen_flow;
	size_t i;

	if (argc > 2 && !strcmp(argv[1], "--cost"))
		return print_costs(argv + 2, argc - 2);
	if (argc != 5) {
		fputs("usage: ebpf BASE.o OURS.o BPF_FLOW.o BPF_FLOW_NO_MAP.o\n"
		      "       ebpf --cost OBJECT...\n", stderr);
		return 2;
	}
	base = load(argv[1]);
	ours = load(argv[2]);
	flow = load(argv[3]);
	bare = load(argv[4]);
	fill_jump_table(flow);
	fill_jump_table(bare);

	fds[EMPTY_FLOW] = program(base, "empty_flow");
	fds[EMPTY_TC] = program(base, "empty_tc");
	fds[OURS] = bpf_program__fd(bpf_object__next_program(ours, NULL));
	fds[FLOW] = program(flow, "_dissect");
	fds[FLOW_NO_MAP] = program(bare, "_dissect");
	fds[C_DISSECTOR] = program(base, "c_dissector");

	puts("ns per packet over an empty program of the same type\n");
	printf("%-33s %8s %11s %16s %16s\n", "packet", "netprog", "bpf_flow.c",
	       "without its map", "C dissector+hash");
	for (i = 0; i < NUM_PACKETS; i++)
		measure_packet(fds, &packets[i]);
	seen_ours = verified(ours, &size_ours);
	seen_flow = verified(flow, &size_flow);
	printf("\n%-33s %8u %11u\n%-33s %8u %11u\n", "instructions", size_ours,
	       size_flow, "looked at by the verifier", seen_ours, seen_flow);
	bpf_object__close(base);
	bpf_object__close(ours);
	bpf_object__close(flow);
	bpf_object__close(bare);
	return 0;
}
