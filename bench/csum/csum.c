// SPDX-License-Identifier: GPL-2.0
/*
 * Calls what is counted, each a thousand times, with a dump of callgrind after
 * each: see table.py. The answers are checked, a wrong one ends it.
 */

#include "bench.h"
#include "sum.h"
#include <net/csum_legacy.h>
#include <stdio.h>
#include <valgrind/callgrind.h>

#define CALLS 1000
#define FRAME_LEN 1514
#define OPTIONS_MAX 2048	/* of an extension header, with itself */

typedef bool (*decide_fn)(struct sk_buff *skb);

/* As many devices: TCP and UDP behind plain headers */
static const struct skb_csum_legacy plain = {
	.ipv4 = 1, .ipv6 = 1, .tcp = 1, .udp = 1, .l2_len = ETH_HLEN,
};

static const struct skb_csum_legacy all = {
	.ipv4 = 1, .ipv6 = 1, .tcp = 1, .udp = 1, .ip_options = 1,
	.ext_hdrs = 1, .encap = 1, .vlan_depth = 2, .l2_len = ETH_HLEN,
};

/* Of what skb_checksum_help() does for a linear packet, the sum */
int skb_checksum_help(struct sk_buff *skb)
{
	int start = skb_checksum_start_offset(skb);
	u16 sum = csum_fold(csum_partial(skb->data + start, skb->len - start,
					 0));

	*(u16 *)(skb->data + start + skb->csum_offset) = sum ? sum : 0xffff;
	return 0;
}

int skb_crc32c_csum_help(struct sk_buff *skb)
{
	(void)skb;
	abort();
}

static __attribute__((noipa)) bool decide_nothing(struct sk_buff *skb)
{
	(void)skb;
	return true;
}

static __attribute__((noipa)) bool decide_before(struct sk_buff *skb)
{
	return !before(skb, NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM);
}

static __attribute__((noipa)) bool decide_after(struct sk_buff *skb)
{
	return !after(skb, NETIF_F_HW_CSUM);
}

static __attribute__((noipa)) bool decide_plain(struct sk_buff *skb)
{
	return skb_csum_hwoffload_legacy_check(skb, &plain);
}

static __attribute__((noipa)) bool decide_all(struct sk_buff *skb)
{
	return skb_csum_hwoffload_legacy_check(skb, &all);
}

static __attribute__((noipa)) bool decide_sum(struct sk_buff *skb)
{
	return !skb_checksum_help(skb);
}

static u8 *put(struct sk_buff *skb, int len)
{
	u8 *at = skb->data + skb->len;

	skb->len += len;
	return at;
}

static void put_type(struct sk_buff *skb, u16 type)
{
	*(__be16 *)put(skb, 2) = htons(type);
}

static void put_link(struct sk_buff *skb, int tags, u16 type)
{
	put(skb, ETH_HLEN - 2);
	for (int i = 0; i < tags; i++) {
		put_type(skb, ETH_P_8021Q);
		put(skb, 2);
	}
	put_type(skb, type);
	skb->protocol = htons(tags ? ETH_P_8021Q : type);
	skb->network_header = skb->len;
}

static void put_ipv4(struct sk_buff *skb, u8 protocol, int options)
{
	struct iphdr *iph = (void *)put(skb, sizeof(*iph));

	iph->version = 4;
	iph->ihl = (sizeof(*iph) + options) / 4;
	iph->protocol = protocol;
	memset(put(skb, options), 1, options);	/* no operation */
}

static u8 *put_ipv6(struct sk_buff *skb)
{
	struct ipv6hdr *ip6h = (void *)put(skb, sizeof(*ip6h));

	ip6h->version = 6;
	ip6h->nexthdr = IPPROTO_TCP;
	return &ip6h->nexthdr;
}

/* Padding of one byte each, the most to be read */
static u8 *put_ext_hdr(struct sk_buff *skb, u8 *next, u8 type, int len)
{
	u8 *header = put(skb, len);

	*header = *next;
	*next = type;
	header[1] = len / 8 - 1;
	return header;
}

static void tcp4(struct sk_buff *skb)
{
	put_link(skb, 0, ETH_P_IP);
	put_ipv4(skb, IPPROTO_TCP, 0);
}

static void tcp6(struct sk_buff *skb)
{
	put_link(skb, 0, ETH_P_IPV6);
	put_ipv6(skb);
}

static void tag_tcp4(struct sk_buff *skb)
{
	put_link(skb, 1, ETH_P_IP);
	put_ipv4(skb, IPPROTO_TCP, 0);
}

static void tags_options_tcp4(struct sk_buff *skb)
{
	put_link(skb, 2, ETH_P_IP);
	put_ipv4(skb, IPPROTO_TCP, 40);
}

static void hop_by_hop_tcp6(struct sk_buff *skb)
{
	u8 *next;

	put_link(skb, 0, ETH_P_IPV6);
	next = put_ipv6(skb);
	memcpy(put_ext_hdr(skb, next, NEXTHDR_HOP, 8) + 2, "\5\2\0\0\1", 6);
}

static void longest_tcp6(struct sk_buff *skb)
{
	u8 *next;

	put_link(skb, 2, ETH_P_IPV6);
	next = put_ipv6(skb);
	next = put_ext_hdr(skb, next, NEXTHDR_HOP, OPTIONS_MAX);
	put_ext_hdr(skb, next, NEXTHDR_DEST, OPTIONS_MAX);
}

static void routing_tcp6(struct sk_buff *skb)
{
	put_link(skb, 0, ETH_P_IPV6);
	put_ext_hdr(skb, put_ipv6(skb), 43, 24);
}

static void vxlan_tcp4(struct sk_buff *skb)
{
	put_link(skb, 0, ETH_P_IP);
	put_ipv4(skb, IPPROTO_UDP, 0);
	put(skb, sizeof(struct udphdr) + 8 + ETH_HLEN);
	skb->encapsulation = 1;
	skb->inner_network_header = skb->len;
	put_ipv4(skb, IPPROTO_TCP, 0);
}

static void build(struct sk_buff *skb, void (*headers)(struct sk_buff *skb))
{
	static u8 frame[FRAME_LEN + 2 * OPTIONS_MAX];

	memset(frame, 0, sizeof(frame));
	*skb = (struct sk_buff){ .head = frame, .data = frame,
				 .ip_summed = CHECKSUM_PARTIAL };
	headers(skb);
	skb->csum_start = skb->len;
	skb->transport_header = skb->len;
	skb->csum_offset = offsetof(struct tcphdr, check);
	if (skb->len < FRAME_LEN)
		skb->len = FRAME_LEN;
	else
		skb->len += sizeof(struct tcphdr);
}

static void count(struct sk_buff *skb, decide_fn decide, bool want,
		  const char *packet, const char *column)
{
	char name[64];

	snprintf(name, sizeof(name), "%s %s %s", packet, column,
		 want ? "yes" : "no");
	if (decide(skb) != want) {
		fprintf(stderr, "%s: the answer is wrong\n", name);
		exit(1);
	}
	CALLGRIND_ZERO_STATS;
	for (int i = 0; i < CALLS; i++)
		decide(skb);
	CALLGRIND_DUMP_STATS_AT(name);
}

int main(void)
{
	static const struct {
		const char *name;
		void (*headers)(struct sk_buff *skb);
		bool plain, all;
	} packets[] = {
		{ "tcp4", tcp4, true, true },
		{ "tcp6", tcp6, true, true },
		{ "tag_tcp4", tag_tcp4, false, true },
		{ "tags_options_tcp4", tags_options_tcp4, false, true },
		{ "vxlan_tcp4", vxlan_tcp4, false, true },
		{ "hop_by_hop_tcp6", hop_by_hop_tcp6, false, true },
		{ "routing_tcp6", routing_tcp6, false, false },
		{ "longest_tcp6", longest_tcp6, false, true },
	};
	struct sk_buff skb;

	for (size_t i = 0; i < sizeof(packets) / sizeof(*packets); i++) {
		const char *name = packets[i].name;

		build(&skb, packets[i].headers);
		count(&skb, decide_nothing, true, name, "nothing");
		count(&skb, decide_before, true, name, "before");
		count(&skb, decide_after, true, name, "core");
		count(&skb, decide_plain, packets[i].plain, name, "plain");
		count(&skb, decide_all, packets[i].all, name, "all");
		count(&skb, decide_sum, true, name, "sum");
	}
	return 0;
}
