/* The picture: bars over an axis of time on which every year, month or day has its place, those
 * without a date, too.  Each bar says in a title what it is, for a pointer and for a reader aloud. */
#include "cli/chart.h"
#include "cli/lines.h"
#include "cli/xml.h"

enum {
    WIDTH = 960,
    HEIGHT = 420,
    LEFT = 70,
    RIGHT = 20,
    TOP = 60,
    BOTTOM = 80,
    PLOT = WIDTH - LEFT - RIGHT,
    RISE = HEIGHT - TOP - BOTTOM,
    LABELS = 12, /* on the axis of time, at most */
    STEPS = 5
};

typedef struct picture {
    ocs_buf *out;
    const ocs_chart *chart;
    ocs_date first, last;
    long slots;    /* from first to last */
    uint32_t high; /* documents at the top of the axis */
    uint32_t step;
    uint64_t unplaced; /* mentions without a place on the axis */
} picture;

static bool has_place(const picture *p, const ocs_timeline_bar *bar)
{
    return ocs_date_precision(bar->date) == p->chart->by;
}

/* 1, 2 or 5 times a power of ten, so that at most STEPS of them reach ${most}. */
static uint32_t nice_step(uint32_t most)
{
    for (uint32_t power = 1;; power *= 10) {
        static const uint32_t times[] = {1, 2, 5};
        for (size_t i = 0; i < sizeof times / sizeof *times; i++)
            if ((uint64_t)power * times[i] * STEPS >= most || power >= 100000000)
                return power * times[i];
    }
}

static void measure(picture *p)
{
    const ocs_timeline *timeline = p->chart->timeline;
    uint32_t most = 1;
    p->unplaced = timeline->unknown.mentions;
    for (size_t i = 0; i < timeline->n_bars; i++) {
        const ocs_timeline_bar *bar = &timeline->bars[i];
        if (!has_place(p, bar)) {
            p->unplaced += bar->mentions;
            continue;
        }
        if (p->first.year == 0)
            p->first = bar->date;
        p->last = bar->date;
        most = bar->documents > most ? bar->documents : most;
    }
    p->slots = p->first.year == 0 ? 0 : ocs_chart_distance(p->first, p->last, p->chart->by) + 1;
    p->step = nice_step(most);
    p->high = (most + p->step - 1) / p->step * p->step;
}

/* ---- words ---- */

static const char *title_of(const ocs_chart *chart)
{
    return chart->published ? "Documents by date of publication" : "Dates that the texts speak of";
}

static void put_head(const picture *p)
{
    static const char *const names[] = {"", "year", "month", "day"};
    const ocs_timeline *timeline = p->chart->timeline;
    ocs_buf_putf(p->out,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                 "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title desc\" "
                 "font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n"
                 "<title id=\"title\">%s, by %s",
                 WIDTH, HEIGHT, WIDTH, HEIGHT, title_of(p->chart), names[p->chart->by]);
    if (p->chart->query.n > 0) {
        ocs_buf_puts(p->out, ": ");
        ocs_xml_put(p->out, p->chart->query);
    }
    ocs_buf_putf(
        p->out,
        "</title>\n<desc id=\"desc\">%u of %u documents have such a date. Not drawn, for they "
        "are too imprecise for this axis or have no year: %llu.</desc>\n",
        (unsigned)timeline->dated, (unsigned)timeline->documents, (unsigned long long)p->unplaced);
    ocs_buf_putf(p->out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, HEIGHT);
}

/* What does not fit over the plot is cut; the title element has it all. */
static void put_title(const picture *p)
{
    enum { TITLE_BYTES = 80 };
    ocs_str query = p->chart->query, cut = ocs_str_sub(query, 0, TITLE_BYTES);
    while (cut.n < query.n && cut.n > 0 && ((unsigned char)query.p[cut.n] & 0xC0) == 0x80)
        cut.n--;
    ocs_buf_putf(p->out, "<text x=\"%d\" y=\"30\" font-size=\"18\">%s", LEFT, title_of(p->chart));
    if (cut.n > 0) {
        ocs_buf_puts(p->out, ": ");
        ocs_xml_put(p->out, cut);
        ocs_buf_puts(p->out, cut.n < query.n ? "…" : "");
    }
    ocs_buf_puts(p->out, "</text>\n");
    if (p->unplaced > 0)
        ocs_buf_putf(p->out,
                     "<text x=\"%d\" y=\"48\" fill=\"#555\">not drawn, too imprecise or without "
                     "a year: %llu</text>\n",
                     LEFT, (unsigned long long)p->unplaced);
}

/* ---- axes ---- */

static double x_of(const picture *p, long slot)
{
    return LEFT + (double)PLOT * (double)slot / (double)p->slots;
}

static double height_of(const picture *p, uint32_t documents)
{
    return (double)RISE * documents / p->high;
}

static void put_scale(const picture *p)
{
    for (uint32_t n = 0; n <= p->high; n += p->step) {
        double y = TOP + RISE - height_of(p, n);
        ocs_buf_putf(p->out,
                     "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n"
                     "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%u</text>\n",
                     LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4, (unsigned)n);
    }
    ocs_buf_putf(p->out,
                 "<text transform=\"translate(18 %d) rotate(-90)\" "
                 "text-anchor=\"middle\">documents</text>\n",
                 TOP + RISE / 2);
}

static void put_times(const picture *p)
{
    char label[OCS_WHEN_TEXT];
    long every = (p->slots + LABELS - 1) / LABELS;
    ocs_date date = p->first;
    for (long slot = 0; slot < p->slots; slot++) {
        if (slot % every == 0)
            ocs_buf_putf(p->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.*s</text>\n",
                         (x_of(p, slot) + x_of(p, slot + 1)) / 2, TOP + RISE + 20,
                         OCS_ARG(ocs_date_print(date, label)));
        date = ocs_date_next_of(date, p->chart->by);
    }
    ocs_buf_putf(p->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                 LEFT + PLOT / 2, TOP + RISE + 46,
                 p->chart->published ? "date of publication" : "date in the text");
    ocs_buf_putf(p->out, "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#222\"/>\n", LEFT,
                 WIDTH - RIGHT, TOP + RISE, TOP + RISE);
}

/* ---- bars ---- */

/* With a little air between them where there is room for it, and never too thin to be seen. */
static void put_bar(const picture *p, const ocs_timeline_bar *bar)
{
    char label[OCS_WHEN_TEXT];
    long slot = ocs_chart_distance(p->first, bar->date, p->chart->by);
    double from = x_of(p, slot), width = x_of(p, slot + 1) - from;
    double height = height_of(p, bar->documents);
    width = width > 3 ? width - 1 : width < 1 ? 1 : width;
    height = height < 1 ? 1 : height;
    ocs_buf_putf(p->out,
                 "<rect x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"#2b6cb0\">"
                 "<title>%.*s: %u document%s, %u mention%s</title></rect>\n",
                 from, TOP + RISE - height, width, height,
                 OCS_ARG(ocs_date_print(bar->date, label)), (unsigned)bar->documents,
                 bar->documents == 1 ? "" : "s", (unsigned)bar->mentions,
                 bar->mentions == 1 ? "" : "s");
}

void ocs_chart_svg(ocs_buf *out, const ocs_chart *chart)
{
    picture p = {.out = out, .chart = chart};
    measure(&p);
    put_head(&p);
    put_title(&p);
    if (p.slots > 0) {
        put_scale(&p);
        for (size_t i = 0; i < chart->timeline->n_bars; i++)
            if (has_place(&p, &chart->timeline->bars[i]))
                put_bar(&p, &chart->timeline->bars[i]);
        put_times(&p);
    } else
        ocs_buf_putf(out, "<text x=\"%d\" y=\"%d\">No dates.</text>\n", LEFT, TOP + RISE / 2);
    ocs_buf_puts(out, "</svg>\n");
}
