// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A small parser with most constructs, of which vectors.test changes every
 * number, operator, verdict and target.
 */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };
struct ip_bits { u8 version[4], words[4], flags[8], proto[16]; };
struct type_bits { u8 type[8]; };
struct option_bits { u8 type[8], len[8]; };
struct mark_bits { u8 type[8], len[8], value[16]; };
struct key_bits { u8 value[32]; };
struct tail_bits { u8 value[16]; };

PARSER(changed) = {
	ROOT(eth), .max_bytes = 96, .max_nodes = 3, .max_encaps = 1,
};

NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types) };
MAP(types) = { ON(0x800, ip), ON(0x900, tagged), ON_RANGE(0x1000, 0x10ff, tail) };

NODE(ip) = {
	HEADER(ip), .length = LENGTH(ip, words, .shift = 2, .add = 4),
	.require = REQUIRE {
		EQ(ip, version, 4),
		ANY(REQUIRE { LT(ip, proto, 0x100), GE(ip, proto, 0x200) },
		    .otherwise = STOP_NO_MATCH),
	},
	.extract = EXTRACT { FIELD(proto, ip, proto), END(ip_end) },
	.parts = PARTS {
		TLVS(type, type, options, .max = 4, OTHERWISE(NAME(option))),
	},
	.next = NEXT(ip, proto, protos, .otherwise = STOP_OKAY),
};
MAP(options) = { ON(0, DONE), ON(1, pad), ON(2, mark) };
NODE(pad) = { HEADER(type) };
NODE(option) = { HEADER(option), .length = LENGTH(option, len) };
NODE(mark) = {
	HEADER(mark), .length = LENGTH(mark, len),
	.extract = EXTRACT { FIELD(marks, mark, value), COUNT(seen, marks) },
	.counters = COUNTERS { INC(marks) },
};
COUNTER(marks, .max = 3);
OUTPUT_ARRAY(marks, 16, 2, marks);

MAP(protos) = {
	ON(4, inner), ON(5, tagged), ON_MASK(0x200, 0xff00, tail),
};
NODE(inner) = {
	NO_HEADER, .overlay = 1, .uncounted = 1, .encap = 1,
	.extract = EXTRACT { START(inner_at), ENCAPS(level) }, .next = GO(ip),
};
NODE(tagged) = {
	HEADER(ip), .uncounted = 1, .repeat = 2,
	.length = LENGTH(ip, words, .shift = 2, .add = 4),
	.parts = PARTS { FLAG_FIELDS(FLAG_EQ(ip, flags, 1, 1, key),
				     FLAG_EQ_SKIP(ip, flags, 6, 4, 3)) },
	.next = NEXT(ip, proto, protos),
};
NODE(key) = { HEADER(key), .extract = EXTRACT { FIELD(key, key, value) } };
NODE(tail) = { HEADER(tail), .extract = EXTRACT { FIELD(tail, tail, value) } };
