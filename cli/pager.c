/* The pager is a child with a pipe for its input.  While it runs, an interrupt from the keyboard is
 * its business, and a pipe that it has closed fails the write instead of ending the program, whose
 * exit code must not depend on how far somebody has read. */
#include "cli/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const ocs_paging_names[] = {"auto", "always", "never", NULL};

/* ---- choice ---- */

static bool installed(const char *name)
{
    char path[4096];
    ocs_str dirs = ocs_str_of(getenv("PATH")), dir;
    while (ocs_str_split(&dirs, ':', &dir)) {
        int n = snprintf(path, sizeof path, "%.*s/%s", OCS_ARG(dir), name);
        if (n > 0 && (size_t)n < sizeof path && access(path, X_OK) == 0)
            return true;
    }
    return false;
}

static const char *command(void)
{
    const char *own = getenv("OCSEARCH_PAGER");
    if (!own)
        own = getenv("PAGER");
    if (!own)
        return installed("less") ? "less -FRX" : NULL;
    return *own == '\0' || strcmp(own, "cat") == 0 ? NULL : own;
}

static bool dumb(void)
{
    const char *term = getenv("TERM");
    return !term || strcmp(term, "dumb") == 0;
}

void ocs_pager_choose(ocs_out *out, ocs_paging paging, bool reading)
{
    bool wanted = paging == OCS_PAGING_ALWAYS || (paging == OCS_PAGING_AUTO && reading && !dumb());
    out->pager.command = wanted && out->terminal ? command() : NULL;
}

/* ---- running ---- */

/* In the child; never comes back.  $LESS is for a pager that was named without options. */
static void become_pager(const char *run, int from)
{
    signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);
    if (dup2(from, STDIN_FILENO) != -1)
        execl("/bin/sh", "sh", "-c", run, (char *)NULL);
    _exit(127);
}

static void set_signals(void (*interrupt)(int), void (*pipe_end)(int))
{
    signal(SIGINT, interrupt);
    signal(SIGQUIT, interrupt);
    signal(SIGPIPE, pipe_end);
}

void ocs_pager_start(ocs_out *out)
{
    int ends[2];
    const char *run = out->pager.command;
    out->pager.command = NULL;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    pid_t child = fork();
    if (child == 0)
        become_pager(run, ends[0]);
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return;
    }
    set_signals(SIG_IGN, SIG_IGN);
    out->pager.child = child;
    out->pager.behind = out->fd;
    out->fd = ends[1];
}

/* Whether it could be run; how it ended otherwise is between it and its reader. */
static bool wait_for(pid_t child)
{
    enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };
    int status = 0;
    while (waitpid(child, &status, 0) == -1)
        if (errno != EINTR)
            return true;
    return !WIFEXITED(status) ||
           (WEXITSTATUS(status) != NOT_FOUND && WEXITSTATUS(status) != NOT_EXECUTABLE);
}

void ocs_pager_end(ocs_out *out)
{
    ocs_out_flush(out);
    out->pager.command = NULL;
    if (out->pager.child == 0)
        return;
    close(out->fd);
    out->fd = out->pager.behind;
    out->pager.failed = !wait_for(out->pager.child);
    out->pager.child = 0;
    if (out->error == EPIPE)
        out->error = 0;
    set_signals(SIG_DFL, SIG_DFL);
}
