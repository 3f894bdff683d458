// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: the check of an image
 *
 * An image comes from a file and is not trusted. Everything that is ever read
 * from it is checked here, once: behind this file nobody compares a length.
 * See include/uapi/linux/netprog.h for the format.
 */

#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <kunit/visibility.h>

#include "netprog.h"

static const struct netprog_image_section *
image_sections(const struct netprog_image *image)
{
	return image->data + sizeof(struct netprog_image_hdr);
}

static u32 image_num_sections(const struct netprog_image *image)
{
	const struct netprog_image_hdr *hdr = image->data;

	return le32_to_cpu(hdr->num_sections);
}

static bool image_zero(const void *p, size_t len)
{
	return !len || !memchr_inv(p, 0, len);
}

/* A name ends in the field, is zero behind its end, and prints anywhere */
static bool image_name_ok(const u8 *name, size_t len)
{
	size_t i, n = strnlen(name, len);

	if (!n || n == len || !image_zero(name + n, len - n))
		return false;
	for (i = 0; i < n; i++)
		if (name[i] <= ' ' || name[i] > '~' || name[i] == '"' ||
		    name[i] == '/' || name[i] == '\\')
			return false;
	return true;
}

static int image_check_header(const struct netprog_image *image,
			      struct netlink_ext_ack *extack)
{
	const struct netprog_image_hdr *hdr = image->data;
	u32 num;

	if (memcmp(hdr->magic, NETPROG_IMAGE_MAGIC, NETPROG_IMAGE_MAGIC_LEN)) {
		NL_SET_ERR_MSG(extack, "File is no network program image");
		return -EINVAL;
	}
	if (le32_to_cpu(hdr->version) != NETPROG_IMAGE_VERSION) {
		NL_SET_ERR_MSG_FMT(extack, "Image has version %u, not %u",
				   le32_to_cpu(hdr->version),
				   NETPROG_IMAGE_VERSION);
		return -EOPNOTSUPP;
	}
	if (le32_to_cpu(hdr->size) != image->size) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Image has %zu bytes, its header says %u",
				   image->size, le32_to_cpu(hdr->size));
		return -EINVAL;
	}
	if (hdr->reserved) {
		NL_SET_ERR_MSG(extack,
			       "Reserved field of the image header is not zero");
		return -EINVAL;
	}

	num = le32_to_cpu(hdr->num_sections);
	if (!num || num > NETPROG_IMAGE_MAX_SECTIONS) {
		NL_SET_ERR_MSG_FMT(extack, "Image has %u sections, not 1 to %u",
				   num, NETPROG_IMAGE_MAX_SECTIONS);
		return -EINVAL;
	}
	if (sizeof(*hdr) + num * sizeof(struct netprog_image_section) >
	    image->size) {
		NL_SET_ERR_MSG(extack, "Image ends inside its section table");
		return -EINVAL;
	}
	return 0;
}

/* What a section's entry says must fit its type */
static int image_check_entry(const struct netprog_image_section *s, u32 i,
			     bool last, struct netlink_ext_ack *extack)
{
	u32 type = le32_to_cpu(s->type);
	u32 program = le32_to_cpu(s->program);

	if (type < NETPROG_SECTION_PROGRAM || type > NETPROG_SECTION_PROOF) {
		NL_SET_ERR_MSG_FMT(extack, "Section %u has unknown type %u",
				   i, type);
		return -EINVAL;
	}
	if (program >= NETPROG_MAX_PROGRAMS) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Section %u is for program %u, of at most %u",
				   i, program, NETPROG_MAX_PROGRAMS);
		return -EINVAL;
	}
	if (type == NETPROG_SECTION_PAYLOAD || type == NETPROG_SECTION_PROOF) {
		if (!image_name_ok(s->target, sizeof(s->target))) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Section %u has a bad target name",
					   i);
			return -EINVAL;
		}
	} else if (!image_zero(s->target, sizeof(s->target))) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Section %u has a target, which its type has not",
				   i);
		return -EINVAL;
	}
	if (type == NETPROG_SECTION_SIGNATURE && (program || !last)) {
		NL_SET_ERR_MSG(extack,
			       "Signature is not the last section of the image");
		return -EINVAL;
	}
	return 0;
}

/* Sections ascend, do not overlap, lie in the image, and gaps are zero */
static int image_check_layout(const struct netprog_image *image,
			      struct netlink_ext_ack *extack)
{
	const struct netprog_image_section *s = image_sections(image);
	u32 i, num = image_num_sections(image);
	size_t end = (const void *)(s + num) - image->data;
	size_t offset, size;
	int err;

	for (i = 0; i < num; i++) {
		offset = le32_to_cpu(s[i].offset);
		size = le32_to_cpu(s[i].size);

		if (!IS_ALIGNED(offset, NETPROG_IMAGE_ALIGN)) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Section %u is not aligned to %u bytes",
					   i, NETPROG_IMAGE_ALIGN);
			return -EINVAL;
		}
		if (offset < end) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Section %u overlaps what is before it",
					   i);
			return -EINVAL;
		}
		if (!size) {
			NL_SET_ERR_MSG_FMT(extack, "Section %u is empty", i);
			return -EINVAL;
		}
		if (offset > image->size || size > image->size - offset) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Section %u reaches behind the image",
					   i);
			return -EINVAL;
		}
		if (!image_zero(image->data + end, offset - end)) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Padding before section %u is not zero",
					   i);
			return -EINVAL;
		}
		err = image_check_entry(&s[i], i, i == num - 1, extack);
		if (err)
			return err;
		end = offset + size;
	}
	if (!image_zero(image->data + end, image->size - end)) {
		NL_SET_ERR_MSG(extack,
			       "Bytes behind the last section are not zero");
		return -EINVAL;
	}
	return 0;
}

static int image_check_program(struct netprog_image *image, u32 index,
			       const struct netprog_image_program *p,
			       struct netlink_ext_ack *extack)
{
	struct netprog_image_prog *prog = &image->progs[index];
	int len;

	if (!image_name_ok(p->name, sizeof(p->name))) {
		NL_SET_ERR_MSG_FMT(extack, "Program %u has a bad name", index);
		return -EINVAL;
	}
	if (le32_to_cpu(p->kind) >= __NETPROG_KIND_MAX) {
		NL_SET_ERR_MSG_FMT(extack, "Program %u has unknown kind %u",
				   index, le32_to_cpu(p->kind));
		return -EINVAL;
	}
	if (!image_name_ok(p->hash_alg, sizeof(p->hash_alg))) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u has a bad hash algorithm name",
				   index);
		return -EINVAL;
	}
	len = netprog_digest_len(p->hash_alg);
	if (len < 0) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: hash algorithm %s is not accepted",
				   index, p->hash_alg);
		return len;
	}
	if (le32_to_cpu(p->hash_len) != len) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: hash of %s has %u bytes, not %d",
				   index, p->hash_alg,
				   le32_to_cpu(p->hash_len), len);
		return -EINVAL;
	}
	if (!image_zero(p->hash + len, sizeof(p->hash) - len) || p->reserved) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: unused bytes are not zero",
				   index);
		return -EINVAL;
	}

	memcpy(prog->name, p->name, sizeof(prog->name));
	prog->kind = le32_to_cpu(p->kind);
	memcpy(prog->hash.alg, p->hash_alg, sizeof(prog->hash.alg));
	prog->hash.len = len;
	memcpy(prog->hash.data, p->hash, sizeof(prog->hash.data));
	prog->max_bytes = le32_to_cpu(p->max_bytes);
	prog->max_nodes = le32_to_cpu(p->max_nodes);
	prog->max_encaps = le32_to_cpu(p->max_encaps);
	return 0;
}

static int image_check_table(const struct netprog_image_table *t, u32 prog,
			     u32 i, struct netlink_ext_ack *extack)
{
	if (!image_name_ok(t->name, sizeof(t->name))) {
		NL_SET_ERR_MSG_FMT(extack, "Program %u: table %u has a bad name",
				   prog, i);
		return -EINVAL;
	}
	if (le32_to_cpu(t->owner) >= __NETPROG_OWNER_MAX) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: table %s has unknown owner %u",
				   prog, t->name, le32_to_cpu(t->owner));
		return -EINVAL;
	}
	if (le32_to_cpu(t->match) >= __NETPROG_MATCH_MAX) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: table %s has unknown match %u",
				   prog, t->name, le32_to_cpu(t->match));
		return -EINVAL;
	}
	if (!t->key_bits || !t->size) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: table %s has no key or no entry",
				   prog, t->name);
		return -EINVAL;
	}
	return 0;
}

static int image_check_tables(struct netprog_image_prog *prog, u32 index,
			      const void *data, u32 size,
			      struct netlink_ext_ack *extack)
{
	const struct netprog_image_table *t = data;
	u32 i, j, num = size / sizeof(*t);
	int err;

	if (size % sizeof(*t) || num > NETPROG_MAX_TABLES) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: %u bytes are not 1 to %u tables",
				   index, size, NETPROG_MAX_TABLES);
		return -EINVAL;
	}
	for (i = 0; i < num; i++) {
		err = image_check_table(&t[i], index, i, extack);
		if (err)
			return err;
		for (j = 0; j < i; j++)
			if (!memcmp(t[i].name, t[j].name, sizeof(t->name))) {
				NL_SET_ERR_MSG_FMT(extack,
						   "Program %u: table %s appears twice",
						   index, t[i].name);
				return -EINVAL;
			}
	}
	prog->tables = t;
	prog->num_tables = num;
	return 0;
}

/* Whether section @i repeats one before it that may be there only once */
static bool image_section_twice(const struct netprog_image *image, u32 i)
{
	const struct netprog_image_section *s = image_sections(image);
	u32 j;

	for (j = 0; j < i; j++)
		if (s[j].type == s[i].type && s[j].program == s[i].program &&
		    !memcmp(s[j].target, s[i].target, sizeof(s->target)))
			return true;
	return false;
}

static int image_read_section(struct netprog_image *image, u32 i,
			      struct netlink_ext_ack *extack)
{
	const struct netprog_image_section *s = &image_sections(image)[i];
	const void *data = image->data + le32_to_cpu(s->offset);
	u32 index = le32_to_cpu(s->program);
	struct netprog_image_prog *prog = &image->progs[index];
	u32 size = le32_to_cpu(s->size);

	switch (le32_to_cpu(s->type)) {
	case NETPROG_SECTION_PROGRAM:
		if (size != sizeof(struct netprog_image_program)) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Program %u: descriptor has %u bytes, not %zu",
					   index, size,
					   sizeof(struct netprog_image_program));
			return -EINVAL;
		}
		image->num_progs = max(image->num_progs, index + 1);
		return image_check_program(image, index, data, extack);
	case NETPROG_SECTION_CPR:
		prog->cpr = data;
		prog->cpr_len = size;
		return 0;
	case NETPROG_SECTION_TABLES:
		return image_check_tables(prog, index, data, size, extack);
	case NETPROG_SECTION_SIGNATURE:
		image->signature = data;
		image->signature_len = size;
		return 0;
	default: /* a payload is for the driver; a proof comes last */
		return 0;
	}
}

static int image_read_sections(struct netprog_image *image,
			       struct netlink_ext_ack *extack)
{
	const struct netprog_image_section *s = image_sections(image);
	u32 i, num = image_num_sections(image);
	int err;

	for (i = 0; i < num; i++) {
		if (image_section_twice(image, i)) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Section %u repeats an earlier one", i);
			return -EINVAL;
		}
		err = image_read_section(image, i, extack);
		if (err)
			return err;
	}
	if (!image->num_progs) {
		NL_SET_ERR_MSG(extack, "Image has no program");
		return -EINVAL;
	}
	for (i = 0; i < num; i++)
		if (le32_to_cpu(s[i].program) >= image->num_progs) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Section %u is for program %u, which is missing",
					   i, le32_to_cpu(s[i].program));
			return -EINVAL;
		}
	return 0;
}

static int image_check_digest(const struct netprog_image_prog *prog, u32 index,
			      struct netlink_ext_ack *extack)
{
	u8 digest[NETPROG_HASH_MAX];
	int err;

	err = netprog_digest(prog->hash.alg, prog->cpr, prog->cpr_len, digest);
	if (err) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: cannot compute %s, error %d",
				   index, prog->hash.alg, err);
		return err;
	}
	if (memcmp(digest, prog->hash.data, prog->hash.len)) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: hash is not the %s of its CPR",
				   index, prog->hash.alg);
		return -EBADMSG;
	}
	return 0;
}

/* Each index has a program, a CPR whose digest is right, and its own name */
static int image_check_programs(struct netprog_image *image,
				struct netlink_ext_ack *extack)
{
	u32 i, j;
	int err;

	for (i = 0; i < image->num_progs; i++) {
		struct netprog_image_prog *prog = &image->progs[i];

		if (!prog->hash.len) {
			NL_SET_ERR_MSG_FMT(extack,
					   "Program %u has no descriptor", i);
			return -EINVAL;
		}
		if (!prog->cpr) {
			NL_SET_ERR_MSG_FMT(extack, "Program %u has no CPR", i);
			return -EINVAL;
		}
		for (j = 0; j < i; j++)
			if (!strcmp(prog->name, image->progs[j].name)) {
				NL_SET_ERR_MSG_FMT(extack,
						   "Programs %u and %u have the same name",
						   j, i);
				return -EINVAL;
			}
		err = image_check_digest(prog, i, extack);
		if (err)
			return err;
	}
	return 0;
}

/* The record's own form; it prints anywhere */
static int image_check_proof_form(const struct netprog_image_proof *p,
				  u32 size, u32 index,
				  struct netlink_ext_ack *extack)
{
	if (size != sizeof(*p)) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: proof has %u bytes, not %zu",
				   index, size, sizeof(*p));
		return -EINVAL;
	}
	if (!image_name_ok(p->method, sizeof(p->method)) ||
	    !image_name_ok(p->tool, sizeof(p->tool))) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: proof has a bad method or tool name",
				   index);
		return -EINVAL;
	}
	if (p->reserved) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: reserved field of the proof is not zero",
				   index);
		return -EINVAL;
	}
	return 0;
}

/* It has to be about the very CPR and payload that are in the image */
static int image_check_proof(const struct netprog_image *image,
			     const struct netprog_image_section *s,
			     struct netlink_ext_ack *extack)
{
	const struct netprog_image_proof *p = image->data +
					      le32_to_cpu(s->offset);
	u32 index = le32_to_cpu(s->program);
	const struct netprog_hash *hash = &image->progs[index].hash;
	u8 digest[NETPROG_HASH_MAX] = {};
	const void *payload;
	size_t len;
	int err;

	err = image_check_proof_form(p, le32_to_cpu(s->size), index, extack);
	if (err)
		return err;
	payload = netprog_image_payload(image, index, s->target, &len);
	if (!payload) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: proof of a payload for %s, which is missing",
				   index, s->target);
		return -EINVAL;
	}
	err = netprog_digest(hash->alg, payload, len, digest);
	if (err) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: cannot compute %s, error %d",
				   index, hash->alg, err);
		return err;
	}
	if (memcmp(p->cpr, hash->data, sizeof(p->cpr)) ||
	    memcmp(p->payload, digest, sizeof(p->payload))) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: proof is of another CPR or payload",
				   index);
		return -EBADMSG;
	}
	if (!image_zero(p->certificate + hash->len,
			sizeof(p->certificate) - hash->len)) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Program %u: unused bytes of the proof are not zero",
				   index);
		return -EINVAL;
	}
	return 0;
}

static int image_check_proofs(const struct netprog_image *image,
			      struct netlink_ext_ack *extack)
{
	const struct netprog_image_section *s = image_sections(image);
	u32 i, num = image_num_sections(image);
	int err;

	for (i = 0; i < num; i++) {
		if (le32_to_cpu(s[i].type) != NETPROG_SECTION_PROOF)
			continue;
		err = image_check_proof(image, &s[i], extack);
		if (err)
			return err;
	}
	return 0;
}

static int image_check(struct netprog_image *image,
		       struct netlink_ext_ack *extack)
{
	int err;

	err = image_check_header(image, extack);
	if (err)
		return err;
	err = image_check_layout(image, extack);
	if (err)
		return err;
	err = image_read_sections(image, extack);
	if (err)
		return err;
	err = image_check_programs(image, extack);
	if (err)
		return err;
	return image_check_proofs(image, extack);
}

/**
 * netprog_image_parse - check an image and make a view of it
 * @data: bytes of the file
 * @size: number of bytes
 * @extack: says what is wrong with it
 *
 * The image has its own copy of @data.
 *
 * Context: process; may sleep.
 * Return: the image, to be freed with netprog_image_free(), or an ERR_PTR:
 * -EINVAL for a malformed image, -EFBIG for one that is too large, -EOPNOTSUPP
 * for a version or a digest that is not known, -EBADMSG for a wrong digest,
 * -ENOMEM, or an error of the crypto API.
 */
struct netprog_image *netprog_image_parse(const void *data, size_t size,
					  struct netlink_ext_ack *extack)
{
	struct netprog_image *image;
	int err;

	if (size < sizeof(struct netprog_image_hdr)) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Image has %zu bytes, less than its header",
				   size);
		return ERR_PTR(-EINVAL);
	}
	if (size > NETPROG_IMAGE_MAX_SIZE) {
		NL_SET_ERR_MSG_FMT(extack,
				   "Image has %zu bytes, more than %u",
				   size, NETPROG_IMAGE_MAX_SIZE);
		return ERR_PTR(-EFBIG);
	}

	image = kzalloc(sizeof(*image), GFP_KERNEL);
	if (!image)
		goto err_nomem;
	image->data = kvmemdup(data, size, GFP_KERNEL);
	if (!image->data)
		goto err_free;
	image->size = size;

	err = image_check(image, extack);
	if (err) {
		netprog_image_free(image);
		return ERR_PTR(err);
	}
	return image;

err_free:
	kfree(image);
err_nomem:
	NL_SET_ERR_MSG(extack, "No memory for the image");
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL_IF_KUNIT(netprog_image_parse);

/**
 * netprog_image_free - free an image
 * @image: what netprog_image_parse() returned, or NULL
 */
void netprog_image_free(struct netprog_image *image)
{
	if (!image)
		return;
	kvfree(image->data);
	kfree(image);
}
EXPORT_SYMBOL_IF_KUNIT(netprog_image_free);

/**
 * netprog_image_payload - device code of a program
 * @image: checked image
 * @prog: index of the program
 * @target: name of the device target
 * @len: set to the size of the payload, in bytes
 *
 * What is in a payload is the driver's to check. It is aligned to
 * NETPROG_IMAGE_ALIGN bytes and lives as long as the image.
 *
 * Return: the payload, NULL if the program has none for this target.
 */
const void *netprog_image_payload(const struct netprog_image *image,
				  unsigned int prog, const char *target,
				  size_t *len)
{
	const struct netprog_image_section *s = image_sections(image);
	u32 i, num = image_num_sections(image);

	for (i = 0; i < num; i++) {
		if (le32_to_cpu(s[i].type) != NETPROG_SECTION_PAYLOAD ||
		    le32_to_cpu(s[i].program) != prog ||
		    strcmp(s[i].target, target))
			continue;
		*len = le32_to_cpu(s[i].size);
		return image->data + le32_to_cpu(s[i].offset);
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(netprog_image_payload);
