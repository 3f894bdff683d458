// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's half of the comparison: built with the kernel's own flags and
 * linked to its flow_dissector.o, so that what runs is the kernel's code.
 *
 * It asks for what struct bpf_flow_keys can hold, and, because they decide how
 * far the parse goes, for ARP and MPLS.
 */
#include <linux/bpf.h>
#include <net/flow_dissector.h>
#include <net/net_namespace.h>

struct keys {
	struct flow_dissector_key_control control;
	struct flow_dissector_key_basic basic;
	struct flow_dissector_key_addrs addrs;
	struct flow_dissector_key_ports ports;
	struct flow_dissector_key_tags tags;
	struct flow_dissector_key_arp arp;
	struct flow_dissector_key_mpls mpls;
};

#define KEY(id, member) { .key_id = FLOW_DISSECTOR_KEY_##id, \
			  .offset = offsetof(struct keys, member) }

static const struct flow_dissector_key wanted[] = {
	KEY(CONTROL, control), KEY(BASIC, basic),
	KEY(IPV4_ADDRS, addrs.v4addrs), KEY(IPV6_ADDRS, addrs.v6addrs),
	KEY(PORTS, ports), KEY(FLOW_LABEL, tags),
	KEY(ARP, arp), KEY(MPLS, mpls),
};

static void fill_addresses(const struct keys *keys, struct bpf_flow_keys *out)
{
	switch (keys->control.addr_type) {
	case FLOW_DISSECTOR_KEY_IPV4_ADDRS:
		out->addr_proto = ETH_P_IP;
		out->ipv4_src = keys->addrs.v4addrs.src;
		out->ipv4_dst = keys->addrs.v4addrs.dst;
		break;
	case FLOW_DISSECTOR_KEY_IPV6_ADDRS:
		out->addr_proto = ETH_P_IPV6;
		memcpy(out->ipv6_src, &keys->addrs.v6addrs.src, 16);
		memcpy(out->ipv6_dst, &keys->addrs.v6addrs.dst, 16);
		break;
	}
}

/* nhoff, which the kernel's dissector does not report, is left alone */
int dissect(const u8 *frame, u32 len, u32 flags, struct bpf_flow_keys *out);
int dissect(const u8 *frame, u32 len, u32 flags, struct bpf_flow_keys *out)
{
	static struct flow_dissector dissector;
	static bool ready;
	struct keys keys = {};
	bool good;

	if (!ready)
		skb_flow_dissector_init(&dissector, wanted, ARRAY_SIZE(wanted));
	ready = true;

	good = __skb_flow_dissect(&init_net, NULL, &dissector, &keys, frame,
				  *(__be16 *)(frame + 12), ETH_HLEN, len, flags);
	out->thoff = keys.control.thoff;
	out->is_frag = !!(keys.control.flags & FLOW_DIS_IS_FRAGMENT);
	out->is_first_frag = !!(keys.control.flags & FLOW_DIS_FIRST_FRAG);
	out->is_encap = !!(keys.control.flags & FLOW_DIS_ENCAPSULATION);
	out->n_proto = keys.basic.n_proto;
	out->ip_proto = keys.basic.ip_proto;
	out->sport = keys.ports.src;
	out->dport = keys.ports.dst;
	out->flow_label = htonl(keys.tags.flow_label);
	fill_addresses(&keys, out);
	return good;
}
