/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * A loaded TCAM program: tcam_format.h's arrays, checked and in host order.
 */
#ifndef _NSIM_ENGINE_TCAM_H
#define _NSIM_ENGINE_TCAM_H

#include "engine.h"
#include "tcam_format.h"

/* Bits of the frame: @bits from bit @skip of byte base + @byte on */
struct tcam_rt_bits {
	s32	byte;
	u8	skip;		/* 0 to 7 */
	u8	bits;
};

struct tcam_rt_length {
	s32	add;
	u16	first_term, end_term;
};

struct tcam_rt_visit {
	u32	need;
	u32	least;
	struct tcam_rt_length length;
	u16	flags;
	u16	repeat;
	u16	first_rise, end_rise;
};

struct tcam_rt_area {
	struct tcam_rt_length length;
	u32	start;
	u8	flags;
	u8	from;
};

struct tcam_rt_term {
	struct tcam_rt_bits at;
	s32	times;
};

struct tcam_rt_rise {
	u16	by;
	u8	counter;
};

struct tcam_rt_counter {
	u8	max;
	u8	flags;
};

struct tcam_rt_state {
	u32	need;
	u8	loop;
	u8	depth;
	u8	max;
	u16	first_part, end_part;
	u16	first_entry, end_entry;
};

struct tcam_rt_part {
	struct tcam_rt_bits at;	/* INPUT: @byte is a bit */
	u8	type;
};

struct tcam_rt_entry {
	u64	value[2];
	u64	mask[2];
	u32	first_action;
	u16	num_actions;
	u16	target;
	u8	stop;
};

struct tcam_rt_action {
	u64	value[2];
	struct tcam_rt_bits at;
	u16	which;
	u8	type;
	u8	depth;
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
	u32	start_action;
	u32	start_actions;
	u32	depths;		/* that it uses */
	u32	num_outputs;
	u32	num_counters;
	u32	num_repeats;
	u32	num_visits;
	u32	num_areas;
	u32	num_terms;
	u32	num_rises;
	u32	num_states;
	u32	num_parts;
	u32	num_entries;
	u32	num_actions;
	struct parse_output	*outputs;
	struct tcam_rt_counter	*counters;
	u8			*repeats;
	struct tcam_rt_visit	*visits;
	struct tcam_rt_area	*areas;
	struct tcam_rt_term	*terms;
	struct tcam_rt_rise	*rises;
	struct tcam_rt_state	*states;
	struct tcam_rt_part	*parts;
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

/* One element each, the next of the blob: tcam_element.c */
bool tcam_load_output(struct tcam_loader *loader, u32 i);
bool tcam_load_counter(struct tcam_loader *loader, u32 i);
bool tcam_load_repeat(struct tcam_loader *loader, u32 i);
bool tcam_load_visit(struct tcam_loader *loader, u32 i);
bool tcam_load_area(struct tcam_loader *loader, u32 i);
bool tcam_load_term(struct tcam_loader *loader, u32 i);
bool tcam_load_rise(struct tcam_loader *loader, u32 i);

/* tcam_check.c */
bool tcam_load_state(struct tcam_loader *loader, u32 i);
bool tcam_load_part(struct tcam_loader *loader, u32 i);
bool tcam_load_entry(struct tcam_loader *loader, u32 i);
bool tcam_check(struct tcam_loader *loader);

/* tcam_action.c */
bool tcam_load_action(struct tcam_loader *loader, u32 i);

/* tcam_element.c: for all of these */
bool tcam_check_range(struct tcam_loader *loader, const char *whose, u32 i,
		      const char *what, u32 first, u32 num, u32 max,
		      u32 available);
bool tcam_set_bits(struct tcam_loader *loader, const char *whose, u32 i,
		   s32 offset, u32 bits, u32 max, struct tcam_rt_bits *to);

#endif /* _NSIM_ENGINE_TCAM_H */
