/* What may stand in a query, a line each, with an example first.  The fields come from the table of
 * the language itself; ocsearch-query(7) has the whole of it. */
#include "cli/help_query.h"

#include "query/query.h"

typedef struct line {
    const char *example, *about;
} line;

static const line lines[] = {
    {"organized crime", "both words, in any order and form: organised"},
    {"\"organized crime\"", "the phrase; \"co-operation\" is cooperation"},
    {"crime OR corruption", "either"},
    {"crime -election", "without the word; NOT election is the same"},
    {"(police OR customs) crime", "brackets"},
    {"traffick*  traf*ing  te?t", "any letters in the place of *, one in that of ?"},
    {"=organised", "this word, not its other forms"},
    {"kurtz~1  person:kurtz~2", "nearly so: one letter off, or two"},
    {"crime NEAR/8 person:kurz", "at most 8 words apart, in any order"},
    {"said ADJ/3 person:kurz", "at most 3 words apart, in this order"},
    {"SENT(crime police)", "all in one sentence; PARA( ): in one paragraph"},
    {"person:\"Sebastian Kurz\"", "in a field; quotes keep several words together"},
    {"person:*", "anything in the field"},
    {"person:*@org:ODIHR", "people with an office there; role:head@country:RS"},
    {"date:2016-10..2018", "a range of dates; either end may be missing"},
};

void ocs_help_fields(ocs_buf *out)
{
    for (size_t i = 0; ocs_query_field_name(i); i++)
        ocs_buf_putf(out, "  %-8s %s\n", ocs_query_field_name(i), ocs_query_field_about(i));
}

void ocs_help_query(ocs_buf *out)
{
    ocs_buf_puts(out, "A query:\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ocs_buf_putf(out, "  %-26s %s\n", lines[i].example, lines[i].about);
    ocs_buf_puts(out, "\nFields:\n");
    ocs_help_fields(out);
    ocs_buf_puts(out,
                 "\nWords that the title has, too, raise a document in the order of hits.\n"
                 "A shell takes quotes and brackets for its own; put a query into single quotes:\n"
                 "  ocsearch '\"organized crime\" person:kurz date:2017'\n"
                 "How a query was understood:  ocsearch search --explain QUERY\n"
                 "All of the language:         man ocsearch-query\n");
}
