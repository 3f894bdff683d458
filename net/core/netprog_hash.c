// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: identities
 *
 * The identity of a program is the digest of its CPR. An image carries the CPR
 * itself, so that the kernel computes the digest. The kernel's body is an eBPF
 * program, and says its identity in a BTF declaration tag on its entry
 * function: "netprog:KIND:ALG:HEX".
 */

#include <crypto/hash.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <linux/ctype.h>
#include <linux/hex.h>
#include <kunit/visibility.h>

#include "netprog.h"

static const struct {
	const char *alg;
	unsigned int len;
} netprog_digests[] = {
	{ "sha256", 32 },
	{ "sha384", 48 },
	{ "sha512", 64 },
};

static const char *const netprog_kind_names[] = {
	[NETPROG_KIND_PARSER]	= "parser",
	[NETPROG_KIND_GSO]	= "gso",
	[NETPROG_KIND_GRO]	= "gro",
};

/**
 * netprog_digest_len - size of a digest that may be an identity
 * @alg: name of the digest
 *
 * Return: bytes, or -EOPNOTSUPP for an algorithm that is not accepted.
 */
int netprog_digest_len(const char *alg)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(netprog_digests); i++)
		if (!strcmp(alg, netprog_digests[i].alg))
			return netprog_digests[i].len;

	return -EOPNOTSUPP;
}

/**
 * netprog_digest - compute the identity of a CPR
 * @alg: name of the digest, one that netprog_digest_len() accepts
 * @data: the CPR
 * @len: bytes of @data
 * @out: at least netprog_digest_len() bytes
 *
 * Context: process; may load a crypto module.
 * Return: 0, or a negative errno of the crypto API.
 */
int netprog_digest(const char *alg, const void *data, size_t len, u8 *out)
{
	struct crypto_shash *tfm;
	int err;

	tfm = crypto_alloc_shash(alg, 0, 0);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);

	err = crypto_shash_tfm_digest(tfm, data, len, out);
	crypto_free_shash(tfm);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(netprog_digest);

/* Only one spelling of a digest exists: lower case, all of it */
static int netprog_tag_hex(const char *hex, struct netprog_hash *hash)
{
	size_t i;

	if (strlen(hex) != 2 * (size_t)hash->len)
		return -EINVAL;
	for (i = 0; i < 2 * (size_t)hash->len; i++)
		if (!isxdigit(hex[i]) || isupper(hex[i]))
			return -EINVAL;

	return hex2bin(hash->data, hex, hash->len);
}

/**
 * netprog_tag_parse - read an identity from a BTF declaration tag
 * @tag: what stands behind "netprog:", that is "KIND:ALG:HEX"
 * @kind: what the program does
 * @hash: its identity
 *
 * Return: 0, -EINVAL for a tag that is not of this form, -EOPNOTSUPP for a
 * digest that is not accepted.
 */
int netprog_tag_parse(const char *tag, enum netprog_kind *kind,
		      struct netprog_hash *hash)
{
	const char *alg, *hex;
	int i, len;

	memset(hash, 0, sizeof(*hash));

	alg = strchr(tag, ':');
	hex = alg ? strchr(alg + 1, ':') : NULL;
	if (!hex)
		return -EINVAL;
	alg++;
	if (hex - alg >= sizeof(hash->alg))
		return -EOPNOTSUPP;

	for (i = 0; i < ARRAY_SIZE(netprog_kind_names); i++)
		if (strlen(netprog_kind_names[i]) == alg - 1 - tag &&
		    !strncmp(netprog_kind_names[i], tag, alg - 1 - tag))
			break;
	if (i == ARRAY_SIZE(netprog_kind_names))
		return -EINVAL;
	*kind = i;

	memcpy(hash->alg, alg, hex - alg);
	len = netprog_digest_len(hash->alg);
	if (len < 0)
		return len;
	hash->len = len;

	return netprog_tag_hex(hex + 1, hash);
}
EXPORT_SYMBOL_IF_KUNIT(netprog_tag_parse);

/**
 * netprog_prog_hash - identity of an eBPF program
 * @prog: eBPF program
 * @kind: what it is attached for
 * @hash: its identity; @hash->len is 0 if there is an error
 *
 * Return: 0, -ENOENT if its entry function has no tag, -EEXIST if it has more
 * than one, or an error of netprog_tag_parse().
 */
int netprog_prog_hash(const struct bpf_prog *prog, enum netprog_kind kind,
		      struct netprog_hash *hash)
{
	const struct bpf_prog_aux *aux = prog->aux;
	enum netprog_kind tagged;
	const struct btf_type *t;
	const char *tag;
	int err;

	hash->len = 0;
	if (!aux->btf || aux->func_idx >= aux->func_info_cnt)
		return -ENOENT;
	t = btf_type_by_id(aux->btf, aux->func_info[aux->func_idx].type_id);
	if (!t || !btf_type_is_func(t))
		return -ENOENT;

	tag = btf_find_decl_tag_value(aux->btf, t, -1, NETPROG_BTF_TAG_PREFIX);
	if (IS_ERR(tag))
		return PTR_ERR(tag);

	err = netprog_tag_parse(tag, &tagged, hash);
	if (!err && tagged != kind)
		err = -EINVAL;
	if (err)
		hash->len = 0;
	return err;
}
