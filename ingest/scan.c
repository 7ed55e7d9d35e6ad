#include "ingest/scan.h"

bool ocs_scan_joined(const ocs_scan *s, size_t i, bool hyphen)
{
    const ocs_token *t = ocs_scan_token(s, i);
    bool close =
        t && (t->gap == OCS_GAP_SPACE || t->gap == 0 || (hyphen && t->gap == OCS_GAP_HYPHEN));
    return close && i > 0 && !(s->tokens.at[i - 1].flags & OCS_TOKEN_POSSESSIVE);
}

bool ocs_scan_comma(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && i > 0 && (t->gap & OCS_GAP_COMMA) &&
           (t->gap & ~(OCS_GAP_COMMA | OCS_GAP_SPACE)) == 0;
}

bool ocs_scan_is(const ocs_scan *s, size_t i, const char *word)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && ocs_str_eq(t->fold, ocs_str_of(word));
}

/* Most words are told apart by their first byte. */
bool ocs_scan_any(const ocs_scan *s, size_t i, const char *const *words)
{
    const ocs_token *t = ocs_scan_token(s, i);
    if (!t || t->fold.n == 0)
        return false;
    for (; *words; words++)
        if (**words == t->fold.p[0] && ocs_str_eq(t->fold, ocs_str_of(*words)))
            return true;
    return false;
}

bool ocs_scan_direction(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"north",        "south",
                                        "east",         "west",
                                        "northern",     "southern",
                                        "eastern",      "western",
                                        "northeastern", "northwestern",
                                        "southeastern", "southwestern",
                                        "northeast",    "northwest",
                                        "southeast",    "southwest",
                                        "central",      "upper",
                                        "lower",        "greater",
                                        "old",          NULL};
    return ocs_scan_capital(s, i) && ocs_scan_free(s, i) && ocs_scan_any(s, i, words);
}

/* Landmarks whose words are surnames, too: "Michael Bay". */
static bool landmark_or_surname(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"river", "lake",   "sea",    "bay",   "dam",  "pass",
                                        "park",  "bridge", "street", "canal", "road", NULL};
    return ocs_scan_any(s, i, words);
}

bool ocs_scan_landmark(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {
        "mountains", "mountain",  "island",    "islands", "peninsula", "valley",
        "plateau",   "desert",    "strait",    "square",  "avenue",    "basin",
        "heights",   "gorge",     "reservoir", "barrage", "airport",   "airfield",
        "airbase",   "boulevard", "mosque",    "palace",  "tunnel",    "cathedral",
        "monastery", "stadium",   "harbour",   "harbor",  "highway",   NULL};
    return ocs_scan_capital(s, i) && (ocs_scan_any(s, i, words) || landmark_or_surname(s, i));
}

static bool thing_of_a_name(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"prize",     "award",    "awards", "medal",    "trophy",
                                        "telescope", "doctrine", "treaty", "protocol", NULL};
    return ocs_scan_capital(s, i) && ocs_scan_any(s, i, words);
}

/* "the Norton Bridge", "the King Norton Bridge". */
static bool behind_article(const ocs_scan *s, size_t from)
{
    if (from > 1 && ocs_scan_gaz(s, from - 1, OCS_GAZ_HONORIFIC, NULL, NULL) == 1)
        from--;
    return from > 0 && ocs_scan_is(s, from - 1, "the") && ocs_scan_joined(s, from, false);
}

bool ocs_scan_named_after(const ocs_scan *s, size_t from, size_t to)
{
    size_t last = to - 1;
    if (from >= to || !(ocs_scan_landmark(s, last) || thing_of_a_name(s, last)))
        return false;
    return !landmark_or_surname(s, last) || (to - from > 1 && behind_article(s, from));
}

bool ocs_scan_match(const ocs_scan *s, size_t i, unsigned tables, ocs_gaz_hit *hit)
{
    return ocs_gaz_survey_match(&s->survey, s->tokens.n, i, tables, hit);
}

size_t ocs_scan_phrase(const ocs_scan *s, size_t i, ocs_gaz_table table,
                       const ocs_gaz_thing **thing, const ocs_gaz_phrase **phrase)
{
    ocs_gaz_hit hit;
    unsigned tables = 1u << table;
    if (!ocs_scan_match(s, i, tables, &hit))
        return 0;
    const ocs_gaz_phrase *p = &s->gaz->phrases[hit.phrase];
    if (thing)
        *thing = &s->gaz->things[p->thing];
    if (phrase)
        *phrase = p;
    return hit.to - hit.from;
}

ocs_span ocs_scan_span(const ocs_scan *s, size_t from, size_t to)
{
    return (ocs_span){s->tokens.at[from].at.from, s->tokens.at[to - 1].word};
}

ocs_str ocs_scan_text(const ocs_scan *s, size_t from, size_t to)
{
    ocs_span span = ocs_scan_span(s, from, to);
    return ocs_str_sub(s->text, span.from, span.to);
}

static ocs_claim *push(ocs_scan *s, ocs_mention_type type, size_t from, size_t to, uint8_t sure,
                       const char *rule)
{
    ocs_claim *claim = ocs_vec_push(s->arena, &s->claims);
    if (claim)
        *claim = (ocs_claim){
            .type = type, .from = (uint32_t)from, .to = (uint32_t)to, .sure = sure, .rule = rule};
    return claim;
}

ocs_claim *ocs_scan_claim(ocs_scan *s, ocs_mention_type type, size_t from, size_t to, uint8_t sure,
                          const char *rule)
{
    for (size_t i = from; i < to; i++)
        if (!ocs_scan_free(s, i))
            return NULL;
    ocs_claim *claim = from < to ? push(s, type, from, to, sure, rule) : NULL;
    for (size_t i = from; claim && i < to; i++)
        s->owner[i] = (uint32_t)(s->claims.n - 1);
    return claim;
}

ocs_claim *ocs_scan_nested(ocs_scan *s, ocs_mention_type type, size_t from, size_t to, uint8_t sure,
                           const char *rule)
{
    ocs_claim *claim = push(s, type, from, to, sure, rule);
    if (claim)
        claim->nested = true;
    return claim;
}

void ocs_scan_release(ocs_scan *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        ocs_claim *owner = ocs_scan_owner(s, i);
        if (owner)
            owner->dropped = true;
        s->owner[i] = OCS_NO_CLAIM;
    }
}
