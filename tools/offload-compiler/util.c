// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Buffers, allocations that cannot fail, files and the installed folders. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oc.h"

static void out_of_memory(void)
{
	fputs("offload-compiler: out of memory\n", stderr);
	exit(OC_EXIT_WRONG);
}

void *xcalloc(size_t num, size_t size)
{
	void *ptr = calloc(num ? num : 1, size ? size : 1);

	if (!ptr)
		out_of_memory();
	return ptr;
}

void *xrealloc(void *ptr, size_t size)
{
	ptr = realloc(ptr, size ? size : 1);
	if (!ptr)
		out_of_memory();
	return ptr;
}

char *xstrdup(const char *s)
{
	char *copy = strdup(s);

	if (!copy)
		out_of_memory();
	return copy;
}

char *xasprintf(const char *fmt, ...)
{
	va_list args;
	char *s;
	int len;

	va_start(args, fmt);
	len = vasprintf(&s, fmt, args);
	va_end(args);
	if (len < 0)
		out_of_memory();
	return s;
}

bool is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

/* Edits (insert, delete, replace a letter) from @a to @b */
size_t name_distance(const char *a, const char *b)
{
	size_t row[NETPROG_NAME_LEN + 1], len = strlen(b);

	if (strlen(a) >= NETPROG_NAME_LEN || len >= NETPROG_NAME_LEN)
		return NETPROG_NAME_LEN;
	for (size_t k = 0; k <= len; k++)
		row[k] = k;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t k = 1; k <= len; k++) {
			size_t best = corner + (a[i - 1] != b[k - 1]);

			corner = row[k];
			if (row[k] + 1 < best)
				best = row[k] + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			row[k] = best;
		}
	}
	return row[len];
}

static void buffer_reserve(struct buffer *buf, size_t size)
{
	size_t space = buf->space ? buf->space : 256;

	if (size > SIZE_MAX / 2 - 1)
		out_of_memory();
	while (space < size + 1)
		space *= 2;
	if (space == buf->space)
		return;
	buf->data = xrealloc(buf->data, space);
	buf->space = space;
}

void buffer_add(struct buffer *buf, const void *data, size_t size)
{
	buffer_reserve(buf, buf->size + size);
	if (size)
		memcpy(buf->data + buf->size, data, size);
	buf->size += size;
	buf->data[buf->size] = '\0';
}

void buffer_printf(struct buffer *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		out_of_memory();
	buffer_reserve(buf, buf->size + len);
	va_start(args, fmt);
	vsnprintf(buf->data + buf->size, len + 1, fmt, args);
	va_end(args);
	buf->size += len;
}

void buffer_free(struct buffer *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

/* All that comes out of @fd */
bool fd_read(int fd, struct buffer *buf)
{
	char chunk[16384];
	ssize_t len;

	while ((len = read(fd, chunk, sizeof(chunk))) != 0) {
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			return false;
		buffer_add(buf, chunk, len);
	}
	buffer_add(buf, "", 0);		/* terminated even if it is empty */
	return true;
}

bool file_read(const char *path, struct buffer *buf)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good;

	if (fd < 0) {
		diag_error(path, 0, NULL, "cannot open: %s", strerror(errno));
		return false;
	}
	good = fd_read(fd, buf);
	if (!good) {
		diag_error(path, 0, NULL, "cannot read: %s", strerror(errno));
		buffer_free(buf);
	}
	close(fd);
	return good;
}

static bool write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t len = write(fd, data, size);

		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			return false;
		data += len;
		size -= len;
	}
	return true;
}

char *file_stage(const char *path, const void *data, size_t size)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC);
	mode_t mask = umask(0);
	bool good;

	umask(mask);
	good = fd >= 0 && write_all(fd, data, size) &&
	       !fchmod(fd, 0666 & ~mask);
	if (fd >= 0 && close(fd))
		good = false;
	if (good)
		return temporary;
	diag_error(path, 0, NULL, "cannot write: %s", strerror(errno));
	if (fd >= 0)
		unlink(temporary);
	free(temporary);
	return NULL;
}

bool file_commit(const char *staged, const char *path)
{
	if (!rename(staged, path))
		return true;
	diag_error(path, 0, NULL, "cannot write: %s", strerror(errno));
	return false;
}

bool file_write(const char *path, const void *data, size_t size)
{
	char *staged = file_stage(path, data, size);
	bool good = staged && file_commit(staged, path);

	if (staged && !good)
		unlink(staged);
	free(staged);
	return good;
}

/* Waits for its end */
bool child_is_good(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

/* The language's headers: $OFFLOAD_COMPILER_INCLUDE, else as installed beside
 * the program, else the source tree that it was built from.
 */
const char *include_dir(void)
{
	static char *found;
	char self[4096];
	char *slash;
	ssize_t len;

	if (found)
		return found;
	if (getenv("OFFLOAD_COMPILER_INCLUDE")) {
		found = xstrdup(getenv("OFFLOAD_COMPILER_INCLUDE"));
		return found;
	}
	len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	self[len > 0 ? len : 0] = '\0';
	slash = strrchr(self, '/');
	if (slash) {
		*slash = '\0';
		found = xasprintf("%s/../share/netprog/include", self);
		if (!access(found, R_OK | X_OK))
			return found;
		free(found);
	}
	found = xstrdup(SOURCE_INCLUDE);
	return found;
}
