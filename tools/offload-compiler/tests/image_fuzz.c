// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * image_fuzz IMAGE: rejects of image_find(), all in memory of just their size
 *
 * Every cut, every byte more, every bit of header, section table and program
 * descriptor turned over. Whatever is accepted must lie in the image.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <unistd.h>

#include "../oc.h"

static int failed;

static void report(bool good, const char *claim, size_t at)
{
	if (!good)
		printf("not ok - %s # at byte %zu\n", claim, at);
	else
		printf("ok - %s\n", claim);
	failed |= !good;
}

static bool inside(const void *part, size_t part_size, const void *data,
		   size_t size)
{
	const char *from = part, *start = data;

	return !part || (from >= start && from <= start + size &&
			 part_size <= (size_t)(start + size - from));
}

/* 1: accepted, 0: rejected, -1: accepted with a view out of the image */
static int find(const void *data, size_t size)
{
	struct image_view view;
	void *copy = malloc(size + !size);
	int found;

	if (!copy)
		exit(2);
	memcpy(copy, data, size);
	found = image_find("fuzz", copy, size, 0, "netdevsim", &view);
	if (found && (!inside(view.program, sizeof(*view.program), copy, size) ||
		      !inside(view.cpr, view.cpr_size, copy, size) ||
		      !inside(view.payload, view.payload_size, copy, size) ||
		      !inside(view.proof, sizeof(*view.proof), copy, size)))
		found = -1;
	free(copy);
	return found;
}

static void cuts(const struct buffer *image)
{
	size_t size;

	for (size = 0; size < image->size; size++)
		if (find(image->data, size))
			break;
	report(size == image->size, "cut_at_every_byte_rejected", size);
}

static void longer(const struct buffer *image)
{
	struct buffer more = {};

	buffer_add(&more, image->data, image->size);
	buffer_add(&more, "\0", 1);
	report(!find(more.data, more.size), "one_byte_more_rejected", image->size);
	buffer_free(&more);
}

/* Bytes between sections; all else has a meaning or is data */
static void padding(const struct buffer *image)
{
	const struct netprog_image_hdr *hdr = (const void *)image->data;
	const struct netprog_image_section *sec = (const void *)(hdr + 1);
	uint32_t num = le32toh(hdr->num_sections), i, tried = 0;
	bool good = true;

	for (i = 1; good && i <= num; i++) {
		uint32_t end = le32toh(sec[i - 1].offset) +
			       le32toh(sec[i - 1].size);
		uint32_t next = i < num ? le32toh(sec[i].offset) : image->size;

		if (end == next)
			continue;
		image->data[end] = 1;
		good = !find(image->data, image->size);
		image->data[end] = 0;
		tried++;
	}
	report(good && tried, "padding_not_zero_rejected", i);
}

static void bits(const struct buffer *image)
{
	const struct netprog_image_hdr *hdr = (const void *)image->data;
	size_t end = sizeof(*hdr) + le32toh(hdr->num_sections) *
		     sizeof(struct netprog_image_section) +
		     sizeof(struct netprog_image_program);
	size_t bit, rejected = 0;
	int found = 0;

	for (bit = 0; bit < 8 * end && found >= 0; bit++) {
		image->data[bit / 8] ^= 1 << bit % 8;
		found = find(image->data, image->size);
		image->data[bit / 8] ^= 1 << bit % 8;
		rejected += !found;
	}
	report(found >= 0, "no_bit_leads_out_of_the_image", bit / 8);
	for (bit = 0; bit < 8 * sizeof(*hdr); bit++) {
		image->data[bit / 8] ^= 1 << bit % 8;
		found = find(image->data, image->size);
		image->data[bit / 8] ^= 1 << bit % 8;
		if (found)
			break;
	}
	report(bit == 8 * sizeof(*hdr), "every_bit_of_the_header_checked", bit / 8);
	report(rejected > 8 * sizeof(*hdr), "section_table_checked", rejected);
}

/* Every bit of what must be 0 in the record of a proof, and of its names' ends */
static void proof(const struct buffer *image)
{
	struct image_view view;
	uint8_t *record;
	size_t i = 0;

	if (!image_find("fuzz", image->data, image->size, 0, "netdevsim",
			&view) || !view.proof) {
		report(false, "image_has_a_proof", 0);
		return;
	}
	record = (uint8_t *)image->data + ((char *)view.proof - image->data);
	for (; i < sizeof(*view.proof); i++) {
		bool zero = !record[i] &&
			    i < offsetof(struct netprog_image_proof, cpr) &&
			    (i < offsetof(struct netprog_image_proof, version) ||
			     i >= offsetof(struct netprog_image_proof, reserved));
		int found;

		record[i] ^= 0x80;
		found = find(image->data, image->size);
		record[i] ^= 0x80;
		if (found < 0 || (zero && found))
			break;
	}
	report(i == sizeof(*view.proof), "bytes_of_a_proof_checked", i);
}

static void expect(const struct buffer *image, const char *claim, size_t at,
		   uint32_t value)
{
	uint32_t old, new = htole32(value);

	memcpy(&old, image->data + at, sizeof(old));
	memcpy(image->data + at, &new, sizeof(new));
	report(!find(image->data, image->size), claim, at);
	memcpy(image->data + at, &old, sizeof(old));
}

static void sections(const struct buffer *image)
{
	const size_t first = sizeof(struct netprog_image_hdr);
	const size_t second = first + sizeof(struct netprog_image_section);
	const size_t offset = offsetof(struct netprog_image_section, offset);
	const size_t size = offsetof(struct netprog_image_section, size);
	struct netprog_image_section sec;

	memcpy(&sec, image->data + first, sizeof(sec));
	expect(image, "overlapping_sections_rejected", second + offset,
	       le32toh(sec.offset));
	expect(image, "unaligned_section_rejected", second + offset,
	       le32toh(sec.offset) + le32toh(sec.size) + 1);
	expect(image, "section_behind_the_image_rejected", second + offset,
	       0xfffffff8);
	expect(image, "section_size_that_wraps_rejected", second + size,
	       0xffffffff);
	expect(image, "section_over_the_table_rejected", first + offset, 8);
	expect(image, "unknown_section_type_rejected", first, 99);
	expect(image, "descriptor_of_wrong_size_rejected", first + size,
	       sizeof(struct netprog_image_program) - 8);
}

int main(int argc, char **argv)
{
	struct buffer image = {};
	int null = open("/dev/null", O_WRONLY);

	if (argc != 2 || null < 0 || !file_read(argv[1], &image))
		return 2;
	/* Thousands of diagnostics; run.test and others pin their text */
	if (dup2(null, STDERR_FILENO) < 0)
		return 2;
	report(find(image.data, image.size) == 1, "image_as_built_accepted", 0);
	cuts(&image);
	longer(&image);
	padding(&image);
	bits(&image);
	proof(&image);
	sections(&image);
	buffer_free(&image);
	return failed;
}
