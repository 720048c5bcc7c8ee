package io.leadloom.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.IssuerKeys;
import io.leadloom.identity.LocalIssuer;
import io.leadloom.model.Role;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.Json;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** People who sign in at an issuer of their own, and belong to tenants. */
final class People implements BeforeEachCallback, AfterEachCallback {

  private static final IssuerKeys KEYS = IssuerKeys.generate();

  private final Platform platform;
  private @Nullable LocalIssuer issuer;

  People(Platform platform) {
    this.platform = platform;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    issuer =
        LocalIssuer.start(
            0,
            platform.clock(),
            () -> KEYS,
            () -> platform.bean(Sessions.class),
            event -> Events.send(new TokenClaimsHandler(), event));
    platform.setting("TOKEN_ISSUER", issuer().uri().toString());
    platform.setting("TOKEN_CLIENT", LocalIssuer.CLIENT);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    issuer().close();
  }

  LocalIssuer issuer() {
    return java.util.Objects.requireNonNull(issuer);
  }

  static IssuerKeys keys() {
    return KEYS;
  }

  /** Makes a person a member of a tenant. */
  UserId member(TenantId tenant, String email, Role role) {
    var teams = platform.bean(Teams.class);
    var user = LocalIssuer.user(email);
    if (teams.find(tenant).isEmpty()) {
      teams.create(
          tenant,
          Team.of(
              tenant,
              LocalIssuer.user("founder@" + tenant + ".example"),
              "founder@" + tenant + ".example",
              platform.clock().instant()));
    }
    teams.change(
        tenant,
        team -> {
          var members = new ArrayList<>(team.members());
          members.add(new io.leadloom.model.Member(user, email, role, platform.clock().instant()));
          return new Team(tenant, members, team.invitations(), team.rev());
        });
    return user;
  }

  JsonNode signIn(String email) {
    return post(
        "/oauth2/token", "grant_type=password&username=" + email + "&password=" + KEYS.password());
  }

  JsonNode refresh(String token) {
    return post("/oauth2/token", "grant_type=refresh_token&refresh_token=" + token);
  }

  void revoke(String token) {
    post("/oauth2/revoke", "token=" + token);
  }

  JsonNode post(String path, String form) {
    return ask(
        HttpRequest.newBuilder(URI.create(issuer().uri() + path))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  JsonNode get(String path) {
    return ask(HttpRequest.newBuilder(URI.create(issuer().uri() + path)).build());
  }

  private static JsonNode ask(HttpRequest request) {
    try (var http = HttpClient.newHttpClient()) {
      return Json.tree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
