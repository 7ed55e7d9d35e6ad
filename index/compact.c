/* libxapian copies the tables in the order of their keys; then the copy is told that nothing was
 * changed in it, is checked to open and to hold as many documents, and takes the place of the old
 * generation, which the next run sweeps away. */
#include "index/compact.h"

#include "index/database.h"
#include "index/files.h"

typedef struct waste {
    uint64_t changes;
    uint32_t documents;
} waste;

static ocs_status look(const char *path, waste *out, ocs_error *err)
{
    xap_db *db;
    ocs_str text;
    ocs_status st = ocs_database_open(path, &db, err);
    if (st != OCS_OK)
        return st;
    st = xap_db_metadata(db, OCS_STR(OCS_META_CHANGES), &text, err);
    if (st == OCS_OK && !ocs_number_parse(text, 10, &out->changes))
        out->changes = 0;
    if (st == OCS_OK)
        st = xap_db_count(db, &out->documents, err);
    xap_db_close(db);
    return st;
}

static bool pays(const waste *w, ocs_compact_when how)
{
    if (how != OCS_COMPACT_AUTO)
        return how == OCS_COMPACT_ALWAYS;
    return w->changes >= ocs_compact_pays_at(w->documents);
}

/* Nothing was changed in it. */
static ocs_status forget_changes(const char *path, ocs_error *err)
{
    xap_writer *writer;
    ocs_error closing = {0};
    ocs_status st = xap_writer_open(path, XAP_OPEN_EXISTING, &writer, err);
    if (st != OCS_OK)
        return st;
    st = xap_writer_set_metadata(writer, OCS_STR(OCS_META_CHANGES), (ocs_str){0}, err);
    if (st == OCS_OK)
        st = xap_writer_commit(writer, err);
    ocs_status closed = xap_writer_close(writer, &closing);
    if (st == OCS_OK && closed != OCS_OK)
        st = ocs_fail(err, closed, "%s", closing.text);
    return st == OCS_OK ? st : ocs_fail_within(err, st, "%s", path);
}

static ocs_status verify(const char *path, const waste *before, ocs_error *err)
{
    waste after = {0};
    ocs_status st = look(path, &after, err);
    if (st == OCS_OK && after.documents != before->documents)
        st = ocs_fail(err, OCS_CORRUPT, "%s holds %u documents where %u were copied", path,
                      after.documents, before->documents);
    return st;
}

static ocs_status copy(const char *database, const char *path, const waste *before, ocs_error *err)
{
    ocs_status st = xap_compact(database, path, err);
    if (st == OCS_OK && before->changes > 0)
        st = forget_changes(path, err);
    return st == OCS_OK ? verify(path, before, err) : st;
}

ocs_status ocs_compact(const char *dir, const char *database, ocs_compact_when how, bool *done,
                       ocs_error *err)
{
    waste now = {0};
    char path[OCS_PATH_ROOM];
    *done = false;
    ocs_status st = how == OCS_COMPACT_NEVER ? OCS_OK : look(database, &now, err);
    if (st != OCS_OK || !pays(&now, how))
        return st;
    if ((st = ocs_generation_new(dir, path, err)) != OCS_OK)
        return st;
    st = copy(database, path, &now, err);
    if (st == OCS_OK)
        st = ocs_generation_switch(dir, path, err);
    *done = st == OCS_OK;
    if (!*done)
        (void)ocs_generation_remove(path, NULL); /* else the next run sweeps it away */
    return st;
}
