#include "tests/unit/unit.h"

#include <math.h>

/* A writer onto a fresh buffer, ended by json_end. */
static void json_start(ocs_json *json, ocs_buf *buf)
{
    ocs_buf_init(buf, 10000);
    ocs_json_init(json, buf);
}

static void json_end(ocs_buf *buf, const char *wanted)
{
    assert_int_equal(ocs_buf_status(buf), OCS_OK);
    assert_str(ocs_buf_str(buf), wanted);
    ocs_buf_clear(buf);
}

static void commas_stand_between_and_only_there(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    ocs_json_object(&json);
    ocs_json_key_str(&json, "a", OCS_STR("x"));
    ocs_json_key(&json, "b");
    ocs_json_array(&json);
    ocs_json_int(&json, -1);
    ocs_json_span(&json, (ocs_span){2, 3});
    ocs_json_object(&json);
    ocs_json_object_end(&json);
    ocs_json_array_end(&json);
    ocs_json_key_int(&json, "c", 4);
    ocs_json_key_bool(&json, "d", true);
    ocs_json_key(&json, "e");
    ocs_json_null(&json);
    ocs_json_object_end(&json);
    json_end(&buf, "{\"a\":\"x\",\"b\":[-1,[2,3],{}],\"c\":4,\"d\":true,\"e\":null}");
}

static void an_empty_array_stays_empty(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    ocs_json_array(&json);
    ocs_json_array_end(&json);
    json_end(&buf, "[]");
}

static void control_characters_are_escaped(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    ocs_json_str(&json, OCS_STR("\"\\\n\t\r\0\x1F\x7F/š"));
    json_end(&buf, "\"\\\"\\\\\\n\\t\\u000d\\u0000\\u001f\\u007f/š\"");
}

static void ill_formed_bytes_become_the_replacement_character(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    ocs_json_str(&json, OCS_STR("a\xFF"
                                "b\xC5"));
    json_end(&buf, "\"a\xEF\xBF\xBD"
                   "b\xEF\xBF\xBD\"");
}

static void the_replacement_character_itself_passes(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    ocs_json_str(&json, OCS_STR("\xEF\xBF\xBD"));
    json_end(&buf, "\"\xEF\xBF\xBD\"");
}

static void what_is_no_number_is_null(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    ocs_json_array(&json);
    ocs_json_real(&json, (double)NAN, 2);
    ocs_json_real(&json, (double)INFINITY, 2);
    ocs_json_real(&json, 7.305, 2);
    ocs_json_cstr(&json, NULL);
    ocs_json_array_end(&json);
    ocs_str out = ocs_buf_str(&buf);
    assert_true(ocs_str_starts(out, OCS_STR("[null,null,7.3")));
    assert_true(ocs_str_ends(out, OCS_STR(",null]")));
    ocs_buf_clear(&buf);
}

static void too_deep_is_a_limit_and_no_crash(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_json json;
    json_start(&json, &buf);
    for (int i = 0; i < 2 * OCS_JSON_DEPTH; i++)
        ocs_json_array(&json);
    for (int i = 0; i < 3 * OCS_JSON_DEPTH; i++)
        ocs_json_array_end(&json);
    assert_int_equal(ocs_buf_status(&buf), OCS_LIMIT);
    ocs_buf_clear(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_and_only_there),
        cmocka_unit_test(an_empty_array_stays_empty),
        cmocka_unit_test(control_characters_are_escaped),
        cmocka_unit_test(ill_formed_bytes_become_the_replacement_character),
        cmocka_unit_test(the_replacement_character_itself_passes),
        cmocka_unit_test(what_is_no_number_is_null),
        cmocka_unit_test(too_deep_is_a_limit_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
