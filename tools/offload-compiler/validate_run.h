/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef OFFLOAD_COMPILER_VALIDATE_RUN_H
#define OFFLOAD_COMPILER_VALIDATE_RUN_H

#include "machine.h"
#include "vectors.h"

struct validate;
struct validate *validate_open(const struct parser *parser,
			       const struct code *code);
void validate_close(struct validate *v);
bool validate_packet(struct validate *v, const struct packet *packet, FILE *out);
/* Those that a body of this type takes */
uint32_t validate_num_packets(const struct validate *v);
/* By instruction: it was run. Whoever clears them starts anew */
bool *validate_marks(struct validate *v);

#endif /* OFFLOAD_COMPILER_VALIDATE_RUN_H */
