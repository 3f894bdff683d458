// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: registry and gate
 *
 * A device may do the work of a kernel program only while both have the same
 * identity. For each device and kind there is one pointer that says so,
 * netprog_dev::active. Whoever offloads loads it once per packet. Whoever
 * changes one of the sides goes through here:
 *
 *   hold	the pointer becomes NULL, the features that it stands for go off
 *   wait	synchronize_net(): no packet is left that saw the old pointer
 *   change	the kernel's program, the device's program, or the netns
 *   release	both sides are read again; if they are equal a new pointer is
 *		published and the features come back
 *
 * All of this runs under rtnl, from hold to release, so that the registry and
 * the set of devices in scope do not change in between. netns_bpf_mutex nests
 * inside rtnl.
 */

#include <linux/bpf.h>
#include <linux/bpf-netns.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>

#include "netprog.h"

/* Devices that implement ndo_netprog_query(); protected by rtnl */
static LIST_HEAD(netprog_devs);

/* Of the program published last; protected by rtnl */
static u64 netprog_generation;

/* What users see and ask for: features that only a common program can serve */
static const netdev_features_t netprog_features[__NETPROG_KIND_MAX] = {
	[NETPROG_KIND_PARSER]	= NETIF_F_RXHASH | NETIF_F_NTUPLE,
};

static bool netprog_is_registered(const struct netprog_dev *np)
{
	return !list_empty(&np->list);
}

/**
 * netprog_kernel_hash - identity of the program that the kernel runs
 * @net: network namespace
 * @kind: what the program does
 *
 * Programs of the initial namespace override those of the others, as they do
 * in the flow dissector.
 *
 * Context: rtnl held.
 * Return: the identity, NULL if there is no program or it has no identity.
 */
const struct netprog_hash *netprog_kernel_hash(const struct net *net,
					       enum netprog_kind kind)
{
	ASSERT_RTNL();

	if (kind != NETPROG_KIND_PARSER)
		return NULL;
	if (rcu_access_pointer(init_net.bpf.run_array[NETNS_BPF_FLOW_DISSECTOR]))
		net = &init_net;
	return net->bpf.parser_hash;
}

/**
 * netprog_kernel_attached - identity of the program that is attached right now
 * @net: network namespace
 * @kind: what the program does
 * @hash: its identity; @hash->len is 0 if there is an error
 *
 * For tests of the gate: reads the attached program itself, and nothing of
 * what the gate remembers. Slow.
 *
 * Context: RCU read side section.
 * Return: 0, or -ENOENT if there is no program or it has no identity.
 */
int netprog_kernel_attached(const struct net *net, enum netprog_kind kind,
			    struct netprog_hash *hash)
{
	const struct bpf_prog_array *run_array;
	const struct bpf_prog *prog;
	int err = -ENOENT;

	hash->len = 0;
	if (kind != NETPROG_KIND_PARSER)
		return err;
	rcu_read_lock();
	run_array = rcu_dereference(init_net.bpf.run_array[NETNS_BPF_FLOW_DISSECTOR]);
	if (!run_array)
		run_array = rcu_dereference(net->bpf.run_array[NETNS_BPF_FLOW_DISSECTOR]);
	prog = run_array ? READ_ONCE(run_array->items[0].prog) : NULL;
	if (prog && !netprog_prog_hash(prog, kind, hash))
		err = 0;
	rcu_read_unlock();
	return err;
}
EXPORT_SYMBOL_GPL(netprog_kernel_attached);

/* Ask the device anew. A driver that answers nonsense has no program. */
static void netprog_query(struct netprog_dev *np, enum netprog_kind kind)
{
	struct netprog_info *info = &np->info[kind];
	struct net_device *dev = np->dev;
	int err;

	memset(info, 0, sizeof(*info));
	err = dev->netdev_ops->ndo_netprog_query(dev, kind, info);
	if (!err && WARN_ON_ONCE(info->hash.len > NETPROG_HASH_MAX))
		err = -EINVAL;
	if (err)
		memset(info, 0, sizeof(*info));
	info->name[sizeof(info->name) - 1] = '\0';
	info->hash.alg[sizeof(info->hash.alg) - 1] = '\0';

	if (err == -EOPNOTSUPP)
		np->supported &= ~BIT(kind);
	else
		np->supported |= BIT(kind);
}

/* The driver may refuse to turn a feature off. The stack then must at least
 * not count on it; the device sees that the pointer is NULL.
 */
static void netprog_update_features(struct netprog_dev *np,
				    enum netprog_kind kind)
{
	struct net_device *dev = np->dev;

	netdev_update_features(dev);
	if (rtnl_dereference(np->active[kind]) ||
	    !(dev->features & netprog_features[kind]))
		return;

	dev->features &= ~netprog_features[kind];
	netdev_features_change(dev);
}

static void netprog_publish(struct netprog_dev *np, enum netprog_kind kind)
{
	struct netprog_active *active;

	active = kzalloc(sizeof(*active), GFP_KERNEL);
	if (!active)	/* stays off, the work is done in software */
		return;

	active->generation = ++netprog_generation;
	active->hash = np->info[kind].hash;
	rcu_assign_pointer(np->active[kind], active);
	netprog_update_features(np, kind);
}

/**
 * netprog_fix_features - mask features for which there is no common program
 * @dev: network device
 * @features: what is asked for
 *
 * Context: rtnl held.
 * Return: what of @features may be on.
 */
netdev_features_t netprog_fix_features(struct net_device *dev,
				       netdev_features_t features)
{
	struct netprog_dev *np = dev->netprog;
	enum netprog_kind kind;

	if (!np)
		return features;
	for (kind = 0; kind < __NETPROG_KIND_MAX; kind++)
		if (np->supported & BIT(kind) &&
		    !rtnl_dereference(np->active[kind]))
			features &= ~netprog_features[kind];
	return features;
}

/**
 * netprog_device_hold - stop offloading, before a change
 * @dev: network device
 * @kind: what the program does
 *
 * For drivers whose program serves several devices: hold each of them, call
 * synchronize_net() once if one of the calls returned true, change the
 * program, release each of them. netprog_device_change_begin() does this for
 * one device. Holds nest.
 *
 * Context: rtnl held, from here to netprog_device_release().
 * Return: whether packets may be in flight that saw the old program.
 */
bool netprog_device_hold(struct net_device *dev, enum netprog_kind kind)
{
	struct netprog_dev *np = dev->netprog;
	struct netprog_active *old;

	ASSERT_RTNL();
	if (!np)
		return false;

	np->held[kind]++;
	old = rtnl_dereference(np->active[kind]);
	if (!old)
		return false;

	RCU_INIT_POINTER(np->active[kind], NULL);
	kfree_rcu(old, rcu);
	if (netprog_is_registered(np))
		netprog_update_features(np, kind);
	return true;
}
EXPORT_SYMBOL_GPL(netprog_device_hold);

/**
 * netprog_device_release - offload again if both sides are equal
 * @dev: network device
 * @kind: what the program does
 *
 * Asks the driver with ndo_netprog_query() for its program.
 *
 * Context: rtnl held since netprog_device_hold().
 */
void netprog_device_release(struct net_device *dev, enum netprog_kind kind)
{
	struct netprog_dev *np = dev->netprog;
	const struct netprog_hash *hash;

	ASSERT_RTNL();
	if (!np || WARN_ON_ONCE(!np->held[kind]))
		return;
	if (--np->held[kind] || !netprog_is_registered(np))
		return;

	netprog_query(np, kind);
	hash = netprog_kernel_hash(dev_net(dev), kind);
	if (np->supported & BIT(kind)) {
		if (hash && netprog_hash_equal(hash, &np->info[kind].hash))
			netprog_publish(np, kind);
		netprog_nl_notify(dev, kind);
	}
}
EXPORT_SYMBOL_GPL(netprog_device_release);

/**
 * netprog_device_change_begin - a driver is about to change its program
 * @dev: network device
 * @kind: what the program does
 *
 * On return the device is idle: no packet is left that saw the old program as
 * active, and none will see a new one before netprog_device_change_end().
 *
 * Context: rtnl held, from here to the end; may sleep.
 */
void netprog_device_change_begin(struct net_device *dev,
				 enum netprog_kind kind)
{
	if (netprog_device_hold(dev, kind))
		synchronize_net();
}
EXPORT_SYMBOL_GPL(netprog_device_change_begin);

/**
 * netprog_device_change_end - a driver has changed its program, or not
 * @dev: network device
 * @kind: what the program does
 *
 * Context: rtnl held since netprog_device_change_begin().
 */
void netprog_device_change_end(struct net_device *dev, enum netprog_kind kind)
{
	netprog_device_release(dev, kind);
}
EXPORT_SYMBOL_GPL(netprog_device_change_end);

/**
 * netprog_dev_register - add a device that is being registered
 * @dev: network device, not yet visible to anybody
 *
 * All kinds stay held until netprog_dev_registered().
 *
 * Context: rtnl held.
 * Return: 0 or -ENOMEM.
 */
int netprog_dev_register(struct net_device *dev)
{
	struct netprog_dev *np = dev->netprog;
	enum netprog_kind kind;

	ASSERT_RTNL();
	if (!dev->netdev_ops->ndo_netprog_query)
		return 0;
	if (!np) {
		np = kzalloc(sizeof(*np), GFP_KERNEL);
		if (!np)
			return -ENOMEM;
		np->dev = dev;
		dev->netprog = np;
	}

	list_add_tail(&np->list, &netprog_devs);
	for (kind = 0; kind < __NETPROG_KIND_MAX; kind++) {
		np->held[kind] = 1;
		netprog_query(np, kind);
	}
	return 0;
}

/**
 * netprog_dev_registered - registration is complete
 * @dev: network device
 *
 * Context: rtnl held since netprog_dev_register().
 */
void netprog_dev_registered(struct net_device *dev)
{
	netprog_dev_move_end(dev);
}

/**
 * netprog_dev_unregister - remove a device that is being unregistered
 * @dev: network device
 *
 * Context: rtnl held; the caller waits for a grace period before it gives the
 * lock up.
 */
void netprog_dev_unregister(struct net_device *dev)
{
	struct netprog_dev *np = dev->netprog;

	ASSERT_RTNL();
	if (!np)
		return;
	list_del_init(&np->list);
	netprog_dev_move_begin(dev);
}

/**
 * netprog_dev_free - free the state of a device
 * @dev: network device that is being freed
 */
void netprog_dev_free(struct net_device *dev)
{
	kfree(dev->netprog);
	dev->netprog = NULL;
}

/**
 * netprog_dev_move_begin - a device is about to leave its namespace
 * @dev: network device
 *
 * Context: rtnl held, until netprog_dev_move_end(); the caller waits for a
 * grace period before it changes the namespace.
 */
void netprog_dev_move_begin(struct net_device *dev)
{
	enum netprog_kind kind;

	for (kind = 0; kind < __NETPROG_KIND_MAX; kind++)
		netprog_device_hold(dev, kind);
}

/**
 * netprog_dev_move_end - a device is in its new namespace
 * @dev: network device
 *
 * Context: rtnl held since netprog_dev_move_begin().
 */
void netprog_dev_move_end(struct net_device *dev)
{
	enum netprog_kind kind;

	for (kind = 0; kind < __NETPROG_KIND_MAX; kind++)
		netprog_device_release(dev, kind);
}

/* The program of the initial namespace is the program of all */
static bool netprog_in_scope(const struct netprog_dev *np,
			     const struct net *net)
{
	return net_eq(net, &init_net) || net_eq(dev_net(np->dev), net);
}

static void netprog_hold_all(const struct net *net, enum netprog_kind kind)
{
	struct netprog_dev *np;
	bool wait = false;

	list_for_each_entry(np, &netprog_devs, list)
		if (netprog_in_scope(np, net))
			wait |= netprog_device_hold(np->dev, kind);
	if (wait)
		synchronize_net();
}

static void netprog_release_all(const struct net *net, enum netprog_kind kind)
{
	struct netprog_dev *np;

	list_for_each_entry(np, &netprog_devs, list)
		if (netprog_in_scope(np, net))
			netprog_device_release(np->dev, kind);
}

/* Copy the identity of the flow dissector that is attached now */
static void netprog_read_dissector(struct net *net)
{
	struct bpf_prog_array *run_array;
	struct netprog_hash hash = {};
	struct bpf_prog *prog;

	mutex_lock(&netns_bpf_mutex);
	run_array = rcu_dereference_protected(net->bpf.run_array[NETNS_BPF_FLOW_DISSECTOR],
					      lockdep_is_held(&netns_bpf_mutex));
	prog = run_array ? READ_ONCE(run_array->items[0].prog) : NULL;
	if (prog && netprog_prog_hash(prog, NETPROG_KIND_PARSER, &hash))
		hash.len = 0;	/* no identity: legal, and never equal */
	mutex_unlock(&netns_bpf_mutex);

	kfree(net->bpf.parser_hash);
	net->bpf.parser_hash = NULL;
	if (hash.len)
		net->bpf.parser_hash = kmemdup(&hash, sizeof(hash), GFP_KERNEL);
}

/**
 * netprog_link_change_begin - a link is about to change the kernel's program
 * @net: where the link keeps its namespace; may hold NULL
 * @type: attach type
 *
 * The namespace of a link becomes NULL when the namespace dies, which for a
 * flow dissector is under rtnl.
 *
 * Context: process; takes rtnl for a flow dissector, and keeps it until
 * netprog_kernel_change_end().
 */
void netprog_link_change_begin(struct net **net,
			       enum netns_bpf_attach_type type)
{
	if (type != NETNS_BPF_FLOW_DISSECTOR)
		return;
	rtnl_lock();
	if (READ_ONCE(*net))
		netprog_hold_all(READ_ONCE(*net), NETPROG_KIND_PARSER);
}

/**
 * netprog_kernel_change_begin - the kernel's program is about to change
 * @net: network namespace of the program
 * @type: attach type
 *
 * Context: process; takes rtnl for a flow dissector, and keeps it until
 * netprog_kernel_change_end().
 */
void netprog_kernel_change_begin(struct net *net,
				 enum netns_bpf_attach_type type)
{
	netprog_link_change_begin(&net, type);
}

/**
 * netprog_kernel_change_end - the kernel's program has changed, or not
 * @net: network namespace of the program, NULL if there was none at the begin
 * @type: attach type
 *
 * Context: process, without netns_bpf_mutex; releases rtnl for a flow
 * dissector.
 */
void netprog_kernel_change_end(struct net *net,
			       enum netns_bpf_attach_type type)
{
	if (type != NETNS_BPF_FLOW_DISSECTOR)
		return;
	if (net) {
		netprog_read_dissector(net);
		netprog_release_all(net, NETPROG_KIND_PARSER);
	}
	rtnl_unlock();
}
