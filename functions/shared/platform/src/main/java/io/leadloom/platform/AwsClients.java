package io.leadloom.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK clients, on one HTTP client. Region, credentials and endpoint are the SDK's own settings,
 * so the same code talks to AWS, to LocalStack and to a local stack.
 */
@Factory
final class AwsClients {

  /**
   * DynamoDB's own base delay, for all services and for throttles too, where the SDK begins at half
   * a second: a throttle here is a burst that its next moment has room for, and the function is
   * paid for while it waits. What is throttled for longer than these few seconds is for the state
   * machine and the queue to repeat, whose waiting costs nothing.
   */
  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(1));

  /**
   * Not the client on {@code java.net.HttpURLConnection}: that one waits a millisecond for the end
   * of a kept connection before each call, which was a quarter of a step's time.
   */
  @Singleton
  SdkHttpClient http() {
    return Apache5HttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(3))
        .socketTimeout(Duration.ofSeconds(10))
        .build();
  }

  @Singleton
  DynamoDbClient dynamo(SdkHttpClient http, TenantCredentials credentials) {
    return DynamoDbClient.builder()
        .httpClient(http)
        .credentialsProvider(credentials)
        .overrideConfiguration(limits())
        .build();
  }

  @Singleton
  SqsClient sqs(SdkHttpClient http) {
    return SqsClient.builder().httpClient(http).overrideConfiguration(limits()).build();
  }

  @Singleton
  SfnClient states(SdkHttpClient http) {
    return SfnClient.builder().httpClient(http).overrideConfiguration(limits()).build();
  }

  @Singleton
  SecretsManagerClient secrets(SdkHttpClient http) {
    return SecretsManagerClient.builder().httpClient(http).overrideConfiguration(limits()).build();
  }

  @Singleton
  StsClient sts(SdkHttpClient http) {
    return StsClient.builder().httpClient(http).overrideConfiguration(limits()).build();
  }

  /**
   * How often a call is tried again is the SDK's choice for each service (DynamoDB eight times),
   * how soon is ours.
   */
  private static ClientOverrideConfiguration limits() {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(Duration.ofSeconds(20))
        .retryStrategy(
            retries -> retries.backoffStrategy(BACKOFF).throttlingBackoffStrategy(BACKOFF))
        .build();
  }
}
