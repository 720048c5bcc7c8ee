package io.leadloom.cloud.suite;

import java.nio.file.Path;

/** The suite on our stack, in every build. */
class OwnStackIT extends AwsSuite {

  @Override
  Target start(Path template, Path data) {
    return new OwnStack(template, data);
  }
}
