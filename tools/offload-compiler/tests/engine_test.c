// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The engine in user space: hash vectors, what the loader refuses, runs. */
#include <stdlib.h>

#include "oc.h"
#include "rss_vectors.h"
#include "tcam_sample.h"

static int failures;

static void check(bool good, const char *name)
{
	printf("%s - %s\n", good ? "ok" : "not ok", name);
	failures += !good;
}

static void test_rss(void)
{
	bool with_ports = true, without = true, fragment = true;
	struct bpf_flow_keys keys;
	bool l4;

	for (size_t i = 0; i < ARRAY_SIZE(rss_vectors); i++) {
		const struct rss_vector *v = &rss_vectors[i];

		rss_vector_keys(v, &keys);
		with_ports &= rss_hash_keys(rss_vector_key, &keys, &l4) ==
			      v->l4_hash && l4;
		keys.is_frag = 1;
		fragment &= rss_hash_keys(rss_vector_key, &keys, &l4) ==
			    v->l3_hash && !l4;
		keys.is_frag = 0;
		keys.ip_proto = IPPROTO_ICMP;
		without &= rss_hash_keys(rss_vector_key, &keys, &l4) ==
			   v->l3_hash && !l4;
	}
	check(with_ports, "rss_vectors_with_ports");
	check(without, "rss_vectors_without_ports");
	check(fragment, "rss_fragment_without_ports");
	keys.addr_proto = ETH_P_ARP;
	check(!rss_hash_keys(rss_vector_key, &keys, &l4) && !l4,
	      "rss_without_addresses_zero");
}

static struct tcam *load(const struct tcam_sample *sample, char *err,
			 size_t errlen)
{
	/* of its own size, so that a sanitizer sees each byte past it */
	void *blob = memcpy(xcalloc(1, sizeof(*sample)), sample,
			    sizeof(*sample));
	struct tcam *tcam = tcam_load(blob, sizeof(*sample), err, errlen);

	free(blob);
	return tcam;
}

static void test_load(void)
{
	struct tcam_sample sample;
	char err[128], name[64];
	struct tcam *tcam;

	tcam_sample_init(&sample);
	tcam = load(&sample, err, sizeof(err));
	check(tcam, "load_sample");
	tcam_free(tcam);
	for (size_t i = 0; i < ARRAY_SIZE(tcam_breaks); i++) {
		tcam_sample_init(&sample);
		tcam_sample_break(&sample, &tcam_breaks[i]);
		*err = '\0';
		tcam = load(&sample, err, sizeof(err));
		snprintf(name, sizeof(name), "load_%s_rejected",
			 tcam_breaks[i].name);
		check(!tcam && strstr(err, tcam_breaks[i].err), name);
		if (tcam || !strstr(err, tcam_breaks[i].err))
			printf("# got \"%s\", want \"%s\"\n", err,
			       tcam_breaks[i].err);
		tcam_free(tcam);
	}
}

/* The most that is right; tcam_breaks has one bit more */
static void test_wide_key(void)
{
	struct tcam_sample sample;
	struct tcam *tcam;
	char err[128];

	tcam_sample_init(&sample);
	sample.parts[4].offset = cpu_to_le32(-65536);
	sample.parts[4].bits = cpu_to_le16(127);
	tcam = load(&sample, err, sizeof(err));
	check(tcam, "load_key_of_128_bits_far_behind");
	tcam_free(tcam);
}

static void test_cut(void)
{
	struct tcam_sample sample;
	bool refused = true;
	char err[128];

	tcam_sample_init(&sample);
	for (size_t size = 0; size < sizeof(sample); size++) {
		void *blob = memcpy(xcalloc(1, size), &sample, size);
		struct tcam *tcam = tcam_load(blob, size, err, sizeof(err));

		refused &= !tcam;
		tcam_free(tcam);
		free(blob);
	}
	check(refused, "load_cut_at_every_byte_rejected");
}

static const uint8_t ipip[] = {
	2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0,
	0x45, 0, 0, 40, 0, 0, 0, 0, 64, 4, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	0x45, 0, 0, 20, 0, 0, 0, 0, 64, 17, 0, 0, 10, 1, 2, 3, 10, 1, 2, 4,
};

static void run(const struct tcam *tcam, const void *frame, size_t len,
		struct parse_result *res)
{
	void *copy = memcpy(xcalloc(1, len), frame, len);

	tcam_run(tcam, copy, len, 0, res);
	free(copy);
}

static void test_run(void)
{
	static const uint8_t src[4] = { 10, 1, 2, 3 };
	struct bpf_flow_keys keys;
	struct tcam_sample sample;
	struct parse_result res;
	const struct parse_output *outputs;
	unsigned int num;
	uint8_t frame[sizeof(ipip)];
	bool cut = true;
	char err[128];
	struct tcam *tcam;

	tcam_sample_init(&sample);
	tcam = load(&sample, err, sizeof(err));
	if (!tcam)
		return;
	run(tcam, ipip, sizeof(ipip), &res);
	check(res.verdict == PARSE_OKAY && res.nodes == 2 &&
	      res.present == 0xcf, "run_ipip_okay");
	check(!memcmp(res.value[SAMPLE_IPV4_SRC] + 12, src, 4) &&
	      res.value[SAMPLE_IP_PROTO][15] == 17 &&
	      res.value[SAMPLE_THOFF][15] == 54 &&
	      res.value[SAMPLE_MARK][15] == 42 &&
	      res.value[SAMPLE_MARK][3] == 0xa &&
	      res.value[SAMPLE_WHERE][15] == 46, "run_ipip_outputs");
	outputs = tcam_outputs(tcam, &num);
	parse_keys_project(outputs, num, &res, 5, &keys);
	check(num == 8 && keys.ip_proto == 17 && keys.thoff == 54 &&
	      keys.flags == 5 && !keys.ipv4_src && !keys.nhoff,
	      "project_without_addr_proto_no_address");
	for (size_t len = 0; len < sizeof(ipip); len++) {
		run(tcam, ipip, len, &res);
		cut &= res.verdict == PARSE_TRUNCATED &&
		       res.present == (len < 34 ? 0 : 0xcf);
	}
	check(cut, "run_cut_at_every_byte_truncated");

	memcpy(frame, ipip, sizeof(frame));
	frame[14] = 0x65;
	run(tcam, frame, sizeof(frame), &res);
	check(res.verdict == PARSE_FAIL && !res.present, "run_version_fail");
	frame[14] = 0x44;
	run(tcam, frame, sizeof(frame), &res);
	check(res.verdict == PARSE_BAD_LENGTH && !res.present,
	      "run_ihl_bad_length");
	frame[14] = 0x45;
	frame[12] = 9;
	run(tcam, frame, sizeof(frame), &res);
	check(res.verdict == PARSE_NO_MATCH && !res.nodes, "run_arp_no_match");
	tcam_free(tcam);
}

/* One IPv4 header with 12 bytes of options */
static void test_options(void)
{
	static const struct {
		const char	*name;
		uint8_t		reserved, options[12];
		uint32_t	verdict, present, bytes;
	} cases[] = {
		{ "options_up_to_the_end_of_the_header", 0,
		  { 7, 4, 0, 0, 8, 4, 0, 0, 9, 4 }, PARSE_OKAY, 0xff, 46 },
		{ "options_up_to_kind_0", 0, { 7, 2 }, PARSE_OKAY, 0xdf, 46 },
		{ "options_behind_skipped_bytes", 0x80,
		  { 7, 2, 7, 2, 9, 8 }, PARSE_OKAY, 0xdf, 46 },
		{ "option_shorter_than_its_header", 0, { 7, 1 },
		  PARSE_BAD_LENGTH, 0xcf, 46 },
		{ "option_past_the_area", 0, { 7, 13 }, PARSE_BAD_LENGTH, 0xcf,
		  46 },
		{ "option_just_in_the_area", 0, { 7, 12 }, PARSE_OKAY, 0xdf,
		  46 },
		{ "option_half_in_the_area", 0, { 7, 11, [11] = 9 },
		  PARSE_BAD_LENGTH, 0xdf, 46 },
		{ "option_past_the_frame", 0, { 7, 12 }, PARSE_TRUNCATED, 0xcf,
		  35 },
		{ "option_over_the_frame", 0, { 7, 12 }, PARSE_OKAY, 0xdf, 36 },
		{ "options_one_too_many_for_the_counter", 0,
		  { 7, 2, 8, 2, 9, 2, 9, 2 }, PARSE_LIMIT_COUNTER, 0xff, 46 },
	};
	struct tcam_sample sample;
	struct parse_result res;
	uint8_t frame[46];
	struct tcam *tcam;
	char err[128];

	tcam_sample_init(&sample);
	tcam = load(&sample, err, sizeof(err));
	for (size_t i = 0; tcam && i < ARRAY_SIZE(cases); i++) {
		memcpy(frame, ipip, 14);
		memcpy(frame + 14, ipip + 34, 20);
		frame[14] = 0x48;
		frame[20] = cases[i].reserved;
		memcpy(frame + 34, cases[i].options, 12);
		run(tcam, frame, cases[i].bytes, &res);
		check(res.verdict == cases[i].verdict &&
		      res.present == cases[i].present, cases[i].name);
	}
	tcam_free(tcam);
}

static void run_changed(const struct tcam_sample *sample, uint32_t verdict,
			uint32_t present, const char *name)
{
	static const uint8_t frame[46] = {
		[12] = 8, [14] = 0x48, [20] = 0x80, [34] = 1, 2, 1, 2, 1, 2,
		1, 2, 1, 2, 1, 2,
	};
	struct parse_result res = {};
	char err[128];
	struct tcam *tcam = load(sample, err, sizeof(err));

	if (tcam)
		run(tcam, frame, sizeof(frame), &res);
	check(tcam && res.verdict == verdict && res.present == present, name);
	tcam_free(tcam);
}

/* Areas that are wrong, and programs that no compiler would write */
static void test_areas(void)
{
	struct tcam_sample sample;

	tcam_sample_init(&sample);
	sample.states[2].num_parts = cpu_to_le16(0);
	sample.counters[0].max = cpu_to_le16(4);
	run_changed(&sample, PARSE_LIMIT_LOOP, 0xff, "loop_one_too_many");
	sample.states[3].max = cpu_to_le16(6);
	sample.counters[0].max = cpu_to_le16(6);
	run_changed(&sample, PARSE_OKAY, 0xff, "loop_just_enough");

	tcam_sample_init(&sample);
	sample.actions[11].value.half[1] = cpu_to_le64(12);
	run_changed(&sample, PARSE_OKAY, 0xcf, "skip_up_to_the_end");
	sample.actions[11].value.half[1] = cpu_to_le64(13);
	run_changed(&sample, PARSE_BAD_LENGTH, 0xcf, "skip_past_the_area");

	tcam_sample_init(&sample);
	sample.areas[0].flags = cpu_to_le16(TCAM_AREA_LENGTH);
	sample.areas[0].length_add = cpu_to_le32(4);
	run_changed(&sample, PARSE_OKAY, 0xcf, "area_inside_its_node");
	sample.areas[0].length_add = cpu_to_le32(13);
	run_changed(&sample, PARSE_BAD_LENGTH, 0xcf, "area_past_its_node");
	sample.areas[0].length_add = cpu_to_le32(-1);
	run_changed(&sample, PARSE_BAD_LENGTH, 0xcf, "area_of_less_than_nothing");
	sample.areas[0].flags = 0;
	sample.areas[0].length_add = 0;
	sample.areas[0].start = cpu_to_le32(33);
	run_changed(&sample, PARSE_BAD_LENGTH, 0xcf, "area_behind_its_node");
}

/* Lengths that do not come from the frame */
static void test_lengths(void)
{
	struct tcam_sample sample;
	struct tcam_action *length = &sample.actions[10];

	tcam_sample_init(&sample);
	length->type = cpu_to_le16(TCAM_LENGTH);
	length->value.half[1] = cpu_to_le64(65535);
	sample.entries[2].target = cpu_to_le16(4);
	run_changed(&sample, PARSE_OKAY, 0xcf, "length_past_the_frame");
	length->depth = cpu_to_le16(1);
	run_changed(&sample, PARSE_BAD_LENGTH, 0xcf, "length_past_the_area");
	length->value.half[1] = 0;
	run_changed(&sample, PARSE_OKAY, 0xcf, "length_up_to_the_end");

	tcam_sample_init(&sample);
	sample.visits[SAMPLE_VISIT_IPV4].flags = cpu_to_le16(TCAM_VISIT_REST);
	sample.visits[SAMPLE_VISIT_IPV4].num_terms = 0;
	sample.areas[0].start = cpu_to_le32(28);
	run_changed(&sample, PARSE_OKAY, 0xcf, "rest_up_to_the_frame");
	sample.areas[0].start = cpu_to_le32(29);
	run_changed(&sample, PARSE_BAD_LENGTH, 0xcf, "area_behind_the_rest");
}

/* ---- reads ------------------------------------------------------------------ */

/* Bit by bit, what lies outside being 0 */
static void expected_bits(const uint8_t *frame, uint32_t len, int32_t offset,
			  uint32_t bits, uint64_t value[2])
{
	value[0] = 0;
	value[1] = 0;
	for (uint32_t i = 0; i < bits; i++) {
		int32_t at = offset + (int32_t)i;
		bool one = at >= 0 && at < 8 * (int32_t)len &&
			   frame[at / 8] >> (7 - at % 8) & 1;

		value[0] = value[0] << 1 | value[1] >> 63;
		value[1] = value[1] << 1 | one;
	}
}

/* A key and an output of the same bits, 5 bytes behind the frame's start */
static void make_reader(struct tcam_sample *sample, int32_t offset,
			uint32_t bits, const uint64_t value[2])
{
	struct tcam_entry *entry = &sample->entries[0];

	tcam_sample_init(sample);
	sample->hdr.start_action = cpu_to_le32(11);
	sample->actions[11].depth = 0;
	sample->actions[11].value.half[1] = cpu_to_le64(5);
	sample->parts[0].offset = cpu_to_le32(offset);
	sample->parts[0].bits = cpu_to_le16(bits);
	tcam_sample_entry(entry, 0, 0, TCAM_ENTRY_STOP, PARSE_OKAY);
	tcam_sample_does(entry, 4, 1);
	for (int half = 0; half < 2; half++) {
		uint32_t here = half ? bits : bits > 64 ? bits - 64 : 0;

		entry->value.half[half] = cpu_to_le64(value[half]);
		entry->mask.half[half] = cpu_to_le64(here >= 64 ? ~0ULL :
						     (1ULL << here) - 1);
	}
	sample->outputs[SAMPLE_MARK].bits = cpu_to_le16(128);
	sample->actions[4].output = cpu_to_le16(SAMPLE_MARK);
	sample->actions[4].offset = cpu_to_le32(offset);
	sample->actions[4].bits = cpu_to_le32(bits);
}

static bool read_is_right(const uint8_t *frame, uint32_t len, int32_t offset,
			  uint32_t bits)
{
	struct tcam_sample sample;
	struct parse_result res;
	uint64_t value[2], got[2];
	char err[128];
	struct tcam *tcam;

	expected_bits(frame, len, offset + 8 * 5, bits, value);
	make_reader(&sample, offset, bits, value);
	tcam = load(&sample, err, sizeof(err));
	if (!tcam)
		return false;
	run(tcam, frame, len, &res);
	tcam_free(tcam);
	memcpy(got, res.value[SAMPLE_MARK], sizeof(got));
	return res.verdict == PARSE_OKAY && be64toh(got[0]) == value[0] &&
	       be64toh(got[1]) == value[1];
}

static void test_reads(void)
{
	static const uint8_t ones[20] = {
		255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
		255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
	};
	bool random = true, edges = true;
	uint8_t frame[40];

	srand(1);
	for (uint32_t i = 0; i < 20000; i++) {
		for (size_t k = 0; k < sizeof(frame); k++)
			frame[k] = rand();
		random &= read_is_right(frame, rand() % (sizeof(frame) + 1),
					rand() % 500 - 200, rand() % 128 + 1);
	}
	check(random, "reads_in_and_outside_of_the_frame");
	for (int32_t offset = -200; offset < 200; offset++)
		for (uint32_t len = 0; len <= sizeof(ones); len++)
			edges &= read_is_right(ones, len, offset, 64) &&
				 read_is_right(ones, len, offset, 1);
	edges &= read_is_right(ones, sizeof(ones), 65536, 128) &&
		 read_is_right(ones, sizeof(ones), -65536, 128);
	check(edges, "reads_outside_of_the_frame_are_0");
}

/* ---- steps ------------------------------------------------------------------ */

/* One byte a step, until the frame ends */
static void make_slow(struct tcam_sample *sample)
{
	tcam_sample_init(sample);
	sample->states[0].num_parts = 0;
	tcam_sample_entry(&sample->entries[0], 0, 0, 0, 0);
	tcam_sample_does(&sample->entries[0], 2, 2);
	sample->visits[SAMPLE_VISIT_ETH].length_add = cpu_to_le32(1);
	sample->visits[SAMPLE_VISIT_ETH].need = cpu_to_le32(1);
	sample->actions[3].which = cpu_to_le16(SAMPLE_VISIT_ETH);
}

static void test_steps(void)
{
	uint8_t *frame = xcalloc(1, TCAM_MAX_STEPS + 1);
	struct tcam_sample sample;
	struct parse_result res;
	struct tcam *tcam;
	char err[128];

	make_slow(&sample);
	tcam = load(&sample, err, sizeof(err));
	check(tcam, "load_slow_program");
	if (tcam) {
		run(tcam, frame, TCAM_MAX_STEPS, &res);
		check(res.verdict == PARSE_TRUNCATED,
		      "slow_program_ends_with_the_frame");
		run(tcam, frame, TCAM_MAX_STEPS + 1, &res);
		check(res.verdict == PARSE_FAIL, "too_many_steps_end_the_parse");
	}
	tcam_free(tcam);
	sample.entries[0].num_actions = 0;
	tcam = load(&sample, err, sizeof(err));
	if (tcam)
		run(tcam, frame, 64, &res);
	check(tcam && res.verdict == PARSE_FAIL,
	      "a_state_that_goes_to_itself_ends_the_parse");
	tcam_free(tcam);
	free(frame);
}

static void test_limits(void)
{
	static const struct {
		const char	*name;
		uint32_t	verdict, bytes, nodes, repeat, encaps, flags;
	} limits[] = {
		{ "limits_just_reached", PARSE_OKAY, 40, 2, 2, 2, 3 },
		{ "limit_window", PARSE_WINDOW, 39, 2, 2, 2, 3 },
		{ "limit_nodes", PARSE_LIMIT_NODES, 40, 1, 1, 2, 3 },
		{ "limit_repeat", PARSE_LIMIT_REPEAT, 40, 2, 1, 2, 3 },
		{ "limit_encaps", PARSE_LIMIT_ENCAPS, 40, 1, 1, 1, 3 },
		{ "limit_encaps_not_counted", PARSE_OKAY, 40, 2, 2, 0, 1 },
	};
	struct tcam_sample sample;
	struct parse_result res;
	char err[128];
	struct tcam *tcam;

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		tcam_sample_init(&sample);
		sample.hdr.max_bytes = cpu_to_le32(limits[i].bytes);
		sample.hdr.max_nodes = cpu_to_le32(limits[i].nodes);
		sample.hdr.max_encaps = cpu_to_le32(limits[i].encaps);
		sample.repeats[0].limit = cpu_to_le32(limits[i].repeat);
		sample.visits[SAMPLE_VISIT_IPV4].flags =
			cpu_to_le16(limits[i].flags);
		tcam = load(&sample, err, sizeof(err));
		if (tcam)
			run(tcam, ipip, sizeof(ipip), &res);
		check(tcam && res.verdict == limits[i].verdict, limits[i].name);
		tcam_free(tcam);
	}
}

/* Whatever a changed program does, it stays in its bounds and it ends */
static void test_mutations(void)
{
	struct tcam_sample sample;
	struct parse_result res;
	uint32_t loaded = 0;
	char err[128];

	srand(1);
	for (uint32_t i = 0; i < 20000; i++) {
		struct tcam *tcam;

		tcam_sample_init(&sample);
		for (uint32_t n = rand() % 3 + 1; n; n--)
			((uint8_t *)&sample)[rand() % sizeof(sample)] ^=
				1 << rand() % 8;
		tcam = load(&sample, err, sizeof(err));
		if (!tcam)
			continue;
		run(tcam, ipip, sizeof(ipip), &res);
		loaded++;
		tcam_free(tcam);
	}
	check(loaded > 2000, "mutated_programs_stay_in_bounds");
	printf("# %u mutated programs ran\n", loaded);
}

int main(void)
{
	test_rss();
	test_load();
	test_wide_key();
	test_cut();
	test_run();
	test_options();
	test_areas();
	test_lengths();
	test_reads();
	test_steps();
	test_limits();
	test_mutations();
	return failures ? 1 : 0;
}
