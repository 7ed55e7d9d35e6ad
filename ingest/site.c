/* The lines of a site are one array, sorted by key: a page's lines, sorted likewise, are merged into
 * it, a line is found by halving, and packing writes the distances between keys.  Nothing depends on
 * how keys spread, so that no page can make it slow. */
#include "ingest/site.h"

#include "ingest/site_lines.h"

#include <stdlib.h>

enum {
    SITES_MAX = 65536,
    LINES_MAX = 32768, /* of one site: more, and all counts are halved */
    FRAME_PAGES = 3,
    PACK_VERSION = 1
};

static const size_t ALL_LINES_MAX = (size_t)8 << 20; /* of all sites: 64 MiB */

struct ocs_site {
    char *name;
    size_t name_length;
    uint32_t
        older; /* pages of the time before the counts were halved; their hashes are forgotten */
    uint32_t n_pages;
    uint64_t pages[OCS_SITE_PAGES]; /* in the order of counting */
    ocs_site_line *lines;
    size_t n;
};

struct ocs_sites {
    ocs_site **at; /* by name */
    size_t n, room;
    size_t lines; /* of all */
};

ocs_sites *ocs_sites_new(void)
{
    return calloc(1, sizeof(ocs_sites));
}

static void free_site(ocs_site *site)
{
    if (!site)
        return;
    free(site->name);
    free(site->lines);
    free(site);
}

void ocs_sites_free(ocs_sites *sites)
{
    for (size_t i = 0; sites && i < sites->n; i++)
        free_site(sites->at[i]);
    if (sites)
        free(sites->at);
    free(sites);
}

/* ---- sites by name ---- */

static ocs_str name_of(const ocs_site *site)
{
    return (ocs_str){site->name, site->name_length};
}

/* Where the site of that name is, or would be. */
static size_t place_of(const ocs_sites *sites, ocs_str name)
{
    size_t low = 0, high = sites->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ocs_str_cmp(name_of(sites->at[middle]), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static ocs_site *find(const ocs_sites *sites, ocs_str name)
{
    size_t i = place_of(sites, name);
    return i < sites->n && ocs_str_eq(name_of(sites->at[i]), name) ? sites->at[i] : NULL;
}

const ocs_site *ocs_sites_find(const ocs_sites *sites, ocs_str name)
{
    return find(sites, name);
}

void ocs_sites_each(const ocs_sites *sites,
                    void (*each)(void *payload, ocs_str name, const ocs_site *site), void *payload)
{
    for (size_t i = 0; i < sites->n; i++)
        each(payload, name_of(sites->at[i]), sites->at[i]);
}

static bool make_room(ocs_sites *sites)
{
    if (sites->n < sites->room)
        return true;
    size_t room = sites->room ? sites->room * 2 : 16;
    ocs_site **grown = realloc(sites->at, room * sizeof *grown);
    if (!grown)
        return false;
    sites->at = grown;
    sites->room = room;
    return true;
}

static ocs_site *new_site(ocs_str name)
{
    ocs_site *site = calloc(1, sizeof *site);
    if (!site || !(site->name = malloc(name.n + 1))) {
        free_site(site);
        return NULL;
    }
    if (name.n > 0)
        memcpy(site->name, name.p, name.n);
    site->name[name.n] = '\0';
    site->name_length = name.n;
    return site;
}

/* The site of that name, new if need be; NULL when memory ran out. */
static ocs_site *find_or_add(ocs_sites *sites, ocs_str name)
{
    ocs_site *site = find(sites, name);
    if (site || !make_room(sites) || !(site = new_site(name)))
        return site;
    size_t i = place_of(sites, name);
    memmove(sites->at + i + 1, sites->at + i, (sites->n - i) * sizeof *sites->at);
    sites->at[i] = site;
    sites->n++;
    return site;
}

/* ---- what is known of a site ---- */

uint32_t ocs_site_pages(const ocs_site *site)
{
    return site->older + site->n_pages;
}

bool ocs_site_counts(const ocs_site *site, uint64_t page)
{
    for (uint32_t i = 0; i < site->n_pages; i++)
        if (site->pages[i] == page)
            return true;
    return false;
}

static uint32_t count_of(const ocs_site *site, uint32_t key)
{
    size_t low = 0, high = site->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (site->lines[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < site->n && site->lines[low].key == key ? site->lines[low].count : 0;
}

uint32_t ocs_site_seen(const ocs_site *site, ocs_str line)
{
    return count_of(site, ocs_site_line_key(line));
}

uint32_t ocs_site_seen_in_title(const ocs_site *site, ocs_str part)
{
    return count_of(site, ocs_site_title_key(part));
}

void ocs_site_mark(const ocs_site *site, uint64_t page, ocs_blocks *blocks)
{
    uint32_t own = ocs_site_counts(site, page);
    blocks->site = site;
    blocks->site_pages = ocs_site_pages(site) - own;
    for (size_t i = 0; i < blocks->n; i++) {
        uint32_t seen = ocs_site_seen(site, ocs_block_words(blocks, &blocks->at[i]));
        blocks->at[i].seen = (uint16_t)(seen > own ? seen - own : 0);
    }
}

/* ---- counting ---- */

/* On most pages, where there are enough to tell. */
static bool surely_frame(const ocs_site *site, uint32_t count)
{
    uint32_t pages = ocs_site_pages(site);
    return count >= FRAME_PAGES && count * 2 > pages;
}

/* Words of the page's long lines, and the most of them in a row, without lines of the other sort
 * between. */
typedef struct tally {
    uint64_t words, row, longest;
} tally;

static void add_words(tally *t, tally *other, uint32_t words)
{
    t->words += words;
    t->row += words;
    if (t->row > t->longest)
        t->longest = t->row;
    if (words > 0)
        other->row = 0;
}

/* By the words of long lines that are known; what is surely frame is left out.  What one of the
 * first pages of a site shares with those before may be either: it is a copy where the longest
 * piece of text is among that, and not among what it has alone.  A page without long lines is a
 * copy when all its lines are known. */
static bool is_copy(const ocs_site *site, const ocs_site_line *lines, size_t n)
{
    tally known = {0}, fresh = {0};
    bool news = false;
    for (size_t i = 0; i < n; i++) {
        uint32_t count = count_of(site, lines[i].key);
        news = news || count == 0;
        if (surely_frame(site, count))
            continue;
        if (count > 0)
            add_words(&known, &fresh, lines[i].count);
        else
            add_words(&fresh, &known, lines[i].count);
    }
    if (!news || known.words + fresh.words == 0)
        return !news;
    if (ocs_site_pages(site) < FRAME_PAGES && fresh.longest > known.longest)
        return false;
    return known.words * 100 >= (known.words + fresh.words) * OCS_SITE_COPY_PER_CENT;
}

/* Both are sorted by key; ${out} has room for all.  Returns how many there are. */
static size_t merge(const ocs_site *site, const ocs_site_line *lines, size_t n, ocs_site_line *out)
{
    size_t i = 0, k = 0, made = 0;
    while (i < site->n || k < n) {
        if (k == n || (i < site->n && site->lines[i].key < lines[k].key)) {
            out[made++] = site->lines[i++];
        } else if (i == site->n || lines[k].key < site->lines[i].key) {
            out[made++] = (ocs_site_line){lines[k++].key, 1};
        } else {
            out[made++] = (ocs_site_line){lines[k++].key, site->lines[i++].count + 1};
        }
    }
    return made;
}

/* A line on one page is forgotten.  So are the hashes of the pages: half a page, rounded down, is
 * never more than what the other pages make of the count. */
static void halve(ocs_site *site)
{
    size_t kept = 0;
    for (size_t i = 0; i < site->n; i++) {
        ocs_site_line line = site->lines[i];
        line.count /= 2;
        if (line.count > 0)
            site->lines[kept++] = line;
    }
    site->n = kept;
    site->older = ocs_site_pages(site) / 2;
    site->n_pages = 0;
}

static ocs_status add_lines(ocs_site *site, const ocs_site_line *lines, size_t n, ocs_error *err)
{
    ocs_site_line *merged = calloc(site->n + n + 1, sizeof *merged);
    if (!merged)
        return ocs_fail(err, OCS_NOMEM, "no memory for the lines of a site");
    size_t made = merge(site, lines, n, merged);
    free(site->lines);
    site->lines = merged;
    site->n = made;
    return OCS_OK;
}

static ocs_status count_page(ocs_sites *sites, ocs_site *site, uint64_t page,
                             const ocs_site_line *lines, size_t n, ocs_error *err)
{
    size_t before = site->n;
    ocs_status st = add_lines(site, lines, n, err);
    if (st != OCS_OK)
        return st;
    site->pages[site->n_pages++] = page;
    if (ocs_site_pages(site) == OCS_SITE_PAGES || site->n > LINES_MAX)
        halve(site);
    sites->lines += site->n;
    sites->lines -= before;
    return OCS_OK;
}

static ocs_status take_lines(ocs_sites *sites, ocs_str name, uint64_t page, ocs_site_line *lines,
                             size_t n, ocs_error *err)
{
    ocs_site *site = find(sites, name);
    if (n == 0 || sites->lines + n > ALL_LINES_MAX || (!site && sites->n == SITES_MAX))
        return OCS_OK;
    if (site && (ocs_site_counts(site, page) || is_copy(site, lines, n)))
        return OCS_OK;
    if (!(site = find_or_add(sites, name)))
        return ocs_fail(err, OCS_NOMEM, "no memory for another site");
    return count_page(sites, site, page, lines, ocs_site_lines_sort(lines, n), err);
}

/* Room for those of one page. */
static ocs_site_line *new_lines(ocs_error *err)
{
    ocs_site_line *lines = calloc(OCS_SITE_PAGE_LINES, sizeof *lines);
    if (!lines)
        (void)ocs_fail(err, OCS_NOMEM, "no memory for the lines of a page");
    return lines;
}

ocs_status ocs_sites_take(ocs_sites *sites, ocs_str name, uint64_t page, const ocs_blocks *blocks,
                          ocs_error *err)
{
    ocs_site_line *lines = new_lines(err);
    if (!lines)
        return OCS_NOMEM;
    size_t n = ocs_site_lines_of(blocks, lines);
    ocs_status st = take_lines(sites, name, page, lines, n, err);
    free(lines);
    return st;
}

/* ---- a page between two processes ---- */

static bool take_number(ocs_str *rest, uint64_t most, uint64_t *value)
{
    return ocs_take_varint(rest, value) && *value <= most;
}

static void pack_page(ocs_str name, uint64_t page, const ocs_site_line *lines, size_t n,
                      ocs_buf *out)
{
    ocs_buf_put_string(out, name);
    ocs_buf_put_varint(out, page);
    ocs_buf_put_varint(out, n);
    for (size_t i = 0; i < n; i++) {
        ocs_buf_put_varint(out, lines[i].key);
        ocs_buf_put_varint(out, lines[i].count);
    }
}

ocs_status ocs_site_page_pack(ocs_str name, uint64_t page, const ocs_blocks *blocks, ocs_buf *out,
                              ocs_error *err)
{
    ocs_site_line *lines = new_lines(err);
    if (!lines)
        return OCS_NOMEM;
    pack_page(name, page, lines, ocs_site_lines_of(blocks, lines), out);
    free(lines);
    ocs_status st = ocs_buf_status(out);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for the lines of a page");
}

static bool unpack_page_lines(ocs_str *rest, ocs_site_line *lines, size_t n)
{
    uint64_t key, words;
    for (size_t i = 0; i < n; i++) {
        if (!take_number(rest, UINT32_MAX, &key) || !take_number(rest, UINT32_MAX, &words))
            return false;
        lines[i] = (ocs_site_line){(uint32_t)key, (uint32_t)words};
    }
    return rest->n == 0;
}

static ocs_status take_packed(ocs_sites *sites, ocs_str packed, ocs_site_line *lines,
                              ocs_error *err)
{
    ocs_str name;
    uint64_t page, n;
    if (!ocs_take_string(&packed, &name) || !ocs_take_varint(&packed, &page) ||
        !take_number(&packed, OCS_SITE_PAGE_LINES, &n) ||
        !unpack_page_lines(&packed, lines, (size_t)n))
        return ocs_fail(err, OCS_CORRUPT, "the lines of a page of a sample are damaged");
    return take_lines(sites, name, page, lines, (size_t)n, err);
}

ocs_status ocs_sites_take_packed(ocs_sites *sites, ocs_str packed, ocs_error *err)
{
    ocs_site_line *lines = new_lines(err);
    if (!lines)
        return OCS_NOMEM;
    ocs_status st = take_packed(sites, packed, lines, err);
    free(lines);
    return st;
}

/* ---- packing ---- */

void ocs_site_pack(const ocs_site *site, ocs_buf *out)
{
    uint32_t before = 0;
    ocs_buf_put_varint(out, PACK_VERSION);
    ocs_buf_put_varint(out, site->older);
    ocs_buf_put_varint(out, site->n_pages);
    for (uint32_t i = 0; i < site->n_pages; i++)
        ocs_buf_put_varint(out, site->pages[i]);
    ocs_buf_put_varint(out, site->n);
    for (size_t i = 0; i < site->n; i++) {
        ocs_buf_put_varint(out, site->lines[i].key - before);
        ocs_buf_put_varint(out, site->lines[i].count);
        before = site->lines[i].key;
    }
}

static bool unpack_pages(ocs_site *site, ocs_str *rest)
{
    uint64_t version, older, n;
    if (!take_number(rest, PACK_VERSION, &version) || version != PACK_VERSION ||
        !take_number(rest, OCS_SITE_PAGES - 1, &older) ||
        !take_number(rest, OCS_SITE_PAGES - 1 - older, &n))
        return false;
    site->older = (uint32_t)older;
    for (uint64_t i = 0; i < n; i++)
        if (!ocs_take_varint(rest, &site->pages[site->n_pages++]))
            return false;
    return true;
}

/* Two bytes and more a line, which bounds the memory by what was packed. */
static bool unpack_lines(ocs_site *site, ocs_str *rest)
{
    uint64_t n, step, count, key = 0;
    if (!take_number(rest, LINES_MAX, &n) || n > rest->n / 2)
        return false;
    site->lines = calloc(n + 1, sizeof *site->lines);
    for (; site->lines && site->n < n; site->n++) {
        if (!take_number(rest, UINT32_MAX - key, &step) || step == 0 ||
            !take_number(rest, ocs_site_pages(site), &count) || count == 0)
            return false;
        key += step;
        site->lines[site->n] = (ocs_site_line){(uint32_t)key, (uint32_t)count};
    }
    return rest->n == 0;
}

static ocs_status unpack(ocs_site *site, ocs_str packed, ocs_error *err)
{
    bool good = unpack_pages(site, &packed) && unpack_lines(site, &packed);
    if (good && !site->lines)
        return ocs_fail(err, OCS_NOMEM, "no memory for the lines of a site");
    return good ? OCS_OK
                : ocs_fail(err, OCS_CORRUPT, "what is known of the site %s is damaged", site->name);
}

/* Put ${site} in place of ${old}, which is of the same name. */
static void replace(ocs_sites *sites, ocs_site *old, ocs_site *site)
{
    ocs_site was = *old;
    sites->lines += site->n;
    sites->lines -= old->n;
    *old = *site;
    *site = was;
    free_site(site);
}

ocs_status ocs_sites_unpack(ocs_sites *sites, ocs_str name, ocs_str packed, ocs_error *err)
{
    ocs_site *site = new_site(name);
    if (!site)
        return ocs_fail(err, OCS_NOMEM, "no memory for another site");
    ocs_status st = unpack(site, packed, err);
    bool room = sites->lines + site->n <= ALL_LINES_MAX && sites->n < SITES_MAX;
    ocs_site *old = st == OCS_OK && room ? find_or_add(sites, name) : NULL;
    if (old) {
        replace(sites, old, site);
        return OCS_OK;
    }
    free_site(site);
    return st == OCS_OK && room ? ocs_fail(err, OCS_NOMEM, "no memory for another site") : st;
}
