/* Text in XML: what is markup there, and what XML cannot hold. */
#include "cli/xml.h"

#include "tests/unit/unit.h"

static void check(ocs_str text, const char *wanted)
{
    ocs_buf out;
    ocs_buf_init(&out, 1000);
    ocs_xml_put(&out, text);
    assert_str(ocs_buf_str(&out), wanted);
    ocs_buf_clear(&out);
}

static void markup_is_written_as_entities(void **state)
{
    (void)state;
    check(OCS_STR("a < b & \"c\" > d"), "a &lt; b &amp; &quot;c&quot; &gt; d");
    check(OCS_STR("Kov\xC4\x8D, ОБСЕ"), "Kov\xC4\x8D, ОБСЕ");
}

static void what_xml_cannot_hold_is_replaced(void **state)
{
    (void)state;
    check(OCS_STR("tab\tline\nreturn\r"), "tab\tline\nreturn\r");
    check(OCS_STR("bell\x07nul\0"), "bell\xEF\xBF\xBDnul\xEF\xBF\xBD");
    check(OCS_STR("\xEF\xBF\xBE and \xEF\xBF\xBF"), "\xEF\xBF\xBD and \xEF\xBF\xBD");
    check(OCS_STR("half \xC4"), "half \xEF\xBF\xBD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_written_as_entities),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
