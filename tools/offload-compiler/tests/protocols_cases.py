# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""What bpf/examples/big.c has to find in the packets, and to reject.

A line of CASES is a packet, its verdict, and all outputs that are no flow keys:
OUTPUT=FIELD, where FIELD is what tshark calls it (NAME#2: its second one), or
OUTPUT=NUMBER where tshark has no field. Flow keys, ip_protos and tcp_flags are
checked by rules, for all packets alike.

A line of REJECTS is a packet, a place as in protocols_layouts.py, and a verdict: the
packet is cut there, or, PLACE=HEX, has other bytes there.
"""
CASES = """
arp okay arp_op=arp.opcode
rarp okay arp_op=arp.opcode
vlan okay vlan_ids[0]=vlan.id
qinq okay vlan_ids[0]=ieee8021ad.id vlan_ids[1]=vlan.id
mpls okay mpls_labels[0]=mpls.label mpls_labels[1]=mpls.label#2
pseudowire okay mpls_labels[0]=mpls.label
pseudowire_flags no-match mpls_labels[0]=mpls.label n_proto=0x0d0e
pseudowire_channel okay mpls_labels[0]=mpls.label
pppoe okay pppoe_session=pppoe.session_id
pppoe_ipv6 okay pppoe_session=pppoe.session_id
pppoe_lcp okay pppoe_session=pppoe.session_id
pppoe_discovery okay pppoe_session=pppoe.session_id num_options=2
macsec okay macsec_pn=macsec.PN macsec_system=macsec.SCI.system_identifier
macsec_clear okay macsec_pn=macsec.PN macsec_system=macsec.SCI.system_identifier
lldp okay lldp_ttl=lldp.time_to_live
ptp okay ptp_sequence=ptp.v2.sequenceid
ptp_udp okay ptp_sequence=ptp.v2.sequenceid
hsr okay
cfm okay cfm_opcode=cfm.opcode
batman okay batman_node=batadv.unicast.dst
batman_broadcast okay batman_node=batadv.bcast.orig
fcoe okay fc_d_id=fc.d_id
tipc okay tipc_node=tipcv2.prev_node
ipv4_options okay router_alert=ip.opt.ra
ipv4_fragment okay
ipv4_source_route okay
ipv4_timestamp okay num_options=1
ipip okay
6in4 okay
4in6 okay
6in6 okay
ipv6_hop_by_hop okay router_alert=ipv6.opt.router_alert
ipv6_jumbo okay
ipv6_destination okay
ipv6_option okay num_options=1
ipv6_routing okay
ipv6_fragment okay
ipv6_mobility okay
ipv6_hip okay
ipv6_shim6 okay
srv6 okay srv6_segments[0]=ipv6.routing.srh.addr srv6_segments[1]=ipv6.routing.srh.addr#2
	srv6_segments[2]=ipv6.routing.srh.addr#3
ah okay spi=ah.spi
esp okay spi=esp.spi
esp_in_udp okay spi=esp.spi
ike_in_udp okay
esp_keepalive okay
tcp okay tcp_mss=tcp.options.mss_val tcp_wscale=tcp.options.wscale.shift
	tcp_timestamp=tcp.options.timestamp.tsval num_options=1
tcp_sack okay tcp_sack_left[0]=tcp.options.sack_le tcp_sack_left[1]=tcp.options.sack_le#2
udp okay
udp_lite okay
sctp okay sctp_tag=sctp.init_initiate_tag
sctp_data okay sctp_tag=sctp.verification_tag
icmp_echo okay icmp_type=icmp.type icmp_id=icmp.ident
icmp_unreachable okay icmp_type=icmp.type error_ipv4_dst=ip.dst#2 error_proto=ip.proto#2
	error_dport=tcp.dstport
icmp_redirect okay icmp_type=icmp.type error_ipv4_dst=ip.dst#2 error_proto=ip.proto#2
	error_dport=tcp.dstport
icmpv6_echo okay icmp_type=icmpv6.type icmp_id=icmpv6.echo.identifier
icmpv6_unreachable okay icmp_type=icmpv6.type error_ipv6_dst=ipv6.dst#2
	error_proto=ipv6.nxt#2 error_dport=tcp.dstport
icmpv6_too_big okay icmp_type=icmpv6.type error_ipv6_dst=ipv6.dst#2
	error_proto=ipv6.nxt#2 error_dport=tcp.dstport
nd_router_solicit okay icmp_type=icmpv6.type nd_lladdr=icmpv6.opt.linkaddr
nd_router_advert okay icmp_type=icmpv6.type nd_lladdr=icmpv6.opt.linkaddr
nd_solicit okay icmp_type=icmpv6.type nd_lladdr=icmpv6.opt.linkaddr
	nd_target=icmpv6.nd.ns.target_address
nd_advert okay icmp_type=icmpv6.type nd_lladdr=icmpv6.opt.linkaddr
	nd_target=icmpv6.nd.na.target_address
nd_redirect okay icmp_type=icmpv6.type nd_target=icmpv6.nd.rd.target_address
igmp okay igmp_group=igmp.maddr
igmp_query okay igmp_group=igmp.maddr
igmp_report okay igmp_group=igmp.maddr
quic okay quic_version=quic.version
roce_ack okay roce_qp=infiniband.bth.destqp
roce_write okay roce_qp=infiniband.bth.destqp
roce_datagram okay roce_qp=infiniband.bth.destqp
gre okay
gre_all okay gre_key=gre.key
gre_key okay gre_key=gre.key
gre_csum_key okay gre_key=gre.key
pptp okay gre_key=gre.key.call_id
l2tp okay l2tp_session=l2tp.session
l2tp_plain okay l2tp_session=l2tp.session
l2tp_control okay l2tp_session=l2tp.session
l2tpv3 okay l2tp_session=l2tp.sid
l2tpv3_udp okay l2tp_session=l2tp.sid
gtp_u okay gtp_teid=gtp.teid
gtp_u_all okay gtp_teid=gtp.teid gtp_qfi=gtp.ext_hdr.pdu_ses_con.qos_flow_id
gtp_u_numbered okay gtp_teid=gtp.teid
gtp_u_pdcp okay gtp_teid=gtp.teid
gtp_u_echo okay gtp_teid=gtp.teid
geneve okay vni=geneve.vni geneve_class=geneve.option.class#2 num_options=2
geneve_ipv6 okay vni=geneve.vni
vxlan okay vni=vxlan.vni
vxlan_gpe okay vni=vxlan.vni
vxlan_gpe_nsh okay vni=vxlan.vni nsh_path=nsh.spi
nsh_tlv okay nsh_path=nsh.spi
gue okay vni=0x12345678 sport=1000 dport=80 ipv4_src=0x0a010001 ipv4_dst=0x0a020002
	ip_proto=6 tcp_flags=2 thoff=70
gue_all okay vni=0x12345678 sport=1000 dport=9 ipv6_src=0xfd000001000000000000000000000001
	ipv6_dst=0xfd000002000000000000000000000002 ip_proto=17 thoff=126
	n_proto=0x86dd addr_proto=0x86dd is_frag=1
gue_direct okay
fou_ipip okay
fou_gre okay
ip_mpls okay mpls_labels[0]=mpls.label
five_tags limit-counter vlan_ids[0]=vlan.id vlan_ids[1]=vlan.id#2
five_tunnels limit-encaps
nine_labels limit-counter mpls_labels[0]=mpls.label mpls_labels[1]=mpls.label#2
	mpls_labels[2]=mpls.label#3
seventeen_segments limit-loop srv6_segments[0]=ipv6.routing.srh.addr
	srv6_segments[1]=ipv6.routing.srh.addr#2
	srv6_segments[2]=ipv6.routing.srh.addr#3
"""

REJECTS = """
arp arp+27 truncated
arp arp=0006 fail
arp arp+6=0005 fail
vlan vlan+3 truncated
vlan vlan+2=88b5 no-match
mpls mpls+3 truncated
pseudowire pwethcw+3 truncated
pseudowire_channel pwach=11 fail
pppoe pppoes+5 truncated
pppoe pppoes=12 fail
pppoe pppoes+6=0100 no-match
pppoe_lcp lcp+2=0003 bad-length
pppoe_discovery pppoed+8=0030 bad-length
macsec macsec+5 truncated
macsec macsec=ad fail
macsec macsec+13 truncated
macsec_clear macsec.etype+1 truncated
macsec_clear macsec.etype=88b5 no-match
lldp lldp+9=05ff bad-length
lldp lldp+10 bad-length
lldp lldp+2=08 fail
lldp lldp+17=0601 bad-length
ptp ptp+33 truncated
ptp ptp+2=0021 bad-length
ptp ptp+1=01 fail
hsr hsr+5 truncated
cfm cfm+3 truncated
batman batadv+9 truncated
batman batadv+1=0e fail
batman_broadcast batadv+13 truncated
fcoe fcoe+13 truncated
fcoe fc+23 truncated
tipc tipc+15 truncated
tipc tipc=4474 bad-length
ipv4_options ip+19 truncated
ipv4_options ip=44 bad-length
ipv4_options ip=59 fail
ipv4_options ip.options.routeralert+1=01 bad-length
ipv4_options ip.options.routeralert+1=20 bad-length
ipv4_options ip.options.record_route+2=03 fail
ipip ip#2=55 fail
ipip ip#2+19 truncated
6in4 ipv6=70 fail
6in4 ipv6+39 truncated
ipv6_hop_by_hop ipv6.hopopts+1 truncated
ipv6_hop_by_hop ipv6.hopopts=00 fail
ipv6_hop_by_hop ipv6.opt+1=01 bad-length
ipv6_hop_by_hop ipv6.opt+1=0d bad-length
ipv6_hop_by_hop ipv6.opt=3f okay
ipv6_hop_by_hop ipv6.opt=bf fail
ipv6_jumbo ipv6.opt+2=0000ffff fail
ipv6_destination ipv6.dstopts+1 truncated
ipv6_routing ipv6.routing+3 truncated
ipv6_fragment ipv6.fraghdr+7 truncated
ipv6_mobility mipv6+5 truncated
ipv6_hip hip+39 truncated
ipv6_hip hip+3=20 fail
ipv6_shim6 shim6+7 truncated
srv6 ipv6.routing+7 truncated
srv6 ipv6.routing+4=05 bad-length
srv6 ipv6.routing+57=28 bad-length
srv6 ipv6.routing+58=0001 fail
ah ah+11 truncated
ah ah+1=00 bad-length
esp esp+7 truncated
esp_in_udp esp+7 truncated
tcp tcp+19 truncated
tcp tcp+12=40 bad-length
tcp tcp+12=f0 truncated
tcp tcp.flags=aa03 fail
tcp tcp.options.mss+1=05 fail
tcp tcp.options.mss+1=03 bad-length
tcp tcp.options.mss+1=15 bad-length
tcp tcp.options.mss+1=01 bad-length
tcp tcp.options.wscale+1=02 bad-length
tcp tcp.options.sack_perm=4f okay
tcp_sack tcp.options.sack+1=11 bad-length
udp udp+7 truncated
udp udp+4=0007 fail
udp udp+4=0000 okay
udp_lite udplite+7 truncated
udp_lite udplite+4=0007 fail
sctp sctp+11 truncated
sctp sctp+15 truncated
sctp sctp+14=0003 fail
sctp sctp+14=0013 bad-length
sctp_data sctp+27 truncated
icmp_echo icmp+7 truncated
icmp_unreachable icmp+27 bad-length
icmp_unreachable icmp+8=65 fail
icmp_unreachable icmp+28 bad-length
icmp_unreachable icmp+8 okay
icmpv6_unreachable icmpv6+47 bad-length
icmpv6_unreachable icmpv6+8=50 fail
nd_solicit icmpv6+23 truncated
nd_solicit icmpv6.opt+1=00 bad-length
nd_solicit icmpv6.opt+1=02 bad-length
nd_router_advert icmpv6.opt.mtu=000004ff fail
nd_router_advert icmpv6.opt.prefix.length=81 fail
igmp igmp+7 truncated
igmp_query igmp+11 bad-length
igmp_query igmp+10=0003 bad-length
igmp_report igmp+15 bad-length
igmp_report igmp+10=0007 bad-length
quic quic+5 truncated
quic quic+14 truncated
quic quic=43 okay
roce_ack infiniband.bth+11 truncated
roce_ack infiniband.bth+1=a1 fail
roce_ack infiniband.aeth+3 truncated
roce_write infiniband.reth+15 truncated
roce_datagram infiniband.deth+7 truncated
gre gre+3 truncated
gre gre=4000 okay
gre gre=0002 okay
gre_all gre+11 truncated
pptp gre=1081 fail
pptp gre+15 truncated
l2tp l2tp+5 truncated
l2tp l2tp+13 truncated
l2tpv3 l2tp+3 truncated
l2tpv3_udp l2tp+7 truncated
gtp_u gtp+7 truncated
gtp_u gtp=50 okay
gtp_u_all gtp+10 truncated
gtp_u_all gtp.ext_hdr=00 bad-length
geneve geneve+7 truncated
geneve geneve=04 bad-length
geneve geneve=45 okay
geneve geneve.option+3=05 bad-length
vxlan vxlan+7 truncated
vxlan vxlan=00 okay
vxlan_gpe vxlan+7 truncated
vxlan_gpe vxlan=09 okay
vxlan_gpe_nsh nsh+23 truncated
vxlan_gpe_nsh nsh=0a85 fail
vxlan_gpe_nsh nsh+2=03 no-match
nsh_tlv nsh=2a81 fail
nsh_tlv nsh+11=07 okay
nsh_tlv nsh+11=17 bad-length
nsh_tlv nsh=6a fail
gue udp+11 truncated
gue udp+15 truncated
gue udp+8=00 bad-length
gue udp+10=0800 bad-length
gue_all udp+33 truncated
gue_all udp+10=bf bad-length
gue udp+8=80 no-match
gtp_u_pdcp gtp+12=00 bad-length
fou_ipip ip#2+10 truncated
"""


def cases():
    """(packet, verdict, {output: field})"""
    for line in CASES.replace("\n\t", " ").split("\n"):
        if line:
            packet, verdict, *outputs = line.split()
            yield packet, verdict, dict(pair.split("=") for pair in outputs)


def rejects():
    """(packet, place, bytes or None, verdict)"""
    for line in REJECTS.split("\n"):
        if line:
            packet, place, verdict = line.split()
            place, _, change = place.partition("=")
            yield packet, place, bytes.fromhex(change) or None, verdict
