// SPDX-License-Identifier: GPL-2.0
/*
 * Checksums of a port: features, counters, and which kind of device it is.
 */
#include <linux/debugfs.h>
#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/string_helpers.h>

#include "netdevsim.h"

static const char nsim_csum_stat_names[][ETH_GSTRING_LEN] = {
	[NSIM_CSUM_TX]		= "tx_csum",
	[NSIM_CSUM_TX_GSO]	= "tx_gso",
	[NSIM_CSUM_TX_SW]	= "tx_csum_sw",
	[NSIM_CSUM_TX_DROP]	= "tx_csum_drop",
	[NSIM_CSUM_RX_OK]	= "rx_csum_ok",
	[NSIM_CSUM_RX_BAD]	= "rx_csum_bad",
	[NSIM_CSUM_RX_NONE]	= "rx_csum_none",
};

static_assert(ARRAY_SIZE(nsim_csum_stat_names) == NSIM_CSUM_NUM_STATS);

static const char * const nsim_csum_modes[] = {
	[NSIM_CSUM_GENERIC]		= "generic",
	[NSIM_CSUM_LEGACY]		= "legacy",
	[NSIM_CSUM_LEGACY_UNCHECKED]	= "legacy-unchecked",
};

void nsim_csum_count(struct netdevsim *ns, enum nsim_csum_stat stat)
{
	atomic64_inc(&ns->csum.stats[stat]);
}

void nsim_csum_get_strings(u8 *data)
{
	memcpy(data, nsim_csum_stat_names, sizeof(nsim_csum_stat_names));
}

void nsim_csum_get_stats(const struct netdevsim *ns, u64 *data)
{
	int i;

	for (i = 0; i < NSIM_CSUM_NUM_STATS; i++)
		data[i] = atomic64_read(&ns->csum.stats[i]);
}

static ssize_t nsim_csum_mode_read(struct file *file, char __user *data,
				   size_t count, loff_t *ppos)
{
	struct netdevsim *ns = file->private_data;
	char buf[32];
	int len;

	len = scnprintf(buf, sizeof(buf), "%s\n",
			nsim_csum_modes[READ_ONCE(ns->csum.mode)]);
	return simple_read_from_buffer(data, count, ppos, buf, len);
}

/* No packet is in the old mode once this has returned */
static void nsim_csum_mode_set(struct netdevsim *ns, enum nsim_csum_mode mode)
{
	rtnl_lock();
	WRITE_ONCE(ns->csum.mode, mode);
	ns->netdev->csum_legacy = mode == NSIM_CSUM_LEGACY;
	synchronize_net();
	rtnl_unlock();
}

static ssize_t nsim_csum_mode_write(struct file *file, const char __user *data,
				    size_t count, loff_t *ppos)
{
	char buf[32] = "";
	int mode;

	if (count >= sizeof(buf))
		return -EINVAL;
	if (copy_from_user(buf, data, count))
		return -EFAULT;
	mode = __sysfs_match_string(nsim_csum_modes,
				    ARRAY_SIZE(nsim_csum_modes), buf);
	if (mode < 0)
		return mode;
	nsim_csum_mode_set(file->private_data, mode);
	return count;
}

static const struct file_operations nsim_csum_mode_fops = {
	.open = simple_open,
	.read = nsim_csum_mode_read,
	.write = nsim_csum_mode_write,
	.llseek = generic_file_llseek,
	.owner = THIS_MODULE,
};

#define NSIM_CSUM_FEATURES	(NETIF_F_HW_CSUM | NETIF_F_SCTP_CRC | NETIF_F_SG)
#define NSIM_GSO_FEATURES	(NETIF_F_TSO | NETIF_F_TSO6 | NETIF_F_TSO_ECN | \
				 NETIF_F_GSO_UDP_L4)

/* Context: the port is not yet registered */
void nsim_csum_init(struct netdevsim *ns)
{
	struct net_device *dev = ns->netdev;

	dev->hw_features |= NSIM_CSUM_FEATURES | NSIM_GSO_FEATURES |
			    NETIF_F_RXCSUM;
	dev->features |= NSIM_CSUM_FEATURES | NSIM_GSO_FEATURES |
			 NETIF_F_RXCSUM;
	dev->vlan_features |= NSIM_CSUM_FEATURES | NSIM_GSO_FEATURES |
			      NETIF_F_FRAGLIST | NETIF_F_HIGHDMA;
	dev->hw_enc_features |= NSIM_CSUM_FEATURES;
	dev->mpls_features |= NSIM_CSUM_FEATURES;
}

void nsim_csum_debugfs_init(struct netdevsim *ns)
{
	/* virtual functions have no wire */
	if (nsim_dev_port_is_pf(ns->nsim_dev_port))
		ns->csum.dfs = debugfs_create_file("csum", 0600,
						   ns->nsim_dev_port->ddir, ns,
						   &nsim_csum_mode_fops);
}

void nsim_csum_debugfs_exit(struct netdevsim *ns)
{
	debugfs_remove(ns->csum.dfs);
}
