/* A line of a table into its columns, each checked. */
#include "corpus/gaz_internal.h"

enum {
    TEXT_MAX = 500, /* bytes of a column */
    COLUMNS = 6,
    COLUMNS_MAX = COLUMNS + 4 /* "shared", people, latitude, longitude */
};

static bool letters_of(ocs_str s, size_t n, char first, char last)
{
    if (s.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (s.p[i] < first || s.p[i] > last)
            return false;
    return true;
}

static bool kind_of(ocs_str name, ocs_gaz_kind *kind)
{
    for (int i = 0; i < OCS_GAZ_KIND_COUNT; i++)
        if (ocs_str_eq(name, ocs_str_of(ocs_gaz_kind_name((ocs_gaz_kind)i)))) {
            *kind = (ocs_gaz_kind)i;
            return true;
        }
    return false;
}

static ocs_str dash_is_empty(ocs_str s)
{
    return ocs_str_eq(s, OCS_STR("-")) ? (ocs_str){"", 0} : s;
}

/* The columns of ${line}, at most one more than there may be; how many there are. */
static size_t cut_columns(ocs_str line, ocs_str columns[COLUMNS_MAX + 1])
{
    size_t n = 0;
    while (n <= COLUMNS_MAX && ocs_str_split(&line, '\t', &columns[n]))
        n++;
    return n;
}

static ocs_status check_columns(ocs_gaz_builder *b, const ocs_gaz_row *r, const ocs_str *columns,
                                size_t n, ocs_error *err)
{
    ocs_gaz_place place = r->place;
    bool city = r->table == OCS_GAZ_CITY && n == COLUMNS_MAX;
    if (n != COLUMNS && n != COLUMNS + 1 && !city)
        return ocs_gaz_complain(b, err, place, "%s than %d columns; are the tabs right?",
                                n < COLUMNS ? "fewer" : "more", COLUMNS + (n > COLUMNS));
    for (size_t i = 0; i < n; i++) {
        if (ocs_str_trim(columns[i]).n == 0)
            return ocs_gaz_complain(b, err, place, "column %zu is empty; '-' says none", i + 1);
        if (ocs_str_trim(columns[i]).n < columns[i].n)
            return ocs_gaz_complain(b, err, place, "space at an end of column %zu", i + 1);
        if (columns[i].n > TEXT_MAX)
            return ocs_gaz_complain(b, err, place, "column %zu is too long", i + 1);
    }
    if (n > COLUMNS && !ocs_str_eq(columns[COLUMNS], OCS_STR("shared")) &&
        !(city && ocs_str_eq(columns[COLUMNS], OCS_STR("-"))))
        return ocs_gaz_complain(b, err, place, "column 7 is '%.*s', not 'shared'",
                                OCS_ARG(columns[COLUMNS]));
    return OCS_OK;
}

/* The values of the columns other than the phrase. */
static ocs_status check_values(ocs_gaz_builder *b, const ocs_gaz_row *r, ocs_error *err)
{
    if (r->key.n == 0)
        return ocs_gaz_complain(b, err, r->place, "no key");
    if (r->table == OCS_GAZ_COUNTRY && !letters_of(r->key, 2, 'A', 'Z'))
        return ocs_gaz_complain(b, err, r->place, "key '%.*s' is no ISO 3166-1 code",
                                OCS_ARG(r->key));
    if (r->country.n > 0 && !letters_of(r->country, 2, 'A', 'Z'))
        return ocs_gaz_complain(b, err, r->place, "country '%.*s' is no ISO 3166-1 code",
                                OCS_ARG(r->country));
    if (r->lang.n > 0 && !letters_of(r->lang, 2, 'a', 'z'))
        return ocs_gaz_complain(b, err, r->place, "language '%.*s' is no ISO 639-1 code",
                                OCS_ARG(r->lang));
    return OCS_OK;
}

/* "-12.34" or "7" in hundredths, between -${most} and ${most}. */
static bool read_hundredths(ocs_str s, int most, int16_t *out)
{
    bool minus = ocs_str_starts(s, OCS_STR("-"));
    int value = 0, decimals = -1;
    for (size_t i = minus; i < s.n; i++) {
        if (s.p[i] == '.' && decimals < 0)
            decimals = 0;
        else if (!ocs_ascii_digit(s.p[i]) || value > 100000 || decimals == 2)
            return false;
        else {
            value = value * 10 + (s.p[i] - '0');
            decimals += decimals >= 0;
        }
    }
    for (int k = decimals < 0 ? 0 : decimals; k < 2; k++)
        value *= 10;
    *out = (int16_t)(minus ? -value : value);
    return s.n > (size_t)minus && value <= most * 100;
}

static bool read_people(ocs_str s, uint32_t *out)
{
    uint32_t value = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!ocs_ascii_digit(s.p[i]) || value > 100000000)
            return false;
        value = value * 10 + (uint32_t)(s.p[i] - '0');
    }
    *out = value;
    return s.n > 0;
}

/* People, latitude and longitude. */
static ocs_status read_spot(ocs_gaz_builder *b, const ocs_str *columns, ocs_gaz_row *r,
                            ocs_error *err)
{
    if (!read_people(columns[0], &r->people))
        return ocs_gaz_complain(b, err, r->place, "'%.*s' is no number of people",
                                OCS_ARG(columns[0]));
    if (!read_hundredths(columns[1], 90, &r->lat) || !read_hundredths(columns[2], 180, &r->lon))
        return ocs_gaz_complain(b, err, r->place, "'%.*s', '%.*s' are no degrees",
                                OCS_ARG(columns[1]), OCS_ARG(columns[2]));
    return OCS_OK;
}

ocs_status ocs_gaz_row_read(ocs_gaz_builder *b, ocs_str line, ocs_gaz_row *r, ocs_error *err)
{
    ocs_str columns[COLUMNS_MAX + 1];
    size_t n = cut_columns(line, columns);
    ocs_status st = check_columns(b, r, columns, n, err);
    if (st != OCS_OK)
        return st;
    if (!kind_of(columns[3], &r->kind))
        return ocs_gaz_complain(b, err, r->place, "unknown kind '%.*s'", OCS_ARG(columns[3]));
    r->key = dash_is_empty(columns[0]);
    r->class_ = dash_is_empty(columns[1]);
    r->country = dash_is_empty(columns[2]);
    r->lang = dash_is_empty(columns[4]);
    r->phrase = columns[5];
    r->shared = n > COLUMNS && ocs_str_eq(columns[COLUMNS], OCS_STR("shared"));
    r->people = 0;
    r->lat = r->lon = OCS_GAZ_NOWHERE;
    st = n == COLUMNS_MAX ? read_spot(b, columns + COLUMNS + 1, r, err) : OCS_OK;
    return st == OCS_OK ? check_values(b, r, err) : st;
}
