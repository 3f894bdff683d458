// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* flow_keys FILE: the flow keys that a parser finds in the packets of standard
 * input, one line each, by the interpreter; with -d by the device's TCAM.
 */
#include "flow_keys.h"
#include "load.h"

static const char *const results[PARSE_NUM_VERDICTS] = {
	[PARSE_OKAY]		= "ok",
	[PARSE_LIMIT_NODES]	= "ok",
	[PARSE_LIMIT_ENCAPS]	= "ok",
	[PARSE_FAIL]		= "drop",
	[PARSE_TRUNCATED]	= "drop",
	[PARSE_BAD_LENGTH]	= "drop",
	[PARSE_NO_MATCH]	= "drop",
	[PARSE_LIMIT_REPEAT]	= "continue",
	[PARSE_LIMIT_COUNTER]	= "continue",
	[PARSE_LIMIT_LOOP]	= "continue",
	[PARSE_WINDOW]		= "continue",
};

static struct tcam *lower(const char *path, const struct parser *parser)
{
	struct buffer blob = {};
	struct device device;
	char *target = target_path("netdevsim");
	struct tcam *tcam = NULL;

	if (device_read(target, &device))
		tcam = tcam_lower(path, parser, &device, &blob);
	buffer_free(&blob);
	free(target);
	return tcam;
}

static void run(const struct parser *parser, const struct tcam *tcam)
{
	static unsigned char frame[65536];
	unsigned int flags, len;
	struct bpf_flow_keys keys;
	struct parse_result res;

	while (flow_keys_next(&flags, frame, sizeof(frame), &len)) {
		memset(&res, 0, sizeof(res));
		if (tcam)
			tcam_run(tcam, frame, len, flags, &res);
		else
			reference_run(parser, frame, len, flags, &res);
		parse_keys_project(parser->outputs, parser->num_outputs, &res,
				   flags, &keys);
		flow_keys_print(results[res.verdict], &keys);
	}
}

int main(int argc, char **argv)
{
	bool device = argc == 3 && !strcmp(argv[1], "-d");
	struct loaded_list list = {};
	struct tcam *tcam = NULL;

	if (argc != 2 + device) {
		fprintf(stderr, "usage: flow_keys [-d] FILE\n");
		return OC_EXIT_USAGE;
	}
	if (!load_file(argv[1 + device], "sha256", &list) || list.num != 1)
		return OC_EXIT_WRONG;
	if (device) {
		tcam = lower(argv[2], list.programs[0].parser);
		if (!tcam)
			return OC_EXIT_WRONG;
	}
	run(list.programs[0].parser, tcam);
	tcam_free(tcam);
	loaded_free(&list);
	return OC_EXIT_GOOD;
}
