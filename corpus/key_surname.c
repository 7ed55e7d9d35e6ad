/* The ending tells the school of a surname.  Names in -ić and -ski get the Latin letters of South
 * Slavic without their marks ("Janukovic", "Trocki"), names in -ov, -ev, -enko and -uk those of the
 * usual English romanisation of Russian, with h for kh ("Hrushchev", "Alekseev").  All else stays as
 * it is.  Rules run in their order, until nothing changes. */
#include "corpus/key_surname.h"

typedef struct surname {
    char p[2 * OCS_SURNAME_MAX + 1]; /* rules lengthen a word by little */
    size_t n;
} surname;

enum { SHORTEST = 4 };

/* ---- tools ---- */

static bool in(const char *set, char c)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool vowel(char c)
{
    return in("aeiou", c);
}

static bool consonant(char c)
{
    return in("bcdfghjklmnpqrstvwxz", c);
}

static bool ends(const surname *w, const char *tail)
{
    size_t n = strlen(tail);
    return w->n > n && memcmp(w->p + w->n - n, tail, n) == 0;
}

static bool starts(const surname *w, const char *head)
{
    size_t n = strlen(head);
    return w->n > n && memcmp(w->p, head, n) == 0;
}

/* Put ${to} in place of ${n} bytes at ${at}; nothing where it would grow beyond its room. */
static void put(surname *w, size_t at, size_t n, const char *to)
{
    size_t m = strlen(to);
    if (w->n - n + m >= sizeof w->p)
        return;
    memmove(w->p + at + m, w->p + at + n, w->n - at - n);
    memcpy(w->p + at, to, m);
    w->n += m - n;
    w->p[w->n] = '\0';
}

static void all(surname *w, const char *from, const char *to)
{
    size_t n = strlen(from), m = strlen(to);
    for (size_t at = 0; at + n <= w->n;) {
        if (memcmp(w->p + at, from, n) == 0) {
            put(w, at, n, to);
            at += m;
        } else
            at++;
    }
}

static bool end_as(surname *w, const char *tail, const char *to)
{
    if (!ends(w, tail))
        return false;
    put(w, w->n - strlen(tail), strlen(tail), to);
    return true;
}

static void start_as(surname *w, const char *head, const char *to)
{
    if (starts(w, head))
        put(w, 0, strlen(head), to);
}

/* ---- -ić, -ski ---- */

/* y beside a vowel is j: "Yanukovic", "Stoykovic". */
static void y_to_j(surname *w)
{
    for (size_t i = 0; i < w->n; i++) {
        bool before = i > 0 && vowel(w->p[i - 1]), next = i + 1 < w->n && vowel(w->p[i + 1]);
        if (w->p[i] == 'y' && (before || next))
            w->p[i] = 'j';
    }
}

static void southern_letters(surname *w)
{
    all(w, "kh", "h");
    all(w, "zh", "z");
    all(w, "sh", "s");
    all(w, "ts", "c");
    all(w, "dj", "d");
    start_as(w, "ia", "ja");
    start_as(w, "iu", "ju");
    y_to_j(w);
}

/* "Friedrich" and "Ostrich" are none of these. */
static bool ic_name(surname *w)
{
    static const char *const tails[] = {"vich",  "vych",  "vitch", "vytch", "witsch",
                                        "chich", "zhich", "shich", "jich"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        if (!ends(w, tails[i]))
            continue;
        size_t y = w->n - strlen(tails[i]);
        while (w->p[y] != 'i' && w->p[y] != 'y')
            y++;
        put(w, y, w->n - y, "ic");
        return true;
    }
    return w->n > SHORTEST && ends(w, "ic");
}

static bool ski_name(surname *w)
{
    static const char *const tails[] = {"sky", "skiy", "skyy", "skii", "skyi", "skij", "skyj"};
    if (w->n <= SHORTEST)
        return false;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (w->n > strlen(tails[i]) + 2 && end_as(w, tails[i], "ski"))
            return true;
    return ends(w, "ski") || ends(w, "ska");
}

/* "-skaya": the women of the Russian names, apart from the Macedonian and Polish -ska. */
static bool skaya_name(surname *w)
{
    return end_as(w, "skaia", "skaya") || end_as(w, "skaja", "skaya") || ends(w, "skaya");
}

/* ---- -ov, -ev, -enko, -uk ---- */

static bool eastern_name(const surname *w)
{
    static const char *const tails[] = {"ov",   "ova", "ev",  "eva", "enko",
                                        "chuk", "yuk", "iuk", "juk"};
    for (size_t i = 0; w->n >= SHORTEST && i < sizeof tails / sizeof *tails; i++)
        if (ends(w, tails[i]))
            return true;
    return false;
}

/* Where the final -ov, -ev, -ova or -eva begins; the end of the word when there is none. */
static size_t ov_at(const surname *w)
{
    size_t end = w->n - (w->n > 0 && w->p[w->n - 1] == 'a');
    bool is = end > 2 && w->p[end - 1] == 'v' && in("oe", w->p[end - 2]);
    return is ? end - 2 : w->n;
}

/* "Kuznecov", "Malcev": a c before -ov, and one before -ev after a consonant, is ts. */
static void c_to_ts(surname *w)
{
    size_t at = ov_at(w);
    if (at >= w->n || at < 2 || w->p[at - 1] != 'c')
        return;
    if (w->p[at] == 'o' || in("lnyjr", w->p[at - 2]))
        put(w, at - 1, 1, "ts");
}

/* "Alekseyev" is Alekseev, "Vasilyev" Vasiliev, "Solovyov" Soloviev, "Kovalyov" Kovalev. */
static void y_before_ev(surname *w)
{
    size_t at = ov_at(w);
    if (at >= w->n || at < 2 || !in("yj", w->p[at - 1]))
        return;
    char before = w->p[at - 2];
    if (vowel(before)) {
        put(w, at - 1, 2, "e");
    } else if (consonant(before)) {
        bool soft = w->p[at] == 'e' || in("bfmpv", before);
        put(w, at - 1, 2, soft ? "ie" : "e");
    }
}

/* Within the word: "Mirziyoev" and "Mirzioev", "Liubimov" and "Lyubimov", "Semyonov" and
 * "Semenov". */
static void y_within(surname *w)
{
    for (size_t i = 1; i + 1 < w->n; i++) {
        char before = w->p[i - 1], c = w->p[i], next = w->p[i + 1];
        if (!in("yij", c))
            continue;
        if (c != 'i' && before == 'i' && vowel(next))
            put(w, i, 1, "");
        else if (c != 'i' && vowel(before) && next == 'e')
            put(w, i, 1, "");
        else if (consonant(before) && next == 'u')
            w->p[i] = 'y';
        else if (c == 'y' && consonant(before) && next == 'o')
            put(w, i, 2, "e");
    }
}

/* Ukrainian and Russian vowels: "Tymoshenko", "Diachenko". */
static void ukrainian_vowels(surname *w)
{
    for (size_t i = 1; i + 1 < w->n; i++) {
        bool within = consonant(w->p[i - 1]) && w->p[i - 1] != 'j';
        if (w->p[i] == 'y' && within && consonant(w->p[i + 1]))
            w->p[i] = 'i';
        else if (in("ij", w->p[i]) && within && w->p[i + 1] == 'a')
            w->p[i] = 'y';
    }
}

static void eastern_letters(surname *w)
{
    all(w, "tch", "ch");
    all(w, "kh", "h");
    all(w, "x", "ks");
    c_to_ts(w);
    start_as(w, "ye", "e");
    start_as(w, "je", "e");
    start_as(w, "iu", "yu");
    start_as(w, "ju", "yu");
    start_as(w, "ia", "ya");
    y_before_ev(w);
    y_within(w);
    if (ends(w, "enko") || ends(w, "uk"))
        ukrainian_vowels(w);
}

/* ---- the rest ---- */

/* "Yeltsin"; "Sargsyan" and "Sargsian" (but "Bryan" is too short to tell). */
static void other_letters(surname *w)
{
    enum { LONG = 7 };
    if (starts(w, "ye") && (ends(w, "in") || ends(w, "ina")))
        put(w, 0, 2, "e");
    if (w->n >= LONG && ends(w, "yan") && consonant(w->p[w->n - 4]))
        end_as(w, "yan", "ian");
    (void)(end_as(w, "skoi", "skoy") || end_as(w, "skoj", "skoy"));
}

static void normalise_once(surname *w)
{
    if (ic_name(w)) {
        southern_letters(w);
        all(w, "ch", "c");
    } else if (ski_name(w)) {
        southern_letters(w);
    } else if (eastern_name(w)) {
        eastern_letters(w);
    } else if (skaya_name(w)) {
        southern_letters(w);
        (void)end_as(w, "skaja", "skaya");
    } else
        other_letters(w);
}

/* A rule may make room for one before it. */
static void normalise(surname *w)
{
    enum { ROUNDS = 4 };
    for (int i = 0; i < ROUNDS; i++) {
        surname before = *w;
        normalise_once(w);
        if (w->n == before.n && memcmp(w->p, before.p, w->n) == 0)
            return;
    }
}

/* The letters that lose a mark by folding, where the eastern names want two. */
static const char *digraph(uint32_t lower)
{
    switch (lower) {
    case 0x10D:
        return "ch";
    case 0x161:
        return "sh";
    case 0x17E:
        return "zh";
    default:
        return NULL;
    }
}

/* ${word} folded, with č š ž as ch sh zh; false where there is none of them. */
static bool spell_out(ocs_str word, surname *out)
{
    bool any = false;
    uint32_t point;
    *out = (surname){.n = 0};
    for (size_t at = 0; at < word.n;) {
        char fold[OCS_FOLD_MAX];
        at += ocs_utf8_at(word, at, &point);
        const char *two = digraph(ocs_point_lower(point));
        ocs_str s = two ? ocs_str_of(two) : (ocs_str){fold, ocs_fold_point(fold, point)};
        any |= two != NULL;
        if (out->n + s.n > OCS_SURNAME_MAX)
            return false;
        memcpy(out->p + out->n, s.p, s.n);
        out->n += s.n;
    }
    return any;
}

ocs_str ocs_surname_key(ocs_arena *arena, ocs_str word, ocs_str fold)
{
    surname w = {.n = 0}, spelled;
    if (fold.n == 0 || fold.n > OCS_SURNAME_MAX)
        return fold;
    memcpy(w.p, fold.p, fold.n);
    w.n = fold.n;
    if (eastern_name(&w) && spell_out(word, &spelled))
        w = spelled;
    normalise(&w);
    ocs_str key = {w.p, w.n};
    return ocs_str_eq(key, fold) ? fold : ocs_str_copy(arena, key);
}
