# For the launcher: runs Maven, and builds what is stale.

# Runs the user's Maven where it is 3.8.1 or newer, else the wrapper, which fetches one.
maven() {
  MAVEN_OPTS="${MAVEN_OPTS-} --sun-misc-unsafe-memory-access=allow"
  export MAVEN_OPTS
  cd "$root"
  if maven_is_new_enough; then mvn "$@"; else ./mvnw "$@"; fi
}

maven_is_new_enough() {
  version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\)\.\([0-9]*\).*/\1 \2 \3/p')
  # shellcheck disable=SC2086 # three words are wanted
  set -- ${version:-0 0 0}
  [ $(($1 * 10000 + $2 * 100 + $3)) -ge 30801 ]
}

# Each build goes to a folder of its own, so that a running stack never has its jars changed under it.
# It holds the project's jars, "classpath" (the libraries) and "sources" (what was built; its age is the
# build's). The file "current" names the newest.

# Lists the files that the build reads; with -newer FILE, only those. Tests do not change what runs.
sources() {
  find "$root/pom.xml" "$root/functions" "$root/infra" \( -name target -o -path '*/src/test' \) -prune \
    -o -type f \( -name pom.xml -o -path '*/src/main/*' \) "$@" -print
}

# Changes when a file comes or goes, which its age does not always tell. Full paths, as in the class path.
fingerprint() { sources | LC_ALL=C sort | cksum; }

is_built() (
  read -r app 2>/dev/null <"$built/current" && read -r libraries 2>/dev/null <"$app/classpath" || exit 1
  [ "$(cat "$app/sources")" = "$(fingerprint)" ] && [ -z "$(sources -newer "$app/sources" | head -n 1)" ] || exit 1
  IFS=:
  for jar in $libraries; do [ -e "$jar" ] || exit 1; done
)

need_build() {
  ! is_built || return 0
  [ -n "${LEADLOOM_TESTING-}" ] || lock "$built/lock"
  is_built || build
  [ -n "${LEADLOOM_TESTING-}" ] || unlock
}

build() {
  say "building (the first time, Maven also fetches the libraries, which takes some minutes)"
  log=$built/build.log
  app=$(mktemp -d "$built/app.XXXXXX")
  fingerprint >"$app/sources"
  { maven -B -pl infra/cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true package 2>&1 && : >"$app/ok"; } |
    show_progress "$log"
  if ! [ -e "$app/ok" ]; then
    rm -rf "$app"
    grep '^\[ERROR\]' "$log" | sed -n '1,20p' >&2
    die "the build failed; its whole log is $log"
  fi
  cp "$root/infra/cli/target/leadloom.jar" "$app"
  (
    IFS=:
    for jar in $(cat "$root/infra/cli/target/classpath.txt"); do
      case $jar in
        "$root"/*) cp "$jar" "$app" ;;
        *) printf '%s:' "$jar" ;;
      esac
    done
  ) >"$app/classpath"
  printf '\n' >>"$app/classpath"
  printf '%s\n' "$app" >"$app/ok"
  mv "$app/ok" "$built/current"
  find "$built" -name 'app.*' -prune -mtime +7 -exec rm -rf {} +
}

# Copies Maven's output to the log $1 and, on a terminal, shows where the build is.
show_progress() {
  files=0 module=preparing fetched=
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    [ -t 2 ] || continue
    case $line in
      *Downloaded\ from*) files=$((files + 1)) fetched=", $files files fetched" ;;
      '[INFO] Building '*\[*) module=${line#*Building } ;;
      *) continue ;;
    esac
    printf '\r\033[K  %s%s' "$(printf '%s' "$module" | tr -s ' ')" "$fetched" >&2
  done 3>"$1"
  ! [ -t 2 ] || printf '\r\033[K' >&2
}
