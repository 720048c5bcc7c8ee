package io.leadloom.simulators;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * One roll of the dice that always falls the same way: it is decided by the seed and by what it is
 * rolled for, never by when or in which order. Two decisions need two rolls, for different things.
 */
final class Dice {

  private final byte[] digest;

  private Dice(byte[] digest) {
    this.digest = digest;
  }

  static Dice of(long seed, String... whatFor) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
      for (var part : whatFor) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return new Dice(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A number from 0 to 99. */
  int percent() {
    return (int) below(100);
  }

  /** Whether something that happens in so many cases of a hundred happens. */
  boolean inPercent(int cases) {
    return percent() < cases;
  }

  /** A number from {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return low + below(high - low + 1);
  }

  /** A duration of whole seconds from {@code low} to {@code high}, both included. */
  Duration between(Duration low, Duration high) {
    return Duration.ofSeconds(between(low.toSeconds(), high.toSeconds()));
  }

  <T> T pick(List<T> choices) {
    return choices.get((int) below(choices.size()));
  }

  UUID uuid() {
    var bytes = ByteBuffer.wrap(digest);
    // The bits that mark a random UUID of the common variant.
    var high = (bytes.getLong() & 0xffffffffffff0fffL) | 0x4000L;
    var low = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /** Up to 64 hexadecimal digits. */
  String hex(int digits) {
    return HexFormat.of().formatHex(digest).substring(0, digits);
  }

  private long below(long bound) {
    return Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), bound);
  }
}
