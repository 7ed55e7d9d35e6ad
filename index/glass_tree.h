/* A table of a glass database: a B-tree of blocks of 8 KiB, written from the left to the right.
 * Keys come in ascending order, so that each block is filled once and written once, and no block is
 * ever read again.  Private to index/. */
#ifndef OCS_INDEX_GLASS_TREE_H
#define OCS_INDEX_GLASS_TREE_H

#include "index/files.h"
#include "index/glass_deflate.h"

enum {
    OCS_GLASS_BLOCK = 8192, /* bytes */
    OCS_GLASS_LEVELS = 10,  /* libxapian's limit */
    OCS_GLASS_KEY = 255     /* bytes of a key at most */
};

/* The block being filled at one level: items grow down from its end, their places up from its
 * head. */
typedef struct ocs_glass_block {
    unsigned char *bytes;
    uint32_t number, places_end, items;
} ocs_glass_block;

typedef struct ocs_glass_tree {
    char path[OCS_PATH_ROOM];
    int fd;                                   /* -1 when it is not open */
    ocs_glass_block levels[OCS_GLASS_LEVELS]; /* leaves at 0 */
    uint32_t n_levels, n_blocks;
    uint64_t entries;
    char last[OCS_GLASS_KEY]; /* key */
    size_t last_n;
    ocs_deflater *deflater; /* NULL: tags are stored as they are */
    ocs_buf packed;
} ocs_glass_tree;

/* Make the file ${path}, which must not exist.  ${deflates}: tags that get shorter by it are
 * compressed.  Call ocs_glass_tree_close in any case. */
ocs_status ocs_glass_tree_open(ocs_glass_tree *tree, const char *path, bool deflates,
                               ocs_error *err) OCS_MUST_CHECK;
/* OCS_BUG when the key is too long, empty, or not above the one before. */
ocs_status ocs_glass_tree_add(ocs_glass_tree *tree, ocs_str key, ocs_str tag,
                              ocs_error *err) OCS_MUST_CHECK;
/* Write what is left and bring it to the disk. */
ocs_status ocs_glass_tree_finish(ocs_glass_tree *tree, ocs_error *err) OCS_MUST_CHECK;
void ocs_glass_tree_close(ocs_glass_tree *tree);

/* What the version file says of a finished table; of none for NULL.  ${least}: bytes from which tags
 * of this table are compressed, 0 never. */
void ocs_glass_tree_describe(const ocs_glass_tree *tree, uint32_t least, ocs_buf *out);
/* Tags of tables that compress are compressed from this size on. */
enum { OCS_GLASS_DEFLATE = 18 };

#endif
