// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz the kernel's check of images, the very file net/core/netprog_image.c,
 * with the address and undefined behaviour sanitizers.
 *
 * The digest is replaced by a cheap one, and the input's own is corrected
 * where it can be found, so that the fuzzer gets behind the comparison. What is
 * accepted is read to its last byte; what is refused must say why.
 */

#include "shim.h"
#include "netprog.h"

/* libFuzzer calls it */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static volatile unsigned int sink;

int netprog_digest_len(const char *alg)
{
	if (!strcmp(alg, "sha256"))
		return 32;
	return strcmp(alg, "sha512") ? -EOPNOTSUPP : 64;
}

int netprog_digest(const char *alg, const void *data, size_t len, u8 *out)
{
	const u8 *byte = data;
	u32 sum = 1;

	(void)alg;
	for (; len; len--)
		sum = sum * 31 + *byte++;
	memset(out, 0, NETPROG_HASH_MAX);
	memcpy(out, &sum, sizeof(sum));
	return 0;
}

static bool fuzz_inside(const struct netprog_image_section *s, size_t size)
{
	return s->offset <= size && s->size <= size - s->offset;
}

/* A proof right behind its payload gets the digests of that and of a CPR */
static void fuzz_correct_proof(u8 *image, size_t size,
			       const struct netprog_image_section *payload,
			       const struct netprog_image_section *cpr)
{
	const struct netprog_image_section *s = payload + 1;
	struct netprog_image_proof proof;

	if (!cpr || payload->type != NETPROG_SECTION_PAYLOAD ||
	    s->type != NETPROG_SECTION_PROOF || s->size != sizeof(proof) ||
	    !fuzz_inside(cpr, size) || !fuzz_inside(payload, size) ||
	    !fuzz_inside(s, size))
		return;
	memcpy(&proof, image + s->offset, sizeof(proof));
	netprog_digest("", image + cpr->offset, cpr->size, proof.cpr);
	netprog_digest("", image + payload->offset, payload->size,
		       proof.payload);
	memcpy(image + s->offset, &proof, sizeof(proof));
}

/* A descriptor whose next section is a CPR gets that one's digest */
static void fuzz_correct(u8 *image, size_t size)
{
	struct netprog_image_hdr *hdr = (void *)image;
	struct netprog_image_section *s = (void *)(hdr + 1);
	struct netprog_image_section *cpr = NULL;
	struct netprog_image_program *p;
	size_t i, num;

	if (size < sizeof(*hdr))
		return;
	memcpy(hdr->magic, NETPROG_IMAGE_MAGIC, NETPROG_IMAGE_MAGIC_LEN);
	hdr->size = size;
	num = (size - sizeof(*hdr)) / sizeof(*s);
	if (num > hdr->num_sections)
		num = hdr->num_sections;
	for (i = 1; i < num; i++) {
		fuzz_correct_proof(image, size, &s[i - 1], cpr);
		if (s[i - 1].type != NETPROG_SECTION_PROGRAM ||
		    s[i - 1].size != sizeof(*p) ||
		    s[i].type != NETPROG_SECTION_CPR ||
		    !fuzz_inside(&s[i - 1], size) || !fuzz_inside(&s[i], size))
			continue;
		p = (void *)(image + s[i - 1].offset);
		if (!IS_ALIGNED((size_t)p, 4))
			continue;
		cpr = &s[i];
		netprog_digest("", image + s[i].offset, s[i].size, p->hash);
	}
}

static void fuzz_read(const void *data, size_t len)
{
	const u8 *byte = data;

	for (; len; len--)
		sink += *byte++;
}

static void fuzz_use(const struct netprog_image *image)
{
	const struct netprog_image_prog *prog;
	const void *payload;
	unsigned int i;
	size_t len;

	for (i = 0; i < image->num_progs; i++) {
		prog = &image->progs[i];
		fuzz_read(prog->name, strlen(prog->name));
		fuzz_read(prog->cpr, prog->cpr_len);
		fuzz_read(prog->tables,
			  prog->num_tables * sizeof(*prog->tables));
		payload = netprog_image_payload(image, i, "netdevsim", &len);
		if (payload)
			fuzz_read(payload, len);
	}
	fuzz_read(image->signature, image->signature_len);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct netlink_ext_ack extack = {};
	struct netprog_image *image;
	u8 *copy = malloc(size ? size : 1);

	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	fuzz_correct(copy, size);
	image = netprog_image_parse(copy, size, &extack);
	free(copy);
	if (IS_ERR(image)) {
		if (!extack.msg[0])
			abort();
		return 0;
	}
	fuzz_use(image);
	netprog_image_free(image);
	return 0;
}
