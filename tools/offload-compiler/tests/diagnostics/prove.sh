# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
# What cannot be proved
exec 2>&1
"$OC" build --validate none base/good.c -o . >build.log
sed 's/netdevsim/other/' "$ROOT/bpf/targets/netdevsim.json" >other.json
"$OC" prove base/good.c base/two.c || :
"$OC" prove base/good.c good.npi --target other.json || :
"$OC" prove base/repeats.c base/repeats.c || :
