/* For people a small table each, for programs a record or a row each value. */
#include "cli/facets.h"

enum { FACET_DEFAULT = 10, FACET_MOST = 1000000, WIDTH_MAX = 200 };

/* ---- what is asked for ---- */

static ocs_exit unknown(ocs_str name)
{
    const char *names[OCS_FACET_COUNT];
    for (int i = 0; i < OCS_FACET_COUNT; i++)
        names[i] = ocs_facet_name(i);
    const char *guess = ocs_guess(name, names, OCS_FACET_COUNT);
    if (guess)
        ocs_say("there is no facet '%.*s'; did you mean '%s'?", OCS_ARG(name), guess);
    else
        ocs_say("there is no facet '%.*s'; see `ocsearch search --help`", OCS_ARG(name));
    return OCS_EXIT_USAGE;
}

/* "20" after the colon. */
static bool read_most(ocs_str text, uint32_t *most)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!ocs_ascii_digit(text.p[i]) || value > FACET_MOST)
            return false;
        value = value * 10 + (uint32_t)(text.p[i] - '0');
    }
    *most = value;
    return text.n > 0 && value <= FACET_MOST;
}

static ocs_exit add_facet(ocs_str text, ocs_facets_asked *asked)
{
    size_t colon = ocs_str_find_char(text, ':', 0);
    ocs_str name = ocs_str_sub(text, 0, colon);
    ocs_facet_wanted wanted = {.facet = ocs_facet_find(name)};
    if (wanted.facet == OCS_FACET_COUNT)
        return unknown(name);
    wanted.most = ocs_facet_of_time(wanted.facet) ? 0 : FACET_DEFAULT;
    if (colon < text.n && !read_most(ocs_str_sub(text, colon + 1, text.n), &wanted.most)) {
        ocs_say("--facet wants NAME or NAME:N with N up to %d, not '%.*s'", FACET_MOST,
                OCS_ARG(text));
        return OCS_EXIT_USAGE;
    }
    for (size_t i = 0; i < asked->n; i++) {
        if (asked->at[i].facet == wanted.facet) { /* the last counts */
            asked->at[i] = wanted;
            return OCS_EXIT_OK;
        }
    }
    asked->at[asked->n++] = wanted;
    return OCS_EXIT_OK;
}

ocs_exit ocs_facets_ask(const ocs_cli *cli, int option, ocs_facets_asked *asked)
{
    const ocs_value *given = &cli->given->values[option];
    *asked = (ocs_facets_asked){.n = 0};
    for (size_t i = 0; i < given->n_texts; i++) {
        ocs_str rest = ocs_str_of(given->texts[i]), name;
        while (ocs_str_split(&rest, ',', &name)) {
            ocs_exit code = add_facet(name, asked);
            if (code != OCS_EXIT_OK)
                return code;
        }
    }
    return OCS_EXIT_OK;
}

void ocs_facets_help(ocs_buf *out)
{
    ocs_buf_puts(out, "\nFacets:\n");
    for (int i = 0; i < OCS_FACET_COUNT; i++)
        ocs_buf_putf(out, "  %-8s %s\n", ocs_facet_name(i), ocs_facet_about(i));
}

/* ---- text ---- */

/* Kinds of key that are worth a look beside the name. */
static bool shows_key(const ocs_facet *facet, const ocs_facet_value *value)
{
    return facet->facet == OCS_COLUMN_COUNTRY && !ocs_str_eq(value->key, value->name);
}

static void put_value(ocs_out *out, const ocs_facet *facet, const ocs_facet_value *value)
{
    ocs_out_putf(out, "%8u  ", (unsigned)value->documents);
    ocs_out_line(out, ocs_str_sub(value->name, 0, WIDTH_MAX));
    if (shows_key(facet, value) || value->country.n > 0) {
        ocs_out_style(out, OCS_STYLE_FAINT);
        ocs_out_puts(out, "  ");
        ocs_out_line(out, value->country.n > 0 ? value->country : value->key);
        ocs_out_style(out, OCS_STYLE_PLAIN);
    }
    ocs_out_puts(out, "\n");
}

static void put_table(ocs_hits *hits, const ocs_facet *facet)
{
    ocs_out *out = hits->out;
    ocs_out_puts(out, hits->shown > 0 || hits->n_facets > 0 ? "\n" : "");
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_puts(out, ocs_facet_name(facet->facet));
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_style(out, OCS_STYLE_FAINT);
    if (facet->n < facet->distinct)
        ocs_out_putf(out, "  %zu of %zu", facet->n, facet->distinct);
    else if (facet->n == 0)
        ocs_out_puts(out, "  none");
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
    for (size_t i = 0; i < facet->n; i++)
        put_value(out, facet, &facet->at[i]);
}

/* ---- records and rows ---- */

static void put_record(ocs_hits *hits, const ocs_facet *facet, const ocs_facet_value *value)
{
    ocs_json *json = ocs_records_begin(&hits->records, "facet");
    ocs_json_key_str(json, "facet", ocs_str_of(ocs_facet_name(facet->facet)));
    ocs_json_key_str(json, "key", value->key);
    ocs_json_key_str(json, "name", value->name);
    if (value->country.n > 0)
        ocs_json_key_str(json, "country", value->country);
    ocs_json_key_int(json, "documents", value->documents);
    ocs_records_end(&hits->records);
}

static void put_row(ocs_hits *hits, const ocs_facet *facet, const ocs_facet_value *value)
{
    char number[16];
    int n = snprintf(number, sizeof number, "%u", (unsigned)value->documents);
    ocs_table_value(&hits->table, ocs_str_of(ocs_facet_name(facet->facet)));
    ocs_table_value(&hits->table, value->key);
    ocs_table_value(&hits->table, value->name);
    ocs_table_value(&hits->table, value->country);
    ocs_table_value(&hits->table, (ocs_str){number, (size_t)n});
    ocs_table_row_end(&hits->table);
}

void ocs_facets_head(ocs_hits *hits)
{
    static const char *const columns[] = {"facet", "key", "name", "country", "documents"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        ocs_table_value(&hits->table, ocs_str_of(columns[i]));
    ocs_table_row_end(&hits->table);
}

void ocs_facets_put(ocs_hits *hits, const ocs_facet *facet)
{
    bool rows = hits->format == OCS_HITS_CSV || hits->format == OCS_HITS_TSV;
    if (hits->format == OCS_HITS_TEXT)
        put_table(hits, facet);
    for (size_t i = 0; hits->format != OCS_HITS_TEXT && i < facet->n; i++)
        (rows ? put_row : put_record)(hits, facet, &facet->at[i]);
    if (hits->n_facets < OCS_HITS_FACETS) /* for the summary */
        hits->facets[hits->n_facets++] =
            (ocs_facet_listed){ocs_facet_name(facet->facet), facet->n, facet->distinct};
}
