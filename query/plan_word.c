/* Words and phrases.  The text of a node goes through the same tokenizer as the text of a page, so
 * that hyphens, quotes and diacritics agree; then a word alone is looked up by its stems, words
 * within a phrase or a NEAR by their canonical spelling, =words and wild*cards as folded. */
#include "query/planner.h"

#include "query/lex.h"

/* ---- spelling: of the text or of the title ---- */

static void spell_word(ocs_planner *p, ocs_str word)
{
    ocs_buf_reset(&p->term);
    if (p->in_title)
        ocs_term_title_word(&p->term, word);
    else
        ocs_term_word(&p->term, word);
}

static void spell_stem(ocs_planner *p, ocs_str stem)
{
    ocs_buf_reset(&p->term);
    if (p->in_title)
        ocs_term_title_stem(&p->term, stem);
    else
        ocs_term_stem(&p->term, stem);
}

/* ---- stems ---- */

static bool cyrillic_word(ocs_str word)
{
    uint32_t point = 0;
    if (word.n > 0)
        (void)ocs_utf8_at(word, 0, &point);
    return ocs_point_script(point) == OCS_SCRIPT_CYRILLIC;
}

static bool cyrillic_lang(ocs_str lang)
{
    static const ocs_str langs[] = {OCS_STR_INIT("ru"), OCS_STR_INIT("uk"), OCS_STR_INIT("be"),
                                    OCS_STR_INIT("bg"), OCS_STR_INIT("mk"), OCS_STR_INIT("kk"),
                                    OCS_STR_INIT("ky"), OCS_STR_INIT("tg"), OCS_STR_INIT("mn")};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
        if (ocs_str_eq(lang, langs[i]))
            return true;
    return false;
}

static ocs_status add_stem(ocs_planner *p, ocs_str stem, ocs_term_list *terms)
{
    spell_stem(p, stem);
    ocs_status st = ocs_planner_list(p, terms);
    return st == OCS_OK ? ocs_planner_mark(p, ocs_buf_str(&p->term)) : st;
}

/* The stems of ${word} in every language of the index and script of the word, and the word itself,
 * which is the stem in a language without stemmer. */
static ocs_status stems_of(ocs_planner *p, ocs_str word, ocs_term_list *terms)
{
    ocs_str langs = ocs_index_langs(p->index), lang;
    ocs_status st = OCS_OK;
    while (st == OCS_OK && ocs_str_split(&langs, ' ', &lang))
        if (lang.n > 0 && cyrillic_lang(lang) == cyrillic_word(word))
            st = add_stem(p, ocs_stemmers_stem(p->stemmers, lang, word), terms);
    return st == OCS_OK ? add_stem(p, word, terms) : st;
}

/* ---- phrases ---- */

/* "a b c", which is how a phrase is marked. */
static ocs_status mark_phrase(ocs_planner *p, const ocs_words *words, bool exact)
{
    ocs_buf_reset(&p->term);
    for (size_t i = 0; i < words->n; i++) {
        ocs_buf_puts(&p->term, i > 0 ? " " : "");
        ocs_buf_put(&p->term, exact ? words->at[i].fold : words->at[i].canonical);
    }
    if (ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    return ocs_planner_mark(p, ocs_buf_str(&p->term));
}

static ocs_status note_spelling(ocs_planner *p, const ocs_node *node, const ocs_words *words)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < words->n; i++)
        if (!ocs_str_eq(words->at[i].fold, words->at[i].canonical))
            st = ocs_planner_expand(p, node, words->at[i].canonical);
    return st;
}

/* Consecutive words as they are spelled, canonically unless ${exact}. */
static ocs_status plan_words(ocs_planner *p, const ocs_words *words, bool exact, xap_query **out)
{
    xap_query **parts = ocs_arena_array(p->arena, words->n, sizeof(xap_query *));
    if (!parts)
        return ocs_planner_nomem(p);
    for (size_t i = 0; i < words->n; i++) {
        spell_word(p, exact ? words->at[i].fold : words->at[i].canonical);
        ocs_status st = ocs_planner_term(p, &parts[i]);
        if (st != OCS_OK)
            return st;
    }
    ocs_status st = mark_phrase(p, words, exact);
    if (st != OCS_OK)
        return st;
    return ocs_planner_combine(p, XAP_PHRASE, parts, words->n, (uint32_t)words->n, out);
}

ocs_status ocs_plan_phrase(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_words words;
    ocs_status st = ocs_planner_words(p, node, node->text, &words);
    if (st != OCS_OK || (st = note_spelling(p, node, &words)) != OCS_OK)
        return st;
    return plan_words(p, &words, false, out);
}

/* ---- wildcards ---- */

/* What a wildcard matches behind the prefix that the walk goes by. */
typedef struct shape {
    ocs_str rest; /* letters and question marks */
    bool open;    /* anything may follow */
} shape;

static bool fits_shape(const void *payload, ocs_str rest)
{
    const shape *s = payload;
    return ocs_lex_fits(s->rest, s->open, rest);
}

static ocs_status mark_wildcard(ocs_planner *p, ocs_str text, bool open)
{
    ocs_buf_reset(&p->term);
    ocs_buf_put(&p->term, text);
    ocs_buf_puts(&p->term, open ? "*" : "");
    if (ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    return ocs_planner_mark(p, ocs_buf_str(&p->term));
}

/* The terms of every word that ${text}, folded, stands for. */
static ocs_status wildcard_terms(ocs_planner *p, const ocs_node *node, ocs_str text,
                                 ocs_term_list *terms)
{
    size_t head = ocs_str_find_char(text, '?', 0);
    shape s = {ocs_str_sub(text, head, text.n), node->wildcard};
    ocs_status st = mark_wildcard(p, text, s.open);
    if (st != OCS_OK)
        return st;
    spell_word(p, ocs_str_sub(text, 0, head));
    return ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, fits_shape, &s, terms);
}

/* "cross-bord*": all words but the last as they are. */
static ocs_status plan_phrase_prefix(ocs_planner *p, const ocs_node *node, const ocs_words *words,
                                     xap_query **out)
{
    xap_query **parts = ocs_arena_array(p->arena, words->n, sizeof(xap_query *));
    ocs_term_list terms = {0};
    if (!parts)
        return ocs_planner_nomem(p);
    for (size_t i = 0; i + 1 < words->n; i++) {
        spell_word(p, words->at[i].canonical);
        ocs_status st = ocs_planner_term(p, &parts[i]);
        if (st != OCS_OK)
            return st;
    }
    ocs_status st = wildcard_terms(p, node, words->at[words->n - 1].fold, &terms);
    if (st != OCS_OK || (st = ocs_planner_terms(p, XAP_OR, &terms, &parts[words->n - 1])) != OCS_OK)
        return st;
    if (terms.n == 0) {
        *out = parts[words->n - 1];
        return OCS_OK;
    }
    return ocs_planner_combine(p, XAP_PHRASE, parts, words->n, (uint32_t)words->n, out);
}

static ocs_status plan_prefix(ocs_planner *p, const ocs_node *node, ocs_str head, xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_status st = wildcard_terms(p, node, head, &terms); /* to count them and to mark */
    if (st != OCS_OK)
        return st;
    spell_word(p, head);
    return ocs_planner_prefix(p, out);
}

static ocs_status plan_pattern(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_status st = wildcard_terms(p, node, ocs_fold(p->arena, node->text), &terms);
    return st == OCS_OK ? ocs_planner_terms(p, XAP_SYNONYM, &terms, out) : st;
}

/* ---- a word ---- */

/* Leave out the terms that no document has, unless none has any: libxapian weighs one term alone by
 * a shorter way than a synonym. */
static ocs_status keep_known(ocs_planner *p, ocs_term_list *terms)
{
    size_t n = 0;
    for (size_t i = 0; i < terms->n; i++) {
        bool known;
        ocs_buf_reset(&p->term);
        ocs_buf_put(&p->term, terms->at[i]);
        ocs_status st = ocs_planner_known(p, &known);
        if (st != OCS_OK)
            return st;
        if (known)
            terms->at[n++] = terms->at[i];
    }
    terms->n = n > 0 ? n : terms->n;
    return OCS_OK;
}

static ocs_status plan_stems(ocs_planner *p, const ocs_node *node, const ocs_words *words,
                             xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_status st = note_spelling(p, node, words);
    if (st != OCS_OK || (st = stems_of(p, words->at[0].canonical, &terms)) != OCS_OK ||
        (st = keep_known(p, &terms)) != OCS_OK)
        return st;
    return ocs_planner_terms(p, XAP_SYNONYM, &terms, out);
}

ocs_status ocs_plan_word(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_words words;
    if (!node->exact && ocs_lex_pattern(node->text))
        return plan_pattern(p, node, out);
    ocs_status st = ocs_planner_words(p, node, node->text, &words);
    if (st != OCS_OK)
        return st;
    if (node->wildcard)
        return words.n > 1 ? plan_phrase_prefix(p, node, &words, out)
                           : plan_prefix(p, node, words.at[0].fold, out);
    if (node->exact)
        return plan_words(p, &words, true, out);
    return words.n > 1 ? ocs_plan_phrase(p, node, out) : plan_stems(p, node, &words, out);
}

ocs_status ocs_plan_word_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_words words;
    if (node->kind == OCS_NODE_WORD && !node->exact && ocs_lex_pattern(node->text))
        return wildcard_terms(p, node, ocs_fold(p->arena, node->text), terms);
    ocs_status st = ocs_planner_words(p, node, node->text, &words);
    if (st != OCS_OK)
        return st;
    if (words.n > 1)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from,
                           "a phrase cannot stand in NEAR yet");
    if (node->wildcard)
        return wildcard_terms(p, node, words.at[0].fold, terms);
    if ((st = note_spelling(p, node, &words)) != OCS_OK ||
        (st = mark_phrase(p, &words, node->exact)) != OCS_OK)
        return st;
    spell_word(p, node->exact ? words.at[0].fold : words.at[0].canonical);
    return ocs_planner_list(p, terms);
}
