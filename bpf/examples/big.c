// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A parser of all of bpf/protocols/, with every construct of the language:
 * options of TCP, IPv4, IPv6, Geneve, NSH, neighbour discovery, LLDP and PPPoE;
 * optional fields of GRE, GUE and L2TP; arrays of segments and SACK blocks; the
 * packet inside an ICMP error; counters, and outputs that are arrays.
 *
 * Tunnels may nest four deep. What they carry is entered by one of enter_*, so
 * that the level rises in one place. sport, dport, addresses and so on are the
 * innermost ones; ip_protos has the protocols of the first levels.
 */
#include <netprog.h>

#include <protocols/ah.h>
#include <protocols/arp.h>
#include <protocols/batman_adv.h>
#include <protocols/cfm.h>
#include <protocols/esp.h>
#include <protocols/esp_in_udp.h>
#include <protocols/ethernet.h>
#include <protocols/fcoe.h>
#include <protocols/fou.h>
#include <protocols/geneve.h>
#include <protocols/gre.h>
#include <protocols/gtp_u.h>
#include <protocols/gue.h>
#include <protocols/hsr.h>
#include <protocols/icmp.h>
#include <protocols/icmpv6.h>
#include <protocols/igmp.h>
#include <protocols/ipv4.h>
#include <protocols/ipv6.h>
#include <protocols/ipv6_ext.h>
#include <protocols/ipv6_nd.h>
#include <protocols/l2tp.h>
#include <protocols/lldp.h>
#include <protocols/macsec.h>
#include <protocols/mpls.h>
#include <protocols/nsh.h>
#include <protocols/ppp.h>
#include <protocols/pppoe.h>
#include <protocols/ptp.h>
#include <protocols/quic.h>
#include <protocols/roce.h>
#include <protocols/sctp.h>
#include <protocols/srv6.h>
#include <protocols/tcp.h>
#include <protocols/tipc.h>
#include <protocols/transport.h>
#include <protocols/udp.h>
#include <protocols/udp_lite.h>
#include <protocols/vlan.h>
#include <protocols/vxlan.h>
#include <protocols/vxlan_gpe.h>

PARSER(big) = {
	ROOT(ethernet), .max_bytes = 512, .max_nodes = 32, .max_encaps = 4,
};

COUNTER(vlans, .max = 4, .encap_resets = 1);
COUNTER(labels, .max = 8, .encap_resets = 1);
COUNTER(segments, .max = 16);
COUNTER(sack_blocks, .max = 4);
COUNTER(options, .max = 40, .saturate = 1);

OUTPUT_ARRAY(vlan_ids, 12, 2, vlans);
OUTPUT_ARRAY(mpls_labels, 20, 3, labels);
OUTPUT_ARRAY(ip_protos, 8, 3, ENCAPS, .last = 1);
OUTPUT_ARRAY(srv6_segments, 128, 3, segments);
OUTPUT_ARRAY(tcp_sack_left, 32, 2, sack_blocks);

OUTPUT(vni, 32);		/* 24 of VXLAN and Geneve; a group of GUE */
OUTPUT(gre_key, 32);		/* 16 if it is the call of PPTP */
OUTPUT(l2tp_session, 32);	/* 16 of version 2 */

TABLE(tunnels, .keys = KEYS { OUT(vni), OUT(ip_proto), OUT(dport) },
      .match = TERNARY, .size = 64, .owner = RAW);

#include "big/link.h"
#include "big/ip.h"
#include "big/transport.h"
#include "big/control.h"
#include "big/tunnel.h"
