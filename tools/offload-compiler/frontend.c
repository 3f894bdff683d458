// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The front end's first half: clang turns the source into an ELF object. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "oc.h"

#define MAX_ARGS	64

/* $OFFLOAD_COMPILER_CFLAGS, split at blanks: for tests of the claim that no
 * flag changes a hash.
 */
static unsigned int add_user_flags(const char **args, unsigned int num)
{
	const char *env = getenv("OFFLOAD_COMPILER_CFLAGS");
	char *flags, *save, *word;

	if (!env)
		return num;
	flags = xstrdup(env);	/* lives as long as the arguments */
	for (word = strtok_r(flags, " ", &save); word && num < MAX_ARGS - 10;
	     word = strtok_r(NULL, " ", &save))
		args[num++] = word;
	return num;
}

static void exec_clang(const char *path, int out)
{
	const char *clang = getenv("CLANG");
	const char *args[MAX_ARGS] = {
		clang && *clang ? clang : "clang-19",
		"-target", "bpfel", "-std=c11", "-O0", "-Wall", "-Wextra",
		"-nostdinc", "-fmacro-backtrace-limit=1",
		"-Werror=initializer-overrides",
	};
	unsigned int num = 10;

	num = add_user_flags(args, num);
	args[num++] = "-I";
	args[num++] = include_dir();
	args[num++] = "-I";	/* <protocols/NAME.h> */
	args[num++] = xasprintf("%s/..", include_dir());
	args[num++] = "-c";
	args[num++] = "-o";
	args[num++] = "-";
	args[num++] = "--";
	args[num++] = path;
	if (dup2(out, STDOUT_FILENO) >= 0)
		execvp(args[0], (char **)args);
	diag_error(args[0], 0, NULL, "cannot run: %s; $CLANG names the clang to use",
		   strerror(errno));
	_exit(127);
}

static bool compile(const char *path, struct buffer *object)
{
	int fds[2];
	pid_t pid;
	bool good;

	fflush(stdout);
	if (pipe(fds)) {
		diag_error(path, 0, NULL, "cannot make a pipe: %s",
			   strerror(errno));
		return false;
	}
	pid = fork();
	if (!pid)
		exec_clang(path, fds[1]);
	close(fds[1]);
	good = pid > 0 && fd_read(fds[0], object);
	close(fds[0]);
	if (pid > 0)
		good &= child_is_good(pid);
	if (!good)
		diag_error(path, 0, NULL, "clang does not compile it");
	return good;
}

bool frontend_read(const char *path, struct program_list *list)
{
	struct buffer object = {};
	bool good;

	memset(list, 0, sizeof(*list));
	good = compile(path, &object) &&
	       source_read_object(path, &object, list);
	buffer_free(&object);
	for (uint32_t i = 0; good && i < list->num; i++)
		good = parser_check(path, list->parsers[i]);
	if (!good)
		program_list_free(list);
	return good;
}
