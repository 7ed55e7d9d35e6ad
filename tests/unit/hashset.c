/* A set of hashes: what was added is there, nothing else is, through all growing. */
#include "tests/unit/unit.h"

#include "cli/hashset.h"

static void each_hash_is_added_once(void **state)
{
    (void)state;
    enum { MANY = 10000 };
    ocs_hashset set = {0};
    bool added;
    for (uint64_t round = 0; round < 2; round++) {
        for (uint64_t i = 0; i < MANY; i++) {
            assert_int_equal(ocs_hashset_add(&set, i << 7, &added), OCS_OK);
            assert_int_equal(added, round == 0);
        }
    }
    assert_int_equal(set.n, MANY);
    ocs_hashset_clear(&set);
}

static void zero_is_a_hash_like_others(void **state)
{
    (void)state;
    ocs_hashset set = {0};
    bool added;
    assert_int_equal(ocs_hashset_add(&set, 0, &added), OCS_OK);
    assert_true(added);
    assert_int_equal(ocs_hashset_add(&set, 0, &added), OCS_OK);
    assert_false(added);
    ocs_hashset_clear(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_hash_is_added_once),
        cmocka_unit_test(zero_is_a_hash_like_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
