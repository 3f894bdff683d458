// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Parts in parts, what elements go on to, counters, and trees of conditions. */
#include <netprog.h>

struct top_bits { u8 kind[8], len[8], num[4], flag[1], pad[3]; };
struct tlv_bits { u8 type[8], len[8]; };
struct word_bits { u8 word[16]; };
struct none_bits { u8 byte[8]; };

PARSER(parts) = { ROOT(eth), .max_bytes = 64, .max_nodes = 2, .max_encaps = 1 };

COUNTER(words, .max = 4, .encap_resets = 1);
COUNTER(seen, .max = 2, .saturate = 1);
OUTPUT_ARRAY(word, 16, 3, words);
OUTPUT_ARRAY(level, 8, 2, ENCAPS, .last = 1);

NODE(eth) = { HEADER(word), .uncounted = 1, .next = NEXT(word, word, kinds) };
MAP(kinds) = { ON(1, top), ON_RANGE(0x100, 0x1ff, inner, .priority = 1) };
NODE(top) = {
	HEADER(top), .length = LENGTH(top, len, .times = 3, .add = 3),
	.require = REQUIRE {
		ANY(REQUIRE {
			ALL(REQUIRE { EQ(top, kind, 1), NE(top, num, 3) }),
			ALL(REQUIRE { EQ(top, kind, 2, MASK(0xf2)),
				      ANY(REQUIRE { LT(top, num, 9),
						    EQ(top, pad, 7) }) }),
		}, .otherwise = STOP_NO_MATCH),
		LE(top, len, 40),
	},
	.extract = EXTRACT { NODES(nodes) },
	.counters = COUNTERS { RESET(words, .before = 1), INC(words), INC(seen) },
	.parts = PARTS {
		ARRAY(pair, .area = LENGTH(top, num, .times = 2), .max = 4),
		FLAG_FIELDS(FLAG(top, flag, tlv), FLAG_EQ_SKIP(top, pad, 6, 4, 3)),
		TLVS(tlv, type, tlvs, .max = 5, .exceeded = DONE, OTHERWISE(NAME(tlv))),
	},
	.next = NEXT(top, kind, kinds_8),
};
MAP(kinds_8) = { ON(1, top), ON(2, inner), ON(3, STOP_OKAY) };
NODE(pair) = {
	HEADER(word), .extract = EXTRACT { FIELD(word, word, word) },
	.counters = COUNTERS { INC(words) },
};
NODE(tlv) = {
	HEADER(tlv), .length = LENGTH(tlv, len),
	.parts = PARTS { TLVS(tlv, type, tlvs_2, .max = 3, OTHERWISE(NAME(leaf))) },
};
MAP(tlvs) = { ON(0, DONE), ON(1, STOP_FAIL), ON(2, leaf), ON_RANGE(3, 8, still) };
MAP(tlvs_2) = { ON(0, DONE), ON(7, list) };
NODE(list) = {
	HEADER(tlv), .length = LENGTH(tlv, len),
	.parts = PARTS { ARRAY(byte, .max = 9) },
};
NODE(byte) = { HEADER(none), .extract = EXTRACT { COUNT(count, seen) },
	       .counters = COUNTERS { INC(seen) } };
/* goes on without a byte, so the loop's head stands behind leaf */
NODE(still) = { HEADER(tlv), .overlay = 1, .next = GO(leaf) };
NODE(leaf) = { HEADER(tlv), .repeat = 7,
	       .next = NEXT(tlv, len, leaves, .otherwise = AGAIN) };
MAP(leaves) = { ON(1, leaf), ON(2, behind), ON(3, DONE) };
NODE(behind) = { HEADER(none), .overlay = 1,
		 .next = GO(AGAIN) };
NODE(inner) = {
	HEADER(top), .encap = 1, .length = LENGTH_REST,
	.extract = EXTRACT { ENCAPS(level), OFFSET(len_at, top, len) },
	.parts = PARTS { SUBPARSER(tlv, .start = START_AT(4)) },
	.next = NEXT(top, kind, kinds_8),
};
