/* Both lists are walked together; of what is named, what a match or an earlier mention covers is left
 * out. */
#include "cli/paint.h"

typedef OCS_VEC(ocs_stretch) stretch_list;

const char *const ocs_highlight_names[] = {"entities", "match", "none", NULL};

ocs_style ocs_style_of(ocs_mark_kind kind)
{
    static const ocs_style styles[OCS_MARK_KIND_COUNT] = {
        [OCS_MARKED_WORD] = OCS_STYLE_MATCH,      [OCS_MARKED_PHRASE] = OCS_STYLE_MATCH,
        [OCS_MARKED_PERSON] = OCS_STYLE_PERSON,   [OCS_MARKED_PLACE] = OCS_STYLE_PLACE,
        [OCS_MARKED_COUNTRY] = OCS_STYLE_COUNTRY, [OCS_MARKED_ORG] = OCS_STYLE_ORG,
        [OCS_MARKED_DATE] = OCS_STYLE_DATE,       [OCS_MARKED_ROLE] = OCS_STYLE_ROLE};
    return styles[kind];
}

static void put(ocs_arena *arena, stretch_list *list, size_t from, size_t to, ocs_style style)
{
    ocs_stretch *added = from < to ? ocs_vec_push(arena, list) : NULL;
    if (added)
        *added = (ocs_stretch){{from, to}, style};
}

/* The stretches up to byte ${to}, of which those before ${*from} have been made. */
static void put_named(ocs_arena *arena, stretch_list *list, const ocs_paint *paint, size_t *next,
                      size_t *from, size_t to)
{
    for (; *next < paint->n_mentions; ++*next) {
        const ocs_named *named = &paint->mentions[*next];
        if (named->at.from >= to)
            return;
        size_t start = named->at.from > *from ? named->at.from : *from;
        size_t end = named->at.to < to ? named->at.to : to;
        put(arena, list, start, end, ocs_style_of(named->kind));
        *from = end > *from ? end : *from;
        if (named->at.to > to) /* goes on behind the match */
            return;
    }
}

void ocs_paint_stretches(const ocs_paint *paint, ocs_highlight highlight, ocs_arena *arena,
                         ocs_stretch **out, size_t *n)
{
    stretch_list list = {0};
    ocs_paint wanted = *paint;
    size_t next = 0, from = 0;
    if (highlight == OCS_HIGHLIGHT_NONE)
        wanted.n_matches = 0;
    if (highlight != OCS_HIGHLIGHT_ENTITIES)
        wanted.n_mentions = 0;
    for (size_t i = 0; i < wanted.n_matches; i++) {
        ocs_span match = wanted.matches[i];
        put_named(arena, &list, &wanted, &next, &from, match.from);
        put(arena, &list, match.from, match.to, OCS_STYLE_MATCH);
        from = match.to;
    }
    put_named(arena, &list, &wanted, &next, &from, SIZE_MAX);
    *out = list.at;
    *n = list.n;
}
