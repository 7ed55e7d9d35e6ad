/* A column keeps one block of each part at hand: of entries, of things, of names.  The bytes of a
 * block are a copy, for the database takes back what it lends. */
#include "index/columns.h"

#include "index/column_store.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_CAP = 256 * 1024 * 1024, KEY_CAP = 256, NO_BLOCK = -1, YEAR_TEXT = 12 };

/* A block of things or names: where each begins. */
typedef struct listing {
    long long block;
    ocs_buf bytes;
    uint32_t starts[OCS_COLUMN_THINGS + 1];
} listing;

struct ocs_column {
    xap_db *db;
    ocs_column_family family;
    uint32_t things, names;
    long long block; /* of entries */
    ocs_buf bytes;
    uint32_t starts[OCS_COLUMN_DOCUMENTS + 1];
    listing things_at, names_at;
    char year[YEAR_TEXT]; /* the key that was lent */
};

struct ocs_columns {
    xap_db *db;
    ocs_column all[OCS_COLUMN_COUNT];
    long long published_block;
    ocs_buf published;
};

/* ---- opening ---- */

static void init_listing(listing *l)
{
    l->block = NO_BLOCK;
    ocs_buf_init(&l->bytes, BLOCK_CAP);
}

static void init_column(ocs_column *column, xap_db *db, ocs_column_family family,
                        const ocs_column_head *head)
{
    bool numbers = family == OCS_COLUMN_ON_YEAR;
    column->db = db;
    column->family = family;
    column->things = numbers ? (uint32_t)OCS_COLUMN_YEARS : head->things[family];
    column->names = head->names[family];
    column->block = NO_BLOCK;
    ocs_buf_init(&column->bytes, BLOCK_CAP);
    init_listing(&column->things_at);
    init_listing(&column->names_at);
}

static ocs_status read_head(xap_db *db, ocs_column_head *head, ocs_error *err)
{
    ocs_str packed;
    ocs_status st = xap_db_metadata(db, OCS_STR(OCS_COLUMN_HEAD), &packed, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_column_head_unpack(packed, head))
        return ocs_fail(err, OCS_CORRUPT, "the index has no columns to count by: it is damaged");
    return OCS_OK;
}

ocs_status ocs_columns_open(xap_db *db, ocs_columns **columns, ocs_error *err)
{
    ocs_column_head head;
    *columns = NULL;
    ocs_status st = read_head(db, &head, err);
    if (st != OCS_OK)
        return st;
    if (!(*columns = calloc(1, sizeof **columns)))
        return ocs_fail(err, OCS_NOMEM, "no memory for the columns of the index");
    (*columns)->db = db;
    (*columns)->published_block = NO_BLOCK;
    ocs_buf_init(&(*columns)->published, BLOCK_CAP);
    for (int i = 0; i < OCS_COLUMN_COUNT; i++)
        init_column(&(*columns)->all[i], db, (ocs_column_family)i, &head);
    return OCS_OK;
}

void ocs_columns_close(ocs_columns *columns)
{
    if (!columns)
        return;
    for (size_t i = 0; i < OCS_COLUMN_COUNT; i++) {
        ocs_buf_clear(&columns->all[i].bytes);
        ocs_buf_clear(&columns->all[i].things_at.bytes);
        ocs_buf_clear(&columns->all[i].names_at.bytes);
    }
    ocs_buf_clear(&columns->published);
    free(columns);
}

ocs_column *ocs_columns_of(ocs_columns *columns, ocs_column_family family)
{
    return &columns->all[family];
}

uint32_t ocs_column_things(const ocs_column *column)
{
    return column->things;
}

uint32_t ocs_column_names(const ocs_column *column)
{
    return column->names;
}

/* ---- blocks ---- */

static ocs_status damaged(ocs_error *err, ocs_str key)
{
    return ocs_fail(err, OCS_CORRUPT, "the index is damaged at %.*s", OCS_ARG(key));
}

static ocs_status copy_block(xap_db *db, ocs_str key, ocs_buf *out, ocs_error *err)
{
    ocs_str value;
    ocs_status st = xap_db_metadata(db, key, &value, err);
    if (st != OCS_OK)
        return st;
    ocs_buf_reset(out);
    ocs_buf_put(out, value);
    st = ocs_buf_status(out);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for a column of the index");
}

static ocs_status read_entries(ocs_column *column, size_t block, ocs_buf *key, ocs_error *err)
{
    ocs_column_key(key, column->family, OCS_COLUMN_ENTRIES, block);
    column->block = NO_BLOCK;
    ocs_status st = copy_block(column->db, ocs_buf_str(key), &column->bytes, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_column_block_index(ocs_buf_str(&column->bytes), column->starts))
        return damaged(err, ocs_buf_str(key));
    column->block = (long long)block;
    return OCS_OK;
}

ocs_status ocs_column_seek(ocs_column *column, xap_docid id, ocs_column_entries *entries,
                           ocs_error *err)
{
    size_t block = ocs_column_block_of(id), place = ocs_column_place_of(id);
    if (column->block != (long long)block) {
        ocs_buf key;
        ocs_buf_init(&key, KEY_CAP);
        ocs_status st = read_entries(column, block, &key, err);
        ocs_buf_clear(&key);
        if (st != OCS_OK)
            return st;
    }
    const unsigned char *bytes = (const unsigned char *)column->bytes.p;
    *entries = (ocs_column_entries){.things = column->things, .names = column->names};
    if (column->bytes.n > 0) {
        entries->at = bytes + column->starts[place];
        entries->end = bytes + column->starts[place + 1];
    }
    return OCS_OK;
}

ocs_status ocs_columns_published(ocs_columns *columns, xap_docid id, ocs_date *date, ocs_error *err)
{
    size_t block = ocs_column_block_of(id);
    size_t at = ocs_column_place_of(id) * OCS_COLUMN_DATE_BYTES;
    if (columns->published_block != (long long)block) {
        ocs_buf key;
        ocs_buf_init(&key, KEY_CAP);
        ocs_column_published_key(&key, block);
        ocs_status st = copy_block(columns->db, ocs_buf_str(&key), &columns->published, err);
        ocs_buf_clear(&key);
        if (st != OCS_OK)
            return st;
        columns->published_block = (long long)block;
    }
    uint32_t packed = 0;
    for (size_t i = 0; i < OCS_COLUMN_DATE_BYTES && at + i < columns->published.n; i++)
        packed |= (uint32_t)(unsigned char)columns->published.p[at + i] << 8 * i;
    *date = ocs_date_unpack(packed);
    return OCS_OK;
}

/* ---- the dictionary ---- */

static bool take_thing(ocs_str *rest, uint32_t *ordinal, ocs_column_thing *thing)
{
    *ordinal = 0;
    if (!ocs_take_string(rest, &thing->key) || !ocs_take_string(rest, &thing->name) ||
        !ocs_take_string(rest, &thing->country))
        return false;
    if (thing->name.n == 0)
        thing->name = thing->key;
    return true;
}

static bool take_name(ocs_str *rest, uint32_t *ordinal, ocs_column_thing *thing)
{
    uint64_t whose;
    *thing = (ocs_column_thing){0};
    if (!ocs_take_varint(rest, &whose) || whose > UINT32_MAX ||
        !ocs_take_string(rest, &thing->name) || !ocs_take_string(rest, &thing->country))
        return false;
    *ordinal = (uint32_t)whose;
    return true;
}

static bool take(ocs_column_part part, ocs_str *rest, uint32_t *ordinal, ocs_column_thing *thing)
{
    return part == OCS_COLUMN_KEYS ? take_thing(rest, ordinal, thing)
                                   : take_name(rest, ordinal, thing);
}

static ocs_status read_listing(const ocs_column *column, ocs_column_part part, size_t block,
                               listing *l, ocs_buf *key, ocs_error *err)
{
    ocs_column_thing thing;
    uint32_t ordinal;
    ocs_column_key(key, column->family, part, block);
    l->block = NO_BLOCK;
    ocs_status st = copy_block(column->db, ocs_buf_str(key), &l->bytes, err);
    if (st != OCS_OK)
        return st;
    ocs_str all = ocs_buf_str(&l->bytes), rest = all;
    size_t n = 0;
    for (; n < OCS_COLUMN_THINGS && rest.n > 0; n++) {
        l->starts[n] = (uint32_t)(all.n - rest.n);
        if (!take(part, &rest, &ordinal, &thing))
            return damaged(err, ocs_buf_str(key));
    }
    for (; n <= OCS_COLUMN_THINGS; n++)
        l->starts[n] = (uint32_t)all.n;
    l->block = (long long)block;
    return OCS_OK;
}

/* Number ${i} of a part, counted from 0. */
static ocs_status listed_at(const ocs_column *column, ocs_column_part part, listing *l, uint32_t i,
                            uint32_t *ordinal, ocs_column_thing *thing, ocs_error *err)
{
    size_t block = i / OCS_COLUMN_THINGS;
    ocs_buf key;
    ocs_status st = OCS_OK;
    ocs_buf_init(&key, KEY_CAP);
    if (l->block != (long long)block)
        st = read_listing(column, part, block, l, &key, err);
    if (st == OCS_OK) {
        ocs_str all = ocs_buf_str(&l->bytes);
        ocs_str rest = ocs_str_sub(all, l->starts[i % OCS_COLUMN_THINGS], all.n);
        if (!take(part, &rest, ordinal, thing))
            st = ocs_fail(err, OCS_CORRUPT, "the index is damaged: a name is missing");
    }
    ocs_buf_clear(&key);
    return st;
}

ocs_status ocs_column_thing_at(ocs_column *column, uint32_t ordinal, ocs_column_thing *thing,
                               ocs_error *err)
{
    uint32_t none;
    if (ordinal >= column->things)
        return ocs_fail(err, OCS_BUG, "a family has %u things, and no number %u", column->things,
                        ordinal);
    if (column->family != OCS_COLUMN_ON_YEAR)
        return listed_at(column, OCS_COLUMN_KEYS, &column->things_at, ordinal, &none, thing, err);
    int n = snprintf(column->year, sizeof column->year, "%u", (unsigned)ordinal);
    *thing =
        (ocs_column_thing){.key = {column->year, (size_t)n}, .name = {column->year, (size_t)n}};
    return OCS_OK;
}

ocs_status ocs_column_name_at(ocs_column *column, uint32_t name, uint32_t *ordinal,
                              ocs_column_thing *thing, ocs_error *err)
{
    if (name == 0 || name > column->names)
        return ocs_fail(err, OCS_BUG, "a family has %u names, and no number %u", column->names,
                        name);
    return listed_at(column, OCS_COLUMN_NAMES, &column->names_at, name - 1, ordinal, thing, err);
}
