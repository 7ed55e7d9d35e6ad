/* Broken markup cut into blocks: the text that a reader would see, and where each block stands. */
#include "ingest/block.h"
#include "ingest/markup.h"
#include "tests/unit/arena_fixture.h"

#include <time.h>

enum { BIG = 2 << 20, SLOW = 128 << 10, SLOW_SECONDS = 5 };

typedef struct cut_page {
    ocs_str raw;
    ocs_blocks blocks;
} cut_page;

static cut_page cut(ocs_arena *arena, ocs_str raw)
{
    cut_page page = {.raw = raw};
    ocs_decoded decoded;
    ocs_error err = {0};
    if (ocs_decode(raw, true, arena, &decoded, &err) != OCS_OK ||
        ocs_html_cut(&decoded, arena, &page.blocks, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return page;
}

static ocs_str texts(ocs_arena *arena, const ocs_blocks *blocks)
{
    ocs_buf buf;
    ocs_buf_init(&buf, (size_t)64 << 20);
    for (size_t i = 0; i < blocks->n; i++) {
        if (i > 0)
            ocs_buf_putc(&buf, '|');
        ocs_buf_put(&buf, ocs_block_text(blocks, &blocks->at[i]));
    }
    assert_int_equal(ocs_buf_status(&buf), OCS_OK);
    ocs_str all = ocs_str_copy(arena, ocs_buf_str(&buf));
    ocs_buf_clear(&buf);
    return all;
}

/* Every block's place is known, and starts and ends with its first and last plain letters. */
static void assert_exact(const cut_page *page)
{
    size_t last = 0;
    for (size_t i = 0; i < page->blocks.n; i++) {
        const ocs_block *b = &page->blocks.at[i];
        ocs_str text = ocs_block_text(&page->blocks, b);
        bool exact;
        ocs_span raw = ocs_origin_raw(page->blocks.origin, b->at, &exact);
        assert_true(exact);
        assert_true(raw.from >= last && raw.to <= page->raw.n);
        last = raw.to;
        char first = page->raw.p[raw.from], end = page->raw.p[raw.to - 1];
        if (first != '&' && (unsigned char)text.p[0] < 0x80)
            assert_int_equal(first, text.p[0]);
        if (end != ';' && (unsigned char)text.p[text.n - 1] < 0x80)
            assert_int_equal(end, text.p[text.n - 1]);
    }
}

static void assert_cut(void **state, const char *html, const char *blocks)
{
    cut_page page = cut(*state, ocs_str_of(html));
    assert_str(texts(*state, &page.blocks), blocks);
    assert_exact(&page);
}

static void assert_span(const cut_page *page, size_t block, const char *raw)
{
    ocs_span at = ocs_origin_raw(page->blocks.origin, page->blocks.at[block].at, NULL);
    assert_str(ocs_str_sub(page->raw, at.from, at.to), raw);
}

/* ---- blocks ---- */

static void paragraphs_need_no_end_tag(void **state)
{
    assert_cut(state, "<body><p>one<p>two<P>three</body>", "one|two|three");
    assert_cut(state, "<p>one</div></div><p>two", "one|two");
    assert_cut(state, "one<p>two</p>three", "one|two|three");
}

static void cells_and_items_are_blocks_of_their_own(void **state)
{
    assert_cut(state, "<table><tr><td>a<td>b<tr><td>c</table>d", "a|b|c|d");
    assert_cut(state, "<TABLE><TR><TD>a</TD><TD><TABLE><TR><TD>b</TABLE>c</TABLE>", "a|b|c");
    assert_cut(state, "<ul><li>a<li>b<ul><li>c</ul>d</ul>", "a|b|c|d");
    assert_cut(state, "<dl><dt>a<dd>b<dt>c</dl>", "a|b|c");
}

static void headings_keep_their_level(void **state)
{
    cut_page page = cut(*state, OCS_STR("<h1>a</h1><h3>b</h3><p>c"));
    assert_int_equal(page.blocks.n, 3);
    assert_int_equal(page.blocks.at[0].kind, OCS_BLOCK_HEADING);
    assert_int_equal(page.blocks.at[0].level, 1);
    assert_int_equal(page.blocks.at[1].level, 3);
    assert_int_equal(page.blocks.at[2].kind, OCS_BLOCK_PARAGRAPH);
}

static void one_break_is_a_space_and_two_end_a_block(void **state)
{
    assert_cut(state, "<p>a<br>b<br/>c", "a b c");
    assert_cut(state, "<p>a<br><br>b<br> <br>c", "a|b|c");
}

/* ---- text ---- */

static void inline_tags_do_not_cut_words(void **state)
{
    assert_cut(state, "<p><b>P</b>olice <i><b>in</b>ter</i>national", "Police international");
    assert_cut(state, "<p><span>Ko<span>va</span></span>č<em>e</em>vić", "Kovačević");
    assert_cut(state, "<p>a<b> b</b><i> </i>c", "a b c");
}

static void references_are_decoded(void **state)
{
    assert_cut(state, "<p>Law &amp; order &lt;b&gt; caf&eacute; &#269;&#x107; &euro;5",
               "Law & order <b> café čć €5");
    assert_cut(state, "<p>a&nbsp;&nbsp;b co&shy;op &#151; &#150;", "a b coop — –");
    assert_cut(state, "<p>R&D, AT&T; x & y &unknown;", "R&D, AT&T; x & y &unknown;");
    assert_cut(state, "<p>&amp;amp;", "&amp;");
}

static void a_reference_stands_where_its_bytes_are(void **state)
{
    cut_page page = cut(*state, OCS_STR("<p>x &amp; y</p><p>&eacute;t&eacute;</p>"));
    assert_span(&page, 0, "x &amp; y");
    assert_span(&page, 1, "&eacute;t&eacute;");
}

static void the_place_takes_in_the_tags_within(void **state)
{
    cut_page page = cut(*state, OCS_STR("<div> <b>P</b>oli<!-- x -->ce \n</div>"));
    assert_str(texts(*state, &page.blocks), "Police");
    assert_span(&page, 0, "P</b>oli<!-- x -->ce");
}

static void comments_scripts_and_styles_are_no_text(void **state)
{
    assert_cut(state, "<p>a<!-- <p>x</p> -->b<script>if (1 < 2) '</div>x'</script>c", "abc");
    assert_cut(state, "<p>a<style>p > b {}</style><svg><text>x</text></svg>b", "ab");
    assert_cut(state, "<p>a<script type='x'>document.write('<p>no</p>')</SCRIPT >b", "ab");
    assert_cut(state, "<p>a<noscript>no</noscript><template>no</template>b", "a|b");
    assert_cut(state, "<head><title>t</title></head><p>a", "a");
}

static void what_never_ends_does_not_eat_the_page(void **state)
{
    cut_page page = cut(*state, OCS_STR("<p>before</p><!-- never ends <p>after</p>"));
    assert_true(ocs_str_starts(texts(*state, &page.blocks), OCS_STR("before")));
    page = cut(*state, OCS_STR("<p>before</p><script>var x = 1; <p>after</p>"));
    assert_true(ocs_str_starts(texts(*state, &page.blocks), OCS_STR("before")));
    page = cut(*state, OCS_STR("<p>before</p><p class=\"x>after</p>"));
    assert_true(ocs_str_starts(texts(*state, &page.blocks), OCS_STR("before")));
    page = cut(*state, OCS_STR("<title>no end<p>after</p>"));
    assert_true(page.blocks.n <= 1);
}

static void cdata_does_no_harm(void **state)
{
    cut_page page = cut(*state, OCS_STR("<p>one <![CDATA[two]]> three</p><p>four"));
    ocs_str all = texts(*state, &page.blocks);
    assert_true(ocs_str_starts(all, OCS_STR("one")));
    assert_true(ocs_str_ends(all, OCS_STR("|four")));
}

static void a_page_needs_no_html_and_no_body(void **state)
{
    assert_cut(state, "just text", "just text");
    assert_cut(state, "<h1>Title</h1>text", "Title|text");
    assert_cut(state, "<head><meta charset=utf-8><p>text", "text");
    assert_cut(state, "", "");
    assert_cut(state, "<", "<");
    assert_cut(state, "<p>5 < 6 and 7 > 3</p>", "5 < 6 and 7 > 3");
}

static void text_in_another_encoding_stands_where_its_bytes_are(void **state)
{
    static const char raw[] = "<meta charset=windows-1251><p>\xCC\xE8\xF0 &amp; "
                              "\xF2\xF0\xF3\xE4</p>";
    cut_page page = cut(*state, ocs_str_of(raw));
    assert_str(texts(*state, &page.blocks), "Мир & труд");
    assert_span(&page, 0, "\xCC\xE8\xF0 &amp; \xF2\xF0\xF3\xE4");
}

static void nul_bytes_cost_nothing_that_stands_behind_them(void **state)
{
    cut_page page = cut(*state, OCS_STR("<p>one\0two</p>\0<p>three</p>"));
    ocs_str all = texts(*state, &page.blocks);
    assert_true(ocs_str_starts(all, OCS_STR("one")));
    assert_true(ocs_str_ends(all, OCS_STR("three")));
    assert_exact(&page);
}

static void lines_are_counted_from_one(void **state)
{
    cut_page page = cut(*state, OCS_STR("<p>a</p>\n\n<p>b</p>\n"));
    assert_int_equal(page.blocks.n, 2);
    assert_int_equal(page.blocks.at[0].line, 1);
    assert_int_equal(page.blocks.at[1].line, 3);
}

/* ---- what the markup states ---- */

static const ocs_hint *hint(const cut_page *page, ocs_hint_about about)
{
    const ocs_hint *best = NULL;
    for (size_t i = 0; i < page->blocks.n_hints; i++) {
        const ocs_hint *h = &page->blocks.hints[i];
        if (h->about == about && (!best || h->trust > best->trust))
            best = h;
    }
    assert_non_null(best);
    return best;
}

static void assert_hint(ocs_arena *arena, const char *html, ocs_hint_about about, const char *value,
                        const char *raw)
{
    cut_page page = cut(arena, ocs_str_of(html));
    const ocs_hint *h = hint(&page, about);
    assert_str(h->value, value);
    assert_false(h->inexact);
    assert_str(ocs_str_sub(page.raw, h->raw.from, h->raw.to), raw);
}

static void dates_and_titles_of_the_markup_are_found_in_their_place(void **state)
{
    static const char ld[] = "<script type=\"application/ld+json\">{\"datePublished\": "
                             "\"2019-06-20\", \"dateModified\": \"2020-01-01\"}</script><p>x";
    assert_hint(*state, "<meta property=\"article:published_time\" content=\"2017-02-13T10:00\">",
                OCS_HINT_DATE, "2017-02-13T10:00", "2017-02-13T10:00");
    assert_hint(*state, "<p><time datetime='2017-02-13'></time>x", OCS_HINT_DATE, "2017-02-13",
                "2017-02-13");
    assert_hint(*state, "<p><span class=\"date-display-single\"> 13 February\n2017 </span>x",
                OCS_HINT_DATE, "13 February 2017", "13 February\n2017");
    assert_hint(*state, ld, OCS_HINT_DATE, "2019-06-20", "2019-06-20");
    assert_hint(*state, "<title> Law &amp; order\n</title><p>x", OCS_HINT_TITLE, "Law & order",
                "Law &amp; order");
    assert_hint(*state, "<html lang=\"sr\"><p>x", OCS_HINT_LANG, "sr", "sr");
    assert_hint(*state, "<link rel=canonical href=\"https://example.org/a\"><p>x", OCS_HINT_URL,
                "https://example.org/a", "https://example.org/a");
}

/* ---- hostile size ---- */

static ocs_str repeat(ocs_arena *arena, const char *piece, size_t bytes)
{
    size_t n = strlen(piece), times = bytes / n;
    char *all = ocs_arena_alloc(arena, n * times + 1);
    assert_non_null(all);
    for (size_t i = 0; i < times; i++)
        memcpy(all + i * n, piece, n);
    return (ocs_str){all, n * times};
}

static void pages_made_to_be_slow_are_not(void **state)
{
    static const char *const pieces[] = {
        "<div>",
        "<div>x",
        "</div>",
        "<b>",
        "<!--",
        "<script>",
        "<style>x",
        "<svg ",
        "&",
        "&amp",
        "&#",
        "<title>",
        "<",
        "< ",
        "<a href='",
        "<p>x",
        "<br>",
        "x ",
        "<table>",
        "<td>x",
        "<![CDATA[",
        "<span>",
        "</p",
        "&amp;",
        "<time datetime='2",
        "\xC2\xA0",
        "<ul><li>x",
        "<meta name=date content=x>",
        "<h1>x",
        "\0x",
        "<title>&",
        "<p>a&#x110000;",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const char *piece = pieces[i][0] ? pieces[i] : "<>";
        clock_t start = clock();
        ocs_arena *arena = ocs_arena_new((size_t)1 << 30);
        cut(arena, repeat(*state, piece, SLOW));
        ocs_arena_free(arena);
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (took > SLOW_SECONDS)
            fail_msg("\"%s\" again and again took %.1f s", piece, took);
    }
}

static void two_million_bytes_on_one_line_are_exact(void **state)
{
    ocs_str raw = repeat(*state, "<p>Law &amp; <b>or</b>der in the caf&eacute;s.</p>", BIG);
    cut_page page = cut(*state, raw);
    assert_true(page.blocks.n > 40000);
    assert_str(ocs_block_text(&page.blocks, &page.blocks.at[page.blocks.n - 1]),
               "Law & order in the cafés.");
    assert_exact(&page);
}

static void ten_thousand_levels_keep_the_text(void **state)
{
    ocs_str open = repeat(*state, "<div>", sizeof "<div>" * 10000 - 10000);
    char *html = ocs_arena_alloc(*state, open.n + 100);
    assert_non_null(html);
    int tail = snprintf(html + open.n, 100, "deep</div><p>less deep");
    memcpy(html, open.p, open.n);
    cut_page page = cut(*state, (ocs_str){html, open.n + (size_t)tail});
    assert_str(texts(*state, &page.blocks), "deep|less deep");
    assert_exact(&page);
}

static void scripts_are_cut_and_json_ld_is_kept_aside(void **state)
{
    ocs_decoded page, less;
    ocs_spans ld;
    ocs_traits_list traits;
    static const char raw[] = "a<script>x</script>b<!-- y -->c<script type=application/ld+json>{}"
                              "</script>d";
    assert_int_equal(ocs_decode(ocs_str_of(raw), true, *state, &page, NULL), OCS_OK);
    assert_int_equal(ocs_markup_cut(&page, *state, &less, &ld, &traits, NULL), OCS_OK);
    assert_str(less.text, "abcd");
    assert_int_equal(ld.n, 1);
    assert_true(ocs_str_starts(ocs_str_sub(page.text, ld.at[0].from, ld.at[0].to), OCS_STR("{}")));
    ocs_span d = ocs_origin_raw(less.origin, (ocs_span){3, 4}, NULL);
    assert_str(ocs_str_sub(ocs_str_of(raw), d.from, d.to), "d");
}

static void html_is_told_from_text(void **state)
{
    (void)state;
    assert_true(ocs_looks_like_html(OCS_STR("  <!DOCTYPE html>")));
    assert_true(ocs_looks_like_html(OCS_STR("text <BODY>")));
    assert_true(ocs_looks_like_html(OCS_STR("<p>x")));
    assert_false(ocs_looks_like_html(OCS_STR("5 < 6 <b>")));
    assert_false(ocs_looks_like_html(OCS_STR("")));
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(paragraphs_need_no_end_tag),
        TEST(cells_and_items_are_blocks_of_their_own),
        TEST(headings_keep_their_level),
        TEST(one_break_is_a_space_and_two_end_a_block),
        TEST(inline_tags_do_not_cut_words),
        TEST(references_are_decoded),
        TEST(a_reference_stands_where_its_bytes_are),
        TEST(the_place_takes_in_the_tags_within),
        TEST(comments_scripts_and_styles_are_no_text),
        TEST(what_never_ends_does_not_eat_the_page),
        TEST(cdata_does_no_harm),
        TEST(a_page_needs_no_html_and_no_body),
        TEST(text_in_another_encoding_stands_where_its_bytes_are),
        TEST(nul_bytes_cost_nothing_that_stands_behind_them),
        TEST(lines_are_counted_from_one),
        TEST(dates_and_titles_of_the_markup_are_found_in_their_place),
        TEST(pages_made_to_be_slow_are_not),
        TEST(two_million_bytes_on_one_line_are_exact),
        TEST(ten_thousand_levels_keep_the_text),
        TEST(scripts_are_cut_and_json_ld_is_kept_aside),
        TEST(html_is_told_from_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
