/* Every fact leads back to the bytes of its page: for all sample pages, the raw slice of each block,
 * fact, mention and role, read here by other means than the program's own (encoding by iconv, tags
 * by a scan, references by libxml2's table), is the words that were printed.  Only where the markup
 * forbids an exact place may one be inexact, and such places are counted. */
#include "ingest/block.h"
#include "ingest/dates.h"
#include "ingest/facts.h"
#include "ingest/ingest.h"
#include "tests/unit/unit.h"

#include <iconv.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <strings.h>

enum { PAGE_MAX = 16 << 20, INEXACT_HTML = 0 };
static const size_t ARENA = (size_t)512 << 20;

typedef struct prover {
    ocs_ingest *ingest;
    ocs_arena *arena;
    ocs_page page;
    ocs_document doc;
    const ocs_blocks *blocks;
    size_t pages, checked, wrong, inexact_dump, inexact_html;
} prover;

/* ---- from raw bytes to words ---- */

static void decode_cp1252(char byte, ocs_buf *out)
{
    char utf8[8], *from = &byte, *to = utf8;
    size_t in_left = 1, out_left = sizeof utf8;
    iconv_t cd = iconv_open("UTF-8", "WINDOWS-1252");
    assert_true(cd != (iconv_t)-1);
    if (iconv(cd, &from, &in_left, &to, &out_left) == (size_t)-1)
        ocs_buf_puts(out, "\xEF\xBF\xBD");
    else
        ocs_buf_put(out, (ocs_str){utf8, sizeof utf8 - out_left});
    iconv_close(cd);
}

static void decode_utf8(ocs_str raw, ocs_buf *out)
{
    for (size_t at = 0, n; at < raw.n; at += n) {
        uint32_t point;
        n = ocs_utf8_at(raw, at, &point);
        if (n == 1 && (unsigned char)raw.p[at] >= 0x80)
            decode_cp1252(raw.p[at], out);
        else
            ocs_buf_put(out, ocs_str_sub(raw, at, at + n));
    }
}

static void decode_by_name(ocs_str raw, const char *name, ocs_buf *out)
{
    char *from = (char *)(uintptr_t)raw.p, *to = malloc(raw.n * 4 + 4), *start = to;
    size_t in_left = raw.n, out_left = raw.n * 4 + 4;
    iconv_t cd = iconv_open("UTF-8", name);
    assert_true(to && cd != (iconv_t)-1);
    assert_true(iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1);
    ocs_buf_put(out, (ocs_str){start, (size_t)(to - start)});
    iconv_close(cd);
    free(start);
}

/* The end of the tag, comment or hidden element that starts at ${at}; ${at} when it is text. */
static size_t markup_end(ocs_str s, size_t at)
{
    static const char *const hidden[] = {"script", "style", "svg"};
    ocs_str rest = ocs_str_sub(s, at, s.n);
    if (ocs_str_starts(rest, OCS_STR("<!--"))) {
        size_t end = ocs_str_find(s, OCS_STR("-->"), at);
        return end < s.n ? end + 3 : s.n;
    }
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(hidden[i]);
        char close[12];
        snprintf(close, sizeof close, "</%s>", hidden[i]);
        if (rest.n > n + 1 && strncasecmp(rest.p + 1, hidden[i], n) == 0)
            return ocs_str_find(s, ocs_str_of(close), at) + n + 3;
    }
    size_t end = ocs_str_find_char(s, '>', at);
    return end < s.n && rest.n > 1 && rest.p[1] != ' ' ? end + 1 : at;
}

static size_t put_reference(ocs_str s, size_t at, ocs_buf *out)
{
    static const char *const c1[] = {"151", "—", "150", "–", "147", "“", "148", "”", "146", "’"};
    size_t end = ocs_str_find_char(s, ';', at);
    char name[40] = "";
    if (end - at < sizeof name)
        snprintf(name, sizeof name, "%.*s", (int)(end - at - 1), s.p + at + 1);
    for (size_t i = 0; i < sizeof c1 / sizeof *c1; i += 2)
        if (name[0] == '#' && strcmp(name + 1, c1[i]) == 0) {
            ocs_buf_puts(out, c1[i + 1]);
            return end + 1;
        }
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    if (name[0] == '#')
        ocs_buf_put_point(out, (uint32_t)(name[1] == 'x' || name[1] == 'X'
                                              ? strtoul(name + 2, NULL, 16)
                                              : strtoul(name + 1, NULL, 10)));
    else if (entity)
        ocs_buf_put_point(out, entity->value);
    else {
        ocs_buf_putc(out, '&');
        return at + 1;
    }
    return end + 1;
}

static void strip_markup(ocs_str s, ocs_buf *out)
{
    for (size_t at = 0; at < s.n;) {
        size_t end = s.p[at] == '<' ? markup_end(s, at) : at;
        if (end > at) {
            ocs_str tag = ocs_str_sub(s, at, end);
            if (tag.n > 3 && strncasecmp(tag.p, "<br", 3) == 0)
                ocs_buf_putc(out, ' ');
            at = end;
        } else if (s.p[at] == '&') {
            at = put_reference(s, at, out);
        } else {
            ocs_buf_putc(out, s.p[at++]);
        }
    }
}

static void collapse(ocs_str s, ocs_buf *out)
{
    bool space = false;
    for (size_t at = 0; at < s.n;) {
        uint32_t p;
        at += ocs_utf8_at(s, at, &p);
        if (ocs_point_invisible(p))
            continue;
        if (ocs_point_space(p) || p < 0x20 || (p >= 0x7F && p < 0xA0)) {
            space = true;
            continue;
        }
        if (space && out->n > 0)
            ocs_buf_putc(out, ' ');
        space = false;
        ocs_buf_put_point(out, p == 0x2010 || p == 0x2011 ? '-' : p);
    }
}

/* The words that a reader sees in raw bytes ${at}; valid until the arena is cleared. */
static ocs_str words_at(prover *p, ocs_span at)
{
    ocs_buf decoded, text, clean;
    ocs_str raw = ocs_str_sub(p->page.bytes, at.from, at.to);
    ocs_buf_init(&decoded, PAGE_MAX);
    ocs_buf_init(&text, PAGE_MAX);
    ocs_buf_init(&clean, PAGE_MAX);
    if (ocs_str_eq(p->doc.encoding, OCS_STR("UTF-8"))) {
        decode_utf8(raw, &decoded);
    } else {
        char name[40];
        snprintf(name, sizeof name, "%.*s", OCS_ARG(p->doc.encoding));
        decode_by_name(raw, name, &decoded);
    }
    if (p->blocks->html)
        strip_markup(ocs_buf_str(&decoded), &text);
    else
        ocs_buf_put(&text, ocs_buf_str(&decoded));
    collapse(ocs_buf_str(&text), &clean);
    ocs_str words = ocs_str_copy(p->arena, ocs_buf_str(&clean));
    ocs_buf_clear(&decoded);
    ocs_buf_clear(&text);
    ocs_buf_clear(&clean);
    return words;
}

/* ---- one claim ---- */

static void complain(prover *p, const char *what, ocs_str wanted, ocs_span at, ocs_str got)
{
    p->wrong++;
    print_error("%.*s: %s \"%.*s\": raw %zu..%zu holds \"%.*s\"\n", OCS_ARG(p->page.path), what,
                OCS_ARG(wanted), at.from, at.to, OCS_ARG(ocs_str_sub(got, 0, 300)));
}

/* False when the place is inexact: counted, but no more to be checked. */
static bool placed(prover *p, const char *what, ocs_str wanted, ocs_span raw, bool inexact)
{
    p->checked++;
    if (raw.to <= raw.from || raw.to > p->page.bytes.n) {
        complain(p, what, wanted, raw, (ocs_str){NULL, 0});
        return false;
    }
    if (!inexact)
        return true;
    print_message("inexact: %.*s: %s \"%.*s\"\n", OCS_ARG(p->page.path), what, OCS_ARG(wanted));
    p->inexact_html += p->blocks->html;
    p->inexact_dump += !p->blocks->html;
    return false;
}

static void prove(prover *p, const char *what, ocs_str words, ocs_span raw, bool inexact)
{
    if (!placed(p, what, words, raw, inexact))
        return;
    ocs_str got = words_at(p, raw);
    if (!ocs_str_eq(got, ocs_str_trim(words)))
        complain(p, what, words, raw, got);
}

/* ---- all claims of a page ---- */

static void prove_blocks(prover *p)
{
    for (size_t i = 0; i < p->blocks->n; i++) {
        const ocs_block *b = &p->blocks->at[i];
        bool exact;
        ocs_span raw = ocs_origin_raw(p->blocks->origin, b->at, &exact);
        prove(p, "block", ocs_block_text(p->blocks, b), raw, !exact);
    }
}

static void prove_places(prover *p)
{
    for (size_t i = 0; i < p->doc.places.n; i++) {
        const ocs_fact *fact = &p->doc.places.at[i];
        if (!placed(p, "place", fact->value, fact->raw, fact->inexact))
            continue;
        ocs_str got = words_at(p, fact->raw);
        ocs_fact again = ocs_place_fact(ocs_gaz_builtin(), got, p->arena);
        if (!ocs_str_eq(again.key, fact->key))
            complain(p, "place", fact->value, fact->raw, got);
    }
}

static void prove_facts(prover *p, const char *what, ocs_facts facts)
{
    for (size_t i = 0; i < facts.n; i++)
        prove(p, what, facts.at[i].value, facts.at[i].raw, facts.at[i].inexact);
}

/* A kind stands on the page in other words than the canonical ones, or is told by the title. */
static void prove_kind(prover *p)
{
    const ocs_fact *kind = &p->doc.kind;
    bool by_title = kind->raw.from == p->doc.title.raw.from;
    if (kind->value.n == 0 || by_title || !placed(p, "kind", kind->value, kind->raw, kind->inexact))
        return;
    ocs_str got = words_at(p, kind->raw);
    const ocs_gaz_thing *thing = ocs_kind_in_line(ocs_gaz_builtin(), got);
    if (!thing || !ocs_str_eq(kind->key, ocs_gaz_str(ocs_gaz_builtin(), thing->key)))
        complain(p, "kind", kind->value, kind->raw, got);
}

static void prove_published(prover *p)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    char text[OCS_WHEN_TEXT];
    ocs_str value = ocs_when_print(p->doc.published, text);
    if (p->doc.published_from == OCS_FROM_NOWHERE ||
        !placed(p, "date", value, p->doc.published_raw, p->doc.published_inexact))
        return;
    ocs_str got = words_at(p, p->doc.published_raw);
    assert_true(ocs_tokenize(p->arena, got, &tokens));
    assert_true(ocs_dates_find(ocs_gaz_builtin(), got, tokens, p->arena, &dates));
    for (size_t i = 0; i < dates.n; i++)
        if (ocs_date_equal(dates.at[i].when.from, p->doc.published.from))
            return;
    complain(p, "date", value, p->doc.published_raw, got);
}

static void prove_mentions(prover *p)
{
    for (size_t i = 0; i < p->doc.n_mentions; i++) {
        const ocs_mention *m = &p->doc.mentions[i];
        prove(p, ocs_mention_type_name(m->type), ocs_mention_surface(&p->doc, m), m->raw,
              m->inexact);
        for (size_t k = 0; k < m->n_roles; k++)
            prove(p, "role", m->roles[k].text, m->roles[k].raw, m->roles[k].inexact);
    }
}

static void prove_page(prover *p)
{
    if (p->doc.title.value.n > 0)
        prove(p, "title", p->doc.title.value, p->doc.title.raw, p->doc.title.inexact);
    prove_blocks(p);
    prove_kind(p);
    prove_published(p);
    prove_places(p);
    prove_facts(p, "source", p->doc.sources);
    prove_facts(p, "topic", p->doc.topics);
    prove_mentions(p);
    for (size_t i = 0; i < p->doc.n_items; i++)
        prove(p, "item", p->doc.items[i].title, p->doc.items[i].raw, false);
}

/* ---- all pages ---- */

static void take_page(prover *p, const char *path)
{
    ocs_error err = {0};
    p->page = (ocs_page){.path = ocs_str_of(path)};
    if (ocs_page_read(path, PAGE_MAX, p->arena, &p->page.bytes, &err) != OCS_OK ||
        ocs_ingest_page(p->ingest, &p->page, OCS_STAGE_MENTIONS, p->arena, &p->doc, &p->blocks,
                        &err) != OCS_OK ||
        ocs_document_check(&p->doc, &err) != OCS_OK)
        fail_msg("%s: %s", path, err.text);
    prove_page(p);
    p->pages++;
    ocs_arena_clear(p->arena);
}

static void take_folder(prover *p, const char *folder)
{
    ocs_source *source;
    ocs_page_info info;
    ocs_error err = {0};
    ocs_status status;
    if (ocs_source_open(folder, &source, &err) != OCS_OK)
        fail_msg("%s", err.text);
    while ((status = ocs_source_next(source, &info, &err)) == OCS_OK) {
        ocs_str name = ocs_str_of(info.path);
        if (ocs_str_ends(name, OCS_STR(".txt")) || ocs_str_ends(name, OCS_STR(".html")))
            take_page(p, info.path);
    }
    assert_int_equal(status, OCS_NOTFOUND);
    ocs_source_close(source);
}

static int open_prover(void **state)
{
    prover *p = calloc(1, sizeof *p);
    *state = p;
    return p && (p->arena = ocs_arena_new(ARENA)) && ocs_ingest_new(&p->ingest, NULL) == OCS_OK
               ? 0
               : -1;
}

static int close_prover(void **state)
{
    prover *p = *state;
    ocs_ingest_free(p->ingest);
    ocs_arena_free(p->arena);
    free(p);
    return 0;
}

static void assert_proven(const prover *p)
{
    print_message("%zu places on %zu pages, %zu inexact\n", p->checked, p->pages,
                  p->inexact_dump + p->inexact_html);
    assert_int_equal(p->wrong, 0);
    assert_int_equal(p->inexact_dump, 0);
    assert_true(p->inexact_html <= INEXACT_HTML);
}

static void everything_on_the_sample_pages_leads_back_to_its_bytes(void **state)
{
    prover *p = *state;
    take_folder(p, SAMPLE_DIR);
    assert_true(p->pages >= 31);
    assert_true(p->checked > 3000);
    assert_proven(p);
}

/* A folder of further pages that may lie beside the checkout; without it there is nothing to do. */
static void everything_on_further_pages_leads_back_to_its_bytes(void **state)
{
    prover *p = *state;
    FILE *folder = fopen(MORE_PAGES, "r");
    if (!folder)
        return;
    fclose(folder);
    take_folder(p, MORE_PAGES);
    assert_proven(p);
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, open_prover, close_prover)
    const struct CMUnitTest tests[] = {
        TEST(everything_on_the_sample_pages_leads_back_to_its_bytes),
        TEST(everything_on_further_pages_leads_back_to_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
