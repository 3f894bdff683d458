/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Running a parser's three bodies over packets */
#ifndef OFFLOAD_COMPILER_RUN_H
#define OFFLOAD_COMPILER_RUN_H

#include "load.h"

struct bpf_flow_keys;

#define RUN_MIN_FRAME	14	/* bytes; BPF_PROG_TEST_RUN takes no less */
#define RUN_MAX_FRAME	65535

/* ---- run_pcap.c ---- */

struct frame {
	uint8_t		*data;
	uint32_t	len;
};

struct capture {
	struct frame	*frames;
	uint32_t	num;
};

bool capture_read(const char *path, struct capture *capture);
void capture_free(struct capture *capture);

/* ---- run_bpf.c: both eBPF bodies, loaded into this kernel ---- */

struct bpf_body;
struct bpf_body *bpf_body_open(const struct loaded *program, enum bpf_prog prog);
/* Objects that were compiled already; one may be NULL */
struct bpf_body *bpf_body_load(const struct parser *parser,
			       const struct buffer *flow,
			       const struct buffer *outputs);
/* May this process load eBPF programs at all? */
bool bpf_body_allowed(void);
void bpf_body_close(struct bpf_body *body);
/* Instructions that the verifier looked at for the flow dissector */
uint32_t bpf_body_verified(const struct bpf_body *body);
bool bpf_body_flow(struct bpf_body *body, const struct frame *frame,
		   uint32_t inputs, struct bpf_flow_keys *keys, int *ret);
/* By the program that leaves them; valid to the next run */
const struct parse_result *bpf_body_outputs(struct bpf_body *body,
					    const struct frame *frame,
					    uint32_t inputs);

/* ---- run_compare.c ---- */

/* BPF_PROG_TEST_RUN takes 14 bytes off as Ethernet: it is of no use for the
 * flow dissector of a parser whose root is something else
 */
bool root_is_ethernet(const struct parser *parser);
/* What bpf_flow_dissect() does before and behind a flow dissector. The frame is
 * not shorter than the root.
 */
void flow_keys_start(const struct parser *parser, const struct frame *frame,
		     uint32_t inputs, struct bpf_flow_keys *keys);
void flow_keys_end(const struct parser *parser, const struct frame *frame,
		   struct bpf_flow_keys *keys);
/* All four: false, and where they differ is written to @out, if that is not
 * NULL. The first compares any two results, the second what a flow dissector
 * left; the others run it, or both eBPF bodies as far as they can be compared,
 * on @frame.
 */
bool results_equal(const struct parser *parser, const char *name_a,
		   const struct parse_result *a, const char *name_b,
		   const struct parse_result *b, FILE *out);
bool flow_result_equal(const struct parser *parser, const struct frame *frame,
		       uint32_t inputs, const struct parse_result *ref,
		       const struct bpf_flow_keys *keys, int ret, FILE *out);
bool flow_equal(const struct parser *parser, struct bpf_body *body,
		const struct frame *frame, uint32_t inputs,
		const struct parse_result *ref, FILE *out);
bool bpf_equal(const struct parser *parser, struct bpf_body *body,
	       const struct frame *frame, uint32_t inputs,
	       const struct parse_result *ref, FILE *out);
void print_frame(FILE *out, const struct frame *frame);

/* ---- run_print.c ---- */

void print_result(uint32_t number, const struct parser *parser,
		  const struct parse_result *res, uint32_t inputs);
void print_result_json(uint32_t number, const struct parser *parser,
		       const struct parse_result *res, uint32_t inputs);

/* Addresses as such, ports and lengths decimal, the rest in hex */
#define OUTPUT_TEXT_SIZE	48
void output_text(const struct parse_output *output,
		 const uint8_t value[PARSE_VALUE_BYTES],
		 char text[OUTPUT_TEXT_SIZE]);

/* ---- run_expect.c: what `vectors` expects of its packets ---- */

struct expected {
	char		*purpose;
	uint32_t	inputs;
	struct parse_result result;
};

struct expected_list {
	struct expected	*packets;
	uint32_t	num;
};

void expect_write(const struct parser *parser, const struct parse_result *res,
		  struct buffer *json);
bool expect_read(const char *path, const struct parser *parser,
		 struct expected_list *list);
void expect_free(struct expected_list *list);

/* ---- run_explain.c ---- */

void explain_packet(uint32_t number, const struct parser *parser,
		    const struct frame *frame, uint32_t inputs, bool json);

#endif /* OFFLOAD_COMPILER_RUN_H */
