# The query language over mutated queries, without an index and on one of the sample pages.
add_executable(fuzz-query fuzz/query.c)
ocsearch_target(fuzz-query)
target_link_libraries(fuzz-query PRIVATE ocs_query)
set(fuzz_queries ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/queries.txt)
add_test(NAME fuzz-query COMMAND fuzz-query --count=200000 ${fuzz_queries})
add_test(NAME fuzz-plan COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/plan.sh $<TARGET_FILE:ocsearch>
                                $<TARGET_FILE:fuzz-query> ${fuzz_queries})
set_tests_properties(fuzz-query fuzz-plan PROPERTIES TIMEOUT 120 LABELS fuzz)

# The same as a target of libFuzzer: cmake -DOCSEARCH_FUZZER=ON with clang.
option(OCSEARCH_FUZZER "Build the fuzz targets of libFuzzer (clang)" OFF)
if(OCSEARCH_FUZZER AND CMAKE_C_COMPILER_ID STREQUAL "Clang")
  add_executable(libfuzz-query fuzz/query.c)
  ocsearch_target(libfuzz-query)
  target_compile_definitions(libfuzz-query PRIVATE OCS_LIBFUZZER)
  target_compile_options(libfuzz-query PRIVATE -fsanitize=fuzzer)
  target_link_options(libfuzz-query PRIVATE -fsanitize=fuzzer)
  target_link_libraries(libfuzz-query PRIVATE ocs_query)
endif()
