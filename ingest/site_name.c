/* The host of the page's address, or the folder of its path. */
#include "ingest/site.h"

/* Between "//" and the next slash, without user and port; empty when there is none. */
static ocs_str host_of(ocs_str url)
{
    size_t at = ocs_str_find(url, OCS_STR("//"), 0);
    if (at >= url.n || (at > 0 && url.p[at - 1] != ':'))
        return (ocs_str){0};
    ocs_str host = ocs_str_sub(url, at + 2, url.n);
    size_t end = 0;
    while (end < host.n && !strchr("/?#", host.p[end]))
        end++;
    host.n = end;
    size_t user = ocs_str_find_char(host, '@', 0);
    if (user < host.n)
        host = ocs_str_sub(host, user + 1, host.n);
    return ocs_str_sub(host, 0, ocs_str_find_char(host, ':', 0));
}

static ocs_str lower(ocs_arena *arena, ocs_str host)
{
    char *out = ocs_arena_copy(arena, host.p, host.n);
    for (size_t i = 0; out && i < host.n; i++)
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] - 'A' + 'a');
    ocs_str name = {out, out ? host.n : 0};
    return ocs_str_starts(name, OCS_STR("www.")) ? ocs_str_sub(name, 4, name.n) : name;
}

/* What the markup says of the page's own address. */
static ocs_str stated_address(const ocs_blocks *blocks)
{
    const ocs_hint *best = NULL;
    for (size_t i = 0; i < blocks->n_hints; i++) {
        const ocs_hint *h = &blocks->hints[i];
        if (h->about == OCS_HINT_URL && (!best || h->trust > best->trust))
            best = h;
    }
    return best ? best->value : (ocs_str){0};
}

ocs_str ocs_site_name(const ocs_page *page, const ocs_blocks *blocks, ocs_arena *arena)
{
    ocs_str host = host_of(page->url);
    if (host.n == 0)
        host = host_of(stated_address(blocks));
    if (host.n > 0)
        return lower(arena, host);
    ocs_str folder = ocs_path_folder(page->path);
    return folder.n > 0 ? folder : OCS_STR("./");
}
