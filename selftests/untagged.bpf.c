// SPDX-License-Identifier: GPL-2.0
/* A flow dissector without an identity: legal, and never a device's program */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("flow_dissector")
int untagged(struct __sk_buff *skb)
{
	return BPF_FLOW_DISSECTOR_CONTINUE;
}

char _license[] SEC("license") = "GPL";
