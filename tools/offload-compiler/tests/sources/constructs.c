// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Every construct of the language in one parser of made-up headers, for tests
 * of what each of them means. The EtherType picks what is tried.
 */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };

PARSER(constructs) = {
	ROOT(eth), .max_bytes = 100, .max_nodes = 6, .max_encaps = 2,
};

NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types) };
MAP(types) = {
	ON(1, options), ON(2, flags), ON(3, segments), ON(4, checked),
	ON(5, sized), ON(6, all_that_is_left), ON(7, tunnel), ON(8, counted),
	ON(9, wide), ON(10, three_parts), ON(11, overlaid), ON(12, repeated),
	ON(0x1900, tail),
	ON_MASK(0x1000, 0xf000, masked, .priority = 3),
	ON_RANGE(0x1800, 0x2800, ranged, .priority = 2),
	ON_RANGE(0x2000, 0x2fff, tail, .priority = 1),
};

/* ---- TLVs: padding of one byte, an end, sub-TLVs, what is not known ------- */

struct options_bits { u8 len[8], next[8]; };
struct tlv_type_bits { u8 type[8]; };
struct tlv_bits { u8 type[8], len[8]; };
struct mark_bits { u8 type[8], len[8], value[16]; };
struct item_bits { u8 kind[4], units[4]; };

NODE(options) = {
	HEADER(options), .length = LENGTH(options, len, .add = 2),
	.parts = PARTS {
		TLVS(tlv_type, type, tlvs, .max = 5, OTHERWISE(NAME(tlv))),
	},
	.next = NEXT(options, next, after_options),
};
MAP(after_options) = {
	ON(0, STOP_OKAY), ON(1, tail), ON(2, options), ON(7, tunnel),
};
MAP(tlvs) = {
	ON(0, pad), ON(1, DONE), ON(2, mark), ON(3, list), ON(4, STOP_FAIL),
	ON(5, last),
};
NODE(pad) = { HEADER(tlv_type) };
NODE(tlv) = {
	HEADER(tlv), .length = LENGTH(tlv, len),
	.extract = EXTRACT { FIELD(unknown, tlv, type) },
};
NODE(mark) = {
	HEADER(mark), .length = LENGTH(mark, len),
	.extract = EXTRACT { FIELD(marks, mark, value), OFFSET(mark_at, mark, value) },
	.counters = COUNTERS { INC(mark_index) },
};
NODE(last) = { HEADER(tlv), .length = LENGTH(tlv, len), .next = GO(DONE) };
OUTPUT_ARRAY(marks, 16, 2, mark_index);
COUNTER(mark_index, .max = 3, .saturate = 1, .encap_resets = 1);

/* A TLV with items in it, each followed by as many words as it says */
NODE(list) = {
	HEADER(tlv), .length = LENGTH(tlv, len),
	.parts = PARTS { TLVS(item, kind, items, .max = 2, .exceeded = DONE) },
};
MAP(items) = { ON(1, item), ON(2, item_end), ON(3, STOP_OKAY) };
NODE(item) = {
	HEADER(item), .length = LENGTH(item, units, .times = 3, .add = 1),
	.extract = EXTRACT { START(item_at), HEADER_LENGTH(item_length) },
};
NODE(item_end) = { HEADER(item), .next = GO(item_rest) };
NODE(item_rest) = {
	NO_HEADER, .length = LENGTH_REST,
	.extract = EXTRACT { HEADER_LENGTH(rest_length) },
};

/* What follows everywhere: one byte */
struct tail_bits { u8 value[8]; };
NODE(tail) = {
	HEADER(tail),
	.extract = EXTRACT { FIELD(tail, tail, value), START(tail_at),
			     END(tail_end), NODES(nodes), ENCAPS(levels) },
};

/* ---- optional fields ----------------------------------------------------- */

struct flags_bits { u8 a[1], b[1], kind[2], rest[4], len[8]; };
struct half_bits { u8 value[16]; };

NODE(flags) = {
	HEADER(flags), .length = LENGTH(flags, len),
	.parts = PARTS {
		FLAG_FIELDS(FLAG(flags, a, field_a), FLAG_SKIP(flags, b, 3),
			    FLAG_EQ(flags, kind, 3, 2, field_c),
			    FLAG_EQ_SKIP(flags, kind, 1, 1, 1),
			    FLAG_EQ_SKIP(flags, rest, 8, 8, 2)),
		SUBPARSER(tail_in),
	},
	.next = GO(tail),
};
NODE(field_a) = { HEADER(half), .extract = EXTRACT { FIELD(field_a, half, value) } };
NODE(field_c) = {
	HEADER(half), .extract = EXTRACT { FIELD(field_c, half, value) },
	.next = NEXT(half, value, field_c_next, .otherwise = AGAIN),
};
MAP(field_c_next) = { ON(7, DONE), ON(8, field_a) };
NODE(tail_in) = {
	HEADER(tail), .extract = EXTRACT { FIELD(sub, tail, value) },
	.require = REQUIRE { NE(tail, value, 0xff, .otherwise = STOP_NO_MATCH) },
};

/* ---- arrays, and TLVs behind them --------------------------------------- */

struct segments_bits { u8 len[8], last[4], count[4]; };
struct segment_bits { u8 value[32]; };

NODE(segments) = {
	HEADER(segments), .length = LENGTH(segments, len),
	.parts = PARTS {
		ARRAY(segment, .area = LENGTH(segments, last, .shift = 2),
		      .max = 4),
		TLVS_KEY(mark, two_keys, .max = 2,
			 .next.key = KEY { OF(mark, len), OF(mark, type),
					   INPUT(stop_at_encap) }),
	},
	.extract = EXTRACT { FIELD(segment_count, segments, count) },
	.counters = COUNTERS { RESET(segment_index, .before = 1) },
	.next = GO(tail),
};
NODE(segment) = {
	HEADER(segment),
	.extract = EXTRACT { FIELD(segments, segment, value), COUNT(seen, segment_index) },
	.counters = COUNTERS { INC(segment_index) },
};
MAP(two_keys) = {
	ON(4 << 9 | 2 << 1 | 0, mark),
	ON_MASK(4 << 9 | 2 << 1 | 1, 0x1ffff, DONE),
	ON_RANGE(5 << 9, 0x1ffff, tlv),
};
OUTPUT_ARRAY(segments, 32, 2, segment_index, .last = 1);
COUNTER(segment_index, .max = 4);

/* ---- conditions ------------------------------------------------------------ */

struct checked_bits { u8 a[8], b[8], c[16]; };

NODE(checked) = {
	HEADER(checked),
	.require = REQUIRE {
		EQ(checked, a, 0x10, MASK(0xf0)),
		ANY(REQUIRE {
			LT(checked, b, 4),
			ALL(REQUIRE { GE(checked, b, 8), LE(checked, b, 9),
				      NE(checked, c, 0, MASK(1)) }),
		    }, .otherwise = STOP_NO_MATCH),
		ALL(REQUIRE { NE(checked, a, 0x1f), GT(checked, c, 1) },
		    .otherwise = STOP_BAD_LENGTH),
	},
	.extract = EXTRACT { CONST(passed, 1) },
};
OUTPUT(passed, 1);

/* ---- lengths ----------------------------------------------------------------- */

struct sized_bits { u8 more[8], less[8]; };

NODE(sized) = {
	HEADER(sized),
	.length = LENGTH_SUM(10, TERM(sized, more, 1), TERM_TIMES(sized, less, -3)),
	.extract = EXTRACT { HEADER_LENGTH(sized) },
	.next = GO(tail),
};
NODE(all_that_is_left) = {
	HEADER(sized), .length = LENGTH_REST,
	.extract = EXTRACT { HEADER_LENGTH(left), END(left_end) },
};

/* ---- encapsulation, counters ------------------------------------------------- */

NODE(tunnel) = {
	HEADER(options), .encap = 1,
	.extract = EXTRACT { FIELD(ids, options, len), CONST(deepest, 5) },
	.next = NEXT(options, next, inner),
};
MAP(inner) = { ON(0, tail), ON(1, options), ON(2, segments), ON(7, tunnel) };
OUTPUT_ARRAY(ids, 8, 3, ENCAPS);
OUTPUT(deepest, 8);

NODE(counted) = {
	HEADER(tail), .uncounted = 1, .repeat = 9,
	.extract = EXTRACT { COUNT(runs, runs) },
	.counters = COUNTERS { INC(runs, .before = 1) },
	.next = NEXT(tail, value, counted_next, .otherwise = STOP_OKAY),
};
MAP(counted_next) = { ON(1, counted), ON(2, restart) };
NODE(restart) = {
	HEADER(tail), .uncounted = 1, .repeat = 9, .counters = COUNTERS { RESET(runs) },
	.next = GO(counted),
};
COUNTER(runs, .max = 3);

/* ---- keys -------------------------------------------------------------------- */

struct wide_bits { u8 address[128]; };
NODE(wide) = { HEADER(wide), .next = NEXT(wide, address, addresses) };
MAP(addresses) = {
	ON_WIDE(0x20010db800000000, 1, tail),
	ON_MASK_WIDE(0xfe80000000000000, 0, 0xffc0000000000000, 0, STOP_OKAY),
	ON_RANGE_WIDE(0xfd00000000000000, 0xfffffffffffffffe, 0xfd00000000000001, 1, masked),
};
NODE(masked) = { HEADER(tail), .extract = EXTRACT { CONST(way, 1) } };
NODE(ranged) = { HEADER(tail), .extract = EXTRACT { CONST(way, 2) } };
OUTPUT(way, 2);

/* ---- parts that start at a place, an overlay with parts, .repeat ------------ */

struct three_parts_bits { u8 len[8], first[8], second[8]; };

NODE(three_parts) = {
	HEADER(three_parts), .length = LENGTH(three_parts, len),
	.parts = PARTS {
		ARRAY(half, .area = LENGTH(three_parts, first), .max = 3),
		ARRAY(tail_in, .start = START_AT(8), .max = 2, .exceeded = STOP_FAIL,
		      .area = LENGTH(three_parts, second)),
		ARRAY(segment, .max = 1, .exceeded = STOP_OKAY),
	},
	.next = GO(tail),
};
NODE(half) = { HEADER(half), .extract = EXTRACT { FIELD(half, half, value) } };

NODE(overlaid) = {
	HEADER(options), .overlay = 1, .length = LENGTH(options, len, .add = 2),
	.extract = EXTRACT { END(overlay_end) },
	.parts = PARTS { TLVS(tlv, type, overlaid_tlvs, .max = 3) },
	.next = GO(options),
};
MAP(overlaid_tlvs) = { ON(0, tlv), ON(2, tlv), ON(5, last) };

NODE(repeated) = {
	HEADER(tail), .uncounted = 1, .repeat = 2, .next = GO(repeated),
};
