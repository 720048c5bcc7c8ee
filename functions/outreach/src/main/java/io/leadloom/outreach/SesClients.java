package io.leadloom.outreach;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The client of Amazon SES. Region, credentials and endpoint are the SDK's own settings. */
@Factory
final class SesClients {

  /** It never repeats a call by itself: SES would send the message again. */
  @Singleton
  SesV2Client ses(SdkHttpClient http) {
    return SesV2Client.builder()
        .httpClient(http)
        .overrideConfiguration(o ->
            o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallTimeout(Duration.ofSeconds(20)))
        .build();
  }
}
