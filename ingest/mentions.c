/* The conductor of the entity rules: words, then claims from the surest rule to the boldest, then
 * names, then mentions with their places in the page. */
#include "ingest/mentions.h"

#include "ingest/scan.h"
#include "ingest/tagger.h"

#include <stdlib.h>

enum { HEADLINE_WORDS = 6, HEADLINE_LONGEST = 24, HEADLINE_PER_CENT = 65, LONG_WORD = 4 };

/* ---- before the rules ---- */

/* Lines In Which Nearly Every Long Word Starts Like This: capitals say nothing there. */
static void mark_headline(ocs_scan *s, size_t from, size_t to)
{
    size_t words = 0, capitals = 0;
    for (size_t i = from + 1; i < to; i++) {
        const ocs_token *t = &s->tokens.at[i];
        if (t->points < LONG_WORD || (t->flags & OCS_TOKEN_DIGIT))
            continue;
        words++;
        capitals += (t->flags & OCS_TOKEN_UPPER) != 0;
    }
    bool headline = to - from <= HEADLINE_LONGEST && words >= HEADLINE_WORDS &&
                    capitals * 100 >= words * HEADLINE_PER_CENT;
    for (size_t i = from; i < to; i++)
        s->headline[i] = headline;
}

static void mark_headlines(ocs_scan *s)
{
    size_t from = 0;
    for (size_t i = 1; i <= s->tokens.n; i++) {
        if (i < s->tokens.n && !(s->tokens.at[i].gap & OCS_GAP_LINE))
            continue;
        mark_headline(s, from, i);
        from = i;
    }
}

static bool begin(ocs_scan *s)
{
    if (!ocs_tokenize(s->arena, s->text, &s->tokens) ||
        !ocs_gaz_survey_make(s->gaz, s->arena, s->text, s->tokens, OCS_SCAN_TABLES, &s->survey))
        return false;
    s->owner = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *s->owner);
    s->headline = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *s->headline);
    if (!s->owner || !s->headline)
        return false;
    for (size_t i = 0; i < s->tokens.n; i++)
        s->owner[i] = OCS_NO_CLAIM;
    mark_headlines(s);
    return ocs_scan_inflect(s);
}

static void claim_dates(ocs_scan *s)
{
    ocs_text_dates dates;
    if (!ocs_dates_find_mentions(&s->survey, s->doc->lang, s->text, s->tokens, s->arena, &dates))
        return;
    ocs_dates_resolve(&dates, s->doc->published.from);
    for (size_t i = 0; i < dates.n; i++) {
        const ocs_text_date *d = &dates.at[i];
        ocs_claim *claim = ocs_scan_claim(s, OCS_MENTION_DATE, d->from, d->to, d->sure, d->rule);
        if (!claim)
            continue;
        claim->when = d->when;
        claim->other = d->other;
        claim->relative = d->resolved;
    }
}

/* ---- after the rules ---- */

static ocs_str when_text(ocs_arena *arena, ocs_when when)
{
    char text[OCS_WHEN_TEXT];
    return ocs_str_copy(arena, ocs_when_print(when, text));
}

static void place_part(ocs_scan *s, ocs_role_part *part)
{
    bool exact = true;
    if (part->name.n > 0)
        part->raw = ocs_origin_raw(s->doc->origin, part->at, &exact);
    part->inexact = !exact;
}

static void emit_role(ocs_scan *s, ocs_span at, ocs_role *role)
{
    bool exact;
    *role = (ocs_role){.text = ocs_str_sub(s->text, at.from, at.to), .at = at};
    role->raw = ocs_origin_raw(s->doc->origin, at, &exact);
    role->inexact = !exact;
    ocs_role_parts(s, role);
    place_part(s, &role->office);
    place_part(s, &role->org);
    place_part(s, &role->country);
}

static void emit_roles(ocs_scan *s, const ocs_claim *claim, ocs_mention *mention)
{
    mention->roles = ocs_arena_array(s->arena, claim->n_roles, sizeof *mention->roles);
    for (uint8_t i = 0; mention->roles && i < claim->n_roles; i++) {
        emit_role(s, claim->roles[i], &mention->roles[i]);
        mention->n_roles = (size_t)i + 1;
    }
}

static void emit(ocs_scan *s, const ocs_claim *claim, ocs_mention *mention)
{
    bool exact;
    *mention = (ocs_mention){.type = claim->type,
                             .via = claim->via,
                             .sure = claim->sure,
                             .nested = claim->nested,
                             .at = ocs_scan_span(s, claim->from, claim->to),
                             .name = claim->name,
                             .key = claim->key,
                             .rule = claim->rule,
                             .when = claim->when,
                             .other = claim->other,
                             .relative = claim->relative,
                             .country = claim->country};
    mention->raw = ocs_origin_raw(s->doc->origin, mention->at, &exact);
    mention->inexact = !exact;
    if (claim->type == OCS_MENTION_DATE)
        mention->name = mention->key = when_text(s->arena, claim->when);
    if (claim->n_roles > 0)
        emit_roles(s, claim, mention);
}

static int by_place(const void *a, const void *b)
{
    const ocs_mention *x = a, *y = b;
    if (x->at.from != y->at.from)
        return x->at.from < y->at.from ? -1 : 1;
    if (x->at.to != y->at.to)
        return x->at.to > y->at.to ? -1 : 1;
    return (int)x->nested - (int)y->nested;
}

/* What was nested in a claim that came to nothing stands for itself. */
static void free_orphans(ocs_document *doc)
{
    size_t reach = 0; /* how far the mentions that are not nested reach */
    for (size_t i = 0; i < doc->n_mentions; i++) {
        ocs_mention *m = &doc->mentions[i];
        if (m->nested && m->at.to > reach)
            m->nested = false;
        if (!m->nested)
            reach = m->at.to > reach ? m->at.to : reach;
    }
}

static bool finish(ocs_scan *s)
{
    s->doc->mentions = ocs_arena_array(s->arena, s->claims.n, sizeof *s->doc->mentions);
    if (!s->doc->mentions)
        return false;
    size_t n = 0;
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *claim = &s->claims.at[c];
        bool named = claim->type == OCS_MENTION_DATE || (claim->name.n > 0 && claim->key.n > 0);
        if (!claim->dropped && named)
            emit(s, claim, &s->doc->mentions[n++]);
    }
    qsort(s->doc->mentions, n, sizeof *s->doc->mentions, by_place);
    s->doc->n_mentions = n;
    free_orphans(s->doc);
    return ocs_arena_status(s->arena) == OCS_OK;
}

bool ocs_mentions_rules(ocs_scan *s)
{
    if (!begin(s))
        return false;
    claim_dates(s);
    ocs_find_orgs(s);
    ocs_find_people(s);
    ocs_find_places(s);
    return true;
}

/* The model has read English only. */
static bool may_help(const ocs_tagger *tagger, const ocs_document *document)
{
    return tagger && tagger->n_rows > 0 &&
           (document->lang.n == 0 || ocs_str_eq(document->lang, OCS_STR("en")));
}

static bool find_all(ocs_scan *s, const ocs_tagger *tagger)
{
    if (!ocs_mentions_rules(s))
        return false;
    if (may_help(tagger, s->doc))
        ocs_find_by_model(s, tagger);
    ocs_find_roles(s);
    ocs_resolve(s);
    return finish(s);
}

ocs_status ocs_mentions_find(const ocs_gaz *gaz, const ocs_tagger *tagger, ocs_arena *arena,
                             ocs_document *document, ocs_error *err)
{
    ocs_scan s = {.gaz = gaz, .arena = arena, .doc = document, .text = document->text};
    bool found = find_all(&s, tagger);
    ocs_scan_end(&s);
    if (!found)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    return OCS_OK;
}
