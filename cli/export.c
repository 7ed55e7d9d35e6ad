/* What the writers share. */
#include "cli/export.h"

#include "index/index.h"

#include <stdlib.h>

ocs_status ocs_export_flush(ocs_export *x)
{
    ocs_status st = ocs_buf_status(&x->buf);
    if (st == OCS_OK)
        ocs_out_text(x->out, ocs_buf_str(&x->buf));
    ocs_buf_reset(&x->buf);
    ocs_out_deliver(x->out);
    return st;
}

static int compare(const void *a, const void *b)
{
    const ocs_mention *x = ((const ocs_export_entity *)a)->mention;
    const ocs_mention *y = ((const ocs_export_entity *)b)->mention;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    int keys = ocs_str_cmp(x->key, y->key);
    return keys != 0 ? keys : (x > y) - (x < y);
}

static bool same(const ocs_mention *a, const ocs_mention *b)
{
    return a->type == b->type && ocs_str_eq(a->key, b->key);
}

ocs_status ocs_export_entities(const ocs_document *document, unsigned types, ocs_arena *arena,
                               ocs_export_entity **out, size_t *n)
{
    size_t all = 0;
    ocs_export_entity *list = ocs_arena_array(arena, document->n_mentions, sizeof *list);
    *n = 0;
    if (!list)
        return ocs_arena_status(arena);
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        if ((types >> mention->type & 1U) != 0 && ocs_mention_is_indexed(mention))
            list[all++] = (ocs_export_entity){mention, 1};
    }
    if (all > 0)
        qsort(list, all, sizeof *list, compare);
    for (size_t i = 0; i < all; i++) {
        if (*n > 0 && same(list[*n - 1].mention, list[i].mention))
            list[*n - 1].mentions++;
        else
            list[(*n)++] = list[i];
    }
    *out = list;
    return OCS_OK;
}

void ocs_export_join(const ocs_export_entity *at, size_t n, ocs_mention_type type, bool keys,
                     ocs_buf *out)
{
    bool some = false;
    for (size_t i = 0; i < n; i++) {
        if (at[i].mention->type != type)
            continue;
        if (some)
            ocs_buf_puts(out, "; ");
        ocs_buf_put(out, keys ? at[i].mention->key : at[i].mention->name);
        some = true;
    }
}
