// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * From generated C to the object NAME.bpf.o: clang on files in memory, so that
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

/**
 * bpf_compile_start() - let clang compile what bpf_generate_c() wrote
 * @job: to be handed to bpf_compile_end(), in any case
 * @parser: from which, for diagnostics
 * @c: the C text
 *
 * Clang is slow, and what else there is to do for a program can be done
 * meanwhile.
 */
void bpf_compile_start(struct bpf_job *job, const struct parser *parser,
		       const struct buffer *c)
{
	const struct buffer none = {};
	int in = text_fd(c);

	*job = (struct bpf_job){ parser, -1, text_fd(&none), text_fd(&none) };
	fflush(stdout);
	if (in >= 0 && job->out >= 0 && job->err >= 0)
		job->pid = fork();
	if (!job->pid)
		exec_clang(in, job->out, job->err);
	if (job->pid < 0)
		diag_error(clang(), 0, NULL, "cannot be given its input: %s",
			   strerror(errno));
	if (in >= 0)
		close(in);
}

/**
 * bpf_compile_end() - wait for clang
 * @job: that was started
 * @cpr: to be kept in the object, in the section BPF_CPR_SECTION
 * @object: the ELF object is appended
 *
 * Return: false after a diagnostic.
 */
bool bpf_compile_end(struct bpf_job *job, const struct buffer *cpr,
		     struct buffer *object)
{
	struct buffer raw = {};
	bool good = job->pid > 0 && child_is_good(job->pid);

	if (job->pid > 0 && !explain(job->parser, job->err) && !good)
		diag_error(clang(), 0, NULL, "did not compile the generated C");
	good = good && !lseek(job->out, 0, SEEK_SET) &&
	       fd_read(job->out, &raw) && bpf_elf_finish(&raw, cpr, object);
	if (job->out >= 0)
		close(job->out);
	if (job->err >= 0)
		close(job->err);
	buffer_free(&raw);
	return good;
}

bool bpf_compile(const struct parser *parser, const struct buffer *c,
		 const struct buffer *cpr, struct buffer *object)
{
	struct bpf_job job;

	bpf_compile_start(&job, parser, c);
	return bpf_compile_end(&job, cpr, object);
}
