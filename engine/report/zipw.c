/* Writing ZIP archives; with archive.c of the connectors a home of libzip. */
#include <zip.h>

#include "zipw.h"

static bool
add(zip_t *z, const struct mn_zip_part *part)
{
	zip_source_t *s = zip_source_buffer(z, part->content.p, part->content.n, 0);
	zip_int64_t at = s ? zip_file_add(z, part->name, s, ZIP_FL_ENC_UTF_8) : -1;
	if (s && at < 0)
		zip_source_free(s);
	/* The first day that the format knows: the same bytes every day. */
	return at >= 0 && zip_file_set_dostime(z, (zip_uint64_t)at, 0, 0x21, 0) == 0;
}

static bool
archive(zip_source_t *to, const struct mn_zip_part *part, size_t n, const char *what,
    struct mn_err *err)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_t *z = zip_open_from_source(to, ZIP_TRUNCATE, &error);
	bool good = z != NULL;
	for (size_t i = 0; good && i < n; i++)
		good = add(z, &part[i]);
	if (good && zip_close(z) == 0)
		return true;
	mn_fail(err, MN_E_IO, "%s cannot be put together: %s", what,
	    z ? zip_strerror(z) : zip_error_strerror(&error));
	if (z)
		zip_discard(z);
	zip_error_fini(&error);
	return false;
}

static bool
copy(zip_source_t *from, const char *what, struct mn_buf *out, struct mn_err *err)
{
	char room[65536];
	zip_int64_t n = -1;
	bool good = zip_source_open(from) == 0;
	while (good && (n = zip_source_read(from, room, sizeof room)) > 0)
		mn_buf_add(out, mn_str(room, (size_t)n));
	if (good)
		zip_source_close(from);
	if (out->failed)
		return mn_fail(err, MN_E_IO, "%s is too long", what);
	return (good && n == 0) || mn_fail(err, MN_E_IO, "%s cannot be read back", what);
}

bool
mn_zip_make(const struct mn_zip_part *part, size_t n, const char *what,
    struct mn_buf *out, struct mn_err *err)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &error);
	if (!to) {
		mn_fail(err, MN_E_IO, "%s: %s", what, zip_error_strerror(&error));
		zip_error_fini(&error);
		return false;
	}
	/* Closing the archive gives one reference back; one stays here. */
	zip_source_keep(to);
	bool good = archive(to, part, n, what, err) && copy(to, what, out, err);
	zip_source_free(to);
	zip_error_fini(&error);
	return good;
}
