package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Credentials for the table: within a {@link TenantScope} those of the role for tenants, narrowed
 * to this one and kept for most of their hour; else the function's own, also where no such role is
 * set.
 */
@Singleton
final class TenantCredentials implements AwsCredentialsProvider {

  private static final Duration LASTING = Duration.ofHours(1);

  /** New ones are asked for before the old ones end. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final int MOST_KEPT = 1_000;

  private final AwsCredentialsProvider own = DefaultCredentialsProvider.builder().build();
  private final Map<TenantId, Kept> kept = new ConcurrentHashMap<>();
  private final Provider<StsClient> sts;
  private final Settings settings;
  private final Clock clock;

  TenantCredentials(Provider<StsClient> sts, Settings settings, Clock clock) {
    this.sts = sts;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    var tenant = TenantScope.current();
    var role = settings.tenantRole();
    return tenant.isPresent() && role.isPresent()
        ? narrowed(role.get(), tenant.get())
        : own.resolveCredentials();
  }

  private AwsCredentials narrowed(String role, TenantId tenant) {
    var now = clock.instant();
    if (kept.size() > MOST_KEPT) {
      kept.values().removeIf(old -> !now.isBefore(old.until()));
    }
    return kept.compute(
            tenant,
            (id, old) -> old != null && now.isBefore(old.until()) ? old : assume(role, id, now))
        .credentials();
  }

  private Kept assume(String role, TenantId tenant, Instant now) {
    try {
      var answer =
          sts.get()
              .assumeRole(b ->
                  b.roleArn(role)
                      // Names may have 64 characters; CloudTrail shows them.
                      .roleSessionName(
                          tenant.value().substring(0, Math.min(64, tenant.value().length())))
                      .durationSeconds((int) LASTING.toSeconds())
                      .policy(TenantPolicy.document(settings.table(), tenant)))
              .credentials();
      return new Kept(
          AwsSessionCredentials.create(
              answer.accessKeyId(), answer.secretAccessKey(), answer.sessionToken()),
          now.plus(LASTING).minus(MARGIN));
    } catch (SdkException e) {
      throw new TransientException(
          "credentials.unavailable", "No credentials for the tenant '" + tenant + "'", e);
    }
  }

  private record Kept(AwsCredentials credentials, Instant until) {}
}
