/* The builder: rows of tables (gaz_row.c checks them) become drafts of things and phrases, each
 * with the place that it came from.  gaz_compile.c makes the trie of them. */
#include "corpus/gaz_internal.h"

#include <stdarg.h>
#include <stdlib.h>

enum {
    MEMORY_MAX = 1 << 30,
    COMPLAINTS_MAX = 64 * 1024,
    TEXTS_MAX = 256 * 1024 * 1024,
};

/* A phrase without the stars of its stems, in words. */
typedef struct spelling {
    ocs_str text;
    uint32_t stars[OCS_GAZ_WORDS_MAX]; /* the places in ${text} where one stood */
    size_t n_stars;
    ocs_tokens tokens;
} spelling;

ocs_gaz_builder *ocs_gaz_builder_new(void)
{
    ocs_gaz_builder *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    ocs_buf_init(&b->complaints, COMPLAINTS_MAX);
    ocs_buf_init(&b->texts, TEXTS_MAX);
    ocs_buf_putc(&b->texts, '\0'); /* the empty text */
    b->arena = ocs_arena_new(MEMORY_MAX);
    b->scratch = ocs_arena_new(MEMORY_MAX);
    if (!b->arena || !b->scratch) {
        ocs_gaz_builder_free(b);
        return NULL;
    }
    return b;
}

void ocs_gaz_builder_free(ocs_gaz_builder *b)
{
    if (!b)
        return;
    ocs_buf_clear(&b->complaints);
    ocs_buf_clear(&b->texts);
    ocs_arena_free(b->scratch);
    ocs_arena_free(b->arena);
    free(b);
}

ocs_str ocs_gaz_builder_complaints(const ocs_gaz_builder *b)
{
    return ocs_buf_str(&b->complaints);
}

ocs_status ocs_gaz_complain(ocs_gaz_builder *b, ocs_error *err, ocs_gaz_place place,
                            const char *format, ...)
{
    char what[OCS_ERROR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    ocs_buf_putf(&b->complaints, "%s:%u: %s\n", place.file, place.line, what);
    if (err && err->status == OCS_OK)
        ocs_fail(err, OCS_BADINPUT, "%s:%u: %s", place.file, place.line, what);
    return OCS_BADINPUT;
}

static ocs_status memory_failure(const ocs_gaz_builder *b, ocs_error *err)
{
    ocs_status st = ocs_arena_status(b->arena);
    if (st == OCS_OK)
        st = ocs_arena_status(b->scratch);
    if (st == OCS_OK)
        st = ocs_buf_status(&b->texts);
    return ocs_fail(err, st, "cannot build the gazetteer: %s", ocs_status_name(st));
}

/* ---- map ---- */

static struct ocs_gaz_map_slot *map_slot(const ocs_gaz_map *map, uint64_t hash)
{
    size_t i = (size_t)hash & (map->room - 1);
    while (map->slots[i].value != 0 && map->slots[i].hash != hash)
        i = (i + 1) & (map->room - 1);
    return &map->slots[i];
}

static bool map_grow(ocs_arena *arena, ocs_gaz_map *map)
{
    ocs_gaz_map grown = {.n = map->n, .room = map->room > 0 ? map->room * 2 : 1024};
    grown.slots = ocs_arena_array(arena, grown.room, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].value != 0)
            *map_slot(&grown, map->slots[i].hash) = map->slots[i];
    *map = grown;
    return true;
}

uint32_t *ocs_gaz_map_at(ocs_arena *arena, ocs_gaz_map *map, uint64_t hash)
{
    if (map->n * 2 >= map->room && !map_grow(arena, map))
        return NULL;
    struct ocs_gaz_map_slot *slot = map_slot(map, hash);
    if (slot->value == 0) {
        slot->hash = hash;
        map->n++; /* the caller writes its value at once */
    }
    return &slot->value;
}

/* ---- words ---- */

static bool spell(ocs_gaz_builder *b, ocs_str phrase, spelling *sp)
{
    char *text = ocs_arena_alloc(b->scratch, phrase.n + 1);
    if (!text)
        return false;
    size_t n = 0;
    for (size_t i = 0; i < phrase.n; i++) {
        if (phrase.p[i] != '*')
            text[n++] = phrase.p[i];
        else if (sp->n_stars < OCS_GAZ_WORDS_MAX)
            sp->stars[sp->n_stars++] = (uint32_t)n;
    }
    sp->text = (ocs_str){text, n};
    return ocs_tokenize(b->scratch, sp->text, &sp->tokens);
}

static bool is_stem(const spelling *sp, const ocs_token *token)
{
    for (size_t i = 0; i < sp->n_stars; i++)
        if (sp->stars[i] == token->word && token->word == token->at.to)
            return true;
    return false;
}

static ocs_status check_stems(ocs_gaz_builder *b, const ocs_gaz_row *r, const spelling *sp,
                              ocs_error *err)
{
    size_t stems = 0;
    for (size_t i = 0; i < sp->tokens.n; i++) {
        const ocs_token *token = &sp->tokens.at[i];
        if (!is_stem(sp, token))
            continue;
        stems++;
        if (token->points < OCS_GAZ_STEM_MIN || token->fold.n < OCS_GAZ_STEM_MIN ||
            token->fold.n > OCS_GAZ_STEM_BYTES)
            return ocs_gaz_complain(b, err, r->place, "stem '%.*s*' is too short or too long",
                                    OCS_ARG(token->fold));
    }
    if (stems < sp->n_stars)
        return ocs_gaz_complain(b, err, r->place, "a '*' that ends no word");
    return OCS_OK;
}

static ocs_status check_phrase(ocs_gaz_builder *b, const ocs_gaz_row *r, const spelling *sp,
                               ocs_error *err)
{
    const ocs_token *words = sp->tokens.at;
    size_t n = sp->tokens.n;
    if (n == 0)
        return ocs_gaz_complain(b, err, r->place, "phrase '%.*s' has no words", OCS_ARG(r->phrase));
    if (n > OCS_GAZ_WORDS_MAX)
        return ocs_gaz_complain(b, err, r->place, "more than %d words", OCS_GAZ_WORDS_MAX);
    for (size_t i = 1; i < n; i++)
        if (words[i].gap & OCS_GAP_LINE)
            return ocs_gaz_complain(b, err, r->place, "a line end within the phrase");
    if (r->kind == OCS_GAZ_ACRONYM &&
        (sp->n_stars > 0 || words[0].at.from > 0 || words[n - 1].word < sp->text.n))
        return ocs_gaz_complain(b, err, r->place,
                                "acronym '%.*s' has a stem, or does not start and end with a word",
                                OCS_ARG(r->phrase));
    return check_stems(b, r, sp, err);
}

static uint64_t stem_hash(ocs_str folded)
{
    uint64_t hash = OCS_GAZ_STEM_START;
    for (size_t i = 0; i < folded.n; i++)
        hash = ocs_gaz_stem_step(hash, folded.p[i]);
    return ocs_gaz_stem_end(hash);
}

static bool hash_words(ocs_gaz_builder *b, const spelling *sp, ocs_gaz_draft_phrase *draft)
{
    uint64_t *words = ocs_arena_array(b->arena, sp->tokens.n, sizeof *words);
    if (!words)
        return false;
    for (size_t i = 0; i < sp->tokens.n; i++) {
        const ocs_token *token = &sp->tokens.at[i];
        words[i] = ocs_gaz_word(token->hash);
        if (is_stem(sp, token)) {
            unsigned head = ocs_gaz_head(token->fold.p);
            b->heads[head / 64] |= UINT64_C(1) << head % 64;
            words[i] = stem_hash(token->fold);
        }
    }
    draft->words = words;
    draft->phrase.words = (uint8_t)sp->tokens.n;
    return true;
}

/* What the phrase itself has between its words is allowed there in the text. */
static bool note_gaps(ocs_gaz_builder *b, const spelling *sp, ocs_gaz_draft_phrase *draft)
{
    uint8_t gaps[OCS_GAZ_WORDS_MAX] = {0};
    bool some = false;
    for (size_t i = 1; i < sp->tokens.n; i++) {
        gaps[i] = (uint8_t)(sp->tokens.at[i].gap & ~OCS_GAZ_PLAIN_GAPS);
        some |= gaps[i] != 0;
    }
    if (some)
        draft->gaps = (const uint8_t *)ocs_arena_copy(b->arena, gaps, sp->tokens.n);
    return !some || draft->gaps;
}

static uint64_t hash_of_words(const ocs_gaz_row *r, const ocs_gaz_draft_phrase *draft)
{
    uint64_t hash = (uint64_t)r->table + 1;
    for (size_t i = 0; i < draft->phrase.words; i++)
        hash = ocs_hash_mix(hash, draft->words[i]);
    return hash;
}

/* ---- things and phrases ---- */

/* Tables of names; in the others a capital is only how the table writes it. */
static bool proper(ocs_gaz_table table)
{
    return table == OCS_GAZ_COUNTRY || table == OCS_GAZ_ORG || table == OCS_GAZ_PLACE ||
           table == OCS_GAZ_CITY || table == OCS_GAZ_GIVEN;
}

/* ${s} among the texts, once however often it comes; false when memory ran out. */
static bool keep(ocs_gaz_builder *b, ocs_str s, ocs_gaz_text *text)
{
    *text = 0;
    if (s.n == 0)
        return true;
    uint32_t *slot = ocs_gaz_map_at(b->arena, &b->text_at, ocs_hash(s));
    if (!slot)
        return false;
    if (*slot == 0) {
        size_t at = b->texts.n;
        ocs_buf_put(&b->texts, s);
        ocs_buf_putc(&b->texts, '\0');
        if (ocs_buf_status(&b->texts) != OCS_OK)
            return false;
        *slot = (uint32_t)at + 1;
    }
    *text = *slot - 1;
    return true;
}

/* The thing of ${key}: its index plus one, 0 when it is new; NULL when the arena failed. */
static uint32_t *thing_at(ocs_gaz_builder *b, ocs_gaz_table table, ocs_str key)
{
    uint64_t hash = ocs_hash_mix((uint64_t)table + 1, ocs_hash(key));
    return ocs_gaz_map_at(b->arena, &b->thing_by_key, hash);
}

static ocs_status add_thing(ocs_gaz_builder *b, const ocs_gaz_row *r, uint32_t *slot,
                            ocs_error *err)
{
    ocs_gaz_thing thing = {
        .people = r->people, .lat = r->lat, .lon = r->lon, .table = (uint8_t)r->table};
    bool kept = keep(b, r->key, &thing.key) && keep(b, r->phrase, &thing.name) &&
                keep(b, r->class_, &thing.class_) && keep(b, r->country, &thing.country);
    ocs_gaz_draft_thing *draft = kept ? ocs_vec_push(b->arena, &b->things) : NULL;
    if (!draft)
        return memory_failure(b, err);
    *draft = (ocs_gaz_draft_thing){
        .thing = thing, .place = r->place, .order = (uint32_t)(b->things.n - 1)};
    *slot = (uint32_t)b->things.n;
    return OCS_OK;
}

static ocs_status find_or_add_thing(ocs_gaz_builder *b, const ocs_gaz_row *r, uint32_t *thing,
                                    ocs_error *err)
{
    uint32_t *slot = thing_at(b, r->table, r->key);
    if (!slot)
        return memory_failure(b, err);
    ocs_status st = OCS_OK;
    if (*slot == 0) {
        if (r->kind != OCS_GAZ_NAME || memchr(r->phrase.p, '*', r->phrase.n))
            st = ocs_gaz_complain(b, err, r->place,
                                  "the first row of '%.*s' must be a name without stems",
                                  OCS_ARG(r->key));
        ocs_status added = add_thing(b, r, slot, err); /* once, so that one slip is one complaint */
        if (added != OCS_OK)
            return added;
    }
    *thing = *slot - 1;
    return st;
}

/* How to say where an earlier row stands. */
static void print_place(ocs_gaz_place at, ocs_gaz_place seen_from, char *out, size_t room)
{
    if (at.line == 0)
        snprintf(out, room, "in the built-in tables");
    else if (strcmp(at.file, seen_from.file) == 0)
        snprintf(out, room, "on line %u", at.line);
    else
        snprintf(out, room, "at %s:%u", at.file, at.line);
}

/* Compare ${draft} with the drafts of the same words, from ${same} back. */
static ocs_status check_against(ocs_gaz_builder *b, const ocs_gaz_row *r,
                                const ocs_gaz_draft_phrase *draft, uint32_t same, ocs_error *err)
{
    for (; same > 0; same = b->phrases.at[same - 1].same) {
        const ocs_gaz_draft_phrase *other = &b->phrases.at[same - 1];
        char where[128];
        if (other->blocked)
            continue;
        print_place(other->place, r->place, where, sizeof where);
        if (r->kind == OCS_GAZ_ACRONYM && other->phrase.kind == OCS_GAZ_ACRONYM &&
            draft->phrase.text != other->phrase.text)
            continue; /* "US" and "U.S." are the same words, but not the same acronym */
        if (other->phrase.thing == draft->phrase.thing)
            return ocs_gaz_complain(b, err, r->place, "'%.*s' is already %s", OCS_ARG(r->phrase),
                                    where);
        if (!r->shared || !(other->phrase.flags & OCS_GAZ_SHARED))
            return ocs_gaz_complain(
                b, err, r->place, "'%.*s' names '%s' %s; if it does, both rows end in 'shared'",
                OCS_ARG(r->phrase), b->texts.p + b->things.at[other->phrase.thing].thing.key,
                where);
    }
    return OCS_OK;
}

/* Take the phrase away from its thing: it must have it. */
static ocs_status block_phrase(ocs_gaz_builder *b, const ocs_gaz_row *r,
                               const ocs_gaz_draft_phrase *draft, uint32_t same, ocs_error *err)
{
    bool found = false;
    for (; same > 0; same = b->phrases.at[same - 1].same) {
        ocs_gaz_draft_phrase *other = &b->phrases.at[same - 1];
        found |= !other->blocked && other->phrase.thing == draft->phrase.thing;
        other->blocked |= other->phrase.thing == draft->phrase.thing;
    }
    if (found)
        return OCS_OK;
    return ocs_gaz_complain(b, err, r->place,
                            "'%.*s' does not name '%.*s', so there is nothing to block",
                            OCS_ARG(r->phrase), OCS_ARG(r->key));
}

static ocs_status add_phrase(ocs_gaz_builder *b, const ocs_gaz_row *r, const spelling *sp,
                             uint32_t thing, ocs_error *err)
{
    bool capital = proper(r->table) && sp->tokens.at[0].flags & OCS_TOKEN_UPPER;
    ocs_gaz_draft_phrase draft = {
        .phrase = {.thing = thing,
                   .kind = (uint8_t)r->kind,
                   .table = (uint8_t)r->table,
                   .flags = (uint8_t)((capital ? OCS_GAZ_CAPITAL : 0) |
                                      (r->shared ? OCS_GAZ_SHARED : 0))},
        .place = r->place,
        .order = (uint32_t)b->phrases.n,
    };
    if (!keep(b, r->phrase, &draft.phrase.text) || !keep(b, r->lang, &draft.phrase.lang) ||
        !hash_words(b, sp, &draft) || !note_gaps(b, sp, &draft))
        return memory_failure(b, err);
    uint32_t *slot = ocs_gaz_map_at(b->arena, &b->phrase_by_words, hash_of_words(r, &draft));
    if (slot && r->kind == OCS_GAZ_BLOCK)
        return block_phrase(b, r, &draft, *slot, err);
    ocs_gaz_draft_phrase *new = slot ? ocs_vec_push(b->arena, &b->phrases) : NULL;
    if (!new)
        return memory_failure(b, err);
    draft.same = *slot;
    *slot = (uint32_t)b->phrases.n;
    *new = draft;
    return check_against(b, r, &draft, draft.same, err);
}

static ocs_status add_row(ocs_gaz_builder *b, const ocs_gaz_row *r, ocs_error *err)
{
    spelling sp = {0};
    uint32_t thing = 0;
    ocs_arena_clear(b->scratch);
    if (!spell(b, r->phrase, &sp))
        return memory_failure(b, err);
    ocs_status st = check_phrase(b, r, &sp, err);
    if (st == OCS_OK)
        st = find_or_add_thing(b, r, &thing, err);
    if (st == OCS_OK)
        st = add_phrase(b, r, &sp, thing, err);
    return st;
}

static ocs_status add_line(ocs_gaz_builder *b, ocs_str line, ocs_gaz_row *r, ocs_error *err)
{
    if (ocs_str_ends(line, OCS_STR("\r")))
        line.n--;
    size_t bad = ocs_utf8_check(line);
    if (bad < line.n)
        return ocs_gaz_complain(b, err, r->place, "ill-formed UTF-8 at byte %zu of the line",
                                bad + 1);
    if (ocs_str_starts(line, OCS_STR("#")) || ocs_str_trim(line).n == 0)
        return OCS_OK;
    ocs_status st = ocs_gaz_row_read(b, line, r, err);
    return st == OCS_OK ? add_row(b, r, err) : st;
}

ocs_status ocs_gaz_builder_add(ocs_gaz_builder *b, ocs_gaz_table table, const char *file,
                               ocs_str tsv, ocs_error *err)
{
    ocs_error first = {.status = OCS_OK};
    ocs_gaz_row r = {.table = table,
                     .place = {.file = ocs_arena_copy(b->arena, file, strlen(file))}};
    if (!r.place.file)
        return memory_failure(b, err);
    b->version = ocs_hash_mix(ocs_hash_mix(b->version, (uint64_t)table), ocs_hash(tsv));
    ocs_str line;
    while (ocs_str_split(&tsv, '\n', &line)) {
        r.place.line++;
        ocs_status st = add_line(b, line, &r, &first);
        if (st != OCS_OK && st != OCS_BADINPUT)
            break; /* memory; a bad row does not keep us from reading the next one */
    }
    if (first.status != OCS_OK && err)
        *err = first;
    return first.status;
}

/* The row that ${phrase} came from, or, for NULL, the first row of ${thing}. */
static ocs_gaz_row row_of(const ocs_gaz *gaz, const ocs_gaz_thing *thing,
                          const ocs_gaz_phrase *phrase)
{
    return (ocs_gaz_row){
        .table = (ocs_gaz_table)thing->table,
        .place = {.file = "built-in"},
        .key = ocs_gaz_str(gaz, thing->key),
        .class_ = ocs_gaz_str(gaz, thing->class_),
        .country = ocs_gaz_str(gaz, thing->country),
        .lang = ocs_gaz_str(gaz, phrase ? phrase->lang : 0),
        .phrase = ocs_gaz_str(gaz, phrase ? phrase->text : thing->name),
        .kind = phrase ? (ocs_gaz_kind)phrase->kind : OCS_GAZ_NAME,
        .shared = phrase && phrase->flags & OCS_GAZ_SHARED,
        .people = thing->people,
        .lat = thing->lat,
        .lon = thing->lon,
    };
}

ocs_status ocs_gaz_builder_add_gaz(ocs_gaz_builder *b, const ocs_gaz *gaz, ocs_error *err)
{
    ocs_error first = {.status = OCS_OK};
    b->version = ocs_hash_mix(b->version, gaz->version);
    for (size_t i = 0; i < gaz->n_things && first.status == OCS_OK; i++) {
        ocs_gaz_row r = row_of(gaz, &gaz->things[i], NULL);
        uint32_t thing;
        (void)find_or_add_thing(b, &r, &thing, &first); /* things first: phrases are out of order */
    }
    for (size_t i = 0; i < gaz->n_phrases && first.status == OCS_OK; i++) {
        const ocs_gaz_phrase *phrase = &gaz->phrases[i];
        ocs_gaz_row r = row_of(gaz, &gaz->things[phrase->thing], phrase);
        (void)add_row(b, &r, &first);
    }
    if (first.status != OCS_OK && err)
        *err = first;
    return first.status;
}
