/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Private to tcam_show*.c: a device payload for people and for scripts. */
#ifndef OFFLOAD_COMPILER_TCAM_SHOW_H
#define OFFLOAD_COMPILER_TCAM_SHOW_H

#include "oc.h"
#include "tcam_format.h"

struct payload {		/* a blob that tcam_load() has taken */
	const struct tcam_header	*hdr;
	const struct tcam_output	*outputs;
	const struct tcam_counter	*counters;
	const struct tcam_repeat	*repeats;
	const struct tcam_visit		*visits;
	const struct tcam_area		*areas;
	const struct tcam_term		*terms;
	const struct tcam_rise		*rises;
	const struct tcam_state		*states;
	const struct tcam_part		*parts;
	const struct tcam_entry		*entries;
	const struct tcam_action	*actions;
};

struct payload tcam_payload(const void *blob);

/* Why a state is one of its own */
extern const char *const tcam_whys[TCAM_NUM_WHYS];

uint32_t tcam_key_bits(const struct payload *p, const struct tcam_state *state);
/* In words; @depth: of the state */
void tcam_show_action(const struct payload *p, FILE *out,
		      const struct tcam_action *a, uint32_t depth);

#endif /* OFFLOAD_COMPILER_TCAM_SHOW_H */
