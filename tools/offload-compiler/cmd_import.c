// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler import: XDP2's and kParser's JSON */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"

static int usage(const char *what)
{
	fprintf(stderr, "offload-compiler import: %s; see `offload-compiler help import`\n",
		what);
	return OC_EXIT_USAGE;
}

static bool read_dialect(const char *word, enum dialect *dialect)
{
	if (!strcmp(word, "xdp2"))
		*dialect = DIALECT_XDP2;
	else if (!strcmp(word, "kparser"))
		*dialect = DIALECT_KPARSER;
	else
		return false;
	return true;
}

static bool read_bytes(const char *word, uint32_t *bytes)
{
	char *end;
	unsigned long value = strtoul(word, &end, 10);

	*bytes = value;
	return *word && !*end && value >= 1 && value <= MAX_BYTES;
}

static int import_file(const char *path, const char *output,
		       const struct import_options *options)
{
	struct buffer in = {}, cpr = {};
	struct parser *parser = NULL;
	struct digest digest;
	char hex[2 * NETPROG_HASH_MAX + 1];
	bool good = false;

	if (file_read(path, &in))
		parser = import_parser(path, in.data, in.size, options);
	if (parser)
		good = cpr_write(parser, &cpr) &&
		       digest_make("sha256", cpr.data, cpr.size, &digest) &&
		       file_write(output, cpr.data, cpr.size);
	if (good) {
		digest_hex(&digest, hex);
		printf("%s  %s\n", hex, parser->name);
	}
	parser_free(parser);
	buffer_free(&cpr);
	buffer_free(&in);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}

int cmd_import(int argc, char **argv)
{
	static const struct option options[] = {
		{ "dialect", required_argument, NULL, 'd' },
		{ "parser", required_argument, NULL, 'p' },
		{ "max-bytes", required_argument, NULL, 'b' },
		{}
	};
	struct import_options want = {};
	const char *output = NULL;
	int opt;

	while ((opt = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		if (opt == '?')
			return OC_EXIT_USAGE;
		if (opt == 'o')
			output = optarg;
		if (opt == 'p')
			want.parser = optarg;
		if (opt == 'd' && !read_dialect(optarg, &want.dialect))
			return usage("--dialect is xdp2 or kparser");
		if (opt == 'b' && !read_bytes(optarg, &want.max_bytes))
			return usage("--max-bytes is 1 to 65535");
	}
	if (optind + 1 != argc)
		return usage("needs one FILE.json");
	if (!output)
		return usage("needs -o NAME.cpr.json");
	return import_file(argv[optind], output, &want);
}
