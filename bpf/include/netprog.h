/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * netprog.h: the source language of network programs.
 *
 * A parser is a graph of nodes. It has no functions, only initializers of
 * constants, so it means the same whatever compiles it. Nodes, maps, outputs
 * and inputs are referred to by name, in any order and without declaring them
 * first.
 *
 * Headers are structs of bits: one u8 array element per bit, network order,
 * so a member's offset and size are those of the field in bits:
 *
 *	struct udp_bits { u8 sport[16], dport[16], len[16], check[16]; };
 *
 * A node reads one header and says where the parse goes on:
 *
 *	NODE(udp) = {
 *		HEADER(udp),
 *		.require = REQUIRE { GE(udp, len, 8) },
 *		.extract = EXTRACT { FIELD(sport, udp, sport), START(thoff) },
 *		.next    = NEXT(udp, dport, udp_ports, .otherwise = STOP_OKAY),
 *	};
 *	MAP(udp_ports) = { ON(4789, vxlan) };
 *
 *	PARSER(my_parser) = {
 *		ROOT(ethernet), .max_bytes = 256, .max_nodes = 16,
 *	};
 *
 * An output that is named as one of struct bpf_flow_keys' members (addr_proto,
 * dport, flow_label, ip_proto, ipv4_dst, ipv4_src, ipv6_dst, ipv6_src,
 * is_encap, is_first_frag, is_frag, n_proto, nhoff, sport, thoff) fills it;
 * any other output is the parser's own and can be a key of a TABLE.
 */
#ifndef _NETPROG_H
#define _NETPROG_H

#include "netprog_abi.h"

#define NP_WHERE	{ .file = __FILE__, .line = __LINE__ }
#define NP_IN(kind)	__attribute__((used, section("netprog." kind)))
#define NP_BITS(h, f)	((u32)sizeof(((struct h##_bits *)0)->f))
#define NP_OF(h, f)	{ .header = #h, .name = #f,			\
			  .offset = __builtin_offsetof(struct h##_bits, f), \
			  .bits = NP_BITS(h, f), .where = NP_WHERE }
#define NP_VALUE(v)	{ .lo = (u64)(v) }
#define NP_WIDE(h, l)	{ .hi = (u64)(h), .lo = (u64)(l) }

/* ---- where a parse ends --------------------------------------------------
 * To be used wherever a node's name can be: ON(59, STOP_OKAY).
 */
#define STOP_OKAY	"STOP_OKAY"		/* parsed to the end */
#define STOP_FAIL	"STOP_FAIL"		/* the packet is wrong */
#define STOP_BAD_LENGTH	"STOP_BAD_LENGTH"	/* a length field is wrong */
#define STOP_NO_MATCH	"STOP_NO_MATCH"		/* the protocol is unknown */

/* Where an element of a part ends, see PARTS: wherever a node's name can be */
#define AGAIN		"AGAIN"			/* on with the next element */
#define DONE		"DONE"			/* the part is done */

/* ---- nodes ----------------------------------------------------------------
 * Members besides those set by the macros below:
 *	.overlay   = 1	the next node starts where this one does
 *	.uncounted = 1	visits do not count towards .max_nodes, and bytes only
 *			count towards .max_bytes from the first counted node on
 *	.encap     = 1	entering it is one more encapsulation level
 *	.repeat    = N	at most N visits a packet; 0, the default: no limit
 */
#define NODE(n)		static struct np_node np_node_##n NP_IN("node")

/* First in a node: its fixed header, struct NAME_bits. All of it must be in
 * the frame. NO_HEADER is for a node that looks at inputs only.
 */
#define HEADER(h)	.header = #h, .header_given = 1, .where = NP_WHERE, \
			.header_bits = sizeof(struct h##_bits)
#define NO_HEADER	.header_given = 1, .where = NP_WHERE

/* .length = LENGTH(ipv4, ihl, .shift = 2)	bytes = ihl << 2
 * .length = LENGTH(opt, len, .shift = 3, .add = 8)	(len << 3) + 8
 * .length = LENGTH(list, num, .times = 12)	num * 12
 * .length = LENGTH_SUM(4, TERM(gre, csum, 2), TERM(gre, key, 2))
 *						4 + (csum << 2) + (key << 2);
 *						TERM_TIMES(header, field, 12)
 * .length = LENGTH_IS(20)			a constant above the header's
 * .length = LENGTH_REST			all that is left of the frame;
 *						of an element: of its area
 * Factors and constants may be negative. Without it the length is that of the
 * header. A length below the header's is the verdict "bad length".
 */
struct np_length_args { s32 shift, times, add; };
#define NP_ARG(a, ...)	(((struct np_length_args){ __VA_ARGS__ }).a)
#define LENGTH(h, f, ...) {						\
	.terms = (struct np_term[]){ { .field = NP_OF(h, f),		\
		.times = (NP_ARG(times, __VA_ARGS__) ?			\
			  NP_ARG(times, __VA_ARGS__) : 1) *		\
			 (1 << NP_ARG(shift, __VA_ARGS__)) } },		\
	.add = NP_ARG(add, __VA_ARGS__),				\
	.given = NP_LENGTH_SUM, .where = NP_WHERE }
#define LENGTH_SUM(n, ...) { .terms = (struct np_term[]){ __VA_ARGS__ },	\
			     .add = (n), .given = NP_LENGTH_SUM,	\
			     .where = NP_WHERE }
#define TERM(h, f, s)	{ .field = NP_OF(h, f), .times = 1 << (s) }
#define TERM_TIMES(h, f, n) { .field = NP_OF(h, f), .times = (n) }
#define LENGTH_IS(n)	{ .add = (n), .given = NP_LENGTH_SUM, .where = NP_WHERE }
#define LENGTH_REST	{ .given = NP_LENGTH_REST, .where = NP_WHERE }

/* .require = REQUIRE { EQ(ipv4, version, 4), GE(ipv4, ihl, 5) }
 * In order; the first that does not hold ends the parse: as STOP_FAIL, or
 * EQ(h, f, v, .otherwise = STOP_OKAY). Of the field only some bits:
 * EQ(tcp, flags, SYN, MASK(SYN | RST)). Groups, also in groups:
 *	ANY(REQUIRE { EQ(ipv4, ttl, 1), ALL(REQUIRE { ... }) },
 *	    .otherwise = STOP_OKAY)
 */
#define REQUIRE		(struct np_cond[])
#define NP_COND(o, h, f, v, ...) { .field = NP_OF(h, f), .op = (o),	\
				   .value = NP_VALUE(v), .where = NP_WHERE, \
				   ##__VA_ARGS__ }
#define EQ(h, f, v, ...) NP_COND(NP_EQ, h, f, v, ##__VA_ARGS__)
#define NE(h, f, v, ...) NP_COND(NP_NE, h, f, v, ##__VA_ARGS__)
#define LT(h, f, v, ...) NP_COND(NP_LT, h, f, v, ##__VA_ARGS__)
#define LE(h, f, v, ...) NP_COND(NP_LE, h, f, v, ##__VA_ARGS__)
#define GT(h, f, v, ...) NP_COND(NP_GT, h, f, v, ##__VA_ARGS__)
#define GE(h, f, v, ...) NP_COND(NP_GE, h, f, v, ##__VA_ARGS__)
#define MASK(m)		.mask = NP_VALUE(m), .masked = 1
#define ALL(...)	{ .op = NP_ALL, .where = NP_WHERE, .list = __VA_ARGS__ }
#define ANY(...)	{ .op = NP_ANY, .where = NP_WHERE, .list = __VA_ARGS__ }

/* .extract = EXTRACT { FIELD(ipv4_src, ipv4, saddr), START(nhoff) }
 *	FIELD(out, header, field)	the field
 *	CONST(out, value)		a constant of up to 64 bits
 *	CONST_WIDE(out, high, low)	one of up to 128
 *	START(out)			offset of the node's first byte
 *	END(out)			offset behind its last, in the frame
 *	HEADER_LENGTH(out)		its length in bytes
 *	OFFSET(out, header, field)	offset of the field's first byte
 *	COUNT(out, counter)		a counter
 *	NODES(out)			counted nodes so far
 *	ENCAPS(out)			the encapsulation level
 */
#define EXTRACT		(struct np_extract[])
#define NP_EXTRACT(t, o, ...) { .output = #o, .where = NP_WHERE,	\
				.type = NP_EXTRACT_##t, ##__VA_ARGS__ }
#define FIELD(o, h, f)	NP_EXTRACT(FIELD, o, .field = NP_OF(h, f))
#define CONST(o, v)	NP_EXTRACT(CONST, o, .value = NP_VALUE(v))
#define CONST_WIDE(o, h, l) NP_EXTRACT(CONST, o, .value = NP_WIDE(h, l))
#define START(o)	NP_EXTRACT(START, o)
#define END(o)		NP_EXTRACT(END, o)
#define HEADER_LENGTH(o) NP_EXTRACT(LENGTH, o)
#define OFFSET(o, h, f)	NP_EXTRACT(START, o, .field = NP_OF(h, f),	\
		.value = NP_VALUE(__builtin_offsetof(struct h##_bits, f) / 8))
#define COUNT(o, c)	NP_EXTRACT(COUNTER, o, .counter = #c)
#define NODES(o)	NP_EXTRACT(NODES, o)
#define ENCAPS(o)	NP_EXTRACT(ENCAPS, o)

/* .counters = COUNTERS { INC(segments), RESET(options, .before = 1) }
 * Made behind the node's extracts, or before them. See COUNTER.
 */
#define COUNTERS	(struct np_action[])
#define INC(c, ...)	{ .counter = #c, .where = NP_WHERE, ##__VA_ARGS__ }
#define RESET(c, ...)	{ .counter = #c, .reset = 1, .where = NP_WHERE,	\
			  ##__VA_ARGS__ }

/* ---- parts -------------------------------------------------------------------
 * What lies inside a node behind its fixed header. Elements are nodes, too,
 * without a level of encapsulation and never counted; without .next one is
 * followed by the next element (AGAIN). All of them lie in the part's area; one
 * that does not is the verdict "bad length". Parts are in the packet's order:
 *
 *	.parts = PARTS {
 *		ARRAY(segment, .area = LENGTH(srh, last, .times = 16, .add = 16),
 *		      .max = 8),
 *		TLVS(tlv, type, srh_tlvs, .max = 16, OTHERWISE(NAME(tlv))),
 *	}
 * FLAG_FIELDS(FLAG(gre, csum, gre_csum), FLAG_SKIP(gre, key, 4),
 *	       FLAG_EQ(gue, flags, 0x3000, 0x1000, gue_vni))
 *	The optional fields that are there: the flag's field, of one bit, is 1,
 *	or the field's bits under the mask are the value. An element, or so many
 *	bytes.
 * TLVS(header, field, map, ...)	The field at the next element is looked up:
 *	ON(0, DONE), ON(1, nop), ON(2, mss).
 *	Several fields, of one header, or inputs: TLVS_KEY(header, map,
 *	.next.key = KEY { OF(header, field), ... }, ...)
 * ARRAY(node, ...)	All elements are this node.
 * SUBPARSER(node, ...)	One element, if there are any bytes.
 *
 *	.start = START_AT(N)	bytes from the node's first; default: where the
 *				part before it ended, or the header
 *	.area = LENGTH(...)	bytes from there; default: up to the node's end
 *	.max = N		elements; one more ends the parse ("limit
 *				loop"), or what .exceeded = DONE or STOP_* says
 */
#define PARTS		(struct np_part[])
#define START_AT(n)	(n), .start_given = 1
#define OTHERWISE(t)	.next.otherwise = t
#define TLVS(h, f, m, ...) TLVS_KEY(h, m, .next.key = KEY { OF(h, f) },	\
				    ##__VA_ARGS__)
#define TLVS_KEY(h, m, ...) { .type = NP_PART_LOOP, .where = NP_WHERE,	\
	.header_bits = sizeof(struct h##_bits), .next.map = #m,		\
	.next.where = NP_WHERE, ##__VA_ARGS__ }
#define ARRAY(n, ...)	{ .type = NP_PART_LOOP, .where = NP_WHERE,	\
	.next.where = NP_WHERE, .next.otherwise = #n, ##__VA_ARGS__ }
#define SUBPARSER(n, ...) ARRAY(n, .max = 1, .exceeded = DONE, ##__VA_ARGS__)
#define FLAG_FIELDS(...) { .type = NP_PART_FLAGS, .where = NP_WHERE,	\
	.flags = (struct np_flag[]){ __VA_ARGS__ } }
#define FLAG(h, f, n)	{ .field = NP_OF(h, f), .node = #n, .where = NP_WHERE }
#define FLAG_SKIP(h, f, s) { .field = NP_OF(h, f), .size = (s), .where = NP_WHERE }
#define FLAG_EQ(h, f, m, v, n) { .field = NP_OF(h, f), .exact = 1,	\
	.mask = NP_VALUE(m), .value = NP_VALUE(v), .node = #n,		\
	.where = NP_WHERE }
#define FLAG_EQ_SKIP(h, f, m, v, s) { .field = NP_OF(h, f), .exact = 1,	\
	.mask = NP_VALUE(m), .value = NP_VALUE(v), .size = (s),		\
	.where = NP_WHERE }

/* Where the parse goes on:
 * .next = NEXT(ipv4, protocol, ip_protocols, .otherwise = STOP_OKAY)
 * .next = LOOKUP(map, .key = KEY { OF(ipv4, frag_off), OF(ipv4, protocol),
 *				    INPUT(parse_1st_frag) })
 * .next = GO(tcp)
 * The operands of a KEY are put together, the first most significant. Without
 * .otherwise a key that matches nothing ends the parse as STOP_NO_MATCH;
 * another node is .otherwise = NAME(node). Without .next the parse ends here
 * as STOP_OKAY. Inputs are one bit wide: parse_1st_frag, stop_at_flow_label,
 * stop_at_encap.
 */
#define NEXT(h, f, m, ...) { .key = KEY { OF(h, f) }, .map = #m,	\
			     .where = NP_WHERE, ##__VA_ARGS__ }
#define LOOKUP(m, ...)	{ .map = #m, .where = NP_WHERE, __VA_ARGS__ }
#define GO(n)		{ .otherwise = #n, .where = NP_WHERE }
#define NAME(n)		#n
#define KEY		(struct np_key[])
#define OF(h, f)	{ .field = NP_OF(h, f), .where = NP_WHERE }
#define INPUT(i)	{ .input = #i, .where = NP_WHERE }

/* ---- maps ------------------------------------------------------------------
 * Exact entries come before ternary ones, and those by falling priority;
 * overlapping ternary entries must differ in priority. In a key of more than
 * one operand the value is all of them, first operand on top:
 * ON(1 << 8 | 17, udp).
 *	ON_MASK(key, mask, target, .priority = N)
 *	ON_RANGE(low, high, target, .priority = N)
 * Of more than 64 bits, in halves: ON_WIDE, ON_MASK_WIDE, ON_RANGE_WIDE.
 */
#define MAP(m)		static struct np_entry np_map_##m[] NP_IN("map")
#define ON(k, t)	{ .key = NP_VALUE(k), .target = #t, .where = NP_WHERE }
#define ON_WIDE(h, l, t) { .key = NP_WIDE(h, l), .target = #t,		\
			   .where = NP_WHERE }
#define ON_MASK(k, m, t, ...) { .key = NP_VALUE(k), .mask = NP_VALUE(m), \
				.target = #t, .ternary = 1,		\
				.where = NP_WHERE, ##__VA_ARGS__ }
#define ON_RANGE(l, h, t, ...) { .key = NP_VALUE(l), .mask = NP_VALUE(h), \
				 .target = #t, .ternary = 2,		\
				 .where = NP_WHERE, ##__VA_ARGS__ }
#define ON_MASK_WIDE(kh, kl, mh, ml, t, ...) {				\
	.key = NP_WIDE(kh, kl), .mask = NP_WIDE(mh, ml), .target = #t,	\
	.ternary = 1, .where = NP_WHERE, ##__VA_ARGS__ }
#define ON_RANGE_WIDE(lh, ll, hh, hl, t, ...) {				\
	.key = NP_WIDE(lh, ll), .mask = NP_WIDE(hh, hl), .target = #t,	\
	.ternary = 2, .where = NP_WHERE, ##__VA_ARGS__ }

/* ---- outputs and match tables -----------------------------------------------
 * OUTPUT declares the width of an output that is no flow key; needed only if
 * no FIELD tells it.
 *
 *	TABLE(acl, .keys = KEYS { OUT(ipv4_src), OUT(vlan_id) },
 *	      .match = TERNARY, .size = 64, .owner = RAW);
 */
#define OUTPUT(o, n)	static struct np_output np_output_##o NP_IN("output") = \
				{ .bits = (n), .where = NP_WHERE }
#define TABLE(t, ...)	static struct np_table np_table_##t NP_IN("table") = \
				{ .where = NP_WHERE, __VA_ARGS__ }
#define KEYS		(struct np_name[])
#define OUT(o)		{ .name = #o, .where = NP_WHERE }

/* An output that is an array, and what tells the place in it: a counter, or the
 * encapsulation level (ENCAPS). Without .last = 1 what lies behind its end is
 * not written; with it, it overwrites the last.
 *	OUTPUT_ARRAY(segment, 128, 4, segments);
 */
#define OUTPUT_ARRAY(o, b, n, i, ...)					\
	static struct np_output np_output_##o NP_IN("output") = {	\
		.bits = (b), .num = (n), .index = #i, .where = NP_WHERE, \
		##__VA_ARGS__ }

/* COUNTER(segments, .max = 8): it starts at 0; an INC above .max ends the parse
 * ("limit counter"), or with .saturate = 1 leaves it there. With .encap_resets
 * = 1 entering an encapsulation makes it 0.
 */
#define COUNTER(c, ...)	static struct np_counter np_counter_##c		\
	NP_IN("counter") = { .where = NP_WHERE, ##__VA_ARGS__ }

enum { EXACT, TERNARY, LPM };				/* .match */
enum { RAW, NTUPLE, FLOWER, NFTABLES, ROUTE };		/* .owner */

/* ---- the parser --------------------------------------------------------------
 *	.max_bytes	no node's header may lie behind so many bytes, counted
 *			from the first counted node
 *	.max_nodes	counted nodes a packet
 *	.max_encaps	encapsulation levels a packet; may be 0
 * The kernel's flow dissector can enter behind the root, at the protocol that
 * the root looks up: so the root is .uncounted, of constant length, without
 * conditions, looks up one field of 16 bits, and extracts at most n_proto (that
 * field) and END as nhoff or thoff.
 */
#define PARSER(p)	static struct np_parser np_parser_##p NP_IN("parser")
#define ROOT(n)		.root = #n, .where = NP_WHERE

#endif /* _NETPROG_H */
