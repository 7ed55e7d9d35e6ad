/* Columns written and read again: over several blocks, changed, emptied, and damaged. */
#include "index/column_store.h"
#include "index/column_writer.h"
#include "tests/unit/xapian_fixture.h"

enum { DOCUMENTS = 2 * OCS_COLUMN_DOCUMENTS + 300, PEOPLE = 700 };

static ocs_error err;

#define MUST(call)                               \
    do {                                         \
        if ((call) != OCS_OK)                    \
            fail_msg("%s: %s", #call, err.text); \
    } while (0)

static void assert_text(ocs_str got, const char *wanted)
{
    if (!ocs_str_eq(got, ocs_str_of(wanted)))
        fail_msg("'%.*s' is not '%s'", OCS_ARG(got), wanted);
}

/* ---- writing ---- */

static ocs_status get_block(void *payload, ocs_str key, ocs_str *value, ocs_error *failure)
{
    return xap_db_metadata(xap_writer_db(payload), key, value, failure);
}

static ocs_status put_block(void *payload, ocs_str key, ocs_str value, ocs_error *failure)
{
    return xap_writer_set_metadata(payload, key, value, failure);
}

/* Document ${id} names person id % PEOPLE, by one of three names, and person 0 twice by its first;
 * it stems from one of two sources and was published in a year of its own. */
static void facts_of(xap_docid id, unsigned salt, ocs_buf *out)
{
    char key[32], name[32];
    snprintf(key, sizeof key, "person-%u", (unsigned)(id + salt) % PEOPLE);
    snprintf(name, sizeof name, "Person %u%.*s", (unsigned)(id + salt) % PEOPLE, (int)(id % 3),
             "ab");
    const ocs_column_fact facts[] = {
        {OCS_COLUMN_PERSON, {OCS_STR("person-0"), OCS_STR("First"), {0}}, 2},
        {OCS_COLUMN_PERSON, {ocs_str_of(key), ocs_str_of(name), {0}}, 1},
        {OCS_COLUMN_ON_YEAR, {OCS_STR("1999"), OCS_STR("1999"), {0}}, 1},
        {OCS_COLUMN_SOURCE, {ocs_str_of(id % 2 ? "odd" : "even"), OCS_STR("Source"), {0}}, 1},
    };
    const ocs_date day = {(int16_t)(1000 + id), 2, 3};
    const ocs_column_facts all = {ocs_date_pack(day), facts, sizeof facts / sizeof *facts};
    ocs_buf_reset(out);
    ocs_column_facts_pack(&all, out);
}

static void write_columns(xap_writer *xapian, xap_docid from, xap_docid to, xap_docid step,
                          unsigned salt)
{
    ocs_buf facts;
    const ocs_column_sink sink = {get_block, put_block, xapian};
    ocs_column_writer *writer = ocs_column_writer_new(&sink);
    assert_non_null(writer);
    ocs_buf_init(&facts, 1 << 20);
    for (xap_docid id = from; id <= to; id += step) {
        facts_of(id, salt, &facts);
        MUST(ocs_column_writer_put(writer, id, ocs_buf_str(&facts), &err));
    }
    MUST(ocs_column_writer_finish(writer, &err));
    ocs_column_writer_free(writer);
    ocs_buf_clear(&facts);
}

static void erase(xap_writer *xapian, xap_docid id)
{
    const ocs_column_sink sink = {get_block, put_block, xapian};
    ocs_column_writer *writer = ocs_column_writer_new(&sink);
    assert_non_null(writer);
    MUST(ocs_column_writer_put(writer, id, (ocs_str){0}, &err));
    MUST(ocs_column_writer_finish(writer, &err));
    ocs_column_writer_free(writer);
}

static xap_writer *begin(const place *p)
{
    xap_writer *xapian;
    MUST(xap_writer_open(p->db, XAP_CREATE_OR_OPEN, &xapian, &err));
    return xapian;
}

static void end(xap_writer *xapian)
{
    MUST(xap_writer_commit(xapian, &err));
    MUST(xap_writer_close(xapian, &err));
}

/* ---- reading ---- */

typedef struct reader {
    xap_db *db;
    ocs_columns *columns;
    ocs_arena *arena;
} reader;

static reader open_reader(const place *p)
{
    reader r = {.arena = ocs_arena_new(1 << 20)};
    assert_non_null(r.arena);
    MUST(xap_db_open(p->db, &r.db, &err));
    MUST(ocs_columns_open(r.db, &r.columns, &err));
    return r;
}

static void close_reader(reader *r)
{
    ocs_columns_close(r->columns);
    xap_db_close(r->db);
    ocs_arena_free(r->arena);
}

/* An entry in words: "key=name*mentions". */
static void print_entry(ocs_column *column, const ocs_column_entry *entry, ocs_buf *out)
{
    ocs_column_thing thing, named;
    uint32_t whose = entry->ordinal;
    MUST(ocs_column_thing_at(column, entry->ordinal, &thing, &err));
    ocs_buf_putf(out, "%.*s=", OCS_ARG(thing.key));
    named = thing;
    if (entry->name > 0)
        MUST(ocs_column_name_at(column, entry->name, &whose, &named, &err));
    assert_int_equal(whose, entry->ordinal);
    ocs_buf_putf(out, "%.*s*%u%s ", OCS_ARG(named.name), (unsigned)entry->mentions,
                 entry->again ? "+" : "");
}

static void print_entries(reader *r, ocs_column_family family, xap_docid id, ocs_buf *out)
{
    ocs_column_entries entries;
    ocs_column_entry entry;
    ocs_column *column = ocs_columns_of(r->columns, family);
    MUST(ocs_column_seek(column, id, &entries, &err));
    while (ocs_column_next(&entries, &entry))
        print_entry(column, &entry, out);
    assert_false(entries.damaged);
}

static void assert_people(reader *r, xap_docid id, const char *wanted)
{
    ocs_buf people;
    ocs_buf_init(&people, 1 << 16);
    print_entries(r, OCS_COLUMN_PERSON, id, &people);
    assert_text(ocs_buf_str(&people), wanted);
    ocs_buf_clear(&people);
}

static void assert_document(reader *r, xap_docid id, unsigned salt)
{
    char wanted[128];
    ocs_date day;
    unsigned who = (unsigned)(id + salt) % PEOPLE;
    if (who == 0)
        snprintf(wanted, sizeof wanted, "person-0=First*2 person-0=Person 0%.*s*1+ ", (int)(id % 3),
                 "ab");
    else
        snprintf(wanted, sizeof wanted, "person-0=First*2 person-%u=Person %u%.*s*1 ", who, who,
                 (int)(id % 3), "ab");
    assert_people(r, id, wanted);
    MUST(ocs_columns_published(r->columns, id, &day, &err));
    assert_int_equal(day.year, 1000 + id);
    assert_int_equal(day.month, 2);
    assert_int_equal(day.day, 3);
}

/* ---- claims ---- */

static void every_document_is_read_as_it_was_written(void **state)
{
    xap_writer *xapian = begin(*state);
    write_columns(xapian, 1, DOCUMENTS, 1, 0);
    end(xapian);
    reader r = open_reader(*state);
    for (xap_docid id = 1; id <= DOCUMENTS; id++)
        assert_document(&r, id, 0);
    assert_int_equal(ocs_column_things(ocs_columns_of(r.columns, OCS_COLUMN_PERSON)), PEOPLE);
    assert_int_equal(ocs_column_things(ocs_columns_of(r.columns, OCS_COLUMN_SOURCE)), 2);
    close_reader(&r);
}

static void documents_may_come_in_pieces(void **state)
{
    xap_writer *xapian = begin(*state);
    write_columns(xapian, 2, DOCUMENTS, 2, 0);
    write_columns(xapian, 1, DOCUMENTS, 2, 0);
    end(xapian);
    reader r = open_reader(*state);
    for (xap_docid id = DOCUMENTS; id >= 1; id--)
        assert_document(&r, id, 0);
    close_reader(&r);
}

static void a_change_leaves_the_others_alone(void **state)
{
    xap_writer *xapian = begin(*state);
    write_columns(xapian, 1, DOCUMENTS, 1, 0);
    end(xapian);
    xapian = begin(*state);
    write_columns(xapian, 5, DOCUMENTS, 500, 7);
    end(xapian);
    reader r = open_reader(*state);
    for (xap_docid id = 1; id <= DOCUMENTS; id++)
        assert_document(&r, id, id % 500 == 5 ? 7 : 0);
    close_reader(&r);
}

static void what_is_erased_is_empty(void **state)
{
    ocs_date day;
    xap_writer *xapian = begin(*state);
    write_columns(xapian, 1, 20, 1, 0);
    erase(xapian, 20);
    erase(xapian, 3);
    end(xapian);
    reader r = open_reader(*state);
    assert_people(&r, 3, "");
    assert_people(&r, 20, "");
    assert_people(&r, 21, "");
    assert_people(&r, 5 * OCS_COLUMN_DOCUMENTS, "");
    assert_document(&r, 4, 0);
    MUST(ocs_columns_published(r.columns, 20, &day, &err));
    assert_int_equal(day.year, 0);
    close_reader(&r);
}

static void years_are_their_own_numbers(void **state)
{
    ocs_buf years;
    xap_writer *xapian = begin(*state);
    write_columns(xapian, 1, 1, 1, 0);
    end(xapian);
    reader r = open_reader(*state);
    ocs_buf_init(&years, 1 << 10);
    print_entries(&r, OCS_COLUMN_ON_YEAR, 1, &years);
    assert_text(ocs_buf_str(&years), "1999=1999*1 ");
    ocs_buf_clear(&years);
    close_reader(&r);
}

static void a_database_without_columns_is_damaged(void **state)
{
    xap_db *db;
    ocs_columns *columns;
    const place *p = *state;
    end(begin(p));
    MUST(xap_db_open(p->db, &db, &err));
    assert_int_equal(ocs_columns_open(db, &columns, &err), OCS_CORRUPT);
    assert_null(columns);
    xap_db_close(db);
}

/* Every piece of a block of entries, put in its place: an error or entries within the numbers. */
static void a_cut_block_is_damaged_or_shorter(void **state)
{
    const place *p = *state;
    ocs_buf key, block;
    ocs_str value;
    xap_writer *xapian = begin(p);
    write_columns(xapian, 1, 40, 1, 0);
    ocs_buf_init(&key, 256);
    ocs_buf_init(&block, 1 << 20);
    ocs_column_key(&key, OCS_COLUMN_PERSON, OCS_COLUMN_ENTRIES, 0);
    MUST(xap_db_metadata(xap_writer_db(xapian), ocs_buf_str(&key), &value, &err));
    ocs_buf_put(&block, value);
    assert_true(block.n > 40);
    for (size_t n = 1; n < block.n; n++) {
        ocs_columns *columns;
        ocs_column_entries entries;
        MUST(xap_writer_set_metadata(xapian, ocs_buf_str(&key),
                                     ocs_str_sub(ocs_buf_str(&block), 0, n), &err));
        MUST(ocs_columns_open(xap_writer_db(xapian), &columns, &err));
        assert_int_equal(
            ocs_column_seek(ocs_columns_of(columns, OCS_COLUMN_PERSON), 1, &entries, &err),
            OCS_CORRUPT);
        ocs_columns_close(columns);
    }
    end(xapian);
    ocs_buf_clear(&key);
    ocs_buf_clear(&block);
}

static void entries_beyond_the_dictionary_end_the_walk(void **state)
{
    ocs_buf bytes;
    uint32_t last = 0;
    ocs_column_entry entry = {0};
    (void)state;
    ocs_buf_init(&bytes, 64);
    ocs_column_put_entry(&bytes, &last, 1, 0, 1);
    ocs_column_put_entry(&bytes, &last, 9, 0, 1);
    const unsigned char *at = (const unsigned char *)bytes.p;
    ocs_column_entries entries = {.at = at, .end = at + bytes.n, .things = 9};
    assert_true(ocs_column_next(&entries, &entry));
    assert_int_equal(entry.ordinal, 1);
    assert_false(ocs_column_next(&entries, &entry));
    assert_true(entries.damaged);
    ocs_buf_clear(&bytes);
}

static void packed_facts_come_back_and_pieces_do_not(void **state)
{
    ocs_buf packed;
    ocs_column_facts facts;
    ocs_arena *arena = ocs_arena_new(1 << 20);
    (void)state;
    assert_non_null(arena);
    ocs_buf_init(&packed, 1 << 16);
    facts_of(11, 0, &packed);
    assert_true(ocs_column_facts_unpack(ocs_buf_str(&packed), arena, &facts));
    assert_int_equal(facts.n, 4);
    assert_text(facts.at[1].thing.key, "person-11");
    assert_text(facts.at[1].thing.name, "Person 11ab");
    assert_int_equal(facts.at[0].mentions, 2);
    for (size_t n = 0; n < packed.n; n++)
        assert_false(
            ocs_column_facts_unpack(ocs_str_sub(ocs_buf_str(&packed), 0, n), arena, &facts));
    ocs_buf_clear(&packed);
    ocs_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(every_document_is_read_as_it_was_written),
        TEST_IN_PLACE(documents_may_come_in_pieces),
        TEST_IN_PLACE(a_change_leaves_the_others_alone),
        TEST_IN_PLACE(what_is_erased_is_empty),
        TEST_IN_PLACE(years_are_their_own_numbers),
        TEST_IN_PLACE(a_database_without_columns_is_damaged),
        TEST_IN_PLACE(a_cut_block_is_damaged_or_shorter),
        cmocka_unit_test(entries_beyond_the_dictionary_end_the_walk),
        cmocka_unit_test(packed_facts_come_back_and_pieces_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
