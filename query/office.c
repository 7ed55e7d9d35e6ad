/* A role comes with its office, organisation and country where the page states them, each with a key
 * that is the same in all languages.  The key of the office alone would take a vice-president for a
 * president's equal and an acting director for a director, so the words are looked at as well: those
 * of the office, those right before it ("the former Austrian ...") and those right behind ("Head
 * a.i.").  Words within the name of the organisation or country do not count: that of a ministry
 * for deputies, or of a state that has "former" in its name. */
#include "query/office.h"

enum {
    WORDS_BEFORE = 3, /* of the text, looked at for a standing */
    BYTES_BEFORE = 80,
    WORDS_BEHIND = 2,
    PHRASE_WORDS = 6, /* of what is asked for, looked up together */
    WORDS_MAX = 200   /* of one role */
};

static bool is_stopword(ocs_str fold)
{
    return ocs_gaz_find(ocs_gaz_builtin(), OCS_GAZ_STOPWORD, fold) != NULL;
}

static bool within(ocs_span inner, ocs_span outer)
{
    return inner.from >= outer.from && inner.to <= outer.to;
}

/* ---- the standing that a role states ---- */

typedef struct reader {
    const ocs_document *document;
    const ocs_role *role;
    ocs_arena *arena;
    unsigned standing;
} reader;

/* Only what may stand between the words of one phrase. */
static bool joined(unsigned gap)
{
    return (gap & ~(unsigned)(OCS_GAP_SPACE | OCS_GAP_HYPHEN)) == 0;
}

static bool blank(ocs_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ' && text.p[i] != '-')
            return false;
    return true;
}

static ocs_span before(ocs_str text, size_t to)
{
    ocs_span at = {to > BYTES_BEFORE ? to - BYTES_BEFORE : 0, to};
    for (size_t i = at.from; i < to; i++)
        if (text.p[i] == '\n')
            at.from = i + 1;
    while (at.from < to && ((unsigned char)text.p[at.from] & 0xC0) == 0x80)
        at.from++;
    return at;
}

/* The words right before it, as far as they belong to the same phrase. */
static bool read_before(reader *r)
{
    ocs_tokens tokens;
    ocs_str text = r->document->text;
    ocs_span at = before(text, r->role->at.from);
    ocs_str piece = ocs_str_sub(text, at.from, at.to);
    if (!ocs_tokenize(r->arena, piece, &tokens))
        return false;
    if (tokens.n == 0 || !blank(ocs_str_sub(piece, tokens.at[tokens.n - 1].at.to, piece.n)))
        return true;
    for (size_t i = tokens.n, n = 0; i-- > 0 && n < WORDS_BEFORE; n++) {
        unsigned standing = ocs_standing_of_token(&tokens.at[i]);
        if (standing == 0 && is_stopword(tokens.at[i].fold))
            return true;
        r->standing |= standing;
        if (!joined(tokens.at[i].gap))
            return true;
    }
    return true;
}

/* Those of the role up to the end of its office, and two more; of one without parts, all. */
static bool read_words(reader *r)
{
    ocs_tokens tokens;
    const ocs_role *role = r->role;
    bool divided = role->office.name.n > 0;
    if (!ocs_tokenize(r->arena, role->text, &tokens))
        return false;
    for (size_t i = 0, behind = 0; i < tokens.n && behind <= WORDS_BEHIND; i++) {
        ocs_span at = {role->at.from + tokens.at[i].at.from, role->at.from + tokens.at[i].at.to};
        if (divided && at.from >= role->office.at.to && ++behind > WORDS_BEHIND)
            break;
        unsigned standing = ocs_standing_of_token(&tokens.at[i]);
        if (behind > 0 && standing == 0 && is_stopword(tokens.at[i].fold))
            break; /* "Head of ..." */
        if ((role->org.name.n > 0 && within(at, role->org.at)) ||
            (role->country.name.n > 0 && within(at, role->country.at)))
            continue;
        r->standing |= standing;
    }
    return true;
}

static void read_key(reader *r)
{
    ocs_str key = r->role->office.key, part;
    while (ocs_str_split(&key, '-', &part))
        r->standing |= ocs_standing_of(part);
}

/* ---- the office ---- */

static bool has_part(ocs_str key, ocs_str word)
{
    ocs_str part;
    while (ocs_str_split(&key, '-', &part))
        if (ocs_str_eq(part, word))
            return true;
    return false;
}

/* What ranks one office above another of the same key, and is not in that key. */
static bool is_rank(ocs_str fold)
{
    static const char *const ranks[] = {"chief",     "senior",  "junior",    "first",
                                        "second",    "third",   "principal", "special",
                                        "regional",  "general", "executive", "associate",
                                        "programme", "project", "managing",  NULL};
    for (size_t i = 0; ranks[i]; i++)
        if (ocs_str_eq(fold, ocs_str_of(ranks[i])))
            return true;
    return false;
}

static void put_word(ocs_buf *out, ocs_str word)
{
    if (out->n > 0)
        ocs_buf_putc(out, '-');
    ocs_buf_put(out, word);
}

static bool put_ranks(const ocs_role *role, ocs_arena *arena, ocs_buf *out)
{
    ocs_tokens tokens;
    if (!ocs_tokenize(arena, role->office.name, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++)
        if (is_rank(tokens.at[i].fold) && !has_part(role->office.key, tokens.at[i].fold))
            put_word(out, tokens.at[i].fold);
    return true;
}

/* The key of the office without standing, and without what the organisation says again: the head of
 * mission of a mission is its head. */
static void put_base(const ocs_role *role, ocs_str key, ocs_buf *out)
{
    ocs_str part;
    size_t from = out->n;
    while (ocs_str_split(&key, '-', &part))
        if (part.n > 0 && ocs_standing_of(part) == 0 && !is_stopword(part) &&
            !has_part(role->org.key, part))
            put_word(out, part);
    if (out->n == from && from == 0) /* a deputy, and of nothing */
        ocs_buf_put(out, role->office.key);
}

static bool make_base(const reader *r, ocs_office *out)
{
    ocs_buf base;
    ocs_str key = r->role->office.key;
    if (key.n == 0)
        key = ocs_slug(r->arena, r->role->text);
    ocs_buf_init(&base, 1 << 16);
    bool read = put_ranks(r->role, r->arena, &base);
    put_base(r->role, key, &base);
    out->base = ocs_str_copy(r->arena, ocs_buf_str(&base));
    read = read && ocs_buf_status(&base) == OCS_OK && out->base.p;
    ocs_buf_clear(&base);
    return read;
}

bool ocs_office_of(const ocs_document *document, const ocs_role *role, ocs_arena *arena,
                   ocs_office *out)
{
    reader r = {document, role, arena, 0};
    *out = (ocs_office){.org = role->org.key, .country = role->country.key};
    if (!read_before(&r) || !read_words(&r))
        return false;
    read_key(&r);
    out->standing = r.standing;
    return make_base(&r, out);
}

/* ---- what is asked for ---- */

typedef OCS_VEC(ocs_office_part) part_list;

/* The longest phrase from token ${from} on that the tables know; its words, or 1 for none. */
static size_t look_up(ocs_str text, ocs_tokens tokens, size_t from, ocs_office_part *part)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    size_t n = tokens.n - from < PHRASE_WORDS ? tokens.n - from : PHRASE_WORDS;
    for (; n > 0; n--) {
        ocs_str phrase = ocs_str_sub(text, tokens.at[from].at.from, tokens.at[from + n - 1].at.to);
        const ocs_gaz_thing *country = ocs_gaz_find(gaz, OCS_GAZ_COUNTRY, phrase);
        const ocs_gaz_thing *org = ocs_gaz_find(gaz, OCS_GAZ_ORG, phrase);
        const ocs_gaz_thing *office = ocs_gaz_find(gaz, OCS_GAZ_ROLE, phrase);
        part->iso = country ? ocs_gaz_str(gaz, country->key) : (ocs_str){0};
        part->org = org ? ocs_gaz_str(gaz, org->key) : (ocs_str){0};
        part->office = office ? ocs_gaz_str(gaz, office->key) : (ocs_str){0};
        if (country || org || office)
            return n;
    }
    return 1;
}

static bool add_part(ocs_arena *arena, ocs_str text, ocs_tokens tokens, size_t *at, part_list *list)
{
    ocs_office_part part = {0};
    size_t n = look_up(text, tokens, *at, &part);
    size_t end = *at + n - 1;
    ocs_str phrase = ocs_str_sub(text, tokens.at[*at].at.from, tokens.at[end].at.to);
    ocs_office_part *added = ocs_vec_push(arena, list);
    if (!added || !ocs_called_read(arena, phrase, &part.words))
        return false;
    *added = part;
    *at += n;
    return true;
}

/* Words of standing are taken out first, so that the rest is looked up as the office itself. */
static bool take_standing(ocs_arena *arena, ocs_str text, unsigned *standing, ocs_str *rest)
{
    ocs_tokens tokens;
    ocs_buf kept;
    ocs_buf_init(&kept, text.n + 64);
    if (!ocs_tokenize(arena, text, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++) {
        unsigned found = ocs_standing_of_token(&tokens.at[i]);
        *standing |= found;
        if (found != 0)
            continue;
        ocs_buf_puts(&kept, kept.n > 0 ? " " : "");
        ocs_buf_put(&kept, ocs_str_sub(text, tokens.at[i].at.from, tokens.at[i].at.to));
    }
    *rest = ocs_str_copy(arena, ocs_buf_str(&kept));
    bool made = ocs_buf_status(&kept) == OCS_OK && rest->p;
    ocs_buf_clear(&kept);
    return made;
}

bool ocs_office_wanted_read(ocs_arena *arena, ocs_str text, ocs_office_wanted *out)
{
    ocs_tokens tokens;
    part_list list = {0};
    ocs_str rest;
    *out = (ocs_office_wanted){0};
    if (!take_standing(arena, text, &out->standing, &rest) || !ocs_tokenize(arena, rest, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n;) {
        if (is_stopword(tokens.at[i].fold))
            i++;
        else if (!add_part(arena, rest, tokens, &i, &list))
            return false;
    }
    out->parts = list.at;
    out->n_parts = list.n;
    out->names_office = out->standing != 0;
    for (size_t i = 0; i < list.n; i++)
        out->names_office |= list.at[i].office.n > 0;
    return true;
}

/* ---- whether a role fits ---- */

typedef struct bag {
    ocs_arena *arena;
    OCS_VEC(ocs_str) words;
} bag;

static bool put_in(bag *b, ocs_str word)
{
    if (word.n == 0 || b->words.n >= WORDS_MAX)
        return true;
    ocs_str *added = ocs_vec_push(b->arena, &b->words);
    if (added)
        *added = word;
    return added != NULL;
}

static bool put_text(bag *b, ocs_str text)
{
    ocs_tokens tokens;
    if (!ocs_tokenize(b->arena, text, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++) {
        ocs_str fold = tokens.at[i].fold, canonical = ocs_word_canonical(b->arena, fold);
        if (!put_in(b, fold) || (!ocs_str_eq(fold, canonical) && !put_in(b, canonical)))
            return false;
    }
    return true;
}

static bool put_part(bag *b, const ocs_role_part *part)
{
    ocs_str key = part->key, word;
    while (ocs_str_split(&key, '-', &word))
        if (!put_in(b, word))
            return false;
    return put_text(b, part->name);
}

static bool bag_has(const bag *b, const ocs_word_forms *forms)
{
    ocs_str canonical = ocs_word_canonical(b->arena, forms->at[0]);
    for (size_t i = 0; i < b->words.n; i++)
        if (ocs_word_is(forms, b->words.at[i]) || ocs_str_eq(canonical, b->words.at[i]))
            return true;
    return false;
}

static bool bag_has_all(const bag *b, const ocs_called *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (!is_stopword(words->words[i].at[0]) && !bag_has(b, &words->words[i]))
            return false;
    return words->n > 0;
}

static bool bag_has_word(const bag *b, ocs_str word)
{
    for (size_t i = 0; i < b->words.n; i++)
        if (ocs_str_eq(word, b->words.at[i]))
            return true;
    return false;
}

/* The words of a key, which are the same in whatever language was asked: all of them, or any. */
static bool bag_has_key(const bag *b, ocs_str key, bool any)
{
    ocs_str part;
    size_t n = 0, found = 0;
    while (ocs_str_split(&key, '-', &part)) {
        if (part.n == 0 || is_stopword(part))
            continue;
        n++;
        found += bag_has_word(b, part);
    }
    return any ? found > 0 : n > 0 && found == n;
}

/* Another country than the one asked for is no match, whatever the words. */
static bool part_fits(const ocs_office_part *part, const ocs_role *role, const bag *all)
{
    if (part->iso.n > 0 && role->country.key.n > 0)
        return ocs_str_eq(part->iso, role->country.key);
    return bag_has_key(all, part->org, false) || bag_has_key(all, part->office, false) ||
           bag_has_all(all, &part->words);
}

/* Is what the office is called among what was asked for? */
static bool names_office(const ocs_office_wanted *wanted, const ocs_role *role, const bag *office)
{
    if (role->office.name.n == 0)
        return true;
    for (size_t i = 0; i < wanted->n_parts; i++) {
        const ocs_office_part *part = &wanted->parts[i];
        if (bag_has_key(office, part->office, true))
            return true;
        for (size_t w = 0; w < part->words.n; w++)
            if (bag_has(office, &part->words.words[w]) && !is_stopword(part->words.words[w].at[0]))
                return true;
    }
    return wanted->n_parts == 0;
}

bool ocs_office_fits(const ocs_office_wanted *wanted, const ocs_role *role,
                     const ocs_office *office, ocs_arena *scratch)
{
    bag all = {.arena = scratch}, of_office = {.arena = scratch};
    ocs_role_part base = {.name = role->office.name, .key = office->base};
    if (!put_text(&all, role->text) || !put_part(&all, &role->office) ||
        !put_part(&all, &role->org) || !put_part(&all, &role->country) ||
        !put_part(&of_office, &base))
        return false;
    for (size_t i = 0; i < wanted->n_parts; i++)
        if (!part_fits(&wanted->parts[i], role, &all))
            return false;
    return names_office(wanted, role, &of_office);
}
