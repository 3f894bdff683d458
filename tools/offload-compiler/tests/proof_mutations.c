// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* proof_mutations A B OTHER [EVERY]: every change of the certificate that A and B
 * are equal (each EVERYth) is refused, or what is left is still a proof; none
 * proves that A and OTHER are equal, who are not. Without a place whose states
 * no other has it proves nothing, and neither does any part of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof.h"
#include "prove_file.h"

struct test {
	struct prove_file	files[3];
	struct sym_machine	*m[3];
	struct buffer		text;
	uint32_t		every, tried, unreadable, refused, valid, wrong;
};

static bool proves(const struct certificate *proof, const struct sym_machine *a,
		   const struct sym_machine *b)
{
	struct check_result result;

	proof_check(proof, a, b, &result);
	free(result.why);
	return !result.why;
}

/* @may: it may still be a proof */
static void try(struct test *t, const struct buffer *text, bool may)
{
	struct certificate proof;
	bool readable = certificate_read("changed", text, &proof), valid;

	t->tried++;
	t->unreadable += !readable;
	if (readable) {
		valid = proves(&proof, t->m[0], t->m[1]);
		t->valid += valid;
		t->refused += !valid;
		if (proves(&proof, t->m[0], t->m[2]) || (valid && !may)) {
			printf("# taken, and should not be:\n%.*s",
			       (int)text->size, text->data);
			t->wrong++;
		}
	}
	certificate_free(&proof);
}

/* @size bytes at @at become @by */
static void try_with(struct test *t, size_t at, size_t size, const char *by,
		     bool may)
{
	struct buffer text = {};

	if (t->every > 1 && may && rand() % t->every)
		return;
	buffer_add(&text, t->text.data, at);
	buffer_add(&text, by, strlen(by));
	buffer_add(&text, t->text.data + at + size, t->text.size - at - size);
	try(t, &text, may);
	buffer_free(&text);
}

static void change_word(struct test *t, const char *word, size_t len)
{
	size_t at = word - t->text.data;
	bool run = len > 3 || *word == 'x';
	char by[32];

	for (size_t i = 0; i < len && run && strchr("01x", word[i]); i++)
		for (const char *c = "01x"; *c; c++)
			if (*c != word[i])
				try_with(t, at + i, 1, (char[]){ *c, 0 }, true);
	if (run || !strchr("-0123456789", *word)) {
		try_with(t, at, len, "nothing", true);
		return;
	}
	for (int add = -1; add <= 1; add += 2) {
		snprintf(by, sizeof(by), "%ld", strtol(word, NULL, 10) + add);
		try_with(t, at, len, by, true);
	}
}

static void change_line(struct test *t, const char *line, size_t len)
{
	const char *word = line;

	try_with(t, line - t->text.data, len + 1, "", true);
	while (word <= line + len) {
		size_t size = strcspn(word, " \n");

		change_word(t, word, size);
		word += size + 1;
	}
}

/* Another place of the same states, which may claim less, stands for it */
static bool has_other(const struct test *t, const char *line)
{
	size_t len = strcspn(line + 6, " ") + 7;
	const char *at = t->text.data;

	len += strcspn(line + len, " ") + 1;
	while ((at = strstr(at, "\nplace ")))
		if (++at != line && !strncmp(at, line, len))
			return true;
	return false;
}

/* The place that starts at @line, with all its claims */
static void drop_place(struct test *t, const char *line)
{
	const char *next = strstr(line, "\nplace ");
	const char *last = strstr(t->text.data, "\nend "), *relation;
	struct buffer text = {};

	if (!next || next > last)
		next = last;
	relation = strstr(line, "\nequal ");
	if (relation && relation < next)
		next = relation;
	buffer_add(&text, t->text.data, line - t->text.data);
	buffer_add(&text, next + 1, last - next);
	buffer_printf(&text, "end %ld\n", strtol(last + 5, NULL, 10) - 1);
	try(t, &text, has_other(t, line));
	buffer_free(&text);
}

static void change_all(struct test *t)
{
	const char *end = t->text.data + t->text.size;

	for (const char *line = t->text.data; line < end; ) {
		size_t len = strcspn(line, "\n");

		if (!strncmp(line, "place ", 6) && !(rand() % t->every))
			drop_place(t, line);
		change_line(t, line, len);
		line += len + 1;
	}
	for (size_t size = 0; size < t->text.size;
	     size += t->every + t->text.size / 500) {
		struct buffer part = t->text;

		part.size = size;
		try(t, &part, false);
	}
}

static bool open_all(struct test *t, char **argv, const struct device *device)
{
	for (int i = 0; i < 3; i++) {
		char *why = NULL;

		t->files[i].path = argv[i];
		if (!prove_open(&t->files[i], device))
			return false;
		t->m[i] = body_machine(&t->files[i].body, &why);
		if (!t->m[i])
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct test t = { .every = argc > 4 ? strtoul(argv[4], NULL, 0) : 1 };
	char *target = target_path("netdevsim");
	struct proof_result proof;
	struct device device;

	if (argc < 4 || !device_read(target, &device) ||
	    !open_all(&t, argv + 1, &device))
		return 1;
	prove(t.m[0], t.m[1], &proof);
	certificate_write(&t.files[0].body, &t.files[1].body, &proof, &t.text);
	proof_free(&proof);
	if (!freopen("/dev/null", "w", stderr))
		return 1;
	try(&t, &t.text, true);
	if (t.valid == 1)
		change_all(&t);
	printf("# %u changes: %u unreadable, %u refused, %u valid, %u wrong\n",
	       t.tried - 1, t.unreadable, t.refused, t.valid - 1, t.wrong);
	for (int i = 0; i < 3; i++) {
		sym_free(t.m[i]);
		prove_close(&t.files[i]);
	}
	buffer_free(&t.text);
	free(target);
	return t.refused && t.unreadable && !t.wrong ? 0 : 1;
}
