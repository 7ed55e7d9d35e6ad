/* The conductor: the body is written first, so that facts can point into it; then each fact is read
 * where it is most to be trusted.  What a page does not say stays empty: no date is invented, and
 * the day on which the page was fetched or changed is never taken for its date. */
#include "ingest/facts_reader.h"

#include "ingest/title.h"
#include "ingest/writer.h"

/* ---- the body ---- */

/* Is the first line of the text the title, by the markup, and not the only line? */
static bool titled(const facts_reader *r)
{
    const ocs_blocks *blocks = r->blocks;
    size_t i = 0;
    while (i < blocks->n && !ocs_block_kept(blocks, &blocks->at[i]))
        i++;
    return blocks->html && !blocks->list && !blocks->keep_all && i < blocks->n &&
           blocks->at[i].role == OCS_ROLE_TITLE &&
           ocs_str_find_char(r->doc->text, '\n', 0) < r->doc->text.n;
}

static ocs_status write_body(facts_reader *r, ocs_error *err)
{
    size_t total = 0, n = 0, hint = 0;
    for (size_t i = 0; i < r->blocks->n; i++)
        if (ocs_block_kept(r->blocks, &r->blocks->at[i]))
            total += r->blocks->at[i].at.to - r->blocks->at[i].at.from + 1;
    char *text = ocs_arena_alloc(r->arena, total + 1);
    ocs_origin_builder origin = {0};
    for (size_t i = 0; i < r->blocks->n && text; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (!ocs_block_kept(r->blocks, b))
            continue;
        size_t length = b->at.to - b->at.from + 1; /* with its line feed */
        memcpy(text + n, r->blocks->text.p + b->at.from, length);
        if (!ocs_origin_slice(r->arena, r->blocks->origin, b->at.from, b->at.to + 1, n, &origin,
                              &hint))
            break;
        n += length;
    }
    n -= n > 0; /* no line feed at the end */
    if (n > 0 && origin.runs.n > 0)
        origin.runs.n--; /* the line feed is a run of its own: the page does not hold it */
    if (ocs_arena_status(r->arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(r->arena), "the page needs more memory than allowed");
    r->doc->text = (ocs_str){text, n};
    r->doc->titled = titled(r);
    r->doc->origin = ocs_origin_of(&origin);
    return OCS_OK;
}

/* No block is content by its role. */
static bool is_bare(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_BODY || blocks->at[i].role == OCS_ROLE_ITEM)
            return false;
    return true;
}

/* ---- title and address ---- */

const ocs_hint *ocs_facts_hint(const ocs_blocks *blocks, int about)
{
    const ocs_hint *best = NULL;
    for (size_t i = 0; i < blocks->n_hints; i++)
        if ((int)blocks->hints[i].about == about && (!best || blocks->hints[i].trust > best->trust))
            best = &blocks->hints[i];
    return best;
}

/* The bytes of part ${at} of a hint's value, where the page has them as they are read. */
static ocs_span hint_part(const ocs_hint *hint, ocs_span at, bool *inexact)
{
    bool whole = at.to - at.from == hint->value.n;
    bool copied = !hint->inexact && hint->raw.to - hint->raw.from == hint->value.n;
    *inexact = hint->inexact || (!whole && !copied);
    if (whole || !copied)
        return hint->raw;
    return (ocs_span){hint->raw.from + at.from, hint->raw.from + at.to};
}

static void read_title(facts_reader *r)
{
    ocs_title title;
    if (!ocs_title_choose(r->blocks, r->doc->url, r->arena, &title))
        return;
    ocs_fact *fact = &r->doc->title;
    fact->value = title.text;
    r->title = title.block;
    if (title.block)
        fact->raw = ocs_facts_raw(r, title.block, title.at.from, title.at.to, &fact->inexact);
    else
        fact->raw = hint_part(title.hint, title.at, &fact->inexact);
}

/* ---- together ---- */

static void url_from_markup(facts_reader *r)
{
    const ocs_hint *hint = ocs_facts_hint(r->blocks, OCS_HINT_URL);
    if (r->doc->url.n == 0 && hint && ocs_str_starts(hint->value, OCS_STR("http")))
        r->doc->url = hint->value;
}

/* Navigation only: no facts but what the markup states of the page. */
static ocs_status read_empty(facts_reader *r, ocs_error *err)
{
    const ocs_hint *stated = ocs_facts_hint(r->blocks, OCS_HINT_TITLE);
    if (stated && strcmp(stated->source, "title element") != 0) { /* which every page has */
        read_title(r);
        ocs_facts_read_stated_date(r);
    }
    if (ocs_arena_status(r->arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(r->arena), "the page needs more memory than allowed");
    return OCS_OK;
}

ocs_status ocs_facts_read(const ocs_gaz *gaz, const ocs_page *page, const ocs_blocks *blocks,
                          ocs_arena *arena, ocs_document *document, ocs_error *err)
{
    facts_reader r = {.gaz = gaz, .page = page, .blocks = blocks, .arena = arena, .doc = document};
    bool bare = is_bare(blocks);
    document->list = blocks->list;
    url_from_markup(&r);
    if (!bare || blocks->keep_all) {
        ocs_status status = write_body(&r, err);
        if (status != OCS_OK)
            return status;
    }
    document->empty = bare && document->text.n == 0;
    if (bare)
        return read_empty(&r, err);
    read_title(&r);
    ocs_facts_read_kind(&r);
    ocs_facts_read_labels(&r);
    ocs_facts_read_date(&r);
    ocs_facts_read_items(&r);
    document->places = (ocs_facts){r.places.at, r.places.n};
    document->sources = (ocs_facts){r.sources.at, r.sources.n};
    document->topics = (ocs_facts){r.topics.at, r.topics.n};
    document->items = r.items.at;
    document->n_items = r.items.n;
    if (ocs_arena_status(arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    return OCS_OK;
}
