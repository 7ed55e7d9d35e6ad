# Language, warnings and sanitizers, by target: ocsearch_target(name).
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Kind of build" FORCE)
endif()

set(OCSEARCH_WARNINGS
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wformat=2
    -Wundef -Wvla -Wwrite-strings -Wimplicit-fallthrough -Werror)
set(OCSEARCH_C_WARNINGS -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition)

function(ocsearch_target target)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_features(${target} PUBLIC c_std_17 cxx_std_17)
  set_target_properties(${target} PROPERTIES C_EXTENSIONS OFF CXX_EXTENSIONS OFF)
  target_compile_definitions(${target} PRIVATE _GNU_SOURCE)
  target_compile_options(${target} PRIVATE ${OCSEARCH_WARNINGS}
                         "$<$<COMPILE_LANGUAGE:C>:${OCSEARCH_C_WARNINGS}>")
  if(OCSEARCH_SANITIZE)
    target_compile_definitions(${target} PRIVATE OCS_ARENA_DEBUG)
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-omit-frame-pointer
                           -fno-sanitize-recover=undefined)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()
