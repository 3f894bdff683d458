// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The eBPF body: one C file with a label for each node and direct jumps.
 *
 * How the verifier is kept linear in the graph: `zero` is 0, but the verifier
 * cannot know; added to the offset and to every counter where nodes join, it
 * makes all states that arrive at a node equal. Jumps back meet at `again`,
 * where `fuel`, which the verifier does know, counts down: the cost is linear in
 * it. It outlasts the parser's own limits, so no packet ever runs out of it. The
 * larger XDP body, which only `run` loads, has a may_goto in its place.
 */
#include <stdlib.h>

#include "bpf.h"

static const char definitions[] =
"typedef unsigned char u8;\n"
"typedef unsigned short u16;\n"
"typedef unsigned int u32;\n"
"typedef unsigned long long u64;\n"
"typedef unsigned __int128 u128;\n"
"\n"
"#define SEC(name)	__attribute__((section(name), used))\n"
"#define BSWAP16(v)	__builtin_bswap16(v)\n"
"#define BSWAP32(v)	__builtin_bswap32(v)\n"
"#define BSWAP64(v)	__builtin_bswap64(v)\n"
"\n"
"/* The header's bytes, loaded from the one pointer p */\n"
"#define U8(o)		((u64)*(const u8 *)(p + (o)))\n"
"#define BE16(o)		((u64)BSWAP16(*(const u16 *)(p + (o))))\n"
"#define BE32(o)		((u64)BSWAP32(*(const u32 *)(p + (o))))\n"
"#define BE64(o)		((u64)BSWAP64(*(const u64 *)(p + (o))))\n"
"\n"
"#define NO_WINDOW	(1LL << 62)\n"
"\n"
"/* Behind the linear part the helper decides what belongs to the frame */\n"
"#define HEADER(size) do {						\\\n"
"	__asm__ volatile(\"\" : \"+r\"(off));				\\\n"
"	p = data + off;							\\\n"
"	__asm__ volatile(\"\" : \"+r\"(p));				\\\n"
"	if (p + (size) > data_end) {					\\\n"
"		if (load_bytes(ctx, off, &slow, size))			\\\n"
"			goto stop_truncated;				\\\n"
"		p = (const u8 *)&slow;					\\\n"
"	}								\\\n"
"} while (0)\n"
"\n"
"/* A node without a header may still not start behind the frame's end */\n"
"#define NO_HEADER() do {						\\\n"
"	__asm__ volatile(\"\" : \"+r\"(off));				\\\n"
"	p = data + off;							\\\n"
"	__asm__ volatile(\"\" : \"+r\"(p));				\\\n"
"	if (p > data_end && load_bytes(ctx, off - 1, &slow, 1))		\\\n"
"		goto stop_truncated;					\\\n"
"} while (0)\n"
"\n"
"/* A jump back; to the verifier, to anywhere (a sum would stay linked to zero) */\n"
"#define AGAIN(node) do {							\\\n"
"	next = (node) ^ zero;						\\\n"
"	goto again;							\\\n"
"} while (0)\n"
"\n"
"\n"
"/* may_goto, in bytes for the clangs that do not know it */\n"
"#define MAY_LOOP()							\\\n"
"	__asm__ volatile goto(						\\\n"
"		\"1:.byte 0xe5; .byte 0; \"				\\\n"
"		\".long ((%l[stop_limit_nodes] - 1b - 8) / 8) & 0xffff; \"\\\n"
"		\".short 0\" : : : : stop_limit_nodes)\n"
"\n";

static const char flow_definitions[] =
"struct bpf_flow_keys {\n"
"	u16	nhoff;		/* host-endian, as thoff and addr_proto */\n"
"	u16	thoff;\n"
"	u16	addr_proto;\n"
"	u8	is_frag;\n"
"	u8	is_first_frag;\n"
"	u8	is_encap;\n"
"	u8	ip_proto;\n"
"	u16	n_proto;\n"
"	u16	sport;\n"
"	u16	dport;\n"
"	union {\n"
"		struct {\n"
"			u32	ipv4_src;\n"
"			u32	ipv4_dst;\n"
"		};\n"
"		struct {\n"
"			u32	ipv6_src[4];\n"
"			u32	ipv6_dst[4];\n"
"		};\n"
"	};\n"
"	u32	flags;\n"
"	u32	flow_label;\n"
"};\n"
"\n"
"struct __sk_buff {		/* what a flow dissector may read of it */\n"
"	u32	others[19];\n"
"	u32	data;\n"
"	u32	data_end;\n"
"	u32	more[15];\n"
"	struct bpf_flow_keys *flow_keys __attribute__((aligned(8)));\n"
"};\n"
"\n"
"enum { BPF_OK = 0, BPF_DROP = 2, BPF_FLOW_DISSECTOR_CONTINUE = 129 };\n"
"\n"
"static long (*const load_bytes)(const void *ctx, u32 offset, void *to,\n"
"				u32 len) = (void *)26;\n"
"\n"
"/* 0 at the start: loaded each time, so that no two are linked */\n"
"#define ZERO		(*(volatile u64 *)keys->ipv6_src)\n"
"#define HTON16(v)	BSWAP16((u16)(v))\n"
"#define HTON32(v)	BSWAP32((u32)(v))\n"
"#define PUT_IPV6(to, v) do {						\\\n"
"	u128 value = (v);						\\\n"
"	((u64 *)(to))[0] = BSWAP64((u64)(value >> 64));			\\\n"
"	((u64 *)(to))[1] = BSWAP64((u64)value);				\\\n"
"} while (0)\n"
"/* What IPv6 addresses left of themselves behind two IPv4 addresses */\n"
"#define CLEAR_IPV6() do {						\\\n"
"	((u64 *)keys->ipv6_src)[1] = 0;					\\\n"
"	((u64 *)keys->ipv6_dst)[0] = 0;					\\\n"
"	((u64 *)keys->ipv6_dst)[1] = 0;					\\\n"
"} while (0)\n"
"/* Only thoff and nhoff are offsets, and the kernel clamps them to the frame */\n"
"#define CLAMP(v)	((v) > 65535 ? 65535 : (v))\n"
"\n";

static const char xdp_definitions[] =
"struct parse_result {\n"
"	u32	verdict;\n"
"	u32	nodes;\n"
"	u32	encaps;\n"
"	u64	present;\n"
"	u8	value[64][16] __attribute__((aligned(8)));\n"
"};\n"
"\n"
"struct io {\n"
"	u64	zero;\n"
"	u32	inputs;\n"
"	u32	reserved;\n"
"	struct parse_result result;\n"
"};\n"
"\n"
"struct {\n"
"	int	(*type)[2];		/* BPF_MAP_TYPE_ARRAY */\n"
"	int	(*max_entries)[1];\n"
"	int	(*map_flags)[1024];	/* BPF_F_MMAPABLE */\n"
"	u32	*key;\n"
"	struct io *value;\n"
"} netprog_io SEC(\".maps\");\n"
"\n"
"struct xdp_md {\n"
"	u32	data;\n"
"	u32	data_end;\n"
"};\n"
"\n"
"enum { XDP_ABORTED = 0, XDP_PASS = 2 };\n"
"\n"
"static void *(*const map_lookup)(void *map, const void *key) = (void *)1;\n"
"static u64 (*const buff_len)(const void *ctx) = (void *)188;\n"
"static long (*const load_bytes)(const void *ctx, u32 offset, void *to,\n"
"				u32 len) = (void *)189;\n"
"\n"
"/* Loaded each time, so that no two are linked */\n"
"#define ZERO		(*(volatile u64 *)&io->zero)\n"
"#define PUT(n, v) do {							\\\n"
"	u128 value = (v);						\\\n"
"	((u64 *)res->value[n])[0] = BSWAP64((u64)(value >> 64));	\\\n"
"	((u64 *)res->value[n])[1] = BSWAP64((u64)value);		\\\n"
"	res->present |= 1ULL << (n);					\\\n"
"} while (0)\n"
"#define CLAMP(v) ({ u64 value = (v);					\\\n"
"	value = value > frame_len ? frame_len : value;			\\\n"
"	value > 65535 ? 65535 : value; })\n"
"\n";

/* The one table that says what the kernel makes of a verdict */
static const struct {
	const char	*name;
	int		value;
} returns[PARSE_NUM_VERDICTS] = {
	[PARSE_OKAY]		= { "BPF_OK", 0 },
	[PARSE_LIMIT_NODES]	= { "BPF_OK", 0 },
	[PARSE_LIMIT_ENCAPS]	= { "BPF_OK", 0 },
	[PARSE_FAIL]		= { "BPF_DROP", 2 },
	[PARSE_TRUNCATED]	= { "BPF_DROP", 2 },
	[PARSE_BAD_LENGTH]	= { "BPF_DROP", 2 },
	[PARSE_NO_MATCH]	= { "BPF_DROP", 2 },
	[PARSE_LIMIT_REPEAT]	= { "BPF_FLOW_DISSECTOR_CONTINUE", 129 },
	[PARSE_WINDOW]		= { "BPF_FLOW_DISSECTOR_CONTINUE", 129 },
};

int bpf_flow_return(enum parse_verdict verdict)
{
	return returns[verdict].value;
}

static uint32_t pow2(uint32_t size)
{
	uint32_t power = 8;

	while (power < size)
		power *= 2;
	return power;
}

/* In u64s, a power of two: see counters() */
static uint32_t largest_header(const struct parser *parser)
{
	uint32_t i, size = 8;

	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].min_length > size)
			size = parser->nodes[i].min_length;
	return pow2(size) / 8;
}

static void variables(struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	buffer_printf(gen->c,
		      "	const u8 *data_end = (const u8 *)(u64)ctx->data_end;\n"
		      "	const u8 *data = (const u8 *)(u64)ctx->data;\n"
		      "	u64 off, len, window, nodes, encaps, next, fuel;\n"
		      "	u64 slow[%u];\n"
		      "	const u8 *p;\n", largest_header(parser));
	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			buffer_printf(gen->c, "	u64 visits_%s;\n",
				      parser->nodes[i].name);
}

/*
 * Jumps back that a packet can make, and one. Visits of limited nodes are
 * limited, and as check.c made sure that every loop has such a node, those of
 * other nodes between two of them are of different nodes.
 */
static uint32_t jumps_back(const struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i, visits = parser->max_nodes + 1, others = 0;

	for (i = 0; i < parser->num_nodes; i++) {
		const struct node *node = &parser->nodes[i];

		if (!node->counted && node->repeat)
			visits += node->repeat;
		else if (!node->counted && gen->again[i])
			others++;
	}
	return visits * (others + 1) + 1;
}

static void counters(struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	buffer_printf(gen->c,
		      "	/* For the verifier this writes to all of slow: it now looks the\n"
		      "	 * same whether a header was ever loaded into it or not.\n"
		      "	 */\n"
		      "	((volatile u8 *)slow)[zero & (sizeof(slow) - 1)] = 0;\n"
		      "	__asm__ volatile(\"%%0 = %u\" : \"=r\"(fuel));\n"
		      "	nodes = ZERO;\n"
		      "	encaps = ZERO;\n"
		      "	window = NO_WINDOW + ZERO;\n", jumps_back(gen));
	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			buffer_printf(gen->c, "	visits_%s = ZERO;\n",
				      parser->nodes[i].name);
	buffer_printf(gen->c, "\n");
}

static void entry_tag(struct bpf_gen *gen, const struct digest *digest,
		      const char *section, const char *context)
{
	char hex[2 * NETPROG_HASH_MAX + 1];

	digest_hex(digest, hex);
	buffer_printf(gen->c,
		      "SEC(\"%s\")\n"
		      "__attribute__((btf_decl_tag(\"" NETPROG_BTF_TAG_PREFIX
		      "parser:%s:%s\")))\n"
		      "int parse_%s(struct %s *ctx)\n{\n",
		      section, digest->alg, hex, gen->parser->name, context);
}

/*
 * check.c made sure of a root that is looked up by the EtherType alone, has no
 * conditions and writes only what the kernel has found for itself.
 */
static void flow_root(struct bpf_gen *gen)
{
	const struct node *root = &gen->parser->nodes[gen->parser->root];

	if (root->repeat)
		buffer_printf(gen->c, "	visits_%s += 1;\n", root->name);
	if (root->map >= 0)
		buffer_printf(gen->c, "	u64 key = BSWAP16(keys->n_proto);\n\n");
	bpf_lookup(gen, gen->parser->root);
}

/* Entry: the kernel has found (n_proto, nhoff) and zeroed the other keys */
static void flow_entry(struct bpf_gen *gen, const struct digest *digest)
{
	entry_tag(gen, digest, "flow_dissector", "__sk_buff");
	buffer_printf(gen->c, "	struct bpf_flow_keys *keys = ctx->flow_keys;\n");
	variables(gen);
	buffer_printf(gen->c,
		      "	u64 zero = ZERO;\n"
		      "	u32 inputs = keys->flags;\n\n");
	counters(gen);
	buffer_printf(gen->c, "	off = keys->nhoff + zero;\n	{\n");
	flow_root(gen);
	buffer_printf(gen->c, "	}\n");
}

static void flow_exit(struct bpf_gen *gen)
{
	unsigned int verdict;

	for (verdict = 0; verdict < PARSE_NUM_VERDICTS; verdict++)
		buffer_printf(gen->c, "\n%s:\n	return %s;\n",
			      bpf_stop_label(verdict), returns[verdict].name);
	buffer_printf(gen->c, "}\n");
}

static void xdp_entry(struct bpf_gen *gen, const struct digest *digest)
{
	entry_tag(gen, digest, "xdp.frags", "xdp_md");
	variables(gen);
	buffer_printf(gen->c,
		      "	struct parse_result *res;\n"
		      "	u64 zero, frame_len;\n"
		      "	u32 inputs, first = 0, verdict;\n"
		      "	struct io *io = map_lookup(&netprog_io, &first);\n\n"
		      "	if (!io)\n		return XDP_ABORTED;\n"
		      "	zero = ZERO;\n"
		      "	inputs = io->inputs;\n"
		      "	res = &io->result;\n"
		      "	res->present = 0;\n"
		      "	frame_len = buff_len(ctx);\n");
	counters(gen);
	buffer_printf(gen->c, "	off = ZERO;\n	goto node_%s;\n",
		      gen->parser->nodes[gen->parser->root].name);
}

static void xdp_exit(struct bpf_gen *gen)
{
	unsigned int verdict;

	for (verdict = 0; verdict < PARSE_NUM_VERDICTS; verdict++)
		buffer_printf(gen->c, "\n%s:\n	verdict = %u;\n	goto stop;\n",
			      bpf_stop_label(verdict), verdict);
	buffer_printf(gen->c,
		      "\nstop:\n"
		      "	res->verdict = verdict;\n"
		      "	res->nodes = nodes;\n"
		      "	res->encaps = encaps;\n"
		      "	return XDP_PASS;\n}\n");
}

static int address_family(enum parse_key key)
{
	switch (key) {
	case PARSE_KEY_IPV4_SRC:
	case PARSE_KEY_IPV4_DST:
		return 4;
	case PARSE_KEY_IPV6_SRC:
	case PARSE_KEY_IPV6_DST:
		return 6;
	default:
		return 0;
	}
}

/*
 * struct bpf_flow_keys holds the addresses of one family. Which one must be
 * known where they are written: a node sets both and addr_proto, or none.
 */
static bool addresses_check(const struct parser *parser, const struct node *node)
{
	unsigned int addresses = 0, v4 = 0, proto = 0;
	uint32_t i;

	for (i = 0; i < node->num_extracts; i++) {
		const struct extract *extract = &node->extracts[i];
		enum parse_key key = parser->outputs[extract->output].key;

		if (address_family(key)) {
			addresses++;
			v4 += address_family(key) == 4;
		} else if (key == PARSE_KEY_ADDR_PROTO &&
			   extract->type == EXTRACT_CONST) {
			proto = extract->value;
		}
	}
	if (!addresses && !proto)
		return true;
	if (addresses == 2 && ((v4 == 2 && proto == 0x0800) ||
			       (!v4 && proto == 0x86dd)))
		return true;
	diag_error(node->file, node->line, node->name,
		   "node \"%s\" must set source and destination address of one family and CONST(addr_proto, 0x0800) or CONST(addr_proto, 0x86dd) together",
		   node->name);
	return false;
}

/**
 * bpf_generate_c() - a parser as C for clang -target bpf
 * @parser: checked by parser_check()
 * @digest: of its CPR, for the tag
 * @xdp: not the flow dissector but the body that leaves all outputs in a map
 * @c: the text is appended
 *
 * Return: false after a diagnostic.
 */
bool bpf_generate_c(const struct parser *parser, const struct digest *digest,
		    bool xdp, struct buffer *c)
{
	struct bpf_gen gen = { .parser = parser, .xdp = xdp, .c = c };
	uint32_t i;

	for (i = 0; i < parser->num_nodes && !xdp; i++)
		if (!addresses_check(parser, &parser->nodes[i]))
			return false;
	bpf_graph(&gen);
	buffer_printf(c, "/* Generated by offload-compiler from parser \"%s\" */\n%s%s",
		      parser->name, definitions,
		      xdp ? xdp_definitions : flow_definitions);
	if (xdp)
		xdp_entry(&gen, digest);
	else
		flow_entry(&gen, digest);
	for (i = 0; i < parser->num_nodes; i++)
		if (gen.reached[i])
			bpf_node(&gen, i);
	bpf_again(&gen);
	if (xdp)
		xdp_exit(&gen);
	else
		flow_exit(&gen);
	buffer_printf(c, "\nchar _license[] SEC(\"license\") = \"Dual BSD/GPL\";\n");
	bpf_graph_free(&gen);
	return true;
}
