// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Every comparison, wide and odd fields, ternary entries, every limit. */
#include <netprog.h>

struct eth_bits { u8 type[16]; };
struct top_bits { u8 kind[8], a[5], b[3]; };
struct ops_bits { u8 kind[8], eq[3], ne[5], lt[7], le[9], gt[11], ge[13], pad[8]; };
struct wide_bits { u8 odd[3], addr[128], tail[5]; };
struct tlv_bits { u8 kind[8], len[8]; };

PARSER(ops) = { ROOT(eth), .max_bytes = 60, .max_nodes = 7, .max_encaps = 2 };

OUTPUT(where, 16);
OUTPUT(behind, 16);
OUTPUT(length, 24);
OUTPUT(level, 100);

NODE(eth) = { HEADER(eth), .uncounted = 1,
	      .next = NEXT(eth, type, types, .otherwise = NAME(top)) };
MAP(types) = { ON(0x0800, top), ON(0x86dd, wide) };
NODE(top) = {
	HEADER(top), .uncounted = 1,
	.extract = EXTRACT { START(where), CONST_WIDE(level, 0xabcdef, 5) },
	.next = LOOKUP(tops, .key = KEY { OF(top, b), INPUT(parse_1st_frag), OF(top, kind) }),
};
MAP(tops) = {
	ON(0 << 9 | 1, ops), ON(1 << 8 | 2, wide),
	ON_MASK(4 << 9, 4 << 9, tlv, .priority = 1),
	ON_MASK(3, 0xff, inner, .priority = 2),
};
NODE(ops) = {
	HEADER(ops),
	.require = REQUIRE {
		EQ(ops, eq, 5), NE(ops, ne, 9, .otherwise = STOP_OKAY),
		LT(ops, lt, 100), LE(ops, le, 300, .otherwise = STOP_BAD_LENGTH),
		GT(ops, gt, 7), GE(ops, ge, 4095, .otherwise = STOP_NO_MATCH) },
	.extract = EXTRACT { FIELD(sum, ops, ge), END(behind) },
	.next = NEXT(ops, kind, kinds, .otherwise = NAME(tlv)),
};
NODE(wide) = {
	HEADER(wide), .length = LENGTH(wide, tail, .shift = 1, .add = 10),
	.require = REQUIRE { GT(wide, odd, 0) },
	.extract = EXTRACT { FIELD(address, wide, addr), HEADER_LENGTH(length) },
	.next = NEXT(wide, addr, wides),
};
MAP(wides) = {
	ON_WIDE(0x20010db800000000, 1, ops), ON_WIDE(0, 0, tlv),
	ON_MASK_WIDE(0xff00000000000000, 0, 0xff00000000000000, 0, inner),
};
NODE(tlv) = {
	HEADER(tlv), .length = LENGTH(tlv, len, .add = 1), .repeat = 3,
	.extract = EXTRACT { FIELD(last, tlv, kind) },
	.next = NEXT(tlv, kind, kinds),
};
MAP(kinds) = { ON(0, STOP_OKAY), ON(1, ops), ON(2, wide), ON(3, inner),
	       ON_MASK(0x80, 0xc0, tlv), ON_MASK(4, 0xfc, again) };
NODE(inner) = { HEADER(top), .encap = 1, .next = NEXT(top, kind, kinds) };
NODE(again) = { HEADER(top), .overlay = 1, .next = GO(ops) };
