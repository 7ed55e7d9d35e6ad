/* Field operations in languages with cases: "šefa Misije OEBS-a u Srbiji", "в Центре ОБСЕ в
 * Ашхабаде", "OSZE-Mission im Kosovo".  A head word, the OSCE in any of its names and an area make
 * an English name, which the gazetteer knows or does not; so no table needs every case of every
 * mission.  What names no area is the one field operation of its kind in the document. */
#include "ingest/scan.h"

enum { ENDING_MOST = 4, NAME_MOST = 200, SHORT_SURE = 70 };

/* Heads of names: the class of a word in orgwords.tsv, and the English word. */
enum { HEADS = 4 };
static const char *const heads[HEADS][2] = {
    {"mission", "Mission"}, {"presence", "Presence"}, {"office", "Office"}, {"centre", "Centre"}};

/* The head of a word's class; HEADS for other words. */
static size_t head_of(const ocs_scan *s, const ocs_gaz_thing *word)
{
    size_t i = 0;
    while (i < HEADS && strcmp(ocs_gaz_cstr(s->gaz, word->class_), heads[i][0]) != 0)
        i++;
    return i;
}

/* A head of field operations at i, in any case. */
static size_t head_at(const ocs_scan *s, size_t i, size_t *head)
{
    const ocs_gaz_thing *word;
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_ORGWORD, &word, NULL);
    *head = n > 0 ? head_of(s, word) : HEADS;
    return *head < HEADS ? n : 0;
}

/* The OSCE at i, with the ending that a hyphen joins to it: "OEBS-a". */
static size_t osce_at(const ocs_scan *s, size_t i)
{
    const ocs_gaz_thing *org;
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_ORG, &org, NULL);
    if (n == 0 || strcmp(ocs_gaz_cstr(s->gaz, org->key), "osce") != 0)
        return 0;
    const ocs_token *ending = ocs_scan_token(s, i + n);
    bool joined = ending && ending->gap == OCS_GAP_HYPHEN && ending->points <= ENDING_MOST &&
                  !(ending->flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT));
    return joined ? n + 1 : n;
}

static size_t any_at(const ocs_scan *s, size_t i, const char *const *words)
{
    return ocs_scan_joined(s, i, false) && ocs_scan_any(s, i, words) ? 1 : 0;
}

/* Head and OSCE at i, in either order; where they end. */
static size_t body_end(const ocs_scan *s, size_t i, size_t *head)
{
    static const char *const links[] = {"i", "e", "te", "se", "на", "der", "des", NULL};
    size_t n = head_at(s, i, head);
    if (n > 0) {
        size_t at = i + n + any_at(s, i + n, links);
        size_t osce = ocs_scan_joined(s, at, false) ? osce_at(s, at) : 0;
        return osce > 0 ? at + osce : i;
    }
    size_t osce = osce_at(s, i);
    bool tight = osce > 0 && i + osce < s->tokens.n && s->tokens.at[i + osce].gap == OCS_GAP_HYPHEN;
    n = tight ? head_at(s, i + osce, head) : 0; /* "OSZE-Mission" */
    return n > 0 ? i + osce + n : i;
}

/* The country or place behind a preposition at ${at}: where it ends; ${at} if there is none. */
static size_t area_end(const ocs_scan *s, size_t at, const ocs_gaz_thing **area)
{
    static const char *const prepositions[] = {"u",  "у",  "в",  "во", "ne", "in",
                                               "im", "na", "на", "zu", NULL};
    static const char *const articles[] = {"der", "den", NULL};
    if (!any_at(s, at, prepositions))
        return at;
    size_t from = at + 1 + any_at(s, at + 1, articles);
    if (!ocs_scan_joined(s, from, false) || !ocs_scan_capital(s, from))
        return at;
    size_t n = ocs_scan_gaz(s, from, OCS_GAZ_COUNTRY, area, NULL);
    if (n == 0)
        n = ocs_scan_gaz(s, from, OCS_GAZ_PLACE, area, NULL);
    if (n == 0 && (*area = ocs_scan_inflected(s, from, 1u << OCS_GAZ_PLACE)) != NULL)
        n = 1;
    return n > 0 ? from + n : at;
}

/* "OSCE Mission to Serbia", as the gazetteer has it. */
static const ocs_gaz_thing *find_operation(const ocs_scan *s, size_t head,
                                           const ocs_gaz_thing *area)
{
    static const char *const prepositions[] = {"to", "in"};
    for (size_t i = 0; i < 2; i++) {
        char name[NAME_MOST];
        int n = snprintf(name, sizeof name, "OSCE %s %s %s", heads[head][1], prepositions[i],
                         ocs_gaz_cstr(s->gaz, area->name));
        if (n <= 0 || (size_t)n >= sizeof name)
            continue;
        const ocs_gaz_thing *org = ocs_gaz_find(s->gaz, OCS_GAZ_ORG, (ocs_str){name, (size_t)n});
        if (org)
            return org;
    }
    return NULL;
}

/* Whether a known organisation has these words or more of them. */
static bool known_there(const ocs_scan *s, size_t from, size_t to)
{
    const ocs_claim *owner = ocs_scan_owner(s, from);
    return owner && owner->thing && owner->from <= from && owner->to >= to;
}

/* A claim reaches beyond them: "misija OEBS-a" within a longer name. */
static bool known_longer(const ocs_scan *s, size_t from, size_t to)
{
    const ocs_claim *last = ocs_scan_owner(s, to - 1);
    return last && (last->from < from || last->to > to);
}

static bool only_orgs(const ocs_scan *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!ocs_scan_free(s, i) && !ocs_scan_owned_by(s, i, OCS_MENTION_ORG))
            return false;
    return true;
}

/* "Специальная мониторинговая миссия ОБСЕ": the words before the head are the table's. */
static bool ends_known(const ocs_scan *s, size_t i)
{
    const ocs_claim *owner = ocs_scan_owner(s, i);
    return owner && owner->type == OCS_MENTION_ORG && owner->from < i;
}

static size_t claim_operation(ocs_scan *s, size_t i)
{
    size_t head;
    const ocs_gaz_thing *area = NULL;
    size_t body = body_end(s, i, &head);
    if (body == i || ends_known(s, i))
        return i;
    size_t to = area_end(s, body, &area);
    const ocs_gaz_thing *org = area ? find_operation(s, head, area) : NULL;
    if (!org && !ocs_scan_capital(s, i))
        return i; /* "prisustvo OEBS-a na Kosovu" */
    if (known_there(s, i, to) || !only_orgs(s, i, to))
        return i;
    ocs_scan_release(s, i, to);
    ocs_claim *claim = ocs_scan_claim(s, OCS_MENTION_ORG, i, to, org ? 93 : 80,
                                      area ? "field operation by its area" : "field operation");
    if (claim)
        claim->thing = org;
    return to;
}

/* For each head the one field operation of the document whose English name has it; NULL: none or
 * several. */
typedef struct operations {
    const ocs_gaz_thing *only[HEADS];
    bool several[HEADS];
} operations;

static void note(operations *all, const ocs_gaz_thing *org, const char *name)
{
    for (size_t i = 0; i < HEADS; i++) {
        if (!strstr(name, heads[i][1]) || all->several[i])
            continue;
        all->several[i] = all->only[i] && all->only[i] != org;
        all->only[i] = all->several[i] ? NULL : org;
    }
}

static operations operations_of(const ocs_scan *s)
{
    operations all = {.only = {NULL}};
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *claim = &s->claims.at[c];
        if (!claim->dropped && claim->type == OCS_MENTION_ORG && claim->thing &&
            strcmp(ocs_gaz_cstr(s->gaz, claim->thing->class_), "mission") == 0)
            note(&all, claim->thing, ocs_gaz_cstr(s->gaz, claim->thing->name));
    }
    return all;
}

/* A capitalised head within a sentence, no part of a longer name: "glava Misije". */
static bool stands_alone(const ocs_scan *s, size_t i, size_t n)
{
    const ocs_token *t = &s->tokens.at[i];
    bool starts = (t->gap & (OCS_GAP_STOP | OCS_GAP_LINE | OCS_GAP_OPEN)) != 0;
    bool left = i > 0 && ocs_scan_joined(s, i, true) && ocs_scan_capital(s, i - 1);
    bool right =
        ocs_scan_joined(s, i + n, true) && ocs_scan_capital(s, i + n) && !ocs_scan_given(s, i + n);
    return ocs_scan_capital(s, i) && ocs_scan_free(s, i) && !starts && !left && !right &&
           !(t->flags & OCS_TOKEN_CAPS) && !s->headline[i];
}

/* What the document has named in full goes on as "Misija". */
static void claim_short_forms(ocs_scan *s, const operations *all)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t head;
        size_t n = ocs_scan_capital(s, i) ? head_at(s, i, &head) : 0;
        const ocs_gaz_thing *org = n > 0 && stands_alone(s, i, n) ? all->only[head] : NULL;
        ocs_claim *claim = org ? ocs_scan_claim(s, OCS_MENTION_ORG, i, i + n, SHORT_SURE,
                                                "short form of a name in the document")
                               : NULL;
        if (claim)
            claim->thing = org;
    }
}

/* "misija OEBS-a" of a document with one mission. */
static void claim_small(ocs_scan *s, const operations *all)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t head;
        if (ocs_scan_capital(s, i) || !ocs_scan_free(s, i))
            continue;
        size_t to = body_end(s, i, &head);
        const ocs_gaz_thing *org = to > i ? all->only[head] : NULL;
        if (!org || !only_orgs(s, i, to) || known_longer(s, i, to))
            continue;
        ocs_scan_release(s, i, to);
        ocs_claim *claim = ocs_scan_claim(s, OCS_MENTION_ORG, i, to, SHORT_SURE, "field operation");
        if (claim)
            claim->thing = org;
    }
}

void ocs_find_missions(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n;) {
        size_t to = claim_operation(s, i);
        i = to > i ? to : i + 1;
    }
    operations all = operations_of(s);
    for (size_t c = 0; c < s->claims.n; c++) {
        ocs_claim *claim = &s->claims.at[c];
        size_t head;
        if (claim->dropped || claim->thing || strcmp(claim->rule, "field operation") != 0 ||
            body_end(s, claim->from, &head) == claim->from)
            continue;
        claim->thing = all.only[head];
    }
    claim_small(s, &all);
    claim_short_forms(s, &all);
}
