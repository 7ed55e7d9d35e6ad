/* The entries of a list page. */
#include "ingest/facts_reader.h"

static void add_item(facts_reader *r, const ocs_block *b)
{
    ocs_item *item = ocs_vec_push(r->arena, &r->items);
    if (!item)
        return;
    bool inexact;
    item->title = ocs_block_text(r->blocks, b);
    item->raw = ocs_facts_raw(r, b, 0, item->title.n, &inexact);
}

void ocs_facts_read_items(facts_reader *r)
{
    for (size_t i = 0; i < r->blocks->n && r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        size_t from;
        if (b->role == OCS_ROLE_ITEM && b->fact == OCS_FACT_TITLE)
            add_item(r, b);
        if (r->items.n == 0)
            continue;
        ocs_item *item = &r->items.at[r->items.n - 1];
        ocs_date date;
        if (ocs_facts_states(b, OCS_FACT_DATE) &&
            ocs_date_read(r->gaz, ocs_facts_value(r, b, &from), r->arena, &date, NULL))
            item->when = (ocs_when){date, date};
        if (ocs_facts_states(b, OCS_FACT_KIND)) {
            const ocs_gaz_thing *kind =
                ocs_gaz_find(r->gaz, OCS_GAZ_KIND, ocs_facts_value(r, b, &from));
            item->kind = kind ? ocs_gaz_str(r->gaz, kind->name) : ocs_facts_value(r, b, &from);
        }
        if (b->role == OCS_ROLE_BODY && item->snippet.n == 0)
            item->snippet = ocs_block_text(r->blocks, b);
    }
}
