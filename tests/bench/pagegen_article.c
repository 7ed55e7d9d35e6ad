/* Articles.  A sentence is a template in which %x stands for something to be drawn; the drawing
 * remembers the last person, so that later sentences can go on about him by surname.
 *   %w a word   %W a run of words   %P a person with his office   %S the surname of the last one
 *   %C a State  %T a city           %O an organisation            %F a field of work
 *   %D a date near the page's       %N a number                   %% a per cent sign */
#include "tests/bench/pagegen.h"

#include <stdio.h>

enum {
    TEXT_CAP = 64 * 1024,
    LENGTH = 3500,
    DAYS = 10957 /* of 1995 to 2024 */,
    EMPTY = 100,
    DOUBLE = 50 /* one page in so many */,
    BACK = 500
};

typedef struct writer {
    const world *world;
    chance chance;
    ocs_buf *out;
    int day; /* of the page, from 1995-01-01 */
    const char *surname;
} writer;

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

static const char *const surnames[] = {
    "Kovačić",   "Solvang",   "Petrov",     "Hoxha",    "Marković",   "Lindqvist", "Ferrantini",
    "Tarrant",   "Novak",     "Ibragimov",  "Dubois",   "Schreiber",  "Janssen",   "Papadakis",
    "Nagy",      "Kowalczyk", "Popescu",    "Ivanova",  "Berisha",    "Grigoryan", "Aliyev",
    "Mamedova",  "Ruiz",      "Silveira",   "O’Connor", "Whitfield",  "Hansen",    "Virtanen",
    "Kalniņš",   "Jonaitis",  "Tamm",       "Horvat",   "Zupan",      "Begović",   "Stojanović",
    "Đukanović", "Rusu",      "Shevchenko", "Karimov",  "Toktogulov",
};

static const char *const roles[] = {
    "Head of the OSCE Mission to Serbia",
    "Minister of Justice",
    "Minister of the Interior",
    "Deputy Prosecutor General",
    "Head of the Human Rights Department",
    "Spokesperson",
    "Director of the Police Academy",
    "Chief of the Border Police",
    "Senior Adviser",
    "Chairperson of the Permanent Council",
    "Programme Officer",
    "President of the Supreme Court",
    "Head of the Election Observation Mission",
    "Foreign Minister",
    "Secretary General",
};

static const char *const honorifics[] = {"", "", "", "Ambassador ", "Mr. ", "Ms. ", "Dr. "};

static const char *const kinds[] = {"Press release", "News Item"};

static const char *const leads[] = {
    "The %O and the %O opened today a two-day meeting on %F with %N participants from %C, %C and "
    "%C.",
    "Prosecutors and police officers from %C and %C agreed in %T on a common way of %W.",
    "A training course on organized crime and asset recovery began today in %T, organized by the "
    "%O.",
    "The %O welcomed today the decision of the authorities of %C on %W.",
    "Journalists, judges and representatives of civil society from %C discussed %F today in %T.",
    "Observers from %N countries presented in %T their preliminary findings on the elections in "
    "%C.",
};

static const char *const sentences[] = {
    "“The %W is %W,” said %P.",
    "“We %W, and %W,” said %P.",
    "%P stressed that %W.",
    "%S added that the %W was %W.",
    "%S said that %N per cent of the %W were %W.",
    "The %W of the %O, held from %D to %D, %W.",
    "Participants from %C, %C and %C %W.",
    "The %O %W, and the %w %w of %C %W.",
    "Since %D, %N %w officers have %W in %T.",
    "The %W: %W, %W and %W.",
    "A %w on %F will %W by %D.",
    "%W; however, the %W had %W.",
    "The %W (%w) in %T %W.",
    "In %T, the %W was %W, and %N of them %W.",
    "The project is financed by %C and the %O.",
    "The %W did not %W, which %W.",
    "%W, %W, and %W.",
    "As the %W, the co-operation of the %w authorities %W.",
};

static const char *const titles[] = {
    "%O supports %w %w of %F in %C",
    "Police and prosecutors from %C discuss %w %w in %T",
    "%w %w and %w: %O trains %N officers in %T",
    "%O welcomes %w %w on %F",
    "Organized crime and %w %w focus of meeting in %T",
};

#define DRAW(w, list) (list)[chance_below(&(w)->chance, sizeof(list) / sizeof((list)[0]))]

static const ocs_gaz_thing *draw_thing(writer *w, const things *list)
{
    /* the square prefers the first: some States are named far more often than others */
    double r = chance_real(&w->chance);
    return list->at[(size_t)(r * r * (double)list->n)];
}

static const ocs_gaz_thing *draw_org(writer *w)
{
    uint32_t r = chance_below(&w->chance, 10);
    return draw_thing(w, r < 5   ? &w->world->missions
                         : r < 8 ? &w->world->structures
                                 : &w->world->bodies);
}

static const char *draw_word(writer *w)
{
    double r = chance_real(&w->chance);
    size_t low = 0, high = VOCABULARY - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->world->reach[middle] < r)
            low = middle + 1;
        else
            high = middle;
    }
    return w->world->words[low];
}

static void put_run(writer *w)
{
    uint32_t n = 3 + chance_below(&w->chance, 7);
    for (uint32_t i = 0; i < n; i++)
        ocs_buf_putf(w->out, i > 0 ? " %s" : "%s", draw_word(w));
}

static void put_person(writer *w)
{
    const ocs_gaz_thing *given = draw_thing(w, &w->world->given);
    w->surname = DRAW(w, surnames);
    ocs_buf_putf(w->out, "%s%s %s, %s", DRAW(w, honorifics), thing_name(given), w->surname,
                 DRAW(w, roles));
}

/* ---- dates ---- */

typedef struct civil {
    int year, month, day;
} civil;

static civil civil_of(int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    civil c = {1995, 0, day};
    for (;;) {
        int leap = c.year % 4 == 0, length = lengths[c.month] + (leap && c.month == 1);
        if (c.day < length)
            break;
        c.day -= length;
        if (++c.month == 12) {
            c.month = 0;
            c.year++;
        }
    }
    return (civil){c.year, c.month + 1, c.day + 1};
}

static void put_date(writer *w)
{
    civil c = civil_of(w->day + (int)chance_below(&w->chance, 200));
    ocs_buf_putf(w->out, "%d %s %d", c.day, months[c.month - 1], c.year);
}

/* ---- sentences ---- */

static void put_slot(writer *w, char slot)
{
    switch (slot) {
    case 'w':
        ocs_buf_puts(w->out, draw_word(w));
        break;
    case 'W':
        put_run(w);
        break;
    case 'P':
        put_person(w);
        break;
    case 'S':
        ocs_buf_puts(w->out, w->surname);
        break;
    case 'C':
        ocs_buf_puts(w->out, thing_name(draw_thing(w, &w->world->states)));
        break;
    case 'T':
        ocs_buf_puts(w->out, thing_name(draw_thing(w, &w->world->cities)));
        break;
    case 'O':
        ocs_buf_puts(w->out, thing_name(draw_org(w)));
        break;
    case 'F':
        ocs_buf_puts(w->out, thing_name(draw_thing(w, &w->world->topics)));
        break;
    case 'D':
        put_date(w);
        break;
    case 'N':
        ocs_buf_putf(w->out, "%u", 2 + chance_below(&w->chance, 400));
        break;
    default:
        ocs_buf_putc(w->out, slot);
        break;
    }
}

/* Fill the template; a sentence starts with a capital whatever was drawn. */
static void put_template(writer *w, const char *template)
{
    size_t start = w->out->n;
    for (const char *p = template; *p; p++) {
        if (*p == '%' && p[1])
            put_slot(w, *++p);
        else
            ocs_buf_putc(w->out, *p);
    }
    char *first = w->out->p && start < w->out->n ? &w->out->p[start] : NULL;
    if (first && *first >= 'a' && *first <= 'z')
        *first = (char)(*first - 0x20);
}

static void put_dateline(writer *w, const article *a)
{
    for (const char *p = thing_name(a->city); *p;
         p++) /* other letters than ASCII stay as they are */
        ocs_buf_putc(w->out, (char)(*p >= 'a' && *p <= 'z' ? *p - 0x20 : *p));
    ocs_buf_putf(w->out, ", %s – ", a->day);
}

static void end_paragraph(article *a, size_t from)
{
    a->paragraphs[a->n_paragraphs++] = (ocs_str){NULL, a->text.n - from}; /* address: at the end */
}

static void write_body(writer *w, article *a, size_t length)
{
    while (a->text.n < length && a->n_paragraphs < PARAGRAPHS_MAX) {
        size_t from = a->text.n;
        if (a->n_paragraphs == 0) {
            put_dateline(w, a);
            put_template(w, DRAW(w, leads));
        }
        for (uint32_t n = 2 + chance_below(&w->chance, 3); n > 0; n--) {
            if (a->text.n > from)
                ocs_buf_putc(w->out, ' ');
            put_template(w, DRAW(w, sentences));
        }
        end_paragraph(a, from);
    }
}

static void place_paragraphs(article *a)
{
    size_t at = 0;
    for (size_t i = 0; i < a->n_paragraphs; i++) {
        a->paragraphs[i].p = a->text.p + at;
        at += a->paragraphs[i].n;
    }
}

/* ---- articles ---- */

void article_init(article *a)
{
    *a = (article){.empty = false};
    ocs_buf_init(&a->text, TEXT_CAP);
}

void article_clear(article *a)
{
    ocs_buf_clear(&a->text);
}

static void write_title(writer *w, article *a)
{
    put_template(w, DRAW(w, titles));
    snprintf(a->title, sizeof a->title, "%.*s", OCS_ARG(ocs_buf_str(w->out)));
    ocs_buf_reset(w->out);
}

static void write_facts(writer *w, article *a)
{
    civil c = civil_of(w->day);
    snprintf(a->date, sizeof a->date, "%04d-%02d-%02d", c.year, c.month, c.day);
    snprintf(a->day, sizeof a->day, "%d %s %d", c.day, months[c.month - 1], c.year);
    a->city = draw_thing(w, &w->world->cities);
    a->source = draw_thing(w, &w->world->missions);
    a->kind = DRAW(w, kinds);
    a->n_topics = 1 + chance_below(&w->chance, 3);
    size_t first = chance_below(&w->chance, (uint32_t)w->world->topics.n);
    for (size_t i = 0; i < a->n_topics; i++)
        a->topics[i] = w->world->topics.at[(first + i * 5) % w->world->topics.n];
}

/* The page whose text this one has: mostly itself; one page in DOUBLE repeats an earlier one. */
static uint64_t original_of(uint64_t seed, uint64_t number)
{
    chance c = chance_of(seed ^ 0xD0B1E, number);
    if (chance_below(&c, DOUBLE) > 0 || number == 0)
        return number;
    uint64_t back = 1 + chance_below(&c, BACK);
    return original_of(seed, back < number ? number - back : 0);
}

void article_write(const world *from, uint64_t seed, uint64_t number, article *a)
{
    ocs_buf *text = &a->text;
    uint64_t original = original_of(seed, number);
    ocs_buf_reset(text);
    *a = (article){.text = *text, .number = number};
    writer w = {.world = from, .chance = chance_of(seed, original), .out = text};
    w.surname = DRAW(&w, surnames);
    w.day = (int)chance_below(&w.chance, DAYS);
    a->empty = chance_below(&w.chance, EMPTY) == 0;
    write_facts(&w, a);
    write_title(&w, a);
    write_body(&w, a, LENGTH * 3 / 4 + chance_below(&w.chance, LENGTH / 2));
    if (original != number && a->n_paragraphs < PARAGRAPHS_MAX) { /* nearly the same */
        w.chance = chance_of(seed ^ 0xD0B1E, number + 1);
        size_t start = text->n;
        put_template(&w, DRAW(&w, sentences));
        end_paragraph(a, start);
    }
    place_paragraphs(a);
}
