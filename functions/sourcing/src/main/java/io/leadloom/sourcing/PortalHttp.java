package io.leadloom.sourcing;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.ProviderHttp;
import io.leadloom.platform.ProviderHttp.Call;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks open-data portals. */
@Singleton
final class PortalHttp {

  /** A table of millions of rows takes a portal a while to sort. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ProviderHttp http;
  private final PublicHosts hosts;

  PortalHttp(ProviderHttp http, PublicHosts hosts) {
    this.http = http;
    this.hosts = hosts;
  }

  /**
   * The JSON that a portal answers to a query.
   *
   * @throws TransientException where the portal is busy
   * @throws InvalidInputException where it does not know what it is asked for
   */
  JsonNode get(URI portal, String path, Map<String, String> query) {
    hosts.check(portal);
    var parameters =
        query.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    var name = "portal " + portal.getHost();
    var answer =
        http.send(
            new Call(
                name,
                "GET",
                URI.create(portal + path + "?" + parameters),
                Map.of("accept", "application/json"),
                new byte[0],
                true,
                TIMEOUT));
    if (answer.status() == 202) {
      throw new TransientException("source.not-ready", "The " + name + " is still at work");
    }
    if (!answer.ok()) {
      throw new InvalidInputException(
          "source.refused",
          "The %s answered %d to %s; check the source's address"
              .formatted(name, answer.status(), path));
    }
    return answer.json();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
