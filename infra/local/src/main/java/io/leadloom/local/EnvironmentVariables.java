package io.leadloom.local;

import io.leadloom.local.template.FunctionResource;
import io.leadloom.local.template.Names;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one environment of all functions in this JVM. */
final class EnvironmentVariables {

  private EnvironmentVariables() {}

  /**
   * @throws StackException when two functions want different values of one name
   */
  static Map<String, String> merge(List<FunctionResource> functions, URI awsUrl, URI dynamoUrl) {
    var variables = new TreeMap<String, String>();
    var owners = new TreeMap<String, String>();
    for (var function : functions) {
      function
          .environment()
          .forEach((name, value) -> {
            var other = variables.putIfAbsent(name, value);
            if (other != null && !other.equals(value)) {
              throw new StackException(
                  "The environment variable "
                      + name
                      + " is "
                      + other
                      + " for "
                      + owners.get(name)
                      + ", but "
                      + value
                      + " for "
                      + function.id()
                      + ". On one machine all functions share one environment: give it one"
                      + " value, or two names",
                  null);
            }
            owners.putIfAbsent(name, function.id());
          });
    }
    variables.put("AWS_REGION", Names.LOCAL.region());
    variables.put("AWS_DEFAULT_REGION", Names.LOCAL.region());
    variables.put("AWS_ENDPOINT_URL", awsUrl.toString());
    // Most calls of the functions go to the table: they are spared the way through the edge.
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoUrl.toString());
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    return variables;
  }
}
