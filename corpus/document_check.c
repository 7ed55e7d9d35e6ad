/* The promises of corpus/document.h, one small question each: a function answers with what is
 * wrong, or NULL when nothing is.  The first complaint, with the place it is about, becomes the
 * message. */
#include "corpus/document.h"

/* ---- forms ---- */

static bool utf8(ocs_str s)
{
    return (s.p || s.n == 0) && ocs_utf8_check(s) == s.n;
}

static bool character_starts(ocs_str s, size_t at)
{
    return at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

static bool span_within(ocs_span span, size_t size)
{
    return span.from <= span.to && span.to <= size;
}

/* Lower-case words of letters and digits with single hyphens between them. */
static bool slug_form(ocs_str s)
{
    bool hyphen = true; /* so that the first may be none */
    for (size_t at = 0; at < s.n;) {
        uint32_t point;
        at += ocs_utf8_at(s, at, &point);
        if (point == '-' ? hyphen : !ocs_point_letter(point) && !ocs_point_digit(point))
            return false;
        if (ocs_point_upper(point))
            return false;
        hyphen = point == '-';
    }
    return s.n > 0 && !hyphen && utf8(s);
}

static bool letters_form(ocs_str s, size_t n, char first, char last)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < first || s.p[i] > last)
            return false;
    return s.n == n;
}

static bool id_form(ocs_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ocs_ascii_digit(s.p[i]) && (s.p[i] < 'a' || s.p[i] > 'f'))
            return false;
    return s.n == 16;
}

static bool when_none(ocs_when when)
{
    return ocs_date_equal(when.from, (ocs_date){0}) && ocs_date_equal(when.to, (ocs_date){0});
}

/* What the printer writes must be read back as the same. */
static bool when_valid(ocs_when when)
{
    if (!ocs_date_valid(when.from) || !ocs_date_valid(when.to))
        return false;
    char text[OCS_WHEN_TEXT];
    ocs_when again;
    return ocs_when_parse(ocs_when_print(when, text), &again) &&
           ocs_date_equal(again.from, when.from) && ocs_date_equal(again.to, when.to);
}

static bool when_key(ocs_when when, ocs_str key)
{
    char text[OCS_WHEN_TEXT];
    return when_valid(when) && ocs_str_eq(ocs_when_print(when, text), key);
}

/* ---- the page ---- */

static const char *identity_wrong(const ocs_document *d)
{
    char id[17];
    if (!id_form(d->id))
        return "the id is not 16 hexadecimal digits";
    if (d->path.n == 0 || ocs_str_find_char(d->path, '\0', 0) < d->path.n)
        return "the path is empty or holds a NUL byte";
    ocs_document_id(d->path, id);
    if (!ocs_str_eq(d->id, ocs_str_of(id)))
        return "the id is not that of the path";
    if (!utf8(d->url))
        return "the url is not UTF-8";
    if (d->lang.n > 0 && !letters_form(d->lang, 2, 'a', 'z'))
        return "the language is not two lower-case letters";
    if (d->encoding.n == 0 || !utf8(d->encoding))
        return "the encoding is empty or not UTF-8";
    return NULL;
}

static const char *published_wrong(const ocs_document *d)
{
    if ((size_t)d->published_from > OCS_FROM_TITLE)
        return "the published date comes from an unknown place";
    bool none = when_none(d->published);
    if (none != (d->published_from == OCS_FROM_NOWHERE))
        return "a published date and where it was read go together";
    if (!none && !when_valid(d->published))
        return "the published date is impossible";
    if (!span_within(d->published_raw, d->raw_size))
        return "the published date lies outside of the page";
    return NULL;
}

static const char *text_wrong(const ocs_document *d)
{
    if (!utf8(d->text))
        return "the text is not UTF-8";
    if (d->text.n > UINT32_MAX)
        return "the text is too long";
    if (ocs_str_starts(d->text, OCS_STR("\n")) || ocs_str_ends(d->text, OCS_STR("\n")) ||
        ocs_str_find(d->text, OCS_STR("\n\n"), 0) < d->text.n)
        return "the text has an empty line";
    if (d->titled && ocs_str_find_char(d->text, '\n', 0) >= d->text.n)
        return "there is nothing behind the title";
    if (d->empty && (d->text.n > 0 || d->n_mentions > 0 || d->n_items > 0))
        return "an empty page has text, mentions or items";
    if (d->n_items > 0 && !d->list)
        return "a page that is no list has items";
    return NULL;
}

/* ---- runs ---- */

static const char *run_wrong(const ocs_run *run, uint64_t raw_size)
{
    if (run->length == 0)
        return "it is empty";
    if (run->inexact)
        return run->raw_length > raw_size || run->raw > raw_size - run->raw_length
                   ? "its line lies outside of the page"
                   : NULL;
    if (run->raw_length != 0)
        return "it is exact and has the length of a line";
    if (run->text_unit == 0 || run->length % run->text_unit != 0)
        return "its length is not a multiple of its unit";
    uint64_t raw = (uint64_t)run->length / run->text_unit * run->raw_unit;
    return raw > raw_size || run->raw > raw_size - raw ? "it lies outside of the page" : NULL;
}

static ocs_status check_origin(const ocs_document *d, ocs_error *err)
{
    uint64_t end = 0;
    for (size_t i = 0; i < d->origin.n; i++) {
        const ocs_run *run = &d->origin.runs[i];
        const char *wrong = run->text != end ? "it does not start where the one before ends"
                                             : run_wrong(run, d->raw_size);
        if (wrong)
            return ocs_fail(err, OCS_BUG, "run %zu: %s", i, wrong);
        end += run->length;
    }
    if (end != d->text.n)
        return ocs_fail(err, OCS_BUG, "the runs do not cover the text");
    return OCS_OK;
}

/* ---- facts ---- */

static const char *fact_wrong(const ocs_fact *fact, uint64_t raw_size)
{
    if (!utf8(fact->value))
        return "the value is not UTF-8";
    if (fact->value.n == 0 && fact->key.n > 0)
        return "there is a key without a value";
    if (fact->key.n > 0 && !slug_form(fact->key))
        return "the key is not a slug";
    return span_within(fact->raw, raw_size) ? NULL : "it lies outside of the page";
}

static ocs_status check_facts(const char *name, ocs_facts facts, uint64_t raw_size, ocs_error *err)
{
    for (size_t i = 0; i < facts.n; i++) {
        const char *wrong =
            facts.at[i].value.n == 0 ? "it is empty" : fact_wrong(&facts.at[i], raw_size);
        if (wrong)
            return ocs_fail(err, OCS_BUG, "%s %zu: %s", name, i, wrong);
    }
    return OCS_OK;
}

static ocs_status check_all_facts(const ocs_document *d, ocs_error *err)
{
    ocs_status st;
    const char *wrong;
    if ((wrong = fact_wrong(&d->title, d->raw_size)))
        return ocs_fail(err, OCS_BUG, "title: %s", wrong);
    if ((wrong = fact_wrong(&d->kind, d->raw_size)))
        return ocs_fail(err, OCS_BUG, "kind: %s", wrong);
    if ((st = check_facts("place", d->places, d->raw_size, err)) != OCS_OK)
        return st;
    if ((st = check_facts("source", d->sources, d->raw_size, err)) != OCS_OK)
        return st;
    return check_facts("topic", d->topics, d->raw_size, err);
}

/* ---- mentions ---- */

static const char *place_wrong(const ocs_document *d, const ocs_mention *m)
{
    if (m->at.from >= m->at.to)
        return "it is empty";
    if (m->at.to > d->text.n)
        return "it lies outside of the text";
    if (!character_starts(d->text, m->at.from) || !character_starts(d->text, m->at.to))
        return "it cuts a character";
    return span_within(m->raw, d->raw_size) ? NULL : "it lies outside of the page";
}

static const char *words_wrong(const ocs_mention *m)
{
    if (m->name.n == 0 || !utf8(m->name))
        return "the name is empty or not UTF-8";
    if (!m->rule || m->rule[0] == '\0')
        return "no rule is named";
    return m->sure <= 100 ? NULL : "the confidence is above 100";
}

static const char *key_wrong(const ocs_mention *m)
{
    if (m->type == OCS_MENTION_DATE)
        return when_key(m->when, m->key) ? NULL : "the key is not the date";
    if (m->type == OCS_MENTION_COUNTRY)
        return letters_form(m->key, 2, 'A', 'Z') ? NULL : "the key is not an ISO code";
    return slug_form(m->key) ? NULL : "the key is not a slug";
}

/* Fields that only one type of mention has. */
static const char *fields_wrong(const ocs_mention *m)
{
    bool date = m->type == OCS_MENTION_DATE, country = m->type == OCS_MENTION_COUNTRY;
    if ((size_t)m->via > OCS_VIA_CITY || country != (m->via != OCS_VIA_NONE))
        return "countries, and no others, say how they were found";
    if (!date && (!when_none(m->when) || !when_none(m->other) || m->relative))
        return "it is no date but has one";
    if (date && !when_none(m->other) && !when_valid(m->other))
        return "the other reading is impossible";
    if (m->country.n > 0 &&
        (m->type != OCS_MENTION_PLACE || !letters_form(m->country, 2, 'A', 'Z')))
        return "the country is not an ISO code of a place's country";
    return m->n_roles == 0 || m->type == OCS_MENTION_PERSON ? NULL : "only people have roles";
}

static const char *part_wrong(const ocs_document *d, const ocs_role_part *part)
{
    if (part->name.n == 0)
        return part->at.from == part->at.to ? NULL : "a part of a role has no name";
    if (!utf8(part->name) || !utf8(part->key) || part->key.n == 0)
        return "a part of a role has no key or is not UTF-8";
    if (part->at.from >= part->at.to || !span_within(part->at, d->text.n) ||
        !span_within(part->raw, d->raw_size))
        return "a part of a role lies outside of the page";
    if (!character_starts(d->text, part->at.from) || !character_starts(d->text, part->at.to))
        return "a part of a role cuts a character";
    return NULL;
}

static const char *parts_wrong(const ocs_document *d, const ocs_role *role)
{
    const char *wrong = part_wrong(d, &role->office);
    wrong = wrong ? wrong : part_wrong(d, &role->org);
    wrong = wrong ? wrong : part_wrong(d, &role->country);
    if (!wrong && role->country.name.n > 0 && !letters_form(role->country.key, 2, 'A', 'Z'))
        return "the country of a role has no ISO code";
    return wrong;
}

static const char *role_wrong(const ocs_document *d, const ocs_mention *m)
{
    for (size_t i = 0; i < m->n_roles; i++) {
        const ocs_role *role = &m->roles[i];
        if (role->text.n == 0 || !utf8(role->text))
            return "a role is empty or not UTF-8";
        if (!span_within(role->at, d->text.n) || !span_within(role->raw, d->raw_size))
            return "a role lies outside of the page";
        if (!character_starts(d->text, role->at.from) || !character_starts(d->text, role->at.to))
            return "a role cuts a character";
        const char *wrong = parts_wrong(d, role);
        if (wrong)
            return wrong;
    }
    return NULL;
}

static const char *mention_wrong(const ocs_document *d, const ocs_mention *m)
{
    const char *wrong;
    if ((size_t)m->type >= OCS_MENTION_TYPE_COUNT)
        return "the type is unknown";
    if ((wrong = place_wrong(d, m)) || (wrong = words_wrong(m)) || (wrong = key_wrong(m)) ||
        (wrong = fields_wrong(m)))
        return wrong;
    return role_wrong(d, m);
}

static bool in_order(ocs_span a, ocs_span b)
{
    return a.from != b.from ? a.from < b.from : a.to >= b.to;
}

/* Is mention ${i} inside another?  ${reach} is how far those before it reach: they start no later.
 */
static bool is_nested(const ocs_document *d, size_t i, size_t reach)
{
    ocs_span at = d->mentions[i].at;
    if (reach >= at.to)
        return true;
    return i + 1 < d->n_mentions && d->mentions[i + 1].at.from == at.from &&
           d->mentions[i + 1].at.to == at.to;
}

static ocs_status check_mentions(const ocs_document *d, ocs_error *err)
{
    size_t reach = 0;
    for (size_t i = 0; i < d->n_mentions; i++) {
        const ocs_mention *m = &d->mentions[i];
        const char *wrong = mention_wrong(d, m);
        if (!wrong && i > 0 && !in_order(m[-1].at, m->at))
            wrong = "it is out of order";
        if (!wrong && m->nested && !is_nested(d, i, reach))
            wrong = "it is nested in nothing";
        if (wrong)
            return ocs_fail(err, OCS_BUG, "mention %zu: %s", i, wrong);
        reach = m->at.to > reach ? m->at.to : reach;
    }
    return OCS_OK;
}

/* ---- items ---- */

static const char *item_wrong(const ocs_item *item, uint64_t raw_size)
{
    if (item->title.n == 0)
        return "it has no title";
    if (!utf8(item->title) || !utf8(item->kind) || !utf8(item->snippet))
        return "it is not UTF-8";
    if (!when_none(item->when) && !when_valid(item->when))
        return "its date is impossible";
    return span_within(item->raw, raw_size) ? NULL : "it lies outside of the page";
}

static ocs_status check_items(const ocs_document *d, ocs_error *err)
{
    for (size_t i = 0; i < d->n_items; i++) {
        const char *wrong = item_wrong(&d->items[i], d->raw_size);
        if (wrong)
            return ocs_fail(err, OCS_BUG, "item %zu: %s", i, wrong);
    }
    return OCS_OK;
}

static ocs_status check(const ocs_document *d, ocs_error *err)
{
    ocs_status st;
    const char *wrong;
    if ((wrong = identity_wrong(d)) || (wrong = published_wrong(d)) || (wrong = text_wrong(d)))
        return ocs_fail(err, OCS_BUG, "%s", wrong);
    if ((st = check_origin(d, err)) != OCS_OK)
        return st;
    if ((st = check_all_facts(d, err)) != OCS_OK)
        return st;
    if ((st = check_mentions(d, err)) != OCS_OK)
        return st;
    return check_items(d, err);
}

ocs_status ocs_document_check(const ocs_document *document, ocs_error *err)
{
    ocs_status st = check(document, err);
    if (st != OCS_OK)
        return ocs_fail_within(err, st, "document of %.*s", OCS_ARG(document->path));
    return OCS_OK;
}
