package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Puts the results of a distributed Map into S3.
 *
 * @param resource the call that stores an object, as {@link TaskServices} names it
 */
record ResultWriter(String resource, @Nullable Template arguments) {

  /**
   * What has to be stored, and what the Map hands on after that.
   *
   * @param requests the arguments of the calls, one after the other
   */
  record Export(ArrayNode requests, JsonNode result) {}

  /** The files of a run: its results, and a manifest that names them. */
  Export export(Scope scope, String runArn, ArrayNode outputs) {
    var target = arguments == null ? Json.object() : arguments.evaluate(scope);
    var prefix = target.path("Prefix").asText();
    var run = runArn.substring(runArn.lastIndexOf(':') + 1);
    var folder = (prefix.isEmpty() ? "" : prefix + "/") + run + "/";
    var bucket = target.path("Bucket");
    var results = Json.write(outputs);

    var manifest = Json.object();
    manifest.set("DestinationBucket", bucket);
    manifest.put("MapRunArn", runArn);
    var files = manifest.putObject("ResultFiles");
    files.putArray("FAILED");
    files.putArray("PENDING");
    files
        .putArray("SUCCEEDED")
        .addObject()
        .put("Key", folder + "SUCCEEDED_0.json")
        .put("Size", Json.size(outputs));

    var requests = Json.array();
    requests.add(request(bucket, folder + "SUCCEEDED_0.json", results));
    requests.add(request(bucket, folder + "manifest.json", Json.write(manifest)));

    var result = Json.object();
    result.put("MapRunArn", runArn);
    var details = result.putObject("ResultWriterDetails");
    details.set("Bucket", bucket);
    details.put("Key", folder + "manifest.json");
    return new Export(requests, result);
  }

  private static ObjectNode request(JsonNode bucket, String key, String body) {
    var request = Json.object();
    request.set("Bucket", bucket);
    request.put("Key", key);
    request.put("Body", body);
    return request;
  }
}
