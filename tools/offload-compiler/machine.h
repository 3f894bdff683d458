/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The instructions of an eBPF object, and an interpreter of them */
#ifndef OFFLOAD_COMPILER_MACHINE_H
#define OFFLOAD_COMPILER_MACHINE_H

#include <linux/bpf.h>

#include "bpf.h"
#include "run.h"

/* ---- machine_code.c: the instructions of an object --------------------------- */

struct code {
	enum bpf_prog	prog;
	/* The program, behind the functions that it calls. Calls have their
	 * target, from the next instruction on, in imm; so has, from the first
	 * one on, an address of a function.
	 */
	struct bpf_insn	*insns;
	uint32_t	*lines;		/* of C, by instruction; 0: not known */
	uint32_t	num;
	uint32_t	entry;		/* first instruction of the program */
	/* Of what the program reaches, which is what the kernel is given */
	bool		*used;
	uint32_t	num_used;	/* instructions, a wide one once */
	uint32_t	stack;		/* bytes, of all frames together */
};

/* Of what bpf_compile() wrote; NULL after a diagnostic */
struct code *code_read(const char *name, const struct buffer *object);
void code_free(struct code *code);
/* Two slots of the list are one instruction if the first loads 64 bits */
bool code_is_wide(const struct bpf_insn *insn);

/* machine_cost.c */
bool code_measure(struct code *code);

/* ---- machine.c: an interpreter of eBPF ------------------------------- */

struct code_packet {
	const struct frame	*frame;
	uint32_t		linear;		/* bytes of it at ctx->data */
	struct bpf_flow_keys	*keys;		/* flow dissector: in and out */
	void			*out;		/* others: value of their map */
	uint32_t		out_size;
	uint32_t		inputs;		/* others: their variable */
};

struct machine;
struct machine *machine_make(const struct code *code);
void machine_free(struct machine *machine);
/* NULL, or what it did that no eBPF program may do */
const char *machine_run(struct machine *machine,
			const struct code_packet *packet, int *ret);
/* By instruction: it was run */
bool *machine_marks(struct machine *machine);

#endif /* OFFLOAD_COMPILER_MACHINE_H */
