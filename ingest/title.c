/* What the markup states (a claim) is first freed of the site's name: of parts that name the site
 * or its host, of what another claim does not have, and of the shorter part where a main heading is
 * the longer one.  Then the headings are weighed by how well they agree with the claims; where none
 * does, as on a page that greets with a slogan, the claim that most others share is the title. */
#include "ingest/title.h"

#include "ingest/site.h"
#include "ingest/title_text.h"

enum {
    CLAIMS_MAX = 12,
    NAMES_MAX = 16,
    TITLE_BYTES = 1000, /* what is longer is no title */
    HEADING_WORDS = 60,
    HEADINGS_MAX = 200, /* that are looked at: a page of nothing but headings stays cheap */
    MAIN_MAX = 24,
    NAME_BYTES = 3, /* a shorter part of a host name is no name of a site */
    LOOSE_LETTERS = 4,
    COMMON_PAGES = 3, /* the page itself may be one of them */
    SUFFIX_WORDS = 4
};

/* Trust of a heading, from what it shares with the claims. */
enum { AGREES = 100, NEAR = 60, RELATED = 40 };

typedef struct claim {
    const ocs_hint *hint;
    ocs_span at;
    ocs_str key, spaced;
} claim;

typedef struct chooser {
    const ocs_blocks *blocks;
    ocs_arena *arena;
    ocs_str names[NAMES_MAX]; /* keys of what the site is called */
    size_t n_names;
    ocs_str main[MAIN_MAX]; /* keys of the main headings */
    size_t n_main;
    claim claims[CLAIMS_MAX];
    size_t n;
    bool weak; /* only a title element, which on old sites names the section */
} chooser;

/* ---- comparing ---- */

static ocs_str key_of(const chooser *c, ocs_str s)
{
    return ocs_title_fold(c->arena, s, false);
}

/* ---- the site's names ---- */

static void add_name(chooser *c, ocs_str name)
{
    ocs_str key = key_of(c, name);
    if (key.n >= NAME_BYTES && c->n_names < NAMES_MAX && !ocs_str_eq(key, OCS_STR("www")))
        c->names[c->n_names++] = key;
}

/* "docs.python.org": the whole, and each part but the last. */
static void add_host(chooser *c, ocs_str url)
{
    size_t from = ocs_str_find(url, OCS_STR("://"), 0);
    if (from >= url.n)
        return;
    ocs_str host = ocs_str_sub(url, from + 3, url.n);
    host = ocs_str_sub(host, 0, ocs_str_find_char(host, '/', 0));
    if (ocs_str_starts(host, OCS_STR("www.")))
        host = ocs_str_sub(host, 4, host.n);
    add_name(c, host);
    for (size_t at = 0, dot; (dot = ocs_str_find_char(host, '.', at)) < host.n; at = dot + 1)
        add_name(c, ocs_str_sub(host, at, dot));
}

static void find_names(chooser *c, ocs_str url)
{
    add_host(c, url);
    for (size_t i = 0; i < c->blocks->n_hints; i++) {
        const ocs_hint *h = &c->blocks->hints[i];
        if (h->about == OCS_HINT_SITE)
            add_name(c, h->value);
        else if (h->about == OCS_HINT_URL)
            add_host(c, h->value);
    }
}

static bool is_name(const chooser *c, ocs_str key)
{
    for (size_t i = 0; i < c->n_names; i++)
        if (ocs_str_eq(c->names[i], key))
            return true;
    return false;
}

/* The first letters of its words: "Electrical Safety Foundation International" of esfi.org. */
static ocs_str initials(const chooser *c, ocs_str text)
{
    ocs_str rest = ocs_title_fold(c->arena, text, true), word;
    char *out = ocs_arena_alloc(c->arena, rest.n + 1);
    size_t n = 0;
    while (out && ocs_str_split(&rest, ' ', &word))
        if (word.n > 0)
            out[n++] = word.p[0];
    return (ocs_str){out, out ? n : 0};
}

/* What a third of the other pages have in their titles, three at least, names the site or a
 * section of it. */
static bool common_to_site(const chooser *c, ocs_str part)
{
    const ocs_site *site = c->blocks->site;
    uint32_t seen = site ? ocs_site_seen_in_title(site, part) : 0;
    return seen >= COMMON_PAGES && seen * 3 >= ocs_site_pages(site);
}

/* A last part that names the site: "Doom9's Forum" of doom9.org, "Wikipedia" of "Wikipedia, the
 * free encyclopedia". */
static bool names_site(const chooser *c, ocs_str part)
{
    ocs_str key = key_of(c, part);
    if (is_name(c, key) || is_name(c, initials(c, part)) || common_to_site(c, part))
        return true;
    for (size_t i = 0; i < c->n_names; i++) {
        ocs_str name = c->names[i];
        bool longer = name.n >= LOOSE_LETTERS && ocs_str_starts(key, name);
        if (longer || (key.n >= LOOSE_LETTERS && ocs_str_starts(name, key)))
            return true;
    }
    return false;
}

/* ---- parts ---- */

static ocs_str claim_text(const claim *k)
{
    return ocs_str_sub(k->hint->value, k->at.from, k->at.to);
}

static bool is_colon(const claim *k, ocs_span separator)
{
    return claim_text(k).p[separator.from] == ':';
}

static void narrow(chooser *c, claim *k, size_t from, size_t to)
{
    k->at = (ocs_span){k->at.from + from, k->at.from + to};
    k->key = key_of(c, claim_text(k));
}

/* What is left of "Some Site | Home" says less than the site's name. */
static bool says_nothing(const chooser *c, ocs_str part)
{
    static const char *const words[] = {"home", "homepage", "welcome", "start", "startseite"};
    ocs_str key = key_of(c, part);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ocs_str_eq(key, ocs_str_of(words[i])))
            return true;
    return key.n == 0;
}

/* One part that names the site, off the end or the start. */
static bool drop_name(chooser *c, claim *k)
{
    ocs_span at[OCS_TITLE_PARTS];
    ocs_str text = claim_text(k);
    size_t n = ocs_title_separators(text, at);
    if (n == 0)
        return false;
    ocs_span last = at[n - 1], first = at[0];
    ocs_str head = ocs_str_sub(text, 0, last.from), tail = ocs_str_sub(text, first.to, text.n);
    if (!is_colon(k, last) && !says_nothing(c, head) &&
        names_site(c, ocs_str_sub(text, last.to, text.n))) {
        narrow(c, k, 0, last.from);
        return true;
    }
    ocs_str start = ocs_str_sub(text, 0, first.from);
    if (!says_nothing(c, tail) && (is_name(c, key_of(c, start)) || common_to_site(c, start))) {
        narrow(c, k, first.to, text.n);
        return true;
    }
    return false;
}

static bool claimed_elsewhere(const chooser *c, const claim *mine, ocs_str key)
{
    for (size_t i = 0; i < c->n; i++)
        if (&c->claims[i] != mine && ocs_str_eq(c->claims[i].key, key))
            return true;
    return false;
}

static bool is_main_heading(const chooser *c, ocs_str key)
{
    for (size_t i = 0; i < c->n_main; i++)
        if (ocs_str_eq(c->main[i], key))
            return true;
    return false;
}

/* Whether the part [from, to) of a claim is the title, by what others say. */
static bool is_agreed(const chooser *c, const claim *k, size_t from, size_t to)
{
    ocs_str text = claim_text(k), key = key_of(c, ocs_str_sub(text, from, to));
    if (key.n == 0 || is_name(c, key))
        return false;
    return claimed_elsewhere(c, k, key) || ((to - from) * 2 > text.n && is_main_heading(c, key));
}

static void cut_to_agreement(chooser *c, claim *k)
{
    ocs_span at[OCS_TITLE_PARTS];
    ocs_str text = claim_text(k);
    size_t n = ocs_title_separators(text, at);
    if (claimed_elsewhere(c, k, k->key) || is_main_heading(c, k->key))
        return;
    for (size_t i = n; i-- > 0;)
        if (is_agreed(c, k, 0, at[i].from)) {
            narrow(c, k, 0, at[i].from);
            return;
        }
    for (size_t i = 0; i < n; i++)
        if (is_agreed(c, k, at[i].to, text.n)) {
            narrow(c, k, at[i].to, text.n);
            return;
        }
}

/* "A long title of this page | Some Site" where nothing says what the site is called; a dash, which
 * titles have themselves, parts only where the title element is all that the page states. */
static bool drop_short_end(chooser *c, claim *k)
{
    ocs_span at[OCS_TITLE_PARTS];
    ocs_str text = claim_text(k);
    size_t n = ocs_title_separators(text, at);
    if (n == 0)
        return false;
    ocs_span last = at[n - 1];
    bool bar = memchr(text.p + last.from, '|', last.to - last.from) != NULL;
    size_t before =
        ocs_title_words(ocs_title_fold(c->arena, ocs_str_sub(text, 0, last.from), true));
    size_t behind =
        ocs_title_words(ocs_title_fold(c->arena, ocs_str_sub(text, last.to, text.n), true));
    if (!(bar || (c->weak && !is_colon(k, last))) || behind > SUFFIX_WORDS || before < 2 * behind)
        return false;
    narrow(c, k, 0, last.from);
    return true;
}

/* "Who knows this bridge? / Bridges / Town forum": sections of the site stand before its name. */
static void drop_short_ends(chooser *c, claim *k)
{
    ocs_span at[OCS_TITLE_PARTS];
    size_t n = ocs_title_separators(claim_text(k), at);
    bool path = n > 1;
    for (size_t i = 1; i < n; i++)
        path = path && claim_text(k).p[at[i].from + 1] == '/' &&
               claim_text(k).p[at[i - 1].from + 1] == '/';
    while (drop_short_end(c, k) && path) {
    }
}

/* ---- claims ---- */

static void find_main_headings(chooser *c)
{
    for (size_t i = 0; i < c->blocks->n && c->n_main < MAIN_MAX; i++) {
        const ocs_block *b = &c->blocks->at[i];
        if (b->kind == OCS_BLOCK_HEADING && b->level == 1 && b->words <= HEADING_WORDS)
            c->main[c->n_main++] = key_of(c, ocs_block_text(c->blocks, b));
    }
}

static void add_claim(chooser *c, const ocs_hint *hint)
{
    if (c->n == CLAIMS_MAX || hint->value.n > TITLE_BYTES)
        return;
    claim *k = &c->claims[c->n];
    *k = (claim){.hint = hint, .at = {0, hint->value.n}};
    k->key = key_of(c, hint->value);
    if (k->key.n > 0)
        c->n++;
}

/* A headline may be that of a neighbour, and the site's name is no title. */
static bool doubtful(const chooser *c, const claim *k)
{
    if (is_name(c, k->key))
        return true;
    ocs_str text = ocs_title_fold(c->arena, claim_text(k), true);
    for (size_t i = 0; i < c->n && strcmp(k->hint->source, "json-ld") == 0; i++)
        if (strcmp(c->claims[i].hint->source, "json-ld") != 0 &&
            ocs_title_shared(text, ocs_title_fold(c->arena, c->claims[i].hint->value, true)) < 50)
            return true;
    return false;
}

static void drop_doubtful(chooser *c)
{
    bool bad[CLAIMS_MAX];
    size_t kept = 0, n = c->n;
    for (size_t i = 0; i < n; i++)
        bad[i] = doubtful(c, &c->claims[i]);
    for (size_t i = 0; i < n; i++)
        if (!bad[i])
            c->claims[kept++] = c->claims[i];
    if (kept > 0) /* else the site's name is all there is */
        c->n = kept;
}

static void find_claims(chooser *c)
{
    for (size_t i = 0; i < c->blocks->n_hints; i++)
        if (c->blocks->hints[i].about == OCS_HINT_TITLE)
            add_claim(c, &c->blocks->hints[i]);
    c->weak = c->n == 1 && strcmp(c->claims[0].hint->source, "title element") == 0;
    for (size_t i = 0; i < c->n; i++)
        while (drop_name(c, &c->claims[i])) {
        }
    drop_doubtful(c);
    for (size_t i = 0; i < c->n; i++)
        cut_to_agreement(c, &c->claims[i]);
    for (size_t i = 0; i < c->n; i++)
        if (!claimed_elsewhere(c, &c->claims[i], c->claims[i].key) || c->n == 2)
            drop_short_ends(c, &c->claims[i]);
    for (size_t i = 0; i < c->n; i++)
        c->claims[i].spaced = ocs_title_fold(c->arena, claim_text(&c->claims[i]), true);
}

static const claim *best_claim(const chooser *c)
{
    const claim *best = NULL;
    int best_score = -1;
    for (size_t i = 0; i < c->n; i++) {
        const claim *k = &c->claims[i];
        int score = k->hint->trust + (claimed_elsewhere(c, k, k->key) ? 100 : 0);
        if (score > best_score) {
            best = k;
            best_score = score;
        }
    }
    return best;
}

/* ---- headings ---- */

static unsigned agreement(const chooser *c, const ocs_block *b)
{
    ocs_str text = ocs_block_text(c->blocks, b), key = key_of(c, text);
    ocs_str spaced = ocs_title_fold(c->arena, text, true);
    unsigned best = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (ocs_str_eq(c->claims[i].key, key))
            return AGREES;
        unsigned shared = ocs_title_shared(spaced, c->claims[i].spaced);
        unsigned score = shared >= 60 ? NEAR : shared > 0 ? RELATED : 0;
        best = score > best ? score : best;
    }
    return best;
}

static bool is_candidate(const ocs_block *b)
{
    return b->role == OCS_ROLE_TITLE ||
           (b->kind == OCS_BLOCK_HEADING && b->level <= 2 && b->words <= HEADING_WORDS);
}

/* Zero: not to be taken for the title.  A section that only speaks of the page's subject is none. */
static unsigned score_of(const chooser *c, const ocs_block *b)
{
    bool titled = b->role == OCS_ROLE_TITLE, main = b->level == 1;
    unsigned score = agreement(c, b);
    unsigned wanted = main || (titled && c->weak) ? RELATED : titled ? NEAR : AGREES;
    bool linked = !ocs_block_unlinked(b); /* to the front page, as a rule */
    if (score < wanted || (linked && score < NEAR) ||
        (score < AGREES && is_name(c, key_of(c, ocs_block_text(c->blocks, b)))))
        return 0;
    return score + (titled ? 2 : 0) + (main ? 4 : 0);
}

static const ocs_block *best_heading(const chooser *c)
{
    const ocs_block *best = NULL;
    unsigned best_score = 0, seen = 0;
    for (size_t i = 0; i < c->blocks->n; i++) {
        const ocs_block *b = &c->blocks->at[i];
        if (!is_candidate(b) || (++seen > HEADINGS_MAX && b->role != OCS_ROLE_TITLE))
            continue;
        unsigned score = score_of(c, b);
        if (score > best_score) {
            best = b;
            best_score = score;
        }
    }
    return best;
}

static const ocs_block *titled_block(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_TITLE)
            return &blocks->at[i];
    return NULL;
}

/* ---- together ---- */

/* Without the sign that links to the heading itself. */
static ocs_span heading_span(ocs_str text)
{
    static const char *const signs[] = {" ", "\xC2\xB6", "\xEF\x83\x81"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs;) {
        bool cut = text.n > strlen(signs[i]) && ocs_str_ends(text, ocs_str_of(signs[i]));
        text.n -= cut ? strlen(signs[i]) : 0;
        i = cut ? 0 : i + 1;
    }
    return (ocs_span){0, text.n};
}

/* Behind the last " > " of "Lists > Best books", which are ways to the page. */
static size_t behind_crumbs(ocs_str text)
{
    static const char *const signs[] = {" > ", " \xE2\x80\xBA ", " \xC2\xBB "};
    size_t from = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        ocs_str sign = ocs_str_of(signs[i]);
        for (size_t at = ocs_str_find(text, sign, from); at < text.n;
             at = ocs_str_find(text, sign, from))
            from = at + sign.n;
    }
    return from;
}

/* The name of the site at the end of a heading goes, too, where it is known and not all there is. */
static size_t before_name(const chooser *c, ocs_str text, size_t from)
{
    ocs_span at[OCS_TITLE_PARTS];
    size_t n = ocs_title_separators(text, at);
    if (n == 0 || at[n - 1].from <= from || text.p[at[n - 1].from] == ':')
        return text.n;
    bool name = is_name(c, key_of(c, ocs_str_sub(text, at[n - 1].to, text.n)));
    return name && !says_nothing(c, ocs_str_sub(text, from, at[n - 1].from)) ? at[n - 1].from
                                                                             : text.n;
}

static void take_block(const chooser *c, const ocs_block *b, ocs_title *title)
{
    ocs_str text = ocs_block_text(c->blocks, b);
    ocs_str shown = ocs_str_sub(text, 0, heading_span(text).to);
    size_t from = c->blocks->html ? behind_crumbs(shown) : 0;
    if (from >= shown.n)
        from = 0;
    title->block = b;
    title->at = (ocs_span){from, c->blocks->html ? before_name(c, shown, from) : shown.n};
    title->text = ocs_str_sub(text, title->at.from, title->at.to);
}

bool ocs_title_choose(const ocs_blocks *blocks, ocs_str url, ocs_arena *arena, ocs_title *title)
{
    chooser c = {.blocks = blocks, .arena = arena};
    const ocs_block *titled = titled_block(blocks), *heading = NULL;
    *title = (ocs_title){0};
    if (blocks->html) {
        find_names(&c, url);
        find_main_headings(&c);
        find_claims(&c);
        heading = c.n > 0 ? best_heading(&c) : titled;
    } else {
        heading = titled;
    }
    const claim *best = best_claim(&c);
    if (heading) {
        take_block(&c, heading, title);
    } else if (best) {
        title->hint = best->hint;
        title->at = best->at;
        title->text = claim_text(best);
    }
    if (blocks->html)
        title->text = ocs_title_decode(arena, title->text);
    return title->text.n > 0 && ocs_arena_status(arena) == OCS_OK;
}
