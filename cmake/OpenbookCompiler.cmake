# Warnings, sanitizers and optimisation: one interface target that every room links.
add_library(openbook_compiler INTERFACE)
# Designated initialisers leave the rest to its defaults: that is their use.
target_compile_options(openbook_compiler INTERFACE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers)
# Errors in development builds with the compiler that CI has (GCC 12); what a newer one warns of must not stop a user
# who runs the tests.
if(OPENBOOK_DEV AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(openbook_compiler INTERFACE -Werror)
endif()
target_include_directories(openbook_compiler INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src> $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>
  $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/generated>)

set(instrument ${OPENBOOK_SANITIZE})
if(OPENBOOK_FUZZ)
  if(instrument)
    string(APPEND instrument ",")
  endif()
  string(APPEND instrument "fuzzer-no-link")
endif()
if(instrument)
  target_compile_options(openbook_compiler INTERFACE -fsanitize=${instrument} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(openbook_compiler INTERFACE -fsanitize=${instrument})
endif()

# GCC's flow analysis is led astray by the sanitizers' own code (its manual says so of -Wmaybe-uninitialized).
if(OPENBOOK_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(openbook_compiler INTERFACE -Wno-maybe-uninitialized -Wno-dangling-pointer)
endif()
