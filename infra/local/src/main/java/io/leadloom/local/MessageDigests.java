package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The digests that SQS answers, with which the SDK checks that a message went over unharmed. See
 * "Calculating the MD5 message digest for message attributes" in the developer guide.
 */
final class MessageDigests {

  private MessageDigests() {}

  static String ofBody(String body) {
    return hex("MD5", body.getBytes(StandardCharsets.UTF_8));
  }

  /** The deduplication id of a message that has none of its own. */
  static String contentId(String body) {
    return hex("SHA-256", body.getBytes(StandardCharsets.UTF_8));
  }

  static String ofAttributes(JsonNode attributes) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      var names = new TreeSet<String>();
      attributes.fieldNames().forEachRemaining(names::add);
      for (var name : names) {
        var attribute = attributes.path(name);
        write(out, name.getBytes(StandardCharsets.UTF_8));
        write(out, attribute.path("DataType").asText().getBytes(StandardCharsets.UTF_8));
        if (attribute.has("BinaryValue")) {
          out.writeByte(2);
          write(out, Base64.getDecoder().decode(attribute.path("BinaryValue").asText()));
        } else {
          out.writeByte(1);
          write(out, attribute.path("StringValue").asText().getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hex("MD5", bytes.toByteArray());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every JDK", e);
    }
  }
}
