/* Sources are told apart by key, for indexes that are searched together number them each in its own
 * way. */
#include "query/sources.h"

#include "index/column_dict.h"

#include <stdlib.h>

struct ocs_sources_shown {
    ocs_arena *arena;
    ocs_column_dict shown;
    bool unnamed; /* one without a source was shown */
};

ocs_sources_shown *ocs_sources_shown_new(size_t cap)
{
    ocs_sources_shown *shown = calloc(1, sizeof *shown);
    if (shown && !(shown->arena = ocs_arena_new(cap))) {
        free(shown);
        return NULL;
    }
    if (shown)
        shown->shown.arena = shown->arena;
    return shown;
}

void ocs_sources_shown_free(ocs_sources_shown *shown)
{
    if (!shown)
        return;
    ocs_arena_free(shown->arena);
    free(shown);
}

static ocs_status let_in(ocs_sources_shown *shown, ocs_column *column, ocs_column_entries *entries,
                         bool *same, ocs_error *err)
{
    ocs_column_entry entry;
    ocs_column_thing thing;
    uint32_t number, name;
    bool any = false;
    while (ocs_column_next(entries, &entry)) {
        ocs_status st = ocs_column_thing_at(column, entry.ordinal, &thing, err);
        if (st != OCS_OK)
            return st;
        any = true;
        *same &= ocs_column_dict_find(&shown->shown, thing.key, &number);
        thing.name = thing.key;
        if (!ocs_column_dict_put(&shown->shown, &thing, &number, &name))
            return ocs_fail(err, ocs_arena_status(shown->arena), "too many sources");
    }
    if (!any) {
        *same = shown->unnamed;
        shown->unnamed = true;
    }
    return OCS_OK;
}

ocs_status ocs_sources_let_in(ocs_sources_shown *shown, ocs_index *index, xap_docid number,
                              bool *same, ocs_error *err)
{
    ocs_columns *columns;
    ocs_column_entries entries;
    size_t parts = ocs_index_parts(index);
    *same = true;
    ocs_status st = ocs_index_columns(index, (number - 1) % parts, &columns, err);
    if (st != OCS_OK)
        return st;
    ocs_column *column = ocs_columns_of(columns, OCS_COLUMN_SOURCE);
    st = ocs_column_seek(column, (xap_docid)((number - 1) / parts + 1), &entries, err);
    return st == OCS_OK ? let_in(shown, column, &entries, same, err) : st;
}
