/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What the graphs of ParserHawk's table 3 have in common. They start at some
 * header; ours start at a frame, whose root looks up 16 bits. It leads to the
 * first header whatever they are, and so costs nothing. "Accept" is STOP_OKAY.
 */
#ifndef _BENCH_PARSERHAWK_H
#define _BENCH_PARSERHAWK_H

#include <netprog.h>

struct frame_bits { u8 type[16]; };

#define STARTS_AT(node)							\
	NODE(frame) = {							\
		HEADER(frame), .uncounted = 1,				\
		.next = NEXT(frame, type, frames, .otherwise = NAME(node)), \
	};								\
	MAP(frames) = { ON(0, node) }

#endif /* _BENCH_PARSERHAWK_H */
