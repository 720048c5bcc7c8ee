package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** An embedded server that speaks AWS's JSON protocol. */
final class JsonService {

  /** The header of requests that are the stack's own, not passed on for somebody. */
  static final String OWN = "X-Leadloom-Own";

  private final HttpCaller http;
  private final URI url;
  private final String name;
  private final String jsonVersion;

  /**
   * @param name the signing name, for example {@code dynamodb}
   * @param jsonVersion of the protocol, 1.0 or 1.1
   */
  JsonService(HttpCaller http, URI url, String name, String jsonVersion) {
    this.http = http;
    this.url = url;
    this.name = name;
    this.jsonVersion = jsonVersion;
  }

  /**
   * @param target the value of X-Amz-Target
   * @throws AwsException when the service refuses
   */
  JsonNode call(String target, JsonNode request) {
    var headers = new HashMap<>(headers(target, "application/x-amz-json-" + jsonVersion));
    headers.put(OWN, "true");
    var response = http.send("POST", url, headers, Json.bytes(request));
    var body = Json.parse(response.body());
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), body);
    }
    return body;
  }

  /** Passes a request on as it is. */
  HttpResponse<byte[]> forward(String target, String contentType, byte[] body) {
    return http.send("POST", url, headers(target, contentType), body);
  }

  private Map<String, String> headers(String target, String contentType) {
    return Map.of(
        "X-Amz-Target", target, "Content-Type", contentType, "Authorization", authorization());
  }

  private String authorization() {
    return "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
        + name
        + "/aws4_request, SignedHeaders=host, Signature=0";
  }

  private static AwsException refusal(int status, JsonNode body) {
    var type = body.path("__type").asText("InternalFailure");
    var message = body.path("message").asText(body.path("Message").asText(""));
    return new AwsException(type.substring(type.lastIndexOf('#') + 1), status, message);
  }
}
