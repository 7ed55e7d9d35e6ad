/* The forms of a page: a flattened text dump with the whole navigation before the article, and the
 * site's markup with some 250 entries of menu around it. */
#include "tests/bench/pagegen.h"

#include <stdio.h>

enum { MENU_ITEMS = 250, MISSIONS = 12 };

/* ---- text dumps ---- */

/* The navigation block of form F1, in the site's order; @x stands for a list of the gazetteer. */
static const char *const navigation[] = {
    "-",
    "Our work",
    "-",
    "Fields of work",
    "@topics",
    "- Field operations",
    "- Projects",
    "-",
    "Meetings and conferences",
    "- Summit meetings",
    "- Review Conferences",
    "- Ministerial Council meetings",
    "- Plenary meetings of the Permanent Council",
    "- Plenary Meetings of the Forum for Security Co-operation",
    "- Security Review Conferences",
    "- Annual Implementation Assessment Meetings",
    "- Economic and Environmental Forum",
    "- Economic and Environmental Dimension Implementation Meetings",
    "- Human rights meetings",
    "- Media conferences",
    "- Cyber/ICT security conferences",
    "- Conference of the Alliance against Trafficking in Persons",
    "- Gender equality conferences",
    "- Annual OSCE Mediterranean conferences",
    "- Annual OSCE Asian conferences",
    "- Partnerships",
    "-",
    "Fields of work",
    "-",
    "Countries",
    "- All",
    "-",
    "Participating States",
    "@states",
    "- Asian Partners for Co-operation",
    "- Mediterranean Partners for Co-operation",
    "-",
    "Structures and institutions",
    "- Chairpersonship",
    "-",
    "Secretariat",
    "- Secretary General",
    "- Office of the Secretary General",
    "- Conflict Prevention Centre",
    "- Transnational Threats Department",
    ("- Office of the Special Representative and Co-ordinator for Combating Trafficking in "
     "Human Beings"),
    "- Office of the Co-ordinator of OSCE Economic and Environmental Activities",
    "- Gender Issues Programme",
    "- Opportunities for Youth",
    "- Department of Human Resources",
    "- Department of Management and Finance",
    "- Office of Internal Oversight",
    "- Documentation Centre in Prague",
    "- Institutions",
    "-",
    "Field operations",
    "@missions",
    "- Closed field activities",
    "- Parliamentary Assembly",
    "- Court of Conciliation and Arbitration",
    "- Organizational structure",
    "- About us",
};

static const char *menu_name(const ocs_gaz_thing *mission)
{
    const char *name = thing_name(mission);
    return strncmp(name, "OSCE ", 5) == 0 ? name + 5 : name;
}

static void put_entries(const things *list, size_t most, ocs_buf *out)
{
    for (size_t i = 0; i < list->n && i < most; i++)
        ocs_buf_putf(out, "- %s\n", menu_name(list->at[i]));
}

static void put_navigation(const world *w, ocs_buf *out)
{
    for (size_t i = 0; i < sizeof navigation / sizeof navigation[0]; i++) {
        const char *part = navigation[i];
        if (strcmp(part, "@topics") == 0)
            put_entries(&w->topics, THINGS_MAX, out);
        else if (strcmp(part, "@states") == 0)
            put_entries(&w->states, THINGS_MAX, out);
        else if (strcmp(part, "@missions") == 0)
            put_entries(&w->missions, MISSIONS, out);
        else
            ocs_buf_putf(out, "%s\n", part);
    }
}

static void put_topics(const article *a, ocs_buf *out)
{
    for (size_t i = 0; i < a->n_topics; i++)
        ocs_buf_putf(out, i > 0 ? ", %s" : "%s", thing_name(a->topics[i]));
}

void form_txt(const world *w, const article *a, ocs_buf *out)
{
    put_navigation(w, out);
    if (a->empty)
        return;
    ocs_buf_putf(out, "%s\n%s\n- Date:\n- Place:\n- %s\n- Source:\n- %s\n- Fields of work:\n",
                 a->kind, a->title, thing_name(a->city), thing_name(a->source));
    put_topics(a, out);
    for (size_t i = 0; i < a->n_paragraphs; i++) {
        ocs_buf_putc(out, '\n');
        ocs_buf_put(out, a->paragraphs[i]);
    }
}

/* ---- HTML ---- */

static void put_head(const article *a, ocs_buf *out)
{
    ocs_buf_putf(out,
                 "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\" class=\"no-js\">\n<head>\n"
                 "<meta charset=\"utf-8\" />\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
                 "<title>%s | OSCE</title>\n"
                 "<link rel=\"canonical\" href=\"https://www.osce.org/node/%llu\" />\n",
                 a->empty ? "Page" : a->title, (unsigned long long)a->number + 100000);
    for (int i = 0; i < 12; i++)
        ocs_buf_putf(out,
                     "<link type=\"text/css\" rel=\"stylesheet\" media=\"all\" "
                     "href=\"/sites/default/files/css/css_%08x.css\" />\n",
                     (unsigned)i * 2654435761u);
    ocs_buf_puts(out, "<style>\n");
    for (int i = 0; i < 16; i++)
        ocs_buf_putf(out, ".pane-%d > .field { margin: %dpx 0 0 %dpx; }\n", i, i * 3, i * 2);
    ocs_buf_puts(out, "</style>\n<script>\nvar settings = {");
    for (int i = 0; i < 32; i++)
        ocs_buf_putf(out, "\"module_%d\":{\"path\":\"/sites/all/modules/m%d\",\"on\":%s},", i, i,
                     i % 3 ? "true" : "false");
    ocs_buf_puts(out, "\"end\":0};\ndocument.write(\"<p>Enable <b>scripts</b></p>\");\n"
                      "</script>\n</head>\n");
}

static void put_item(const ocs_gaz_thing *thing, size_t i, ocs_buf *out)
{
    ocs_buf_putf(out, "<li class=\"leaf menu-%zu\"><a href=\"/%s\">%s</a></li>\n", i + 2000,
                 thing_key(thing), menu_name(thing));
}

static size_t put_menu(const char *heading, const things *list, size_t from, size_t most,
                       ocs_buf *out)
{
    size_t i = from;
    ocs_buf_putf(out, "<li class=\"expanded\"><a href=\"#\">%s</a>\n<ul class=\"menu\">\n",
                 heading);
    for (; i < list->n && i - from < most; i++)
        put_item(list->at[i], i, out);
    ocs_buf_puts(out, "</ul>\n</li>\n");
    return i - from;
}

static void put_header(const world *w, ocs_buf *out)
{
    ocs_buf_puts(out, "<body class=\"html not-front page-node i18n-en\">\n"
                      "<div id=\"skip-link\"><a href=\"#main-content\">Skip to main content</a>"
                      "</div>\n<div id=\"page\">\n<header class=\"header\" role=\"banner\">\n"
                      "<div class=\"block block-menu-block main-menu\" role=\"navigation\">\n"
                      "<ul class=\"menu\">\n");
    size_t n = put_menu("What we do", &w->topics, 0, THINGS_MAX, out);
    n += put_menu("Where we are", &w->missions, 0, MISSIONS, out);
    n += put_menu("Participating States", &w->states, 0, THINGS_MAX, out);
    n += put_menu("Resources", &w->menu, 0, 70, out);
    (void)put_menu("Newsroom", &w->menu, 70, n < MENU_ITEMS ? MENU_ITEMS - n : 0, out);
    ocs_buf_puts(out, "</ul>\n</div>\n</header>\n<div class=\"breadcrumb\"><a href=\"/\">Home</a> "
                      "&rsaquo; <a href=\"/newsroom\">Newsroom</a></div>\n");
}

static void put_fields(const article *a, ocs_buf *out)
{
    ocs_buf_putf(out,
                 "<div class=\"content--header\">\n<div class=\"field-type\">%s</div>\n"
                 "<h1>%s</h1>\n<span class=\"date-display-single\" property=\"dc:date\" "
                 "datatype=\"xsd:dateTime\" content=\"%sT00:00:00+02:00\">%s</span>\n"
                 "<div class=\"field-place\"><span class=\"label\">Place:</span> %s</div>\n"
                 "<div class=\"field-source\"><span class=\"label\">Source:</span> "
                 "<a href=\"/%s\">%s</a></div>\n"
                 "<div class=\"field-fields\"><span class=\"label\">Fields of work:</span> ",
                 a->kind, a->title, a->date, a->day, thing_name(a->city), thing_key(a->source),
                 thing_name(a->source));
    put_topics(a, out);
    ocs_buf_puts(out, "</div>\n</div>\n");
}

static void put_main(const article *a, ocs_buf *out)
{
    ocs_buf_puts(out, "<main id=\"main-content\" class=\"content\" role=\"main\">\n");
    if (!a->empty)
        put_fields(a, out);
    ocs_buf_puts(out, "<div class=\"content--content\"><div class=\"pane-content\">\n");
    for (size_t i = 0; i < a->n_paragraphs && !a->empty; i++)
        ocs_buf_putf(out, "<p>%.*s</p>\n", OCS_ARG(a->paragraphs[i]));
    ocs_buf_puts(out, "</div></div>\n</main>\n");
}

static void put_footer(const world *w, const article *a, ocs_buf *out)
{
    chance c = chance_of(0xF007, a->number);
    ocs_buf_puts(out, "<aside class=\"sidebar\" role=\"complementary\">\n<div class=\"pane-title\">"
                      "<h2>Related content</h2></div>\n<div class=\"view-content\"><ul>\n");
    for (int i = 0; i < 5; i++)
        ocs_buf_putf(out,
                     "<li><a href=\"/node/%u\">%s discussed in %s</a> "
                     "<span class=\"date\">%u April 2022</span></li>\n",
                     chance_below(&c, 900000),
                     thing_name(w->topics.at[chance_below(&c, (uint32_t)w->topics.n)]),
                     thing_name(w->cities.at[chance_below(&c, (uint32_t)w->cities.n)]),
                     1 + chance_below(&c, 30));
    ocs_buf_puts(out, "</ul></div>\n</aside>\n<footer class=\"footer\" role=\"contentinfo\">\n"
                      "<div class=\"footer-menu\"><ul class=\"menu\">"
                      "<li><a href=\"/contacts\">Contacts</a></li>"
                      "<li><a href=\"/tenders\">Tenders</a></li>"
                      "<li><a href=\"/privacy\">Privacy policy</a></li></ul></div>\n"
                      "<p class=\"address\">OSCE Secretariat, Wallnerstrasse 6, 1010 Vienna, "
                      "Austria</p>\n<p class=\"copyright\">&copy; OSCE 1995&ndash;2024</p>\n"
                      "</footer>\n</div>\n<script src=\"/misc/jquery.js?v=1.4.4\"></script>\n"
                      "</body>\n</html>\n");
}

void form_html(const world *w, const article *a, ocs_buf *out)
{
    put_head(a, out);
    put_header(w, out);
    put_main(a, out);
    put_footer(w, a, out);
}
