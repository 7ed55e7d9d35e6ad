/* Where sentences end: a table of lines as pages have them, each written as its sentences with a bar
 * between. */
#include "tests/unit/unit.h"

#include "corpus/corpus.h"

static const char *const lines[] = {
    "One sentence.|And another.",
    "Is it?|It is!|Well\xE2\x80\xA6|Yes.",
    "No mark at the end",
    "Mr. Kurz met Dr. Smith and Prof. Jones.|They talked.",
    "St. Petersburg hosted Gen. Petrov, Lt. Col. Brown and Amb. Lee.",
    "The U.S. Embassy closed.|The E.U. Mission stayed.",
    "He lives in the U.S.|He likes it.",
    "J. Smith and A. B. Jones spoke.|J. K. Rowling did not",
    "See No. 5 and Art. 7, p. 12, Vol. 3.|The rest is clear.",
    "They said no.|Five left.",
    "It cost 3.5 million, i.e. 2.1 per cent, e.g. In Serbia.",
    "It grew by 3.5.|Prices fell.",
    "Police, courts, etc. were reformed.|Guns, drugs, etc.|All seized.",
    "At 10 a.m. the talks began, at 5 p.m.|They ended.",
    "Acme Inc. said so.|It was Acme Inc.|Nobody else came.",
    "\xE2\x80\x9CStop!\xE2\x80\x9D he said.|\xE2\x80\x9CWhy?\xE2\x80\x9D|Nobody knew.",
    "He said: \"We agree.\"|Then he left.",
    "(This is one.)|This is two.",
    "It was cut [...] Later it grew (\xE2\x80\xA6) Then it stopped.",
    "He paused...|Then he went on... and on.",
    "A claim.[1]|Another claim.[12]|The end.",
    "1. Introduction and scope.|The text.",
    "IV. Background of the case",
    "A. The mandate",
    "The project.|The space was lost",
    "Visit www.osce.org or Node.js today.",
    "In 2018.|Thirty people came.",
    "The report is from 13. 10. 2018 and 13.10.2018.",
    "Am 3. Oktober feierte man.|Der 2. Weltkrieg endete am 8. Mai 1945.",
    "Die 20. Sitzung fand z. B. in Wien statt.|Dr. M\xC3\xBCller kam.",
    "Das gilt bzw. Wien, d.h. \xC3\x96sterreich, ca. 5 usw.|Mehr nicht.",
    "Sastanak je odr\xC5\xBE"
    "an 13. oktobar 2018. godine u Beogradu.|G\xC4\x91"
    "a Petrovi\xC4\x87 je do\xC5\xA1la.",
    "Po \xC4\x8Dl. 5 st. 2 zakona, npr. Beograd, itd.|Kraj.",
    "\xD0\xA1\xD0\xBE\xD0\xB2\xD0\xB5\xD1\x82 "
    "\xD1\x81\xD0\xBE\xD0\xB1\xD1\x80\xD0\xB0\xD0\xBB\xD1\x81\xD1\x8F \xD0\xB2 2018 "
    "\xD0\xB3.|\xD0\x9F\xD1\x80\xD0\xB5\xD0\xB7\xD0\xB8\xD0\xB4\xD0\xB5\xD0\xBD\xD1\x82 "
    "\xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB.",
    "\xD0\x9E\xD0\xBD \xD0\xB6\xD0\xB8\xD0\xBB \xD0\xB2 \xD0\xB3. "
    "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0, \xD1\x83\xD0\xBB. "
    "\xD0\x9B\xD0\xB5\xD0\xBD\xD0\xB8\xD0\xBD\xD0\xB0.|\xD0\x9F\xD1\x80\xD0\xBE\xD1\x84. "
    "\xD0\x98. \xD0\x98. \xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD\xD0\xBE\xD0\xB2 "
    "\xD1\x83\xD1\x88\xD0\xB5\xD0\xBB.",
    "\xD0\xAD\xD1\x82\xD0\xBE \xD1\x82. \xD0\xB5. \xD0\xBC\xD0\xB8\xD1\x80 \xD0\xB8 "
    "\xD1\x82. \xD0\xB4.|\xD0\x9E\xD0\xBD \xD0\xBF\xD1\x80\xD0\xB0\xD0\xB2.",
    "M. Dupont et Mme. Martin sont venus.|\xC2\xAB Oui. \xC2\xBB|Ils partent.",
    "World War II.|The officials said so.",
    "Prices rose.|\xE2\x82\xAC"
    "5 is a lot.",
};

static void join(ocs_str text, const ocs_sentences *sentences, ocs_buf *out)
{
    for (size_t i = 0; i < sentences->n; i++) {
        ocs_buf_puts(out, i > 0 ? "|" : "");
        ocs_buf_put(out, ocs_str_sub(text, sentences->at[i].from, sentences->at[i].to));
    }
    ocs_buf_putc(out, '\0');
}

/* The same with a space for each bar, or nothing where a space was lost or before "[1]". */
static ocs_str unbarred(const char *line, char *room)
{
    bool lost = strstr(line, "The space was lost") != NULL;
    size_t n = 0;
    for (; *line; line++)
        if (*line != '|')
            room[n++] = *line;
        else if (!lost)
            room[n++] = ' ';
    return (ocs_str){room, n};
}

static void lines_are_cut_as_a_reader_would(void **state)
{
    ocs_arena *arena = ocs_arena_new(1 << 20);
    unsigned wrong = 0;
    (void)state;
    assert_non_null(arena);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char room[1024];
        ocs_sentences sentences;
        ocs_buf got;
        ocs_buf_init(&got, 4096);
        ocs_str text = unbarred(lines[i], room);
        assert_true(ocs_sentences_of(ocs_gaz_builtin(), arena, text, &sentences));
        join(text, &sentences, &got);
        if (strcmp(got.p, lines[i]) != 0) {
            print_error("wanted %s\n   got %s\n", lines[i], got.p);
            wrong++;
        }
        ocs_buf_clear(&got);
    }
    ocs_arena_free(arena);
    assert_int_equal(wrong, 0);
}

static void a_line_feed_ends_a_sentence(void **state)
{
    ocs_arena *arena = ocs_arena_new(1 << 20);
    ocs_str text = OCS_STR("a heading\nand small letters. Then more \n\n  last");
    static const char *const wanted[] = {"a heading", "and small letters.", "Then more", "last"};
    ocs_sentences sentences;
    (void)state;
    assert_true(ocs_sentences_of(ocs_gaz_builtin(), arena, text, &sentences));
    assert_int_equal(sentences.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_true(ocs_str_eq(ocs_str_sub(text, sentences.at[i].from, sentences.at[i].to),
                               ocs_str_of(wanted[i])));
    ocs_arena_free(arena);
}

static void bytes_that_are_no_text_are_cut_without_harm(void **state)
{
    ocs_arena *arena = ocs_arena_new(1 << 20);
    ocs_str text = OCS_STR("\xFF. \x80! \xC3. A\xE2\x80. .\xFF. ... \n.\n. .");
    ocs_sentences sentences;
    (void)state;
    assert_true(ocs_sentences_of(ocs_gaz_builtin(), arena, text, &sentences));
    for (size_t i = 0; i < sentences.n; i++) {
        assert_true(sentences.at[i].from < sentences.at[i].to);
        assert_true(sentences.at[i].to <= text.n);
        if (i > 0)
            assert_true(sentences.at[i - 1].to <= sentences.at[i].from);
    }
    ocs_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_cut_as_a_reader_would),
        cmocka_unit_test(a_line_feed_ends_a_sentence),
        cmocka_unit_test(bytes_that_are_no_text_are_cut_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
