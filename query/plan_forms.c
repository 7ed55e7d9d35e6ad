/* The words of the index that have one stem.  The index keeps positions for words only, so that
 * whatever looks at places asks for these.  Words with a stem in common begin alike: the walk goes
 * over the words that begin as the word and all its stems do. */
#include "query/planner.h"

typedef struct stem {
    ocs_str lang, text;
} stem;

typedef struct seeker {
    ocs_planner *p;
    ocs_arena *words; /* cleared for every word */
    ocs_str head;     /* what all begin with */
    OCS_VEC(stem) stems;
} seeker;

/* Does ${rest} behind the head make a word with one of the stems? */
static bool has_stem(const void *payload, ocs_str rest)
{
    const seeker *s = payload;
    ocs_arena_clear(s->words);
    char *joined = ocs_arena_alloc(s->words, s->head.n + rest.n);
    if (!joined)
        return false;
    memcpy(joined, s->head.p, s->head.n);
    memcpy(joined + s->head.n, rest.p, rest.n);
    ocs_str word = ocs_word_canonical(s->words, (ocs_str){joined, s->head.n + rest.n});
    for (size_t i = 0; i < s->stems.n; i++) {
        const stem *known = &s->stems.at[i];
        if (ocs_str_eq(ocs_stemmers_stem(s->p->stemmers, known->lang, word), known->text))
            return true;
    }
    return false;
}

static ocs_status add_stem(seeker *s, ocs_str lang, ocs_str word)
{
    ocs_str text = ocs_stemmers_stem(s->p->stemmers, lang, word);
    stem *made = ocs_vec_push(s->p->arena, &s->stems);
    if (!made)
        return ocs_planner_nomem(s->p);
    *made = (stem){lang, ocs_str_copy(s->p->arena, text)};
    s->head.n = ocs_str_common(s->head, made->text);
    return OCS_OK;
}

/* In every language of the index; a language with another script leaves the word as it is. */
static ocs_status add_stems(seeker *s, ocs_str word)
{
    ocs_str langs = ocs_index_langs(s->p->index), lang;
    ocs_status st = OCS_OK;
    s->head = word;
    while (st == OCS_OK && ocs_str_split(&langs, ' ', &lang))
        if (lang.n > 0)
            st = add_stem(s, lang, word);
    while (s->head.n > 0 && s->head.n < word.n &&
           ((unsigned char)word.p[s->head.n] & 0xC0) == 0x80) /* not inside a character */
        s->head.n--;
    return st;
}

ocs_status ocs_plan_form_terms(ocs_planner *p, const ocs_node *node, ocs_str word,
                               ocs_term_list *terms)
{
    seeker s = {.p = p, .words = ocs_arena_new(1 << 20)};
    ocs_status st = s.words ? add_stems(&s, word) : ocs_planner_nomem(p);
    ocs_buf_reset(&p->term);
    ocs_term_word(&p->term, word);
    if (st == OCS_OK)
        st = ocs_planner_list(p, terms);
    if (st == OCS_OK && s.head.n > 0 && s.stems.n > 0) {
        ocs_term_list forms = {0};
        ocs_buf_reset(&p->term);
        ocs_buf_put(&p->term, s.head);
        st = ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, has_stem, &s, &forms);
        for (size_t i = 0; st == OCS_OK && i < forms.n; i++)
            st = ocs_planner_add(p, terms, forms.at[i]);
    }
    ocs_arena_free(s.words);
    return st;
}
