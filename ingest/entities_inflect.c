/* People's names in languages that inflect them.  Which nominative a word has is guessed from the
 * endings of the language (corpus/inflect.h) and believed on evidence: a given name that the tables
 * know, the same word in the document, the form of a surname, or a given name beside it that is
 * inflected, too.  A word whose given name stands in the nominative is in the nominative itself.
 * What was found out is kept for each token: the word to print (nominative) and the hash by which
 * mentions of one surname are joined (lemma). */
#include "ingest/inflected.h"

enum {
    WORD_LEAST = 5, /* bytes of a place or organisation */
    SCRATCH = 32 * 1024
};

/* ---- what the document has ---- */

static void note_capitals(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t bit = (size_t)s->tokens.at[i].hash & (OCS_CAPITAL_BITS - 1);
        if (s->tokens.at[i].flags & OCS_TOKEN_UPPER)
            s->inflected->capitals[bit / 8] |= (uint8_t)(1u << bit % 8);
    }
}

static ocs_translit_way way_of(ocs_str lang)
{
    return ocs_str_eq(lang, OCS_STR("ru"))   ? OCS_TRANSLIT_EAST
           : ocs_str_eq(lang, OCS_STR("uk")) ? OCS_TRANSLIT_UKRAINIAN
                                             : OCS_TRANSLIT_SOUTH;
}

bool ocs_scan_inflect(ocs_scan *s)
{
    ocs_str lang = s->doc->lang;
    bool macedonian = ocs_str_eq(lang, OCS_STR("mk")); /* no cases, but Cyrillic given names */
    if (ocs_inflect_lang(lang).n == 0 && !macedonian)
        return true;
    ocs_inflected *f = ocs_arena_alloc(s->arena, sizeof *f);
    if (!f)
        return false;
    *f = (ocs_inflected){.lang = ocs_inflect_lang(lang), .way = way_of(lang)};
    void *scratch = ocs_arena_alloc(s->arena, SCRATCH);
    f->scratch = scratch ? ocs_arena_in(scratch, SCRATCH) : NULL;
    f->given = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *f->given);
    f->nominative = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *f->nominative);
    f->lemma = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *f->lemma);
    s->inflected = f;
    if (!f->scratch || !f->given || !f->nominative || !f->lemma)
        return false;
    note_capitals(s);
    return true;
}

void ocs_scan_end(ocs_scan *s)
{
    if (s->inflected)
        ocs_arena_free(s->inflected->scratch);
    s->inflected = NULL;
}

void ocs_inflect_start_word(const ocs_scan *s)
{
    ocs_arena_clear(s->inflected->scratch);
}

uint64_t ocs_inflect_folded_hash(const ocs_scan *s, ocs_str word)
{
    ocs_str fold = ocs_fold(s->inflected->scratch, word);
    return fold.p ? ocs_hash(fold) : 0;
}

bool ocs_inflect_in_document(const ocs_scan *s, ocs_str word)
{
    size_t bit = (size_t)ocs_inflect_folded_hash(s, word) & (OCS_CAPITAL_BITS - 1);
    return s->inflected->capitals[bit / 8] >> bit % 8 & 1;
}

ocs_str ocs_inflect_written(const ocs_scan *s, size_t i)
{
    return ocs_scan_text(s, i, i + 1);
}

/* ---- given names ---- */

static bool in_table_of_given(const ocs_scan *s, ocs_str word)
{
    return ocs_gaz_find_any(s->gaz, 1u << OCS_GAZ_GIVEN | 1u << OCS_GAZ_VARIANT, word) != NULL;
}

/* ${word} with each ${from} as ${to}, which is no longer. */
static ocs_str with(const ocs_scan *s, ocs_str word, const char *from, const char *to)
{
    size_t n = strlen(from), m = strlen(to), at = 0;
    char *out = ocs_arena_alloc(s->inflected->scratch, word.n + 1);
    for (size_t i = 0; out && i < word.n;) {
        bool here = i + n <= word.n && memcmp(word.p + i, from, n) == 0;
        memcpy(out + at, here ? to : word.p + i, here ? m : 1);
        at += here ? m : 1;
        i += here ? n : 1;
    }
    return out ? (ocs_str){out, at} : (ocs_str){"", 0};
}

/* How well a word is known as a given name: as it is, in Latin letters ("Клеменс"), or as a foreign
 * name is written by ear ("Себастијан", "Франко", "Хельга"); 0: not at all. */
static int listed(const ocs_scan *s, ocs_str word)
{
    static const char *const by_ear[][2] = {{"ij", "i"}, {"k", "c"}, {"kh", "h"}};
    if (in_table_of_given(s, word))
        return 3;
    bool serbian = ocs_str_eq(s->inflected->lang, OCS_STR("sr"));
    ocs_str latin = ocs_translit(s->inflected->scratch, word, s->inflected->way);
    if (!latin.p || !(ocs_has_cyrillic(word) || serbian))
        return 0;
    if (in_table_of_given(s, latin))
        return 2;
    for (size_t i = 0; i < sizeof by_ear / sizeof *by_ear; i++)
        if (in_table_of_given(s, with(s, latin, by_ear[i][0], by_ear[i][1])))
            return 1;
    return 0;
}

/* Words that are known for something else are no inflected given names: "Софии", "Марта". */
static bool known_otherwise(const ocs_scan *s, size_t i)
{
    static const ocs_gaz_table tables[] = {OCS_GAZ_COUNTRY, OCS_GAZ_PLACE,    OCS_GAZ_MONTH,
                                           OCS_GAZ_ORG,     OCS_GAZ_STOPWORD, OCS_GAZ_WEEKDAY,
                                           OCS_GAZ_ORGWORD, OCS_GAZ_ROLE,     OCS_GAZ_HONORIFIC};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        if (ocs_scan_gaz(s, i, tables[t], NULL, NULL) > 0)
            return true;
    return false;
}

/* The nominative of token ${i} that is a given name: of several one that the document has, else the
 * best known.  The German -s is behind much else ("Angeles"): there only what the document has. */
ocs_str ocs_inflect_given_nominative(const ocs_scan *s, size_t i)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    ocs_str best = {NULL, 0};
    int most = ocs_str_eq(s->inflected->lang, OCS_STR("de")) ? 3 : 0;
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, OCS_INFLECT_NOUN,
                               ocs_inflect_written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        int known = listed(s, forms[k].word);
        if (known > 0 && ocs_inflect_in_document(s, forms[k].word))
            return forms[k].word;
        if (known <= most)
            continue;
        most = known;
        best = forms[k].word;
    }
    return best;
}

static uint8_t ask_given(const ocs_scan *s, size_t i)
{
    ocs_inflect_start_word(s);
    const ocs_token *t = &s->tokens.at[i];
    if (!ocs_scan_capital(s, i) || t->points < 3 || known_otherwise(s, i))
        return OCS_GIVEN_NOT;
    if (listed(s, ocs_inflect_written(s, i)))
        return OCS_GIVEN_AS_WRITTEN;
    if (t->points < OCS_INFLECTED_LEAST || (t->flags & OCS_TOKEN_CAPS))
        return OCS_GIVEN_NOT;
    return ocs_inflect_given_nominative(s, i).p ? OCS_GIVEN_INFLECTED : OCS_GIVEN_NOT;
}

bool ocs_scan_given(const ocs_scan *s, size_t i)
{
    if (ocs_scan_gaz(s, i, OCS_GAZ_GIVEN, NULL, NULL) > 0)
        return true;
    if (!s->inflected || i >= s->tokens.n)
        return false;
    if (s->inflected->given[i] == 0)
        s->inflected->given[i] = ask_given(s, i);
    return s->inflected->given[i] > OCS_GIVEN_NOT;
}

bool ocs_scan_known_otherwise(const ocs_scan *s, size_t i)
{
    const unsigned classes = OCS_INFLECT_NOUN | OCS_INFLECT_MAN;
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    if (known_otherwise(s, i) || s->tokens.at[i].flags & OCS_TOKEN_CAPS)
        return true;
    ocs_inflect_start_word(s);
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, classes,
                               ocs_inflect_written(s, i), forms);
    for (size_t k = 0; k < n; k++)
        if (ocs_inflect_in_document(s, forms[k].word))
            return true;
    return false;
}

/* A word that may stand in the genitive or another case behind an office, without a capital. */
bool ocs_scan_oblique(const ocs_scan *s, size_t i)
{
    if (!s->inflected || s->inflected->lang.n == 0)
        return false;
    ocs_inflect_start_word(s);
    return ocs_ends_as_inflected(s->gaz, s->inflected->scratch, s->inflected->lang,
                                 OCS_INFLECT_GENITIVE, ocs_inflect_written(s, i));
}

bool ocs_scan_turned(const ocs_scan *s, size_t i)
{
    return s->inflected && s->inflected->nominative[i].p != NULL;
}

uint64_t ocs_scan_lemma(const ocs_scan *s, size_t i)
{
    return s->inflected && s->inflected->lemma[i] ? s->inflected->lemma[i] : s->tokens.at[i].hash;
}

/* ---- places and organisations ---- */

const ocs_gaz_thing *ocs_scan_inflected(const ocs_scan *s, size_t i, unsigned tables)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    if (!s->inflected || s->tokens.at[i].points < OCS_INFLECTED_LEAST)
        return NULL;
    ocs_inflect_start_word(s);
    size_t n =
        ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang,
                        OCS_INFLECT_NOUN | OCS_INFLECT_PLACE, ocs_inflect_written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        const ocs_gaz_thing *thing = forms[k].word.n < WORD_LEAST
                                         ? NULL /* acronyms */
                                         : ocs_gaz_find_any(s->gaz, tables, forms[k].word);
        if (thing)
            return thing;
    }
    return NULL;
}

/* ---- printing ---- */

ocs_str ocs_scan_nominative(const ocs_scan *s, size_t from, size_t to)
{
    bool turned = false;
    for (size_t i = from; s->inflected && i < to; i++)
        turned = turned || s->inflected->nominative[i].p;
    if (!turned)
        return ocs_scan_text(s, from, to);
    ocs_buf name;
    ocs_buf_init(&name, 1 << 12);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            ocs_buf_put(&name,
                        ocs_str_sub(s->text, s->tokens.at[i - 1].at.to, s->tokens.at[i].at.from));
        ocs_str word = s->inflected->nominative[i];
        ocs_buf_put(&name, word.p ? word : ocs_inflect_written(s, i));
    }
    ocs_str copy = ocs_buf_status(&name) == OCS_OK ? ocs_str_copy(s->arena, ocs_buf_str(&name))
                                                   : ocs_scan_text(s, from, to);
    ocs_buf_clear(&name);
    return copy;
}
