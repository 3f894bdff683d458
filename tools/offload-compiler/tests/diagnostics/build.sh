# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
# Sources that are right, and have more than a body can do
exec 2>&1
"$OC" build --validate none base/addresses.c -o . || :
"$OC" build --validate none base/jumps.c -o . || :
"$OC" vectors base/steps.c -o steps.pcap || :
# many N: a parser whose N nodes have limits of visits, and each all others behind
many() {
	python3 - "$1" <<-'END'
	import sys
	num = range(int(sys.argv[1]))
	print("""#include <netprog.h>
	struct eth_bits { u8 dst[48], src[48], type[16]; };
	struct next_bits { u8 more[112], next[16]; };
	NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, all) };
	PARSER(many) = { ROOT(eth), .max_bytes = 1000, .max_nodes = 100 };
	MAP(all) = {""", ", ".join(f"ON({i}, n{i})" for i in num), "};")
	for i in num:
	    print(f"NODE(n{i}) = {{ HEADER(next), .repeat = 9, .next = NEXT(next, next, all) }};")
	END
}
many 59 >many.c
"$OC" build --validate none many.c -o . || :
many 80 >too_many.c
"$OC" build --validate none too_many.c -o . || :
