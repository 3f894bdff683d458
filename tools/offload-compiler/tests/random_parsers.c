// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * random_parsers [-s SEED] [-n PARSERS] [-p PACKETS] [-b BPF_PARSERS]
 *	[-o reference|device|bpf] [-x FEATURE]... [-c FILE] [-d DIR] [-k]
 *
 * Random parsers with every construct, written as CPR and read again; packets
 * grown along each, through the reference interpreter with the first parser,
 * and through the device model and (the first BPF_PARSERS) both eBPF bodies in
 * this kernel with the second. -o runs the reference alone, or beside one body
 * only, -x leaves a feature out, -c writes all CPRs to a file, one a line, -k
 * goes on after a difference. A packet that differs is left in DIR, to be run
 * again: the command is printed. A parser's seed is SEED + its number.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../run.h"
#include "random/random.h"

struct options {
	uint64_t	seed;
	uint32_t	parsers, packets, bpf_parsers;
	uint32_t	features;
	const char	*cprs, *dir;
	bool		keep_on, no_device, no_bpf;
};

struct trial {			/* one parser */
	struct rng		rng;
	uint64_t		seed;
	struct parser		*made;
	struct loaded		read;	/* the same, read from its CPR */
	struct tcam		*tcam;
	struct bpf_body		*bpf;
	struct packet		packet;
	uint32_t		inputs;
};

struct totals {
	struct options	opt;
	struct device	device;
	FILE		*cprs;
	uint32_t	senseless, no_device, no_bpf, failed, on_bpf;
	uint64_t	packets, bpf_packets, verdicts[PARSE_NUM_VERDICTS];
	uint64_t	written, nodes;
	int		diag;		/* what stderr goes to */
};

/* ---- diagnostics of what is tested ------------------------------------------- */

static bool diag_start(struct totals *t)
{
	t->diag = memfd_create("diagnostics", MFD_CLOEXEC);
	return t->diag >= 0 && dup2(t->diag, STDERR_FILENO) >= 0;
}

/* What was said since the last time */
static void diag_take(struct totals *t, struct buffer *text)
{
	char chunk[4096];
	ssize_t len;
	off_t at = 0;

	fflush(stderr);
	text->size = 0;
	buffer_add(text, "", 0);
	while ((len = pread(t->diag, chunk, sizeof(chunk), at)) > 0) {
		buffer_add(text, chunk, len);
		at += len;
	}
	if (ftruncate(t->diag, 0) || lseek(t->diag, 0, SEEK_SET))
		abort();
}

/* No warnings, and not the middle of the verifier's log */
static void print_commented(char *text)
{
	uint32_t lines = 0, line = 0;
	char *save, *at;

	for (at = text; *at; at++)
		lines += *at == '\n';
	for (at = strtok_r(text, "\n", &save); at;
	     at = strtok_r(NULL, "\n", &save), line++)
		if (!strstr(at, "warning: ") && (line < 4 || line + 12 > lines))
			printf("#   %s\n", at);
}

static void fail(struct totals *t, const struct trial *trial, const char *what)
{
	struct buffer text = {};

	diag_take(t, &text);
	printf("# seed %llu: %s\n", (unsigned long long)trial->seed, what);
	print_commented(text.data);
	buffer_free(&text);
	t->failed++;
}

/* A target, or the verifier, may be too small for it, and says so */
static void refused(struct totals *t, const struct trial *trial, const char *what,
		    uint32_t *count)
{
	struct buffer text = {};

	diag_take(t, &text);
	if (!(*count)++ || getenv("VERBOSE")) {
		printf("# seed %llu: not on %s, for example:\n",
		       (unsigned long long)trial->seed, what);
		print_commented(text.data);
	}
	buffer_free(&text);
}

/* ---- a failing case as files ---------------------------------------------------- */

static void dump(const struct totals *t, const struct trial *trial)
{
	static const char *const flags[] = {
		"", " --flags parse_1st_frag", " --flags stop_at_flow_label",
		" --flags parse_1st_frag,stop_at_flow_label",
		" --flags stop_at_encap", " --flags parse_1st_frag,stop_at_encap",
		" --flags stop_at_flow_label,stop_at_encap",
		" --flags parse_1st_frag,stop_at_flow_label,stop_at_encap",
	};
	char *cpr, *pcap;

	if (!t->opt.dir)
		return;
	cpr = xasprintf("%s/random-%llu.cpr.json", t->opt.dir,
			(unsigned long long)trial->seed);
	pcap = xasprintf("%s/random-%llu.pcap", t->opt.dir,
			 (unsigned long long)trial->seed);
	if (!file_write(cpr, trial->read.cpr.data, trial->read.cpr.size))
		printf("# cannot write %s\n", cpr);
	if (!packet_write(pcap, &trial->packet))
		printf("# cannot write %s\n", pcap);
	printf("# offload-compiler run %s --pcap %s --on all%s\n", cpr, pcap,
	       flags[trial->inputs]);
	free(cpr);
	free(pcap);
}

/* ---- one parser ------------------------------------------------------------------ */

/* Written, read and written again: the same bytes */
static bool read_back(struct totals *t, struct trial *trial)
{
	struct buffer again = {};
	bool good;

	if (!cpr_write(trial->made, &trial->read.cpr)) {
		fail(t, trial, "its CPR cannot be written");
		return false;
	}
	if (t->cprs)
		fprintf(t->cprs, "%s\n", trial->read.cpr.data);
	trial->read.parser = cpr_read("random.cpr.json", trial->read.cpr.data,
				      trial->read.cpr.size);
	if (!trial->read.parser) {
		fail(t, trial, "its CPR is not accepted");
		dump(t, trial);
		return false;
	}
	good = cpr_write(trial->read.parser, &again) &&
	       again.size == trial->read.cpr.size &&
	       !memcmp(again.data, trial->read.cpr.data, again.size) &&
	       digest_make("sha256", again.data, again.size, &trial->read.digest);
	buffer_free(&again);
	if (!good)
		fail(t, trial, "its CPR is another one after it was read");
	return good;
}

static bool open_device(struct totals *t, struct trial *trial)
{
	struct buffer blob = {};
	bool made;

	if (t->opt.no_device)
		return true;
	trial->tcam = tcam_lower("random.cpr.json", trial->read.parser,
				 &t->device, &blob);
	made = blob.size;
	buffer_free(&blob);
	if (trial->tcam)
		return true;
	if (made)
		fail(t, trial, "the engine refuses what the compiler made:");
	else
		refused(t, trial, "the device", &t->no_device);
	return !made;
}

static void open_bpf(struct totals *t, struct trial *trial, uint32_t number)
{
	if (number >= t->opt.bpf_parsers || t->opt.no_bpf)
		return;
	trial->bpf = bpf_body_open(&trial->read, BPF_PROG_XDP);
	if (trial->bpf)
		t->on_bpf++;
	else
		refused(t, trial, "eBPF", &t->no_bpf);
}

static bool compare(struct totals *t, struct trial *trial,
		    const struct frame *frame, FILE *out)
{
	static struct parse_result ref, res;
	bool equal = true;

	reference_run(trial->made, frame->data, frame->len, trial->inputs, &ref);
	if (trial->tcam) {
		memset(&res, 0xa5, sizeof(res));
		tcam_run(trial->tcam, frame->data, frame->len, trial->inputs, &res);
		equal = results_equal(trial->made, "reference", &ref, "device",
				      &res, out);
	}
	if (trial->bpf && frame->len >= RUN_MIN_FRAME) {
		equal &= bpf_equal(trial->read.parser, trial->bpf, frame,
				   trial->inputs, &ref, out);
		t->bpf_packets++;
	}
	t->verdicts[ref.verdict]++;
	t->packets++;
	t->written += __builtin_popcountll(ref.present);
	t->nodes += ref.nodes;
	return equal;
}

/* Bytes in memory of just their size, for the sanitizers */
static bool run_packet(struct totals *t, struct trial *trial)
{
	struct frame frame = { .len = trial->packet.len };
	bool equal;

	frame.data = xcalloc(1, frame.len);
	memcpy(frame.data, trial->packet.data, frame.len);
	equal = compare(t, trial, &frame, NULL);
	if (!equal) {
		fail(t, trial, "the bodies differ:");
		compare(t, trial, &frame, stdout);
		print_frame(stdout, &frame);
		dump(t, trial);
	}
	free(frame.data);
	return equal;
}

static bool run_packets(struct totals *t, struct trial *trial)
{
	for (uint32_t i = 0; i < t->opt.packets; i++) {
		random_packet(&trial->rng, trial->made, &trial->packet);
		trial->inputs = rnd(&trial->rng, 8);
		if (!run_packet(t, trial))
			return false;
	}
	return true;
}

/* Right in form, but drawn so that something in it can never be: with few of
 * these the parsers are still random
 */
static bool is_senseless(struct totals *t, const struct trial *trial)
{
	static const char *const reasons[] = {
		"no value of field", "never fits",
	};
	struct buffer text = {};
	bool known = false;

	diag_take(t, &text);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		known |= strstr(text.data, reasons[i]) != NULL;
	if (!known) {
		fail(t, trial, "the check does not accept it:");
		print_commented(text.data);
	}
	buffer_free(&text);
	t->senseless += known;
	return known;
}

static bool run_trial(struct totals *t, uint32_t number)
{
	struct trial trial = { .seed = t->opt.seed + number };
	bool good = false;

	rng_seed(&trial.rng, ~trial.seed);
	trial.made = random_parser(trial.seed, t->opt.features);
	if (!parser_check("random", trial.made))
		good = is_senseless(t, &trial);
	else if (read_back(t, &trial) && open_device(t, &trial)) {
		open_bpf(t, &trial, number);
		good = run_packets(t, &trial);
	}
	bpf_body_close(trial.bpf);
	tcam_free(trial.tcam);
	parser_free(trial.read.parser);
	parser_free(trial.made);
	buffer_free(&trial.read.cpr);
	return good;
}

/* ---- the whole --------------------------------------------------------------------- */

static bool leave_out(struct options *opt, const char *name)
{
	for (int i = 0; i < NUM_FEATURES; i++)
		if (!strcmp(feature_names[i], name)) {
			opt->features &= ~(1U << i);
			return true;
		}
	fprintf(stderr, "random_parsers: there is no feature %s, only", name);
	for (int i = 0; i < NUM_FEATURES; i++)
		fprintf(stderr, " %s", feature_names[i]);
	fputc('\n', stderr);
	return false;
}

static bool parse_on(struct options *opt, const char *name)
{
	opt->no_device = strcmp(name, "device");
	opt->no_bpf = strcmp(name, "bpf");
	return !opt->no_device || !opt->no_bpf || !strcmp(name, "reference");
}

static bool parse_args(struct options *opt, int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "s:n:p:b:o:x:c:d:k")) >= 0) {
		if (c == 's')
			opt->seed = strtoull(optarg, NULL, 0);
		else if (c == 'n')
			opt->parsers = strtoul(optarg, NULL, 0);
		else if (c == 'p')
			opt->packets = strtoul(optarg, NULL, 0);
		else if (c == 'b')
			opt->bpf_parsers = strtoul(optarg, NULL, 0);
		else if (c == 'c')
			opt->cprs = optarg;
		else if (c == 'd')
			opt->dir = optarg;
		else if (c == 'o' && parse_on(opt, optarg))
			continue;
		else if (c == 'k')
			opt->keep_on = true;
		else if (c != 'x' || !leave_out(opt, optarg))
			return false;
	}
	return optind == argc;
}

static void print_totals(const struct totals *t, uint32_t parsers)
{
	printf("# %u parsers, %u of them senseless, %u not on the device; %u on eBPF, %u not\n",
	       parsers, t->senseless, t->no_device, t->on_bpf, t->no_bpf);
	printf("# %llu packets, %llu of them on eBPF; %llu counted nodes, %llu outputs; verdicts",
	       (unsigned long long)t->packets,
	       (unsigned long long)t->bpf_packets,
	       (unsigned long long)t->nodes, (unsigned long long)t->written);
	for (int i = 0; i < PARSE_NUM_VERDICTS; i++)
		printf(" %s %llu", parse_verdict_names[i],
		       (unsigned long long)t->verdicts[i]);
	putchar('\n');
}

int main(int argc, char **argv)
{
	struct totals t = { .opt = { .seed = 1, .parsers = 100, .packets = 100,
				     .features = ~0U } };
	char *target = target_path("netdevsim");
	bool good = parse_args(&t.opt, argc, argv) &&
		    device_read(target, &t.device);
	uint32_t i = 0;

	free(target);
	if (good && t.opt.cprs)
		t.cprs = fopen(t.opt.cprs, "we");
	if (!good || (t.opt.cprs && !t.cprs) || !diag_start(&t))
		return OC_EXIT_USAGE;
	while (i < t.opt.parsers && (run_trial(&t, i++) || t.opt.keep_on))
		;
	if (t.cprs)
		good = !fclose(t.cprs);
	print_totals(&t, i);
	good = good && !t.failed && t.senseless <= i / 10;
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
