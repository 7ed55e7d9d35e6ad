/* Fields that filter: kind, topic and source by name or by words, language, id and path. */
#include "query/planner.h"

#include "query/lex.h"

#include <stdlib.h>
#include <unistd.h>

/* ---- kind, topic, source ---- */

static ocs_gaz_table table_of(ocs_family family)
{
    if (family == OCS_FAMILY_KIND)
        return OCS_GAZ_KIND;
    return family == OCS_FAMILY_TOPIC ? OCS_GAZ_TOPIC : OCS_GAZ_ORG;
}

/* Add the key where the index has it. */
static ocs_status try_key(ocs_planner *p, const ocs_node *node, ocs_str key, ocs_term_list *terms)
{
    bool known;
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, ocs_field_of(node->field)->family, key);
    ocs_status st = ocs_planner_known(p, &known);
    return st == OCS_OK && known ? ocs_planner_list(p, terms) : st;
}

static ocs_status label_keys(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_gaz_table table = table_of(ocs_field_of(node->field)->family);
    const ocs_gaz_thing *thing = ocs_gaz_find(p->gaz, table, node->text);
    ocs_status st = OCS_OK;
    if (thing)
        st = try_key(p, node, ocs_gaz_str(p->gaz, thing->key), terms);
    if (st == OCS_OK && terms->n > 0 && !ocs_str_eq(node->text, ocs_gaz_str(p->gaz, thing->key)))
        st = ocs_planner_expand(p, node, ocs_gaz_str(p->gaz, thing->name));
    return st == OCS_OK ? try_key(p, node, ocs_slug(p->arena, node->text), terms) : st;
}

/* A word of a label as a wildcard, nearly, or as it is; the last of a wildcard is a prefix. */
static ocs_status label_word(ocs_planner *p, const ocs_node *node, const ocs_piece *piece,
                             bool last, xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_nearby nearby;
    ocs_status st = OCS_OK;
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, ocs_field_of(node->field)->family, (ocs_str){0});
    if (node->fuzzy > 0) {
        st = ocs_planner_fuzzy(p, node, piece->fold, false, &nearby);
        if (st == OCS_OK)
            st = ocs_planner_walk_near(p, node, p->term.n, &nearby, &terms);
        return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &terms, out) : st;
    }
    if (piece->pattern) {
        st = ocs_planner_walk_pattern(p, node, piece->fold, &terms);
        return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &terms, out) : st;
    }
    ocs_buf_put(&p->term, piece->fold);
    return node->wildcard && last ? ocs_planner_prefix(p, out) : ocs_planner_term(p, out);
}

/* All words of the value among those of the label. */
static ocs_status label_words(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_piece_list words = {0};
    ocs_status st = ocs_planner_name_pieces(p, node, &words);
    xap_query **parts = ocs_arena_array(p->arena, words.n, sizeof(xap_query *));
    if (st == OCS_OK && !parts)
        st = ocs_planner_nomem(p);
    for (size_t i = 0; st == OCS_OK && i < words.n; i++)
        st = label_word(p, node, &words.at[i], i + 1 == words.n, &parts[i]);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_AND, parts, words.n, 0, out) : st;
}

static ocs_status plan_label(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list terms = {0};
    if (node->text.n == 0) {
        ocs_buf_reset(&p->term);
        ocs_term_key(&p->term, ocs_field_of(node->field)->family, (ocs_str){0});
        return ocs_planner_prefix(p, out);
    }
    bool whole = !node->wildcard && node->fuzzy == 0 && !ocs_lex_pattern(node->text);
    ocs_status st = whole ? label_keys(p, node, &terms) : OCS_OK;
    if (st != OCS_OK)
        return st;
    if (terms.n > 0)
        return ocs_planner_terms(p, XAP_OR, &terms, out);
    st = label_words(p, node, out);
    return st == OCS_OK ? ocs_plan_name_told(p, node) : st;
}

/* ---- language ---- */

static const struct {
    const char *code, *name;
} langs[] = {
    {"bg", "bulgarian"},  {"bs", "bosnian"},    {"cs", "czech"},       {"da", "danish"},
    {"de", "german"},     {"el", "greek"},      {"en", "english"},     {"es", "spanish"},
    {"et", "estonian"},   {"fi", "finnish"},    {"fr", "french"},      {"hr", "croatian"},
    {"hu", "hungarian"},  {"hy", "armenian"},   {"it", "italian"},     {"ka", "georgian"},
    {"kk", "kazakh"},     {"ky", "kyrgyz"},     {"lt", "lithuanian"},  {"lv", "latvian"},
    {"mk", "macedonian"}, {"mn", "mongolian"},  {"nl", "dutch"},       {"no", "norwegian"},
    {"pl", "polish"},     {"pt", "portuguese"}, {"ro", "romanian"},    {"ru", "russian"},
    {"sk", "slovak"},     {"sl", "slovenian"},  {"sq", "albanian"},    {"sr", "serbian"},
    {"sv", "swedish"},    {"tg", "tajik"},      {"tk", "turkmen"},     {"tr", "turkish"},
    {"uk", "ukrainian"},  {"uz", "uzbek"},      {"az", "azerbaijani"}, {"be", "belarusian"},
};

/* The code of a name or a code; empty when it is neither. */
static ocs_str lang_code(ocs_str folded)
{
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
        if (ocs_str_eq(folded, ocs_str_of(langs[i].name)))
            return ocs_str_of(langs[i].code);
    bool code = folded.n == 2 || folded.n == 3;
    for (size_t i = 0; i < folded.n; i++)
        code = code && folded.p[i] >= 'a' && folded.p[i] <= 'z';
    return code ? folded : (ocs_str){0};
}

static ocs_status plan_lang(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_str code = lang_code(ocs_fold(p->arena, node->text));
    ocs_buf_reset(&p->term);
    ocs_term_lang(&p->term, code);
    if (node->text.n == 0)
        return ocs_planner_prefix(p, out);
    int n = node->text.n > 40 ? 40 : (int)node->text.n;
    if (code.n == 0)
        return ocs_fail_at(p->err, OCS_USAGE, ocs_planner_value_at(node),
                           "no language is called '%.*s': write a code such as en", n,
                           node->text.p);
    return ocs_planner_term(p, out);
}

/* ---- id and path ---- */

static ocs_status plan_id(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_buf_reset(&p->term);
    ocs_term_id(&p->term, ocs_fold(p->arena, node->text));
    return node->wildcard ? ocs_planner_prefix(p, out) : ocs_planner_term(p, out);
}

/* Add one step of a path to ${path}, which is absolute and ends in no stroke. */
static void step(ocs_buf *path, ocs_str name)
{
    if (name.n == 0 || ocs_str_eq(name, OCS_STR(".")))
        return;
    if (!ocs_str_eq(name, OCS_STR(".."))) {
        ocs_buf_putc(path, '/');
        ocs_buf_put(path, name);
        return;
    }
    size_t end = path->n;
    while (end > 0 && path->p[end - 1] != '/')
        end--;
    ocs_buf_cut(path, end > 0 ? end - 1 : 0);
}

static void steps(ocs_buf *path, ocs_str text)
{
    ocs_str name;
    while (ocs_str_split(&text, '/', &name))
        step(path, name);
}

/* ${text} made absolute, without "." and "..", "//" and a final stroke. */
static ocs_status absolute(ocs_planner *p, ocs_str text, ocs_str *out)
{
    ocs_buf path;
    char *here = NULL;
    ocs_buf_init(&path, 1024 * 1024);
    if (!ocs_str_starts(text, OCS_STR("/")) && (here = getcwd(NULL, 0)) != NULL)
        steps(&path, ocs_str_of(here));
    free(here);
    steps(&path, text);
    *out = ocs_str_copy(p->arena, ocs_buf_str(&path));
    ocs_status st = ocs_buf_status(&path);
    ocs_buf_clear(&path);
    return st == OCS_OK && out->p ? OCS_OK : ocs_planner_nomem(p);
}

static ocs_status add_path(ocs_planner *p, ocs_str path, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_path(&p->term, path);
    return ocs_planner_list(p, terms);
}

/* The path as written and, since pages are indexed by it, as it is without symbolic links. */
static ocs_status plan_path(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_str path;
    ocs_status st = absolute(p, node->text, &path);
    if (st != OCS_OK || (st = add_path(p, path, &terms)) != OCS_OK)
        return st;
    if (node->wildcard)
        return ocs_planner_prefix(p, out);
    char *name = ocs_arena_copy(p->arena, path.p, path.n), *real;
    if (name && (real = realpath(name, NULL)) != NULL) {
        st = add_path(p, ocs_str_of(real), &terms);
        free(real);
    }
    return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &terms, out) : st;
}

ocs_status ocs_plan_filter(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    switch (ocs_field_of(node->field)->form) {
    case OCS_VALUE_LABEL:
        return plan_label(p, node, out);
    case OCS_VALUE_LANG:
        return plan_lang(p, node, out);
    case OCS_VALUE_ID:
        return plan_id(p, node, out);
    case OCS_VALUE_PATH:
        return plan_path(p, node, out);
    default:
        return ocs_fail(p->err, OCS_BUG, "a field without a plan");
    }
}
