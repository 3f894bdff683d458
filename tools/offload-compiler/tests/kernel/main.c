// SPDX-License-Identifier: GPL-2.0
/*
 * The flow keys that the kernel's own dissector finds in the packets of
 * standard input, one line each. It runs in user space: what flow_dissector.o
 * wants of the rest of the kernel and this never reaches is defined as aborting.
 */
#include "../flow_keys.h"

int dissect(const unsigned char *frame, unsigned int len, unsigned int flags,
	    struct bpf_flow_keys *keys);

/* An empty network namespace: no BPF program attached. Larger than the real */
char init_net[65536] __attribute__((aligned(4096)));
char net_namespace_list[64], bpf_stats_enabled_key[64];
unsigned long this_cpu_off;

#define NEVER(name) void name(void); void name(void) { abort(); }
NEVER(__do_once_done)
NEVER(__do_once_start)
NEVER(__siphash_unaligned)
NEVER(get_random_bytes)
NEVER(migrate_disable)
NEVER(migrate_enable)
NEVER(sched_clock)
NEVER(skb_copy_bits)

int main(void)
{
	static unsigned char frame[65536];
	unsigned int flags, len;

	while (flow_keys_next(&flags, frame, sizeof(frame), &len)) {
		struct bpf_flow_keys keys = {};
		bool good = len >= ETH_HLEN && dissect(frame, len, flags, &keys);

		flow_keys_print(good ? "ok" : "drop", &keys);
	}
	return 0;
}
