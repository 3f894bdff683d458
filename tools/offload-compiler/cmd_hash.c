// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler hash */
#include <getopt.h>

#include "load.h"

int cmd_hash(int argc, char **argv)
{
	static const struct option options[] = {
		{ "hash", required_argument, NULL, 'a' },
		{}
	};
	char hex[2 * NETPROG_HASH_MAX + 1];
	const char *alg = "sha256";
	int status = OC_EXIT_GOOD;
	struct loaded_list list;
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt != 'a')
			return OC_EXIT_USAGE;
		alg = optarg;
	}
	if (optind == argc) {
		fputs("offload-compiler hash: needs a FILE; see `offload-compiler help hash`\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	for (; optind < argc; optind++) {
		if (!load_file(argv[optind], alg, &list)) {
			status = OC_EXIT_WRONG;
			continue;
		}
		for (uint32_t i = 0; i < list.num; i++) {
			digest_hex(&list.programs[i].digest, hex);
			printf("%s  %s\n", hex, list.programs[i].parser->name);
		}
		loaded_free(&list);
	}
	return status;
}
