/* Datelines.  The place part is a run of capitals or of known places, joined by slashes or commas;
 * the date is any full wording; a dash, bracket or the line's end closes it. */
#include "ingest/facts.h"

enum { LOOK_AT = 240, PLACE_TOKENS = 9, AGENCY_BYTES = 60 };

typedef struct line {
    const ocs_gaz *gaz;
    ocs_arena *arena;
    ocs_str text;
    ocs_tokens tokens;
} line;

static bool place_gap(const line *l, size_t i, size_t first)
{
    unsigned allowed = OCS_GAP_SPACE | OCS_GAP_SLASH | OCS_GAP_COMMA | OCS_GAP_HYPHEN;
    return i == first || (l->tokens.at[i].gap & ~allowed) == 0;
}

static bool known(const line *l, size_t i, ocs_gaz_hit *hit)
{
    unsigned tables = 1u << OCS_GAZ_PLACE | 1u << OCS_GAZ_COUNTRY;
    return ocs_gaz_match(l->gaz, l->text, l->tokens, i, tables, hit) &&
           ocs_gaz_hit_next(l->gaz, hit, 1u << OCS_GAZ_PLACE | 1u << OCS_GAZ_COUNTRY, NULL);
}

/* Tokens [first, end) that can be the place part; end == first: none. */
static size_t place_part(const line *l, size_t first)
{
    size_t i = first;
    while (i < l->tokens.n && i - first < PLACE_TOKENS) {
        const ocs_token *t = &l->tokens.at[i];
        ocs_gaz_hit hit;
        if (!place_gap(l, i, first) || !(t->flags & OCS_TOKEN_UPPER))
            break;
        if (known(l, i, &hit))
            i = hit.to;
        else if (t->flags & OCS_TOKEN_CAPS)
            i++;
        else
            break;
    }
    return i;
}

/* One place for each part between slashes and commas that is no country. */
static void add_places(const line *l, size_t from, size_t to, ocs_dateline *out)
{
    for (size_t i = from; i < to;) {
        size_t end = i + 1;
        while (end < to && !(l->tokens.at[end].gap & (OCS_GAP_SLASH | OCS_GAP_COMMA)))
            end++;
        ocs_span at = {l->tokens.at[i].at.from, l->tokens.at[end - 1].at.to};
        ocs_str text = ocs_str_sub(l->text, at.from, at.to);
        bool country = ocs_gaz_find(l->gaz, OCS_GAZ_COUNTRY, text) &&
                       !ocs_gaz_find(l->gaz, OCS_GAZ_PLACE, text);
        if (!country && out->n_places < sizeof out->places / sizeof *out->places)
            out->places[out->n_places++] = at;
        i = end;
    }
}

/* Past any of ${words} at byte ${at}, again and again. */
static size_t skip_any(ocs_str text, size_t at, const char *const *words)
{
    for (const char *const *word = words; *word;) {
        if (ocs_str_starts(ocs_str_sub(text, at, text.n), ocs_str_of(*word))) {
            at += strlen(*word);
            word = words;
        } else {
            word++;
        }
    }
    return at;
}

/* Past "(OSCE)", "(dpa/MIA)": whom the news is from. */
static size_t skip_agency(ocs_str text, size_t at)
{
    if (at >= text.n || text.p[at] != '(')
        return at;
    size_t end = ocs_str_find_char(text, ')', at);
    return end < text.n && end - at <= AGENCY_BYTES ? end + 1 : at;
}

static size_t dash_end(ocs_str text, size_t at)
{
    static const char *const dashes[] = {"–", "—", "--", "-"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (ocs_str_starts(ocs_str_sub(text, at, text.n), ocs_str_of(dashes[i])))
            return at + strlen(dashes[i]);
    return 0;
}

/* Behind byte ${at}: the end of a dash, bracket or, where it counts, line end that closes the
 * dateline; 0 if none. */
static size_t closed_at(ocs_str text, size_t at, bool end_closes)
{
    static const char *const year_words[] = {
        " ",    "\xC2\xA0", ",",  ".",      "године", "година", "года", "год", "г.",
        "року", "рік",      "р.", "godine", "godina", "roku",   "year", NULL};
    static const char *const stops[] = {" ", "\xC2\xA0", ",", ".", NULL};
    at = skip_any(text, at, year_words);
    size_t agency = skip_agency(text, at);
    bool bracket = agency > at;
    at = skip_any(text, agency, stops);
    if (at >= text.n)
        return end_closes ? text.n : 0;
    size_t end = dash_end(text, at);
    return end > 0 ? end : bracket ? agency : 0;
}

/* "Vienna-based": the hyphen belongs to the word. */
static bool hyphen_in_word(ocs_str text, size_t at)
{
    return at + 1 < text.n && text.p[at] == '-' && text.p[at + 1] != ' ' && text.p[at + 1] != '-';
}

static const ocs_text_date *date_from(const ocs_text_dates *dates, size_t token)
{
    for (size_t i = 0; i < dates->n; i++)
        if (dates->at[i].from == token && !dates->at[i].relative && dates->at[i].when.from.day != 0)
            return &dates->at[i];
    return NULL;
}

/* PLACE, DATE - */
static bool place_first(const line *l, const ocs_text_dates *dates, ocs_dateline *out)
{
    size_t end = place_part(l, 0);
    if (end == 0)
        return false;
    add_places(l, 0, end, out);
    const ocs_text_date *date = date_from(dates, end);
    if (!date && end < l->tokens.n) /* a weekday or "on" may stand between */
        date = date_from(dates, end + 1);
    if (date) {
        out->date = date->when.from;
        out->date_at =
            (ocs_span){l->tokens.at[date->from].at.from, l->tokens.at[date->to - 1].at.to};
        out->end = closed_at(l->text, out->date_at.to, true);
        size_t comma = out->date_at.to;
        if (out->end == 0 && comma < l->text.n && l->text.p[comma] == ',')
            out->end = comma + 1; /* "Moscow/Washington/Paris, April 2, 2016," */
        if (out->end == 0 && comma < l->text.n && l->text.p[comma] == '.')
            out->end = comma + 1; /* "BAKU, Azerbaijan, December 6." */
    } else {
        size_t behind = l->tokens.at[end - 1].at.to;
        out->end = closed_at(l->text, behind, false);
        ocs_gaz_hit hit;
        if (!known(l, 0, &hit) || out->n_places == 0 || hyphen_in_word(l->text, behind))
            out->end = 0; /* "OSCE - ..." is no place */
    }
    return out->end > 0;
}

/* DATE, PLACE - */
static bool date_first(const line *l, const ocs_text_dates *dates, ocs_dateline *out)
{
    const ocs_text_date *date = date_from(dates, 0);
    if (!date || date->to >= l->tokens.n)
        return false;
    size_t end = place_part(l, date->to);
    if (end == date->to)
        return false;
    add_places(l, date->to, end, out);
    out->date = date->when.from;
    out->date_at = (ocs_span){l->tokens.at[0].at.from, l->tokens.at[date->to - 1].at.to};
    out->end = closed_at(l->text, l->tokens.at[end - 1].at.to, true);
    return out->end > 0;
}

bool ocs_dateline_read(const ocs_gaz *gaz, ocs_str text, ocs_arena *arena, ocs_dateline *out)
{
    line l = {.gaz = gaz, .arena = arena, .text = text};
    ocs_text_dates dates;
    size_t cut = text.n < LOOK_AT ? text.n : LOOK_AT;
    while (cut < text.n && cut > 0 && ((unsigned char)text.p[cut] & 0xC0) == 0x80)
        cut--;
    if (!ocs_tokenize(arena, ocs_str_sub(text, 0, cut), &l.tokens) || l.tokens.n == 0 ||
        !ocs_dates_find(gaz, text, l.tokens, arena, &dates))
        return false;
    *out = (ocs_dateline){0};
    if (place_first(&l, &dates, out))
        return true;
    *out = (ocs_dateline){0};
    return date_first(&l, &dates, out);
}

/* "SOMEWHERE NEW" -> "Somewhere New"; what has small letters stays. */
static ocs_str calm_capitals(ocs_str text, ocs_arena *arena)
{
    char *out = ocs_arena_alloc(arena, text.n * 2 + 4);
    if (!out)
        return text;
    size_t n = 0;
    bool start = true;
    for (size_t at = 0; at < text.n;) {
        uint32_t p;
        at += ocs_utf8_at(text, at, &p);
        if (ocs_point_letter(p) && !ocs_point_upper(p))
            return text;
        n += ocs_utf8_put(out + n, start ? p : ocs_point_lower(p));
        start = !ocs_point_letter(p);
    }
    return (ocs_str){out, n};
}

ocs_fact ocs_place_fact(const ocs_gaz *gaz, ocs_str text, ocs_arena *arena)
{
    const ocs_gaz_thing *thing = ocs_gaz_find(gaz, OCS_GAZ_PLACE, text);
    if (!thing && !ocs_gaz_find(gaz, OCS_GAZ_COUNTRY, text))
        thing = ocs_gaz_find(gaz, OCS_GAZ_CITY, text);
    if (thing)
        return (ocs_fact){.value = ocs_gaz_str(gaz, thing->name),
                          .key = ocs_gaz_str(gaz, thing->key)};
    if (ocs_gaz_find(gaz, OCS_GAZ_COUNTRY, text))
        return (ocs_fact){0};
    ocs_str name = calm_capitals(text, arena);
    return (ocs_fact){.value = name, .key = ocs_name_key(arena, name)};
}
