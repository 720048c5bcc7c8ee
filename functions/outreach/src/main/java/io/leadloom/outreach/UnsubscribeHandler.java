package io.leadloom.outreach;

import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Wiring;

/**
 * The routes {@code GET} and {@code POST /unsubscribe/{token}}. A GET changes nothing, for mail
 * scanners follow links; a POST, by a mail program (RFC 8058) or the page's button, opts out.
 */
public final class UnsubscribeHandler extends HttpHandler {

  private final Unsubscribe unsubscribe;

  /** Called by the Lambda runtime, once per execution environment. */
  public UnsubscribeHandler() {
    this(Wiring.bean(Unsubscribe.class), Wiring.bean(Invocations.class));
  }

  UnsubscribeHandler(Unsubscribe unsubscribe, Invocations invocations) {
    super(invocations);
    this.unsubscribe = unsubscribe;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = request.pathParameter("token");
    return switch (request.method()) {
      case "POST" -> unsubscribe.run(token) ? page(200, DONE) : page(404, UNKNOWN);
      case "GET", "HEAD" -> unsubscribe.knows(token) ? page(200, QUESTION) : page(404, UNKNOWN);
      default ->
          HttpResponse.problem(
              405, "method.not-allowed", "Use GET to see the page and POST to unsubscribe");
    };
  }

  private static final String QUESTION =
      """
      <h1>Unsubscribe</h1>
      <p>You will get no more messages from this sender.</p>
      <form method="post"><button name="List-Unsubscribe" value="One-Click">Unsubscribe</button></form>
      """;

  private static final String DONE =
      """
      <h1>You are unsubscribed</h1>
      <p>You will get no more messages from this sender.</p>
      """;

  private static final String UNKNOWN =
      """
      <h1>This link is not complete</h1>
      <p>Nothing was changed. Please answer the message with the word "stop" instead.</p>
      """;

  private static HttpResponse page(int status, String content) {
    return HttpResponse.html(
        status,
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>Unsubscribe</title>
        <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}\
        button{font:inherit;padding:.5rem 1rem}</style>
        </head>
        <body>
        %s</body>
        </html>
        """
            .formatted(content));
  }
}
