/* Counting what was cut.  Each page is counted by itself and then added to its site and to the whole
 * of all sites; an example is kept as a shortened copy, so that a site costs little memory. */
#include "cli/audit.h"

#include <stdlib.h>

enum {
    PROSE_WORDS = 20,
    PROSE_LINKED = 4,   /* one word of so many may be link text */
    MARKED_WORDS = 200, /* a page needs more for a mark */
    LITTLE = 10,        /* per cent of words kept */
    MOST = 95
};
static const size_t SITES_CAP = (size_t)1 << 30;

/* ---- counting ---- */

/* The row of this evidence, made if need be; NULL when the arena failed.  There are only as many as
 * the rules have reasons. */
static ocs_audit_evidence *row_of(ocs_audit_count *count, ocs_block_role role, const char *reason,
                                  ocs_arena *arena)
{
    for (size_t i = 0; i < count->evidence.n; i++) {
        ocs_audit_evidence *row = &count->evidence.at[i];
        if (row->role == role && strcmp(row->reason, reason) == 0)
            return row;
    }
    ocs_audit_evidence *row = ocs_vec_push(arena, &count->evidence);
    if (row)
        *row = (ocs_audit_evidence){.role = role, .reason = reason};
    return row;
}

static ocs_audit_cut cut_of(const ocs_blocks *blocks, const ocs_block *block, ocs_str path)
{
    bool exact = true;
    ocs_audit_cut cut = {.path = path};
    ocs_str text = ocs_block_text(blocks, block);
    uint32_t point;
    for (int i = 0; i < OCS_AUDIT_EXAMPLE && cut.n < text.n; i++)
        cut.n += ocs_utf8_at(text, cut.n, &point);
    if (cut.n > 0)
        memcpy(cut.text, text.p, cut.n);
    if (cut.n < text.n) {
        ocs_str more = OCS_STR("…");
        memcpy(cut.text + cut.n, more.p, more.n);
        cut.n += more.n;
    }
    if (text.n > 0)
        cut.raw = ocs_origin_raw(blocks->origin, block->at, &exact);
    cut.inexact = !exact;
    return cut;
}

static void count_cut(ocs_audit_page *page, const ocs_blocks *blocks, const ocs_block *block,
                      ocs_arena *arena)
{
    bool blank = block->role == OCS_ROLE_EMPTY;
    size_t bytes = block->at.to - block->at.from;
    uint64_t words = blank ? 0 : block->words;
    ocs_audit_evidence *row =
        row_of(&page->count, block->role, block->reason ? block->reason : "", arena);
    if (!row)
        return;
    page->count.cut_words += words;
    page->count.cut_bytes += bytes;
    row->blocks++;
    row->words += words;
    if (row->blocks > 1 && bytes <= row->longest)
        return;
    row->longest = bytes;
    row->example = cut_of(blocks, block, page->path);
}

/* Running text that nobody would cut without a good reason. */
static bool is_prose(const ocs_block *block)
{
    return block->role != OCS_ROLE_EMPTY && block->words >= PROSE_WORDS && block->sentence &&
           block->links * PROSE_LINKED <= block->words;
}

static void note_prose(ocs_audit_page *page, const ocs_blocks *blocks, const ocs_block *block)
{
    page->all_prose++;
    if (page->n_prose == OCS_AUDIT_PROSE)
        return;
    page->prose[page->n_prose++] = (ocs_audit_prose){.role = block->role,
                                                     .reason = block->reason ? block->reason : "",
                                                     .line = block->line,
                                                     .words = block->words,
                                                     .cut = cut_of(blocks, block, page->path)};
}

static void count_block(ocs_audit_page *page, const ocs_blocks *blocks, const ocs_block *block,
                        ocs_arena *arena)
{
    if (ocs_block_kept(blocks, block)) {
        page->count.kept_words += block->words;
        page->count.kept_bytes += block->at.to - block->at.from;
        return;
    }
    count_cut(page, blocks, block, arena);
    if (is_prose(block))
        note_prose(page, blocks, block);
}

static ocs_audit_mark mark_of(const ocs_audit_count *count)
{
    uint64_t words = count->kept_words + count->cut_words;
    if (words <= MARKED_WORDS)
        return OCS_AUDIT_UNMARKED;
    if (count->kept_words * 100 < words * LITTLE)
        return OCS_AUDIT_LITTLE;
    return count->kept_words * 100 > words * MOST ? OCS_AUDIT_MOST : OCS_AUDIT_UNMARKED;
}

static int by_words(const void *a, const void *b)
{
    const ocs_audit_evidence *x = a, *y = b;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    if (x->blocks != y->blocks)
        return x->blocks > y->blocks ? -1 : 1;
    return x->role != y->role ? (x->role > y->role) - (x->role < y->role)
                              : strcmp(x->reason, y->reason);
}

static void sort_evidence(ocs_audit_count *count)
{
    if (count->evidence.n > 1)
        qsort(count->evidence.at, count->evidence.n, sizeof *count->evidence.at, by_words);
}

/* ---- sites ---- */

/* "www.osce.org" of "https://www.osce.org:443/node/1", empty where there is no host. */
static ocs_str host_of(ocs_str url)
{
    size_t from = ocs_str_find(url, OCS_STR("://"), 0);
    if (from == url.n)
        return (ocs_str){0};
    from += 3;
    size_t to = from;
    while (to < url.n && !memchr("/?#:", url.p[to], 4))
        to++;
    return ocs_str_sub(url, from, to);
}

/* Without its slash: "." for a bare name. */
static ocs_str folder_of(ocs_str path)
{
    ocs_str folder = ocs_path_folder(path);
    if (folder.n == 0)
        return OCS_STR(".");
    return ocs_str_sub(folder, 0, folder.n > 1 ? folder.n - 1 : 1);
}

ocs_str ocs_audit_site_name(const ocs_document *document)
{
    ocs_str host = host_of(document->url);
    return host.n > 0 ? host : folder_of(document->path);
}

/* Pages of one site mostly follow each other. */
static ocs_audit_site *site_of(ocs_audit *audit, ocs_str name)
{
    if (audit->sites.n > 0 && ocs_str_eq_nocase(audit->sites.at[audit->last].name, name))
        return &audit->sites.at[audit->last];
    for (size_t i = 0; i < audit->sites.n; i++) {
        audit->last = i;
        if (ocs_str_eq_nocase(audit->sites.at[i].name, name))
            return &audit->sites.at[i];
    }
    if (audit->sites.n == OCS_AUDIT_SITES)
        return &audit->sites.at[audit->last]; /* that of all further ones */
    if (audit->sites.n == OCS_AUDIT_SITES - 1)
        name = OCS_STR("(further sites)");
    ocs_audit_site *site = ocs_vec_push(audit->arena, &audit->sites);
    if (!site)
        return NULL;
    site->name = ocs_str_copy(audit->arena, name);
    audit->last = audit->sites.n - 1;
    return site;
}

static void add_count(ocs_audit_count *sum, const ocs_audit_count *count, ocs_str path,
                      ocs_arena *arena)
{
    sum->kept_words += count->kept_words;
    sum->kept_bytes += count->kept_bytes;
    sum->cut_words += count->cut_words;
    sum->cut_bytes += count->cut_bytes;
    for (size_t i = 0; i < count->evidence.n; i++) {
        const ocs_audit_evidence *from = &count->evidence.at[i];
        ocs_audit_evidence *row = row_of(sum, from->role, from->reason, arena);
        if (!row)
            return;
        row->words += from->words;
        if (row->blocks == 0 || from->longest > row->longest) {
            row->longest = from->longest;
            row->example = from->example;
            row->example.path = path;
        }
        row->blocks += from->blocks;
    }
}

static void add_page(ocs_audit_site *site, const ocs_audit_page *page, ocs_str path,
                     ocs_arena *arena)
{
    site->pages++;
    site->marked += page->mark != OCS_AUDIT_UNMARKED || page->all_prose > 0;
    add_count(&site->count, &page->count, path, arena);
}

static ocs_status add_to_sites(ocs_audit *audit, const ocs_audit_page *page, ocs_error *err)
{
    ocs_str path = ocs_str_copy(audit->arena, page->path);
    ocs_audit_site *site = site_of(audit, page->site);
    if (site) {
        add_page(site, page, path, audit->arena);
        add_page(&audit->all, page, path, audit->arena);
    }
    ocs_status st = ocs_arena_status(audit->arena);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for the sites of the audit");
}

static int by_name(const void *a, const void *b)
{
    const ocs_audit_site *x = a, *y = b;
    return ocs_str_cmp(x->name, y->name);
}

/* ---- the audit ---- */

ocs_status ocs_audit_init(ocs_audit *audit, ocs_out *out, ocs_records *records, ocs_error *err)
{
    *audit = (ocs_audit){.out = out, .records = records, .arena = ocs_arena_new(SITES_CAP)};
    return audit->arena ? OCS_OK : ocs_fail(err, OCS_NOMEM, "no memory for the audit");
}

void ocs_audit_clear(ocs_audit *audit)
{
    ocs_arena_free(audit->arena);
    *audit = (ocs_audit){0};
}

ocs_status ocs_audit_take(ocs_audit *audit, const ocs_document *document, const ocs_blocks *blocks,
                          ocs_arena *arena, ocs_error *err)
{
    ocs_audit_page page = {.path = document->path,
                           .url = document->url,
                           .site = ocs_audit_site_name(document),
                           .changed = audit->changed};
    for (size_t i = 0; i < blocks->n; i++)
        count_block(&page, blocks, &blocks->at[i], arena);
    ocs_status st = ocs_arena_status(arena);
    if (st != OCS_OK)
        return ocs_fail(err, st, "the page needs more memory than allowed");
    page.mark = mark_of(&page.count);
    sort_evidence(&page.count);
    if (!audit->sites_only)
        ocs_audit_print_page(audit, &page);
    return add_to_sites(audit, &page, err);
}

void ocs_audit_finish(ocs_audit *audit)
{
    if (audit->sites.n > 1)
        qsort(audit->sites.at, audit->sites.n, sizeof *audit->sites.at, by_name);
    for (size_t i = 0; i < audit->sites.n; i++) {
        sort_evidence(&audit->sites.at[i].count);
        ocs_audit_print_site(audit, &audit->sites.at[i]);
    }
    sort_evidence(&audit->all.count);
    if (audit->sites.n > 1)
        ocs_audit_print_site(audit, &audit->all);
}

const char *ocs_audit_mark_name(ocs_audit_mark mark)
{
    return mark == OCS_AUDIT_LITTLE ? "little" : mark == OCS_AUDIT_MOST ? "most" : NULL;
}

const char *ocs_audit_mark_words(ocs_audit_mark mark)
{
    return mark == OCS_AUDIT_LITTLE ? "less than 10 % of its words were kept"
           : mark == OCS_AUDIT_MOST ? "more than 95 % of its words were kept"
                                    : NULL;
}
