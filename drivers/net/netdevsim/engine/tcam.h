/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * A loaded TCAM program: tcam_format.h's arrays, checked and in host order.
 */
#ifndef _NSIM_ENGINE_TCAM_H
#define _NSIM_ENGINE_TCAM_H

#include "engine.h"
#include "tcam_format.h"

struct tcam_rt_state {
	u32	need;
	u32	length_add;
	u16	flags;
	u16	repeat;
	u16	first_term, end_term;
	u16	first_part, end_part;
	u16	first_entry, end_entry;
};

struct tcam_rt_term {
	u32	offset;
	u8	bits;
	u8	shift;
};

struct tcam_rt_part {
	u32	offset;
	u8	bits;
	u8	type;
};

struct tcam_rt_entry {
	u64	value[2];
	u64	mask[2];
	u16	flags;
	u16	target;
	u16	first_extract, end_extract;
};

struct tcam_rt_extract {
	u64	value[2];
	u32	offset;
	u8	bits;
	u8	type;
	u8	output;
};

struct tcam {
	u32	max_bytes;
	u32	max_nodes;
	u32	max_encaps;
	u32	start;
	u32	num_outputs;
	u32	num_repeats;
	u32	num_states;
	u32	num_terms;
	u32	num_parts;
	u32	num_entries;
	u32	num_extracts;
	struct parse_output	*outputs;
	u32			*repeats;
	struct tcam_rt_state	*states;
	struct tcam_rt_term	*terms;
	struct tcam_rt_part	*parts;
	struct tcam_rt_entry	*entries;
	struct tcam_rt_extract	*extracts;
};

/* One load: where it reads and where its complaint goes */
struct tcam_loader {
	struct tcam	*tcam;
	const u8	*pos;
	char		*err;
	size_t		errlen;
};

__printf(2, 3)
bool tcam_complain(struct tcam_loader *loader, const char *fmt, ...);
bool tcam_check(struct tcam_loader *loader);

#endif /* _NSIM_ENGINE_TCAM_H */
