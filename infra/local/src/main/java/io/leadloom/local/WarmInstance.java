package io.leadloom.local;

import io.leadloom.local.template.FunctionResource;
import java.util.UUID;

/**
 * An instance of a function that can take the next request.
 *
 * @param logStream tells the instances of a function apart
 */
record WarmInstance(HandlerInstance handler, String logStream) {

  static WarmInstance start(FunctionResource function, String version) throws Exception {
    return new WarmInstance(
        HandlerInstance.create(function),
        "local/[" + version + "]" + UUID.randomUUID().toString().replace("-", ""));
  }
}
