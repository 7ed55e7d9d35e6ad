/* alias test FILE: what the rules of an alias file would change.  The entities of the index are
 * counted twice, as they are and by the rules; each rule is told with the entities that it names,
 * before and after. */
#include "cli/place.h"
#include "cli/records.h"
#include "query/tally.h"

#include <stdlib.h>

enum { OPT_DB = OCS_OPTION_OWN, OPT_FORMAT, OPT_FORMAT_VERSION, OPT_COUNT };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t TALLY_CAP = (size_t)4 << 30;

static const ocs_option alias_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
};

typedef struct trial {
    const ocs_cli *cli;
    const char *file;
    ocs_aliases *aliases;
    ocs_arena *arena;
    ocs_tally before, after; /* sorted by type and key */
    ocs_records records;
} trial;

/* ---- counting ---- */

static int compare(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return ocs_str_cmp(x->key, y->key);
}

static ocs_status count(trial *t, ocs_index *index, const ocs_aliases *aliases, ocs_tally *tally,
                        ocs_error *err)
{
    const ocs_tally_wanted wanted = {.types = 1U << OCS_MENTION_PERSON | 1U << OCS_MENTION_PLACE |
                                              1U << OCS_MENTION_ORG,
                                     .least = 1};
    ocs_index_set_aliases(index, aliases);
    ocs_status st = ocs_tally_count(index, OCS_STR(""), &wanted, t->arena, tally, err);
    if (st == OCS_OK && tally->n > 0)
        qsort(tally->at, tally->n, sizeof *tally->at, compare);
    return st;
}

/* NULL when no document has it. */
static const ocs_tally_entity *find(const ocs_tally *tally, ocs_mention_type type, ocs_str key)
{
    const ocs_tally_entity wanted = {.type = type, .key = key};
    if (tally->n == 0)
        return NULL;
    return bsearch(&wanted, tally->at, tally->n, sizeof wanted, compare);
}

static uint32_t documents_of(const ocs_tally *tally, ocs_mention_type type, ocs_str key)
{
    const ocs_tally_entity *entity = find(tally, type, key);
    return entity ? entity->documents : 0;
}

/* ---- what a rule concerns ---- */

/* Key number ${i} of a rule: those it takes from, then its own; false when there are no more. */
static bool key_at(const ocs_alias_rule *rule, size_t i, ocs_str *key)
{
    size_t n_from = rule->verb == OCS_ALIAS_RENAME ? 0 : rule->n_from;
    if (i < n_from)
        *key = rule->from[i];
    else if (i == n_from && rule->verb != OCS_ALIAS_BLOCK)
        *key = rule->key;
    else
        return false;
    return true;
}

/* A rule without a document that it could change. */
static bool matches(const trial *t, const ocs_alias_rule *rule)
{
    ocs_str key;
    bool merge = rule->verb == OCS_ALIAS_MERGE && rule->n_from > 0;
    for (size_t i = 0; key_at(rule, i, &key); i++) {
        bool own = !ocs_str_eq(key, rule->key) || !(merge || rule->verb == OCS_ALIAS_SPLIT);
        if (own && documents_of(&t->before, rule->type, key) > 0)
            return rule->verb != OCS_ALIAS_SPLIT ||
                   documents_of(&t->after, rule->type, rule->key) > 0;
    }
    return false;
}

/* ---- text ---- */

static void put_counts(const trial *t, const ocs_alias_rule *rule, const ocs_tally *tally,
                       const char *when)
{
    ocs_str key;
    const char *parted = "";
    ocs_out_putf(t->cli->out, "    %-7s", when);
    for (size_t i = 0; key_at(rule, i, &key); i++) {
        uint32_t documents = documents_of(tally, rule->type, key);
        if (documents == 0)
            continue;
        ocs_out_putf(t->cli->out, "%s%.*s %u", parted, OCS_ARG(key), (unsigned)documents);
        parted = ", ";
    }
    ocs_out_puts(t->cli->out, *parted ? "\n" : "nothing\n");
}

static void put_rule(const trial *t, const ocs_alias_rule *rule)
{
    ocs_out_putf(t->cli->out, "%u: ", rule->line);
    ocs_out_line(t->cli->out, rule->text);
    ocs_out_puts(t->cli->out, "\n");
    if (!matches(t, rule)) {
        ocs_out_puts(t->cli->out, "    matches nothing\n");
        return;
    }
    put_counts(t, rule, &t->before, "before");
    put_counts(t, rule, &t->after, "after");
}

/* ---- records ---- */

static void put_keys(ocs_json *json, const ocs_alias_rule *rule, const char *name,
                     const ocs_tally *tally)
{
    ocs_str key;
    ocs_json_key(json, name);
    ocs_json_array(json);
    for (size_t i = 0; key_at(rule, i, &key); i++) {
        uint32_t documents = documents_of(tally, rule->type, key);
        if (documents == 0)
            continue;
        ocs_json_object(json);
        ocs_json_key_str(json, "key", key);
        ocs_json_key_int(json, "documents", documents);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_record(trial *t, const ocs_alias_rule *rule)
{
    ocs_json *json = ocs_records_begin(&t->records, "alias");
    ocs_json_key_int(json, "line", rule->line);
    ocs_json_key_str(json, "rule", ocs_str_of(ocs_alias_verb_name(rule->verb)));
    ocs_json_key_str(json, "entity", ocs_str_of(ocs_mention_type_name(rule->type)));
    ocs_json_key_str(json, "text", rule->text);
    ocs_json_key_bool(json, "matches", matches(t, rule));
    put_keys(json, rule, "before", &t->before);
    put_keys(json, rule, "after", &t->after);
    ocs_records_end(&t->records);
}

/* ---- the whole ---- */

static void print(trial *t)
{
    const ocs_alias_rule *rules;
    size_t n = ocs_aliases_rules(t->aliases, &rules), useless = 0;
    long long format = ocs_cli_number(t->cli, OPT_FORMAT);
    ocs_records_init(&t->records, t->cli->out, format == FORMAT_JSON);
    for (size_t i = 0; i < n; i++) {
        useless += !matches(t, &rules[i]);
        if (format == FORMAT_TEXT)
            put_rule(t, &rules[i]);
        else
            put_record(t, &rules[i]);
    }
    if (format != FORMAT_TEXT)
        ocs_records_finish(&t->records);
    ocs_say("%zu rule%s, %zu of them match nothing in %u documents", n, n == 1 ? "" : "s", useless,
            (unsigned)t->before.documents);
}

static ocs_exit count_and_print(trial *t, ocs_index *index)
{
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = count(t, index, NULL, &t->before, &err);
    if (st == OCS_OK)
        st = count(t, index, t->aliases, &t->after, &err);
    ocs_index_set_aliases(index, NULL);
    if (st != OCS_OK)
        return ocs_place_failure(st, &err);
    print(t);
    return OCS_EXIT_OK;
}

static ocs_exit try_rules(trial *t)
{
    ocs_index *index;
    ocs_exit code = ocs_place_open(t->cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    t->arena = ocs_arena_new(TALLY_CAP);
    code = t->arena ? count_and_print(t, index)
                    : ocs_say_failure(OCS_NOMEM, &(ocs_error){.status = OCS_NOMEM});
    ocs_arena_free(t->arena);
    return ocs_place_close(index, code);
}

/* All that is wrong, not only the first. */
static ocs_exit say_complaints(const ocs_aliases *aliases, ocs_status st, const ocs_error *err)
{
    const ocs_str *complaints;
    if (!aliases) {
        ocs_exit code = ocs_say_failure(st, err);
        return st == OCS_NOMEM ? code : OCS_EXIT_USAGE;
    }
    size_t n = ocs_aliases_complaints(aliases, &complaints);
    for (size_t i = 0; i < n; i++)
        ocs_say("%.*s", OCS_ARG(complaints[i]));
    return OCS_EXIT_USAGE;
}

static ocs_exit alias_run(ocs_cli *cli)
{
    ocs_error err = {0};
    const ocs_given *given = cli->given;
    trial t = {.cli = cli};
    if (given->n_arguments != 2 || strcmp(given->arguments[0], "test") != 0) {
        ocs_say("alias wants 'test' and a file of rules: ocsearch alias test FILE");
        return OCS_EXIT_USAGE;
    }
    t.file = given->arguments[1];
    ocs_status st = ocs_aliases_read(t.file, &t.aliases, &err);
    ocs_exit code = st == OCS_OK ? try_rules(&t) : say_complaints(t.aliases, st, &err);
    ocs_aliases_free(t.aliases);
    return code;
}

const ocs_command ocs_cmd_alias = {
    "alias",       "test FILE", "Tell what the rules of an alias file would change",
    alias_options, OPT_COUNT,   alias_run,
    NULL};
