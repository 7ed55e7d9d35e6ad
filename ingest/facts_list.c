/* The entries of a list page.  A title begins an entry, but where the markup tells entries apart:
 * there a date may stand above its title, or in an attribute alone. */
#include "ingest/facts_reader.h"

/* "A title 13 February 2017", "13.02.2017: A title" in a list of the markup, where the title alone
 * is a link: the date and the part that is title. */
static ocs_date cut_date(facts_reader *r, ocs_str text, ocs_span *title)
{
    ocs_date date;
    ocs_span at;
    if (!ocs_date_read(r->gaz, text, r->arena, &date, &at))
        return (ocs_date){0};
    *title = at.from == 0 ? (ocs_span){at.to, text.n} : (ocs_span){0, at.from};
    while (title->from < title->to && strchr(" :-|,.(", text.p[title->from]))
        title->from++;
    while (title->to > title->from && strchr(" :-|,(", text.p[title->to - 1]))
        title->to--;
    return date;
}

static ocs_item *add_item(facts_reader *r, const ocs_block *b)
{
    ocs_item *item = ocs_vec_push(r->arena, &r->items);
    if (!item)
        return NULL;
    bool inexact;
    ocs_str text = ocs_block_text(r->blocks, b);
    ocs_span title = {0, text.n};
    if (r->blocks->entries != 0 && ocs_block_dated_title(b)) {
        ocs_date date = cut_date(r, text, &title);
        item->when = (ocs_when){date, date};
    }
    item->title = ocs_str_sub(text, title.from, title.to);
    item->raw = ocs_facts_raw(r, b, title.from, title.to, &inexact);
    return item;
}

/* Reports are told by their titles, which hold their dates. */
static void read_report(facts_reader *r, ocs_item *item)
{
    const ocs_gaz_thing *kind = ocs_facts_report_kind(r->gaz, item->title);
    ocs_date date;
    if (!kind)
        return;
    if (item->kind.n == 0)
        item->kind = ocs_gaz_str(r->gaz, kind->name);
    if (item->when.from.month == 0 && ocs_date_read(r->gaz, item->title, r->arena, &date, NULL) &&
        date.day != 0)
        item->when = (ocs_when){date, date};
}

/* What a block below or beside its title says of an entry. */
static void read_block(facts_reader *r, const ocs_block *b, ocs_item *item)
{
    size_t from;
    ocs_date date;
    if (ocs_facts_states(b, OCS_FACT_DATE) &&
        ocs_date_read(r->gaz, ocs_facts_value(r, b, &from), r->arena, &date, NULL))
        item->when = (ocs_when){date, date};
    if (ocs_facts_states(b, OCS_FACT_KIND)) {
        ocs_str name = ocs_facts_value(r, b, &from);
        const ocs_gaz_thing *kind = ocs_gaz_find(r->gaz, OCS_GAZ_KIND, name);
        item->kind = kind ? ocs_gaz_str(r->gaz, kind->name) : name;
    }
    if (b->role == OCS_ROLE_BODY && item->snippet.n == 0)
        item->snippet = ocs_block_text(r->blocks, b);
}

static bool begins_item(const ocs_block *b)
{
    return b->role == OCS_ROLE_ITEM && b->fact == OCS_FACT_TITLE;
}

/* The first date that the markup states in ${entry}; ${hint}: where to look on from, as both come
 * in the order of the page. */
static void date_from_hint(facts_reader *r, uint32_t entry, size_t *hint, ocs_item *item)
{
    for (; *hint < r->blocks->n_hints; ++*hint) {
        const ocs_hint *h = &r->blocks->hints[*hint];
        uint32_t of = h->element ? ocs_entry_of(r->blocks, h->element) : 0;
        ocs_date date;
        if (of > entry)
            return;
        if (of == entry && h->about == OCS_HINT_DATE && item->when.from.month == 0 &&
            ocs_date_read(r->gaz, h->value, r->arena, &date, NULL))
            item->when = (ocs_when){date, date};
    }
}

/* Blocks [from, to) are one entry of the markup. */
static void read_entry(facts_reader *r, size_t from, size_t to, uint32_t entry, size_t *hint)
{
    ocs_item *item = NULL;
    for (size_t i = from; i < to && !item; i++)
        item = begins_item(&r->blocks->at[i]) ? add_item(r, &r->blocks->at[i]) : NULL;
    for (size_t i = from; i < to && item; i++)
        read_block(r, &r->blocks->at[i], item);
    if (item && item->when.from.month == 0)
        date_from_hint(r, entry, hint, item);
}

static void read_entries(facts_reader *r)
{
    size_t hint = 0;
    for (size_t i = 0, end; i < r->blocks->n; i = end) {
        uint32_t entry = ocs_entry_of(r->blocks, r->blocks->at[i].element);
        end = i + 1;
        while (end < r->blocks->n && ocs_entry_of(r->blocks, r->blocks->at[end].element) == entry)
            end++;
        if (entry != 0)
            read_entry(r, i, end, entry, &hint);
    }
}

static void read_lines(facts_reader *r)
{
    for (size_t i = 0; i < r->blocks->n; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (begins_item(b))
            add_item(r, b);
        if (r->items.n > 0)
            read_block(r, b, &r->items.at[r->items.n - 1]);
    }
}

void ocs_facts_read_items(facts_reader *r)
{
    if (!r->blocks->list)
        return;
    if (r->blocks->entries != 0)
        read_entries(r);
    else
        read_lines(r);
    for (size_t i = 0; i < r->items.n; i++)
        read_report(r, &r->items.at[i]);
}
