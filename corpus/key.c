/* Names are transliterated, cut into words, each word put into the spelling of keys, and the words
 * joined by hyphens. */
#include "corpus/key.h"

#include "corpus/document.h"
#include "corpus/gaz.h"
#include "corpus/key_surname.h"

typedef OCS_VEC(ocs_str) word_list;

/* ---- lists of words ---- */

static bool add(ocs_arena *arena, word_list *words, ocs_str word)
{
    ocs_str *place = word.p ? ocs_vec_push(arena, words) : NULL;
    if (place)
        *place = word;
    return place != NULL;
}

static ocs_str spaced(ocs_arena *arena, const word_list *words)
{
    size_t room = 1, n = 0;
    for (size_t i = 0; i < words->n; i++)
        room += words->at[i].n + 1;
    char *out = ocs_arena_alloc(arena, room);
    if (!out)
        return (ocs_str){0};
    for (size_t i = 0; i < words->n; i++) {
        memcpy(out + n, words->at[i].p, words->at[i].n);
        n += words->at[i].n;
        out[n++] = ' ';
    }
    return (ocs_str){out, n};
}

/* ---- Cyrillic ---- */

/* What the table of given names knows of a Cyrillic word. */
typedef struct known_given {
    ocs_str name;         /* in Latin letters; empty when there are several or none */
    ocs_translit_way way; /* GUESS: the name does not tell */
} known_given;

/* The letters by which Ukrainian differs most from Russian; names with й or я alone differ anywhere
 * in the east. */
static bool has_ukrainian_letter(ocs_str word)
{
    return ocs_str_find(word, OCS_STR("и"), 0) < word.n ||
           ocs_str_find(word, OCS_STR("г"), 0) < word.n || ocs_str_starts(word, OCS_STR("Г"));
}

/* The way in which ${word} becomes the Latin ${name}; GUESS when it does in none. */
static ocs_translit_way way_to(ocs_arena *arena, ocs_str word, ocs_str name)
{
    ocs_str wanted = ocs_fold(arena, name);
    for (int way = OCS_TRANSLIT_EAST; way < OCS_TRANSLIT_WAYS; way++) {
        ocs_str latin = ocs_translit(arena, word, (ocs_translit_way)way);
        if (way == OCS_TRANSLIT_UKRAINIAN && !has_ukrainian_letter(word))
            continue;
        if (latin.p && ocs_str_eq(ocs_fold(arena, latin), wanted))
            return (ocs_translit_way)way;
    }
    return OCS_TRANSLIT_GUESS;
}

static ocs_str word_of(ocs_str text, const ocs_token *token)
{
    return ocs_str_sub(text, token->at.from, token->word);
}

/* The table has "Микола" as Mykola, which only Ukrainian makes of it.  Where one of several names is
 * as in Russian, nothing is said. */
static known_given look_up(ocs_arena *arena, ocs_str text, ocs_tokens tokens, size_t at)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    const unsigned table = 1U << OCS_GAZ_GIVEN;
    known_given found = {.way = OCS_TRANSLIT_GUESS};
    ocs_gaz_hit hit;
    if (!(tokens.at[at].flags & OCS_TOKEN_CYRILLIC) ||
        !ocs_gaz_match(gaz, text, tokens, at, table, &hit) || hit.to != at + 1)
        return found;
    const ocs_gaz_phrase *phrase = NULL;
    for (size_t n = 0; (phrase = ocs_gaz_hit_next(gaz, &hit, table, phrase)) != NULL; n++) {
        ocs_str name = ocs_gaz_str(gaz, gaz->things[phrase->thing].name);
        ocs_translit_way way = way_to(arena, word_of(text, &tokens.at[at]), name);
        if (way == OCS_TRANSLIT_EAST)
            return (known_given){.way = OCS_TRANSLIT_GUESS};
        found.name = n == 0 && !ocs_has_cyrillic(name) ? name : (ocs_str){0};
        found.way = found.way == OCS_TRANSLIT_GUESS ? way : found.way;
    }
    return found;
}

/* By its letters, else by the given names in it. */
static ocs_translit_way way_of(ocs_arena *arena, ocs_str name, ocs_tokens tokens)
{
    ocs_translit_way way = ocs_translit_guess(name);
    for (size_t i = 0; way == OCS_TRANSLIT_EAST && i + 1 < tokens.n; i++) {
        known_given given = look_up(arena, name, tokens, i);
        way = given.way == OCS_TRANSLIT_GUESS ? way : given.way;
    }
    return way;
}

/* ${name} in Latin letters: given names as the table has them, the rest letter by letter. */
static ocs_str latin_name(ocs_arena *arena, ocs_str name)
{
    ocs_tokens tokens;
    if (!ocs_has_cyrillic(name))
        return name.p ? name : (ocs_str){"", 0};
    if (!ocs_tokenize(arena, name, &tokens))
        return (ocs_str){0};
    ocs_translit_way way = way_of(arena, name, tokens);
    word_list words = {0};
    for (size_t i = 0; i < tokens.n; i++) {
        ocs_str word = word_of(name, &tokens.at[i]);
        known_given given = {0};
        if (i + 1 < tokens.n)
            given = look_up(arena, name, tokens, i);
        if (!add(arena, &words, given.name.n > 0 ? given.name : ocs_translit(arena, word, way)))
            return (ocs_str){0};
    }
    return spaced(arena, &words);
}

/* ---- words ---- */

/* The one spelling of a given name; ${fold} where the table has none. */
static ocs_str given_key(ocs_arena *arena, ocs_str fold)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    const ocs_gaz_thing *thing = ocs_gaz_find(gaz, OCS_GAZ_VARIANT, fold);
    if (thing)
        return ocs_gaz_str(gaz, thing->key);
    if (!ocs_str_ends(fold, OCS_STR("iya")) && !ocs_str_ends(fold, OCS_STR("iia")))
        return fold;
    char *ia = ocs_arena_copy(arena, fold.p, fold.n); /* "Klavdiya" */
    if (!ia)
        return (ocs_str){0};
    ia[fold.n - 2] = 'a';
    return (ocs_str){ia, fold.n - 1};
}

/* A name's last word is a surname, and those before it given names where the table knows them. */
static ocs_str person_word(ocs_arena *arena, ocs_str text, const ocs_tokens *tokens, size_t i)
{
    const ocs_token *token = &tokens->at[i];
    if (i + 1 < tokens->n) {
        ocs_str given = given_key(arena, token->fold);
        if (!given.p || !ocs_str_eq(given, token->fold))
            return given;
    }
    return ocs_surname_key(arena, word_of(text, token), token->fold);
}

/* ---- joined ---- */

static ocs_str join(ocs_arena *arena, const word_list *words)
{
    ocs_str text = spaced(arena, words);
    return text.p ? ocs_slug(arena, text) : text;
}

ocs_str ocs_person_key(ocs_arena *arena, ocs_str name)
{
    ocs_tokens tokens;
    word_list words = {0};
    ocs_str text = latin_name(arena, name);
    if (!text.p || !ocs_tokenize(arena, text, &tokens))
        return (ocs_str){0};
    for (size_t i = 0; i < tokens.n; i++)
        if (!add(arena, &words, person_word(arena, text, &tokens, i)))
            return (ocs_str){0};
    return join(arena, &words);
}

/* "the" anywhere, "a" and "an" at the start, but not the initial "A.". */
static bool article(const ocs_tokens *tokens, size_t i)
{
    const ocs_token *token = &tokens->at[i];
    if (ocs_str_eq(token->fold, OCS_STR("the")))
        return true;
    bool initial = token->at.to != token->word || i + 1 == tokens->n ||
                   (tokens->at[i + 1].gap & ~(unsigned)OCS_GAP_SPACE) != 0;
    return i == 0 && !initial &&
           (ocs_str_eq(token->fold, OCS_STR("a")) || ocs_str_eq(token->fold, OCS_STR("an")));
}

ocs_str ocs_name_key(ocs_arena *arena, ocs_str name)
{
    ocs_tokens tokens;
    word_list words = {0};
    ocs_str text = ocs_translit(arena, name, OCS_TRANSLIT_GUESS);
    if (!text.p || !ocs_tokenize(arena, text, &tokens))
        return (ocs_str){0};
    for (size_t i = 0; i < tokens.n; i++)
        if (!article(&tokens, i) && !add(arena, &words, tokens.at[i].fold))
            return (ocs_str){0};
    return join(arena, &words);
}

ocs_str ocs_latin_word(ocs_arena *arena, ocs_str fold)
{
    if (!ocs_has_cyrillic(fold))
        return fold;
    return ocs_fold(arena, ocs_translit(arena, fold, OCS_TRANSLIT_GUESS));
}

/* ---- for searching ---- */

static bool add_form(ocs_word_forms *forms, ocs_str form)
{
    for (size_t i = 0; i < forms->n; i++)
        if (ocs_str_eq(forms->at[i], form))
            return true;
    if (form.p && forms->n < sizeof forms->at / sizeof *forms->at)
        forms->at[forms->n++] = form;
    return form.p != NULL;
}

/* ${word}, in Latin letters, as names and keys have it. */
static bool add_forms(ocs_arena *arena, ocs_str word, bool person, ocs_word_forms *forms)
{
    ocs_str fold = ocs_fold(arena, word);
    if (!add_form(forms, fold))
        return false;
    return !person || (add_form(forms, given_key(arena, fold)) &&
                       add_form(forms, ocs_surname_key(arena, word, fold)));
}

bool ocs_word_forms_of(ocs_arena *arena, ocs_str word, bool person, ocs_word_forms *forms)
{
    *forms = (ocs_word_forms){.n = 0};
    if (!ocs_has_cyrillic(word))
        return add_forms(arena, word, person, forms);
    if (!add_form(forms, ocs_fold(arena, word)))
        return false;
    for (int way = OCS_TRANSLIT_GUESS; way < OCS_TRANSLIT_WAYS; way++) {
        ocs_str latin = ocs_translit(arena, word, (ocs_translit_way)way);
        if (!latin.p || !add_forms(arena, latin, person, forms))
            return false;
    }
    return true;
}
