/* What is compressed for a table comes back through zlib, whichever library compressed it, and what
 * does not get shorter is told. */
#include "tests/unit/unit.h"

#include "index/glass_deflate.h"

#include <zlib.h>

enum { CAP = 1 << 24 };

static void assert_inflates(ocs_str packed, ocs_str bytes)
{
    z_stream z = {0};
    ocs_arena *arena = ocs_arena_new(CAP);
    char *out = ocs_arena_alloc(arena, bytes.n);
    assert_non_null(out);
    assert_int_equal(inflateInit2(&z, -15), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)packed.p;
    z.avail_in = (uInt)packed.n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)bytes.n;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, bytes.n);
    assert_int_equal(z.avail_in, 0);
    assert_memory_equal(out, bytes.p, bytes.n);
    inflateEnd(&z);
    ocs_arena_free(arena);
}

/* ${n} bytes that repeat the more, the more ${words} few. */
static ocs_str make_bytes(ocs_arena *arena, size_t n, unsigned words)
{
    char *bytes = ocs_arena_alloc(arena, n);
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)('a' + ocs_hash_mix(ocs_hash_mix(1, i / 7) % words, i % 7) % 26);
    return (ocs_str){bytes, n};
}

static void try_sizes(ocs_deflate_by by)
{
    static const size_t sizes[] = {60, 4000, 6000, 100, 70000, 3000000};
    ocs_buf out;
    ocs_arena *arena = ocs_arena_new(CAP);
    ocs_deflater *deflater = ocs_deflater_new(by);
    assert_non_null(deflater);
    ocs_buf_init(&out, CAP);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        ocs_str bytes = make_bytes(arena, sizes[i], 5);
        ocs_buf_reset(&out);
        assert_true(ocs_deflate(deflater, bytes, &out));
        assert_true(out.n < bytes.n);
        assert_inflates(ocs_buf_str(&out), bytes);
    }
    ocs_buf_clear(&out);
    ocs_deflater_free(deflater);
    ocs_arena_free(arena);
}

static void what_is_compressed_comes_back(void **state)
{
    (void)state;
    try_sizes(OCS_DEFLATE_BY_ANY);
    try_sizes(OCS_DEFLATE_BY_ZLIB);
}

static void what_does_not_get_shorter_is_told(void **state)
{
    (void)state;
    char noise[1000];
    ocs_buf out;
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)ocs_hash_mix(2, i);
    ocs_buf_init(&out, CAP);
    for (int by = OCS_DEFLATE_BY_ANY; by <= OCS_DEFLATE_BY_ZLIB; by++) {
        ocs_deflater *deflater = ocs_deflater_new((ocs_deflate_by)by);
        assert_non_null(deflater);
        for (size_t n = 0; n <= sizeof noise; n = 2 * n + 1) {
            ocs_buf_reset(&out);
            assert_false(ocs_deflate(deflater, (ocs_str){noise, n}, &out));
        }
        ocs_deflater_free(deflater);
    }
    ocs_buf_clear(&out);
}

static void a_buffer_that_is_too_small_is_no_shorter(void **state)
{
    (void)state;
    ocs_buf out;
    ocs_arena *arena = ocs_arena_new(CAP);
    ocs_deflater *deflater = ocs_deflater_new(OCS_DEFLATE_BY_ANY);
    assert_non_null(deflater);
    ocs_buf_init(&out, 100);
    assert_false(ocs_deflate(deflater, make_bytes(arena, 5000, 5), &out));
    assert_int_equal(ocs_buf_status(&out), OCS_LIMIT);
    ocs_deflater_free(deflater);
    ocs_deflater_free(NULL);
    ocs_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_compressed_comes_back),
        cmocka_unit_test(what_does_not_get_shorter_is_told),
        cmocka_unit_test(a_buffer_that_is_too_small_is_no_shorter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
