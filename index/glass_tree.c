/* A block: revision (4 bytes), level (1), free bytes in one piece (2) and in all (2), end of the
 * places (2); places of 2 bytes; free bytes; items.
 *
 * A leaf's item: 2 bytes with its size beyond the head and flags, length of the key (1), key, number
 * of the component (2, not for the first one), bytes of the tag.  A long tag is cut into components
 * that all have the key.  A branch's item: number of a child (4), length of a key (1), key, number of
 * the component (2); what is less than the key stands in the children before.  The key is the
 * shortest that tells the child from the one before it.  Numbers are big-endian. */
#include "index/glass_tree.h"

#include "index/glass_code.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    HEAD = 11,
    PLACE = 2,
    ITEM_HEAD = 3,     /* of a leaf: size and flags, length of the key */
    COMPONENT = 2,     /* its number, of a second or later one */
    BRANCH_FIXED = 7,  /* of a branch's item, without the key */
    ITEMS_A_BLOCK = 4, /* at least */
    ITEM_MAX = (OCS_GLASS_BLOCK - HEAD - ITEMS_A_BLOCK * PLACE) / ITEMS_A_BLOCK,
    COMPONENTS_MAX = 0xFFFF
};

enum { COMPRESSED = 0x80, LAST = 0x40, FIRST = 0x20 }; /* in the first byte of a leaf's item */

enum { REVISION = 1 };

static const size_t tag_cap = (size_t)COMPONENTS_MAX * (ITEM_MAX / 2);

static void put_u16(unsigned char *at, uint32_t value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

static void put_u32(unsigned char *at, uint32_t value)
{
    put_u16(at, value >> 16);
    put_u16(at + 2, value);
}

static ocs_status io_failure(const ocs_glass_tree *tree, const char *verb, ocs_error *err)
{
    return ocs_fail(err, OCS_IO, "cannot %s %s: %s", verb, tree->path, strerror(errno));
}

/* ---- blocks ---- */

static ocs_status start_block(ocs_glass_tree *tree, uint32_t level, ocs_error *err)
{
    ocs_glass_block *block = &tree->levels[level];
    if (tree->n_blocks == UINT32_MAX)
        return ocs_fail(err, OCS_LIMIT, "%s has more blocks than its format can count", tree->path);
    memset(block->bytes, 0, OCS_GLASS_BLOCK);
    block->number = tree->n_blocks++;
    block->places_end = HEAD;
    block->items = OCS_GLASS_BLOCK;
    return OCS_OK;
}

static ocs_status add_level(ocs_glass_tree *tree, ocs_error *err)
{
    if (tree->n_levels == OCS_GLASS_LEVELS)
        return ocs_fail(err, OCS_LIMIT, "%s is deeper than its format allows", tree->path);
    ocs_glass_block *block = &tree->levels[tree->n_levels];
    block->bytes = malloc(OCS_GLASS_BLOCK);
    if (!block->bytes)
        return ocs_fail(err, OCS_NOMEM, "no memory to write %s", tree->path);
    return start_block(tree, tree->n_levels++, err);
}

static ocs_status write_block(const ocs_glass_tree *tree, uint32_t level, ocs_error *err)
{
    const ocs_glass_block *block = &tree->levels[level];
    uint32_t room = block->items - block->places_end;
    put_u32(block->bytes, REVISION);
    block->bytes[4] = (unsigned char)level;
    put_u16(block->bytes + 5, room);
    put_u16(block->bytes + 7, room);
    put_u16(block->bytes + 9, block->places_end);
    off_t at = (off_t)block->number * OCS_GLASS_BLOCK;
    for (size_t done = 0; done < OCS_GLASS_BLOCK;) {
        ssize_t n = pwrite(tree->fd, block->bytes + done, OCS_GLASS_BLOCK - done, at + (off_t)done);
        if (n < 0 && errno != EINTR)
            return io_failure(tree, "write", err);
        done += n > 0 ? (size_t)n : 0;
    }
    return OCS_OK;
}

static bool has_room(const ocs_glass_block *block, size_t size)
{
    return block->items - block->places_end >= size + PLACE;
}

/* Where the item is to be written. */
static unsigned char *place_item(ocs_glass_block *block, size_t size)
{
    block->items -= (uint32_t)size;
    put_u16(block->bytes + block->places_end, block->items);
    block->places_end += PLACE;
    return block->bytes + block->items;
}

/* ---- branches ---- */

static void put_branch(ocs_glass_block *block, ocs_str key, uint32_t component, uint32_t child)
{
    unsigned char *at = place_item(block, BRANCH_FIXED + key.n);
    put_u32(at, child);
    at[4] = (unsigned char)key.n;
    if (key.n > 0)
        memcpy(at + 5, key.p, key.n);
    put_u16(at + 5 + key.n, component);
}

/* Block ${child} starts at ${key} and follows block ${before} at the level below ${level}. */
static ocs_status add_branch(ocs_glass_tree *tree, uint32_t level, ocs_str key, uint32_t component,
                             uint32_t before, uint32_t child, ocs_error *err)
{
    ocs_status st = OCS_OK;
    const ocs_str none = {"", 0};
    if (level == tree->n_levels) {
        if ((st = add_level(tree, err)) != OCS_OK)
            return st;
        put_branch(&tree->levels[level], none, 0, before);
    }
    ocs_glass_block *block = &tree->levels[level];
    if (has_room(block, BRANCH_FIXED + key.n)) {
        put_branch(block, key, component, child);
        return OCS_OK;
    }
    uint32_t full = block->number;
    if ((st = write_block(tree, level, err)) != OCS_OK ||
        (st = start_block(tree, level, err)) != OCS_OK)
        return st;
    put_branch(block, none, 0, child);
    return add_branch(tree, level + 1, key, component, full, block->number, err);
}

/* ---- leaves ---- */

/* The shortest head of ${key} that is greater than the key before. */
static ocs_str separator(const ocs_glass_tree *tree, ocs_str key)
{
    size_t same = ocs_str_common(key, (ocs_str){tree->last, tree->last_n});
    return ocs_str_sub(key, 0, same + 1); /* the whole key for a further component */
}

static ocs_status next_leaf(ocs_glass_tree *tree, ocs_str key, uint32_t component, ocs_error *err)
{
    uint32_t full = tree->levels[0].number;
    ocs_status st = write_block(tree, 0, err);
    if (st == OCS_OK)
        st = start_block(tree, 0, err);
    if (st != OCS_OK)
        return st;
    return add_branch(tree, 1, separator(tree, key), component, full, tree->levels[0].number, err);
}

/* One component of a tag; ${flags}: COMPRESSED, LAST, FIRST. */
static ocs_status add_item(ocs_glass_tree *tree, ocs_str key, ocs_str bytes, uint32_t component,
                           unsigned flags, ocs_error *err)
{
    size_t head = ITEM_HEAD + key.n + (component > 1 ? COMPONENT : 0), size = head + bytes.n;
    if (!has_room(&tree->levels[0], size)) {
        ocs_status st = next_leaf(tree, key, component, err);
        if (st != OCS_OK)
            return st;
    }
    unsigned char *at = place_item(&tree->levels[0], size);
    put_u16(at, (uint32_t)(size - ITEM_HEAD));
    at[0] |= (unsigned char)flags;
    at[2] = (unsigned char)key.n;
    if (key.n > 0)
        memcpy(at + ITEM_HEAD, key.p, key.n);
    if (component > 1)
        put_u16(at + ITEM_HEAD + key.n, component);
    if (bytes.n > 0)
        memcpy(at + head, bytes.p, bytes.n);
    if (key.n > 0)
        memcpy(tree->last, key.p, key.n);
    tree->last_n = key.n;
    return OCS_OK;
}

/* How much of what is ${left} of a tag goes into the next component, whose key and head take ${head}
 * bytes: all that the block still takes, so that blocks are full, unless that is not worth a head. */
static size_t component_bytes(const ocs_glass_tree *tree, size_t head, size_t left)
{
    enum { WORTH = 64 };
    const ocs_glass_block *leaf = &tree->levels[0];
    size_t room = leaf->items - leaf->places_end, most = ITEM_MAX - head;
    size_t bytes = left < most ? left : most;
    if (room < head + PLACE + WORTH || room >= head + PLACE + bytes)
        return bytes;
    return room - head - PLACE;
}

static ocs_status add_components(ocs_glass_tree *tree, ocs_str key, ocs_str tag, unsigned flags,
                                 ocs_error *err)
{
    size_t head = ITEM_HEAD + key.n;
    for (size_t from = 0, component = 1;; component++) {
        size_t to = from + component_bytes(tree, head, tag.n - from);
        bool last = to == tag.n;
        if (component > COMPONENTS_MAX)
            return ocs_fail(err, OCS_LIMIT, "an entry of %s is too long: %zu bytes", tree->path,
                            tag.n);
        ocs_status st = add_item(tree, key, ocs_str_sub(tag, from, to), (uint32_t)component,
                                 flags | (last ? LAST : 0) | (component == 1 ? FIRST : 0), err);
        if (st != OCS_OK || last)
            return st;
        from = to;
        head = ITEM_HEAD + key.n + COMPONENT;
    }
}

/* ---- compressing ---- */

/* True when ${tag} has become shorter, in tree->packed. */
static bool deflate_tag(ocs_glass_tree *tree, ocs_str tag)
{
    if (!tree->deflater || tag.n <= OCS_GLASS_DEFLATE)
        return false;
    ocs_buf_reset(&tree->packed);
    return ocs_deflate(tree->deflater, tag, &tree->packed);
}

/* ---- the table ---- */

ocs_status ocs_glass_tree_open(ocs_glass_tree *tree, const char *path, bool deflates,
                               ocs_error *err)
{
    const ocs_str none = {"", 0};
    *tree = (ocs_glass_tree){.fd = -1};
    ocs_buf_init(&tree->packed, tag_cap);
    if (strlen(path) >= sizeof tree->path)
        return ocs_fail(err, OCS_LIMIT, "the path %s is too long", path);
    strcpy(tree->path, path);
    tree->fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (tree->fd < 0)
        return io_failure(tree, "make", err);
    if (deflates && !(tree->deflater = ocs_deflater_new(OCS_DEFLATE_BY_ANY)))
        return ocs_fail(err, OCS_NOMEM, "no memory to write %s", tree->path);
    ocs_status st = add_level(tree, err);
    return st == OCS_OK ? add_item(tree, none, none, 1, FIRST | LAST, err) : st;
}

ocs_status ocs_glass_tree_add(ocs_glass_tree *tree, ocs_str key, ocs_str tag, ocs_error *err)
{
    if (key.n == 0 || key.n > OCS_GLASS_KEY)
        return ocs_fail(err, OCS_BUG, "a key of %zu bytes for %s", key.n, tree->path);
    if (ocs_str_cmp(key, (ocs_str){tree->last, tree->last_n}) <= 0)
        return ocs_fail(err, OCS_BUG, "a key of %s is out of its order", tree->path);
    if (tag.n > tag_cap)
        return ocs_fail(err, OCS_LIMIT, "an entry of %s is too long: %zu bytes", tree->path, tag.n);
    tree->entries++;
    if (deflate_tag(tree, tag))
        return add_components(tree, key, ocs_buf_str(&tree->packed), COMPRESSED, err);
    return add_components(tree, key, tag, 0, err);
}

ocs_status ocs_glass_tree_finish(ocs_glass_tree *tree, ocs_error *err)
{
    for (uint32_t level = 0; level < tree->n_levels; level++) {
        ocs_status st = write_block(tree, level, err);
        if (st != OCS_OK)
            return st;
    }
    if (fsync(tree->fd) != 0)
        return io_failure(tree, "write", err);
    int fd = tree->fd;
    tree->fd = -1;
    return close(fd) == 0 ? OCS_OK : io_failure(tree, "close", err);
}

void ocs_glass_tree_close(ocs_glass_tree *tree)
{
    if (tree->fd >= 0)
        close(tree->fd);
    tree->fd = -1;
    for (uint32_t level = 0; level < tree->n_levels; level++) {
        free(tree->levels[level].bytes);
        tree->levels[level].bytes = NULL;
    }
    ocs_deflater_free(tree->deflater);
    tree->deflater = NULL;
    ocs_buf_clear(&tree->packed);
}

/* Root, level and flags, entries, size of a block in units of 2 KiB, from which size on tags are
 * compressed, and which blocks are free: none, after those that were written. */
void ocs_glass_tree_describe(const ocs_glass_tree *tree, uint32_t least, ocs_buf *out)
{
    enum { SEQUENTIAL = 2, NO_ROOT = 1, UNIT = 2048, FREE_LISTS = 4 };
    ocs_buf blocks;
    ocs_buf_init(&blocks, 64);
    uint32_t level = tree ? tree->n_levels - 1 : 0;
    ocs_buf_put_varint(out, tree ? tree->levels[level].number : 0);
    ocs_buf_put_varint(out, level << 2 | SEQUENTIAL | (tree ? 0 : NO_ROOT));
    ocs_buf_put_varint(out, tree ? tree->entries : 0);
    ocs_buf_put_varint(out, OCS_GLASS_BLOCK / UNIT);
    ocs_buf_put_varint(out, least);
    if (tree) {
        ocs_buf_put_varint(&blocks, REVISION);
        ocs_buf_put_varint(&blocks, tree->n_blocks);
        for (int i = 0; i < FREE_LISTS; i++)
            ocs_buf_put_varint(&blocks, 0);
    }
    ocs_buf_put_string(out, ocs_buf_str(&blocks));
    ocs_buf_clear(&blocks);
}
