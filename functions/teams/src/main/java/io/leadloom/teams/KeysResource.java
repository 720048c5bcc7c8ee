package io.leadloom.teams;

import io.leadloom.model.ApiKey;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.KeyId;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.ForbiddenException;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Json;
import io.leadloom.platform.SignedTokens;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an organisation's programs. The text of one is told once and kept as a hash. Nobody
 * makes, rotates or revokes a key that may more than they may themselves, and a key may no more
 * than who was told its text; to take over the key of somebody who leaves, rotate it.
 */
@Singleton
final class KeysResource implements Resource {

  private static final Duration USUAL_OVERLAP = Duration.ofHours(24);

  private final ApiKeys keys;
  private final SignedTokens tokens;
  private final Clock clock;

  KeysResource(ApiKeys keys, SignedTokens tokens, Clock clock) {
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/keys", "listKeys")
            .does(
                "Lists the API keys, those that were revoked too, with their last use give or take"
                    + " five minutes",
                Permission.READ_KEYS)
            .answers(KeyList.class, 200)
            .by(call ->
                Answer.ok(
                    new KeyList(
                        keys.list(call.tenant()).stream()
                            .sorted(Comparator.comparing(ApiKey::createdAt))
                            .map(KeyView::of)
                            .toList()))),
        Operation.post("/keys", "createKey")
            .does("Makes an API key; its text is shown this once", Permission.WRITE_KEYS)
            .body(NewKey.class)
            .answersSecret(MadeKey.class, 201)
            .by(this::create),
        Operation.get("/keys/{keyId}", "getKey")
            .does("Shows an API key without its text", Permission.READ_KEYS)
            .answers(KeyView.class, 200)
            .by(call -> {
              var key = keys.get(call.tenant(), id(call));
              return Answer.ok(KeyView.of(key), key.rev());
            }),
        Operation.post("/keys/{keyId}/rotation", "rotateKey")
            .does(
                "Gives an API key a new text, shown this once; the one before works on for a while",
                Permission.WRITE_KEYS)
            .body(KeyRotation.class)
            .answersSecret(MadeKey.class, 201)
            .by(this::rotate),
        Operation.delete("/keys/{keyId}", "revokeKey")
            .does("Revokes an API key: it opens nothing from now on", Permission.WRITE_KEYS)
            .answersNothing()
            .by(this::revoke));
  }

  private Answer<MadeKey> create(Call<None, NewKey> call) {
    var id = KeyId.of("key-" + call.effectId());
    var text = text(call, id);
    var before = keys.find(call.tenant(), id);
    if (before.isEmpty()) {
      var now = clock.instant();
      var days = call.body().days();
      var key =
          new ApiKey(
              id,
              call.body().name(),
              text.start(),
              text.hash(),
              call.body().role(),
              scopes(call),
              call.caller().actor(),
              holder(call),
              now,
              days == null ? null : now.plus(Duration.ofDays(days)),
              null,
              null,
              null,
              0);
      requireNoMoreThan(call.caller(), key);
      keys.create(call.tenant(), key, entry(call, "key.created", id));
    } else if (!before.get().hash().equals(text.hash())) {
      throw new ConflictException(
          "key.exists", "This Idempotency-Key made another API key before; take a new one");
    }
    return made(call, id, text);
  }

  private Answer<MadeKey> rotate(Call<None, KeyRotation> call) {
    var id = id(call);
    var key = keys.get(call.tenant(), id);
    requireNoMoreThan(call.caller(), key);
    if (key.revokedAt() != null) {
      return Answer.refused(
          422, "key.revoked", "The API key was revoked and stays so; make another one");
    }
    var text = text(call, id);
    if (!key.hash().equals(text.hash())) {
      var hours = call.body().overlapHours();
      var overlap = hours == null ? USUAL_OVERLAP : Duration.ofHours(hours);
      keys.rotate(
          call.tenant(),
          key.rotated(text.start(), text.hash(), holder(call), clock.instant().plus(overlap)),
          entry(call, "key.rotated", id));
    }
    return made(call, id, text);
  }

  private Answer<None> revoke(Call<None, None> call) {
    var key = keys.get(call.tenant(), id(call));
    call.seen().require(key.rev());
    requireNoMoreThan(call.caller(), key);
    if (key.revokedAt() == null) {
      keys.change(
          call.tenant(), key.revoked(clock.instant()), entry(call, "key.revoked", key.id()));
    }
    return Answer.nothing();
  }

  /**
   * The text that this very request gives to a key: derived, so that a repetition after a crash
   * tells the same one, and other for each caller, key and body.
   */
  private ApiKeys.Text text(Call<?, ?> call, KeyId id) {
    return ApiKeys.text(
        tokens.secretFor(
            "api-key",
            Ids.hash(
                call.tenant().value(),
                call.caller().actor(),
                id.value(),
                call.effectId(),
                Json.write(call.body()))));
  }

  private Answer<MadeKey> made(Call<?, ?> call, KeyId id, ApiKeys.Text text) {
    var key = keys.get(call.tenant(), id);
    return Answer.created("/v1/keys/" + id, new MadeKey(KeyView.of(key), text.value()), key.rev());
  }

  /** Who learns a text that is told now: the caller, or who was told the key that calls. */
  private String holder(Call<?, ?> call) {
    return call.caller()
        .key()
        .flatMap(key -> keys.find(call.tenant(), key))
        .map(ApiKey::holder)
        .orElse(call.caller().actor());
  }

  /** The scopes that are asked for, or all that the role and the caller have. */
  private static Set<Permission> scopes(Call<None, NewKey> call) {
    var wanted = call.body().scopes();
    return wanted == null
        ? Arrays.stream(Permission.values())
            .filter(call.body().role()::may)
            .filter(call.caller()::may)
            .collect(Collectors.toSet())
        : wanted.stream().map(Permission::of).collect(Collectors.toSet());
  }

  private static void requireNoMoreThan(Caller caller, ApiKey key) {
    if (!caller.role().atLeast(key.role())) {
      throw new ForbiddenException(
          "role.too-low", "Only a person who is " + key.role().code() + " may do this");
    }
    if (!caller.scopes().containsAll(key.scopes())) {
      throw new ForbiddenException(
          "scope.missing", "These credentials do not have all the scopes of the key themselves");
    }
  }

  private AuditEntry entry(Call<?, ?> call, String action, KeyId key) {
    return new AuditEntry(clock.instant(), call.caller().actor(), action, key.value(), "");
  }

  private static KeyId id(Call<?, ?> call) {
    return KeyId.of(call.id("keyId"));
  }

  /** An API key to make. */
  record NewKey(
      @About("Of the program that will have it") @Length(max = 100) String name,
      @About("Up to one's own") Role role,
      @About("Permissions it is narrowed to; absent: all that the role has")
          @Nullable
          @Length(max = 50)
          List<String> scopes,
      @About("For how many days it works; absent: until it is revoked")
          @Nullable
          @Range(min = 1, max = 3_650)
          Integer days) {}

  /** How to rotate. */
  record KeyRotation(
      @About("For how many hours the text before works on; 24 if absent")
          @Nullable
          @Range(max = 168)
          Integer overlapHours) {}

  /** An API key, as the API shows it. */
  record KeyView(
      String id,
      String name,
      @About("The first characters of its text") String start,
      Role role,
      List<String> scopes,
      @About("Actor who made it") String createdBy,
      @About("Who was told its text: it may no more than they may, and ends when they leave")
          String holder,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @About("Until when the text before the last rotation works")
          @Nullable Instant previousWorksUntil,
      @About("Give or take five minutes; absent: never") @Nullable Instant lastUsedAt) {

    static KeyView of(ApiKey key) {
      var previous = key.previous();
      return new KeyView(
          key.id().value(),
          key.name(),
          key.start(),
          key.role(),
          key.scopes().stream().map(Permission::code).sorted().toList(),
          key.createdBy(),
          key.holder(),
          key.createdAt(),
          key.expiresAt(),
          key.revokedAt(),
          previous == null ? null : previous.until(),
          key.lastUsedAt());
    }
  }

  /** An API key with a text just made. */
  record MadeKey(KeyView key, @About("The key itself") String text) {}

  /** The keys. */
  record KeyList(List<KeyView> keys) {}
}
