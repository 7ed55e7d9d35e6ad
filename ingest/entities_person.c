/* People.  A name is a short run of capitalised words; that it names a person is told by what
 * stands before it (a title, a rank, an office), by a known given name in front, by what follows
 * (an office after a comma, a verb of speech), or by an ending that surnames of the region have.  A
 * surname alone counts where the document has its full name. */
#include "ingest/claim_index.h"

enum { NAME_MAX_TOKENS = 5, ENDING_MIN = 5 };

static bool in_table(const ocs_scan *s, size_t i, ocs_gaz_table table)
{
    return ocs_scan_gaz(s, i, table, NULL, NULL) > 0;
}

bool ocs_scan_particle(const ocs_scan *s, size_t i)
{
    const ocs_gaz_thing *thing;
    return ocs_scan_gaz(s, i, OCS_GAZ_STOPWORD, &thing, NULL) == 1 &&
           strcmp(ocs_gaz_cstr(s->gaz, thing->class_), "particle") == 0;
}

/* An initial: "J." */
static bool initial(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && t->points == 1 && (t->flags & OCS_TOKEN_UPPER);
}

/* "A. Petrosyan", "O'Hanrahan": the letter is no article. */
static bool initial_before_name(const ocs_scan *s, size_t i)
{
    if (!initial(s, i) || !ocs_scan_capital(s, i + 1))
        return false;
    size_t end = s->tokens.at[i].at.to;
    return s->tokens.at[i + 1].at.from > end && s->text.p[end] != ' ';
}

/* A word that can be part of a name; ${bold}: when a title stands before it, lists do not matter.
 */
static bool name_word(const ocs_scan *s, size_t i, bool bold)
{
    const ocs_token *t = ocs_scan_token(s, i);
    if (!ocs_scan_capital(s, i) || !ocs_scan_free(s, i) ||
        (t->flags & (OCS_TOKEN_DIGIT | OCS_TOKEN_DOTTED)) == OCS_TOKEN_DIGIT)
        return false;
    if (in_table(s, i, OCS_GAZ_STOPWORD) && !ocs_scan_particle(s, i) && !initial_before_name(s, i))
        return false;
    if (in_table(s, i, OCS_GAZ_MONTH) || in_table(s, i, OCS_GAZ_WEEKDAY))
        return ocs_scan_given(s, i);
    if (bold)
        return !in_table(s, i, OCS_GAZ_ROLE) && !in_table(s, i, OCS_GAZ_HONORIFIC) &&
               !(s->inflected && in_table(s, i, OCS_GAZ_COUNTRY) && !ocs_scan_given(s, i) &&
                 !(i > 0 && ocs_scan_particle(s, i - 1))); /* "Del Monaco" */
    return !in_table(s, i, OCS_GAZ_ORGWORD) && !in_table(s, i, OCS_GAZ_ROLE) &&
           !in_table(s, i, OCS_GAZ_HONORIFIC) && !in_table(s, i, OCS_GAZ_TOPIC) &&
           (!in_table(s, i, OCS_GAZ_COUNTRY) || ocs_scan_given(s, i));
}

static bool name_gap(const ocs_scan *s, size_t i)
{
    if (ocs_scan_joined(s, i, true))
        return true;
    const ocs_token *t = ocs_scan_token(s, i);
    if (!t || i == 0 || !initial(s, i - 1))
        return false;
    ocs_str between = ocs_str_sub(s->text, s->tokens.at[i - 1].at.to, t->at.from);
    bool apostrophe = ocs_str_eq(between, OCS_STR("'")) || ocs_str_eq(between, OCS_STR("’"));
    return apostrophe || (t->gap & ~(OCS_GAP_SPACE | OCS_GAP_STOP)) == 0; /* O'Hanrahan, J. Smith */
}

/* "den" of "dankte Steinmeier den Delegationen": German articles are no particles, but for "von der". */
static bool german_article(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"den", "der", "des", "das", "die", "im", NULL};
    static const char *const before[] = {"von", "van", "auf", "zu", NULL};
    return s->inflected && ocs_str_eq(s->doc->lang, OCS_STR("de")) && ocs_scan_any(s, i, words) &&
           !(i > 0 && ocs_scan_any(s, i - 1, before));
}

/* Behind the name that starts at i. */
static size_t name_end(const ocs_scan *s, size_t i, bool bold)
{
    size_t end = i, at = i;
    while (at < s->tokens.n && at - i < NAME_MAX_TOKENS && (at == i || name_gap(s, at))) {
        bool small =
            at > i && ocs_scan_particle(s, at) && ocs_scan_free(s, at) && !german_article(s, at);
        if (!small && !name_word(s, at, bold))
            break;
        at++;
        if (!small || ocs_scan_capital(s, at - 1))
            end = at;
        if (s->tokens.at[at - 1].flags & OCS_TOKEN_POSSESSIVE)
            break;
    }
    while (end > i && ocs_scan_particle(s, end - 1))
        end--;
    return end;
}

/* "Владимировича" */
static bool patronymic(const ocs_scan *s, size_t i)
{
    static const char *const endings[] = {"вич", "вича", "вичу", "вичем", "вичом", "вна", "вны",
                                          "вни", "вне",  "вну",  "вной",  "вною",  NULL};
    for (size_t e = 0; endings[e]; e++)
        if (ocs_str_ends(s->tokens.at[i].fold, ocs_str_of(endings[e])))
            return true;
    return false;
}

/* In languages with cases what an office is of stands before the name, with capitals, too: "мэр
 * Энска Иван Петров".  A name starts with the given name, but for lists of surnames first. */
static size_t name_start(const ocs_scan *s, size_t from, size_t to)
{
    for (size_t i = from; s->inflected && i + 1 < to; i++)
        if (ocs_scan_given(s, i))
            return i > from && (patronymic(s, i + 1) || !ocs_scan_known_otherwise(s, i - 1)) ? from
                                                                                             : i;
    return from;
}

static void claim_person(ocs_scan *s, size_t from, size_t to, uint8_t sure, const char *rule)
{
    if (to > from && !ocs_scan_named_after(s, from, to))
        ocs_scan_claim(s, OCS_MENTION_PERSON, from, to, sure, rule);
}

/* ---- titles before ---- */

bool ocs_surname_ending(ocs_str fold)
{
    static const char *const endings[] = {
        "ovic", "evic", "ic",   "enko", "chuk", "czuk",   "yuk",    "skyi", "sky", "ski",   "ska",
        "ov",   "ova",  "ev",   "eva",  "yan",  "ian",    "shvili", "dze",  "bek", "bayev", "baev",
        "ullo", "zoda", "oglu", "escu", "eanu", "poulos", "akis",   "aj",   "ani", "iu",    "szki",
        "sson", "ssen", "nen",  "berg", "mann", "вић",    "енко",   "ов",   "ова", "ев",    "ева",
        "ский", "ска",  "ски",  "ян",   "дзе",  "швили",  NULL};
    for (size_t e = 0; endings[e]; e++)
        if (ocs_str_ends(fold, ocs_str_of(endings[e])))
            return true;
    return false;
}

static bool surname_ending(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && t->points >= ENDING_MIN && ocs_surname_ending(t->fold);
}

static bool title_gap(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && (t->gap & ~(OCS_GAP_SPACE | OCS_GAP_STOP)) == 0 &&
           !((t->gap & OCS_GAP_STOP) && s->text.p[s->tokens.at[i - 1].at.to] != '.');
}

/* Abbreviations carry the full stop that may stand behind them: a word spelled out does not. */
static bool abbreviated(const ocs_scan *s, size_t i)
{
    static const char *const whole[] = {"chair", "judge", "king", "queen", "madam", "major", "lord",
                                        "lady",  "pope",  "miss", "sir",   "dame",  "mayor", NULL};
    return s->tokens.at[i].points <= 5 && !ocs_scan_any(s, i, whole);
}

/* "Mr" and the like stand before names only; "General" and "Major" before much else. */
static bool plain_title(const ocs_scan *s, size_t i)
{
    const ocs_gaz_thing *thing;
    return ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, &thing, NULL) > 0 &&
           strcmp(ocs_gaz_cstr(s->gaz, thing->class_), "title") == 0;
}

static void after_titles(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t n = ocs_scan_free(s, i) ? ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, NULL, NULL) : 0;
        if (n == 0)
            continue;
        size_t at = i + n, more;
        while (title_gap(s, at) && (more = ocs_scan_gaz(s, at, OCS_GAZ_HONORIFIC, NULL, NULL)) > 0)
            at += more;
        if (!title_gap(s, at) || ((s->tokens.at[at].gap & OCS_GAP_STOP) && !abbreviated(s, at - 1)))
            continue;
        if (!(s->tokens.at[i].flags & OCS_TOKEN_UPPER) &&
            (s->tokens.at[i].flags & OCS_TOKEN_LATIN) && !ocs_scan_given(s, at) &&
            name_end(s, at, true) - at < 2)
            continue; /* "a judge Vienna" */
        size_t behind = s->inflected && !ocs_scan_given(s, at) ? ocs_role_object(s, at) : at;
        if (behind > at && name_end(s, behind, true) - behind < 2 && !surname_ending(s, behind))
            continue;
        at = behind;
        bool plain = plain_title(s, i);
        if (!plain && in_table(s, at, OCS_GAZ_ORGWORD) && !ocs_scan_given(s, at))
            continue; /* "General Assembly" */
        size_t to = name_end(s, at, true);
        claim_person(s, name_start(s, at, to), to, plain ? 93 : 90, "title before a name");
    }
}

static bool says(const ocs_scan *s, size_t i)
{
    return ocs_scan_free(s, i) && in_table(s, i, OCS_GAZ_ATTRIBUTION) &&
           !(s->tokens.at[i].flags & OCS_TOKEN_UPPER);
}

/* ---- bylines ---- */

static bool line_ends(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return !t || (t->gap & OCS_GAP_LINE) != 0;
}

/* "By Amna Yusufzai" as a line of its own. */
static void in_bylines(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        if (i > 0 && !line_ends(s, i))
            continue;
        if (!ocs_scan_is(s, i, "by") || !ocs_scan_joined(s, i + 1, false))
            continue;
        size_t to = name_end(s, i + 1, false);
        if (to - i - 1 >= 2 && line_ends(s, to))
            claim_person(s, i + 1, to, 90, "byline");
    }
}

/* ---- offices before ---- */

static void after_offices(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t end = ocs_scan_free(s, i) ? ocs_role_end(s, i) : i;
        if (end == i || end >= s->tokens.n)
            continue;
        bool comma = ocs_scan_comma(s, end);
        if (!comma && !ocs_scan_joined(s, end, false))
            continue;
        size_t to = name_end(s, end, false);
        end = name_start(s, end, to);
        comma = comma && ocs_scan_comma(s, end);
        bool known = ocs_scan_given(s, end);
        if (to - end >= 2 && (known || !comma) && !in_table(s, end, OCS_GAZ_PLACE))
            claim_person(s, end, to, known ? 92 : 80, "office before a name");
        else if (to - end == 1 && !comma && (s->tokens.at[end - 1].flags & OCS_TOKEN_UPPER) &&
                 to < s->tokens.n && ocs_scan_joined(s, to, false) && says(s, to) &&
                 !in_table(s, end, OCS_GAZ_PLACE) && !s->headline[end])
            claim_person(s, end, to, 60, "office before a surname");
    }
}

/* ---- the name itself ---- */

/* "said X" or "X said", with nothing but a closing quote between. */
static bool attributed(const ocs_scan *s, size_t from, size_t to)
{
    bool object = from > 0 && ocs_scan_is(s, from - 1, "to") && ocs_scan_joined(s, from, false);
    bool after = !object && to < s->tokens.n && ocs_scan_joined(s, to, false) && says(s, to);
    bool before = from > 0 && ocs_scan_joined(s, from, false) && says(s, from - 1);
    return after || before;
}

/* ", Head of ..." or ", who heads ..." behind the name. */
static bool office_behind(const ocs_scan *s, size_t to)
{
    static const char *const who[] = {"who", "whose", "aged", NULL};
    if (!ocs_scan_comma(s, to))
        return false;
    size_t at = to;
    if (ocs_scan_is(s, at, "the") || ocs_scan_is(s, at, "a") || ocs_scan_is(s, at, "an"))
        at++;
    return ocs_role_end(s, at) > at || ocs_scan_any(s, to, who);
}

/* "X (Denmark)", "X (MP, Georgia)". */
static bool country_behind(const ocs_scan *s, size_t to)
{
    const ocs_token *t = ocs_scan_token(s, to);
    if (!t || s->text.p[t->at.from - 1] != '(')
        return false;
    size_t at = ocs_scan_comma(s, to + 1) ? to + 1 : to;
    return in_table(s, at, OCS_GAZ_COUNTRY);
}

static bool starts_sentence(const ocs_scan *s, size_t i)
{
    return (s->tokens.at[i].gap & (OCS_GAP_STOP | OCS_GAP_LINE | OCS_GAP_OPEN)) != 0;
}

static void by_shape(ocs_scan *s)
{
    size_t refused = 0; /* within a run that was no name only a given name may start one */
    for (size_t i = 0; i < s->tokens.n; i++) {
        if (!name_word(s, i, false) || in_table(s, i, OCS_GAZ_PLACE))
            continue;
        size_t to = name_end(s, i, false);
        bool given = ocs_scan_given(s, i) || initial(s, i), inner = i < refused;
        if (!given && name_start(s, i, to) > i)
            continue; /* its given name comes next */
        refused = to > refused ? to : refused;
        if (to - i < 2 || to - i > 4 || (inner && !given))
            continue;
        bool place_last = in_table(s, to - 1, OCS_GAZ_PLACE) && !surname_ending(s, to - 1);
        if (given && !place_last)
            claim_person(s, i, to, 88, "given name");
        else if (office_behind(s, to) && !s->headline[i])
            claim_person(s, i, to, 78, "office behind a name");
        else if (country_behind(s, to) && !s->headline[i])
            claim_person(s, i, to, 75, "country in brackets behind a name");
        else if (attributed(s, i, to) && !s->headline[i] && !place_last)
            claim_person(s, i, to, 72, "speaker");
        else if (surname_ending(s, to - 1) && !s->headline[i] && !starts_sentence(s, i) &&
                 to - i <= 3)
            claim_person(s, i, to, 62, "ending of a surname");
        if (!ocs_scan_free(s, i))
            i = to - 1;
    }
}

/* ---- surnames of people already named ---- */

/* "I" of "Abbas I", which stands alone for many things. */
static bool numeral(const ocs_scan *s, size_t i)
{
    static const char *const words[] = {"ii", "iii", "iv", "vi", "vii", "viii", NULL};
    return s->tokens.at[i].points == 1 || ocs_scan_any(s, i, words);
}

/* How many words that end behind token i are the end of this full name; 0 when its surname is not
 * there. */
static size_t end_of_name(const ocs_scan *s, const ocs_claim *full, size_t i)
{
    if (full->type != OCS_MENTION_PERSON || full->dropped || full->to - full->from < 2)
        return 0;
    size_t n = 0, most = full->to - full->from;
    while (n < most && n <= i && ocs_scan_lemma(s, full->to - 1 - n) == ocs_scan_lemma(s, i - n) &&
           ocs_scan_free(s, i - n) && (n == 0 || ocs_scan_joined(s, i - n + 1, true)))
        n++;
    return n == 1 && numeral(s, i) ? 0 : n;
}

/* "Stanley Cup", "Cesaroni Design": the words beside it make it another name. */
static bool in_other_name(const ocs_scan *s, size_t from, size_t to)
{
    bool after = to < s->tokens.n && ocs_scan_joined(s, to, true) && ocs_scan_capital(s, to) &&
                 ocs_scan_free(s, to) && !in_table(s, to, OCS_GAZ_STOPWORD) &&
                 !ocs_scan_turned(s, to - 1); /* "Steinmeiers Reise" */
    if (after || from == 0 || !ocs_scan_joined(s, from, true))
        return after;
    size_t b = from - 1;
    return ocs_scan_capital(s, b) && ocs_scan_free(s, b) && !starts_sentence(s, b) &&
           !in_table(s, b, OCS_GAZ_HONORIFIC) && !in_table(s, b, OCS_GAZ_ROLE) &&
           !in_table(s, b, OCS_GAZ_STOPWORD) && !in_table(s, b, OCS_GAZ_COUNTRY);
}

void ocs_find_surnames(ocs_scan *s)
{
    ocs_claim_index index;
    if (!ocs_claim_index_make(s, OCS_BY_LAST_WORD, &index))
        return;
    for (size_t i = 0; i < s->tokens.n; i++) {
        if (!ocs_scan_capital(s, i) || !ocs_scan_free(s, i))
            continue;
        uint32_t node = ocs_claims_with(&index, s, i);
        for (unsigned looks = 0; node != OCS_NO_CLAIM && looks < OCS_LOOKS_MAX;
             node = index.nodes[node].next, looks++) {
            size_t n = end_of_name(s, &s->claims.at[index.nodes[node].claim], i);
            if (n > 0 && !in_other_name(s, i + 1 - n, i + 1))
                claim_person(s, i + 1 - n, i + 1, 90, "surname of a person named in full");
            if (n > 0)
                break;
        }
    }
}

void ocs_find_people(ocs_scan *s)
{
    after_titles(s);
    in_bylines(s);
    after_offices(s);
    by_shape(s);
    ocs_turn_names(s);
    ocs_find_surnames(s);
}
