/* SPDX-License-Identifier: ISC */
/* Transmit checksums of devices that are told to sum TCP and UDP over IPv4 and
 * IPv6, but not where
 */
#ifndef ATH_TX_CSUM_H
#define ATH_TX_CSUM_H

#include <linux/etherdevice.h>
#include <net/cfg80211.h>
#include <net/csum_legacy.h>
#include <net/mac80211.h>

/* Sum in software what is not right behind an IP header, itself right behind
 * Ethernet or SNAP. To be called with the header that mac80211 has made.
 */
static inline int ath_tx_csum_help(struct sk_buff *skb)
{
	const struct ieee80211_tx_info *info = IEEE80211_SKB_CB(skb);
	const struct ieee80211_hdr *hdr = (void *)skb->data;
	struct skb_csum_legacy can = {
		.ipv4 = 1,
		.ipv6 = 1,
		.tcp = 1,
		.udp = 1,
		.l2_len = ETH_HLEN,
	};

	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return 0;
	if (!(info->flags & IEEE80211_TX_CTL_HW_80211_ENCAP))
		can.l2_len = ieee80211_hdrlen(hdr->frame_control) +
			     sizeof(rfc1042_header) + sizeof(__be16);

	return skb_csum_hwoffload_legacy_help(skb, &can);
}

#endif /* ATH_TX_CSUM_H */
