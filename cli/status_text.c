/* `status` for reading: a line for each thing, and behind what needs somebody's hand what to do. */
#include "cli/status_report.h"

#include <inttypes.h>

static void put_failed(const ocs_status_report *r, ocs_out *out)
{
    uint64_t others = r->info.failed_pages - r->refused_pages;
    ocs_out_putf(out, "failed pages  %" PRIu32, r->info.failed_pages);
    if (r->refused_pages > 0)
        ocs_out_putf(out, "; every run tries %" PRIu64 " again", r->refused_pages);
    if (others > 0)
        ocs_out_putf(out, "; %" PRIu64 " again when they or the rules change", others);
    ocs_out_puts(out, "\n");
}

static void put_stale(const ocs_status_report *r, ocs_out *out)
{
    if (r->stale_pages > 0)
        ocs_out_putf(out,
                     "stale pages   %" PRIu64 " made by other rules: `ocsearch index` with their "
                     "sources makes them anew\n",
                     r->stale_pages);
}

static void put_changes(const ocs_index_info *info, ocs_out *out)
{
    ocs_out_putf(out, "changes       %" PRIu64 " since it was written in one piece", info->changes);
    if (info->changes >= info->changes_most)
        ocs_out_puts(out, "; the next run does that again\n");
    else
        ocs_out_putf(out, "; from %" PRIu64 " on a run does that again\n", info->changes_most);
}

static void put_counts(const ocs_last_run *last, ocs_out *out)
{
    const char *before = ": ";
    for (int i = 0; i < OCS_FATE_COUNT; i++, before = ", ")
        ocs_out_putf(out, "%s%" PRIu64 " %s", before, last->pages[i], ocs_fate_name((ocs_fate)i));
}

static void put_last(const ocs_status_report *r, ocs_out *out)
{
    char began[32], ended[32];
    const ocs_last_run *last = &r->last;
    if (!r->knows_last)
        return;
    ocs_out_putf(out, "last run      %.*s", OCS_ARG(ocs_status_time(last->began, began)));
    if (last->ended == 0) {
        ocs_out_puts(out, last->going ? ", going on\n" : ", did not come to its end\n");
        return;
    }
    ocs_out_putf(out, " to %.*s, ", OCS_ARG(ocs_status_time(last->ended, ended)));
    if (last->status == OCS_OK) {
        ocs_out_puts(out, "done");
        put_counts(last, out);
    } else {
        ocs_out_puts(out, "failed: ");
        ocs_out_line(out, ocs_str_of(last->message));
    }
    ocs_out_puts(out, "\n");
}

static void put_sources(const ocs_status_report *r, ocs_out *out)
{
    for (size_t i = 0; i < r->sources.n; i++) {
        ocs_out_putf(out, "%-13s ", i == 0 ? "sources" : "");
        ocs_out_line(out, r->sources.at[i].name);
        ocs_out_puts(out, r->sources.at[i].missing ? " (missing)\n" : "\n");
    }
}

static void put_failures(const ocs_status_report *r, ocs_out *out)
{
    for (size_t i = 0; i < r->failures.n; i++) {
        ocs_out_putf(out, "%-13s ", i == 0 ? "failures" : "");
        ocs_out_line(out, r->failures.at[i].path);
        ocs_out_puts(out, ": ");
        ocs_out_line(out, r->failures.at[i].message);
        ocs_out_puts(out, "\n");
    }
}

void ocs_status_print_text(const ocs_status_report *r, ocs_out *out)
{
    char time[32];
    const ocs_index_info *info = &r->info;
    ocs_str updated = ocs_status_time(info->updated, time);
    ocs_out_puts(out, "database      ");
    ocs_out_line(out, ocs_str_of(info->database));
    ocs_out_putf(out, "\ndocuments     %" PRIu32 "\n", info->documents);
    put_failed(r, out);
    put_stale(r, out);
    ocs_out_putf(out, "updated       %.*s\n", OCS_ARG(updated.n > 0 ? updated : OCS_STR("never")));
    put_last(r, out);
    ocs_out_putf(out, "languages     %s\n", info->langs);
    ocs_out_putf(out, "bytes         %" PRIu64 "\n", info->bytes);
    put_changes(info, out);
    ocs_out_putf(out, "format        %" PRIu32 "\n", info->format);
    ocs_out_putf(out, "rules         %016" PRIx64 "%s\n", info->rules,
                 ocs_status_is_stale(r) ? " (stale: the next index run makes all documents anew)"
                                        : "");
    put_sources(r, out);
    put_failures(r, out);
}
