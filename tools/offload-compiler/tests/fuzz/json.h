/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
#ifndef FUZZ_JSON_H
#define FUZZ_JSON_H

#include <stddef.h>
#include <stdint.h>

/* A document with one value changed, dropped, doubled, or replaced by another
 * of its own; written canonically. 0 if @data is no JSON.
 */
size_t json_mutate(uint8_t *data, size_t size, size_t max, unsigned int seed);

#endif /* FUZZ_JSON_H */
