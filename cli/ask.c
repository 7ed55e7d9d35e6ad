/* A query is parsed once more before the index is opened, so that a mistake in it is told whatever
 * the state of the index. */
#include "cli/ask.h"

ocs_exit ocs_ask_failure(ocs_str query, ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_place_failure(status, err);
    if (err->at == OCS_ERROR_NO_PLACE || status != OCS_USAGE)
        return code;
    ocs_buf caret;
    ocs_buf_init(&caret, 1 << 20);
    ocs_query_caret(query, err, &caret);
    ocs_say_plain(ocs_buf_str(&caret));
    ocs_buf_clear(&caret);
    return code;
}

ocs_exit ocs_ask_check(const ocs_cli *cli, ocs_str query)
{
    ocs_node *tree;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = ocs_query_parse(query, cli->arena, &tree, &err);
    if (st == OCS_OK && tree->kind == OCS_NODE_EMPTY) /* a script's variable that was not set */
        st = ocs_fail(&err, OCS_USAGE, "the query is empty");
    return st == OCS_OK ? OCS_EXIT_OK : ocs_ask_failure(query, st, &err);
}

/* ---- a range of dates beside the query ---- */

static bool read_date(const ocs_cli *cli, int option, ocs_date *date)
{
    const char *text = ocs_cli_text(cli, option);
    *date = (ocs_date){0};
    if (!text || (ocs_date_parse(ocs_str_of(text), date) && date->year > 0))
        return true;
    ocs_say("--%s wants a date such as 2017, 2017-02 or 2017-02-13, not '%s'",
            cli->command->options[option].name, text);
    return false;
}

ocs_exit ocs_ask_day(const ocs_cli *cli, int option, ocs_date *day)
{
    const char *text = ocs_cli_text(cli, option);
    *day = (ocs_date){0};
    if (!text || (ocs_date_parse(ocs_str_of(text), day) && day->year > 0 && day->day > 0))
        return OCS_EXIT_OK;
    ocs_say("--%s wants a day such as 2017-02-13, not '%s'", cli->command->options[option].name,
            text);
    return OCS_EXIT_USAGE;
}

/* Does all of ${until} lie before ${since}?  What is not stated of a date may be anything. */
static bool ends_before(ocs_date since, ocs_date until)
{
    if (since.year != until.year)
        return until.year < since.year;
    if (since.month == 0 || until.month == 0 || since.month != until.month)
        return until.month > 0 && until.month < since.month;
    return until.day > 0 && until.day < since.day;
}

ocs_exit ocs_ask_dates(const ocs_cli *cli, int since, int until, ocs_date *first, ocs_date *last)
{
    const char *from = ocs_cli_text(cli, since), *to = ocs_cli_text(cli, until);
    if (!read_date(cli, since, first) || !read_date(cli, until, last))
        return OCS_EXIT_USAGE;
    if (!from || !to || !ends_before(*first, *last))
        return OCS_EXIT_OK;
    ocs_say("--until=%s is before --since=%s", to, from);
    return OCS_EXIT_USAGE;
}

ocs_exit ocs_ask_within(const ocs_cli *cli, int since, int until, ocs_str *query)
{
    const char *from = ocs_cli_text(cli, since), *to = ocs_cli_text(cli, until);
    ocs_date first, last;
    ocs_buf text;
    ocs_exit code = ocs_ask_dates(cli, since, until, &first, &last);
    if (code != OCS_EXIT_OK || (!from && !to))
        return code;
    ocs_buf_init(&text, 1 << 24);
    if (query->n > 0)
        ocs_buf_putf(&text, "(%.*s) ", OCS_ARG(*query));
    ocs_buf_putf(&text, "date:%s..%s", from ? from : "", to ? to : "");
    *query = ocs_str_copy(cli->arena, ocs_buf_str(&text));
    ocs_buf_clear(&text);
    return query->p ? OCS_EXIT_OK : ocs_say_failure(OCS_NOMEM, &(ocs_error){0});
}

ocs_exit ocs_ask_types(const ocs_cli *cli, int row, unsigned preset, unsigned *types)
{
    const ocs_value *given = &cli->given->values[row];
    *types = given->n_texts > 0 ? 0 : preset;
    for (size_t i = 0; i < given->n_texts; i++) {
        ocs_str rest = ocs_str_of(given->texts[i]), name;
        while (ocs_str_split(&rest, ',', &name)) {
            ocs_mention_type type;
            if (!ocs_mention_type_parse(name, &type)) {
                ocs_say("--type can be person, place, country, org or date, not '%.*s'",
                        OCS_ARG(name));
                return OCS_EXIT_USAGE;
            }
            *types |= 1U << type;
        }
    }
    return OCS_EXIT_OK;
}
