/* A place is two to four characters whose bytes in some code page are one well-formed UTF-8
 * character.  Genuine text has such places too ("ÎŞI", "SÃ…", "Рік"), so each is weighed by itself
 * and by what touches it: a case break, a symbol inside a word, a C1 control or a further place
 * make it sure.  Those in doubt are mended only where the nearest other sign is a sure place of the
 * same code page and no genuine letter beyond ASCII is near.  Mending is repeated for text that was
 * encoded three times. */
#include "ingest/mend.h"

#include "ingest/writer.h"

enum { ROUNDS = 3, NEAR = 200, FAR = 2000 };

typedef enum family { FAMILY_CONTROL, FAMILY_LATIN, FAMILY_CYRILLIC, FAMILY_THAI } family;

typedef struct place {
    size_t at;
    uint32_t point;        /* what it is mended to */
    uint32_t lead, second; /* the first two characters as they stand */
    uint8_t n, points;     /* bytes, characters */
    uint8_t family;
    bool sure, marked; /* marked: holds what is no letter */
    bool genuine;      /* genuine letters stand between the place before and this one */
    size_t genuine_from, genuine_to; /* the first and the last of them */
} place;

typedef struct mender {
    ocs_arena *arena;
    ocs_str text;
    OCS_VEC(place) places;
    place next; /* gathers the genuine letters before the next place */
    size_t sure;
    bool failed;
} mender;

/* ---- code pages ---- */

/* Bytes 80 to 9F of windows-1252; the other bytes are the code points. */
static const uint16_t western[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                     0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

/* Bytes 80 to FF of windows-1250. */
static const uint16_t central[128] = {
    0x20AC, 0x81,   0x201A, 0x83,   0x201E, 0x2026, 0x2020, 0x2021, 0x88,   0x2030, 0x160,  0x2039,
    0x15A,  0x164,  0x17D,  0x179,  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x98,   0x2122, 0x161,  0x203A, 0x15B,  0x165,  0x17E,  0x17A,  0xA0,   0x2C7,  0x2D8,  0x141,
    0xA4,   0x104,  0xA6,   0xA7,   0xA8,   0xA9,   0x15E,  0xAB,   0xAC,   0xAD,   0xAE,   0x17B,
    0xB0,   0xB1,   0x2DB,  0x142,  0xB4,   0xB5,   0xB6,   0xB7,   0xB8,   0x105,  0x15F,  0xBB,
    0x13D,  0x2DD,  0x13E,  0x17C,  0x154,  0xC1,   0xC2,   0x102,  0xC4,   0x139,  0x106,  0xC7,
    0x10C,  0xC9,   0x118,  0xCB,   0x11A,  0xCD,   0xCE,   0x10E,  0x110,  0x143,  0x147,  0xD3,
    0xD4,   0x150,  0xD6,   0xD7,   0x158,  0x16E,  0xDA,   0x170,  0xDC,   0xDD,   0x162,  0xDF,
    0x155,  0xE1,   0xE2,   0x103,  0xE4,   0x13A,  0x107,  0xE7,   0x10D,  0xE9,   0x119,  0xEB,
    0x11B,  0xED,   0xEE,   0x10F,  0x111,  0x144,  0x148,  0xF3,   0xF4,   0x151,  0xF6,   0xF7,
    0x159,  0x16F,  0xFA,   0x171,  0xFC,   0xFD,   0x163,  0x2D9};

/* Bytes 80 to BF of windows-1251; the others are U+0410 and on. */
static const uint16_t cyrillic[64] = {
    0x402,  0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409,
    0x2039, 0x40A,  0x40C,  0x40B,  0x40F,  0x452,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x98,   0x2122, 0x459,  0x203A, 0x45A,  0x45C,  0x45B,  0x45F,  0xA0,
    0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404,  0xAB,
    0xAC,   0xAD,   0xAE,   0x407,  0xB0,   0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,
    0xB7,   0x451,  0x2116, 0x454,  0xBB,   0x458,  0x405,  0x455,  0x457};

/* The byte of ${point}, 0 when the table lacks it; the first entry is byte 80. */
static unsigned in_table(const uint16_t *table, size_t n, uint32_t point)
{
    for (size_t i = 0; i < n; i++)
        if (table[i] == point)
            return (unsigned)(0x80 + i);
    return 0;
}

static unsigned western_byte(uint32_t point)
{
    if (point < 0x100)
        return point >= 0x80 ? point : 0; /* ISO-8859-1 keeps C1 where windows-1252 does not */
    return in_table(western, 32, point);
}

static unsigned central_byte(uint32_t point)
{
    return in_table(central, 128, point);
}

/* A letter of U+0410 to U+044F; two of them side by side are what Cyrillic pages consist of, and no
 * place starts there. */
static bool russian(uint32_t point)
{
    return point >= 0x410 && point < 0x450;
}

static unsigned cyrillic_byte(uint32_t point)
{
    if (russian(point))
        return point - 0x410 + 0xC0;
    return in_table(cyrillic, 64, point);
}

static bool thai_letter(uint32_t point)
{
    return (point > 0xE00 && point < 0xE3B) || (point > 0xE3E && point < 0xE5C);
}

/* Converters disagree on which signs of windows-1252 this code page has; all are taken. */
static unsigned thai_byte(uint32_t point)
{
    if (thai_letter(point))
        return point - 0xE00 + 0xA0;
    return point <= 0xA0 || point > 0xFFF ? western_byte(point) : 0;
}

static const struct code_page {
    family family;
    unsigned (*byte_of)(uint32_t point);
} code_pages[] = {{FAMILY_LATIN, western_byte},
                  {FAMILY_LATIN, central_byte},
                  {FAMILY_CYRILLIC, cyrillic_byte},
                  {FAMILY_THAI, thai_byte}};

static family family_of(uint32_t point)
{
    if (point >= 0x400 && point < 0x500)
        return FAMILY_CYRILLIC;
    return point >= 0xE00 && point < 0xE80 ? FAMILY_THAI : FAMILY_LATIN;
}

/* ---- what may come out ---- */

typedef struct range {
    uint32_t from, to;
} range;

static bool within(const range *ranges, size_t n, uint32_t point)
{
    for (size_t i = 0; i < n; i++)
        if (point >= ranges[i].from && point <= ranges[i].to)
            return true;
    return false;
}

/* Characters of the area's pages, which may stand alone. */
static bool plain(uint32_t point)
{
    static const range ranges[] = {
        {0xA0, 0x17F},      {0x218, 0x21B},   {0x18F, 0x18F},   {0x259, 0x259},   {0x386, 0x3CE},
        {0x400, 0x45F},     {0x490, 0x493},   {0x10D0, 0x10FA}, {0x2010, 0x2044}, {0x20A0, 0x20BF},
        {0x2116, 0x2116},   {0x2122, 0x2122}, {0x2190, 0x22FF}, {0x25A0, 0x27BF}, {0xFB00, 0xFB06},
        {0x1F300, 0x1FAFF}, {0xFEFF, 0xFEFF}, {0xFFFD, 0xFFFD}, {0x200B, 0x200F}};
    return within(ranges, sizeof ranges / sizeof *ranges, point);
}

/* Letters of other scripts, which are not believed but in company. */
static bool possible(uint32_t point)
{
    static const range ranges[] = {{0x460, 0x556},   {0x559, 0x58A},   {0x5D0, 0x6FF},
                                   {0x10A0, 0x10FF}, {0x1E00, 0x1EFF}, {0xE01, 0xE5B},
                                   {0x3001, 0x30FF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},
                                   {0xFF01, 0xFF5E}, {0xFE0F, 0xFE0F}, {0x20E3, 0x20E3}};
    return within(ranges, sizeof ranges / sizeof *ranges, point);
}

static bool control(uint32_t point)
{
    return point >= 0x80 && point < 0xA0;
}

/* ---- one place ---- */

static size_t lead_length(unsigned byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return 0;
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

static bool read_place(ocs_str text, size_t at, unsigned (*byte_of)(uint32_t), place *found)
{
    char bytes[4] = {0};
    size_t to = at, length = 1;
    for (size_t i = 0; i < length; i++) {
        if (to >= text.n || (unsigned char)text.p[to] < 0x80)
            return false;
        uint32_t point;
        to += ocs_utf8_at(text, to, &point);
        unsigned byte = byte_of(point);
        if (i == 0)
            length = lead_length(byte);
        if (length == 0 || (i > 0 && (byte < 0x80 || byte > 0xBF)))
            return false;
        bytes[i] = (char)byte;
        found->lead = i == 0 ? point : found->lead;
        found->second = i == 1 ? point : found->second;
        found->marked = found->marked || (i > 0 && !ocs_point_letter(point));
    }
    found->at = at;
    found->n = (uint8_t)(to - at);
    found->points = (uint8_t)length;
    return ocs_utf8_at((ocs_str){bytes, length}, 0, &found->point) == length;
}

/* The characters around [from, to); a space at the edges of the text. */
static uint32_t point_before(ocs_str text, size_t from)
{
    uint32_t point = ' ';
    if (from > 0)
        ocs_utf8_before(text, from, &point);
    return point;
}

static uint32_t point_after(ocs_str text, size_t to)
{
    uint32_t point = ' ';
    if (to < text.n)
        ocs_utf8_at(text, to, &point);
    return point;
}

static bool lower(uint32_t point)
{
    return ocs_point_letter(point) && !ocs_point_upper(point);
}

/* What may follow the last letter of a word in genuine text. */
static bool closing(uint32_t point)
{
    static const range ranges[] = {{0xA0, 0xA0},     {0xA9, 0xAB},     {0xAD, 0xAE},
                                   {0xB0, 0xB0},     {0xB2, 0xB3},     {0xB7, 0xB7},
                                   {0xB9, 0xBB},     {0x2013, 0x2022}, {0x2026, 0x2026},
                                   {0x2039, 0x203A}, {0x2122, 0x2122}};
    return within(ranges, sizeof ranges / sizeof *ranges, point);
}

/* And of those, what may stand between two letters. */
static bool joining(uint32_t point)
{
    static const range ranges[] = {{0xA0, 0xA0},     {0xAD, 0xAD},     {0xB7, 0xB7},
                                   {0x2013, 0x2014}, {0x2019, 0x2019}, {0x2026, 0x2026}};
    return within(ranges, sizeof ranges / sizeof *ranges, point);
}

static bool opening(uint32_t point)
{
    return point == '"' || point == '\'' || point == '(' || point == 0xAB || point == 0x2039 ||
           (point >= 0x2018 && point <= 0x201F);
}

/* "Â" before a space or a sign is nearly always what is left of an NBSP, unless it ends a word in
 * capitals or is spoken of as a letter. */
static bool stray_circumflex(uint32_t before, uint32_t after)
{
    if (ocs_point_upper(before) || opening(before))
        return false;
    return !ocs_point_space(before) || ocs_point_letter(after) || ocs_point_digit(after);
}

static bool sure_latin(const place *p, uint32_t before, uint32_t after)
{
    if (p->points > 2)
        return true;
    if (p->lead == 0xC2 && closing(p->second) && stray_circumflex(before, after))
        return true;
    if (lower(before) && ocs_point_upper(p->lead))
        return true;
    if (p->second == 0x13E && p->lead == 0x139)
        return true; /* "Ĺľ" is "ž"; no Slovak word has it */
    if (ocs_point_letter(p->second) && p->second != 0xAA && p->second != 0xBA)
        return lower(after) && (ocs_point_upper(p->second) ||
                                (!ocs_point_upper(before) && in_table(western, 32, p->second)));
    if (closing(p->second))
        return lower(after) && !joining(p->second);
    return true;
}

/* A pair of Cyrillic letters is only told by standing in a Latin word. */
static bool sure_cyrillic(const place *p, uint32_t before, uint32_t after)
{
    if (p->points > 2 || ocs_point_script(before) == OCS_SCRIPT_LATIN)
        return true;
    return ocs_point_script(after) == OCS_SCRIPT_LATIN && !p->marked && p->point >= 0xC0;
}

static bool sure_thai(const place *p, uint32_t before, uint32_t after)
{
    if (p->points > 2)
        return true;
    return !thai_letter(before) && !thai_letter(after) && !closing(p->second) &&
           (ocs_point_script(before) == OCS_SCRIPT_LATIN ||
            ocs_point_script(after) == OCS_SCRIPT_LATIN);
}

static bool sure(ocs_str text, const place *p)
{
    if (p->family == FAMILY_CONTROL)
        return true;
    if (!plain(p->point))
        return false;
    if (control(p->second))
        return true;
    uint32_t before = point_before(text, p->at), after = point_after(text, p->at + p->n);
    if (p->family == FAMILY_LATIN)
        return sure_latin(p, before, after);
    return p->family == FAMILY_CYRILLIC ? sure_cyrillic(p, before, after)
                                        : sure_thai(p, before, after);
}

/* A C1 control that stands alone; NEL at the edge of a line is a line's end. */
static bool read_control(ocs_str text, size_t at, uint32_t point, place *found)
{
    if (!control(point) || western[point - 0x80] == point)
        return false;
    if (point == 0x85 && (point_before(text, at) == '\n' || point_after(text, at + 2) == '\n'))
        return false;
    found->at = at;
    found->n = 2;
    found->points = 1;
    found->point = western[point - 0x80];
    found->lead = point;
    found->family = FAMILY_CONTROL;
    return true;
}

static bool find_place(ocs_str text, size_t at, uint32_t point, place *found)
{
    if (control(point))
        return read_control(text, at, point, found);
    if (russian(point) && russian(point_after(text, at + 2)))
        return false;
    family kin = family_of(point);
    for (size_t i = 0; i < sizeof code_pages / sizeof *code_pages; i++) {
        place p = {.family = (uint8_t)kin};
        if (code_pages[i].family != kin || !read_place(text, at, code_pages[i].byte_of, &p))
            continue;
        if (control(p.point) && western[p.point - 0x80] != p.point)
            p.point = western[p.point - 0x80]; /* "Â’" */
        if (!plain(p.point) && !possible(p.point))
            continue;
        *found = p;
        return true;
    }
    return false;
}

/* ---- all places ---- */

/* A letter beyond ASCII that is part of no place; signs are found on both kinds of page. */
static void see_genuine(mender *m, size_t at, uint32_t point)
{
    if (point < 0xC0 || (point >= 0x2000 && point < 0x2C00) || point >= 0xFB00)
        return;
    if (!m->next.genuine)
        m->next.genuine_from = at;
    m->next.genuine = true;
    m->next.genuine_to = at;
}

static void add_place(mender *m, const place *found)
{
    place *added = ocs_vec_push(m->arena, &m->places);
    if (!added) {
        m->failed = true;
        return;
    }
    *added = *found;
    added->genuine = m->next.genuine;
    added->genuine_from = m->next.genuine_from;
    added->genuine_to = m->next.genuine_to;
    added->sure = sure(m->text, found);
    m->sure += added->sure;
    m->next.genuine = false;
}

/* The next byte that is not ASCII. */
static size_t skip_ascii(ocs_str text, size_t at)
{
    for (uint64_t eight; at + 8 <= text.n; at += 8) {
        memcpy(&eight, text.p + at, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < text.n && (unsigned char)text.p[at] < 0x80)
        at++;
    return at;
}

static void find_places(mender *m)
{
    ocs_str text = m->text;
    for (size_t at = skip_ascii(text, 0); at < text.n && !m->failed; at = skip_ascii(text, at)) {
        uint32_t point;
        size_t n = ocs_utf8_at(text, at, &point);
        bool alone = at + n >= text.n || (unsigned char)text.p[at + n] < 0x80;
        place found = {0};
        if ((!alone || control(point)) && find_place(text, at, point, &found)) {
            add_place(m, &found);
            at += found.n;
        } else {
            see_genuine(m, at, point);
            at += n;
        }
    }
}

/* ---- company ---- */

static bool adjacent(const place *a, const place *b)
{
    return a->at + a->n == b->at && a->family == b->family && a->family != FAMILY_CONTROL;
}

/* Letters of one script after one another may be a word; a sign or a capital inside tells. */
static bool run_tells(ocs_str text, const place *run, size_t n)
{
    if (run->family == FAMILY_LATIN)
        return true;
    for (size_t i = 0; i < n; i++) {
        if (run[i].marked)
            return true;
        if (i > 0 && run->family == FAMILY_CYRILLIC && ocs_point_upper(run[i].lead) &&
            lower(point_before(text, run[i].at)))
            return true;
    }
    return false;
}

static void weigh_runs(mender *m)
{
    place *p = m->places.at;
    for (size_t i = 0, end; i < m->places.n; i = end) {
        for (end = i + 1; end < m->places.n && adjacent(&p[end - 1], &p[end]);)
            end++;
        bool tells = end - i > 1 && run_tells(m->text, p + i, end - i);
        for (size_t j = i; j < end && tells; j++) {
            m->sure += !p[j].sure;
            p[j].sure = true;
        }
    }
}

/* The nearest thing on one side that says whether text there is genuine. */
typedef struct sign {
    bool some, genuine;
    family family;
    size_t at;
} sign;

static sign sign_of(const place *p)
{
    return (sign){.some = true, .family = (family)p->family, .at = p->at};
}

static bool speaks_against(const sign *s, const place *p)
{
    size_t away = s->at > p->at ? s->at - p->at : p->at - s->at;
    return s->some && s->genuine && away < NEAR;
}

static bool speaks_for(const sign *s, const place *p)
{
    size_t away = s->at > p->at ? s->at - p->at : p->at - s->at;
    return s->some && !s->genuine && s->family == p->family && away < FAR;
}

/* Doubtful places become sure by their neighbours.  ${left} has the sign before each place. */
static void settle(mender *m, sign *left)
{
    place *p = m->places.at;
    sign s = {0};
    for (size_t i = 0; i < m->places.n; i++) {
        if (p[i].genuine)
            s = (sign){.some = true, .genuine = true, .at = p[i].genuine_to};
        left[i] = s;
        if (p[i].sure && p[i].family != FAMILY_CONTROL)
            s = sign_of(&p[i]);
    }
    s = (sign){.some = m->next.genuine, .genuine = true, .at = m->next.genuine_from};
    for (size_t i = m->places.n; i-- > 0;) {
        bool was_sure = p[i].sure;
        if (!was_sure && !speaks_against(&left[i], &p[i]) && !speaks_against(&s, &p[i]) &&
            (speaks_for(&left[i], &p[i]) || speaks_for(&s, &p[i])))
            p[i].sure = true;
        if (was_sure && p[i].family != FAMILY_CONTROL)
            s = sign_of(&p[i]);
        if (p[i].genuine)
            s = (sign){.some = true, .genuine = true, .at = p[i].genuine_from};
    }
}

/* ---- the new text ---- */

typedef struct mended {
    ocs_origin_builder origin;
    char *text;
    size_t n, hint;
} mended;

static bool keep(mender *m, const ocs_decoded *from, mended *to, size_t start, size_t end)
{
    if (start >= end)
        return true;
    memcpy(to->text + to->n, m->text.p + start, end - start);
    bool fine = ocs_origin_slice(m->arena, from->origin, start, end, to->n, &to->origin, &to->hint);
    to->n += end - start;
    return fine;
}

static bool put(mender *m, const ocs_decoded *from, mended *to, const place *p)
{
    ocs_span raw = ocs_origin_raw(from->origin, (ocs_span){p->at, p->at + p->n}, NULL);
    size_t n = ocs_utf8_put(to->text + to->n, p->point);
    ocs_run run = {.text = (uint32_t)to->n,
                   .raw = (uint32_t)raw.from,
                   .length = (uint32_t)n,
                   .text_unit = (uint16_t)n,
                   .raw_unit = (uint16_t)(raw.to - raw.from)};
    to->n += n;
    return ocs_origin_add(m->arena, &to->origin, run);
}

/* A control takes two bytes and its sign three: the only thing that grows. */
static bool rewrite(mender *m, ocs_decoded *decoded)
{
    mended to = {.text = ocs_arena_alloc(m->arena, m->text.n + m->places.n + 4)};
    bool fine = to.text != NULL;
    size_t done = 0;
    for (size_t i = 0; i < m->places.n && fine; i++) {
        const place *p = &m->places.at[i];
        if (!p->sure)
            continue;
        fine = keep(m, decoded, &to, done, p->at) && put(m, decoded, &to, p);
        done = p->at + p->n;
        decoded->repairs++;
    }
    if (!fine || !keep(m, decoded, &to, done, m->text.n))
        return false;
    decoded->text = (ocs_str){to.text, to.n};
    decoded->origin = ocs_origin_of(&to.origin);
    return true;
}

/* One layer of encoding taken off; ${again}: something was mended. */
static bool mend_once(ocs_decoded *decoded, ocs_arena *arena, bool *again)
{
    mender m = {.arena = arena, .text = decoded->text};
    *again = false;
    find_places(&m);
    if (!m.failed)
        weigh_runs(&m);
    if (m.failed || m.sure == 0)
        return !m.failed;
    sign *left = ocs_arena_array(arena, m.places.n, sizeof *left);
    if (!left)
        return false;
    settle(&m, left);
    *again = true;
    return rewrite(&m, decoded);
}

ocs_status ocs_mend(ocs_decoded *decoded, ocs_arena *arena, ocs_error *err)
{
    bool again = true;
    for (int round = 0; round < ROUNDS && again; round++)
        if (!mend_once(decoded, arena, &again))
            return ocs_fail(err, ocs_arena_status(arena),
                            "mending text needs more memory than a page may have");
    return OCS_OK;
}
