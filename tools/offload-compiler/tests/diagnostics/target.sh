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
try states 's/"states": .*,/"states": 0,/'
try outputs 's/"outputs": .*,/"outputs": 1,/'
try extracts 's/"extracts": .*,/"extracts": 1,/'
try tables 's/"tables": .*,/"tables": 0,/'
try table 's/"table_entries": .*,/"table_entries": 8,/'
try entries 's/"entries": .*,/"entries": 0,/'
try window 's/"window": .*,/"window": 32,/'
try key 's/"key_bits": .*,/"key_bits": 0,/'
# Two looks at one header
look() {	# NAME FIRST SECOND HOW SED
	cat >$1.c <<-END
	#include <netprog.h>
	struct look_bits { u8 a[8], b[8], c[240], d[8]; };
	struct eth_bits { u8 type[16]; };
	PARSER(looks) = { ROOT(eth), .max_bytes = 64, .max_nodes = 3 };
	NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, to_one) };
	MAP(to_one) = { ON(0, one) };
	NODE(one) = { HEADER(look), $4, .next = NEXT(look, $2, to_two) };
	MAP(to_two) = { ON(1, two) };
	NODE(two) = { HEADER(look), .next = NEXT(look, $3, to_end) };
	MAP(to_end) = { ON(2, end) };
	NODE(end) = { NO_HEADER };
	END
	sed "s/netdevsim/tiny/; s/\"cursor\": 0/\"cursor\": 1/; s/\"lookahead\": .*,/\"lookahead\": 2,/; ${5-}" \
		"$ROOT/bpf/targets/netdevsim.json" >$1.json
	"$OC" build $1.c -o . --target $1.json || :
}
look back d a '.overlay = 1'
look far a d '.overlay = 1' 's/"advance": .*,/"advance": 4,/'
look computed a b '.length = LENGTH(look, a, .add = 33)' 's/"key_bits": .*,/"key_bits": 8,/'
look factor a b '.length = LENGTH(look, a, .add = 33)' 's/"multiplier": .*/"multiplier": 0/'
