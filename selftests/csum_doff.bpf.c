// SPDX-License-Identifier: GPL-2.0
/* GSO packets of TCP over IPv4 get a header that is too short to be one */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define DOFF	(14 + 20 + 12)

SEC("tc")
int doff(struct __sk_buff *skb)
{
	const __u8 zero = 0;

	if (skb->gso_segs > 1)
		bpf_skb_store_bytes(skb, DOFF, &zero, sizeof(zero), 0);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
