/* The C binding of libxapian: what is written comes back, walks, queries, searches, stems. Failures
 * have a file of their own, xapian_faults.c. */
#include "xapian_fixture.h"

#include <math.h>

/* ---- storing and reading ---- */

static void what_is_stored_comes_back(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    assert_int_equal(put_valued(writer, "Q1", "one two two", "v1"), 1);
    assert_int_equal(put(writer, "Q2", "two"), 2);
    done(writer);

    xap_db *db = db_at(p->db);
    ocs_str out;
    uint32_t n;
    OK(xap_db_count(db, &n, &err));
    assert_int_equal(n, 2);
    OK(xap_db_last_docid(db, &n, &err));
    assert_int_equal(n, 2);
    OK(xap_db_term_documents(db, OCS_STR("two"), &n, &err));
    assert_int_equal(n, 2);
    OK(xap_db_doc_length(db, 1, &n, &err));
    assert_int_equal(n, 3);
    OK(xap_db_data(db, 1, &out, &err));
    assert_str(out, OCS_STR("one two two"));
    OK(xap_db_value(db, 1, 0, &out, &err));
    assert_str(out, OCS_STR("v1"));
    OK(xap_db_value(db, 1, 7, &out, &err));
    assert_int_equal(out.n, 0);
    xap_db_close(db);
}

static void the_first_document_of_a_term_is_found(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_docid id = 0;
    put(writer, "Q1", "one");
    put(writer, "Q2", "two");
    put(writer, "Q3", "two");
    OK(xap_db_first(xap_writer_db(writer), OCS_STR("two"), &id, &err));
    assert_int_equal(id, 2);
    done(writer);
}

static void replacing_keeps_the_number_and_deleting_frees_the_document(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    ocs_str data;
    uint32_t n;
    put(writer, "Q1", "old");
    put(writer, "Q2", "other");
    assert_int_equal(put(writer, "Q1", "new"), 1);
    OK(xap_writer_delete(writer, OCS_STR("Q2"), &err));
    OK(xap_writer_delete(writer, OCS_STR("Qnever"), &err));
    done(writer);

    xap_db *db = db_at(p->db);
    OK(xap_db_data(db, 1, &data, &err));
    assert_str(data, OCS_STR("new"));
    OK(xap_db_count(db, &n, &err));
    assert_int_equal(n, 1);
    assert_finds(db, term("old"), "");
    assert_finds(db, term("new"), "1 ");
    xap_db_close(db);
}

static void a_cleared_document_starts_again(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_document *document = document_of("Q1", "gone", "gone");
    ocs_str out;
    OK(xap_document_clear(document, &err));
    OK(xap_document_add_term(document, OCS_STR("kept"), 1, &err));
    OK(xap_writer_replace(writer, OCS_STR("kept"), document, NULL, &err));
    xap_document_free(document);
    OK(xap_db_data(xap_writer_db(writer), 1, &out, &err));
    assert_int_equal(out.n, 0);
    OK(xap_db_value(xap_writer_db(writer), 1, 0, &out, &err));
    assert_int_equal(out.n, 0);
    assert_finds(xap_writer_db(writer), term("gone"), "");
    assert_finds(xap_writer_db(writer), term("kept"), "1 ");
    done(writer);
}

static void any_bytes_make_a_term_a_value_and_data(void **state)
{
    const place *p = *state;
    const ocs_str odd = OCS_STR("\0Stojanovi\xC4\x87\0\xFF\x01");
    xap_writer *writer = writer_at(p->db);
    xap_document *document = xap_document_new();
    OK(xap_document_add_posting(document, odd, 3, 1, &err));
    OK(xap_document_set_value(document, 1, odd, &err));
    OK(xap_document_set_data(document, odd, &err));
    OK(xap_writer_replace(writer, odd, document, NULL, &err));
    OK(xap_writer_set_metadata(writer, odd, odd, &err));
    xap_document_free(document);
    done(writer);

    xap_db *db = db_at(p->db);
    xap_terms *terms = NULL;
    ocs_str out;
    OK(xap_db_doc_terms(db, 1, &terms, &err));
    OK(xap_terms_next(terms, &out, NULL, &err));
    assert_str(out, odd);
    xap_terms_free(terms);
    OK(xap_db_value(db, 1, 1, &out, &err));
    assert_str(out, odd);
    OK(xap_db_data(db, 1, &out, &err));
    assert_str(out, odd);
    OK(xap_db_metadata(db, odd, &out, &err));
    assert_str(out, odd);
    xap_query *query = NULL;
    OK(xap_query_term(odd, &query, &err));
    assert_finds(db, query, "1 ");
    xap_db_close(db);
}

static void metadata_is_set_and_removed(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    ocs_str out;
    OK(xap_db_metadata(db, OCS_STR("key"), &out, &err));
    assert_int_equal(out.n, 0);
    OK(xap_writer_set_metadata(writer, OCS_STR("key"), OCS_STR("value"), &err));
    OK(xap_writer_commit(writer, &err));
    OK(xap_db_metadata(db, OCS_STR("key"), &out, &err));
    assert_str(out, OCS_STR("value"));
    OK(xap_writer_set_metadata(writer, OCS_STR("key"), OCS_STR(""), &err));
    done(writer);

    xap_terms *keys = NULL;
    db = db_at(p->db);
    OK(xap_db_keys(db, OCS_STR(""), &keys, &err));
    FAILS(OCS_NOTFOUND, xap_terms_next(keys, &out, NULL, &err));
    xap_terms_free(keys);
    xap_db_close(db);
}

static void a_spelling_is_stored(void **state)
{
    const place *p = *state;
    char table[PATH_ROOM + 16];
    xap_writer *writer = writer_at(p->db);
    snprintf(table, sizeof table, "%s/spelling.glass", p->db);
    OK(xap_writer_add_spelling(writer, OCS_STR("organisation"), &err));
    assert_int_not_equal(access(table, F_OK), 0);
    done(writer);
    assert_int_equal(access(table, F_OK), 0);
}

/* ---- transactions and revisions ---- */

static void a_cancelled_transaction_leaves_nothing(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "before");
    OK(xap_writer_begin(writer, &err));
    put(writer, "Q2", "within");
    OK(xap_writer_set_metadata(writer, OCS_STR("key"), OCS_STR("value"), &err));
    OK(xap_writer_cancel(writer, &err));
    done(writer);

    ocs_str out;
    xap_db *db = db_at(p->db);
    assert_finds(db, term("before"), "1 ");
    assert_finds(db, term("within"), "");
    OK(xap_db_metadata(db, OCS_STR("key"), &out, &err));
    assert_int_equal(out.n, 0);
    xap_db_close(db);
}

static void closing_drops_an_open_transaction_only(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "outside");
    OK(xap_writer_close(writer, &err));
    writer = writer_at(p->db);
    OK(xap_writer_begin(writer, &err));
    put(writer, "Q2", "within");
    OK(xap_writer_close(writer, &err));

    xap_db *db = db_at(p->db);
    assert_finds(db, term("outside"), "1 ");
    assert_finds(db, term("within"), "");
    xap_db_close(db);
}

static void a_commit_ends_the_transaction(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    OK(xap_writer_begin(writer, &err));
    put(writer, "Q1", "kept");
    OK(xap_writer_commit(writer, &err));
    OK(xap_writer_begin(writer, &err));
    put(writer, "Q2", "dropped");
    OK(xap_writer_close(writer, &err));

    xap_db *db = db_at(p->db);
    assert_finds(db, term("kept"), "1 ");
    assert_finds(db, term("dropped"), "");
    xap_db_close(db);
}

static void a_reader_sees_a_commit_after_reopening(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    bool moved = true;
    put(writer, "Q1", "word");
    OK(xap_writer_commit(writer, &err));
    xap_db *db = db_at(p->db);
    OK(xap_db_reopen(db, &moved, &err));
    assert_false(moved);

    put(writer, "Q2", "word");
    assert_finds(xap_writer_db(writer), term("word"), "1 2 ");
    OK(xap_writer_commit(writer, &err));
    assert_finds(db, term("word"), "1 ");
    OK(xap_db_reopen(db, &moved, &err));
    assert_true(moved);
    assert_finds(db, term("word"), "1 2 ");
    xap_db_close(db);
    done(writer);
}

static void two_databases_are_searched_together(void **state)
{
    const place *p = *state;
    char second[PATH_ROOM + 16];
    uint32_t n;
    snprintf(second, sizeof second, "%s/second", p->dir);
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "word");
    done(writer);
    writer = writer_at(second);
    put(writer, "Q2", "word");
    done(writer);

    xap_db *db = db_at(p->db);
    OK(xap_db_add(db, second, &err));
    OK(xap_db_count(db, &n, &err));
    assert_int_equal(n, 2);
    assert_finds(db, term("word"), "1 2 ");
    assert_finds(db, term("Q2"), "2 ");
    xap_db_close(db);
}

static void a_sound_database_checks_out(void **state)
{
    const place *p = *state;
    ocs_buf report;
    ocs_buf_init(&report, 1 << 16);
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "word");
    done(writer);
    OK(xap_check(p->db, &report, &err));
    OK(xap_check(p->db, NULL, &err));
    assert_int_equal(ocs_buf_status(&report), OCS_OK);
    ocs_buf_clear(&report);
}

/* ---- walks ---- */

static void fill_for_walks(const place *p)
{
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "ab aa b a");
    put(writer, "Q2", "ac aa");
    OK(xap_writer_set_metadata(writer, OCS_STR("page/b"), OCS_STR("2"), &err));
    OK(xap_writer_set_metadata(writer, OCS_STR("page/a"), OCS_STR("1"), &err));
    OK(xap_writer_set_metadata(writer, OCS_STR("other"), OCS_STR("0"), &err));
    done(writer);
}

static void assert_next(xap_terms *terms, const char *want, uint32_t want_documents)
{
    ocs_str got;
    uint32_t documents = 99;
    OK(xap_terms_next(terms, &got, &documents, &err));
    assert_str(got, ocs_str_of(want));
    assert_int_equal(documents, want_documents);
}

static void assert_end(xap_terms *terms)
{
    ocs_str got;
    FAILS(OCS_NOTFOUND, xap_terms_next(terms, &got, NULL, &err));
    FAILS(OCS_NOTFOUND, xap_terms_next(terms, &got, NULL, &err));
}

static void terms_come_in_byte_order_within_the_prefix(void **state)
{
    const place *p = *state;
    xap_terms *terms = NULL;
    fill_for_walks(p);
    xap_db *db = db_at(p->db);
    OK(xap_db_terms(db, OCS_STR("a"), &terms, &err));
    xap_db_close(db); /* the walk keeps what it needs */
    assert_next(terms, "a", 1);
    assert_next(terms, "aa", 2);
    assert_next(terms, "ab", 1);
    assert_next(terms, "ac", 1);
    assert_end(terms);
    xap_terms_free(terms);
}

static void an_empty_prefix_walks_all_terms(void **state)
{
    const place *p = *state;
    xap_terms *terms = NULL;
    fill_for_walks(p);
    xap_db *db = db_at(p->db);
    OK(xap_db_terms(db, OCS_STR(""), &terms, &err));
    assert_next(terms, "Q1", 1);
    assert_next(terms, "Q2", 1);
    assert_next(terms, "a", 1);
    OK(xap_terms_skip_to(terms, OCS_STR("b"), &err));
    assert_next(terms, "b", 1);
    assert_end(terms);
    xap_terms_free(terms);
    xap_db_close(db);
}

static void a_skip_goes_forward_only(void **state)
{
    const place *p = *state;
    xap_terms *terms = NULL;
    fill_for_walks(p);
    xap_db *db = db_at(p->db);
    OK(xap_db_terms(db, OCS_STR("a"), &terms, &err));
    OK(xap_terms_skip_to(terms, OCS_STR("Q"), &err)); /* before the prefix */
    assert_next(terms, "a", 1);
    OK(xap_terms_skip_to(terms, OCS_STR("aaa"), &err));
    assert_next(terms, "ab", 1);
    OK(xap_terms_skip_to(terms, OCS_STR("aa"), &err));
    assert_next(terms, "ac", 1);
    xap_terms_free(terms);

    OK(xap_db_terms(db, OCS_STR("a"), &terms, &err));
    OK(xap_terms_skip_to(terms, OCS_STR("b"), &err)); /* beyond the prefix */
    assert_end(terms);
    OK(xap_terms_skip_to(terms, OCS_STR("a"), &err));
    assert_end(terms);
    xap_terms_free(terms);
    xap_db_close(db);
}

static void keys_come_in_byte_order_within_the_prefix(void **state)
{
    const place *p = *state;
    xap_terms *keys = NULL;
    fill_for_walks(p);
    xap_db *db = db_at(p->db);
    OK(xap_db_keys(db, OCS_STR("page/"), &keys, &err));
    xap_db_close(db);
    assert_next(keys, "page/a", 0);
    assert_next(keys, "page/b", 0);
    assert_end(keys);
    xap_terms_free(keys);

    db = db_at(p->db);
    OK(xap_db_keys(db, OCS_STR(""), &keys, &err));
    OK(xap_terms_skip_to(keys, OCS_STR("page/b"), &err));
    assert_next(keys, "page/b", 0);
    assert_end(keys);
    xap_terms_free(keys);
    xap_db_close(db);
}

static void a_document_lists_its_terms(void **state)
{
    const place *p = *state;
    xap_terms *terms = NULL;
    fill_for_walks(p);
    xap_db *db = db_at(p->db);
    OK(xap_db_doc_terms(db, 2, &terms, &err));
    assert_next(terms, "Q2", 1);
    assert_next(terms, "aa", 2);
    assert_next(terms, "ac", 1);
    assert_end(terms);
    xap_terms_free(terms);
    xap_db_close(db);
}

static void positions_come_back_in_order(void **state)
{
    const place *p = *state;
    ocs_arena *arena = ocs_arena_new(1 << 16);
    uint32_t *at = NULL;
    size_t n = 0;
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "a b a c a");
    done(writer);
    xap_db *db = db_at(p->db);
    OK(xap_db_positions(db, 1, OCS_STR("a"), arena, &at, &n, &err));
    assert_int_equal(n, 3);
    assert_memory_equal(at, ((uint32_t[]){1, 3, 5}), 3 * sizeof *at);
    FAILS(OCS_NOTFOUND, xap_db_positions(db, 1, OCS_STR("z"), arena, &at, &n, &err));
    FAILS(OCS_NOTFOUND, xap_db_positions(db, 1, OCS_STR("Q1"), arena, &at, &n, &err));
    FAILS(OCS_NOTFOUND, xap_db_positions(db, 9, OCS_STR("a"), arena, &at, &n, &err));
    xap_db_close(db);
    ocs_arena_free(arena);
}

static void positions_that_do_not_fit_the_arena_are_a_limit(void **state)
{
    const place *p = *state;
    ocs_arena *arena = ocs_arena_new(8);
    uint32_t *at = NULL;
    size_t n = 0;
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "a b a c a");
    FAILS(OCS_LIMIT,
          xap_db_positions(xap_writer_db(writer), 1, OCS_STR("a"), arena, &at, &n, &err));
    done(writer);
    ocs_arena_free(arena);
}

/* ---- queries ---- */

static void operators_choose_documents(void **state)
{
    const place *p = *state;
    xap_query *query = NULL;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    put(writer, "Q1", "a b");
    put(writer, "Q2", "a");
    put(writer, "Q3", "b");
    put(writer, "Q4", "c");
    assert_finds(db, join(XAP_AND, 0, term("a"), term("b")), "1 ");
    assert_finds(db, join(XAP_OR, 0, term("a"), term("b")), "1 2 3 ");
    assert_finds(db, join(XAP_AND_NOT, 0, term("a"), term("b")), "2 ");
    assert_finds(db, join(XAP_AND_MAYBE, 0, term("a"), term("b")), "1 2 ");
    assert_finds(db, join(XAP_FILTER, 0, term("a"), term("b")), "1 ");
    assert_finds(db, join(XAP_SYNONYM, 0, term("a"), term("b")), "1 2 3 ");
    assert_finds(db, join(XAP_MAX, 0, term("b"), term("c")), "1 3 4 ");
    OK(xap_query_all(&query, &err));
    assert_finds(db, query, "1 2 3 4 ");
    OK(xap_query_none(&query, &err));
    assert_finds(db, query, "");
    OK(xap_query_combine(XAP_AND, NULL, 0, 0, &query, &err));
    assert_finds(db, query, "");
    done(writer);
}

static bool same(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void a_filter_does_not_score(void **state)
{
    const place *p = *state;
    xap_results *plain = NULL, *filtered = NULL, *scaled = NULL;
    xap_query *a = term("a"), *twice = NULL, *both = join(XAP_FILTER, 0, term("a"), term("b"));
    const xap_search search = {.most = 5};
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "a b");
    put(writer, "Q2", "c d");
    OK(xap_query_scale(a, 2, &twice, &err));
    OK(xap_search_run(xap_writer_db(writer), a, &search, &plain, &err));
    OK(xap_search_run(xap_writer_db(writer), both, &search, &filtered, &err));
    OK(xap_search_run(xap_writer_db(writer), twice, &search, &scaled, &err));
    double score = xap_results_score(plain, 0);
    assert_true(score > 0);
    assert_true(same(xap_results_score(filtered, 0), score));
    assert_true(same(xap_results_score(scaled, 0), 2 * score));
    xap_results_free(plain);
    xap_results_free(filtered);
    xap_results_free(scaled);
    xap_query_free(a);
    xap_query_free(twice);
    xap_query_free(both);
    done(writer);
}

static xap_query *either(const char *a, const char *b)
{
    return join(XAP_OR, 0, term(a), term(b));
}

static void fill_for_windows(xap_writer *writer)
{
    put(writer, "Q1", "a b");
    put(writer, "Q2", "c a");
    put(writer, "Q3", "a x x x x b");
    put(writer, "Q4", "b x x x x a x c");
    put(writer, "Q5", "b c");
    put(writer, "Q6", "a d");
}

static void near_reaches_over_an_or(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    fill_for_windows(writer);
    assert_finds(db, join(XAP_NEAR, 3, term("a"), either("b", "c")), "1 2 4 ");
    assert_finds(db, join(XAP_NEAR, 6, term("a"), either("b", "c")), "1 2 3 4 ");
    assert_finds(db, join(XAP_NEAR, 2, term("a"), either("b", "c")), "1 2 ");
    assert_finds(db, join(XAP_NEAR, 2, either("b", "c"), term("a")), "1 2 ");
    assert_finds(db, join(XAP_NEAR, 2, term("a"), either("c", "never")), "2 ");
    done(writer);
}

static void a_phrase_of_two_ors_keeps_the_order(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    fill_for_windows(writer);
    assert_finds(db, join(XAP_PHRASE, 2, either("a", "b"), either("b", "c")), "1 5 ");
    assert_finds(db, join(XAP_PHRASE, 2, either("b", "c"), either("a", "d")), "2 ");
    assert_finds(db, join(XAP_PHRASE, 3, either("a", "b"), either("b", "c")), "1 4 5 ");
    assert_finds(db, join(XAP_PHRASE, 2, term("a"), term("b")), "1 ");
    done(writer);
}

static void a_wildcard_within_near_stands_beside_another(void **state)
{
    const place *p = *state;
    xap_query *wild = NULL;
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "a orga");
    put(writer, "Q2", "a x orgb");
    put(writer, "Q3", "orgc a");
    OK(xap_query_wildcard(OCS_STR("org"), 0, &wild, &err));
    assert_finds(xap_writer_db(writer),
                 join(XAP_NEAR, 2, term("a"), join(XAP_OR, 0, term("org"), wild)), "1 3 ");
    done(writer);
}

static void what_has_no_positions_is_unsupported_within_near(void **state)
{
    (void)state;
    xap_query *wild = NULL, *query = NULL;
    OK(xap_query_wildcard(OCS_STR("org"), 0, &wild, &err));
    xap_query *parts[] = {term("a"), wild};
    FAILS(OCS_UNSUPPORTED, xap_query_combine(XAP_NEAR, parts, 2, 5, &query, &err));
    FAILS(OCS_UNSUPPORTED, xap_query_combine(XAP_PHRASE, parts, 2, 5, &query, &err));
    assert_null(query);
    xap_query_free(parts[0]);
    xap_query_free(wild);
}

/* Two forms of a word at one place, as the index has them for "organised" and "organized". */
static void forms_at_one_position_count_as_one_word(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_document *document = document_of("Q1", "organised crime", "");
    OK(xap_document_add_posting(document, OCS_STR("organized"), 1, 1, &err));
    OK(xap_writer_replace(writer, OCS_STR("Q1"), document, NULL, &err));
    xap_document_free(document);
    assert_finds(xap_writer_db(writer),
                 join(XAP_PHRASE, 2, either("organised", "organized"), term("crime")), "1 ");
    done(writer);
}

static void a_wildcard_stops_at_its_limit(void **state)
{
    const place *p = *state;
    xap_query *query = NULL;
    xap_results *results = NULL;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    put(writer, "Q1", "orga orgb");
    put(writer, "Q2", "orgc");
    put(writer, "Q3", "other");
    OK(xap_query_wildcard(OCS_STR("org"), 3, &query, &err));
    assert_finds(db, query, "1 2 ");
    OK(xap_query_wildcard(OCS_STR("org"), 0, &query, &err));
    assert_finds(db, query, "1 2 ");
    OK(xap_query_wildcard(OCS_STR("none"), 3, &query, &err));
    assert_finds(db, query, "");
    OK(xap_query_wildcard(OCS_STR("org"), 2, &query, &err));
    FAILS(OCS_LIMIT, xap_search_run(db, query, &(xap_search){.most = 5}, &results, &err));
    assert_null(results);
    xap_query_free(query);
    done(writer);
}

static void a_range_has_both_its_ends(void **state)
{
    const place *p = *state;
    xap_query *query = NULL;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    put_valued(writer, "Q1", "a", "20160101");
    put_valued(writer, "Q2", "a", "20170213");
    put_valued(writer, "Q3", "a", "20180630");
    put(writer, "Q4", "a");
    OK(xap_query_range(0, OCS_STR("20160101"), OCS_STR("20170213"), &query, &err));
    assert_finds(db, query, "1 2 ");
    OK(xap_query_range(0, OCS_STR("20160102"), OCS_STR("20170212"), &query, &err));
    assert_finds(db, query, "");
    OK(xap_query_range(0, OCS_STR("20170213"), OCS_STR("\xFF"), &query, &err));
    assert_finds(db, query, "2 3 ");
    OK(xap_query_range(0, OCS_STR("2018"), OCS_STR("2016"), &query, &err));
    assert_finds(db, query, "");
    done(writer);
}

static void a_query_describes_itself(void **state)
{
    (void)state;
    ocs_buf out, small;
    ocs_buf_init(&out, 1 << 10);
    ocs_buf_init(&small, 4);
    xap_query *query = either("crime", "police");
    OK(xap_query_describe(query, &out, &err));
    assert_str(ocs_buf_str(&out), OCS_STR("Query((crime OR police))"));
    FAILS(OCS_LIMIT, xap_query_describe(query, &small, &err));
    xap_query_free(query);
    ocs_buf_clear(&small);
    ocs_buf_clear(&out);
}

/* ---- searching ---- */

static void ties_come_by_number(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    put_valued(writer, "Q1", "a", "2");
    put_valued(writer, "Q2", "a", "1");
    put_valued(writer, "Q3", "a", "2");
    put_valued(writer, "Q4", "a", "1");
    put_valued(writer, "Q5", "a a a", "1");
    put(writer, "Q6", "a");
    assert_order(db, term("a"), &(xap_search){.most = 9, .sort = XAP_BY_SCORE}, "5 1 2 3 4 6 ");
    assert_order(db, term("a"), &(xap_search){.most = 9, .sort = XAP_BY_VALUE}, "6 5 2 4 1 3 ");
    assert_order(db, term("a"), &(xap_search){.most = 9, .sort = XAP_BY_VALUE_DESCENDING},
                 "1 3 5 2 4 6 ");
    assert_order(db, term("a"), &(xap_search){.most = 9, .sort = XAP_BY_DOCID}, "1 2 3 4 5 6 ");
    assert_order(db, term("a"), &(xap_search){.most = 9, .sort = XAP_BY_VALUE, .sort_slot = 5},
                 "5 1 2 3 4 6 ");
    done(writer);
}

static void hits_are_given_by_the_page(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_db *db = xap_writer_db(writer);
    put(writer, "Q1", "a");
    put(writer, "Q2", "a");
    put(writer, "Q3", "a");
    assert_order(db, term("a"), &(xap_search){.most = 2}, "1 2 ");
    assert_order(db, term("a"), &(xap_search){.first = 2, .most = 2}, "3 ");
    assert_order(db, term("a"), &(xap_search){.first = 3, .most = 2}, "");
    assert_order(db, term("a"), &(xap_search){.first = 1, .most = UINT32_MAX}, "2 3 ");
    done(writer);
}

/* a stands in 30 of 90 documents and b in 45, so that both must be read to know in how many they
 * meet. */
static void fill_for_counts(xap_writer *writer)
{
    char name[16];
    for (unsigned i = 0; i < 90; i++) {
        snprintf(name, sizeof name, "Q%u", i);
        put(writer, name, i % 6 == 0 ? "a b" : i % 3 == 0 ? "a" : i % 2 == 0 ? "b" : "c");
    }
}

static void checking_more_makes_the_count_exact(void **state)
{
    const place *p = *state;
    xap_results *results = NULL;
    bool exact = true;
    xap_writer *writer = writer_at(p->db);
    xap_query *query = join(XAP_AND, 0, term("a"), term("b"));
    fill_for_counts(writer);
    OK(xap_search_run(xap_writer_db(writer), query, &(xap_search){.most = 1}, &results, &err));
    xap_results_matches(results, &exact);
    assert_false(exact);
    assert_int_equal(xap_results_count(results), 1);
    xap_results_free(results);
    OK(xap_search_run(xap_writer_db(writer), query, &(xap_search){.most = 1, .check_at_least = 90},
                      &results, &err));
    assert_int_equal(xap_results_matches(results, &exact), 15);
    assert_true(exact);
    assert_int_equal(xap_results_count(results), 1);
    xap_results_free(results);
    xap_query_free(query);
    done(writer);
}

/* Numbers as bits, and how many may still come. */
typedef struct told {
    uint64_t numbers;
    unsigned calls, most;
} told;

static bool tell(void *payload, xap_docid id)
{
    told *t = payload;
    t->numbers |= (uint64_t)1 << id;
    return ++t->calls < t->most;
}

static void every_match_is_told_until_it_is_enough(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    xap_query *query = join(XAP_OR, 0, term("a"), term("b"));
    told all = {.most = 64}, some = {.most = 2};
    put(writer, "Q1", "a");
    put(writer, "Q2", "c");
    put(writer, "Q3", "b");
    put(writer, "Q4", "a b a");
    OK(xap_search_each(xap_writer_db(writer), query, tell, &all, &err));
    assert_int_equal(all.numbers, 1 << 1 | 1 << 3 | 1 << 4);
    assert_int_equal(all.calls, 3);
    OK(xap_search_each(xap_writer_db(writer), query, tell, &some, &err));
    assert_int_equal(some.calls, 2);
    xap_query_free(query);
    done(writer);
}

static void beyond_the_last_hit_is_nothing(void **state)
{
    const place *p = *state;
    xap_results *results = NULL;
    xap_query *query = term("a");
    xap_writer *writer = writer_at(p->db);
    put(writer, "Q1", "a");
    OK(xap_search_run(xap_writer_db(writer), query, &(xap_search){.most = 9, .time_limit = 60},
                      &results, &err));
    assert_int_equal(xap_results_count(results), 1);
    assert_int_equal(xap_results_docid(results, 0), 1);
    assert_int_equal(xap_results_docid(results, 1), 0);
    assert_true(same(xap_results_score(results, 1), 0));
    assert_int_equal(xap_results_matches(results, NULL), 1);
    xap_results_free(results);
    xap_query_free(query);
    done(writer);
}

/* ---- stemming ---- */

static void assert_stem(const char *language, const char *word, const char *want)
{
    xap_stem *stem = NULL;
    ocs_str out;
    OK(xap_stem_new(language, &stem, &err));
    OK(xap_stem_word(stem, ocs_str_of(word), &out, &err));
    assert_str(out, ocs_str_of(want));
    xap_stem_free(stem);
}

static void words_are_stemmed_by_language(void **state)
{
    (void)state;
    assert_stem("en", "policing", "polic");
    assert_stem("en", "elections", "elect");
    assert_stem("ru", "безопасности", "безопасн");
    assert_stem("de", "wahlen", "wahl");
}

static void a_language_without_a_stemmer_is_unsupported(void **state)
{
    (void)state;
    static const char *const none[] = {"sq", "", "none", "xx", "english", "porter"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ocs_error err = {.text = ""};
        xap_stem *stem = NULL;
        assert_int_equal(xap_stem_new(none[i], &stem, &err), OCS_UNSUPPORTED);
        assert_null(stem);
        assert_string_equal(err.text, "");
    }
}

static void nothing_may_be_freed(void **state)
{
    (void)state;
    xap_db_close(NULL);
    xap_terms_free(NULL);
    xap_document_free(NULL);
    xap_query_free(NULL);
    xap_results_free(NULL);
    xap_stem_free(NULL);
    OK(xap_writer_close(NULL, &err));
}

static void the_version_is_of_the_series_1_4(void **state)
{
    (void)state;
    assert_true(ocs_str_starts(ocs_str_of(xap_version()), OCS_STR("1.4.")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(what_is_stored_comes_back),
        TEST_IN_PLACE(the_first_document_of_a_term_is_found),
        TEST_IN_PLACE(replacing_keeps_the_number_and_deleting_frees_the_document),
        TEST_IN_PLACE(a_cleared_document_starts_again),
        TEST_IN_PLACE(any_bytes_make_a_term_a_value_and_data),
        TEST_IN_PLACE(metadata_is_set_and_removed),
        TEST_IN_PLACE(a_spelling_is_stored),
        TEST_IN_PLACE(a_cancelled_transaction_leaves_nothing),
        TEST_IN_PLACE(closing_drops_an_open_transaction_only),
        TEST_IN_PLACE(a_commit_ends_the_transaction),
        TEST_IN_PLACE(a_reader_sees_a_commit_after_reopening),
        TEST_IN_PLACE(two_databases_are_searched_together),
        TEST_IN_PLACE(a_sound_database_checks_out),
        TEST_IN_PLACE(terms_come_in_byte_order_within_the_prefix),
        TEST_IN_PLACE(an_empty_prefix_walks_all_terms),
        TEST_IN_PLACE(a_skip_goes_forward_only),
        TEST_IN_PLACE(keys_come_in_byte_order_within_the_prefix),
        TEST_IN_PLACE(a_document_lists_its_terms),
        TEST_IN_PLACE(positions_come_back_in_order),
        TEST_IN_PLACE(positions_that_do_not_fit_the_arena_are_a_limit),
        TEST_IN_PLACE(operators_choose_documents),
        TEST_IN_PLACE(a_filter_does_not_score),
        TEST_IN_PLACE(near_reaches_over_an_or),
        TEST_IN_PLACE(a_phrase_of_two_ors_keeps_the_order),
        TEST_IN_PLACE(a_wildcard_within_near_stands_beside_another),
        cmocka_unit_test(what_has_no_positions_is_unsupported_within_near),
        TEST_IN_PLACE(forms_at_one_position_count_as_one_word),
        TEST_IN_PLACE(a_wildcard_stops_at_its_limit),
        TEST_IN_PLACE(a_range_has_both_its_ends),
        cmocka_unit_test(a_query_describes_itself),
        TEST_IN_PLACE(ties_come_by_number),
        TEST_IN_PLACE(hits_are_given_by_the_page),
        TEST_IN_PLACE(checking_more_makes_the_count_exact),
        TEST_IN_PLACE(every_match_is_told_until_it_is_enough),
        TEST_IN_PLACE(beyond_the_last_hit_is_nothing),
        cmocka_unit_test(words_are_stemmed_by_language),
        cmocka_unit_test(a_language_without_a_stemmer_is_unsupported),
        cmocka_unit_test(nothing_may_be_freed),
        cmocka_unit_test(the_version_is_of_the_series_1_4),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
