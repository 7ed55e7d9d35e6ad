/* Numbers as LEB128, times folded so that small negative ones stay short.  The path is written only
 * where the key does not hold all of it.  What came later stands at the end, where older programs do
 * not look; absent, it is 0. */
#include "index/page_state.h"

enum { FORM = 1, KEY_CAP = 64 * 1024, HASH_ROOM = 32 };

static uint64_t fold_sign(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unfold_sign(uint64_t folded)
{
    return (int64_t)(folded >> 1) ^ -(int64_t)(folded & 1);
}

void ocs_page_state_pack(const ocs_page_state *state, ocs_buf *out)
{
    bool cut = state->path.n + strlen(OCS_META_PAGE) > OCS_TERM_MAX;
    ocs_buf_put_varint(out, FORM);
    ocs_buf_put_varint(out, state->size);
    ocs_buf_put_varint(out, fold_sign(state->mtime_ns));
    ocs_buf_put_varint(out, state->hash);
    ocs_buf_put_varint(out, state->rules);
    ocs_buf_put_varint(out, state->source);
    ocs_buf_put_varint(out, (uint64_t)state->outcome);
    ocs_buf_put_string(out, state->message);
    ocs_buf_put_string(out, cut ? state->path : (ocs_str){0});
    ocs_buf_put_varint(out, state->member);
    ocs_buf_put_varint(out, state->terms);
}

bool ocs_page_state_unpack(ocs_str key, ocs_str packed, ocs_page_state *state)
{
    uint64_t form, mtime, outcome;
    if (!ocs_take_varint(&packed, &form) || form != FORM)
        return false;
    if (!ocs_take_varint(&packed, &state->size) || !ocs_take_varint(&packed, &mtime) ||
        !ocs_take_varint(&packed, &state->hash) || !ocs_take_varint(&packed, &state->rules) ||
        !ocs_take_varint(&packed, &state->source) || !ocs_take_varint(&packed, &outcome) ||
        !ocs_take_string(&packed, &state->message) || !ocs_take_string(&packed, &state->path))
        return false;
    if (outcome >= OCS_PAGE_OUTCOME_COUNT)
        return false;
    if (!ocs_take_varint(&packed, &state->member))
        state->member = 0;
    if (!ocs_take_varint(&packed, &state->terms))
        state->terms = 0;
    state->mtime_ns = unfold_sign(mtime);
    state->outcome = (ocs_page_outcome)outcome;
    if (state->path.n == 0)
        state->path = ocs_str_sub(key, strlen(OCS_META_PAGE), key.n);
    return true;
}

static ocs_status find(xap_db *db, ocs_str path, ocs_buf *key, ocs_page_state *state,
                       ocs_error *err)
{
    ocs_str packed;
    ocs_meta_page_key(key, path);
    if (ocs_buf_status(key) != OCS_OK)
        return ocs_fail(err, ocs_buf_status(key), "cannot look up the page %.*s", OCS_ARG(path));
    ocs_status st = xap_db_metadata(db, ocs_buf_str(key), &packed, err);
    if (st != OCS_OK)
        return st;
    if (packed.n == 0)
        return OCS_NOTFOUND;
    if (!ocs_page_state_unpack(ocs_buf_str(key), packed, state))
        return ocs_fail(err, OCS_CORRUPT, "what the index knows of %.*s is damaged", OCS_ARG(path));
    /* another long path of the same start and hash: we know nothing of this one */
    return ocs_str_eq(state->path, path) ? OCS_OK : OCS_NOTFOUND;
}

ocs_status ocs_page_state_find(xap_db *db, ocs_str path, ocs_page_state *state, ocs_error *err)
{
    ocs_buf key;
    ocs_buf_init(&key, KEY_CAP);
    ocs_status st = find(db, path, &key, state, err);
    if (st == OCS_OK)
        state->path = path; /* the key goes */
    ocs_buf_clear(&key);
    return st;
}

/* ---- folders ---- */

bool ocs_page_is_below(ocs_str path, ocs_str folder)
{
    if (folder.n == 0 || !ocs_str_starts(path, folder))
        return false;
    return folder.p[folder.n - 1] == '/' || (path.n > folder.n && path.p[folder.n] == '/');
}

/* They start like this, whether cut or not. */
static ocs_str key_start(ocs_buf *out, ocs_str folder)
{
    size_t most = OCS_TERM_MAX - HASH_ROOM - strlen(OCS_META_PAGE);
    ocs_buf_puts(out, OCS_META_PAGE);
    ocs_buf_put(out, ocs_str_sub(folder, 0, folder.n < most ? folder.n : most));
    return ocs_buf_str(out);
}

ocs_status ocs_page_state_keys(xap_db *db, ocs_str folder, xap_terms **keys, ocs_error *err)
{
    ocs_buf start;
    ocs_buf_init(&start, KEY_CAP);
    ocs_status st = xap_db_keys(db, key_start(&start, folder), keys, err);
    ocs_buf_clear(&start);
    return st;
}
