# SPDX-License-Identifier: GPL-2.0
# Sourced by the tests of the device and its gate. TAP on stdout.
#
#	netns tx                 netns rx
#	netdevsim1: tx0 -------- netdevsim2: rx0
#
# rx0 is the device under test; tx0 sends. Programs are pinned once under
# /run/bpf/netprog-tests, images lie in the folder that the kernel takes
# firmware from: a.npi and b.npi are two parsers that differ in one field.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/.." && pwd)
helpers=$top/build/selftests
export PATH=$helpers:$top/build/bin:$PATH PYTHONDONTWRITEBYTECODE=1
export NETPROG_LINUX=$top/build/linux
pins=/run/bpf/netprog-tests
firmware=$(cat /sys/module/firmware_class/parameters/path)
dut=netdevsim/netdevsim2
knobs=/sys/kernel/debug/netdevsim/netdevsim2/netprog

tap_n=0
tap_failed=0

# check NAME COMMAND...: COMMAND exits with 0
check() {
	local name=$1 out; shift
	tap_n=$((tap_n + 1))
	if out=$("$@" 2>&1); then
		echo "ok $tap_n - $name"
		return
	fi
	tap_failed=1
	printf 'not ok %d - %s\n# command: %s\n' "$tap_n" "$name" "$*"
	sed 's/^/#   /' <<< "$out"
}

# refused NAME TEXT COMMAND...: COMMAND fails and says TEXT
refused() {
	local name=$1 text=$2 out; shift 2
	tap_n=$((tap_n + 1))
	if ! out=$("$@" 2>&1) && grep -qF -e "$text" <<< "$out"; then
		echo "ok $tap_n - $name"
		return
	fi
	tap_failed=1
	printf 'not ok %d - %s\n# command: %s\n# wanted: failure, text: %s\n' \
		"$tap_n" "$name" "$*" "$text"
	sed 's/^/#   /' <<< "$out"
}

# told STATUS FILE: what a program said that ended so: good|NAME|TEXT or bad|NAME|TEXT
told() {
	local verdict name text
	while IFS='|' read -r verdict name text; do
		check "$name: $text" test "$verdict" = good
	done < <(grep '|' "$2")
	check all_were_tried test "$1" = 0
	grep -v '|' "$2" | sed 's/^/# /'
}
tap_end() { echo "1..$tap_n"; exit "$tap_failed"; }
give_up() { echo "Bail out! $*"; exit 1; }

# eventually COMMAND...: true within a minute: loading a program takes more than
# ten seconds of a debug kernel on a machine that does something else, too
eventually() {
	local end=$((SECONDS + 60))
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.05
	done
}

rx() { ip netns exec rx "$@"; }
tx() { ip netns exec tx "$@"; }
send() { tx traffic tx0 "$@" > /dev/null; }	# send COUNT FLOWS

# The state of the gate: "on", "off" or "off [requested on]"
feature() { rx ethtool -k "${1:-rx0}" | sed -n 's/^receive-hashing: //p'; }
feature_is() { [ "$(feature)" = "$1" ] || { feature; false; }; }
state() { rx ethtool --show-netprog rx0 | sed -n 's/^ *state: *//p' | head -n 1; }
state_is() { [ "$(state)" = "$1" ] || { rx ethtool --show-netprog rx0; false; }; }
gate_is() { feature_is "$1" && state_is "$2"; }

fetch() { devlink -N rx dev reload "$dut" action parser-fetch "$1"; }
attach() { rx bpftool prog attach pinned "$pins/$1" flow_dissector; }
detach() { rx bpftool prog detach pinned "$pins/$1" flow_dissector; }
knob() { echo "$2" > "$knobs/$1"; }

# port_stat SIDE NAME: a counter; port_stat_is SIDE NAME VALUE
port_stat() { ip netns exec "$1" ethtool -S "$1"0 | awk -v n="$2:" '$1 == n { print $2 }'; }
port_stat_is() { [ "$(port_stat "$1" "$2")" = "$3" ] || { ip netns exec "$1" ethtool -S "$1"0; false; }; }
# stat NAME: one of rx0's programs
stat() { port_stat rx "netprog_rx_$1"; }
stat_is() { port_stat_is rx "netprog_rx_$1" "$2"; }
# Every packet is counted as one of the two when it leaves its queue
seen() { echo $(($(stat hashed) + $(stat fallback))); }
seen_is() { [ "$(seen)" = "$1" ]; }
trace() { cat /sys/kernel/debug/netdevsim/netdevsim2/ports/0/netprog/trace; }

# The kind of device that a side is, as checksums go
csum_knob() { local id=1; [ "$1" = tx ] || id=2; echo /sys/kernel/debug/netdevsim/netdevsim$id/ports/0/csum; }
csum_mode() { echo "$2" > "$(csum_knob "$1")"; }

load_programs() {
	local name
	[ ! -d "$pins" ] || return 0
	mkdir -p "$pins"
	for name in a b; do
		cp "$helpers/$name/ports.npi" "$firmware/$name.npi" || return 1
		bpftool prog loadall "$helpers/$name/ports.bpf.o" "$pins/dir-$name" \
			type flow_dissector || return 1
		mv "$pins/dir-$name"/* "$pins/$name" || return 1
	done
	bpftool prog load "$helpers/untagged.bpf.o" "$pins/untagged" \
		type flow_dissector
}

# bpf/examples/big.c, for those tests alone that need it
load_big() {
	cp "$helpers/big/big.npi" "$firmware/" || return 1
	[ -e "$pins/big" ] ||
		{ bpftool prog loadall "$helpers/big/big.bpf.o" "$pins/dir-big" type flow_dissector &&
			mv "$pins/dir-big"/* "$pins/big"; }
}

cleanup() {
	local id
	jobs -p | xargs -r kill 2> /dev/null
	wait
	bpftool net 2> /dev/null | grep -q 'flow_dissector' &&
		for id in a b big untagged; do
			bpftool prog detach pinned "$pins/$id" flow_dissector
		done > /dev/null 2>&1
	for id in 1 2; do
		[ ! -d /sys/bus/netdevsim/devices/netdevsim$id ] ||
			echo $id > /sys/bus/netdevsim/del_device
	done
	for id in tx rx other; do
		[ ! -e /run/netns/$id ] || ip netns del $id
	done
} 2> /dev/null

# setup [QUEUES]: the two devices, linked, up and silent
setup() {
	link_devices "$@"
	load_programs || give_up "cannot load the programs of $helpers"
}
# link_devices [QUEUES]: the same without programs
link_devices() {
	cleanup
	trap cleanup EXIT
	"$top/scripts/link" "${1:-4}" || give_up "cannot link two netdevsims"
	eventually ready || give_up "the link does not come up"
}
ready() { [ "$(tx cat /sys/class/net/tx0/carrier)" = 1 ]; }

# on: both sides run parser a, rxhash is on
both_run_a() {
	fetch a.npi && attach a && rx ethtool -K rx0 rxhash on && feature_is on ||
		give_up "no parser a on both sides"
}
