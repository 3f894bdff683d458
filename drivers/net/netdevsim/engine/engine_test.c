// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * KUnit tests of the engine: that it does in the kernel what it does in user
 * space, where the same tables are tested at more length.
 */
#include <kunit/test.h>

#include "rss_vectors.h"
#include "tcam_sample.h"

static void rss_vector_desc(const struct rss_vector *vector, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s ports %u %u",
		 vector->addr_proto == ETH_P_IP ? "ipv4" : "ipv6",
		 vector->sport, vector->dport);
}

KUNIT_ARRAY_PARAM(rss_vector, rss_vectors, rss_vector_desc);

static void rss_vector_test(struct kunit *test)
{
	const struct rss_vector *vector = test->param_value;
	struct bpf_flow_keys keys;
	bool l4;

	rss_vector_keys(vector, &keys);
	KUNIT_EXPECT_EQ(test, rss_hash_keys(rss_vector_key, &keys, &l4),
			vector->l4_hash);
	KUNIT_EXPECT_TRUE(test, l4);
	keys.is_frag = 1;
	KUNIT_EXPECT_EQ(test, rss_hash_keys(rss_vector_key, &keys, &l4),
			vector->l3_hash);
	KUNIT_EXPECT_FALSE(test, l4);
}

static void tcam_break_desc(const struct tcam_break *how, char *desc)
{
	strscpy(desc, how->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(tcam_break, tcam_breaks, tcam_break_desc);

static void tcam_break_test(struct kunit *test)
{
	const struct tcam_break *how = test->param_value;
	struct tcam_sample *sample;
	struct tcam *tcam;
	char err[128] = "";

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sample);
	tcam_sample_init(sample);
	tcam_sample_break(sample, how);
	tcam = tcam_load(sample, sizeof(*sample), err, sizeof(err));
	KUNIT_EXPECT_NULL(test, tcam);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(err, how->err),
				  "got \"%s\", want \"%s\"", err, how->err);
	tcam_free(tcam);
}

/* IPv4 in IPv4, the inner one UDP from 10.1.2.3 with three options, of which the
 * last one is the end
 */
static const u8 ipip[] = {
	[12] = 0x08, [14] = 0x45, [23] = 4,
	[34] = 0x47, [43] = 17, [46] = 10, 1, 2, 3,
	[54] = 7, 2, 9, 4, 1, 1, 0, 0,
};

static void tcam_run_test(struct kunit *test)
{
	static const u8 src[] = { 10, 1, 2, 3 };
	struct tcam_sample *sample;
	struct parse_result *res;
	struct tcam *tcam;
	char err[128] = "";
	u32 len;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	res = kunit_kzalloc(test, sizeof(*res), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sample);
	KUNIT_ASSERT_NOT_NULL(test, res);
	tcam_sample_init(sample);
	tcam = tcam_load(sample, sizeof(*sample), err, sizeof(err));
	KUNIT_ASSERT_NOT_NULL_MSG(test, tcam, "%s", err);

	tcam_run(tcam, ipip, sizeof(ipip), 0, res);
	KUNIT_EXPECT_EQ(test, res->verdict, PARSE_OKAY);
	KUNIT_EXPECT_EQ(test, res->nodes, 2);
	KUNIT_EXPECT_EQ(test, res->present, 0xff);
	KUNIT_EXPECT_MEMEQ(test, res->value[SAMPLE_IPV4_SRC] + 12, src,
			   sizeof(src));
	KUNIT_EXPECT_EQ(test, res->value[SAMPLE_OPTION][15], 7);
	KUNIT_EXPECT_EQ(test, res->value[SAMPLE_OPTION_1][15], 9);
	KUNIT_EXPECT_EQ(test, res->value[SAMPLE_THOFF][15], 62);
	for (len = 0; len < 61; len++) {
		tcam_run(tcam, ipip, len, 0, res);
		KUNIT_EXPECT_EQ(test, res->verdict, PARSE_TRUNCATED);
		KUNIT_EXPECT_EQ(test, res->present, len < 34 ? 0 :
				len < 56 ? 0xcf : len < 58 ? 0xdf : 0xff);
	}
	tcam_free(tcam);
}

static struct kunit_case engine_cases[] = {
	KUNIT_CASE_PARAM(rss_vector_test, rss_vector_gen_params),
	KUNIT_CASE_PARAM(tcam_break_test, tcam_break_gen_params),
	KUNIT_CASE(tcam_run_test),
	{}
};

static struct kunit_suite engine_suite = {
	.name = "netdevsim-engine",
	.test_cases = engine_cases,
};

kunit_test_suite(engine_suite);
