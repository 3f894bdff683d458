// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz the kernel's decision which packets a device that parses may sum, the
 * very file net/core/csum_legacy.c, under the sanitizers.
 *
 * The input says how to build a packet, its marks and a device. The answer is
 * compared with device_finds(): what is trusted must be found, what is refused
 * must not. In front of the packet and behind its head is poison.
 */

#include "csum.h"
#include <sanitizer/asan_interface.h>
#include <stdio.h>

/* libFuzzer calls it */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

/* Behind its end an input goes on as if by chance */
struct input {
	const u8 *next, *end;
	u32 state;
};

static int helped;

int skb_checksum_help(struct sk_buff *skb)
{
	/* it would warn */
	if (skb_checksum_start_offset(skb) + skb->csum_offset + 2 >
	    (int)skb_headlen(skb))
		abort();
	helped++;
	return 0;
}

int skb_crc32c_csum_help(struct sk_buff *skb)
{
	return skb_checksum_help(skb);
}

static u8 take(struct input *in)
{
	if (in->next < in->end) {
		in->state = (in->state ^ *in->next) * 16777619;
		return *in->next++;
	}
	in->state = in->state * 1664525 + 1013904223;
	return in->state >> 24;
}

static u8 *put(struct packet *p, int len)
{
	static u8 spill[FRAME_MAX];
	u8 *at = p->bytes + p->len;

	if (len > FRAME_MAX - p->len)
		return spill;
	p->len += len;
	return at;
}

static void put_type(struct packet *p, u16 type)
{
	u8 *at = put(p, 2);

	at[0] = type >> 8;
	at[1] = type;
}

static u16 pick_ether_type(struct input *in, int version)
{
	static const u16 types[] = {
		ETH_P_MPLS_UC, ETH_P_IP, ETH_P_IPV6, ETH_P_FCOE, ETH_P_8021Q
	};
	u8 choice = take(in);

	if (choice < 5)
		return types[choice];
	return version == 4 ? ETH_P_IP : ETH_P_IPV6;
}

static void put_link(struct packet *p, struct input *in, int l2_len,
		     int version)
{
	u8 tags = take(in);

	if (!l2_len)
		return;
	put(p, l2_len - 2);
	for (int i = tags > 3 ? 0 : tags; i > 0; i--) {
		put_type(p, tags & 1 ? ETH_P_8021Q : ETH_P_8021AD);
		put(p, 2);
	}
	put_type(p, pick_ether_type(in, version));
	if (take(in) == 1)	/* a label, or a tag that nobody knows */
		put(p, 4)[0] = take(in);
}

/* Mostly one that is well formed and the rest zero: end, or padding */
static void put_options(struct packet *p, struct input *in, const u8 types[4],
			int len, int with_header)
{
	u8 choice = take(in);
	u8 *at = put(p, len);

	if (choice & 128) {
		while (len--)
			*at++ = take(in);
	} else if (choice & 7 && len > 1) {
		at[0] = types[choice & 3];
		at[1] = len - with_header - (choice >> 3);
	}
}

static void put_ipv4(struct packet *p, struct input *in, u8 protocol)
{
	static const u8 types[] = { 148, LOOSE_ROUTE, STRICT_ROUTE, 1 };
	u8 options = take(in) & 15, fragment = take(in);
	u8 *header = put(p, sizeof(struct iphdr));

	if (options > 10)
		options = 0;
	header[0] = 0x45 + options;
	if (fragment < 3)
		header[6 + fragment % 2] = 0x20;
	else if (fragment == 3)
		header[6] = 0x40;	/* do not */
	header[9] = protocol;
	put_options(p, in, types, 4 * options, 0);
}

static void put_ipv6(struct packet *p, struct input *in, u8 protocol)
{
	static const u8 headers[] = { 0, 60, 43, 44, 0, 60, 60, 51 };
	static const u8 types[] = { 1, HOME_ADDRESS, JUMBO_PAYLOAD, 5 };
	u8 *next = put(p, sizeof(struct ipv6hdr));
	u8 num = take(in) & 3;

	*next = 0x60;
	next += offsetof(struct ipv6hdr, nexthdr);
	while (num--) {
		u8 len = take(in) & 3;

		*next = headers[take(in) & 7];
		next = put(p, 1);
		*put(p, 1) = len;
		put_options(p, in, types, 8 * len + 6, 2);
	}
	*next = protocol;
}

/* An IP header, and what is between it and the next IP header */
static void put_tunnel(struct packet *p, struct input *in, int version,
		       int inner_version)
{
	static const u8 protocols[] = { IPPROTO_UDP, IPPROTO_GRE };
	u8 kind = take(in) & 3;
	u8 protocol = kind < 2 ? protocols[kind] :
		      inner_version == 4 ? IPPROTO_IPIP : IPPROTO_IPV6;

	if (version == 4)
		put_ipv4(p, in, protocol);
	else
		put_ipv6(p, in, protocol);
	if (kind == 0)
		put(p, sizeof(struct udphdr) + 8);
	else if (kind == 1)
		put(p, 4);
}

static void build(struct packet *p, struct input *in, int l2_len)
{
	static const u8 transports[] = {
		IPPROTO_TCP, IPPROTO_UDP, IPPROTO_TCP, IPPROTO_UDP,
		IPPROTO_SCTP, IPPROTO_DCCP, IPPROTO_UDPLITE, IPPROTO_NONE
	};
	u8 shape = take(in);
	int version = shape & 1 ? 4 : 6, tunnels = shape >> 6 & shape >> 4;

	put_link(p, in, l2_len, version);
	p->network = p->len;
	for (int i = 1; i < tunnels; i++) {
		int inner = take(in) & 1 ? 4 : 6;

		put_tunnel(p, in, version, inner);
		version = inner;
	}
	p->inner = p->len;
	p->protocol = transports[take(in) & 7];
	if (version == 4)
		put_ipv4(p, in, p->protocol);
	else
		put_ipv6(p, in, p->protocol);
	p->transport = p->len;
	put(p, 18 + (take(in) & 7));
	for (u8 lies = take(in); lies > 253; lies--)
		p->bytes[(take(in) | take(in) << 8) % p->len] = take(in);
	if (take(in) == 1)
		p->len -= take(in) % p->len;
}

/* Mostly what was built, at times what nobody would mark */
static int pick(struct input *in, int built)
{
	u8 choice = take(in);

	if (choice > 2)
		return built;
	if (choice == 2)
		return built + (signed char)take(in);
	return take(in) - HEADROOM;
}

static u16 pick_csum_offset(struct input *in, const struct packet *p)
{
	static const u8 offsets[] = { 6, 16, 8, 4 };
	u8 choice = take(in);

	if (choice < 4)
		return offsets[choice];
	if (choice == 4)
		return 0xffff - take(in);
	if (p->protocol == IPPROTO_TCP)
		return 16;
	return p->protocol == IPPROTO_SCTP ? 8 : 6;
}

static void mark(struct sk_buff *skb, struct input *in, const struct packet *p)
{
	int network = pick(in, p->network);
	u8 bits = take(in);

	/* no header in front of the packet: that is the driver's promise */
	skb->network_header = HEADROOM + (network < 0 ? 0 : network);
	skb->encapsulation = (p->inner != p->network) ^ !(bits & 3);
	if (skb->encapsulation && (bits & 48) != 48)
		skb->inner_network_header = HEADROOM + pick(in, p->inner);
	skb->vlan_present = (bits & 12) == 12;
	skb->ip_summed = bits == 0xff ? CHECKSUM_NONE : CHECKSUM_PARTIAL;
	skb->csum_start = HEADROOM + pick(in, p->transport);
	skb->csum_offset = pick_csum_offset(in, p);
	if (skb->csum_offset == 8)
		skb->csum_not_inet = take(in) > 15;
	skb->protocol = htons(pick_ether_type(in, p->bytes[p->network] >> 4));
}

static struct skb_csum_legacy pick_device(struct input *in)
{
	static const u8 l2_lens[] = { ETH_HLEN, ETH_HLEN, ETH_HLEN + 4, 0 };
	u8 bits = take(in) | take(in), more = take(in);

	return (struct skb_csum_legacy){
		.ipv4 = bits & 1, .ipv6 = bits >> 1, .tcp = bits >> 2,
		.udp = bits >> 3, .sctp = bits >> 4, .ip_options = bits >> 5,
		.ext_hdrs = bits >> 6, .encap = bits >> 7,
		.l3_offset = (more & 7) == 7, .vlan_depth = more >> 3 & 3,
		.l2_len = l2_lens[more >> 5 & 3],
		.max_start = more >> 7 ? take(in) : 0,
	};
}

static void expect(bool good, const char *what, const struct packet *p,
		   const struct sk_buff *skb)
{
	if (good)
		return;
	fprintf(stderr, "%s: start %d offset %d network %d inner %d of %d:",
		what, skb->csum_start - HEADROOM, skb->csum_offset,
		skb_network_offset(skb), skb_inner_network_offset(skb), p->len);
	for (int i = 0; i < p->len; i++)
		fprintf(stderr, " %02x", p->bytes[i]);
	fputc('\n', stderr);
	abort();
}

static void decide(const struct packet *p, struct sk_buff *skb,
		   const struct skb_csum_legacy *can)
{
	bool asked = skb->ip_summed == CHECKSUM_PARTIAL;
	bool fcoe = skb->protocol == htons(ETH_P_FCOE);
	bool trusted = skb_csum_hwoffload_legacy_check(skb, can);
	int start = skb->csum_start - HEADROOM, err;

	expect(trusted == (!asked || fcoe || device_finds(p, skb, can)),
	       trusted ? "wrongly trusted" : "wrongly refused", p, skb);
	if (asked)
		expect(trusted == __skb_csum_hwoffload_legacy_check(skb, can),
		       "the short way has another opinion", p, skb);
	helped = 0;
	err = skb_csum_hwoffload_legacy_help(skb, can);
	expect(helped == (!trusted && !err), "help", p, skb);
	if (err)
		expect(err == -EINVAL && !trusted &&
		       (start < 0 || start + skb->csum_offset + 2 >
				     (int)skb_headlen(skb)), "drop", p, skb);
	for (int type = 0; type <= SKB_GSO_UDP_TUNNEL_CSUM; type++) {
		skb_shinfo(skb)->gso_type = type;
		skb_gso_legacy_source_route(skb);
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { data, data + size, 2166136261 };
	struct skb_csum_legacy can = pick_device(&in);
	struct sk_buff skb = {};
	struct packet p = {};
	u8 cut;

	build(&p, &in, can.l2_len);
	cut = take(&in);
	skb.len = p.len;
	skb.data_len = cut == 1 ? take(&in) % (p.len + 1) : 0;
	skb.head = malloc(HEADROOM + skb_headlen(&skb));
	if (!skb.head)
		return 0;
	skb.data = skb.head + HEADROOM;
	memcpy(skb.data, p.bytes, skb_headlen(&skb));
	ASAN_POISON_MEMORY_REGION(skb.head, HEADROOM);
	skb.rest = p.bytes + skb_headlen(&skb);
	mark(&skb, &in, &p);
	decide(&p, &skb, &can);
	ASAN_UNPOISON_MEMORY_REGION(skb.head, HEADROOM);
	free(skb.head);
	return 0;
}
