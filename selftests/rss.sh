#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Receive-side scaling: ethtool -x/-X set the key and the table; the hash is
# Toeplitz, the queue is the one that the table has for it.
. "$(dirname "$0")/lib.sh"
setup 4
both_run_a
key=6d:5a:56:da:25:5b:0e:c2:41:67:25:3d:43:a3:8f:b0:d0:ca:2b:cb:ae:7b:30:b4:77:cb:2d:a3:80:30:f2:0c:6a:42:b7:3b:be:ac:01:fa

queues() { trace | sed 's/.* queue=\([0-9]*\) .*/\1/' | sort -n | uniq | xargs; }
run_flows() { local n; echo > /sys/kernel/debug/netdevsim/netdevsim2/ports/0/netprog/trace
	n=$(seen); send "$1" "$2"; eventually seen_is $((n + $1)); }
queues_are() { run_flows 64 64 && [ "$(queues)" = "$*" ] || { trace | head -n 5; queues; false; }; }
table_is() { rx ethtool -x rx0 | grep -A2 "indirection table" | grep -qE "$1"; }

check default_table_spreads table_is '0: +0 +1 +2 +3 +0 +1 +2 +3'
# A random key, the default, leaves out a queue for such flows now and then
check set_key rx ethtool -X rx0 hkey $key
check key_is_shown sh -c "ip netns exec rx ethtool -x rx0 | grep -q $key"
check flows_spread queues_are 0 1 2 3
check one_queue rx ethtool -X rx0 equal 1
check all_on_one queues_are 0
check weights rx ethtool -X rx0 weight 0 0 1 1
check two_of_four queues_are 2 3
refused queue_too_large "" rx ethtool -X rx0 equal 5
refused other_hash_function "" rx ethtool -X rx0 hfunc crc32
check default_again rx ethtool -X rx0 default

# Every record's hash is Toeplitz of its keys, its queue the table's
toeplitz_holds() { run_flows 64 64 && trace | python3 "$here/toeplitz.py" "$key" 4; }
check hash_is_toeplitz_and_queue_is_tables toeplitz_holds
single() { run_flows 32 1 && [ "$(queues | wc -w)" = 1 ]; }
check one_flow_stays_on_one_queue single

check fewer_channels rx ethtool -L rx0 combined 2
check table_follows_channels table_is '0: +0 +1 +0 +1'
check flows_on_two queues_are 0 1
tap_end
