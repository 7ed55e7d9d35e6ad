/* Ukrainian against Russian goes by letters.  Serbian, Croatian, Bosnian and Slovenian in Latin
 * letters go by words: Slovenian by its small ones, Serbian by "e" where the others have "je" or
 * "ije" (deca, djeca), Croatian by words of its own (tisuća, veljača, tečaj).  Stems stand for all
 * their endings. */
#include "ingest/lang_near.h"

enum { WORD_BYTES = 48, OPINIONS = 2 };

static bool has_any(ocs_str text, const char *const *letters)
{
    for (; *letters; letters++)
        if (ocs_str_find(text, ocs_str_of(*letters), 0) < text.n)
            return true;
    return false;
}

/* ---- words ---- */

typedef struct counts {
    unsigned slovenian, shared; /* small words */
    unsigned ekavian, ijekavian;
    unsigned croatian, bosnian, serbian, eastern; /* eastern: not Croatian */
    unsigned uzbek;
} counts;

static bool is_one(ocs_str word, const char *const *words)
{
    for (; *words; words++)
        if (ocs_str_eq(word, ocs_str_of(*words)))
            return true;
    return false;
}

static bool starts_one(ocs_str word, const char *const *stems)
{
    for (; *stems; stems++)
        if (ocs_str_starts(word, ocs_str_of(*stems)))
            return true;
    return false;
}

static bool ends_one(ocs_str word, const char *const *ends)
{
    for (; *ends; ends++)
        if (ocs_str_ends(word, ocs_str_of(*ends)))
            return true;
    return false;
}

static void count_word(counts *c, ocs_str word)
{
    static const char *const slovenian[] = {"in",  "ki",  "v",   "tudi", "pri",   "bo",
                                            "sta", "kot", "ter", "bodo", "lahko", NULL};
    static const char *const shared[] = {"i",  "u",   "su",  "koji", "koja",  "koje",
                                         "će", "od",  "sa",  "što",  "kako",  "nakon",
                                         "bi", "ili", "kao", "čije", "kojom", NULL};
    static const char *const slovenian_ends[] = {"ega", "emu", "ščem", "išče", NULL};
    static const char *const shared_ends[] = {"nog", "kog", "ima", "će", "ći", "ić", "đu", NULL};
    static const char *const ekavian[] = {
        "svedo",   "deca",   "dece",   "deci",   "predsed", "bezbed", "reče",    "reči",   "uvek",
        "primen",  "mesto",  "mesta",  "mestu",  "vreme",   "zahtev", "razumev", "promen", "primer",
        "sled",    "uspe",   "sedni",  "reše",   "delov",   "savet",  "obaveš",  "celo",   "nedelj",
        "vrednos", "izvešt", "procen", "unapre", "proleć",  "sednic", "odelj",   NULL};
    static const char *const ijekavian[] = {
        "svjedo",  "djec",    "predsj",  "riječ",   "uvijek",  "primjen", "mjest",   "vrijem",
        "zahtjev", "razumij", "promjen", "primjer", "prije",   "poslij",  "slijed",  "ovdje",
        "gdje",    "uspje",   "sjedn",   "rješ",    "djelo",   "savjet",  "obavije", "obavje",
        "cijel",   "vrijedn", "izvješ",  "procjen", "unaprij", "nedjelj", "bijel",   "proljeć",
        "sjednic", "odjelj",  "dvije",   "svijet",  NULL};
    static const char *const small_ekavian[] = {"pre", "posle", "gde", "ovde", "dve", "svet", NULL};
    static const char *const croatian[] = {
        "tisuć",    "siječ", "veljač",   "ožuj",   "travnj", "svibnj",  "lipnj",   "srpnj",
        "kolovoz",  "rujn",  "listopad", "studen", "prosin", "tečaj",   "izvješć", "sudioni",
        "ravnatel", "tijek", "europ",    "župan",  "glede",  "sustav",  "tjed",    "tko",
        "oess",     "sudac", "suci",     "suce",   "sudaca", "odvjetn", NULL};
    static const char *const eastern[] = {"januar", "februar", "septemb", "oktob",
                                          "novemb", "decemb",  "evrop",   "hiljad",
                                          "sudij",  "tužio",   NULL};
    static const char *const bosnian[] = {"sedmic", "histori", "saopć", "kanton",
                                          "općin",  "august",  NULL};
    static const char *const serbian[] = {"opštin",  "saopšt",   "avgust", "istorij",
                                          "crnogor", "podgoric", NULL};
    static const char *const uzbek[] = {"va", "uchun", "bilan", "ham", "bo‘yicha", "bu", NULL};
    c->slovenian += is_one(word, slovenian) || ends_one(word, slovenian_ends);
    c->shared += is_one(word, shared) || ends_one(word, shared_ends);
    c->ekavian += starts_one(word, ekavian) || is_one(word, small_ekavian);
    c->ijekavian += starts_one(word, ijekavian);
    c->croatian += starts_one(word, croatian);
    c->eastern += starts_one(word, eastern);
    c->bosnian += starts_one(word, bosnian);
    c->serbian += starts_one(word, serbian);
    c->uzbek += is_one(word, uzbek);
}

static counts count_words(ocs_str text)
{
    counts c = {0};
    char word[WORD_BYTES];
    size_t n = 0;
    for (size_t at = 0; at <= text.n;) {
        uint32_t point = ' ';
        at += at < text.n ? ocs_utf8_at(text, at, &point) : 1;
        if (ocs_point_letter(point)) {
            if (n + 4 < sizeof word)
                n += ocs_utf8_put(word + n, ocs_point_lower(point));
        } else if (n > 0) {
            count_word(&c, (ocs_str){word, n});
            n = 0;
        }
    }
    return c;
}

/* ---- decisions ---- */

static bool is_one_of(const char *answer, const char *const *codes)
{
    for (; answer && *codes; codes++)
        if (strcmp(answer, *codes) == 0)
            return true;
    return false;
}

/* Ukrainian has letters that Russian lacks, and the other way round. */
static const char *east_slavic(ocs_str text, const char *answer)
{
    static const char *const ukrainian[] = {"ї", "Ї", "є", "Є", "ґ", "Ґ", NULL};
    static const char *const russian[] = {"ы", "Ы", "э", "Э", "ё", "Ё", "ъ", "Ъ", NULL};
    bool uk = has_any(text, ukrainian), ru = has_any(text, russian);
    if (strcmp(answer, "ru") == 0 && uk && !ru)
        return "uk";
    return strcmp(answer, "uk") == 0 && ru && !uk ? "ru" : answer;
}

static const char *south_slavic(const counts *c, const char *answer)
{
    if (strcmp(answer, "sl") == 0 && c->slovenian >= c->shared)
        return answer;
    if (c->ekavian > c->ijekavian)
        return "sr";
    if (c->croatian > c->bosnian + c->serbian + c->eastern)
        return "hr";
    if (c->serbian > c->bosnian)
        return "sr";
    if (c->bosnian + c->eastern + c->ijekavian > 0)
        return strcmp(answer, "hr") == 0 && c->bosnian + c->eastern == 0 ? "hr" : "bs";
    return strcmp(answer, "sl") == 0 ? "sr" : answer;
}

const char *ocs_lang_near(ocs_str text, const char *answer)
{
    static const char *const east[] = {"ru", "uk", NULL};
    static const char *const south[] = {"sl", "sr", "hr", "bs", NULL};
    static const char *const cyrillic[] = {"а", "е", "и", NULL};
    static const char *const oghiz[] = {"o‘", "g‘", "oʻ", "gʻ", "O‘", "Gʻ", NULL};
    if (is_one_of(answer, east))
        return east_slavic(text, answer);
    bool near = is_one_of(answer, south) && !has_any(text, cyrillic);
    if (!near && answer)
        return answer;
    counts c = count_words(text);
    if (near)
        return south_slavic(&c, answer);
    return c.uzbek >= OPINIONS && has_any(text, oghiz) ? "uz" : NULL;
}

const char *ocs_lang_settle(ocs_str text, const char *detected, ocs_str declared)
{
    static const char *const near[] = {"sr", "hr", "bs", NULL};
    if (!is_one_of(detected, near))
        return detected;
    for (size_t i = 0; near[i]; i++)
        if (ocs_str_eq_nocase(ocs_str_sub(declared, 0, 2), ocs_str_of(near[i])))
            return ocs_lang_near(text, near[i]);
    return detected;
}
