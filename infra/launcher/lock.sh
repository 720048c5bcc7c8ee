# For the launcher: lets one process at a time do a thing.

# Takes the lock that is the link $1, which points to the process that holds it. A lock whose holder
# is gone is removed, under a lock of its own so that nobody removes the next holder's.
lock() {
  mkdir -p "$(dirname "$1")" && [ -w "$(dirname "$1")" ] || die "cannot write to $(dirname "$1")"
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  waiting=
  until ln -s $$ "$1" 2>/dev/null; do
    holder=$(readlink "$1") || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      if mkdir "$1.stale" 2>/dev/null; then
        [ "$(readlink "$1")" != "$holder" ] || rm -f "$1"
        rmdir "$1.stale"
      fi
      continue
    fi
    [ -n "$waiting" ] || say "waiting for process $holder to finish the same work (it holds $1)"
    waiting=yes
    sleep 1
  done
  held_lock=$1
  trap 'rm -f "$held_lock"' EXIT
}

unlock() {
  rm -f "$held_lock"
  trap - EXIT INT TERM HUP
}
