/* Documents packed, and unpacked from what may be damaged. */
#include "tests/unit/document_fixture.h"

#include <stdlib.h>

static void pack(const ocs_document *d, ocs_buf *out)
{
    ocs_buf_init(out, 1 << 20);
    ocs_document_pack(d, out);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
}

static void assert_same(ocs_str a, ocs_str b)
{
    if (!ocs_str_eq(a, b))
        fail_msg("\"%.*s\" is not \"%.*s\"", OCS_ARG(a), OCS_ARG(b));
}

static void assert_same_span(ocs_span a, ocs_span b)
{
    assert_int_equal(a.from, b.from);
    assert_int_equal(a.to, b.to);
}

static void assert_same_when(ocs_when a, ocs_when b)
{
    assert_true(ocs_date_equal(a.from, b.from) && ocs_date_equal(a.to, b.to));
}

static void assert_same_fact(ocs_fact a, ocs_fact b)
{
    assert_same(a.value, b.value);
    assert_same(a.key, b.key);
    assert_same_span(a.raw, b.raw);
    assert_int_equal(a.inexact, b.inexact);
}

static void assert_same_facts(ocs_facts a, ocs_facts b)
{
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++)
        assert_same_fact(a.at[i], b.at[i]);
}

static void assert_same_origin(ocs_origin a, ocs_origin b)
{
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++) {
        const ocs_run *x = &a.runs[i], *y = &b.runs[i];
        assert_int_equal(x->text, y->text);
        assert_int_equal(x->raw, y->raw);
        assert_int_equal(x->length, y->length);
        assert_int_equal(x->text_unit, y->text_unit);
        assert_int_equal(x->raw_unit, y->raw_unit);
        assert_int_equal(x->inexact, y->inexact);
        assert_int_equal(x->raw_length, y->raw_length);
    }
}

static void assert_same_part(const ocs_role_part *a, const ocs_role_part *b)
{
    assert_same(a->name, b->name);
    assert_same(a->key, b->key);
    assert_same_span(a->at, b->at);
    assert_same_span(a->raw, b->raw);
    assert_int_equal(a->inexact, b->inexact);
}

static void assert_same_roles(const ocs_mention *a, const ocs_mention *b)
{
    assert_int_equal(a->n_roles, b->n_roles);
    for (size_t i = 0; i < a->n_roles; i++) {
        assert_same(a->roles[i].text, b->roles[i].text);
        assert_same_span(a->roles[i].at, b->roles[i].at);
        assert_same_span(a->roles[i].raw, b->roles[i].raw);
        assert_int_equal(a->roles[i].inexact, b->roles[i].inexact);
        assert_same_part(&a->roles[i].office, &b->roles[i].office);
        assert_same_part(&a->roles[i].org, &b->roles[i].org);
        assert_same_part(&a->roles[i].country, &b->roles[i].country);
    }
}

static void assert_same_mention(const ocs_mention *a, const ocs_mention *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->via, b->via);
    assert_int_equal(a->sure, b->sure);
    assert_int_equal(a->inexact, b->inexact);
    assert_int_equal(a->nested, b->nested);
    assert_int_equal(a->relative, b->relative);
    assert_same_span(a->at, b->at);
    assert_same_span(a->raw, b->raw);
    assert_same(a->name, b->name);
    assert_same(a->key, b->key);
    assert_string_equal(a->rule, b->rule);
    assert_same_when(a->when, b->when);
    assert_same_when(a->other, b->other);
    assert_same(a->country, b->country);
    assert_same_roles(a, b);
}

static void assert_same_items(const ocs_document *a, const ocs_document *b)
{
    assert_int_equal(a->n_items, b->n_items);
    for (size_t i = 0; i < a->n_items; i++) {
        assert_same(a->items[i].title, b->items[i].title);
        assert_same(a->items[i].kind, b->items[i].kind);
        assert_same(a->items[i].snippet, b->items[i].snippet);
        assert_same_when(a->items[i].when, b->items[i].when);
        assert_same_span(a->items[i].raw, b->items[i].raw);
    }
}

static void assert_same_page(const ocs_document *a, const ocs_document *b)
{
    assert_same(a->id, b->id);
    assert_same(a->path, b->path);
    assert_same(a->url, b->url);
    assert_same_fact(a->title, b->title);
    assert_same_fact(a->kind, b->kind);
    assert_same(a->lang, b->lang);
    assert_same(a->encoding, b->encoding);
    assert_int_equal(a->repairs, b->repairs);
    assert_same_when(a->published, b->published);
    assert_int_equal(a->published_from, b->published_from);
    assert_same_span(a->published_raw, b->published_raw);
    assert_int_equal(a->published_inexact, b->published_inexact);
    assert_true(a->raw_hash == b->raw_hash && a->raw_size == b->raw_size);
    assert_int_equal(a->empty, b->empty);
    assert_int_equal(a->list, b->list);
}

static void assert_same_document(const ocs_document *a, const ocs_document *b)
{
    assert_same_page(a, b);
    assert_same_facts(a->places, b->places);
    assert_same_facts(a->sources, b->sources);
    assert_same_facts(a->topics, b->topics);
    assert_same(a->text, b->text);
    assert_same_origin(a->origin, b->origin);
    assert_int_equal(a->n_mentions, b->n_mentions);
    for (size_t i = 0; i < a->n_mentions; i++)
        assert_same_mention(&a->mentions[i], &b->mentions[i]);
    assert_same_items(a, b);
}

static void assert_round_trip(ocs_arena *arena, const ocs_document *d)
{
    ocs_buf packed;
    ocs_document back;
    ocs_error err = {0};
    pack(d, &packed);
    if (ocs_document_unpack(ocs_buf_str(&packed), arena, &back, &err) != OCS_OK)
        fail_msg("%s", err.text);
    assert_same_document(d, &back);
    ocs_buf_clear(&packed);
}

static void all_fields_come_back(void **state)
{
    ocs_document d = make_document(*state);
    assert_round_trip(*state, &d);
    d.id = OCS_STR("an id of another kind");
    assert_round_trip(*state, &d);
}

static void an_empty_document_comes_back(void **state)
{
    ocs_document d = {.empty = true};
    assert_round_trip(*state, &d);
}

/* More strings than are remembered, and a name longer than spans that are derived. */
static void many_mentions_come_back(void **state)
{
    enum { MANY = 3000 };
    ocs_arena *arena = *state;
    ocs_document d = make_document(arena);
    d.mentions = ocs_arena_array(arena, MANY, sizeof *d.mentions);
    d.n_mentions = MANY;
    char *text = ocs_arena_alloc(arena, MANY);
    ocs_run *whole = ocs_arena_alloc(arena, sizeof *whole);
    memset(text, 'x', MANY);
    d.text = (ocs_str){text, MANY};
    *whole = run(0, MANY, 0, 1, 1);
    d.origin = (ocs_origin){whole, 1};
    d.raw_size = MANY;
    for (size_t i = 0; i < MANY; i++) {
        char name[32];
        size_t n = (size_t)snprintf(name, sizeof name, "name-%zu", i % 2000);
        char *rule = ocs_arena_copy(arena, name, n);
        ocs_mention *m = &d.mentions[i];
        *m = (ocs_mention){.type = OCS_MENTION_ORG, .at = {i, MANY}, .raw = {i, MANY}};
        m->name = m->key = (ocs_str){rule, n};
        m->rule = i % 3 ? "rule" : rule;
    }
    assert_int_equal(ocs_document_check(&d, NULL), OCS_OK);
    assert_round_trip(arena, &d);
}

static void what_is_known_is_not_repeated(void **state)
{
    ocs_document d = make_document(*state);
    ocs_buf packed;
    pack(&d, &packed);
    ocs_str bytes = ocs_buf_str(&packed);
    static const char *const once[] = {
        "Law & order", "Sebastian Kurz",         "2017-03-02",
        "test-rule",   "OSCE Mission to Serbia", "osce-mission-to-serbia"};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        ocs_str what = ocs_str_of(once[i]);
        size_t at = ocs_str_find(bytes, what, 0);
        bool follows = ocs_str_eq(what, OCS_STR("2017-03-02")) || /* from the date, from the name */
                       ocs_str_eq(what, OCS_STR("osce-mission-to-serbia"));
        assert_true(follows == (at >= bytes.n));
        size_t again = at < bytes.n ? ocs_str_find(bytes, what, at + 1) : bytes.n;
        bool twice = ocs_str_eq(what, OCS_STR("Sebastian Kurz")) ||
                     ocs_str_eq(what, OCS_STR("OSCE Mission to Serbia")); /* in the text, too */
        if (again < bytes.n && twice)
            again = ocs_str_find(bytes, what, again + 1);
        if (again < bytes.n)
            fail_msg("\"%s\" is repeated", once[i]);
    }
    ocs_buf_clear(&packed);
}

static void runs_out_of_order_cannot_be_packed(void **state)
{
    ocs_document d = make_document(*state);
    runs_of(&d)[2].text++;
    ocs_buf out;
    ocs_buf_init(&out, 1 << 20);
    ocs_document_pack(&d, &out);
    assert_int_equal(ocs_buf_status(&out), OCS_BUG);
    ocs_buf_clear(&out);
}

/* Unpack from a piece of memory of exactly this size, so that the sanitizer sees its end. */
static ocs_status unpack_exact(ocs_arena *arena, ocs_str bytes, ocs_document *d, char **copy)
{
    *copy = malloc(bytes.n > 0 ? bytes.n : 1);
    assert_non_null(*copy);
    if (bytes.n > 0)
        memcpy(*copy, bytes.p, bytes.n);
    return ocs_document_unpack((ocs_str){*copy, bytes.n}, arena, d, NULL);
}

static void every_truncation_is_corrupt(void **state)
{
    ocs_arena *arena = ocs_arena_new(ARENA);
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    pack(&d, &packed);
    for (size_t n = 0; n < packed.n; n++) {
        char *copy;
        assert_int_equal(unpack_exact(arena, (ocs_str){packed.p, n}, &back, &copy), OCS_CORRUPT);
        assert_int_equal(back.text.n + back.n_mentions, 0);
        free(copy);
        ocs_arena_clear(arena);
    }
    ocs_buf_clear(&packed);
    ocs_arena_free(arena);
}

static void bytes_left_over_are_corrupt(void **state)
{
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    pack(&d, &packed);
    ocs_buf_putc(&packed, '\0');
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    packed.p[0]++;
    packed.n--;
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    ocs_buf_clear(&packed);
}

/* The packer writes what it is given; the reader must refuse what breaks out. */
#define BREAKING_OUT(X)                                                       \
    X(d->raw_size = 949)                                                      \
    X(d->published_raw.to = RAW_SIZE + 1)                                     \
    X(d->published_from = (ocs_date_from)(OCS_FROM_TITLE + 1))                \
    X(d->published.to.month = 13)                                             \
    X(d->text.n--)                                                            \
    X(runs_of(d)[8].length++)                                                 \
    X(runs_of(d)[8].length--)                                                 \
    X(runs_of(d)[8].length = 0)                                               \
    X(runs_of(d)[7].length = 0; runs_of(d)[8].text--; runs_of(d)[8].length++) \
    X(runs_of(d)[8].raw_length = RAW_SIZE)                                    \
    X(runs_of(d)[2].text_unit = 4)                                            \
    X(runs_of(d)[4].raw = RAW_SIZE)                                           \
    X(d->title.raw.to = RAW_SIZE + 1)                                         \
    X(d->topics.at[1].raw = ((ocs_span){RAW_SIZE + 1, RAW_SIZE + 1}))         \
    X(d->mentions[KURZ].type = OCS_MENTION_TYPE_COUNT)                        \
    X(d->mentions[KURZ].via = (ocs_via)(OCS_VIA_CITY + 1))                    \
    X(d->mentions[KURZ].sure = 101)                                           \
    X(d->mentions[LINE].at.to = d->text.n + 1)                                \
    X(d->mentions[LINE].at = ((ocs_span){d->text.n + 1, d->text.n + 2}))      \
    X(d->mentions[DATE].raw.to = RAW_SIZE + 1)                                \
    X(d->mentions[DATE].when.from.day = 32)                                   \
    X(d->mentions[DATE].other.from.year = -1)                                 \
    X(d->mentions[KURZ].roles[1].raw.to = RAW_SIZE + 1)                       \
    X(d->mentions[KURZ].roles[1].at.to = d->text.n + 1)                       \
    X(d->items[1].raw.to = RAW_SIZE + 1)

static void assert_corrupt(ocs_arena *arena, const ocs_document *d, const char *how)
{
    ocs_buf packed;
    ocs_document back;
    pack(d, &packed);
    if (ocs_document_unpack(ocs_buf_str(&packed), arena, &back, NULL) != OCS_CORRUPT)
        fail_msg("taken: %s", how);
    ocs_buf_clear(&packed);
}

static void what_breaks_out_is_corrupt(void **state)
{
    ocs_arena *arena = *state;
#define X(broken)                                             \
    {                                                         \
        ocs_document made = make_document(arena), *d = &made; \
        broken;                                               \
        assert_corrupt(arena, d, #broken);                    \
        ocs_arena_clear(arena);                               \
    }
    BREAKING_OUT(X)
#undef X
}

static void a_nul_byte_in_a_rule_is_corrupt(void **state)
{
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    pack(&d, &packed);
    size_t at = ocs_str_find(ocs_buf_str(&packed), OCS_STR("test-rule"), 0);
    assert_true(at < packed.n);
    packed.p[at + 4] = '\0';
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    ocs_buf_clear(&packed);
}

/* Everything a reader may do with a document: no place may lie outside. */
static void use(ocs_arena *arena, const ocs_document *d)
{
    ocs_buf out;
    ocs_json json;
    ocs_buf_init(&out, 16 << 20);
    ocs_json_init(&json, &out);
    ocs_document_print(d, true, &json);
    ocs_json_object_end(&json);
    assert_int_equal(ocs_buf_status(&out), OCS_OK);
    ocs_buf_reset(&out);
    ocs_document_pack(d, &out);
    ocs_document again;
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&out), arena, &again, NULL), OCS_OK);
    for (size_t i = 0; i < d->n_mentions; i++) {
        assert_true(d->mentions[i].at.to <= d->text.n);
        assert_true(d->mentions[i].raw.to <= d->raw_size);
    }
    ocs_buf_clear(&out);
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void flipped_bits_give_an_error_or_a_document(void **state)
{
    enum { ROUNDS = 20000 };
    ocs_arena *arena = ocs_arena_new(ARENA);
    ocs_document d = make_document(*state);
    ocs_buf packed;
    pack(&d, &packed);
    uint64_t seed = 20170213;
    unsigned made = 0, refused = 0;
    for (unsigned i = 0; i < ROUNDS; i++) {
        ocs_document back;
        char *copy, *bytes = ocs_arena_copy(arena, packed.p, packed.n);
        for (uint64_t flips = 1 + random_next(&seed) % 3; flips > 0; flips--)
            bytes[random_next(&seed) % packed.n] ^= (char)(1 << random_next(&seed) % 8);
        ocs_status st = unpack_exact(arena, (ocs_str){bytes, packed.n}, &back, &copy);
        if (st == OCS_OK)
            use(arena, &back);
        made += st == OCS_OK;
        refused += st == OCS_CORRUPT || st == OCS_LIMIT;
        free(copy);
        ocs_arena_clear(arena);
    }
    assert_int_equal(made + refused, ROUNDS);
    assert_true(made > 0 && refused > 0);
    ocs_buf_clear(&packed);
    ocs_arena_free(arena);
}

/* A count of millions in a few bytes must not ask for memory. */
static void announced_counts_are_held_against_what_is_left(void **state)
{
    ocs_document d = {.path = OCS_STR("p"), .id = OCS_STR("i")}, back;
    ocs_buf packed;
    pack(&d, &packed);
    size_t used = ocs_arena_used(*state);
    packed.n--; /* the count of items */
    ocs_buf_put_varint(&packed, 1 << 30);
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    assert_int_equal(ocs_arena_used(*state), used);
    ocs_buf_clear(&packed);
}

static void a_full_arena_is_no_damage(void **state)
{
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    ocs_error err = {0};
    pack(&d, &packed);
    for (size_t cap = 0; cap < 2000; cap += 50) {
        ocs_arena *small = ocs_arena_new(cap);
        assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), small, &back, &err), OCS_LIMIT);
        ocs_arena_free(small);
    }
    ocs_buf_clear(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(all_fields_come_back),
        CASE(an_empty_document_comes_back),
        CASE(many_mentions_come_back),
        CASE(what_is_known_is_not_repeated),
        CASE(runs_out_of_order_cannot_be_packed),
        CASE(every_truncation_is_corrupt),
        CASE(bytes_left_over_are_corrupt),
        CASE(what_breaks_out_is_corrupt),
        CASE(a_nul_byte_in_a_rule_is_corrupt),
        CASE(flipped_bits_give_an_error_or_a_document),
        CASE(announced_counts_are_held_against_what_is_left),
        CASE(a_full_arena_is_no_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
