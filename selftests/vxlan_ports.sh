#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A device hears of VXLAN ports as they come, go and are replayed. Unpatched,
# vxlan takes the device's mutex under a spinlock, and lockdep is off from
# then on; that is why this is here: the debug kernel asks for it at the end.
. "$(dirname "$0")/lib.sh"
setup

ports() { rx ethtool --show-tunnels rx0; }
has_port() { ports | grep -q 'port 4789, vxlan' || { ports; false; }; }
no_port() { ! has_port; }

check no_port_without_vxlan no_port
check vxlan_added ip -n rx link add vx0 type vxlan id 1 group 239.1.1.1 dev rx0 dstport 4789
check vxlan_up ip -n rx link set vx0 up
check port_is_heard eventually has_port
check offload_off rx ethtool -K rx0 rx-udp_tunnel-port-offload off
check port_is_gone eventually no_port
check offload_on rx ethtool -K rx0 rx-udp_tunnel-port-offload on
check port_is_replayed eventually has_port
check vxlan_deleted ip -n rx link del vx0
check port_is_gone_with_its_device eventually no_port
tap_end
