// SPDX-License-Identifier: GPL-2.0
/*
 * traffic DEV COUNT FLOWS: sends COUNT UDP/IPv4 packets out of DEV, that many
 * flows in turn; COUNT 0: until SIGTERM. Prints how many were sent.
 *
 * The frames are raw and do not wait for anybody to answer.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct frame {
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
	char data[22];
} __attribute__((packed));

static volatile sig_atomic_t stop;

static void on_term(int sig)
{
	stop = 1;
}

static void frame_init(struct frame *f)
{
	memset(f, 0, sizeof(*f));
	memset(f->eth.h_dest, 0xff, ETH_ALEN);
	f->eth.h_source[0] = 2;
	f->eth.h_proto = htons(ETH_P_IP);
	f->ip.version = 4;
	f->ip.ihl = 5;
	f->ip.tot_len = htons(sizeof(*f) - sizeof(f->eth));
	f->ip.ttl = 64;
	f->ip.protocol = IPPROTO_UDP;
	f->ip.saddr = inet_addr("192.0.2.1");
	f->ip.daddr = inet_addr("192.0.2.2");
	f->udp.dest = htons(9);
	f->udp.len = htons(sizeof(f->udp) + sizeof(f->data));
}

static int open_dev(const char *name)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_ifindex = if_nametoindex(name),
	};
	int fd;

	if (!addr.sll_ifindex)
		return -1;
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		return -1;
	return fd;
}

int main(int argc, char **argv)
{
	unsigned long count, flows, i, sent = 0;
	struct frame frame;
	int fd;

	if (argc != 4) {
		fprintf(stderr, "usage: traffic DEV COUNT FLOWS\n");
		return 2;
	}
	count = strtoul(argv[2], NULL, 0);
	flows = strtoul(argv[3], NULL, 0);
	fd = open_dev(argv[1]);
	if (fd < 0 || !flows) {
		fprintf(stderr, "traffic: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	signal(SIGTERM, on_term);
	frame_init(&frame);
	for (i = 0; !stop && (!count || i < count); i++) {
		frame.udp.source = htons(1024 + i % flows);
		if (send(fd, &frame, sizeof(frame), 0) == sizeof(frame))
			sent++;
		else if (count)
			i--;	/* the ring of the peer was full */
		if (!count && i % 8 == 7)
			usleep(1000);	/* leave some time to the others */
	}
	printf("%lu\n", sent);
	return 0;
}
