/* The document resolves itself: a surname stands for the full name, a short form of an organisation
 * for its long one.  What stays alone is named by its own words. */
#include "ingest/scan.h"

static bool same_word(const ocs_scan *s, size_t a, size_t b)
{
    return s->tokens.at[a].hash == s->tokens.at[b].hash;
}

/* The words as written, single spaces between them, possessives off. */
static ocs_str plain_name(ocs_scan *s, size_t from, size_t to)
{
    return ocs_scan_text(s, from, to);
}

/* ---- people ---- */

/* Whether all words of ${part} stand in ${full} in the same order, the last one last. */
static bool part_of_name(const ocs_scan *s, const ocs_claim *part, const ocs_claim *full)
{
    size_t p = part->from;
    for (size_t f = full->from; f < full->to && p < part->to; f++)
        p += same_word(s, p, f);
    return p == part->to && same_word(s, part->to - 1, full->to - 1);
}

/* The fullest name before or, failing that, after it; the nearest of equals. */
static const ocs_claim *full_person(const ocs_scan *s, const ocs_claim *claim)
{
    const ocs_claim *best = claim;
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *other = &s->claims.at[c];
        if (other->type != OCS_MENTION_PERSON || other->dropped || other == claim)
            continue;
        uint32_t words = other->to - other->from, most = best->to - best->from;
        bool nearer =
            words == most && best != claim && other->from < claim->from && other->from > best->from;
        if ((words > most || nearer) && part_of_name(s, claim, other))
            best = other;
    }
    return best;
}

static void resolve_person(ocs_scan *s, ocs_claim *claim)
{
    const ocs_claim *full = full_person(s, claim);
    claim->name = plain_name(s, full->from, full->to);
    claim->key = ocs_slug(s->arena, claim->name);
}

/* ---- organisations ---- */

static bool starts_with(const ocs_scan *s, const ocs_claim *full, size_t from, size_t to)
{
    if (full->to - full->from <= to - from)
        return false;
    for (size_t i = from; i < to; i++)
        if (!same_word(s, i, full->from + (i - from)))
            return false;
    return true;
}

/* The one longer organisation of the document that starts with the words [from, to). */
static const ocs_claim *longer_org(const ocs_scan *s, size_t from, size_t to)
{
    const ocs_claim *best = NULL;
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *other = &s->claims.at[c];
        if (other->type != OCS_MENTION_ORG || other->dropped || !starts_with(s, other, from, to))
            continue;
        if (best && !ocs_str_eq(best->key, other->key) && best->key.n > 0)
            return NULL; /* more than one: no guess */
        best = other;
    }
    return best;
}

static void name_org(ocs_scan *s, ocs_claim *claim)
{
    if (claim->thing) {
        claim->name = ocs_gaz_str(s->gaz, claim->thing->name);
        claim->key = ocs_gaz_str(s->gaz, claim->thing->key);
        return;
    }
    if (claim->name.n == 0)
        claim->name = plain_name(s, claim->from, claim->to);
    const ocs_gaz_thing *known = ocs_gaz_find(s->gaz, OCS_GAZ_ORG, claim->name);
    if (known)
        claim->name = ocs_gaz_str(s->gaz, known->name);
    claim->key = known ? ocs_gaz_str(s->gaz, known->key) : ocs_slug(s->arena, claim->name);
}

static void resolve_org(ocs_scan *s, ocs_claim *claim)
{
    if (claim->thing || claim->to - claim->from < 2)
        return;
    size_t from = claim->from;
    const ocs_claim *full = longer_org(s, from, claim->to);
    size_t country = ocs_scan_gaz(s, from, OCS_GAZ_COUNTRY, NULL, NULL);
    if (!full && country > 0 && from + country < claim->to)
        full = longer_org(s, from + country, claim->to); /* "Serbian Task Force" */
    if (!full || full->name.n == 0)
        return;
    claim->name = full->name;
    claim->key = full->key;
    claim->rule = "short form of a name in the document";
}

static void name_rest(ocs_scan *s, ocs_claim *claim)
{
    if (claim->name.n == 0)
        claim->name = plain_name(s, claim->from, claim->to);
    if (claim->key.n == 0)
        claim->key = ocs_slug(s->arena, claim->name);
}

void ocs_resolve(ocs_scan *s)
{
    for (size_t c = 0; c < s->claims.n; c++) {
        ocs_claim *claim = &s->claims.at[c];
        if (claim->type == OCS_MENTION_PERSON)
            resolve_person(s, claim);
        else if (claim->type == OCS_MENTION_ORG)
            name_org(s, claim);
        else if (claim->type != OCS_MENTION_DATE)
            name_rest(s, claim);
    }
    for (size_t c = 0; c < s->claims.n; c++)
        if (s->claims.at[c].type == OCS_MENTION_ORG && !s->claims.at[c].dropped)
            resolve_org(s, &s->claims.at[c]);
}
