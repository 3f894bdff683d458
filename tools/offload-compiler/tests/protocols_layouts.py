# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Each field of each header in bpf/protocols/ and its name in tshark.

A line is a header, the packet that has it, what tshark calls the place where it
starts (NAME#2: its second one; NAME+3: three bytes behind it), and the fields.
NAME>2 is all of tshark's field but for 2 bits, NAME&3 its last two bits. NAME*4-1
is shown in other units, four times one more than the field. What tshark does not
dissect is "-".
"""
LAYOUTS = """
eth arp eth dst=eth.dst src=eth.src type=eth.type
vlan vlan vlan pcp=vlan.priority dei=vlan.dei vid=vlan.id type=vlan.etype
arp arp arp hrd=arp.hw.type pro=arp.proto.type hln=arp.hw.size pln=arp.proto.size
	op=arp.opcode sha=arp.src.hw_mac spa=arp.src.proto_ipv4
	tha=arp.dst.hw_mac tpa=arp.dst.proto_ipv4
mpls mpls mpls label=mpls.label tc=mpls.exp bottom=mpls.bottom ttl=mpls.ttl
pw pseudowire_flags pwmcw zero=- flags=pwmcw.flags>2 fragment=pwmcw.flags&3
	length=pwmcw.length sequence=pwmcw.sequence_number
pw_channel pseudowire_channel pwach one=- version=pwach.ver reserved=pwach.res
	type=pwach.channel_type
ip_version ipv6_hop_by_hop ipv6 version=ipv6.version rest=ipv6.tclass>4
ipv4 ipv4_options ip version=ip.version ihl=ip.hdr_len*4 dscp=ip.dsfield.dscp
	ecn=ip.dsfield.ecn tot_len=ip.len id=ip.id reserved=ip.flags.rb
	df=ip.flags.df mf=ip.flags.mf frag_off=ip.frag_offset ttl=ip.ttl
	protocol=ip.proto check=ip.checksum saddr=ip.src daddr=ip.dst
ipv4_opt_type ipv4_options ip.options.nop type=ip.opt.type
ipv4_opt ipv4_options ip.options.routeralert type=ip.opt.type len=ip.opt.len
ipv4_route ipv4_options ip.options.record_route type=ip.opt.type len=ip.opt.len
	pointer=ip.opt.ptr
ipv4_alert ipv4_options ip.options.routeralert type=ip.opt.type len=ip.opt.len
	value=ip.opt.ra
ipv6 ipv6_hop_by_hop ipv6 version=ipv6.version traffic_class=ipv6.tclass
	flow_label=ipv6.flow payload_len=ipv6.plen nexthdr=ipv6.nxt
	hop_limit=ipv6.hlim saddr=ipv6.src daddr=ipv6.dst
ipv6_opt ipv6_hop_by_hop ipv6.hopopts nexthdr=ipv6.hopopts.nxt len=ipv6.hopopts.len
ipv6_tlv_type ipv6_hop_by_hop ipv6.opt#2 type=ipv6.opt.type
ipv6_tlv ipv6_hop_by_hop ipv6.opt#3 type=ipv6.opt.type len=ipv6.opt.length
ipv6_alert ipv6_hop_by_hop ipv6.opt type=ipv6.opt.type len=ipv6.opt.length
	value=ipv6.opt.router_alert
ipv6_jumbo ipv6_jumbo ipv6.opt type=ipv6.opt.type len=ipv6.opt.length
	payload_len=ipv6.opt.jumbo
ipv6_routing ipv6_routing ipv6.routing nexthdr=ipv6.routing.nxt
	len=ipv6.routing.len type=ipv6.routing.type
	segments_left=ipv6.routing.segleft
ipv6_frag ipv6_fragment ipv6.fraghdr nexthdr=ipv6.fraghdr.nxt
	reserved=ipv6.fraghdr.reserved_octet frag_off=ipv6.fraghdr.offset
	reserved2=ipv6.fraghdr.reserved_bits more=ipv6.fraghdr.more
	id=ipv6.fraghdr.ident
ipv6_mobility ipv6_mobility mipv6 nexthdr=mip6.proto len=mip6.hlen type=mip6.mhtype
	reserved=mip6.reserved check=mip6.csum
hip ipv6_hip hip nexthdr=hip.proto len=hip.hdr_len zero=- type=hip.packet_type
	version=hip.version reserved=- one=hip.shim6_fixed_s
	check=hip.checksum controls=hip.controls sender=hip.hit_sndr
	receiver=hip.hit_rcvr
shim6 ipv6_shim6 shim6 nexthdr=shim6.nxt len=shim6.len payload=shim6.p context_tag=shim6.ct&0x7fffffffffff
srh srv6 ipv6.routing nexthdr=ipv6.routing.nxt len=ipv6.routing.len
	type=ipv6.routing.type segments_left=ipv6.routing.segleft
	last_entry=ipv6.routing.srh.last_entry flags=ipv6.routing.srh.flags
	tag=ipv6.routing.srh.tag
srh_segment srv6 ipv6.routing.srh.addr#2 address=ipv6.routing.srh.addr
srh_tlv_type srv6 ipv6.routing+56 type=-
srh_tlv srv6 ipv6.routing+56 type=- len=-
srh_hmac srv6 ipv6.routing+56 type=- len=- d=- reserved=- key_id=-
icmp icmp_echo icmp type=icmp.type code=icmp.code check=icmp.checksum
icmp_echo icmp_echo icmp type=icmp.type code=icmp.code check=icmp.checksum
	id=icmp.ident sequence=icmp.seq
icmp_error icmp_unreachable icmp type=icmp.type code=icmp.code check=icmp.checksum
	unused=icmp.unused mtu=icmp.mtu
icmp_redirect icmp_redirect icmp type=icmp.type code=icmp.code check=icmp.checksum
	gateway=icmp.redir_gw
icmpv6 icmpv6_echo icmpv6 type=icmpv6.type code=icmpv6.code check=icmpv6.checksum
icmpv6_echo icmpv6_echo icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum id=icmpv6.echo.identifier
	sequence=icmpv6.echo.sequence_number
icmpv6_error icmpv6_unreachable icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum unused=icmpv6.reserved
icmpv6_too_big icmpv6_too_big icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum mtu=icmpv6.mtu
nd_router_solicit nd_router_solicit icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum reserved=icmpv6.reserved
nd_router_advert nd_router_advert icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum hop_limit=icmpv6.nd.ra.cur_hop_limit
	managed=icmpv6.nd.ra.flag.m other=icmpv6.nd.ra.flag.o reserved=-
	lifetime=icmpv6.nd.ra.router_lifetime
	reachable=icmpv6.nd.ra.reachable_time
	retransmit=icmpv6.nd.ra.retrans_timer
nd_solicit nd_solicit icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum reserved=icmpv6.reserved
	target=icmpv6.nd.ns.target_address
nd_advert nd_advert icmpv6 type=icmpv6.type code=icmpv6.code check=icmpv6.checksum
	router=icmpv6.nd.na.flag.r solicited=icmpv6.nd.na.flag.s
	override=icmpv6.nd.na.flag.o reserved=icmpv6.nd.na.flag.rsv
	target=icmpv6.nd.na.target_address
nd_redirect nd_redirect icmpv6 type=icmpv6.type code=icmpv6.code
	check=icmpv6.checksum reserved=icmpv6.reserved
	target=icmpv6.nd.rd.target_address
	destination=icmpv6.rd.na.destination_address
nd_opt nd_solicit icmpv6.opt type=icmpv6.opt.type len=icmpv6.opt.length
nd_lladdr nd_solicit icmpv6.opt type=icmpv6.opt.type len=icmpv6.opt.length
	address=icmpv6.opt.linkaddr
nd_prefix nd_router_advert icmpv6.opt#2 type=icmpv6.opt.type len=icmpv6.opt.length
	prefix_len=icmpv6.opt.prefix.length on_link=icmpv6.opt.prefix.flag.l
	autonomous=icmpv6.opt.prefix.flag.a reserved=-
	valid=icmpv6.opt.prefix.valid_lifetime
	preferred=icmpv6.opt.prefix.preferred_lifetime
	reserved2=icmpv6.opt.reserved prefix=icmpv6.opt.prefix
nd_mtu nd_router_advert icmpv6.opt type=icmpv6.opt.type len=icmpv6.opt.length
	reserved=icmpv6.opt.reserved mtu=icmpv6.opt.mtu
igmp igmp igmp type=igmp.type max_resp=igmp.max_resp check=igmp.checksum group=igmp.maddr
igmp_query igmp_query igmp+8 reserved=- suppress=igmp.s qrv=igmp.qrv
	qqic=igmp.qqic num_sources=igmp.num_src
igmp_report igmp_report igmp type=igmp.type reserved=igmp.reserved
	check=igmp.checksum reserved2=igmp.reserved num_groups=igmp.num_grp_recs
igmp_group igmp_report igmp+8 type=igmp.record_type aux_words=igmp.aux_data_len
	num_sources=igmp.num_src group=igmp.maddr
igmp_source igmp_query igmp+16 address=igmp.saddr
tcp tcp tcp sport=tcp.srcport dport=tcp.dstport seq=tcp.seq ack=tcp.ack
	doff=tcp.hdr_len*4 flags=tcp.flags window=tcp.window_size_value
	check=tcp.checksum urgent=tcp.urgent_pointer
tcp_opt_kind tcp tcp.options.nop kind=tcp.option_kind
tcp_opt tcp tcp.options.sack_perm kind=tcp.option_kind len=tcp.option_len
tcp_mss tcp tcp.options.mss kind=tcp.option_kind len=tcp.option_len
	mss=tcp.options.mss_val
tcp_wscale tcp tcp.options.wscale kind=tcp.option_kind len=tcp.option_len
	shift=tcp.options.wscale.shift
tcp_sack tcp_sack tcp.options.sack_le left=tcp.options.sack_le right=tcp.options.sack_re
tcp_timestamp tcp tcp.options.timestamp kind=tcp.option_kind len=tcp.option_len
	value=tcp.options.timestamp.tsval echo=tcp.options.timestamp.tsecr
tcp_mptcp tcp_sack mptcp kind=tcp.option_kind len=tcp.option_len
	subtype=tcp.options.mptcp.subtype version=tcp.options.mptcp.version
udp udp udp sport=udp.srcport dport=udp.dstport len=udp.length check=udp.checksum
udp_lite udp_lite udplite sport=udp.srcport dport=udp.dstport
	coverage=udp.checksum_coverage check=udp.checksum
ports tcp tcp sport=tcp.srcport dport=tcp.dstport
sctp sctp sctp sport=sctp.srcport dport=sctp.dstport tag=sctp.verification_tag
	check=sctp.checksum
sctp_chunk sctp_data sctp+12 type=sctp.chunk_type flags=sctp.chunk_flags
	len=sctp.chunk_length
sctp_data sctp_data sctp+12 type=sctp.chunk_type flags=sctp.chunk_flags
	len=sctp.chunk_length
	tsn=sctp.data_tsn_raw stream=sctp.data_sid sequence=sctp.data_ssn
	protocol=sctp.data_payload_proto_id
sctp_init sctp sctp+12 type=sctp.chunk_type flags=sctp.chunk_flags
	len=sctp.chunk_length
	tag=sctp.init_initiate_tag window=sctp.init_credit
	out_streams=sctp.init_nr_out_streams in_streams=sctp.init_nr_in_streams
	tsn=sctp.init_initial_tsn
ah ah ah nexthdr=ah.next_header len=ah.length reserved=ah.reserved spi=ah.spi
	sequence=ah.sequence
ah_ports ah ah nexthdr=ah.next_header len=ah.length reserved=ah.reserved
	spi_high=ah.spi>16 spi_low=ah.spi&0xffff
esp esp esp spi=esp.spi sequence=esp.sequence
esp_keepalive esp_keepalive udp+8 byte=-
non_esp ike_in_udp udpencap marker=udpencap.non_esp_marker
gre gre_all gre csum=gre.flags.checksum routing=gre.flags.routing key=gre.flags.key
	seq=gre.flags.sequence_number strict=gre.flags.strict_source_route
	recursion=gre.flags.recursion_control ack=gre.flags.reserved>4
	flags=gre.flags.reserved&15 version=gre.flags.version
	protocol=gre.proto
gre_csum gre_all gre+4 check=gre.checksum reserved=gre.offset
gre_key gre_all gre+8 key=gre.key
gre_call pptp gre+4 payload_len=gre.key.payload_length call_id=gre.key.call_id
gre_seq gre_all gre+12 sequence=gre.sequence_number
gre_ack pptp gre+12 ack=gre.ack_number
gre_with_key gre_key gre csum=gre.flags.checksum routing=gre.flags.routing
	key=gre.flags.key seq=gre.flags.sequence_number
	strict=gre.flags.strict_source_route
	recursion=gre.flags.recursion_control ack=gre.flags.reserved>4
	flags=gre.flags.reserved&15 version=gre.flags.version
	protocol=gre.proto key_id=gre.key
gre_with_csum_key gre_all gre csum=gre.flags.checksum routing=gre.flags.routing
	key=gre.flags.key seq=gre.flags.sequence_number
	strict=gre.flags.strict_source_route
	recursion=gre.flags.recursion_control ack=gre.flags.reserved>4
	flags=gre.flags.reserved&15 version=gre.flags.version
	protocol=gre.proto check=gre.checksum reserved=gre.offset key_id=gre.key
ppp pppoe ppp protocol=ppp.protocol
ppp_hdlc pptp ppp address=ppp.address control=ppp.control protocol=ppp.protocol
lcp pppoe_lcp lcp code=ppp.code id=ppp.identifier len=ppp.length
pppoe pppoe_discovery pppoed version=pppoe.version type=pppoe.type code=pppoe.code
	session=pppoe.session_id len=pppoe.payload_length
pppoe_session pppoe pppoes version=pppoe.version type=pppoe.type code=pppoe.code
	session=pppoe.session_id len=pppoe.payload_length protocol=ppp.protocol
pppoe_tag pppoe_discovery pppoed.tags type=- len=-
l2tp l2tp l2tp control=l2tp.type has_len=l2tp.length_bit reserved=-
	has_seq=l2tp.seq_bit reserved2=- has_offset=l2tp.offset_bit
	priority=l2tp.priority reserved3=- version=l2tp.version
l2tp_len l2tp l2tp+2 len=l2tp.length
l2tp_ids l2tp l2tp+4 tunnel=l2tp.tunnel session=l2tp.session
l2tp_seq l2tp l2tp+8 ns=l2tp.Ns nr=l2tp.Nr
l2tp_offset l2tp l2tp+12 size=l2tp.offset
l2tpv3 l2tpv3 l2tp session=l2tp.sid
l2tpv3_udp l2tpv3_udp l2tp control=l2tp.type reserved=- version=l2tp.version
	reserved2=l2tp.res session=l2tp.sid
gtp gtp_u_all gtp version=gtp.flags.version gtp=gtp.flags.payload
	reserved=gtp.flags.reserved has_ext=gtp.flags.e has_seq=gtp.flags.s
	has_npdu=gtp.flags.pn type=gtp.message len=gtp.length teid=gtp.teid
gtp_opt gtp_u_all gtp+8 sequence=gtp.seq_number npdu=gtp.npdu_number
gtp_ext_type gtp_u_all gtp+11 type=gtp.ext_hdr.next
gtp_ext gtp_u_all gtp+11 type=gtp.ext_hdr.next len=gtp.ext_hdr.length
gtp_pdu_session gtp_u_all gtp+11 type=gtp.ext_hdr.next len=gtp.ext_hdr.length
	pdu_type=gtp.ext_hdr.pdu_ses_con.pdu_type qmp=- snp=- msnp=- reserved=-
	ppp=gtp.ext_hdr.pdu_ses_cont.ppp rqi=gtp.ext_hdr.pdu_ses_cont.rqi
	qfi=gtp.ext_hdr.pdu_ses_con.qos_flow_id
gue gue udp+8 variant=- control=- hlen=- protocol=- group=- security=- fragment=-
	transform=- remote_csum=- csum=- nat=- alternate_csum=- reserved=-
gue_group gue udp+12 id=-
gue_fragment gue udp+12 frag_off=- reserved=- more=- protocol=- id=-
gue_csum gue udp+12 check=- coverage=-
geneve geneve geneve version=geneve.version opt_len=geneve.option.length*4
	oam=geneve.flags.oam critical=geneve.flags.critical
	reserved=geneve.flags.reserved protocol=geneve.proto_type
	vni=geneve.vni reserved2=geneve.reserved
geneve_opt geneve geneve.option class=geneve.option.class
	critical=geneve.option.type.critical type=geneve.option.type&127
	reserved=geneve.option.flags.reserved len=geneve.option.length*4-1
vxlan vxlan vxlan reserved=- has_vni=vxlan.flag_i reserved2=- vni=vxlan.vni
	reserved3=vxlan.reserved8
vxlan_gpe vxlan_gpe vxlan reserved=- version=vxlan.ver
	has_vni=vxlan.i_bit has_next=vxlan.p_bit bum=- oam=vxlan.o_bit
	reserved2=vxlan.reserved_16 next=vxlan.next_proto vni=vxlan.vni
	reserved3=vxlan.reserved8
nsh nsh_tlv nsh version=nsh.version oam=nsh.Obit unassigned=nsh.CBit ttl=nsh.ttl
	len=nsh.length unassigned2=- md_type=nsh.mdtype next=nsh.nextproto
	spi=nsh.spi si=nsh.si
nsh_md1 vxlan_gpe_nsh nsh+8 context=-
nsh_md2 nsh_tlv nsh+8 class=nsh.metadataclass type=nsh.metadatatype
	unassigned=nsh.metadataunassignedbit words=nsh.metadatalen>2
	odd=nsh.metadatalen&3
macsec macsec macsec version=macsec.TCI.V es=macsec.TCI.ES has_sci=macsec.TCI.SC
	scb=macsec.TCI.SCB encrypted=macsec.TCI.E changed=macsec.TCI.C
	an=macsec.AN reserved=- short_len=macsec.SL pn=macsec.PN
macsec_sci macsec macsec+6 system=macsec.SCI.system_identifier port=macsec.SCI.port_identifier
macsec_type macsec_clear macsec+14 type=macsec.etype
lldp_tlv lldp lldp type=lldp.tlv.type len=lldp.tlv.len
lldp_id lldp lldp type=lldp.tlv.type len=lldp.tlv.len subtype=lldp.chassis.subtype
lldp_ttl lldp lldp+17 type=lldp.tlv.type len=lldp.tlv.len seconds=lldp.time_to_live
lldp_org lldp lldp+21 type=lldp.tlv.type len=lldp.tlv.len oui=lldp.orgtlv.oui
	subtype=lldp.ieee.802_3.subtype
ptp ptp ptp sdo=ptp.v2.majorsdoid type=ptp.v2.messagetype
	minor_version=ptp.v2.minorversionptp version=ptp.v2.versionptp
	len=ptp.v2.messagelength domain=ptp.v2.domainnumber
	minor_sdo=ptp.v2.minorsdoid flags=ptp.v2.flags
	correction=- specific=ptp.v2.messagetypespecific
	clock=ptp.v2.clockidentity port=ptp.v2.sourceportid
	sequence=ptp.v2.sequenceid control=ptp.v2.controlfield
	interval=ptp.v2.logmessageperiod
ptp_time ptp ptp+34 seconds=ptp.v2.sdr.origintimestamp.seconds
	nanoseconds=ptp.v2.sdr.origintimestamp.nanoseconds
hsr hsr hsr path=hsr.path size=hsr.lsdu_size sequence=hsr.sequence_nr type=hsr.type
cfm cfm cfm level=cfm.md.level version=cfm.version opcode=cfm.opcode flags=cfm.flags
	first_tlv=cfm.first.tlv.offset
batadv batman batadv type=batadv.batman.packet_type version=batadv.unicast.version
	ttl=batadv.unicast.ttl
batadv_unicast batman batadv type=batadv.batman.packet_type
	version=batadv.unicast.version ttl=batadv.unicast.ttl
	ttvn=batadv.unicast.ttvn dst=batadv.unicast.dst
batadv_bcast batman_broadcast batadv type=batadv.batman.packet_type
	version=batadv.bcast.version ttl=batadv.bcast.ttl reserved=-
	sequence=batadv.bcast.seq origin=batadv.bcast.orig
fcoe fcoe fcoe version=fcoe.ver reserved=- sof=fcoe.sof
fc fcoe fc r_ctl=fc.r_ctl d_id=fc.d_id cs_ctl=fc.cs_ctl s_id=fc.s_id type=fc.type
	f_ctl=fc.f_ctl seq_id=fc.seq_id df_ctl=fc.df_ctl seq_cnt=fc.seq_cnt
	ox_id=fc.ox_id rx_id=fc.rx_id parameter=fc.parameter
tipc tipc tipc version=tipc.ver user=tipc.usr hdr_words=tipc.hdr_size
	non_seq=tipc.non_sequenced dest_droppable=tipc.destdrop
	src_droppable=tipc.srcdrop syn=tipc.syn size=tipc.msg_size
	type=tipc.data_type error=tipcv2.errorcode reroutes=tipcv2.rer_cnt
	lookup_scope=tipcv2.lookup_scope reserved=tipcv2.opt_p
	bcast_ack=tipcv2.broadcast_ack_no link_ack=tipcv2.link_level_ack_no
	link_seq=tipcv2.link_level_seq_no prev_node=tipcv2.prev_node
quic quic quic long_form=quic.header_form fixed=quic.fixed_bit
	type=quic.long.packet_type specific=- version=quic.version
	dcid_len=quic.dcil
quic_scid quic quic+14 scid_len=quic.scil
bth roce_ack infiniband.bth opcode=infiniband.bth.opcode solicited=infiniband.bth.se
	migrated=infiniband.bth.m pad=infiniband.bth.padcnt
	version=infiniband.bth.tver pkey=infiniband.bth.p_key
	fecn=infiniband.reserved>7 becn=- reserved=-
	dest_qp=infiniband.bth.destqp ack=infiniband.bth.a
	reserved2=infiniband.bth.reserved7 psn=infiniband.bth.psn
reth roce_write infiniband.reth address=infiniband.reth.va rkey=infiniband.reth.r_key
	len=infiniband.reth.dmalen
aeth roce_ack infiniband.aeth syndrome=infiniband.aeth.syndrome msn=infiniband.aeth.msn
deth roce_datagram infiniband.deth qkey=infiniband.deth.q_key
	reserved=infiniband.reserved src_qp=infiniband.deth.srcqp
"""


def layouts():
    """(header, packet, start, {field: its name in tshark})"""
    for line in LAYOUTS.replace("\n\t", " ").split("\n"):
        if line:
            header, packet, start, *fields = line.split()
            yield header, packet, start, dict(field.split("=") for field in fields)
