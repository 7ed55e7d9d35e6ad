#include "base/slots.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

enum { THINGS = 5000 };

typedef struct book {
    ocs_arena *arena;
    ocs_slots slots;
    uint64_t keys[THINGS];
    size_t n;
    uint64_t mask; /* what of a key is its hash: little makes many meet */
} book;

static uint64_t hash_of(const void *payload, size_t i)
{
    const book *b = payload;
    return b->keys[i] & b->mask;
}

/* The number of ${key}, which is put in where it is not there; THINGS when memory ran out. */
static size_t number_of(book *b, uint64_t key)
{
    if (!ocs_slots_grow(&b->slots, b->arena, b->n, hash_of, b))
        return THINGS;
    size_t i = ocs_slots_first(&b->slots, key & b->mask);
    for (; b->slots.at[i] != 0; i = ocs_slots_next(&b->slots, i))
        if (b->keys[b->slots.at[i] - 1] == key)
            return b->slots.at[i] - 1;
    b->keys[b->n] = key;
    b->slots.at[i] = (uint32_t)++b->n;
    return b->n - 1;
}

static void assert_all_found(uint64_t mask)
{
    book *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->arena = ocs_arena_new(1 << 22);
    b->mask = mask;
    for (size_t i = 0; i < THINGS; i++)
        assert_int_equal(number_of(b, i * 7919 + 1), i);
    for (size_t i = 0; i < THINGS; i++)
        assert_int_equal(number_of(b, i * 7919 + 1), i);
    assert_int_equal(b->n, THINGS);
    assert_true(b->slots.n >= 2 * b->n);
    ocs_arena_free(b->arena);
    free(b);
}

static void what_was_put_in_is_found_after_growing(void **state)
{
    (void)state;
    assert_all_found(UINT64_MAX);
}

static void things_of_one_hash_are_told_apart(void **state)
{
    (void)state;
    assert_all_found(63);
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    book *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->arena = ocs_arena_new(4096);
    b->mask = UINT64_MAX;
    size_t i = 0;
    while (i < THINGS && number_of(b, i * 7919 + 1) == i)
        i++;
    assert_in_range(i, 1, THINGS - 1);
    ocs_arena_free(b->arena);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_in_is_found_after_growing),
        cmocka_unit_test(things_of_one_hash_are_told_apart),
        cmocka_unit_test(a_full_arena_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
