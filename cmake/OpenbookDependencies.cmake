# Every bought part, found in one place: by the build, and again by a program that links the installed library (this
# file is installed beside openbookConfig.cmake). scripts/install-deps installs them, docs/dependencies.md lists them
# with licences. All that is missing is told at once, with the name of its Debian and Ubuntu package.

set(openbook_missing "")

# openbook_need(NAME PACKAGE VARIABLE…): notes a missing part unless every variable is true.
macro(openbook_need name package)
  foreach(variable ${ARGN})
    if(NOT ${variable})
      list(APPEND openbook_missing "${name} (package ${package})")
      break()
    endif()
  endforeach()
endmacro()

# openbook_need_module(VARIABLE MODULE PACKAGE): a part that pkg-config describes, as target PkgConfig::VARIABLE.
macro(openbook_need_module variable module package)
  if(PKG_CONFIG_FOUND)
    pkg_check_modules(${variable} QUIET IMPORTED_TARGET ${module})
  endif()
  openbook_need(${module} ${package} ${variable}_FOUND)
endmacro()

find_package(Threads REQUIRED)
find_package(PkgConfig QUIET)
openbook_need("pkg-config" pkgconf PKG_CONFIG_FOUND)

find_package(nlohmann_json 3.10 QUIET)
openbook_need("nlohmann-json 3.10 or newer" nlohmann-json3-dev nlohmann_json_FOUND)
find_package(simdjson QUIET)
openbook_need("simdjson" libsimdjson-dev simdjson_FOUND)
find_package(pugixml QUIET)
openbook_need("pugixml" libpugixml-dev pugixml_FOUND)
find_package(ICU 70 QUIET COMPONENTS uc i18n)
openbook_need("ICU 70 or newer" libicu-dev ICU_FOUND)
find_package(SQLite3 3.38 QUIET)
openbook_need("SQLite 3.38 or newer" libsqlite3-dev SQLite3_FOUND)
find_package(OpenSSL 3 QUIET COMPONENTS Crypto)
openbook_need("OpenSSL 3" libssl-dev OPENSSL_FOUND)
find_package(ZLIB QUIET)
openbook_need("zlib" zlib1g-dev ZLIB_FOUND)
openbook_need_module(libzip libzip libzip-dev)
openbook_need_module(uchardet uchardet libuchardet-dev)
openbook_need_module(gumbo gumbo libgumbo-dev)
openbook_need_module(seccomp libseccomp libseccomp-dev)
openbook_need_module(curl libcurl libcurl4-openssl-dev)

# Snowball ships neither a CMake nor a pkg-config file on Debian.
find_path(STEMMER_INCLUDE libstemmer.h)
find_library(STEMMER_LIBRARY stemmer)
openbook_need("Snowball stemmers" libstemmer-dev STEMMER_INCLUDE STEMMER_LIBRARY)
if(STEMMER_INCLUDE AND STEMMER_LIBRARY AND NOT TARGET stemmer)
  add_library(stemmer INTERFACE IMPORTED)
  target_include_directories(stemmer SYSTEM INTERFACE ${STEMMER_INCLUDE})
  target_link_libraries(stemmer INTERFACE ${STEMMER_LIBRARY})
endif()

# What only our own programs need, and a program that links the library does not.
if(NOT openbook_CONFIG)
  find_package(yaml-cpp QUIET)
  openbook_need("yaml-cpp" libyaml-cpp-dev yaml-cpp_FOUND)
  find_package(CLI11 QUIET)
  openbook_need("CLI11" libcli11-dev CLI11_FOUND)
  # The PDF reader needs more of poppler than its stable interface shows: glyph boxes, fonts, rules.
  openbook_need_module(poppler poppler libpoppler-dev)
  find_path(POPPLER_PRIVATE_INCLUDE PDFDoc.h PATH_SUFFIXES poppler)
  openbook_need("poppler's own headers" libpoppler-private-dev POPPLER_PRIVATE_INCLUDE)
  if(OPENBOOK_DEV)
    find_package(GTest QUIET)
    openbook_need("GoogleTest" "libgtest-dev libgmock-dev" GTest_FOUND)
  endif()
endif()

if(openbook_missing)
  list(JOIN openbook_missing "\n  " openbook_missing)
  message(FATAL_ERROR "openbook needs what is not here:\n  ${openbook_missing}\n"
    "On Debian 12, Debian 13 or Ubuntu 24.04 run ./scripts/install-deps (with \"test\" for the tests) in openbook's source folder.")
endif()
