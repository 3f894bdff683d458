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

static void exec_clang(int in, int out, int err)
{
	const char *const args[] = {
		clang(), "-target", "bpfel", "-mcpu=v3", "-O2", "-g",
		"-std=gnu11", "-nostdinc", "-fno-strict-aliasing",
		"-fno-ident", "-fdebug-compilation-dir=.",
		"-Xclang", "-disable-lifetime-markers", "-Wall", "-Werror",
		"-Wno-unused-label", "-Wno-unused-variable",
		"-Wno-unused-but-set-variable", "-Wno-unused-const-variable",
		"-Wno-tautological-compare", "-Wno-tautological-constant-compare",
		"-Wno-parentheses-equality",
		"-x", "c", "-c", "-o", "-", "-", NULL
	};

	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
	    dup2(err, STDERR_FILENO) >= 0)
		execvp(args[0], (char **)args);
	diag_error(args[0], 0, NULL, "cannot run: %s; $CLANG names the clang to use",
		   strerror(errno));
	_exit(127);
}

/* A file in memory with @text, to be read from its start */
static int text_fd(const struct buffer *text)
{
	int fd = memfd_create("netprog", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (write(fd, text->data, text->size) != (ssize_t)text->size ||
	    lseek(fd, 0, SEEK_SET)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* What clang says when eBPF has not enough of something, and what it has not */
static const char *too_large(const struct buffer *errors)
{
	if (!errors->data)
		return NULL;
	if (strstr(errors->data, "BPF stack limit"))
		return "more stack than the 512 bytes that eBPF has: fewer nodes with .repeat, fewer levels of parts or smaller headers need less";
	if (strstr(errors->data, "Branch target out of insn range"))
		return "more instructions than a jump of eBPF reaches over, 32767";
	return NULL;
}

/* Whether that is why clang failed; else its own words are passed on */
static bool explain(const struct parser *parser, int fd)
{
	struct buffer errors = {};
	const char *what;

	if (lseek(fd, 0, SEEK_SET) || !fd_read(fd, &errors))
		return false;
	what = too_large(&errors);
	if (what)
		diag_error(parser->file ? parser->file : clang(), parser->line,
			   parser->name, "parser %s needs %s", parser->name,
			   what);
	else if (errors.size)
		fwrite(errors.data, errors.size, 1, stderr);
	buffer_free(&errors);
	return what;
}

static bool run_clang(const struct parser *parser, const struct buffer *c,
		      struct buffer *raw)
{
	const struct buffer none = {};
	int in = text_fd(c), err = text_fd(&none), fds[2] = { -1, -1 };
	bool good = false, said = true;
	pid_t pid = -1;

	fflush(stdout);
	if (in >= 0 && err >= 0 && !pipe(fds)) {
		pid = fork();
		if (!pid)
			exec_clang(in, fds[1], err);
		close(fds[1]);
		good = pid > 0 && fd_read(fds[0], raw);
		close(fds[0]);
		if (pid > 0)
			good &= child_is_good(pid);
		said = explain(parser, err);
	} else {
		diag_error(clang(), 0, NULL, "cannot be given its input: %s",
			   strerror(errno));
	}
	if (in >= 0)
		close(in);
	if (err >= 0)
		close(err);
	if (!good && !said)
		diag_error(clang(), 0, NULL, "did not compile the generated C");
	return good;
}

/**
 * bpf_compile() - compile what bpf_generate_c() wrote
 * @parser: from which, for diagnostics
 * @c: the C text
 * @cpr: to be kept in the object, in the section BPF_CPR_SECTION
 * @object: the ELF object is appended
 *
 * Return: false after a diagnostic.
 */
bool bpf_compile(const struct parser *parser, const struct buffer *c,
		 const struct buffer *cpr, struct buffer *object)
{
	struct buffer raw = {};
	bool good;

	good = run_clang(parser, c, &raw) && bpf_elf_finish(&raw, cpr, object);
	buffer_free(&raw);
	return good;
}
