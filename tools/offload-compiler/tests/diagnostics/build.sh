# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
# Sources that are right, and have more than a body can do
exec 2>&1
"$OC" build base/addresses.c -o . || :
"$OC" build base/jumps.c -o . || :
"$OC" vectors base/steps.c -o steps.pcap || :
