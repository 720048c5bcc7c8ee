package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.Template;
import java.util.List;
import java.util.Map;

/** The parameters of Systems Manager, each with its latest version. Nothing is encrypted. */
final class ParametersApi implements JsonApi {

  private final StackStore store;
  private final Map<String, String> parameters;

  ParametersApi(StackStore store) {
    this.store = store;
    this.parameters = store.map("parameters");
  }

  /** Gives the template's parameters the values of the template. */
  void create(List<Template.Parameter> templates) {
    for (var template : templates) {
      put(template.name(), template.type(), template.value());
    }
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    return switch (action) {
      case "GetParameter" -> {
        var answer = Json.object();
        var name = request.path("Name").asText();
        var parameter = parameters.get(plain(name));
        if (parameter == null) {
          throw new AwsException("ParameterNotFound", "Parameter " + name + " not found.");
        }
        answer.set("Parameter", Json.parse(parameter));
        yield answer;
      }
      case "GetParameters" -> getParameters(request);
      case "GetParametersByPath" -> getParametersByPath(request);
      case "PutParameter" -> putParameter(request);
      case "DeleteParameter" -> {
        parameters.remove(plain(request.path("Name").asText()));
        store.commit();
        yield Json.object();
      }
      default -> throw JsonApi.unknown("Systems Manager", action);
    };
  }

  private JsonNode getParameters(JsonNode request) {
    var answer = Json.object();
    var found = answer.putArray("Parameters");
    var invalid = answer.putArray("InvalidParameters");
    for (var name : request.path("Names")) {
      var parameter = parameters.get(plain(name.asText()));
      if (parameter == null) {
        invalid.add(name);
      } else {
        found.add(Json.parse(parameter));
      }
    }
    return answer;
  }

  private JsonNode getParametersByPath(JsonNode request) {
    var path = request.path("Path").asText();
    var prefix = path.endsWith("/") ? path : path + "/";
    var recursive = request.path("Recursive").asBoolean();
    var answer = Json.object();
    ArrayNode found = answer.putArray("Parameters");
    parameters.forEach((name, parameter) -> {
      if (name.startsWith(prefix) && (recursive || name.indexOf('/', prefix.length()) < 0)) {
        found.add(Json.parse(parameter));
      }
    });
    return answer;
  }

  private JsonNode putParameter(JsonNode request) {
    var name = request.path("Name").asText();
    if (parameters.containsKey(name) && !request.path("Overwrite").asBoolean()) {
      throw new AwsException(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    var version = put(name, request.path("Type").asText("String"), request.path("Value").asText());
    return Json.object().put("Version", version).put("Tier", "Standard");
  }

  private int put(String name, String type, String value) {
    var old = parameters.get(name);
    var version = old == null ? 1 : Json.parse(old).path("Version").asInt() + 1;
    var arn =
        Names.LOCAL.arn("ssm", "parameter/" + (name.startsWith("/") ? name.substring(1) : name));
    parameters.put(
        name,
        Json.object()
            .put("Name", name)
            .put("Type", type)
            .put("Value", value)
            .put("Version", version)
            .put("ARN", arn)
            .put("DataType", "text")
            .toString());
    store.commit();
    return version;
  }

  /** A name may come as an ARN. */
  private static String plain(String name) {
    var marker = ":parameter/";
    var start = name.indexOf(marker);
    if (start < 0) {
      return name;
    }
    var rest = name.substring(start + marker.length());
    return rest.contains("/") ? "/" + rest : rest;
  }
}
