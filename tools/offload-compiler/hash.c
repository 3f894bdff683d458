// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Digests, by libcrypto */
#include <string.h>

#include <openssl/evp.h>

#include "oc.h"

/* What the kernel accepts: net/core/netprog_image.c */
static const char * const algorithms[] = { "sha256", "sha384", "sha512" };

static bool is_known(const char *alg)
{
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++)
		if (!strcmp(alg, algorithms[i]))
			return true;
	return false;
}

bool digest_make(const char *alg, const void *data, size_t size,
		 struct digest *digest)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int len;

	memset(digest, 0, sizeof(*digest));
	if (!is_known(alg)) {
		diag_error("offload-compiler", 0, NULL,
			   "unknown digest \"%s\": sha256, sha384 or sha512",
			   alg);
		return false;
	}
	if (!EVP_Digest(data, size, bytes, &len, EVP_get_digestbyname(alg),
			NULL) || len > sizeof(digest->bytes)) {
		diag_error("offload-compiler", 0, NULL,
			   "libcrypto cannot make a %s digest", alg);
		return false;
	}
	strcpy(digest->alg, alg);
	digest->len = len;
	memcpy(digest->bytes, bytes, len);
	return true;
}

void digest_hex(const struct digest *digest,
		char hex[2 * NETPROG_HASH_MAX + 1])
{
	for (uint32_t i = 0; i < digest->len; i++)
		sprintf(&hex[2 * i], "%02x", digest->bytes[i]);
	hex[2 * digest->len] = '\0';
}
