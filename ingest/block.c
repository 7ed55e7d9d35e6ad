/* Names of kinds and roles, what is measured of every block, and how blocks are printed. */
#include "ingest/block.h"

const char *ocs_block_kind_name(ocs_block_kind kind)
{
    static const char *const names[] = {
#define X(name, text) text,
        OCS_BLOCK_KINDS(X)
#undef X
    };
    return names[kind];
}

const char *ocs_block_role_name(ocs_block_role role)
{
    static const char *const names[] = {
#define X(name, text, kept) text,
        OCS_BLOCK_ROLES(X)
#undef X
    };
    return names[role];
}

bool ocs_block_role_kept(ocs_block_role role)
{
    static const bool kept_roles[] = {
#define X(name, text, kept) kept,
        OCS_BLOCK_ROLES(X)
#undef X
    };
    return kept_roles[role];
}

static size_t bullet_length(ocs_str text)
{
    static const char *const bullets[] = {"-", "•", "–", "*", "·", "▪", "■", "»"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        if (text.n == 0 || text.p[0] != bullets[i][0])
            continue;
        ocs_str bullet = ocs_str_of(bullets[i]);
        if (!ocs_str_starts(text, bullet) || text.n == bullet.n)
            continue;
        if (text.p[bullet.n] == ' ')
            return bullet.n + 1;
        if (text.p[bullet.n] == bullet.p[0] || ocs_ascii_digit(text.p[bullet.n]))
            return 0; /* a rule, or a number with its sign */
        return i < 2 ? bullet.n : 0;
    }
    return 0;
}

static bool ends_sentence(ocs_str text)
{
    size_t end = text.n;
    uint32_t p = 0;
    while (end > 0) {
        size_t n = ocs_utf8_before(text, end, &p);
        if (p != 0x201D && p != '"' && p != ')' && p != 0xBB && p != 0x2019 && p != '\'')
            break;
        end -= n;
    }
    return p == '.' || p == '!' || p == '?' || p == 0x2026;
}

static size_t count_words(ocs_str text)
{
    size_t words = text.n > 0 && !ocs_ascii_space(text.p[0]);
    for (size_t i = 1; i < text.n; i++) /* a plain sum of pairs of bytes: vector code */
        words += ocs_ascii_space(text.p[i - 1]) > ocs_ascii_space(text.p[i]);
    return words;
}

void ocs_block_measure(ocs_block *block, ocs_str text)
{
    block->bullet = (uint8_t)bullet_length(text);
    block->words = (uint32_t)count_words(ocs_str_sub(text, block->bullet, text.n));
    block->colon = text.n > 0 && text.p[text.n - 1] == ':';
    block->sentence = ends_sentence(text);
}

void ocs_blocks_print(const ocs_blocks *blocks, ocs_buf *out)
{
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        ocs_buf_putf(out, "%5u %-5s %-8s %-8s %-28s ", (unsigned)b->line,
                     ocs_block_kept(blocks, b) ? "keep" : "drop", ocs_block_role_name(b->role),
                     ocs_block_kind_name(b->kind), b->reason ? b->reason : "");
        if (blocks->judged)
            ocs_buf_putf(out, "%.2f ", (double)b->judged);
        if (blocks->site_pages > 0)
            ocs_buf_putf(out, "%2u/%-2u ", (unsigned)b->seen, (unsigned)blocks->site_pages);
        ocs_buf_put(out, ocs_block_text(blocks, b));
        ocs_buf_putc(out, '\n');
    }
}

void ocs_blocks_print_json(const ocs_blocks *blocks, ocs_str path, ocs_buf *out)
{
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        bool exact = true;
        ocs_json json;
        ocs_json_init(&json, out);
        ocs_json_object(&json);
        ocs_json_key(&json, "type");
        ocs_json_cstr(&json, "block");
        ocs_json_key_str(&json, "path", path);
        ocs_json_key_int(&json, "line", b->line);
        ocs_json_key_bool(&json, "keep", ocs_block_kept(blocks, b));
        ocs_json_key(&json, "role");
        ocs_json_cstr(&json, ocs_block_role_name(b->role));
        ocs_json_key(&json, "kind");
        ocs_json_cstr(&json, ocs_block_kind_name(b->kind));
        ocs_json_key(&json, "reason");
        ocs_json_cstr(&json, b->reason);
        if (blocks->judged) {
            ocs_json_key(&json, "judged");
            ocs_json_real(&json, (double)b->judged, 3);
        }
        if (blocks->site_pages > 0) {
            ocs_json_key_int(&json, "seen", b->seen);
            ocs_json_key_int(&json, "site_pages", blocks->site_pages);
        }
        ocs_json_key_str(&json, "text", ocs_block_text(blocks, b));
        if (b->at.to > b->at.from) {
            ocs_json_key(&json, "raw");
            ocs_json_span(&json, ocs_origin_raw(blocks->origin, b->at, &exact));
            if (!exact)
                ocs_json_key_bool(&json, "raw_exact", false);
        }
        ocs_json_object_end(&json);
        ocs_buf_putc(out, '\n');
    }
}

bool ocs_blocks_article(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n_hints; i++)
        if (blocks->hints[i].about == OCS_HINT_KIND &&
            ocs_str_eq_nocase(blocks->hints[i].value, OCS_STR("article")))
            return true;
    return false;
}

bool ocs_named_like_html(ocs_str path)
{
    static const char *const ends[] = {".html", ".htm", ".xhtml", ".HTML", ".HTM"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ocs_str_ends(path, ocs_str_of(ends[i])))
            return true;
    return false;
}
