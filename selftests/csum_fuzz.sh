#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames with headers at random, of which many lie about their length, or have
# the sum where none belongs: what a device makes right that is told where to
# sum, one that parses makes right with its driver's help; and does not without.
# SEED=N repeats a run, COUNT=N is for how many frames.
. "$(dirname "$0")/lib.sh"
link_devices 1
seed=${SEED:-1}
count=${COUNT:-1500}
echo "# SEED=$seed"

fuzz() { python3 "$here/csum_fuzz.py" "$seed" "$count" > /tmp/fuzz; }
# of MODE: frames that were right, and those of them that became wrong
of() { sed -n "s/^$1 //p" /tmp/fuzz; }
all_right() { local n; n=$(of legacy) && [ "${n#* }" = 0 ] || { cat /tmp/fuzz; false; }; }
some_wrong() { local n; n=$(of legacy-unchecked) && [ "${n#* }" -gt $((count / 20)) ] || { cat /tmp/fuzz; false; }; }
many() { local n; n=$(of legacy) && [ "${n% *}" -gt $((count / 2)) ] || { cat /tmp/fuzz; false; }; }
refused_some() { [[ $(of told) =~ ([0-9]+)\ refused && ${BASH_REMATCH[1]} -gt 0 ]] || { cat /tmp/fuzz; false; }; }

check frames_of_all_kinds fuzz
sed 's/^/# /' /tmp/fuzz
check many_are_right_by_csum_start many
check sums_beyond_the_frame_are_refused refused_some
check helped_device_makes_these_right all_right
check device_alone_does_not some_wrong
check device_works_on sh -c "echo generic > $(csum_knob tx) && python3 $here/csum_frames.py asked tcp4 | grep -qx 'tcp4 ok device'"
tap_end
