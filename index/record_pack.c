/* A record as bytes, to travel between processes: values and data as strings, then every term with
 * what it has in common with the one before left out, its frequency, and its positions as
 * differences. */
#include "index/record.h"

enum { VALUES_MAX = sizeof((ocs_record *)0)->values / sizeof(ocs_record_value) };

static void pack_term(ocs_str before, const ocs_record_term *term, ocs_buf *out)
{
    size_t same = ocs_str_common(before, term->term);
    uint32_t last = 0;
    ocs_buf_put_varint(out, same);
    ocs_buf_put_string(out, ocs_str_sub(term->term, same, term->term.n));
    ocs_buf_put_varint(out, term->wdf);
    ocs_buf_put_varint(out, term->n_positions);
    for (size_t i = 0; i < term->n_positions; i++) {
        ocs_buf_put_varint(out, term->positions[i] - last);
        last = term->positions[i];
    }
}

void ocs_record_pack(const ocs_record *record, ocs_buf *out)
{
    ocs_str before = {"", 0};
    ocs_buf_put_string(out, record->unique);
    ocs_buf_put_string(out, record->stemmed);
    ocs_buf_put_string(out, record->data);
    ocs_buf_put_string(out, record->columns);
    ocs_buf_put_varint(out, record->n_values);
    for (size_t i = 0; i < record->n_values; i++) {
        ocs_buf_put_varint(out, record->values[i].slot);
        ocs_buf_put_string(out, record->values[i].value);
    }
    ocs_buf_put_varint(out, record->n_terms);
    for (size_t i = 0; i < record->n_terms; i++) {
        pack_term(before, &record->terms[i], out);
        before = record->terms[i].term;
    }
}

/* ---- and back ---- */

static bool unpack_values(ocs_str *rest, ocs_record *record)
{
    uint64_t n, slot;
    if (!ocs_take_varint(rest, &n) || n > VALUES_MAX)
        return false;
    for (record->n_values = 0; record->n_values < n; record->n_values++) {
        ocs_record_value *value = &record->values[record->n_values];
        if (!ocs_take_varint(rest, &slot) || slot > UINT32_MAX ||
            !ocs_take_string(rest, &value->value))
            return false;
        value->slot = (uint32_t)slot;
    }
    return true;
}

static bool unpack_positions(ocs_str *rest, ocs_arena *arena, ocs_record_term *term)
{
    uint64_t n, step, last = 0;
    if (!ocs_take_varint(rest, &n) || n > rest->n) /* each takes a byte or more */
        return false;
    uint32_t *at = ocs_arena_array(arena, n, sizeof *at);
    for (size_t i = 0; at && i < n; i++) {
        if (!ocs_take_varint(rest, &step) || step > UINT32_MAX || (last += step) > UINT32_MAX)
            return false;
        at[i] = (uint32_t)last;
    }
    term->positions = at;
    term->n_positions = (uint32_t)n;
    return at != NULL;
}

static bool unpack_name(ocs_str *rest, ocs_arena *arena, ocs_str before, ocs_str *name)
{
    uint64_t same;
    ocs_str tail;
    if (!ocs_take_varint(rest, &same) || same > before.n || !ocs_take_string(rest, &tail))
        return false;
    char *bytes = ocs_arena_alloc(arena, same + tail.n);
    if (!bytes)
        return false;
    memcpy(bytes, before.p, same);
    memcpy(bytes + same, tail.p, tail.n);
    *name = (ocs_str){bytes, same + tail.n};
    return true;
}

static bool unpack_terms(ocs_str *rest, ocs_arena *arena, ocs_record *record)
{
    uint64_t n, wdf;
    ocs_str before = {"", 0};
    if (!ocs_take_varint(rest, &n) || n > rest->n)
        return false;
    ocs_record_term *terms = ocs_arena_array(arena, n, sizeof *terms);
    for (size_t i = 0; terms && i < n; i++) {
        if (!unpack_name(rest, arena, before, &terms[i].term) || !ocs_take_varint(rest, &wdf) ||
            wdf > UINT32_MAX || !unpack_positions(rest, arena, &terms[i]))
            return false;
        terms[i].wdf = (uint32_t)wdf;
        before = terms[i].term;
    }
    record->terms = terms;
    record->n_terms = n;
    return terms != NULL;
}

ocs_status ocs_record_unpack(ocs_str packed, ocs_arena *arena, ocs_record *record, ocs_error *err)
{
    ocs_str rest = packed;
    *record = (ocs_record){0};
    bool good = ocs_take_string(&rest, &record->unique) &&
                ocs_take_string(&rest, &record->stemmed) && ocs_take_string(&rest, &record->data) &&
                ocs_take_string(&rest, &record->columns) && unpack_values(&rest, record) &&
                unpack_terms(&rest, arena, record);
    ocs_status st = ocs_arena_status(arena);
    if (st != OCS_OK)
        return ocs_fail(err, st, "no memory for a record");
    return good && rest.n == 0 ? OCS_OK : ocs_fail(err, OCS_CORRUPT, "a packed record is damaged");
}
