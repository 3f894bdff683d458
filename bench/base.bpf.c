// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What is measured against: nothing, and the kernel's dissector in C. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("flow_dissector")
int empty_flow(struct __sk_buff *skb)
{
	return BPF_OK;
}

SEC("xdp")
int empty_xdp(struct xdp_md *xdp)
{
	return XDP_PASS;
}

SEC("tc")
int empty_tc(struct __sk_buff *skb)
{
	return TC_ACT_UNSPEC;
}

/* __skb_flow_dissect() for all that the hash needs, and the hash */
SEC("tc")
int c_dissector(struct __sk_buff *skb)
{
	bpf_set_hash_invalid(skb);
	return bpf_get_hash_recalc(skb) ? TC_ACT_UNSPEC : TC_ACT_SHOT;
}

char _license[] SEC("license") = "GPL";
