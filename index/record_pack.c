/* A record as bytes, to travel between processes: values and data as strings, then every term with
 * what it has in common with the one before left out, its frequency, and its positions as
 * differences. */
#include "index/record.h"

enum { VALUES_MAX = sizeof((ocs_record *)0)->values / sizeof(ocs_record_value) };

/* How much a term may take beside its bytes and its positions. */
enum { TERM_NUMBERS = 4 * OCS_VARINT_MAX, POSITION_MAX = 5 };

static char *pack_term(char *at, ocs_str before, const ocs_record_term *term)
{
    size_t same = ocs_str_common(before, term->term);
    uint32_t last = 0;
    at = ocs_write_varint(at, same);
    at = ocs_write_varint(at, term->term.n - same);
    at = ocs_write_bytes(at, ocs_str_sub(term->term, same, term->term.n));
    at = ocs_write_varint(at, term->wdf);
    at = ocs_write_varint(at, term->n_positions);
    for (size_t i = 0; i < term->n_positions; i++) {
        at = ocs_write_varint(at, term->positions[i] - last);
        last = term->positions[i];
    }
    return at;
}

/* Their number, and how much room they take once unpacked, then the terms. */
static void pack_terms(const ocs_record *record, ocs_buf *out)
{
    ocs_str before = {"", 0};
    size_t bytes = 0, positions = 0;
    for (size_t i = 0; i < record->n_terms; i++) {
        bytes += record->terms[i].term.n;
        positions += record->terms[i].n_positions;
    }
    ocs_buf_put_varint(out, record->n_terms);
    ocs_buf_put_varint(out, bytes);
    ocs_buf_put_varint(out, positions);
    char *at =
        ocs_buf_begin(out, bytes + record->n_terms * TERM_NUMBERS + positions * POSITION_MAX);
    for (size_t i = 0; at && i < record->n_terms; i++) {
        at = pack_term(at, before, &record->terms[i]);
        before = record->terms[i].term;
    }
    if (at)
        ocs_buf_wrote(out, at);
}

void ocs_record_pack(const ocs_record *record, ocs_buf *out)
{
    ocs_buf_put_string(out, record->unique);
    ocs_buf_put_string(out, record->stemmed);
    ocs_buf_put_string(out, record->data);
    ocs_buf_put_string(out, record->columns);
    ocs_buf_put_varint(out, record->n_values);
    for (size_t i = 0; i < record->n_values; i++) {
        ocs_buf_put_varint(out, record->values[i].slot);
        ocs_buf_put_string(out, record->values[i].value);
    }
    pack_terms(record, out);
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

/* Where the terms go. */
typedef struct terms_room {
    char *bytes;
    uint32_t *positions;
    size_t n_bytes, n_positions; /* still free */
} terms_room;

static bool unpack_positions(ocs_str *rest, terms_room *room, ocs_record_term *term)
{
    uint64_t n, step, last = 0;
    if (!ocs_take_varint(rest, &n) || n > room->n_positions)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!ocs_take_varint(rest, &step) || step > UINT32_MAX || (last += step) > UINT32_MAX)
            return false;
        room->positions[i] = (uint32_t)last;
    }
    term->positions = room->positions;
    term->n_positions = (uint32_t)n;
    room->positions += n;
    room->n_positions -= n;
    return true;
}

static bool unpack_name(ocs_str *rest, terms_room *room, ocs_str before, ocs_str *name)
{
    uint64_t same;
    ocs_str tail;
    if (!ocs_take_varint(rest, &same) || same > before.n || !ocs_take_string(rest, &tail) ||
        same + tail.n > room->n_bytes)
        return false;
    char *end = ocs_write_bytes(ocs_write_bytes(room->bytes, ocs_str_sub(before, 0, same)), tail);
    *name = (ocs_str){room->bytes, same + tail.n};
    room->bytes = end;
    room->n_bytes -= name->n;
    return true;
}

static bool unpack_term(ocs_str *rest, terms_room *room, ocs_str before, ocs_record_term *term)
{
    uint64_t wdf;
    if (!unpack_name(rest, room, before, &term->term) || !ocs_take_varint(rest, &wdf) ||
        wdf > UINT32_MAX)
        return false;
    term->wdf = (uint32_t)wdf;
    return unpack_positions(rest, room, term);
}

/* Each term takes two bytes or more, and each position one; how long the terms are is bounded by the
 * arena alone. */
static bool unpack_terms(ocs_str *rest, ocs_arena *arena, ocs_record *record)
{
    uint64_t n, bytes, positions;
    ocs_str before = {"", 0};
    if (!ocs_take_varint(rest, &n) || n > rest->n || !ocs_take_varint(rest, &bytes) ||
        !ocs_take_varint(rest, &positions) || positions > rest->n)
        return false;
    ocs_record_term *terms = ocs_arena_array(arena, n, sizeof *terms);
    terms_room room = {.n_bytes = bytes, .n_positions = positions};
    room.positions = ocs_arena_array(arena, positions, sizeof *room.positions);
    room.bytes = ocs_arena_alloc(arena, bytes);
    if (!terms || !room.positions || !room.bytes)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!unpack_term(rest, &room, before, &terms[i]))
            return false;
        before = terms[i].term;
    }
    record->terms = terms;
    record->n_terms = n;
    return true;
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
