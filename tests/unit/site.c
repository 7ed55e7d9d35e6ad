/* What is known of a site: which lines are counted, which pages are not, how much is kept, and that
 * it packs into bytes and back. */
#include "ingest/site.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

enum { PACKED = 4 << 20 };

typedef struct tester {
    ocs_arena *arena;
    ocs_sites *sites;
    ocs_buf buf;
} tester;

static int open_tester(void **state)
{
    tester *t = calloc(1, sizeof *t);
    *state = t;
    if (!t)
        return -1;
    ocs_buf_init(&t->buf, PACKED);
    t->arena = ocs_arena_new((size_t)256 << 20);
    t->sites = ocs_sites_new();
    return t->arena && t->sites ? 0 : -1;
}

static int close_tester(void **state)
{
    tester *t = *state;
    ocs_sites_free(t->sites);
    ocs_arena_free(t->arena);
    ocs_buf_clear(&t->buf);
    free(t);
    return 0;
}

static const ocs_str SITE = OCS_STR_INIT("example.org");

static ocs_blocks *cut(tester *t, const char *text, bool html)
{
    ocs_decoded decoded;
    ocs_blocks *blocks = ocs_arena_alloc(t->arena, sizeof *blocks);
    ocs_error err = {0};
    ocs_status st = ocs_decode(ocs_str_of(text), html, t->arena, &decoded, &err);
    if (st == OCS_OK)
        st = html ? ocs_html_cut(&decoded, t->arena, blocks, &err)
                  : ocs_dump_cut(&decoded, t->arena, blocks, &err);
    if (st != OCS_OK)
        fail_msg("%s", err.text);
    return blocks;
}

static ocs_blocks *take_of(tester *t, uint64_t page, const char *text, bool html)
{
    ocs_error err = {0};
    ocs_blocks *blocks = cut(t, text, html);
    if (ocs_sites_take(t->sites, SITE, page, blocks, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return blocks;
}

static ocs_blocks *take(tester *t, uint64_t page, const char *text)
{
    return take_of(t, page, text, false);
}

static const ocs_site *site(const tester *t)
{
    return ocs_sites_find(t->sites, SITE);
}

static uint32_t seen(const tester *t, const char *line)
{
    return ocs_site_seen(site(t), ocs_str_of(line));
}

static ocs_str packed(tester *t)
{
    ocs_buf_reset(&t->buf);
    ocs_site_pack(site(t), &t->buf);
    assert_int_equal(ocs_buf_status(&t->buf), OCS_OK);
    return ocs_str_copy(t->arena, ocs_buf_str(&t->buf));
}

/* ---- counting ---- */

static void a_line_counts_once_a_page(void **state)
{
    tester *t = *state;
    take(t, 1, "Home\nContact\nFirst story\nHome\n");
    take(t, 2, "Home\nSecond story\n");
    assert_int_equal(ocs_site_pages(site(t)), 2);
    assert_int_equal(seen(t, "Home"), 2);
    assert_int_equal(seen(t, "Contact"), 1);
    assert_int_equal(seen(t, "Third story"), 0);
}

static void case_accents_and_bullets_do_not_count_but_numbers_do(void **state)
{
    tester *t = *state;
    take(t, 1, "- Štab\nPage 1\n");
    take(t, 2, "• STAB\nPage 2\n");
    assert_int_equal(seen(t, "stab"), 2);
    assert_int_equal(seen(t, "Page 2"), 1);
}

static void a_page_is_counted_once(void **state)
{
    tester *t = *state;
    take(t, 7, "Home\nFirst story\n");
    take(t, 7, "Home\nFirst story, changed\n");
    assert_int_equal(ocs_site_pages(site(t)), 1);
    assert_true(ocs_site_counts(site(t), 7));
    assert_false(ocs_site_counts(site(t), 8));
    assert_int_equal(seen(t, "First story, changed"), 0);
}

static void a_page_is_not_evidence_against_itself(void **state)
{
    tester *t = *state;
    ocs_blocks *first = take(t, 1, "Home\nFirst story\n");
    take(t, 2, "Home\nSecond story\n");
    ocs_blocks *other = cut(t, "Home\nFirst story\n", false);
    ocs_site_mark(site(t), 1, first);
    ocs_site_mark(site(t), 3, other);
    assert_ptr_equal(first->site, site(t));
    assert_int_equal(first->site_pages, 1);
    assert_int_equal(first->at[0].seen, 1);
    assert_int_equal(first->at[1].seen, 0);
    assert_int_equal(other->site_pages, 2);
    assert_int_equal(other->at[0].seen, 2);
    assert_int_equal(other->at[1].seen, 1);
}

static void lines_without_words_are_nothing(void **state)
{
    tester *t = *state;
    take(t, 1, "-----\n***\n-\n");
    assert_null(site(t));
    take(t, 2, "-----\nHome\n");
    assert_int_equal(seen(t, "-----"), 0);
    assert_int_equal(seen(t, ""), 0);
}

static void parts_of_the_title_are_counted_apart_from_lines(void **state)
{
    tester *t = *state;
    take_of(t, 1, "<title>First | News - Gazette</title><p>One.</p>", true);
    take_of(t, 2, "<title>Second | News - Gazette</title><p>Two.</p>", true);
    assert_int_equal(ocs_site_seen_in_title(site(t), OCS_STR("gazette")), 2);
    assert_int_equal(ocs_site_seen_in_title(site(t), OCS_STR("News")), 2);
    assert_int_equal(ocs_site_seen_in_title(site(t), OCS_STR("Second")), 1);
    assert_int_equal(seen(t, "Gazette"), 0);
    assert_int_equal(ocs_site_seen_in_title(site(t), OCS_STR("One.")), 0);
}

/* ---- copies ---- */

static const char prose[] =
    "The mission said on Monday that two hundred officers had finished the course on cybercrime.\n"
    "They came from nine towns and were taught by police of three neighbouring states for weeks.\n"
    "A second course, for prosecutors and judges of the region, is to begin in the coming "
    "autumn.\n";
static const char other[] =
    "Nine towns have asked for help with the cleaning of the river that floods their fields "
    "yearly.\n"
    "An expert who walked along its banks in spring counted forty places where waste was dumped.\n"
    "He is to write a report on them for the council, which wants to vote on it before the "
    "winter.\n";

static const char *join(tester *t, const char *a, const char *b)
{
    ocs_buf_reset(&t->buf);
    ocs_buf_puts(&t->buf, a);
    ocs_buf_puts(&t->buf, b);
    return ocs_str_copy(t->arena, ocs_buf_str(&t->buf)).p;
}

static void a_copy_is_not_counted(void **state)
{
    tester *t = *state;
    take(t, 1, join(t, "Home\n", prose));
    take(t, 2, join(t, "Home\nPrint this page\n", prose));
    take(t, 3, join(t, "Home\n", other));
    take(t, 4, join(t, "Home\nRead also: a line of its own on the copy\n", prose));
    assert_int_equal(ocs_site_pages(site(t)), 2);
    assert_int_equal(seen(t, "Home"), 2);
    assert_int_equal(seen(t, "Print this page"), 0);
}

static void a_page_without_long_lines_is_a_copy_when_it_brings_nothing(void **state)
{
    tester *t = *state;
    take(t, 1, "Home\nContact\nFirst\n");
    take(t, 2, "Home\nFirst\n");
    take(t, 3, "Home\nContact\nSecond\n");
    assert_int_equal(ocs_site_pages(site(t)), 2);
}

static const char *const teasers[] = {
    "Read also: the ferry to the northern islands sails twice a day until the end of the summer.\n",
    "Read also: why the clock of the town hall has been five minutes slow since the last war.\n",
    "Read also: an interview with the woman who counts the storks of our province every spring.\n"};
static const char *const stories[] = {
    "Border guards of both states met at the bridge to speak of joint patrols along the river.\n"
    "They agreed to walk it together twice a week, and to share what their cameras record.\n"
    "Fishermen who have crossed it for years by night were not asked, and are of another mind.\n",
    "The school for girls in the old town opened again after two years of repairs to its roof.\n"
    "Its head thanked the parents, who had carried most of the furniture out and in again.\n"
    "Lessons begin on Monday with a walk through all the rooms, old and new, for every class.\n",
    "Farmers of the valley chose a new chair for their union at a meeting in the town hall.\n"
    "She wants lower prices for water, and a market for their fruit closer to the capital.\n"
    "Her rival, who had led the union for twenty years, left the hall before the votes were in.\n"};

/* Most of the words stand on every page, but the longest piece of text does not. */
static void long_frames_make_no_copies(void **state)
{
    static const char head[] = "We use small files on your machine to know you again, and so do "
                               "those who advertise here.\n"
                               "You may forbid it in the settings of your browser, after which "
                               "some pages will not work.\n";
    static const char middle[] =
        "Our paper is read by every second household of the province and by many who have left "
        "it.\n"
        "Write to us about what happens in your street, and we will send someone with a camera.\n";
    static const char foot[] = "All rights to texts and pictures are with the publisher or with "
                               "those who are named there.\n"
                               "Reprints need our leave in writing, which schools and clubs are "
                               "given free of charge now.\n";
    tester *t = *state;
    for (uint64_t i = 0; i < 3; i++)
        take(t, i + 1,
             join(t, join(t, join(t, join(t, head, teasers[i]), middle), stories[i]), foot));
    assert_int_equal(ocs_site_pages(site(t)), 3);
}

/* The same article, caught three times with other teasers beside it. */
static void captures_of_one_page_are_copies(void **state)
{
    tester *t = *state;
    for (uint64_t i = 0; i < 3; i++)
        take(t, i + 1, join(t, teasers[i], stories[0]));
    assert_int_equal(ocs_site_pages(site(t)), 1);
}

/* ---- the cap ---- */

static void take_story(tester *t, unsigned i)
{
    char text[64];
    snprintf(text, sizeof text, "Home\nStory %u\n%s", i, i % 2 ? "Odd\n" : "Even\n");
    take(t, 1000 + i, text);
}

static void counts_are_halved_at_the_cap(void **state)
{
    tester *t = *state;
    for (unsigned i = 0; i < OCS_SITE_PAGES; i++)
        take_story(t, i);
    assert_int_equal(ocs_site_pages(site(t)), OCS_SITE_PAGES / 2);
    assert_int_equal(seen(t, "Home"), OCS_SITE_PAGES / 2);
    assert_int_equal(seen(t, "Odd"), OCS_SITE_PAGES / 4);
    assert_int_equal(seen(t, "Story 3"), 0);
    take(t, 1, "Home\nA new frame\n");
    assert_int_equal(ocs_site_pages(site(t)), OCS_SITE_PAGES / 2 + 1);
    assert_int_equal(seen(t, "A new frame"), 1);
}

static void a_forgotten_page_is_not_counted_off(void **state)
{
    tester *t = *state;
    for (unsigned i = 0; i < OCS_SITE_PAGES; i++)
        take_story(t, i);
    ocs_blocks *blocks = cut(t, "Home\nStory 3\n", false);
    ocs_site_mark(site(t), 1003, blocks);
    assert_int_equal(blocks->site_pages, OCS_SITE_PAGES / 2);
    assert_int_equal(blocks->at[0].seen, OCS_SITE_PAGES / 2);
    assert_int_equal(blocks->at[1].seen, 0);
}

/* ---- packing ---- */

static void what_is_packed_comes_back(void **state)
{
    tester *t = *state;
    for (unsigned i = 0; i < OCS_SITE_PAGES + 5; i++)
        take_story(t, i);
    ocs_str bytes = packed(t);
    ocs_error err = {0};
    assert_int_equal(ocs_sites_unpack(t->sites, OCS_STR("copy"), bytes, &err), OCS_OK);
    const ocs_site *copy = ocs_sites_find(t->sites, OCS_STR("copy"));
    assert_int_equal(ocs_site_pages(copy), ocs_site_pages(site(t)));
    assert_int_equal(ocs_site_seen(copy, OCS_STR("Odd")), seen(t, "Odd"));
    assert_true(ocs_site_counts(copy, 1000 + OCS_SITE_PAGES));
    ocs_buf_reset(&t->buf);
    ocs_site_pack(copy, &t->buf);
    assert_true(ocs_str_eq(ocs_buf_str(&t->buf), bytes));
}

static void the_same_pages_give_the_same_bytes(void **state)
{
    tester *t = *state;
    for (unsigned i = 0; i < 9; i++)
        take_story(t, i);
    ocs_str bytes = packed(t);
    ocs_sites_free(t->sites);
    t->sites = ocs_sites_new();
    for (unsigned i = 0; i < 9; i++)
        take_story(t, i);
    assert_true(ocs_str_eq(packed(t), bytes));
}

static void what_is_unpacked_replaces_what_was_there(void **state)
{
    tester *t = *state;
    ocs_error err = {0};
    take(t, 1, "Home\nFirst story\n");
    ocs_str bytes = packed(t);
    take(t, 2, "Home\nSecond story\n");
    assert_int_equal(ocs_sites_unpack(t->sites, SITE, bytes, &err), OCS_OK);
    assert_int_equal(ocs_site_pages(site(t)), 1);
    assert_int_equal(seen(t, "Second story"), 0);
}

/* ---- a page between two processes ---- */

static ocs_str page_packed(tester *t, uint64_t page, const char *text)
{
    ocs_buf_reset(&t->buf);
    assert_int_equal(ocs_site_page_pack(SITE, page, cut(t, text, false), &t->buf, NULL), OCS_OK);
    return ocs_str_copy(t->arena, ocs_buf_str(&t->buf));
}

static void a_page_counts_the_same_by_way_of_another_process(void **state)
{
    tester *t = *state;
    static const char *const pages[] = {"Home\nContact\nFirst story\nHome\n",
                                        "Home\nContact\nSecond story\n", "Home\nThird story\n"};
    for (unsigned i = 0; i < 3; i++)
        take(t, i, pages[i]);
    ocs_str direct = packed(t);
    ocs_sites_free(t->sites);
    t->sites = ocs_sites_new();
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(ocs_sites_take_packed(t->sites, page_packed(t, i, pages[i]), NULL),
                         OCS_OK);
    ocs_str by_way = packed(t);
    assert_true(ocs_str_eq(direct, by_way));
}

static void a_damaged_page_is_refused_and_changes_nothing(void **state)
{
    tester *t = *state;
    take(t, 1, "Home\nContact\nFirst story\n");
    ocs_str before = packed(t), page = page_packed(t, 2, "Home\nContact\nSecond story\n");
    for (size_t n = 0; n < page.n; n++)
        assert_int_equal(ocs_sites_take_packed(t->sites, ocs_str_sub(page, 0, n), NULL),
                         OCS_CORRUPT);
    ocs_str after = packed(t);
    assert_true(ocs_str_eq(before, after));
}

/* Every cut and every changed byte: refused, or something whose numbers agree with each other. */
static void damaged_bytes_are_refused_or_harmless(void **state)
{
    tester *t = *state;
    for (unsigned i = 0; i < 5; i++)
        take_story(t, i);
    ocs_str bytes = packed(t);
    char *bad = ocs_arena_copy(t->arena, bytes.p, bytes.n);
    for (size_t n = 0; n < bytes.n; n++)
        assert_int_equal(ocs_sites_unpack(t->sites, OCS_STR("bad"), ocs_str_sub(bytes, 0, n), NULL),
                         OCS_CORRUPT);
    for (size_t i = 0; i < bytes.n * 255; i++) {
        bad[i / 255] = (char)(bytes.p[i / 255] + 1 + (char)(i % 255));
        ocs_status st = ocs_sites_unpack(t->sites, OCS_STR("bad"), (ocs_str){bad, bytes.n}, NULL);
        const ocs_site *site = ocs_sites_find(t->sites, OCS_STR("bad"));
        bad[i / 255] = bytes.p[i / 255];
        assert_true(st == OCS_CORRUPT ||
                    (st == OCS_OK && ocs_site_pages(site) < OCS_SITE_PAGES &&
                     ocs_site_seen(site, OCS_STR("Home")) <= ocs_site_pages(site)));
    }
    assert_int_equal(
        ocs_sites_unpack(t->sites, OCS_STR("bad"), OCS_STR("\1\0\0\377\377\377\177"), NULL),
        OCS_CORRUPT);
}

/* ---- names ---- */

static ocs_str name_of(tester *t, const char *path, const char *url, const char *html)
{
    ocs_page page = {.path = ocs_str_of(path), .url = ocs_str_of(url)};
    return ocs_site_name(&page, cut(t, html, true), t->arena);
}

static void a_site_is_named_by_its_host_or_folder(void **state)
{
    tester *t = *state;
    static const char canonical[] =
        "<link rel=canonical href='https://www.Example.org:8080/a/b'><p>Text.</p>";
    assert_str(name_of(t, "/pages/a.html", "http://me:pw@News.example.net/x?y//z", canonical),
               "news.example.net");
    assert_str(name_of(t, "/pages/a.html", "", canonical), "example.org");
    assert_str(name_of(t, "/pages/a.html", "", "<p>Text.</p>"), "/pages/");
    assert_str(name_of(t, "a.html", "", "<p>Text.</p>"), "./");
    assert_str(name_of(t, "/pages/a.html", "", "<link rel=canonical href='/b//c'><p>Text.</p>"),
               "/pages/");
}

static void note_name(void *payload, ocs_str name, const ocs_site *site)
{
    (void)site;
    ocs_buf_put(payload, name);
    ocs_buf_putc(payload, ' ');
}

static void sites_come_by_name(void **state)
{
    tester *t = *state;
    static const char *const names[] = {"b", "a", "c", "", "ab"};
    ocs_blocks *blocks = cut(t, "Home\n", false);
    for (uint64_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(ocs_sites_take(t->sites, ocs_str_of(names[i]), i, blocks, NULL), OCS_OK);
    ocs_buf_reset(&t->buf);
    ocs_sites_each(t->sites, note_name, &t->buf);
    assert_str(ocs_buf_str(&t->buf), " a ab b c ");
    assert_null(ocs_sites_find(t->sites, OCS_STR("d")));
}

#define SITE_TEST(name) cmocka_unit_test_setup_teardown(name, open_tester, close_tester)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE_TEST(a_line_counts_once_a_page),
        SITE_TEST(case_accents_and_bullets_do_not_count_but_numbers_do),
        SITE_TEST(a_page_is_counted_once),
        SITE_TEST(a_page_is_not_evidence_against_itself),
        SITE_TEST(lines_without_words_are_nothing),
        SITE_TEST(parts_of_the_title_are_counted_apart_from_lines),
        SITE_TEST(a_copy_is_not_counted),
        SITE_TEST(a_page_without_long_lines_is_a_copy_when_it_brings_nothing),
        SITE_TEST(long_frames_make_no_copies),
        SITE_TEST(captures_of_one_page_are_copies),
        SITE_TEST(counts_are_halved_at_the_cap),
        SITE_TEST(a_forgotten_page_is_not_counted_off),
        SITE_TEST(what_is_packed_comes_back),
        SITE_TEST(the_same_pages_give_the_same_bytes),
        SITE_TEST(what_is_unpacked_replaces_what_was_there),
        SITE_TEST(damaged_bytes_are_refused_or_harmless),
        SITE_TEST(a_page_counts_the_same_by_way_of_another_process),
        SITE_TEST(a_damaged_page_is_refused_and_changes_nothing),
        SITE_TEST(a_site_is_named_by_its_host_or_folder),
        SITE_TEST(sites_come_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
