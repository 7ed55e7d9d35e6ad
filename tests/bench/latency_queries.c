/* The vocabulary is read once, sorted from the most frequent term on, and every class takes terms
 * at even distances.  quest cannot spell a country's code; it is asked for a word that about as many
 * documents have, since a country gives a score, too. */
#include "tests/bench/latency_queries.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORD_SHORTEST = 4, WORD_LONGEST = 24, PHRASE_WORDS = 4, QUERY_ROOM = 512 };
enum { FREQUENT_SHARE = 20, MIDDLE_SHARE = 1000 };

typedef struct entry {
    ocs_str word; /* without its prefix */
    uint32_t documents;
} entry;
typedef OCS_VEC(entry) entry_list;

typedef struct drawer {
    ocs_index *index;
    ocs_arena *arena;
    ocs_error *err;
    size_t most;
    uint32_t documents;
    entry_list words, people, orgs, countries;
    size_t frequent, middle; /* where in .words they end */
    OCS_VEC(latency_query) queries;
} drawer;

const char *const latency_class_names[] = {
#define X(name, text, about) text,
    LATENCY_CLASSES(X)
#undef X
        NULL};

const char *const latency_quest_options[] = {
    "--boolean-prefix=person:XP~", "--boolean-prefix=org:XO~", "--boolean-prefix=place:XL~",
    "--boolean-prefix=year:DY", NULL};

/* ---- the vocabulary ---- */

static bool plain(ocs_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'a' || word.p[i] > 'z')
            return false;
    return word.n >= WORD_SHORTEST && word.n <= WORD_LONGEST;
}

static bool code(ocs_str word)
{
    return word.n == 2 && word.p[0] >= 'A' && word.p[0] <= 'Z';
}

static int most_frequent_first(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    return ocs_str_cmp(x->word, y->word);
}

static ocs_status push_entry(drawer *d, ocs_str word, uint32_t documents, entry_list *list)
{
    entry *e = ocs_vec_push(d->arena, list);
    ocs_str copy = ocs_str_copy(d->arena, word);
    if (!e || !copy.p)
        return ocs_fail(d->err, ocs_arena_status(d->arena), "no memory for the vocabulary");
    *e = (entry){copy, documents};
    return OCS_OK;
}

static ocs_status read_entries(drawer *d, const char *prefix, bool (*fits)(ocs_str),
                               entry_list *list)
{
    xap_terms *terms;
    ocs_str term;
    uint32_t documents;
    ocs_status st = xap_db_terms(ocs_index_db(d->index), ocs_str_of(prefix), &terms, d->err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(terms, &term, &documents, d->err)) == OCS_OK) {
        ocs_str word = ocs_str_sub(term, strlen(prefix), term.n);
        if (fits(word) && (st = push_entry(d, word, documents, list)) != OCS_OK)
            break;
    }
    xap_terms_free(terms);
    if (st == OCS_NOTFOUND)
        st = OCS_OK;
    if (list->n > 0)
        qsort(list->at, list->n, sizeof *list->at, most_frequent_first);
    return st;
}

static ocs_status read_vocabulary(drawer *d)
{
    ocs_status st = xap_db_count(ocs_index_db(d->index), &d->documents, d->err);
    if (st != OCS_OK || (st = read_entries(d, "", plain, &d->words)) != OCS_OK ||
        (st = read_entries(d, "XP~", plain, &d->people)) != OCS_OK ||
        (st = read_entries(d, "XO~", plain, &d->orgs)) != OCS_OK ||
        (st = read_entries(d, "XC=", code, &d->countries)) != OCS_OK)
        return st;
    for (size_t i = 0; i < d->words.n; i++) {
        d->frequent += d->words.at[i].documents >= d->documents / FREQUENT_SHARE;
        d->middle += d->words.at[i].documents >= d->documents / MIDDLE_SHARE;
    }
    return OCS_OK;
}

/* ---- queries ---- */

static ocs_status add(drawer *d, latency_class class, const char *ours, const char *quest)
{
    latency_query *query = ocs_vec_push(d->arena, &d->queries);
    char *first = ocs_arena_copy(d->arena, ours, strlen(ours));
    char *second = ocs_arena_copy(d->arena, quest, strlen(quest));
    if (!query || !first || !second)
        return ocs_fail(d->err, ocs_arena_status(d->arena), "no memory for the queries");
    *query = (latency_query){class, first, second};
    return OCS_OK;
}

/* Number ${i} of d->most places at even distances among [from, to). */
static size_t place_of(const drawer *d, size_t i, size_t from, size_t to)
{
    return from + (2 * i + 1) * (to - from) / (2 * d->most);
}

/* The terms of [from, to) at even distances, each written by ${form}. */
static ocs_status add_terms(drawer *d, latency_class class, const entry_list *list, size_t from,
                            size_t to, const char *field)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < d->most && from < to; i++) {
        char text[QUERY_ROOM];
        size_t at = place_of(d, i, from, to);
        if (at == last)
            continue;
        last = at;
        snprintf(text, sizeof text, "%s%.*s", field, OCS_ARG(list->at[at].word));
        ocs_status st = add(d, class, text, text);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

static ocs_status add_pairs(drawer *d)
{
    for (size_t i = 0; i < d->most && d->frequent > 0 && d->middle > 0; i++) {
        char text[QUERY_ROOM];
        ocs_str first = d->words.at[i * 7 % d->frequent].word;
        ocs_str second = d->words.at[place_of(d, i, 0, d->middle)].word;
        snprintf(text, sizeof text, "%.*s %.*s", OCS_ARG(first), OCS_ARG(second));
        ocs_status st = add(d, LATENCY_WORDS, text, text);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

static ocs_status add_prefixes(drawer *d)
{
    for (size_t i = 0; i < d->most && d->middle > 0; i++) {
        char text[QUERY_ROOM];
        ocs_str word = d->words.at[place_of(d, i, 0, d->middle)].word;
        size_t half = (word.n + 1) / 2;
        word.n = half > WORD_SHORTEST ? half : WORD_SHORTEST;
        snprintf(text, sizeof text, "%.*s*", OCS_ARG(word));
        ocs_status st = add(d, LATENCY_PREFIX, text, text);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* ---- phrases ---- */

/* ${n} plain words of the text one after the other, the first of them after ${from}; false when
 * there are none. */
static bool find_phrase(const ocs_words *words, size_t from, size_t n, char out[QUERY_ROOM])
{
    for (size_t i = from; i + n <= words->n; i++) {
        size_t used = 0, k = 0;
        for (; k < n; k++) {
            const ocs_word *word = &words->at[i + k];
            if (!plain(word->fold) || word->position != words->at[i].position + k)
                break;
            used += (size_t)snprintf(out + used, QUERY_ROOM - used, "%s%.*s", k > 0 ? " " : "\"",
                                     OCS_ARG(word->fold));
        }
        if (k == n) {
            snprintf(out + used, QUERY_ROOM - used, "\"");
            return true;
        }
    }
    return false;
}

static ocs_status add_phrase(drawer *d, size_t i, ocs_arena *scratch)
{
    ocs_document document;
    ocs_words words;
    char text[QUERY_ROOM];
    ocs_arena_clear(scratch);
    xap_docid number = (xap_docid)place_of(d, i, 1, (size_t)d->documents + 1);
    ocs_status st = ocs_index_document(d->index, number, scratch, &document, d->err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? OCS_OK : st;
    if (!ocs_words_of(scratch, document.text, &words))
        return ocs_fail(d->err, ocs_arena_status(scratch), "no memory for a text");
    if (!find_phrase(&words, words.n * (i % 7) / 8, 2 + i % (PHRASE_WORDS - 1), text))
        return OCS_OK;
    return add(d, LATENCY_PHRASE, text, text);
}

static ocs_status add_phrases(drawer *d)
{
    ocs_arena *scratch = ocs_arena_new((size_t)256 << 20);
    ocs_status st = scratch ? OCS_OK : ocs_fail(d->err, OCS_NOMEM, "no memory for a text");
    for (size_t i = 0; st == OCS_OK && i < d->most; i++)
        st = add_phrase(d, i, scratch);
    ocs_arena_free(scratch);
    return st;
}

/* ---- filters ---- */

/* The word that about as many documents have; words are sorted by that. */
static ocs_str word_like(const drawer *d, uint32_t documents)
{
    size_t i = 0;
    while (i + 1 < d->words.n && d->words.at[i].documents > documents)
        i++;
    return d->words.n > 0 ? d->words.at[i].word : (ocs_str){"nowhere", 7};
}

static ocs_status add_countries(drawer *d)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < d->most && d->countries.n > 0; i++) {
        char ours[QUERY_ROOM], quest[QUERY_ROOM];
        size_t at = place_of(d, i, 0, d->countries.n);
        if (at == last)
            continue;
        last = at;
        const entry *country = &d->countries.at[at];
        snprintf(ours, sizeof ours, "country:%.*s", OCS_ARG(country->word));
        snprintf(quest, sizeof quest, "%.*s", OCS_ARG(word_like(d, country->documents)));
        ocs_status st = add(d, LATENCY_COUNTRY, ours, quest);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* The years from number ${i} on, and what comes before them in both queries. */
static ocs_status add_years(drawer *d, latency_class class, size_t i, const char *before)
{
    char ours[QUERY_ROOM], quest[QUERY_ROOM];
    int from = 2000 + (int)(i * 5 % 20), years = 1 + (int)(i % 5);
    size_t used = (size_t)snprintf(quest, sizeof quest, "%s", before);
    snprintf(ours, sizeof ours, "%sdate:%d..%d", before, from, from + years - 1);
    for (int k = 0; k < years; k++)
        used += (size_t)snprintf(quest + used, sizeof quest - used, "%syear:%d", k > 0 ? " " : "",
                                 from + k);
    return add(d, class, ours, quest);
}

static ocs_status add_dates(drawer *d)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < d->most && i < 100; i++) /* then they come again */
        st = add_years(d, LATENCY_DATE, i, "");
    return st;
}

static ocs_status add_mixed(drawer *d)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < d->most && d->orgs.n > 0 && d->middle > 0; i++) {
        char before[QUERY_ROOM / 2];
        ocs_str word = d->words.at[place_of(d, i, 0, d->middle)].word;
        ocs_str org = d->orgs.at[i * 3 % d->orgs.n].word;
        snprintf(before, sizeof before, "%.*s org:%.*s ", OCS_ARG(word), OCS_ARG(org));
        st = add_years(d, LATENCY_MIXED, i, before);
    }
    return st;
}

/* ---- the whole ---- */

static ocs_status add_all(drawer *d)
{
    const entry_list *words = &d->words;
    ocs_status st;
    if ((st = add_terms(d, LATENCY_FREQUENT, words, 0, d->frequent, "")) != OCS_OK ||
        (st = add_terms(d, LATENCY_MIDDLE, words, d->frequent, d->middle, "")) != OCS_OK ||
        (st = add_terms(d, LATENCY_RARE, words, d->middle, words->n, "")) != OCS_OK ||
        (st = add_pairs(d)) != OCS_OK || (st = add_phrases(d)) != OCS_OK ||
        (st = add_prefixes(d)) != OCS_OK ||
        (st = add_terms(d, LATENCY_PERSON, &d->people, 0, d->people.n, "person:")) != OCS_OK ||
        (st = add_terms(d, LATENCY_ORG, &d->orgs, 0, d->orgs.n, "org:")) != OCS_OK ||
        (st = add_countries(d)) != OCS_OK || (st = add_dates(d)) != OCS_OK)
        return st;
    return add_mixed(d);
}

ocs_status latency_queries_draw(ocs_index *index, size_t most, ocs_arena *arena,
                                latency_queries *out, ocs_error *err)
{
    drawer d = {.index = index, .arena = arena, .err = err, .most = most};
    ocs_status st = read_vocabulary(&d);
    if (st == OCS_OK)
        st = add_all(&d);
    *out = (latency_queries){d.queries.at, d.queries.n};
    return st;
}
