/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Flow keys as a line of text; packets as lines "FLAGS HEX". */
#ifndef FLOW_KEYS_H
#define FLOW_KEYS_H

#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>

static inline void flow_keys_print(const char *result,
				   const struct bpf_flow_keys *keys)
{
	char src[INET6_ADDRSTRLEN] = "-", dst[INET6_ADDRSTRLEN] = "-";

	if (keys->addr_proto == ETH_P_IP) {
		inet_ntop(AF_INET, &keys->ipv4_src, src, sizeof(src));
		inet_ntop(AF_INET, &keys->ipv4_dst, dst, sizeof(dst));
	} else if (keys->addr_proto == ETH_P_IPV6) {
		inet_ntop(AF_INET6, keys->ipv6_src, src, sizeof(src));
		inet_ntop(AF_INET6, keys->ipv6_dst, dst, sizeof(dst));
	}
	printf("result=%s nhoff=%u thoff=%u n_proto=%04x ip_proto=%u ", result,
	       keys->nhoff, keys->thoff, ntohs(keys->n_proto), keys->ip_proto);
	printf("frag=%u first=%u encap=%u src=%s dst=%s ", keys->is_frag,
	       keys->is_first_frag, keys->is_encap, src, dst);
	printf("sport=%u dport=%u label=%x\n", ntohs(keys->sport),
	       ntohs(keys->dport), ntohl(keys->flow_label));
}

/* The next packet of standard input; false at its end. Exits on nonsense. */
static inline bool flow_keys_next(unsigned int *flags, unsigned char *frame,
				  unsigned int size, unsigned int *len)
{
	static char line[2 * 65536 + 16];
	char *hex;

	if (!fgets(line, sizeof(line), stdin))
		return false;
	*flags = strtoul(line, &hex, 0);
	while (*hex == ' ')
		hex++;
	for (*len = 0; isxdigit(hex[0]) && isxdigit(hex[1]); hex += 2, ++*len) {
		if (*len == size || sscanf(hex, "%2hhx", &frame[*len]) != 1)
			break;
	}
	if (*hex == '\n')
		return true;
	fprintf(stderr, "no line of FLAGS HEX: %s", line);
	exit(2);
}

#endif /* FLOW_KEYS_H */
