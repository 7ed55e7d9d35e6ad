/* The text is cut into words as for the index; a word matches by its spelling, its canonical
 * spelling or its stem, a phrase where all of it stands, an entity where a mention has the key or
 * the word asked for.  Marks that are compared whole are sorted and searched by halves; phrases,
 * wildcards and dates, of which a query has few, are tried one by one. */
#include "query/marks.h"

#include "query/lex.h"

#include <stdlib.h>

typedef struct mark {
    ocs_str text;
    size_t number;
} mark;

typedef OCS_VEC(mark) mark_list;

typedef struct phrase {
    const ocs_str *words;
    size_t n, number;
} phrase;

typedef struct seeker {
    const ocs_document *document;
    ocs_stemmers *stemmers;
    ocs_arena *arena;
    ocs_words words; /* of the text */
    ocs_buf term;
    mark_list whole; /* sorted */
    mark_list wild, dates;
    OCS_VEC(phrase) phrases;
    OCS_VEC(ocs_match) found;
    bool entities, roles, holders; /* is any of these marked? */
    size_t most;                   /* matches */
} seeker;

/* ---- sorting the marks out ---- */

static int compare_marks(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    return ocs_str_cmp(x->text, y->text);
}

static bool add_mark(seeker *s, mark_list *list, ocs_str text, size_t number)
{
    mark *m = ocs_vec_push(s->arena, list);
    if (m)
        *m = (mark){text, number};
    return m != NULL;
}

static bool add_phrase(seeker *s, ocs_str text, size_t number)
{
    OCS_VEC(ocs_str) words = {0};
    ocs_str word;
    while (ocs_str_split(&text, ' ', &word)) {
        ocs_str *place = ocs_vec_push(s->arena, &words);
        if (!place)
            return false;
        *place = word;
    }
    phrase *made = ocs_vec_push(s->arena, &s->phrases);
    if (made)
        *made = (phrase){words.at, words.n, number};
    return made != NULL;
}

static bool date_mark(ocs_str text)
{
    return ocs_str_starts(text, OCS_STR("XDY")) || ocs_str_starts(text, OCS_STR("XDM")) ||
           ocs_str_starts(text, OCS_STR("XDD"));
}

static bool sort_mark(seeker *s, ocs_str text, size_t number)
{
    if (date_mark(text)) {
        s->entities = true;
        return add_mark(s, &s->dates, text, number);
    }
    if (ocs_str_starts(text, OCS_STR("X"))) {
        s->entities = true;
        s->roles |= ocs_str_starts(text, OCS_STR("XR"));
        s->holders |= ocs_str_starts(text, OCS_STR("XA")) || ocs_str_starts(text, OCS_STR("XN"));
        return add_mark(s, &s->whole, text, number);
    }
    if (ocs_str_find_char(text, ' ', 0) < text.n)
        return add_phrase(s, text, number);
    if (ocs_lex_head(text) < text.n)
        return add_mark(s, &s->wild, text, number);
    return add_mark(s, &s->whole, text, number);
}

static bool sort_marks(seeker *s, const ocs_str *marks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (marks[i].n > 0 && !sort_mark(s, marks[i], i))
            return false;
    if (s->whole.n > 0)
        qsort(s->whole.at, s->whole.n, sizeof *s->whole.at, compare_marks);
    return true;
}

/* ---- matches ---- */

static void found(seeker *s, ocs_span at, size_t number)
{
    if (s->found.n == s->most || at.from >= at.to)
        return;
    ocs_match *match = ocs_vec_push(s->arena, &s->found);
    if (match)
        *match = (ocs_match){at, number};
}

/* Is ${text} a mark that is compared whole? */
static bool whole(const seeker *s, ocs_str text, size_t *number)
{
    const mark key = {.text = text};
    if (s->whole.n == 0)
        return false;
    const mark *m = bsearch(&key, s->whole.at, s->whole.n, sizeof key, compare_marks);
    if (m)
        *number = m->number;
    return m != NULL;
}

/* The same for what stands spelled in s->term, which is emptied. */
static bool whole_term(seeker *s, size_t *number)
{
    bool is = whole(s, ocs_buf_str(&s->term), number);
    ocs_buf_reset(&s->term);
    return is;
}

/* ---- words ---- */

/* Stemmed as the index stems: like English where the language is unknown. */
static bool stem_matches(seeker *s, const ocs_word *word, size_t *number)
{
    ocs_str lang = s->document->lang.n > 0 ? s->document->lang : OCS_STR("en");
    ocs_term_stem(&s->term, ocs_stemmers_stem(s->stemmers, lang, word->canonical));
    return whole_term(s, number);
}

static bool wild_fits(ocs_str text, const ocs_word *word)
{
    return ocs_lex_head(text) < text.n &&
           (ocs_lex_fits(text, false, word->fold) || ocs_lex_fits(text, false, word->canonical));
}

static void seek_wild(seeker *s, const ocs_word *word)
{
    for (size_t i = 0; i < s->wild.n; i++) {
        if (wild_fits(s->wild.at[i].text, word))
            found(s, word->at, s->wild.at[i].number);
    }
}

static bool phrase_at(const seeker *s, const phrase *ph, size_t i)
{
    if (ph->n > s->words.n - i)
        return false;
    for (size_t k = 0; k < ph->n; k++) {
        const ocs_word *word = &s->words.at[i + k];
        if (word->position != s->words.at[i].position + k)
            return false;
        if (!ocs_str_eq(word->canonical, ph->words[k]) && !ocs_str_eq(word->fold, ph->words[k]) &&
            !wild_fits(ph->words[k], word))
            return false;
    }
    return true;
}

static void seek_phrases(seeker *s, size_t i)
{
    for (size_t k = 0; k < s->phrases.n; k++) {
        const phrase *ph = &s->phrases.at[k];
        if (phrase_at(s, ph, i))
            found(s, (ocs_span){s->words.at[i].at.from, s->words.at[i + ph->n - 1].at.to},
                  ph->number);
    }
}

static void seek_words(seeker *s)
{
    for (size_t i = 0; i < s->words.n; i++) {
        const ocs_word *word = &s->words.at[i];
        size_t number;
        if (whole(s, word->fold, &number) || whole(s, word->canonical, &number) ||
            stem_matches(s, word, &number))
            found(s, word->at, number);
        seek_wild(s, word);
        seek_phrases(s, i);
    }
}

/* ---- mentions ---- */

static bool any_matches(seeker *s, ocs_family family, size_t *number)
{
    ocs_term_any(&s->term, family);
    return whole_term(s, number);
}

/* Is any word of ${name} asked for? */
static bool name_matches(seeker *s, ocs_family family, ocs_str name, size_t *number)
{
    ocs_words words;
    if (!ocs_words_of(s->arena, name, &words))
        return false;
    for (size_t i = 0; i < words.n; i++) {
        ocs_term_name(&s->term, family, words.at[i].fold);
        if (whole_term(s, number))
            return true;
        ocs_term_name(&s->term, family, words.at[i].canonical);
        if (whole_term(s, number))
            return true;
        ocs_term_name(&s->term, family, ocs_latin_word(s->arena, words.at[i].fold));
        if (whole_term(s, number))
            return true;
    }
    return false;
}

/* Does ${when} name the year, month or day of a mark such as "XDM2018-06"? */
static bool when_names(ocs_when when, ocs_str text)
{
    ocs_date date;
    if (!ocs_date_parse(ocs_str_sub(text, 3, text.n), &date) || when.from.year == 0)
        return false;
    ocs_precision precision = ocs_date_precision(date);
    if (ocs_date_precision(when.from) < precision || ocs_date_precision(when.to) < precision)
        return false;
    if (precision < OCS_PRECISION_DAY)
        when.from.day = when.to.day = 0;
    if (precision < OCS_PRECISION_MONTH)
        when.from.month = when.to.month = 0;
    return ocs_date_cmp(when.from, date) <= 0 && ocs_date_cmp(date, when.to) <= 0;
}

static bool date_matches(const seeker *s, const ocs_mention *mention, size_t *number)
{
    if (mention->type != OCS_MENTION_DATE)
        return false;
    for (size_t i = 0; i < s->dates.n; i++)
        if (when_names(mention->when, s->dates.at[i].text)) {
            *number = s->dates.at[i].number;
            return true;
        }
    return false;
}

static bool mention_matches(seeker *s, const ocs_mention *mention, size_t *number)
{
    ocs_family family = ocs_family_of_mention(mention->type);
    ocs_term_key(&s->term, family, mention->key);
    if (whole_term(s, number) || any_matches(s, family, number))
        return true;
    if (mention->type == OCS_MENTION_DATE || mention->type == OCS_MENTION_COUNTRY)
        return date_matches(s, mention, number);
    return name_matches(s, family, mention->name, number) ||
           name_matches(s, family, ocs_mention_surface(s->document, mention), number) ||
           (mention->type == OCS_MENTION_PERSON && name_matches(s, family, mention->key, number));
}

/* The words of a role that were asked for; all of it for role:*. */
static void seek_role(seeker *s, const ocs_role *role)
{
    size_t number;
    ocs_words words;
    if (any_matches(s, OCS_FAMILY_ROLE, &number))
        found(s, role->at, number);
    ocs_str text = ocs_str_sub(s->document->text, role->at.from, role->at.to);
    if (!ocs_words_of(s->arena, text, &words))
        return;
    for (size_t i = 0; i < words.n; i++) {
        ocs_span at = {role->at.from + words.at[i].at.from, role->at.from + words.at[i].at.to};
        ocs_term_name(&s->term, OCS_FAMILY_ROLE, words.at[i].fold);
        if (whole_term(s, &number))
            found(s, at, number);
    }
}

static bool key_matches(seeker *s, ocs_family family, ocs_str key, size_t *number)
{
    ocs_term_key(&s->term, family, key);
    return whole_term(s, number) || any_matches(s, family, number);
}

/* A person who holds an office of an organisation or country that was asked for, and the role. */
static void seek_holder(seeker *s, const ocs_mention *mention, const ocs_role *role)
{
    const ocs_role_part *org = &role->org, *country = &role->country;
    ocs_str surface = ocs_str_sub(s->document->text, org->at.from, org->at.to);
    size_t number;
    bool of_org = org->key.n > 0 && (key_matches(s, OCS_FAMILY_ROLE_ORG, org->key, &number) ||
                                     name_matches(s, OCS_FAMILY_ROLE_ORG, org->name, &number) ||
                                     name_matches(s, OCS_FAMILY_ROLE_ORG, surface, &number));
    if (!of_org &&
        (country->key.n == 0 || !key_matches(s, OCS_FAMILY_ROLE_COUNTRY, country->key, &number)))
        return;
    found(s, mention->at, number);
    found(s, role->at, number);
}

static void seek_mentions(seeker *s)
{
    const ocs_document *document = s->document;
    for (size_t i = 0; s->entities && i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        size_t number;
        if (!ocs_mention_is_indexed(mention))
            continue;
        if (mention_matches(s, mention, &number))
            found(s, mention->at, number);
        for (size_t k = 0; s->roles && k < mention->n_roles; k++)
            seek_role(s, &mention->roles[k]);
        for (size_t k = 0; s->holders && k < mention->n_roles; k++)
            seek_holder(s, mention, &mention->roles[k]);
    }
}

/* ---- the whole ---- */

static int compare_matches(const void *a, const void *b)
{
    const ocs_match *x = a, *y = b;
    if (x->at.from != y->at.from)
        return x->at.from < y->at.from ? -1 : 1;
    if (x->at.to != y->at.to)
        return x->at.to > y->at.to ? -1 : 1;
    return (x->mark > y->mark) - (x->mark < y->mark);
}

static bool seek(seeker *s, const ocs_str *marks, size_t n_marks)
{
    if (!sort_marks(s, marks, n_marks) || !ocs_words_of(s->arena, s->document->text, &s->words))
        return false;
    seek_mentions(s); /* first, since words may use up what may be found */
    seek_words(s);
    if (s->found.n > 0)
        qsort(s->found.at, s->found.n, sizeof *s->found.at, compare_matches);
    return ocs_arena_status(s->arena) == OCS_OK;
}

static ocs_status find(seeker *s, const ocs_str *marks, size_t n_marks, ocs_matches *out,
                       ocs_error *err)
{
    ocs_buf_init(&s->term, 64 * 1024);
    bool done = n_marks == 0 || seek(s, marks, n_marks);
    ocs_buf_clear(&s->term);
    *out = (ocs_matches){s->found.at, s->found.n};
    if (done)
        return OCS_OK;
    ocs_status st = ocs_arena_status(s->arena);
    return ocs_fail(err, st == OCS_OK ? OCS_NOMEM : st, "no memory to mark the text of %.*s",
                    OCS_ARG(s->document->path));
}

ocs_status ocs_marks_find(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                          ocs_stemmers *stemmers, ocs_arena *arena, ocs_matches *out,
                          ocs_error *err)
{
    seeker s = {
        .document = document, .stemmers = stemmers, .arena = arena, .most = OCS_MATCHES_MAX};
    return find(&s, marks, n_marks, out, err);
}

ocs_status ocs_marks_find_all(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                              ocs_stemmers *stemmers, ocs_arena *arena, ocs_matches *out,
                              ocs_error *err)
{
    seeker s = {.document = document, .stemmers = stemmers, .arena = arena, .most = SIZE_MAX};
    return find(&s, marks, n_marks, out, err);
}
