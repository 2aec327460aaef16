# What `make install` puts where:
#   bin/openbook                        the program
#   libexec/openbook/openbook-reader*   the sandboxed readers it starts
#   share/man, share/bash-completion    written by the program itself: one source for help, manual and completions
#   lib/libopenbook.a                   the rooms up to flow, as one archive
#   include/openbook/*.h                the public face; rooms/ below it holds what those headers show of other rooms
#   lib/cmake/openbook/                 find_package(openbook) gives the target openbook::openbook
include(CMakePackageConfigHelpers)

# The archive holds every room's objects, so that a user links one file; the bought libraries stay outside and are
# found again by openbookConfig.cmake.
set(objects "")
set(bought "")
foreach(room base text book net index store read split model embed retrieve answer flow)
  get_target_property(kind openbook_${room} TYPE)
  if(kind STREQUAL "STATIC_LIBRARY")
    list(APPEND objects $<TARGET_OBJECTS:openbook_${room}>)
  endif()
  get_target_property(libraries openbook_${room} INTERFACE_LINK_LIBRARIES)
  list(APPEND bought ${libraries})
endforeach()
list(FILTER bought EXCLUDE REGEX "openbook_")
list(REMOVE_DUPLICATES bought)

add_library(openbook_library STATIC ${objects})
set_target_properties(openbook_library PROPERTIES OUTPUT_NAME openbook EXPORT_NAME openbook LINKER_LANGUAGE CXX)
target_compile_features(openbook_library PUBLIC cxx_std_23)
target_include_directories(openbook_library INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/openbook/rooms>)
target_link_libraries(openbook_library PRIVATE ${bought})

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/openbook)
install(TARGETS openbook_library EXPORT openbookTargets)
install(EXPORT openbookTargets NAMESPACE openbook:: DESTINATION ${package_folder})
set(programs_folder ${CMAKE_INSTALL_LIBEXECDIR}/openbook)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/openbookConfig.cmake.in
  ${CMAKE_BINARY_DIR}/openbookConfig.cmake INSTALL_DESTINATION ${package_folder} PATH_VARS programs_folder)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/openbookConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/openbookConfig.cmake ${CMAKE_BINARY_DIR}/openbookConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/OpenbookDependencies.cmake DESTINATION ${package_folder})

# Follows the includes of the public headers into the rooms: what is reached is installed, and nothing else.
file(GLOB queue CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/openbook/*.h)
set(reached "")
while(queue)
  list(POP_FRONT queue header)
  if(NOT header IN_LIST reached AND EXISTS ${header})
    list(APPEND reached ${header})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    file(STRINGS ${header} includes REGEX "^[ \t]*#[ \t]*include[ \t]*\"")
    foreach(include ${includes})
      string(REGEX REPLACE ".*\"(.*)\".*" "\\1" include "${include}")
      list(APPEND queue ${CMAKE_SOURCE_DIR}/src/${include} ${CMAKE_SOURCE_DIR}/include/${include})
    endforeach()
  endif()
endwhile()
foreach(header ${reached})
  cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE place)
  string(REGEX REPLACE "^src/" "include/openbook/rooms/" place "${place}")
  string(REGEX REPLACE "^include/" "${CMAKE_INSTALL_INCLUDEDIR}/" place "${place}")
  cmake_path(GET place PARENT_PATH folder)
  install(FILES ${header} DESTINATION ${folder})
endforeach()


if(TARGET openbook)
  install(TARGETS openbook RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/openbook.1 ${CMAKE_BINARY_DIR}/openbook.bash
    COMMAND $<TARGET_FILE:openbook> help --man > ${CMAKE_BINARY_DIR}/openbook.1
    COMMAND $<TARGET_FILE:openbook> help --completion > ${CMAKE_BINARY_DIR}/openbook.bash
    DEPENDS openbook COMMENT "Manual page and completions" VERBATIM)
  add_custom_target(openbook_pages ALL DEPENDS ${CMAKE_BINARY_DIR}/openbook.1 ${CMAKE_BINARY_DIR}/openbook.bash)
  install(FILES ${CMAKE_BINARY_DIR}/openbook.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${CMAKE_BINARY_DIR}/openbook.bash RENAME openbook
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
endif()
foreach(worker openbook-reader openbook-reader-pdf)
  if(TARGET ${worker})
    install(TARGETS ${worker} RUNTIME DESTINATION ${programs_folder})
  endif()
endforeach()
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
