// SPDX-License-Identifier: GPL-2.0
/*
 * fdlink PIN: attaches the pinned flow dissector to this network namespace by
 * a link, which lives as long as this process and its standard input.
 *
 * Reads commands: "update PIN". Answers each, and the attach, with "ok" or the
 * error's text.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>

static void answer(int err)
{
	puts(err ? strerror(-err) : "ok");
	fflush(stdout);
}

static int update(int link, const char *pin)
{
	int prog, err;

	prog = bpf_obj_get(pin);
	if (prog < 0)
		return -errno;
	err = bpf_link_update(link, prog, NULL) ? -errno : 0;
	close(prog);
	return err;
}

int main(int argc, char **argv)
{
	char line[256], pin[256];
	int prog, netns, link;

	if (argc != 2) {
		fprintf(stderr, "usage: fdlink PIN\n");
		return 2;
	}
	prog = bpf_obj_get(argv[1]);
	netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	link = prog < 0 || netns < 0 ? -1 :
	       bpf_link_create(prog, netns, BPF_FLOW_DISSECTOR, NULL);
	if (link < 0) {
		answer(-errno);
		return 1;
	}
	close(prog);
	close(netns);
	answer(0);
	while (fgets(line, sizeof(line), stdin))
		answer(sscanf(line, "update %255s", pin) == 1 ?
		       update(link, pin) : -EINVAL);
	close(link);
	return 0;
}
