/* Roles in a text dump.  The navigation is found as a run of entries and headings of which many are
 * known menu words; the whole run is taken, so that an unfolded part with unknown names goes, too,
 * while the bullets of a report stay: they are long, or they end like sentences, or nothing of them
 * is in the menu's vocabulary. */
#include "ingest/block.h"

enum {
    RUN_MIN = 6,
    OWN_LINES = 15,
    SHORT_WORDS = 14,
    STRAY_LINES = 4,
    STRAY_WORDS = 5,
    AROUND_CONTACT = 4,
    HEAD_LINES = 8
};

enum {
    MENU = 1 << OCS_GAZ_MENU,
    NAMES = 1 << OCS_GAZ_COUNTRY | 1 << OCS_GAZ_TOPIC | 1 << OCS_GAZ_ORG | 1 << OCS_GAZ_CHROME
};

/* Words that the site's navigation is made of. */
static bool menu_words(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b)
{
    if (b->words == 0 || b->words > 20 || b->colon)
        return false;
    unsigned tables = MENU;
    if (!b->sentence) /* "What is the OSCE?" is in the menu */
        tables |= NAMES;
    return ocs_gaz_find_any(gaz, tables, ocs_block_words(blocks, b)) != NULL;
}

static bool could_be_menu(const ocs_block *b)
{
    return b->kind == OCS_BLOCK_DASH ||
           (b->kind == OCS_BLOCK_ENTRY && b->words <= 24 && !b->sentence && !b->colon);
}

/* Does block ${i} go on with the run?  A plain line does only if it is a menu's heading between
 * entries. */
static bool in_run(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    const ocs_block *b = &blocks->at[i];
    if (could_be_menu(b))
        return true;
    bool heading = b->kind == OCS_BLOCK_LINE && i > 0 && blocks->at[i - 1].kind == OCS_BLOCK_DASH;
    return (heading || b->kind == OCS_BLOCK_ENTRY) && menu_words(gaz, blocks, b);
}

/* The end of the run of menu-like lines from ${i}. */
static size_t run_end(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    while (i < blocks->n && in_run(gaz, blocks, i))
        i++;
    return i;
}

/* Words of this organisation's navigation, which no other site's has many of. */
static bool own_words(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b)
{
    return b->words > 0 &&
           ocs_gaz_find_any(gaz, MENU | 1 << OCS_GAZ_TOPIC, ocs_block_words(blocks, b)) != NULL;
}

static bool frame_words(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b)
{
    unsigned tables = MENU | 1 << OCS_GAZ_TOPIC | 1 << OCS_GAZ_CHROME;
    return b->words > 0 && ocs_gaz_find_any(gaz, tables, ocs_block_words(blocks, b)) != NULL;
}

/* Of the lines from ${from} to ${to}, how many are navigation by their words. */
typedef struct menu_count {
    size_t known, framed, own, dashes; /* framed: known without being a name */
} menu_count;

static menu_count count_menu(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t from, size_t to)
{
    menu_count count = {0};
    for (size_t i = from; i < to; i++) {
        const ocs_block *b = &blocks->at[i];
        bool dash = b->kind == OCS_BLOCK_DASH;
        count.dashes += dash;
        count.known += menu_words(gaz, blocks, b);
        count.own += !dash && own_words(gaz, blocks, b);
        count.framed += !dash && frame_words(gaz, blocks, b);
    }
    return count;
}

static size_t first_prose(const ocs_blocks *blocks)
{
    size_t i = 0;
    while (i < blocks->n && !(ocs_block_prose(&blocks->at[i]) && blocks->at[i].words >= 12))
        i++;
    return i;
}

/* Half of a run is known words.  Below the first prose names of countries and offices do not count:
 * there they are as likely a list that the text gives. */
static bool is_menu(const menu_count *count, size_t lines, bool below_prose)
{
    return (below_prose ? count->framed : count->known) * 2 >= lines;
}

/* The page is one of the site's own where much of a run is in its own vocabulary; words such as
 * "Contact" and "Subscribe" are in everybody's. */
static bool is_own(const menu_count *count, size_t lines)
{
    return count->own >= OWN_LINES || (count->own >= RUN_MIN && count->own * 2 >= lines);
}

static void mark_navigation(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    size_t prose = first_prose(blocks);
    for (size_t i = 0, end; i<blocks->n; i = end> i ? end : i + 1) {
        end = run_end(gaz, blocks, i);
        if (end - i < RUN_MIN)
            continue;
        menu_count count = count_menu(gaz, blocks, i, end);
        size_t lines = end - i - count.dashes;
        if (!is_menu(&count, lines, i > prose))
            continue;
        for (size_t k = i; k < end; k++)
            ocs_block_give(&blocks->at[k], OCS_ROLE_MENU, "run of menu entries");
        blocks->navigated = blocks->navigated || is_own(&count, lines);
    }
}

static bool undecided(const ocs_block *b)
{
    return b->role == OCS_ROLE_UNDECIDED;
}

static bool short_line(const ocs_block *b)
{
    return b->words <= STRAY_WORDS && !b->sentence && !b->colon;
}

/* Many short lines before the first prose of a page of unknown make: its menu, too.  The last lines
 * before the prose stay, for a title and a date may be among them. */
static void mark_stray_head(ocs_blocks *blocks)
{
    size_t prose = first_prose(blocks), run = 0;
    if (prose >= blocks->n || blocks->navigated)
        return;
    for (size_t i = 0; i < prose; i++)
        run += blocks->at[i].role == OCS_ROLE_UNDECIDED && short_line(&blocks->at[i]);
    if (run < RUN_MIN + STRAY_LINES)
        return;
    for (size_t i = 0; i + STRAY_LINES < prose; i++)
        if (blocks->at[i].role == OCS_ROLE_UNDECIDED && short_line(&blocks->at[i]))
            ocs_block_give(&blocks->at[i], OCS_ROLE_MENU, "short lines at the head");
}

static void mark_stray_tail(ocs_blocks *blocks)
{
    size_t last = blocks->n;
    while (last > 0 &&
           !(ocs_block_prose(&blocks->at[last - 1]) && blocks->at[last - 1].words >= 12))
        last--;
    if (last == 0 || blocks->n - last < RUN_MIN)
        return;
    size_t listed = 0, framed = 0;
    for (size_t i = last; i < blocks->n; i++) {
        listed += blocks->at[i].words > STRAY_WORDS;
        framed += !undecided(&blocks->at[i]) && blocks->at[i].role != OCS_ROLE_EMPTY;
    }
    if (listed * 3 > blocks->n - last || framed == 0)
        return; /* a list of real entries, and no word of a frame among them */
    for (size_t i = last; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_UNDECIDED && short_line(&blocks->at[i]))
            ocs_block_give(&blocks->at[i], OCS_ROLE_CHROME, "short lines at the end");
}

/* The line between a picture and its credit. */
static void mark_captions(ocs_blocks *blocks)
{
    for (size_t i = 2; i < blocks->n; i++)
        if (undecided(&blocks->at[i - 1]) && blocks->at[i].role == OCS_ROLE_CREDIT &&
            blocks->at[i - 2].role == OCS_ROLE_CREDIT)
            ocs_block_give(&blocks->at[i - 1], OCS_ROLE_CREDIT, "caption");
}

/* Names and streets stand around a telephone number below the text. */
static void mark_contacts(ocs_blocks *blocks)
{
    for (size_t i = first_prose(blocks); i < blocks->n; i++) {
        ocs_block *b = blocks->at;
        if (b[i].role != OCS_ROLE_CONTACT)
            continue;
        for (size_t k = i; k-- > 0 && i - k <= AROUND_CONTACT && short_line(&b[k]);)
            if (undecided(&b[k]))
                ocs_block_give(&b[k], OCS_ROLE_CONTACT, "above a contact");
    }
}

static bool lone_number(const ocs_blocks *blocks, size_t i)
{
    ocs_str text = ocs_block_words(blocks, &blocks->at[i]);
    size_t n = 0;
    while (n < text.n && ocs_ascii_digit(text.p[n]))
        n++;
    return undecided(&blocks->at[i]) && n > 0 && n == text.n && n <= 3;
}

/* Numbers, a line each, beside words of the frame. */
static void mark_pager(ocs_blocks *blocks)
{
    for (size_t i = 0, end; i < blocks->n; i = end + 1) {
        end = i;
        while (end < blocks->n && lone_number(blocks, end))
            end++;
        bool beside = (i > 0 && blocks->at[i - 1].role == OCS_ROLE_CHROME) ||
                      (end < blocks->n && blocks->at[end].role == OCS_ROLE_CHROME);
        for (size_t k = i; k < end && beside && end - i >= 2; k++)
            ocs_block_give(&blocks->at[k], OCS_ROLE_CHROME, "pager");
    }
}

/* "RTD 25.05.2023 | Agency" */
static bool dated_source(const ocs_blocks *blocks, size_t i)
{
    ocs_str text = ocs_block_text(blocks, &blocks->at[i]);
    size_t digits = 0;
    for (size_t k = 0; k < text.n; k++)
        digits += ocs_ascii_digit(text.p[k]);
    return digits >= 6 && ocs_str_find_char(text, '|', 0) < text.n;
}

/* Two lines or more of one or two words at the top, and a longer one between them and the text:
 * sections of the site, for a title is the longer one. */
static void mark_short_head(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    size_t prose = first_prose(blocks), first = 0, end;
    while (first < blocks->n && !undecided(&blocks->at[first]))
        first++;
    for (end = first; end < prose; end++) {
        const ocs_block *b = &blocks->at[end];
        bool kind = ocs_gaz_find(gaz, OCS_GAZ_KIND, ocs_block_words(blocks, b)) != NULL;
        if (!undecided(b) || b->words > 2 || b->kind != OCS_BLOCK_LINE || b->colon || kind)
            break;
    }
    size_t title = end;
    while (title < prose && title < end + HEAD_LINES && blocks->at[title].words <= STRAY_WORDS)
        title++;
    if (end < first + 2 || prose >= blocks->n || title >= prose || blocks->at[title].sentence ||
        blocks->at[title].words <= STRAY_WORDS)
        return;
    for (size_t i = first; i < end; i++)
        ocs_block_give(&blocks->at[i], OCS_ROLE_MENU, "short lines above the title");
    if (end < title && dated_source(blocks, end))
        ocs_block_give(&blocks->at[end], OCS_ROLE_CHROME, "date and source above the title");
}

/* Reprints say under the title whose text it is: "from OSCE Mission to X". */
static void mark_issuer(ocs_blocks *blocks)
{
    for (size_t i = 0; i + 1 < blocks->n && i < HEAD_LINES; i++) {
        ocs_block *below = &blocks->at[i + 1];
        ocs_str text = ocs_block_words(blocks, below);
        if (blocks->at[i].role != OCS_ROLE_TITLE)
            continue;
        if (undecided(below) && below->words <= 12 && !below->sentence &&
            ocs_str_starts(text, OCS_STR("from ")))
            ocs_block_give(below, OCS_ROLE_CHROME, "whose text it is");
        return;
    }
}

/* Bytes of capitals, and of what joins the names of cities, at the start of ${text}. */
static size_t capitals_length(ocs_str text)
{
    size_t at = 0;
    while (at < text.n) {
        uint32_t p;
        size_t n = ocs_utf8_at(text, at, &p);
        if (!ocs_point_upper(p) && p != ' ' && p != '/' && p != '-')
            break;
        at += n;
    }
    return at;
}

/* "BERLIN, 10 September 2021 –": a city in capitals, then a year and a dash close behind it. */
static bool starts_dateline(ocs_str text)
{
    enum { CITY_MIN = 4, DATE_BYTES = 40 };
    size_t city = capitals_length(text);
    if (city < CITY_MIN || city >= text.n || text.p[city] != ',')
        return false;
    ocs_str date = ocs_str_sub(text, city, city + DATE_BYTES < text.n ? city + DATE_BYTES : text.n);
    size_t dash = ocs_str_find(date, OCS_STR("–"), 0);
    if (dash >= date.n)
        dash = ocs_str_find(date, OCS_STR(" - "), 0);
    unsigned digits = 0;
    for (size_t i = 0; i < dash && dash < date.n; i++)
        digits += ocs_ascii_digit(date.p[i]);
    return digits >= 5;
}

/* A caption or the name of a file that is glued to the dateline behind it: cut away. */
static void cut_glued_captions(ocs_blocks *blocks)
{
    enum { CAPTION_BYTES = 200 };
    size_t i = first_prose(blocks);
    if (i >= blocks->n || !undecided(&blocks->at[i]))
        return;
    ocs_str text = ocs_block_text(blocks, &blocks->at[i]);
    size_t end = text.n < CAPTION_BYTES ? text.n : CAPTION_BYTES;
    for (size_t at = 1; at < end; at++) {
        char before = text.p[at - 1];
        bool glued = ocs_ascii_digit(before) || (before >= 'a' && before <= 'z');
        if (glued && starts_dateline(ocs_str_sub(text, at, text.n))) {
            blocks->at[i].at.from += at;
            return;
        }
    }
}

static void rest_is_body(ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_UNDECIDED)
            ocs_block_give(&blocks->at[i], OCS_ROLE_BODY, "text");
}

void ocs_rules_dump(const ocs_rules *rules, ocs_blocks *blocks)
{
    const ocs_gaz *gaz = rules->gaz;
    mark_navigation(gaz, blocks);
    ocs_roles_frame(rules, blocks);
    mark_captions(blocks);
    mark_contacts(blocks);
    mark_pager(blocks);
    mark_short_head(gaz, blocks);
    ocs_roles_head(gaz, blocks);
    mark_issuer(blocks);
    cut_glued_captions(blocks);
    ocs_roles_list(gaz, blocks);
    if (!blocks->list)
        ocs_roles_labels(gaz, blocks);
    mark_stray_head(blocks);
    mark_stray_tail(blocks);
    ocs_roles_repeats(blocks);
    rest_is_body(blocks);
}
