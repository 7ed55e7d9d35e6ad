/* Matches and mentions as spans of an excerpt.  Both lists are sorted by start, so that what stands
 * within it follows each other. */
#include "query/snippet.h"

typedef OCS_VEC(ocs_marked) marked_list;

static bool within(ocs_span outer, ocs_span inner)
{
    return inner.from >= outer.from && inner.to <= outer.to;
}

static ocs_span shifted(ocs_span at, size_t by)
{
    return (ocs_span){at.from - by, at.to - by};
}

static bool same(const ocs_marked *a, const ocs_marked *b)
{
    return a->at.from == b->at.from && a->at.to == b->at.to && a->kind == b->kind;
}

/* One word may match by its spelling and by its stem, one name by its key and by its words: such
 * matches have one start, so that doubles are among the last ones. */
static bool put_marked(ocs_arena *arena, marked_list *list, ocs_marked marked)
{
    for (size_t i = list->n; i-- > 0 && list->at[i].at.from == marked.at.from;)
        if (same(&list->at[i], &marked))
            return true;
    ocs_marked *added = ocs_vec_push(arena, list);
    if (added)
        *added = marked;
    return added != NULL;
}

/* The first match that does not start before ${from}. */
static size_t first_match(const ocs_matches *matches, size_t from)
{
    size_t low = 0, high = matches->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matches->at[middle].at.from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool ocs_matches_marked(const ocs_matches *matches, const ocs_str *marks, ocs_span at,
                        ocs_arena *arena, ocs_marked **out, size_t *n)
{
    marked_list list = {0};
    for (size_t i = first_match(matches, at.from); i < matches->n; i++) {
        const ocs_match *match = &matches->at[i];
        if (match->at.from >= at.to)
            break;
        const ocs_marked marked = {shifted(match->at, at.from),
                                   ocs_mark_kind_of(marks[match->mark])};
        if (within(at, match->at) && !put_marked(arena, &list, marked))
            return false;
    }
    *out = list.at;
    *n = list.n;
    return true;
}

bool ocs_mentions_named(const ocs_document *document, ocs_span at, ocs_arena *arena,
                        ocs_named **out, size_t *n)
{
    OCS_VEC(ocs_named) list = {0};
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        if (mention->at.from >= at.to)
            break;
        if (!within(at, mention->at) || !ocs_mention_is_indexed(mention))
            continue;
        ocs_named *named = ocs_vec_push(arena, &list);
        if (!named)
            return false;
        *named = (ocs_named){shifted(mention->at, at.from), ocs_mark_kind_of_mention(mention->type),
                             (uint32_t)i};
    }
    *out = list.at;
    *n = list.n;
    return true;
}

bool ocs_marked_spans(const ocs_marked *marks, size_t n_marks, ocs_arena *arena, ocs_span **out,
                      size_t *n)
{
    OCS_VEC(ocs_span) spans = {0};
    for (size_t i = 0; i < n_marks; i++) {
        ocs_span at = marks[i].at, *last = spans.n > 0 ? &spans.at[spans.n - 1] : NULL;
        if (last && at.from < last->to) {
            last->to = at.to > last->to ? at.to : last->to;
            continue;
        }
        if (!(last = ocs_vec_push(arena, &spans)))
            return false;
        *last = at;
    }
    *out = spans.at;
    *n = spans.n;
    return true;
}
