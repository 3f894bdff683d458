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
 * .length = LENGTH_SUM(4, TERM(gre, csum, 2), TERM(gre, key, 2))
 *						4 + (csum << 2) + (key << 2)
 * .length = LENGTH_IS(20)			a constant above the header's
 * Without it the length is that of the header. A length below the header's is
 * the verdict "bad length".
 */
struct np_length_args { u32 shift, add; };
#define LENGTH(h, f, ...) {						\
	.terms = (struct np_term[]){ { .field = NP_OF(h, f),		\
		.shift = ((struct np_length_args){ __VA_ARGS__ }).shift } }, \
	.add = ((struct np_length_args){ __VA_ARGS__ }).add,		\
	.given = 1, .where = NP_WHERE }
#define LENGTH_SUM(n, ...) { .terms = (struct np_term[]){ __VA_ARGS__ }, \
			     .add = (n), .given = 1, .where = NP_WHERE }
#define TERM(h, f, s)	{ .field = NP_OF(h, f), .shift = (s) }
#define LENGTH_IS(n)	{ .add = (n), .given = 1, .where = NP_WHERE }

/* .require = REQUIRE { EQ(ipv4, version, 4), GE(ipv4, ihl, 5) }
 * In order; the first that does not hold ends the parse: as STOP_FAIL, or
 * EQ(h, f, v, .otherwise = STOP_OKAY).
 */
#define REQUIRE		(struct np_cond[])
#define NP_COND(o, h, f, v, ...) { .field = NP_OF(h, f), .op = (o),	\
				   .value = NP_VALUE(v), ##__VA_ARGS__ }
#define EQ(h, f, v, ...) NP_COND(0, h, f, v, ##__VA_ARGS__)
#define NE(h, f, v, ...) NP_COND(1, h, f, v, ##__VA_ARGS__)
#define LT(h, f, v, ...) NP_COND(2, h, f, v, ##__VA_ARGS__)
#define LE(h, f, v, ...) NP_COND(3, h, f, v, ##__VA_ARGS__)
#define GT(h, f, v, ...) NP_COND(4, h, f, v, ##__VA_ARGS__)
#define GE(h, f, v, ...) NP_COND(5, h, f, v, ##__VA_ARGS__)

/* .extract = EXTRACT { FIELD(ipv4_src, ipv4, saddr), START(nhoff) }
 *	FIELD(out, header, field)	the field
 *	CONST(out, value)		a constant of up to 64 bits
 *	CONST_WIDE(out, high, low)	one of up to 128
 *	START(out)			offset of the node's first byte
 *	END(out)			offset behind its last, in the frame
 *	HEADER_LENGTH(out)		its length in bytes
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
 */
#define MAP(m)		static struct np_entry np_map_##m[] NP_IN("map")
#define ON(k, t)	{ .key = NP_VALUE(k), .target = #t, .where = NP_WHERE }
#define ON_WIDE(h, l, t) { .key = NP_WIDE(h, l), .target = #t,		\
			   .where = NP_WHERE }
#define ON_MASK(k, m, t, ...) { .key = NP_VALUE(k), .mask = NP_VALUE(m), \
				.target = #t, .ternary = 1,		\
				.where = NP_WHERE, ##__VA_ARGS__ }
#define ON_MASK_WIDE(kh, kl, mh, ml, t, ...) {				\
	.key = NP_WIDE(kh, kl), .mask = NP_WIDE(mh, ml), .target = #t,	\
	.ternary = 1, .where = NP_WHERE, ##__VA_ARGS__ }

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
