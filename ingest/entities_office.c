/* What a role says: its office in a normal form, the organisation and the country that it is the
 * office of.  "Acting Head of the OSCE Mission to Serbia" is acting-head, osce-mission-to-serbia and
 * RS; "Austrian Foreign Minister" is foreign-minister of AT. */
#include "ingest/scan.h"

/* The first token that starts at or behind byte ${at}. */
static size_t token_from(const ocs_scan *s, size_t at)
{
    size_t low = 0, high = s->tokens.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->tokens.at[middle].at.from < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- the office ---- */

/* Words that make another office of the one behind them. */
static bool changes_office(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"acting",  "deputy",   "former", "first",  "vice",
                                        "interim", "honorary", "chief",  "senior", NULL};
    return ocs_scan_any(s, i, words);
}

/* The words of office in tokens [from, to) that stand in no organisation's name: the first run. */
static bool find_office(const ocs_scan *s, size_t from, size_t to, size_t *at, size_t *end)
{
    for (size_t i = from; i < to; i++) {
        size_t n = ocs_scan_owned_by(s, i, OCS_MENTION_ORG)
                       ? 0
                       : ocs_scan_gaz(s, i, OCS_GAZ_ROLE, NULL, NULL);
        if (n == 0)
            continue;
        *at = i;
        while (*at > from && changes_office(s, *at - 1))
            (*at)--;
        *end = i;
        while (*end < to && (n = ocs_scan_gaz(s, *end, OCS_GAZ_ROLE, NULL, NULL)) > 0)
            *end += n; /* "Mission Spokesperson", "Deputy Head" */
        *end = *end < to ? *end : to;
        return true;
    }
    return false;
}

/* The keys of its words joined: "acting-head". */
static ocs_str normal_form(const ocs_scan *s, size_t from, size_t to)
{
    ocs_buf key;
    ocs_buf_init(&key, 1 << 12);
    for (size_t i = from, n; i < to; i += n) {
        const ocs_gaz_thing *thing;
        n = ocs_scan_gaz(s, i, OCS_GAZ_ROLE, &thing, NULL);
        ocs_str word = n > 0 ? ocs_gaz_str(s->gaz, thing->key) : s->tokens.at[i].fold;
        n = n > 0 ? n : 1;
        if (key.n > 0)
            ocs_buf_putc(&key, '-');
        ocs_buf_put(&key, word);
    }
    ocs_str copy = ocs_buf_status(&key) == OCS_OK ? ocs_str_copy(s->arena, ocs_buf_str(&key))
                                                  : (ocs_str){NULL, 0};
    ocs_buf_clear(&key);
    return copy;
}

static void read_office(const ocs_scan *s, size_t from, size_t to, ocs_role *role)
{
    size_t at, end;
    if (!find_office(s, from, to, &at, &end))
        return;
    ocs_str key = normal_form(s, at, end);
    if (key.n > 0)
        role->office = (ocs_role_part){
            .name = ocs_scan_text(s, at, end), .key = key, .at = ocs_scan_span(s, at, end)};
}

/* ---- organisation and country ---- */

static bool within(const ocs_claim *claim, size_t from, size_t to)
{
    return !claim->dropped && claim->from >= from && claim->to <= to && claim->name.n > 0 &&
           claim->key.n > 0;
}

static ocs_role_part part_of(const ocs_scan *s, const ocs_claim *claim)
{
    return (ocs_role_part){
        .name = claim->name, .key = claim->key, .at = ocs_scan_span(s, claim->from, claim->to)};
}

/* A field operation or a ministry is of its country; the seat of the others says nothing. */
static void country_of_org(const ocs_scan *s, ocs_role *role)
{
    static const char *const seated[] = {"osce", "structure", "institution", "unit",
                                         "igo",  "eu",        "network",     NULL};
    const ocs_gaz_thing *org = ocs_gaz_by_key(s->gaz, OCS_GAZ_ORG, role->org.key);
    for (size_t i = 0; org && seated[i]; i++)
        if (strcmp(ocs_gaz_cstr(s->gaz, org->class_), seated[i]) == 0)
            return;
    const ocs_gaz_thing *state =
        org ? ocs_gaz_by_key(s->gaz, OCS_GAZ_COUNTRY, ocs_gaz_str(s->gaz, org->country)) : NULL;
    if (state)
        role->country = (ocs_role_part){.name = ocs_gaz_str(s->gaz, state->name),
                                        .key = ocs_gaz_str(s->gaz, state->key),
                                        .at = role->org.at};
}

/* The last organisation by place is the nearest to what is headed: "the OSCE's Strategic ...
 * Unit". */
static void read_claims(const ocs_scan *s, size_t from, size_t to, ocs_role *role)
{
    const ocs_claim *org = NULL, *country = NULL;
    for (size_t c = 0; c < s->claims.n; c++) {
        const ocs_claim *claim = &s->claims.at[c];
        if (!within(claim, from, to))
            continue;
        if (claim->type == OCS_MENTION_ORG && (!org || claim->from > org->from))
            org = claim;
        if (claim->type == OCS_MENTION_COUNTRY && (!country || claim->from < country->from))
            country = claim;
    }
    if (org)
        role->org = part_of(s, org);
    if (country)
        role->country = part_of(s, country);
    else if (org)
        country_of_org(s, role);
}

void ocs_role_parts(const ocs_scan *s, ocs_role *role)
{
    size_t from = token_from(s, role->at.from), to = token_from(s, role->at.to);
    if (from >= to)
        return;
    read_office(s, from, to, role);
    read_claims(s, from, to, role);
}
