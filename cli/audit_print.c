/* An audit in words and as records. */
#include "cli/audit.h"

#include <inttypes.h>

static double share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0.0;
}

static uint64_t words_of(const ocs_audit_count *count)
{
    return count->kept_words + count->cut_words;
}

static ocs_str cut_text(const ocs_audit_cut *cut)
{
    return (ocs_str){cut->text, cut->n};
}

/* ---- text ---- */

static void put_amounts(ocs_out *out, const ocs_audit_count *count)
{
    ocs_out_putf(out,
                 "kept %" PRIu64 " words (%" PRIu64 " bytes), cut %" PRIu64 " words (%" PRIu64
                 " bytes), %.1f %% cut",
                 count->kept_words, count->kept_bytes, count->cut_words, count->cut_bytes,
                 100 * share(count->cut_words, words_of(count)));
}

static void put_evidence(ocs_out *out, const ocs_audit_count *count)
{
    if (count->evidence.n == 0)
        return;
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_putf(out, "  %-8s %-30s %7s %7s %7s  %s\n", "role", "reason", "blocks", "words",
                 "share", "longest");
    ocs_out_style(out, OCS_STYLE_PLAIN);
    for (size_t i = 0; i < count->evidence.n; i++) {
        const ocs_audit_evidence *row = &count->evidence.at[i];
        ocs_out_putf(out, "  %-8s %-30s %7" PRIu64 " %7" PRIu64 " %5.1f %%  ",
                     ocs_block_role_name(row->role), row->reason, row->blocks, row->words,
                     100 * share(row->words, words_of(count)));
        ocs_out_line(out, cut_text(&row->example));
        ocs_out_puts(out, "\n");
    }
}

static void put_prose(ocs_out *out, const ocs_audit_page *page)
{
    for (size_t i = 0; i < page->n_prose; i++) {
        const ocs_audit_prose *prose = &page->prose[i];
        ocs_out_putf(out,
                     "! cut prose, line %" PRIu32 ", %" PRIu32 " words, %s (%s): ", prose->line,
                     prose->words, ocs_block_role_name(prose->role), prose->reason);
        ocs_out_line(out, cut_text(&prose->cut));
        ocs_out_puts(out, "\n");
    }
    if (page->all_prose > page->n_prose)
        ocs_out_putf(out, "! cut prose, %zu more\n", page->all_prose - page->n_prose);
}

static void put_page(ocs_out *out, const ocs_audit_page *page)
{
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_line(out, page->path);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, ": ");
    put_amounts(out, &page->count);
    ocs_out_puts(out, "\n");
    if (page->changed)
        ocs_out_puts(out, "! changed since it was indexed\n");
    if (page->mark != OCS_AUDIT_UNMARKED)
        ocs_out_putf(out, "! %s\n", ocs_audit_mark_words(page->mark));
    put_prose(out, page);
    put_evidence(out, &page->count);
    ocs_out_puts(out, "\n");
}

static void put_site(ocs_out *out, const ocs_audit_site *site)
{
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_puts(out, site->name.p ? "site " : "all sites");
    ocs_out_line(out, site->name);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_putf(out, ": %" PRIu64 " page%s, ", site->pages, site->pages == 1 ? "" : "s");
    put_amounts(out, &site->count);
    ocs_out_puts(out, "\n");
    if (site->marked > 0)
        ocs_out_putf(out, "! %" PRIu64 " page%s to look at\n", site->marked,
                     site->marked == 1 ? "" : "s");
    put_evidence(out, &site->count);
    ocs_out_puts(out, "\n");
}

/* ---- records ---- */

static void key_pair(ocs_json *json, const char *key, uint64_t kept, uint64_t cut)
{
    ocs_json_key(json, key);
    ocs_json_object(json);
    ocs_json_key_int(json, "kept", (long long)kept);
    ocs_json_key_int(json, "cut", (long long)cut);
    ocs_json_object_end(json);
}

static void key_share(ocs_json *json, uint64_t part, uint64_t whole)
{
    ocs_json_key(json, "share");
    ocs_json_real(json, share(part, whole), 4);
}

static void print_amounts(ocs_json *json, const ocs_audit_count *count)
{
    key_pair(json, "words", count->kept_words, count->cut_words);
    key_pair(json, "bytes", count->kept_bytes, count->cut_bytes);
    key_share(json, count->cut_words, words_of(count));
}

static void print_role(ocs_json *json, ocs_block_role role, const char *reason)
{
    ocs_json_key(json, "role");
    ocs_json_cstr(json, ocs_block_role_name(role));
    ocs_json_key(json, "reason");
    ocs_json_cstr(json, reason);
}

static void print_raw(ocs_json *json, const ocs_audit_cut *cut)
{
    ocs_json_key(json, "raw");
    ocs_json_span(json, cut->raw);
    if (cut->inexact)
        ocs_json_key_bool(json, "raw_exact", false);
}

/* ${paths}: the examples are of several pages. */
static void print_evidence(ocs_json *json, const ocs_audit_count *count, bool paths)
{
    ocs_json_key(json, "evidence");
    ocs_json_array(json);
    for (size_t i = 0; i < count->evidence.n; i++) {
        const ocs_audit_evidence *row = &count->evidence.at[i];
        ocs_json_object(json);
        print_role(json, row->role, row->reason);
        ocs_json_key_int(json, "blocks", (long long)row->blocks);
        ocs_json_key_int(json, "words", (long long)row->words);
        key_share(json, row->words, words_of(count));
        ocs_json_key_str(json, "example", cut_text(&row->example));
        if (paths)
            ocs_json_key_str(json, "path", row->example.path);
        print_raw(json, &row->example);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void print_prose(ocs_json *json, const ocs_audit_page *page)
{
    ocs_json_key_int(json, "cut_prose", (long long)page->all_prose);
    ocs_json_key(json, "prose");
    ocs_json_array(json);
    for (size_t i = 0; i < page->n_prose; i++) {
        const ocs_audit_prose *prose = &page->prose[i];
        ocs_json_object(json);
        ocs_json_key_int(json, "line", prose->line);
        print_role(json, prose->role, prose->reason);
        ocs_json_key_int(json, "words", prose->words);
        ocs_json_key_str(json, "text", cut_text(&prose->cut));
        print_raw(json, &prose->cut);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void print_page(ocs_records *records, const ocs_audit_page *page)
{
    ocs_json *json = ocs_records_begin(records, "audit");
    ocs_json_key_str(json, "path", page->path);
    ocs_json_key(json, "url");
    if (page->url.n > 0)
        ocs_json_str(json, page->url);
    else
        ocs_json_null(json);
    ocs_json_key_str(json, "site", page->site);
    print_amounts(json, &page->count);
    ocs_json_key(json, "mark");
    ocs_json_cstr(json, ocs_audit_mark_name(page->mark));
    if (page->changed)
        ocs_json_key_bool(json, "changed", true);
    print_evidence(json, &page->count, false);
    print_prose(json, page);
    ocs_records_end(records);
}

static void print_site(ocs_records *records, const ocs_audit_site *site)
{
    ocs_json *json = ocs_records_begin(records, "audit-site");
    ocs_json_key(json, "site");
    if (site->name.p)
        ocs_json_str(json, site->name);
    else
        ocs_json_null(json);
    ocs_json_key_int(json, "pages", (long long)site->pages);
    ocs_json_key_int(json, "marked", (long long)site->marked);
    print_amounts(json, &site->count);
    print_evidence(json, &site->count, true);
    ocs_records_end(records);
}

/* ---- either ---- */

void ocs_audit_print_page(ocs_audit *audit, const ocs_audit_page *page)
{
    if (audit->records)
        print_page(audit->records, page);
    else
        put_page(audit->out, page);
}

void ocs_audit_print_site(ocs_audit *audit, const ocs_audit_site *site)
{
    if (audit->records)
        print_site(audit->records, site);
    else
        put_site(audit->out, site);
}
