/* The distance of words: examples, and the same as by a plain table over many made-up words; what is
 * told to be dead is. */
#include "base/nearby.h"

#include "tests/unit/unit.h"

#include <stdlib.h>

static unsigned distance(const char *a, const char *b, unsigned most)
{
    ocs_nearby nearby;
    size_t dead;
    assert_true(ocs_nearby_init(&nearby, ocs_str_of(a), most));
    return ocs_nearby_distance(&nearby, ocs_str_of(b), &dead);
}

static void mistakes_are_counted(void **state)
{
    (void)state;
    assert_int_equal(distance("kurz", "kurz", 2), 0);
    assert_int_equal(distance("kruz", "kurz", 2), 1); /* a swap is one */
    assert_int_equal(distance("kurz", "kuz", 2), 1);
    assert_int_equal(distance("kurz", "kurtz", 2), 1);
    assert_int_equal(distance("kurz", "kurt", 2), 1);
    assert_int_equal(distance("organzied", "organized", 2), 1);
    assert_int_equal(distance("kurz", "k", 2), 3); /* too far: one more than asked for */
    assert_int_equal(distance("ca", "abc", 3), 3); /* a swapped pair is not changed again */
}

static void letters_are_points_and_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(distance("лавров", "ларвов", 2), 1);
    assert_int_equal(distance("лавров", "лавроф", 2), 1);
    assert_int_equal(distance("kovač", "kovac", 2), 1);
}

static void long_and_empty_words_are_near_none(void **state)
{
    (void)state;
    ocs_nearby nearby;
    char word[OCS_NEARBY_POINTS + 2];
    memset(word, 'a', sizeof word);
    assert_false(ocs_nearby_init(&nearby, (ocs_str){word, OCS_NEARBY_POINTS + 1}, 1));
    assert_false(ocs_nearby_init(&nearby, (ocs_str){0}, 1));
    assert_true(ocs_nearby_init(&nearby, (ocs_str){word, OCS_NEARBY_POINTS}, 2));
    size_t dead;
    assert_int_equal(ocs_nearby_distance(&nearby, (ocs_str){word, OCS_NEARBY_POINTS + 2}, &dead),
                     2);
    assert_false(ocs_nearby_init(&nearby, (ocs_str){word, OCS_NEARBY_POINTS + 1}, 1));
    assert_int_equal(ocs_nearby_distance(&nearby, (ocs_str){word, OCS_NEARBY_POINTS + 1}, &dead),
                     2);
    assert_int_equal(dead, 0); /* no word at all is near */
}

/* ---- against a plain table ---- */

enum { LETTERS = 3, LONGEST = 7, WORDS = 3000 };

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned plain(const char *a, const char *b)
{
    unsigned cells[LONGEST + 1][LONGEST + 1];
    size_t n = strlen(a), m = strlen(b);
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                cells[i][j] = (unsigned)(i + j);
                continue;
            }
            unsigned cell = cells[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            cell = smaller(cell, smaller(cells[i - 1][j], cells[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cell = smaller(cell, cells[i - 2][j - 2] + 1);
            cells[i][j] = cell;
        }
    }
    return cells[n][m];
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void make_words(char words[WORDS][LONGEST + 1])
{
    uint64_t seed = 1;
    for (size_t i = 0; i < WORDS; i++) {
        seed = ocs_hash_mix(seed, i);
        size_t n = 1 + seed % LONGEST;
        uint64_t letters = seed >> 8;
        memset(words[i], 0, LONGEST + 1);
        for (size_t k = 0; k < n; k++, letters /= LETTERS)
            words[i][k] = (char)('a' + letters % LETTERS);
    }
    qsort(words, WORDS, LONGEST + 1, compare_words);
}

/* Sorted words share beginnings, so that rows are used again. */
static void it_is_what_a_plain_table_says(void **state)
{
    (void)state;
    static char words[WORDS][LONGEST + 1];
    make_words(words);
    for (unsigned most = 0; most <= OCS_NEARBY_MOST; most++) {
        for (size_t w = 0; w < WORDS; w += 97) {
            ocs_nearby nearby;
            char dead_head[LONGEST + 1] = "";
            size_t n_dead = 0;
            assert_true(ocs_nearby_init(&nearby, ocs_str_of(words[w]), most));
            for (size_t i = 0; i < WORDS; i++) {
                size_t dead;
                unsigned wanted = plain(words[w], words[i]);
                unsigned got = ocs_nearby_distance(&nearby, ocs_str_of(words[i]), &dead);
                assert_int_equal(got, smaller(wanted, most + 1));
                if (n_dead > 0 && strncmp(words[i], dead_head, n_dead) == 0)
                    assert_true(wanted > most);
                if (got <= most || dead > strlen(words[i]))
                    continue;
                memcpy(dead_head, words[i], n_dead = dead);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_counted),
        cmocka_unit_test(letters_are_points_and_not_bytes),
        cmocka_unit_test(long_and_empty_words_are_near_none),
        cmocka_unit_test(it_is_what_a_plain_table_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
