# Shared by the scripts beside it: sourced, never run. Sets the working folder to the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A compiler cache makes a second build quick; it is used where it is installed and never asked for.
if command -v ccache >/dev/null && [ -z "${CMAKE_CXX_COMPILER_LAUNCHER+set}" ]; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi

# duration SECONDS: "2 min 05 s" or "7 s".
duration() {
  if [ "$1" -ge 60 ]; then printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); else printf '%d s' "$1"; fi
}

# quietly LOG COMMAND...: runs it with its output in LOG, and shows the end of LOG if it fails. On a terminal a build's
# own progress line is shown instead of hidden.
quietly() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" -eq 0 ] && return
  printf '\nThis failed: %s\nThe end of %s:\n' "$*" "$log" >&2
  tail -n 80 "$log" >&2
  return "$status"
}

# build PRESET FOLDER [TARGET...]: configures and builds a CMake preset; says how long it took.
build() {
  local preset=$1 folder=$2 started=$SECONDS
  shift 2
  if [ -f "$folder/build.ninja" ]; then
    printf 'Building %s (preset %s) ...\n' "$folder" "$preset"
  else
    printf 'Building %s (preset %s); the first time takes some minutes ...\n' "$folder" "$preset"
  fi
  quietly "$folder/configure.log" cmake --preset "$preset"
  if [ -t 1 ]; then
    cmake --build --preset "$preset" ${1:+--target "$@"}
  else
    quietly "$folder/build.log" cmake --build --preset "$preset" ${1:+--target "$@"}
  fi
  printf 'Built in %s.\n' "$(duration $((SECONDS - started)))"
}
