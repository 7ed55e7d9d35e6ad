/* What the builder writes is what libxapian writes of the same records: both databases are read
 * through libxapian and compared term by term, document by document, position by position. */
#include "tests/unit/xapian_fixture.h"

#include "index/glass.h"
#include "index/glass_code.h"
#include "index/glass_invert.h"

enum { SMALL = 1, SOME = 300, MANY = 40000 /* numbers beyond two bytes */, MEMORY = 4 << 20 };

/* A record of ${salt}, in ${arena}. */
typedef void make_record(ocs_arena *arena, unsigned salt, ocs_record *record);

/* ---- making records ---- */

static void *must(void *memory)
{
    assert_non_null(memory);
    return memory;
}

static int by_term(const void *a, const void *b)
{
    return ocs_str_cmp(((const ocs_record_term *)a)->term, ((const ocs_record_term *)b)->term);
}

/* Sorted, each once. */
static void set_terms(ocs_record *record, ocs_record_term *terms, size_t n)
{
    size_t kept = 0;
    qsort(terms, n, sizeof *terms, by_term);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !ocs_str_eq(terms[kept - 1].term, terms[i].term))
            terms[kept++] = terms[i];
    record->terms = terms;
    record->n_terms = kept;
}

/* "${head}${number}" */
static ocs_str print_term(ocs_arena *arena, const char *head, unsigned number)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%s%u", head, number);
    return ocs_str_copy(arena, (ocs_str){text, (size_t)n});
}

/* ${n} positions with gaps of up to ${gap}. */
static const uint32_t *make_positions(ocs_arena *arena, size_t n, unsigned gap, unsigned salt)
{
    uint32_t *at = must(ocs_arena_array(arena, n, sizeof *at)), last = 0;
    for (size_t i = 0; i < n; i++)
        at[i] = last += 1 + (uint32_t)(ocs_hash_mix(salt, i) % gap);
    return at;
}

static void make_plain(ocs_arena *arena, unsigned salt, ocs_record *record)
{
    enum { TERMS = 60 };
    ocs_record_term *terms = must(ocs_arena_array(arena, TERMS, sizeof *terms));
    size_t n = 0;
    for (; n < TERMS - 1; n++) {
        uint64_t hash = ocs_hash_mix(salt, n);
        unsigned word = (unsigned)(hash % 50 * (hash >> 8 & 7) * (hash >> 16 & 31));
        size_t positions = (hash >> 24) % 9;
        terms[n] = (ocs_record_term){.term = print_term(arena, n % 3 ? "w" : "Zw", word),
                                     .wdf = (uint32_t)(positions + (hash >> 40) % 3),
                                     .n_positions = (uint32_t)positions};
        if (positions > 0)
            terms[n].positions = make_positions(arena, positions, 40, salt + (unsigned)n);
    }
    record->unique = terms[n].term = print_term(arena, "Q", salt * 2654435761U);
    set_terms(record, terms, TERMS);
    record->data = print_term(arena, "data of data of data of data of ", salt);
    record->values[0] = (ocs_record_value){0, print_term(arena, "", 1000 + salt % 97)};
    record->values[1] = (ocs_record_value){3, print_term(arena, "v", salt)};
    record->n_values = salt % 5 == 0 ? 0 : salt % 2 + 1;
}

static void make_tiny(ocs_arena *arena, unsigned salt, ocs_record *record)
{
    ocs_record_term *terms = must(ocs_arena_array(arena, 2, sizeof *terms));
    terms[0].term = record->unique = print_term(arena, "Q", salt);
    terms[1] = (ocs_record_term){.term = OCS_STR("all"), .wdf = salt % 300};
    set_terms(record, terms, 2);
}

/* Terms of all lengths, with NUL bytes, with high bytes; frequencies at the edges of their packing;
 * very many positions; far positions; data that does not fit into a block, and none. */
static void make_hostile(ocs_arena *arena, unsigned salt, ocs_record *record)
{
    enum { TERMS = 40, LONGEST = 240, FEW = 5, CROWD = 30000, BLOB = 300000 };
    static const uint32_t frequencies[] = {0, 1, 2, 63, 126, 127, 128, 255, 256, 70000};
    ocs_record_term *terms = must(ocs_arena_array(arena, TERMS, sizeof *terms));
    for (size_t i = 0; i < TERMS; i++) {
        uint64_t hash = ocs_hash_mix(salt, i);
        size_t length = 1 + hash % LONGEST;
        char *name = must(ocs_arena_alloc(arena, length));
        memset(name, "a\xff\x01z"[hash >> 10 & 3], length);
        name[length - 1] = (char)(hash >> 16);
        if (i % 4 == 0)
            name[0] = '\0';
        terms[i] = (ocs_record_term){.term = {name, length}, .wdf = frequencies[hash >> 30 & 7]};
    }
    terms[0].positions = make_positions(arena, CROWD, 2, salt);
    terms[0].n_positions = CROWD;
    terms[1].positions = make_positions(arena, FEW, 100000000, salt);
    terms[1].n_positions = FEW;
    terms[2].wdf = frequencies[8 + salt % 2];
    record->unique = terms[3].term = print_term(arena, "Q", salt);
    set_terms(record, terms, TERMS);
    char *blob = must(ocs_arena_alloc(arena, BLOB));
    for (size_t i = 0; i < BLOB; i++)
        blob[i] = (char)(salt % 2 ? ocs_hash_mix(salt, i) : i / 1000);
    record->data = (ocs_str){blob, salt % 3 == 0 ? 0 : (size_t)BLOB / (salt % 7 + 1)};
    record->values[0] = (ocs_record_value){2, {blob, 1 + salt % 3000}};
    record->n_values = record->data.n > 0 || salt % 2;
}

/* ---- building both ---- */

static void build_ours(const char *path, make_record *make, unsigned n)
{
    ocs_arena *arena = must(ocs_arena_new((size_t)1 << 30));
    ocs_glass *glass;
    OK(ocs_glass_new(path, MEMORY, &glass, &err));
    for (unsigned i = 1; i <= n; i++) {
        ocs_record record = {0};
        ocs_arena_clear(arena);
        make(arena, i, &record);
        OK(ocs_glass_add(glass, &record, &err));
    }
    OK(ocs_glass_set_metadata(glass, OCS_STR("page/b"), OCS_STR("second"), &err));
    OK(ocs_glass_set_metadata(glass, OCS_STR("ocs.format"), OCS_STR("0"), &err));
    OK(ocs_glass_set_metadata(glass, OCS_STR("page/a"), OCS_STR("first"), &err));
    OK(ocs_glass_set_metadata(glass, OCS_STR("page/c"), OCS_STR(""), &err));
    OK(ocs_glass_set_metadata(glass, OCS_STR("ocs.format"), OCS_STR("1"), &err));
    OK(ocs_glass_finish(glass, &err));
    ocs_glass_free(glass);
    ocs_arena_free(arena);
}

static void fill_document(xap_document *document, const ocs_record *record)
{
    OK(xap_document_clear(document, &err));
    OK(xap_document_set_data(document, record->data, &err));
    for (size_t i = 0; i < record->n_values; i++)
        OK(xap_document_set_value(document, record->values[i].slot, record->values[i].value, &err));
    for (size_t i = 0; i < record->n_terms; i++) {
        const ocs_record_term *t = &record->terms[i];
        for (size_t k = 0; k < t->n_positions; k++)
            OK(xap_document_add_posting(document, t->term, t->positions[k], 0, &err));
        OK(xap_document_add_term(document, t->term, t->wdf, &err));
    }
}

static void build_theirs(const char *path, make_record *make, unsigned n)
{
    ocs_arena *arena = must(ocs_arena_new((size_t)1 << 30));
    xap_document *document = must(xap_document_new());
    xap_writer *writer;
    OK(xap_writer_open(path, XAP_CREATE_NEW, &writer, &err));
    for (unsigned i = 1; i <= n; i++) {
        ocs_record record = {0};
        ocs_arena_clear(arena);
        make(arena, i, &record);
        fill_document(document, &record);
        OK(xap_writer_replace(writer, record.unique, document, NULL, &err));
    }
    OK(xap_writer_set_metadata(writer, OCS_STR("ocs.format"), OCS_STR("1"), &err));
    OK(xap_writer_set_metadata(writer, OCS_STR("page/a"), OCS_STR("first"), &err));
    OK(xap_writer_set_metadata(writer, OCS_STR("page/b"), OCS_STR("second"), &err));
    OK(xap_writer_commit(writer, &err));
    OK(xap_writer_close(writer, &err));
    xap_document_free(document);
    ocs_arena_free(arena);
}

/* ---- comparing ---- */

static void compare_positions(xap_db *a, xap_db *b, xap_docid id, ocs_str term, ocs_arena *arena)
{
    uint32_t *x = NULL, *y = NULL;
    size_t n = 0, m = 0;
    ocs_error none;
    ocs_arena_clear(arena);
    ocs_status p = xap_db_positions(a, id, term, arena, &x, &n, &none);
    ocs_status q = xap_db_positions(b, id, term, arena, &y, &m, &none);
    assert_int_equal(p, q);
    assert_int_equal(n, m);
    if (n > 0)
        assert_memory_equal(x, y, n * sizeof *x);
}

static void compare_postings(xap_db *a, xap_db *b, ocs_str term, ocs_arena *arena)
{
    xap_postings *p, *q;
    OK(xap_db_postings(a, term, &p, &err));
    OK(xap_db_postings(b, term, &q, &err));
    for (;;) {
        xap_docid id = 0, other = 0;
        uint32_t wdf = 0, other_wdf = 0;
        ocs_error none;
        ocs_status st = xap_postings_next(p, &id, &wdf, &none);
        assert_int_equal(st, xap_postings_next(q, &other, &other_wdf, &none));
        if (st != OCS_OK)
            break;
        assert_int_equal(id, other);
        assert_int_equal(wdf, other_wdf);
        compare_positions(a, b, id, term, arena);
    }
    xap_postings_free(p);
    xap_postings_free(q);
}

static void compare_terms(xap_db *a, xap_db *b, ocs_arena *arena)
{
    xap_terms *p, *q;
    OK(xap_db_terms(a, OCS_STR(""), &p, &err));
    OK(xap_db_terms(b, OCS_STR(""), &q, &err));
    for (;;) {
        ocs_str term, other;
        uint32_t n = 0, m = 0;
        uint64_t times, other_times;
        ocs_error none;
        ocs_status st = xap_terms_next(p, &term, &n, &none);
        assert_int_equal(st, xap_terms_next(q, &other, &m, &none));
        if (st != OCS_OK)
            break;
        assert_str(term, other);
        assert_int_equal(n, m);
        OK(xap_db_term_occurrences(a, term, &times, &err));
        OK(xap_db_term_occurrences(b, term, &other_times, &err));
        assert_int_equal(times, other_times);
        compare_postings(a, b, term, arena);
    }
    xap_terms_free(p);
    xap_terms_free(q);
}

static void compare_lists(xap_db *a, xap_db *b, xap_docid id)
{
    xap_terms *p, *q;
    ocs_str term, other;
    ocs_error none;
    OK(xap_db_doc_terms(a, id, &p, &err));
    OK(xap_db_doc_terms(b, id, &q, &err));
    while (xap_terms_next(p, &term, NULL, &none) == OCS_OK) {
        assert_int_equal(xap_terms_next(q, &other, NULL, &none), OCS_OK);
        assert_str(term, other);
    }
    assert_int_equal(xap_terms_next(q, &other, NULL, &none), OCS_NOTFOUND);
    xap_terms_free(p);
    xap_terms_free(q);
}

static void compare_document(xap_db *a, xap_db *b, xap_docid id)
{
    enum { SLOTS = 5 };
    ocs_str x, y;
    uint32_t n, m;
    OK(xap_db_doc_length(a, id, &n, &err));
    OK(xap_db_doc_length(b, id, &m, &err));
    assert_int_equal(n, m);
    OK(xap_db_data(a, id, &x, &err));
    OK(xap_db_data(b, id, &y, &err));
    assert_str(x, y);
    for (uint32_t slot = 0; slot < SLOTS; slot++) {
        OK(xap_db_value(a, id, slot, &x, &err));
        OK(xap_db_value(b, id, slot, &y, &err));
        assert_str(x, y);
    }
    compare_lists(a, b, id);
}

static void compare_slots(xap_db *a, xap_db *b)
{
    for (uint32_t slot = 0; slot < 5; slot++) {
        xap_slot x, y;
        OK(xap_db_slot(a, slot, &x, &err));
        OK(xap_db_slot(b, slot, &y, &err));
        assert_int_equal(x.documents, y.documents);
        assert_str(x.low, y.low);
        assert_str(x.high, y.high);
    }
}

static void compare_metadata(xap_db *a, xap_db *b)
{
    static const char *const keys[] = {"ocs.format", "page/a", "page/b", "page/c"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ocs_str x, y;
        OK(xap_db_metadata(a, ocs_str_of(keys[i]), &x, &err));
        OK(xap_db_metadata(b, ocs_str_of(keys[i]), &y, &err));
        assert_str(x, y);
    }
}

static void compare(const char *ours, const char *theirs)
{
    ocs_arena *arena = must(ocs_arena_new((size_t)1 << 28));
    xap_db *a, *b;
    uint32_t n, m;
    OK(xap_db_open(ours, &a, &err));
    OK(xap_db_open(theirs, &b, &err));
    OK(xap_db_count(a, &n, &err));
    OK(xap_db_count(b, &m, &err));
    assert_int_equal(n, m);
    OK(xap_db_last_docid(a, &m, &err));
    assert_int_equal(n, m);
    compare_terms(a, b, arena);
    for (xap_docid id = 1; id <= n; id++)
        compare_document(a, b, id);
    compare_slots(a, b);
    compare_metadata(a, b);
    xap_db_close(a);
    xap_db_close(b);
    ocs_arena_free(arena);
}

static void assert_sound(const char *path)
{
    ocs_buf report;
    ocs_error err = {0};
    ocs_buf_init(&report, 1 << 20);
    if (xap_check(path, &report, &err) != OCS_OK)
        fail_msg("%s\n%.*s", err.text, OCS_ARG(ocs_buf_str(&report)));
    ocs_buf_clear(&report);
}

static void build_and_compare(void **state, make_record *make, unsigned n)
{
    const place *p = *state;
    char ours[PATH_ROOM];
    snprintf(ours, sizeof ours, "%s/ours", p->dir);
    build_ours(ours, make, n);
    build_theirs(p->db, make, n);
    assert_sound(ours);
    compare(ours, p->db);
}

/* ---- tests ---- */

static void one_document_is_as_libxapian_has_it(void **state)
{
    build_and_compare(state, make_plain, SMALL);
}

static void an_empty_database_is_one(void **state)
{
    build_and_compare(state, make_plain, 0);
}

static void plain_records_are_as_libxapian_has_them(void **state)
{
    build_and_compare(state, make_plain, SOME);
}

static void hostile_records_are_as_libxapian_has_them(void **state)
{
    build_and_compare(state, make_hostile, 24);
}

static void great_numbers_are_as_libxapian_has_them(void **state)
{
    build_and_compare(state, make_tiny, MANY);
}

/* Segments of 4 MiB. */
static void many_segments_are_merged(void **state)
{
    build_and_compare(state, make_hostile, 400);
}

static void libxapian_goes_on_with_it(void **state)
{
    const place *p = *state;
    char ours[PATH_ROOM];
    xap_writer *writer;
    ocs_arena *arena = must(ocs_arena_new(1 << 24));
    xap_document *document = must(xap_document_new());
    snprintf(ours, sizeof ours, "%s/ours", p->dir);
    build_ours(ours, make_plain, SOME);
    build_theirs(p->db, make_plain, SOME);
    for (int which = 0; which < 2; which++) {
        OK(xap_writer_open(which ? p->db : ours, XAP_OPEN_EXISTING, &writer, &err));
        for (unsigned i = 1; i <= 40; i++) {
            ocs_record record = {0}, old = {0};
            ocs_arena_clear(arena);
            make_plain(arena, i + 1000, &record);
            make_plain(arena, i, &old);
            fill_document(document, &record);
            OK(xap_writer_replace(writer, old.unique, document, NULL, &err));
        }
        OK(xap_writer_commit(writer, &err));
        OK(xap_writer_close(writer, &err));
    }
    assert_sound(ours);
    compare(ours, p->db);
    xap_document_free(document);
    ocs_arena_free(arena);
}

static void what_libxapian_refuses_is_refused(void **state)
{
    const place *p = *state;
    char name[300];
    ocs_glass *glass;
    ocs_record_term terms[2] = {{.term = OCS_STR("b")}, {.term = OCS_STR("a")}};
    ocs_record record = {.terms = terms, .n_terms = 2};
    memset(name, 'x', sizeof name);
    OK(ocs_glass_new(p->db, MEMORY, &glass, &err));
    FAILS(OCS_BUG, ocs_glass_add(glass, &record, &err)); /* not sorted */
    terms[1].term = (ocs_str){name, 246};
    FAILS(OCS_BUG, ocs_glass_add(glass, &record, &err)); /* too long */
    record.terms = &terms[1];
    record.n_terms = 1;
    terms[1].term = OCS_STR("");
    FAILS(OCS_BUG, ocs_glass_add(glass, &record, &err)); /* empty */
    FAILS(OCS_BUG, ocs_glass_set_metadata(glass, (ocs_str){name, 254}, OCS_STR("x"), &err));
    FAILS(OCS_BUG, ocs_glass_set_metadata(glass, OCS_STR(""), OCS_STR("x"), &err));
    ocs_glass_free(glass);
}

static void what_is_not_finished_is_no_database(void **state)
{
    const place *p = *state;
    ocs_glass *glass;
    ocs_arena *arena = must(ocs_arena_new(1 << 24));
    ocs_record record = {0};
    xap_db *db;
    make_plain(arena, 1, &record);
    OK(ocs_glass_new(p->db, MEMORY, &glass, &err));
    OK(ocs_glass_add(glass, &record, &err));
    ocs_glass_free(glass);
    ocs_error err = {0};
    assert_int_not_equal(xap_db_open(p->db, &db, &err), OCS_OK);
    ocs_arena_free(arena);
}

static void a_directory_that_exists_is_left_alone(void **state)
{
    const place *p = *state;
    ocs_glass *glass;
    FAILS(OCS_IO, ocs_glass_new(p->dir, MEMORY, &glass, &err));
    ocs_glass_free(glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(one_document_is_as_libxapian_has_it),
        TEST_IN_PLACE(an_empty_database_is_one),
        TEST_IN_PLACE(plain_records_are_as_libxapian_has_them),
        TEST_IN_PLACE(hostile_records_are_as_libxapian_has_them),
        TEST_IN_PLACE(great_numbers_are_as_libxapian_has_them),
        TEST_IN_PLACE(many_segments_are_merged),
        TEST_IN_PLACE(libxapian_goes_on_with_it),
        TEST_IN_PLACE(what_libxapian_refuses_is_refused),
        TEST_IN_PLACE(what_is_not_finished_is_no_database),
        TEST_IN_PLACE(a_directory_that_exists_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
