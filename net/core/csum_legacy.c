// SPDX-License-Identifier: GPL-2.0
/*
 * The long way of skb_csum_hwoffload_legacy_check(): a packet is read as a device
 * reads it, from its first byte. What the stack has noted in the skb is only
 * used where the device is told, or where a tunnel has to be found.
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

static bool csum_legacy_home_address(const struct csum_legacy_walk *w, int at,
				     int end)
{
	u8 _opt[2], *opt;

	at += sizeof(struct ipv6_opt_hdr);
	while (at < end) {
		opt = skb_header_pointer(w->skb, at, 1, _opt);
		if (opt && *opt == IPV6_TLV_PAD1) {
			at++;
			continue;
		}
		opt = skb_header_pointer(w->skb, at, sizeof(_opt), _opt);
		if (!opt || *opt == IPV6_TLV_HAO)
			return true;
		at += sizeof(_opt) + opt[1];
	}
	return false;
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
	while (*transport == NEXTHDR_HOP || *transport == NEXTHDR_DEST) {
		struct ipv6_opt_hdr _hdr, *hdr;
		int end;

		if (!w->can->ext_hdrs || at >= w->start)
			return -1;
		hdr = skb_header_pointer(w->skb, at, sizeof(_hdr), &_hdr);
		if (!hdr)
			return -1;
		end = at + ipv6_optlen(hdr);
		if (end > w->start || (*transport == NEXTHDR_DEST &&
				       csum_legacy_home_address(w, at, end)))
			return -1;
		*transport = hdr->nexthdr;
		at = end;
	}
	return at;
}

static int csum_legacy_ip(const struct csum_legacy_walk *w, int at,
			  u8 *transport)
{
	u8 _version, *version;

	version = skb_header_pointer(w->skb, at, sizeof(_version), &_version);
	if (!version)
		return -1;
	return *version >> 4 == 4 ? csum_legacy_ipv4(w, at, transport) :
				    csum_legacy_ipv6(w, at, transport);
}

/* Where the device finds the network header, or -1 */
static int csum_legacy_network(const struct csum_legacy_walk *w)
{
	int at = w->can->l2_len, tags = w->can->vlan_depth;
	__be16 _proto, *proto;

	if (w->can->l3_offset || !at)
		return skb_network_offset(w->skb);
	if (tags && skb_vlan_tag_present(w->skb))
		tags--;
	for (;; at += VLAN_HLEN) {
		proto = skb_header_pointer(w->skb, at - sizeof(_proto),
					   sizeof(_proto), &_proto);
		if (!proto)
			return -1;
		if (!eth_type_vlan(*proto))
			break;
		if (!tags--)
			return -1;
	}
	return *proto == htons(ETH_P_IP) || *proto == htons(ETH_P_IPV6) ? at :
									  -1;
}

/* Where a device that looks into tunnels goes on, or -1 */
static int csum_legacy_inner(const struct csum_legacy_walk *w, int outer,
			     u8 transport)
{
	int inner;

	if (!w->can->encap || !w->skb->encapsulation ||
	    !skb_inner_network_header_was_set(w->skb))
		return -1;
	inner = skb_inner_network_offset(w->skb);
	if (inner < outer || inner >= w->start)
		return -1;
	switch (transport) {
	case IPPROTO_UDP:
	case IPPROTO_GRE:
	case IPPROTO_IPIP:
	case IPPROTO_IPV6:
		return inner;
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
	u8 transport;
	int at;

	/* the CRC of FCoE is marked like a checksum, behind the frame's end */
	if (skb->protocol == htons(ETH_P_FCOE))
		return true;
	if (!csum_legacy_in_head(skb) ||
	    (can->max_start && w.start > can->max_start))
		return false;
	at = csum_legacy_network(&w);
	if (at >= 0)
		at = csum_legacy_ip(&w, at, &transport);
	if (at >= 0 && (at < w.start || (can->encap && skb->encapsulation))) {
		at = csum_legacy_inner(&w, at, transport);
		if (at >= 0)
			at = csum_legacy_ip(&w, at, &transport);
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

	iph = skb_header_pointer(skb, at, sizeof(_iph), &_iph);
	return iph && iph->version == 4 && iph->ihl > 5 &&
	       !csum_legacy_ip_options(skb, at + sizeof(*iph),
				       at + iph->ihl * 4);
}

/**
 * skb_gso_legacy_source_route() - whether segments have another pseudo header
 * @skb: GSO packet
 *
 * Return: true if an IPv4 header of it has a source route, or options that cannot
 * be read: a device that parses makes the pseudo header of the wrong address.
 */
bool skb_gso_legacy_source_route(const struct sk_buff *skb)
{
	if (csum_legacy_source_route(skb, skb_network_offset(skb)))
		return true;
	return skb->encapsulation && skb_inner_network_header_was_set(skb) &&
	       csum_legacy_source_route(skb, skb_inner_network_offset(skb));
}
