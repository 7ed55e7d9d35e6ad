/* Places and countries by the gazetteer.  A country inside an organisation's name is that
 * organisation's: it is kept, but marked as nested.  The name of a language is no country. */
#include "ingest/scan.h"

static ocs_via via_of(const ocs_gaz_phrase *phrase)
{
    switch (phrase->kind) {
    case OCS_GAZ_DEMONYM:
        return OCS_VIA_DEMONYM;
    case OCS_GAZ_FORMER:
        return OCS_VIA_FORMER;
    case OCS_GAZ_ALIAS:
    case OCS_GAZ_ACRONYM:
        return OCS_VIA_ALIAS;
    default:
        return OCS_VIA_NAME;
    }
}

static bool spoken_of(const ocs_scan *s, size_t from)
{
    static const char *const words[] = {"language", "languages", "knowledge", "fluent", "fluency",
                                        "speaks",   "speak",     "spoken",    NULL};
    for (size_t back = 1; back <= 2 && back <= from; back++)
        if (ocs_scan_any(s, from - back, words))
            return true;
    return false;
}

/* A word of a list whose last one was a language: "Albanian, English and Italian". */
static bool goes_on(const ocs_scan *s, size_t from, size_t last)
{
    if (last == 0 || last > from)
        return false;
    bool joined = from == last + 1 && (ocs_scan_is(s, last, "and") || ocs_scan_is(s, last, "or"));
    return joined || (from == last && ocs_scan_comma(s, from));
}

/* "in Serbian", "Serbian-language", "translated into Russian and Albanian". */
static bool is_language(const ocs_scan *s, size_t from, size_t to, const ocs_gaz_phrase *phrase,
                        size_t last)
{
    static const char *const before[] = {"in", "into", "from", NULL};
    static const char *const behind[] = {"language", "languages", "speaking", "translation", NULL};
    if (phrase->kind != OCS_GAZ_DEMONYM)
        return false;
    if (ocs_scan_any(s, to, behind))
        return true;
    const ocs_token *next = ocs_scan_token(s, to);
    bool noun_follows =
        next && ocs_scan_joined(s, to, true) && !ocs_scan_gaz(s, to, OCS_GAZ_STOPWORD, NULL, NULL);
    if (noun_follows)
        return false;
    bool alone = ocs_scan_is(s, from, "english") && !(from > 0 && ocs_scan_is(s, from - 1, "the"));
    return alone || spoken_of(s, from) || goes_on(s, from, last) ||
           (from > 0 && ocs_scan_any(s, from - 1, before));
}

static bool all_free(const ocs_scan *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!ocs_scan_free(s, i))
            return false;
    return true;
}

/* All of it within one organisation's name, and not the whole of it. */
static bool within_org(const ocs_scan *s, size_t from, size_t to)
{
    const ocs_claim *owner = ocs_scan_owner(s, from);
    return owner && owner->type == OCS_MENTION_ORG && s->owner[from] == s->owner[to - 1] &&
           owner->to - owner->from > to - from;
}

static ocs_claim *claim_in(ocs_scan *s, ocs_mention_type type, size_t from, size_t to, uint8_t sure,
                           const char *rule)
{
    if (all_free(s, from, to))
        return ocs_scan_claim(s, type, from, to, sure, rule);
    if (within_org(s, from, to))
        return ocs_scan_nested(s, type, from, to, sure, rule);
    return NULL;
}

/* "Serbia and Montenegro" was one state from 2003 to 2006; else it is two, and the first ends here:
 * its length, 0 if the words at i are no such pair. */
static size_t first_of_pair(const ocs_scan *s, size_t i, size_t n, const ocs_gaz_phrase *phrase)
{
    enum { JOINED = 2003, PARTED = 2006 };
    int year = s->doc->published.from.year;
    ocs_gaz_hit hit;
    if (phrase->kind != OCS_GAZ_FORMER || n < 3 || (year >= JOINED && year <= PARTED))
        return 0;
    bool pair = ocs_gaz_survey_match(&s->survey, i + 1, i, 1u << OCS_GAZ_COUNTRY, &hit) &&
                ocs_scan_gaz(s, i + 1, OCS_GAZ_STOPWORD, NULL, NULL) == 1 &&
                ocs_scan_gaz(s, i + 2, OCS_GAZ_COUNTRY, NULL, NULL) == n - 2;
    return pair ? 1 : 0;
}

/* The longest country at i, and of two in one name the first. */
static size_t country_of(const ocs_scan *s, size_t i, const ocs_gaz_thing **thing,
                         const ocs_gaz_phrase **phrase)
{
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_COUNTRY, thing, phrase);
    if (n == 0 || first_of_pair(s, i, n, *phrase) == 0)
        return n;
    ocs_scan head = *s;
    head.tokens.n = i + 1;
    return ocs_scan_gaz(&head, i, OCS_GAZ_COUNTRY, thing, phrase);
}

static size_t country_at(ocs_scan *s, size_t i, size_t *last_language)
{
    const ocs_gaz_thing *thing;
    const ocs_gaz_phrase *phrase;
    size_t n = country_of(s, i, &thing, &phrase);
    if (n == 0)
        return 0;
    if (is_language(s, i, i + n, phrase, *last_language)) {
        *last_language = i + n;
        return n;
    }
    ocs_claim *claim = claim_in(s, OCS_MENTION_COUNTRY, i, i + n, 97, "country by name");
    if (!claim)
        return 0;
    claim->thing = thing;
    claim->via = via_of(phrase);
    if (claim->via == OCS_VIA_DEMONYM)
        claim->rule = "country by its people or adjective";
    claim->name = ocs_gaz_str(s->gaz, thing->name);
    claim->key = ocs_gaz_str(s->gaz, thing->key);
    return n;
}

/* "region" of "Donetsk region". */
static bool word_of_region(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {
        "region", "district", "oblast", "municipality", "province",   "valley", "village",
        "canton", "county",   "rayon",  "governorate",  "settlement", NULL};
    return ocs_scan_any(s, i, words);
}

/* "Paris Hilton", "Jack London": a given name that a place bears, too, before a name that nobody
 * knows; or a given name before the place's. */
static bool within_person(const ocs_scan *s, size_t from, size_t to)
{
    if (to - from > 1)
        return false;
    bool right = ocs_scan_gaz(s, from, OCS_GAZ_GIVEN, NULL, NULL) > 0 &&
                 ocs_scan_joined(s, to, false) && ocs_scan_capital(s, to) && ocs_scan_free(s, to) &&
                 !ocs_scan_gaz(s, to, OCS_GAZ_STOPWORD, NULL, NULL) &&
                 !ocs_scan_gaz(s, to, OCS_GAZ_ORGWORD, NULL, NULL) &&
                 !ocs_scan_gaz(s, to, OCS_GAZ_ROLE, NULL, NULL);
    bool left = from > 0 && ocs_scan_joined(s, from, false) && ocs_scan_free(s, from - 1) &&
                ocs_scan_capital(s, from - 1) &&
                ocs_scan_gaz(s, from - 1, OCS_GAZ_GIVEN, NULL, NULL) == 1 &&
                !ocs_scan_gaz(s, from - 1, OCS_GAZ_MONTH, NULL, NULL);
    return left || right;
}

/* "Houston Chronicle", "Paris Hilton": a name goes on behind the place that nobody knows, and no
 * word before it says that it is a place. */
static bool goes_on_as_name(const ocs_scan *s, size_t from, size_t to)
{
    const ocs_gaz_thing *before;
    const ocs_token *next = ocs_scan_token(s, to);
    bool name = next && ocs_scan_joined(s, to, true) && ocs_scan_capital(s, to) &&
                ocs_scan_free(s, to) && !(next->flags & OCS_TOKEN_CAPS) && !s->headline[from] &&
                !ocs_scan_gaz(s, to, OCS_GAZ_STOPWORD, NULL, NULL) &&
                !ocs_scan_gaz(s, to, OCS_GAZ_ROLE, NULL, NULL) &&
                !ocs_scan_gaz(s, to, OCS_GAZ_MONTH, NULL, NULL) &&
                !ocs_scan_gaz(s, to, OCS_GAZ_COUNTRY, NULL, NULL) &&
                !ocs_scan_gaz(s, to, OCS_GAZ_PLACE, NULL, NULL);
    if (!name || word_of_region(s, to) || ocs_scan_landmark(s, to))
        return false;
    bool shown = from > 0 && ocs_scan_joined(s, from, false) &&
                 ocs_scan_gaz(s, from - 1, OCS_GAZ_STOPWORD, &before, NULL) == 1 &&
                 strcmp(ocs_gaz_cstr(s->gaz, before->class_), "where") == 0;
    return !shown;
}

static size_t place_at(ocs_scan *s, size_t i)
{
    const ocs_gaz_thing *thing;
    const ocs_gaz_phrase *phrase;
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_PLACE, &thing, &phrase);
    if (n == 0 || phrase->kind == OCS_GAZ_DEMONYM) /* "European" is no place */
        return n;
    if (within_person(s, i, i + n) || goes_on_as_name(s, i, i + n))
        return 0;
    ocs_claim *claim = claim_in(s, OCS_MENTION_PLACE, i, i + n, 92, "known place");
    if (!claim)
        return 0;
    claim->thing = thing;
    claim->name = ocs_gaz_str(s->gaz, thing->name);
    claim->key = ocs_gaz_str(s->gaz, thing->key);
    claim->country = ocs_gaz_str(s->gaz, thing->country);
    return n;
}

/* The longer of both at i: "Serbia and Montenegro", "Georgia" the state, "South Ossetia". */
static void by_gazetteer(ocs_scan *s)
{
    size_t last_language = 0;
    for (size_t i = 0; i < s->tokens.n;) {
        size_t place = ocs_scan_gaz(s, i, OCS_GAZ_PLACE, NULL, NULL);
        size_t country = ocs_scan_gaz(s, i, OCS_GAZ_COUNTRY, NULL, NULL);
        size_t n = place > country ? place_at(s, i)
                   : country > 0   ? country_at(s, i, &last_language)
                                   : 0;
        i += n > 0 ? n : 1;
    }
}

/* "Donetsk region", "Tavush Province": a capitalised name before such a word. */
static void by_kind(ocs_scan *s)
{
    for (size_t i = 1; i < s->tokens.n; i++) {
        if (!ocs_scan_free(s, i) || s->headline[i] || !word_of_region(s, i) ||
            !ocs_scan_joined(s, i, false))
            continue;
        size_t from = i;
        while (from > 0 && i - from < 3 && ocs_scan_capital(s, from - 1) &&
               ocs_scan_free(s, from - 1) &&
               !ocs_scan_gaz(s, from - 1, OCS_GAZ_STOPWORD, NULL, NULL)) {
            from--;
            if (!ocs_scan_joined(s, from, true))
                break;
        }
        bool capital = (s->tokens.at[i].flags & OCS_TOKEN_UPPER) != 0;
        if (from < i)
            ocs_scan_claim(s, OCS_MENTION_PLACE, from, capital ? i + 1 : i, 65,
                           "name before a word for a region");
    }
}

/* Places of the dateline that no table knows. */
static void by_dateline(ocs_scan *s)
{
    for (size_t p = 0; p < s->doc->places.n; p++) {
        ocs_str wanted = s->doc->places.at[p].value;
        ocs_tokens words;
        if (!ocs_tokenize(s->arena, wanted, &words) || words.n == 0)
            continue;
        for (size_t i = 0; i + words.n <= s->tokens.n; i++) {
            size_t n = 0;
            while (n < words.n && s->tokens.at[i + n].hash == words.at[n].hash &&
                   ocs_scan_capital(s, i + n))
                n++;
            if (n < words.n || !all_free(s, i, i + n))
                continue;
            ocs_claim *claim =
                ocs_scan_claim(s, OCS_MENTION_PLACE, i, i + n, 85, "place of the dateline");
            if (claim) {
                claim->name = wanted;
                claim->key = s->doc->places.at[p].key;
            }
        }
    }
}

/* "Lake Sevan", "Mount Ararat", "Gulf of Aden": names behind such a word. */
static bool feature_before(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"lake", "lakes", "mount", "mt",   "cape", "camp",
                                        "gulf", "river", "port",  "fort", NULL};
    return ocs_scan_capital(s, i) && ocs_scan_any(s, i, words);
}

/* A word of a feature's name: with a capital, nobody's or a place's. */
static bool feature_word(const ocs_scan *s, size_t i)
{
    bool open = ocs_scan_free(s, i) || ocs_scan_owned_by(s, i, OCS_MENTION_PLACE);
    return open && ocs_scan_capital(s, i) && !s->headline[i] &&
           !ocs_scan_gaz(s, i, OCS_GAZ_STOPWORD, NULL, NULL);
}

/* What places claimed of [from, to) goes to the feature: "Damascus" of "Damascus Airport". */
static void claim_feature(ocs_scan *s, size_t from, size_t to)
{
    ocs_str country = {NULL, 0};
    for (size_t i = from; i < to; i++) {
        ocs_claim *owner = ocs_scan_owner(s, i);
        if (!owner)
            continue;
        if (owner->type != OCS_MENTION_PLACE || owner->from < from || owner->to > to ||
            (owner->from == from && owner->to == to))
            return;
        country = owner->country;
    }
    for (size_t i = from; i < to; i++) {
        if (ocs_scan_owner(s, i))
            ocs_scan_owner(s, i)->dropped = true;
        s->owner[i] = OCS_NO_CLAIM;
    }
    ocs_claim *claim =
        ocs_scan_claim(s, OCS_MENTION_PLACE, from, to, 70, "name with a word for a landmark");
    if (claim)
        claim->country = country;
}

static void by_feature(ocs_scan *s)
{
    enum { NAME_MAX = 3 };
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t from = i, to = i + 1;
        if (!ocs_scan_free(s, i) || s->headline[i])
            continue;
        if (ocs_scan_landmark(s, i))
            while (i - from < NAME_MAX && from > 0 && ocs_scan_joined(s, from, true) &&
                   feature_word(s, from - 1))
                from--;
        if (from == i && feature_before(s, i)) {
            size_t of = ocs_scan_is(s, to, "of") && ocs_scan_joined(s, to, false);
            while (to + of - i <= NAME_MAX && ocs_scan_joined(s, to + of, true) &&
                   feature_word(s, to + of))
                to++;
            to += to > i + 1 ? of : 0;
        }
        if (from < i || to > i + 1)
            claim_feature(s, from, to);
    }
}

/* "Northern Iraq", "East Mosul": a part of it.  The country stays one as well. */
static void by_direction(ocs_scan *s)
{
    size_t n = s->claims.n;
    for (size_t c = 0; c < n; c++) {
        const ocs_claim whole = s->claims.at[c];
        bool country = whole.type == OCS_MENTION_COUNTRY && whole.via != OCS_VIA_DEMONYM;
        if (whole.dropped || whole.nested || !(country || whole.type == OCS_MENTION_PLACE) ||
            whole.from == 0 || !ocs_scan_direction(s, whole.from - 1) ||
            !ocs_scan_joined(s, whole.from, true) || s->headline[whole.from])
            continue;
        if (!country)
            s->claims.at[c].dropped = true;
        ocs_claim *part = ocs_scan_nested(s, OCS_MENTION_PLACE, whole.from - 1, whole.to, 75,
                                          "part of a known place");
        if (!part)
            return;
        part->nested = false; /* it holds the other and is held by nothing */
        part->country = country ? whole.key : whole.country;
    }
}

/* "u Hamburgu": a known place in another case, behind a preposition of place. */
static void by_case(ocs_scan *s)
{
    enum { PEOPLE_LEAST = 50000 };
    const unsigned tables = 1u << OCS_GAZ_PLACE | 1u << OCS_GAZ_CITY;
    for (size_t i = 1; s->inflected && i < s->tokens.n; i++) {
        const ocs_gaz_thing *before;
        if (!ocs_scan_capital(s, i) || !ocs_scan_free(s, i) || !ocs_scan_joined(s, i, false) ||
            ocs_scan_gaz(s, i - 1, OCS_GAZ_STOPWORD, &before, NULL) != 1)
            continue;
        const char *class_ = ocs_gaz_cstr(s->gaz, before->class_);
        if (strcmp(class_, "where") != 0 && strcmp(class_, "way") != 0)
            continue;
        const ocs_gaz_thing *thing = ocs_scan_inflected(s, i, tables);
        if (!thing || (thing->table == OCS_GAZ_CITY && thing->people < PEOPLE_LEAST))
            continue;
        ocs_claim *claim =
            ocs_scan_claim(s, OCS_MENTION_PLACE, i, i + 1, 80, "known place in another case");
        if (!claim)
            continue;
        claim->thing = thing;
        claim->name = ocs_gaz_str(s->gaz, thing->name);
        claim->key = ocs_gaz_str(s->gaz, thing->key);
        claim->country = ocs_gaz_str(s->gaz, thing->country);
    }
}

void ocs_find_places(ocs_scan *s)
{
    by_gazetteer(s);
    by_case(s);
    by_dateline(s);
    ocs_find_cities(s);
    by_kind(s);
    by_feature(s);
    by_direction(s);
    ocs_find_countries_of_cities(s);
}
