/* What the tests of plans, snippets and searches share: a small index of hand-made documents, made
 * with the index's own records, in a directory of its own. */
#ifndef OCS_TESTS_QUERY_FIXTURE_H
#define OCS_TESTS_QUERY_FIXTURE_H

#include "tests/unit/unit.h"

#include "index/column_writer.h"
#include "query/query.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct sample_mention {
    ocs_mention_type type;
    const char *surface, *name, *key; /* the first place of the surface in the text */
    const char *role;                 /* the same; NULL for none */
    const char *when;                 /* of dates, as ISO 8601 */
} sample_mention;

typedef struct sample {
    const char *path, *lang, *date, *kind, *topic, *source, *title, *text;
    sample_mention mentions[6];
} sample;

static const sample samples[] = {
    {"/pages/serbia/1.html",
     "en",
     "2017-02-13",
     "Press release",
     "Policing",
     "OSCE Mission to Serbia",
     "Chairperson visits Belgrade",
     "Chairperson visits Belgrade\n"
     "BELGRADE - Austrian Foreign Minister Sebastian Kurz said that organized crime is a "
     "cross-border "
     "threat. Kurz's visit ended on 30 June 2018.\n"
     "The co-operation of police and Stojanovi\xC4\x87 in Serbia goes on.",
     {{OCS_MENTION_PERSON, "Sebastian Kurz", "Sebastian Kurz", "sebastian-kurz",
       "Austrian Foreign Minister", NULL},
      {OCS_MENTION_PERSON, "Kurz's", "Sebastian Kurz", "sebastian-kurz", NULL, NULL},
      {OCS_MENTION_PERSON, "Stojanovi\xC4\x87", "Ana Stojanovi\xC4\x87", "ana-stojanovic", NULL,
       NULL},
      {OCS_MENTION_DATE, "30 June 2018", "30 June 2018", "2018-06-30", NULL, "2018-06-30"},
      {OCS_MENTION_COUNTRY, "Serbia", "Serbia", "RS", NULL, NULL},
      {OCS_MENTION_PLACE, "BELGRADE", "Belgrade", "belgrade", NULL, NULL}}},
    {"/pages/serbia/2.html",
     "en",
     "2016-11",
     "News item",
     "Elections",
     "ODIHR",
     "Election report",
     "The Office for Democratic Institutions reported on organised groups, labour and crime.\n"
     "Maria Kurz, Head of the Election Mission, and Ivan Petrov spoke in Skopje on 6 December.",
     {{OCS_MENTION_ORG, "Office for Democratic Institutions",
       "Office for Democratic Institutions and Human Rights", "odihr", NULL, NULL},
      {OCS_MENTION_PERSON, "Maria Kurz", "Maria Kurz", "maria-kurz", "Head of the Election Mission",
       NULL},
      {OCS_MENTION_PERSON, "Ivan Petrov", "Ivan Petrov", "ivan-petrov", NULL, NULL},
      {OCS_MENTION_COUNTRY, "Skopje", "North Macedonia", "MK", NULL, NULL},
      {OCS_MENTION_DATE, "6 December", "6 December", "--12-06", NULL, "--12-06"}}},
    {"/pages/ru/3.html",
     "ru",
     "2018",
     "Speech",
     NULL,
     NULL,
     "\xD0\xA0\xD0\xB5\xD1\x87\xD1\x8C",
     "\xD0\x91\xD0\xBE\xD1\x80\xD1\x8C\xD0\xB1\xD0\xB0 \xD1\x81 "
     "\xD0\xBF\xD1\x80\xD0\xB5\xD1\x81\xD1\x82\xD1\x83\xD0\xBF\xD0\xBD\xD0\xBE\xD1\x81\xD1\x82\xD1"
     "\x8C\xD1\x8E",
     {{0}}},
    {"/pages/4.html",
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     "Sebastian Maria Kurz met Alexander Kurz in June 2014 about testing texts.",
     {{OCS_MENTION_PERSON, "Sebastian Maria Kurz", "Sebastian Maria Kurz", "sebastian-maria-kurz",
       NULL, NULL},
      {OCS_MENTION_PERSON, "Alexander Kurz", "Alexander Kurz", "alexander-kurz", NULL, NULL},
      {OCS_MENTION_DATE, "June 2014", "June 2014", "2014-06", NULL, "2014-06"}}},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

typedef struct house {
    char dir[256];
    ocs_arena *arena;
    ocs_index *index;
    ocs_error err;
} house;

#define MUST(h, call)                                 \
    do {                                              \
        if ((call) != OCS_OK)                         \
            fail_msg("%s: %s", #call, (h)->err.text); \
    } while (0)

/* ---- documents ---- */

static inline ocs_span sample_place(ocs_str text, const char *what)
{
    size_t at = ocs_str_find(text, ocs_str_of(what), 0);
    assert_true(at < text.n);
    return (ocs_span){at, at + strlen(what)};
}

static inline ocs_fact sample_fact(house *h, const char *value)
{
    ocs_fact fact = {.value = ocs_str_of(value)};
    fact.key = value ? ocs_slug(h->arena, fact.value) : (ocs_str){0};
    return fact;
}

static inline ocs_facts sample_facts(house *h, const char *value)
{
    ocs_fact *fact = ocs_arena_alloc(h->arena, sizeof *fact);
    assert_non_null(fact);
    *fact = sample_fact(h, value);
    return (ocs_facts){fact, value != NULL};
}

/* Whose office a role of the samples is. */
static inline void sample_holding(ocs_str text, ocs_role *role)
{
    if (ocs_str_eq(role->text, OCS_STR("Austrian Foreign Minister")))
        role->country = (ocs_role_part){
            .name = OCS_STR("Austria"), .key = OCS_STR("AT"), .at = sample_place(text, "Austrian")};
    if (ocs_str_eq(role->text, OCS_STR("Head of the Election Mission")))
        role->org = (ocs_role_part){.name = OCS_STR("Election Mission"),
                                    .key = OCS_STR("election-mission"),
                                    .at = sample_place(text, "Election Mission")};
    role->org.raw = role->org.at;
    role->country.raw = role->country.at;
}

static inline ocs_role *sample_role(house *h, ocs_str text, const char *what)
{
    ocs_role *role = ocs_arena_alloc(h->arena, sizeof *role);
    assert_non_null(role);
    *role = (ocs_role){.text = ocs_str_of(what), .at = sample_place(text, what)};
    role->raw = role->at;
    sample_holding(text, role);
    return role;
}

static inline ocs_mention sample_mention_of(house *h, ocs_str text, const sample_mention *from)
{
    ocs_mention mention = {.type = from->type, .sure = 90, .rule = "sample"};
    mention.at = mention.raw = sample_place(text, from->surface);
    mention.name = ocs_str_of(from->name);
    mention.key = ocs_str_of(from->key);
    if (from->type == OCS_MENTION_COUNTRY)
        mention.via = OCS_VIA_NAME;
    if (from->when)
        assert_true(ocs_when_parse(ocs_str_of(from->when), &mention.when));
    if (from->role) {
        mention.roles = sample_role(h, text, from->role);
        mention.n_roles = 1;
    }
    return mention;
}

static inline int sample_order(const void *a, const void *b)
{
    const ocs_mention *x = a, *y = b;
    return (x->at.from > y->at.from) - (x->at.from < y->at.from);
}

static inline void sample_mentions(house *h, const sample *from, ocs_document *document)
{
    size_t n = 0;
    while (n < 6 && from->mentions[n].surface)
        n++;
    document->mentions = ocs_arena_array(h->arena, n, sizeof *document->mentions);
    assert_non_null(document->mentions);
    for (size_t i = 0; i < n; i++)
        document->mentions[i] = sample_mention_of(h, document->text, &from->mentions[i]);
    document->n_mentions = n;
    if (n > 0)
        qsort(document->mentions, n, sizeof *document->mentions, sample_order);
}

static inline void sample_document(house *h, const sample *from, ocs_document *document)
{
    char id[17];
    ocs_run *run = ocs_arena_alloc(h->arena, sizeof *run);
    assert_non_null(run);
    *document = (ocs_document){.path = ocs_str_of(from->path), .lang = ocs_str_of(from->lang)};
    ocs_document_id(document->path, id);
    document->id = ocs_str_copy(h->arena, ocs_str_of(id));
    document->title = sample_fact(h, from->title);
    document->kind = sample_fact(h, from->kind);
    document->topics = sample_facts(h, from->topic);
    document->sources = sample_facts(h, from->source);
    document->encoding = OCS_STR("UTF-8");
    document->text = ocs_str_of(from->text);
    document->raw_size = document->text.n;
    *run = (ocs_run){.length = (uint32_t)document->text.n, .text_unit = 1, .raw_unit = 1};
    document->origin = (ocs_origin){run, 1};
    if (from->date) {
        assert_true(ocs_when_parse(ocs_str_of(from->date), &document->published));
        document->published_from = OCS_FROM_LABEL;
    }
    sample_mentions(h, from, document);
}

/* ---- the index ---- */

static inline ocs_status get_column(void *payload, ocs_str key, ocs_str *value, ocs_error *err)
{
    return xap_db_metadata(xap_writer_db(payload), key, value, err);
}

static inline ocs_status put_column(void *payload, ocs_str key, ocs_str value, ocs_error *err)
{
    return xap_writer_set_metadata(payload, key, value, err);
}

static inline void add_columns(house *h, xap_writer *writer, xap_docid id, ocs_str facts)
{
    const ocs_column_sink sink = {get_column, put_column, writer};
    ocs_column_writer *columns = ocs_column_writer_new(&sink);
    assert_non_null(columns);
    MUST(h, ocs_column_writer_put(columns, id, facts, &h->err));
    MUST(h, ocs_column_writer_finish(columns, &h->err));
    ocs_column_writer_free(columns);
}

static inline void add_record(house *h, xap_writer *writer, const ocs_record *record)
{
    xap_docid id;
    xap_document *made = xap_document_new();
    assert_non_null(made);
    MUST(h, xap_document_set_data(made, record->data, &h->err));
    for (size_t i = 0; i < record->n_terms; i++) {
        const ocs_record_term *term = &record->terms[i];
        MUST(h, xap_document_add_term(made, term->term, term->wdf, &h->err));
        for (uint32_t k = 0; k < term->n_positions; k++)
            MUST(h, xap_document_add_posting(made, term->term, term->positions[k], 0, &h->err));
    }
    for (size_t i = 0; i < record->n_values; i++)
        MUST(h, xap_document_set_value(made, record->values[i].slot, record->values[i].value,
                                       &h->err));
    MUST(h, xap_writer_replace(writer, record->unique, made, &id, &h->err));
    add_columns(h, writer, id, record->columns);
    xap_document_free(made);
}

static inline void write_samples(house *h, xap_writer *writer)
{
    ocs_stemmers *stemmers = ocs_stemmers_new();
    assert_non_null(stemmers);
    for (size_t i = 0; i < SAMPLES; i++) {
        ocs_document document;
        ocs_record record;
        sample_document(h, &samples[i], &document);
        MUST(h, ocs_record_make(&document, stemmers, h->arena, &record, &h->err));
        add_record(h, writer, &record);
    }
    ocs_stemmers_free(stemmers);
}

static inline void make_index(house *h)
{
    char path[512], link[512], format[16];
    xap_writer *writer;
    snprintf(format, sizeof format, "%d", OCS_FORMAT_VERSION);
    snprintf(path, sizeof path, "%s/gen-000001", h->dir);
    snprintf(link, sizeof link, "%s/current", h->dir);
    assert_int_equal(symlink("gen-000001", link), 0);
    MUST(h, xap_writer_open(path, XAP_CREATE_NEW, &writer, &h->err));
    write_samples(h, writer);
    MUST(h, xap_writer_set_metadata(writer, OCS_STR(OCS_META_FORMAT), ocs_str_of(format), &h->err));
    MUST(h, xap_writer_set_metadata(writer, OCS_STR(OCS_META_LANGS), OCS_STR("en ru"), &h->err));
    MUST(h, xap_writer_commit(writer, &h->err));
    MUST(h, xap_writer_close(writer, &h->err));
    MUST(h, ocs_index_open(h->dir, &h->index, &h->err));
}

static inline int build_house(void **state)
{
    house *h = calloc(1, sizeof *h);
    const char *tmp = getenv("TMPDIR");
    if (!h || !(h->arena = ocs_arena_new(64 * 1024 * 1024)))
        return -1;
    snprintf(h->dir, sizeof h->dir, "%s/ocs-query-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(h->dir))
        return -1;
    make_index(h);
    *state = h;
    return 0;
}

static inline int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
    (void)st, (void)kind, (void)walk;
    return remove(path);
}

static inline int remove_house(void **state)
{
    house *h = *state;
    ocs_index_close(h->index);
    ocs_arena_free(h->arena);
    int failed = nftw(h->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(h);
    return failed;
}

/* ---- plans ---- */

static inline void plan_of(house *h, const char *query, ocs_plan *plan)
{
    ocs_node *tree;
    MUST(h, ocs_query_parse(ocs_str_of(query), h->arena, &tree, &h->err));
    MUST(h, ocs_query_plan(tree, h->index, h->arena, plan, &h->err));
}

/* Which samples ${query} finds, as digits in order: "124". */
static inline void assert_finds(void **state, const char *query, const char *wanted)
{
    house *h = *state;
    ocs_plan plan;
    xap_results *results;
    const xap_search search = {.most = 10, .check_at_least = 10, .sort = XAP_BY_DOCID};
    char found[16] = "";
    plan_of(h, query, &plan);
    MUST(h, xap_search_run(ocs_index_db(h->index), plan.query, &search, &results, &h->err));
    for (size_t i = 0; i < xap_results_count(results); i++)
        found[i] = (char)('0' + xap_results_docid(results, i));
    xap_results_free(results);
    ocs_plan_clear(&plan);
    if (strcmp(found, wanted) != 0)
        fail_msg("%s finds [%s], not [%s]", query, found, wanted);
}

#endif
