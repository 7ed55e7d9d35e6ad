/* Roles: an office in words, beside the name and never inside it.  A phrase is built around a noun
 * of office that the gazetteer knows, with what qualifies it on the left ("Acting", "Austrian",
 * "OSCE") and what it is the office of on the right ("of the OSCE Mission to Serbia").  It belongs
 * to the person right behind it, or to the one before it after a comma. */
#include "ingest/scan.h"

enum { MODIFIERS_MAX = 5, OBJECT_MAX = 16, APPOSITION_MAX = 8 };

static const char *const object_words[] = {"of", "for", "on", "to", "in", "at", "against", NULL};
static const char *const articles[] = {"the", "a", "an", "his", "her", "its", "their", NULL};

static size_t office_at(const ocs_scan *s, size_t i)
{
    return ocs_scan_gaz(s, i, OCS_GAZ_ROLE, NULL, NULL);
}

static bool org_at(const ocs_scan *s, size_t i)
{
    return ocs_scan_owned_by(s, i, OCS_MENTION_ORG);
}

/* A word that qualifies an office from the left. */
static size_t qualifier_at(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"acting",   "deputy",  "senior",  "first",    "former",
                                        "chief",    "special", "interim", "honorary", "permanent",
                                        "new",      "then",    "vice",    "joint",    "regional",
                                        "national", NULL};
    if (ocs_scan_any(s, i, words))
        return 1;
    size_t country = ocs_scan_gaz(s, i, OCS_GAZ_COUNTRY, NULL, NULL);
    if (country > 0)
        return country;
    const ocs_claim *org = ocs_scan_owner(s, i);
    if (org && org->type == OCS_MENTION_ORG && org->from == i && org->to - org->from <= 3)
        return org->to - org->from;
    return 0;
}

/* Behind the last of organisations chained by possessives: "the OSCE's Strategic ... Unit". */
static size_t org_chain_end(const ocs_scan *s, size_t i)
{
    while (org_at(s, i)) {
        size_t end = ocs_scan_owner(s, i)->to;
        bool owns = (s->tokens.at[end - 1].flags & OCS_TOKEN_POSSESSIVE) != 0;
        if (!owns || !org_at(s, end))
            return end;
        i = end;
    }
    return i;
}

static bool object_word(const ocs_scan *s, size_t i)
{
    if (!ocs_scan_capital(s, i) || ocs_scan_owned_by(s, i, OCS_MENTION_PERSON))
        return false;
    return !ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, NULL, NULL) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_GIVEN, NULL, NULL);
}

/* Behind capitalised words with small joints between them: "Foreign Affairs and Trade",
 * "Activities to Address Transnational Threats". */
static size_t words_end(const ocs_scan *s, size_t i)
{
    static const char *const joints[] = {"and", "of", "to", "for", "on", "in", "the", NULL};
    size_t end = i, at = i;
    while (at < s->tokens.n && at - i < OBJECT_MAX && (at == i || ocs_scan_joined(s, at, true))) {
        if (org_at(s, at)) {
            at = end = ocs_scan_owner(s, at)->to;
        } else if (object_word(s, at) && !office_at(s, at)) {
            end = ++at;
        } else if (at > i && ocs_scan_any(s, at, joints)) {
            at++;
            continue;
        } else {
            break;
        }
        if (s->tokens.at[at - 1].flags & OCS_TOKEN_POSSESSIVE)
            break;
    }
    return end;
}

/* Documents of unknown language are taken for English. */
static bool english(const ocs_scan *s)
{
    return s->doc->lang.n == 0 || ocs_str_eq(s->doc->lang, OCS_STR("en"));
}

/* Small words within what an office is of. */
static bool link_at(const ocs_scan *s, size_t i)
{
    static const char *const links[] = {"i",   "e",  "te",  "se",  "dhe", "per", "ne",  "za",
                                        "u",   "a",  "und", "der", "des", "die", "das", "fur",
                                        "von", "im", "in",  "zu",  "за",  "по",  "з",   "із",
                                        "та",  "і",  "и",   "на",  "у",   "в",   "во",  NULL};
    return ocs_scan_any(s, i, links) && !(s->tokens.at[i].flags & OCS_TOKEN_UPPER);
}

/* A common word of what an office is of: after a small word any, else one in the genitive. */
static bool common_part(const ocs_scan *s, size_t i, bool linked)
{
    return !(s->tokens.at[i].flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT)) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_ATTRIBUTION, NULL, NULL) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_STOPWORD, NULL, NULL) && !office_at(s, i) &&
           (linked || ocs_scan_oblique(s, i));
}

/* Tokens of the next part of what an office is of; 0: it ends here. */
static size_t object_part(const ocs_scan *s, size_t i, bool linked)
{
    if (org_at(s, i))
        return ocs_scan_owner(s, i)->to - i;
    size_t country = ocs_scan_gaz(s, i, OCS_GAZ_COUNTRY, NULL, NULL);
    size_t place = ocs_scan_gaz(s, i, OCS_GAZ_PLACE, NULL, NULL);
    if (country > 0 || place > 0)
        return country > place ? country : place;
    if (ocs_scan_capital(s, i) && ocs_scan_free(s, i)) {
        size_t head = ocs_scan_gaz(s, i, OCS_GAZ_ORGWORD, NULL, NULL);
        return head > 0 ? head : ocs_scan_inflected(s, i, 1u << OCS_GAZ_ORGWORD) != NULL;
    }
    return common_part(s, i, linked) ? 1 : 0;
}

/* A name may start there: with or without a comma before it. */
static bool name_may_start(const ocs_scan *s, size_t i)
{
    return ocs_scan_capital(s, i) && !org_at(s, i) &&
           (ocs_scan_joined(s, i, false) || ocs_scan_comma(s, i)) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_COUNTRY, NULL, NULL) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, NULL, NULL);
}

size_t ocs_role_object(const ocs_scan *s, size_t end)
{
    size_t at = end, last = end;
    bool linked = false;
    while (at < s->tokens.n && at - end < OBJECT_MAX && ocs_scan_joined(s, at, true) &&
           !ocs_scan_owned_by(s, at, OCS_MENTION_PERSON)) {
        bool link = link_at(s, at) && !org_at(s, at);
        size_t n = link ? 1 : ocs_scan_given(s, at) ? 0 : object_part(s, at, linked);
        if (n == 0)
            break;
        at += n;
        last = link ? last : at;
        linked = linked || link;
    }
    return last > end && name_may_start(s, last) ? last : end;
}

/* Cases and small words stand for "of the": "Šef Misije OEBS-a", "kreu i Pranisë së OSBE-së". */
static size_t object_in_genitive(const ocs_scan *s, size_t end)
{
    static const char *const links[] = {"i", "e", "te", "se", NULL};
    if (org_at(s, end) && s->owner[end] == s->owner[end - 1])
        return ocs_scan_owner(s, end)->to; /* "Šef Misije" is an office itself */
    size_t object = s->inflected ? ocs_role_object(s, end) : end;
    if (object > end)
        return object;
    bool albanian = ocs_str_eq(s->doc->lang, OCS_STR("sq"));
    size_t at = albanian && ocs_scan_any(s, end, links) ? end + 1 : end;
    bool close = ocs_scan_joined(s, at, false) && ocs_scan_joined(s, end, false);
    return close && org_at(s, at) && ocs_scan_owner(s, at)->from == at ? ocs_scan_owner(s, at)->to
                                                                       : end;
}

/* "of the ..." behind the office that ends at ${end}. */
static size_t object_end(const ocs_scan *s, size_t end)
{
    if (!english(s))
        return object_in_genitive(s, end);
    for (unsigned parts = 0; parts < 4; parts++) {
        if (!ocs_scan_any(s, end, object_words) || !ocs_scan_joined(s, end, false))
            return end;
        size_t at = end + 1;
        if (ocs_scan_any(s, at, articles))
            at++;
        if (!ocs_scan_joined(s, at, false))
            return end;
        size_t after = org_at(s, at) ? org_chain_end(s, at) : words_end(s, at);
        if (after <= at)
            return end;
        if (s->tokens.at[after - 1].flags & OCS_TOKEN_POSSESSIVE && org_at(s, after))
            after = ocs_scan_owner(s, after)->to; /* "at New Mexico's National Observatory" */
        end = after;
    }
    return end;
}

size_t ocs_role_end(const ocs_scan *s, size_t i)
{
    size_t at = i, n;
    for (unsigned q = 0; q < MODIFIERS_MAX && office_at(s, at) == 0; q++) {
        n = qualifier_at(s, at);
        if (n == 0 || !ocs_scan_joined(s, at + n, true))
            return i;
        at += n;
    }
    n = office_at(s, at);
    if (n == 0 || ocs_scan_owned_by(s, at, OCS_MENTION_PERSON))
        return i;
    at += n;
    while ((n = office_at(s, at)) > 0 && ocs_scan_joined(s, at, true))
        at += n; /* "Mission Spokesperson", "Deputy Head" */
    return object_end(s, at);
}

/* ---- attaching ---- */

/* "Albania's" before the words of an office from ${from}, "the Commission's" right before the office
 * at ${office}: where it starts. */
static size_t owner_start(const ocs_scan *s, size_t from, size_t office)
{
    const ocs_claim *owner = from > 0 ? ocs_scan_owner(s, from - 1) : NULL;
    bool named =
        owner && owner->to == from &&
        (owner->type == OCS_MENTION_COUNTRY || (owner->type == OCS_MENTION_ORG && from == office));
    bool owns = named && s->tokens.at[from - 1].flags & OCS_TOKEN_POSSESSIVE &&
                s->tokens.at[from].gap == OCS_GAP_SPACE;
    return owns ? owner->from : from;
}

/* A capitalised word that may qualify the office behind it; "Said" of "Said spokesman X" has its
 * capital from the sentence. */
static bool capital_before(const ocs_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    bool first = i == 0 || (t->gap & (OCS_GAP_STOP | OCS_GAP_LINE | OCS_GAP_OPEN)) != 0;
    return ocs_scan_capital(s, i) && !(first && !ocs_scan_capital(s, i + 1)) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_STOPWORD, NULL, NULL) &&
           !ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, NULL, NULL);
}

/* Where the phrase around the office at i starts. */
static size_t role_start(const ocs_scan *s, size_t i)
{
    size_t from = i;
    while (from > 0 && i - from < 8 && ocs_scan_joined(s, from, true)) {
        const ocs_claim *owner = ocs_scan_owner(s, from - 1);
        if (owner && owner->type == OCS_MENTION_ORG && owner->to == from &&
            owner->to - owner->from <= 4) {
            from = owner->from;
        } else if (owner && owner->type == OCS_MENTION_COUNTRY && owner->to == from) {
            from = owner->from;
        } else if (!owner && (qualifier_at(s, from - 1) == 1 || capital_before(s, from - 1))) {
            from--;
        } else {
            break;
        }
    }
    return owner_start(s, from, i);
}

static ocs_claim *person_from(const ocs_scan *s, size_t i)
{
    ocs_claim *owner = ocs_scan_owner(s, i);
    return owner && owner->type == OCS_MENTION_PERSON && owner->from == i ? owner : NULL;
}

/* The person that a role ending at ${end} introduces. */
static ocs_claim *person_behind(const ocs_scan *s, size_t end)
{
    size_t at = end, n;
    for (unsigned i = 0; i < 4; i++) {
        const ocs_token *t = ocs_scan_token(s, at);
        if (!t || (t->gap & (OCS_GAP_LINE | OCS_GAP_OPEN | OCS_GAP_OTHER)))
            return NULL;
        if ((t->gap & OCS_GAP_STOP) && s->text.p[s->tokens.at[at - 1].at.to] != ':' &&
            !(i > 0 && s->text.p[s->tokens.at[at - 1].at.to] == '.'))
            return NULL;
        ocs_claim *person = person_from(s, at);
        if (person)
            return person;
        if (ocs_scan_is(s, at, "and") || ocs_scan_comma(s, at)) {
            size_t next = ocs_scan_is(s, at, "and") ? at + 1 : at;
            size_t behind = ocs_role_end(s, next);
            if (behind > next) { /* "Chairperson-in-Office and Austrian Foreign Minister X" */
                at = behind;
                continue;
            }
        }
        n = ocs_scan_gaz(s, at, OCS_GAZ_HONORIFIC, NULL, NULL);
        if (n == 0)
            return NULL;
        at += n;
    }
    return NULL;
}

/* The person that a role starting at ${from} follows: "X, the Head of". */
static ocs_claim *person_before(const ocs_scan *s, size_t from)
{
    if (from > 0 && ocs_scan_any(s, from - 1, articles) && ocs_scan_joined(s, from, false))
        from--;
    ocs_claim *owner = from > 0 && ocs_scan_comma(s, from) ? ocs_scan_owner(s, from - 1) : NULL;
    return owner && owner->type == OCS_MENTION_PERSON && owner->to == from ? owner : NULL;
}

/* Ranks that are forms of address, whatever else their words may be. */
static bool only_address(const ocs_scan *s, const ocs_gaz_thing *thing)
{
    static const char *const keys[] = {"ambassador", "dr", NULL};
    for (size_t i = 0; keys[i]; i++)
        if (strcmp(ocs_gaz_cstr(s->gaz, thing->key), keys[i]) == 0)
            return true;
    return strcmp(ocs_gaz_cstr(s->gaz, thing->class_), "rank") != 0;
}

/* A form of address, "Mr" or "Ambassador", that is no office like "President" or "Judge". */
static size_t address_at(const ocs_scan *s, size_t i)
{
    const ocs_gaz_thing *thing;
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, &thing, NULL);
    return n > 0 && (only_address(s, thing) || office_at(s, i) < n) ? n : 0;
}

/* "Ambassador" right before a name is a title and no role. */
static bool only_titles(const ocs_scan *s, size_t from, size_t to)
{
    while (from < to) {
        size_t n = address_at(s, from);
        if (n == 0)
            return false;
        from += n;
    }
    return true;
}

static void add_role(const ocs_scan *s, ocs_claim *person, size_t from, size_t to)
{
    if (person->from >= to && only_titles(s, from, to))
        return;
    ocs_span span = ocs_scan_span(s, from, to);
    for (uint8_t i = 0; i < person->n_roles; i++)
        if (person->roles[i].from <= span.from && span.to <= person->roles[i].to)
            return;
    if (person->n_roles < OCS_CLAIM_ROLES)
        person->roles[person->n_roles++] = span;
}

static bool ends_phrase(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return !t || (t->gap & (OCS_GAP_COMMA | OCS_GAP_STOP | OCS_GAP_LINE)) != 0;
}

/* Roles hold commas: ", Programme Officer, Economic Co-operation and Governance, reiterated". */
static size_t with_subject(const ocs_scan *s, size_t end)
{
    if (!ocs_scan_comma(s, end) || ocs_role_end(s, end) > end)
        return end;
    size_t after = org_at(s, end) ? ocs_scan_owner(s, end)->to : words_end(s, end);
    bool names_someone = false;
    for (size_t i = end; i < after; i++)
        names_someone = names_someone || ocs_scan_owned_by(s, i, OCS_MENTION_PERSON) ||
                        ocs_scan_owned_by(s, i, OCS_MENTION_PLACE) ||
                        ocs_scan_owned_by(s, i, OCS_MENTION_DATE) ||
                        ocs_scan_owned_by(s, i, OCS_MENTION_COUNTRY);
    return after > end && !names_someone && ends_phrase(s, after) ? after : end;
}

/* A word that goes on with an office between commas. */
static bool goes_on(const ocs_scan *s, size_t i)
{
    static const char *const stops[] = {"who", "which", "whose", "that", NULL};
    return !ocs_scan_owned_by(s, i, OCS_MENTION_PERSON) &&
           !ocs_scan_owned_by(s, i, OCS_MENTION_DATE) && !ocs_scan_any(s, i, stops) &&
           ocs_scan_gaz(s, i, OCS_GAZ_ATTRIBUTION, NULL, NULL) == 0;
}

/* An office behind a name goes as far as its comma: "a researcher with the national archive,",
 * "начальник управления полиции,". */
static size_t with_apposition(const ocs_scan *s, size_t end)
{
    static const char *const links[] = {"of", "for", "with", "at", "in", "from", "on", NULL};
    size_t at = end;
    if (english(s) && !ocs_scan_any(s, end, links))
        return end;
    while (at - end < APPOSITION_MAX && ocs_scan_token(s, at) &&
           (s->tokens.at[at].gap & ~(OCS_GAP_SPACE | OCS_GAP_HYPHEN)) == 0 && goes_on(s, at))
        at++;
    return ends_phrase(s, at) ? at : end;
}

/* "trainers", "members": no one person's office. */
static bool plural(const ocs_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    return (t->flags & OCS_TOKEN_LATIN) && t->points > 4 && ocs_str_ends(t->fold, OCS_STR("rs")) &&
           !(t->flags & OCS_TOKEN_UPPER);
}

void ocs_find_roles(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n;) {
        size_t n = ocs_scan_owned_by(s, i, OCS_MENTION_PERSON) ? 0 : office_at(s, i);
        if (n == 0 || (n == 1 && plural(s, i))) {
            i++;
            continue;
        }
        size_t from = role_start(s, i), end = ocs_role_end(s, i);
        if (end <= i)
            end = i + n;
        ocs_claim *behind = person_behind(s, end), *before = person_before(s, from);
        if (before) {
            end = with_subject(s, with_apposition(s, end));
            add_role(s, before, from, end);
        } else if (behind) {
            add_role(s, behind, from, end);
        }
        i = end > i ? end : i + 1;
    }
}
