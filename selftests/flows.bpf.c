// SPDX-License-Identifier: GPL-2.0
/* What the stack sees of each received packet: hash, RX queue, first bytes */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#include "flows.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 22);
} seen SEC(".maps");

SEC("tc")
int flows(struct __sk_buff *skb)
{
	struct flow_record *rec;
	__u32 len = skb->len;

	rec = bpf_ringbuf_reserve(&seen, sizeof(*rec), 0);
	if (!rec)
		return TC_ACT_OK;
	/* The field as the driver left it; then ask for one as RPS would */
	rec->device_hash = skb->hash;
	rec->hash = bpf_get_hash_recalc(skb);
	rec->queue = skb->queue_mapping;
	if (len > sizeof(rec->data))
		len = sizeof(rec->data);
	rec->len = len;
	if (len < 1 || bpf_skb_load_bytes(skb, 0, rec->data, len))
		rec->len = 0;
	bpf_ringbuf_submit(rec, 0);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
