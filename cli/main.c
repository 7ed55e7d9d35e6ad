/* The program: a list of commands.  The first word names one of them; without a command's name all
 * words are a search.  Whatever the command did, standard output is closed at the end, and that it
 * was written decides about success. */
#include "cli/command.h"
#include "cli/help_query.h"
#include "corpus/alias.h"
#include "corpus/gaz.h"

#include <signal.h>
#include <stdio.h>

static const ocs_command *const commands[] = {
    &ocs_cmd_search, &ocs_cmd_similar,  &ocs_cmd_why_not,  &ocs_cmd_show,       &ocs_cmd_kwic,
    &ocs_cmd_count,  &ocs_cmd_entities, &ocs_cmd_who,      &ocs_cmd_pairs,      &ocs_cmd_timeline,
    &ocs_cmd_saved,  &ocs_cmd_export,   &ocs_cmd_index,    &ocs_cmd_status,     &ocs_cmd_extract,
    &ocs_cmd_audit,  &ocs_cmd_alias,    &ocs_cmd_complete, &ocs_cmd_completion,
};
enum { N_COMMANDS = sizeof commands / sizeof *commands, COMMAND_LINE_CAP = 256 * 1024 * 1024 };

const char *const ocs_colour_names[] = {"auto", "always", "never", NULL};

const ocs_command *ocs_command_at(size_t i)
{
    return i < N_COMMANDS ? commands[i] : NULL;
}

static const ocs_command *find_command(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* ---- help ---- */

static void print_exits(ocs_buf *out)
{
    ocs_buf_puts(out, "\nExit codes:\n");
#define X(name, code, about) ocs_buf_putf(out, "  %2d  %s\n", code, about);
    OCS_EXITS(X)
#undef X
}

/* The headings of the list of commands, each above its first one. */
static const struct heading {
    const ocs_command *first;
    const char *text;
} headings[] = {
    {&ocs_cmd_search, "Find"}, {&ocs_cmd_show, "Read"},   {&ocs_cmd_count, "Count and draw"},
    {&ocs_cmd_saved, "Keep"},  {&ocs_cmd_index, "Index"}, {&ocs_cmd_complete, "For shells"},
};

static void print_command(const ocs_command *command, ocs_buf *out)
{
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (headings[i].first == command)
            ocs_buf_putf(out, "\n%s:\n", headings[i].text);
    ocs_buf_putf(out, "  %-10s %s\n", command->name, command->about);
}

static void print_usage(ocs_buf *out)
{
    ocs_buf_puts(out, "Usage: ocsearch QUERY...\n"
                      "       ocsearch COMMAND [OPTION]... [ARGUMENT]...\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        print_command(commands[i], out);
    ocs_buf_puts(out, "\nHelp:\n"
                      "  help       Show the help of a command; 'help query': what a query may be\n"
                      "\nOptions:\n"
                      "  -h, --help     show this help and exit\n"
                      "      --version  show the version and exit\n"
                      "\nA search whose first word is the name of a command is written out:\n"
                      "ocsearch search status.  The index is --db DIR, else $OCSEARCH_DB, else\n"
                      "$XDG_DATA_HOME/ocsearch/index, else ~/.local/share/ocsearch/index.\n");
    print_exits(out);
}

static void print_help(const ocs_command *command, ocs_buf *out)
{
    ocs_buf_putf(out, "Usage: ocsearch %s [OPTION]... %s\n%s.\n\nOptions:\n", command->name,
                 command->arguments, command->about);
    ocs_options_print(command->options, OCS_OPTION_OWN, command->n_options, out);
    ocs_options_print(command->options, 0, OCS_OPTION_OWN, out);
    if (command->print_more)
        command->print_more(out);
}

/* The command that ${word} was probably meant for; NULL when none is close. */
static const char *guess_command(const char *word)
{
    const char *names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i]->name;
    return ocs_guess(ocs_str_of(word), names, N_COMMANDS);
}

static ocs_exit unknown_topic(const char *name)
{
    const char *guess = guess_command(name);
    if (guess)
        ocs_say("there is no command '%s'; did you mean %s?", name, guess);
    else
        ocs_say("there is no command '%s': 'ocsearch --help' lists them", name);
    return OCS_EXIT_USAGE;
}

static ocs_exit run_help(const char *name, ocs_out *out)
{
    const ocs_command *command = name ? find_command(name) : NULL;
    if (command)
        print_help(command, &out->buf);
    else if (name && strcmp(name, "query") == 0)
        ocs_help_query(&out->buf);
    else if (name)
        return unknown_topic(name);
    else
        print_usage(&out->buf);
    return OCS_EXIT_OK;
}

/* ---- running ---- */

static ocs_exit run_command(const ocs_command *command, int argc, const char *const *argv,
                            ocs_cli *cli)
{
    ocs_given given;
    ocs_error err = {0};
    ocs_status st = ocs_options_parse(command->options, command->n_options, argc, argv, cli->arena,
                                      &given, &err);
    if (st != OCS_OK) {
        ocs_exit code = ocs_say_failure(st, &err);
        ocs_say("'ocsearch %s --help' lists the options", command->name);
        return code;
    }
    cli->given = &given;
    cli->command = command;
    ocs_out_set_colour(cli->out, (ocs_colour)ocs_cli_number(cli, OCS_OPTION_COLOR));
    if (!ocs_cli_flag(cli, OCS_OPTION_HELP))
        return command->run(cli);
    print_help(command, &cli->out->buf);
    return OCS_EXIT_OK;
}

static ocs_exit run_nothing(void)
{
    ocs_buf usage;
    ocs_buf_init(&usage, 1 << 16);
    print_usage(&usage);
    ocs_say_plain(ocs_str_trim(ocs_buf_str(&usage)));
    ocs_buf_clear(&usage);
    return OCS_EXIT_USAGE;
}

/* Words that are no command are a search; one that finds nothing may have been meant for a command. */
static ocs_exit run_search(int argc, const char *const *argv, ocs_cli *cli)
{
    ocs_exit code = run_command(&ocs_cmd_search, argc - 1, argv + 1, cli);
    const char *guess = code == OCS_EXIT_NONE ? guess_command(argv[1]) : NULL;
    if (guess)
        ocs_say("'%s' is no command and was searched for; did you mean ocsearch %s?", argv[1],
                guess);
    return code;
}

static ocs_exit run(int argc, const char *const *argv, ocs_cli *cli)
{
    if (argc < 2)
        return run_nothing();
    const char *first = argv[1];
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        return run_help(NULL, cli->out);
    if (strcmp(first, "help") == 0 && argc <= 3)
        return run_help(argc > 2 ? argv[2] : NULL, cli->out);
    if (strcmp(first, "--version") == 0) {
        ocs_out_puts(cli->out, "ocsearch " OCSEARCH_VERSION "\n"
                               "Cities: GeoNames (https://www.geonames.org), CC BY 4.0\n");
        return OCS_EXIT_OK;
    }
    const ocs_command *command = find_command(first);
    if (command)
        return run_command(command, argc - 2, argv + 2, cli);
    return run_search(argc, argv, cli);
}

int ocs_cli_row(const ocs_cli *cli, const char *name)
{
    for (size_t i = 0; i < cli->command->n_options; i++)
        if (strcmp(cli->command->options[i].name, name) == 0)
            return (int)i;
    return -1;
}

ocs_status ocs_cli_words(const ocs_cli *cli, const char *what, ocs_str *words, ocs_error *err)
{
    const ocs_given *given = cli->given;
    size_t n = 0;
    if (given->n_arguments == 0)
        return ocs_fail(err, OCS_USAGE, "%s is missing", what);
    for (size_t i = 0; i < given->n_arguments; i++)
        n += strlen(given->arguments[i]) + 1;
    char *joined = ocs_arena_alloc(cli->arena, n);
    if (!joined)
        return ocs_fail(err, OCS_NOMEM, "no memory for the command line");
    *words = (ocs_str){joined, 0};
    for (size_t i = 0; i < given->n_arguments; i++) {
        size_t length = strlen(given->arguments[i]);
        if (i > 0)
            joined[words->n++] = ' ';
        memcpy(joined + words->n, given->arguments[i], length);
        words->n += length;
    }
    return OCS_OK;
}

int main(int argc, char **argv)
{
    ocs_out out;
    ocs_error err = {0};
    ocs_out_guard_streams();
    /* a parent may have set it to be ignored; a closed pipe is to end the program, and quietly */
    signal(SIGPIPE, SIG_DFL);
    /* a file that may not grow is told as a failed write, like a full disk */
    signal(SIGXFSZ, SIG_IGN);
    ocs_out_init(&out, 1);
    ocs_aliases *aliases = NULL;
    ocs_gaz_overlay *tables = NULL;
    ocs_cli cli = {.out = &out,
                   .arena = ocs_arena_new(COMMAND_LINE_CAP),
                   .aliases = &aliases,
                   .tables = &tables};
    ocs_exit code = OCS_EXIT_BUG;
    if (cli.arena)
        code = run(argc, (const char *const *)argv, &cli);
    else
        ocs_say("no memory");
    if (ocs_out_finish(&out, "standard output", &err) != OCS_OK) {
        ocs_say("%s", err.text);
        code = OCS_EXIT_OUTPUT;
    }
    ocs_aliases_free(aliases);
    ocs_gaz_overlay_free(tables);
    ocs_arena_free(cli.arena);
    return (int)code;
}
