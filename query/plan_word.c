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

/* How a word within a phrase is searched. */
static ocs_str form_of(const ocs_planner *p, const ocs_piece *piece, bool exact)
{
    bool own = exact || !ocs_planner_expands(p, OCS_EXPAND_SPELLING);
    return own ? piece->fold : piece->canonical;
}

/* "a b c*", which is how a phrase is marked, spelled in p->term. */
static ocs_status spell_phrase(ocs_planner *p, const ocs_piece_list *pieces, bool exact)
{
    ocs_buf_reset(&p->term);
    for (size_t i = 0; i < pieces->n; i++) {
        ocs_buf_puts(&p->term, i > 0 ? " " : "");
        ocs_buf_put(&p->term, form_of(p, &pieces->at[i], exact));
    }
    return ocs_buf_status(&p->term) == OCS_OK ? OCS_OK : ocs_planner_nomem(p);
}

static ocs_status mark_phrase(ocs_planner *p, const ocs_piece_list *pieces, bool exact)
{
    ocs_status st = spell_phrase(p, pieces, exact);
    return st == OCS_OK ? ocs_planner_mark(p, ocs_buf_str(&p->term)) : st;
}

static ocs_status note_spelling(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < pieces->n; i++)
        if (!ocs_str_eq(pieces->at[i].fold, form_of(p, &pieces->at[i], false)))
            st = ocs_planner_expand(p, node, pieces->at[i].canonical);
    return st;
}

/* The terms of the words that ${pattern} stands for, which are told. */
static ocs_status walk_words(ocs_planner *p, const ocs_node *node, ocs_str pattern,
                             ocs_term_list *terms)
{
    ocs_term_list found = {0};
    spell_word(p, (ocs_str){0});
    size_t skip = p->term.n;
    ocs_status st = ocs_planner_walk_pattern(p, node, pattern, &found);
    if (terms->n == 0)
        *terms = found;
    else
        for (size_t i = 0; st == OCS_OK && i < found.n; i++)
            st = ocs_planner_add(p, terms, found.at[i]);
    return st == OCS_OK ? ocs_planner_expand_terms(p, node, &found, skip) : st;
}

/* One word of a phrase: a term, or any of those that a wildcard stands for; NULL for none of them. */
static ocs_status plan_piece(ocs_planner *p, const ocs_node *node, const ocs_piece *piece,
                             bool exact, xap_query **out)
{
    ocs_term_list terms = {0};
    *out = NULL;
    if (!piece->pattern) {
        spell_word(p, form_of(p, piece, exact));
        return ocs_planner_term(p, out);
    }
    ocs_status st = walk_words(p, node, piece->fold, &terms);
    return st == OCS_OK && terms.n > 0 ? ocs_planner_terms(p, XAP_OR, &terms, out) : st;
}

/* Consecutive words as they are spelled, canonically unless ${exact}. */
static ocs_status plan_words(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces,
                             bool exact, xap_query **out)
{
    xap_query **parts = ocs_arena_array(p->arena, pieces->n, sizeof(xap_query *));
    ocs_status st = parts ? mark_phrase(p, pieces, exact) : ocs_planner_nomem(p);
    for (size_t i = 0; st == OCS_OK && i < pieces->n; i++) {
        st = plan_piece(p, node, &pieces->at[i], exact, &parts[i]);
        if (st == OCS_OK && !parts[i]) /* a phrase takes no part that finds nothing */
            return ocs_planner_combine(p, XAP_OR, NULL, 0, 0, out);
    }
    if (st != OCS_OK)
        return st;
    return ocs_planner_combine(p, XAP_PHRASE, parts, pieces->n, (uint32_t)pieces->n, out);
}

/* One other name as a phrase; nothing when one that is spelled the same was there. */
static ocs_status plan_other_name(ocs_planner *p, const ocs_node *node, ocs_str name,
                                  ocs_term_list *seen, xap_query **parts, size_t *n)
{
    ocs_piece_list pieces = {0};
    size_t before = seen->n;
    ocs_status st = ocs_planner_pieces(p, node, name, &pieces);
    if (st != OCS_OK || (st = spell_phrase(p, &pieces, false)) != OCS_OK ||
        (st = ocs_planner_list(p, seen)) != OCS_OK || seen->n == before)
        return st;
    st = ocs_planner_expand(p, node, name);
    return st == OCS_OK ? plan_words(p, node, &pieces, false, &parts[(*n)++]) : st;
}

/* ${out} or any other name of what ${node} names; of several the best counts. */
static ocs_status add_acronyms(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list names = {0}, seen = {0};
    size_t n = 1;
    ocs_status st = ocs_plan_acronyms(p, node, &names);
    if (st != OCS_OK || names.n == 0)
        return st;
    xap_query **parts = ocs_arena_array(p->arena, names.n + 1, sizeof(xap_query *));
    if (!parts)
        return ocs_planner_nomem(p);
    parts[0] = *out;
    for (size_t i = 0; st == OCS_OK && i < names.n; i++)
        st = plan_other_name(p, node, names.at[i], &seen, parts, &n);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_MAX, parts, n, 0, out) : st;
}

ocs_status ocs_plan_phrase(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_piece_list pieces = {0};
    ocs_status st = ocs_planner_pieces(p, node, node->text, &pieces);
    if (st != OCS_OK || (st = note_spelling(p, node, &pieces)) != OCS_OK ||
        (st = plan_words(p, node, &pieces, false, out)) != OCS_OK)
        return st;
    return node->kind == OCS_NODE_PHRASE ? add_acronyms(p, node, out) : OCS_OK;
}

/* ---- wildcards ---- */

/* ${fold} with a star behind it where the word goes on. */
static ocs_status pattern_of(ocs_planner *p, const ocs_node *node, ocs_str fold, ocs_str *pattern)
{
    *pattern = fold;
    if (!node->wildcard)
        return fold.p ? OCS_OK : ocs_planner_nomem(p);
    char *text = ocs_arena_alloc(p->arena, fold.n + 1);
    if (!text || !fold.p)
        return ocs_planner_nomem(p);
    memcpy(text, fold.p, fold.n);
    text[fold.n] = '*';
    *pattern = (ocs_str){text, fold.n + 1};
    return OCS_OK;
}

/* The terms of every word that ${fold} stands for. */
static ocs_status wildcard_terms(ocs_planner *p, const ocs_node *node, ocs_str fold,
                                 ocs_term_list *terms)
{
    ocs_str pattern;
    ocs_status st = pattern_of(p, node, fold, &pattern);
    if (st != OCS_OK || (st = ocs_planner_mark(p, pattern)) != OCS_OK)
        return st;
    return walk_words(p, node, pattern, terms);
}

/* "cross-bord*": all words but the last as they are. */
static ocs_status plan_phrase_prefix(ocs_planner *p, const ocs_node *node, ocs_piece_list *pieces,
                                     xap_query **out)
{
    ocs_piece *last = &pieces->at[pieces->n - 1];
    ocs_status st = pattern_of(p, node, last->fold, &last->fold);
    last->canonical = last->fold;
    last->pattern = true;
    return st == OCS_OK ? plan_words(p, node, pieces, false, out) : st;
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

/* ---- fuzzy words ---- */

static ocs_str first_letter(ocs_str word)
{
    uint32_t point;
    return ocs_str_sub(word, 0, ocs_utf8_at(word, 0, &point));
}

/* The words of the index near that one which begin with the same letter. */
static ocs_status fuzzy_terms(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces,
                              ocs_term_list *terms)
{
    ocs_nearby nearby;
    ocs_str word = pieces->at[0].fold;
    if (pieces->n > 1)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from, "~ takes a single word");
    ocs_status st = ocs_planner_fuzzy(p, node, word, true, &nearby);
    if (st != OCS_OK)
        return st;
    spell_word(p, (ocs_str){0});
    size_t skip = p->term.n;
    spell_word(p, first_letter(word));
    st = ocs_planner_walk_near(p, node, skip, &nearby, terms);
    for (size_t i = 0; st == OCS_OK && i < terms->n; i++)
        st = ocs_planner_mark(p, ocs_str_sub(terms->at[i], skip, terms->at[i].n));
    return st;
}

static ocs_status plan_fuzzy(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces,
                             xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_status st = fuzzy_terms(p, node, pieces, &terms);
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

static ocs_status plan_stems(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces,
                             xap_query **out)
{
    ocs_term_list terms = {0};
    const ocs_piece *piece = &pieces->at[0];
    ocs_status st = note_spelling(p, node, pieces);
    if (st != OCS_OK)
        return st;
    /* the index has the stem of the canonical spelling only, which finds both */
    bool stems = ocs_planner_expands(p, OCS_EXPAND_STEMS) &&
                 ocs_str_eq(form_of(p, piece, false), piece->canonical);
    if (!stems)
        st = plan_words(p, node, pieces, false, out);
    else if ((st = stems_of(p, piece->canonical, &terms)) == OCS_OK &&
             (st = keep_known(p, &terms)) == OCS_OK)
        st = ocs_planner_terms(p, XAP_SYNONYM, &terms, out);
    if (st == OCS_OK && stems)
        st = ocs_plan_title_stems(p, &terms);
    return st == OCS_OK ? add_acronyms(p, node, out) : st;
}

ocs_status ocs_plan_word(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_piece_list pieces = {0};
    if (!node->exact && ocs_lex_pattern(node->text))
        return plan_pattern(p, node, out);
    ocs_status st = ocs_planner_pieces(p, node, node->text, &pieces);
    if (st != OCS_OK)
        return st;
    if (node->wildcard)
        return pieces.n > 1 ? plan_phrase_prefix(p, node, &pieces, out)
                            : plan_prefix(p, node, pieces.at[0].fold, out);
    if (node->fuzzy > 0)
        return plan_fuzzy(p, node, &pieces, out);
    if (node->exact)
        return plan_words(p, node, &pieces, true, out);
    return pieces.n > 1 ? ocs_plan_phrase(p, node, out) : plan_stems(p, node, &pieces, out);
}

ocs_status ocs_plan_word_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_piece_list pieces = {0};
    if (node->kind == OCS_NODE_WORD && !node->exact && ocs_lex_pattern(node->text))
        return wildcard_terms(p, node, ocs_fold(p->arena, node->text), terms);
    ocs_status st = ocs_planner_pieces(p, node, node->text, &pieces);
    if (st != OCS_OK)
        return st;
    if (node->fuzzy > 0)
        return fuzzy_terms(p, node, &pieces, terms);
    if (pieces.n > 1)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from,
                           "a phrase cannot stand in NEAR within a title");
    if (node->wildcard || pieces.at[0].pattern)
        return wildcard_terms(p, node, pieces.at[0].fold, terms);
    if ((st = note_spelling(p, node, &pieces)) != OCS_OK ||
        (st = mark_phrase(p, &pieces, node->exact)) != OCS_OK)
        return st;
    spell_word(p, form_of(p, &pieces.at[0], node->exact));
    return ocs_planner_list(p, terms);
}
