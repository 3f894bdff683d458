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
	u32	least;
	s32	length_add;
	u32	start;
	u8	type;
	u8	flags;
	u8	depth;
	u8	from;
	u8	max;
	u16	repeat;
	u16	first_term, end_term;
	u16	first_part, end_part;
	u16	first_rise, end_rise;
	u16	first_entry, end_entry;
};

struct tcam_rt_term {
	u32	offset;
	s32	times;
	u8	bits;
};

struct tcam_rt_part {
	u32	offset;
	u8	bits;
	u8	type;
};

struct tcam_rt_counter {
	u8	max;
	u8	flags;
};

struct tcam_rt_rise {
	u16	by;
	u8	counter;
};

struct tcam_rt_entry {
	u64	value[2];
	u64	mask[2];
	u16	target;
	u16	skip;
	u16	first_action;
	u8	num_actions;
	u8	flags;
};

struct tcam_rt_action {
	u64	value[2];
	u32	offset;
	u8	bits;
	u8	type;
	u8	output;
	u8	counter;
	u8	index;
	u8	index_counter;
	u8	num;
	u8	last;
};

struct tcam {
	u32	max_bytes;
	u32	max_nodes;
	u32	max_encaps;
	u32	start;
	u32	depths;		/* that its states use */
	u32	num_outputs;
	u32	num_counters;
	u32	num_repeats;
	u32	num_states;
	u32	num_terms;
	u32	num_parts;
	u32	num_rises;
	u32	num_entries;
	u32	num_actions;
	struct parse_output	*outputs;
	struct tcam_rt_counter	*counters;
	u8			*repeats;
	struct tcam_rt_state	*states;
	struct tcam_rt_term	*terms;
	struct tcam_rt_part	*parts;
	struct tcam_rt_rise	*rises;
	struct tcam_rt_entry	*entries;
	struct tcam_rt_action	*actions;
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
const void *tcam_next_element(struct tcam_loader *loader, size_t size);

/* tcam_element.c, tcam_action.c: one element each, the next of the blob */
bool tcam_load_output(struct tcam_loader *loader, u32 i);
bool tcam_load_counter(struct tcam_loader *loader, u32 i);
bool tcam_load_repeat(struct tcam_loader *loader, u32 i);
bool tcam_load_state(struct tcam_loader *loader, u32 i);
bool tcam_load_term(struct tcam_loader *loader, u32 i);
bool tcam_load_part(struct tcam_loader *loader, u32 i);
bool tcam_load_rise(struct tcam_loader *loader, u32 i);
bool tcam_load_entry(struct tcam_loader *loader, u32 i);
bool tcam_load_action(struct tcam_loader *loader, u32 i);

/* tcam_check.c */
bool tcam_check(struct tcam_loader *loader);

#endif /* _NSIM_ENGINE_TCAM_H */
