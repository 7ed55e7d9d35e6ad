/* Three layers, each sorted by start and made disjoint: roles, above them what is named, above that
 * what matches.  A layer is laid over another by keeping of the lower one what the upper one leaves
 * free. */
#include "cli/paint.h"

typedef OCS_VEC(ocs_stretch) layer;

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

static void put(ocs_arena *arena, layer *out, size_t from, size_t to, ocs_style style)
{
    ocs_stretch *added = from < to ? ocs_vec_push(arena, out) : NULL;
    if (added)
        *added = (ocs_stretch){{from, to}, style};
}

/* What an earlier one covers is cut off. */
static layer named_layer(ocs_arena *arena, const ocs_named *named, size_t n)
{
    layer out = {0};
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        size_t start = named[i].at.from > from ? named[i].at.from : from;
        put(arena, &out, start, named[i].at.to, ocs_style_of(named[i].kind));
        from = named[i].at.to > from ? named[i].at.to : from;
    }
    return out;
}

static layer match_layer(ocs_arena *arena, const ocs_span *matches, size_t n)
{
    layer out = {0};
    for (size_t i = 0; i < n; i++)
        put(arena, &out, matches[i].from, matches[i].to, OCS_STYLE_MATCH);
    return out;
}

/* What ${lower} has between ${from} and ${to}; ${next} is its first stretch that may reach there. */
static void put_between(ocs_arena *arena, layer *out, const layer *lower, size_t *next, size_t from,
                        size_t to)
{
    for (; *next < lower->n && lower->at[*next].at.from < to; ++*next) {
        const ocs_stretch *s = &lower->at[*next];
        put(arena, out, s->at.from > from ? s->at.from : from, s->at.to < to ? s->at.to : to,
            s->style);
        if (s->at.to > to) /* goes on behind the gap */
            return;
    }
}

static layer laid_over(ocs_arena *arena, const layer *lower, const layer *upper)
{
    layer out = {0};
    size_t next = 0, from = 0;
    for (size_t i = 0; i < upper->n; i++) {
        const ocs_stretch *s = &upper->at[i];
        put_between(arena, &out, lower, &next, from, s->at.from);
        put(arena, &out, s->at.from, s->at.to, s->style);
        from = s->at.to;
    }
    put_between(arena, &out, lower, &next, from, SIZE_MAX);
    return out;
}

void ocs_paint_stretches(const ocs_paint *paint, ocs_highlight highlight, ocs_arena *arena,
                         ocs_stretch **out, size_t *n)
{
    layer all = {0};
    if (highlight == OCS_HIGHLIGHT_ENTITIES) {
        const layer roles = named_layer(arena, paint->roles, paint->n_roles);
        const layer mentions = named_layer(arena, paint->mentions, paint->n_mentions);
        all = laid_over(arena, &roles, &mentions);
    }
    if (highlight != OCS_HIGHLIGHT_NONE) {
        const layer matches = match_layer(arena, paint->matches, paint->n_matches);
        all = laid_over(arena, &all, &matches);
    }
    *out = all.at;
    *n = all.n;
}
