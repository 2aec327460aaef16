# Warnings, sanitizers and optimisation: one interface target that every room links.
add_library(openbook_compiler INTERFACE)
target_compile_options(openbook_compiler INTERFACE -Wall -Wextra -Wpedantic $<$<BOOL:${OPENBOOK_DEV}>:-Werror>)
target_include_directories(openbook_compiler INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src> $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>
  $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/generated>)

set(instrument ${OPENBOOK_SANITIZE})
if(OPENBOOK_FUZZ)
  string(APPEND instrument "$<$<BOOL:${instrument}>:,>fuzzer-no-link")
endif()
if(instrument)
  target_compile_options(openbook_compiler INTERFACE -fsanitize=${instrument} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(openbook_compiler INTERFACE -fsanitize=${instrument})
endif()
