/* Cities of the large table.  Their names are words, surnames and given names, too ("Reading",
 * "Nice", "Harrison"), so that a name alone is no city: each candidate gets points for what speaks
 * for it (people, the word before it, its country in the document, an apposition, places beside it)
 * and against it (a given name, other capitals beside it, the same word in lower case elsewhere).
 * What has enough is claimed; then the other mentions of what was claimed. */
#include "ingest/scan.h"

enum {
    ENOUGH = 4,
    SAFE = 80, /* of a city that tells its country */
    TWICE = 2, /* mentions that it takes */
    CANDIDATES_MAX = 2000,
    LOWER_BITS = 1 << 15,
    LETTERS = 26,
    MILLION = 1000000,
    LARGE = 250000,
    MIDDLE = 50000
};

typedef struct candidate {
    ocs_gaz_hit hit;
    const ocs_gaz_thing *thing; /* of those of this name, the one with most points */
    int points;                 /* without those for places beside it */
    bool done;
} candidate;

typedef struct finder {
    ocs_scan *s;
    bool named[LETTERS * LETTERS]; /* countries that the document names */
    uint8_t lower[LOWER_BITS / 8]; /* words that it has in lower case, by hash */
    OCS_VEC(candidate) candidates;
} finder;

/* ---- what the document says ---- */

static bool *country_slot(finder *f, ocs_str code)
{
    bool fits =
        code.n == 2 && code.p[0] >= 'A' && code.p[0] <= 'Z' && code.p[1] >= 'A' && code.p[1] <= 'Z';
    return fits ? &f->named[(code.p[0] - 'A') * LETTERS + (code.p[1] - 'A')] : NULL;
}

static void note_country(finder *f, ocs_str code)
{
    bool *slot = country_slot(f, code);
    if (slot)
        *slot = true;
}

static bool is_named(finder *f, const ocs_gaz_thing *thing)
{
    bool *slot = country_slot(f, ocs_gaz_str(f->s->gaz, thing->country));
    return slot && *slot;
}

static void note_countries(finder *f)
{
    for (size_t c = 0; c < f->s->claims.n; c++) {
        const ocs_claim *claim = &f->s->claims.at[c];
        if (claim->type == OCS_MENTION_COUNTRY)
            note_country(f, claim->key);
        else if (claim->type == OCS_MENTION_PLACE)
            note_country(f, claim->country);
    }
}

static void note_words(finder *f)
{
    for (size_t i = 0; i < f->s->tokens.n; i++) {
        const ocs_token *t = &f->s->tokens.at[i];
        size_t bit = (size_t)t->hash & (LOWER_BITS - 1);
        if (!(t->flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT)))
            f->lower[bit / 8] |= (uint8_t)(1u << bit % 8);
    }
}

static bool seen_lower(const finder *f, size_t i)
{
    size_t bit = (size_t)f->s->tokens.at[i].hash & (LOWER_BITS - 1);
    return f->lower[bit / 8] >> bit % 8 & 1;
}

/* ---- points ---- */

static bool of_class(const ocs_scan *s, const ocs_gaz_thing *thing, const char *class_)
{
    return strcmp(ocs_gaz_cstr(s->gaz, thing->class_), class_) == 0;
}

static int by_size(const ocs_scan *s, const ocs_gaz_thing *thing)
{
    if (thing->people >= MILLION || of_class(s, thing, "capital"))
        return 3;
    if (thing->people >= LARGE || of_class(s, thing, "region"))
        return 2;
    return thing->people >= MIDDLE ? 1 : 0;
}

/* Its country in the document.  The towns of English-speaking countries bear surnames. */
static int by_country(finder *f, const ocs_gaz_thing *thing)
{
    static const char *const english[] = {"US", "GB", "AU", "CA", "IE", "NZ"};
    if (!is_named(f, thing))
        return 0;
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        if (strcmp(ocs_gaz_cstr(f->s->gaz, thing->country), english[i]) == 0)
            return 2;
    return 3;
}

/* "in", "near" before it more than "from", "to", which people have before their names, too; most,
 * "city of". */
static int by_word_before(const ocs_scan *s, size_t from)
{
    static const char *const kinds[] = {"city",     "town",      "village", "province", "region",
                                        "district", "outskirts", "suburb",  "suburbs",  "port",
                                        "cities",   "towns",     NULL};
    const ocs_gaz_thing *thing;
    if (from == 0 || !ocs_scan_joined(s, from, false))
        return 0;
    if (ocs_scan_any(s, from - 1, kinds) ||
        (from > 1 && ocs_scan_is(s, from - 1, "of") && ocs_scan_any(s, from - 2, kinds)))
        return 4;
    if (ocs_scan_gaz(s, from - 1, OCS_GAZ_STOPWORD, &thing, NULL) != 1)
        return 0;
    return of_class(s, thing, "where") ? 3
           : of_class(s, thing, "way") ? 2
                                       : (int)ocs_scan_is(s, from - 1, "of");
}

static int by_word_behind(const ocs_scan *s, size_t to)
{
    static const char *const kinds[] = {
        "province", "region", "district",    "oblast",  "city",   "airport", "municipality",
        "county",   "area",   "governorate", "suburbs", "suburb", NULL};
    return ocs_scan_joined(s, to, false) && ocs_scan_any(s, to, kinds) ? 3 : 0;
}

/* ", Serbia" or "(Serbia)" behind it, or a region of the country: "Vermillion, South Dakota". */
static int by_apposition(const ocs_scan *s, size_t to, const ocs_gaz_thing *thing)
{
    const ocs_claim *behind = ocs_scan_owner(s, to);
    const ocs_token *t = ocs_scan_token(s, to);
    ocs_str country = ocs_gaz_str(s->gaz, thing->country);
    bool close = t && !(t->gap & (OCS_GAP_LINE | OCS_GAP_STOP)) &&
                 (ocs_scan_comma(s, to) || t->gap & OCS_GAP_OPEN);
    if (!behind || !close || behind->from != to)
        return 0;
    if (behind->type == OCS_MENTION_COUNTRY && behind->via != OCS_VIA_DEMONYM)
        return ocs_str_eq(behind->key, country) ? 4 : 0;
    bool region = behind->type == OCS_MENTION_PLACE && behind->thing &&
                  of_class(s, behind->thing, "region") && ocs_str_eq(behind->country, country);
    return region ? 4 : 0;
}

/* Where every word has a capital. */
static bool starts_sentence(const ocs_scan *s, size_t i)
{
    return i == 0 || s->tokens.at[i].gap & (OCS_GAP_STOP | OCS_GAP_LINE | OCS_GAP_OPEN);
}

/* A capitalised word beside it that is no place: a larger name, or a person's. */
static bool stands_in_name(const ocs_scan *s, size_t from, size_t to)
{
    bool left = from > 0 && ocs_scan_joined(s, from, true) && ocs_scan_capital(s, from - 1) &&
                !ocs_scan_gaz(s, from - 1, OCS_GAZ_STOPWORD, NULL, NULL) &&
                !ocs_scan_direction(s, from - 1) &&
                !ocs_scan_owned_by(s, from - 1, OCS_MENTION_COUNTRY) &&
                !ocs_scan_owned_by(s, from - 1, OCS_MENTION_DATE) &&
                (!starts_sentence(s, from - 1) ||
                 ocs_scan_gaz(s, from - 1, OCS_GAZ_GIVEN, NULL, NULL) > 0 ||
                 ocs_scan_gaz(s, from - 1, OCS_GAZ_HONORIFIC, NULL, NULL) > 0);
    bool right = ocs_scan_joined(s, to, true) && ocs_scan_capital(s, to) &&
                 !ocs_scan_gaz(s, to, OCS_GAZ_STOPWORD, NULL, NULL) && ocs_scan_free(s, to);
    return left || right;
}

static bool name_of_person(const ocs_scan *s, size_t i)
{
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *claim = &s->claims.at[c];
        if (claim->type != OCS_MENTION_PERSON || claim->dropped)
            continue;
        for (size_t k = claim->from; k < claim->to; k++)
            if (s->tokens.at[k].hash == s->tokens.at[i].hash)
                return true;
    }
    return false;
}

static int against(const finder *f, size_t from, size_t to)
{
    const ocs_scan *s = f->s;
    int points = stands_in_name(s, from, to) ? 4 : 0;
    points += s->headline[from] ? 2 : 0;
    if (to - from > 1)
        return points;
    points += ocs_scan_gaz(s, from, OCS_GAZ_GIVEN, NULL, NULL) > 0 ? 3 : 0;
    points += !seen_lower(f, from) ? 0 : by_word_before(s, from) > 2 ? 2 : 4;
    points += name_of_person(s, from) ? 4 : 0;
    points += (s->tokens.at[from].flags & OCS_TOKEN_CAPS) && s->tokens.at[from].points < 5 ? 4 : 0;
    bool other = ocs_scan_gaz(s, from, OCS_GAZ_ROLE, NULL, NULL) > 0 ||
                 ocs_scan_gaz(s, from, OCS_GAZ_ORGWORD, NULL, NULL) > 0 ||
                 ocs_scan_gaz(s, from, OCS_GAZ_MONTH, NULL, NULL) > 0;
    return points + (other ? 3 : 0);
}

/* ---- candidates ---- */

/* The best of the cities of one name, and its points. */
static void choose(finder *f, candidate *c)
{
    const unsigned cities = 1u << OCS_GAZ_CITY;
    const ocs_gaz_phrase *p = NULL;
    c->points = -1;
    while ((p = ocs_gaz_hit_next(f->s->gaz, &c->hit, cities, p)) != NULL) {
        const ocs_gaz_thing *thing = &f->s->gaz->things[p->thing];
        int points =
            by_size(f->s, thing) + by_country(f, thing) + by_apposition(f->s, c->hit.to, thing);
        if (points > c->points || (points == c->points && thing->people > c->thing->people)) {
            c->points = points;
            c->thing = thing;
        }
    }
    c->points += by_word_before(f->s, c->hit.from) + by_word_behind(f->s, c->hit.to) +
                 (c->hit.to - c->hit.from > 1 ? 1 : 0) - against(f, c->hit.from, c->hit.to);
}

/* Nobody's, or taken for a person's by two capitals in a row: "San Francisco". */
static bool open_to_claims(const ocs_scan *s, size_t from, size_t to)
{
    const ocs_claim *owner = ocs_scan_owner(s, from);
    if (owner && to - from > 1 && owner->type == OCS_MENTION_PERSON && owner->from == from &&
        owner->to == to && owner->n_roles == 0)
        return ocs_scan_gaz(s, from, OCS_GAZ_GIVEN, NULL, NULL) == 0;
    for (size_t i = from; i < to; i++)
        if (!ocs_scan_free(s, i))
            return false;
    return true;
}

static void gather(finder *f)
{
    ocs_scan *s = f->s;
    for (size_t i = 0; i < s->tokens.n && f->candidates.n < CANDIDATES_MAX; i++) {
        ocs_gaz_hit hit;
        if (!ocs_scan_capital(s, i) || !ocs_scan_match(s, i, 1u << OCS_GAZ_CITY, &hit) ||
            !open_to_claims(s, hit.from, hit.to))
            continue;
        candidate *c = ocs_vec_push(s->arena, &f->candidates);
        if (!c)
            return;
        c->hit = hit;
        choose(f, c);
        i = hit.to - 1;
    }
}

/* ---- claims ---- */

static bool place_at(const ocs_scan *s, size_t i)
{
    const ocs_claim *claim = ocs_scan_owner(s, i);
    return claim && (claim->type == OCS_MENTION_PLACE ||
                     (claim->type == OCS_MENTION_COUNTRY && claim->via != OCS_VIA_DEMONYM));
}

/* "Tulsa, Boston and Vienna": a place beside it makes it one. */
static int by_list(const ocs_scan *s, size_t from, size_t to)
{
    bool left = (from > 0 && ocs_scan_comma(s, from) && place_at(s, from - 1)) ||
                (from > 1 && ocs_scan_is(s, from - 1, "and") && place_at(s, from - 2));
    bool right = (ocs_scan_comma(s, to) && place_at(s, to)) ||
                 (ocs_scan_is(s, to, "and") && place_at(s, to + 1));
    return left || right ? 2 : 0;
}

static void claim_city(finder *f, candidate *c, int points, const char *rule)
{
    ocs_scan *s = f->s;
    int sure = 45 + points * 5;
    ocs_claim *person = ocs_scan_owner(s, c->hit.from);
    for (size_t i = c->hit.from; person && i < c->hit.to; i++)
        s->owner[i] = OCS_NO_CLAIM;
    if (person)
        person->dropped = true;
    ocs_claim *claim = ocs_scan_claim(s, OCS_MENTION_PLACE, c->hit.from, c->hit.to,
                                      (uint8_t)(sure > 90 ? 90 : sure), rule);
    c->done = true;
    if (!claim)
        return;
    claim->thing = c->thing;
    claim->name = ocs_gaz_str(s->gaz, c->thing->name);
    claim->key = ocs_gaz_str(s->gaz, c->thing->key);
    claim->country = ocs_gaz_str(s->gaz, c->thing->country);
}

static void claim_shown(finder *f)
{
    for (size_t i = 0; i < f->candidates.n; i++) {
        candidate *c = &f->candidates.at[i];
        int points = c->points + by_list(f->s, c->hit.from, c->hit.to);
        if (!c->done && points >= ENOUGH)
            claim_city(f, c, points, "city shown by its context");
    }
}

/* What the document showed once stands for itself later. */
static void claim_again(finder *f)
{
    for (size_t i = 0; i < f->candidates.n; i++) {
        const candidate *shown = &f->candidates.at[i];
        for (size_t k = 0; shown->done && k < f->candidates.n; k++) {
            candidate *c = &f->candidates.at[k];
            if (c->done || c->hit.first != shown->hit.first ||
                stands_in_name(f->s, c->hit.from, c->hit.to))
                continue;
            c->thing = shown->thing;
            claim_city(f, c, ENOUGH, "city that the document shows elsewhere");
        }
    }
}

/* ---- countries of cities ---- */

/* A country that the text names itself, be it within an organisation's name. */
static bool names_country(const ocs_scan *s)
{
    for (size_t c = 0; c < s->claims.n; c++)
        if (s->claims.at[c].type == OCS_MENTION_COUNTRY && !s->claims.at[c].dropped)
            return true;
    return false;
}

static bool has_country(const ocs_scan *s, size_t from, ocs_str code)
{
    for (size_t c = from; c < s->claims.n; c++)
        if (ocs_str_eq(s->claims.at[c].key, code))
            return true;
    return false;
}

/* Where the page was written is not what it speaks of. */
static bool of_dateline(const ocs_scan *s, ocs_str key)
{
    for (size_t p = 0; p < s->doc->places.n; p++)
        if (ocs_str_eq(s->doc->places.at[p].key, key))
            return true;
    return false;
}

static bool is_safe_city(const ocs_scan *s, const ocs_claim *claim)
{
    return claim->type == OCS_MENTION_PLACE && !claim->dropped && !claim->nested &&
           claim->sure >= SAFE && claim->thing && !of_class(s, claim->thing, "region") &&
           by_word_before(s, claim->from) > 2 && !of_dateline(s, claim->key);
}

/* How many mentions of safe cities there are in the country ${code}. */
static unsigned safe_cities_in(const ocs_scan *s, size_t n, ocs_str code)
{
    unsigned found = 0;
    for (size_t c = 0; c < n; c++)
        found += is_safe_city(s, &s->claims.at[c]) && ocs_str_eq(s->claims.at[c].country, code);
    return found;
}

void ocs_find_countries_of_cities(ocs_scan *s)
{
    size_t n = names_country(s) ? 0 : s->claims.n;
    for (size_t c = 0; c < n; c++) {
        const ocs_claim city = s->claims.at[c];
        if (!is_safe_city(s, &city) || city.country.n == 0 || has_country(s, n, city.country) ||
            safe_cities_in(s, n, city.country) < TWICE)
            continue;
        const ocs_gaz_thing *thing = ocs_gaz_by_key(s->gaz, OCS_GAZ_COUNTRY, city.country);
        ocs_claim *country = thing ? ocs_scan_nested(s, OCS_MENTION_COUNTRY, city.from, city.to, 60,
                                                     "country of a city")
                                   : NULL;
        if (!country)
            continue;
        country->nested = false; /* it stands beside the city, in the same words */
        country->via = OCS_VIA_CITY;
        country->thing = thing;
        country->name = ocs_gaz_str(s->gaz, thing->name);
        country->key = ocs_gaz_str(s->gaz, thing->key);
    }
}

/* ---- all ---- */

void ocs_find_cities(ocs_scan *s)
{
    finder *f = ocs_arena_alloc(s->arena, sizeof *f);
    if (!f)
        return;
    f->s = s;
    note_countries(f);
    note_words(f);
    gather(f);
    claim_shown(f);
    claim_shown(f); /* now beside those of the first round */
    claim_again(f);
}
