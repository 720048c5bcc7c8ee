package io.leadloom.testkit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls handlers as the Lambda runtime does, with the sample payloads of {@code events/}. */
public final class Events {

  private static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) ->
                  method.getReturnType() == String.class ? method.getName() : null);

  private Events() {}

  /** The sample payload {@code events/<name>.json}, found from the module's folder upwards. */
  public static JsonNode read(String name) {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      var file = folder.resolve("events").resolve(name + ".json");
      if (Files.exists(file)) {
        try {
          return Json.tree(Files.readAllBytes(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalArgumentException("There is no sample payload events/" + name + ".json");
  }

  /** What a handler answers to a sample payload. */
  public static JsonNode send(RequestStreamHandler handler, String name) {
    return send(handler, read(name));
  }

  /** What a handler answers to a payload. */
  public static JsonNode send(RequestStreamHandler handler, JsonNode payload) {
    var answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(Json.bytes(payload)), answer, CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.tree(answer.toByteArray());
  }
}
