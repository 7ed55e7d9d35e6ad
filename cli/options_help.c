/* What a table of options says to a person: its help, and what a wrong name was meant for. */
#include "cli/options.h"

#include "base/nearby.h"

enum {
    ABOUT_COLUMN = 28, /* where descriptions start */
    LINE_END = 80
};

static void put_value_name(const ocs_option *option, ocs_buf *out)
{
    if (option->type == OCS_OPTION_CHOICE) {
        for (size_t i = 0; option->choices[i]; i++)
            ocs_buf_putf(out, "%c%s", i == 0 ? '=' : '|', option->choices[i]);
        return;
    }
    if (option->value)
        ocs_buf_putf(out, "=%s", option->value);
}

static void put_spaces(ocs_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ocs_buf_putc(out, ' ');
}

/* The description from ABOUT_COLUMN on, folded at spaces. */
static void put_about(ocs_str about, ocs_buf *out)
{
    size_t column = ABOUT_COLUMN;
    ocs_str word;
    while (ocs_str_split(&about, ' ', &word)) {
        if (column > ABOUT_COLUMN && column + 1 + word.n > LINE_END) {
            ocs_buf_putc(out, '\n');
            put_spaces(out, ABOUT_COLUMN);
            column = ABOUT_COLUMN;
        }
        if (column > ABOUT_COLUMN) {
            ocs_buf_putc(out, ' ');
            column++;
        }
        ocs_buf_put(out, word);
        column += word.n;
    }
    ocs_buf_putc(out, '\n');
}

static void print_option(const ocs_option *option, ocs_buf *out)
{
    size_t start = out->n;
    if (option->letter)
        ocs_buf_putf(out, "  -%c, --%s", option->letter, option->name);
    else
        ocs_buf_putf(out, "      --%s", option->name);
    put_value_name(option, out);
    size_t width = out->n - start;
    if (width + 2 > ABOUT_COLUMN) {
        ocs_buf_putc(out, '\n');
        width = 0;
    }
    put_spaces(out, ABOUT_COLUMN - width);
    put_about(ocs_str_of(option->about), out);
}

void ocs_options_print(const ocs_option *table, size_t from, size_t n, ocs_buf *out)
{
    for (size_t i = from; i < n; i++)
        print_option(&table[i], out);
}

const char *ocs_guess(ocs_str word, const char *const *names, size_t n)
{
    ocs_nearby nearby;
    const char *best = NULL;
    size_t least = SIZE_MAX, dead;
    if (word.n < 2 || !ocs_nearby_init(&nearby, word, OCS_NEARBY_MOST))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        ocs_str name = ocs_str_of(names[i]);
        if (ocs_str_starts(name, word) && least > 0) { /* an abbreviation, which is not taken */
            best = names[i];
            least = 0;
        }
        size_t distance = ocs_nearby_distance(&nearby, name, &dead);
        if (distance <= OCS_NEARBY_MOST && distance < least && distance <= 1 + name.n / 4) {
            best = names[i];
            least = distance;
        }
    }
    return best;
}
