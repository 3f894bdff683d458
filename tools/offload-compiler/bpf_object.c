// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * From generated C to the object NAME.bpf.o: clang through two pipes, so that
 * no path gets into the object, then without DWARF and with the CPR.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf_elf.h"
#include "oc.h"

static const char *clang(void)
{
	const char *name = getenv("CLANG");

	return name && *name ? name : "clang-19";
}

static void exec_clang(int in, int out)
{
	const char *const args[] = {
		clang(), "-target", "bpfel", "-mcpu=v3", "-O2", "-g",
		"-std=gnu11", "-nostdinc", "-fno-strict-aliasing",
		"-fno-ident", "-fdebug-compilation-dir=.", "-Wall", "-Werror",
		"-Wno-unused-label", "-Wno-unused-variable",
		"-Wno-unused-but-set-variable", "-Wno-unused-const-variable",
		"-Wno-tautological-compare", "-Wno-tautological-constant-compare",
		"-Wno-parentheses-equality",
		"-x", "c", "-c", "-o", "-", "-", NULL
	};

	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
		execvp(args[0], (char **)args);
	diag_error(args[0], 0, NULL, "cannot run: %s; $CLANG names the clang to use",
		   strerror(errno));
	_exit(127);
}

/* A file in memory with the C text, to be read from its start */
static int text_fd(const struct buffer *c)
{
	int fd = memfd_create("netprog", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (write(fd, c->data, c->size) != (ssize_t)c->size ||
	    lseek(fd, 0, SEEK_SET)) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool run_clang(const struct buffer *c, struct buffer *raw)
{
	int in = text_fd(c), fds[2];
	pid_t pid;
	bool good;

	fflush(stdout);
	if (in < 0 || pipe(fds)) {
		diag_error(clang(), 0, NULL, "cannot be given its input: %s",
			   strerror(errno));
		if (in >= 0)
			close(in);
		return false;
	}
	pid = fork();
	if (!pid)
		exec_clang(in, fds[1]);
	close(in);
	close(fds[1]);
	good = pid > 0 && fd_read(fds[0], raw);
	close(fds[0]);
	if (pid > 0)
		good &= child_is_good(pid);
	if (!good)
		diag_error(clang(), 0, NULL, "did not compile the generated C");
	return good;
}

/**
 * bpf_compile() - compile what bpf_generate_c() wrote
 * @c: the C text
 * @cpr: to be kept in the object, in the section BPF_CPR_SECTION
 * @object: the ELF object is appended
 *
 * Return: false after a diagnostic.
 */
bool bpf_compile(const struct buffer *c, const struct buffer *cpr,
		 struct buffer *object)
{
	struct buffer raw = {};
	bool good;

	good = run_clang(c, &raw) && bpf_elf_finish(&raw, cpr, object);
	buffer_free(&raw);
	return good;
}
