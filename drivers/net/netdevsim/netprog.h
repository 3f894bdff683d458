/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Network programs: netdevsim as the device that runs them.
 *
 * The program is the device's: it serves all ports, and outlives a reload.
 * Receive-side scaling, counters and the trace are each port's own.
 */
#ifndef _NSIM_NETPROG_H
#define _NSIM_NETPROG_H

#include <linux/bpf.h>
#include <linux/debugfs.h>
#include <linux/netdevice.h>
#include <linux/netprog.h>
#include <linux/spinlock.h>

#include "engine/engine.h"

struct netdevsim;
struct nsim_dev;
struct devlink;
struct ethtool_rxfh_param;
struct ethtool_rxnfc;
struct ethtool_stats;

#define NSIM_NETPROG_TARGET	"netdevsim"
#define NSIM_NETPROG_WINDOW	2048	/* bytes of a frame the engine can see */
#define NSIM_NETPROG_INDIR_SIZE	128	/* entries, a power of 2 */
#define NSIM_NETPROG_TRACE_LEN	256	/* records */

/* A loaded program; immutable */
struct nsim_parser {
	struct netprog_info		info;
	struct tcam			*tcam;
	const struct parse_output	*outputs;
	unsigned int			num_outputs;
};

/**
 * struct nsim_dev_netprog - programs of a device
 * @parser: changes under rtnl while all ports are held; packets read it only
 *	after netprog_active() told that they may
 * @ddir: debugfs folder of the knobs below
 * @fail_fetch: let the next fetches fail with this errno
 * @lie_hash: tell the kernel a hash that is not the program's
 * @max_tcam_entries: of a program that can be loaded
 * @max_table_entries: of a match table that can be loaded
 * @max_window: bytes of a frame that a program may look at
 * @rx_delay_us: wait between the reading of the active pointer and its use
 * @audit: compare the program that handles a packet with the one that the
 *	kernel has attached at that moment, and count what is not the same
 */
struct nsim_dev_netprog {
	struct nsim_parser __rcu	*parser;
	struct dentry			*ddir;
	u32				fail_fetch;
	bool				lie_hash;
	u32				max_tcam_entries;
	u32				max_table_entries;
	u32				max_window;
	u32				rx_delay_us;
	bool				audit;
};

/* What the counters count; every packet is either hashed or a fallback */
enum nsim_netprog_stat {
	NSIM_NETPROG_RX_HASHED,		/* by the device */
	NSIM_NETPROG_RX_FALLBACK,	/* left to software */
	NSIM_NETPROG_RX_STALE,		/* of these: program was changed */
	NSIM_NETPROG_RX_NO_FLOW,	/* of these: no addresses */
	NSIM_NETPROG_RX_BUSY,		/* of these: sent by netpoll */
	NSIM_NETPROG_RX_MISMATCH,	/* audit: program is not the kernel's */
	NSIM_NETPROG_RX_AUDITED,	/* audit: looked at */
	NSIM_NETPROG_RX_VERDICT,	/* + enum parse_verdict, without okay */

	NSIM_NETPROG_NUM_STATS = NSIM_NETPROG_RX_VERDICT +
				 PARSE_NUM_VERDICTS - 1
};

struct nsim_netprog_rss {
	u8		key[RSS_KEY_SIZE];
	u32		indir[NSIM_NETPROG_INDIR_SIZE];
	struct rcu_head	rcu;
};

/* What the engine made of one packet */
struct nsim_netprog_record {
	struct bpf_flow_keys	keys;
	u64			generation;
	u64			program;
	u32			verdict;
	u32			nodes;
	u32			hash;
	u32			queue;
	bool			l4;
};

struct nsim_netprog_trace {
	spinlock_t			lock;	/* protects next two fields */
	u64				next;
	struct nsim_netprog_record	ring[NSIM_NETPROG_TRACE_LEN];
};

/* Of a port; @rss changes under rtnl */
struct nsim_netprog {
	struct nsim_netprog_rss __rcu	*rss;
	struct dentry			*ddir;
	struct nsim_netprog_trace	trace;
	atomic64_t			stats[NSIM_NETPROG_NUM_STATS];
};

#ifdef CONFIG_NETPROG

/* netprog.c */
int nsim_dev_netprog_init(struct nsim_dev *nsim_dev);
void nsim_dev_netprog_exit(struct nsim_dev *nsim_dev);
int nsim_dev_parser_fetch(struct devlink *devlink,
			  const struct netprog_image *image,
			  struct netlink_ext_ack *extack);
int nsim_netprog_init(struct netdevsim *ns);
void nsim_netprog_debugfs_init(struct netdevsim *ns);
void nsim_netprog_debugfs_exit(struct netdevsim *ns);
void nsim_netprog_exit(struct netdevsim *ns);
int nsim_netprog_query(struct net_device *dev, enum netprog_kind kind,
		       struct netprog_info *info);

/* netprog_rx.c */
extern const struct file_operations nsim_netprog_trace_fops;
u32 nsim_netprog_receive(struct netdevsim *ns, struct sk_buff *skb, u32 rxq);
void nsim_netprog_complete(struct netdevsim *ns, struct sk_buff *skb);

/* netprog_ethtool.c */
int nsim_netprog_rss_init(struct netdevsim *ns);
void nsim_netprog_rss_exit(struct netdevsim *ns);
void nsim_netprog_rss_channels(struct netdevsim *ns);
int nsim_netprog_get_rxnfc(struct net_device *dev, struct ethtool_rxnfc *rxnfc,
			   u32 *rules);
u32 nsim_netprog_get_rxfh_key_size(struct net_device *dev);
u32 nsim_netprog_get_rxfh_indir_size(struct net_device *dev);
int nsim_netprog_get_rxfh(struct net_device *dev,
			  struct ethtool_rxfh_param *rxfh);
int nsim_netprog_set_rxfh(struct net_device *dev,
			  struct ethtool_rxfh_param *rxfh,
			  struct netlink_ext_ack *extack);
int nsim_netprog_get_sset_count(struct net_device *dev, int sset);
void nsim_netprog_get_strings(struct net_device *dev, u32 sset, u8 *data);
void nsim_netprog_get_stats(struct net_device *dev,
			    struct ethtool_stats *stats, u64 *data);

#else /* !CONFIG_NETPROG */

static inline int nsim_dev_netprog_init(struct nsim_dev *nsim_dev)
{
	return 0;
}

static inline void nsim_dev_netprog_exit(struct nsim_dev *nsim_dev) {}

static inline int nsim_netprog_init(struct netdevsim *ns)
{
	return 0;
}

static inline void nsim_netprog_debugfs_init(struct netdevsim *ns) {}
static inline void nsim_netprog_debugfs_exit(struct netdevsim *ns) {}
static inline void nsim_netprog_exit(struct netdevsim *ns) {}
static inline void nsim_netprog_rss_channels(struct netdevsim *ns) {}

static inline int nsim_netprog_get_sset_count(struct net_device *dev, int sset)
{
	return -EOPNOTSUPP;
}

static inline void nsim_netprog_get_strings(struct net_device *dev, u32 sset,
					    u8 *data) {}
static inline void nsim_netprog_get_stats(struct net_device *dev,
					  struct ethtool_stats *stats,
					  u64 *data) {}

static inline u32 nsim_netprog_receive(struct netdevsim *ns,
				       struct sk_buff *skb, u32 rxq)
{
	return rxq;
}

static inline void nsim_netprog_complete(struct netdevsim *ns,
					 struct sk_buff *skb) {}

#endif /* CONFIG_NETPROG */
#endif /* _NSIM_NETPROG_H */
