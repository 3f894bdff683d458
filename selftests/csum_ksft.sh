#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The kernel's own tests of checksum offload, tools/testing/selftests/drivers/
# net/hw/csum.py: on netdevsims of its own, where nothing may be skipped, and on
# ours, as if they were hardware, out of a device that gets source routes wrong:
# there the tests of these fail, and no others.
. "$(dirname "$0")/lib.sh"
link_devices 1
# No udev in here: interfaces have their names at once
mkdir -p /tmp/bin
ln -sf /bin/true /tmp/bin/udevadm
PATH=/tmp/bin:$PATH
ksft=$NETPROG_LINUX/tools/testing/selftests/drivers/net/hw

# csum_py [WRAPPER]: its results are in /tmp/results
csum_py() {
	"$@" python3 "$ksft/csum.py" > /tmp/results 2>&1
	grep -q '^# Totals:' /tmp/results || { cat /tmp/results; false; }
}
names() { sed -nE 's/^(not )?ok [0-9]+ csum\.([a-z0-9_]+).*/\2/p' /tmp/results; }
# result_is ok|not NAME
result_is() {
	local got
	got=$(grep -E "csum\.$2( |$)" /tmp/results)
	[[ $got == "$1 "* && $got != *SKIP* ]] || { cat /tmp/results; false; }
}

check csum_py_on_netdevsim csum_py
check nothing_is_left_out test "$(names | wc -l)" = 22
for name in $(names); do
	check "netdevsim_$name" result_is ok "$name"
done

address() { ip -n "$1" addr add "192.0.2.$2/24" dev "${1}0" && ip netns exec "$1" sysctl -qw "net.ipv6.conf.${1}0.disable_ipv6=0" && ip -n "$1" addr add "2001:db8::$2/64" dev "${1}0" nodad; }
address tx 1 && address rx 2 || give_up "no addresses"
csum_mode tx legacy-unchecked
in_tx() { tx env NETIF=tx0 LOCAL_V4=192.0.2.1 REMOTE_V4=192.0.2.2 LOCAL_V6=2001:db8::1 \
	REMOTE_V6=2001:db8::2 REMOTE_TYPE=netns REMOTE_ARGS=rx "$@"; }
check csum_py_on_a_device_that_fails csum_py in_tx
for name in $(names); do
	case $name in
	*_lsrr|*_srh) check "unchecked_$name" result_is not "$name" ;;
	*) check "unchecked_$name" result_is ok "$name" ;;
	esac
done
tap_end
