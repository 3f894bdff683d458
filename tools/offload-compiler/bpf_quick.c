// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The program itself: the copies of bpf_copy.c, with the least that a packet
 * needs whose headers are in the linear part. All that is out of the ordinary
 * it leaves to walk(), before anything of a step is done: so walk() alone
 * decides what is truncated, behind the window or in another buffer.
 *
 * data moves to the first counted node, off counts from there: one comparison
 * with a constant is both the window's and what the verifier wants to see of an
 * offset.
 *
 * The verifier looks at a copy once, if what it knows is the same on all ways to
 * it. `zero` is 0, but it cannot know; added to off before a jump to a place
 * where ways meet, it makes all offsets equal. Counts start from it.
 */
#include <stdlib.h>

#include "bpf.h"

#define REACH	4096U		/* of an offset, before and behind data's move */

/* ---- leaving ---------------------------------------------------------------- */

/* For walk(), at the start of @step, whose place is @seen a counted node */
void bpf_leave(struct bpf_gen *gen, uint32_t step, bool seen)
{
	uint32_t depth = gen->low->steps[step].depth;

	gen->leaves[2 * depth + seen] = true;
	buffer_printf(gen->c, "LEAVE(%u, leave%s%u);\t/* %s */\n", step,
		      seen ? "" : "_first", depth, gen->label[step]);
}

/* From the step that is being written */
static void leave_here(struct bpf_gen *gen)
{
	bpf_leave(gen, gen->at->step, gen->rebased);
}

static uint32_t reach(const struct bpf_gen *gen)
{
	uint32_t max_bytes = gen->parser->max_bytes;

	return gen->rebased && max_bytes < REACH ? max_bytes : REACH;
}

/* p points to @size bytes, or walk() takes over */
static void in_frame(struct bpf_gen *gen, uint32_t size)
{
	buffer_printf(gen->c, "\tif (p + %u > data_end)\n\t\t", size);
	leave_here(gen);
}

/* p: @size bytes at the place in variable @at */
static void pointer(struct bpf_gen *gen, const char *at, uint32_t size,
		    bool bounded)
{
	struct buffer *c = gen->c;

	if (size > reach(gen)) {
		buffer_printf(c, "\t");
		leave_here(gen);
	} else if (!bounded) {
		buffer_printf(c, "\tASM(%s);\n\tif (%s > %u)\n\t\t", at, at,
			      reach(gen) - size);
		leave_here(gen);
	}
	buffer_printf(c, "\tp = data + %s;\n\tASM(p);\n", at);
	in_frame(gen, size);
}

/* The first counted node: data moves there. p is an addition of its own: else
 * the verifier would know of data, too, how many bytes are there.
 */
static void rebase(struct bpf_gen *gen, bool needs_p)
{
	struct buffer *c = gen->c;

	if (!gen->at->constant || gen->at->off > REACH) {
		buffer_printf(c, "\tASM(off);\n\tif (off > %u)\n\t\t", REACH);
		leave_here(gen);
	}
	if (needs_p)
		buffer_printf(c, "\tp = data + off;\n\tASM(p);\n\tASM(off);\n");
	buffer_printf(c, "\tdata += off;\n\tASM(data);\n"
		      "\torigin = off;\n\toff = 0;\n");
	gen->rebased = true;
}

/* p for @size bytes at off */
void bpf_quick_bytes(struct bpf_gen *gen, uint32_t size)
{
	const struct bpf_copy *at = gen->at;

	if (at->known >= (int32_t)size)
		return;
	if (gen->rebased != at->seen)
		in_frame(gen, size);
	else
		pointer(gen, "off", size,
			at->constant && at->off + size <= reach(gen));
}

/* p for the header of a part's owner */
void bpf_quick_owner(struct bpf_gen *gen, uint32_t depth, uint32_t size)
{
	buffer_printf(gen->c, "\tu64 at = GET(base%u);\n", depth);
	pointer(gen, "at", size, false);
}

/* ---- a visit ---------------------------------------------------------------- */

/* @size: of what it will read */
void bpf_quick_start(struct bpf_gen *gen, uint32_t size)
{
	gen->rebased = gen->at->seen;
	if (!gen->at->seen && bpf_copy_seen(gen, gen->at))
		rebase(gen, gen->at->known < (int32_t)size);
}

/* Whether the end of the node is below 65536 wherever it is */
bool bpf_quick_end_fits(const struct node *node)
{
	uint64_t most = 2 * REACH + (node->length.add > 0 ? node->length.add : 0);
	uint32_t i;

	for (i = 0; i < node->length.num_terms; i++) {
		const struct term *term = &node->length.terms[i];

		if (term->times > 0)
			most += (((uint64_t)1 << node->fields[term->field].bits) - 1) *
				term->times;
		if (node->fields[term->field].bits > 20 || most > 65535)
			return false;
	}
	return !node->rest && most <= 65535;
}

/* Whether the verifier takes p + len */
static bool adds_to_pointer(const struct node *node)
{
	uint32_t i;

	for (i = 0; i < node->length.num_terms; i++)
		if (node->length.terms[i].times < 0)
			return false;
	return node->length.add >= 0 && bpf_quick_end_fits(node);
}

/* An offset that is written is one within the frame, as all others are */
void bpf_quick_end(struct bpf_gen *gen, const struct node *node)
{
	bool constant = !node->length.num_terms && !node->rest;
	uint32_t i;

	if (!gen->outputs ||
	    (constant && node->length.add <= (int)node->min_length))
		return;
	for (i = 0; i < node->num_extracts; i++)
		if (node->extracts[i].type == EXTRACT_END)
			break;
	if (i == node->num_extracts)
		return;
	buffer_printf(gen->c, "\tif (%s)\n\t\t", adds_to_pointer(node) ?
		      "p + len > data_end" :
		      "off + len > (u64)(data_end - data)");
	leave_here(gen);
}

/* The value of a count, to be freed */
char *bpf_count(const struct bpf_gen *gen, uint32_t slot, const char *name)
{
	if (!gen->at)
		return xasprintf("S.%s", name);
	return xasprintf("(counts%u >> %u & 255)", slot / 8, 8 * (slot % 8));
}

/* Whether a count can be at @limit or above, by @more in this visit */
bool bpf_may_exceed(const struct bpf_gen *gen, uint32_t slot, uint32_t more,
		    uint32_t limit)
{
	return !gen->at || gen->at->most[slot] + more > limit;
}

/* One more; those of one visit become a single addition */
void bpf_count_up(struct bpf_gen *gen, uint32_t slot, const char *name)
{
	if (gen->at)
		buffer_printf(gen->c, "\tcounts%u += %lluULL;\n", slot / 8,
			      1ULL << (8 * (slot % 8)));
	else
		buffer_printf(gen->c, "\tCOUNT(%s);\n", name);
}

void bpf_count_clear(struct bpf_gen *gen, uint32_t slot, const char *name)
{
	if (gen->at)
		buffer_printf(gen->c, "\tRESET(counts%u, 255ULL << %u);\n",
			      slot / 8, 8 * (slot % 8));
	else
		buffer_printf(gen->c, "\tCLEAR(%s);\n", name);
}

/* ---- the program ------------------------------------------------------------ */

static void put_copies(struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->num_copies; i++) {
		uint32_t step = gen->copies[i].step;

		gen->at = &gen->copies[i];
		gen->rebased = gen->at->seen;
		buffer_printf(gen->c, "\n%s: {\n", gen->at->label);
		if (gen->low->steps[step].type == STEP_VISIT)
			bpf_visit(gen, step);
		else
			bpf_part(gen, step);
		buffer_printf(gen->c, "}\n");
	}
}

static void hand_over_counts(struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	buffer_printf(gen->c, "\t\t.nodes = counts0,\n"
		      "\t\t.encaps = counts0 >> 8,\n");
	for (i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			buffer_printf(gen->c, "\t\t.visits_%s = counts%u >> %u,\n",
				      parser->nodes[i].name,
				      gen->visits_slot[i] / 8,
				      8 * (gen->visits_slot[i] % 8));
	for (i = 0; i < parser->num_counters; i++)
		if (gen->counter_slot[i] != NO_SLOT)
			buffer_printf(gen->c, "\t\t.counter_%s = counts%u >> %u,\n",
				      parser->counters[i].name,
				      gen->counter_slot[i] / 8,
				      8 * (gen->counter_slot[i] % 8));
}

/* walk() counts its offsets from the frame's start */
static void leave_block(struct bpf_gen *gen, uint32_t depth, bool seen)
{
	const char *origin = seen ? " + origin" : "";
	struct buffer *c = gen->c;
	uint32_t i;

	buffer_printf(c, "\nleave%s%u:\n%s"
		      "\tstate = (struct state){\n"
		      "\t\t.off = off%s,\n", seen ? "" : "_first", depth,
		      gen->outputs ? "\tOUT(u64, 8) = has;\n" : "", origin);
	if (seen)
		buffer_printf(c, "\t\t.window = origin + %u,\n",
			      gen->parser->max_bytes);
	else
		buffer_printf(c, "\t\t.window = NO_WINDOW,\n");
	buffer_printf(c, "\t\t.next = next,\n\t\t.inputs = inputs,\n");
	hand_over_counts(gen);
	for (i = 1; i <= depth; i++)
		buffer_printf(c, "\t\t.base%u = quick.base%u%s,\n"
			      "\t\t.len%u = quick.len%u,\n"
			      "\t\t.end%u = quick.end%u%s,\n", i - 1, i - 1,
			      origin, i - 1, i - 1, i, i, origin);
	buffer_printf(c, "\t};\n\tgoto walk_on;\n");
}

static void leave_blocks(struct bpf_gen *gen)
{
	bool any = false;
	uint32_t i;

	for (i = 0; i < 2 * gen->low->depth; i++) {
		if (gen->leaves[i])
			leave_block(gen, i / 2, i % 2);
		any |= gen->leaves[i];
	}
	if (any)
		buffer_printf(gen->c, "\nwalk_on:\n\tslow = (struct slow){};\n\tWALK_ALL;\n");
}

static void variables(struct bpf_gen *gen)
{
	uint32_t i, words = (gen->num_slots + 7) / 8;
	struct buffer *c = gen->c;

	bpf_put_variables(gen);
	buffer_printf(c, "	u64 next, origin = 0;\n"
		      "	struct state state;\n"
		      "	struct slow slow;\n");
	if (gen->low->depth > 1)
		buffer_printf(c, "	struct quick quick = {};\n");
	for (i = 0; i < words; i++)
		buffer_printf(c, "	u64 counts%u;\n", i);
}

/* clang would copy the packet's pointer as 32 bits, which makes it a number */
static void keep_pointers(struct bpf_gen *gen)
{
	buffer_printf(gen->c, "	ASM(data);\n	ASM(data_end);\n");
}

static void zeros(struct bpf_gen *gen)
{
	uint32_t i, words = (gen->num_slots + 7) / 8;

	buffer_printf(gen->c, "	zero = ZERO;\n");
	for (i = 0; i < words; i++)
		buffer_printf(gen->c, "	counts%u = ZERO;\n", i);
}

/*
 * check.c made sure of a root that is looked up by the EtherType alone, has no
 * conditions and writes only what the kernel has found for itself.
 */
static void flow_root(struct bpf_gen *gen)
{
	buffer_printf(gen->c, "	{\n	u64 key = BSWAP16(keys->n_proto);\n\n");
	gen->at = &gen->entry;
	bpf_lookup(gen, gen->entry.step);
	buffer_printf(gen->c, "	}\n");
}

/* The kernel has found (n_proto, nhoff) and zeroed the other keys */
void bpf_flow_program(struct bpf_gen *gen, const struct digest *digest)
{
	bpf_put_section(gen);
	bpf_put_tag(gen, digest);
	buffer_printf(gen->c, "int parse_%s(struct __sk_buff *ctx)\n{\n",
		      gen->parser->name);
	variables(gen);
	buffer_printf(gen->c, "	u32 inputs = keys->flags;\n\n");
	keep_pointers(gen);
	zeros(gen);
	buffer_printf(gen->c, "	off = keys->nhoff + zero;\n");
	flow_root(gen);
	put_copies(gen);
	bpf_flow_exit(gen);
	leave_blocks(gen);
	buffer_printf(gen->c, "}\n");
}

static void outputs_root(struct bpf_gen *gen)
{
	gen->at = &gen->entry;
	buffer_printf(gen->c, "	off = 0;\n	");
	if (gen->num_copies)
		buffer_printf(gen->c, "goto %s;\n", gen->copies[0].label);
	else
		bpf_leave(gen, gen->entry.step, false);
}

void bpf_outputs_program(struct bpf_gen *gen, const struct digest *digest)
{
	bpf_put_map(gen);
	buffer_printf(gen->c,
		      "static __attribute__((always_inline))\n"
		      "int parse(struct %s *ctx, struct parse_%s *out, u32 inputs)\n{\n",
		      bpf_context(gen), gen->parser->name);
	variables(gen);
	buffer_printf(gen->c, "	u64 has = 0;\n\n");
	bpf_put_clear(gen);
	keep_pointers(gen);
	zeros(gen);
	outputs_root(gen);
	put_copies(gen);
	bpf_outputs_exit(gen);
	leave_blocks(gen);
	buffer_printf(gen->c, "}\n");
	bpf_put_program(gen, digest);
}
