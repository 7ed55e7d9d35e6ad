/* One walk over what the index knows of its pages.  For the choice of a site the page's document is
 * looked up, since only that tells its address: reading the page again would cost far more. */
#include "cli/audit_index.h"

#include "cli/audit.h"

#include <inttypes.h>
#include <stdlib.h>

static const size_t DOCUMENT_CAP = (size_t)256 << 20;

typedef struct gathering {
    ocs_index *index;
    const ocs_audit_choice *choice;
    ocs_arena *arena;
    ocs_arena *scratch; /* of the document at hand */
    ocs_audit_index *list;
    ocs_status status; /* of the first look-up that failed */
    ocs_error *err;
} gathering;

/* ---- which site ---- */

/* The document made of the page; a page that failed may have none, and then its path has to do. */
static ocs_status document_of(gathering *g, ocs_str path, ocs_document *document)
{
    char id[17];
    xap_docid number;
    *document = (ocs_document){.path = path};
    ocs_document_id(path, id);
    ocs_status st = ocs_index_find(g->index, ocs_str_of(id), &number, g->err);
    if (st == OCS_NOTFOUND)
        return OCS_OK;
    return st == OCS_OK ? ocs_index_document(g->index, number, g->scratch, document, g->err) : st;
}

static bool is_of_site(gathering *g, ocs_str path)
{
    ocs_document document;
    if (g->choice->site.n == 0)
        return true;
    g->status = document_of(g, path, &document);
    bool is =
        g->status == OCS_OK && ocs_str_eq_nocase(ocs_audit_site_name(&document), g->choice->site);
    ocs_arena_clear(g->scratch);
    return is;
}

/* ---- gathering ---- */

static const char *copy_path(ocs_arena *arena, ocs_str path)
{
    char *copy = ocs_arena_alloc(arena, path.n + 1);
    if (!copy)
        return NULL;
    memcpy(copy, path.p, path.n);
    copy[path.n] = '\0';
    return copy;
}

static void take_known(void *payload, const ocs_index_page *page)
{
    gathering *g = payload;
    if (g->status != OCS_OK)
        return;
    g->list->known++;
    if (!is_of_site(g, page->path))
        return;
    ocs_audit_known *known = ocs_vec_push(g->arena, &g->list->pages);
    if (!known)
        return;
    *known = (ocs_audit_known){.path = copy_path(g->arena, page->path),
                               .hash = page->hash,
                               .keep_blocks = page->rules ==
                                              ocs_update_rules(true, NULL, ocs_index_aliases(g->index)),
                               .state = page->failed ? OCS_AUDIT_FAILED : OCS_AUDIT_SAME,
                               .message = ocs_str_copy(g->arena, page->message)};
    g->list->stale += !page->failed && !known->keep_blocks &&
                      page->rules != ocs_update_rules(false, NULL, ocs_index_aliases(g->index));
}

static ocs_status gather(gathering *g)
{
    ocs_status st = ocs_index_each_page(g->index, take_known, g, g->err);
    if (st == OCS_OK)
        st = g->status;
    if (st == OCS_OK && ocs_arena_status(g->arena) != OCS_OK)
        st = ocs_fail(g->err, OCS_NOMEM, "no memory for the pages of the index");
    return st;
}

/* ---- the sample ---- */

static uint64_t path_hash(const ocs_audit_known *known)
{
    return ocs_hash(ocs_str_of(known->path));
}

/* Failed pages last, the others by the hash of their path. */
static int by_hash(const void *a, const void *b)
{
    const ocs_audit_known *x = a, *y = b;
    if ((x->state == OCS_AUDIT_FAILED) != (y->state == OCS_AUDIT_FAILED))
        return x->state == OCS_AUDIT_FAILED ? 1 : -1;
    uint64_t left = path_hash(x), right = path_hash(y);
    return (left > right) - (left < right);
}

static int by_path(const void *a, const void *b)
{
    const ocs_audit_known *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static void drop_beyond(ocs_audit_index *list, size_t sample)
{
    size_t live = 0;
    ocs_audit_known *at = list->pages.at;
    while (live < list->pages.n && at[live].state != OCS_AUDIT_FAILED)
        live++;
    if (live <= sample)
        return;
    memmove(at + sample, at + live, (list->pages.n - live) * sizeof *at);
    list->pages.n -= live - sample;
}

static void order(ocs_audit_index *list, size_t sample)
{
    if (list->pages.n == 0)
        return;
    if (sample > 0) {
        qsort(list->pages.at, list->pages.n, sizeof *list->pages.at, by_hash);
        drop_beyond(list, sample);
    }
    qsort(list->pages.at, list->pages.n, sizeof *list->pages.at, by_path);
}

ocs_status ocs_audit_index_read(ocs_index *index, const ocs_audit_choice *choice, ocs_arena *arena,
                                ocs_audit_index *list, ocs_error *err)
{
    gathering g = {index, choice, arena, ocs_arena_new(DOCUMENT_CAP), list, OCS_OK, err};
    *list = (ocs_audit_index){0};
    if (!g.scratch)
        return ocs_fail(err, OCS_NOMEM, "no memory for the pages of the index");
    ocs_status st = gather(&g);
    if (st == OCS_MODIFIED && (st = ocs_index_reopen(index, err)) == OCS_OK) {
        *list = (ocs_audit_index){0};
        g.status = OCS_OK;
        st = gather(&g); /* once more, on the newest revision */
    }
    ocs_arena_free(g.scratch);
    if (st == OCS_OK)
        order(list, choice->sample);
    return st;
}

/* ---- what became of them ---- */

void ocs_audit_index_count(ocs_audit_index *list)
{
    memset(list->n, 0, sizeof list->n);
    for (size_t i = 0; i < list->pages.n; i++)
        list->n[list->pages.at[i].state]++;
}

static uint64_t audited(const ocs_audit_index *list)
{
    return list->n[OCS_AUDIT_SAME] + list->n[OCS_AUDIT_CHANGED];
}

static void put_lost(const ocs_audit_known *known, ocs_out *out)
{
    bool failed = known->state == OCS_AUDIT_FAILED;
    if (!failed && known->state != OCS_AUDIT_VANISHED)
        return;
    ocs_out_puts(out, failed ? "! failed: " : "! vanished: ");
    ocs_out_line(out, ocs_str_of(known->path));
    if (failed) {
        ocs_out_puts(out, ": ");
        ocs_out_line(out, known->message);
    }
    ocs_out_puts(out, "\n");
}

void ocs_audit_index_put(const ocs_audit_index *list, ocs_out *out)
{
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_puts(out, "index");
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_putf(out,
                 ": %" PRIu64 " pages, %" PRIu64 " audited, %" PRIu64 " of them changed, %" PRIu64
                 " vanished, %" PRIu64 " failed\n",
                 list->known, audited(list), list->n[OCS_AUDIT_CHANGED],
                 list->n[OCS_AUDIT_VANISHED], list->n[OCS_AUDIT_FAILED]);
    for (size_t i = 0; i < list->pages.n; i++)
        put_lost(&list->pages.at[i], out);
    ocs_out_puts(out, "\n");
}

void ocs_audit_index_record(const ocs_audit_index *list, ocs_records *records)
{
    ocs_json *json = ocs_records_begin(records, "audit-index");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_int(json, "pages", (long long)list->known);
    ocs_json_key_int(json, "audited", (long long)audited(list));
    ocs_json_key_int(json, "changed", (long long)list->n[OCS_AUDIT_CHANGED]);
    ocs_json_key_int(json, "vanished", (long long)list->n[OCS_AUDIT_VANISHED]);
    ocs_json_key_int(json, "failed", (long long)list->n[OCS_AUDIT_FAILED]);
    ocs_json_key_int(json, "stale", (long long)list->stale);
    ocs_records_end(records);
}
