/* Each pair of a language and an encoding is given points: for each byte beyond ASCII, whether it is
 * a letter of that language, and how well it stands among its neighbours (a symbol inside a word, a
 * capital after a small letter and a mix of scripts count against it); and for the language's
 * commonest words among those in ASCII.  The encoding of the best pair wins. */
#include "ingest/guess.h"

#include <iconv.h>
#include <strings.h>

enum {
    FROM_BYTES = 64 * 1024,
    MOST_SIGNS = 3000,
    ENCODINGS = 10,
    LANGUAGES = 31,
    WORD_MAX = 5,
    MOST_WORDS = 400
};

/* Weights, in tenths of a letter. */
enum {
    LETTER = 10,
    RARE_LETTER = 2,
    FOREIGN_LETTER = -25,
    SYMBOL_IN_WORD = -30,
    UNDEFINED = -60,
    MIXED_SCRIPTS = -40,
    CASE_BREAK = -20,
    ISOLATED = -15, /* an accented letter alone is rarely a word, but often a sign misread */
    HOPELESS = -10, /* letters on average: no language of the area */
    CROWDED = -8,   /* two accented letters of a Latin alphabet side by side */
    WORDS = 8,      /* a letter, for the language with most of its words */
    CLEARLY = 1     /* a letter, by which another encoding must be better than the believed one */
};

enum {
    W1252 = 1,
    W1250 = 2,
    ISO2 = 4,
    W1251 = 8,
    ISO5 = 16,
    KOI8 = 32,
    W1254 = 64,
    W1257 = 128,
    W1253 = 256,
    W1255 = 512
};

static const char *const encoding_names[ENCODINGS] = {
    "WINDOWS-1252", "WINDOWS-1250", "ISO-8859-2",   "WINDOWS-1251", "ISO-8859-5",
    "KOI8-U",       "WINDOWS-1254", "WINDOWS-1257", "WINDOWS-1253", "WINDOWS-1255"};

/* Small letters beyond ASCII, the common ones of Cyrillic apart, and short common words. */
typedef struct language {
    unsigned encodings;
    const char *letters, *rare, *words;
} language;

#define COMMON "оеаинтсрвлкм"

static const language languages[LANGUAGES] = {
    {W1252, "éïö", "", " the of and to in a is for on "},
    {W1252, "éèàçêôîûùâëïœ", "", " le la les des et du de en est un une que "},
    {W1252, "äöüß", "", " der die und den das von in zu mit ist im "},
    {W1252, "áéíóúñ", "ü", " de la el los en que y del las por con "},
    {W1252, "ãçáéíóúâêôà", "õ", " de do da que e o a os em um para "},
    {W1252, "èàéìòù", "", " di il la che e in per un del "},
    {W1252, "åäöé", "", " och att en i det som av den "},
    {W1252, "åæøé", "", " og i at det en av til som "},
    {W1252, "éëïöü", "", " de het van een en in is dat "},
    {W1252, "áéíóúýþæöð", "", " og að er til sem á í um við "},
    {W1252, "àèéíòóç", "ïü", " de la el i que els a en per les "},
    {W1252 | W1257, "äöüõ", "šž", " ja on ei et ka kui see oli "},
    {W1252 | W1250, "ëç", "", " e i me dhe në se nga për të u "},
    {W1250 | ISO2, "šžčćđ", "", " je i u na da se su za od o iz "},
    {W1250 | ISO2, "šžč", "ćđ", " je in na da se so za v ki iz "},
    {W1250 | ISO2, "áéíýěščřžůú", "ťďňó", " a v na je se do o s z to "},
    {W1250 | ISO2, "áéíýščžúľťô", "ďňäóĺŕ", " a v na je sa do o s z to "},
    {W1250 | ISO2, "ąćęłńóśźż", "", " i w na z do o po od jest nie "},
    {W1250 | ISO2, "áéíóöőúüű", "", " a az egy és is hogy nem "},
    {W1250 | ISO2, "ăâîşţ", "", " de a la cu din pe nu si un care "},
    {W1254, "ığşöüç", "âî", " ve bir bu da de ile en "},
    {W1257, "āčēģīķļņšūž", "", " un ir ar no par uz "},
    {W1257, "ąčęėįšųūž", "", " ir su kad yra iš "},
    {W1251 | ISO5 | KOI8, COMMON, "дпуйыьзябгчжхцшщъэюфё", ""},
    {W1251 | ISO5 | KOI8, COMMON "і", "дпуйьзябгчжхцшщюфєїґ", ""},
    {W1251 | ISO5, COMMON "ј", "дпузбгчжхцшфљњћђџ", ""},
    {W1251 | ISO5, COMMON "ј", "дпузбгчжхцшфљњѓќѕџ", ""},
    {W1251, COMMON, "дпуйьъзябгчжхцшщюф", ""},
    {W1251, COMMON "ыі", "дпуйьзябгчжхцшэюфёў", ""},
    {W1253, "αοιετσνηυρπκμλςάόίέή", "γδθχβφωώύξζψϊϋΐΰ", ""},
    {W1255, "יולהאמרתבש", "נדעחםקפגכסטזןצץךף", ""},
};

/* A byte beyond ASCII with what stands beside it. */
typedef struct mark {
    unsigned char byte, before, after;
} mark;

typedef struct page {
    mark marks[MOST_SIGNS];
    size_t n;
    size_t count[128];       /* of each byte from 80 */
    size_t seen;             /* words looked at */
    size_t words[LANGUAGES]; /* of each language's common words */
    size_t most_words;
} page;

/* ---- reading the page ---- */

static bool ascii_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void count_word(page *p, ocs_str word)
{
    char padded[WORD_MAX + 2] = " ";
    if (word.n == 0 || word.n > WORD_MAX || p->seen == MOST_WORDS)
        return;
    p->seen++;
    memcpy(padded + 1, word.p, word.n);
    padded[word.n + 1] = ' ';
    ocs_str wanted = {padded, word.n + 2};
    for (size_t i = 0; i < LANGUAGES; i++) {
        ocs_str words = ocs_str_of(languages[i].words);
        if (words.n > 0 && ocs_str_find(words, wanted, 0) < words.n &&
            ++p->words[i] > p->most_words)
            p->most_words = p->words[i];
    }
}

static void note_mark(page *p, ocs_str text, size_t at)
{
    unsigned char byte = (unsigned char)text.p[at];
    if (byte < 0x80 || p->n == MOST_SIGNS)
        return;
    p->marks[p->n++] = (mark){byte, at > 0 ? (unsigned char)text.p[at - 1] : ' ',
                              at + 1 < text.n ? (unsigned char)text.p[at + 1] : ' '};
    p->count[byte - 0x80]++;
}

/* Tags are passed over, as their names and attributes are words of no language. */
static void read_page(page *p, ocs_str text)
{
    bool tag = false;
    size_t word = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        tag = c == '<' || (tag && c != '>');
        if (!tag)
            note_mark(p, text, i);
        if (ascii_letter(c) || c >= 0x80)
            continue;
        if (!tag)
            count_word(p, ocs_str_sub(text, word, i));
        word = i + 1;
    }
}

/* ---- weighing ---- */

typedef struct alphabet {
    uint32_t points[128]; /* of bytes 80 to FF; 0: undefined */
    bool letter[128], upper[128];
} alphabet;

static bool alphabet_fill(const char *name, alphabet *a)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    for (size_t i = 0; i < 128; i++) {
        char in = (char)(0x80 + i), out[8], *from = &in, *to = out;
        size_t in_left = 1, out_left = sizeof out;
        uint32_t point = 0;
        if (iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1 &&
            iconv(cd, NULL, NULL, &to, &out_left) != (size_t)-1)
            ocs_utf8_at((ocs_str){out, sizeof out - out_left}, 0, &point);
        a->points[i] = point >= 0xA0 ? point : 0; /* a control is no text */
        a->letter[i] = point >= 0xC0 && ocs_point_letter(point);
        a->upper[i] = a->letter[i] && ocs_point_upper(point);
    }
    iconv_close(cd);
    return true;
}

static bool small_letter(const alphabet *a, unsigned char c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : a->letter[c - 0x80] && !a->upper[c - 0x80];
}

static bool any_letter(const alphabet *a, unsigned char c)
{
    return c < 0x80 ? ascii_letter(c) : a->letter[c - 0x80];
}

/* What may stand between two letters: quotes and dashes, NBSP and the soft hyphen. */
static bool word_sign(uint32_t point)
{
    return point == 0xA0 || point == 0xAD || (point >= 0x2010 && point <= 0x2044);
}

/* How a byte stands among its neighbours, whatever the language. */
static int standing(const alphabet *a, const mark *m)
{
    size_t i = m->byte - 0x80;
    if (a->points[i] == 0)
        return UNDEFINED;
    if (!a->letter[i])
        return word_sign(a->points[i]) || !any_letter(a, m->before) || !any_letter(a, m->after)
                   ? 0
                   : SYMBOL_IN_WORD;
    int points = a->upper[i] && small_letter(a, m->before) ? CASE_BREAK : 0;
    if (a->points[i] >= 0x370 && (ascii_letter(m->before) || ascii_letter(m->after)))
        points += MIXED_SCRIPTS;
    if (!any_letter(a, m->before) && !any_letter(a, m->after) && a->points[i] < 0x370)
        points += ISOLATED;
    if (a->points[i] < 0x370 && m->before >= 0x80 && a->letter[m->before - 0x80])
        points += CROWDED;
    return points;
}

static bool spelled_with(const char *letters, uint32_t point)
{
    char utf8[4];
    ocs_str all = ocs_str_of(letters), one = {utf8, ocs_utf8_put(utf8, ocs_point_lower(point))};
    return all.n > 0 && ocs_str_find(all, one, 0) < all.n;
}

static int spelling(const alphabet *a, const language *l, size_t i)
{
    if (!a->letter[i])
        return 0;
    bool latin = a->points[i] < 0x370;
    if (spelled_with(l->letters, a->points[i]))
        return latin || !a->upper[i] ? LETTER : LETTER - 2;
    if (spelled_with(l->rare, a->points[i]))
        return latin ? RARE_LETTER : -RARE_LETTER;
    return FOREIGN_LETTER;
}

/* The best points of any language in encoding ${e}; INT32_MIN when iconv lacks it. */
static int64_t weigh(const page *p, size_t e)
{
    alphabet a;
    if (!alphabet_fill(encoding_names[e], &a))
        return INT32_MIN;
    int64_t best = INT32_MIN, common = 0;
    for (size_t i = 0; i < p->n; i++)
        common += standing(&a, &p->marks[i]);
    if (common < -(int64_t)p->n * (LETTER + WORDS))
        return common; /* no spelling could make up for that */
    for (size_t l = 0; l < LANGUAGES; l++) {
        if (!(languages[l].encodings & 1U << e))
            continue;
        int64_t points = common;
        for (size_t i = 0; i < 128; i++)
            if (p->count[i] > 0)
                points += (int64_t)p->count[i] * spelling(&a, &languages[l], i);
        if (p->most_words > 0)
            points += (int64_t)(p->n * WORDS * p->words[l] / p->most_words);
        best = points > best ? points : best;
    }
    return best;
}

/* ---- the choice ---- */

static int known(const char *name)
{
    for (int e = 0; e < ENCODINGS && name; e++)
        if (strcasecmp(name, encoding_names[e]) == 0)
            return e;
    return name && strcasecmp(name, "KOI8-R") == 0 ? 5 : -1;
}

const char *ocs_guess_encoding(ocs_str raw, const char *believed)
{
    page p = {0};
    read_page(&p, ocs_str_sub(raw, 0, FROM_BYTES));
    int kept = known(believed), best = 0;
    if (p.n == 0 || (believed && kept < 0))
        return believed;
    int64_t points[ENCODINGS];
    for (int e = 0; e < ENCODINGS; e++) {
        points[e] = weigh(&p, (size_t)e);
        best = points[e] > points[best] ? e : best;
    }
    int64_t n = (int64_t)p.n;
    if (kept >= 0 && points[best] < points[kept] + n * CLEARLY)
        return points[kept] < n * HOPELESS ? NULL : believed;
    return points[best] >= 0 ? encoding_names[best] : NULL;
}
