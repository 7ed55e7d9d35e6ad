/* Tables of the user's over the built-in ones: DIR/NAME.tsv for each table that has one there. */
#include "corpus/gaz.h"

#include <errno.h>
#include <stdlib.h>

enum { TABLE_BYTES_MAX = 64 * 1024 * 1024, PATH_BYTES_MAX = 4096 };

struct ocs_gaz_overlay {
    ocs_gaz_builder *builder;
    ocs_gaz gaz;
};

static ocs_status read_all(FILE *in, const char *path, ocs_buf *text, ocs_error *err)
{
    char piece[16384];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        ocs_buf_put(text, (ocs_str){piece, n});
    if (ferror(in))
        return ocs_fail(err, OCS_IO, "%s: %s", path, strerror(errno));
    ocs_status st = ocs_buf_status(text);
    return st == OCS_OK ? st : ocs_fail(err, st, "%s: %s", path, ocs_status_name(st));
}

/* A table that is not there adds nothing. */
static ocs_status add_table(ocs_gaz_overlay *overlay, ocs_gaz_table table, const char *dir,
                            size_t *found, ocs_error *err)
{
    char path[PATH_BYTES_MAX];
    int n = snprintf(path, sizeof path, "%s/%s.tsv", dir, ocs_gaz_table_name(table));
    if (n < 0 || (size_t)n >= sizeof path)
        return ocs_fail(err, OCS_USAGE, "%s: the name is too long", dir);
    FILE *in = fopen(path, "rb");
    if (!in && errno == ENOENT)
        return OCS_OK;
    if (!in)
        return ocs_fail(err, OCS_IO, "%s: %s", path, strerror(errno));
    ocs_buf text;
    ocs_buf_init(&text, TABLE_BYTES_MAX);
    ocs_status st = read_all(in, path, &text, err);
    fclose(in);
    if (st == OCS_OK)
        st = ocs_gaz_builder_add(overlay->builder, table, path, ocs_buf_str(&text), err);
    ocs_buf_clear(&text);
    *found += 1;
    return st;
}

static ocs_status build(ocs_gaz_overlay *overlay, const char *dir, ocs_error *err)
{
    size_t found = 0;
    ocs_status st = ocs_gaz_builder_add_gaz(overlay->builder, ocs_gaz_builtin(), err);
    for (int i = 0; st == OCS_OK && i < OCS_GAZ_TABLE_COUNT; i++)
        st = add_table(overlay, (ocs_gaz_table)i, dir, &found, err);
    if (st == OCS_OK && found == 0)
        st = ocs_fail(err, OCS_USAGE, "%s: no table there, such as places.tsv", dir);
    return st == OCS_OK ? ocs_gaz_builder_finish(overlay->builder, &overlay->gaz, err) : st;
}

ocs_status ocs_gaz_overlay_new(ocs_gaz_overlay **out, const char *dir, ocs_error *err)
{
    ocs_gaz_overlay *overlay = calloc(1, sizeof *overlay);
    *out = NULL;
    if (!overlay || !(overlay->builder = ocs_gaz_builder_new())) {
        free(overlay);
        return ocs_fail(err, OCS_NOMEM, "no memory for tables");
    }
    ocs_status st = build(overlay, dir, err);
    if (st == OCS_OK)
        *out = overlay;
    else
        ocs_gaz_overlay_free(overlay);
    return st;
}

const ocs_gaz *ocs_gaz_overlay_gaz(const ocs_gaz_overlay *overlay)
{
    return overlay ? &overlay->gaz : NULL;
}

void ocs_gaz_overlay_free(ocs_gaz_overlay *overlay)
{
    if (!overlay)
        return;
    ocs_gaz_builder_free(overlay->builder);
    free(overlay);
}
