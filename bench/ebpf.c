// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ebpf BASE.o OURS.bpf.o OURS.xdp.bpf.o OURS.tc.bpf.o BPF_FLOW.o BPF_FLOW_NO_MAP.o
 * ebpf --cost OBJECT...
 *
 * Nanoseconds a packet over an empty program of the same type, by
 * BPF_PROG_TEST_RUN on this machine's kernel. All programs take turns, and of
 * each the best turn counts, so that what else the machine does hits all alike.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/if_link.h>
#include <linux/pkt_cls.h>
#include <net/if.h>

#include "packets.h"

#define REPEAT	50000
#define ROUNDS	60
#define CPU	0	/* all is measured there */

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

enum run {
	EMPTY_FLOW, OURS_FLOW, BPF_FLOW, BPF_FLOW_NO_MAP,
	EMPTY_XDP, OURS_XDP,
	EMPTY_TC, OURS_TC, C_DISSECTOR,
	NUM_RUNS
};

/* What a program returns for a packet that it accepts; and what is empty */
static const struct {
	__u32		accepts;
	enum run	empty;
} runs[NUM_RUNS] = {
	[EMPTY_FLOW]		= { 0, EMPTY_FLOW },
	[OURS_FLOW]		= { 0, EMPTY_FLOW },
	[BPF_FLOW]		= { 0, EMPTY_FLOW },
	[BPF_FLOW_NO_MAP]	= { 0, EMPTY_FLOW },
	[EMPTY_XDP]		= { XDP_PASS, EMPTY_XDP },
	[OURS_XDP]		= { XDP_PASS, EMPTY_XDP },
	[EMPTY_TC]		= { TC_ACT_UNSPEC, EMPTY_TC },
	[OURS_TC]		= { TC_ACT_UNSPEC, EMPTY_TC },
	[C_DISSECTOR]		= { TC_ACT_UNSPEC, EMPTY_TC },
};

/* Nanoseconds; NAN: the program does not accept the packet */
static double measure(int fd, __u32 accepts, const struct packet *packet)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet->data,
		    .data_size_in = packet->size, .repeat = REPEAT);
	double start = now();

	if (bpf_prog_test_run_opts(fd, &opts))
		die("cannot run on", packet->name);
	return opts.retval == accepts ? (now() - start) / REPEAT : NAN;
}

/* The parser leaves its verdict first in this processor's value of its map */
static void check_verdict(struct bpf_object *ours, const struct packet *packet)
{
	struct bpf_map *map = bpf_object__find_map_by_name(ours,
							   "out_flow_dissector");
	size_t size = bpf_map__value_size(map);
	__u32 *values = calloc(libbpf_num_possible_cpus(), size), key = 0;

	if (!values || bpf_map__lookup_elem(map, &key, sizeof(key), values,
					    size * libbpf_num_possible_cpus(), 0))
		die("cannot read the outputs of", packet->name);
	if (values[CPU * size / sizeof(*values)]) {
		fprintf(stderr, "bench: %s is not accepted\n", packet->name);
		exit(1);
	}
	free(values);
}

static void measure_packet(const int fds[NUM_RUNS], struct bpf_object **ours,
			   const struct packet *packet)
{
	double ns[NUM_RUNS];
	int round, i;

	for (i = 0; i < NUM_RUNS; i++)
		ns[i] = 1e9;
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < NUM_RUNS; i++) {
			double one = measure(fds[i], runs[i].accepts, packet);

			ns[i] = one < ns[i] || isnan(one) ? one : ns[i];
		}
	}
	check_verdict(ours[1], packet);
	check_verdict(ours[2], packet);
	for (i = NUM_RUNS - 1; i >= 0; i--)
		ns[i] -= ns[runs[i].empty];
	if (isnan(ns[OURS_FLOW])) {
		fprintf(stderr, "bench: %s is not accepted\n", packet->name);
		exit(1);
	}
	printf("%-33s %6.1f %6.1f %6.1f %10.1f %8.1f %8.1f %9.1f %9.1f %9.1f\n",
	       packet->name, ns[OURS_FLOW], ns[OURS_XDP], ns[OURS_TC],
	       ns[BPF_FLOW], ns[BPF_FLOW_NO_MAP], ns[C_DISSECTOR],
	       ns[BPF_FLOW] / ns[OURS_FLOW], ns[C_DISSECTOR] / ns[OURS_FLOW],
	       ns[C_DISSECTOR] / ns[OURS_TC]);
}

static void print_cost(struct bpf_object *object, const char *path)
{
	const char *name = strrchr(path, '/');
	__u32 size, seen = verified(object, &size);

	printf("%-33s %12u %12u\n", name ? name + 1 : path, size, seen);
}

static void print_costs(struct bpf_object **objects, char **paths, int num)
{
	printf("%-33s %12s %12s\n", "object", "instructions", "verified");
	for (int i = 0; i < num; i++)
		print_cost(objects[i], paths[i]);
}

/* In the order of the usage */
enum { BASE, OURS, PEER = OURS + 3, PEER_NO_MAP, NUM_OBJECTS };

static void find_programs(struct bpf_object **objects, int fds[NUM_RUNS])
{
	fds[EMPTY_FLOW] = program(objects[BASE], "empty_flow");
	fds[EMPTY_XDP] = program(objects[BASE], "empty_xdp");
	fds[EMPTY_TC] = program(objects[BASE], "empty_tc");
	fds[C_DISSECTOR] = program(objects[BASE], "c_dissector");
	fds[OURS_FLOW] = program(objects[OURS], "parse_flow_dissector");
	fds[OURS_XDP] = program(objects[OURS + 1], "xdp_flow_dissector");
	fds[OURS_TC] = program(objects[OURS + 2], "tc_flow_dissector");
	fill_jump_table(objects[PEER]);
	fill_jump_table(objects[PEER_NO_MAP]);
	fds[BPF_FLOW] = program(objects[PEER], "_dissect");
	fds[BPF_FLOW_NO_MAP] = program(objects[PEER_NO_MAP], "_dissect");
}

static void stay_on_one_processor(void)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(CPU, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		die("cannot stay on", "one processor");
}

/*
 * A run of an XDP program that is attached nowhere makes the kernel rewrite its
 * dispatcher, which takes longer than the packets do. So each gets a loopback
 * device, in a network namespace of its own.
 */
static void attach_xdp(int fd)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .flags = XDP_FLAGS_SKB_MODE);

	if (unshare(CLONE_NEWNET) || open("/proc/self/ns/net", O_RDONLY) < 0 ||
	    bpf_link_create(fd, if_nametoindex("lo"), BPF_XDP, &opts) < 0)
		die("cannot attach an XDP program to", "lo");
}

static void print_speed(struct bpf_object **objects)
{
	int fds[NUM_RUNS];

	find_programs(objects, fds);
	stay_on_one_processor();
	attach_xdp(fds[EMPTY_XDP]);
	attach_xdp(fds[OURS_XDP]);
	puts("ns per packet over an empty program of the same type; and how many times ours the peers take\n");
	printf("%-33s %6s %6s %6s %10s %8s %8s %9s %9s %9s\n"
	       "%-33s %6s %6s %6s %10s %8s %8s %9s %9s %9s\n",
	       "", "ours", "ours", "ours", "bpf_flow.c", "its map", "C and",
	       "bpf_flow", "C", "C",
	       "packet", "flow", "xdp", "tc", "", "left out", "hash",
	       "/ flow", "/ flow", "/ tc");
	for (size_t i = 0; i < NUM_PACKETS; i++)
		measure_packet(fds, objects + OURS, &packets[i]);
	putchar('\n');
}

int main(int argc, char **argv)
{
	bool cost = argc > 2 && !strcmp(argv[1], "--cost");
	struct bpf_object *objects[argc];
	int i, first = cost ? 2 : 1, num = argc - first;

	if (!cost && num != NUM_OBJECTS) {
		fputs("usage: ebpf BASE.o OURS.bpf.o OURS.xdp.bpf.o OURS.tc.bpf.o BPF_FLOW.o BPF_FLOW_NO_MAP.o\n"
		      "       ebpf --cost OBJECT...\n", stderr);
		return 2;
	}
	for (i = 0; i < num; i++)
		objects[i] = load(argv[first + i]);
	if (!cost)
		print_speed(objects);
	print_costs(objects, argv + first, num);
	for (i = 0; i < num; i++)
		bpf_object__close(objects[i]);
	return 0;
}
