// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit tests of network programs: the check of an image, and of a tag
 */

#include <kunit/test.h>
#include <kunit/visibility.h>
#include <linux/module.h>
#include <linux/netlink.h>

#include "netprog.h"

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);

#define TEST_CPR	"{\"cpr\":1,\"name\":\"t\"}"	/* 20 bytes */

enum {
	TEST_PROGRAM,
	TEST_CPR_SECTION,
	TEST_TABLES,
	TEST_PAYLOAD,
	TEST_PROOF,
	TEST_SIGNATURE,
	TEST_SECTIONS
};

/* An image with one section of each type, as it lies in a file */
struct test_image {
	struct netprog_image_hdr	hdr;
	struct netprog_image_section	s[TEST_SECTIONS];
	struct netprog_image_program	program;
	u8				cpr[24];
	struct netprog_image_table	table[2];
	u8				payload[16];
	struct netprog_image_proof	proof;
	u8				signature[8];
};

static void test_section(struct test_image *img, unsigned int i, u32 type,
			 size_t offset, size_t size)
{
	img->s[i].type = cpu_to_le32(type);
	img->s[i].offset = cpu_to_le32(offset);
	img->s[i].size = cpu_to_le32(size);
}

#define TEST_SECTION(img, i, type, member, size)			\
	test_section(img, i, type, offsetof(struct test_image, member), size)

static void test_build_sections(struct test_image *img)
{
	TEST_SECTION(img, TEST_PROGRAM, NETPROG_SECTION_PROGRAM, program,
		     sizeof(img->program));
	TEST_SECTION(img, TEST_CPR_SECTION, NETPROG_SECTION_CPR, cpr,
		     strlen(TEST_CPR));
	TEST_SECTION(img, TEST_TABLES, NETPROG_SECTION_TABLES, table,
		     sizeof(img->table));
	TEST_SECTION(img, TEST_PAYLOAD, NETPROG_SECTION_PAYLOAD, payload,
		     sizeof(img->payload));
	strscpy_pad(img->s[TEST_PAYLOAD].target, "netdevsim");
	TEST_SECTION(img, TEST_PROOF, NETPROG_SECTION_PROOF, proof,
		     sizeof(img->proof));
	strscpy_pad(img->s[TEST_PROOF].target, "netdevsim");
	TEST_SECTION(img, TEST_SIGNATURE, NETPROG_SECTION_SIGNATURE, signature,
		     sizeof(img->signature));
}

static void test_build_table(struct netprog_image_table *t, const char *name)
{
	strscpy_pad(t->name, name);
	t->owner = cpu_to_le32(NETPROG_OWNER_RAW);
	t->match = cpu_to_le32(NETPROG_MATCH_TERNARY);
	t->key_bits = cpu_to_le32(48);
	t->size = cpu_to_le32(16);
}

/* That the payload is the CPR, by a certificate of 32 bytes 0xcc */
static void test_build_proof(struct kunit *test, struct test_image *img)
{
	strscpy_pad(img->proof.method, "bisimulation");
	img->proof.version = cpu_to_le32(1);
	strscpy_pad(img->proof.tool, "tool-1");
	memcpy(img->proof.cpr, img->program.hash, sizeof(img->proof.cpr));
	KUNIT_ASSERT_EQ(test, 0, netprog_digest("sha256", img->payload,
						sizeof(img->payload),
						img->proof.payload));
	memset(img->proof.certificate, 0xcc, 32);
}

static struct test_image *test_build(struct kunit *test)
{
	struct test_image *img = kunit_kzalloc(test, sizeof(*img), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, img);
	memcpy(img->hdr.magic, NETPROG_IMAGE_MAGIC, NETPROG_IMAGE_MAGIC_LEN);
	img->hdr.version = cpu_to_le32(NETPROG_IMAGE_VERSION);
	img->hdr.num_sections = cpu_to_le32(TEST_SECTIONS);
	img->hdr.size = cpu_to_le32(sizeof(*img));
	test_build_sections(img);

	strscpy_pad(img->program.name, "t");
	img->program.kind = cpu_to_le32(NETPROG_KIND_PARSER);
	strscpy_pad(img->program.hash_alg, "sha256");
	img->program.hash_len = cpu_to_le32(32);
	img->program.max_bytes = cpu_to_le32(256);
	img->program.max_nodes = cpu_to_le32(32);
	img->program.max_encaps = cpu_to_le32(4);
	memcpy(img->cpr, TEST_CPR, strlen(TEST_CPR));
	KUNIT_ASSERT_EQ(test, 0, netprog_digest("sha256", img->cpr,
						strlen(TEST_CPR),
						img->program.hash));
	test_build_table(&img->table[0], "flows");
	test_build_table(&img->table[1], "routes");
	memset(img->payload, 0xaa, sizeof(img->payload));
	test_build_proof(test, img);
	memset(img->signature, 0x55, sizeof(img->signature));
	return img;
}

/* An exact copy of @size bytes, so that KASAN sees a read behind them */
static struct netprog_image *test_parse(struct kunit *test, const void *data,
					size_t size,
					struct netlink_ext_ack *extack)
{
	struct netprog_image *image;
	void *copy;

	memset(extack, 0, sizeof(*extack));
	copy = kmemdup(data, size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	image = netprog_image_parse(copy, size, extack);
	kfree(copy);
	return image;
}

static void image_accepted(struct kunit *test)
{
	struct test_image *img = test_build(test);
	struct netprog_image_prog *prog;
	struct netlink_ext_ack extack;
	struct netprog_image *image;
	const void *payload;
	size_t len = 0;

	image = test_parse(test, img, sizeof(*img), &extack);
	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(image), "%s", extack._msg);
	KUNIT_EXPECT_NULL(test, extack._msg);
	KUNIT_ASSERT_EQ(test, 1, image->num_progs);

	prog = &image->progs[0];
	KUNIT_EXPECT_STREQ(test, prog->name, "t");
	KUNIT_EXPECT_EQ(test, prog->kind, NETPROG_KIND_PARSER);
	KUNIT_EXPECT_STREQ(test, prog->hash.alg, "sha256");
	KUNIT_EXPECT_EQ(test, prog->hash.len, 32);
	KUNIT_EXPECT_MEMEQ(test, prog->hash.data, img->program.hash, 32);
	KUNIT_EXPECT_EQ(test, prog->max_bytes, 256);
	KUNIT_EXPECT_EQ(test, prog->max_nodes, 32);
	KUNIT_EXPECT_EQ(test, prog->max_encaps, 4);
	KUNIT_ASSERT_EQ(test, prog->cpr_len, strlen(TEST_CPR));
	KUNIT_EXPECT_MEMEQ(test, prog->cpr, TEST_CPR, prog->cpr_len);
	KUNIT_ASSERT_EQ(test, prog->num_tables, 2);
	KUNIT_EXPECT_STREQ(test, prog->tables[1].name, "routes");
	KUNIT_EXPECT_EQ(test, image->signature_len, sizeof(img->signature));

	payload = netprog_image_payload(image, 0, "netdevsim", &len);
	KUNIT_ASSERT_NOT_NULL(test, payload);
	KUNIT_ASSERT_EQ(test, len, sizeof(img->payload));
	KUNIT_EXPECT_MEMEQ(test, payload, img->payload, len);
	KUNIT_EXPECT_NULL(test, netprog_image_payload(image, 0, "x", &len));
	KUNIT_EXPECT_NULL(test,
			  netprog_image_payload(image, 1, "netdevsim", &len));
	netprog_image_free(image);
}

/* Cut anywhere, also where the header's size is made to agree */
static void image_cut_rejected(struct kunit *test)
{
	struct test_image *img = test_build(test);
	struct netlink_ext_ack extack;
	struct netprog_image *image;
	size_t size;
	int agree;

	for (size = 1; size < sizeof(*img); size++) {
		for (agree = 0; agree < 2; agree++) {
			img->hdr.size = cpu_to_le32(agree ? size :
						    sizeof(*img));
			image = test_parse(test, img, size, &extack);
			KUNIT_ASSERT_TRUE_MSG(test, IS_ERR(image),
					      "%zu bytes accepted", size);
			KUNIT_ASSERT_NOT_NULL(test, extack._msg);
		}
	}
	image = netprog_image_parse(img, 0, &extack);
	KUNIT_EXPECT_EQ(test, PTR_ERR(image), -EINVAL);
}

static void image_hash_flip_rejected(struct kunit *test)
{
	struct test_image *img = test_build(test);
	struct netlink_ext_ack extack;
	struct netprog_image *image;
	int bit;

	for (bit = 0; bit < 256; bit++) {
		img->program.hash[bit / 8] ^= BIT(bit % 8);
		image = test_parse(test, img, sizeof(*img), &extack);
		KUNIT_ASSERT_EQ_MSG(test, PTR_ERR_OR_ZERO(image), -EBADMSG,
				    "bit %d", bit);
		img->program.hash[bit / 8] ^= BIT(bit % 8);
	}
	KUNIT_EXPECT_STREQ(test, extack._msg,
			   "Program 0: hash is not the sha256 of its CPR");
}

/* One bit anywhere: accepted or not, but no crash and never without a word */
static void image_bit_flips_survived(struct kunit *test)
{
	struct test_image *img = test_build(test);
	struct netlink_ext_ack extack;
	struct netprog_image *image;
	u8 *bytes = (u8 *)img;
	size_t bit;

	for (bit = 0; bit < 8 * sizeof(*img); bit++) {
		bytes[bit / 8] ^= BIT(bit % 8);
		image = test_parse(test, img, sizeof(*img), &extack);
		if (IS_ERR(image))
			KUNIT_ASSERT_NOT_NULL_MSG(test, extack._msg,
						  "bit %zu", bit);
		else
			netprog_image_free(image);
		bytes[bit / 8] ^= BIT(bit % 8);
	}
}

struct image_reject {
	const char *desc;
	void (*breakage)(struct test_image *img);
	int err;
	const char *msg;
};

#define BREAK(fn, code)							\
	static void fn(struct test_image *img) { code; }

BREAK(b_magic, img->hdr.magic[0] ^= 1)
BREAK(b_version, img->hdr.version = cpu_to_le32(2))
BREAK(b_size, le32_add_cpu(&img->hdr.size, 1))
BREAK(b_hdr_reserved, img->hdr.reserved = cpu_to_le32(1))
BREAK(b_no_sections, img->hdr.num_sections = 0)
BREAK(b_many_sections, img->hdr.num_sections = cpu_to_le32(65))
BREAK(b_long_sections, img->hdr.num_sections = cpu_to_le32(64))
BREAK(b_unaligned, le32_add_cpu(&img->s[TEST_CPR_SECTION].offset, 4))
BREAK(b_overlap, img->s[TEST_CPR_SECTION].offset = img->s[TEST_PROGRAM].offset)
BREAK(b_in_table, img->s[TEST_PROGRAM].offset = cpu_to_le32(32))
BREAK(b_empty, img->s[TEST_PAYLOAD].size = 0)
BREAK(b_behind, img->s[TEST_SIGNATURE].size = cpu_to_le32(9))
BREAK(b_wrap, img->s[TEST_SIGNATURE].size = cpu_to_le32(U32_MAX))
BREAK(b_far, img->s[TEST_SIGNATURE].offset = cpu_to_le32(U32_MAX - 7))
BREAK(b_padding, img->cpr[23] = 1)
BREAK(b_tail, img->s[TEST_SIGNATURE].size = cpu_to_le32(7))
BREAK(b_type_zero, img->s[TEST_TABLES].type = 0)
BREAK(b_type, img->s[TEST_TABLES].type = cpu_to_le32(7))
BREAK(b_program_index, img->s[TEST_TABLES].program = cpu_to_le32(8))
BREAK(b_program_missing, img->s[TEST_PAYLOAD].program = cpu_to_le32(1))
BREAK(b_no_target, img->s[TEST_PAYLOAD].target[0] = 0)
BREAK(b_target, img->s[TEST_CPR_SECTION].target[0] = 'x')
BREAK(b_signature_program, img->s[TEST_SIGNATURE].program = cpu_to_le32(1))
BREAK(b_gap, img->s[TEST_PROGRAM].program = cpu_to_le32(1))
BREAK(b_name_empty, img->program.name[0] = 0)
BREAK(b_name_open, memset(img->program.name, 'x', NETPROG_NAME_LEN))
BREAK(b_name_dirt, img->program.name[31] = 'x')
BREAK(b_name_control, img->program.name[0] = '\n')
BREAK(b_kind, img->program.kind = cpu_to_le32(3))
BREAK(b_alg, strscpy_pad(img->program.hash_alg, "md5"))
BREAK(b_alg_open, memset(img->program.hash_alg, 'x', NETPROG_ALG_LEN))
BREAK(b_hash_short, img->program.hash_len = cpu_to_le32(31))
BREAK(b_hash_long, img->program.hash_len = cpu_to_le32(U32_MAX))
BREAK(b_hash_dirt, img->program.hash[32] = 1)
BREAK(b_prog_reserved, img->program.reserved = cpu_to_le32(1))
BREAK(b_cpr, img->cpr[0] ^= 1)
BREAK(b_table_name, img->table[1].name[0] = 0)
BREAK(b_table_owner, img->table[1].owner = cpu_to_le32(5))
BREAK(b_table_match, img->table[1].match = cpu_to_le32(3))
BREAK(b_table_key, img->table[1].key_bits = 0)
BREAK(b_table_empty, img->table[1].size = 0)
BREAK(b_table_twice, strscpy_pad(img->table[1].name, "flows"))
BREAK(b_proof_no_target, img->s[TEST_PROOF].target[0] = 0)
BREAK(b_proof_target, strscpy_pad(img->s[TEST_PROOF].target, "x"))
BREAK(b_proof_method, img->proof.method[0] = 0)
BREAK(b_proof_method_open, memset(img->proof.method, 'x', NETPROG_ALG_LEN))
BREAK(b_proof_tool, img->proof.tool[0] = ' ')
BREAK(b_proof_tool_open, memset(img->proof.tool, 'x', NETPROG_NAME_LEN))
BREAK(b_proof_reserved, img->proof.reserved = cpu_to_le32(1))
BREAK(b_proof_cpr, img->proof.cpr[0] ^= 1)
BREAK(b_proof_cpr_dirt, img->proof.cpr[63] = 1)
BREAK(b_proof_payload, img->proof.payload[31] ^= 1)
BREAK(b_proof_payload_dirt, img->proof.payload[32] = 1)
BREAK(b_proof_dirt, img->proof.certificate[32] = 1)
BREAK(b_payload, img->payload[0] ^= 1)

static void b_target_open(struct test_image *img)
{
	memset(img->s[TEST_PAYLOAD].target, 'x', NETPROG_NAME_LEN);
}

static void b_signature_first(struct test_image *img)
{
	img->s[TEST_PAYLOAD].type = cpu_to_le32(NETPROG_SECTION_SIGNATURE);
	memset(img->s[TEST_PAYLOAD].target, 0, NETPROG_NAME_LEN);
}

static void b_cpr_twice(struct test_image *img)
{
	img->s[TEST_TABLES].type = cpu_to_le32(NETPROG_SECTION_CPR);
}

static void b_descriptor_size(struct test_image *img)
{
	img->s[TEST_PROGRAM].size = cpu_to_le32(128);
	memset_startat(&img->program, 0, max_nodes);
}

static void b_no_descriptor(struct test_image *img)
{
	img->s[TEST_PROGRAM].type = cpu_to_le32(NETPROG_SECTION_PAYLOAD);
	strscpy_pad(img->s[TEST_PROGRAM].target, "x");
}

static void b_no_cpr(struct test_image *img)
{
	img->s[TEST_CPR_SECTION].type = cpu_to_le32(NETPROG_SECTION_PAYLOAD);
	strscpy_pad(img->s[TEST_CPR_SECTION].target, "x");
}

static void b_proof_size(struct test_image *img)
{
	img->s[TEST_PROOF].size = cpu_to_le32(sizeof(img->proof) - 8);
}

static void b_proof_twice(struct test_image *img)
{
	img->s[TEST_TABLES].type = cpu_to_le32(NETPROG_SECTION_PROOF);
	strscpy_pad(img->s[TEST_TABLES].target, "netdevsim");
}

static void b_tables_size(struct test_image *img)
{
	img->s[TEST_TABLES].size = cpu_to_le32(95);
	img->table[1].size = cpu_to_le32(1);
}

static const struct image_reject image_rejects[] = {
	{ "magic", b_magic, -EINVAL, "File is no network program image" },
	{ "version", b_version, -EOPNOTSUPP, "Image has version 2, not 1" },
	{ "size", b_size, -EINVAL, "Image has 840 bytes, its header says 841" },
	{ "header reserved", b_hdr_reserved, -EINVAL,
	  "Reserved field of the image header is not zero" },
	{ "no sections", b_no_sections, -EINVAL,
	  "Image has 0 sections, not 1 to 64" },
	{ "too many sections", b_many_sections, -EINVAL,
	  "Image has 65 sections, not 1 to 64" },
	{ "section table past the end", b_long_sections, -EINVAL,
	  "Image ends inside its section table" },
	{ "unaligned", b_unaligned, -EINVAL,
	  "Section 1 is not aligned to 8 bytes" },
	{ "overlap", b_overlap, -EINVAL,
	  "Section 1 overlaps what is before it" },
	{ "in the section table", b_in_table, -EINVAL,
	  "Section 0 overlaps what is before it" },
	{ "empty section", b_empty, -EINVAL, "Section 3 is empty" },
	{ "section too long", b_behind, -EINVAL,
	  "Section 5 reaches behind the image" },
	{ "size wraps", b_wrap, -EINVAL, "Section 5 reaches behind the image" },
	{ "offset far away", b_far, -EINVAL,
	  "Section 5 reaches behind the image" },
	{ "padding", b_padding, -EINVAL,
	  "Padding before section 2 is not zero" },
	{ "tail", b_tail, -EINVAL,
	  "Bytes behind the last section are not zero" },
	{ "type 0", b_type_zero, -EINVAL, "Section 2 has unknown type 0" },
	{ "type 7", b_type, -EINVAL, "Section 2 has unknown type 7" },
	{ "program index", b_program_index, -EINVAL,
	  "Section 2 is for program 8, of at most 8" },
	{ "program missing", b_program_missing, -EINVAL,
	  "Section 3 is for program 1, which is missing" },
	{ "payload without target", b_no_target, -EINVAL,
	  "Section 3 has a bad target name" },
	{ "target not terminated", b_target_open, -EINVAL,
	  "Section 3 has a bad target name" },
	{ "target of a CPR", b_target, -EINVAL,
	  "Section 1 has a target, which its type has not" },
	{ "signature not last", b_signature_first, -EINVAL,
	  "Signature is not the last section of the image" },
	{ "signature of a program", b_signature_program, -EINVAL,
	  "Signature is not the last section of the image" },
	{ "two CPRs", b_cpr_twice, -EINVAL, "Section 2 repeats an earlier one" },
	{ "descriptor size", b_descriptor_size, -EINVAL,
	  "Program 0: descriptor has 128 bytes, not 136" },
	{ "no descriptor", b_no_descriptor, -EINVAL, "Image has no program" },
	{ "descriptor of program 1 only", b_gap, -EINVAL,
	  "Program 0 has no descriptor" },
	{ "no CPR", b_no_cpr, -EINVAL, "Program 0 has no CPR" },
	{ "no name", b_name_empty, -EINVAL, "Program 0 has a bad name" },
	{ "name not terminated", b_name_open, -EINVAL,
	  "Program 0 has a bad name" },
	{ "bytes behind the name", b_name_dirt, -EINVAL,
	  "Program 0 has a bad name" },
	{ "control character", b_name_control, -EINVAL,
	  "Program 0 has a bad name" },
	{ "kind", b_kind, -EINVAL, "Program 0 has unknown kind 3" },
	{ "algorithm", b_alg, -EOPNOTSUPP,
	  "Program 0: hash algorithm md5 is not accepted" },
	{ "algorithm not terminated", b_alg_open, -EINVAL,
	  "Program 0 has a bad hash algorithm name" },
	{ "hash too short", b_hash_short, -EINVAL,
	  "Program 0: hash of sha256 has 31 bytes, not 32" },
	{ "hash too long", b_hash_long, -EINVAL,
	  "Program 0: hash of sha256 has 4294967295 bytes, not 32" },
	{ "bytes behind the hash", b_hash_dirt, -EINVAL,
	  "Program 0: unused bytes are not zero" },
	{ "program reserved", b_prog_reserved, -EINVAL,
	  "Program 0: unused bytes are not zero" },
	{ "CPR changed", b_cpr, -EBADMSG,
	  "Program 0: hash is not the sha256 of its CPR" },
	{ "tables size", b_tables_size, -EINVAL,
	  "Program 0: 95 bytes are not 1 to 64 tables" },
	{ "table name", b_table_name, -EINVAL,
	  "Program 0: table 1 has a bad name" },
	{ "table owner", b_table_owner, -EINVAL,
	  "Program 0: table routes has unknown owner 5" },
	{ "table match", b_table_match, -EINVAL,
	  "Program 0: table routes has unknown match 3" },
	{ "table key", b_table_key, -EINVAL,
	  "Program 0: table routes has no key or no entry" },
	{ "table entries", b_table_empty, -EINVAL,
	  "Program 0: table routes has no key or no entry" },
	{ "table twice", b_table_twice, -EINVAL,
	  "Program 0: table flows appears twice" },
	{ "proof without target", b_proof_no_target, -EINVAL,
	  "Section 4 has a bad target name" },
	{ "proof of no payload", b_proof_target, -EINVAL,
	  "Program 0: proof of a payload for x, which is missing" },
	{ "two proofs", b_proof_twice, -EINVAL,
	  "Section 4 repeats an earlier one" },
	{ "proof size", b_proof_size, -EINVAL,
	  "Program 0: proof has 240 bytes, not 248" },
	{ "no method", b_proof_method, -EINVAL,
	  "Program 0: proof has a bad method or tool name" },
	{ "method not terminated", b_proof_method_open, -EINVAL,
	  "Program 0: proof has a bad method or tool name" },
	{ "tool with a space", b_proof_tool, -EINVAL,
	  "Program 0: proof has a bad method or tool name" },
	{ "tool not terminated", b_proof_tool_open, -EINVAL,
	  "Program 0: proof has a bad method or tool name" },
	{ "proof reserved", b_proof_reserved, -EINVAL,
	  "Program 0: reserved field of the proof is not zero" },
	{ "proof of another CPR", b_proof_cpr, -EBADMSG,
	  "Program 0: proof is of another CPR or payload" },
	{ "bytes behind the CPR's digest", b_proof_cpr_dirt, -EBADMSG,
	  "Program 0: proof is of another CPR or payload" },
	{ "proof of another payload", b_proof_payload, -EBADMSG,
	  "Program 0: proof is of another CPR or payload" },
	{ "bytes behind the payload's digest", b_proof_payload_dirt, -EBADMSG,
	  "Program 0: proof is of another CPR or payload" },
	{ "bytes behind the certificate's digest", b_proof_dirt, -EINVAL,
	  "Program 0: unused bytes of the proof are not zero" },
	{ "payload changed", b_payload, -EBADMSG,
	  "Program 0: proof is of another CPR or payload" },
};

KUNIT_ARRAY_PARAM_DESC(image_rejects, image_rejects, desc);

static void image_rejected(struct kunit *test)
{
	const struct image_reject *reject = test->param_value;
	struct test_image *img = test_build(test);
	struct netlink_ext_ack extack;
	struct netprog_image *image;

	reject->breakage(img);
	image = test_parse(test, img, sizeof(*img), &extack);
	KUNIT_ASSERT_TRUE(test, IS_ERR(image));
	KUNIT_EXPECT_EQ(test, PTR_ERR(image), reject->err);
	KUNIT_ASSERT_NOT_NULL(test, extack._msg);
	KUNIT_EXPECT_STREQ(test, extack._msg, reject->msg);
}

#define HEX16	"0123456789abcdef"
#define HEX64 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct tag_case {
	const char *desc;
	const char *tag;
	int err;
	enum netprog_kind kind;
	u32 len;
};

static const struct tag_case tag_cases[] = {
	{ "sha256", "parser:sha256:" HEX64, 0, NETPROG_KIND_PARSER, 32 },
	{ "sha384", "gso:sha384:" HEX64 HEX16 HEX16, 0, NETPROG_KIND_GSO, 48 },
	{ "sha512", "gro:sha512:" HEX64 HEX64, 0, NETPROG_KIND_GRO, 64 },
	{ "empty", "", -EINVAL },
	{ "kind only", "parser", -EINVAL },
	{ "no digest", "parser:sha256", -EINVAL },
	{ "empty digest", "parser:sha256:", -EINVAL },
	{ "no kind", ":sha256:" HEX64, -EINVAL },
	{ "unknown kind", "pars:sha256:" HEX64, -EINVAL },
	{ "kind with a tail", "parser2:sha256:" HEX64, -EINVAL },
	{ "upper case kind", "Parser:sha256:" HEX64, -EINVAL },
	{ "no algorithm", "parser::" HEX64, -EOPNOTSUPP },
	{ "weak algorithm", "parser:md5:" HEX16 HEX16, -EOPNOTSUPP },
	{ "long algorithm", "parser:sha256sha256sha256:" HEX64, -EOPNOTSUPP },
	{ "one digit short", "parser:sha256:123456789abcdef" HEX16 HEX16 HEX16,
	  -EINVAL },
	{ "one digit long", "parser:sha256:0" HEX64, -EINVAL },
	{ "upper case digest", "parser:sha256:0123456789ABCDEF"
	  HEX16 HEX16 HEX16, -EINVAL },
	{ "no hex", "parser:sha256:g123456789abcdef" HEX16 HEX16 HEX16,
	  -EINVAL },
	{ "space", "parser:sha256: 23456789abcdef0" HEX16 HEX16 HEX16,
	  -EINVAL },
	{ "digest of another size", "parser:sha512:" HEX64, -EINVAL },
	{ "one field more", "parser:sha256:" HEX64 ":", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(tag_cases, tag_cases, desc);

static void tag_parsed(struct kunit *test)
{
	const struct tag_case *c = test->param_value;
	struct netprog_hash hash;
	enum netprog_kind kind;

	KUNIT_ASSERT_EQ(test, netprog_tag_parse(c->tag, &kind, &hash), c->err);
	if (c->err)
		return;
	KUNIT_EXPECT_EQ(test, kind, c->kind);
	KUNIT_EXPECT_EQ(test, hash.len, c->len);
	KUNIT_EXPECT_EQ(test, hash.data[0], 0x01);
	KUNIT_EXPECT_EQ(test, hash.data[c->len - 1], 0xef);
}

static void hash_of_nothing_equals_nothing(struct kunit *test)
{
	struct netprog_hash a = {}, b = {};

	KUNIT_EXPECT_FALSE(test, netprog_hash_equal(&a, &b));
	strscpy(a.alg, "sha256");
	strscpy(b.alg, "sha256");
	a.len = 32;
	b.len = 32;
	KUNIT_EXPECT_TRUE(test, netprog_hash_equal(&a, &b));
	b.data[31] = 1;
	KUNIT_EXPECT_FALSE(test, netprog_hash_equal(&a, &b));
	b.data[31] = 0;
	strscpy(b.alg, "sha512");
	KUNIT_EXPECT_FALSE(test, netprog_hash_equal(&a, &b));
}

static struct kunit_case netprog_test_cases[] = {
	KUNIT_CASE(image_accepted),
	KUNIT_CASE(image_cut_rejected),
	KUNIT_CASE(image_hash_flip_rejected),
	KUNIT_CASE(image_bit_flips_survived),
	KUNIT_CASE_PARAM(image_rejected, image_rejects_gen_params),
	KUNIT_CASE_PARAM(tag_parsed, tag_cases_gen_params),
	KUNIT_CASE(hash_of_nothing_equals_nothing),
	{}
};

static struct kunit_suite netprog_test_suite = {
	.name = "netprog",
	.test_cases = netprog_test_cases,
};

kunit_test_suite(netprog_test_suite);

MODULE_DESCRIPTION("KUnit tests of network programs");
MODULE_LICENSE("GPL");
