# Tests of ingest/ over whole pages: fuzzing, provenance, golden prints.
file(GLOB sample_pages ${PROJECT_SOURCE_DIR}/corpus/samples/*.txt
     ${PROJECT_SOURCE_DIR}/corpus/samples/*.html)

add_executable(fuzz-ingest fuzz/ingest.c)
ocsearch_target(fuzz-ingest)
target_link_libraries(fuzz-ingest PRIVATE ocs_ingest)
add_test(NAME fuzz-ingest COMMAND fuzz-ingest --count=5000 --seconds=10 ${sample_pages})
set_tests_properties(fuzz-ingest PROPERTIES TIMEOUT 120 LABELS fuzz)

# Every fact leads back to its bytes, on the samples and on further pages where there are any.
set(OCSEARCH_MORE_PAGES "" CACHE PATH
    "Further pages for tests that want many; need not exist")
add_executable(provenance unit/provenance.c)
ocsearch_target(provenance)
target_compile_definitions(provenance PRIVATE SAMPLE_DIR="${PROJECT_SOURCE_DIR}/corpus/samples"
                           MORE_PAGES="${OCSEARCH_MORE_PAGES}")
target_link_libraries(provenance PRIVATE ocs_ingest LibXml2::LibXml2 PkgConfig::CMOCKA)
add_test(NAME provenance COMMAND provenance)
set_tests_properties(provenance PROPERTIES TIMEOUT 120 LABELS unit)

# What is read off the samples against expectations written by hand, and the prints of every stage.
foreach(case samples stages)
  add_test(NAME golden-${case} COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/golden/${case}.sh
                                       $<TARGET_FILE:ocsearch>)
  set_tests_properties(golden-${case} PROPERTIES TIMEOUT 120 LABELS golden)
endforeach()

# The model of content: its trees, its making, its table.
ocsearch_unit(content ocs_ingest)
ocsearch_unit(judge_dump ocs_ingest)
target_sources(unit-content PRIVATE ${PROJECT_SOURCE_DIR}/ingest/train/boost.c
                                    ${PROJECT_SOURCE_DIR}/ingest/train/gold.c
                                    ${PROJECT_SOURCE_DIR}/ingest/train/measure.c)
add_test(NAME modelgen COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/modelgen.sh
                               $<TARGET_FILE:modelgen> ${PROJECT_SOURCE_DIR}/ingest/models/html.tsv)
set_tests_properties(modelgen PROPERTIES TIMEOUT 60 LABELS unit)

# The model of names: beside the rules, its making, its table.
ocsearch_unit(tagger ocs_ingest)
target_sources(unit-tagger PRIVATE ${PROJECT_SOURCE_DIR}/ingest/train/tagcrf.c
                                   ${PROJECT_SOURCE_DIR}/ingest/train/taggold.c)
add_test(NAME taggen COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/taggen.sh
                             $<TARGET_FILE:taggen> ${PROJECT_SOURCE_DIR}/ingest/models/names.tsv)
set_tests_properties(taggen PROPERTIES TIMEOUT 60 LABELS unit)
