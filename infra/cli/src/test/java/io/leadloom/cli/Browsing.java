package io.leadloom.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's way through the pages, as a browser goes it: links and forms as they stand there. */
final class Browsing {

  private static final Pattern DECISION = Pattern.compile("href=\"(/approvals/[^\"?]+\\?[^\"]+)\"");
  private static final Pattern ACTION =
      Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");
  private static final Pattern SUBJECT = Pattern.compile("name=\"subject\" value=\"([^\"]*)\"");
  private static final Pattern BODY =
      Pattern.compile("<textarea id=\"body\" name=\"body\">\n(.*?)</textarea>", Pattern.DOTALL);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI site;

  Browsing(URI site) {
    this.site = site;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(site.resolve(path)));
  }

  /** A page, which must be there. */
  String page(String path) throws IOException, InterruptedException {
    var answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** Where the drafts that wait can be decided on. */
  List<String> pending(String tenant) throws IOException, InterruptedException {
    return DECISION
        .matcher(page("/approvals?tenant=" + tenant))
        .results()
        .map(link -> unescape(link.group(1)))
        .toList();
  }

  /** Opens a draft's page and presses "Approve and send"; gives the answer's status. */
  int approve(String link) throws IOException, InterruptedException {
    var form = page(link);
    var fields = new LinkedHashMap<String, String>();
    fields.put("subject", found(SUBJECT, form));
    // Browsers send line ends so.
    fields.put("body", found(BODY, form).replace("\n", "\r\n"));
    fields.put("note", "");
    fields.put("decision", "approve");
    return send(HttpRequest.newBuilder(site.resolve(found(ACTION, form)))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))))
        .statusCode();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String found(Pattern what, String page) {
    var match = what.matcher(page);
    if (!match.find()) {
      throw new AssertionError("no " + what + " in " + page);
    }
    return unescape(match.group(1));
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
