// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * peak COMMAND...: runs it, and prints on standard error its seconds and the
 * KiB of memory that it had at most. For that its parent has to be small: a
 * child starts with what its parent had.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double start = now();
	struct rusage used;
	int status;
	pid_t pid;

	if (argc < 2) {
		fputs("Usage: peak COMMAND...\n", stderr);
		return 2;
	}
	pid = fork();
	if (!pid) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid) {
		perror("peak");
		return 126;
	}
	fprintf(stderr, "%.3f %ld\n", now() - start, used.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}
