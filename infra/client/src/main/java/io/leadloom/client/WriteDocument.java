package io.leadloom.client;

import io.leadloom.platform.Wiring;
import io.leadloom.rest.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Writes the API's OpenAPI document to the file given, as the API's function serves it. */
final class WriteDocument {

  private WriteDocument() {}

  /** Called by the build, before a client is generated from the file. */
  public static void main(String[] arguments) throws IOException {
    // Nothing is called; but clients are made, and cannot be without these.
    Wiring.start(
        Map.of(
            "TABLE_NAME", "none",
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "none",
            "AWS_SECRET_ACCESS_KEY", "none"),
        Clock.systemUTC());
    Files.write(Path.of(arguments[0]), Wiring.bean(Api.class).document());
    // The AWS clients keep threads.
    System.exit(0);
  }
}
