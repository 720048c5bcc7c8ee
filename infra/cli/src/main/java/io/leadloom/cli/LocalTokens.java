package io.leadloom.cli;

import io.leadloom.identity.IssuerKeys;
import io.leadloom.identity.LocalIssuer;
import io.leadloom.model.Invitation;
import io.leadloom.model.InvitationId;
import io.leadloom.model.Role;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Json;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Tokens of a local stack, for whoever may read its secrets: each role of a tenant has a made-up
 * person who signs in at the stack's own issuer.
 */
public final class LocalTokens {

  private LocalTokens() {}

  /** A token for a tenant with a role; the person of that role becomes a member if need be. */
  static String of(URI issuer, TenantId tenant, Role role) {
    if (Wiring.bean(Tenants.class).find(tenant).isEmpty()) {
      throw new CommandFailure(
          "there is no tenant " + tenant + "; make it with ./leadloom tenant add " + tenant);
    }
    var email = email(tenant, role);
    join(tenant, email, role);
    Wiring.bean(Sessions.class).choose(LocalIssuer.user(email), tenant);
    return signIn(issuer, email);
  }

  /** The team of a new tenant. */
  static Team team(TenantId tenant) {
    var owner = email(tenant, Role.OWNER);
    return Team.of(tenant, LocalIssuer.user(owner), owner, Wiring.bean(Clock.class).instant());
  }

  private static String email(TenantId tenant, Role role) {
    return role.code() + "@" + tenant + ".example";
  }

  private static void join(TenantId tenant, String email, Role role) {
    var teams = Wiring.bean(Teams.class);
    if (teams.find(tenant).isEmpty()) {
      teams.create(tenant, team(tenant));
    }
    var user = LocalIssuer.user(email);
    teams.change(
        tenant,
        team -> {
          if (team.find(user).isPresent()) {
            return team.get(user).role() == role ? team : team.changeRole(Role.OWNER, user, role);
          }
          var now = Wiring.bean(Clock.class).instant();
          var id = InvitationId.of("local-" + role.code());
          return team.invite(
                  Role.OWNER,
                  new Invitation(
                      id, email, role, "", "local", now, now.plus(Duration.ofMinutes(1))),
                  Team.MOST_SEATS)
              .accept(id, "", user, email, now);
        });
  }

  /** A token of whoever has this address, for the tenant that they chose last, if any. */
  public static String signIn(URI issuer, String email) {
    var password = IssuerKeys.of(Wiring.bean(SecretsManagerClient.class)).password();
    var form =
        "grant_type=password&username=%s&password=%s"
            .formatted(URLEncoder.encode(email, StandardCharsets.UTF_8), password);
    var request =
        HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      var token = Json.tree(answer.body()).path("access_token").asText();
      if (token.isEmpty()) {
        throw new CommandFailure(
            "the issuer " + issuer + " gives no token (status " + answer.statusCode() + ")");
      }
      return token;
    } catch (IOException e) {
      throw new CommandFailure("the issuer " + issuer + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }
}
