/* Ministries and other authorities of states whose names go on in small letters: "Ministarstvo
 * unutrašnjih poslova", "Министерства юстиции Республики Таджикистан", "Ministry of Education, science
 * and culture".  A head, what it is for and the country behind it make an English name, by which the
 * mentions in all languages are one thing.  English names that are capitals throughout are left to
 * entities_org.c, which knows more of their forms. */
#include "base/buf.h"
#include "ingest/scan.h"

enum { FIELDS_MOST = 6, NAME_MOST = 400 };

typedef struct authority {
    size_t to;    /* behind its last token */
    ocs_buf name; /* in English */
    bool small;   /* a word of its name has no capital */
    const char *rule;
} authority;

/* Tokens of the table's phrase at i, if it is of ${class_}. */
static size_t phrase_at(const ocs_scan *s, size_t i, const char *class_,
                        const ocs_gaz_thing **thing)
{
    size_t n = ocs_scan_gaz(s, i, OCS_GAZ_AUTHORITY, thing, NULL);
    return n > 0 && strcmp(ocs_gaz_cstr(s->gaz, (*thing)->class_), class_) == 0 ? n : 0;
}

static size_t behind_links(const ocs_scan *s, size_t i, const char *const *links, size_t most)
{
    for (size_t n = 0; n < most && ocs_scan_joined(s, i, false) && ocs_scan_any(s, i, links); n++)
        i++;
    return i;
}

static bool all_capitals(const ocs_scan *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!ocs_scan_capital(s, i) && !ocs_scan_is(s, i, "and") && !ocs_scan_is(s, i, "of"))
            return false;
    return true;
}

static void put(authority *a, const ocs_scan *s, const char *between, const ocs_gaz_thing *thing)
{
    ocs_buf_puts(&a->name, between);
    ocs_buf_put(&a->name, ocs_gaz_str(s->gaz, thing->name));
}

/* Where the next field starts behind a comma or "and"; ${i} if neither is there. */
static size_t next_field(const ocs_scan *s, size_t i, bool *and_word)
{
    static const char *const ands[] = {"and", "i", "и", "та", "і", "dhe", "und", NULL};
    static const char *const again[] = {"for", "of", "the", "за",  "za",
                                        "e",   "te", "per", "fur", NULL};
    *and_word = false;
    if (ocs_scan_comma(s, i))
        return i;
    if (!ocs_scan_joined(s, i, false) || !ocs_scan_any(s, i, ands))
        return i;
    *and_word = true;
    return behind_links(s, i + 1, again, 1);
}

/* "education, science and technological development" from i on. */
static bool take_fields(const ocs_scan *s, size_t i, authority *a)
{
    const char *between = " of ";
    for (size_t fields = 0; fields < FIELDS_MOST; fields++) {
        const ocs_gaz_thing *field;
        size_t n = phrase_at(s, i, "field", &field);
        if (n == 0)
            return fields > 0;
        put(a, s, between, field);
        a->small = a->small || !all_capitals(s, i, i + n);
        a->to = i + n;
        bool and_word;
        size_t next = next_field(s, a->to, &and_word);
        if (next == a->to && !ocs_scan_comma(s, next))
            return true;
        between = and_word ? " and " : ", ";
        i = next;
    }
    return true;
}

/* "Republike Srbije", "of the Republic of Armenia" behind it. */
static void take_country(const ocs_scan *s, authority *a)
{
    static const char *const links[] = {"of", "the", "se",  "e",   "i",
                                        "te", "на",  "der", "von", NULL};
    const ocs_gaz_thing *country = NULL;
    const ocs_gaz_phrase *phrase = NULL;
    size_t at = behind_links(s, a->to, links, 2);
    if (!ocs_scan_joined(s, at, false) || !ocs_scan_capital(s, at))
        return;
    size_t n = ocs_scan_gaz(s, at, OCS_GAZ_COUNTRY, &country, &phrase);
    if (n > 0 && phrase->kind == OCS_GAZ_DEMONYM)
        return;
    if (n == 0 && (country = ocs_scan_inflected(s, at, 1u << OCS_GAZ_COUNTRY)) != NULL)
        n = 1;
    if (n == 0)
        return;
    put(a, s, " of ", country);
    a->to = at + n;
}

/* A head and what it is for. */
static bool ministry_at(const ocs_scan *s, size_t i, authority *a)
{
    static const char *const links[] = {"of", "the",    "for", "za",  "за",  "по",
                                        "з",  "питань", "у",   "e",   "i",   "te",
                                        "se", "per",    "fur", "der", "des", NULL};
    const ocs_gaz_thing *head;
    size_t n = phrase_at(s, i, "head", &head);
    if (n == 0)
        return false;
    size_t from = behind_links(s, i + n, links, 2);
    if (!ocs_scan_joined(s, i + n, false) || !ocs_scan_joined(s, from, false))
        return false;
    put(a, s, "", head);
    a->small = !ocs_scan_capital(s, i);
    a->rule = "ministry by what it is for";
    return take_fields(s, from, a);
}

/* A whole name: "Пограничная служба".  English has "Border police" for any. */
static bool body_at(const ocs_scan *s, size_t i, authority *a)
{
    const ocs_gaz_thing *body;
    size_t n = s->inflected && ocs_scan_capital(s, i) ? phrase_at(s, i, "body", &body) : 0;
    if (n == 0)
        return false;
    put(a, s, "", body);
    a->to = i + n;
    a->rule = "authority by its name";
    return true;
}

static void claim_authority(ocs_scan *s, size_t from, const authority *a)
{
    if (ocs_buf_status(&a->name) != OCS_OK)
        return;
    ocs_claim *claim = ocs_scan_claim(s, OCS_MENTION_ORG, from, a->to, 88, a->rule);
    if (claim)
        claim->name = ocs_str_copy(s->arena, ocs_buf_str(&a->name));
}

void ocs_find_authorities(ocs_scan *s)
{
    authority a = {.to = 0};
    ocs_buf_init(&a.name, NAME_MOST);
    for (size_t i = 0; i < s->tokens.n; i++) {
        ocs_buf_reset(&a.name);
        if (!ocs_scan_free(s, i) || !(ministry_at(s, i, &a) || body_at(s, i, &a)))
            continue;
        take_country(s, &a);
        if (s->inflected || a.small)
            claim_authority(s, i, &a);
        i = a.to - 1;
    }
    ocs_buf_clear(&a.name);
}
