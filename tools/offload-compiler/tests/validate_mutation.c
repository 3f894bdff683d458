// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How much does validation notice? Each instruction of the flow dissector that
 * the packets of `vectors` come by is changed, by itself: another constant or
 * offset, a branch the other way round, left out. A packet has to show it, or it
 * makes no difference to any of them; then root asks the kernel's verifier, too.
 * Only packets that come by the instruction are run again: to the others it makes
 * no difference.
 *	validate_mutation FILE EVERY [ROOT]	only every so manieth instruction
 * prints a sum by kind of change.
 */
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>
#include <gelf.h>

#include "../validate_run.h"

#define MOST_PACKETS	4000	/* tried for one change */

enum change { CHANGE_CONSTANT, CHANGE_OFFSET, CHANGE_BRANCH, CHANGE_MISSING,
	      NUM_CHANGES };

static const char *const names[NUM_CHANGES] = {
	"other constant", "other offset", "other branch", "missing"
};

struct sum {
	uint32_t	made, noticed, refused, neither;
};

struct mutation {
	struct vectors	v;
	struct buffer	object;
	struct code	*code;
	size_t		*offset;	/* by instruction: in the object */
	struct validate	*validate;
	uint32_t	**packets;	/* by instruction: that come by it */
	uint32_t	*num_packets;
	struct sum	sums[NUM_CHANGES];
	FILE		*null;
	bool		root;
};

/* As code_read(): the sections of code, one behind the other */
static void find_offsets(struct mutation *m)
{
	Elf *elf = elf_memory(m->object.data, m->object.size);
	Elf_Scn *scn = NULL;
	uint32_t num = 0;
	GElf_Shdr hdr;

	m->offset = calloc(m->code->num, sizeof(*m->offset));
	while (elf && (scn = elf_nextscn(elf, scn))) {
		if (!gelf_getshdr(scn, &hdr) || hdr.sh_type != SHT_PROGBITS ||
		    !(hdr.sh_flags & SHF_EXECINSTR))
			continue;
		for (uint64_t at = 0; at < hdr.sh_size && num < m->code->num;
		     at += sizeof(struct bpf_insn))
			m->offset[num++] = hdr.sh_offset + at;
	}
	elf_end(elf);
}

static void find_packets(struct mutation *m)
{
	bool *marks = validate_marks(m->validate);

	m->packets = calloc(m->code->num, sizeof(*m->packets));
	m->num_packets = calloc(m->code->num, sizeof(*m->num_packets));
	for (uint32_t i = 0; i < m->code->num; i++)
		m->packets[i] = calloc(MOST_PACKETS, sizeof(uint32_t));
	for (uint32_t i = 0; i < m->v.num; i++) {
		memset(marks, 0, m->code->num);
		if (!validate_packet(m->validate, &m->v.packets[i], m->null))
			exit(1);
		for (uint32_t k = 0; k < m->code->num; k++)
			if (marks[k] && m->num_packets[k] < MOST_PACKETS)
				m->packets[k][m->num_packets[k]++] = i;
	}
}

/* False: there is no such change of it */
static bool make_change(struct bpf_insn *insn, enum change change)
{
	uint8_t class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);
	bool jump = class == BPF_JMP || class == BPF_JMP32;
	bool access = class == BPF_LDX || class == BPF_STX || class == BPF_ST;

	switch (change) {
	case CHANGE_CONSTANT:
		if (class == BPF_LD || access || (jump && op <= BPF_JA) ||
		    op == BPF_CALL || op == BPF_EXIT ||
		    BPF_SRC(insn->code) == BPF_X)
			return class == BPF_ST && (insn->imm ^= 1, true);
		insn->imm++;
		return true;
	case CHANGE_OFFSET:
		insn->off++;
		return access || (jump && op != BPF_CALL && op != BPF_EXIT);
	case CHANGE_BRANCH:
		if (!jump || op == BPF_JA || op == BPF_CALL || op == BPF_EXIT ||
		    op == BPF_JSET)
			return false;
		insn->code = (insn->code & ~0xf0) |
			     (op == BPF_JEQ ? BPF_JNE : op == BPF_JNE ? BPF_JEQ :
			      op == BPF_JGT ? BPF_JLE : op == BPF_JLE ? BPF_JGT :
			      op == BPF_JGE ? BPF_JLT : op == BPF_JLT ? BPF_JGE :
			      op == BPF_JSGT ? BPF_JSLE :
			      op == BPF_JSLE ? BPF_JSGT :
			      op == BPF_JSGE ? BPF_JSLT : BPF_JSGE);
		return true;
	default:
		/* Calls of functions, and addresses, are relocated */
		if (class == BPF_LD || (op == BPF_CALL && insn->src_reg))
			return false;
		*insn = (struct bpf_insn){ .code = BPF_JMP | BPF_JA };
		return true;
	}
}

static bool is_noticed(struct mutation *m, uint32_t at)
{
	for (uint32_t i = 0; i < m->num_packets[at]; i++)
		if (!validate_packet(m->validate,
				     &m->v.packets[m->packets[at][i]], m->null))
			return true;
	return false;
}

/* By the kernel; @insn is the one at @at, not the object's */
static bool is_refused(struct mutation *m, uint32_t at,
		       const struct bpf_insn *insn)
{
	char *to = m->object.data + m->offset[at];
	struct bpf_body *body;
	struct bpf_insn old;

	memcpy(&old, to, sizeof(old));
	memcpy(to, insn, sizeof(*insn));
	body = bpf_body_load(m->v.graph->parser, &m->object, NULL);
	memcpy(to, &old, sizeof(old));
	bpf_body_close(body);
	return !body;
}

static void try_change(struct mutation *m, uint32_t at, enum change change)
{
	struct bpf_insn *insn = &m->code->insns[at], old = *insn;
	struct sum *sum = &m->sums[change];

	if (make_change(insn, change)) {
		sum->made++;
		if (is_noticed(m, at))
			sum->noticed++;
		else if (m->root && is_refused(m, at, insn))
			sum->refused++;
		else
			sum->neither++;
	}
	*insn = old;
}

static void try_all(struct mutation *m, uint32_t every)
{
	for (uint32_t i = 0; i < m->code->num; i++) {
		for (uint32_t c = 0; c < NUM_CHANGES && !(i % every) &&
		     m->num_packets[i]; c++)
			try_change(m, i, c);
		i += code_is_wide(&m->code->insns[i]);
	}
}

static void print_sums(const struct mutation *m)
{
	struct sum all = {};

	for (uint32_t c = 0; c < NUM_CHANGES; c++) {
		const struct sum *sum = &m->sums[c];

		printf("%s: %u changes, %u noticed, %u refused by the verifier, %u neither\n",
		       names[c], sum->made, sum->noticed, sum->refused,
		       sum->neither);
		all.made += sum->made;
		all.noticed += sum->noticed;
		all.refused += sum->refused;
	}
	printf("%u changes, %u noticed, %u refused by the verifier\n", all.made,
	       all.noticed, all.refused);
}

static void mutation_free(struct mutation *m)
{
	for (uint32_t i = 0; i < m->code->num; i++)
		free(m->packets[i]);
	free(m->packets);
	free(m->num_packets);
	free(m->offset);
	validate_close(m->validate);
	code_free(m->code);
	vectors_free(&m->v);
	buffer_free(&m->object);
	fclose(m->null);
}

int main(int argc, char **argv)
{
	struct mutation m = { .null = fopen("/dev/null", "w") };
	uint32_t every = argc > 2 ? atoi(argv[2]) : 0;
	const struct loaded *l;
	struct loaded_list list;
	struct lowered *low;
	struct graph *graph;
	struct buffer c = {};

	if (!every || !load_file(argv[1], "sha256", &list) || !list.num)
		return 2;
	libbpf_set_print(NULL);
	l = &list.programs[0];
	low = lower(argv[1], l->parser);
	if (!low || !bpf_generate_c(l->parser, &l->digest, BPF_PROG_FLOW, &c) ||
	    !bpf_compile(l->parser, &c, &l->cpr, &m.object))
		return 1;
	graph = graph_make(low);
	m.v.graph = graph;
	vectors_make(&m.v, VECTORS_PATHS);
	m.code = code_read(argv[1], &m.object);
	m.validate = validate_open(l->parser, m.code);
	m.root = argc > 3 && bpf_body_allowed();
	find_offsets(&m);
	find_packets(&m);
	try_all(&m, every);
	print_sums(&m);
	mutation_free(&m);
	graph_free(graph);
	lowered_free(low);
	buffer_free(&c);
	loaded_free(&list);
	return 0;
}
