// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* offload-compiler check-proof: is a certificate of `prove` a proof? */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "proof.h"
#include "prove_file.h"

static bool same_digest(const struct digest *a, const struct digest *b)
{
	return a->len == b->len && !strcmp(a->alg, b->alg) &&
	       !memcmp(a->bytes, b->bytes, a->len);
}

static bool is_about(const struct certificate *proof,
		     const struct prove_file f[2])
{
	static const char * const nth[] = { "first", "second" };

	for (int i = 0; i < 2; i++) {
		if (same_digest(&proof->digest[i], &f[i].body.digest))
			continue;
		diag_error(proof->path, 0, NULL,
			   "proves something about another %s parser than %s",
			   nth[i], f[i].path);
		return false;
	}
	return true;
}

static bool check(const struct certificate *proof, const struct prove_file f[2])
{
	struct check_result result = {};
	struct sym_machine *m, *n = NULL;

	m = body_machine(&f[0].body, &result.why);
	if (m)
		n = body_machine(&f[1].body, &result.why);
	if (n)
		proof_check(proof, m, n, &result);
	if (result.why)
		diag_error(proof->path, 0, NULL, "is no proof: %s", result.why);
	else
		printf("valid: %u places, %llu ways between them\n",
		       proof->num_claims, (unsigned long long)result.ways);
	sym_free(m);
	sym_free(n);
	free(result.why);
	return !result.why;
}

static bool check_file(const char *path, const struct prove_file f[2])
{
	struct certificate proof;
	struct buffer text = {};
	bool good;

	if (!file_read(path, &text))
		return false;
	good = certificate_read(path, &text, &proof) && is_about(&proof, f) &&
	       check(&proof, f);
	certificate_free(&proof);
	buffer_free(&text);
	return good;
}

int cmd_check_proof(int argc, char **argv)
{
	static const struct option options[] = {
		{ "target", required_argument, NULL, 't' },
		{}
	};
	struct prove_file f[2] = {};
	const char *target = NULL;
	struct device device;
	bool good;
	char *path;
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (opt != 't')
			return OC_EXIT_USAGE;
		target = optarg;
	}
	if (optind + 3 != argc) {
		fputs("offload-compiler check-proof: needs a certificate and two FILEs; see `offload-compiler help check-proof`\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	path = target ? xstrdup(target) : target_path("netdevsim");
	f[0].path = argv[optind + 1];
	f[1].path = argv[optind + 2];
	good = device_read(path, &device) && prove_open(&f[0], &device) &&
	       prove_open(&f[1], &device) && check_file(argv[optind], f);
	free(path);
	prove_close(&f[0]);
	prove_close(&f[1]);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
