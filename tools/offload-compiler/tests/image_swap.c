// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* image_swap A B OUT: the image A with the device payload of B */
#include "../load.h"

int main(int argc, char **argv)
{
	struct buffer a = {}, b = {}, payload = {}, out = {};
	struct loaded_list list;
	struct image_program program;
	struct image_view view;

	if (argc != 4 || !file_read(argv[1], &a) || !file_read(argv[2], &b) ||
	    !load_file(argv[1], "sha256", &list) ||
	    !image_find(argv[2], b.data, b.size, 0, "netdevsim", &view))
		return OC_EXIT_WRONG;
	buffer_add(&payload, view.payload, view.payload_size);
	program = (struct image_program) {
		.parser = list.programs[0].parser,
		.cpr = &list.programs[0].cpr,
		.digest = &list.programs[0].digest,
		.payload = &payload, .target = "netdevsim",
	};
	if (!image_write(&program, 1, &out) ||
	    !file_write(argv[3], out.data, out.size))
		return OC_EXIT_WRONG;
	buffer_free(&a);
	buffer_free(&b);
	buffer_free(&payload);
	buffer_free(&out);
	loaded_free(&list);
	return OC_EXIT_GOOD;
}
