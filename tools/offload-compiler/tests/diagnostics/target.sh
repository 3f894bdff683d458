# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
# Descriptions of targets with one thing wrong in each, and targets too small
exec 2>&1
try() {	# NAME SED
	sed "s/netdevsim/tiny/; $2" "$ROOT/bpf/targets/netdevsim.json" >$1.json
	"$OC" build base/good.c -o . --target $1.json || :
}
try array 's/^{/[/; s/^}/]/'
try comma 's/"tiny",/"tiny"/'
try unknown 's/states/stats/'
try missing '/states/d'
try negative 's/1024/-1024/'
try nameless 's/tiny//'
try states 's/"states": .*,/"states": 1,/'
try outputs 's/"outputs": .*,/"outputs": 1,/; s/"extracts": .*,/"extracts": 1,/'
try tables 's/"tables": .*,/"tables": 0,/'
try table 's/"table_entries": .*,/"table_entries": 8,/'
try entries 's/"entries": .*,/"entries": 1,/'
try window 's/"window": .*,/"window": 32,/'
try key 's/"key_bits": .*,/"key_bits": 8,/'
