/* Words are gathered thing by thing, as texts one behind the other, and then sorted. */
#include "index/other_names.h"

#include "index/names.h"

#include <stdlib.h>

enum { TEXTS_CAP = 64 * 1024 * 1024 };

typedef struct gatherer {
    ocs_names *names;
    ocs_arena *arena;
    ocs_buf texts;
    OCS_VEC(ocs_other_name) found;
} gatherer;

static bool gather_thing(gatherer *g, const ocs_gaz_thing *thing)
{
    ocs_name_words words = {0};
    const ocs_gaz *gaz = ocs_names_gaz(g->names);
    if (!ocs_names_others(g->names, thing, g->arena, &words))
        return false;
    for (size_t i = 0; i < words.n; i++) {
        ocs_other_name *new = ocs_vec_push(g->arena, &g->found);
        if (!new)
            return false;
        *new = (ocs_other_name){(uint32_t)g->texts.n, (uint32_t)(thing - gaz->things)};
        ocs_buf_put(&g->texts, words.at[i]);
        ocs_buf_putc(&g->texts, '\0');
    }
    return ocs_buf_status(&g->texts) == OCS_OK;
}

static bool gather(gatherer *g)
{
    const ocs_gaz *gaz = ocs_names_gaz(g->names);
    for (size_t i = 0; i < gaz->n_things; i++) {
        const ocs_gaz_thing *thing = &gaz->things[i];
        bool named = thing->table == OCS_GAZ_ORG || thing->table == OCS_GAZ_PLACE ||
                     thing->table == OCS_GAZ_CITY;
        if (named && !gather_thing(g, thing))
            return false;
    }
    return true;
}

/* ---- sorting ---- */

typedef struct sorted {
    ocs_str word;
    ocs_other_name name;
} sorted;

static int compare(const void *a, const void *b)
{
    const sorted *x = a, *y = b;
    int order = ocs_str_cmp(x->word, y->word);
    if (order != 0)
        return order;
    return (x->name.thing > y->name.thing) - (x->name.thing < y->name.thing);
}

static bool sort(gatherer *g, const char *texts)
{
    size_t n = g->found.n;
    sorted *all = ocs_arena_array(g->arena, n, sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < n; i++)
        all[i] = (sorted){ocs_str_of(texts + g->found.at[i].word), g->found.at[i]};
    if (n > 0)
        qsort(all, n, sizeof *all, compare);
    for (size_t i = 0; i < n; i++)
        g->found.at[i] = all[i].name;
    return true;
}

bool ocs_other_names_make(const ocs_gaz *gaz, ocs_arena *arena, ocs_other_names *out)
{
    gatherer g = {.names = ocs_names_new(gaz), .arena = arena};
    ocs_buf_init(&g.texts, TEXTS_CAP);
    bool made = g.names && gather(&g);
    ocs_str texts = made ? ocs_str_copy(arena, ocs_buf_str(&g.texts)) : (ocs_str){0};
    made = made && (texts.p || g.found.n == 0) && sort(&g, texts.p);
    *out = (ocs_other_names){texts.p, g.found.at, made ? g.found.n : 0};
    ocs_buf_clear(&g.texts);
    ocs_names_free(g.names);
    return made;
}

/* ---- asking ---- */

size_t ocs_other_names_from(const ocs_other_names *names, ocs_str word)
{
    size_t low = 0, high = names->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ocs_str_cmp(ocs_other_names_word(names, middle), word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
