// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Receive-side scaling: the Toeplitz hash and what of a flow goes into it.
 */
#include "compat.h"
#include "engine.h"

#define RSS_MAX_DATA	(RSS_KEY_SIZE - 4)	/* two IPv6 addresses, ports */

/**
 * rss_toeplitz() - Toeplitz hash
 * @key: RSS_KEY_SIZE bytes
 * @data: input
 * @len: bytes of @data; the key is long enough for RSS_KEY_SIZE - 4, what is
 *	 behind them does not count
 *
 * Return: the hash, host-endian.
 */
__u32 rss_toeplitz(const __u8 *key, const __u8 *data, size_t len)
{
	u64 window = get_unaligned_be32(key);
	u32 hash = 0;
	size_t i;
	int bit;

	len = min_t(size_t, len, RSS_MAX_DATA);
	for (i = 0; i < len; i++) {
		/* bits 8 to 39: the key from the current bit of data on */
		window = window << 8 | key[i + 4];
		for (bit = 7; bit >= 0; bit--)
			hash ^= (u32)(window >> (bit + 1)) &
				-(u32)(data[i] >> bit & 1);
	}
	return hash;
}

static bool has_ports(const struct bpf_flow_keys *keys)
{
	if (keys->is_frag || !(keys->sport || keys->dport))
		return false;
	switch (keys->ip_proto) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		return true;
	default:
		return false;
	}
}

/**
 * rss_hash_keys() - hash of a flow
 * @key: Toeplitz key
 * @keys: the flow
 * @l4: set to whether the ports went in: they do for TCP, UDP, SCTP and DCCP,
 *	unless both are 0 or the packet is a fragment, whose brothers have none
 *
 * Return: the hash; 0 without addresses.
 */
__u32 rss_hash_keys(const __u8 key[RSS_KEY_SIZE],
		    const struct bpf_flow_keys *keys, bool *l4)
{
	u8 data[RSS_MAX_DATA];
	size_t len;

	*l4 = false;
	switch (keys->addr_proto) {
	case ETH_P_IP:
		memcpy(data, &keys->ipv4_src, 4);
		memcpy(data + 4, &keys->ipv4_dst, 4);
		len = 8;
		break;
	case ETH_P_IPV6:
		memcpy(data, keys->ipv6_src, 16);
		memcpy(data + 16, keys->ipv6_dst, 16);
		len = 32;
		break;
	default:
		return 0;
	}
	if (has_ports(keys)) {
		*l4 = true;
		memcpy(data + len, &keys->sport, 2);
		memcpy(data + len + 2, &keys->dport, 2);
		len += 4;
	}
	return rss_toeplitz(key, data, len);
}
