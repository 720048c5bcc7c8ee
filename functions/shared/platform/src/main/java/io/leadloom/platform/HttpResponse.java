package io.leadloom.platform;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to an HTTP request. */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {

  /** A page. Nothing on it may run or be framed: pages are built without scripts. */
  public static HttpResponse html(int status, String page) {
    return new HttpResponse(
        status,
        Map.of(
            "content-type", "text/html; charset=utf-8",
            "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "referrer-policy", "no-referrer",
            "cache-control", "no-store"),
        page.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON document. */
  public static HttpResponse json(int status, Object value) {
    return new HttpResponse(
        status,
        Map.of("content-type", "application/json", "cache-control", "no-store"),
        Json.bytes(value));
  }

  /** An answer without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), new byte[0]);
  }

  /** Sends the browser on with a GET, as after a form was handled. */
  public static HttpResponse seeOther(String location) {
    return new HttpResponse(303, Map.of("location", location), new byte[0]);
  }

  /** A problem document (RFC 9457) with a stable code. */
  public static HttpResponse problem(int status, String code, String detail) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "about:blank");
    problem.put("status", status);
    problem.put("code", code);
    problem.put("detail", detail);
    return new HttpResponse(
        status, Map.of("content-type", "application/problem+json"), Json.bytes(problem));
  }
}
