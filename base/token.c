/* One pass over the code points.  Words of ASCII and single spaces, the common case, are taken
 * without a look at code points; a token's folded form is written to the arena only when it differs
 * from the text itself. */
#include "base/token.h"

typedef struct scan {
    ocs_arena *arena;
    ocs_str text;
    size_t at;
    OCS_VEC(ocs_token) tokens;
} scan;

/* Bytes a word with what separates it, the text from which on room is made for all at once, and the
 * most of it in tokens: what is long need not have words. */
enum { WORD_BYTES = 6, LONG_TEXT = 2048, ROOM_MOST = 1 << 16 };

static bool ascii_at(const scan *s, size_t at)
{
    return at >= s->text.n || (unsigned char)s->text.p[at] < 0x80;
}

static bool word_point(uint32_t p)
{
    return ocs_point_letter(p) || ocs_point_digit(p);
}

static bool point_at(const scan *s, size_t at, uint32_t *point, size_t *n)
{
    if (at >= s->text.n)
        return false;
    *n = ocs_utf8_at(s->text, at, point);
    return true;
}

static uint8_t gap_of(uint32_t p)
{
    switch (p) {
    case '\n':
    case 0x2028:
    case 0x2029:
        return OCS_GAP_LINE;
    case '-':
    case 0x2010:
    case 0x2011:
        return OCS_GAP_HYPHEN;
    case '/':
        return OCS_GAP_SLASH;
    case ',':
        return OCS_GAP_COMMA;
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
    case 0x2026:
        return OCS_GAP_STOP;
    case '(':
    case '[':
    case '{':
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
        return OCS_GAP_OPEN;
    default:
        return ocs_point_space(p) ? OCS_GAP_SPACE : OCS_GAP_OTHER;
    }
}

static bool apostrophe(uint32_t p)
{
    return p == '\'' || p == 0x2019;
}

/* "'s" at ${at}, not followed by another letter: its length in bytes, else 0. */
static size_t possessive_at(const scan *s, size_t at)
{
    uint32_t p;
    size_t n, n2, n3;
    if (ascii_at(s, at) && !(at < s->text.n && s->text.p[at] == '\''))
        return 0;
    if (!point_at(s, at, &p, &n) || !apostrophe(p))
        return 0;
    if (!point_at(s, at + n, &p, &n2) || (p != 's' && p != 'S'))
        return 0;
    uint32_t after;
    if (point_at(s, at + n + n2, &after, &n3) && word_point(after))
        return 0;
    return n + n2;
}

/* A full stop at ${at} between single letters ("U.S", "a.i"): the letter after it and its length
 * with the stop, else 0. */
static size_t dotted_at(const scan *s, size_t at)
{
    uint32_t p, after;
    size_t n, n2, n3;
    if (!point_at(s, at, &p, &n) || p != '.')
        return 0;
    if (!point_at(s, at + n, &p, &n2) || !ocs_point_letter(p))
        return 0;
    if (point_at(s, at + n + n2, &after, &n3) && word_point(after))
        return 0;
    return n + n2;
}

typedef struct word {
    size_t letters, uppers, digits;
    bool latin, cyrillic, first_upper, first_digit, dotted;
    size_t points;
} word;

/* An accent on the letter before it, which alone decides about case. */
static bool accent(uint32_t p)
{
    return p >= 0x300 && p <= 0x36F;
}

static void count_point(word *w, uint32_t p)
{
    bool letter = ocs_point_letter(p), upper = letter && ocs_point_upper(p);
    if (w->points == 0) {
        w->first_upper = upper;
        w->first_digit = !letter;
    }
    w->points++;
    w->letters += letter && !accent(p);
    w->uppers += upper;
    w->digits += !letter;
    ocs_script script = ocs_point_script(p);
    w->latin |= script == OCS_SCRIPT_LATIN;
    w->cyrillic |= script == OCS_SCRIPT_CYRILLIC;
}

/* The letters and digits of ASCII from ${at} on, at most up to ${limit}: where they end.  The same as
 * count_point for each of them, but quick. */
static size_t count_ascii(const scan *s, size_t at, size_t limit, word *w)
{
    size_t from = at, letters = 0, uppers = 0;
    for (; at < limit; at++) {
        unsigned char c = (unsigned char)s->text.p[at];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (!letter && !ocs_ascii_digit((char)c))
            break;
        letters += letter;
        uppers += c >= 'A' && c <= 'Z';
    }
    if (w->points == 0 && at > from) {
        w->first_digit = ocs_ascii_digit(s->text.p[from]);
        w->first_upper = s->text.p[from] >= 'A' && s->text.p[from] <= 'Z';
    }
    w->points += at - from;
    w->letters += letters;
    w->uppers += uppers;
    w->digits += at - from - letters;
    w->latin |= letters > 0;
    return at;
}

static uint8_t flags_of(const word *w, bool possessive)
{
    uint8_t f = 0;
    f |= w->first_upper ? OCS_TOKEN_UPPER : 0;
    f |= w->letters >= 2 && w->uppers == w->letters ? OCS_TOKEN_CAPS : 0;
    f |= w->first_digit ? OCS_TOKEN_DIGIT : 0;
    f |= w->first_digit && w->letters == 0 ? OCS_TOKEN_NUMBER : 0;
    f |= possessive ? OCS_TOKEN_POSSESSIVE : 0;
    f |= w->dotted ? OCS_TOKEN_DOTTED : 0;
    f |= w->cyrillic ? OCS_TOKEN_CYRILLIC : 0;
    f |= w->latin ? OCS_TOKEN_LATIN : 0;
    return f;
}

/* The word's folded form: the text itself where folding changes nothing. */
static bool fold_word(scan *s, ocs_token *token, size_t from, size_t to, const word *w)
{
    ocs_str plain = {s->text.p + from, to - from};
    bool folded = w->points == to - from && w->uppers == 0 && !w->dotted; /* of one byte each */
    ocs_str fold = folded ? plain : ocs_fold(s->arena, plain);
    if (!fold.p && plain.n > 0)
        return false;
    if (w->dotted) {
        char *out = ocs_arena_alloc(s->arena, fold.n + 1);
        if (!out)
            return false;
        size_t n = 0;
        for (size_t i = 0; i < fold.n; i++)
            if (fold.p[i] != '.')
                out[n++] = fold.p[i];
        fold = (ocs_str){out, n};
    }
    token->fold = fold;
    token->hash = ocs_hash(fold);
    return true;
}

static bool take_word(scan *s, uint8_t gap)
{
    size_t from = s->at, n;
    size_t limit = s->text.n - from > OCS_TOKEN_MAX ? from + OCS_TOKEN_MAX : s->text.n;
    uint32_t p;
    word w = {0};
    size_t end = count_ascii(s, from, limit, &w);
    while (!ascii_at(s, end) && point_at(s, end, &p, &n) && end + n - from <= OCS_TOKEN_MAX) {
        if (!word_point(p)) {
            if (!ocs_point_invisible(p))
                break;
        } else {
            count_point(&w, p);
        }
        end = count_ascii(s, end + n, limit, &w);
    }
    if (w.points == 1 && !w.first_digit) {
        size_t more;
        while ((more = dotted_at(s, end)) > 0 && end + more - from <= OCS_TOKEN_MAX) {
            (void)ocs_utf8_before(s->text, end + more, &p);
            count_point(&w, p);
            end += more;
            w.dotted = true;
        }
    }
    size_t word_end = end;
    if (w.dotted && end < s->text.n && s->text.p[end] == '.')
        end++;
    size_t possessive = w.letters > 0 ? possessive_at(s, end) : 0;
    ocs_token *token = ocs_vec_push(s->arena, &s->tokens);
    if (!token)
        return false;
    token->at = (ocs_span){from, end + possessive};
    token->word = (uint32_t)end;
    token->gap = gap;
    token->flags = flags_of(&w, possessive > 0);
    token->points = (uint16_t)w.points;
    s->at = end + possessive;
    return fold_word(s, token, from, word_end, &w);
}

/* For nearly all words of a long text; a short one may have to do with little memory. */
static bool make_room(scan *s)
{
    if (s->text.n < LONG_TEXT)
        return true;
    size_t words = s->text.n / WORD_BYTES;
    s->tokens.room = words < ROOM_MOST ? words : ROOM_MOST;
    s->tokens.at = ocs_arena_array(s->arena, s->tokens.room, sizeof *s->tokens.at);
    return s->tokens.at != NULL;
}

bool ocs_tokenize(ocs_arena *arena, ocs_str text, ocs_tokens *out)
{
    scan s = {.arena = arena, .text = text};
    uint8_t gap = OCS_GAP_LINE;
    *out = (ocs_tokens){0};
    if (!make_room(&s))
        return false;
    while (s.at < text.n) {
        uint32_t p;
        if (text.p[s.at] == ' ') {
            gap |= OCS_GAP_SPACE;
            s.at++;
            continue;
        }
        size_t n = ocs_utf8_at(text, s.at, &p);
        if (word_point(p)) {
            if (!take_word(&s, gap))
                return false;
            gap = 0;
            continue;
        }
        if (!ocs_point_invisible(p))
            gap |= gap_of(p);
        s.at += n;
    }
    *out = (ocs_tokens){s.tokens.at, s.tokens.n};
    return true;
}
