/* Mentions and labels are listed as they come, sorted, and equal ones joined. */
#include "index/column_facts.h"

#include "ingest/block.h"
#include "ingest/ingest.h"
#include "ingest/site.h"

#include <stdio.h>
#include <stdlib.h>

enum { YEARS_MAX = 200, YEAR_TEXT = 8 };

static const struct family_row {
    const char *name;
    char letter;
} families[] = {
#define X(name, text, letter, about) [OCS_COLUMN_##name] = {text, letter},
    OCS_COLUMNS(X)
#undef X
};

const char *ocs_column_family_name(ocs_column_family family)
{
    return families[family].name;
}

char ocs_column_family_letter(ocs_column_family family)
{
    return families[family].letter;
}

ocs_column_family ocs_column_of_mention(ocs_mention_type type)
{
    static const ocs_column_family of[OCS_MENTION_TYPE_COUNT] = {
        [OCS_MENTION_PERSON] = OCS_COLUMN_PERSON,   [OCS_MENTION_PLACE] = OCS_COLUMN_PLACE,
        [OCS_MENTION_COUNTRY] = OCS_COLUMN_COUNTRY, [OCS_MENTION_ORG] = OCS_COLUMN_ORG,
        [OCS_MENTION_DATE] = OCS_COLUMN_DATE,
    };
    return of[type];
}

/* ---- listing ---- */

typedef struct listing {
    ocs_arena *arena;
    OCS_VEC(ocs_column_fact) facts;
} listing;

static void add(listing *l, ocs_column_family family, ocs_column_thing thing, uint32_t mentions)
{
    ocs_column_fact *fact = ocs_vec_push(l->arena, &l->facts);
    if (fact)
        *fact = (ocs_column_fact){family, thing, mentions};
}

static void add_year(listing *l, int year)
{
    char text[YEAR_TEXT];
    int n = snprintf(text, sizeof text, "%d", year);
    add(l, OCS_COLUMN_ON_YEAR,
        (ocs_column_thing){.key = ocs_str_copy(l->arena, (ocs_str){text, (size_t)n})}, 1);
}

/* The years by which a date of the text is found (index/draft.c). */
static void add_years(listing *l, ocs_when when)
{
    if (when.from.year <= 0 || when.to.year <= 0)
        return;
    bool all = when.to.year - when.from.year < YEARS_MAX;
    for (int year = when.from.year; all && year <= when.to.year; year++)
        add_year(l, year);
    if (!all) {
        add_year(l, when.from.year);
        add_year(l, when.to.year);
    }
}

static void add_mentions(listing *l, const ocs_document *document)
{
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        if (!ocs_mention_is_indexed(mention))
            continue;
        add(l, ocs_column_of_mention(mention->type),
            (ocs_column_thing){mention->key, mention->name, mention->country}, 1);
        if (mention->type == OCS_MENTION_DATE)
            add_years(l, mention->when);
    }
}

static void add_fact(listing *l, ocs_column_family family, const ocs_fact *fact)
{
    uint32_t mentions =
        family == OCS_COLUMN_PLACE ? 0 : 1; /* places are told apart from mentions */
    if (fact->value.n > 0)
        add(l, family, (ocs_column_thing){.key = fact->key, .name = fact->value}, mentions);
}

static void add_facts(listing *l, ocs_column_family family, const ocs_facts *facts)
{
    for (size_t i = 0; i < facts->n; i++)
        add_fact(l, family, &facts->at[i]);
}

static void add_labels(listing *l, const ocs_document *document)
{
    const ocs_page page = {.path = document->path, .url = document->url};
    const ocs_blocks none = {0};
    add_fact(l, OCS_COLUMN_KIND, &document->kind);
    add_facts(l, OCS_COLUMN_SOURCE, &document->sources);
    add_facts(l, OCS_COLUMN_TOPIC, &document->topics);
    add_facts(l, OCS_COLUMN_PLACE, &document->places);
    if (document->lang.n > 0)
        add(l, OCS_COLUMN_LANG, (ocs_column_thing){.key = document->lang}, 1);
    add(l, OCS_COLUMN_SITE, (ocs_column_thing){.key = ocs_site_name(&page, &none, l->arena)}, 1);
}

/* ---- joining ---- */

static int compare(const ocs_column_fact *x, const ocs_column_fact *y)
{
    int order = (x->family > y->family) - (x->family < y->family);
    if (order == 0)
        order = ocs_str_cmp(x->thing.key, y->thing.key);
    if (order == 0)
        order = ocs_str_cmp(x->thing.name, y->thing.name);
    return order != 0 ? order : ocs_str_cmp(x->thing.country, y->thing.country);
}

static int by_thing(const void *a, const void *b)
{
    return compare(a, b);
}

/* A thing without a name of its own is called by its key. */
static void name_all(listing *l)
{
    for (size_t i = 0; i < l->facts.n; i++)
        if (l->facts.at[i].thing.name.n == 0)
            l->facts.at[i].thing.name = l->facts.at[i].thing.key;
}

static size_t join(ocs_column_fact *facts, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && compare(&facts[kept - 1], &facts[i]) == 0)
            facts[kept - 1].mentions += facts[i].mentions;
        else
            facts[kept++] = facts[i];
    }
    return kept;
}

bool ocs_column_facts_of(const ocs_document *document, ocs_arena *arena, ocs_column_facts *facts)
{
    listing l = {.arena = arena};
    add_mentions(&l, document);
    add_labels(&l, document);
    name_all(&l);
    if (l.facts.n > 0)
        qsort(l.facts.at, l.facts.n, sizeof *l.facts.at, by_thing);
    *facts = (ocs_column_facts){.published = ocs_date_pack(document->published.from),
                                .at = l.facts.at,
                                .n = join(l.facts.at, l.facts.n)};
    return ocs_arena_status(arena) == OCS_OK;
}

/* ---- as bytes ---- */

void ocs_column_facts_pack(const ocs_column_facts *facts, ocs_buf *out)
{
    ocs_buf_put_varint(out, facts->published);
    ocs_buf_put_varint(out, facts->n);
    for (size_t i = 0; i < facts->n; i++) {
        const ocs_column_fact *fact = &facts->at[i];
        ocs_buf_put_varint(out, fact->family);
        ocs_buf_put_string(out, fact->thing.key);
        ocs_buf_put_string(out, fact->thing.name);
        ocs_buf_put_string(out, fact->thing.country);
        ocs_buf_put_varint(out, fact->mentions);
    }
}

static bool take_fact(ocs_str *rest, ocs_column_fact *fact)
{
    uint64_t family, mentions;
    if (!ocs_take_varint(rest, &family) || family >= OCS_COLUMN_COUNT ||
        !ocs_take_string(rest, &fact->thing.key) || !ocs_take_string(rest, &fact->thing.name) ||
        !ocs_take_string(rest, &fact->thing.country) || !ocs_take_varint(rest, &mentions) ||
        mentions > UINT32_MAX)
        return false;
    fact->family = (ocs_column_family)family;
    fact->mentions = (uint32_t)mentions;
    return true;
}

bool ocs_column_facts_unpack(ocs_str packed, ocs_arena *arena, ocs_column_facts *facts)
{
    uint64_t published, n;
    *facts = (ocs_column_facts){0};
    if (!ocs_take_varint(&packed, &published) || published > UINT32_MAX ||
        !ocs_take_varint(&packed, &n) || n > packed.n) /* each takes a byte or more */
        return false;
    ocs_column_fact *at = ocs_arena_array(arena, n, sizeof *at);
    for (size_t i = 0; at && i < n; i++)
        if (!take_fact(&packed, &at[i]))
            return false;
    *facts = (ocs_column_facts){(uint32_t)published, at, n};
    return at && packed.n == 0;
}
