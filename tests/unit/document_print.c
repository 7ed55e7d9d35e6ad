/* The JSON record of a document. */
#include "tests/unit/document_fixture.h"

#include <jansson.h>
#include <stdlib.h>

static void print(const ocs_document *d, bool with_text, ocs_buf *out)
{
    ocs_json json;
    ocs_buf_init(out, 1 << 20);
    ocs_json_init(&json, out);
    ocs_document_print(d, with_text, &json);
    ocs_json_key_int(&json, "rank", 1); /* the object is open */
    ocs_json_object_end(&json);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
}

static void the_record_is_as_designed(void **state)
{
    static const char wanted[] =
        "{\"type\":\"doc\",\"id\":\"%.*s\",\"path\":\"/pages/\xEF\xBF\xBD/1.html\","
        "\"url\":\"https://www.osce.org/1\",\"title\":\"Law & order\",\"kind\":\"press release\","
        "\"lang\":\"en\",\"encoding\":\"windows-1251\",\"repairs\":3,"
        "\"date\":{\"value\":\"2017-02-13\",\"precision\":\"day\",\"from\":\"dateline\","
        "\"raw\":[333,350],\"raw_exact\":false},"
        "\"place\":[\"Belgrade\",\"Vienna\"],\"source\":[\"OSCE Mission to Serbia\",\"?!\"],"
        "\"topic\":[\"Economic activities\",\"Policing\"],\"list\":true,"
        "\"items\":[{\"title\":\"Annual report\",\"kind\":\"report\",\"date\":\"2016\","
        "\"snippet\":\"What was done.\",\"raw\":[600,640]},"
        "{\"title\":\"Untold\",\"kind\":null,\"date\":null,\"snippet\":null,\"raw\":[640,650]}],"
        "\"mentions\":[{\"type\":\"person\",\"name\":\"Sebastian Kurz\",\"key\":\"sebastian-kurz\","
        "\"surface\":\"Sebastian Kurz\",\"raw\":[25,39],"
        "\"roles\":[{\"text\":\"Austrian Foreign Minister\",\"raw\":[41,66],"
        "\"office\":{\"name\":\"foreign-minister\",\"key\":\"foreign-minister\",\"raw\":[50,66]},"
        "\"country\":{\"name\":\"Austria\",\"key\":\"AT\",\"raw\":[900,950],"
        "\"raw_exact\":false}},"
        "{\"text\":\"Chair\",\"raw\":[900,950],\"raw_exact\":false}],\"sure\":90,"
        "\"rule\":\"test-rule\"},"
        "{\"type\":\"country\",\"name\":\"Austria\",\"key\":\"AT\",\"surface\":\"Austrian\","
        "\"raw\":[41,49],\"via\":\"demonym\",\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"place\",\"name\":\"Belgrade\",\"key\":\"belgrade\",\"surface\":\"Belgrade\","
        "\"raw\":[76,84],\"country\":\"RS\",\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"date\",\"name\":\"02/03/2017\",\"key\":\"2017-03-02\","
        "\"surface\":\"02/03/2017\",\"raw\":[95,99],\"other\":\"2017-02-03\",\"relative\":true,"
        "\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"org\",\"name\":\"OSCE Mission to Serbia\",\"key\":\"osce-mission-to-serbia\","
        "\"surface\":\"OSCE Mission to Serbia\",\"raw\":[108,130],\"sure\":0,"
        "\"rule\":\"test-rule\"},"
        "{\"type\":\"country\",\"name\":\"Serbia\",\"key\":\"RS\",\"surface\":\"Serbia\","
        "\"raw\":[124,130],\"via\":\"name\",\"nested\":true,\"sure\":90,\"rule\":\"other-rule\"},"
        "{\"type\":\"person\",\"name\":\"Sebastian Kurz\",\"key\":\"sebastian-kurz\","
        "\"surface\":\"Kurz\",\"raw\":[136,140],\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"person\",\"name\":\"Sebastian Kurz\",\"key\":\"\xD0\xBA\xD1\x83\xD1\x80\xD1"
        "\x86\",\"surface\":\"\xD0\x9A\xD1\x83\xD1\x80\xD1\x86\",\"raw\":[400,404],\"sure\":90,"
        "\"rule\":\"test-rule\"},"
        "{\"type\":\"date\",\"name\":\"a range\",\"key\":\"2016-04/2016-06\",\"surface\":\"line\","
        "\"raw\":[700,780],\"raw_exact\":false,\"sure\":90,\"rule\":\"test-rule\"}],\"rank\":1}";
    ocs_document d = make_document(*state);
    ocs_buf out, expected;
    print(&d, false, &out);
    ocs_buf_init(&expected, 1 << 20);
    ocs_buf_putf(&expected, wanted, OCS_ARG(d.id));
    assert_string_equal(out.p, expected.p);
    ocs_buf_clear(&expected);
    ocs_buf_clear(&out);
}

static void what_is_unknown_is_null(void **state)
{
    (void)state;
    ocs_document d = {
        .id = OCS_STR("i"), .path = OCS_STR("p"), .encoding = OCS_STR("UTF-8"), .empty = true};
    ocs_buf out;
    print(&d, true, &out);
    assert_string_equal(out.p,
                        "{\"type\":\"doc\",\"id\":\"i\",\"path\":\"p\",\"url\":null,"
                        "\"title\":null,\"kind\":null,\"lang\":null,\"encoding\":\"UTF-8\","
                        "\"date\":null,\"place\":[],\"source\":[],\"topic\":[],\"text\":\"\","
                        "\"empty\":true,\"mentions\":[],\"rank\":1}");
    ocs_buf_clear(&out);
}

static void a_record_is_read_by_others(void **state)
{
    ocs_document d = make_document(*state);
    ocs_buf out;
    print(&d, true, &out);
    json_error_t error;
    json_t *record = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, &error);
    if (!record)
        fail_msg("%s", error.text);
    const json_t *text = json_object_get(record, "text");
    assert_str(d.text, json_string_value(text));
    assert_int_equal(json_array_size(json_object_get(record, "mentions")), MENTIONS);
    assert_int_equal(json_array_size(json_object_get(record, "items")), 2);
    const json_t *first = json_array_get(json_object_get(record, "mentions"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "key")), "sebastian-kurz");
    json_decref(record);
    ocs_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_record_is_as_designed),
        CASE(what_is_unknown_is_null),
        CASE(a_record_is_read_by_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
