/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What the engine's files need of the kernel, and the same in user space.
 */
#ifndef _NSIM_ENGINE_COMPAT_H
#define _NSIM_ENGINE_COMPAT_H

#ifdef __KERNEL__

#include <linux/bpf.h>
#include <linux/bug.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#else /* !__KERNEL__ */

#include <arpa/inet.h>
#include <assert.h>
#include <endian.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;

#define le16_to_cpu(x)	le16toh(x)
#define le32_to_cpu(x)	le32toh(x)
#define le64_to_cpu(x)	le64toh(x)
#define cpu_to_le16(x)	htole16(x)
#define cpu_to_le32(x)	htole32(x)
#define cpu_to_le64(x)	htole64(x)

#define __packed	__attribute((packed))
#define __printf(f, a)	__attribute((format(printf, f, a)))

#define likely(x)	__builtin_expect(!!(x), 1)
#define noinline	__attribute((noinline))

#define U32_MAX		(~(u32)0)

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#define GFP_KERNEL	0
#define kvfree(ptr)	free(ptr)

static inline void *kvcalloc(size_t num, size_t size, int flags)
{
	(void)flags;
	return calloc(num, size);
}

/* Only for the engine's own bugs, which user space shall not survive */
#define WARN_ON_ONCE(cond)	({ assert(!(cond)); 0; })

#define min_t(type, a, b) ({			\
	type __a = (a), __b = (b);		\
	__a < __b ? __a : __b; })
#define max_t(type, a, b) ({			\
	type __a = (a), __b = (b);		\
	__a > __b ? __a : __b; })

static inline u64 get_unaligned_be64(const void *p)
{
	u64 v;

	memcpy(&v, p, sizeof(v));
	return be64toh(v);
}

static inline u32 get_unaligned_be32(const void *p)
{
	u32 v;

	memcpy(&v, p, sizeof(v));
	return be32toh(v);
}

static inline u16 get_unaligned_be16(const void *p)
{
	u16 v;

	memcpy(&v, p, sizeof(v));
	return be16toh(v);
}

static inline void put_unaligned_be64(u64 v, void *p)
{
	v = htobe64(v);
	memcpy(p, &v, sizeof(v));
}

#endif /* !__KERNEL__ */

#endif /* _NSIM_ENGINE_COMPAT_H */
