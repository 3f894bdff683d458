// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: the image reader. What it hands out lies in the image, whatever
 * the program and target, and is read in memory of just its size.
 */
#include <endian.h>
#include <string.h>

#include "fuzz.h"

static void touch(const void *part, size_t part_size, const void *image,
		  size_t size)
{
	const char *from = part, *start = image;
	void *copy;

	if (!part)
		return;
	require(from >= start && from <= start + size &&
		part_size <= (size_t)(start + size - from));
	copy = xcalloc(1, part_size);
	memcpy(copy, part, part_size);
	free(copy);
}

static void read_program(const void *image, size_t size, uint32_t program,
			 const char *target)
{
	struct image_view view;
	struct parser *parser;
	struct tcam *tcam;
	char err[160];

	if (!image_find("fuzz", image, size, program, target, &view))
		return;
	touch(view.program, sizeof(*view.program), image, size);
	touch(view.cpr, view.cpr_size, image, size);
	touch(view.payload, view.payload_size, image, size);
	touch(view.proof, sizeof(*view.proof), image, size);
	parser = cpr_read("fuzz", view.cpr, view.cpr_size);
	parser_free(parser);
	if (!view.payload)
		return;
	tcam = tcam_load(view.payload, view.payload_size, err, sizeof(err));
	tcam_free(tcam);
}

/* The size in the header is made right, so that other bytes than those count */
static void mend(uint8_t *image, size_t size)
{
	struct netprog_image_hdr *hdr = (void *)image;

	if (size >= sizeof(*hdr))
		hdr->size = htole32(size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *image;

	if (!size)
		return 0;
	image = xcalloc(1, size - 1);
	memcpy(image, data + 1, size - 1);
	if (data[0] & 1)
		mend(image, size - 1);
	for (uint32_t i = 0; i < 3; i++) {
		read_program(image, size - 1, i, "netdevsim");
		read_program(image, size - 1, i, NULL);
	}
	free(image);
	return 0;
}
