// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler: one source, two bodies, one hash. */
#include <string.h>

#include "oc.h"

struct cmd {
	const char	*name;
	int		(*run)(int argc, char **argv);
	const char	*synopsis;
	const char	*summary;
	const char	*help;
};

static const struct cmd cmds[] = {
	{
		"build", cmd_build,
		"SRC.c [-o DIR] [--prog TYPE] [--target FILE] [--hash ALG] [--validate WHAT]\n"
		"                       [--verbose]",
		"compile a source to its CPR, eBPF object and image",
		"For each program NAME in SRC.c writes NAME.cpr.json, NAME.bpf.o and\n"
		"NAME.npi and prints its hash. Nothing is written if anything is wrong:\n"
		"the eBPF program is run on packets that `vectors` makes, by an interpreter\n"
		"and, by root, in the kernel, and has to do what the reference does.\n"
		"\n"
		"  -o DIR         where to write; default: the current folder\n"
		"  --prog TYPE    of the eBPF object: flow_dissector (the default), xdp or\n"
		"                 tc, which is then NAME.xdp.bpf.o or NAME.tc.bpf.o\n"
		"  --target FILE  device description; default: that of netdevsim\n"
		"  --hash ALG     digest, by its OpenSSL name; default: sha256\n"
		"  --validate WHAT\n"
		"                 edges: packets for every edge, what takes a fraction of a\n"
		"                 second; full: all packets; none; default: edges\n"
		"  --verbose      name the lines of C whose instructions no packet came by\n"
		"\n"
		"Environment: CLANG, the clang to run; default: clang-19.\n",
	}, {
		"hash", cmd_hash,
		"[--hash ALG] FILE...",
		"print the hash of a source, CPR, eBPF object or image",
		"Prints `HASH  NAME` for each program in each FILE: NAME.c, NAME.cpr.json,\n"
		"NAME.bpf.o or NAME.npi. The hash is computed, not copied; a file whose\n"
		"stamped hash is another one is an error.\n"
		"\n"
		"  --hash ALG     digest for sources and CPRs; default: sha256\n",
	}, {
		"show", cmd_show,
		"FILE [--json|--dot|--tcam [-j]|--ebpf [-j]|--c|--proof] [--prog TYPE]\n"
		"                       [--target FILE] [--program NAME]",
		"show what a source, CPR, eBPF object or image means",
		"Without an option prints a summary for people.\n"
		"\n"
		"  -j, --json     the CPR; with --tcam or --ebpf that, as JSON\n"
		"  --dot          the parse graph, for Graphviz\n"
		"  --tcam         the device's TCAM states and entries\n"
		"  --ebpf         instructions and stack of the eBPF program, of each type\n"
		"  --c            the C that is generated for eBPF\n"
		"  --prog TYPE    of that: flow_dissector (the default), xdp or tc\n"
		"  --proof        what an image says was proved of its payloads, as JSON\n"
		"  --target FILE  device description for --tcam\n"
		"  --program NAME which program, if there are several\n",
	}, {
		"run", cmd_run,
		"FILE --pcap IN [--on reference|bpf|device|all] [OPTION]...",
		"run a parser over the packets of a capture",
		"Prints flow keys and verdict for each packet. With `all` the reference\n"
		"interpreter, the eBPF body and the device model are compared; a\n"
		"difference is shown with its packet, and the exit status is 1.\n"
		"\n"
		"  --pcap IN      the capture\n"
		"  --on BODY      reference, bpf, device or all; default: reference\n"
		"  --json         the same as JSON\n"
		"  --explain N    only packet N, and its walk node by node: what was\n"
		"                 looked up and written, and why it ended\n"
		"  --expect FILE  each packet's inputs and result, as `vectors` writes them;\n"
		"                 a packet with another result is shown, and exits 1\n"
		"  --flags LIST   inputs of the parser, separated by commas:\n"
		"                 parse_1st_frag, stop_at_flow_label, stop_at_encap\n"
		"  --program NAME which program, if there are several\n"
		"  --target FILE  device description; default: that of netdevsim\n",
	}, {
		"vectors", cmd_vectors,
		"FILE -o OUT.pcap [--max-paths N] [--program NAME]",
		"make a packet for every path and boundary of a parser",
		"Writes packets for every way out of every node, each with every way out of the\n"
		"next, and for both sides of every limit, length, condition and entry; and what\n"
		"the reference makes of them, to OUT.json. Says what is covered, and names what\n"
		"is not. `run FILE --pcap OUT.pcap --expect OUT.json --on all` runs them.\n"
		"\n"
		"  -o OUT.pcap    where to write\n"
		"  --max-paths N  whole paths, the shortest first; default: 1000\n"
		"  --program NAME which program, if there are several\n",
	}, {
		"prove", cmd_prove,
		"A B [--certificate FILE] [--target FILE]",
		"prove that two parsers are equal, or show a packet",
		"For every packet and every input: the same verdict, outputs and counts.\n"
		"A and B are sources, CPRs, eBPF objects or images; of an image it is the\n"
		"device's TCAM program. Prints \"equal\", or a packet that tells them apart and\n"
		"what each makes of it.\n"
		"\n"
		"  --certificate FILE\n"
		"                 where to write the proof, for `check-proof`\n"
		"  --target FILE  whose payload of an image; default: that of netdevsim\n",
	}, {
		"check-proof", cmd_check_proof,
		"[--target FILE] PROOF A B",
		"check a proof that `prove` wrote",
		"Checks by itself, without trust in `prove`, that PROOF proves that A and B are\n"
		"equal. Prints \"valid\", or says where it proves nothing.\n"
		"\n"
		"  --target FILE  whose payload of an image; default: that of netdevsim\n",
	}, {
		"import", cmd_import,
		"FILE.json [OPTION]... -o NAME.cpr.json",
		"convert a parser of XDP2 or kParser to a CPR",
		"Reads the JSON of XDP2's compiler or of kParser and prints the hash of the\n"
		"CPR that it writes. Each fault of the document is named by its JSON pointer;\n"
		"nothing is written if there is any.\n"
		"\n"
		"  -o NAME.cpr.json\n"
		"                 where to write\n"
		"  --dialect DIALECT\n"
		"                 xdp2 or kparser; default: what the document looks like\n"
		"  --parser NAME  which parser, if there are several\n"
		"  --max-bytes N  bytes behind which no header may start, which documents do\n"
		"                 not say; default: 512\n",
	}, {
		"verify", cmd_verify,
		"[--target FILE] FILE...",
		"rebuild an object or image from its CPR and compare",
		"Compiles the CPR in each NAME.bpf.o or NAME.npi again and compares the result\n"
		"byte for byte; what differs is named. Prints `HASH  NAME  verified`.\n"
		"\n"
		"  --target FILE  device description; default: by the payload's target\n"
		"\n"
		"Environment: CLANG, the clang to run; default: clang-19.\n",
	},
};

#define NUM_CMDS	(sizeof(cmds) / sizeof(cmds[0]))

static const struct cmd *find_cmd(const char *name)
{
	for (size_t i = 0; i < NUM_CMDS; i++)
		if (!strcmp(cmds[i].name, name))
			return &cmds[i];
	return NULL;
}

static int print_cmds(FILE *out)
{
	fputs("Usage: offload-compiler VERB ...\n\n", out);
	for (size_t i = 0; i < NUM_CMDS; i++)
		fprintf(out, "  %-11s %s\n", cmds[i].name, cmds[i].summary);
	fputs("  help        [VERB]: this, or a verb's options\n\n"
	      "Exit status: 0 good, 1 the input is wrong or a check failed, 2 usage.\n",
	      out);
	return out == stdout ? OC_EXIT_GOOD : OC_EXIT_USAGE;
}

static int print_cmd(const struct cmd *cmd)
{
	printf("Usage: offload-compiler %s %s\n\n%s", cmd->name, cmd->synopsis,
	       cmd->help);
	return OC_EXIT_GOOD;
}

static int unknown_verb(const char *name)
{
	fprintf(stderr, "offload-compiler: no verb \"%s\"; try `offload-compiler help`\n",
		name);
	return OC_EXIT_USAGE;
}

static int help(int argc, char **argv)
{
	const struct cmd *cmd;

	if (argc < 2)
		return print_cmds(stdout);
	cmd = find_cmd(argv[1]);
	return cmd ? print_cmd(cmd) : unknown_verb(argv[1]);
}

static bool is_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h");
}

int main(int argc, char **argv)
{
	const struct cmd *cmd;
	int status;

	if (argc < 2)
		return print_cmds(stderr);
	if (!strcmp(argv[1], "help") || is_help(argv[1]))
		return help(argc - 1, argv + 1);
	if (!strcmp(argv[1], "--version")) {
		puts("offload-compiler " VERSION);
		return OC_EXIT_GOOD;
	}
	cmd = find_cmd(argv[1]);
	if (!cmd)
		return unknown_verb(argv[1]);
	if (argc > 2 && is_help(argv[2]))
		return print_cmd(cmd);
	status = cmd->run(argc - 1, argv + 1);
	if (fflush(stdout) || ferror(stdout)) {
		perror("offload-compiler: cannot write to standard output");
		return OC_EXIT_WRONG;
	}
	return status;
}
