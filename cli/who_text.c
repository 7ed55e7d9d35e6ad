/* Who was what, for people: a heading for each office (or person), under it a line for each person
 * (or office) from first to last date, its wordings, and sentences. */
#include "cli/pager.h"
#include "cli/say.h"
#include "cli/who_view.h"

enum { TEXT_WORDINGS = 3 };

static void put_styled(ocs_out *out, ocs_style style, ocs_str text)
{
    ocs_out_style(out, style);
    ocs_out_line(out, text);
    ocs_out_style(out, OCS_STYLE_PLAIN);
}

/* A standing that the wording does not show: "(former) Head of Mission". */
static void put_office(ocs_out *out, const ocs_who_office *office, ocs_style style)
{
    for (unsigned s = 0; s < OCS_STANDING_COUNT; s++)
        if ((office->office.standing >> s & 1U) != 0)
            ocs_out_putf(out, "(%s) ", ocs_standing_name((ocs_standing)s));
    put_styled(out, style, office->text);
    if (office->org.n > 0 && ocs_str_find(office->text, office->org, 0) == office->text.n) {
        ocs_out_puts(out, " · ");
        ocs_out_line(out, office->org);
    }
    if (office->country.n > 0 && ocs_str_find(office->text, office->country, 0) == office->text.n &&
        ocs_str_find(office->org, office->country, 0) == office->org.n) {
        ocs_out_puts(out, " · ");
        ocs_out_line(out, office->country);
    }
}

static void put_office_heading(ocs_out *out, const ocs_who_office *office)
{
    put_office(out, office, OCS_STYLE_TITLE);
    ocs_out_putf(out, ": %u %s in %u document%s", (unsigned)office->people,
                 office->people == 1 ? "person" : "people", (unsigned)office->documents,
                 office->documents == 1 ? "" : "s");
}

static void put_heading(const ocs_who_view *v, size_t i)
{
    ocs_out *out = v->out;
    ocs_out_puts(out, i == v->from ? "" : "\n");
    if (v->who->by == OCS_WHO_ROLE)
        put_office_heading(out, ocs_who_view_office(v, i));
    else
        put_styled(out, OCS_STYLE_TITLE, ocs_who_view_holding(v, i)->name);
    ocs_out_puts(out, "\n");
}

static void put_years(ocs_out *out, const ocs_who_holding *holding)
{
    char first[OCS_WHEN_TEXT], last[OCS_WHEN_TEXT];
    if (holding->first.year == 0) {
        ocs_out_puts(out, "no date                 ");
        return;
    }
    ocs_out_putf(out, "%-10.*s .. %-10.*s", OCS_ARG(ocs_lines_date(holding->first, first)),
                 OCS_ARG(ocs_lines_date(holding->last, last)));
}

static void put_wordings(const ocs_who_view *v, const ocs_who_holding *holding)
{
    ocs_buf line;
    ocs_buf_init(&line, 1 << 20);
    for (size_t i = 0; i < holding->n_wordings && i < TEXT_WORDINGS; i++)
        ocs_buf_putf(&line, "%s\"%.*s\" %u", i > 0 ? ", " : "", OCS_ARG(holding->wordings[i].text),
                     (unsigned)holding->wordings[i].documents);
    if (holding->n_wordings > TEXT_WORDINGS)
        ocs_buf_putf(&line, " and %zu more", holding->n_wordings - TEXT_WORDINGS);
    ocs_out_style(v->out, OCS_STYLE_FAINT);
    ocs_lines_wrap(v->out, ocs_buf_str(&line), 4);
    ocs_out_style(v->out, OCS_STYLE_PLAIN);
    ocs_buf_clear(&line);
}

static void put_evidence(const ocs_who_view *v, const ocs_who_evidence *evidence)
{
    ocs_citation citation = ocs_who_view_citation(evidence);
    ocs_citation_lines(v->out, &citation, 4);
}

static void put_holding(const ocs_who_view *v, size_t i)
{
    ocs_out *out = v->out;
    const ocs_who_holding *holding = ocs_who_view_holding(v, i);
    size_t shown = ocs_who_view_shown(v, holding);
    ocs_out_puts(out, "  ");
    put_years(out, holding);
    ocs_out_putf(out, "%6zu %s  ", holding->n_evidence,
                 holding->n_evidence == 1 ? "document " : "documents");
    if (v->who->by == OCS_WHO_ROLE)
        put_styled(out, OCS_STYLE_TITLE, holding->name);
    else
        put_office(out, ocs_who_view_office(v, i), OCS_STYLE_PLAIN);
    if (holding->undated > 0 && holding->first.year > 0)
        ocs_out_putf(out, " (%u without a date)", (unsigned)holding->undated);
    ocs_out_puts(out, "\n");
    if (holding->n_wordings > 1 || v->who->by == OCS_WHO_ROLE)
        put_wordings(v, holding);
    for (size_t e = 0; e < shown; e++)
        put_evidence(v, ocs_who_view_evidence(holding, e, shown));
}

static const char *days(long n)
{
    return n == 1 ? "day" : "days";
}

static void put_gap(ocs_buf *out, const ocs_who_day *day)
{
    char before[OCS_WHEN_TEXT], after[OCS_WHEN_TEXT];
    ocs_buf_putf(out, "between %.*s (%ld %s before) and %.*s (%ld %s after)",
                 OCS_ARG(ocs_lines_when(day->before->published, before)), day->days_before,
                 days(day->days_before), OCS_ARG(ocs_lines_when(day->after->published, after)),
                 day->days_after, days(day->days_after));
}

/* By person nobody else was looked for. */
static void put_verdict_words(ocs_buf *out, const ocs_who_day *day, ocs_who_by by)
{
    char date[OCS_WHEN_TEXT];
    switch (day->nearness) {
    case OCS_WHO_STATED:
        ocs_buf_puts(out, "stated on that day");
        break;
    case OCS_WHO_BETWEEN:
        put_gap(out, day);
        ocs_buf_puts(out, by == OCS_WHO_ROLE ? "; nobody else is named between" : "");
        break;
    case OCS_WHO_SHARED:
        put_gap(out, day);
        ocs_buf_puts(out, "; but others are named between");
        break;
    case OCS_WHO_AROUND:
        ocs_buf_putf(out, "stated in %.*s, on a day that is not known",
                     OCS_ARG(ocs_lines_when(day->before->published, date)));
        break;
    case OCS_WHO_BEFORE:
        ocs_buf_putf(out, "only nearest evidence: last named %.*s, %ld %s before",
                     OCS_ARG(ocs_lines_when(day->before->published, date)), day->days_before,
                     days(day->days_before));
        break;
    case OCS_WHO_AFTER:
        ocs_buf_putf(out, "only nearest evidence: first named %.*s, %ld %s after",
                     OCS_ARG(ocs_lines_when(day->after->published, date)), day->days_after,
                     days(day->days_after));
        break;
    case OCS_WHO_UNDATED:
        ocs_buf_puts(out, "no dated evidence");
        break;
    }
}

static void put_verdict(const ocs_who_view *v, size_t i)
{
    ocs_out *out = v->out;
    ocs_buf words;
    const ocs_who_day *day = ocs_who_view_day(v, i);
    ocs_buf_init(&words, 1 << 16);
    put_verdict_words(&words, day, v->who->by);
    ocs_out_puts(out, "  ");
    if (v->who->by == OCS_WHO_ROLE)
        put_styled(out, OCS_STYLE_TITLE, ocs_who_view_holding(v, i)->name);
    else
        put_office(out, ocs_who_view_office(v, i), OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
    ocs_lines_wrap(out, ocs_buf_str(&words), 4);
    ocs_buf_clear(&words);
    if (day->before)
        put_evidence(v, day->before);
    if (day->after && day->after != day->before)
        put_evidence(v, day->after);
}

/* What was found beside what was asked for, and may have been meant. */
static void say_others(const ocs_who *who)
{
    for (unsigned s = 0; s < OCS_STANDING_COUNT; s++)
        if (who->others[s] > 0)
            ocs_say("left out: '%s', in %u document%s; ask for it with that word",
                    ocs_standing_name((ocs_standing)s), (unsigned)who->others[s],
                    who->others[s] == 1 ? "" : "s");
}

void ocs_who_view_text(const ocs_who_view *v)
{
    for (size_t i = v->from; i < v->to; i++) {
        if (ocs_who_view_heads(v, i))
            put_heading(v, i);
        if (v->days)
            put_verdict(v, i);
        else
            put_holding(v, i);
    }
    ocs_pager_end(v->out); /* what is said now is to stand behind them */
    say_others(v->who);
    if (v->n == 0)
        ocs_say("nobody and no role found");
    else
        ocs_say("%zu of %zu found in %u document%s that state roles", v->to - v->from, v->n,
                (unsigned)v->who->documents, v->who->documents == 1 ? "" : "s");
}
