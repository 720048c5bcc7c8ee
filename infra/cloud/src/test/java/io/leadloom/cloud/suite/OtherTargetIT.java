package io.leadloom.cloud.suite;

import io.leadloom.cloud.LocalStackKit;
import io.leadloom.cloud.SdkSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The suite beyond our stack: where {@code AWS_ENDPOINT_URL} points, or in the AWS account of the
 * process where {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS} is true. Where neither is set, on a
 * LocalStack started for it, by the scripts for that or in Docker; else it is skipped.
 */
class OtherTargetIT extends AwsSuite {

  private static final Path LIBRARIES =
      LocalStackKit.ROOT.resolve("functions/webhooks/target/lambda/lib");

  @Override
  Target start(Path template, Path data) {
    if (Boolean.parseBoolean(System.getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
      return new Deployed("AWS", template, LIBRARIES, () -> {});
    }
    var named = System.getenv("AWS_ENDPOINT_URL");
    if (named != null) {
      return new Deployed(named, template, LIBRARIES, () -> {});
    }
    var kit = LocalStackKit.folder();
    if (kit.isPresent()) {
      var localStack = LocalStackKit.start(kit.get(), data);
      return onLocalStack(template, localStack.url(), localStack);
    }
    var container = container();
    Assumptions.assumeTrue(
        container.isPresent(),
        "AWS_ENDPOINT_URL is not set, and there is neither Docker nor another LocalStack to start");
    container.get().start();
    return onLocalStack(template, container.get().getEndpoint(), container.get());
  }

  private static Target onLocalStack(Path template, URI url, AutoCloseable localStack) {
    SdkSettings.pointAt(url);
    return new Deployed(
        "LocalStack",
        template,
        LIBRARIES,
        () -> {
          SdkSettings.clear();
          localStack.close();
        });
  }

  private static Optional<LocalStackContainer> container() {
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.of(
            new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0")))
        : Optional.empty();
  }
}
