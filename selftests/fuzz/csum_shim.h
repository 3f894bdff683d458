/* SPDX-License-Identifier: GPL-2.0 */
/*
 * As much of the kernel as net/core/csum_legacy.c needs in user space, for the
 * fuzzer and for bench/csum.c. The Makefiles make every kernel header that it
 * includes an include of this one; those of linux/ that are uapi are the system's.
 */
#ifndef _CSUM_SHIM_H
#define _CSUM_SHIM_H

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/types.h>
#include <linux/udp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* constants, as in the kernel: for case labels */
#undef htons
#define htons(x) __builtin_bswap16(x)
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the shim wants a little-endian machine"
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define EXPORT_SYMBOL(sym)

#define CHECKSUM_NONE 0
#define CHECKSUM_PARTIAL 3

#define IP_MF 0x2000
#define IP_OFFSET 0x1fff

#define NEXTHDR_HOP 0
#define NEXTHDR_ROUTING 43
#define NEXTHDR_FRAGMENT 44
#define NEXTHDR_AUTH 51
#define NEXTHDR_NONE 59
#define NEXTHDR_DEST 60
#define ipv6_optlen(p) (((p)->hdrlen + 1) << 3)

#ifdef CSUM_BLIND	/* to see that the fuzzer sees it */
#undef IPV6_TLV_HAO
#define IPV6_TLV_HAO 255
#endif

#define VLAN_HLEN 4

#define SKB_GSO_UDP_TUNNEL_CSUM 1

struct skb_shared_info {
	u16 gso_size, gso_type;
};

struct sk_buff {
	u8 *head, *data;
	const u8 *rest;		/* what is not linear */
	unsigned int len, data_len;
	u16 network_header, inner_network_header, transport_header;
	u16 csum_start, csum_offset;
	__be16 protocol;
	u8 ip_summed:2, encapsulation:1, csum_not_inet:1, vlan_present:1;
	struct skb_shared_info shinfo;
};

#define skb_shinfo(skb) (&(skb)->shinfo)

/* Of the user of the shim */
int skb_checksum_help(struct sk_buff *skb);
int skb_crc32c_csum_help(struct sk_buff *skb);

static inline unsigned int skb_headroom(const struct sk_buff *skb)
{
	return skb->data - skb->head;
}

static inline unsigned int skb_headlen(const struct sk_buff *skb)
{
	return skb->len - skb->data_len;
}

static inline int skb_network_offset(const struct sk_buff *skb)
{
	return skb->head + skb->network_header - skb->data;
}

static inline int skb_inner_network_offset(const struct sk_buff *skb)
{
	return skb->head + skb->inner_network_header - skb->data;
}

static inline bool skb_inner_network_header_was_set(const struct sk_buff *skb)
{
	return skb->inner_network_header > 0;
}

static inline bool skb_transport_header_was_set(const struct sk_buff *skb)
{
	return skb->transport_header != (u16)~0U;
}

static inline u32 skb_network_header_len(const struct sk_buff *skb)
{
	return skb->transport_header - skb->network_header;
}

static inline int skb_checksum_start_offset(const struct sk_buff *skb)
{
	return skb->csum_start - skb_headroom(skb);
}

static inline bool skb_vlan_tag_present(const struct sk_buff *skb)
{
	return skb->vlan_present;
}

static inline bool skb_is_gso(const struct sk_buff *skb)
{
	return skb_shinfo(skb)->gso_size;
}

static inline bool skb_csum_is_sctp(const struct sk_buff *skb)
{
	return skb->csum_not_inet;
}

static inline struct iphdr *ip_hdr(const struct sk_buff *skb)
{
	return (struct iphdr *)(skb->head + skb->network_header);
}

static inline struct ipv6hdr *ipv6_hdr(const struct sk_buff *skb)
{
	return (struct ipv6hdr *)(skb->head + skb->network_header);
}

/* In front of the packet nothing is to be read: the kernel's would */
static inline void *skb_header_pointer(const struct sk_buff *skb, int offset,
				       int len, void *buffer)
{
	int head = skb_headlen(skb);
	u8 *byte = buffer;

	if (offset < 0)
		abort();
	if (likely(head - offset >= len))
		return skb->data + offset;
	if (offset > (int)skb->len - len)
		return NULL;
	for (; len; len--, offset++)
		*byte++ = offset < head ? skb->data[offset] :
					  skb->rest[offset - head];
	return buffer;
}

static inline bool ip_is_fragment(const struct iphdr *iph)
{
	return iph->frag_off & htons(IP_MF | IP_OFFSET);
}

static inline bool eth_type_vlan(__be16 type)
{
	return type == htons(ETH_P_8021Q) || type == htons(ETH_P_8021AD);
}

static inline bool eth_p_mpls(__be16 type)
{
	return type == htons(ETH_P_MPLS_UC) || type == htons(ETH_P_MPLS_MC);
}

static inline __be16 vlan_get_protocol(const struct sk_buff *skb)
{
	__be16 _type, *type, proto = skb->protocol;

	for (int at = ETH_HLEN + 2; eth_type_vlan(proto); at += VLAN_HLEN) {
		type = skb_header_pointer(skb, at, sizeof(_type), &_type);
		if (!type)
			return 0;
		proto = *type;
	}
	return proto;
}

static inline bool ipv6_ext_hdr(u8 nexthdr)
{
	switch (nexthdr) {
	case NEXTHDR_HOP:
	case NEXTHDR_ROUTING:
	case NEXTHDR_FRAGMENT:
	case NEXTHDR_AUTH:
	case NEXTHDR_NONE:
	case NEXTHDR_DEST:
		return true;
	default:
		return false;
	}
}

static inline int ipv6_skip_exthdr_no_rthdr(const struct sk_buff *skb, int at,
					    u8 *nexthdr, __be16 *frag_off)
{
	u8 _header[4], *header;

	*frag_off = 0;
	for (; ipv6_ext_hdr(*nexthdr); *nexthdr = header[0]) {
		if (*nexthdr == NEXTHDR_NONE || *nexthdr == NEXTHDR_ROUTING)
			return -1;
		header = skb_header_pointer(skb, at, sizeof(_header), _header);
		if (!header)
			return -1;
		if (*nexthdr == NEXTHDR_FRAGMENT) {
			memcpy(frag_off, header + 2, sizeof(*frag_off));
			if (*frag_off & htons(0xfff8))
				break;
			at += 8;
		} else if (*nexthdr == NEXTHDR_AUTH) {
			at += (header[1] + 2) * 4;
		} else {
			at += (header[1] + 1) * 8;
		}
	}
	return at;
}

#endif /* _CSUM_SHIM_H */
