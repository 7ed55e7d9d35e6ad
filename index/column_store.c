/* Keys end in the number of the block in hexadecimal digits, so that they sort by it. */
#include "index/column_store.h"

void ocs_column_key(ocs_buf *out, ocs_column_family family, ocs_column_part part, size_t block)
{
    ocs_buf_putf(out, OCS_META_COLUMN "%c%c/%08zx", ocs_column_family_letter(family), (char)part,
                 block);
}

void ocs_column_published_key(ocs_buf *out, size_t block)
{
    ocs_buf_putf(out, OCS_META_COLUMN "published/%08zx", block);
}

void ocs_column_head_pack(const ocs_column_head *head, ocs_buf *out)
{
    for (size_t i = 0; i < OCS_COLUMN_COUNT; i++) {
        ocs_buf_put_varint(out, head->things[i]);
        ocs_buf_put_varint(out, head->names[i]);
    }
}

bool ocs_column_head_unpack(ocs_str packed, ocs_column_head *head)
{
    uint64_t things, names;
    for (size_t i = 0; i < OCS_COLUMN_COUNT; i++) {
        if (!ocs_take_varint(&packed, &things) || !ocs_take_varint(&packed, &names) ||
            things >= UINT32_MAX / 2 || names >= UINT32_MAX / 2)
            return false;
        head->things[i] = (uint32_t)things;
        head->names[i] = (uint32_t)names;
    }
    return packed.n == 0;
}

void ocs_column_put_entry(ocs_buf *out, uint32_t *last, uint32_t ordinal, uint32_t name,
                          uint32_t mentions)
{
    uint32_t step = ordinal + 1 - *last;
    bool plain = name == 0 && mentions == 1;
    ocs_buf_put_varint(out, (uint64_t)step << 1 | plain);
    *last = ordinal + 1;
    if (plain)
        return;
    ocs_buf_put_varint(out, name);
    ocs_buf_put_varint(out, mentions);
}

/* ---- blocks of documents ---- */

void ocs_column_block_pack(const ocs_str *entries, size_t n, ocs_buf *out)
{
    while (n > 0 && entries[n - 1].n == 0)
        n--;
    if (n == 0)
        return;
    ocs_buf_put_varint(out, n);
    for (size_t i = 0; i < n; i++)
        ocs_buf_put_varint(out, entries[i].n);
    for (size_t i = 0; i < n; i++)
        ocs_buf_put(out, entries[i]);
}

static bool take_lengths(ocs_str *rest, size_t n, uint32_t *starts)
{
    uint64_t length, sum = 0;
    for (size_t i = 0; i < n; i++) {
        starts[i] = (uint32_t)sum;
        if (!ocs_take_varint(rest, &length) || length > rest->n)
            return false;
        sum += length;
    }
    starts[n] = (uint32_t)sum;
    return sum == rest->n;
}

bool ocs_column_block_index(ocs_str packed, uint32_t starts[OCS_COLUMN_DOCUMENTS + 1])
{
    uint64_t n = 0;
    ocs_str rest = packed;
    if (packed.n > UINT32_MAX || (packed.n > 0 && !ocs_take_varint(&rest, &n)) ||
        n > OCS_COLUMN_DOCUMENTS || !take_lengths(&rest, (size_t)n, starts))
        return false;
    uint32_t head = (uint32_t)(packed.n - rest.n);
    for (size_t i = 0; i <= n; i++)
        starts[i] += head;
    for (size_t i = n; i < OCS_COLUMN_DOCUMENTS; i++)
        starts[i + 1] = starts[n];
    return true;
}
