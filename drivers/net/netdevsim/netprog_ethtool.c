// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: what ethtool sets and shows of a port: the Toeplitz key,
 * the indirection table, and the counters.
 */

#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "netdevsim.h"
#include "netprog.h"

static const char nsim_netprog_stat_names[][ETH_GSTRING_LEN] = {
	[NSIM_NETPROG_RX_HASHED]	= "netprog_rx_hashed",
	[NSIM_NETPROG_RX_FALLBACK]	= "netprog_rx_fallback",
	[NSIM_NETPROG_RX_STALE]		= "netprog_rx_stale",
	[NSIM_NETPROG_RX_NO_FLOW]	= "netprog_rx_no_flow",
	[NSIM_NETPROG_RX_BUSY]		= "netprog_rx_busy",
	[NSIM_NETPROG_RX_MISMATCH]	= "netprog_rx_mismatch",
	[NSIM_NETPROG_RX_AUDITED]	= "netprog_rx_audited",
#define VERDICT(v)	(NSIM_NETPROG_RX_VERDICT + PARSE_##v - 1)
	[VERDICT(FAIL)]			= "netprog_rx_fail",
	[VERDICT(TRUNCATED)]		= "netprog_rx_truncated",
	[VERDICT(BAD_LENGTH)]		= "netprog_rx_bad_length",
	[VERDICT(NO_MATCH)]		= "netprog_rx_no_match",
	[VERDICT(LIMIT_NODES)]		= "netprog_rx_limit_nodes",
	[VERDICT(LIMIT_ENCAPS)]		= "netprog_rx_limit_encaps",
	[VERDICT(LIMIT_REPEAT)]		= "netprog_rx_limit_repeat",
	[VERDICT(LIMIT_COUNTER)]	= "netprog_rx_limit_counter",
	[VERDICT(LIMIT_LOOP)]		= "netprog_rx_limit_loop",
	[VERDICT(WINDOW)]		= "netprog_rx_window",
#undef VERDICT
};

static_assert(ARRAY_SIZE(nsim_netprog_stat_names) == NSIM_NETPROG_NUM_STATS);

static void nsim_netprog_indir_fill(struct nsim_netprog_rss *rss, u32 num)
{
	u32 i;

	for (i = 0; i < NSIM_NETPROG_INDIR_SIZE; i++)
		rss->indir[i] = ethtool_rxfh_indir_default(i, num);
}

int nsim_netprog_rss_init(struct netdevsim *ns)
{
	struct nsim_netprog_rss *rss;

	rss = kzalloc(sizeof(*rss), GFP_KERNEL_ACCOUNT);
	if (!rss)
		return -ENOMEM;
	netdev_rss_key_fill(rss->key, sizeof(rss->key));
	nsim_netprog_indir_fill(rss, ns->netdev->real_num_rx_queues);
	RCU_INIT_POINTER(ns->netprog->rss, rss);
	return 0;
}

void nsim_netprog_rss_exit(struct netdevsim *ns)
{
	kfree(rcu_dereference_protected(ns->netprog->rss, true));
}

/* Packets see the old settings or the new ones, never some of each */
static void nsim_netprog_rss_replace(struct netdevsim *ns,
				     struct nsim_netprog_rss *rss)
{
	struct nsim_netprog_rss *old = rtnl_dereference(ns->netprog->rss);

	rcu_assign_pointer(ns->netprog->rss, rss);
	kfree_rcu(old, rcu);
}

static struct nsim_netprog_rss *nsim_netprog_rss_dup(struct netdevsim *ns)
{
	return kmemdup(rtnl_dereference(ns->netprog->rss),
		       sizeof(struct nsim_netprog_rss), GFP_KERNEL_ACCOUNT);
}

/* The number of queues has changed: spread anew, unless users said how. When
 * there is no memory the table stays; the engine wraps what is too large.
 */
void nsim_netprog_rss_channels(struct netdevsim *ns)
{
	struct nsim_netprog_rss *rss;

	if (!ns->netprog || netif_is_rxfh_configured(ns->netdev))
		return;
	rss = nsim_netprog_rss_dup(ns);
	if (!rss)
		return;
	nsim_netprog_indir_fill(rss, ns->netdev->real_num_rx_queues);
	nsim_netprog_rss_replace(ns, rss);
}

int nsim_netprog_get_rxnfc(struct net_device *dev, struct ethtool_rxnfc *rxnfc,
			   u32 *rules)
{
	if (rxnfc->cmd != ETHTOOL_GRXRINGS)
		return -EOPNOTSUPP;
	rxnfc->data = dev->real_num_rx_queues;
	return 0;
}

/* Virtual functions have no receive queues, and no engine */
u32 nsim_netprog_get_rxfh_key_size(struct net_device *dev)
{
	struct netdevsim *ns = netdev_priv(dev);

	return ns->netprog ? RSS_KEY_SIZE : 0;
}

u32 nsim_netprog_get_rxfh_indir_size(struct net_device *dev)
{
	struct netdevsim *ns = netdev_priv(dev);

	return ns->netprog ? NSIM_NETPROG_INDIR_SIZE : 0;
}

int nsim_netprog_get_rxfh(struct net_device *dev,
			  struct ethtool_rxfh_param *rxfh)
{
	struct netdevsim *ns = netdev_priv(dev);
	const struct nsim_netprog_rss *rss;

	if (!ns->netprog)
		return -EOPNOTSUPP;
	rss = rtnl_dereference(ns->netprog->rss);
	rxfh->hfunc = ETH_RSS_HASH_TOP;
	if (rxfh->key)
		memcpy(rxfh->key, rss->key, sizeof(rss->key));
	if (rxfh->indir)
		memcpy(rxfh->indir, rss->indir, sizeof(rss->indir));
	return 0;
}

int nsim_netprog_set_rxfh(struct net_device *dev,
			  struct ethtool_rxfh_param *rxfh,
			  struct netlink_ext_ack *extack)
{
	struct netdevsim *ns = netdev_priv(dev);
	struct nsim_netprog_rss *rss;

	if (!ns->netprog)
		return -EOPNOTSUPP;
	if (rxfh->hfunc != ETH_RSS_HASH_NO_CHANGE &&
	    rxfh->hfunc != ETH_RSS_HASH_TOP) {
		NL_SET_ERR_MSG_MOD(extack, "The only hash function is toeplitz");
		return -EOPNOTSUPP;
	}
	rss = nsim_netprog_rss_dup(ns);
	if (!rss)
		return -ENOMEM;
	if (rxfh->key)
		memcpy(rss->key, rxfh->key, sizeof(rss->key));
	if (rxfh->indir)
		memcpy(rss->indir, rxfh->indir, sizeof(rss->indir));
	nsim_netprog_rss_replace(ns, rss);
	return 0;
}

int nsim_netprog_get_sset_count(struct net_device *dev, int sset)
{
	struct netdevsim *ns = netdev_priv(dev);

	if (sset != ETH_SS_STATS || !ns->netprog)
		return -EOPNOTSUPP;
	return NSIM_NETPROG_NUM_STATS;
}

void nsim_netprog_get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	if (sset == ETH_SS_STATS)
		memcpy(data, nsim_netprog_stat_names,
		       sizeof(nsim_netprog_stat_names));
}

void nsim_netprog_get_stats(struct net_device *dev,
			    struct ethtool_stats *stats, u64 *data)
{
	struct netdevsim *ns = netdev_priv(dev);
	int i;

	for (i = 0; i < NSIM_NETPROG_NUM_STATS; i++)
		data[i] = atomic64_read(&ns->netprog->stats[i]);
}
