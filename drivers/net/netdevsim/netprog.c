// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: the device's side of the identity.
 *
 * A fetch has two steps. Prepare may fail, and nobody sees it. Commit cannot
 * fail: it stops all ports, puts the new program in the place of the old one,
 * and lets the core compare the identities anew.
 */

#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/devlink.h>

#include "engine/tcam.h"
#include "netdevsim.h"
#include "netprog.h"

static void nsim_parser_free(struct nsim_parser *parser)
{
	if (!parser)
		return;
	tcam_free(parser->tcam);
	kfree(parser);
}

static int nsim_parser_tables_check(const struct nsim_dev_netprog *np,
				    const struct netprog_image_prog *prog,
				    struct netlink_ext_ack *extack)
{
	const struct netprog_image_table *table;
	u32 max = READ_ONCE(np->max_table_entries);
	unsigned int i;

	for (i = 0; i < prog->num_tables; i++) {
		table = &prog->tables[i];
		if (le32_to_cpu(table->size) <= max)
			continue;
		NL_SET_ERR_MSG_FMT_MOD(extack,
				       "Table %.16s has %u entries, the limit is %u",
				       table->name, le32_to_cpu(table->size),
				       max);
		return -ENOSPC;
	}
	return 0;
}

static int nsim_parser_fits(const struct nsim_dev_netprog *np,
			    const struct netprog_image_prog *prog,
			    const struct tcam *tcam,
			    struct netlink_ext_ack *extack)
{
	u32 window = min_t(u32, READ_ONCE(np->max_window), NSIM_NETPROG_WINDOW);
	u32 entries = READ_ONCE(np->max_tcam_entries);

	if (tcam->max_bytes != prog->max_bytes) {
		NL_SET_ERR_MSG_FMT_MOD(extack,
				       "Payload looks at %u bytes, its descriptor says %u",
				       tcam->max_bytes, prog->max_bytes);
		return -EINVAL;
	}
	if (tcam->max_bytes > window) {
		NL_SET_ERR_MSG_FMT_MOD(extack,
				       "Parser looks at %u bytes, the limit is %u",
				       tcam->max_bytes, window);
		return -ENOSPC;
	}
	if (tcam->num_entries > entries) {
		NL_SET_ERR_MSG_FMT_MOD(extack,
				       "Parser has %u TCAM entries, the limit is %u",
				       tcam->num_entries, entries);
		return -ENOSPC;
	}
	return nsim_parser_tables_check(np, prog, extack);
}

static void nsim_parser_info_set(struct nsim_parser *parser,
				 const struct netprog_image_prog *prog)
{
	strscpy_pad(parser->info.name, prog->name);
	parser->info.hash = prog->hash;
	parser->info.max_bytes = prog->max_bytes;
	parser->info.max_nodes = prog->max_nodes;
	parser->info.max_encaps = prog->max_encaps;
	parser->outputs = tcam_outputs(parser->tcam, &parser->num_outputs);
}

static struct nsim_parser *nsim_parser_load(const struct nsim_dev_netprog *np,
					    const struct netprog_image *image,
					    struct netlink_ext_ack *extack)
{
	const struct netprog_image_prog *prog = &image->progs[0];
	struct nsim_parser *parser;
	const void *payload;
	char why[64] = "";
	size_t len;
	int err;

	payload = netprog_image_payload(image, 0, NSIM_NETPROG_TARGET, &len);
	if (!payload) {
		NL_SET_ERR_MSG_MOD(extack, "Image has no payload for target "
				   NSIM_NETPROG_TARGET);
		return ERR_PTR(-EOPNOTSUPP);
	}
	parser = kzalloc(sizeof(*parser), GFP_KERNEL);
	if (!parser)
		return ERR_PTR(-ENOMEM);
	parser->tcam = tcam_load(payload, len, why, sizeof(why));
	if (!parser->tcam) {
		NL_SET_ERR_MSG_FMT_MOD(extack, "Payload: %s", why);
		err = -EINVAL;
		goto err_parser_free;
	}
	err = nsim_parser_fits(np, prog, parser->tcam, extack);
	if (err)
		goto err_parser_free;

	nsim_parser_info_set(parser, prog);
	return parser;

err_parser_free:
	nsim_parser_free(parser);
	return ERR_PTR(err);
}

static struct nsim_parser *
nsim_parser_prepare(const struct nsim_dev_netprog *np,
		    const struct netprog_image *image,
		    struct netlink_ext_ack *extack)
{
	u32 fail = READ_ONCE(np->fail_fetch);

	if (fail) {
		NL_SET_ERR_MSG_MOD(extack,
				   "User setup the fetch to fail for testing purposes");
		return ERR_PTR(fail <= MAX_ERRNO ? -(int)fail : -EINVAL);
	}
	if (image->num_progs != 1) {
		NL_SET_ERR_MSG_FMT_MOD(extack,
				       "Device runs one program, the image has %u",
				       image->num_progs);
		return ERR_PTR(-EOPNOTSUPP);
	}
	if (image->progs[0].kind != NETPROG_KIND_PARSER) {
		NL_SET_ERR_MSG_FMT_MOD(extack,
				       "Device runs parsers, program %s is none",
				       image->progs[0].name);
		return ERR_PTR(-EOPNOTSUPP);
	}
	return nsim_parser_load(np, image, extack);
}

static void nsim_parser_commit(struct nsim_dev *nsim_dev,
			       struct nsim_parser *parser)
{
	struct nsim_dev_netprog *np = nsim_dev->netprog;
	struct nsim_dev_port *port;
	struct nsim_parser *old;
	bool wait = false;

	rtnl_lock();
	list_for_each_entry(port, &nsim_dev->port_list, list)
		wait |= netprog_device_hold(port->ns->netdev,
					    NETPROG_KIND_PARSER);
	if (wait)
		synchronize_net();
	old = rtnl_dereference(np->parser);
	rcu_assign_pointer(np->parser, parser);
	list_for_each_entry(port, &nsim_dev->port_list, list)
		netprog_device_release(port->ns->netdev, NETPROG_KIND_PARSER);
	rtnl_unlock();

	/* The gate already keeps packets away from the old program; that its
	 * memory is safe shall not depend on what the tests want to catch.
	 */
	if (old)
		synchronize_net();
	nsim_parser_free(old);
}

/**
 * nsim_dev_parser_fetch - give the device a new program
 * @devlink: of the device
 * @image: checked image; stays the caller's
 * @extack: says why not
 *
 * Context: devlink instance lock held; takes rtnl.
 * Return: 0, or a negative errno; then the device runs what it ran before.
 */
int nsim_dev_parser_fetch(struct devlink *devlink,
			  const struct netprog_image *image,
			  struct netlink_ext_ack *extack)
{
	struct nsim_dev *nsim_dev = devlink_priv(devlink);
	struct nsim_parser *parser;

	parser = nsim_parser_prepare(nsim_dev->netprog, image, extack);
	if (IS_ERR(parser))
		return PTR_ERR(parser);
	nsim_parser_commit(nsim_dev, parser);
	return 0;
}

int nsim_netprog_query(struct net_device *dev, enum netprog_kind kind,
		       struct netprog_info *info)
{
	struct netdevsim *ns = netdev_priv(dev);
	struct nsim_dev_netprog *np = ns->nsim_dev->netprog;
	struct nsim_parser *parser;

	if (kind != NETPROG_KIND_PARSER)
		return -EOPNOTSUPP;
	parser = rtnl_dereference(np->parser);
	if (!parser)
		return 0;
	*info = parser->info;
	if (READ_ONCE(np->lie_hash))
		info->hash.data[0] ^= 0xff;
	return 0;
}

int nsim_dev_netprog_init(struct nsim_dev *nsim_dev)
{
	struct nsim_dev_netprog *np;
	int err;

	np = kzalloc(sizeof(*np), GFP_KERNEL);
	if (!np)
		return -ENOMEM;
	np->ddir = debugfs_create_dir("netprog", nsim_dev->ddir);
	if (IS_ERR(np->ddir)) {
		err = PTR_ERR(np->ddir);
		goto err_netprog_free;
	}
	np->max_tcam_entries = TCAM_MAX_ENTRIES;
	np->max_table_entries = 4096;
	np->max_window = NSIM_NETPROG_WINDOW;

	debugfs_create_u32("fail_fetch", 0600, np->ddir, &np->fail_fetch);
	debugfs_create_bool("lie_hash", 0600, np->ddir, &np->lie_hash);
	debugfs_create_u32("max_tcam_entries", 0600, np->ddir,
			   &np->max_tcam_entries);
	debugfs_create_u32("max_table_entries", 0600, np->ddir,
			   &np->max_table_entries);
	debugfs_create_u32("max_window", 0600, np->ddir, &np->max_window);
	debugfs_create_u32("rx_delay_us", 0600, np->ddir, &np->rx_delay_us);
	debugfs_create_bool("audit", 0600, np->ddir, &np->audit);
	nsim_dev->netprog = np;
	return 0;

err_netprog_free:
	kfree(np);
	return err;
}

/* All ports are gone */
void nsim_dev_netprog_exit(struct nsim_dev *nsim_dev)
{
	struct nsim_dev_netprog *np = nsim_dev->netprog;

	debugfs_remove_recursive(np->ddir);
	nsim_parser_free(rcu_dereference_protected(np->parser, true));
	nsim_dev->netprog = NULL;
	kfree(np);
}

/* Context: rtnl held, the port is not yet registered */
int nsim_netprog_init(struct netdevsim *ns)
{
	struct nsim_netprog *np;
	int err;

	np = kvzalloc(sizeof(*np), GFP_KERNEL_ACCOUNT);
	if (!np)
		return -ENOMEM;
	spin_lock_init(&np->trace.lock);
	ns->netprog = np;
	err = nsim_netprog_rss_init(ns);
	if (err)
		goto err_netprog_free;
	ns->netdev->hw_features |= NETIF_F_RXHASH;
	return 0;

err_netprog_free:
	ns->netprog = NULL;
	kvfree(np);
	return err;
}

void nsim_netprog_debugfs_init(struct netdevsim *ns)
{
	struct nsim_netprog *np = ns->netprog;

	if (!np)
		return;
	np->ddir = debugfs_create_dir("netprog", ns->nsim_dev_port->ddir);
	debugfs_create_file("trace", 0600, np->ddir, np,
			    &nsim_netprog_trace_fops);
}

void nsim_netprog_debugfs_exit(struct netdevsim *ns)
{
	if (ns->netprog)
		debugfs_remove_recursive(ns->netprog->ddir);
}

/* Context: the port is unregistered, no packet is left */
void nsim_netprog_exit(struct netdevsim *ns)
{
	nsim_netprog_rss_exit(ns);
	kvfree(ns->netprog);
	ns->netprog = NULL;
}
