/* Values: of each slot a chain of chunks of values with the numbers of their documents; a finished
 * chunk goes to a scratch file.  Metadata: keys and values go to a scratch file, which is mapped into
 * memory in the end so that its keys can be sorted where they lie. */
#include "index/glass_parts.h"

#include "index/glass_code.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Prefixes of keys in the table of postings. */
static const ocs_str METADATA = {"\0\xc0", 2}, STATISTICS = {"\0\xd0", 2}, VALUES = {"\0\xd8", 2};

enum { CHUNK = 2000, VALUE_CAP = 1 << 30, KEY_CAP = 4096 };

ocs_status ocs_scratch_open(const char *dir, FILE **file, ocs_error *err)
{
    char path[OCS_PATH_ROOM];
    *file = NULL;
    ocs_status st = ocs_path_join(path, dir, "scratch-XXXXXX", err);
    if (st != OCS_OK)
        return st;
    int fd = mkstemp(path);
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot make %s: %s", path, strerror(errno));
    unlink(path);
    *file = fdopen(fd, "w+");
    if (*file)
        return OCS_OK;
    close(fd);
    return ocs_fail(err, OCS_NOMEM, "no memory to build the index");
}

static ocs_status scratch_failure(const char *dir, ocs_error *err)
{
    return ocs_fail(err, OCS_IO, "cannot write a scratch file in %s: %s", dir, strerror(errno));
}

/* ---- values ---- */

void ocs_glass_values_init(ocs_glass_values *values, const char *dir)
{
    *values = (ocs_glass_values){.dir = dir};
    for (size_t i = 0; i < OCS_GLASS_SLOTS; i++) {
        ocs_buf_init(&values->slots[i].chunk, VALUE_CAP);
        ocs_buf_init(&values->slots[i].low, VALUE_CAP);
        ocs_buf_init(&values->slots[i].high, VALUE_CAP);
    }
}

void ocs_glass_values_clear(ocs_glass_values *values)
{
    for (size_t i = 0; i < OCS_GLASS_SLOTS; i++) {
        ocs_glass_slot *slot = &values->slots[i];
        if (slot->chunks)
            fclose(slot->chunks);
        slot->chunks = NULL;
        ocs_buf_clear(&slot->chunk);
        ocs_buf_clear(&slot->low);
        ocs_buf_clear(&slot->high);
    }
}

static void note_bounds(ocs_glass_slot *slot, ocs_str value)
{
    if (slot->documents == 0 || ocs_str_cmp(value, ocs_buf_str(&slot->low)) < 0) {
        ocs_buf_reset(&slot->low);
        ocs_buf_put(&slot->low, value);
    }
    if (slot->documents == 0 || ocs_str_cmp(value, ocs_buf_str(&slot->high)) > 0) {
        ocs_buf_reset(&slot->high);
        ocs_buf_put(&slot->high, value);
    }
}

static ocs_status set_chunk_aside(ocs_glass_values *values, ocs_glass_slot *slot, ocs_error *err)
{
    uint32_t head[2] = {slot->first, (uint32_t)slot->chunk.n};
    if (ocs_buf_status(&slot->chunk) != OCS_OK)
        return ocs_fail(err, ocs_buf_status(&slot->chunk), "a value is too long");
    ocs_status st = slot->chunks ? OCS_OK : ocs_scratch_open(values->dir, &slot->chunks, err);
    if (st != OCS_OK)
        return st;
    if (fwrite(head, sizeof head, 1, slot->chunks) != 1 ||
        fwrite(slot->chunk.p, 1, slot->chunk.n, slot->chunks) != slot->chunk.n)
        return scratch_failure(values->dir, err);
    ocs_buf_reset(&slot->chunk);
    return OCS_OK;
}

ocs_status ocs_glass_values_add(ocs_glass_values *values, xap_docid id, uint32_t slot_number,
                                ocs_str value, ocs_error *err)
{
    if (slot_number >= OCS_GLASS_SLOTS)
        return ocs_fail(err, OCS_BUG, "there is no value slot %u", slot_number);
    ocs_glass_slot *slot = &values->slots[slot_number];
    note_bounds(slot, value);
    slot->documents++;
    if (slot->chunk.n == 0)
        slot->first = id;
    else
        ocs_buf_put_varint(&slot->chunk, id - slot->last - 1);
    slot->last = id;
    ocs_buf_put_string(&slot->chunk, value);
    return slot->chunk.n < CHUNK ? OCS_OK : set_chunk_aside(values, slot, err);
}

static ocs_status write_statistics(const ocs_glass_slot *slot, uint32_t number,
                                   ocs_glass_tree *tree, ocs_buf *key, ocs_buf *tag, ocs_error *err)
{
    ocs_str low = ocs_buf_str(&slot->low), high = ocs_buf_str(&slot->high);
    ocs_buf_reset(key);
    ocs_buf_reset(tag);
    ocs_buf_put(key, STATISTICS);
    ocs_glass_put_last(key, number);
    ocs_buf_put_varint(tag, slot->documents);
    ocs_buf_put_string(tag, low);
    if (!ocs_str_eq(low, high))
        ocs_buf_put(tag, high);
    if (ocs_buf_status(tag) != OCS_OK || ocs_buf_status(key) != OCS_OK)
        return ocs_fail(err, OCS_NOMEM, "no memory for the bounds of values");
    return ocs_glass_tree_add(tree, ocs_buf_str(key), ocs_buf_str(tag), err);
}

/* The next chunk that was set aside; OCS_NOTFOUND after the last. */
static ocs_status read_chunk(ocs_glass_slot *slot, ocs_error *err)
{
    enum { PIECE = 4096 };
    uint32_t head[2];
    char piece[PIECE];
    ocs_buf_reset(&slot->chunk);
    if (fread(head, sizeof head, 1, slot->chunks) != 1)
        return ferror(slot->chunks) ? ocs_fail(err, OCS_IO, "cannot read values again")
                                    : OCS_NOTFOUND;
    slot->first = head[0];
    for (size_t left = head[1], n; left > 0; left -= n) {
        n = left < PIECE ? left : PIECE;
        if (fread(piece, 1, n, slot->chunks) != n)
            return ocs_fail(err, OCS_IO, "cannot read values again");
        ocs_buf_put(&slot->chunk, (ocs_str){piece, n});
    }
    ocs_status st = ocs_buf_status(&slot->chunk);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for values");
}

static ocs_status write_chunks(ocs_glass_values *values, uint32_t number, ocs_glass_tree *tree,
                               ocs_buf *key, ocs_error *err)
{
    ocs_glass_slot *slot = &values->slots[number];
    ocs_status st = slot->chunk.n > 0 ? set_chunk_aside(values, slot, err) : OCS_OK;
    if (st != OCS_OK || !slot->chunks)
        return st;
    rewind(slot->chunks);
    while ((st = read_chunk(slot, err)) == OCS_OK) {
        ocs_buf_reset(key);
        ocs_buf_put(key, VALUES);
        ocs_buf_put_varint(key, number);
        ocs_glass_put_sorted(key, slot->first);
        if ((st = ocs_glass_tree_add(tree, ocs_buf_str(key), ocs_buf_str(&slot->chunk), err)) !=
            OCS_OK)
            return st;
    }
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

ocs_status ocs_glass_values_write(ocs_glass_values *values, ocs_glass_tree *tree, ocs_error *err)
{
    ocs_buf key, tag;
    ocs_status st = OCS_OK;
    ocs_buf_init(&key, KEY_CAP);
    ocs_buf_init(&tag, VALUE_CAP);
    for (uint32_t i = 0; st == OCS_OK && i < OCS_GLASS_SLOTS; i++)
        if (values->slots[i].documents > 0)
            st = write_statistics(&values->slots[i], i, tree, &key, &tag, err);
    for (uint32_t i = 0; st == OCS_OK && i < OCS_GLASS_SLOTS; i++)
        st = write_chunks(values, i, tree, &key, err);
    ocs_buf_clear(&key);
    ocs_buf_clear(&tag);
    return st;
}

/* ---- metadata ---- */

void ocs_glass_metadata_init(ocs_glass_metadata *metadata, const char *dir)
{
    *metadata = (ocs_glass_metadata){.dir = dir};
}

void ocs_glass_metadata_clear(ocs_glass_metadata *metadata)
{
    if (metadata->file)
        fclose(metadata->file);
    metadata->file = NULL;
    free(metadata->entries);
    metadata->entries = NULL;
}

static ocs_glass_entry *add_entry(ocs_glass_metadata *metadata)
{
    if (metadata->n == metadata->room) {
        size_t room = metadata->room > 0 ? 2 * metadata->room : 1024;
        ocs_glass_entry *entries = realloc(metadata->entries, room * sizeof *entries);
        if (!entries)
            return NULL;
        metadata->entries = entries;
        metadata->room = room;
    }
    return &metadata->entries[metadata->n++];
}

ocs_status ocs_glass_metadata_set(ocs_glass_metadata *metadata, ocs_str key, ocs_str value,
                                  ocs_error *err)
{
    if (key.n == 0 || key.n + METADATA.n > OCS_GLASS_KEY || value.n > UINT32_MAX)
        return ocs_fail(err, OCS_BUG, "metadata with a key of %zu and a value of %zu bytes", key.n,
                        value.n);
    ocs_status st = metadata->file ? OCS_OK : ocs_scratch_open(metadata->dir, &metadata->file, err);
    if (st != OCS_OK)
        return st;
    ocs_glass_entry *entry = add_entry(metadata);
    if (!entry)
        return ocs_fail(err, OCS_NOMEM, "no memory for metadata");
    *entry = (ocs_glass_entry){metadata->size, (uint32_t)key.n, (uint32_t)value.n};
    metadata->size += key.n + value.n;
    if (fwrite(key.p, 1, key.n, metadata->file) != key.n ||
        (value.n > 0 && fwrite(value.p, 1, value.n, metadata->file) != value.n))
        return scratch_failure(metadata->dir, err);
    return OCS_OK;
}

/* Equal keys in the order in which they came. */
static int by_key(const void *a, const void *b, void *base)
{
    const ocs_glass_entry *x = a, *y = b;
    int keys = ocs_str_cmp((ocs_str){(const char *)base + x->at, x->key_n},
                           (ocs_str){(const char *)base + y->at, y->key_n});
    return keys != 0 ? keys : (x->at > y->at) - (x->at < y->at);
}

static bool same_key(const char *base, const ocs_glass_entry *x, const ocs_glass_entry *y)
{
    return x->key_n == y->key_n && memcmp(base + x->at, base + y->at, x->key_n) == 0;
}

static ocs_status write_entries(const ocs_glass_metadata *metadata, const char *base,
                                ocs_glass_tree *tree, ocs_error *err)
{
    ocs_buf key;
    ocs_status st = OCS_OK;
    ocs_buf_init(&key, KEY_CAP);
    for (size_t i = 0; st == OCS_OK && i < metadata->n; i++) {
        const ocs_glass_entry *e = &metadata->entries[i];
        bool superseded = i + 1 < metadata->n && same_key(base, e, e + 1);
        if (superseded || e->value_n == 0)
            continue;
        ocs_buf_reset(&key);
        ocs_buf_put(&key, METADATA);
        ocs_buf_put(&key, (ocs_str){base + e->at, e->key_n});
        st = ocs_glass_tree_add(tree, ocs_buf_str(&key),
                                (ocs_str){base + e->at + e->key_n, e->value_n}, err);
    }
    ocs_buf_clear(&key);
    return st;
}

ocs_status ocs_glass_metadata_write(ocs_glass_metadata *metadata, ocs_glass_tree *tree,
                                    ocs_error *err)
{
    if (metadata->n == 0)
        return OCS_OK;
    if (fflush(metadata->file) != 0)
        return scratch_failure(metadata->dir, err);
    char *base = mmap(NULL, metadata->size, PROT_READ, MAP_PRIVATE, fileno(metadata->file), 0);
    if (base == MAP_FAILED)
        return ocs_fail(err, OCS_IO, "cannot read metadata again: %s", strerror(errno));
    qsort_r(metadata->entries, metadata->n, sizeof *metadata->entries, by_key, base);
    ocs_status st = write_entries(metadata, base, tree, err);
    munmap(base, metadata->size);
    return st;
}
