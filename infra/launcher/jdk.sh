# For the launcher: finds a JDK, or fetches one into the cache.

jdk_wanted=25

# Whether the folder $1 is a JDK that is new enough. Its "release" file answers without starting it.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
  version=
  if [ -r "$1/release" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in JAVA_VERSION=*) version=${line#*\"} ;; esac
    done <"$1/release"
  else
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  fi
  version=${version%%[!0-9]*}
  [ "${version:-0}" -ge $jdk_wanted ]
}

java_on_path() {
  java=$(command -v java) && java=$(follow_links "$java") && dirname "$(dirname "$java")"
}

# Prints the first JDK that is new enough: the one asked for, else one in the user's folders, else one in
# the system's, else the one fetched earlier.
first_jdk() (
  for home in "${JAVA_HOME-}" "${JAVA25_HOME-}" "$(java_on_path)"; do
    ! is_jdk "$home" || { printf '%s\n' "$home" && exit; }
  done
  user_dirs=$HOME/.sdkman/candidates/java:$HOME/.jdks:$HOME/.asdf/installs/java:$HOME/.jenv/versions
  user_dirs=$user_dirs:$HOME/.local/share/mise/installs/java:$HOME/.gradle/jdks:$HOME/Library/Java/JavaVirtualMachines
  system_dirs=/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/usr/local/java:/opt/java:/opt/jdk:/opt/hostedtoolcache/Java*/*
  system_dirs=$system_dirs:/Library/Java/JavaVirtualMachines:/opt/homebrew/opt/openjdk*/libexec
  system_dirs=$system_dirs:/usr/local/opt/openjdk*/libexec:/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec
  dirs=$user_dirs:${LEADLOOM_JVM_DIRS-$system_dirs}:$cache
  IFS=:
  for dir in $dirs; do
    for home in "$dir" "$dir"/* "$dir"/*/Contents/Home; do
      ! is_jdk "$home" || { printf '%s\n' "$home" && exit; }
    done
  done
  exit 1
)

find_jdk() { home=$(first_jdk) && export JAVA_HOME="$home"; }

need_jdk() {
  find_jdk && return
  lock "$cache/jdk.lock"
  find_jdk || fetch_jdk || die "no JDK $jdk_wanted was found, and $failure. Install one" \
    "(https://adoptium.net, or your system's packages) or point JAVA_HOME at one, and try again."
  unlock
}

# Fetches Eclipse Temurin into the cache; sets "failure" and fails where that cannot be done.
fetch_jdk() {
  case $(uname -s) in
    Linux) if [ -n "$(find /lib -maxdepth 1 -name 'ld-musl-*' 2>/dev/null)" ]; then os=alpine-linux; else os=linux; fi ;;
    Darwin) os=mac ;;
    *) failure="none can be fetched for $(uname -s)" && return 1 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    *) failure="none can be fetched for $(uname -m)" && return 1 ;;
  esac
  url=${LEADLOOM_JDK_URL:-https://api.adoptium.net}
  say "no JDK $jdk_wanted was found; fetching Eclipse Temurin (about 140 MB) into $cache"
  part=$cache/part.$$
  trap 'rm -rf "$part" "$held_lock"' EXIT
  mkdir -p "$part"
  failure="$url could not be reached"
  download "$url/v3/assets/latest/$jdk_wanted/hotspot?os=$os&architecture=$arch&image_type=jdk&vendor=eclipse" \
    "$part/release.json" || return 1
  package=$(tr -d '\n' <"$part/release.json" | sed -n 's/.*"package" *: *{\([^}]*\)}.*/\1/p')
  link=$(printf '%s' "$package" | sed -n 's/.*"link" *: *"\([^"]*\)".*/\1/p')
  checksum=$(printf '%s' "$package" | sed -n 's/.*"checksum" *: *"\([0-9a-f]*\)".*/\1/p')
  failure="$url offers none for $os $arch"
  [ -n "$link" ] && [ -n "$checksum" ] || return 1
  failure="$link could not be fetched"
  download "$link" "$part/jdk.tar.gz" || return 1
  failure="what came from $link does not match its checksum"
  [ "$(sha256 "$part/jdk.tar.gz")" = "$checksum" ] || return 1
  failure="what came from $link could not be unpacked"
  tar -xzf "$part/jdk.tar.gz" -C "$part" || return 1
  failure="what came from $link holds no JDK $jdk_wanted"
  for home in "$part"/*/Contents/Home "$part"/*; do
    is_jdk "$home" && mv "$home" "$cache/jdk-$jdk_wanted" && rm -rf "$part" && find_jdk && return
  done
  return 1
}

download() {
  if [ -n "$(command -v curl)" ]; then
    if [ -t 2 ]; then bar=--progress-bar; else bar=--silent; fi
    curl --fail --location --connect-timeout 20 --retry 2 $bar --output "$2" "$1"
  else
    wget -q -T 20 -O "$2" "$1"
  fi
}

sha256() { { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d ' ' -f 1; }
