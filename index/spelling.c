/* The canonical spelling of English words: where British and American spelling differ, the American
 * one, so that both forms share a stem.  Rules look at the end of the word; each is held back by a
 * table, since most words that end alike are no such words ("four", "exercise", "controlled").
 * Tables are sorted for binary search, which a unit test would notice by a word not found.
 *
 * Words of other languages that a rule catches do no harm: the same happens to the query. */
#include "index/schema.h"

#include <stdlib.h>

enum { LONGEST = 40, SHORTEST = 4 };

/* The new spelling of a word, as far as it has been put together. */
typedef struct spelling {
    char p[LONGEST + 8];
    size_t n;
} spelling;

static void put(spelling *out, ocs_str s)
{
    if (s.n > 0)
        memcpy(out->p + out->n, s.p, s.n);
    out->n += s.n;
}

static bool respell(spelling *out, ocs_str head, const char *middle, ocs_str tail)
{
    out->n = 0;
    put(out, head);
    put(out, ocs_str_of(middle));
    put(out, tail);
    return true;
}

static int compare_word(const void *key, const void *entry)
{
    return ocs_str_cmp(*(const ocs_str *)key, ocs_str_of(*(const char *const *)entry));
}

static bool among(ocs_str word, const char *const *table, size_t n)
{
    return bsearch(&word, table, n, sizeof *table, compare_word) != NULL;
}
#define AMONG(word, table) among((word), (table), sizeof(table) / sizeof *(table))

static bool last_is(ocs_str s, const char *letters)
{
    return s.n > 0 && strchr(letters, s.p[s.n - 1]) != NULL;
}

/* ---- ise, -isation, -yse ---- */

/* What stands before "-is-" in words that are written with s everywhere. */
static const char *const always_is[] = {
    "advert",    "anis",  "cer",    "chast",       "chem",     "circumc",  "comprom", "conc",
    "dem",       "den",   "desp",   "disenfranch", "enfranch", "exc",      "exerc",   "expert",
    "franch",    "highr", "imprec", "inc",         "lowr",     "merchand", "moonr",   "mort",
    "overexerc", "parad", "prec",   "prem",        "prom",     "readvert", "rem",     "sunr",
    "surm",      "treat", "trell",  "uncomprom",   "unexerc",  "unprom",   "upr",     "val",
};

/* Words in -aise, -oise, -uise, -wise, -prise and, but for -ivise, -vise are no -ize words. */
static bool keeps_is(ocs_str stem)
{
    if (stem.n < 3 || last_is(stem, "aeouw") || ocs_str_ends(stem, OCS_STR("pr")))
        return true;
    if (last_is(stem, "v") && !ocs_str_ends(stem, OCS_STR("iv")))
        return true;
    return AMONG(stem, always_is);
}

/* organised, organisation */
static bool ise(ocs_str word, spelling *out)
{
    static const char *const tails[] = {
        "able", "ation", "ational", "ationally", "ations", "e", "ed", "er", "ers", "es", "ing",
    };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        ocs_str tail = ocs_str_of(tails[i]);
        if (!ocs_str_ends(word, tail))
            continue;
        ocs_str head = ocs_str_sub(word, 0, word.n - tail.n);
        if (!ocs_str_ends(head, OCS_STR("is")))
            continue;
        ocs_str stem = ocs_str_sub(head, 0, head.n - 2);
        if (ocs_str_eq(stem, OCS_STR("pract")) && tail.p[0] != 'a')
            return respell(out, stem, "ic", tail); /* practised: practiced */
        return !keeps_is(stem) && respell(out, stem, "iz", tail);
    }
    return false;
}

/* analyse; but "analyses" is rather the plural of analysis, which is the same everywhere */
static bool yse(ocs_str word, spelling *out)
{
    static const char *const tails[] = {"e", "ed", "er", "ers", "ing"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        ocs_str tail = ocs_str_of(tails[i]);
        if (!ocs_str_ends(word, tail))
            continue;
        ocs_str head = ocs_str_sub(word, 0, word.n - tail.n);
        if (ocs_str_ends(head, OCS_STR("alys")) || ocs_str_ends(head, OCS_STR("olys")))
            return respell(out, ocs_str_sub(head, 0, head.n - 1), "z", tail);
    }
    return false;
}

/* ---- our ---- */

static const char *const our_heads[] = {
    "arbour",       "ardour",      "armour",    "behaviour", "belabour",  "candour",
    "clamour",      "clangour",    "colour",    "demeanour", "discolour", "disfavour",
    "dishonour",    "dolour",      "enamour",   "endeavour", "favour",    "fervour",
    "flavour",      "harbour",     "honour",    "humour",    "labour",    "misbehaviour",
    "misdemeanour", "multicolour", "neighbour", "odour",     "parlour",   "rancour",
    "rigour",       "rumour",      "saviour",   "savour",    "splendour", "succour",
    "tricolour",    "tumour",      "unfavour",  "unhonour",  "valour",    "vapour",
    "vigour",       "watercolour",
};
static const char *const our_tails[] = {
    "",      "able",  "ably",  "al",     "ally", "ed",   "ee",   "er",  "ers",  "ful",
    "fully", "hood",  "hoods", "ies",    "ing",  "ings", "ism",  "ist", "ists", "ite",
    "ites",  "itism", "less",  "liness", "ly",   "s",    "some", "y",
};

static bool our(ocs_str word, spelling *out)
{
    size_t at = ocs_str_find(word, OCS_STR("our"), 2);
    if (at >= word.n)
        return false;
    ocs_str head = ocs_str_sub(word, 0, at + 3), tail = ocs_str_sub(word, at + 3, word.n);
    if (!AMONG(head, our_heads) || !AMONG(tail, our_tails))
        return false;
    return respell(out, ocs_str_sub(word, 0, at), "or", tail);
}

/* ---- re ---- */

static const char *const re_heads[] = {
    "amphitheat", "calib",   "cent", "centilit", "centimet", "epicent", "fib",      "goit",
    "hectolit",   "kilomet", "lit",  "lust",     "meag",     "met",     "millilit", "millimet",
    "mit",        "nanomet", "sab",  "scept",    "somb",     "spect",   "theat",
};

/* centre, centres, centred */
static bool re(ocs_str word, spelling *out)
{
    bool plural = last_is(word, "s"), past = last_is(word, "d");
    ocs_str singular = ocs_str_sub(word, 0, word.n - (plural || past ? 1 : 0));
    if (!ocs_str_ends(singular, OCS_STR("re")))
        return false;
    ocs_str head = ocs_str_sub(singular, 0, singular.n - 2);
    if (!AMONG(head, re_heads))
        return false;
    return respell(out, head, "er", plural ? OCS_STR("s") : past ? OCS_STR("ed") : OCS_STR(""));
}

/* ---- lled ---- */

static const char *const l_heads[] = {
    "apparel", "bevel",   "cancel", "carol",   "channel", "chisel",  "council", "counsel", "devil",
    "dial",    "duel",    "equal",  "fuel",    "funnel",  "grovel",  "imperil", "initial", "jewel",
    "label",   "level",   "libel",  "marshal", "marvel",  "medal",   "model",   "panel",   "parcel",
    "pencil",  "quarrel", "refuel", "remodel", "revel",   "rival",   "shovel",  "signal",  "spiral",
    "stencil", "swivel",  "total",  "travel",  "tunnel",  "unravel", "victual", "yodel",
};
static const char *const l_tails[] = {
    "lable", "led", "ler", "lers", "ling", "lings", "list", "lists", "lor", "lors", "lous",
};

static bool doubled_l(ocs_str word, spelling *out)
{
    size_t at = ocs_str_find(word, OCS_STR("ll"), 3);
    if (at >= word.n)
        return false;
    ocs_str head = ocs_str_sub(word, 0, at + 1), tail = ocs_str_sub(word, at + 1, word.n);
    if (!AMONG(head, l_heads) || !AMONG(tail, l_tails))
        return false;
    return respell(out, ocs_str_sub(word, 0, at), "", tail);
}

/* ---- single words ---- */

/* Heads with their own spelling, and the tails that may follow, each with a space before and after
 * it; "." is the bare word. */
typedef struct single {
    char from[16];
    const char *to, *tails;
} single;

static const single singles[] = {
    {"acknowledgement", "acknowledgment", " . s "},
    {"ageing", "aging", " . "},
    {"artefact", "artifact", " . s "},
    {"cheque", "check", " . s "},
    {"defence", "defense", " . s less "},
    {"enrol", "enroll", " . s ment ments "},
    {"fulfil", "fulfill", " . s ment "},
    {"grey", "gray", " . s ed er ing ish "},
    {"instalment", "installment", " . s "},
    {"jewellery", "jewelry", " . "},
    {"judgement", "judgment", " . s al "},
    {"licence", "license", " . s d "},
    {"licencing", "licensing", " . "},
    {"manoeuvr", "maneuver", " ing able ability "},
    {"manoeuvre", "maneuver", " . s "},
    {"manoeuvred", "maneuvered", " . "},
    {"offence", "offense", " . s "},
    {"pretence", "pretense", " . s "},
    {"programme", "program", " . s "},
    {"sceptic", "skeptic", " . s al ally ism "},
    {"skilful", "skillful", " . ly "},
    {"wilful", "willful", " . ly "},
    {"woollen", "woolen", " . s "},
};

static bool tail_listed(const char *tails, ocs_str tail)
{
    char wanted[LONGEST + 3];
    size_t n = 0;
    wanted[n++] = ' ';
    if (tail.n == 0)
        wanted[n++] = '.';
    else
        memcpy(wanted + n, tail.p, tail.n);
    n += tail.n;
    wanted[n++] = ' ';
    ocs_str list = ocs_str_of(tails);
    return ocs_str_find(list, (ocs_str){wanted, n}, 0) < list.n;
}

static bool single_word(ocs_str word, spelling *out)
{
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        if (singles[i].from[0] != word.p[0] || singles[i].from[1] != word.p[1])
            continue;
        ocs_str from = ocs_str_of(singles[i].from);
        if (!ocs_str_starts(word, from))
            continue;
        ocs_str tail = ocs_str_sub(word, from.n, word.n);
        if (tail_listed(singles[i].tails, tail))
            return respell(out, (ocs_str){0}, singles[i].to, tail);
    }
    return false;
}

/* ---- all rules ---- */

/* Pairs of letters without which a rule has nothing to do, as it is with most words. */
enum { HAS_IS = 1, HAS_LY = 2, HAS_UR = 4, HAS_RE = 8, HAS_LL = 16 };

#define PAIR(a, b) ((unsigned)(a) << 8 | (unsigned)(b))

/* Is it of plain letters?  ${pairs} gets those that it has.  Without branches, which the processor
 * could not foresee from word to word. */
static bool plain_letters(ocs_str word, unsigned *pairs)
{
    unsigned two = 0, found = 0, others = 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned letter = (unsigned char)word.p[i];
        two = (two << 8 | letter) & 0xFFFF;
        others |= letter - 'a' > 'z' - 'a';
        found |= (two == PAIR('i', 's') ? HAS_IS : 0U) | (two == PAIR('l', 'y') ? HAS_LY : 0U) |
                 (two == PAIR('u', 'r') ? HAS_UR : 0U) | (two == PAIR('r', 'e') ? HAS_RE : 0U) |
                 (two == PAIR('l', 'l') ? HAS_LL : 0U);
    }
    *pairs = found;
    return others == 0;
}

typedef struct rule {
    bool (*respells)(ocs_str word, spelling *out);
    unsigned needs;
} rule;

ocs_str ocs_word_canonical(ocs_arena *arena, ocs_str fold)
{
    static const rule rules[] = {{ise, HAS_IS}, {yse, HAS_LY},       {our, HAS_UR},
                                 {re, HAS_RE},  {doubled_l, HAS_LL}, {single_word, 0}};
    spelling out;
    unsigned pairs;
    if (fold.n < SHORTEST || fold.n > LONGEST || !plain_letters(fold, &pairs))
        return fold;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if ((rules[i].needs & ~pairs) != 0 || !rules[i].respells(fold, &out))
            continue;
        ocs_str canonical = ocs_str_copy(arena, (ocs_str){out.p, out.n});
        return canonical.p ? canonical : fold;
    }
    return fold;
}
