/* The least that reading an HTML page can cost with libxml2: parse it, walk the tree, print the text
 * of all nodes but those of scripts and styles.  No encoding is guessed, nothing is cut.  Paths come
 * on standard input, one a line; records {"path","text"} go to standard output, as of extract. */
#include "base/base.h"
#include "corpus/source.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>

enum { TEXT_CAP = 1 << 28, PATH_ROOM = 8192 };
static const size_t PAGE_CAP = (size_t)64 << 20;

static bool is_silent(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && (strcmp((const char *)node->name, "script") == 0 ||
                                              strcmp((const char *)node->name, "style") == 0);
}

/* The node after ${node} in the order of the page, below ${root}; NULL at the end. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *root)
{
    if (node->children && !is_silent(node))
        return node->children;
    while (node && node != root && !node->next)
        node = node->parent;
    return node && node != root ? node->next : NULL;
}

static void put_tree(const xmlNode *root, ocs_buf *text)
{
    for (const xmlNode *node = root; node; node = next_node(node, root)) {
        if (node->type != XML_TEXT_NODE || !node->content)
            continue;
        ocs_buf_puts(text, (const char *)node->content);
        ocs_buf_putc(text, '\n');
    }
}

static bool put_page(const char *path, ocs_str bytes, ocs_buf *text, ocs_buf *line)
{
    const int quietly =
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    ocs_json json;
    htmlDocPtr page = htmlReadMemory(bytes.p, (int)bytes.n, path, NULL, quietly);
    if (page)
        put_tree(xmlDocGetRootElement(page), text);
    xmlFreeDoc(page);
    ocs_json_init(&json, line);
    ocs_json_object(&json);
    ocs_json_key_str(&json, "path", ocs_str_of(path));
    ocs_json_key_str(&json, "text", ocs_buf_str(text));
    ocs_json_object_end(&json);
    ocs_buf_putc(line, '\n');
    return ocs_buf_status(line) == OCS_OK && fwrite(line->p, 1, line->n, stdout) == line->n;
}

static bool take_page(const char *path, ocs_arena *arena)
{
    ocs_buf text, line;
    ocs_error err = {0};
    ocs_str bytes;
    if (ocs_page_read(path, PAGE_CAP, arena, &bytes, &err) != OCS_OK) {
        fprintf(stderr, "treewalk: %s\n", err.text);
        return false;
    }
    ocs_buf_init(&text, TEXT_CAP);
    ocs_buf_init(&line, TEXT_CAP);
    bool done = put_page(path, bytes, &text, &line);
    ocs_buf_clear(&text);
    ocs_buf_clear(&line);
    ocs_arena_clear(arena);
    return done;
}

int main(void)
{
    char path[PATH_ROOM];
    bool done = true;
    ocs_arena *arena = ocs_arena_new(2 * PAGE_CAP);
    while (arena && fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        done = take_page(path, arena) && done;
    }
    done = arena && done && fflush(stdout) == 0;
    ocs_arena_free(arena);
    xmlCleanupParser();
    return done ? 0 : 1;
}
