/* SPDX-License-Identifier: GPL-2.0 */
/* What arch/x86/lib/csum-partial_64.c takes from the kernel's headers */
#ifndef _BENCH_SUM_H
#define _BENCH_SUM_H

#include "csum_shim.h"

#define __force

__wsum csum_partial(const void *buff, int len, __wsum sum);
__sum16 ip_compute_csum(const void *buff, int len);

static inline u64 ror64(u64 word, unsigned int shift)
{
	return word >> shift | word << (64 - shift);
}

static inline unsigned long load_unaligned_zeropad(const void *addr)
{
	unsigned long word;

	memcpy(&word, addr, sizeof(word));
	return word;
}

static inline __sum16 csum_fold(__wsum sum)
{
	u32 folded = (sum & 0xffff) + (sum >> 16);

	return ~(folded + (folded >> 16));
}

#endif /* _BENCH_SUM_H */
