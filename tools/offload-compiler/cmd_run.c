// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler run: packets of a capture through a parser's bodies */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

enum on { ON_REFERENCE, ON_BPF, ON_DEVICE, ON_ALL };

struct run {
	const char		*path;
	const char		*pcap;
	const char		*name;		/* of the program, or NULL */
	char			*target;
	enum on			on;
	const char		*expect;	/* of `vectors`, or NULL */
	uint32_t		inputs;		/* of the packet, if it says so */
	bool			json;
	uint32_t		explain;	/* packet, 0: none */

	struct loaded_list	list;
	const struct loaded	*program;
	struct capture		capture;
	struct expected_list	expected;
	struct bpf_body		*bpf;
	struct tcam		*tcam;
	uint32_t		short_frames;	/* not run on bpf */
	uint32_t		different;
	uint32_t		unexpected;
};

static bool open_device(struct run *run)
{
	uint32_t number = run->program - run->list.programs;
	struct buffer payload = {};
	struct device device;

	if (device_read(run->target, &device))
		run->tcam = loaded_tcam(run->path, &run->list, number, &device,
					&payload);
	buffer_free(&payload);
	return run->tcam;
}

static bool read_expected(struct run *run)
{
	if (!run->expect)
		return true;
	if (!expect_read(run->expect, run->program->parser, &run->expected))
		return false;
	if (run->expected.num == run->capture.num)
		return true;
	diag_error(run->expect, 0, NULL, "is for %u packets, but %s has %u",
		   run->expected.num, run->pcap, run->capture.num);
	return false;
}

static bool open_bodies(struct run *run)
{
	if (!load_file(run->path, "sha256", &run->list))
		return false;
	run->program = loaded_find(run->path, run->name, &run->list);
	if (!run->program || !capture_read(run->pcap, &run->capture) ||
	    !read_expected(run))
		return false;
	if ((run->on == ON_DEVICE || run->on == ON_ALL) && !open_device(run))
		return false;
	if (run->on == ON_BPF || run->on == ON_ALL)
		run->bpf = bpf_body_open(run->program, BPF_PROG_XDP);
	return run->bpf || (run->on != ON_BPF && run->on != ON_ALL);
}

/* One body's result of a packet; false if it cannot take it */
static bool run_one(struct run *run, enum on on, const struct frame *frame,
		    struct parse_result *res)
{
	const struct parse_result *shared;

	switch (on) {
	case ON_REFERENCE:
	case ON_ALL:
		reference_run(run->program->parser, frame->data, frame->len,
			      run->inputs, res);
		return true;
	case ON_DEVICE:
		tcam_run(run->tcam, frame->data, frame->len, run->inputs, res);
		return true;
	case ON_BPF:
		break;
	}
	shared = bpf_body_outputs(run->bpf, frame, run->inputs);
	if (shared)
		*res = *shared;
	return shared;
}

static bool compare(struct run *run, const struct frame *frame,
		    const struct parse_result *ref, FILE *out)
{
	const struct parser *parser = run->program->parser;
	struct parse_result res;
	bool equal;

	run_one(run, ON_DEVICE, frame, &res);
	equal = results_equal(parser, "reference", ref, "device", &res, out);
	if (frame->len < RUN_MIN_FRAME) {
		run->short_frames++;
		return equal;
	}
	return bpf_equal(parser, run->bpf, frame, run->inputs, ref, out) && equal;
}

static void show_difference(struct run *run, uint32_t number,
			    const struct frame *frame, const char *text)
{
	run->different++;
	fflush(stdout);
	fprintf(stderr, "packet %u of %s, %u bytes: the bodies differ\n%s",
		number, run->pcap, frame->len, text);
	print_frame(stderr, frame);
}

static bool compare_frame(struct run *run, uint32_t number,
			  const struct frame *frame,
			  const struct parse_result *ref)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	bool equal;

	if (!out)
		return false;
	equal = compare(run, frame, ref, out);
	fclose(out);
	if (!equal)
		show_difference(run, number, frame, text);
	free(text);
	return true;
}

static void compare_expected(struct run *run, uint32_t i,
			     const struct parse_result *res)
{
	const struct expected *expected = &run->expected.packets[i];
	const struct parser *parser = run->program->parser;

	if (results_equal(parser, "expected", &expected->result, "result", res,
			  NULL))
		return;
	run->unexpected++;
	fflush(stdout);
	fprintf(stderr, "packet %u of %s, %u bytes: not as expected, for \"%s\"\n",
		i + 1, run->pcap, run->capture.frames[i].len, expected->purpose);
	results_equal(parser, "expected", &expected->result, "result", res,
		      stderr);
	print_frame(stderr, &run->capture.frames[i]);
}

static bool run_frame(struct run *run, uint32_t i)
{
	const struct parser *parser = run->program->parser;
	const struct frame *frame = &run->capture.frames[i];
	struct parse_result res;

	if (run->expect)
		run->inputs = run->expected.packets[i].inputs;
	if (run->on == ON_BPF && frame->len < RUN_MIN_FRAME && run->expect) {
		run->short_frames++;
		return true;
	}
	if (run->on == ON_BPF && frame->len < RUN_MIN_FRAME) {
		diag_error(run->pcap, 0, NULL,
			   "packet %u has %u bytes; eBPF test runs need %d", i + 1,
			   frame->len, RUN_MIN_FRAME);
		return false;
	}
	if (!run_one(run, run->on, frame, &res))
		return false;
	if (run->json) {
		printf("%s\n{", i ? "," : "");
		print_result_json(i + 1, parser, &res, run->inputs);
		putchar('}');
	} else {
		print_result(i + 1, parser, &res, run->inputs);
	}
	if (run->expect)
		compare_expected(run, i, &res);
	return run->on != ON_ALL || compare_frame(run, i + 1, frame, &res);
}

static void print_sums(const struct run *run)
{
	if (run->on != ON_ALL && !run->expect)
		return;
	fflush(stdout);
	fprintf(stderr, "%u packets:", run->capture.num);
	if (run->on == ON_ALL)
		fprintf(stderr, " %u differ between reference, bpf and device",
			run->different);
	if (run->expect)
		fprintf(stderr, "%s %u are not as expected",
			run->on == ON_ALL ? "," : "", run->unexpected);
	if (run->short_frames)
		fprintf(stderr, "; %u below %d bytes not run on bpf",
			run->short_frames, RUN_MIN_FRAME);
	if (run->on == ON_ALL && !root_is_ethernet(run->program->parser))
		fputs("; flow dissector not run, as the root is not Ethernet",
		      stderr);
	fputc('\n', stderr);
}

static bool run_all(struct run *run)
{
	uint32_t i;
	bool good = true;

	if (run->json)
		printf("[");
	for (i = 0; good && i < run->capture.num; i++)
		good = run_frame(run, i);
	if (run->json)
		printf("\n]\n");
	print_sums(run);
	return good && !run->different && !run->unexpected;
}

static bool explain(const struct run *run)
{
	if (run->explain > run->capture.num) {
		diag_error(run->pcap, 0, NULL,
			   "has %u packets, so there is no packet %u to explain",
			   run->capture.num, run->explain);
		return false;
	}
	explain_packet(run->explain, run->program->parser,
		       &run->capture.frames[run->explain - 1],
		       run->expect ?
		       run->expected.packets[run->explain - 1].inputs :
		       run->inputs, run->json);
	return true;
}

static bool parse_on(const char *word, enum on *on)
{
	static const char *const names[] = { "reference", "bpf", "device", "all" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(word, names[i]))
			continue;
		*on = i;
		return true;
	}
	fprintf(stderr, "offload-compiler run: --on %s: must be reference, bpf, device or all\n",
		word);
	return false;
}

static bool parse_flags(const char *list, uint32_t *inputs)
{
	static const char *const names[] = { "parse_1st_frag",
					     "stop_at_flow_label",
					     "stop_at_encap" };
	char *copy = xstrdup(list), *word, *rest = copy;
	bool good = true;
	size_t i;

	while (good && (word = strsep(&rest, ","))) {
		for (i = 0; i < 3 && strcmp(word, names[i]); i++)
			;
		good = i < 3;
		if (good)
			*inputs |= 1U << i;
		else
			fprintf(stderr, "offload-compiler run: --flags %s: must be of parse_1st_frag, stop_at_flow_label, stop_at_encap\n",
				word);
	}
	free(copy);
	return good;
}

static bool parse_packet(const char *word, uint32_t *packet)
{
	char *end;
	unsigned long number = strtoul(word, &end, 10);

	if (*word < '1' || *word > '9' || *end || number > UINT32_MAX) {
		fprintf(stderr, "offload-compiler run: --explain %s: must be the number of a packet, from 1 on\n",
			word);
		return false;
	}
	*packet = number;
	return true;
}

static bool parse_args(struct run *run, int argc, char **argv)
{
	static const struct option options[] = {
		{ "pcap", required_argument, NULL, 'p' },
		{ "on", required_argument, NULL, 'o' },
		{ "flags", required_argument, NULL, 'f' },
		{ "expect", required_argument, NULL, 'x' },
		{ "program", required_argument, NULL, 'n' },
		{ "target", required_argument, NULL, 't' },
		{ "explain", required_argument, NULL, 'e' },
		{ "json", no_argument, NULL, 'j' },
		{}
	};
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt == 'p')
			run->pcap = optarg;
		else if (opt == 'n')
			run->name = optarg;
		else if (opt == 'x')
			run->expect = optarg;
		else if (opt == 't')
			run->target = xstrdup(optarg);
		else if (opt == 'j')
			run->json = true;
		else if (opt == 'o' ? !parse_on(optarg, &run->on) :
			 opt == 'f' ? !parse_flags(optarg, &run->inputs) :
			 opt == 'e' ? !parse_packet(optarg, &run->explain) :
			 true)
			return false;
	}
	if (run->explain && run->on != ON_REFERENCE) {
		fputs("offload-compiler run: --explain tells the walk of the reference; it goes without --on\n",
		      stderr);
		return false;
	}
	if (run->expect && run->inputs) {
		fputs("offload-compiler run: --expect says each packet's inputs; it goes without --flags\n",
		      stderr);
		return false;
	}
	if (optind + 1 != argc || !run->pcap) {
		fputs("offload-compiler run: needs one FILE and --pcap IN; see `offload-compiler help run`\n",
		      stderr);
		return false;
	}
	run->path = argv[optind];
	if (!run->target)
		run->target = target_path("netdevsim");
	return true;
}

int cmd_run(int argc, char **argv)
{
	struct run run = { .on = ON_REFERENCE };
	int status = OC_EXIT_USAGE;

	if (parse_args(&run, argc, argv))
		status = open_bodies(&run) &&
			 (run.explain ? explain(&run) : run_all(&run)) ?
			 OC_EXIT_GOOD : OC_EXIT_WRONG;
	bpf_body_close(run.bpf);
	if (run.tcam)
		tcam_free(run.tcam);
	capture_free(&run.capture);
	expect_free(&run.expected);
	loaded_free(&run.list);
	free(run.target);
	return status;
}
