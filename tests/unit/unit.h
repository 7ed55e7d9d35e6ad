/* What every unit test includes: cmocka, which wants its headers in this order, and a few checks of
 * our own.  A test's name is the claim that it proves. */
#ifndef OCS_TESTS_UNIT_H
#define OCS_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

#include <stdio.h>

/* The slice is this literal; the failure names the caller's line. */
#define assert_str(s, literal) assert_str_((s), (literal), __FILE__, __LINE__)

static inline void assert_str_(ocs_str s, const char *wanted, const char *file, int line)
{
    if (ocs_str_eq(s, ocs_str_of(wanted)))
        return;
    print_error("\"%.*s\" is not \"%s\"\n", OCS_ARG(s), wanted);
    _fail(file, line);
}

#endif
