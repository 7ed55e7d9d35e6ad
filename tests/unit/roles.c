/* Which blocks of a page are kept, by whole small pages: a dump is written here line by line, and
 * what is kept of it is compared; facts come with it where labels are tested. */
#include "ingest/block.h"
#include "tests/unit/page_fixture.h"

#include <time.h>

enum { SLOW_SECONDS = 5 };

static void dump(void **state, const char *text)
{
    take(*state, ocs_str_of(text), "page.txt");
}

static bool keeps(const tester *t, const char *what)
{
    return ocs_str_find(t->doc.text, ocs_str_of(what), 0) < t->doc.text.n;
}

static ocs_block_role role_of(const tester *t, const char *text)
{
    for (size_t i = 0; i < t->blocks->n; i++)
        if (ocs_str_eq(ocs_block_words(t->blocks, &t->blocks->at[i]), ocs_str_of(text)))
            return t->blocks->at[i].role;
    fail_msg("no block \"%s\"", text);
    return OCS_ROLE_UNDECIDED;
}

/* ---- pieces of pages ---- */

#define MENU_START                                                                        \
    "-\nOur work\n-\nFields of work\n- Arms control\n- Border management\n- Countering "  \
    "terrorism\n- Cyber/ICT Security\n- Elections\n- Human rights\n- Policing\n- Youth\n" \
    "-\nMeetings and conferences\n- Summits\n"
#define MENU_COUNTRIES                                                                   \
    "-\nCountries\n-\nParticipating States\n- Albania\n- Armenia\n- Austria\n- Serbia\n" \
    "-\nStructures and institutions\n- Permanent Council\n- Forum for Security Co-operation\n"
#define MENU_FIELD "-\nField operations\n- OSCE Mission to Serbia\n- OSCE Mission to Skopje\n"
#define PROSE                                                                              \
    "Police officers from nine towns ended a course on the return of stolen goods, which " \
    "trainers from the region had prepared over the winter with the help of prosecutors.\n"
#define MORE                                                                                  \
    "The trainers said that the next course will be held in the spring, when two more towns " \
    "are expected to send officers who work on such cases every day.\n"
#define LABELS                                                                              \
    "- Date:\n- Place:\n- SKOPJE\n- Source:\n- OSCE Mission to Skopje\n- Fields of work:\n" \
    "- Policing, Youth\n"

static void assert_article(void **state, const char *text)
{
    const tester *t = *state;
    dump(state, text);
    assert_false(t->doc.empty);
    assert_str(t->doc.title.value, "Course for police ends");
    assert_str(t->doc.kind.value, "Press release");
    assert_str(t->doc.text, "Course for police ends\n" PROSE "The trainers said that the next "
                            "course will be held in the spring, when two more towns are expected "
                            "to send officers who work on such cases every day.");
    assert_int_equal(t->doc.topics.n, 2);
    assert_int_equal(t->doc.sources.n, 1);
    assert_str(t->doc.sources.at[0].value, "OSCE Mission to Skopje");
    assert_int_equal(t->doc.places.n, 1);
    assert_str(t->doc.places.at[0].value, "Skopje");
}

/* ---- navigation ---- */

#define ARTICLE "Press release\nCourse for police ends\n" LABELS PROSE MORE

static void every_variant_of_the_navigation_goes(void **state)
{
    assert_article(state, MENU_START "- Gender equality conferences\n" MENU_COUNTRIES
                                     "- Czechia\n- Finland – OSCE Chairpersonship 2025\n" MENU_FIELD
                                     "- About us\n" ARTICLE);
    assert_article(state,
                   MENU_START "- Gender Equality Review Conferences\n" MENU_COUNTRIES
                              "- Czech Republic\n- Office of the Secretary General\n" MENU_FIELD
                              "- About us\n" ARTICLE);
    assert_article(state, MENU_START MENU_COUNTRIES "- Switzerland – OSCE Chairpersonship 2026\n"
                                                    "- Finland\n" MENU_FIELD
                                                    "- Networks and research\n" ARTICLE);
    assert_article(state, "-\nOur work\n- Fields of work\n- Meetings and conferences\n- "
                          "Countries\n- Structures and institutions\n- Secretariat\n- Field "
                          "operations\n- About us\n" ARTICLE);
}

static void names_in_an_unfolded_menu_go_with_it(void **state)
{
    assert_article(state, MENU_START MENU_COUNTRIES MENU_FIELD
                   "-\nAbout us\n- What is the OSCE?\n- Who we are\n-\nLeadership\n- "
                   "Chairperson-in-Office\n- Secretary General\n- Head of the OSCE Mission to "
                   "Skopje\n- Head of the OSCE Mission to Serbia\n- Networks and "
                   "research\n" ARTICLE);
}

static void a_page_of_navigation_only_is_empty(void **state)
{
    const tester *t = *state;
    dump(state, MENU_START MENU_COUNTRIES MENU_FIELD "- About us");
    assert_true(t->doc.empty);
    assert_int_equal(t->doc.text.n, 0);
    assert_int_equal(t->doc.sources.n + t->doc.places.n + t->doc.topics.n, 0);
    dump(state, "");
    assert_true(t->doc.empty);
    dump(state, "\n\n  \n\xC2\xA0\n-----\n");
    assert_true(t->doc.empty);
}

static void bullets_of_a_report_stay(void **state)
{
    const tester *t = *state;
    dump(state, "Daily Report 247/2019 issued on 18 October 2019\nSummary\n"
                "- The team saw fewer explosions in the region than before.\n"
                "- It heard shots near a school.\n- In Stepove\n- In Shyroke\n- In Zolote\n"
                "- In Petrivske\n- In Raihorodka\n- In Bohdanivka\n" PROSE);
    assert_true(keeps(t, "It heard shots near a school."));
    assert_true(keeps(t, "In Stepove"));
    assert_true(keeps(t, "In Bohdanivka"));
}

static void a_list_of_prosecutors_is_whole(void **state)
{
    const tester *t = *state;
    dump(state,
         "Home >>> Contact points\n\xC2\xA0\n----------------------------------------------\n"
         "-Head of Secretariat: Mr.Jovan Markovski\n\xC2\xA0\n- Ms. Ana Petrova, prosecutor\n"
         "-Mr.Ivan Horvat, deputy prosecutor\n- Mr. Besnik Hoxha\n- Ms. Mira Kos\n"
         "-Mr.Petar Ilić\n- Mr. Luka Babić\n" PROSE);
    assert_str(t->doc.title.value, "Contact points");
    assert_true(keeps(t, "-Head of Secretariat: Mr.Jovan Markovski"));
    assert_true(keeps(t, "Ms. Mira Kos"));
    assert_true(keeps(t, "-Mr.Petar Ilić"));
    assert_false(keeps(t, "----"));
}

/* ---- labels ---- */

static void a_missing_value_shifts_nothing(void **state)
{
    const tester *t = *state;
    dump(state, "Press release\nCourse for police ends\n- Date:\n- Place:\n- Source:\n"
                "- OSCE Mission to Skopje\n- Fields of work:\n" PROSE);
    assert_int_equal(t->doc.published.from.year, 0);
    assert_int_equal(t->doc.places.n, 0);
    assert_int_equal(t->doc.topics.n, 0);
    assert_int_equal(t->doc.sources.n, 1);
    assert_str(t->doc.sources.at[0].value, "OSCE Mission to Skopje");
    assert_true(keeps(t, "Police officers from nine towns"));
}

static void a_value_that_is_a_label_is_no_value(void **state)
{
    const tester *t = *state;
    dump(state, "Press release\nCourse for police ends\n- Source:\n- Fields of work:\n- Date:\n"
                "- 13 February 2017\n" PROSE);
    assert_int_equal(t->doc.sources.n, 0);
    assert_int_equal(t->doc.topics.n, 0);
    assert_int_equal(t->doc.published.from.year, 2017);
    assert_int_equal(t->doc.published_from, OCS_FROM_LABEL);
}

static void labels_without_dashes_and_in_other_languages_are_read(void **state)
{
    const tester *t = *state;
    dump(state, "Skip Links\n\nPress release\n\nCourse for police ends\n\nДата:\n\n13 February "
                "2017\n\nPlace:\n\nPARIS\n\nИсточник:\n\nOSCE Secretariat\n\n" PROSE "\n" MORE);
    assert_str(t->doc.title.value, "Course for police ends");
    assert_int_equal(t->doc.published.from.day, 13);
    assert_int_equal(t->doc.places.n, 1);
    assert_str(t->doc.places.at[0].value, "Paris");
    assert_int_equal(t->doc.sources.n, 1);
    assert_false(keeps(t, "PARIS"));
}

static void state_notes_and_odd_commas_are_no_part_of_a_name(void **state)
{
    const tester *t = *state;
    dump(state, "News Item\nCourse for police ends\n- Issued by:\n- OSCE Secretariat , OSCE Office "
                "in Minsk (closed)\n- Fields of work:\n- Policing , Youth\n" PROSE);
    assert_int_equal(t->doc.sources.n, 2);
    assert_str(t->doc.sources.at[0].value, "OSCE Secretariat");
    assert_str(t->doc.sources.at[1].value, "OSCE Office in Minsk");
    assert_int_equal(t->doc.topics.n, 2);
    assert_str(t->doc.topics.at[1].value, "Youth");
}

/* ---- the same again ---- */

#define LEAD "Police officers from nine towns ended a course on the return of stolen goods"

static void a_lead_is_kept_once(void **state)
{
    static const char *const ends[] = {"...", "..", "", "…", " ..."};
    const tester *t = *state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char page[2000];
        snprintf(page, sizeof page,
                 "News Item\nCourse for police ends\n" LEAD "%s\n- Issued on:\n"
                 "- Issued by:\n- OSCE Secretariat\n" PROSE MORE,
                 ends[i]);
        dump(state, page);
        size_t first = ocs_str_find(t->doc.text, OCS_STR(LEAD), 0);
        assert_true(first < t->doc.text.n);
        assert_int_equal(ocs_str_find(t->doc.text, OCS_STR(LEAD), first + 1), t->doc.text.n);
        assert_true(keeps(t, "with the help of prosecutors."));
    }
}

static void a_whole_lead_and_repeated_paragraphs_are_kept_once(void **state)
{
    const tester *t = *state;
    dump(state, "News Item\nCourse for police ends\n" PROSE
                "- Issued by:\n- OSCE Secretariat\n" PROSE MORE "Course for police ends\n" MORE);
    size_t first = ocs_str_find(t->doc.text, OCS_STR(LEAD), 0);
    assert_int_equal(ocs_str_find(t->doc.text, OCS_STR(LEAD), first + 1), t->doc.text.n);
    first = ocs_str_find(t->doc.text, OCS_STR("The trainers said"), 0);
    assert_true(first < t->doc.text.n);
    assert_int_equal(ocs_str_find(t->doc.text, OCS_STR("The trainers said"), first + 1),
                     t->doc.text.n);
}

static void short_lines_may_stand_twice(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\n" PROSE "In Zolote\n" MORE "In Zolote\n" PROSE);
    size_t first = ocs_str_find(t->doc.text, OCS_STR("In Zolote"), 0);
    assert_true(ocs_str_find(t->doc.text, OCS_STR("In Zolote"), first + 1) < t->doc.text.n);
}

/* ---- contacts and lists ---- */

static void contacts_go_with_all_that_is_under_them(void **state)
{
    const tester *t = *state;
    dump(state, "Press release\n\nCourse for police ends\n\n" PROSE "\n" MORE
                "\nContacts\n\nMira Kos\n\nMira Kos\n\nWallnerstrasse 6\n\n1010 Vienna\n\n"
                "Austria\n\n[email protected]\n");
    assert_true(keeps(t, "The trainers said"));
    assert_false(keeps(t, "Kos"));
    assert_false(keeps(t, "Vienna"));
    assert_false(keeps(t, "Austria"));
    assert_int_equal(role_of(t, "1010 Vienna"), OCS_ROLE_CONTACT);
}

static void press_contacts_and_credits_go(void **state)
{
    const tester *t = *state;
    dump(state, "Newsroom\nCourse for police ends\n(OSCE/Mira Kos)\n" PROSE
                "For more information or press queries, please contact:\nMira Kos, "
                "Tel: +389 2 3234 0000, [email protected]\n" MORE);
    assert_false(keeps(t, "Kos"));
    assert_false(keeps(t, "3234"));
    assert_true(keeps(t, "The trainers said"));
}

static void a_list_page_has_its_entries(void **state)
{
    const tester *t = *state;
    dump(state, "News and press releases\nAll that is new.\n"
                "Course for police ends\nPublishing date: 30 May 2008\nContent type: Press "
                "release\nWhere we are: OSCE Mission to Skopje\nPolice officers from nine towns "
                "ended a course on the...\n"
                "Second course begins\nPublishing date: 1 June 2008\nTrainers from the region "
                "started a second course this week:\n"
                "Third course planned\nPublishing date: 2 June 2008\n« first\nnext ›\n");
    assert_true(t->doc.list);
    assert_str(t->doc.title.value, "News and press releases");
    assert_int_equal(t->doc.n_items, 3);
    assert_str(t->doc.items[0].title, "Course for police ends");
    assert_str(t->doc.items[0].kind, "Press release");
    assert_int_equal(t->doc.items[0].when.from.day, 30);
    assert_true(ocs_str_starts(t->doc.items[0].snippet, OCS_STR("Police officers")));
    assert_str(t->doc.items[1].title, "Second course begins");
    assert_str(t->doc.items[2].title, "Third course planned");
    assert_int_equal(t->doc.items[2].when.from.month, 6);
    assert_int_equal(t->doc.published.from.year, 0);
}

/* ---- HTML ---- */

static void names_of_elements_that_lie_do_not_cost_the_page(void **state)
{
    const tester *t = *state;
    take(*state,
         OCS_STR("<body><div class=\"sidebar\"><h1>Course for police ends</h1><p>" PROSE
                 "</p><p>" MORE
                 "</p></div><div id=footer><p>Wallnerstrasse 6, 1010 Vienna</div></body>"),
         "page.html");
    assert_true(keeps(t, LEAD));
    assert_true(keeps(t, "The trainers said"));
    assert_false(keeps(t, "Wallnerstrasse"));
    assert_str(t->doc.title.value, "Course for police ends");
}

static void the_frame_of_an_html_page_goes(void **state)
{
    const tester *t = *state;
    take(*state,
         OCS_STR("<body><nav><ul><li><a href=a>Albania</a><li><a href=b>Serbia</a></ul></nav><main>"
                 "<h1>Course for police ends</h1><p>" PROSE "<p>" MORE "</main><div "
                 "class=\"related-items\"><h2>Related</h2><a href=c>Another course in "
                 "Montenegro</a></div><footer>Vienna, Austria</footer><div hidden>Hidden "
                 "words</div></body>"),
         "page.html");
    static const char *const gone[] = {"Albania", "Serbia", "Montenegro", "Vienna", "Hidden"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_false(keeps(t, gone[i]));
    assert_true(keeps(t, "The trainers said"));
}

/* ---- hostile size ---- */

static void pages_made_to_be_slow_are_not(void **state)
{
    tester *t = *state;
    static const char *const lines[] = {/* each is followed by a running number */
                                        "- a line of thirty bytes or more ",
                                        "- Albania ",
                                        "Date: ",
                                        "- ",
                                        "x",
                                        "Contacts\n",
                                        "Publishing date: 30 May 2008\n",
                                        "-\n",
                                        "10/09/2018 and ",
                                        "["};
    enum { SIZE = 512 << 10 };
    char *page = malloc(SIZE + 100);
    assert_non_null(page);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t n = 0;
        for (size_t k = 0; n < SIZE; k++)
            n += (size_t)snprintf(page + n, 100, "%s%06zu\n", lines[i], k);
        clock_t start = clock();
        take(t, (ocs_str){page, n}, "page.txt");
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (took > SLOW_SECONDS)
            fail_msg("\"%s\" again and again took %.1f s", lines[i], took);
    }
    free(page);
}

/* ---- forms of other sites ---- */

static void lists_behind_the_text_are_content(void **state)
{
    const tester *t = *state;
    dump(state, "Conference on the return of stolen goods\n" PROSE MORE
                "Programme\n- Registration\n- Opening\n- First panel\n- Lunch\n- Second panel\n"
                "- Closing\n- Dinner\nCountries that take part\n- Albania\n- Austria\n- Bulgaria\n"
                "- Croatia\n- Greece\n- Hungary\n- Italy\n- Romania\n");
    assert_true(keeps(t, "- Second panel"));
    assert_true(keeps(t, "- Dinner"));
    assert_true(keeps(t, "- Albania"));
    assert_true(keeps(t, "- Romania"));
}

static void sections_of_a_site_are_no_title(void **state)
{
    const tester *t = *state;
    dump(state, "Politika\nHronika\nRTD 25.05.2023 | Vestnik\n"
                "Officers learn to return what was stolen\n" PROSE MORE);
    assert_str(t->doc.title.value, "Officers learn to return what was stolen");
    assert_false(keeps(t, "Hronika"));
    assert_false(keeps(t, "Vestnik"));
    dump(state, "Our history\n" PROSE MORE);
    assert_str(t->doc.title.value, "Our history");
}

static void numbers_of_a_pager_go_and_others_stay(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\n" PROSE MORE "1\n2\n3\nnext ›\nlast »\n");
    assert_false(keeps(t, "\n2\n"));
    dump(state, "Course for police ends\n" PROSE "12\n" MORE);
    assert_true(keeps(t, "\n12\n"));
}

static void a_caption_goes_with_its_picture(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\n![](https://example.org/a.jpg)\n"
                "Officers at the harbour.\n(OSCE/Vera Lind)\n" PROSE MORE);
    assert_false(keeps(t, "Officers at the harbour."));
    dump(state, "Course for police ends\nOfficers at the harbour. (OSCE/Vera Lind)\n" PROSE MORE);
    assert_false(keeps(t, "Officers at the harbour."));
    assert_true(keeps(t, "Police officers from nine towns"));
}

static void a_caption_glued_to_the_dateline_is_cut_off(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\n"
                "Officers in Vienna, 10 May 2021VIENNA, 10 May 2021 – " PROSE MORE);
    assert_true(keeps(t, "\nVIENNA, 10 May 2021 – Police officers"));
    assert_false(keeps(t, "Officers in Vienna"));
    assert_str(t->doc.places.at[0].value, "Vienna");
    dump(state, "Course for police ends\nThe ship MV2021ALMA, which sank, was found. " PROSE MORE);
    assert_true(keeps(t, "The ship MV2021ALMA"));
}

static void a_reprint_is_not_its_issuers_line(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\nfrom OSCE Mission to Serbia\nReport\n"
                "Published on 19 Dec 2019 — View Original\n" PROSE MORE);
    assert_str(t->doc.title.value, "Course for police ends");
    assert_false(keeps(t, "from OSCE Mission"));
    assert_false(keeps(t, "View Original"));
}

static void who_answers_the_telephone_goes_with_it(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\n" PROSE MORE "Press Office\nTel. +45 33 37 80 40\n");
    assert_false(keeps(t, "Press Office"));
    assert_true(keeps(t, "The trainers said"));
}

static void press_contacts_in_russian_go(void **state)
{
    const tester *t = *state;
    dump(state, "Course for police ends\n" PROSE MORE
                "Для получения дополнительной информации просьба обращаться:\nЛейла Аннаева\n"
                "Центр ОБСЕ в Ашхабаде\n");
    assert_false(keeps(t, "Аннаева"));
    assert_false(keeps(t, "Центр"));
}

#define FOREIGN_MENU                                                                  \
    "- Home\n- Sport\n- Culture\n- Travel\n- Weather\n- Opinion\n- Puzzles\n- Shop\n" \
    "- Jobs\n- Sign in\n- Subscribe\n- Cars\n- Garden\n- Health\n- Money\n"

static void the_model_is_asked_about_a_page_of_unknown_make(void **state)
{
    const tester *t = *state;
    dump(state, FOREIGN_MENU "Course for police ends\n" PROSE MORE PROSE);
    assert_true(t->blocks->judged);
    assert_true(keeps(t, "Police officers from nine towns"));
    assert_false(keeps(t, "Puzzles"));
    assert_false(keeps(t, "Garden"));
}

static void the_model_is_not_asked_about_the_sites_own_pages(void **state)
{
    const tester *t = *state;
    dump(state, MENU_START MENU_COUNTRIES MENU_FIELD "- About us\n" ARTICLE);
    assert_false(t->blocks->judged);
}

static void the_model_is_not_asked_about_a_report_of_short_lines(void **state)
{
    const tester *t = *state;
    dump(state, "Daily Report\nReport on the towns that were visited between the first of May and "
                "the last, and on what was seen there\n" PROSE "Places visited\n- Alt\n- Birk\n"
                "- Cest\n- Dorn\n- Eib\n- Farn\n- Gras\n- Halm\n- Iris\n- Kamm\n- Laub\n- Moos\n"
                "- Nest\n- Ohm\n- Pilz\n- Quell\n" MORE);
    assert_false(t->blocks->judged);
    assert_true(keeps(t, "- Alt"));
    assert_true(keeps(t, "- Quell"));
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, open_tester, close_tester)
    const struct CMUnitTest tests[] = {
        TEST(every_variant_of_the_navigation_goes),
        TEST(names_in_an_unfolded_menu_go_with_it),
        TEST(a_page_of_navigation_only_is_empty),
        TEST(bullets_of_a_report_stay),
        TEST(a_list_of_prosecutors_is_whole),
        TEST(a_missing_value_shifts_nothing),
        TEST(a_value_that_is_a_label_is_no_value),
        TEST(labels_without_dashes_and_in_other_languages_are_read),
        TEST(state_notes_and_odd_commas_are_no_part_of_a_name),
        TEST(a_lead_is_kept_once),
        TEST(a_whole_lead_and_repeated_paragraphs_are_kept_once),
        TEST(short_lines_may_stand_twice),
        TEST(contacts_go_with_all_that_is_under_them),
        TEST(press_contacts_and_credits_go),
        TEST(a_list_page_has_its_entries),
        TEST(names_of_elements_that_lie_do_not_cost_the_page),
        TEST(the_frame_of_an_html_page_goes),
        TEST(lists_behind_the_text_are_content),
        TEST(sections_of_a_site_are_no_title),
        TEST(numbers_of_a_pager_go_and_others_stay),
        TEST(a_caption_goes_with_its_picture),
        TEST(a_caption_glued_to_the_dateline_is_cut_off),
        TEST(a_reprint_is_not_its_issuers_line),
        TEST(who_answers_the_telephone_goes_with_it),
        TEST(press_contacts_in_russian_go),
        TEST(the_model_is_asked_about_a_page_of_unknown_make),
        TEST(the_model_is_not_asked_about_the_sites_own_pages),
        TEST(the_model_is_not_asked_about_a_report_of_short_lines),
        TEST(pages_made_to_be_slow_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
