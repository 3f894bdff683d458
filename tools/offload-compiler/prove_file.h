/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The two files of `prove` and `check-proof` */
#ifndef OFFLOAD_COMPILER_PROVE_FILE_H
#define OFFLOAD_COMPILER_PROVE_FILE_H

#include "load.h"
#include "prove.h"

struct prove_file {
	const char		*path;
	struct loaded_list	list;
	struct tcam		*tcam;		/* an image's payload */
	struct prove_body	body;
};

/* False after a diagnostic. Of an image it is the device's part */
bool prove_open(struct prove_file *f, const struct device *device);
void prove_close(struct prove_file *f);

#endif /* OFFLOAD_COMPILER_PROVE_FILE_H */
