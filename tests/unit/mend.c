/* Text encoded twice: it comes back exactly, leads back to its bytes, and genuine text stays. */
#include "ingest/mend.h"
#include "tests/unit/arena_fixture.h"

#include <dirent.h>
#include <iconv.h>
#include <stdlib.h>

/* ---- helpers ---- */

static ocs_decoded mend(ocs_arena *arena, ocs_str raw)
{
    ocs_decoded page;
    ocs_error err = {0};
    if (ocs_decode(raw, false, arena, &page, &err) != OCS_OK ||
        ocs_mend(&page, arena, &err) != OCS_OK)
        fail_msg("%s", err.text);
    assert_int_equal(ocs_utf8_check(page.text), page.text.n);
    return page;
}

/* Each byte of ${text} read by ${code_page} and written as UTF-8; bytes that it does not define are
 * taken for C1 controls, as browsers and databases do. */
static ocs_str twice(ocs_arena *arena, const char *code_page, ocs_str text)
{
    char *out = ocs_arena_alloc(arena, text.n * 3 + 1), *to = out;
    iconv_t cd = iconv_open("UTF-8", code_page);
    assert_non_null(out);
    assert_true(cd != (iconv_t)-1);
    for (size_t i = 0; i < text.n; i++) {
        char byte = text.p[i], *from = &byte;
        size_t in_left = 1, out_left = 4;
        if (iconv(cd, &from, &in_left, &to, &out_left) == (size_t)-1)
            to += ocs_utf8_put(to, (unsigned char)byte);
    }
    iconv_close(cd);
    return (ocs_str){out, (size_t)(to - out)};
}

static void assert_mended(ocs_arena *arena, const char *raw, const char *text, uint32_t repairs)
{
    ocs_decoded page = mend(arena, ocs_str_of(raw));
    assert_str(page.text, text);
    assert_int_equal(page.repairs, repairs);
}

static void assert_untouched(ocs_arena *arena, ocs_str text)
{
    ocs_decoded page = mend(arena, text);
    if (!ocs_str_eq(page.text, text) || page.repairs != 0)
        fail_msg("\"%.*s\" became \"%.*s\"", OCS_ARG(text), OCS_ARG(page.text));
    assert_ptr_equal(page.text.p, text.p); /* nothing was copied either */
}

static const char *const code_pages[] = {"WINDOWS-1252", "ISO-8859-1", "WINDOWS-1250",
                                         "WINDOWS-1251", "WINDOWS-874"};
enum { CODE_PAGES = sizeof code_pages / sizeof *code_pages };

/* Paragraphs of the area, with the quotes and dashes of their languages. */
static const char *const texts[] = {
    "Učesnici su razgovarali o tome kako da se vrati oteta imovina, što je bilo teško. „Još jedan "
    "sastanak“ – kaže Đorđe Žarković – „biće održan u Čačku“.",
    "Ministar je rekao da će se suradnja nastaviti. Šef misije, Željko Čović, pozdravio je odluku.",
    "Встреча полицейских прошла в городе. Участники говорили о том, как вернуть похищенное. "
    "«Ещё одна встреча пройдёт весной», – сказал С. В. Ёлкин, № 5.",
    "Састанак полиције одржан је у граду. Учесници су разговарали о томе; Ђорђе Његош и Љиљана "
    "Џаковић: „Још један састанак биће одржан на пролеће“.",
    "Зустріч відбулася в Києві. Її учасники говорили про європейську безпеку, ґендер і Збройні "
    "сили. «РІК МИРУ» – це не гасло.",
    "La réunion s’est tenue à l’été – déjà – près d’ici, où l’équipe était. « Ça va », dit "
    "François. ÉTAT D’URGENCE À NÎMES, cœur, Œuvre, naïf, août.",
    "Die Übergabe der Prüfberichte fand in Köln statt; „größere Änderungen“ – so Herr Müller – "
    "wären überflüssig. ÜBER DIE STRASSE, Öl, Äpfel, 5 € und 20 °C.",
    "Takimi i policisë u mbajt në qytet. Pjesëmarrësit folën për çështjet e sigurisë. Është "
    "ÇËSHTJE "
    "e rëndësishme për të gjithë.",
    "Toplantı İstanbul’da yapıldı. Görüşmeler sırasında güvenlik, eğitim ve iş birliği ele alındı. "
    "ŞİŞLİ, ÇANKAYA, Iğdır, ğ.",
    "Își dorește să știe unde este țara; ROMÂNIA își întărește frontiera. „Așa este”, spune "
    "Ștefan.",
    "Zażółć gęślą jaźń. ŹRÓDŁO: Łódź, Świnoujście, ŻÓŁTY, Ćma – „cytat”.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. ÚŘAD VLÁDY, Šťastný, Žďár, Říčany.",
    "Az árvíztűrő tükörfúrógép. Őrség, ÜDVÖZLET, Érd – „idézet”.",
    "A reunião não decorreu em São Paulo. NÃO, MANHÃ, AÇÃO, IRMÃ. Três opções.",
    "Հանդիպումը տեղի ունեցավ Երևանում։ Մասնակիցները քննարկեցին անվտանգությունը։",
    "შეხვედრა თბილისში გაიმართა. მონაწილეებმა უსაფრთხოება განიხილეს.",
    "Η συνάντηση πραγματοποιήθηκε στην Αθήνα. Οι συμμετέχοντες συζήτησαν για την ασφάλεια.",
    "Görüş Bakıda keçirildi. İştirakçılar təhlükəsizlik məsələlərini müzakirə etdilər. Əliyev.",
};
enum { TEXTS = sizeof texts / sizeof *texts };

/* ---- what is mended ---- */

static void every_text_comes_back_from_every_code_page(void **state)
{
    for (size_t i = 0; i < TEXTS; i++)
        for (size_t j = 0; j < CODE_PAGES; j++) {
            ocs_str text = ocs_str_of(texts[i]);
            ocs_decoded page = mend(*state, twice(*state, code_pages[j], text));
            if (!ocs_str_eq(page.text, text))
                print_error("%s: \"%.*s\"\n", code_pages[j], OCS_ARG(page.text));
            assert_true(ocs_str_eq(page.text, text));
        }
}

static void one_place_in_a_fine_page_is_mended(void **state)
{
    static const struct {
        const char *raw, *text;
    } rows[] = {
        {"the OSCEâ€™s mission", "the OSCE’s mission"},
        {"a cafÃ© in Vienna", "a café in Vienna"},
        {"Ana BrnabiÄ‡ said", "Ana Brnabić said"},
        {"MiloÅ¡ spoke", "Miloš spoke"},
        {"in Ð¡ Ð¡Ð¡ÐŸ", "in С ССП"},
        {"20Â°C on 5Â\u00A0May", "20°C on 5\u00A0May"},
        {"wordÂ\u00A0 Next", "word\u00A0 Next"},
        {"it isnâ€™t â€œfineâ€\xC2\x9D"
         " â€“ no",
         "it isn’t “fine” – no"},
        {"StraÃŸe, Ãœber, Ã–l", "Straße, Über, Öl"},
        {"fĂĽr MĂĽnchen, GrĂ¶ĂźeN", "für München, GrößeN"},
        {"MiloĹˇ i Ĺľena, ÄŤas", "Miloš i žena, čas"},
        {"itвЂ™s a MГјnchen", "it’s a München"},
        {"Вчера РЎР°СЃС‚Р°РЅР°Рє был", "Вчера Састанак был"},
        {"Miloลก Ninkoviฤ\xC2\x87"
         " itโ€\xC2\x99"
         "s",
         "Miloš Ninković it’s"},
        {"Ã¢â‚¬â„¢ thrice", "’ thrice"},
        {"donÂ’t and don\xC2\x92"
         "t",
         "don’t and don’t"},
        {"5 â‚¬ and â„¢", "5 € and ™"},
        {"ï»¿Start", "\uFEFFStart"},
        {"ðŸ˜€", "😀"},
        {"Â¿Por quÃ©?", "¿Por qué?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ocs_decoded page = mend(*state, ocs_str_of(rows[i].raw));
        assert_str(page.text, rows[i].text);
        assert_true(page.repairs > 0);
    }
}

static void repairs_are_counted_each(void **state)
{
    assert_mended(*state, "cafÃ© â€“ Å¡kola", "café – škola", 3);
    assert_mended(*state, "Ã¢â‚¬â„¢", "’", 4); /* three signs, then the one */
    assert_mended(*state, "cafe", "cafe", 0);
}

static void what_is_mended_leads_back_to_all_its_bytes(void **state)
{
    const char *raw = "a čâ€™s cafÃ©";
    ocs_decoded page = mend(*state, ocs_str_of(raw));
    assert_str(page.text, "a č’s café");
    bool exact;
    ocs_span span = ocs_origin_raw(page.origin, (ocs_span){4, 7}, &exact); /* the apostrophe */
    assert_true(exact);
    assert_int_equal(span.from, 4);
    assert_int_equal(span.to, 4 + strlen("â€™"));
    span = ocs_origin_raw(page.origin, (ocs_span){5, 6}, &exact); /* a part of it */
    assert_false(exact);
    assert_int_equal(span.to - span.from, strlen("â€™"));
    span = ocs_origin_raw(page.origin, (ocs_span){page.text.n - 2, page.text.n}, &exact);
    assert_true(exact);
    assert_int_equal(span.from, strlen(raw) - strlen("Ã©"));
    assert_int_equal(span.to, strlen(raw));
    span = ocs_origin_raw(page.origin, (ocs_span){7, 8}, &exact);
    assert_true(exact);
    assert_int_equal(raw[span.from], 's');
}

/* ---- what is not ---- */

static void genuine_text_stays(void **state)
{
    static const char *const more[] = {
        "SÃO PAULO, NÃO… AMANHÃ” E “IRMÃ” «MANHÃ» IRMÃ\u00A0– ALEMÃ™",
        "LIBERTÉ\u00A0» et « ÉGALITÉ\u00A0: CAFÉ™, ÉTÉ… CAFÉ® OÙ\u00A0?",
        "Îşi aminteşte, ÎŞI, DRĂGĂŞANI, Ăştia, MĂŞTI, ROMÂNEASCĂ”, SĂ…, CASĂ– „CASĂ”",
        "lettre « Â » ou “Â” ou Â\u00A0: fin",
        "der Buchstabe „Ä“ und „Ö“ (Ü…)",
        "Spaß“ und Fuß…",
        "OGÓŁ, SZKÓŁ, NÓŻ, ŻÓŁĆ, KÓŁ",
        "DĹŽKA, VÝŽIVA, ÚŽAS, Úžas, MĚŠŤAN, Íšťan",
        "Рік, Різдво, Рівне, Ві, Гі, РІСІ, ВІСІМ, лінії, мрії, Азії, дії, вії",
        "«СССР», «МИР» и «ТАСС»… В\u00A0ОБСЕ, В\u00A0OSCE, С\u00A0ним, «В»",
        "Рёв, Рјука, Вјеко, Сјај, ЂУРЂЕВ, Ђ",
        "TRÜ’nün, DAĞ” ve KÖŞE, GÜŞ…",
        "GRAĐ” i ĐŠ, ŠĆ",
        "ESPAÑ… CATALUÑ” ¡CAFÉ!",
        "ระกะ กะทันหัน จะกะ ลกลพ ประเทศไทย",
        "naïve façade — Zoë’s",
        "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż ĂÂÎŞŢ ăâîşţ ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž",
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ЂЃЄЅІЇЈЉЊЋЌЎЏҐ абвгдеёжз ђѓєѕіїјљњћќўџґ"};
    for (size_t i = 0; i < TEXTS; i++)
        assert_untouched(*state, ocs_str_of(texts[i]));
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        assert_untouched(*state, ocs_str_of(more[i]));
}

static void doubt_near_genuine_letters_stays_doubt(void **state)
{
    ocs_decoded page = mend(*state, ocs_str_of("ROMÂNIA ÎŞI apără graniţa, cafÃ© aici."));
    assert_str(page.text, "ROMÂNIA ÎŞI apără graniţa, café aici.");
    page = mend(*state, ocs_str_of("«МИР» в городе, а itвЂ™s «МИР» там"));
    assert_str(page.text, "«МИР» в городе, а it’s «МИР» там");
}

static void what_is_not_well_formed_stays(void **state)
{
    assert_untouched(*state, OCS_STR("â€ lost, Ãx, Ð, Å, ÑÑÑ, ââ, Ã"));
}

static void a_line_that_ends_in_nel_keeps_it(void **state)
{
    assert_untouched(*state, OCS_STR("one\xC2\x85"
                                     "\ntwo"));
    assert_mended(*state,
                  "and so on\xC2\x85"
                  " then",
                  "and so on… then", 1);
}

static void a_full_arena_is_a_limit_and_no_crash(void **state)
{
    ocs_buf buf;
    (void)state;
    ocs_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 2000; i++)
        ocs_buf_puts(&buf, "cafÃ© ");
    assert_int_equal(ocs_buf_status(&buf), OCS_OK);
    ocs_arena *small = ocs_arena_new(16 << 10);
    ocs_decoded page;
    assert_int_equal(ocs_decode(ocs_buf_str(&buf), false, small, &page, NULL), OCS_OK);
    assert_int_equal(ocs_mend(&page, small, NULL), OCS_LIMIT);
    ocs_arena_free(small);
    ocs_buf_clear(&buf);
}

/* ---- the samples ---- */

static ocs_str read_all(ocs_arena *arena, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", SAMPLE_DIR, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = ocs_arena_alloc(arena, 1 << 20);
    assert_non_null(bytes);
    size_t n = fread(bytes, 1, 1 << 20, file);
    assert_true(n < 1 << 20);
    fclose(file);
    return (ocs_str){bytes, n};
}

static void samples_stay_and_come_back(void **state)
{
    DIR *folder = opendir(SAMPLE_DIR);
    assert_non_null(folder);
    size_t seen = 0;
    for (struct dirent *e; (e = readdir(folder)) != NULL;) {
        if (!ocs_str_ends(ocs_str_of(e->d_name), OCS_STR(".txt")) &&
            !ocs_str_ends(ocs_str_of(e->d_name), OCS_STR(".html")))
            continue;
        ocs_arena_clear(*state);
        ocs_str text = read_all(*state, e->d_name);
        if (ocs_str_starts(text, OCS_STR("\xEF\xBB\xBF")))
            text = ocs_str_sub(text, 3, text.n); /* decoding takes it off */
        if (ocs_utf8_check(text) != text.n)
            continue; /* a sample in another encoding */
        assert_untouched(*state, text);
        seen++;
        for (size_t i = 0; i < CODE_PAGES; i++) {
            ocs_decoded page = mend(*state, twice(*state, code_pages[i], text));
            if (!ocs_str_eq(page.text, text))
                print_error("%s through %s\n", e->d_name, code_pages[i]);
            assert_true(ocs_str_eq(page.text, text));
        }
    }
    closedir(folder);
    assert_true(seen > 10);
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(every_text_comes_back_from_every_code_page),
        TEST(one_place_in_a_fine_page_is_mended),
        TEST(repairs_are_counted_each),
        TEST(what_is_mended_leads_back_to_all_its_bytes),
        TEST(genuine_text_stays),
        TEST(doubt_near_genuine_letters_stays_doubt),
        TEST(what_is_not_well_formed_stays),
        TEST(a_line_that_ends_in_nel_keeps_it),
        TEST(a_full_arena_is_a_limit_and_no_crash),
        TEST(samples_stay_and_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
