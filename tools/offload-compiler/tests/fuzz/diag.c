// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* In the fuzzers instead of the compiler's diag.c: formats, counts, and says
 * nothing unless $VERBOSE is set.
 */
#include <stdarg.h>
#include <stdlib.h>

#include "../../oc.h"

static unsigned int errors;

unsigned int diag_errors(void)
{
	return errors;
}

/* Names come from the input: all bytes of them are read */
static void format(const char *file, const char *token, const char *fmt,
		   va_list args)
{
	static char text[4096];

	snprintf(text, sizeof(text), "%s %s", file, token ? token : "");
	vsnprintf(text, sizeof(text), fmt, args);
	if (getenv("VERBOSE"))
		fprintf(stderr, "%s\n", text);
}

void diag_error(const char *file, unsigned int line, const char *token,
		const char *fmt, ...)
{
	va_list args;

	(void)line;
	errors++;
	va_start(args, fmt);
	format(file, token, fmt, args);
	va_end(args);
}

void diag_warning(const char *file, unsigned int line, const char *token,
		  const char *fmt, ...)
{
	va_list args;

	(void)line;
	va_start(args, fmt);
	format(file, token, fmt, args);
	va_end(args);
}
