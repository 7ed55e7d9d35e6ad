#include "tests/unit/unit.h"

static void pieces_are_zeroed_and_aligned(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(1 << 20);
    for (size_t size = 1; size < 300; size += 7) {
        unsigned char *piece = ocs_arena_alloc(arena, size);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xFF, size); /* the next one must not see this */
    }
    ocs_arena_clear(arena);
    unsigned char *again = ocs_arena_alloc(arena, 300);
    for (size_t i = 0; i < 300; i++)
        assert_int_equal(again[i], 0);
    ocs_arena_free(arena);
}

static void nothing_is_a_piece_too(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(0);
    assert_non_null(ocs_arena_alloc(arena, 0));
    assert_int_equal(ocs_arena_status(arena), OCS_OK);
    ocs_arena_free(arena);
}

static void the_cap_holds_to_the_byte(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(100);
    assert_non_null(ocs_arena_alloc(arena, 60));
    assert_non_null(ocs_arena_alloc(arena, 40));
    assert_int_equal(ocs_arena_used(arena), 100);
    assert_null(ocs_arena_alloc(arena, 1));
    assert_int_equal(ocs_arena_status(arena), OCS_LIMIT);
    ocs_arena_free(arena);
}

static void a_failure_sticks_until_the_clear(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(64);
    assert_null(ocs_arena_alloc(arena, 65));
    assert_null(ocs_arena_alloc(arena, 1));
    ocs_arena_clear(arena);
    assert_int_equal(ocs_arena_status(arena), OCS_OK);
    assert_int_equal(ocs_arena_used(arena), 0);
    assert_non_null(ocs_arena_alloc(arena, 64));
    ocs_arena_free(arena);
}

static void a_piece_larger_than_a_chunk_is_one_piece(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(8 << 20);
    char *small = ocs_arena_copy(arena, "small", 5);
    char *large = ocs_arena_alloc(arena, 3 << 20);
    assert_non_null(large);
    memset(large, 'x', 3 << 20);
    assert_string_equal(small, "small");
    ocs_arena_free(arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(SIZE_MAX);
    assert_null(ocs_arena_array(arena, SIZE_MAX / 2, 3));
    assert_int_equal(ocs_arena_status(arena), OCS_LIMIT);
    ocs_arena_free(arena);
}

static void a_size_near_the_end_of_numbers_is_refused(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(SIZE_MAX);
    assert_null(ocs_arena_alloc(arena, SIZE_MAX - 3));
    assert_int_not_equal(ocs_arena_status(arena), OCS_OK);
    ocs_arena_free(arena);
}

static void a_copy_ends_in_a_nul(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(100);
    assert_string_equal(ocs_arena_copy(arena, "abcdef", 3), "abc");
    assert_string_equal(ocs_arena_copy(arena, NULL, 0), "");
    ocs_arena_free(arena);
}

static void a_vector_keeps_its_elements_when_it_grows(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(1 << 20);
    OCS_VEC(size_t) v = {0};
    for (size_t i = 0; i < 1000; i++) {
        size_t *element = ocs_vec_push(arena, &v);
        assert_non_null(element);
        assert_int_equal(*element, 0);
        *element = i;
    }
    assert_int_equal(v.n, 1000);
    for (size_t i = 0; i < v.n; i++)
        assert_int_equal(v.at[i], i);
    ocs_arena_free(arena);
}

static void a_vector_in_a_full_arena_stays_whole(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(100);
    OCS_VEC(uint64_t) v = {0};
    uint64_t *element;
    while ((element = ocs_vec_push(arena, &v)) != NULL)
        *element = v.n;
    assert_int_equal(v.n, 8); /* the first room; the doubling was refused */
    assert_int_equal(v.at[7], 8);
    assert_int_equal(ocs_arena_status(arena), OCS_LIMIT);
    ocs_arena_free(arena);
}

static void an_arena_in_given_memory_stays_within_it(void **state)
{
    (void)state;
    _Alignas(max_align_t) unsigned char memory[512];
    assert_null(ocs_arena_in(memory, 8));
    ocs_arena *arena = ocs_arena_in(memory, 256);
    memset(memory + 256, 0x5A, 256);
    assert_non_null(arena);
    for (size_t i = 0; i < 100; i++) {
        unsigned char *piece = ocs_arena_alloc(arena, 10);
        if (!piece)
            break;
        memset(piece, 0xFF, 10);
    }
    assert_int_equal(ocs_arena_status(arena), OCS_LIMIT);
    for (size_t i = 256; i < sizeof memory; i++)
        assert_int_equal(memory[i], 0x5A);
    ocs_arena_clear(arena);
    assert_non_null(ocs_arena_alloc(arena, 10));
    ocs_arena_free(arena);
}

static void free_takes_null(void **state)
{
    (void)state;
    ocs_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_and_aligned),
        cmocka_unit_test(nothing_is_a_piece_too),
        cmocka_unit_test(the_cap_holds_to_the_byte),
        cmocka_unit_test(a_failure_sticks_until_the_clear),
        cmocka_unit_test(a_piece_larger_than_a_chunk_is_one_piece),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(a_size_near_the_end_of_numbers_is_refused),
        cmocka_unit_test(a_copy_ends_in_a_nul),
        cmocka_unit_test(a_vector_keeps_its_elements_when_it_grows),
        cmocka_unit_test(a_vector_in_a_full_arena_stays_whole),
        cmocka_unit_test(an_arena_in_given_memory_stays_within_it),
        cmocka_unit_test(free_takes_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
