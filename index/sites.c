/* The name is kept in the value, too, for a long one is cut in the key. */
#include "index/sites.h"

#include "index/index_internal.h"

void ocs_kept_site_pack(ocs_str name, const ocs_site *site, ocs_buf *out)
{
    ocs_buf_put_varint(out, ocs_ingest_version());
    ocs_buf_put_string(out, name);
    ocs_site_pack(site, out);
}

static ocs_status unpack(ocs_str value, ocs_sites *sites, ocs_error *err)
{
    uint64_t rules;
    ocs_str name;
    if (!ocs_take_varint(&value, &rules) || !ocs_take_string(&value, &name))
        return ocs_fail(err, OCS_CORRUPT, "what the index knows of a site is damaged");
    if (rules != ocs_ingest_version())
        return OCS_OK;
    return ocs_sites_unpack(sites, name, value, err);
}

ocs_status ocs_kept_site_load(xap_db *db, ocs_str key, ocs_sites *sites, ocs_error *err)
{
    ocs_str value;
    ocs_status st = xap_db_metadata(db, key, &value, err);
    return st == OCS_OK && value.n > 0 ? unpack(value, sites, err) : st;
}

static bool is_folder(ocs_str key)
{
    size_t start = strlen(OCS_META_SITE);
    return key.n > start && key.p[start] == '/';
}

ocs_status ocs_kept_sites_load(xap_db *db, bool folders, ocs_sites *sites, ocs_error *err)
{
    xap_terms *keys;
    ocs_str key;
    ocs_status st = xap_db_keys(db, OCS_STR(OCS_META_SITE), &keys, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK)
        if ((folders || !is_folder(key)) &&
            (st = ocs_kept_site_load(db, key, sites, err)) != OCS_OK)
            break;
    xap_terms_free(keys);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

ocs_status ocs_index_sites(ocs_index *index, ocs_sites *sites, ocs_error *err)
{
    return ocs_kept_sites_load(index->parts[0].db, true, sites, err);
}
