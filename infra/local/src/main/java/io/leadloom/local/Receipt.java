package io.leadloom.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a receipt handle says: which message, and which receive of it. */
record Receipt(long sequence, String receive) {

  /**
   * @throws AwsException when the handle is none of this stack
   */
  static Receipt parse(String handle) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(handle), StandardCharsets.UTF_8);
      var space = text.indexOf(' ');
      if (space > 0) {
        return new Receipt(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
      }
    } catch (IllegalArgumentException e) {
      throw invalid(handle);
    }
    throw invalid(handle);
  }

  private static AwsException invalid(String handle) {
    return new AwsException(
        "ReceiptHandleIsInvalid", "The input receipt handle \"" + handle + "\" is not valid.");
  }
}
