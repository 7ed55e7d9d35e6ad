/* Each line is searched for the marks that may end a sentence.  For one that is found, what closes
 * with it is passed over; what stands before and behind decides, most telling things first. */
#include "corpus/sentence.h"

enum { WORD_MAX = 32 }; /* bytes; a longer word is no abbreviation */

typedef struct cutter {
    const ocs_gaz *gaz;
    ocs_str text;
    ocs_span line;
} cutter;

/* ---- characters ---- */

static uint32_t point_at(const cutter *c, size_t at, size_t *n)
{
    uint32_t point = 0;
    *n = at < c->line.to ? ocs_utf8_at(c->text, at, &point) : 0;
    return point;
}

static uint32_t point_before(const cutter *c, size_t at, size_t *n)
{
    uint32_t point = 0;
    *n = at > c->line.from ? ocs_utf8_before(c->text, at, &point) : 0;
    return point;
}

static bool mark(uint32_t point)
{
    return point == '.' || point == '!' || point == '?' || point == 0x2026 || point == 0x3002 ||
           point == 0x589 || point == 0x61F;
}

static bool quote(uint32_t point)
{
    return point == '"' || point == '\'' || (point >= 0x2018 && point <= 0x201F) || point == 0xAB ||
           point == 0xBB || point == 0x2039 || point == 0x203A;
}

static bool closes(uint32_t point)
{
    return quote(point) || point == ')' || point == ']' || point == '}';
}

/* What may stand before the first word of a sentence. */
static bool opens(uint32_t point)
{
    return quote(point) || point == '(' || point == '[' || point == '-' || point == 0xBF ||
           point == 0xA1 || (point >= 0x2010 && point <= 0x2015) || point == 0x201E ||
           point == 0x201A;
}

/* Small letters tell only where there are others. */
static bool small(uint32_t point)
{
    return ocs_point_letter(point) && !ocs_point_upper(point) &&
           ocs_point_script(point) != OCS_SCRIPT_OTHER;
}

static bool capital(uint32_t point)
{
    return ocs_point_letter(point) && ocs_point_upper(point);
}

/* ---- what stands around a mark ---- */

/* A French quotation mark that closes stands behind a space. */
static size_t behind_spaced_quote(const cutter *c, size_t at)
{
    size_t space, n, after;
    if (!ocs_point_space(point_at(c, at, &space)) || point_at(c, at + space, &n) != 0xBB)
        return at;
    size_t end = at + space + n;
    uint32_t point = point_at(c, end, &after);
    return after == 0 || ocs_point_space(point) ? end : at;
}

/* Behind the marks, closing quotation marks and brackets at ${at}, and "[12]". */
static size_t behind_marks(const cutter *c, size_t at)
{
    size_t n;
    for (uint32_t point = point_at(c, at, &n); mark(point) || closes(point);
         point = point_at(c, at, &n))
        at += n;
    at = behind_spaced_quote(c, at);
    size_t note = at;
    if (point_at(c, note, &n) == '[')
        for (note++; ocs_point_digit(point_at(c, note, &n)); note += n)
            ;
    return note > at + 1 && point_at(c, note, &n) == ']' ? note + 1 : at;
}

static size_t skip_space(const cutter *c, size_t at)
{
    size_t n;
    while (ocs_point_space(point_at(c, at, &n)))
        at += n;
    return at;
}

/* Where the first word of what follows starts, behind quotation marks, brackets and dashes. */
static size_t first_word(const cutter *c, size_t at)
{
    size_t n;
    for (uint32_t point = point_at(c, at, &n); opens(point) || ocs_point_space(point);
         point = point_at(c, at, &n))
        at += n;
    return at;
}

static bool word_point(uint32_t point)
{
    return ocs_point_letter(point) || ocs_point_digit(point);
}

static ocs_str word_from(const cutter *c, size_t at)
{
    size_t end = at, n;
    while (word_point(point_at(c, end, &n)))
        end += n;
    return ocs_str_sub(c->text, at, end);
}

/* The word that ends at ${end}, with full stops and hyphens between its letters: "e.g". */
static ocs_str word_before(const cutter *c, size_t end)
{
    size_t at = end, n;
    for (uint32_t point = point_before(c, at, &n);
         word_point(point) || point == '.' || point == '-'; point = point_before(c, at, &n))
        at -= n;
    return ocs_str_sub(c->text, at, end);
}

/* ---- words ---- */

static ocs_str class_of(const cutter *c, ocs_str word)
{
    if (word.n == 0 || word.n > WORD_MAX)
        return (ocs_str){0};
    const ocs_gaz_thing *thing = ocs_gaz_find(c->gaz, OCS_GAZ_ABBREVIATION, word);
    return thing ? ocs_gaz_str(c->gaz, thing->class_) : (ocs_str){0};
}

static bool is_class(ocs_str class, const char *name)
{
    return ocs_str_eq(class, ocs_str_of(name));
}

/* An article, a preposition, a pronoun: what begins a sentence far more often than a name. */
static bool opener(const cutter *c, ocs_str word)
{
    if (word.n == 0 || word.n > WORD_MAX)
        return false;
    const ocs_gaz_thing *thing = ocs_gaz_find(c->gaz, OCS_GAZ_STOPWORD, word);
    return thing && !is_class(ocs_gaz_str(c->gaz, thing->class_), "particle");
}

static bool month(const cutter *c, ocs_str word)
{
    return word.n > 0 && word.n <= WORD_MAX && ocs_gaz_find(c->gaz, OCS_GAZ_MONTH, word);
}

/* "3.5", "13.10" */
static bool dotted_number(ocs_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!ocs_ascii_digit(word.p[i]) && word.p[i] != '.')
            return false;
    return word.n > 0;
}

/* How many digits it is made of; 0 when there is anything else. */
static size_t count_digits(ocs_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!ocs_ascii_digit(word.p[i]))
            return 0;
    return word.n;
}

static bool roman(ocs_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!strchr("IVXLCDM", word.p[i]))
            return false;
    return word.n > 0;
}

static bool dotted(ocs_str word)
{
    return ocs_str_find_char(word, '.', 0) < word.n;
}

/* ---- full stops ---- */

/* A full stop and what stands around it. */
typedef struct stop {
    size_t word_at; /* where the word before it starts */
    ocs_str word;   /* before it */
    ocs_str next;   /* the word that follows; empty when another character does */
} stop;

static bool opens_line(const cutter *c, const stop *s)
{
    size_t n, at = s->word_at;
    while (ocs_point_space(point_before(c, at, &n)) || opens(point_before(c, at, &n)))
        at -= n;
    return at == c->line.from;
}

static ocs_str word_two_before(const cutter *c, const stop *s)
{
    size_t n, at = s->word_at;
    while (ocs_point_space(point_before(c, at, &n)))
        at -= n;
    return word_before(c, at);
}

/* "И. Иванов" begins with an initial and no conjunction. */
static bool opens_next(const cutter *c, const stop *s)
{
    size_t n, end = (size_t)(s->next.p - c->text.p) + s->next.n;
    return opener(c, s->next) && (ocs_utf8_points(s->next) > 1 || point_at(c, end, &n) != '.');
}

/* "am 3. Oktober", "13. 10. 2018", "1. Introduction" at the start of a line. */
static bool ordinal(const cutter *c, const stop *s)
{
    if (opens_line(c, s) || month(c, s->next))
        return true;
    if (count_digits(s->word) > 2)
        return false;
    if (count_digits(s->next) > 0)
        return true;
    return !opens_next(c, s) && is_class(class_of(c, word_two_before(c, s)), "ordinal");
}

static bool ends_abbreviation(const cutter *c, const stop *s, ocs_str class)
{
    bool digit = count_digits(s->next) > 0;
    if (is_class(class, "inside"))
        return false;
    if (is_class(class, "number"))
        return !digit;
    if (is_class(class, "unit") && count_digits(word_two_before(c, s)) > 0)
        return true;
    if (is_class(class, "final") || is_class(class, "ordinal"))
        return true;
    return s->next.n == 0 || opens_next(c, s); /* a title */
}

/* Does this full stop, which no small letter follows, end a sentence? */
static bool stop_ends(const cutter *c, const stop *s)
{
    if (count_digits(s->word) > 0)
        return !ordinal(c, s);
    if (dotted_number(s->word))
        return count_digits(s->next) == 0 && !opens_line(c, s);
    ocs_str class = class_of(c, s->word);
    if (class.n > 0)
        return ends_abbreviation(c, s, class);
    bool initial = ocs_utf8_points(s->word) == 1;
    if ((initial || roman(s->word)) && opens_line(c, s))
        return false;
    return (!initial && !dotted(s->word)) || s->next.n == 0 || opens_next(c, s);
}

/* ---- ends ---- */

/* "[...]" and "(…)" leave something out and end nothing. */
static bool left_out(const cutter *c, size_t at)
{
    size_t n;
    uint32_t before = point_before(c, at, &n);
    return before == '[' || before == '(';
}

/* "the project.The Mission": a space was lost. */
static bool space_lost(const cutter *c, size_t at, size_t next)
{
    size_t n, after;
    ocs_str word = word_before(c, at);
    if (ocs_utf8_points(word) < 3 || !capital(point_at(c, next, &n)) ||
        !small(point_at(c, next + n, &after)))
        return false;
    for (size_t i = 0; i < word.n; i += n) {
        uint32_t point;
        n = ocs_utf8_at(word, i, &point);
        if (!small(point))
            return false;
    }
    return true;
}

/* Whether a sentence ends with the mark at ${at}, which is ${size} bytes long; ${end} and ${next}
 * get where it ends and where the next one starts. */
static bool sentence_ends(const cutter *c, size_t at, size_t size, size_t *end, size_t *next)
{
    size_t n;
    *end = behind_marks(c, at);
    *next = skip_space(c, *end);
    if (*next == *end)
        return *end < c->line.to && space_lost(c, at, *next);
    size_t from = first_word(c, *next);
    if (*next < c->line.to && (small(point_at(c, from, &n)) || left_out(c, at)))
        return false;
    uint32_t after_mark = point_at(c, at + size, &n);
    if (c->text.p[at] != '.' || mark(after_mark))
        return true;
    stop s = {.word = word_before(c, at), .next = word_from(c, from)};
    s.word_at = at - s.word.n;
    return stop_ends(c, &s);
}

/* ---- the text ---- */

typedef OCS_VEC(ocs_span) span_list;

static bool add_sentence(ocs_arena *arena, span_list *list, size_t from, size_t to)
{
    if (from >= to)
        return true;
    ocs_span *place = ocs_vec_push(arena, list);
    if (place)
        *place = (ocs_span){from, to};
    return place != NULL;
}

static size_t trimmed_end(const cutter *c)
{
    size_t end = c->line.to, n;
    while (ocs_point_space(point_before(c, end, &n)))
        end -= n;
    return end;
}

/* The next byte from ${at} on that a mark may begin with; most of a text is passed over by bytes. */
static size_t next_mark(const cutter *c, size_t at)
{
    static const bool may[256] = {['.'] = true,  ['!'] = true,  ['?'] = true, [0xE2] = true,
                                  [0xE3] = true, [0xD6] = true, [0xD8] = true};
    while (at < c->line.to && !may[(unsigned char)c->text.p[at]])
        at++;
    return at;
}

static bool cut_line(const cutter *c, ocs_arena *arena, span_list *list)
{
    size_t from = skip_space(c, c->line.from), end, next, n;
    for (size_t at = from; (at = next_mark(c, at)) < c->line.to;) {
        bool marked = mark(point_at(c, at, &n));
        if (marked && sentence_ends(c, at, n, &end, &next)) {
            if (!add_sentence(arena, list, from, end))
                return false;
            from = at = next;
        } else {
            at = marked ? behind_marks(c, at) : at + n;
        }
    }
    return add_sentence(arena, list, from, trimmed_end(c));
}

bool ocs_sentences_of(const ocs_gaz *gaz, ocs_arena *arena, ocs_str text, ocs_sentences *out)
{
    cutter c = {.gaz = gaz, .text = text};
    span_list list = {0};
    *out = (ocs_sentences){0};
    while (c.line.from < text.n) {
        c.line.to = ocs_str_find_char(text, '\n', c.line.from);
        if (!cut_line(&c, arena, &list))
            return false;
        c.line.from = c.line.to + 1;
    }
    *out = (ocs_sentences){list.at, list.n};
    return true;
}
