# openbook_room(NAME [ROOMS room…] [LIBRARIES library…])
#
# Makes the static library openbook_NAME from the .cpp files of src/NAME (subfolders included) and, in a development
# build, the test program NAME_test from the *_test.cpp files beside them. ROOMS are the rooms that it may include:
# the same list stands in tools/layers.txt, and tools/check_layers compares every #include with that file.
# A subfolder that is a program of its own is named in EXCEPT.
function(openbook_room name)
  cmake_parse_arguments(ARG "" "" "ROOMS;LIBRARIES;EXCEPT" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(folder ${ARG_EXCEPT})
    list(FILTER sources EXCLUDE REGEX "/${name}/${folder}/")
  endforeach()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_(test|main)\\.cpp$")

  list(TRANSFORM ARG_ROOMS PREPEND openbook_)
  if(sources)
    add_library(openbook_${name} STATIC ${sources})
    target_link_libraries(openbook_${name} PUBLIC openbook_compiler ${ARG_ROOMS} ${ARG_LIBRARIES})
  else()
    add_library(openbook_${name} INTERFACE)
    target_link_libraries(openbook_${name} INTERFACE openbook_compiler ${ARG_ROOMS} ${ARG_LIBRARIES})
  endif()
  if(OPENBOOK_DEV AND tests)
    openbook_test(${name} ${tests})
    target_link_libraries(${name}_test PRIVATE openbook_${name})
  endif()
endfunction()

# openbook_test(NAME file…): the test program NAME_test, run by ctest as one test.
function(openbook_test name)
  add_executable(${name}_test ${ARGN})
  target_link_libraries(${name}_test PRIVATE openbook_compiler GTest::gtest_main GTest::gmock)
  add_test(NAME ${name} COMMAND ${name}_test)
  set_tests_properties(${name} PROPERTIES LABELS unit)
endfunction()
