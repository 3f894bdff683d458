/* SPDX-License-Identifier: GPL-2.0 */
/*
 * As much of the kernel as net/core/netprog_image.c needs in user space. The
 * Makefile makes every header that it includes an include of this one.
 */
#ifndef _FUZZ_SHIM_H
#define _FUZZ_SHIM_H

#include <errno.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the fuzzer wants a little-endian machine"
#endif

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef u64 netdev_features_t;

#define CONFIG_NETPROG 1
#define __rcu
#define GFP_KERNEL 0
#define EXPORT_SYMBOL_IF_KUNIT(sym)
#define EXPORT_SYMBOL_GPL(sym)
#define le32_to_cpu(x) (x)
#define max(a, b) ((a) > (b) ? (a) : (b))
#define IS_ALIGNED(x, a) (((x) & ((a) - 1)) == 0)
#define ERR_PTR(err) ((void *)(long)(err))
#define IS_ERR(ptr) ((unsigned long)(ptr) >= (unsigned long)-4095)
#define kzalloc(size, gfp) calloc(1, size)
#define kfree(ptr) free(ptr)
#define kvfree(ptr) free((void *)(ptr))

/* Never evaluated here: netprog_active() is for drivers */
#define rcu_dereference_check(ptr, cond) (ptr)

enum netns_bpf_attach_type { NETNS_BPF_FLOW_DISSECTOR };

struct list_head {
	struct list_head *next, *prev;
};

struct rcu_head {
	void *next;
};

struct net_device {
	struct netprog_dev *netprog;
};

/* A message must fit what the kernel has for it, NETLINK_MAX_FMTMSG_LEN */
struct netlink_ext_ack {
	char msg[80];
};

#define NL_SET_ERR_MSG_FMT(extack, ...) do {				\
	if (snprintf((extack)->msg, sizeof((extack)->msg),		\
		     __VA_ARGS__) >= (int)sizeof((extack)->msg))	\
		abort();						\
} while (0)
#define NL_SET_ERR_MSG(extack, text) NL_SET_ERR_MSG_FMT(extack, "%s", text)

static inline void *kvmemdup(const void *data, size_t size, int gfp)
{
	void *copy = malloc(size);

	(void)gfp;
	return copy ? memcpy(copy, data, size) : NULL;
}

static inline const void *memchr_inv(const void *start, int c, size_t bytes)
{
	const u8 *byte = start;

	for (; bytes; bytes--, byte++)
		if (*byte != (u8)c)
			return byte;
	return NULL;
}

#endif /* _FUZZ_SHIM_H */
