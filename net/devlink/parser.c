// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The network programs of a device: the parser-fetch action of the reload
 * command, which gives the device a new image, and the parser object, which
 * shows the programs of the image that the device has.
 *
 * A fetch is no reload: nothing of the device is torn down, and if it fails
 * the device keeps the image that it has.
 */

#include <linux/firmware.h>
#include <linux/netprog.h>

#include "devl_internal.h"

/* Bytes in one message: with its other attributes it has to fit into the
 * NLMSG_GOODSIZE (3776 bytes on small pages) that a dump starts with.
 */
#define DEVLINK_PARSER_CPR_CHUNK	3072

/* A path relative to the firmware folders that cannot leave them */
static int devlink_parser_file_check(const char *name,
				     struct netlink_ext_ack *extack)
{
	const char *part = name;
	size_t len;

	if (!*name) {
		NL_SET_ERR_MSG(extack, "File name is empty");
		return -EINVAL;
	}
	if (strlen(name) >= NAME_MAX + 1) {
		NL_SET_ERR_MSG_FMT(extack, "File name is longer than %u bytes",
				   NAME_MAX);
		return -ENAMETOOLONG;
	}
	if (*name == '/') {
		NL_SET_ERR_MSG(extack,
			       "File name is not relative to /lib/firmware");
		return -EINVAL;
	}
	for (; part; part = part[len] ? part + len + 1 : NULL) {
		len = strcspn(part, "/");
		if (len == 2 && !strncmp(part, "..", 2)) {
			NL_SET_ERR_MSG(extack, "File name has a \"..\" in it");
			return -EINVAL;
		}
	}
	return 0;
}

static int devlink_parser_request_check(struct devlink *devlink,
					struct genl_info *info)
{
	struct netlink_ext_ack *extack = info->extack;
	struct nlattr **attrs = info->attrs;

	if (!IS_ENABLED(CONFIG_NETPROG)) {
		NL_SET_ERR_MSG(extack,
			       "Kernel is built without network programs");
		return -EOPNOTSUPP;
	}
	if (!devlink->ops->parser_fetch ||
	    !test_bit(DEVLINK_RELOAD_ACTION_PARSER_FETCH,
		      &devlink->ops->reload_actions)) {
		NL_SET_ERR_MSG(extack, "Device cannot run network programs");
		return -EOPNOTSUPP;
	}
	if (attrs[DEVLINK_ATTR_NETNS_PID] || attrs[DEVLINK_ATTR_NETNS_FD] ||
	    attrs[DEVLINK_ATTR_NETNS_ID]) {
		NL_SET_ERR_MSG(extack,
			       "A parser fetch cannot change the network namespace");
		return -EINVAL;
	}
	if (attrs[DEVLINK_ATTR_RELOAD_LIMITS]) {
		NL_SET_ERR_MSG(extack, "A parser fetch takes no reload limit");
		return -EINVAL;
	}
	if (devlink->reload_failed) {
		NL_SET_ERR_MSG(extack,
			       "A reload of the device failed, reinitialize it first");
		return -EBUSY;
	}
	if (!attrs[DEVLINK_ATTR_RELOAD_FILE_NAME]) {
		NL_SET_ERR_MSG(extack, "A parser fetch needs a file name");
		return -EINVAL;
	}
	return devlink_parser_file_check(nla_data(attrs[DEVLINK_ATTR_RELOAD_FILE_NAME]),
					 extack);
}

static struct netprog_image *
devlink_parser_image_load(struct devlink *devlink, const char *name,
			  struct netlink_ext_ack *extack)
{
	struct netprog_image *image;
	const struct firmware *fw;
	int err;

	err = firmware_request_nowarn(&fw, name, devlink->dev);
	if (err == -ENOENT) {
		NL_SET_ERR_MSG_FMT(extack,
				   "No file %.30s in /lib/firmware, or it is empty",
				   name);
		return ERR_PTR(err);
	}
	if (err) {
		NL_SET_ERR_MSG_FMT(extack, "Cannot read file %.40s, error %d",
				   name, err);
		return ERR_PTR(err);
	}

	image = netprog_image_parse(fw->data, fw->size, extack);
	release_firmware(fw);
	return image;
}

static int devlink_parser_image_commit(struct devlink *devlink,
				       struct netprog_image *image,
				       struct netlink_ext_ack *extack)
{
	int err;

	err = devlink->ops->parser_fetch(devlink, image, extack);
	if (err) {
		if (extack && !extack->_msg)
			NL_SET_ERR_MSG_FMT(extack,
					   "Device refuses the image, error %d",
					   err);
		return err;
	}

	netprog_image_free(devlink->parser_image);
	devlink->parser_image = image;
	devlink->parser_seq++;
	return 0;
}

/**
 * devlink_parser_fetch - the parser-fetch action of the reload command
 * @devlink: devlink instance
 * @info: the request
 *
 * Context: device lock and instance lock held.
 * Return: 0, or a negative errno with a message; then the device keeps the
 * image that it has.
 */
int devlink_parser_fetch(struct devlink *devlink, struct genl_info *info)
{
	u32 actions = BIT(DEVLINK_RELOAD_ACTION_PARSER_FETCH);
	struct netprog_image *image;
	int err;

	err = devlink_parser_request_check(devlink, info);
	if (err)
		return err;

	image = devlink_parser_image_load(devlink,
					  nla_data(info->attrs[DEVLINK_ATTR_RELOAD_FILE_NAME]),
					  info->extack);
	if (IS_ERR(image))
		return PTR_ERR(image);
	err = devlink_parser_image_commit(devlink, image, info->extack);
	if (err) {
		netprog_image_free(image);
		return err;
	}

	devlink_reload_stats_update(devlink, DEVLINK_RELOAD_LIMIT_UNSPEC,
				    actions);
	return devlink_nl_reload_actions_performed_snd(devlink, actions,
						       DEVLINK_CMD_RELOAD,
						       info);
}

static int
devlink_nl_parser_table_put(struct sk_buff *msg,
			    const struct netprog_image_table *table)
{
	struct nlattr *nest;

	nest = nla_nest_start(msg, DEVLINK_ATTR_PARSER_TABLE);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(msg, DEVLINK_ATTR_PARSER_TABLE_NAME, table->name) ||
	    nla_put_u8(msg, DEVLINK_ATTR_PARSER_TABLE_OWNER,
		       le32_to_cpu(table->owner)) ||
	    nla_put_u8(msg, DEVLINK_ATTR_PARSER_TABLE_MATCH,
		       le32_to_cpu(table->match)) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_TABLE_KEY_BITS,
			le32_to_cpu(table->key_bits)) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_TABLE_SIZE,
			le32_to_cpu(table->size))) {
		nla_nest_cancel(msg, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(msg, nest);
	return 0;
}

static int devlink_nl_parser_put(struct sk_buff *msg,
				 const struct netprog_image_prog *prog)
{
	struct nlattr *nest;
	unsigned int i;

	nest = nla_nest_start(msg, DEVLINK_ATTR_PARSER);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(msg, DEVLINK_ATTR_PARSER_NAME, prog->name) ||
	    nla_put_u8(msg, DEVLINK_ATTR_PARSER_KIND, prog->kind) ||
	    nla_put_string(msg, DEVLINK_ATTR_PARSER_HASH_ALG, prog->hash.alg) ||
	    nla_put(msg, DEVLINK_ATTR_PARSER_HASH, prog->hash.len,
		    prog->hash.data) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_MAX_BYTES, prog->max_bytes) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_MAX_NODES, prog->max_nodes) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_MAX_ENCAPS, prog->max_encaps) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_CPR_SIZE, prog->cpr_len))
		goto err_cancel;
	for (i = 0; i < prog->num_tables; i++)
		if (devlink_nl_parser_table_put(msg, &prog->tables[i]))
			goto err_cancel;

	nla_nest_end(msg, nest);
	return 0;

err_cancel:
	nla_nest_cancel(msg, nest);
	return -EMSGSIZE;
}

static int devlink_nl_parser_fill(struct sk_buff *msg, struct devlink *devlink,
				  const struct netprog_image_prog *prog,
				  u32 portid, u32 seq, int flags)
{
	void *hdr;

	hdr = genlmsg_put(msg, portid, seq, &devlink_nl_family, flags,
			  DEVLINK_CMD_PARSER_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (devlink_nl_put_handle(msg, devlink) ||
	    devlink_nl_parser_put(msg, prog)) {
		genlmsg_cancel(msg, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return 0;
}

/* Without CONFIG_NETPROG the compiler sees that nothing can be shown */
static const struct netprog_image *
devlink_parser_image(const struct devlink *devlink)
{
	return IS_ENABLED(CONFIG_NETPROG) ? devlink->parser_image : NULL;
}

/* The program that a request names; it need not if there is only one */
static const struct netprog_image_prog *
devlink_parser_find(struct devlink *devlink, const struct nlattr *name,
		    struct netlink_ext_ack *extack)
{
	const struct netprog_image *image = devlink_parser_image(devlink);
	unsigned int i;

	if (!image) {
		NL_SET_ERR_MSG(extack, "Device has no network program");
		return ERR_PTR(-ENOENT);
	}
	if (!name) {
		if (image->num_progs == 1)
			return &image->progs[0];
		NL_SET_ERR_MSG_FMT(extack, "Device has %u programs, name one",
				   image->num_progs);
		return ERR_PTR(-EINVAL);
	}
	for (i = 0; i < image->num_progs; i++)
		if (!nla_strcmp(name, image->progs[i].name))
			return &image->progs[i];

	NL_SET_ERR_MSG_FMT(extack, "Device has no program %.*s",
			   NETPROG_NAME_LEN, (char *)nla_data(name));
	return ERR_PTR(-ENOENT);
}

/* A program with all its tables needs more than NLMSG_DEFAULT_SIZE */
static size_t devlink_nl_parser_size(const struct netprog_image_prog *prog)
{
	size_t table = nla_total_size(0) + nla_total_size(NETPROG_NAME_LEN) +
		       2 * nla_total_size(sizeof(u8)) +
		       2 * nla_total_size(sizeof(u32));

	return NLMSG_DEFAULT_SIZE + prog->num_tables * table;
}

int devlink_nl_parser_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct devlink *devlink = info->user_ptr[0];
	const struct netprog_image_prog *prog;
	struct sk_buff *msg;
	int err;

	prog = devlink_parser_find(devlink,
				   info->attrs[DEVLINK_ATTR_PARSER_NAME],
				   info->extack);
	if (IS_ERR(prog))
		return PTR_ERR(prog);

	msg = nlmsg_new(devlink_nl_parser_size(prog), GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	err = devlink_nl_parser_fill(msg, devlink, prog, info->snd_portid,
				     info->snd_seq, 0);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

static int devlink_nl_parser_get_dump_one(struct sk_buff *msg,
					  struct devlink *devlink,
					  struct netlink_callback *cb,
					  int flags)
{
	struct devlink_nl_dump_state *state = devlink_dump_state(cb);
	const struct netprog_image *image = devlink_parser_image(devlink);
	int err;

	for (; image && state->idx < image->num_progs; state->idx++) {
		err = devlink_nl_parser_fill(msg, devlink,
					     &image->progs[state->idx],
					     NETLINK_CB(cb->skb).portid,
					     cb->nlh->nlmsg_seq, flags);
		if (err)
			return err;
	}
	return 0;
}

int devlink_nl_parser_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	return devlink_nl_dumpit(skb, cb, devlink_nl_parser_get_dump_one);
}

static int devlink_nl_parser_cpr_fill(struct sk_buff *msg,
				      struct devlink *devlink,
				      struct netlink_callback *cb,
				      const struct netprog_image_prog *prog,
				      u32 offset, u32 len)
{
	void *hdr;

	hdr = genlmsg_put(msg, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			  &devlink_nl_family, NLM_F_MULTI,
			  DEVLINK_CMD_PARSER_CPR_GET);
	if (!hdr)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, hdr);
	if (devlink_nl_put_handle(msg, devlink) ||
	    nla_put_string(msg, DEVLINK_ATTR_PARSER_NAME, prog->name) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_CPR_SIZE, prog->cpr_len) ||
	    nla_put_u32(msg, DEVLINK_ATTR_PARSER_CPR_OFFSET, offset) ||
	    nla_put(msg, DEVLINK_ATTR_PARSER_CPR, len, prog->cpr + offset)) {
		genlmsg_cancel(msg, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return 0;
}

/* A fetch between two messages shows as NLM_F_DUMP_INTR */
static int devlink_nl_parser_cpr_dump(struct sk_buff *skb,
				      struct devlink *devlink,
				      struct netlink_callback *cb,
				      struct nlattr **attrs)
{
	struct devlink_nl_dump_state *state = devlink_dump_state(cb);
	const struct netprog_image_prog *prog;
	u32 len;
	int err;

	cb->seq = devlink->parser_seq + 1;
	prog = devlink_parser_find(devlink, attrs[DEVLINK_ATTR_PARSER_NAME],
				   cb->extack);
	if (IS_ERR(prog))
		return PTR_ERR(prog);

	while (state->start_offset < prog->cpr_len) {
		len = min_t(u32, prog->cpr_len - state->start_offset,
			    DEVLINK_PARSER_CPR_CHUNK);
		err = devlink_nl_parser_cpr_fill(skb, devlink, cb, prog,
						 state->start_offset, len);
		if (err)
			return skb->len ? : err;
		state->start_offset += len;
	}
	return skb->len;
}

int devlink_nl_parser_cpr_get_dumpit(struct sk_buff *skb,
				     struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	struct devlink *devlink;
	int err;

	devlink = devlink_get_from_attrs_lock(sock_net(cb->skb->sk),
					      info->attrs, false);
	if (IS_ERR(devlink)) {
		NL_SET_ERR_MSG(cb->extack, "No device given, or no such device");
		return PTR_ERR(devlink);
	}
	err = devlink_nl_parser_cpr_dump(skb, devlink, cb, info->attrs);
	devl_unlock(devlink);
	devlink_put(devlink);
	return err;
}
