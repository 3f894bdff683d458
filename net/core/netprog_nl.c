// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: the netprog-get command of the netdev family, and the
 * notification of a change
 *
 * See Documentation/netlink/specs/netdev.yaml.
 */

#include <linux/rtnetlink.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include <uapi/linux/netdev.h>

#include "netdev-genl-gen.h"
#include "netprog.h"

static_assert((int)NETDEV_NETPROG_KIND_PARSER == NETPROG_KIND_PARSER);
static_assert((int)NETDEV_NETPROG_KIND_GSO == NETPROG_KIND_GSO);
static_assert((int)NETDEV_NETPROG_KIND_GRO == NETPROG_KIND_GRO);

struct netprog_nl_dump_ctx {
	unsigned long	ifindex;
	unsigned int	kind;
};

static enum netdev_netprog_state
netprog_nl_state(const struct netprog_dev *np, enum netprog_kind kind,
		 const struct netprog_hash *kernel)
{
	bool device = np->info[kind].hash.len;

	if (rtnl_dereference(np->active[kind]))
		return NETDEV_NETPROG_STATE_MATCH;
	if (kernel && device)
		return NETDEV_NETPROG_STATE_MISMATCH;
	if (kernel)
		return NETDEV_NETPROG_STATE_KERNEL_ONLY;
	if (device)
		return NETDEV_NETPROG_STATE_DEVICE_ONLY;
	return NETDEV_NETPROG_STATE_NONE;
}

static int netprog_nl_put_hash(struct sk_buff *msg,
			       const struct netprog_hash *hash,
			       int attr_alg, int attr_hash)
{
	if (!hash || !hash->len)
		return 0;
	if (nla_put_string(msg, attr_alg, hash->alg) ||
	    nla_put(msg, attr_hash, hash->len, hash->data))
		return -EMSGSIZE;
	return 0;
}

static int netprog_nl_put_device(struct sk_buff *msg,
				 const struct netprog_info *info)
{
	if (!info->hash.len)
		return 0;
	if (nla_put_string(msg, NETDEV_A_NETPROG_NAME, info->name) ||
	    nla_put_u32(msg, NETDEV_A_NETPROG_MAX_BYTES, info->max_bytes) ||
	    nla_put_u32(msg, NETDEV_A_NETPROG_MAX_NODES, info->max_nodes) ||
	    nla_put_u32(msg, NETDEV_A_NETPROG_MAX_ENCAPS, info->max_encaps))
		return -EMSGSIZE;
	return netprog_nl_put_hash(msg, &info->hash,
				   NETDEV_A_NETPROG_DEVICE_HASH_ALG,
				   NETDEV_A_NETPROG_DEVICE_HASH);
}

/* Context: rtnl held */
static int netprog_nl_fill(struct sk_buff *msg, const struct genl_info *info,
			   const struct net_device *dev,
			   enum netprog_kind kind)
{
	const struct netprog_hash *kernel;
	struct netprog_dev *np = dev->netprog;
	void *hdr;

	hdr = genlmsg_iput(msg, info);
	if (!hdr)
		return -EMSGSIZE;

	kernel = netprog_kernel_hash(dev_net(dev), kind);
	if (nla_put_u32(msg, NETDEV_A_NETPROG_IFINDEX, dev->ifindex) ||
	    nla_put_u32(msg, NETDEV_A_NETPROG_KIND, kind) ||
	    nla_put_u32(msg, NETDEV_A_NETPROG_STATE,
			netprog_nl_state(np, kind, kernel)) ||
	    netprog_nl_put_hash(msg, kernel, NETDEV_A_NETPROG_KERNEL_HASH_ALG,
				NETDEV_A_NETPROG_KERNEL_HASH) ||
	    netprog_nl_put_device(msg, &np->info[kind]))
		goto err_cancel;

	genlmsg_end(msg, hdr);
	return 0;

err_cancel:
	genlmsg_cancel(msg, hdr);
	return -EMSGSIZE;
}

/**
 * netprog_nl_notify - tell listeners that one of the sides has changed
 * @dev: network device
 * @kind: what the program does
 *
 * Context: rtnl held.
 */
void netprog_nl_notify(struct net_device *dev, enum netprog_kind kind)
{
	struct genl_info info;
	struct sk_buff *ntf;

	if (!genl_has_listeners(&netdev_nl_family, dev_net(dev),
				NETDEV_NLGRP_MGMT))
		return;

	genl_info_init_ntf(&info, &netdev_nl_family,
			   NETDEV_CMD_NETPROG_CHANGE_NTF);
	ntf = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!ntf)
		return;
	if (netprog_nl_fill(ntf, &info, dev, kind)) {
		nlmsg_free(ntf);
		return;
	}
	genlmsg_multicast_netns(&netdev_nl_family, dev_net(dev), ntf, 0,
				NETDEV_NLGRP_MGMT, GFP_KERNEL);
}

static int netprog_nl_get(struct sk_buff *rsp, struct genl_info *info,
			  u32 ifindex, enum netprog_kind kind)
{
	struct net_device *dev;

	dev = __dev_get_by_index(genl_info_net(info), ifindex);
	if (!dev) {
		NL_SET_ERR_MSG_FMT(info->extack,
				   "No network device has ifindex %u", ifindex);
		return -ENODEV;
	}
	if (!dev->netprog) {
		NL_SET_ERR_MSG(info->extack,
			       "Device cannot run network programs");
		return -EOPNOTSUPP;
	}
	if (!(dev->netprog->supported & BIT(kind))) {
		NL_SET_ERR_MSG(info->extack,
			       "Device cannot run network programs of this kind");
		return -EOPNOTSUPP;
	}
	return netprog_nl_fill(rsp, info, dev, kind);
}

int netdev_nl_netprog_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	u32 ifindex, kind;
	struct sk_buff *rsp;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, NETDEV_A_NETPROG_IFINDEX)) {
		NL_SET_ERR_MSG(info->extack, "No ifindex given");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, NETDEV_A_NETPROG_KIND)) {
		NL_SET_ERR_MSG(info->extack,
			       "No kind of network program given");
		return -EINVAL;
	}
	ifindex = nla_get_u32(info->attrs[NETDEV_A_NETPROG_IFINDEX]);
	kind = nla_get_u32(info->attrs[NETDEV_A_NETPROG_KIND]);

	rsp = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!rsp)
		return -ENOMEM;

	rtnl_lock();
	err = netprog_nl_get(rsp, info, ifindex, kind);
	rtnl_unlock();
	if (err) {
		nlmsg_free(rsp);
		return err;
	}
	return genlmsg_reply(rsp, info);
}

static int netprog_nl_dump_dev(struct sk_buff *skb,
			       struct netlink_callback *cb,
			       const struct net_device *dev)
{
	struct netprog_nl_dump_ctx *ctx = (void *)cb->ctx;
	int err;

	if (!dev->netprog)
		return 0;
	for (; ctx->kind < __NETPROG_KIND_MAX; ctx->kind++) {
		if (!(dev->netprog->supported & BIT(ctx->kind)))
			continue;
		err = netprog_nl_fill(skb, genl_info_dump(cb), dev, ctx->kind);
		if (err)
			return err;
	}
	ctx->kind = 0;
	return 0;
}

static int netprog_nl_dump_one(struct sk_buff *skb,
			       struct netlink_callback *cb, u32 ifindex)
{
	struct netprog_nl_dump_ctx *ctx = (void *)cb->ctx;
	struct net_device *dev;
	int err;

	if (ctx->ifindex)
		return 0;
	dev = __dev_get_by_index(sock_net(skb->sk), ifindex);
	if (!dev) {
		NL_SET_ERR_MSG_FMT(cb->extack,
				   "No network device has ifindex %u", ifindex);
		return -ENODEV;
	}
	err = netprog_nl_dump_dev(skb, cb, dev);
	if (!err)
		ctx->ifindex = ifindex;	/* done */
	return err;
}

int netdev_nl_netprog_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	struct netprog_nl_dump_ctx *ctx = (void *)cb->ctx;
	const struct genl_info *info = genl_info_dump(cb);
	struct nlattr *ifindex = info->attrs[NETDEV_A_NETPROG_IFINDEX];
	struct net_device *dev;
	int err = 0;

	NL_ASSERT_DUMP_CTX_FITS(struct netprog_nl_dump_ctx);

	rtnl_lock();
	if (ifindex) {
		err = netprog_nl_dump_one(skb, cb, nla_get_u32(ifindex));
	} else {
		for_each_netdev_dump(sock_net(skb->sk), dev, ctx->ifindex) {
			err = netprog_nl_dump_dev(skb, cb, dev);
			if (err)
				break;
		}
	}
	rtnl_unlock();
	return err;
}
