/* saved:NAME.  The tree is copied with every such field replaced by the tree of the saved text,
 * which may hold further ones; the names on the way down are kept, so that a circle is seen.  A tree
 * without saved queries stays as it is. */
#include "query/planner.h"

/* A saved query that is being put in place, and that which it stands in. */
typedef struct layer {
    ocs_str name;
    const struct layer *outer; /* NULL: the query itself */
    ocs_span at;               /* of the field in the query itself */
    unsigned depth;
} layer;

static bool is_saved(const ocs_node *node)
{
    return node->kind == OCS_NODE_FIELD && node->field == OCS_FIELD_SAVED;
}

static bool uses_saved(const ocs_node *node)
{
    if (is_saved(node))
        return true;
    for (const ocs_node *child = node->children; child; child = child->next)
        if (uses_saved(child))
            return true;
    return false;
}

static int shown(ocs_str text)
{
    return text.n > 60 ? 60 : (int)text.n;
}

/* Every failure stands at the value of the field in the query itself. */
static ocs_status check_circle(ocs_planner *p, const ocs_node *node, const layer *outer, long at)
{
    for (const layer *l = outer; l; l = l->outer)
        if (ocs_str_eq(l->name, node->text))
            return ocs_fail_at(p->err, OCS_USAGE, at,
                               "the saved query '%.*s' asks for itself, through '%.*s'",
                               shown(node->text), node->text.p, shown(outer->name), outer->name.p);
    if (outer && outer->depth == OCS_SAVED_DEPTH)
        return ocs_fail_at(p->err, OCS_USAGE, at, "saved queries stand more than %d deep",
                           OCS_SAVED_DEPTH);
    if (++p->saved_uses > OCS_SAVED_USES)
        return ocs_fail_at(p->err, OCS_USAGE, at,
                           "the query comes to use saved queries more than %d times",
                           OCS_SAVED_USES);
    return OCS_OK;
}

static ocs_status read_saved(ocs_planner *p, const ocs_node *node, long at, ocs_str *text)
{
    ocs_status st = OCS_NOTFOUND;
    ocs_error why = {.at = OCS_ERROR_NO_PLACE};
    *text = (ocs_str){0};
    if (p->options->saved)
        st = p->options->saved(p->options->payload, node->text, p->arena, text, &why);
    if (st == OCS_NOTFOUND)
        return ocs_fail_at(p->err, OCS_USAGE, at, "no query is saved under the name '%.*s'",
                           shown(node->text), node->text.p);
    return st == OCS_OK ? st : ocs_fail_at(p->err, st, at, "%s", why.text);
}

static ocs_status parse_saved(ocs_planner *p, const ocs_node *node, long at, ocs_node **tree)
{
    ocs_str text;
    ocs_error why = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = read_saved(p, node, at, &text);
    if (st != OCS_OK)
        return st;
    st = ocs_query_parse(text, p->arena, tree, &why);
    if (st == OCS_USAGE)
        return ocs_fail_at(p->err, st, at, "in the saved query '%.*s': %s", shown(node->text),
                           node->text.p, why.text);
    if (st != OCS_OK)
        return ocs_fail_at(p->err, st, at, "%s", why.text);
    if ((*tree)->kind == OCS_NODE_EMPTY)
        return ocs_fail_at(p->err, OCS_USAGE, at, "the saved query '%.*s' is empty",
                           shown(node->text), node->text.p);
    return ocs_planner_expand(p, node, text);
}

static ocs_status copy_node(ocs_planner *p, const ocs_node *node, const layer *outer,
                            ocs_node **out);

static ocs_status put_in_place(ocs_planner *p, const ocs_node *node, const layer *outer,
                               ocs_node **out)
{
    layer own = {.name = node->text, .outer = outer, .depth = outer ? outer->depth + 1 : 1};
    ocs_node *tree;
    own.at = outer ? outer->at : node->at;
    long at = outer ? (long)own.at.from : ocs_planner_value_at(node);
    ocs_status st = check_circle(p, node, outer, at);
    if (st != OCS_OK || (st = parse_saved(p, node, at, &tree)) != OCS_OK)
        return st;
    return copy_node(p, tree, &own, out);
}

static ocs_status copy_children(ocs_planner *p, const ocs_node *node, const layer *outer,
                                ocs_node **last)
{
    for (const ocs_node *child = node->children; child; child = child->next) {
        ocs_status st = copy_node(p, child, outer, last);
        if (st != OCS_OK)
            return st;
        last = &(*last)->next;
    }
    return OCS_OK;
}

static ocs_status copy_node(ocs_planner *p, const ocs_node *node, const layer *outer,
                            ocs_node **out)
{
    if (is_saved(node))
        return put_in_place(p, node, outer, out);
    ocs_node *copy = ocs_arena_alloc(p->arena, sizeof *copy);
    if (!copy)
        return ocs_planner_nomem(p);
    *copy = *node;
    copy->next = copy->children = NULL;
    if (outer)
        copy->at = outer->at;
    *out = copy;
    return copy_children(p, node, outer, &copy->children);
}

ocs_status ocs_plan_saved(ocs_planner *p, const ocs_node *tree, const ocs_node **out)
{
    ocs_node *copy;
    *out = tree;
    if (!uses_saved(tree))
        return OCS_OK;
    ocs_status st = copy_node(p, tree, NULL, &copy);
    if (st == OCS_OK)
        *out = copy;
    return st;
}
