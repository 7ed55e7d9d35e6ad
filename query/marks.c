/* The text is cut into words as for the index, but only where one may match by its first letter; a
 * word matches by its spelling, its canonical spelling or its stem, a phrase where all of it stands,
 * an entity where a mention has the key or the word asked for.  Marks that are compared whole are
 * sorted and searched by halves; phrases, wildcards and dates, of which a query has few, are tried
 * one by one. */
#include "query/marks.h"

#include "query/lex.h"
#include "query/sieve.h"

#include <stdlib.h>

enum { STRETCH_MEMORY = 512 * 1024 * 1024 };

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
    ocs_arena *stretch, *ahead; /* for the words that are looked at, and for those of a phrase */
    ocs_sieve sieve;
    ocs_buf term;
    mark_list whole; /* sorted */
    mark_list wild, dates;
    OCS_VEC(phrase) phrases;
    OCS_VEC(ocs_match) found;
    bool entities, roles, holders; /* is any of these marked? */
    size_t most;                   /* matches */
    bool names[OCS_FAMILY_COUNT];  /* is a mention of this family marked, other than by a date? */
    ocs_sieve name_words[OCS_FAMILY_COUNT]; /* marked words of names */
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

/* "XP=", "XP~" or "XP*" */
static void note_family(seeker *s, ocs_str text)
{
    for (int f = 0; text.n > 2 && f < OCS_FAMILY_COUNT; f++)
        if (text.p[1] == ocs_family_letter((ocs_family)f)) {
            s->names[f] = true;
            if (text.p[2] == '~')
                ocs_sieve_add(&s->name_words[f], ocs_str_sub(text, 3, text.n));
        }
}

/* What words begin with that have this mark. */
static void sift_mark(seeker *s, ocs_str text)
{
    bool stem = text.p[0] == 'Z';
    if (text.p[0] == 'X')
        return;
    if (stem && !ocs_stem_keeps_head(s->document->lang))
        ocs_sieve_add_all(&s->sieve);
    else if (ocs_str_eq(text, OCS_STR("*")))
        ocs_sieve_add_all(&s->sieve);
    else
        ocs_sieve_add(&s->sieve, ocs_str_sub(text, stem, text.n));
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
        note_family(s, text);
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
    for (size_t i = 0; i < n; i++) {
        if (marks[i].n == 0)
            continue;
        sift_mark(s, marks[i]);
        if (!sort_mark(s, marks[i], i))
            return false;
    }
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

/* ${word} stands at ${at}; here and below. */
static void seek_wild(seeker *s, const ocs_word *word, ocs_span at)
{
    for (size_t i = 0; i < s->wild.n; i++) {
        if (wild_fits(s->wild.at[i].text, word))
            found(s, at, s->wild.at[i].number);
    }
}

static bool spelled(const ocs_word *word, ocs_str text)
{
    return ocs_str_eq(word->canonical, text) || ocs_str_eq(word->fold, text);
}

static bool phrase_at(const ocs_words *words, const phrase *ph)
{
    for (size_t k = 0; k < ph->n; k++) {
        const ocs_word *word = &words->at[k];
        if (word->position != words->at[0].position + k ||
            (!spelled(word, ph->words[k]) && !wild_fits(ph->words[k], word)))
            return false;
    }
    return true;
}

/* The end of ${n} runs of letters behind byte ${at}, with white space between. */
static size_t runs_end(ocs_str text, size_t at, size_t n)
{
    while (n-- > 0 && at < text.n) {
        while (at < text.n && ocs_ascii_space(text.p[at]))
            at++;
        while (at < text.n && !ocs_ascii_space(text.p[at]))
            at++;
    }
    return at;
}

/* The words of the text from byte ${from} on, ${n} or more unless it ends; false when memory ran
 * out. */
static bool words_from(seeker *s, size_t from, size_t n, ocs_words *words)
{
    ocs_str text = s->document->text;
    size_t to = from;
    for (size_t runs = n;; runs *= 2) {
        to = runs_end(text, to, runs);
        ocs_arena_clear(s->ahead);
        if (!ocs_words_of(s->ahead, ocs_str_sub(text, from, to), words))
            return false;
        if (words->n >= n || to == text.n)
            return true;
    }
}

static bool seek_phrase(seeker *s, const phrase *ph, size_t from)
{
    ocs_words words;
    if (!words_from(s, from, ph->n, &words))
        return false;
    if (words.n >= ph->n && phrase_at(&words, ph))
        found(s, (ocs_span){from, from + words.at[ph->n - 1].at.to}, ph->number);
    return true;
}

/* Those that begin with this word. */
static bool seek_phrases(seeker *s, const ocs_word *word, ocs_span at)
{
    for (size_t k = 0; k < s->phrases.n; k++)
        if (spelled(word, s->phrases.at[k].words[0]) && !seek_phrase(s, &s->phrases.at[k], at.from))
            return false;
    return true;
}

/* ---- the text ---- */

static bool seek_word(seeker *s, const ocs_word *word, ocs_span at)
{
    size_t number;
    if (whole(s, word->fold, &number) || whole(s, word->canonical, &number) ||
        stem_matches(s, word, &number))
        found(s, at, number);
    seek_wild(s, word, at);
    return seek_phrases(s, word, at);
}

static bool seek_stretch(seeker *s, ocs_span stretch)
{
    ocs_words words;
    ocs_arena_clear(s->stretch);
    if (!ocs_words_of(s->stretch, ocs_str_sub(s->document->text, stretch.from, stretch.to), &words))
        return false;
    for (size_t i = 0; i < words.n; i++) {
        const ocs_word *word = &words.at[i];
        ocs_span at = {stretch.from + word->at.from, stretch.from + word->at.to};
        if (ocs_sieve_passes(&s->sieve, word->fold) && !seek_word(s, word, at))
            return false;
    }
    return true;
}

static bool seek_words(seeker *s)
{
    ocs_span stretch;
    size_t at = 0;
    while (ocs_sieve_next(&s->sieve, s->document->text, &at, &stretch))
        if (!seek_stretch(s, stretch))
            return false;
    return true;
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
    size_t at = 0;
    if (!ocs_sieve_next(&s->name_words[family], name, &at, &(ocs_span){0}))
        return false;
    ocs_arena_clear(s->stretch);
    if (!ocs_words_of(s->stretch, name, &words))
        return false;
    for (size_t i = 0; i < words.n; i++) {
        ocs_term_name(&s->term, family, words.at[i].fold);
        if (whole_term(s, number))
            return true;
        ocs_term_name(&s->term, family, words.at[i].canonical);
        if (whole_term(s, number))
            return true;
        ocs_term_name(&s->term, family, ocs_latin_word(s->stretch, words.at[i].fold));
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
    if (s->names[family]) {
        ocs_term_key(&s->term, family, mention->key);
        if (whole_term(s, number) || any_matches(s, family, number))
            return true;
    }
    if (mention->type == OCS_MENTION_DATE || mention->type == OCS_MENTION_COUNTRY)
        return date_matches(s, mention, number);
    ocs_str surface = ocs_mention_surface(s->document, mention);
    return name_matches(s, family, mention->name, number) ||
           (!ocs_str_eq(surface, mention->name) && name_matches(s, family, surface, number)) ||
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
    if (!s->stretch || !s->ahead || !sort_marks(s, marks, n_marks))
        return false;
    seek_mentions(s); /* first, since words may use up what may be found */
    if (!seek_words(s))
        return false;
    if (s->found.n > 0)
        qsort(s->found.at, s->found.n, sizeof *s->found.at, compare_matches);
    return ocs_arena_status(s->arena) == OCS_OK;
}

/* At most ${most} of them. */
static ocs_status find(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                       ocs_stemmers *stemmers, ocs_arena *arena, size_t most, ocs_matches *out,
                       ocs_error *err)
{
    seeker s = {.document = document, .stemmers = stemmers, .arena = arena, .most = most};
    s.stretch = ocs_arena_new(STRETCH_MEMORY);
    s.ahead = ocs_arena_new(STRETCH_MEMORY);
    ocs_buf_init(&s.term, 64 * 1024);
    bool done = n_marks == 0 || seek(&s, marks, n_marks);
    ocs_buf_clear(&s.term);
    ocs_arena_free(s.ahead);
    ocs_arena_free(s.stretch);
    *out = (ocs_matches){s.found.at, s.found.n};
    if (done)
        return OCS_OK;
    ocs_status st = ocs_arena_status(arena);
    return ocs_fail(err, st == OCS_OK ? OCS_NOMEM : st, "no memory to mark the text of %.*s",
                    OCS_ARG(document->path));
}

ocs_status ocs_marks_find(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                          ocs_stemmers *stemmers, ocs_arena *arena, ocs_matches *out,
                          ocs_error *err)
{
    return find(document, marks, n_marks, stemmers, arena, OCS_MATCHES_MAX, out, err);
}

ocs_status ocs_marks_find_all(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                              ocs_stemmers *stemmers, ocs_arena *arena, ocs_matches *out,
                              ocs_error *err)
{
    return find(document, marks, n_marks, stemmers, arena, SIZE_MAX, out, err);
}
