// SPDX-License-Identifier: GPL-2.0
/*
 * Checksums of a port, receive: whether the sums of a frame are right. It is
 * read from its first byte to the innermost transport header, and nothing is
 * believed of what the sender knew.
 */
#include <linux/if_tunnel.h>
#include <linux/if_vlan.h>
#include <linux/mpls.h>
#include <linux/netdevice.h>
#include <linux/sctp.h>
#include <linux/skbuff.h>
#include <net/gre.h>
#include <net/mpls.h>
#include <net/sctp/checksum.h>
#include <net/vxlan.h>

#include "netdevsim.h"

struct nsim_csum_walk {
	const struct sk_buff *skb;
	int	at;		/* next header */
	int	end;		/* behind the data of the IP header around it */
	__be16	network;	/* its type, or 0: */
	u8	transport;	/* its type */
	__wsum	addresses;	/* the pseudo header's, as the last hop has them */
	int	good;
	int	bad;
	bool	first_seen;	/* the outermost sum, a missing one of UDP too */
	bool	first_good;
	bool	crc_good;
};

static void nsim_csum_verdict(struct nsim_csum_walk *w, bool good, bool inet)
{
	if (!w->first_seen)
		w->first_good = good && inet;
	w->first_seen = true;
	if (good)
		w->good++;
	else
		w->bad++;
}

static void nsim_csum_verify(struct nsim_csum_walk *w, int len, __wsum pseudo)
{
	__wsum sum = skb_checksum(w->skb, w->at, len, pseudo);

	nsim_csum_verdict(w, !csum_fold(sum), true);
}

static __wsum nsim_csum_pseudo(const struct nsim_csum_walk *w, int len)
{
	return csum_add(w->addresses, (__force __wsum)htonl(len + w->transport));
}

/* Where a source route ends that is not yet used up (RFC 791 section 3.1) */
static __be32 nsim_csum_last_hop(const struct nsim_csum_walk *w, int end,
				 __be32 daddr)
{
	int at = w->at + sizeof(struct iphdr);
	u8 opt[3];

	while (at < end && !skb_copy_bits(w->skb, at, opt, 1) &&
	       opt[0] != IPOPT_END) {
		if (opt[0] == IPOPT_NOOP) {
			at++;
			continue;
		}
		if (skb_copy_bits(w->skb, at, opt, sizeof(opt)) || opt[1] < 2 ||
		    opt[1] > end - at)
			break;
		at += opt[1];
		if ((opt[0] == IPOPT_LSRR || opt[0] == IPOPT_SSRR) &&
		    opt[1] >= 7 && opt[2] <= opt[1] - 3)
			skb_copy_bits(w->skb, at - 4, &daddr, sizeof(daddr));
	}
	return daddr;
}

static bool nsim_csum_ipv4(struct nsim_csum_walk *w)
{
	struct iphdr _iph, *iph;
	int end;

	iph = skb_header_pointer(w->skb, w->at, sizeof(_iph), &_iph);
	if (!iph || iph->version != 4 || iph->ihl < 5 || ip_is_fragment(iph) ||
	    w->at + ntohs(iph->tot_len) > w->end)
		return false;
	end = w->at + iph->ihl * 4;
	w->end = w->at + ntohs(iph->tot_len);
	w->transport = iph->protocol;
	w->addresses = csum_add((__force __wsum)iph->saddr,
				(__force __wsum)nsim_csum_last_hop(w, end,
								   iph->daddr));
	w->at = end;
	return end <= w->end;
}

/* The address a routing header ends at: the first segment of SRv6's, the last
 * address of others (RFC 8754 section 2, RFC 6275 section 6.4)
 */
static bool nsim_csum_routing(const struct nsim_csum_walk *w, int len,
			      struct in6_addr *daddr)
{
	struct ipv6_rt_hdr _rt, *rt;
	int at;

	rt = skb_header_pointer(w->skb, w->at, sizeof(_rt), &_rt);
	if (!rt || !rt->segments_left)
		return rt;
	switch (rt->type) {
	case IPV6_SRCRT_TYPE_4:
		at = w->at + 8;
		break;
	case IPV6_SRCRT_TYPE_0:
	case IPV6_SRCRT_TYPE_2:
		at = w->at + len - sizeof(*daddr);
		break;
	default:
		return false;
	}
	return len >= 8 + sizeof(*daddr) &&
	       !skb_copy_bits(w->skb, at, daddr, sizeof(*daddr));
}

/* A home address is the source (RFC 6275 section 6.3) */
static bool nsim_csum_home(const struct nsim_csum_walk *w, int len,
			   struct in6_addr *saddr)
{
	int at = w->at + sizeof(struct ipv6_opt_hdr), end = w->at + len;
	u8 opt[2];

	while (at < end) {
		if (skb_copy_bits(w->skb, at, opt, 1))
			return false;
		if (opt[0] == IPV6_TLV_PAD1) {
			at++;
			continue;
		}
		if (skb_copy_bits(w->skb, at, opt, sizeof(opt)))
			return false;
		if (opt[0] == IPV6_TLV_HAO &&
		    (opt[1] != sizeof(*saddr) ||
		     skb_copy_bits(w->skb, at + 2, saddr, sizeof(*saddr))))
			return false;
		at += sizeof(opt) + opt[1];
	}
	return at == end;
}

static bool nsim_csum_ext_hdr(struct nsim_csum_walk *w, struct ipv6hdr *ip6h)
{
	struct ipv6_opt_hdr _hdr, *hdr;
	int len;

	hdr = skb_header_pointer(w->skb, w->at, sizeof(_hdr), &_hdr);
	if (!hdr)
		return false;
	len = ipv6_optlen(hdr);
	if (len > w->end - w->at)
		return false;
	if (w->transport == NEXTHDR_ROUTING &&
	    !nsim_csum_routing(w, len, &ip6h->daddr))
		return false;
	if (w->transport == NEXTHDR_DEST &&
	    !nsim_csum_home(w, len, &ip6h->saddr))
		return false;
	w->transport = hdr->nexthdr;
	w->at += len;
	return true;
}

static bool nsim_csum_ipv6(struct nsim_csum_walk *w)
{
	struct ipv6hdr ip6h;

	if (skb_copy_bits(w->skb, w->at, &ip6h, sizeof(ip6h)) ||
	    ip6h.version != 6)
		return false;
	w->at += sizeof(ip6h);
	if (w->at + ntohs(ip6h.payload_len) > w->end)
		return false;
	w->end = w->at + ntohs(ip6h.payload_len);
	w->transport = ip6h.nexthdr;
	while (w->transport == NEXTHDR_HOP || w->transport == NEXTHDR_ROUTING ||
	       w->transport == NEXTHDR_DEST)
		if (!nsim_csum_ext_hdr(w, &ip6h))
			return false;
	w->addresses = csum_partial(&ip6h.saddr, 32, 0);
	return true;
}

/* To the transport header behind tags, labels, and an IP header */
static bool nsim_csum_network(struct nsim_csum_walk *w)
{
	__be16 _proto, *proto = &w->network;
	struct mpls_shim_hdr _label, *label;
	u8 _version, *version;

	while (proto && eth_type_vlan(*proto)) {
		proto = skb_header_pointer(w->skb, w->at + 2, sizeof(_proto),
					   &_proto);
		w->at += VLAN_HLEN;
	}
	if (proto && eth_p_mpls(*proto)) {
		do {
			label = skb_header_pointer(w->skb, w->at,
						   sizeof(_label), &_label);
			w->at += sizeof(_label);
		} while (label && !(label->label_stack_entry &
				    htonl(MPLS_LS_S_MASK)));
	} else if (!proto || (*proto != htons(ETH_P_IP) &&
			      *proto != htons(ETH_P_IPV6))) {
		return false;
	}
	version = skb_header_pointer(w->skb, w->at, sizeof(_version),
				     &_version);
	if (!version)
		return false;
	return *version >> 4 == 4 ? nsim_csum_ipv4(w) : nsim_csum_ipv6(w);
}

static void nsim_csum_ethernet(struct nsim_csum_walk *w)
{
	w->at += ETH_HLEN;
	if (skb_copy_bits(w->skb, w->at - 2, &w->network, 2))
		w->network = 0;
}

static void nsim_csum_tcp(struct nsim_csum_walk *w)
{
	int len = w->end - w->at;

	if (len >= (int)sizeof(struct tcphdr))
		nsim_csum_verify(w, len, nsim_csum_pseudo(w, len));
}

static void nsim_csum_udp(struct nsim_csum_walk *w)
{
	struct udphdr _uh, *uh;
	int len;

	uh = skb_header_pointer(w->skb, w->at, sizeof(_uh), &_uh);
	len = uh ? ntohs(uh->len) : 0;
	if (len < (int)sizeof(*uh) || len > w->end - w->at)
		return;
	if (uh->check)
		nsim_csum_verify(w, len, nsim_csum_pseudo(w, len));
	w->first_seen = true;
	if (uh->dest != htons(IANA_VXLAN_UDP_PORT))
		return;
	w->at += sizeof(*uh) + sizeof(struct vxlanhdr);
	nsim_csum_ethernet(w);
}

static void nsim_csum_gre(struct nsim_csum_walk *w)
{
	struct gre_base_hdr _gre, *gre;
	int hlen;

	gre = skb_header_pointer(w->skb, w->at, sizeof(_gre), &_gre);
	if (!gre || gre->flags & (GRE_VERSION | GRE_ROUTING))
		return;
	hlen = sizeof(*gre) + (gre->flags & GRE_CSUM ? 4 : 0) +
	       (gre->flags & GRE_KEY ? 4 : 0) + (gre->flags & GRE_SEQ ? 4 : 0);
	if (hlen > w->end - w->at)
		return;
	if (gre->flags & GRE_CSUM)
		nsim_csum_verify(w, w->end - w->at, 0);
	w->at += hlen;
	w->network = gre->protocol;
	if (gre->protocol == htons(ETH_P_TEB))
		nsim_csum_ethernet(w);
}

/* The CRC has nothing of an IP header, and its own field counts as zero */
static void nsim_csum_sctp(struct nsim_csum_walk *w)
{
	const int field = offsetof(struct sctphdr, checksum);
	const __be32 zero = 0;
	__wsum crc = ~(__wsum)0;
	struct sctphdr _sh, *sh;

	sh = skb_header_pointer(w->skb, w->at, sizeof(_sh), &_sh);
	if (!sh || w->at + (int)sizeof(*sh) > w->end)
		return;
	crc = __skb_checksum(w->skb, w->at, field, crc, &sctp_csum_ops);
	crc = sctp_csum_update(&zero, sizeof(zero), crc);
	crc = __skb_checksum(w->skb, w->at + field + 4,
			     w->end - w->at - field - 4, crc, &sctp_csum_ops);
	w->crc_good = sh->checksum == cpu_to_le32(~(__force u32)crc);
	nsim_csum_verdict(w, w->crc_good, false);
}

/* Verifies, and sets @network if there is another packet inside */
static void nsim_csum_transport(struct nsim_csum_walk *w)
{
	w->network = 0;
	switch (w->transport) {
	case IPPROTO_TCP:
		nsim_csum_tcp(w);
		break;
	case IPPROTO_UDP:
		nsim_csum_udp(w);
		break;
	case IPPROTO_SCTP:
		nsim_csum_sctp(w);
		break;
	case IPPROTO_GRE:
		nsim_csum_gre(w);
		break;
	case IPPROTO_IPIP:
		w->network = htons(ETH_P_IP);
		break;
	case IPPROTO_IPV6:
		w->network = htons(ETH_P_IPV6);
		break;
	}
}

/**
 * nsim_csum_rx - a frame comes in from the wire
 * @ns: the port that receives it
 * @skb: the frame, data behind its Ethernet header
 *
 * Says CHECKSUM_UNNECESSARY if the outermost sum of TCP, UDP or GRE is right and
 * none is wrong: the stack then has still to look at what is inside a tunnel.
 * That is what most devices do; CHECKSUM_COMPLETE would not need to find the
 * transport header, and so not say which frames are wrong. A good CRC of SCTP has
 * its own bit.
 */
void nsim_csum_rx(struct netdevsim *ns, struct sk_buff *skb)
{
	struct nsim_csum_walk w = {
		.skb = skb, .end = skb->len, .network = skb->protocol,
	};

	skb->ip_summed = CHECKSUM_NONE;
	skb->csum_level = 0;
	skb->csum_valid_crc32 = 0;
	skb->encapsulation = 0;
	if (!(ns->netdev->features & NETIF_F_RXCSUM))
		return;
	while (w.network && nsim_csum_network(&w))
		nsim_csum_transport(&w);
	if (w.bad) {
		nsim_csum_count(ns, NSIM_CSUM_RX_BAD);
		return;
	}
	nsim_csum_count(ns, w.good ? NSIM_CSUM_RX_OK : NSIM_CSUM_RX_NONE);
	if (w.first_good)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	skb->csum_valid_crc32 = w.crc_good;
}
