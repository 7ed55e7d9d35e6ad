/* Bytes to text: which encoding is believed, and that every character leads back to its bytes. */
#include "ingest/decode.h"
#include "tests/unit/arena_fixture.h"

#include <iconv.h>
#include <stdlib.h>

/* ---- helpers ---- */

static ocs_str encode(ocs_arena *arena, const char *encoding, const char *text)
{
    size_t in_left = strlen(text), out_left = in_left * 4 + 8, room = out_left;
    char *from = (char *)(uintptr_t)text, *bytes = ocs_arena_alloc(arena, room), *to = bytes;
    assert_non_null(bytes);
    iconv_t cd = iconv_open(encoding, "UTF-8");
    assert_true(cd != (iconv_t)-1);
    assert_true(iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1);
    iconv_close(cd);
    return (ocs_str){bytes, room - out_left};
}

static ocs_str join(ocs_arena *arena, ocs_str a, ocs_str b)
{
    char *bytes = ocs_arena_alloc(arena, a.n + b.n + 1);
    assert_non_null(bytes);
    if (a.n > 0)
        memcpy(bytes, a.p, a.n);
    if (b.n > 0)
        memcpy(bytes + a.n, b.p, b.n);
    return (ocs_str){bytes, a.n + b.n};
}

static ocs_decoded decode(ocs_arena *arena, ocs_str raw, bool html)
{
    ocs_decoded out;
    ocs_error err = {0};
    if (ocs_decode(raw, html, arena, &out, &err) != OCS_OK)
        fail_msg("%s", err.text);
    assert_int_equal(ocs_utf8_check(out.text), out.text.n);
    return out;
}

/* The raw bytes behind each character, read in ${encoding}, are that character. */
static void assert_exact(ocs_arena *arena, const ocs_decoded *page, ocs_str raw,
                         const char *encoding)
{
    uint32_t point;
    for (size_t at = 0, n; at < page->text.n; at += n) {
        bool exact;
        n = ocs_utf8_at(page->text, at, &point);
        ocs_span span = ocs_origin_raw(page->origin, (ocs_span){at, at + n}, &exact);
        assert_true(exact);
        assert_true(span.to <= raw.n);
        char character[5] = {0};
        memcpy(character, page->text.p + at, n);
        if (character[0] == '\0')
            continue; /* iconv is given C strings here */
        ocs_str bytes = encode(arena, encoding, character);
        assert_true(ocs_str_eq(bytes, ocs_str_sub(raw, span.from, span.to)));
    }
}

static void assert_decodes(ocs_arena *arena, ocs_str raw, bool html, const char *text,
                           const char *encoding)
{
    ocs_decoded page = decode(arena, raw, html);
    assert_str(page.text, text);
    assert_str(page.encoding, encoding);
    assert_int_equal(page.repairs, 0);
    assert_exact(arena, &page, raw, encoding);
}

#define RUSSIAN                                                                                                                                                       \
    "Встреча полицейских прошла в городе. Участники говорили о том, как вернуть похищенное. " \
    "Ещё одна встреча пройдёт весной."
#define SERBIAN                                                                               \
    "Sastanak policije održan je u gradu. Učesnici su razgovarali o tome kako da se vrati " \
    "oteta imovina, što je bilo teško. Još jedan sastanak biće održan na proleće."
#define FRENCH "La réunion s’est tenue à l’été – déjà – près d’ici, où l’équipe était."

/* ---- UTF-8 and marks ---- */

static void utf8_is_used_as_it_lies(void **state)
{
    assert_decodes(*state, ocs_str_of(RUSSIAN), false, RUSSIAN, "UTF-8");
    assert_decodes(*state, ocs_str_of("plain"), true, "plain", "UTF-8");
}

static void a_byte_order_mark_of_utf8_is_no_text(void **state)
{
    ocs_str raw = join(*state, OCS_STR("\xEF\xBB\xBF"), ocs_str_of(SERBIAN));
    ocs_decoded page = decode(*state, raw, true);
    assert_str(page.text, SERBIAN);
    assert_int_equal(ocs_origin_raw(page.origin, (ocs_span){0, 1}, NULL).from, 3);
    assert_exact(*state, &page, raw, "UTF-8");
}

static void utf16_is_told_by_its_mark(void **state)
{
    ocs_str little = join(*state, OCS_STR("\xFF\xFE"), encode(*state, "UTF-16LE", RUSSIAN "😀x"));
    ocs_str big = join(*state, OCS_STR("\xFE\xFF"), encode(*state, "UTF-16BE", RUSSIAN "😀x"));
    assert_decodes(*state, little, false, RUSSIAN "😀x", "UTF-16LE");
    assert_decodes(*state, big, true, RUSSIAN "😀x", "UTF-16BE");
}

static void half_a_character_at_the_end_of_utf16_is_mended(void **state)
{
    ocs_decoded page = decode(*state, OCS_STR("\xFF\xFE\x41\x00\x42"), false);
    assert_str(page.text, "A\xEF\xBF\xBD");
    assert_int_equal(page.repairs, 1);
}

/* ---- declarations ---- */

static ocs_str declared(ocs_arena *arena, const char *encoding, const char *text)
{
    char head[120];
    snprintf(head, sizeof head,
             "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">", encoding);
    return join(arena, ocs_str_copy(arena, ocs_str_of(head)), encode(arena, encoding, text));
}

static void a_declared_encoding_is_believed(void **state)
{
    static const struct {
        const char *encoding, *text;
    } rows[] = {{"windows-1250", SERBIAN},
                {"windows-1251", RUSSIAN},
                {"windows-1252", FRENCH},
                {"koi8-r", RUSSIAN},
                {"iso-8859-5", "Встреча полицейских прошла в городе."}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ocs_str raw = declared(*state, rows[i].encoding, rows[i].text);
        ocs_decoded page = decode(*state, raw, true);
        assert_true(ocs_str_ends(page.text, ocs_str_of(rows[i].text)));
        assert_str(page.encoding, rows[i].encoding);
        assert_int_equal(page.repairs, 0);
        assert_exact(*state, &page, raw, rows[i].encoding);
    }
}

static void all_ways_to_declare_are_read(void **state)
{
    static const char *const heads[] = {
        "<META CHARSET=windows-1251>", "<meta charset='Windows-1251' />",
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
        "<meta content=\"text/html; charset = windows-1251\" http-equiv=content-type>"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        ocs_str body = encode(*state, "WINDOWS-1251", "Рим, мир"); /* too short for a guess */
        ocs_decoded page = decode(*state, join(*state, ocs_str_of(heads[i]), body), true);
        assert_true(ocs_str_ends(page.text, ocs_str_of("Рим, мир")));
        assert_str(page.encoding, "windows-1251");
    }
}

static void iso_8859_1_is_read_as_windows_1252(void **state)
{
    ocs_str raw =
        join(*state, OCS_STR("<meta charset=iso-8859-1>"), encode(*state, "WINDOWS-1252", FRENCH));
    ocs_decoded page = decode(*state, raw, true);
    assert_true(ocs_str_ends(page.text, ocs_str_of(FRENCH)));
    assert_exact(*state, &page, raw, "WINDOWS-1252");
    assert_str(page.encoding, "windows-1252");
}

static void a_text_dump_declares_nothing(void **state)
{
    ocs_str raw = declared(*state, "windows-1251", RUSSIAN);
    assert_true(ocs_str_ends(decode(*state, raw, false).text, ocs_str_of(RUSSIAN))); /* guessed */
    ocs_str wrong = join(*state, OCS_STR("<meta charset=windows-1252>"),
                         encode(*state, "WINDOWS-1251", RUSSIAN));
    assert_true(ocs_str_ends(decode(*state, wrong, false).text, ocs_str_of(RUSSIAN)));
}

static void well_formed_utf8_is_utf8_whatever_is_declared(void **state)
{
    ocs_str raw = join(*state, OCS_STR("<meta charset=windows-1251>"), ocs_str_of(RUSSIAN));
    ocs_decoded page = decode(*state, raw, true);
    assert_str(page.encoding, "UTF-8");
    assert_true(ocs_str_ends(page.text, ocs_str_of(RUSSIAN)));
}

static void utf8_declared_over_other_bytes_is_not_believed(void **state)
{
    ocs_str raw =
        join(*state, OCS_STR("<meta charset=utf-8>"), encode(*state, "WINDOWS-1251", RUSSIAN));
    ocs_decoded page = decode(*state, raw, true);
    assert_str(page.encoding, "windows-1251");
    assert_true(ocs_str_ends(page.text, ocs_str_of(RUSSIAN)));
}

static void an_unknown_or_absurd_declaration_is_passed_over(void **state)
{
    static const char *const heads[] = {
        "<meta charset=no-such-thing>",
        "<meta charset=>",
        "<meta charset=\"",
        "<meta charset=UTF-16LE>",
        "<meta charset=UTF-7>",
        "<meta charset=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa>"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        ocs_str raw =
            join(*state, ocs_str_of(heads[i]), encode(*state, "WINDOWS-1251", " " RUSSIAN));
        ocs_decoded page = decode(*state, raw, true);
        assert_true(ocs_str_ends(page.text, ocs_str_of(RUSSIAN)));
    }
}

/* ---- guesses and repairs ---- */

static void undeclared_cyrillic_and_latin_are_guessed(void **state)
{
    assert_decodes(*state, encode(*state, "WINDOWS-1251", RUSSIAN), false, RUSSIAN, "windows-1251");
    ocs_decoded page = decode(*state, encode(*state, "WINDOWS-1250", SERBIAN SERBIAN), false);
    assert_str(page.text, SERBIAN SERBIAN);
    page = decode(*state, encode(*state, "WINDOWS-1252", FRENCH), false);
    assert_str(page.text, FRENCH);
}

static void stray_bytes_in_utf8_are_mended_and_counted(void **state)
{
    ocs_str raw = join(*state, ocs_str_of(RUSSIAN), OCS_STR(" \x93quoted\x94 \x96 end"));
    ocs_decoded page = decode(*state, raw, false);
    assert_str(page.text, RUSSIAN " “quoted” – end");
    assert_str(page.encoding, "UTF-8");
    assert_int_equal(page.repairs, 3);
    bool exact;
    size_t quote = strlen(RUSSIAN) + 1;
    ocs_span span = ocs_origin_raw(page.origin, (ocs_span){quote, quote + 3}, &exact);
    assert_true(exact);
    assert_int_equal(span.from, quote);
    assert_int_equal(span.to, quote + 1);
    span = ocs_origin_raw(page.origin, (ocs_span){page.text.n - 3, page.text.n}, &exact);
    assert_true(exact);
    assert_int_equal(span.to, raw.n);
}

static void a_byte_that_means_nothing_becomes_a_replacement(void **state)
{
    ocs_str raw = join(*state, ocs_str_of(RUSSIAN), OCS_STR(" \x81"));
    ocs_decoded page = decode(*state, raw, false);
    assert_str(page.text, RUSSIAN " \xEF\xBF\xBD");
    assert_int_equal(page.repairs, 1);
}

static void a_cut_character_at_the_end_is_mended(void **state)
{
    ocs_str raw = ocs_str_sub(ocs_str_of(RUSSIAN "ш"), 0, strlen(RUSSIAN) + 1);
    ocs_decoded page = decode(*state, raw, false);
    assert_str(page.encoding, "UTF-8");
    assert_int_equal(page.repairs, 1);
    assert_true(ocs_str_starts(page.text, ocs_str_of(RUSSIAN)));
}

/* ---- the encodings of the area, in each state of declaration ---- */

#define CROATIAN                                                                                    \
    "Veleposlanica je u srijedu posjetila sjedište županije. Razgovarala je s načelnikom o "     \
    "zaštiti svjedoka i o izručenju. Rekla je da će obuka početi u rujnu te da će trajati "    \
    "dvije godine. Sudjelovat će tužitelji, suci i časnici granične policije iz šest zemalja." \
    " Đurđica Žanić iz Šibenika kazala je kako očekuje bržu razmjenu podataka."
#define SERBIAN_CYRILLIC                                                                                                                                               \
    "Шеф Мисије посетио је у среду општину и разговарао са председником суда о заштити "           \
    "сведока. Рекао је да ће обука почети у септембру и да ће трајати две године. Учествоваће " \
    "тужиоци, судије и службеници граничне полиције. Њихова поузданост је важна, додао је."
#define RUSSIAN_LONG                                                                                                                                                 \
    "Глава миссии посетил в среду областной суд и обсудил с его председателем защиту "            \
    "свидетелей. По его словам, обучение начнётся в сентябре и продлится два года. В нём "        \
    "примут участие прокуроры, судьи и сотрудники пограничной службы. Ожидается, что объём " \
    "обмена данными вырастет."
#define UKRAINIAN                                                                                                                                                         \
    "Голова місії відвідав у середу обласний суд та обговорив із його головою захист свідків. " \
    "За його словами, навчання розпочнеться у вересні й триватиме два роки. У ньому візьмуть "    \
    "участь прокурори, судді та працівники прикордонної служби. Її підтримує Київ."
#define GERMAN                                                                                 \
    "Der Leiter der Mission besuchte am Mittwoch das Landgericht und sprach mit der "          \
    "Präsidentin über den Schutz von Zeugen. Die Schulung beginne im Herbst, sagte er, und " \
    "daure zwei Jahre. Staatsanwälte, Richter und Angehörige der Grenzpolizei aus sechs "    \
    "Ländern nähmen teil; größere Änderungen seien nicht geplant."
#define FRENCH_LONG                                                                              \
    "Le chef de la mission a visité mercredi le tribunal régional et s'est entretenu avec la " \
    "présidente de la protection des témoins. La formation, a-t-il précisé, débutera en "   \
    "septembre et durera deux années. Des procureurs, des juges et des policiers y prendront "  \
    "part, grâce à l'aide reçue. Où et quand, cela reste à décider."
#define ALBANIAN                                                                                   \
    "Shefi i misionit vizitoi të mërkurën gjykatën dhe bisedoi me kryetaren për mbrojtjen e " \
    "dëshmitarëve. Ai tha se trajnimi do të fillojë në shtator dhe do të zgjasë dy vjet. "  \
    "Pjesë do të marrin prokurorë, gjyqtarë dhe policë. Çështja është e rëndësishme."
#define TURKISH                                                                                       \
    "Misyon başkanı çarşamba günü bölge mahkemesini ziyaret etti ve tanıkların korunması "  \
    "hakkında görüştü. Eğitimin eylülde başlayacağını ve iki yıl süreceğini söyledi. " \
    "Çalışmaya savcılar, yargıçlar ve sınır polisi katılacak. Şimdilik değişiklik yok."
#define POLISH                                                                                       \
    "Szef misji odwiedził w środę sąd okręgowy i rozmawiał z prezesem o ochronie świadków. " \
    "Powiedział, że szkolenie rozpocznie się we wrześniu i potrwa dwa lata. Wezmą w nim "       \
    "udział prokuratorzy, sędziowie i funkcjonariusze straży granicznej. Źródła są pewne."
#define ENGLISH                                                                                 \
    "The head of the Mission visited the regional court on Wednesday \xE2\x80\x93 the first "   \
    "visit of its kind \xE2\x80\x93 and spoke with the court\xE2\x80\x99s president about the " \
    "protection of witnesses. \xE2\x80\x9CThe training begins in autumn\xE2\x80\x9D, he said."

#define GREEK "Ο επικεφαλής της αποστολής επισκέφθηκε την Τετάρτη το δικαστήριο."
#define HEBREW "ראש המשלחת ביקר ביום רביעי בבית המשפט ושוחח עם הנשיאה על הגנת העדים"
#define ICELANDIC "Formaður sendinefndarinnar heimsótti dómstólinn á miðvikudag og ræddi um vernd."
#define CZECH "Vedoucí mise navštívil ve středu krajský soud a hovořil o ochraně svědků."
#define HUNGARIAN \
    "A misszió vezetője szerdán felkereste a bíróságot, és a tanúk védelméről beszélt."
#define ROMANIAN "Şeful misiunii a vizitat tribunalul şi a discutat cu preşedinta despre protecţie."
#define BULGARIAN "Ръководителят на мисията посети съда и разговаря за защитата на свидетелите."
#define MACEDONIAN "Шефот на мисијата го посети судот; обуката ќе почне во септември и ќе трае."
#define CAPITALS "ВСТРЕЧА МИНИСТРОВ В ВЕНЕ. ЗАЩИТА СВИДЕТЕЛЕЙ"
#define SIGNS "Contact us © 2015 Acme®. All rights reserved » more"
#define MENU "Početna | Vijesti | O nama | Više"

static const struct area_case {
    const char *encoding, *text;
} area[] = {
    {"WINDOWS-1250", SERBIAN},
    {"ISO-8859-2", SERBIAN},
    {"WINDOWS-1250", CROATIAN},
    {"ISO-8859-2", CROATIAN},
    {"WINDOWS-1251", RUSSIAN_LONG},
    {"ISO-8859-5", RUSSIAN_LONG},
    {"KOI8-R", RUSSIAN_LONG},
    {"WINDOWS-1251", SERBIAN_CYRILLIC},
    {"ISO-8859-5", SERBIAN_CYRILLIC},
    {"WINDOWS-1251", UKRAINIAN},
    {"KOI8-U", UKRAINIAN},
    {"WINDOWS-1252", GERMAN},
    {"WINDOWS-1252", FRENCH_LONG},
    {"WINDOWS-1252", ALBANIAN},
    {"WINDOWS-1254", TURKISH},
    {"WINDOWS-1250", POLISH},
    {"ISO-8859-2", POLISH},
    {"WINDOWS-1252", ENGLISH},
    {"WINDOWS-1253", GREEK},
    {"WINDOWS-1255", HEBREW},
    {"WINDOWS-1252", ICELANDIC},
    {"WINDOWS-1250", CZECH},
    {"ISO-8859-2", CZECH},
    {"WINDOWS-1250", HUNGARIAN},
    {"WINDOWS-1250", ROMANIAN},
    {"WINDOWS-1251", BULGARIAN},
    {"WINDOWS-1251", MACEDONIAN},
    {"WINDOWS-1251", CAPITALS},
    {"ISO-8859-5", CAPITALS},
    {"KOI8-R", CAPITALS},
    {"WINDOWS-1252", SIGNS},
    {"WINDOWS-1250", MENU},
    {"ISO-8859-2", MENU},
};
enum { AREA = sizeof area / sizeof *area, SHORT_BYTES = 200, AREA_CASES = AREA * 8 };

/* Is ${row} read right when the page declares ${as}, or nothing?  ${bytes}: how much of it. */
static bool reads(ocs_arena *arena, const struct area_case *row, const char *as, size_t bytes)
{
    ocs_str whole = encode(arena, row->encoding, row->text), body = ocs_str_sub(whole, 0, bytes);
    char head[120] = "<html><title>news</title><p>";
    if (as)
        snprintf(head, sizeof head, "<html><meta charset=\"%s\"><title>news</title><p>", as);
    ocs_decoded page = decode(arena, join(arena, ocs_str_of(head), body), true);
    ocs_str text = ocs_str_sub(page.text, strlen(head), page.text.n);
    bool right = ocs_str_starts(ocs_str_of(row->text), text) && page.repairs == 0 &&
                 (body.n < whole.n || text.n == strlen(row->text));
    if (!right)
        print_message("%s declared %s, %zu bytes, read as %.*s: %.*s\n", row->encoding,
                      as ? as : "nothing", body.n, OCS_ARG(page.encoding),
                      OCS_ARG(ocs_str_sub(text, 0, 90)));
    return right;
}

static void the_area_is_read_right_whatever_is_declared(void **state)
{
    size_t right = 0;
    for (size_t i = 0; i < AREA; i++) {
        const char *const declarations[] = {NULL, "utf-8", "iso-8859-1", area[i].encoding};
        for (size_t j = 0; j < 4; j++) {
            right += reads(*state, &area[i], declarations[j], SIZE_MAX);
            right += reads(*state, &area[i], declarations[j], SHORT_BYTES);
        }
    }
    print_message("%zu of %d cases are read right\n", right, AREA_CASES);
    assert_int_equal(right, AREA_CASES);
}

/* ---- edges ---- */

static void nul_bytes_are_text_like_any_other(void **state)
{
    ocs_decoded page = decode(*state, OCS_STR("a\0b\0"), true);
    assert_int_equal(page.text.n, 4);
    assert_memory_equal(page.text.p, "a\0b\0", 4);
    ocs_str raw = join(*state, encode(*state, "WINDOWS-1251", RUSSIAN), OCS_STR("\0x"));
    page = decode(*state, raw, false);
    assert_int_equal(page.text.p[page.text.n - 2], '\0');
    assert_int_equal(page.text.p[page.text.n - 1], 'x');
}

static void an_empty_page_is_empty_text(void **state)
{
    ocs_decoded page = decode(*state, (ocs_str){NULL, 0}, true);
    assert_int_equal(page.text.n, 0);
    assert_str(page.encoding, "UTF-8");
    assert_int_equal(decode(*state, OCS_STR("\xEF\xBB\xBF"), false).text.n, 0);
    assert_int_equal(decode(*state, OCS_STR("\xFF\xFE"), false).text.n, 0);
}

static void a_page_beyond_all_measure_is_refused(void **state)
{
    ocs_decoded out;
    ocs_error err = {0};
    ocs_str huge = {"x", (size_t)UINT32_MAX}; /* never read */
    assert_int_equal(ocs_decode(huge, false, *state, &out, &err), OCS_LIMIT);
    assert_non_null(strstr(err.text, "too large"));
}

static void a_full_arena_is_a_limit_and_no_crash(void **state)
{
    ocs_arena *small = ocs_arena_new(16 << 10);
    ocs_decoded out;
    ocs_str raw = join(*state, encode(*state, "WINDOWS-1251", RUSSIAN RUSSIAN RUSSIAN),
                       encode(*state, "WINDOWS-1251", RUSSIAN RUSSIAN RUSSIAN));
    for (int doubled = 0; doubled < 8; doubled++)
        raw = join(*state, raw, raw);
    assert_int_equal(ocs_decode(raw, false, small, &out, NULL), OCS_LIMIT);
    ocs_arena_free(small);
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(utf8_is_used_as_it_lies),
        TEST(a_byte_order_mark_of_utf8_is_no_text),
        TEST(utf16_is_told_by_its_mark),
        TEST(half_a_character_at_the_end_of_utf16_is_mended),
        TEST(a_declared_encoding_is_believed),
        TEST(all_ways_to_declare_are_read),
        TEST(iso_8859_1_is_read_as_windows_1252),
        TEST(a_text_dump_declares_nothing),
        TEST(well_formed_utf8_is_utf8_whatever_is_declared),
        TEST(utf8_declared_over_other_bytes_is_not_believed),
        TEST(an_unknown_or_absurd_declaration_is_passed_over),
        TEST(undeclared_cyrillic_and_latin_are_guessed),
        TEST(stray_bytes_in_utf8_are_mended_and_counted),
        TEST(a_byte_that_means_nothing_becomes_a_replacement),
        TEST(a_cut_character_at_the_end_is_mended),
        TEST(the_area_is_read_right_whatever_is_declared),
        TEST(nul_bytes_are_text_like_any_other),
        TEST(an_empty_page_is_empty_text),
        TEST(a_page_beyond_all_measure_is_refused),
        TEST(a_full_arena_is_a_limit_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
