/* Names stand in the index as keys ("sebastian-kurz"), which are walked; how a name is written is read
 * off the first document that has it.  Countries are named by the tables. */
#include "query/complete.h"

#include "query/fields.h"
#include "query/lex.h"

#include <stdlib.h>

enum { DOCUMENT_MEMORY = 512 * 1024 * 1024 };

/* A key of the index that goes on with what was begun. */
typedef struct found_key {
    ocs_str key;
    uint32_t documents;
} found_key;

typedef OCS_VEC(ocs_completion) completion_list;

typedef struct completer {
    ocs_index *index;
    ocs_str head;  /* of what was begun, up to its last word */
    ocs_str field; /* the name written, with its colon */
    const ocs_field *of;
    ocs_str begun; /* what is written of the value, as a key would have it */
    size_t most;
    ocs_arena *arena, *work, *page; /* of the answer, of the walk, of one document */
    found_key *keys;                /* the best so far */
    size_t n_keys;
    completion_list out;
    ocs_error *err;
} completer;

static ocs_status nomem(completer *c)
{
    return ocs_fail(c->err, OCS_NOMEM, "no memory to complete the query");
}

/* ---- what was begun ---- */

/* Where the last word starts: behind the last space or bracket that is not in quotes, and a minus. */
static size_t last_word(ocs_str text)
{
    size_t start = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            quoted = !quoted;
        else if (!quoted && (ocs_ascii_space(text.p[i]) || strchr("()", text.p[i])))
            start = i + 1;
    }
    return start < text.n && text.p[start] == '-' ? start + 1 : start;
}

/* "Sebastian Ku" -> "sebastian-ku", as keys have it; Cyrillic in Latin letters where ${latin}. */
static ocs_str begun_key(completer *c, ocs_str value, bool latin)
{
    ocs_words words;
    ocs_buf key;
    ocs_buf_init(&key, 64 * 1024);
    if (ocs_words_of(c->work, value, &words))
        for (size_t i = 0; i < words.n; i++) {
            ocs_str word = words.at[i].fold;
            ocs_buf_puts(&key, i > 0 ? "-" : "");
            ocs_buf_put(&key, latin ? ocs_latin_word(c->work, word) : word);
        }
    ocs_str copy = ocs_str_copy(c->work, ocs_buf_str(&key));
    ocs_buf_clear(&key);
    return copy;
}

/* ---- fields ---- */

static ocs_status add(completer *c, ocs_str name, ocs_str value, bool quotes, uint32_t documents)
{
    ocs_buf text;
    ocs_completion *made = ocs_vec_push(c->arena, &c->out);
    ocs_buf_init(&text, 1 << 20);
    ocs_buf_put(&text, c->head);
    ocs_buf_put(&text, name);
    ocs_buf_puts(&text, quotes ? "\"" : "");
    ocs_buf_put(&text, value);
    ocs_buf_puts(&text, quotes ? "\"" : "");
    if (made)
        *made = (ocs_completion){ocs_str_copy(c->arena, ocs_buf_str(&text)), documents};
    ocs_buf_clear(&text);
    return made && made->text.p ? OCS_OK : nomem(c);
}

static ocs_status add_fields(completer *c, ocs_str word)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && ocs_query_field_name(i) && c->out.n < c->most; i++) {
        ocs_str name = ocs_str_of(ocs_query_field_name(i));
        if (name.n > word.n && ocs_str_eq_nocase(ocs_str_sub(name, 0, word.n), word))
            st = add(c, name, OCS_STR(":"), false, 0);
    }
    return st;
}

/* ---- keys ---- */

/* Does ${key} go on with what was begun, from its start or that of one of its words? */
static bool goes_on(const completer *c, ocs_str key)
{
    for (size_t at = 0; at < key.n; at = ocs_str_find_char(key, '-', at) + 1)
        if (ocs_str_starts(ocs_str_sub(key, at, key.n), c->begun))
            return true;
    return c->begun.n == 0;
}

static bool keep(completer *c, ocs_str key, uint32_t documents)
{
    size_t at = c->n_keys;
    while (at > 0 && documents > c->keys[at - 1].documents)
        at--;
    if (at == c->most)
        return true;
    key = ocs_str_copy(c->work, key);
    size_t last = c->n_keys < c->most ? c->n_keys : c->most - 1;
    memmove(&c->keys[at + 1], &c->keys[at], (last - at) * sizeof *c->keys);
    c->keys[at] = (found_key){key, documents};
    c->n_keys = last + 1;
    return key.p != NULL;
}

/* The name of a country is in the tables. */
static ocs_str country_name(ocs_str code)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    const ocs_gaz_thing *thing = ocs_gaz_by_key(gaz, OCS_GAZ_COUNTRY, code);
    return thing ? ocs_gaz_str(gaz, thing->name) : (ocs_str){0};
}

static bool wanted(completer *c, ocs_str key)
{
    if (ocs_str_find_char(key, '#', 0) < key.n) /* cut */
        return false;
    if (c->of->family != OCS_FAMILY_COUNTRY)
        return goes_on(c, key);
    return (c->begun.n == 2 && ocs_str_eq_nocase(key, c->begun)) ||
           goes_on(c, begun_key(c, country_name(key), false));
}

static ocs_status walk(completer *c, ocs_str prefix)
{
    xap_terms *terms;
    ocs_str term;
    uint32_t documents;
    ocs_status st = xap_db_terms(ocs_index_db(c->index), prefix, &terms, c->err);
    for (size_t i = 0; i < OCS_COMPLETE_STEPS && st == OCS_OK; i++) {
        st = xap_terms_next(terms, &term, &documents, c->err);
        ocs_str key = st == OCS_OK ? ocs_str_sub(term, prefix.n, term.n) : (ocs_str){0};
        if (st == OCS_OK && wanted(c, key) && !keep(c, key, documents))
            st = nomem(c);
    }
    xap_terms_free(terms);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

/* ---- names ---- */

static ocs_str fact_name(const ocs_facts *facts, ocs_str key)
{
    for (size_t i = 0; i < facts->n; i++)
        if (ocs_str_eq(facts->at[i].key, key))
            return facts->at[i].value;
    return (ocs_str){0};
}

static ocs_str mention_name(const ocs_document *document, ocs_family family, ocs_str key)
{
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *m = &document->mentions[i];
        if (ocs_family_of_mention(m->type) == family && ocs_str_eq(m->key, key))
            return m->name;
    }
    return family == OCS_FAMILY_PLACE ? fact_name(&document->places, key) : (ocs_str){0};
}

static ocs_str name_in(const ocs_document *document, ocs_family family, ocs_str key)
{
    if (family == OCS_FAMILY_KIND)
        return ocs_str_eq(document->kind.key, key) ? document->kind.value : (ocs_str){0};
    if (family == OCS_FAMILY_TOPIC)
        return fact_name(&document->topics, key);
    if (family == OCS_FAMILY_SOURCE)
        return fact_name(&document->sources, key);
    return mention_name(document, family, key);
}

/* As the first document with the key has it; empty when it is gone. */
static ocs_status read_name(completer *c, ocs_str prefix, ocs_str key, ocs_str *name)
{
    ocs_buf term;
    xap_docid number = 0;
    ocs_document document;
    ocs_arena_clear(c->page);
    ocs_buf_init(&term, 64 * 1024);
    ocs_buf_put(&term, prefix);
    ocs_buf_put(&term, key);
    ocs_status st = xap_db_first(ocs_index_db(c->index), ocs_buf_str(&term), &number, c->err);
    ocs_buf_clear(&term);
    if (st == OCS_OK)
        st = ocs_index_document(c->index, number, c->page, &document, c->err);
    *name = st == OCS_OK ? name_in(&document, c->of->family, key) : (ocs_str){0};
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status add_key(completer *c, ocs_str prefix, const found_key *found)
{
    ocs_str name = found->key;
    ocs_status st = OCS_OK;
    if (c->of->family == OCS_FAMILY_COUNTRY)
        name = country_name(found->key);
    else if (c->of->form != OCS_VALUE_LANG)
        st = read_name(c, prefix, found->key, &name);
    if (st != OCS_OK || name.n == 0 || ocs_str_find_char(name, '"', 0) < name.n)
        return st; /* a quote cannot be written within quotes */
    bool quotes = !ocs_lex_plain_value(c->of->form, name);
    return add(c, c->field, name, quotes, found->documents);
}

static ocs_status add_names(completer *c)
{
    ocs_buf prefix;
    ocs_buf_init(&prefix, 1024);
    if (c->of->form == OCS_VALUE_LANG)
        ocs_term_lang(&prefix, (ocs_str){0});
    else
        ocs_term_key(&prefix, c->of->family, (ocs_str){0});
    ocs_status st = walk(c, ocs_buf_str(&prefix));
    for (size_t i = 0; i < c->n_keys && st == OCS_OK; i++)
        st = add_key(c, ocs_buf_str(&prefix), &c->keys[i]);
    ocs_buf_clear(&prefix);
    return st;
}

/* Words of names, where no key goes on so: "odihr" of what has another key. */
static ocs_status add_words(completer *c)
{
    ocs_buf prefix;
    ocs_buf_init(&prefix, 64 * 1024);
    ocs_term_name(&prefix, c->of->family, (ocs_str){0});
    ocs_status st = walk(c, ocs_buf_str(&prefix));
    for (size_t i = 0; i < c->n_keys && st == OCS_OK; i++)
        st = add(c, c->field, c->keys[i].key, false, c->keys[i].documents);
    ocs_buf_clear(&prefix);
    return st;
}

static ocs_status add_names_or_words(completer *c)
{
    ocs_status st = add_names(c);
    bool words = c->of->form != OCS_VALUE_LANG && c->of->family != OCS_FAMILY_COUNTRY;
    if (st != OCS_OK || c->n_keys > 0 || !words || c->begun.n == 0)
        return st;
    return add_words(c);
}

/* ---- the whole ---- */

static bool has_names(const ocs_field *field)
{
    return field->form == OCS_VALUE_ENTITY || field->form == OCS_VALUE_LABEL ||
           field->form == OCS_VALUE_LANG;
}

static ocs_status complete(completer *c, ocs_str begun)
{
    size_t start = last_word(begun);
    ocs_str word = ocs_str_sub(begun, start, begun.n);
    size_t colon = ocs_str_find_char(word, ':', 0);
    c->head = ocs_str_sub(begun, 0, start);
    if (colon == word.n)
        return add_fields(c, word);
    ocs_field_id field = ocs_field_find(ocs_str_sub(word, 0, colon));
    if (field == OCS_FIELD_COUNT || !c->index)
        return OCS_OK;
    c->of = ocs_field_of((int)field);
    c->field = ocs_str_sub(word, 0, colon + 1);
    c->begun = begun_key(c, ocs_str_sub(word, colon + 1, word.n), true);
    return has_names(c->of) ? add_names_or_words(c) : OCS_OK;
}

ocs_status ocs_complete(ocs_index *index, ocs_str begun, size_t most, ocs_arena *arena,
                        ocs_completion **out, size_t *n, ocs_error *err)
{
    completer c = {.index = index, .most = most, .arena = arena, .err = err};
    c.work = ocs_arena_new(DOCUMENT_MEMORY);
    c.page = ocs_arena_new(DOCUMENT_MEMORY);
    c.keys = calloc(most + 1, sizeof *c.keys);
    ocs_status st = OCS_OK;
    if (!c.work || !c.page || !c.keys)
        st = nomem(&c);
    else if (most > 0)
        st = complete(&c, begun);
    free(c.keys);
    ocs_arena_free(c.page);
    ocs_arena_free(c.work);
    *out = c.out.at;
    *n = st == OCS_OK ? c.out.n : 0;
    return st;
}
