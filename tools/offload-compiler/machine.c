// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * An interpreter of eBPF, as far as clang -mcpu=v3 makes it of generated C. It
 * trusts nothing: each access is checked against what the program may touch,
 * and what it has not written on its stack is noise.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

#define STACK		512	/* bytes of a function */
#define MAX_FRAMES	8	/* as the kernel */
#define MAX_REGIONS	(MAX_FRAMES + 3)
#define NOISE		0xa5
#define CTX_SIZE	256	/* bytes that ctx may have */
#define FUEL		(1U << 24)	/* instructions of one run */

enum {				/* helpers, as linux/bpf.h numbers them */
	HELPER_MAP_LOOKUP	= 1,
	HELPER_SKB_LOAD_BYTES	= 26,
	HELPER_LOOP		= 181,
	HELPER_XDP_LENGTH	= 188,
	HELPER_XDP_LOAD_BYTES	= 189,
};

struct region {
	uint64_t	start, size;
	bool		read_only;
};

struct machine {
	const struct code	*code;
	bool			*marks;
	const struct code_packet *packet;
	struct region		regions[MAX_REGIONS];
	uint32_t		num_regions;
	uint32_t		num_frames;
	uint32_t		fuel;
	const char		*wrong;		/* the first thing */
	uint8_t			ctx[CTX_SIZE];	/* only its address counts */
	uint8_t			stack[MAX_FRAMES][STACK];
};

static uint64_t fail(struct machine *m, const char *what)
{
	if (!m->wrong)
		m->wrong = what;
	return 0;
}

/* ---- memory ---------------------------------------------------------------------- */

static void allow(struct machine *m, const void *data, uint64_t size,
		  bool read_only)
{
	m->regions[m->num_regions++] =
		(struct region){ (uintptr_t)data, size, read_only };
}

static void *memory(struct machine *m, uint64_t at, uint64_t size, bool write)
{
	for (uint32_t i = m->num_regions; i--;) {
		const struct region *r = &m->regions[i];

		if (at - r->start < r->size &&
		    size <= r->size - (at - r->start) &&
		    !(write && r->read_only))
			return (void *)(uintptr_t)at;
	}
	fail(m, write ? "it writes where it may not" :
			"it reads where it may not");
	return NULL;
}

/* The verifier makes 64-bit pointers of 32-bit members */
static uint64_t load_ctx(struct machine *m, uint32_t offset, uint32_t size)
{
	enum bpf_prog prog = m->code->prog;
	bool xdp = prog == BPF_PROG_XDP;
	uint64_t data = (uintptr_t)m->packet->frame->data;

	if (size == 4 && offset == (xdp ? offsetof(struct xdp_md, data) :
					  offsetof(struct __sk_buff, data)))
		return data;
	if (size == 4 && offset == (xdp ? offsetof(struct xdp_md, data_end) :
				    offsetof(struct __sk_buff, data_end)))
		return data + m->packet->linear;
	if (prog == BPF_PROG_FLOW && size == 8 &&
	    offset == offsetof(struct __sk_buff, flow_keys))
		return (uintptr_t)m->packet->keys;
	if (prog == BPF_PROG_TC && size == 4 &&
	    offset == offsetof(struct __sk_buff, len))
		return m->packet->frame->len;
	return fail(m, "it reads a member of ctx that is not known");
}

static uint64_t load(struct machine *m, uint64_t at, uint32_t size)
{
	uint64_t offset = at - (uintptr_t)m->ctx, value = 0;
	const void *from;

	if (offset < CTX_SIZE)
		return load_ctx(m, offset, size);
	from = memory(m, at, size, false);
	if (from)
		memcpy(&value, from, size);
	return le64toh(value);
}

static void store(struct machine *m, uint64_t at, uint32_t size, uint64_t value)
{
	void *to = memory(m, at, size, true);

	value = htole64(value);
	if (to)
		memcpy(to, &value, size);
}

static uint32_t access_size(uint8_t code)
{
	switch (BPF_SIZE(code)) {
	case BPF_B: return 1;
	case BPF_H: return 2;
	case BPF_W: return 4;
	}
	return 8;
}

/* ---- arithmetic -------------------------------------------------------------------- */

/* A register holds a little endian number already: to that it is only cut */
static uint64_t swap(struct machine *m, uint64_t value, int32_t bits, bool big)
{
	switch (bits) {
	case 16: return big ? __builtin_bswap16(value) : (uint16_t)value;
	case 32: return big ? __builtin_bswap32(value) : (uint32_t)value;
	case 64: return big ? __builtin_bswap64(value) : value;
	}
	return fail(m, "it has an instruction that is not known");
}

static uint64_t compute(struct machine *m, const struct bpf_insn *insn,
			uint64_t a, uint64_t b, bool wide)
{
	uint32_t shift = b & (wide ? 63 : 31);

	switch (BPF_OP(insn->code)) {
	case BPF_ADD: return a + b;
	case BPF_SUB: return a - b;
	case BPF_MUL: return a * b;
	case BPF_DIV: return b ? a / b : 0;
	case BPF_MOD: return b ? a % b : a;
	case BPF_OR: return a | b;
	case BPF_AND: return a & b;
	case BPF_XOR: return a ^ b;
	case BPF_LSH: return a << shift;
	case BPF_RSH: return a >> shift;
	case BPF_NEG: return -a;
	case BPF_MOV: return b;
	case BPF_ARSH: return wide ? (uint64_t)((int64_t)a >> shift) :
				     (uint64_t)((int32_t)a >> shift);
	}
	return fail(m, "it has an instruction that is not known");
}

static void arithmetic(struct machine *m, const struct bpf_insn *insn,
		       uint64_t *regs)
{
	bool wide = BPF_CLASS(insn->code) == BPF_ALU64;
	uint64_t a = regs[insn->dst_reg];
	uint64_t b = BPF_SRC(insn->code) == BPF_X ? regs[insn->src_reg] :
						    (uint64_t)(int64_t)insn->imm;

	if (insn->off || (wide && BPF_OP(insn->code) == BPF_END)) {
		fail(m, "it has an instruction that is not known");
		return;
	}
	if (BPF_OP(insn->code) == BPF_END) {
		regs[insn->dst_reg] = swap(m, a, insn->imm,
					   BPF_SRC(insn->code) == BPF_TO_BE);
		return;
	}
	a = wide ? a : (uint32_t)a;
	b = wide ? b : (uint32_t)b;
	a = compute(m, insn, a, b, wide);
	regs[insn->dst_reg] = wide ? a : (uint32_t)a;
}

static bool jumps(struct machine *m, const struct bpf_insn *insn,
		  const uint64_t *regs)
{
	bool wide = BPF_CLASS(insn->code) == BPF_JMP;
	uint64_t a = regs[insn->dst_reg];
	uint64_t b = BPF_SRC(insn->code) == BPF_X ? regs[insn->src_reg] :
						    (uint64_t)(int64_t)insn->imm;
	int64_t sa = wide ? (int64_t)a : (int32_t)a;
	int64_t sb = wide ? (int64_t)b : (int32_t)b;

	a = wide ? a : (uint32_t)a;
	b = wide ? b : (uint32_t)b;
	switch (BPF_OP(insn->code)) {
	case BPF_JA: return wide ? true :
			    fail(m, "it has an instruction that is not known");
	case BPF_JEQ: return a == b;
	case BPF_JNE: return a != b;
	case BPF_JSET: return a & b;
	case BPF_JGT: return a > b;
	case BPF_JGE: return a >= b;
	case BPF_JLT: return a < b;
	case BPF_JLE: return a <= b;
	case BPF_JSGT: return sa > sb;
	case BPF_JSGE: return sa >= sb;
	case BPF_JSLT: return sa < sb;
	case BPF_JSLE: return sa <= sb;
	}
	return fail(m, "it has an instruction that is not known");
}

/* ---- calls ---------------------------------------------------------------------------- */

static uint64_t call(struct machine *m, uint32_t at, const uint64_t *args);

/* As __bpf_skb_load_bytes() and __bpf_xdp_load_bytes(): past the end of the
 * frame only the first of them clears what it was to fill
 */
static uint64_t load_bytes(struct machine *m, const uint64_t *regs, bool skb)
{
	const struct frame *frame = m->packet->frame;
	uint32_t offset = regs[2], size = regs[4];
	void *to = memory(m, regs[3], size, true);

	if (regs[1] != (uintptr_t)m->ctx || !size)
		return fail(m, "it calls a helper with other than ctx");
	if (!to)
		return 0;
	if (offset > 0xffff || (uint64_t)offset + size > frame->len) {
		memset(to, skb ? 0 : NOISE, size);
		return -14;
	}
	memcpy(to, frame->data + offset, size);
	return 0;
}

static uint64_t loop(struct machine *m, const uint64_t *regs)
{
	uint64_t args[6] = { 0, 0, regs[3] };
	uint32_t i;

	if (regs[4] || regs[2] >= m->code->num)
		return fail(m, "it calls a helper with other than a function");
	for (i = 0; i < (uint32_t)regs[1] && !m->wrong; i++) {
		args[1] = i;
		if (call(m, regs[2], args))
			return i + 1;
	}
	return i;
}

static uint64_t helper(struct machine *m, int32_t number, const uint64_t *regs)
{
	bool xdp = m->code->prog == BPF_PROG_XDP;

	if (number == HELPER_LOOP)
		return loop(m, regs);
	if (number == HELPER_SKB_LOAD_BYTES && !xdp)
		return load_bytes(m, regs, true);
	if (number == HELPER_XDP_LOAD_BYTES && xdp)
		return load_bytes(m, regs, false);
	if (number == HELPER_XDP_LENGTH && xdp)
		return m->packet->frame->len;
	if (number == HELPER_MAP_LOOKUP && memory(m, regs[2], 4, false))
		return (uintptr_t)m->packet->out;
	return fail(m, "it calls a helper that is not known");
}

static uint64_t wide_constant(struct machine *m, uint32_t at)
{
	const struct bpf_insn *insn = &m->code->insns[at];

	if (insn->src_reg == BPF_PSEUDO_MAP_FD)
		return 0;
	if (insn->src_reg == BPF_PSEUDO_MAP_VALUE)
		return (uintptr_t)&m->packet->inputs;
	if (insn->src_reg == BPF_PSEUDO_FUNC)
		return (uint32_t)insn->imm;
	return (uint32_t)insn->imm | (uint64_t)(uint32_t)insn[1].imm << 32;
}

/* What is lost in a call is noise then */
static void make_call(struct machine *m, uint32_t at, uint64_t *regs)
{
	const struct bpf_insn *insn = &m->code->insns[at];

	regs[0] = insn->src_reg == BPF_PSEUDO_CALL ?
		  call(m, at + 1 + insn->imm, regs) :
		  helper(m, insn->imm, regs);
	memset(&regs[1], NOISE, 5 * sizeof(*regs));
}

/* One that neither jumps nor calls; the next one's place */
static uint32_t step(struct machine *m, uint32_t at, uint64_t *regs)
{
	const struct bpf_insn *insn = &m->code->insns[at];
	uint64_t *dst = &regs[insn->dst_reg];
	uint32_t size = access_size(insn->code);

	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		arithmetic(m, insn, regs);
		return at + 1;
	case BPF_LDX:
		*dst = load(m, regs[insn->src_reg] + insn->off, size);
		break;
	case BPF_STX:
		store(m, *dst + insn->off, size, regs[insn->src_reg]);
		break;
	case BPF_ST:
		store(m, *dst + insn->off, size, (int64_t)insn->imm);
		break;
	case BPF_LD:
		if (!code_is_wide(insn) || at + 1 >= m->code->num)
			fail(m, "it has an instruction that is not known");
		else
			*dst = wide_constant(m, at);
		return at + 2;
	}
	if (BPF_MODE(insn->code) != BPF_MEM)
		fail(m, "it has an instruction that is not known");
	return at + 1;
}

static uint64_t execute(struct machine *m, uint32_t at, uint64_t *regs)
{
	while (!m->wrong) {
		const struct bpf_insn *insn = &m->code->insns[at];
		uint8_t class;

		if (at >= m->code->num)
			return fail(m, "it runs past its end");
		if (!m->fuel--)
			return fail(m, "it does not end");
		m->marks[at] = true;
		if (insn->dst_reg > 10 || insn->src_reg > 10)
			return fail(m, "it has an instruction that is not known");
		if (insn->code == (BPF_JMP | BPF_EXIT))
			return regs[0];
		class = BPF_CLASS(insn->code);
		if (class != BPF_JMP && class != BPF_JMP32) {
			at = step(m, at, regs);
			continue;
		}
		if (insn->code == (BPF_JMP | BPF_CALL))
			make_call(m, at, regs);
		else if (jumps(m, insn, regs))
			at += insn->off;
		at++;
	}
	return 0;
}

static uint64_t call(struct machine *m, uint32_t at, const uint64_t *args)
{
	uint64_t regs[11], ret;
	uint8_t *stack;

	if (m->num_frames == MAX_FRAMES)
		return fail(m, "its calls are nested too deep");
	stack = m->stack[m->num_frames++];
	memset(regs, NOISE, sizeof(regs));
	memcpy(&regs[1], &args[1], 5 * sizeof(*regs));
	regs[10] = (uintptr_t)stack + STACK;
	memset(stack, NOISE, STACK);
	allow(m, stack, STACK, false);
	ret = execute(m, at, regs);
	m->num_regions--;
	m->num_frames--;
	return ret;
}

/**
 * machine_run() - run a program on a packet
 * @m: of the program; remembers which instructions were run
 * @packet: with what it leaves behind
 * @ret: what it returns
 *
 * Return: NULL, or what it did that no eBPF program may do.
 */
const char *machine_run(struct machine *m, const struct code_packet *packet,
			int *ret)
{
	const uint64_t args[6] = { 0, (uintptr_t)m->ctx };

	m->packet = packet;
	m->num_regions = 0;
	m->num_frames = 0;
	m->fuel = FUEL;
	m->wrong = NULL;
	allow(m, packet->frame->data, packet->linear, true);
	allow(m, &packet->inputs, sizeof(packet->inputs), true);
	if (m->code->prog == BPF_PROG_FLOW)
		allow(m, packet->keys, sizeof(*packet->keys), false);
	else
		allow(m, packet->out, packet->out_size, false);
	*ret = call(m, m->code->entry, args);
	return m->wrong;
}

struct machine *machine_make(const struct code *code)
{
	struct machine *m = xcalloc(1, sizeof(*m));

	m->code = code;
	m->marks = xcalloc(code->num, sizeof(*m->marks));
	return m;
}

void machine_free(struct machine *m)
{
	if (!m)
		return;
	free(m->marks);
	free(m);
}

bool *machine_marks(struct machine *m)
{
	return m->marks;
}
