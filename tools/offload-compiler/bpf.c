// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The eBPF body: one C file with a label for each node and direct jumps.
 *
 * How the verifier is kept linear in the graph: `zero` is 0, but the verifier
 * cannot know; added to the offset and to every counter where nodes join, it
 * makes all states that arrive at a node equal. Jumps back meet at `again`,
 * where `fuel`, which the verifier does know, counts down: it goes through all
 * nodes for each. So there are only few of them in the program itself, which is
 * fast. A packet that has more goes on in walk(), which has all the nodes once
 * more, returns at each jump back and is called anew. It is not static: thus the
 * verifier looks at it once, with any state, and takes the calls as they are.
 */
#include <stdlib.h>

#include "bpf.h"
#include "bpf_elf.h"

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
"enum { WALK_ON = -1 };\n"
"\n";

/* For the verifier, nothing is known of the state that walk() is given */
static const char walk_definitions[] =
"#define S		(*(volatile struct state *)state)\n"
"#define COUNT(n)	(S.n++)\n"
"#define AGAIN(node) do {							\\\n"
"	S.next = (node);						\\\n"
"	S.off = off;							\\\n"
"	return WALK_ON;							\\\n"
"} while (0)\n"
"\n";

/* A jump back is, for the verifier, to anywhere: a sum would be linked to zero */
static const char quick_definitions[] =
"#undef S\n"
"#undef COUNT\n"
"#undef AGAIN\n"
"#define S		quick\n"
"#define COUNT(n)	(S.n += 1 + zero)\n"
"#define AGAIN(node) do {							\\\n"
"	S.next = (node) ^ zero;						\\\n"
"	goto again;							\\\n"
"} while (0)\n"
"/* 0 at the start: loaded each time, so that no two are linked */\n"
"#define ZERO		(*(volatile u64 *)keys->ipv6_src)\n"
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

/*
 * Jumps back in the program itself, which the verifier follows one by one: more
 * than packets usually make.
 */
#define QUICK_JUMPS_BACK	8

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
	[PARSE_LIMIT_COUNTER]	= { "BPF_FLOW_DISSECTOR_CONTINUE", 129 },
	[PARSE_LIMIT_LOOP]	= { "BPF_FLOW_DISSECTOR_CONTINUE", 129 },
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

/* In u64s, a power of two: see touch_slow */
static uint32_t largest_header(const struct parser *parser)
{
	uint32_t i, size = 8;

	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].min_length > size)
			size = parser->nodes[i].min_length;
	return pow2(size) / 8;
}

static const char *context(const struct bpf_gen *gen)
{
	return gen->xdp ? "xdp_md" : "__sk_buff";
}

/* What lasts from one walk() to the next */
static void put_state(struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	buffer_printf(gen->c,
		      "struct state {\n"
		      "	u64	zero;		/* 0, but who knows */\n"
		      "	u64	off;\n"
		      "	u64	window;		/* where it ends */\n"
		      "	u64	nodes;\n"
		      "	u64	encaps;\n"
		      "	u64	next;		/* the node to start with */\n");
	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			buffer_printf(gen->c, "	u32	visits_%s;\n",
				      parser->nodes[i].name);
	buffer_printf(gen->c, "};\n\n");
}

static void flow_exit(struct bpf_gen *gen)
{
	unsigned int verdict;

	for (verdict = 0; verdict < PARSE_NUM_VERDICTS; verdict++)
		buffer_printf(gen->c, "\n%s:\n	return %s;\n",
			      bpf_stop_label(verdict), returns[verdict].name);
	buffer_printf(gen->c, "}\n");
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
		      "	res->nodes = S.nodes;\n"
		      "	res->encaps = S.encaps;\n"
		      "	return XDP_PASS;\n}\n");
}

static void entry(struct bpf_gen *gen, const struct digest *digest,
		  const char *section)
{
	char hex[2 * NETPROG_HASH_MAX + 1];

	digest_hex(digest, hex);
	buffer_printf(gen->c,
		      "SEC(\"%s\")\n"
		      "__attribute__((btf_decl_tag(\"" NETPROG_BTF_TAG_PREFIX
		      "parser:%s:%s\")))\n"
		      "int parse_%s(struct %s *ctx)\n{\n",
		      section, digest->alg, hex, gen->parser->name,
		      context(gen));
}

/* Where a walk starts: with a node that a jump back leads to */
static void start(struct bpf_gen *gen)
{
	uint32_t i;

	buffer_printf(gen->c, "	switch (S.next) {\n");
	for (i = 0; i < gen->parser->num_nodes; i++)
		if (gen->again[i] || (gen->xdp && i == gen->parser->root))
			buffer_printf(gen->c, "	case %u:\n		goto node_%s;\n",
				      i, gen->parser->nodes[i].name);
	buffer_printf(gen->c, "	}\n	goto stop_limit_nodes;\n");
}

static void variables(struct bpf_gen *gen)
{
	buffer_printf(gen->c,
		      "	const u8 *data_end = (const u8 *)(u64)ctx->data_end;\n"
		      "	const u8 *data = (const u8 *)(u64)ctx->data;\n"
		      "	u64 off, len, zero;\n"
		      "	u64 slow[%u];\n"
		      "	const u8 *p;\n", largest_header(gen->parser));
	buffer_printf(gen->c, "%s", gen->xdp ?
		      "	struct io *io = map_lookup(&netprog_io, &(u32){});\n"
		      "	struct parse_result *res;\n"
		      "	u64 frame_len = buff_len(ctx);\n"
		      "	u32 inputs, verdict;\n" :
		      "	struct bpf_flow_keys *keys = ctx->flow_keys;\n"
		      "	u32 inputs = keys->flags;\n");
}

/*
 * To the verifier, this writes to all of slow, which now looks the same whether
 * a header was ever loaded into it or not.
 */
static const char touch_slow[] =
"	((volatile u8 *)slow)[zero & (sizeof(slow) - 1)] = 0;\n";

static void nodes(struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->parser->num_nodes; i++)
		if (gen->reached[i])
			bpf_node(gen, i);
}

static void put_walk(struct bpf_gen *gen)
{
	buffer_printf(gen->c, "%s", walk_definitions);
	buffer_printf(gen->c,
		      "__attribute__((noinline))\n"
		      "int walk(struct %s *ctx, struct state *state)\n{\n",
		      context(gen));
	variables(gen);
	buffer_printf(gen->c, "%s", gen->xdp ?
		      "\n	if (!io || !state)\n		return XDP_ABORTED;\n"
		      "	inputs = io->inputs;\n"
		      "	res = &io->result;\n" :
		      "\n	if (!state)\n		return BPF_DROP;\n");
	buffer_printf(gen->c, "	zero = S.zero;\n	off = S.off;\n%s",
		      touch_slow);
	start(gen);
	nodes(gen);
	if (gen->xdp)
		xdp_exit(gen);
	else
		flow_exit(gen);
	buffer_printf(gen->c,
		      "\n__attribute__((noinline))\n"
		      "int walk_all(struct %s *ctx, struct state *state)\n{\n"
		      "	u32 i;\n\n"
		      "	if (!state)\n		return %s;\n"
		      "#pragma clang loop unroll(disable)\n"
		      "	for (i = 0; i < %u; i++) {\n"
		      "		int ret = walk(ctx, state);\n\n"
		      "		if (ret != WALK_ON)\n"
		      "			return ret;\n"
		      "	}\n"
		      "	return %s;	/* no packet comes here */\n}\n\n",
		      context(gen), gen->xdp ? "XDP_ABORTED" : "BPF_DROP",
		      bpf_calls(gen), gen->xdp ? "XDP_ABORTED" : "BPF_DROP");
}

/*
 * check.c made sure of a root that is looked up by the EtherType alone, has no
 * conditions and writes only what the kernel has found for itself.
 */
static void flow_root(struct bpf_gen *gen)
{
	const struct node *root = &gen->parser->nodes[gen->parser->root];

	if (root->repeat)
		buffer_printf(gen->c, "	COUNT(visits_%s);\n", root->name);
	buffer_printf(gen->c, "	{\n");
	if (root->next.map >= 0)
		buffer_printf(gen->c, "	u64 key = BSWAP16(keys->n_proto);\n\n");
	bpf_lookup(gen, gen->parser->root);
	buffer_printf(gen->c, "	}\n");
}

/* The kernel has found (n_proto, nhoff) and zeroed the other keys */
static void flow_entry(struct bpf_gen *gen, const struct digest *digest)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	buffer_printf(gen->c, "%s", quick_definitions);
	entry(gen, digest, "flow_dissector");
	variables(gen);
	buffer_printf(gen->c,
		      "	u64 fuel;\n"
		      "	struct state quick = {\n"
		      "		.nodes = ZERO,\n"
		      "		.encaps = ZERO,\n"
		      "		.window = NO_WINDOW + ZERO,\n");
	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			buffer_printf(gen->c, "		.visits_%s = ZERO,\n",
				      parser->nodes[i].name);
	buffer_printf(gen->c,
		      "	};\n\n"
		      "	zero = ZERO;\n"
		      "	off = keys->nhoff + zero;\n%s"
		      "	__asm__ volatile(\"%%0 = %u\" : \"=r\"(fuel));\n",
		      touch_slow, QUICK_JUMPS_BACK);
	flow_root(gen);
	nodes(gen);
	if (bpf_jumps_back(gen)) {
		buffer_printf(gen->c,
			      "\nagain:\n"
			      "	if (!fuel) {\n"
			      "		struct state state = quick;\n\n"
			      "		state.off = off;\n"
			      "		return walk_all(ctx, &state);\n"
			      "	}\n"
			      "	fuel--;\n");
		start(gen);
	}
	flow_exit(gen);
}

static void xdp_entry(struct bpf_gen *gen, const struct digest *digest)
{
	entry(gen, digest, "xdp.frags");
	buffer_printf(gen->c,
		      "	struct state state = {\n"
		      "		.window = NO_WINDOW,\n"
		      "		.next = %u,\n"
		      "	};\n\n"
		      "	return walk_all(ctx, &state);\n}\n",
		      gen->parser->root);
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

	if (!parser_is_plain("eBPF body", parser))
		return false;
	for (i = 0; i < parser->num_nodes && !xdp; i++)
		if (!bpf_addresses_check(parser, &parser->nodes[i]))
			return false;
	bpf_graph(&gen);
	buffer_printf(c, "/* Generated by offload-compiler from parser \"%s\" */\n%s%s",
		      parser->name, definitions,
		      xdp ? xdp_definitions : flow_definitions);
	put_state(&gen);
	if (xdp || bpf_jumps_back(&gen))
		put_walk(&gen);
	if (xdp)
		xdp_entry(&gen, digest);
	else
		flow_entry(&gen, digest);
	buffer_printf(c, "\nchar _license[] SEC(\"license\") = \"Dual BSD/GPL\";\n");
	/* A string table (3) by its type, as the CPR, for libbpf's sake */
	buffer_printf(c, "asm(\".section " BPF_COMPILER_SECTION ",\\\"\\\",@0x3\\n\"\n"
		      "    \".asciz \\\"\" __VERSION__ \"\\\"\\n.previous\");\n");
	bpf_graph_free(&gen);
	return true;
}
