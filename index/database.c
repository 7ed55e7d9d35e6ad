/* A database is ours when it tells its format. */
#include "index/database.h"

#include <errno.h>
#include <unistd.h>

bool ocs_number_parse(ocs_str text, unsigned base, uint64_t *value)
{
    static const char digits[] = "0123456789abcdef";
    *value = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *digit = text.p[i] ? strchr(digits, text.p[i]) : NULL;
        if (!digit || (size_t)(digit - digits) >= base || *value > UINT64_MAX / base)
            return false;
        *value = *value * base + (uint64_t)(digit - digits);
    }
    return text.n > 0;
}

ocs_status ocs_database_check(xap_db *db, const char *path, ocs_error *err)
{
    ocs_str text;
    uint64_t format;
    ocs_status st = xap_db_metadata(db, OCS_STR(OCS_META_FORMAT), &text, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_number_parse(text, 10, &format) || format == 0)
        return ocs_fail(err, OCS_CORRUPT,
                        "%s does not tell its format: it is damaged, or no index "
                        "of ocsearch",
                        path);
    if (format > OCS_FORMAT_VERSION)
        return ocs_fail(err, OCS_VERSION,
                        "%s has format %llu, which a newer ocsearch made; this one reads up to %d: "
                        "use that one, or name another index with --db",
                        path, (unsigned long long)format, OCS_FORMAT_VERSION);
    if (format < OCS_FORMAT_VERSION)
        return ocs_fail(
            err, OCS_VERSION,
            "%s has format %llu, which an older ocsearch made; this one needs %d: remove "
            "that index, or choose another --db, and run `ocsearch index` on its sources",
            path, (unsigned long long)format, OCS_FORMAT_VERSION);
    return OCS_OK;
}

ocs_status ocs_database_open(const char *path, xap_db **db, ocs_error *err)
{
    ocs_status st = xap_db_open(path, db, err);
    if (st == OCS_NOTFOUND && access(path, R_OK | X_OK) != 0 && errno == EACCES)
        st = ocs_fail(err, OCS_IO, "cannot read the index in %s: %s", path, strerror(errno));
    else if (st == OCS_NOTFOUND)
        st = ocs_fail(err, OCS_CORRUPT, "%s holds no database", path);
    if (st != OCS_OK)
        return st;
    if ((st = ocs_database_check(*db, path, err)) != OCS_OK) {
        xap_db_close(*db);
        *db = NULL;
    }
    return st;
}
