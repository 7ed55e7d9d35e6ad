/* Organisations.  Three ways, the surest first: names that the gazetteer knows; names built around
 * a head word ("Ministry of Justice", "Border Security and Management Unit"), grown to the left
 * over capitalised words and to the right over "of", "for", "on" and what they join; acronyms,
 * bound in the document by brackets or standing alone. */
#include "ingest/scan.h"

enum { LEFT_MAX = 7, RIGHT_MAX = 18 };

static const char *const of_words[] = {"of", "for", "on", "against", NULL};
static const char *const articles[] = {"the", "a", "an", NULL};

static bool stopword(const ocs_scan *s, size_t i)
{
    return ocs_scan_gaz(s, i, OCS_GAZ_STOPWORD, NULL, NULL) > 0;
}

static bool known_other(const ocs_scan *s, size_t i)
{
    return ocs_scan_gaz(s, i, OCS_GAZ_MONTH, NULL, NULL) > 0 && !ocs_scan_is(s, i, "may");
}

/* Tokens of a head word at i that is written with a capital. */
static size_t head_at(const ocs_scan *s, size_t i)
{
    return ocs_scan_capital(s, i) ? ocs_scan_gaz(s, i, OCS_GAZ_ORGWORD, NULL, NULL) : 0;
}

static size_t known_at(const ocs_scan *s, size_t i, const ocs_gaz_thing **thing)
{
    return ocs_scan_gaz(s, i, OCS_GAZ_ORG, thing, NULL);
}

/* ---- growing ---- */

static bool office_word(const ocs_scan *s, size_t i)
{
    const ocs_gaz_phrase *phrase;
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_ROLE, NULL, &phrase);
    return n > 0 || ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, NULL, NULL) > 0;
}

/* A word that can stand before a head word: "Federal", "Interior", "German". */
static bool modifier(const ocs_scan *s, size_t i)
{
    if (!ocs_scan_capital(s, i) || stopword(s, i) || known_other(s, i))
        return false;
    return ocs_scan_free(s, i);
}

/* "Attorney's", "Ombudsman's" before an office. */
static bool officer_of(const ocs_scan *s, size_t i)
{
    return (s->tokens.at[i].flags & OCS_TOKEN_POSSESSIVE) && ocs_scan_capital(s, i) &&
           ocs_scan_free(s, i) && ocs_scan_gaz(s, i, OCS_GAZ_ROLE, NULL, NULL) == 1;
}

/* The first token of the name whose head starts at ${head}. */
static size_t grow_left(const ocs_scan *s, size_t head)
{
    size_t from = head;
    if (from > 0 && officer_of(s, from - 1) && s->tokens.at[from].gap == OCS_GAP_SPACE)
        from--; /* "State Attorney's Office" */
    while (from > 0 && head - from < LEFT_MAX && ocs_scan_joined(s, from, true)) {
        if (modifier(s, from - 1)) {
            from--;
            continue;
        }
        /* "Police and Customs Co-operation Centres": A and B before one head */
        bool and_word = ocs_scan_is(s, from - 1, "and") && from >= 2 && from < head &&
                        ocs_scan_joined(s, from - 1, false) && modifier(s, from - 2) &&
                        !head_at(s, from - 2) &&
                        !ocs_scan_gaz(s, from - 2, OCS_GAZ_COUNTRY, NULL, NULL) &&
                        !ocs_scan_gaz(s, from - 2, OCS_GAZ_GIVEN, NULL, NULL);
        if (!and_word)
            break;
        from -= 2;
    }
    while (from < head && office_word(s, from) && !head_at(s, from))
        from++; /* "Foreign Minister Ministry": titles are no part of it */
    return from;
}

/* Whether a new organisation starts at i: then "and" joins two names and not two words of one. */
static bool starts_org(const ocs_scan *s, size_t i)
{
    if (known_at(s, i, NULL) > 0)
        return true;
    size_t n = head_at(s, i);
    return n > 0 && ocs_scan_any(s, i + n, of_words);
}

/* Behind the capitalised words from i, with "and", "," and articles between them. */
static size_t take_phrase(const ocs_scan *s, size_t i)
{
    size_t start = i;
    if (ocs_scan_any(s, i, articles) && ocs_scan_joined(s, i, false))
        i++;
    size_t end = start;
    while (i < s->tokens.n && i - start < RIGHT_MAX && ocs_scan_capital(s, i) &&
           (i == start || ocs_scan_joined(s, i, true))) {
        if (stopword(s, i) || known_other(s, i))
            break;
        end = ++i;
        if (s->tokens.at[i - 1].flags & OCS_TOKEN_POSSESSIVE)
            break;
        if (i < s->tokens.n && s->tokens.at[i].gap == OCS_GAP_HYPHEN && !ocs_scan_capital(s, i))
            end = ++i; /* "Anti-corruption Prosecutors" */
        if (ocs_scan_is(s, i, "and") && ocs_scan_joined(s, i, false) &&
            ocs_scan_capital(s, i + 1) && ocs_scan_joined(s, i + 1, false) &&
            !starts_org(s, i + 1) && !ocs_scan_gaz(s, i + 1, OCS_GAZ_COUNTRY, NULL, NULL) &&
            !ocs_scan_gaz(s, i + 1, OCS_GAZ_GIVEN, NULL, NULL))
            i++;
    }
    return end;
}

/* "in" and "to" belong to a name right behind such heads only: "Mission in Kosovo". */
static bool takes_place(const ocs_scan *s, size_t head)
{
    static const char *const heads[] = {"mission", "presence", "delegation",
                                        "embassy", "misija",   NULL};
    return ocs_scan_any(s, head, heads);
}

static bool joins(const ocs_scan *s, size_t i, size_t head, size_t end)
{
    if (ocs_scan_any(s, i, of_words))
        return true;
    bool to_place = ocs_scan_is(s, i, "in") || ocs_scan_is(s, i, "to");
    if (!to_place)
        return false;
    if (i == end && end == head + 1 && takes_place(s, head))
        return true;
    return ocs_scan_is(s, i, "in") && i > head + 1 &&
           !ocs_scan_gaz(s, i + 1, OCS_GAZ_PLACE, NULL, NULL) &&
           !ocs_scan_gaz(s, i + 1, OCS_GAZ_COUNTRY, NULL, NULL) && ocs_scan_capital(s, i + 1);
}

/* Behind the name whose head is [head, end). */
static size_t grow_right(const ocs_scan *s, size_t head, size_t end)
{
    while (end < s->tokens.n && end - head < RIGHT_MAX && ocs_scan_joined(s, end, false) &&
           joins(s, end, head, end)) {
        size_t after = take_phrase(s, end + 1);
        if (after == end + 1 || !ocs_scan_joined(s, end + 1, false))
            break;
        end = after;
        if (s->tokens.at[end - 1].flags & OCS_TOKEN_POSSESSIVE)
            break;
    }
    return end;
}

/* ---- known names ---- */

/* "Secretariat of the" before a known name, a head word and "of": part of the name. */
static size_t outer_head(const ocs_scan *s, size_t from)
{
    size_t i = from;
    if (i > 0 && ocs_scan_any(s, i - 1, articles) && ocs_scan_joined(s, i, false))
        i--;
    if (i < 2 || !ocs_scan_is(s, i - 1, "of") || !ocs_scan_joined(s, i, false) ||
        !ocs_scan_joined(s, i - 1, false))
        return from;
    for (size_t words = 1; words <= 2 && i >= 1 + words; words++) {
        size_t head = i - 1 - words;
        if (head_at(s, head) == words && ocs_scan_free(s, head))
            return grow_left(s, head);
    }
    return from;
}

static void claim_known(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n;) {
        const ocs_gaz_thing *thing = NULL;
        size_t n = known_at(s, i, &thing);
        bool free = n > 0;
        for (size_t k = i; k < i + n; k++)
            free = free && ocs_scan_free(s, k);
        if (!free) {
            i++;
            continue;
        }
        size_t from = outer_head(s, i), more = i + n;
        while (ocs_scan_joined(s, more, true) && head_at(s, more) > 0 && !known_at(s, more, NULL))
            more += head_at(s, more); /* "Kosovo Police" goes on: "Service" */
        bool whole = from == i && more == i + n;
        n = more - i;
        ocs_claim *claim =
            ocs_scan_claim(s, OCS_MENTION_ORG, from, more, 95,
                           whole ? "known organisation" : "part of a known organisation");
        if (claim && whole)
            claim->thing = thing;
        i += n;
    }
}

/* "Европолом": a known name of one word in another case. */
static void claim_inflected(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        const ocs_token *t = &s->tokens.at[i];
        const ocs_gaz_thing *thing =
            ocs_scan_capital(s, i) && ocs_scan_free(s, i) && !(t->flags & OCS_TOKEN_CAPS)
                ? ocs_scan_inflected(s, i, 1u << OCS_GAZ_ORG)
                : NULL;
        ocs_claim *claim = thing ? ocs_scan_claim(s, OCS_MENTION_ORG, i, i + 1, 85,
                                                  "known organisation in another case")
                                 : NULL;
        if (claim)
            claim->thing = thing;
    }
}

/* ---- names around a head word ---- */

/* A known short name before the head is part of it: "OSCE Mission", "EU Delegation". */
static size_t with_known_before(const ocs_scan *s, size_t from)
{
    const ocs_claim *before = from > 0 ? ocs_scan_owner(s, from - 1) : NULL;
    if (before && before->type == OCS_MENTION_ORG && before->to - before->from == 1 &&
        ocs_scan_joined(s, from, false) && (s->tokens.at[before->from].flags & OCS_TOKEN_CAPS))
        return before->from;
    return from;
}

/* "Federation" of the Russian Federation, "Bank" of the West Bank. */
static bool within_area(const ocs_scan *s, size_t i)
{
    for (size_t back = 0; back <= 3 && back <= i; back++)
        if (ocs_scan_gaz(s, i - back, OCS_GAZ_COUNTRY, NULL, NULL) > back ||
            (back > 0 && ocs_scan_gaz(s, i - back, OCS_GAZ_PLACE, NULL, NULL) > back))
            return true;
    return false;
}

static bool generic_alone(const ocs_scan *s, size_t from, size_t to)
{
    return to - from == 1 && !(s->tokens.at[from].flags & OCS_TOKEN_CAPS);
}

static void claim_built(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n;) {
        size_t n = ocs_scan_free(s, i) && !within_area(s, i) ? head_at(s, i) : 0;
        if (n == 0) {
            i++;
            continue;
        }
        /* the last of several heads in a row carries the name: "Police Directorate" */
        size_t head = i, end = i + n;
        size_t from = grow_left(s, head);
        while (end < s->tokens.n && ocs_scan_joined(s, end, true) && ocs_scan_free(s, end) &&
               head_at(s, end) > 0) {
            head = end;
            end += head_at(s, end);
        }
        end = grow_right(s, head, end);
        size_t with = with_known_before(s, from);
        bool clash = false;
        for (size_t k = from; k < end; k++)
            clash = clash || (!ocs_scan_free(s, k) && !ocs_scan_owned_by(s, k, OCS_MENTION_ORG));
        /* "Annual Police Experts Meeting": the head word is not the end of what is named */
        bool goes_on = end == head + n && end < s->tokens.n && ocs_scan_joined(s, end, true) &&
                       ocs_scan_capital(s, end) && ocs_scan_free(s, end) && !stopword(s, end) &&
                       !office_word(s, end) && !ocs_scan_gaz(s, end, OCS_GAZ_GIVEN, NULL, NULL);
        if (!clash && !goes_on && !(with == from && generic_alone(s, from, end))) {
            ocs_scan_release(s, with, end);
            ocs_scan_claim(s, OCS_MENTION_ORG, with, end, 75, "organisation by its head word");
        }
        i = end > i ? end : i + 1;
    }
}

/* ---- acronyms ---- */

static bool acronym_shape(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && (t->flags & OCS_TOKEN_CAPS) && t->points >= 2 && t->points <= 8 &&
           !(t->flags & OCS_TOKEN_DIGIT);
}

static bool bracket_before(const ocs_scan *s, size_t i)
{
    size_t at = s->tokens.at[i].at.from;
    return at > 0 && s->text.p[at - 1] == '(';
}

static bool bracket_after(const ocs_scan *s, size_t i)
{
    size_t at = s->tokens.at[i].at.to;
    return at < s->text.n && s->text.p[at] == ')';
}

/* "Danish Refugee Council (DRC)": the acronym names what stands before the bracket. */
static void bind_acronym(ocs_scan *s, size_t i)
{
    const ocs_claim *before = i > 0 ? ocs_scan_owner(s, i - 1) : NULL;
    if (!before || before->type != OCS_MENTION_ORG)
        return;
    uint32_t long_form = s->owner[i - 1];
    size_t end = i + 1;
    if (!bracket_after(s, i) && i + 1 < s->tokens.n && ocs_scan_joined(s, i + 1, false) &&
        ocs_scan_capital(s, i + 1) && bracket_after(s, i + 1))
        end = i + 2; /* "(DCAF Ljubljana)" */
    if (!bracket_after(s, end - 1))
        return;
    ocs_scan_release(s, i, end);
    ocs_claim *claim = ocs_scan_claim(s, OCS_MENTION_ORG, i, end, 93, "acronym in brackets");
    if (!claim)
        return;
    claim->thing = s->claims.at[long_form].thing;
    if (!claim->thing && end == i + 1) {
        const ocs_claim *full = &s->claims.at[long_form];
        claim->name = ocs_scan_text(s, full->from, full->to);
    }
}

static bool bound(const ocs_scan *s, size_t i, ocs_str *name, const ocs_gaz_thing **thing)
{
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *claim = &s->claims.at[c];
        if (claim->dropped || claim->type != OCS_MENTION_ORG || claim->to - claim->from != 1 ||
            strcmp(claim->rule, "acronym in brackets") != 0 ||
            s->tokens.at[claim->from].hash != s->tokens.at[i].hash)
            continue;
        *name = claim->name;
        *thing = claim->thing;
        return true;
    }
    return false;
}

/* Capitals that are no organisation. */
static bool common_capitals(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {
        "covid", "tv",   "ict", "it",   "id",   "ngo", "ngos", "pdf",  "hiv",   "aids", "cctv",
        "gps",   "vip",  "uav", "uavs", "salw", "ied", "ieds", "usd",  "eur",   "am",   "pm",
        "cet",   "gmt",  "utc", "html", "url",  "faq", "ceo",  "phd",  "mp",    "mps",  "dr",
        "ok",    "sms",  "ii",  "iii",  "iv",   "vi",  "vii",  "viii", "ix",    "xi",   "xii",
        "hd",    "dna",  "ai",  "vat",  "gdp",  "idp", "idps", "lgbt", "lgbti", "hqs",  "cv",
        "pr",    "rsvp", "hrs", "mr",   "ms",   "cio", "gca",  "non",  NULL};
    return ocs_scan_any(s, i, words) && !ocs_scan_is(s, i, "dna");
}

static bool shouted(const ocs_scan *s, size_t i)
{
    bool left = i > 0 && !(s->tokens.at[i].gap & OCS_GAP_LINE) && acronym_shape(s, i - 1) &&
                ocs_scan_free(s, i - 1);
    bool right = i + 1 < s->tokens.n && !(s->tokens.at[i + 1].gap & OCS_GAP_LINE) &&
                 acronym_shape(s, i + 1) && ocs_scan_free(s, i + 1);
    return left || right;
}

static void bind_acronyms(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++)
        if (acronym_shape(s, i) && bracket_before(s, i) &&
            (ocs_scan_free(s, i) || ocs_scan_owned_by(s, i, OCS_MENTION_ORG)))
            bind_acronym(s, i);
}

/* Whether an acronym that the document does not explain may be taken for an organisation. */
static bool may_stand_alone(const ocs_scan *s, size_t i)
{
    return !common_capitals(s, i) && !shouted(s, i) && !s->headline[i] &&
           !ocs_scan_gaz(s, i, OCS_GAZ_PLACE, NULL, NULL) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_COUNTRY, NULL, NULL) && s->tokens.at[i].points <= 6;
}

static void claim_acronyms(ocs_scan *s, bool unexplained)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        ocs_str name = {NULL, 0};
        const ocs_gaz_thing *thing = NULL;
        if (!acronym_shape(s, i) || !ocs_scan_free(s, i))
            continue;
        bool tied = bound(s, i, &name, &thing);
        if (!tied && !(unexplained && may_stand_alone(s, i)))
            continue;
        ocs_claim *claim =
            ocs_scan_claim(s, OCS_MENTION_ORG, i, i + 1, tied ? 93 : 50,
                           tied ? "acronym bound in the document" : "acronym without a known name");
        if (claim) {
            claim->name = name;
            claim->thing = thing;
        }
    }
}

void ocs_find_acronyms(ocs_scan *s)
{
    bind_acronyms(s);
    claim_acronyms(s, false);
}

void ocs_find_orgs(ocs_scan *s)
{
    claim_known(s);
    if (s->inflected) {
        ocs_find_missions(s);
        claim_inflected(s);
    }
    ocs_find_authorities(s);
    claim_built(s);
    bind_acronyms(s);
    claim_acronyms(s, true);
}
