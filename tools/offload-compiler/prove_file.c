// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A file as one of two bodies that are, or are not, equal. */
#include "prove_file.h"

static bool load_payload(struct prove_file *f, const struct device *device)
{
	struct buffer payload = {};
	bool good;

	f->tcam = loaded_tcam(f->path, &f->list, 0, device, &payload);
	good = f->tcam && digest_make("sha256", payload.data, payload.size,
				      &f->body.digest);
	buffer_free(&payload);
	return good;
}

bool prove_open(struct prove_file *f, const struct device *device)
{
	const struct loaded *l;

	if (!load_file(f->path, "sha256", &f->list))
		return false;
	if (f->list.num != 1) {
		diag_error(f->path, 0, NULL, "has %u programs, not one",
			   f->list.num);
		return false;
	}
	l = &f->list.programs[0];
	if (f->list.kind == FILE_IMAGE ? !load_payload(f, device) :
	    !digest_make("sha256", l->cpr.data, l->cpr.size, &f->body.digest))
		return false;
	f->body.what = f->path;
	f->body.parser = l->parser;
	f->body.tcam = f->tcam;
	return true;
}

void prove_close(struct prove_file *f)
{
	tcam_free(f->tcam);
	loaded_free(&f->list);
}
