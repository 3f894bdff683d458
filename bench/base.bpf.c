// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What is measured against: nothing, and the kernel's dissector in C. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("flow_dissector")
int empty_flow(struct __sk_buff *skb)
{
	return BPF_OK;
}

SEC("tc")
int empty_tc(struct __sk_buff *skb)
{
	return 0;
}

/* __skb_flow_dissect() for all that the hash needs, and the hash */
SEC("tc")
int c_dissector(struct __sk_buff *skb)
{
	bpf_set_hash_invalid(skb);
	return bpf_get_hash_recalc(skb) ? 0 : 1;
}

char _license[] SEC("license") = "GPL";
