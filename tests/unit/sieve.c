/* The sieve lets through every word that may be meant, cut as in the whole text; and the claim that
 * it stands on: stems and canonical spellings begin as the words do. */
#include "query/sieve.h"
#include "index/index.h"
#include "tests/unit/unit.h"

static ocs_arena *arena, *scratch;

static int make_arenas(void **state)
{
    (void)state;
    arena = ocs_arena_new((size_t)64 << 20);
    scratch = ocs_arena_new((size_t)64 << 20);
    return arena && scratch ? 0 : -1;
}

static int free_arenas(void **state)
{
    (void)state;
    ocs_arena_free(arena);
    ocs_arena_free(scratch);
    return 0;
}

/* Texts with what separates words in ways that are easily missed. */
static const char *const texts[] = {
    "Police and \xE2\x80\x9Cpolice\xE2\x80\x9D, police's; (police) non-police\tPOLICE\nP.O.L.",
    "Co-operation of co- police co-\npolice 5-police x\xC2\xB7police x\xC2\xB7\xC3\xA9t\xC3\xA9",
    "\xD0\x9F\xD0\xBE\xD0\xBB\xD0\xB8\xD1\x86\xD0\xB8\xD1\x8F, \xC4\x90ukanovi\xC4\x87 \xC3\x89tat",
    ("po\xC2\xADlice \xC2\xADpolice p\xCC\x81olice \xCC\x81police \xE2\x80\x8Bpolice "
     "a\xE2\x80\x94police"),
    "\xC2\xA0police \xC3\x9Fpolice x\xE2\x82\xACpolice police\xC2\xA0police 2018police \xC3(police",
};

/* Is the word at ${at} of ${text} among those of a stretch, with the same spelling? */
static bool comes_through(const ocs_sieve *sieve, ocs_str text, const ocs_word *word)
{
    ocs_span stretch;
    for (size_t at = 0; ocs_sieve_next(sieve, text, &at, &stretch);) {
        ocs_words words;
        ocs_arena_clear(scratch);
        assert_true(ocs_words_of(scratch, ocs_str_sub(text, stretch.from, stretch.to), &words));
        for (size_t i = 0; i < words.n; i++)
            if (stretch.from + words.at[i].at.from == word->at.from &&
                stretch.from + words.at[i].at.to == word->at.to &&
                ocs_str_eq(words.at[i].fold, word->fold))
                return ocs_sieve_passes(sieve, words.at[i].fold);
    }
    return false;
}

static void assert_all_come_through(ocs_str text)
{
    ocs_words words;
    assert_true(ocs_words_of(arena, text, &words));
    for (size_t i = 0; i < words.n; i++) {
        ocs_sieve one = {0}, all = {0};
        ocs_sieve_add(&one, words.at[i].fold);
        ocs_sieve_add_all(&all);
        if (!comes_through(&one, text, &words.at[i]) || !comes_through(&all, text, &words.at[i]))
            fail_msg("'%.*s' of '%.*s' is lost", OCS_ARG(words.at[i].fold), OCS_ARG(text));
    }
}

static void every_word_meant_comes_through(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_all_come_through(ocs_str_of(texts[i]));
}

static void a_word_without_end_comes_through(void **state)
{
    (void)state;
    static char endless[3 * OCS_TOKEN_MAX];
    memset(endless, 'a', sizeof endless);
    endless[OCS_TOKEN_MAX] = 'p'; /* begins the second piece */
    assert_all_come_through((ocs_str){endless, sizeof endless});
}

static void other_words_do_not(void **state)
{
    (void)state;
    ocs_sieve sieve = {0};
    ocs_span stretch;
    size_t at = 0;
    ocs_str text = OCS_STR("The mission, said \xE2\x80\x9Cwe\xE2\x80\x9D and Stojanovi\xC4\x87.");
    assert_false(ocs_sieve_next(&sieve, text, &at, &stretch));
    ocs_sieve_add(&sieve, OCS_STR("police"));
    assert_false(ocs_sieve_next(&sieve, text, &at, &stretch));
    assert_false(ocs_sieve_passes(&sieve, OCS_STR("mission")));
    assert_true(ocs_sieve_passes(&sieve, OCS_STR("pact")));
    ocs_sieve_add(&sieve, OCS_STR("\xD0\xBF\xD0\xBE"));
    assert_true(ocs_sieve_passes(&sieve, OCS_STR("\xD0\xBF\xD0\xB0")));
    assert_false(ocs_sieve_passes(&sieve, OCS_STR("\xD0\xB0\xD0\xBF")));
    ocs_sieve_add(&sieve, OCS_STR("?olice"));
    assert_true(ocs_sieve_passes(&sieve, OCS_STR("mission")));
}

/* ---- the letter that words keep ---- */

static bool same_head(ocs_str a, ocs_str b)
{
    uint32_t x, y;
    return a.n > 0 && b.n > 0 && ocs_utf8_at(a, 0, &x) > 0 && ocs_utf8_at(b, 0, &y) > 0 && x == y;
}

/* All words of the gazetteer, which are of some thirty languages, in ${lang}. */
static void assert_heads_kept(ocs_stemmers *stemmers, const char *lang)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    for (size_t i = 0; i < gaz->n_phrases; i++) {
        ocs_words words;
        ocs_arena_clear(arena);
        assert_true(ocs_words_of(arena, ocs_gaz_str(gaz, gaz->phrases[i].text), &words));
        for (size_t k = 0; k < words.n; k++) {
            const ocs_word *word = &words.at[k];
            ocs_str stem = ocs_stemmers_stem(stemmers, ocs_str_of(lang), word->canonical);
            if (!same_head(word->fold, word->canonical) || !same_head(word->fold, stem))
                fail_msg("'%.*s' becomes '%.*s' in %s", OCS_ARG(word->fold), OCS_ARG(stem), lang);
        }
    }
}

static void stems_begin_as_words_do(void **state)
{
    (void)state;
    ocs_stemmers *stemmers = ocs_stemmers_new();
    char lang[] = "aa";
    size_t n = 0;
    assert_non_null(stemmers);
    for (lang[0] = 'a'; lang[0] <= 'z'; lang[0]++)
        for (lang[1] = 'a'; lang[1] <= 'z'; lang[1]++) {
            xap_stem *stem = NULL;
            if (xap_stem_new(lang, &stem, NULL) != OCS_OK || !ocs_stem_keeps_head(ocs_str_of(lang)))
                xap_stem_free(stem);
            else {
                xap_stem_free(stem);
                assert_heads_kept(stemmers, lang);
                n++;
            }
        }
    ocs_stemmers_free(stemmers);
    assert_true(n >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_meant_comes_through),
        cmocka_unit_test(a_word_without_end_comes_through),
        cmocka_unit_test(other_words_do_not),
        cmocka_unit_test(stems_begin_as_words_do),
    };
    return cmocka_run_group_tests(tests, make_arenas, free_arenas);
}
