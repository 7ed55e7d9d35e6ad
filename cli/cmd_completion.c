/* completion: a script that makes a shell complete command lines of ocsearch.  Commands, options and
 * choices are written into it from the tables that the program itself works by; the rest of the script
 * is text, one for each shell. */
#include "cli/command.h"
#include "cli/completion.h"

enum { OPT_COUNT = OCS_OPTION_OWN };

static const ocs_option completion_options[] = {OCS_SHARED_ROWS};

static bool takes_value(const ocs_option *option)
{
    return option->type != OCS_OPTION_FLAG && option->type != OCS_OPTION_COUNT;
}

/* "--limit= --explain": those with a value end in '='. */
static void put_options(const ocs_command *command, ocs_buf *out)
{
    for (size_t i = 0; i < command->n_options; i++)
        ocs_buf_putf(out, "%s--%s%s", i > 0 ? " " : "", command->options[i].name,
                     takes_value(&command->options[i]) ? "=" : "");
}

static void put_choices(const ocs_option *option, ocs_buf *out)
{
    for (size_t i = 0; option->choices[i]; i++)
        ocs_buf_putf(out, "%s%s", i > 0 ? " " : "", option->choices[i]);
}

/* What the value of an option is, in the words of the scripts: choices, folder, file or any. */
static void put_value_case(const ocs_command *command, const ocs_option *option, ocs_buf *out)
{
    if (!takes_value(option))
        return;
    ocs_buf_putf(out, "    %s--%s) echo \"", command->name, option->name);
    if (option->type == OCS_OPTION_CHOICE)
        put_choices(option, out);
    else if (option->value && strcmp(option->value, "DIR") == 0)
        ocs_buf_puts(out, "DIR");
    else if (option->value && strcmp(option->value, "FILE") == 0)
        ocs_buf_puts(out, "FILE");
    ocs_buf_puts(out, "\" ;;\n");
}

/* What the arguments of a command are. */
static const char *arguments_of(const ocs_command *command)
{
    if (strstr(command->arguments, "QUERY"))
        return "QUERY";
    if (strcmp(command->name, "completion") == 0)
        return "bash zsh";
    return *command->arguments && !strstr(command->arguments, "BEGINNING") ? "FILE" : "";
}

static void put_tables(ocs_buf *out)
{
    const ocs_command *command;
    ocs_buf_puts(out, "_ocsearch_commands='help");
    for (size_t i = 0; (command = ocs_command_at(i)); i++)
        ocs_buf_putf(out, " %s", command->name);
    ocs_buf_puts(out, "'\n\n_ocsearch_options() {\n    case $1 in\n");
    for (size_t i = 0; (command = ocs_command_at(i)); i++) {
        ocs_buf_putf(out, "    %s) echo \"", command->name);
        put_options(command, out);
        ocs_buf_puts(out, "\" ;;\n");
    }
    ocs_buf_puts(out, "    esac\n}\n\n_ocsearch_arguments() {\n    case $1 in\n");
    for (size_t i = 0; (command = ocs_command_at(i)); i++)
        ocs_buf_putf(out, "    %s) echo \"%s\" ;;\n", command->name, arguments_of(command));
    ocs_buf_puts(out, "    help) echo \"$_ocsearch_commands\" ;;\n    esac\n}\n\n"
                      "_ocsearch_values() {\n    case $1$2 in\n");
    for (size_t i = 0; (command = ocs_command_at(i)); i++)
        for (size_t k = 0; k < command->n_options; k++)
            put_value_case(command, &command->options[k], out);
    ocs_buf_puts(out, "    esac\n}\n\n");
}

static ocs_exit completion_run(ocs_cli *cli)
{
    const ocs_given *given = cli->given;
    const char *shell = given->n_arguments == 1 ? given->arguments[0] : "";
    bool bash = strcmp(shell, "bash") == 0;
    if (!bash && strcmp(shell, "zsh") != 0) {
        ocs_say("completion wants the name of a shell: bash or zsh");
        return OCS_EXIT_USAGE;
    }
    ocs_out_puts(cli->out, bash ? ocs_completion_bash_head : ocs_completion_zsh_head);
    put_tables(&cli->out->buf);
    ocs_out_puts(cli->out, bash ? ocs_completion_bash : ocs_completion_zsh);
    return OCS_EXIT_OK;
}

const ocs_command ocs_cmd_completion = {"completion",
                                        "bash|zsh",
                                        "Print a script that makes a shell complete ocsearch",
                                        completion_options,
                                        OPT_COUNT,
                                        completion_run,
                                        NULL};
