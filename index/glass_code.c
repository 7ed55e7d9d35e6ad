#include "index/glass_code.h"

void ocs_glass_put_last(ocs_buf *out, uint32_t value)
{
    for (; value > 0; value >>= 8)
        ocs_buf_putc(out, (char)(value & 0xFF));
}

/* Bits that the number takes; 0 for 0. */
static unsigned width_of(uint32_t value)
{
    return value > 0 ? 32 - (unsigned)__builtin_clz(value) : 0;
}

void ocs_glass_put_sorted(ocs_buf *out, uint32_t value)
{
    char bytes[6];
    if (value < 0x8000) {
        ocs_buf_putc(out, (char)(value >> 8));
        ocs_buf_putc(out, (char)(value & 0xFF));
        return;
    }
    unsigned n = (width_of(value) + 5) / 7;
    for (unsigned i = n - 1; i > 0; i--, value >>= 8)
        bytes[i] = (char)(value & 0xFF);
    bytes[0] = (char)((value | 0xFFU << (10 - n)) & 0xFF);
    ocs_buf_put(out, (ocs_str){bytes, n});
}

void ocs_glass_put_key_tail(ocs_buf *out, ocs_str s)
{
    for (size_t from = 0; from < s.n;) {
        size_t nul = ocs_str_find_char(s, '\0', from);
        ocs_buf_put(out, ocs_str_sub(s, from, nul));
        if (nul < s.n)
            ocs_buf_put(out, (ocs_str){"\0\xff", 2});
        from = nul + 1;
    }
}

void ocs_glass_put_key_string(ocs_buf *out, ocs_str s)
{
    ocs_glass_put_key_tail(out, s);
    ocs_buf_putc(out, '\0');
}

/* ---- positions ---- */

/* Bits that are not yet a byte, the lowest first. */
typedef struct bits {
    char *out;
    uint64_t waiting;
    unsigned n;
} bits;

static void put_bits(bits *b, uint32_t value, unsigned width)
{
    b->waiting |= (uint64_t)value << b->n;
    b->n += width;
    for (; b->n >= 8; b->n -= 8, b->waiting >>= 8)
        *b->out++ = (char)(b->waiting & 0xFF);
}

/* One of ${outof} values.  Where these are no power of two, the middle ones take a bit less. */
static void put_value(bits *b, uint32_t value, uint32_t outof)
{
    unsigned width = width_of(outof - 1);
    uint32_t spare = (uint32_t)(((uint64_t)1 << width) - outof);
    uint32_t middle = (outof - spare) / 2;
    if (spare == 0 || value < middle)
        put_bits(b, value, width);
    else if (value >= middle + spare)
        put_bits(b, (value - middle - spare) | 1U << (width - 1), width);
    else
        put_bits(b, value, width - 1);
}

/* What stands between ${low} and ${high}: the middle one, out of those that it can be, then the
 * halves. */
static void put_between(bits *b, const uint32_t *at, size_t low, size_t high)
{
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t least = at[low] + (uint32_t)(middle - low);
        put_value(b, at[middle] - least, at[high] - at[low] - (uint32_t)(high - low) + 1);
        put_between(b, at, low, middle);
        low = middle;
    }
}

void ocs_glass_put_positions(ocs_buf *out, const uint32_t *at, size_t n)
{
    bits b = {.out = ocs_buf_begin(out, OCS_VARINT_MAX + (n + 2) * sizeof *at)};
    if (!b.out)
        return;
    b.out = ocs_write_varint(b.out, at[n - 1]);
    if (n > 1) {
        put_value(&b, at[0], at[n - 1]);
        put_value(&b, (uint32_t)(n - 2), at[n - 1] - at[0]);
        put_between(&b, at, 0, n - 1);
    }
    if (b.n > 0)
        *b.out++ = (char)(b.waiting & 0xFF);
    ocs_buf_wrote(out, b.out);
}
