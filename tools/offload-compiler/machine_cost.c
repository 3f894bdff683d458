// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What of an object the kernel is given, the program and all that it calls, and
 * how much stack these need together.
 */
#include <stdlib.h>

#include "machine.h"

#define MAX_FRAMES	8	/* of functions in each other, in the kernel */
#define FRAME_ALIGN	32	/* as the verifier counts stack */

struct function {
	struct code	*code;
	uint32_t	depth;		/* functions that it is in */
	bool		*seen;		/* by instruction */
	uint32_t	*todo;
	uint32_t	num_todo;
	uint32_t	frame;		/* bytes below r10 */
	uint32_t	below;		/* most that a function called needs */
	bool		broken;
};

static bool take_function(struct code *code, uint32_t start, uint32_t depth,
			  uint32_t *stack);

/* Before its first instruction is behind its last as well */
static void go_to(struct function *f, uint32_t at)
{
	if (at >= f->code->num) {
		f->broken = true;
	} else if (!f->seen[at]) {
		f->seen[at] = true;
		f->todo[f->num_todo++] = at;
	}
}

static void call(struct function *f, uint32_t start)
{
	uint32_t stack = 0;

	if (!take_function(f->code, start, f->depth + 1, &stack))
		f->broken = true;
	if (stack > f->below)
		f->below = stack;
}

static void reach_down(struct function *f, int bytes)
{
	if (bytes < 0 && (uint32_t)-bytes > f->frame)
		f->frame = -bytes;
}

/* An address in the frame: r10 is copied, then a constant added to the copy */
static void take_address(struct function *f, uint32_t at)
{
	const struct bpf_insn *insns = f->code->insns;
	uint32_t i;

	for (i = at + 1; i < f->code->num; i++)
		if (insns[i].dst_reg == insns[at].dst_reg)
			break;
	if (i < f->code->num && insns[i].code == (BPF_ALU64 | BPF_ADD | BPF_K))
		reach_down(f, insns[i].imm);
}

static void take_jump(struct function *f, uint32_t at)
{
	const struct bpf_insn *insn = &f->code->insns[at];
	uint8_t op = BPF_OP(insn->code);

	if (op == BPF_EXIT)
		return;
	if (op == BPF_CALL && insn->src_reg == BPF_PSEUDO_CALL)
		call(f, at + 1 + insn->imm);
	if (op == BPF_JA && BPF_CLASS(insn->code) == BPF_JMP32)
		go_to(f, at + 1 + insn->imm);
	else if (op != BPF_CALL)
		go_to(f, at + 1 + insn->off);
	if (op != BPF_JA)
		go_to(f, at + 1);
}

static void take_insn(struct function *f, uint32_t at)
{
	const struct bpf_insn *insn = &f->code->insns[at];
	uint8_t class = BPF_CLASS(insn->code);

	f->code->num_used += !f->code->used[at];
	f->code->used[at] = true;
	if (class == BPF_JMP || class == BPF_JMP32) {
		take_jump(f, at);
		return;
	}
	if ((class == BPF_LDX && insn->src_reg == BPF_REG_10) ||
	    ((class == BPF_ST || class == BPF_STX) &&
	     insn->dst_reg == BPF_REG_10))
		reach_down(f, insn->off);
	if (insn->code == (BPF_ALU64 | BPF_MOV | BPF_X) &&
	    insn->src_reg == BPF_REG_10)
		take_address(f, at);
	if (code_is_wide(insn) && insn->src_reg == BPF_PSEUDO_FUNC)
		call(f, insn->imm);
	go_to(f, at + 1 + code_is_wide(insn));
}

/* @stack: what it needs, and all that it calls */
static bool take_function(struct code *code, uint32_t start, uint32_t depth,
			  uint32_t *stack)
{
	struct function f = { .code = code, .depth = depth };

	if (depth == MAX_FRAMES)
		return false;
	f.seen = xcalloc(code->num, sizeof(*f.seen));
	f.todo = xcalloc(code->num, sizeof(*f.todo));
	go_to(&f, start);
	while (f.num_todo)
		take_insn(&f, f.todo[--f.num_todo]);
	free(f.seen);
	free(f.todo);
	if (!f.frame)
		f.frame = 1;
	*stack = (f.frame + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN +
		 f.below;
	return !f.broken;
}

/* Sets used, num_used and stack; false: no program that the kernel would take */
bool code_measure(struct code *code)
{
	code->used = xcalloc(code->num, sizeof(*code->used));
	return take_function(code, code->entry, 0, &code->stack);
}
