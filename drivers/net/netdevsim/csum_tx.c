// SPDX-License-Identifier: GPL-2.0
/*
 * Checksums of a port, transmit: packets become frames that have their sums.
 *
 *	nsim_csum_frames()	driver, and the device's segmentation
 *	nsim_csum_tx()		device: one of its two engines
 */
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/unaligned.h>
#include <net/csum_legacy.h>
#include <net/gso.h>

#include "netdevsim.h"

/* What nsim_csum_tx_legacy() gets right */
static const struct skb_csum_legacy nsim_csum_can = {
	.ipv4 = 1,
	.ipv6 = 1,
	.tcp = 1,
	.udp = 1,
	.ip_options = 1,
	.ext_hdrs = 1,
	.vlan_depth = 1,
	.l2_len = ETH_HLEN,
};

static int nsim_csum_help(struct netdevsim *ns, struct sk_buff *skb)
{
	int err;

	if (READ_ONCE(ns->csum.mode) != NSIM_CSUM_LEGACY ||
	    skb->ip_summed != CHECKSUM_PARTIAL)
		return 0;
	err = skb_csum_hwoffload_legacy_help(skb, &nsim_csum_can);
	if (!err && skb->ip_summed != CHECKSUM_PARTIAL)
		nsim_csum_count(ns, NSIM_CSUM_TX_SW);
	return err;
}

/**
 * nsim_csum_frames - cut a packet into frames
 * @ns: the port that sends
 * @skb: the packet; is the callee's
 *
 * Context: BH off.
 * Return: list of frames, each of which nsim_csum_tx() has to see; NULL if the
 * packet was dropped.
 */
struct sk_buff *nsim_csum_frames(struct netdevsim *ns, struct sk_buff *skb)
{
	struct sk_buff *segs;

	if (nsim_csum_help(ns, skb))
		goto drop;
	if (!skb_is_gso(skb))
		return skb;
	segs = skb_gso_segment(skb, ns->netdev->features & ~NETIF_F_GSO_MASK);
	if (IS_ERR_OR_NULL(segs))
		goto drop;
	nsim_csum_count(ns, NSIM_CSUM_TX_GSO);
	consume_skb(skb);
	return segs;

drop:
	nsim_csum_count(ns, NSIM_CSUM_TX_DROP);
	kfree_skb(skb);
	return NULL;
}

static int nsim_csum_write(struct sk_buff *skb, int at, __sum16 sum)
{
	int err = skb_ensure_writable(skb, at + sizeof(sum));

	if (!err)
		put_unaligned(sum, (__sum16 *)(skb->data + at));
	return err;
}

/* The sum of everything from csum_start on; the field there has the pseudo
 * header's
 */
static int nsim_csum_tx_generic(struct sk_buff *skb)
{
	int start = skb_checksum_start_offset(skb);
	int at = start + skb->csum_offset;
	__sum16 sum;

	if (start < 0 || at + sizeof(sum) > skb->len)
		return -EINVAL;
	sum = csum_fold(skb_checksum(skb, start, skb->len - start, 0));
	return nsim_csum_write(skb, at, sum ?: CSUM_MANGLED_0);
}

/* What a device that parses has found in a frame */
struct nsim_csum_found {
	int	start;	/* transport header */
	int	end;	/* behind its data */
	u8	transport;
	__wsum	addresses;
};

static bool nsim_csum_parse_ipv4(const struct sk_buff *skb, int at,
				 struct nsim_csum_found *f)
{
	struct iphdr _iph, *iph;

	iph = skb_header_pointer(skb, at, sizeof(_iph), &_iph);
	if (!iph)
		return false;
	f->start = at + iph->ihl * 4;
	f->end = at + ntohs(iph->tot_len);
	f->transport = iph->protocol;
	f->addresses = csum_partial(&iph->saddr, 8, 0);
	return true;
}

static bool nsim_csum_parse_ipv6(const struct sk_buff *skb, int at,
				 struct nsim_csum_found *f)
{
	struct ipv6hdr _ip6h, *ip6h;

	ip6h = skb_header_pointer(skb, at, sizeof(_ip6h), &_ip6h);
	if (!ip6h)
		return false;
	f->start = at + sizeof(*ip6h);
	f->end = f->start + ntohs(ip6h->payload_len);
	f->transport = ip6h->nexthdr;
	f->addresses = csum_partial(&ip6h->saddr, 32, 0);
	while (f->transport == NEXTHDR_HOP || f->transport == NEXTHDR_ROUTING ||
	       f->transport == NEXTHDR_DEST) {
		struct ipv6_opt_hdr _hdr, *hdr;

		hdr = skb_header_pointer(skb, f->start, sizeof(_hdr), &_hdr);
		if (!hdr)
			return false;
		f->transport = hdr->nexthdr;
		f->start += ipv6_optlen(hdr);
	}
	return true;
}

/* The first IP header of the frame, and what is behind it */
static bool nsim_csum_parse(const struct sk_buff *skb,
			    struct nsim_csum_found *f)
{
	int at = ETH_HLEN;
	__be16 _proto, *proto;

	proto = skb_header_pointer(skb, at - 2, sizeof(_proto), &_proto);
	if (proto && eth_type_vlan(*proto)) {
		at += VLAN_HLEN;
		proto = skb_header_pointer(skb, at - 2, sizeof(_proto),
					   &_proto);
	}
	if (!proto)
		return false;
	if (*proto == htons(ETH_P_IP))
		return nsim_csum_parse_ipv4(skb, at, f);
	if (*proto == htons(ETH_P_IPV6))
		return nsim_csum_parse_ipv6(skb, at, f);
	return false;
}

/* Knows nothing of csum_start. Takes the pseudo header out of the first IP header
 * and so gets source routes wrong, sums only the outer transport of a tunnel,
 * and leaves alone what it cannot parse. Many devices are like that.
 */
static int nsim_csum_tx_legacy(struct sk_buff *skb)
{
	struct nsim_csum_found f;
	int at, err;
	__sum16 sum;
	__wsum pseudo;

	if (!nsim_csum_parse(skb, &f))
		return 0;
	if (f.transport == IPPROTO_TCP)
		at = f.start + offsetof(struct tcphdr, check);
	else if (f.transport == IPPROTO_UDP)
		at = f.start + offsetof(struct udphdr, check);
	else
		return 0;
	if (f.end > skb->len || at + sizeof(sum) > f.end)
		return 0;
	err = nsim_csum_write(skb, at, 0);
	if (err)
		return err;
	pseudo = csum_add(f.addresses,
			  (__force __wsum)htonl(f.end - f.start + f.transport));
	sum = csum_fold(skb_checksum(skb, f.start, f.end - f.start, pseudo));
	return nsim_csum_write(skb, at, sum ?: CSUM_MANGLED_0);
}

/**
 * nsim_csum_tx - the device sums a frame
 * @ns: the port that sends
 * @skb: the frame; stays the caller's
 *
 * Context: BH off.
 * Return: 0, and nothing is left to do; a negative errno if it has to be dropped.
 */
int nsim_csum_tx(struct netdevsim *ns, struct sk_buff *skb)
{
	int err;

	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return 0;
	if (READ_ONCE(ns->csum.mode) != NSIM_CSUM_GENERIC)
		err = nsim_csum_tx_legacy(skb);
	else if (skb_csum_is_sctp(skb))
		err = skb_crc32c_csum_help(skb);
	else
		err = nsim_csum_tx_generic(skb);
	skb->ip_summed = CHECKSUM_NONE;
	nsim_csum_count(ns, err ? NSIM_CSUM_TX_DROP : NSIM_CSUM_TX);
	return err;
}
