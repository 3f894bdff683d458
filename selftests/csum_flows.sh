#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Flows through all that can be in front of a transport header, GSO included:
# they arrive, and no wrong sum is on the wire; without the driver's help those
# do not arrive that the device cannot sum.
#
#	netns tx                        netns rx
#	tx0 192.0.2.1, 2001:db8::1 ---- rx0 192.0.2.2, 2001:db8::2
#	.1 of every subnet              .2 of every subnet; 192.0.7.2 and
#	                                2001:db8:7::2, :8::2 behind source routes
. "$(dirname "$0")/lib.sh"
link_devices 1

# side NETNS DEV OWN OTHER: its addresses
side() {
	local ns=$1 dev=$2 own=$3 n=10 tunnel
	local ends="local 192.0.2.$3 remote 192.0.2.$4"
	add() { printf '%s\n' "addr add 192.0.$2.$own/24 dev $1" "addr add 2001:db8:$2::$own/64 dev $1 nodad" "link set $1 up"; }

	ip netns exec "$ns" sysctl -qw net.ipv6.conf.{all,"$dev"}.disable_ipv6=0 \
		net.ipv4.conf.{all,"$dev"}.{accept_source_route=1,rp_filter=0} \
		net.ipv6.conf.{all,"$dev"}.seg6_enabled=1
	{
		echo "link set lo up"
		echo "addr add 192.0.2.$own/24 dev $dev"
		echo "addr add 2001:db8::$own/64 dev $dev nodad"
		echo "link add link $dev name vlan type vlan id 3"
		add vlan 3
		echo "link add link vlan name stacked mtu 1400 type vlan id 4"
		add stacked 4
		for tunnel in "ipip $ends" "sit $ends" "gre $ends" "gre key 1 csum $ends" \
			"vxlan id 5 dstport 4789 noudpcsum $ends" "vxlan id 6 dstport 4789 udpcsum $ends"; do
			echo "link add tun$n type $tunnel"
			add tun$n $n
			n=$((n + 1))
		done
	} | ip -n "$ns" -batch -
}
topology() {
	side tx tx0 1 2 && side rx rx0 2 1 || return
	ip -n rx -batch - <<- END && ip -n tx -batch - <<- END2
		addr add 192.0.7.2/32 dev lo
		addr add 2001:db8:7::2/128 dev lo nodad
		addr add 2001:db8:8::2/128 dev lo nodad
	END
		route add 192.0.7.2/32 via 192.0.2.2
		route add 2001:db8:7::2/128 via 2001:db8::2
		route add 2001:db8:8::2/128 encap seg6 mode inline segs 2001:db8::2 dev tx0
	END2
}
(topology) > /tmp/topology 2>&1 || { cat /tmp/topology; give_up "no topology"; }

# flows SECONDS MODE [NAME...]: what becomes of them in that time
flows() { csum_mode tx "$2" && python3 "$here/csum_flows.py" "$1" "${@:3}" > /tmp/flows; }
# flow_is "RESULT..." NAME: one of these
flow_is() { local got; got=$(sed -n "s/^$2 //p" /tmp/flows); grep -qxE "$1" <<< "$got" || { echo "$got"; false; }; }

gso() { port_stat tx tx_gso; }
before=$(gso)
check flows_out_of_a_device_that_is_told flows 20 generic
for name in $(cut -d' ' -f1 /tmp/flows); do
	check "generic_$name" flow_is "sent clean (device|nobody)" "$name"
done
check device_cut_packets test "$(gso)" -gt "$before"

# What cannot be cut is dropped and counted, and what comes behind it is not
check nothing_was_dropped port_stat_is tx tx_csum_drop 0
check headers_made_too_short tx sh -c "tc qdisc add dev tx0 clsact &&
	tc filter add dev tx0 egress bpf direct-action object-file $helpers/csum_doff.bpf.o section tc"
check flow_of_these flows 1 generic tcp4
check it_was_dropped test "$(port_stat tx tx_csum_drop)" -gt 0
check headers_as_they_were tx tc qdisc del dev tx0 clsact
check flow_behind_it flows 20 generic tcp4
check it_arrives flow_is "sent clean device" tcp4

check flows_out_of_a_device_that_parses flows 20 legacy
for name in $(cut -d' ' -f1 /tmp/flows); do
	check "legacy_$name" flow_is "sent clean (device|driver|device\+driver|nobody)" "$name"
done

check flows_without_help flows 20 legacy-unchecked tcp4 udp6 tcp6_vlan
for name in tcp4 udp6 tcp6_vlan; do
	check "unchecked_$name" flow_is "sent clean device" "$name"
done
exotic="sctp4 tcp4_lsrr tcp6_srh tcp6_srh_inserted tcp4_stacked_vlans tcp4_ipip tcp4_vxlan"
check flows_that_need_help flows 1 legacy-unchecked $exotic
for name in $exotic; do
	check "unchecked_$name" flow_is "lost bad device" "$name"
done
tap_end
