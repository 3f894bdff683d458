/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef BENCH_ENGINE_STATES_H
#define BENCH_ENGINE_STATES_H

#include "engine.h"

/* The states that a frame visits; the result is as tcam_run()'s */
unsigned int engine_states(const struct tcam *tcam, const __u8 *frame,
			   __u32 len, struct parse_result *res);

#endif /* BENCH_ENGINE_STATES_H */
