// SPDX-License-Identifier: GPL-2.0
/* KUnit tests of which packets a device that parses is trusted with. */
#include <kunit/skbuff.h>
#include <kunit/test.h>
#include <linux/dccp.h>
#include <linux/if_vlan.h>
#include <net/csum_legacy.h>

#define TCP_CHECK	offsetof(struct tcphdr, check)
#define UDP_CHECK	offsetof(struct udphdr, check)

static const struct skb_csum_legacy all = {
	.ipv4 = 1, .ipv6 = 1, .tcp = 1, .udp = 1, .ip_options = 1,
	.ext_hdrs = 1, .encap = 1, .vlan_depth = 2, .l2_len = ETH_HLEN,
};

static const struct skb_csum_legacy no_ipv4 = {
	.ipv6 = 1, .tcp = 1, .udp = 1, .l2_len = ETH_HLEN,
};

static const struct skb_csum_legacy no_ipv6 = {
	.ipv4 = 1, .tcp = 1, .udp = 1, .l2_len = ETH_HLEN,
};

static const struct skb_csum_legacy plain = {
	.ipv4 = 1, .ipv6 = 1, .tcp = 1, .udp = 1, .l2_len = ETH_HLEN,
};

static const struct skb_csum_legacy no_udp = {
	.ipv4 = 1, .ipv6 = 1, .tcp = 1, .l2_len = ETH_HLEN,
};

static const struct skb_csum_legacy near = {
	.ipv4 = 1, .ipv6 = 1, .tcp = 1, .vlan_depth = 2, .l2_len = ETH_HLEN,
	.max_start = ETH_HLEN + VLAN_HLEN + sizeof(struct iphdr),
};

static const struct skb_csum_legacy told = {
	.ipv4 = 1, .tcp = 1, .ip_options = 1, .l3_offset = 1,
	.l2_len = ETH_HLEN,
};

/* A frame is @l2 bytes with @tags VLAN tags, an IP header of @version, and in
 * front of the transport header @between: options or extension headers, the
 * first of which is of type @first
 */
struct csum_case {
	const char			*name;
	const struct skb_csum_legacy	*can;
	u8				version, transport;
	u16				offset;	/* of the checksum */
	bool				yes;
	u8				tags, first, num;
	u8				between[24];
	bool				fragment, inner, unmarked, outer;
	bool				deep;	/* a tunnel around the tunnel */
	bool				lie;	/* EtherType of the other IP */
	bool				no_type;	/* EtherType of 0 */
	bool				foreign;	/* the stack takes it for ARP */
	bool				astray;	/* its network header is a tag */
	bool				accelerated;	/* one tag more */
	s16				cut;	/* bytes less than there should be */
};

static const struct csum_case cases[] = {
	{ "tcp4", &plain, 4, IPPROTO_TCP, TCP_CHECK, true },
	{ "tcp4_by_ipv6_only", &no_ipv4, 4, IPPROTO_TCP, TCP_CHECK, false },
	{ "tcp6", &plain, 6, IPPROTO_TCP, TCP_CHECK, true },
	{ "tcp6_by_ipv4_only", &no_ipv6, 6, IPPROTO_TCP, TCP_CHECK, false },
	{ "udp4", &plain, 4, IPPROTO_UDP, UDP_CHECK, true },
	{ "udp4_by_tcp_only", &no_udp, 4, IPPROTO_UDP, UDP_CHECK, false },
	{ "udp6", &plain, 6, IPPROTO_UDP, UDP_CHECK, true },
	{ "udp6_by_tcp_only", &no_udp, 6, IPPROTO_UDP, UDP_CHECK, false },
	{ "dccp4_where_udp_has_it", &all, 4, IPPROTO_DCCP, UDP_CHECK, false },
	{ "tcp4_where_udp_has_it", &all, 4, IPPROTO_TCP, UDP_CHECK, false },
	{ "udp6_where_tcp_has_it", &all, 6, IPPROTO_UDP, TCP_CHECK, false },
	{ "gre4", &all, 4, IPPROTO_GRE, 4, false },

	{ "fragment4", &all, 4, IPPROTO_UDP, UDP_CHECK, false, .fragment = true },
	{ "fragment6", &all, 6, IPPROTO_UDP, UDP_CHECK, false,
	  .first = NEXTHDR_FRAGMENT, .num = 8, .between = { IPPROTO_UDP, 0, 0, 1 } },

	{ "options4", &all, 4, IPPROTO_TCP, TCP_CHECK, true,
	  .num = 4, .between = { IPOPT_RA, 4 } },
	{ "options4_not_by_all", &plain, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .num = 4, .between = { IPOPT_RA, 4 } },
	{ "no_operations4", &all, 4, IPPROTO_TCP, TCP_CHECK, true,
	  .num = 4, .between = { IPOPT_NOOP, IPOPT_NOOP, IPOPT_NOOP, IPOPT_END } },
	{ "loose_source_route", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .num = 8, .between = { IPOPT_NOOP, IPOPT_LSRR, 7, 4 } },
	{ "strict_source_route", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .num = 8, .between = { IPOPT_SSRR, 7, 4, 0, 0, 0, 0, IPOPT_END } },
	{ "source_route_behind_end", &all, 4, IPPROTO_TCP, TCP_CHECK, true,
	  .num = 8, .between = { IPOPT_END, IPOPT_LSRR, 7, 4 } },
	{ "option_of_no_length", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .num = 4, .between = { IPOPT_RA, 0 } },
	{ "option_beyond_the_header", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .num = 4, .between = { IPOPT_RA, 5 } },

	{ "hop_by_hop", &all, 6, IPPROTO_TCP, TCP_CHECK, true,
	  .first = NEXTHDR_HOP, .num = 8, .between = { IPPROTO_TCP, 0, 1, 4 } },
	{ "hop_by_hop_not_by_all", &plain, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 8, .between = { IPPROTO_TCP, 0, 1, 4 } },
	{ "hop_by_hop_and_destination", &all, 6, IPPROTO_UDP, UDP_CHECK, true,
	  .first = NEXTHDR_HOP, .num = 16,
	  .between = { NEXTHDR_DEST, 0, 1, 4, [8] = IPPROTO_UDP, 0, 1, 4 } },
	{ "routing", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_ROUTING, .num = 24,
	  .between = { IPPROTO_TCP, 2, IPV6_SRCRT_TYPE_4, 1 } },
	{ "routing_behind_hop_by_hop", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 16,
	  .between = { NEXTHDR_ROUTING, 0, 1, 4, [8] = IPPROTO_TCP, 0, 4, 1 } },
	{ "home_address", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_DEST, .num = 24,
	  .between = { IPPROTO_TCP, 2, IPV6_TLV_PADN, 2, 0, 0,
		       IPV6_TLV_HAO, 16 } },
	{ "home_address_in_padding", &all, 6, IPPROTO_TCP, TCP_CHECK, true,
	  .first = NEXTHDR_DEST, .num = 24,
	  .between = { IPPROTO_TCP, 2, IPV6_TLV_PADN, 20, 0, 0,
		       IPV6_TLV_HAO, 16 } },
	{ "longer_than_up_to_the_sum", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 8, .between = { IPPROTO_TCP, 1, 1, 4 } },
	{ "destination_twice", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 24,
	  .between = { NEXTHDR_DEST, 0, 1, 4, [8] = NEXTHDR_DEST, 0, 1, 4,
		       [16] = IPPROTO_TCP, 0, 1, 4 } },
	{ "hop_by_hop_behind_destination", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_DEST, .num = 16,
	  .between = { NEXTHDR_HOP, 0, 1, 4, [8] = IPPROTO_TCP, 0, 1, 4 } },
	{ "option_beyond_hop_by_hop", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 8, .between = { IPPROTO_TCP, 0, 1, 5 } },
	{ "option_cut_behind_its_type", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_DEST, .num = 8,
	  .between = { IPPROTO_TCP, 0, 1, 3, [7] = IPV6_TLV_PADN } },
	{ "jumbo_payload", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 8,
	  .between = { IPPROTO_TCP, 0, IPV6_TLV_JUMBO, 4, 0, 1 } },
	{ "behind_no_next_header", &all, 6, IPPROTO_TCP, TCP_CHECK, false,
	  .first = NEXTHDR_HOP, .num = 8, .between = { NEXTHDR_NONE, 0, 1, 4 } },

	{ "tag", &all, 4, IPPROTO_TCP, TCP_CHECK, true, .tags = 1 },
	{ "tag_not_by_all", &plain, 4, IPPROTO_TCP, TCP_CHECK, false, .tags = 1 },
	{ "two_tags", &all, 6, IPPROTO_TCP, TCP_CHECK, true, .tags = 2 },
	{ "three_tags", &all, 6, IPPROTO_TCP, TCP_CHECK, false, .tags = 3 },
	{ "three_tags_if_told", &told, 4, IPPROTO_TCP, TCP_CHECK, true, .tags = 3 },
	{ "near_enough", &near, 4, IPPROTO_TCP, TCP_CHECK, true, .tags = 1 },
	{ "too_far_without_a_tag", &near, 6, IPPROTO_TCP, TCP_CHECK, false },
	{ "too_far", &near, 4, IPPROTO_TCP, TCP_CHECK, false, .tags = 2 },

	{ "inner", &all, 4, IPPROTO_TCP, TCP_CHECK, true, .inner = true },
	{ "inner_not_by_all", &plain, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .inner = true },
	{ "inner_of_two_tunnels", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .inner = true, .deep = true },
	{ "inner_that_nobody_marked", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .inner = true, .unmarked = true },

	{ "outer", &all, 4, IPPROTO_UDP, UDP_CHECK, false, .outer = true },
	{ "outer_if_none_is_inner", &plain, 4, IPPROTO_UDP, UDP_CHECK, true,
	  .outer = true },

	{ "accelerated_tag", &plain, 4, IPPROTO_TCP, TCP_CHECK, true,
	  .accelerated = true },
	{ "accelerated_and_another", &all, 4, IPPROTO_TCP, TCP_CHECK, true,
	  .accelerated = true, .tags = 1 },
	{ "accelerated_and_two", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .accelerated = true, .tags = 2 },

	{ "ipv4_taken_for_arp", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .foreign = true },
	{ "ipv4_taken_for_arp_if_told", &told, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .foreign = true },
	{ "tag_taken_for_ipv4", &all, 4, IPPROTO_TCP, TCP_CHECK, false, .tags = 1,
	  .astray = true },
	{ "ipv4_called_ipv6", &plain, 4, IPPROTO_TCP, TCP_CHECK, false, .lie = true },
	{ "ipv6_called_ipv4", &plain, 6, IPPROTO_TCP, TCP_CHECK, false, .lie = true },
	{ "ipv4_called_nothing", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .tags = 1, .no_type = true },
	{ "ipv4_called_ipv6_if_told", &told, 4, IPPROTO_TCP, TCP_CHECK, true,
	  .lie = true },

	{ "cut_in_the_sum", &all, 4, IPPROTO_TCP, TCP_CHECK, false, .cut = 3 },
	{ "cut_behind_the_sum", &all, 4, IPPROTO_TCP, TCP_CHECK, true, .cut = 2 },
	{ "cut_in_front_of_the_sum", &all, 4, IPPROTO_TCP, TCP_CHECK, false,
	  .cut = sizeof(struct tcphdr) },
};

static void put_ipv4(struct sk_buff *skb, const struct csum_case *c,
		     u8 protocol, u8 num)
{
	struct iphdr *iph = skb_put_zero(skb, sizeof(*iph));

	iph->version = 4;
	iph->ihl = (sizeof(*iph) + num) / 4;
	iph->protocol = protocol;
	if (c->fragment)
		iph->frag_off = htons(IP_MF);
}

static void put_ip(struct sk_buff *skb, const struct csum_case *c)
{
	struct ipv6hdr *ip6h;

	if (c->version == 4) {
		put_ipv4(skb, c, c->transport, c->num);
	} else {
		ip6h = skb_put_zero(skb, sizeof(*ip6h));
		ip6h->version = 6;
		ip6h->nexthdr = c->num ? c->first : c->transport;
	}
	skb_put_data(skb, c->between, c->num);
}

static void put_link(struct sk_buff *skb, const struct csum_case *c)
{
	struct ethhdr *eth = skb_put_zero(skb, sizeof(*eth));
	__be16 proto = c->version == 4 || c->inner ? htons(ETH_P_IP) :
						     htons(ETH_P_IPV6);
	__be16 *next = &eth->h_proto;

	skb->protocol = proto;
	for (int i = 0; i < c->tags; i++) {
		struct vlan_hdr *tag;

		*next = htons(i ? ETH_P_8021Q : ETH_P_8021AD);
		skb->protocol = htons(ETH_P_8021AD);
		tag = skb_put_zero(skb, sizeof(*tag));
		next = &tag->h_vlan_encapsulated_proto;
	}
	if (!c->no_type)
		*next = c->lie ? proto ^ htons(ETH_P_IP ^ ETH_P_IPV6) :
				 proto;
}

static struct sk_buff *make_packet(struct kunit *test,
				   const struct csum_case *c)
{
	struct sk_buff *skb = kunit_zalloc_skb(test, 256, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_reset_mac_header(skb);
	put_link(skb, c);
	skb_set_network_header(skb, skb->len);
	if (c->deep)
		put_ipv4(skb, c, IPPROTO_IPIP, 0);
	if (c->inner) {
		put_ipv4(skb, c, IPPROTO_IPIP, 0);
		skb->encapsulation = !c->unmarked;
		skb_set_inner_network_header(skb, skb->len);
	}
	put_ip(skb, c);
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_headroom(skb) + skb->len;
	skb->csum_offset = c->offset;
	skb_put_zero(skb, sizeof(struct tcphdr) - c->cut);
	if (c->outer) {
		skb->encapsulation = 1;
		skb_set_inner_network_header(skb, skb->len);
	}
	if (c->accelerated)
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), 1);
	if (c->foreign)
		skb->protocol = htons(ETH_P_ARP);
	if (c->astray)
		skb_set_network_header(skb, ETH_HLEN);
	return skb;
}

static void csum_legacy_trusts(struct kunit *test)
{
	const struct csum_case *c = test->param_value;
	struct sk_buff *skb = make_packet(test, c);

	KUNIT_EXPECT_EQ(test, skb_csum_hwoffload_legacy_check(skb, c->can),
			c->yes);
	/* the short way is a short way, not another opinion */
	KUNIT_EXPECT_EQ(test, __skb_csum_hwoffload_legacy_check(skb, c->can),
			c->yes);
}

/* What is refused is summed by software, or dropped if it cannot be */
static void csum_legacy_helps(struct kunit *test)
{
	const struct csum_case *c = test->param_value;
	struct sk_buff *skb = make_packet(test, c);
	int want = 0, start = skb_checksum_start_offset(skb);

	if (start + c->offset + 2 > skb->len)
		want = -EINVAL;
	KUNIT_EXPECT_EQ(test, skb_csum_hwoffload_legacy_help(skb, c->can),
			want);
	KUNIT_EXPECT_EQ(test, (int)skb->ip_summed,
			c->yes || want ? CHECKSUM_PARTIAL : CHECKSUM_NONE);
	if (skb->ip_summed == CHECKSUM_NONE)
		KUNIT_EXPECT_EQ(test, 0,
				csum_fold(skb_checksum(skb, start,
						       skb->len - start, 0)));
}

/* Whatever bytes there are: an answer, and no read behind the end (KASAN) */
static void csum_legacy_of_cut_packets(struct kunit *test)
{
	const struct csum_case *c = test->param_value;

	for (int len = 0; ; len++) {
		struct sk_buff *skb = make_packet(test, c), *cut;
		bool trusted;

		if (len >= skb->len)
			break;
		cut = kunit_zalloc_skb(test, len, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, cut);
		skb_put_data(cut, skb->data, len);
		cut->protocol = skb->protocol;
		if (c->accelerated)
			__vlan_hwaccel_put_tag(cut, htons(ETH_P_8021Q), 1);
		cut->encapsulation = skb->encapsulation;
		skb_reset_mac_header(cut);
		skb_set_network_header(cut, skb_network_offset(skb));
		skb_set_inner_network_header(cut, skb_inner_network_offset(skb));
		cut->ip_summed = CHECKSUM_PARTIAL;
		cut->csum_start = skb_headroom(cut) +
				  skb_checksum_start_offset(skb);
		cut->csum_offset = skb->csum_offset;
		trusted = skb_csum_hwoffload_legacy_check(cut, c->can);
		if (len >= skb_checksum_start_offset(skb) + c->offset + 2) {
			KUNIT_EXPECT_EQ(test, c->yes, trusted);
			continue;
		}
		KUNIT_EXPECT_FALSE(test, trusted);
		trusted = !skb_csum_hwoffload_legacy_help(cut, c->can);
		KUNIT_EXPECT_FALSE(test, trusted);
	}
}

static void csum_legacy_asks_nothing(struct kunit *test)
{
	struct sk_buff *skb = make_packet(test, &cases[1]);

	KUNIT_EXPECT_FALSE(test, skb_csum_hwoffload_legacy_check(skb, &no_ipv4));
	skb->ip_summed = CHECKSUM_NONE;
	KUNIT_EXPECT_TRUE(test, skb_csum_hwoffload_legacy_check(skb, &no_ipv4));
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->protocol = htons(ETH_P_FCOE);	/* a CRC, behind the frame */
	KUNIT_EXPECT_TRUE(test, skb_csum_hwoffload_legacy_check(skb, &no_ipv4));
	skb->protocol = htons(ETH_P_IP);
	skb_shinfo(skb)->gso_size = 1;
	KUNIT_EXPECT_TRUE(test, skb_csum_hwoffload_legacy_check(skb, &no_ipv4));
}

/* What happens to look like an IPv4 header with an option */
static void csum_legacy_labels_are_no_header(struct kunit *test)
{
	static const u8 label[] = { 0x46, 0, 1, 64 };
	const struct csum_case c = { .can = &told };
	struct sk_buff *skb = kunit_zalloc_skb(test, 256, GFP_KERNEL);
	struct iphdr *iph;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_reset_mac_header(skb);
	put_link(skb, &c);
	skb_set_network_header(skb, skb->len);
	skb_put_data(skb, label, sizeof(label));
	iph = (struct iphdr *)skb_tail_pointer(skb);
	put_ipv4(skb, &c, IPPROTO_TCP, 0);
	iph->id = htons(IPPROTO_TCP);	/* at the protocol of the other */
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_headroom(skb) + skb->len;
	skb->csum_offset = TCP_CHECK;
	skb_put_zero(skb, sizeof(struct tcphdr));
	skb->protocol = htons(ETH_P_IP);
	KUNIT_EXPECT_TRUE(test, skb_csum_hwoffload_legacy_check(skb, &told));
	skb->protocol = htons(ETH_P_MPLS_UC);
	KUNIT_EXPECT_FALSE(test, skb_csum_hwoffload_legacy_check(skb, &told));
}

static void csum_legacy_source_routes(struct kunit *test)
{
	for (int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sk_buff *skb = make_packet(test, &cases[i]);

		if (cases[i].version != 4 || cases[i].inner || cases[i].cut)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, skb_gso_legacy_source_route(skb),
				    cases[i].num && !cases[i].yes &&
				    cases[i].can == &all, "%s", cases[i].name);
	}
}

static void csum_legacy_routing_headers(struct kunit *test)
{
	for (int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sk_buff *skb = make_packet(test, &cases[i]);
		bool routed = strstarts(cases[i].name, "routing") ||
			      !strcmp(cases[i].name, "behind_no_next_header");

		if (cases[i].version != 6)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, skb_gso_legacy_source_route(skb),
				    routed, "%s", cases[i].name);
		/* the same around a packet */
		skb->encapsulation = 1;
		skb_set_inner_network_header(skb, 1);
		KUNIT_EXPECT_FALSE_MSG(test, skb_gso_legacy_source_route(skb),
				       "%s", cases[i].name);
	}
}

/* Of devices that do not parse; @pull moves the offsets */
struct offsets_case {
	const char	*name;
	u32		max_start, max_sum;
	bool		even;
	u8		pull;
	bool		gso, partial;
};

#define TCP4_START	(ETH_HLEN + sizeof(struct iphdr))
#define TCP4_SUM	(TCP4_START + TCP_CHECK)

static const struct offsets_case offsets_cases[] = {
	{ "fits", TCP4_START, TCP4_SUM, true, .partial = true },
	{ "start_too_far", TCP4_START - 1, TCP4_SUM, false },
	{ "sum_too_far", TCP4_START, TCP4_SUM - 1, false },
	{ "odd", TCP4_START, TCP4_SUM, true, .pull = 1 },
	{ "may_be_odd", TCP4_START - 1, TCP4_SUM - 1, false, .pull = 1,
	  .partial = true },
	{ "gso", 0, 0, true, .gso = true, .partial = true },
};

static void csum_offsets_help(struct kunit *test)
{
	const struct offsets_case *c = test->param_value;
	struct sk_buff *skb = make_packet(test, &cases[0]);
	int start;

	skb_pull(skb, c->pull);
	if (c->gso)
		skb_shinfo(skb)->gso_size = 1;
	start = skb_checksum_start_offset(skb);
	KUNIT_ASSERT_EQ(test, start, (int)TCP4_START - c->pull);
	KUNIT_EXPECT_EQ(test, 0,
			skb_csum_hwoffload_offsets_help(skb, c->max_start,
							c->max_sum, c->even));
	KUNIT_EXPECT_EQ(test, (int)skb->ip_summed,
			c->partial ? CHECKSUM_PARTIAL : CHECKSUM_NONE);
	if (!c->partial)
		KUNIT_EXPECT_EQ(test, 0,
				csum_fold(skb_checksum(skb, start,
						       skb->len - start, 0)));
}

static void csum_offsets_in_front(struct kunit *test)
{
	struct sk_buff *skb = make_packet(test, &cases[0]);

	skb_pull(skb, TCP4_START + 1);
	KUNIT_EXPECT_EQ(test, -EINVAL,
			skb_csum_hwoffload_offsets_help(skb, 255, 255, false));
	skb->ip_summed = CHECKSUM_NONE;
	KUNIT_EXPECT_EQ(test, 0,
			skb_csum_hwoffload_offsets_help(skb, 255, 255, false));
}

KUNIT_ARRAY_PARAM_DESC(csum_legacy, cases, name);
KUNIT_ARRAY_PARAM_DESC(csum_offsets, offsets_cases, name);

static struct kunit_case csum_legacy_cases[] = {
	KUNIT_CASE_PARAM(csum_legacy_trusts, csum_legacy_gen_params),
	KUNIT_CASE_PARAM(csum_legacy_helps, csum_legacy_gen_params),
	KUNIT_CASE_PARAM(csum_legacy_of_cut_packets, csum_legacy_gen_params),
	KUNIT_CASE(csum_legacy_asks_nothing),
	KUNIT_CASE(csum_legacy_labels_are_no_header),
	KUNIT_CASE(csum_legacy_source_routes),
	KUNIT_CASE(csum_legacy_routing_headers),
	KUNIT_CASE_PARAM(csum_offsets_help, csum_offsets_gen_params),
	KUNIT_CASE(csum_offsets_in_front),
	{}
};

static struct kunit_suite csum_legacy_suite = {
	.name = "csum-legacy",
	.test_cases = csum_legacy_cases,
};

kunit_test_suite(csum_legacy_suite);

MODULE_DESCRIPTION("KUnit tests of checksums of devices that parse");
MODULE_LICENSE("GPL");
