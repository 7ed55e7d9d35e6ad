/* The document resolves itself: a surname stands for the full name, a short form of an organisation
 * for its long one.  What stays alone is named by its own words. */
#include "ingest/claim_index.h"

enum { SHORT_SURE = 70 };

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
        p += ocs_scan_lemma(s, p) == ocs_scan_lemma(s, f);
    return p == part->to && ocs_scan_lemma(s, part->to - 1) == ocs_scan_lemma(s, full->to - 1);
}

/* The fullest name before or, failing that, after it; the nearest of equals. */
static const ocs_claim *full_person(const ocs_scan *s, const ocs_claim_index *by_last,
                                    const ocs_claim *claim)
{
    const ocs_claim *best = claim;
    uint32_t n = ocs_claims_with(by_last, s, claim->to - 1u);
    for (unsigned looks = 0; n != OCS_NO_CLAIM && looks < OCS_LOOKS_MAX; looks++) {
        const ocs_claim *other = &s->claims.at[by_last->nodes[n].claim];
        n = by_last->nodes[n].next;
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

static void resolve_person(ocs_scan *s, const ocs_claim_index *by_last, ocs_claim *claim)
{
    const ocs_claim *full = full_person(s, by_last, claim);
    claim->name = ocs_scan_nominative(s, full->from, full->to);
    claim->key = ocs_person_key(s->arena, claim->name);
}

/* ---- organisations ---- */

static bool starts_with(const ocs_scan *s, const ocs_claim *full, size_t from, size_t to)
{
    if (full->to - full->from <= to - from || ocs_scan_capital(s, full->from + (to - from)))
        return false; /* "Mission to Serbia" goes on from "Mission", a longer name does not */
    for (size_t i = from; i < to; i++)
        if (!same_word(s, i, full->from + (i - from)))
            return false;
    return true;
}

/* The one longer organisation of the document that starts with the words [from, to). */
static const ocs_claim *longer_org(const ocs_scan *s, const ocs_claim_index *by_first, size_t from,
                                   size_t to)
{
    const ocs_claim *best = NULL;
    uint32_t n = ocs_claims_with(by_first, s, from);
    for (unsigned looks = 0; n != OCS_NO_CLAIM && looks < OCS_LOOKS_MAX; looks++) {
        const ocs_claim *other = &s->claims.at[by_first->nodes[n].claim];
        n = by_first->nodes[n].next;
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
    claim->key = known ? ocs_gaz_str(s->gaz, known->key) : ocs_name_key(s->arena, claim->name);
}

static void resolve_org(ocs_scan *s, const ocs_claim_index *by_first, ocs_claim *claim)
{
    if (claim->thing || claim->to - claim->from < 2)
        return;
    size_t from = claim->from;
    const ocs_claim *full = longer_org(s, by_first, from, claim->to);
    size_t country = ocs_scan_gaz(s, from, OCS_GAZ_COUNTRY, NULL, NULL);
    if (!full && country > 0 && from + country < claim->to)
        full = longer_org(s, by_first, from + country, claim->to); /* "Serbian Task Force" */
    if (!full || full->name.n == 0)
        return;
    claim->name = full->name;
    claim->key = full->key;
    claim->rule = "short form of a name in the document";
}

/* ---- "the Mission", "the Office" ---- */

/* The head word of organisations at i, in the singular and with a capital: "Mission". */
static bool head_word(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && ocs_scan_capital(s, i) && t->points > 4 &&
           ocs_scan_gaz(s, i, OCS_GAZ_ORGWORD, NULL, NULL) == 1 &&
           !ocs_str_ends(t->fold, OCS_STR("s"));
}

static bool has_word(const ocs_scan *s, const ocs_claim *claim, size_t word)
{
    for (size_t i = claim->from; i < claim->to; i++)
        if (same_word(s, i, word) && ocs_scan_capital(s, i))
            return true;
    return false;
}

/* The only organisation of the document whose name of several words holds the word at i. */
static const ocs_claim *only_org_with(const ocs_scan *s, const ocs_claim_index *by_word, size_t i)
{
    const ocs_claim *only = NULL;
    uint32_t n = ocs_claims_with(by_word, s, i);
    for (unsigned looks = 0; n != OCS_NO_CLAIM && looks < OCS_LOOKS_MAX; looks++) {
        const ocs_claim *claim = &s->claims.at[by_word->nodes[n].claim];
        n = by_word->nodes[n].next;
        if (claim->type != OCS_MENTION_ORG || claim->dropped || claim->to - claim->from < 2 ||
            claim->key.n == 0 || !has_word(s, claim, i))
            continue;
        if (only && !ocs_str_eq(only->key, claim->key))
            return NULL;
        only = claim;
    }
    return only;
}

/* Nothing beside it that would make it a part of another name. */
static bool stands_alone(const ocs_scan *s, size_t i)
{
    static const char *const of_words[] = {"of", "for", "on", "to", "in", "against", NULL};
    bool the = i > 0 && ocs_scan_is(s, i - 1, "the") && ocs_scan_joined(s, i, false);
    bool more = ocs_scan_joined(s, i + 1, true) &&
                (ocs_scan_capital(s, i + 1) ||
                 (ocs_scan_any(s, i + 1, of_words) && ocs_scan_capital(s, i + 2)));
    return the && !more && !s->headline[i];
}

static void resolve_short_forms(ocs_scan *s)
{
    ocs_claim_index by_word;
    if (!ocs_claim_index_make(s, OCS_BY_EVERY_WORD, &by_word))
        return;
    for (size_t i = 0; i < s->tokens.n; i++) {
        ocs_claim *owner = ocs_scan_owner(s, i);
        bool single = owner && owner->type == OCS_MENTION_ORG && !owner->thing &&
                      owner->to - owner->from == 1;
        if (!head_word(s, i) || !(single || (!owner && stands_alone(s, i))))
            continue;
        const ocs_claim *full = only_org_with(s, &by_word, i);
        if (!full)
            continue;
        ocs_str name = full->name, key = full->key;
        if (!single)
            owner = ocs_scan_claim(s, OCS_MENTION_ORG, i, i + 1, SHORT_SURE, NULL);
        if (!owner)
            return;
        owner->name = name;
        owner->key = key;
        owner->rule = "short form of a name in the document";
    }
}

static void name_rest(ocs_scan *s, ocs_claim *claim)
{
    if (claim->name.n == 0)
        claim->name = plain_name(s, claim->from, claim->to);
    if (claim->key.n == 0)
        claim->key = ocs_name_key(s->arena, claim->name);
}

void ocs_resolve(ocs_scan *s)
{
    ocs_claim_index by_last, by_first;
    if (!ocs_claim_index_make(s, OCS_BY_LAST_WORD, &by_last) ||
        !ocs_claim_index_make(s, OCS_BY_FIRST_WORD, &by_first))
        return;
    for (size_t c = 0; c < s->claims.n; c++) {
        ocs_claim *claim = &s->claims.at[c];
        if (claim->type == OCS_MENTION_PERSON)
            resolve_person(s, &by_last, claim);
        else if (claim->type == OCS_MENTION_ORG)
            name_org(s, claim);
        else if (claim->type != OCS_MENTION_DATE)
            name_rest(s, claim);
    }
    for (size_t c = 0; c < s->claims.n; c++)
        if (s->claims.at[c].type == OCS_MENTION_ORG && !s->claims.at[c].dropped)
            resolve_org(s, &by_first, &s->claims.at[c]);
    resolve_short_forms(s);
}
