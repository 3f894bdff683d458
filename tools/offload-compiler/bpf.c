// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The eBPF body: one C file with a label for each step and direct jumps.
 *
 * There are two functions. walk() has all steps and takes any packet. It returns
 * at each jump back and is called anew; it is not static: thus the verifier looks
 * at it once, with any state, and takes the calls as they are. It keeps its state
 * in memory, and `zero`, which is 0, but the verifier cannot know, makes what is
 * in registers look the same where steps meet. So it is linear in the graph.
 * The program itself, in bpf_quick.c, is for speed.
 */
#include <stdlib.h>

#include "bpf.h"
#include "bpf_elf.h"

#define QUICK_STEPS		512
#define QUICK_STACK		160	/* bytes of what may_be_quick() knows */

/* The most that the kernel takes for a loop */
#define MAX_CALLS		(8U << 20)

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

/* In u64s, a power of two, above one: see quick_entry() */
static uint32_t slow_size(const struct parser *parser)
{
	uint32_t i, k, size = 0, power = 16;

	for (i = 0; i < parser->num_nodes; i++) {
		const struct node *node = &parser->nodes[i];

		if (node->min_length > size)
			size = node->min_length;
		for (k = 0; k < node->num_parts; k++)
			if (node->parts[k].need > size)
				size = node->parts[k].need;
	}
	while (power < size)
		power *= 2;
	return power / 8;
}

/* ---- state ----------------------------------------------------------------- */

typedef void (*member_fn)(struct bpf_gen *gen, const char *type,
			  const char *name);

/* Calls @fn for all that starts at 0 and is counted */
static void for_each_count(struct bpf_gen *gen, member_fn fn)
{
	const struct parser *parser = gen->parser;
	char name[NETPROG_NAME_LEN + 16];
	uint32_t i;

	fn(gen, "u8", "nodes");
	fn(gen, "u8", "encaps");
	for (i = 0; i < parser->num_nodes; i++) {
		snprintf(name, sizeof(name), "visits_%s", parser->nodes[i].name);
		if (parser->nodes[i].repeat)
			fn(gen, "u8", name);
	}
	for (i = 0; i < parser->num_counters; i++) {
		snprintf(name, sizeof(name), "counter_%s",
			 parser->counters[i].name);
		if (bpf_counter_matters(gen, i))
			fn(gen, "u8", name);
	}
}

/* And for all that a part at @depth has opened */
static void for_each_place(struct bpf_gen *gen, uint32_t depth, member_fn fn)
{
	char name[16];
	uint32_t i;

	for (i = 1; i <= depth; i++) {
		snprintf(name, sizeof(name), "base%u", i - 1);
		fn(gen, "u32", name);
		snprintf(name, sizeof(name), "len%u", i - 1);
		fn(gen, "u32", name);
		snprintf(name, sizeof(name), "end%u", i);
		fn(gen, "u32", name);
		snprintf(name, sizeof(name), "count%u", i);
		fn(gen, "u8", name);
	}
}

static void declare(struct bpf_gen *gen, const char *type, const char *name)
{
	buffer_printf(gen->c, "	%s	%s;\n", type, name);
}

static void declare_u64(struct bpf_gen *gen, const char *type,
			const char *name)
{
	(void)type;
	buffer_printf(gen->c, "	u64	%s;\n", name);
}

/* What lasts from one walk() to the next; small, for the stack. The program
 * itself has places in registers, where masks would cost.
 */
static void put_state(struct bpf_gen *gen)
{
	buffer_printf(gen->c,
		      "struct state {\n"
		      "	u64	zero;		/* 0, but who knows */\n"
		      "	u32	off;\n"
		      "	u32	window;		/* where it ends */\n"
		      "	u32	next;		/* the step to start with */\n"
		      "	u32	inputs;\n");
	for_each_count(gen, declare);
	for_each_place(gen, gen->low->depth - 1, declare);
	buffer_printf(gen->c, "};\n\n");
	if (gen->low->depth > 1) {
		buffer_printf(gen->c, "struct quick {\n");
		for_each_place(gen, gen->low->depth - 1, declare_u64);
		buffer_printf(gen->c, "};\n\n");
	}
	buffer_printf(gen->c,
		      "struct slow {			/* a header that is not in the linear part */\n"
		      "	u64	bytes[%u];\n"
		      "};\n\n", slow_size(gen->parser));
}

/* ---- the steps ------------------------------------------------------------- */

static void put_steps(struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->low->num_steps; i++) {
		if (!gen->reached[i])
			continue;
		buffer_printf(gen->c, "\n%s: {\n", gen->label[i]);
		if (gen->low->steps[i].type == STEP_VISIT)
			bpf_visit(gen, i);
		else
			bpf_part(gen, i);
		buffer_printf(gen->c, "}\n");
	}
}

void bpf_flow_exit(struct bpf_gen *gen)
{
	unsigned int verdict;

	for (verdict = 0; verdict < PARSE_NUM_VERDICTS; verdict++)
		buffer_printf(gen->c, "\n%s:\n	return %s;\n",
			      bpf_stop_label(verdict), returns[verdict].name);
}

void bpf_outputs_exit(struct bpf_gen *gen)
{
	char *nodes = bpf_count(gen, SLOT_NODES, "nodes");
	char *encaps = bpf_count(gen, SLOT_ENCAPS, "encaps");
	unsigned int verdict;

	for (verdict = 0; verdict < PARSE_NUM_VERDICTS; verdict++)
		buffer_printf(gen->c, "\n%s:\n	CONSTANT(verdict, %u);\n	goto stop;\n",
			      bpf_stop_label(verdict), verdict);
	buffer_printf(gen->c,
		      "\nstop:\n%s"
		      "	OUT(u32, 0) = verdict;\n"
		      "	OUT(u8, 4) = %s;\n"
		      "	OUT(u8, 5) = %s;\n"
		      "	return verdict;\n",
		      gen->at ? "	OUT(u64, 8) = has;\n" : "", nodes, encaps);
	free(nodes);
	free(encaps);
}

/* On with the step that S.next tells */
static void start(struct bpf_gen *gen)
{
	uint32_t i;

	buffer_printf(gen->c, "	switch (S.next) {\n");
	for (i = 0; i < gen->low->num_steps; i++)
		if (gen->walks[i])
			buffer_printf(gen->c, "	case %u:\n		goto %s;\n",
				      i, gen->label[i]);
	buffer_printf(gen->c, "	}\n	goto stop_limit_nodes;\n");
}

void bpf_put_variables(struct bpf_gen *gen)
{
	buffer_printf(gen->c,
		      "	const u8 *data_end = (const u8 *)(u64)ctx->data_end;\n"
		      "	const u8 *data = (const u8 *)(u64)ctx->data;\n"
		      "	u64 off, len, zero;\n"
		      "	const u8 *p;\n");
	buffer_printf(gen->c, "%s", gen->outputs ?
		      "	u32 verdict;\n" :
		      "	struct bpf_flow_keys *keys = ctx->flow_keys;\n");
}

/* What is returned where no packet leads */
static const char *failed(const struct bpf_gen *gen)
{
	return gen->outputs ? "-1" : "BPF_DROP";
}

/* ---- walk() ---------------------------------------------------------------- */

/* The struct that a program with outputs hands on: to walk(), through a loop */
static const char *out_argument(const struct bpf_gen *gen)
{
	static char text[2 * NETPROG_NAME_LEN];

	snprintf(text, sizeof(text), ", struct parse_%s *out",
		 gen->parser->name);
	return gen->outputs ? text : "";
}

/* What a node writes that is not behind the frame's end */
static bool is_clamped(const struct bpf_gen *gen, const struct extract *extract)
{
	return gen->outputs ? extract->type == EXTRACT_START ||
			      extract->type == EXTRACT_END :
			      bpf_must_clamp(gen->parser, extract);
}

static bool needs_frame_length(const struct bpf_gen *gen)
{
	uint32_t i, k;

	for (i = 0; i < gen->parser->num_nodes; i++) {
		const struct node *node = &gen->parser->nodes[i];

		if (node->rest)
			return true;
		for (k = 0; k < node->num_extracts; k++)
			if (is_clamped(gen, &node->extracts[k]))
				return true;
	}
	return false;
}

static void put_walk_function(struct bpf_gen *gen)
{
	buffer_printf(gen->c,
		      "%s__attribute__((noinline))\n"
		      "int walk(struct %s *ctx, struct state *state, struct slow *slow%s)\n{\n",
		      bpf_walk_definitions, bpf_context(gen),
		      out_argument(gen));
	bpf_put_variables(gen);
	if (gen->outputs && needs_frame_length(gen))
		buffer_printf(gen->c, "	u64 frame_len = FRAME_LENGTH;\n");
	buffer_printf(gen->c, "	u32 inputs;\n\n"
		      "	if (!state || !slow%s)\n		return %s;\n"
		      "	zero = S.zero;\n	off = S.off + zero;\n"
		      "	inputs = S.inputs;\n",
		      gen->outputs ? " || !out" : "", failed(gen));
	gen->at = NULL;
	start(gen);
	put_steps(gen);
	if (gen->outputs)
		bpf_outputs_exit(gen);
	else
		bpf_flow_exit(gen);
	buffer_printf(gen->c, "}\n");
}

static void put_walk(struct bpf_gen *gen)
{
	put_walk_function(gen);
	buffer_printf(gen->c,
		      "\nstruct walk {\n"
		      "	struct %s *ctx;\n"
		      "	struct state *state;\n"
		      "	struct slow *slow;\n"
		      "	struct parse_%s *out;\n"
		      "	int	ret;\n"
		      "};\n\n"
		      "__attribute__((unused))\nstatic long walk_once(u32 i, struct walk *w)\n{\n"
		      "	w->ret = walk(w->ctx, w->state, w->slow%s);\n"
		      "	return w->ret != WALK_ON;\n}\n\n"
		      "/* No packet makes so many jumps back */\n"
		      "#define WALK_ALL do {							\\\n"
		      "	struct walk w = { ctx, &state, &slow, %s, %s };		\\\n"
		      "									\\\n"
		      "	loop(%llu, walk_once, &w, 0);					\\\n"
		      "	return w.ret == WALK_ON ? %s : w.ret;			\\\n"
		      "} while (0)\n\n",
		      bpf_context(gen), gen->parser->name,
		      gen->outputs ? ", w->out" : "",
		      gen->outputs ? "out" : "0", failed(gen),
		      (unsigned long long)bpf_calls(gen), failed(gen));
}

/* ---- the whole ------------------------------------------------------------- */

/* A header, registers that are spilled and the state that is handed over have
 * to fit on the stack, together with what walk() has there
 */
static bool may_be_quick(const struct bpf_gen *gen)
{
	uint32_t i, counts = 2 + gen->parser->num_counters;
	uint32_t places = gen->low->depth - 1;

	for (i = 0; i < gen->parser->num_nodes; i++)
		counts += !!gen->parser->nodes[i].repeat;
	return gen->low->num_steps <= QUICK_STEPS &&
	       8 * slow_size(gen->parser) + 9 * counts + 13 * places <= QUICK_STACK;
}

static bool check(const struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	for (i = 0; i < parser->num_nodes && !gen->outputs; i++)
		if (!bpf_addresses_check(parser, &parser->nodes[i]))
			return false;
	if (bpf_calls(gen) <= MAX_CALLS)
		return true;
	diag_error(parser->file, parser->line, parser->name,
		   "a packet can make parser %s jump back %llu times, in eBPF at most %u are possible: lower .max of parts in parts or .max_nodes",
		   parser->name, (unsigned long long)bpf_calls(gen), MAX_CALLS);
	return false;
}

static void definitions(struct bpf_gen *gen)
{
	buffer_printf(gen->c, "/* Generated by offload-compiler from parser \"%s\" */\n%s",
		      gen->parser->name, bpf_types);
	if (gen->outputs)
		bpf_put_struct(gen->parser, gen->c);
	buffer_printf(gen->c, "%s", bpf_definitions);
	if (gen->prog == BPF_PROG_XDP)
		buffer_printf(gen->c, "%s", bpf_xdp_definitions);
	else
		buffer_printf(gen->c, "%s%s", bpf_skb_definitions,
			      gen->outputs ? bpf_tc_definitions :
					     bpf_flow_definitions);
	if (gen->outputs)
		buffer_printf(gen->c, "%s", bpf_output_definitions);
	else if (needs_frame_length(gen))
		buffer_printf(gen->c, "%s", bpf_flow_frame_length);
}

static void generate(struct bpf_gen *gen, const struct digest *digest)
{
	definitions(gen);
	put_state(gen);
	put_walk(gen);
	buffer_printf(gen->c, "%s%s", bpf_quick_definitions, gen->outputs ?
		      "#define HAS(n)		(has |= 1ULL << (n))\n\n" : "");
	if (gen->outputs)
		bpf_outputs_program(gen, digest);
	else
		bpf_flow_program(gen, digest);
	buffer_printf(gen->c, "\nchar _license[] SEC(\"license\") = \"Dual BSD/GPL\";\n");
	/* A string table (3) by its type, as the CPR, for libbpf's sake */
	buffer_printf(gen->c, "asm(\".section " BPF_COMPILER_SECTION ",\\\"\\\",@0x3\\n\"\n"
		      "    \".asciz \\\"\" __VERSION__ \"\\\"\\n.previous\");\n");
}

/**
 * bpf_generate_c() - a parser as C for clang -target bpf
 * @parser: checked by parser_check()
 * @digest: of its CPR, for the tag
 * @prog: the type of program
 * @c: the text is appended
 *
 * Return: false after a diagnostic.
 */
bool bpf_generate_c(const struct parser *parser, const struct digest *digest,
		    enum bpf_prog prog, struct buffer *c)
{
	struct lowered *low = lower(parser->name, parser);
	struct bpf_gen gen = { .parser = parser, .low = low, .prog = prog,
			       .outputs = prog != BPF_PROG_FLOW, .c = c };
	bool good;

	if (!low)
		return false;
	gen.quick = may_be_quick(&gen);
	bpf_graph(&gen);
	good = check(&gen);
	if (good)
		generate(&gen, digest);
	bpf_graph_free(&gen);
	lowered_free(low);
	return good;
}
