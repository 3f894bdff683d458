/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What is in a stack of labels: told by the first four bits */
#ifndef _BENCH_MPLS_H
#define _BENCH_MPLS_H

#include "parserhawk.h"

struct label_bits { u8 label[20], exp[3], bottom[1], ttl[8]; };
struct inner_bits { u8 version[4], rest[4]; };

NODE(bottom) = {
	HEADER(inner), .overlay = 1,
	.next = NEXT(inner, version, versions, .otherwise = NAME(eompls)),
};

MAP(versions) = { ON(4, inner_ipv4), ON(6, inner_ipv6) };

#define INNER(node)							\
	NODE(node) = { HEADER(inner),					\
		       .extract = EXTRACT { FIELD(node, inner, rest) } }
INNER(inner_ipv4);
INNER(inner_ipv6);
INNER(eompls);

#endif /* _BENCH_MPLS_H */
