/* A text dump is cut at its line ends; nothing else is certain about it.  Lines without letters or
 * digits are rules or blank and kept only as marks for what stands around them. */
#include "ingest/block.h"
#include "ingest/writer.h"

static bool has_word(ocs_str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t p;
        at += ocs_utf8_at(text, at, &p);
        if (ocs_point_letter(p) || ocs_point_digit(p))
            return true;
    }
    return false;
}

static ocs_block_kind kind_of(ocs_str text, const ocs_block *block)
{
    if (ocs_str_eq(text, OCS_STR("-")))
        return OCS_BLOCK_DASH;
    if (!has_word(text))
        return OCS_BLOCK_RULE;
    return block->bullet > 0 ? OCS_BLOCK_ENTRY : OCS_BLOCK_LINE;
}

/* The end of the line that starts at ${from}: LF, CR or CRLF; ${next} is where the next one starts.
 */
static size_t line_end(ocs_str text, size_t from, size_t *next)
{
    size_t end = from;
    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    *next = end < text.n ? end + 1 : end;
    if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n')
        *next = end + 2;
    return end;
}

ocs_status ocs_dump_cut(const ocs_decoded *page, ocs_arena *arena, ocs_blocks *blocks,
                        ocs_error *err)
{
    ocs_writer w;
    ocs_writer_init(&w, arena, page->text, page->origin);
    OCS_VEC(ocs_block) list = {0};
    uint32_t line = 0, blank = 0;
    for (size_t at = 0, next; at < page->text.n && !w.failed; at = next) {
        size_t end = line_end(page->text, at, &next), from = w.n;
        line++;
        ocs_writer_copy(&w, at, end);
        if (w.n == from) {
            w.pending_space = false;
            blank++;
            continue;
        }
        ocs_block *block = ocs_vec_push(arena, &list);
        if (!block)
            break;
        *block = (ocs_block){.at = {from, w.n}, .line = line, .blank_before = blank};
        ocs_str text = {w.text + from, w.n - from};
        ocs_block_measure(block, text);
        block->kind = (uint8_t)kind_of(text, block);
        ocs_writer_end_line(&w);
        blank = 0;
    }
    if (ocs_arena_status(arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    *blocks = (ocs_blocks){
        .text = {w.text, w.n}, .origin = ocs_origin_of(&w.origin), .at = list.at, .n = list.n};
    return OCS_OK;
}
