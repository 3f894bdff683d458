/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Transmit checksums of devices that parse packets: NETIF_F_HW_CSUM says that a
 * driver resolves CHECKSUM_PARTIAL in every packet, whatever its device can do.
 */
#ifndef _NET_CSUM_LEGACY_H
#define _NET_CSUM_LEGACY_H

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

/**
 * struct skb_csum_legacy - in which packets a device finds the checksum itself
 * @ipv4: behind an IPv4 header
 * @ipv6: behind an IPv6 header
 * @tcp: of TCP
 * @udp: of UDP; the device writes 0xffff for a sum that is zero (RFC 768)
 * @sctp: the CRC of SCTP (RFC 9260 appendix A), if the driver also sets
 *	  NETIF_F_SCTP_CRC
 * @ip_options: with IPv4 options; never with a source route, as the pseudo header
 *		has the last address of it (RFC 9293 section 3.9.2.1)
 * @ext_hdrs: with hop-by-hop and destination options between IPv6 header and
 *	      transport, each once; never with a routing header, a home address or
 *	      a jumbo payload, for the same reason (RFC 8200 section 8.1, RFC 6275
 *	      section 11.3.1, RFC 2675 section 4)
 * @encap: the inner one of a packet in UDP, GRE or IP; which tunnels there are
 *	   ndo_features_check() decides
 * @l3_offset: the driver tells the device where the network header is, so that
 *	       it does not matter what is in front
 * @vlan_depth: VLAN tags in the packet that the device steps over; one that it
 *		is to insert (skb_vlan_tag_present()) counts if there are others
 * @l2_len: bytes in front of the first VLAN tag or network header: ETH_HLEN, or
 *	    0 for devices without a link layer header. The last two of them are
 *	    the EtherType, except with @l3_offset
 * @max_start: bytes in front of what is summed, at most; 0: no limit
 *
 * A bit that is not set means that software sums such packets. Use it const and
 * static: skb_csum_hwoffload_legacy_check() is inline and folds it.
 */
struct skb_csum_legacy {
	u32	ipv4:1;
	u32	ipv6:1;
	u32	tcp:1;
	u32	udp:1;
	u32	sctp:1;
	u32	ip_options:1;
	u32	ext_hdrs:1;
	u32	encap:1;
	u32	l3_offset:1;
	u8	vlan_depth;
	u8	l2_len;
	u16	max_start;
};

bool __skb_csum_hwoffload_legacy_check(const struct sk_buff *skb,
				       const struct skb_csum_legacy *can);
int __skb_csum_hwoffload_legacy_help(struct sk_buff *skb);
bool skb_gso_legacy_source_route(const struct sk_buff *skb);

/* TCP or UDP right behind a plain IP header, itself right behind @l2_len */
static inline bool skb_csum_legacy_plain(const struct sk_buff *skb,
					 const struct skb_csum_legacy *can)
{
	/* both count from the head */
	int len = skb->csum_start - skb->network_header;
	int start = can->l2_len + len;
	u8 transport;

	/* the driver would tell the device of the inner headers */
	if (can->encap && skb->encapsulation)
		return false;
	if (skb_network_offset(skb) != can->l2_len ||
	    len < (int)sizeof(struct iphdr) ||
	    start + skb->csum_offset + sizeof(__sum16) > skb_headlen(skb) ||
	    (can->max_start && start > can->max_start))
		return false;
	/* a packet socket can say one protocol and send another */
	if (can->l2_len && !can->l3_offset &&
	    *(__be16 *)(skb->data + can->l2_len - sizeof(__be16)) !=
	    skb->protocol)
		return false;
	if (can->ipv4 && skb->protocol == htons(ETH_P_IP) &&
	    len == sizeof(struct iphdr)) {
		const struct iphdr *iph = ip_hdr(skb);

		if (*(const u8 *)iph != 0x45 || ip_is_fragment(iph))
			return false;
		transport = iph->protocol;
	} else if (can->ipv6 && skb->protocol == htons(ETH_P_IPV6) &&
		   len == sizeof(struct ipv6hdr)) {
		if (ipv6_hdr(skb)->version != 6)
			return false;
		transport = ipv6_hdr(skb)->nexthdr;
	} else {
		return false;
	}
	/* DCCP has its checksum where UDP has it */
	switch (skb->csum_offset) {
	case offsetof(struct tcphdr, check):
		return can->tcp && transport == IPPROTO_TCP;
	case offsetof(struct udphdr, check):
		return can->udp && transport == IPPROTO_UDP;
	default:
		return false;
	}
}

/**
 * skb_csum_hwoffload_legacy_check() - whether a device that parses can do it
 * @skb: at ndo_start_xmit(): data is at the link layer header, and nothing of the
 *	 device's own is in front of that yet
 * @can: what the device can do
 *
 * The common packet costs a handful of compares and nothing is parsed. Others are
 * read as the device reads them, and what it would find has to be csum_start.
 *
 * Return: true if there is nothing to do in software: no checksum is asked for,
 * the device can do it, or it is a GSO packet, of which ndo_features_check() and
 * the core have said that the device can do it.
 */
static inline bool
skb_csum_hwoffload_legacy_check(const struct sk_buff *skb,
				const struct skb_csum_legacy *can)
{
	if (skb->ip_summed != CHECKSUM_PARTIAL || skb_is_gso(skb))
		return true;
	if (likely(skb_csum_legacy_plain(skb, can)))
		return true;
	return __skb_csum_hwoffload_legacy_check(skb, can);
}

/**
 * skb_csum_hwoffload_legacy_help() - sums in software what the device cannot
 * @skb: as for skb_csum_hwoffload_legacy_check(); its head may move
 * @can: what the device can do
 *
 * To be called before the driver looks at ip_summed, the length of the head or
 * the fragments.
 *
 * Return: 0, and the device has to sum if ip_summed still is CHECKSUM_PARTIAL; a
 * negative errno if the packet has to be dropped: %-EINVAL if the checksum is not
 * in the head, %-ENOMEM.
 */
static inline int
skb_csum_hwoffload_legacy_help(struct sk_buff *skb,
			       const struct skb_csum_legacy *can)
{
	if (likely(skb_csum_hwoffload_legacy_check(skb, can)))
		return 0;
	return __skb_csum_hwoffload_legacy_help(skb);
}

/**
 * skb_csum_hwoffload_offsets_help() - sums in software what is too far behind
 * @skb: as for skb_csum_hwoffload_legacy_check(); its head may move
 * @max_start: the largest offset, in bytes from skb->data, of what is summed
 * @max_sum: the largest offset of the checksum itself
 * @even: both have to be even
 *
 * For devices that do not parse, but are told where to sum and where to write, in
 * fields of a descriptor that do not hold every offset. The core has seen to GSO
 * packets.
 *
 * Return: as skb_csum_hwoffload_legacy_help().
 */
static inline int
skb_csum_hwoffload_offsets_help(struct sk_buff *skb, u32 max_start, u32 max_sum,
				bool even)
{
	u32 start, sum;

	if (skb->ip_summed != CHECKSUM_PARTIAL || skb_is_gso(skb))
		return 0;
	start = skb_checksum_start_offset(skb);
	sum = start + skb->csum_offset;
	if (likely(start <= max_start && sum <= max_sum &&
		   !(even && (start | sum) & 1)))
		return 0;
	return __skb_csum_hwoffload_legacy_help(skb);
}

#endif /* _NET_CSUM_LEGACY_H */
