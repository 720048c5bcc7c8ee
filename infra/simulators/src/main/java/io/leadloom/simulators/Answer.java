package io.leadloom.simulators;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A provider's answer to a {@link Call}, and what the journal is to know about it. */
record Answer(int status, Map<String, String> headers, byte[] body, Note note) {

  static Answer json(int status, Object body) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.bytes(body),
        Note.NOTHING);
  }

  static Answer html(String body) {
    return new Answer(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        body.getBytes(StandardCharsets.UTF_8),
        Note.NOTHING);
  }

  Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, note);
  }

  Answer noting(Note other) {
    return new Answer(status, headers, body, other);
  }
}
