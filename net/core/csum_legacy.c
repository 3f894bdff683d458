// SPDX-License-Identifier: GPL-2.0
/*
 * The long way of skb_csum_hwoffload_legacy_check(): a packet is read as a device
 * reads it, from its first byte. What the stack has noted in the skb is used
 * where the device is told, or where a tunnel has to be found; and it has to
 * agree, as drivers go by it.
 */
#include <linux/export.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <linux/sctp.h>
#include <net/csum_legacy.h>
#include <net/ipv6.h>

struct csum_legacy_walk {
	const struct sk_buff		*skb;
	const struct skb_csum_legacy	*can;
	int				start;	/* of what is summed */
};

/* Options are well formed, and none sends the packet to an address that is not
 * in the header
 */
static bool csum_legacy_ip_options(const struct sk_buff *skb, int at, int end)
{
	u8 _opt[2], *opt;

	while (at < end) {
		opt = skb_header_pointer(skb, at, 1, _opt);
		if (!opt || *opt == IPOPT_END)
			return opt;
		if (*opt == IPOPT_NOOP) {
			at++;
			continue;
		}
		opt = skb_header_pointer(skb, at, sizeof(_opt), _opt);
		if (!opt || opt[1] < 2 || opt[1] > end - at ||
		    *opt == IPOPT_LSRR || *opt == IPOPT_SSRR)
			return false;
		at += opt[1];
	}
	return true;
}

/* What is behind an IPv4 header, or -1 */
static int csum_legacy_ipv4(const struct csum_legacy_walk *w, int at,
			    u8 *transport)
{
	struct iphdr _iph, *iph;
	int end;

	iph = skb_header_pointer(w->skb, at, sizeof(_iph), &_iph);
	if (!w->can->ipv4 || !iph || iph->version != 4 || iph->ihl < 5 ||
	    ip_is_fragment(iph))
		return -1;
	end = at + iph->ihl * 4;
	*transport = iph->protocol;
	if (iph->ihl == 5)
		return end;
	if (!w->can->ip_options || end > w->start ||
	    !csum_legacy_ip_options(w->skb, at + sizeof(*iph), end))
		return -1;
	return end;
}

/* Options are well formed, and none has another address or length than the
 * header, of which the pseudo header is made
 */
static bool csum_legacy_ipv6_options(const struct sk_buff *skb, int at, int end)
{
	u8 _opt[2], *opt;

	while (at < end) {
		opt = skb_header_pointer(skb, at, 1, _opt);
		if (opt && *opt == IPV6_TLV_PAD1) {
			at++;
			continue;
		}
		opt = skb_header_pointer(skb, at, sizeof(_opt), _opt);
		if (!opt || at + (int)sizeof(_opt) + opt[1] > end ||
		    *opt == IPV6_TLV_HAO || *opt == IPV6_TLV_JUMBO)
			return false;
		at += sizeof(_opt) + opt[1];
	}
	return true;
}

/* What is behind the extension header at @at, or -1 */
static int csum_legacy_ext_hdr(const struct csum_legacy_walk *w, int at,
			       u8 *transport)
{
	struct ipv6_opt_hdr _hdr, *hdr;
	int end;

	if (at >= w->start)
		return -1;
	hdr = skb_header_pointer(w->skb, at, sizeof(_hdr), &_hdr);
	if (!hdr)
		return -1;
	end = at + ipv6_optlen(hdr);
	if (end > w->start ||
	    !csum_legacy_ipv6_options(w->skb, at + sizeof(*hdr), end))
		return -1;
	*transport = hdr->nexthdr;
	return end;
}

/* What is behind an IPv6 header and its options, or -1 */
static int csum_legacy_ipv6(const struct csum_legacy_walk *w, int at,
			    u8 *transport)
{
	struct ipv6hdr _ip6h, *ip6h;

	ip6h = skb_header_pointer(w->skb, at, sizeof(_ip6h), &_ip6h);
	if (!w->can->ipv6 || !ip6h || ip6h->version != 6)
		return -1;
	*transport = ip6h->nexthdr;
	at += sizeof(*ip6h);
	/* in the order of RFC 8200 section 4.1 */
	if (*transport == NEXTHDR_HOP && w->can->ext_hdrs)
		at = csum_legacy_ext_hdr(w, at, transport);
	if (at >= 0 && *transport == NEXTHDR_DEST && w->can->ext_hdrs)
		at = csum_legacy_ext_hdr(w, at, transport);
	return at;
}

/* @proto is what the device has read in front of it, or 0 */
static int csum_legacy_ip(const struct csum_legacy_walk *w, int at,
			  __be16 proto, u8 *transport)
{
	u8 _version, *version;

	if (!proto) {
		version = skb_header_pointer(w->skb, at, sizeof(_version),
					     &_version);
		if (!version)
			return -1;
		proto = *version >> 4 == 4 ? htons(ETH_P_IP) :
					     htons(ETH_P_IPV6);
	}
	switch (proto) {
	case htons(ETH_P_IP):
		return csum_legacy_ipv4(w, at, transport);
	case htons(ETH_P_IPV6):
		return csum_legacy_ipv6(w, at, transport);
	default:
		return -1;
	}
}

/* Where the device finds the network header, or -1 */
static int csum_legacy_network(const struct csum_legacy_walk *w, __be16 *proto)
{
	int network = skb_network_offset(w->skb);
	int at = w->can->l2_len, tags = w->can->vlan_depth;
	__be16 type = vlan_get_protocol(w->skb);
	__be16 _proto, *next;

	/* drivers go by this */
	if (type != htons(ETH_P_IP) && type != htons(ETH_P_IPV6))
		return -1;
	*proto = type;
	if (w->can->l3_offset || !at)
		return network;
	if (tags && skb_vlan_tag_present(w->skb))
		tags--;
	for (;; at += VLAN_HLEN) {
		next = skb_header_pointer(w->skb, at - (int)sizeof(_proto),
					  sizeof(_proto), &_proto);
		if (!next)
			return -1;
		if (!eth_type_vlan(*next))
			break;
		if (!tags--)
			return -1;
	}
	return *next == type && at == network ? at : -1;
}

/* Where a device that looks into tunnels goes on, or -1 */
static int csum_legacy_inner(const struct csum_legacy_walk *w, int outer,
			     u8 transport, __be16 *proto)
{
	int inner;

	if (!w->can->encap || !w->skb->encapsulation ||
	    !skb_inner_network_header_was_set(w->skb))
		return -1;
	inner = skb_inner_network_offset(w->skb);
	if (inner < outer || inner >= w->start)
		return -1;
	*proto = 0;
	switch (transport) {
	case IPPROTO_UDP:
	case IPPROTO_GRE:
		return inner;
	/* not what is in a tunnel in the tunnel */
	case IPPROTO_IPIP:
		*proto = htons(ETH_P_IP);
		return inner == outer ? inner : -1;
	case IPPROTO_IPV6:
		*proto = htons(ETH_P_IPV6);
		return inner == outer ? inner : -1;
	default:
		return -1;
	}
}

static bool csum_legacy_transport(const struct csum_legacy_walk *w,
				  u8 transport)
{
	if (skb_csum_is_sctp(w->skb))
		return w->can->sctp && transport == IPPROTO_SCTP;
	switch (w->skb->csum_offset) {
	case offsetof(struct tcphdr, check):
		return w->can->tcp && transport == IPPROTO_TCP;
	case offsetof(struct udphdr, check):
		return w->can->udp && transport == IPPROTO_UDP;
	default:
		return false;
	}
}

/* The checksum lies in the head, behind what is in front of it */
static bool csum_legacy_in_head(const struct sk_buff *skb)
{
	int start = skb_checksum_start_offset(skb);

	return start >= 0 && start + skb->csum_offset + sizeof(__sum16) <=
			     skb_headlen(skb);
}

bool __skb_csum_hwoffload_legacy_check(const struct sk_buff *skb,
				       const struct skb_csum_legacy *can)
{
	const struct csum_legacy_walk w = {
		.skb = skb, .can = can,
		.start = skb_checksum_start_offset(skb),
	};
	__be16 proto;
	u8 transport;
	int at;

	/* the CRC of FCoE is marked like a checksum, behind the frame's end */
	if (skb->protocol == htons(ETH_P_FCOE))
		return true;
	if (!csum_legacy_in_head(skb) ||
	    (can->max_start && w.start > can->max_start))
		return false;
	at = csum_legacy_network(&w, &proto);
	if (at >= 0)
		at = csum_legacy_ip(&w, at, proto, &transport);
	if (at >= 0 && (at < w.start || (can->encap && skb->encapsulation))) {
		at = csum_legacy_inner(&w, at, transport, &proto);
		if (at >= 0)
			at = csum_legacy_ip(&w, at, proto, &transport);
	}
	return at == w.start && csum_legacy_transport(&w, transport);
}
EXPORT_SYMBOL(__skb_csum_hwoffload_legacy_check);

int __skb_csum_hwoffload_legacy_help(struct sk_buff *skb)
{
	/* skb_checksum_help() would warn of what anybody can send */
	if (!csum_legacy_in_head(skb))
		return -EINVAL;
	if (skb_csum_is_sctp(skb))
		return skb_crc32c_csum_help(skb);
	return skb_checksum_help(skb);
}
EXPORT_SYMBOL(__skb_csum_hwoffload_legacy_help);

static bool csum_legacy_source_route(const struct sk_buff *skb, int at)
{
	struct iphdr _iph, *iph;

	if (at < 0)
		return true;
	iph = skb_header_pointer(skb, at, sizeof(_iph), &_iph);
	return iph && iph->version == 4 && iph->ihl > 5 &&
	       !csum_legacy_ip_options(skb, at + sizeof(*iph),
				       at + iph->ihl * 4);
}

static bool csum_legacy_routing_header(const struct sk_buff *skb, int at)
{
	struct ipv6hdr _ip6h, *ip6h;
	__be16 frag_off;
	u8 nexthdr;

	ip6h = skb_header_pointer(skb, at, sizeof(_ip6h), &_ip6h);
	if (!ip6h || ip6h->version != 6 || !ipv6_ext_hdr(ip6h->nexthdr))
		return false;
	nexthdr = ip6h->nexthdr;
	return ipv6_skip_exthdr_no_rthdr(skb, at + sizeof(*ip6h), &nexthdr,
					 &frag_off) < 0;
}

/**
 * skb_gso_legacy_source_route() - whether segments have another pseudo header
 * @skb: GSO packet
 *
 * Return: true if an IPv4 header of it has a source route, or the IPv6 header in
 * front of the transport header has a routing header, or if they cannot be read:
 * the last address is not in the IP header.
 */
bool skb_gso_legacy_source_route(const struct sk_buff *skb)
{
	bool inner = skb->encapsulation &&
		     skb_inner_network_header_was_set(skb);
	int at = skb_network_offset(skb);

	if (csum_legacy_source_route(skb, at))
		return true;
	/* segment routing around a packet does not matter for what is in it */
	if ((!inner || skb_shinfo(skb)->gso_type & SKB_GSO_UDP_TUNNEL_CSUM) &&
	    csum_legacy_routing_header(skb, at))
		return true;
	if (!inner)
		return false;
	at = skb_inner_network_offset(skb);
	return csum_legacy_source_route(skb, at) ||
	       csum_legacy_routing_header(skb, at);
}
