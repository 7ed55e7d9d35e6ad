/* gazgen OUT.c TABLE_DIR: the tables of the gazetteer as C.  Run by the build.  All bad rows of all
 * tables are reported, and OUT.c is replaced only when there are none. */
#include "corpus/gaz.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { TABLE_BYTES_MAX = 64 * 1024 * 1024, PATH_BYTES_MAX = 4096 };

static ocs_status read_file(const char *path, ocs_buf *out, ocs_error *err)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        return ocs_fail(err, OCS_IO, "%s: %s", path, strerror(errno));
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        ocs_buf_put(out, (ocs_str){piece, n});
    bool failed = ferror(in) != 0;
    fclose(in);
    if (failed)
        return ocs_fail(err, OCS_IO, "%s: cannot read", path);
    if (ocs_buf_status(out) != OCS_OK)
        return ocs_fail(err, ocs_buf_status(out), "%s: %s", path,
                        ocs_status_name(ocs_buf_status(out)));
    return OCS_OK;
}

static ocs_status add_table(ocs_gaz_builder *builder, ocs_gaz_table table, const char *dir,
                            ocs_error *err)
{
    char path[PATH_BYTES_MAX];
    snprintf(path, sizeof path, "%s/%s.tsv", dir, ocs_gaz_table_name(table));
    ocs_buf text;
    ocs_buf_init(&text, TABLE_BYTES_MAX);
    ocs_status st = read_file(path, &text, err);
    if (st == OCS_OK)
        st = ocs_gaz_builder_add(builder, table, path, ocs_buf_str(&text), err);
    ocs_buf_clear(&text);
    return st;
}

/* Bad rows are reported at the end, all together; other failures at once. */
static ocs_status add_tables(ocs_gaz_builder *builder, const char *dir)
{
    ocs_status worst = OCS_OK;
    for (int i = 0; i < OCS_GAZ_TABLE_COUNT; i++) {
        ocs_error err = {.status = OCS_OK};
        ocs_status st = add_table(builder, (ocs_gaz_table)i, dir, &err);
        if (st != OCS_OK && st != OCS_BADINPUT)
            fprintf(stderr, "gazgen: %s\n", err.text);
        if (st != OCS_OK)
            worst = st;
    }
    return worst;
}

static void print_complaints(const ocs_gaz_builder *builder)
{
    ocs_str rest = ocs_gaz_builder_complaints(builder), line;
    while (ocs_str_split(&rest, '\n', &line))
        if (line.n > 0)
            fprintf(stderr, "gazgen: %.*s\n", OCS_ARG(line));
}

static ocs_status write_beside(const char *path, const char *temporary, const ocs_gaz *gaz,
                               ocs_error *err)
{
    FILE *out = fopen(temporary, "wb");
    if (!out)
        return ocs_fail(err, OCS_IO, "%s: %s", temporary, strerror(errno));
    ocs_status st = ocs_gaz_write_c(gaz, out, err);
    if (fclose(out) != 0 && st == OCS_OK)
        st = ocs_fail(err, OCS_IO, "%s: %s", temporary, strerror(errno));
    if (st == OCS_OK && rename(temporary, path) != 0)
        st = ocs_fail(err, OCS_IO, "%s: %s", path, strerror(errno));
    if (st != OCS_OK)
        unlink(temporary);
    return st;
}

static ocs_status write_source(const char *path, const ocs_gaz *gaz, ocs_error *err)
{
    char temporary[PATH_BYTES_MAX];
    int n = snprintf(temporary, sizeof temporary, "%s.%ld.tmp", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof temporary)
        return ocs_fail(err, OCS_USAGE, "%s: the name is too long", path);
    return write_beside(path, temporary, gaz, err);
}

static ocs_status generate(ocs_gaz_builder *builder, const char *path, const char *dir)
{
    ocs_gaz gaz;
    ocs_error err = {.status = OCS_OK};
    ocs_status st = add_tables(builder, dir);
    if (st == OCS_OK)
        st = ocs_gaz_builder_finish(builder, &gaz, &err);
    print_complaints(builder);
    if (st == OCS_OK)
        st = write_source(path, &gaz, &err);
    if (st != OCS_OK && err.status != OCS_OK && ocs_gaz_builder_complaints(builder).n == 0)
        fprintf(stderr, "gazgen: %s\n", err.text);
    return st;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: gazgen OUT.c TABLE_DIR\n");
        return 2;
    }
    ocs_gaz_builder *builder = ocs_gaz_builder_new();
    if (!builder) {
        fprintf(stderr, "gazgen: out of memory\n");
        return 1;
    }
    ocs_status st = generate(builder, argv[1], argv[2]);
    ocs_gaz_builder_free(builder);
    return st == OCS_OK ? 0 : 1;
}
