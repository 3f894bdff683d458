#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A driver_reinit tears all ports down. The program is the device's: it stays.
# A failed reload, which a fetch can never cause, refuses a fetch.
. "$(dirname "$0")/lib.sh"
setup
both_run_a

renamed() { rx ip link show rx0 > /dev/null 2>&1 || rx ip link set "$(port)" name rx0; }
port() { rx ls /sys/bus/netdevsim/devices/netdevsim2/net; }
reinit() { devlink -N rx dev reload "$dut" action driver_reinit; }
check reinit reinit
check port_is_back eventually renamed
check feature_is_new_port_s_own gate_is off match
check rxhash_on rx ethtool -K rx0 rxhash on
check on_after_reinit gate_is on match
check program_is_shown sh -c "devlink -N rx dev parser show $dut | grep -q ports"

echo Y > /sys/kernel/debug/netdevsim/netdevsim2/fail_reload
refused reload_fails "fail for testing purposes" reinit
echo N > /sys/kernel/debug/netdevsim/netdevsim2/fail_reload
refused fetch_after_failed_reload "reinitialize it first" fetch b.npi
check reinit_heals reinit
check fetch_after_reinit fetch b.npi
tap_end
