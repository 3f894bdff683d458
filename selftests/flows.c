// SPDX-License-Identifier: GPL-2.0
/*
 * flows DEV COUNT: a table of the flows that arrive at DEV, by the flow keys
 * that the flow dissector attached to this network namespace gives them
 * (BPF_PROG_TEST_RUN of the very program that the kernel runs), with the hash
 * and the RX queue of each and who made the hash.
 *
 * Prints "ready" on stderr once every later packet will be seen; ends after
 * COUNT packets, or with status 1 when they have not come within 120 seconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "flows.h"

#define MAX_FLOWS	1024
#define DEADLINE	120	/* seconds */

struct flow {
	struct bpf_flow_keys keys;	/* offsets and flags zeroed */
	unsigned int packets, by_device, queues;
	__u32 hash, queue;
	bool many_hashes;
};

static struct {
	struct flow flow[MAX_FLOWS];
	unsigned int num, packets;
	int dissector;
} table;

static int attached_dissector(void)
{
	__u32 id = 0, num = 1, flags = 0;
	int fd, netns;

	netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (netns < 0)
		return -errno;
	if (bpf_prog_query(netns, BPF_FLOW_DISSECTOR, 0, &flags, &id, &num)) {
		fd = -errno;
		close(netns);
		return fd;
	}
	close(netns);
	if (!num)
		return -ENOENT;
	fd = bpf_prog_get_fd_by_id(id);
	return fd < 0 ? -errno : fd;
}

static bool software_keys(const struct flow_record *rec,
			  struct bpf_flow_keys *keys)
{
	/* What skb_get_hash() asks for */
	struct bpf_flow_keys in = {
		.flags = BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL,
	};
	LIBBPF_OPTS(bpf_test_run_opts, opts,
		    .ctx_in = &in,
		    .ctx_size_in = sizeof(in),
		    .data_in = rec->data,
		    .data_size_in = rec->len,
		    .data_out = keys,
		    .data_size_out = sizeof(*keys));

	memset(keys, 0, sizeof(*keys));
	if (bpf_prog_test_run_opts(table.dissector, &opts))
		return false;
	/* A tag that the driver took off moves the offsets, not the flow */
	keys->nhoff = 0;
	keys->thoff = 0;
	keys->flags = 0;
	return true;
}

static struct flow *find_flow(const struct bpf_flow_keys *keys)
{
	unsigned int i;

	for (i = 0; i < table.num; i++)
		if (!memcmp(&table.flow[i].keys, keys, sizeof(*keys)))
			return &table.flow[i];
	if (table.num == MAX_FLOWS)
		return NULL;
	table.flow[table.num].keys = *keys;
	return &table.flow[table.num++];
}

static int record(void *ctx, void *data, size_t size)
{
	const struct flow_record *rec = data;
	struct bpf_flow_keys keys;
	struct flow *flow;

	table.packets++;
	if (!software_keys(rec, &keys))
		memset(&keys, 0, sizeof(keys));
	flow = find_flow(&keys);
	if (!flow)
		return 0;
	if (flow->packets && flow->hash != rec->hash)
		flow->many_hashes = true;
	flow->hash = rec->hash;
	flow->queue = rec->queue;
	flow->by_device += !!rec->device_hash;
	flow->packets++;
	return 0;
}

static int by_keys(const void *a, const void *b)
{
	const struct flow *x = a, *y = b;

	return memcmp(&x->keys, &y->keys, sizeof(x->keys));
}

static void format_keys(const struct bpf_flow_keys *keys, char *out, size_t size)
{
	char src[INET6_ADDRSTRLEN] = "-", dst[INET6_ADDRSTRLEN] = "-";

	if (keys->addr_proto == ETH_P_IP) {
		inet_ntop(AF_INET, &keys->ipv4_src, src, sizeof(src));
		inet_ntop(AF_INET, &keys->ipv4_dst, dst, sizeof(dst));
	} else if (keys->addr_proto == ETH_P_IPV6) {
		inet_ntop(AF_INET6, keys->ipv6_src, src, sizeof(src));
		inet_ntop(AF_INET6, keys->ipv6_dst, dst, sizeof(dst));
	}
	snprintf(out, size, "%04x/%-3u %s:%u > %s:%u%s%s%s",
		 ntohs(keys->n_proto), keys->ip_proto,
		 src, ntohs(keys->sport), dst, ntohs(keys->dport),
		 keys->is_encap ? " encap" : "", keys->is_frag ? " frag" : "",
		 keys->flow_label ? " label" : "");
}

static void print_table(void)
{
	char keys[160], queue[16], hash[16];
	unsigned int i;

	qsort(table.flow, table.num, sizeof(table.flow[0]), by_keys);
	printf("%7s  %-10s %5s  %-8s  %s\n",
	       "packets", "hash", "queue", "by", "flow keys");
	for (i = 0; i < table.num; i++) {
		const struct flow *flow = &table.flow[i];

		format_keys(&flow->keys, keys, sizeof(keys));
		snprintf(hash, sizeof(hash), "0x%08x", flow->hash);
		snprintf(queue, sizeof(queue), "%d", (int)flow->queue - 1);
		printf("%7u  %-10s %5s  %-8s  %s\n", flow->packets,
		       flow->many_hashes ? "several" : hash,
		       flow->queue ? queue : "-",
		       flow->by_device == flow->packets ? "device" :
		       flow->by_device ? "both" : "software", keys);
	}
	printf("%7u packets in %u flows\n", table.packets, table.num);
}

static int collect(const char *object, int ifindex, unsigned int count)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex,
		    .attach_point = BPF_TC_INGRESS);
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = 1, .priority = 1);
	struct ring_buffer *ring = NULL;
	struct bpf_object *obj;
	time_t end = time(NULL) + DEADLINE;
	int err;

	obj = bpf_object__open_file(object, NULL);
	if (!obj)
		return -errno;
	err = bpf_object__load(obj);
	if (err)
		goto out_close;
	err = bpf_tc_hook_create(&hook);
	if (err && err != -EEXIST)
		goto out_close;
	opts.prog_fd = bpf_program__fd(bpf_object__find_program_by_name(obj, "flows"));
	err = bpf_tc_attach(&hook, &opts);
	if (err)
		goto out_close;
	ring = ring_buffer__new(bpf_object__find_map_fd_by_name(obj, "seen"),
				record, NULL, NULL);
	if (!ring) {
		err = -errno;
		goto out_detach;
	}
	fprintf(stderr, "ready\n");
	while (table.packets < count && time(NULL) < end)
		ring_buffer__poll(ring, 100);
	ring_buffer__free(ring);
out_detach:
	opts.flags = opts.prog_fd = opts.prog_id = 0;
	bpf_tc_detach(&hook, &opts);
	hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
	bpf_tc_hook_destroy(&hook);
out_close:
	bpf_object__close(obj);
	return err;
}

int main(int argc, char **argv)
{
	unsigned int ifindex, count;
	char object[4096];
	ssize_t len;
	int err;

	if (argc != 3) {
		fprintf(stderr, "usage: flows DEV COUNT\n");
		return 2;
	}
	ifindex = if_nametoindex(argv[1]);
	if (!ifindex) {
		fprintf(stderr, "flows: %s: no such device here\n", argv[1]);
		return 1;
	}
	count = strtoul(argv[2], NULL, 0);
	table.dissector = attached_dissector();
	if (table.dissector < 0) {
		fprintf(stderr, "flows: no flow dissector is attached to this netns: %s\n",
			strerror(-table.dissector));
		return 1;
	}
	len = readlink("/proc/self/exe", object, sizeof(object) - sizeof(".bpf.o"));
	if (len < 0) {
		perror("flows: /proc/self/exe");
		return 1;
	}
	strcpy(object + len, ".bpf.o");
	err = collect(object, ifindex, count);
	if (err) {
		fprintf(stderr, "flows: %s: %s\n", object, strerror(-err));
		return 1;
	}
	print_table();
	if (table.packets < count) {
		fprintf(stderr, "flows: %u of %u packets came within %u seconds\n",
			table.packets, count, DEADLINE);
		return 1;
	}
	return 0;
}
