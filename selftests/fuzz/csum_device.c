// SPDX-License-Identifier: GPL-2.0
/*
 * What a device that parses finds in a packet, made of the RFCs and of the
 * kernel-doc of struct skb_csum_legacy, and of nothing of the kernel's code.
 */

#include "csum.h"

static bool ipv4_options_move(const u8 *option, int len)
{
	while (len > 0 && *option) {
		int step = *option == 1 ? 1 : len > 1 ? option[1] : 0;

		if (*option == LOOSE_ROUTE || *option == STRICT_ROUTE ||
		    !step || (step == 1 && *option != 1) || step > len)
			return true;
		option += step;
		len -= step;
	}
	return false;
}

static bool ipv6_options_move(const u8 *option, int len)
{
	while (len > 0) {
		int step = !*option ? 1 : len > 1 ? 2 + option[1] : len + 1;

		if (*option == HOME_ADDRESS || *option == JUMBO_PAYLOAD ||
		    step > len)
			return true;
		option += step;
		len -= step;
	}
	return false;
}

/* Where a device finds the transport header: 0 if it does not, or must not */
struct finder {
	const struct packet *p;
	const struct skb_csum_legacy *can;
	int at;
	u8 transport;
	bool tunnelled;	/* from here on, where the device is told */
};

static bool finds_ipv4(struct finder *f)
{
	const u8 *header = f->p->bytes + f->at;
	int len = (header[0] & 15) * 4;

	if (!f->can->ipv4 || f->p->len - f->at < 20 || header[0] >> 4 != 4 ||
	    len < 20 || len > f->p->len - f->at || header[6] & 0x3f ||
	    header[7])
		return false;
	if (len > 20 && (!f->can->ip_options ||
			 ipv4_options_move(header + 20, len - 20)))
		return false;
	f->transport = header[9];
	f->at += len;
	return true;
}

static bool finds_ipv6(struct finder *f)
{
	const u8 *header = f->p->bytes + f->at;
	int last = -1;

	if (!f->can->ipv6 || f->p->len - f->at < 40 || header[0] >> 4 != 6)
		return false;
	f->transport = header[6];
	f->at += 40;
	/* each once, hop-by-hop first: 0 and 60 come in that order */
	while (f->transport == 0 || f->transport == 60) {
		int len;

		if (!f->can->ext_hdrs || f->transport <= last ||
		    f->p->len - f->at < 8)
			return false;
		header = f->p->bytes + f->at;
		len = header[1] * 8 + 8;
		if (len > f->p->len - f->at ||
		    ipv6_options_move(header + 2, len - 2))
			return false;
		last = f->transport;
		f->transport = header[0];
		f->at += len;
	}
	return true;
}

static int finds_type(struct finder *f)
{
	if (f->p->len - f->at < 2)
		return -1;
	f->at += 2;
	return f->p->bytes[f->at - 2] << 8 | f->p->bytes[f->at - 1];
}

/* The version of the IP header to come: 0 if the device is not to find one. What
 * the stack has noted goes to the device, or has to agree with what it reads.
 */
static int finds_version(struct finder *f, const struct sk_buff *skb)
{
	int noted = ntohs(vlan_get_protocol(skb));
	int tags = f->can->vlan_depth, type = noted;

	if (noted != ETH_P_IP && noted != ETH_P_IPV6)
		return 0;
	if (f->can->l3_offset || !f->can->l2_len) {
		f->at = skb_network_offset(skb);
	} else {
		tags -= tags && skb->vlan_present;
		f->at = f->can->l2_len - 2;
		type = finds_type(f);
		for (; type == ETH_P_8021Q || type == ETH_P_8021AD; tags--) {
			if (!tags)
				return 0;
			f->at += 2;
			type = finds_type(f);
		}
	}
	if (type != noted || f->at != skb_network_offset(skb) ||
	    f->at >= f->p->len)
		return 0;
	return type == ETH_P_IP ? 4 : 6;
}

static int finds_inner_version(struct finder *f, const struct sk_buff *skb)
{
	int inner = skb_inner_network_offset(skb);
	bool direct = f->transport == IPPROTO_IPIP ||
		      f->transport == IPPROTO_IPV6;

	if (!skb->inner_network_header || inner < f->at ||
	    inner >= f->p->len || (direct && inner != f->at) ||
	    (!direct && f->transport != IPPROTO_UDP &&
	     f->transport != IPPROTO_GRE))
		return 0;
	f->at = inner;
	if (direct)
		return f->transport == IPPROTO_IPIP ? 4 : 6;
	return f->p->bytes[inner] >> 4;
}

static bool finds_ip(struct finder *f, int version)
{
	return version == 4 ? finds_ipv4(f) : version == 6 && finds_ipv6(f);
}

static bool finds_sum(const struct finder *f, const struct sk_buff *skb)
{
	if (skb->csum_not_inet)
		return f->can->sctp && f->transport == IPPROTO_SCTP;
	if (f->transport == IPPROTO_TCP)
		return f->can->tcp && skb->csum_offset == 16;
	return f->transport == IPPROTO_UDP && f->can->udp &&
	       skb->csum_offset == 6;
}

bool device_finds(const struct packet *p, const struct sk_buff *skb,
		  const struct skb_csum_legacy *can)
{
	struct finder f = { .p = p, .can = can };
	int start = skb->csum_start - HEADROOM;

	if (start < 0 || start + skb->csum_offset + 2 > (int)skb_headlen(skb) ||
	    (can->max_start && start > can->max_start) ||
	    !finds_ip(&f, finds_version(&f, skb)))
		return false;
	/* an inner sum, or an outer one while the device is told of inner
	 * headers
	 */
	if (can->encap && skb->encapsulation &&
	    (skb_inner_network_offset(skb) >= start ||
	     !finds_ip(&f, finds_inner_version(&f, skb))))
		return false;
	return f.at == start && finds_sum(&f, skb);
}
