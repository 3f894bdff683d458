// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Messages as compilers print them: file:line:col, the line, a caret. */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "oc.h"

static unsigned int errors;

unsigned int diag_errors(void)
{
	return errors;
}

static char *read_line(const char *file, unsigned int line)
{
	FILE *in = fopen(file, "re");
	char *text = NULL;
	size_t space = 0;
	ssize_t len = -1;

	if (!in)
		return NULL;
	while (line-- && (len = getline(&text, &space, in)) >= 0)
		;
	fclose(in);
	if (len < 0) {
		free(text);
		return NULL;
	}
	text[strcspn(text, "\r\n")] = '\0';
	return text;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The column of @token as a word of @text, from 1; 0: it is not there */
static unsigned int find_column(const char *text, const char *token)
{
	size_t len = token ? strlen(token) : 0;
	const char *at = text;

	while (len && (at = strstr(at, token))) {
		if ((at == text || !is_word(at[-1]) || !is_word(token[0])) &&
		    (!is_word(at[len]) || !is_word(token[len - 1])))
			return at - text + 1;
		at++;
	}
	return 0;
}

/* The line of @token. That of a macro which takes several lines is the last:
 * then it is the nearest before it, in the same declaration.
 */
static char *find_line(const char *file, unsigned int *line, const char *token)
{
	for (unsigned int at = *line; token && at; at--) {
		char *text = read_line(file, at);
		bool found = text && find_column(text, token);
		bool inside = text && strchr(" \t", *text);

		if (found) {
			*line = at;
			return text;
		}
		free(text);
		if (!inside)
			break;
	}
	return read_line(file, *line);
}

/* Tabs stay tabs, so that the caret stands right at any tab width */
static void print_caret(const char *text, unsigned int column, const char *token)
{
	size_t len = token ? strlen(token) : 1;

	if (!token || strncmp(text + column - 1, token, len))
		len = 1;
	fprintf(stderr, "%s\n", text);
	for (unsigned int i = 0; i + 1 < column; i++)
		fputc(text[i] == '\t' ? '\t' : ' ', stderr);
	fputc('^', stderr);
	while (--len)
		fputc('~', stderr);
	fputc('\n', stderr);
}

static void report(const char *severity, const char *file, unsigned int line,
		   const char *token, const char *fmt, va_list args)
{
	char *text = line ? find_line(file, &line, token) : NULL;
	unsigned int column = text ? find_column(text, token) : 0;

	if (text && !column)
		column = strspn(text, " \t") + 1;

	fflush(stdout);
	if (text)
		fprintf(stderr, "%s:%u:%u: ", file, line, column);
	else if (line)
		fprintf(stderr, "%s:%u: ", file, line);
	else
		fprintf(stderr, "%s: ", file);
	fprintf(stderr, "%s: ", severity);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	if (text)
		print_caret(text, column, token);
	free(text);
}

void diag_error(const char *file, unsigned int line, const char *token,
		const char *fmt, ...)
{
	va_list args;

	errors++;
	va_start(args, fmt);
	report("error", file, line, token, fmt, args);
	va_end(args);
}

void diag_warning(const char *file, unsigned int line, const char *token,
		  const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	report("warning", file, line, token, fmt, args);
	va_end(args);
}
