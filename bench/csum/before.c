// SPDX-License-Identifier: GPL-2.0
/*
 * What the core of Linux 6.12.117 did for each packet without GSO that it gave
 * to a device of NETIF_F_IP_CSUM and NETIF_F_IPV6_CSUM: net/core/dev.c of then.
 */

#include "bench.h"

static bool __skb_has_ipv6_ext_hdr(const struct sk_buff *skb, int nhoff)
{
	const struct ipv6hdr *ip6h;
	struct ipv6hdr _ip6h;

	ip6h = skb_header_pointer(skb, nhoff, sizeof(_ip6h), &_ip6h);
	return ip6h && ip6h->version == 6 && ipv6_ext_hdr(ip6h->nexthdr);
}

static bool skb_has_ipv6_extension_hdr(const struct sk_buff *skb)
{
	if (vlan_get_protocol(skb) == htons(ETH_P_IPV6)) {
		if (__skb_has_ipv6_ext_hdr(skb, skb_network_offset(skb)))
			return true;
		if (!skb->encapsulation &&
		    skb_transport_header_was_set(skb) &&
		    skb_network_header_len(skb) != sizeof(struct ipv6hdr))
			return true;
	}
	if (skb->encapsulation && skb_inner_network_header_was_set(skb) &&
	    __skb_has_ipv6_ext_hdr(skb, skb_inner_network_offset(skb)))
		return true;
	return false;
}

/* A jumbo payload, which only GSO packets had, is left out */
int before(struct sk_buff *skb, u64 features)
{
	if (unlikely(skb_csum_is_sctp(skb)))
		return features & NETIF_F_SCTP_CRC ? 0 :
						     skb_crc32c_csum_help(skb);
	if (features & NETIF_F_HW_CSUM)
		return 0;
	if (features & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM)) {
		if (skb_has_ipv6_extension_hdr(skb))
			return skb_checksum_help(skb);
		switch (skb->csum_offset) {
		case offsetof(struct tcphdr, check):
		case offsetof(struct udphdr, check):
			return 0;
		}
	}
	return skb_checksum_help(skb);
}

int after(struct sk_buff *skb, u64 features)
{
	if (unlikely(skb_csum_is_sctp(skb)))
		return features & NETIF_F_SCTP_CRC ? 0 :
						     skb_crc32c_csum_help(skb);
	if (features & NETIF_F_HW_CSUM)
		return 0;
	return skb_checksum_help(skb);
}
