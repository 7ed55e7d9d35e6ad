/* Dates in running text: a row is a sentence and the dates that it speaks of, in ISO 8601.  "?fri"
 * stands for a relative word, "|2018-10-09" behind a date for its other reading. */
#ifndef OCS_TESTS_UNIT_DATES_ROWS_H
#define OCS_TESTS_UNIT_DATES_ROWS_H

#include "ingest/dates.h"
#include "tests/unit/unit.h"

enum { ARENA = 16 << 20 };

typedef struct row {
    const char *text, *dates;
} row;

static inline int make_arena(void **state)
{
    *state = ocs_arena_new(ARENA);
    return *state ? 0 : -1;
}

static inline int free_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

static inline ocs_text_dates find_dates(ocs_arena *arena, const char *text)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    ocs_arena_clear(arena);
    assert_true(ocs_tokenize(arena, ocs_str_of(text), &tokens));
    assert_true(ocs_dates_find(ocs_gaz_builtin(), ocs_str_of(text), tokens, arena, &dates));
    return dates;
}

static inline void print_date(const ocs_text_date *d, ocs_buf *out)
{
    char text[OCS_WHEN_TEXT];
    if (out->n > 0)
        ocs_buf_putc(out, ' ');
    if (d->relative && !d->resolved) {
        ocs_buf_putf(out, "?%s", d->relative);
        return;
    }
    ocs_buf_put(out, ocs_when_print(d->when, text));
    if (d->other.from.month != 0) {
        ocs_buf_putc(out, '|');
        ocs_buf_put(out, ocs_when_print(d->other, text));
    }
}

static inline bool reads(ocs_text_dates dates, const row *r)
{
    ocs_buf got;
    ocs_buf_init(&got, 1 << 16);
    for (size_t i = 0; i < dates.n; i++)
        print_date(&dates.at[i], &got);
    bool same = ocs_str_eq(ocs_buf_str(&got), ocs_str_of(r->dates));
    if (!same)
        print_error("\"%s\"\n    gives \"%.*s\", not \"%s\"\n", r->text, OCS_ARG(ocs_buf_str(&got)),
                    r->dates);
    ocs_buf_clear(&got);
    return same;
}

static inline void check(void **state, const row *rows, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++)
        wrong += !reads(find_dates(*state, rows[i].text), &rows[i]);
    assert_int_equal(wrong, 0);
}

#define CHECK(state, rows) check((state), (rows), sizeof(rows) / sizeof *(rows))

/* The same against a published date. */
static inline void check_resolved(void **state, ocs_date published, const row *rows, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        ocs_text_dates dates = find_dates(*state, rows[i].text);
        ocs_dates_resolve(&dates, published);
        wrong += !reads(dates, &rows[i]);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_RESOLVED(state, published, rows) \
    check_resolved((state), (published), (rows), sizeof(rows) / sizeof *(rows))

#endif
