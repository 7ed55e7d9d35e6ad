/* similar: the documents most like one, and why each is. */
#include "cli/answer.h"
#include "cli/hits.h"
#include "cli/pager.h"
#include "cli/place.h"
#include "query/similar.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_FIELDS,
    OPT_LIMIT,
    OPT_ALL_COPIES,
    OPT_PAGER,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { HITS_MAX = 100000, TEXT_SHARED = 10 };

static const ocs_option similar_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(ocs_hit_format_names, OCS_HITS_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_FIELDS] = {.name = "fields",
                    .value = "NAME,...",
                    .type = OCS_OPTION_STRING,
                    .about = "the keys of doc records, the columns of rows, the values of text0"},
    [OPT_LIMIT] = {.name = "limit",
                   .letter = 'n',
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 1,
                   .high = HITS_MAX,
                   .preset = 10,
                   .about = "print at most N documents (default 10)"},
    [OPT_ALL_COPIES] = {.name = "all-copies",
                        .about = "print also copies of the document and of better hits"},
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_OK_EMPTY] = {.name = "ok-empty", .about = "exit with 0 when nothing is similar"},
};

typedef struct printing {
    ocs_hits hits;
    const ocs_similar_hit *hit; /* at hand */
    const ocs_similar_term *terms;
    size_t n_terms;
    const char *name; /* of the document, as asked */
} printing;

static bool records(const printing *p)
{
    return ocs_hit_format_fields(p->hits.format) == OCS_FIELDS_RECORDS;
}

/* ---- records ---- */

static void put_term(ocs_json *json, const ocs_similar_term *term)
{
    ocs_json_object(json);
    ocs_json_key_str(json, "text", term->text);
    ocs_json_key(json, "type");
    ocs_json_cstr(json, term->name ? ocs_mention_type_name(term->type) : "word");
    if (term->name)
        ocs_json_key_str(json, "key", ocs_str_sub(term->term, 3, term->term.n));
    ocs_json_key(json, "weight");
    ocs_json_real(json, term->weight, 4);
    ocs_json_key_int(json, "documents", term->documents);
    ocs_json_object_end(json);
}

static void put_why(void *payload, ocs_json *json)
{
    const printing *p = payload;
    ocs_json_key(json, "why");
    ocs_json_array(json);
    for (size_t i = 0; i < p->hit->n_shared; i++)
        put_term(json, p->hit->shared[i]);
    ocs_json_array_end(json);
    if (p->hit->copy)
        ocs_json_key_bool(json, "copy", true);
}

static void put_last_record(printing *p)
{
    ocs_json *json = ocs_records_begin(&p->hits.records, "similar");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "to", ocs_str_of(p->name));
    ocs_json_key_int(json, "shown", p->hits.shown);
    ocs_answer_missing(json, p->hits.index);
    ocs_records_end(&p->hits.records);
    ocs_records_finish(&p->hits.records);
}

/* ---- text ---- */

static bool holds(const ocs_similar_term *name, ocs_str word)
{
    ocs_str key = ocs_str_sub(name->term, 3, name->term.n); /* words folded and joined by hyphens */
    return ocs_str_find(key, word, 0) < key.n || ocs_str_eq_nocase(name->text, word);
}

/* A word of a name that is shared, too, says nothing more to a reader. */
static bool said(const ocs_similar_hit *hit, const ocs_similar_term *term)
{
    for (size_t i = 0; !term->name && i < hit->n_shared; i++)
        if (hit->shared[i]->name && holds(hit->shared[i], term->text))
            return true;
    return false;
}

static void put_shared(ocs_out *out, const ocs_similar_hit *hit)
{
    size_t n = 0;
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_puts(out, hit->copy ? "     a copy; shares: " : "     shares: ");
    ocs_out_style(out, OCS_STYLE_PLAIN);
    for (size_t i = 0; i < hit->n_shared && n < TEXT_SHARED; i++) {
        if (said(hit, hit->shared[i]))
            continue;
        ocs_out_puts(out, n++ > 0 ? ", " : "");
        ocs_out_line(out, hit->shared[i]->text);
    }
    ocs_out_puts(out, "\n");
}

/* ---- the search ---- */

static void start(void *payload, const ocs_similar_term *terms, size_t n)
{
    printing *p = payload;
    p->terms = terms;
    p->n_terms = n;
    if (p->hits.format == OCS_HITS_CSV || p->hits.format == OCS_HITS_TSV)
        ocs_hits_start(&p->hits, NULL, NULL);
}

static bool put_hit(void *payload, const ocs_similar_hit *hit)
{
    printing *p = payload;
    p->hit = hit;
    ocs_hits_put(&p->hits, &hit->hit);
    if (p->hits.format == OCS_HITS_TEXT)
        put_shared(p->hits.out, hit);
    return p->hits.out->error == 0;
}

static ocs_exit finish(const ocs_cli *cli, printing *p)
{
    if (records(p))
        put_last_record(p);
    ocs_hits_clear(&p->hits);
    ocs_pager_end(cli->out);
    if (p->n_terms == 0)
        ocs_say("no word or name of this document tells it from others, or leads to one");
    if (p->hits.shown > 0 || ocs_cli_flag(cli, OPT_OK_EMPTY))
        return OCS_EXIT_OK;
    return OCS_EXIT_NONE;
}

static ocs_exit find(const ocs_cli *cli, printing *p, ocs_index *index)
{
    xap_docid number = 0;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_similar wanted = {.most = (uint32_t)ocs_cli_number(cli, OPT_LIMIT),
                          .all_copies = ocs_cli_flag(cli, OPT_ALL_COPIES),
                          .terms = start,
                          .each = put_hit,
                          .payload = p};
    p->hits.index = index;
    ocs_status st = ocs_place_find(index, p->name, &number, &err);
    if (st == OCS_NOTFOUND)
        return ocs_place_unknown(p->name);
    if (st == OCS_OK)
        st = ocs_similar_find(index, number, &wanted, &err);
    if (st == OCS_OK)
        return finish(cli, p);
    ocs_exit code = ocs_place_failure(st, &err);
    return p->hits.shown > 0 ? OCS_EXIT_INCOMPLETE : code;
}

static ocs_exit prepare(const ocs_cli *cli, printing *p)
{
    ocs_error err = {0};
    const char *fields = ocs_cli_text(cli, OPT_FIELDS);
    ocs_hits_init(&p->hits, cli->out, (ocs_hit_format)ocs_cli_number(cli, OPT_FORMAT),
                  (ocs_str){"", 0}, false);
    p->hits.more = put_why;
    p->hits.more_payload = p;
    unsigned where = ocs_hit_format_fields(p->hits.format);
    if (cli->given->n_arguments != 1 || (fields && where == 0)) {
        ocs_say(fields && where == 0 ? "--fields is for --format=jsonl, json, csv, tsv and text0"
                                     : "similar wants the id or path of a document");
        return OCS_EXIT_USAGE;
    }
    p->name = cli->given->arguments[0];
    ocs_status st = fields ? ocs_fields_parse(fields, where, &p->hits.fields, &err) : OCS_OK;
    return st == OCS_OK ? OCS_EXIT_OK : ocs_say_failure(st, &err);
}

static ocs_exit similar_run(ocs_cli *cli)
{
    printing p = {0};
    ocs_index *index;
    ocs_exit code = prepare(cli, &p);
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER),
                     p.hits.format == OCS_HITS_TEXT);
    code = find(cli, &p, index);
    ocs_pager_end(cli->out);
    return ocs_place_close(index, code);
}

const ocs_command ocs_cmd_similar = {"similar",
                                     "ID|PATH",
                                     "Print the documents most like one, and why",
                                     similar_options,
                                     OPT_COUNT,
                                     similar_run,
                                     NULL};
