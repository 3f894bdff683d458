/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checksums of a port. What is on the wire has all of its sums: the sender makes
 * them, the receiver looks whether they are right.
 */
#ifndef _NSIM_CSUM_H
#define _NSIM_CSUM_H

#include <linux/atomic.h>
#include <linux/types.h>

struct dentry;
struct netdevsim;
struct sk_buff;

/* The device that a port is, as transmit checksums go */
enum nsim_csum_mode {
	NSIM_CSUM_GENERIC,		/* sums from csum_start on */
	NSIM_CSUM_LEGACY,		/* parses; its driver knows where it fails */
	NSIM_CSUM_LEGACY_UNCHECKED,	/* parses; its driver does not */
};

enum nsim_csum_stat {
	NSIM_CSUM_TX,		/* frames left to the device to sum */
	NSIM_CSUM_TX_GSO,	/* packets cut into frames by the device */
	NSIM_CSUM_TX_SW,	/* packets summed by the driver */
	NSIM_CSUM_TX_DROP,	/* packets and frames that cannot be summed */
	NSIM_CSUM_RX_OK,	/* frames whose sums are right */
	NSIM_CSUM_RX_BAD,	/* frames with one that is wrong */
	NSIM_CSUM_RX_NONE,	/* frames without any that the device can find */

	NSIM_CSUM_NUM_STATS
};

struct nsim_csum {
	u32		mode;	/* changes under rtnl */
	struct dentry	*dfs;
	atomic64_t	stats[NSIM_CSUM_NUM_STATS];
};

/* csum.c */
void nsim_csum_init(struct netdevsim *ns);
void nsim_csum_debugfs_init(struct netdevsim *ns);
void nsim_csum_debugfs_exit(struct netdevsim *ns);
void nsim_csum_count(struct netdevsim *ns, enum nsim_csum_stat stat);
void nsim_csum_get_strings(u8 *data);
void nsim_csum_get_stats(const struct netdevsim *ns, u64 *data);

/* csum_tx.c */
struct sk_buff *nsim_csum_frames(struct netdevsim *ns, struct sk_buff *skb);
int nsim_csum_tx(struct netdevsim *ns, struct sk_buff *skb);

/* csum_rx.c */
void nsim_csum_rx(struct netdevsim *ns, struct sk_buff *skb);

#endif /* _NSIM_CSUM_H */
