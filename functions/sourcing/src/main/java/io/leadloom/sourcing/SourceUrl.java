package io.leadloom.sourcing;

import io.leadloom.model.fault.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an open-data table, as people copy it from a portal: of its page, its download or
 * its API.
 *
 * @param portal where the portal's API begins, without a trailing slash
 * @param id what the portal calls the table
 */
public record SourceUrl(Kind kind, URI portal, String id) {

  private static final String FOUR_BY_FOUR = "[a-z0-9]{4}-[a-z0-9]{4}";

  /** {@code https://host/resource/abcd-1234.json}, and SODA 3 and metadata of the same. */
  private static final Pattern SOCRATA_API =
      Pattern.compile(
          "(?<portal>.*)/(?:resource|api/v3/views|api/views)/(?<id>"
              + FOUR_BY_FOUR
              + ")(?:\\.[a-z]+|/.*)?");

  /** {@code https://host/Buildings/Permits/abcd-1234}, or {@code https://host/d/abcd-1234}. */
  private static final Pattern SOCRATA_PAGE =
      Pattern.compile("/(?:.+/)?(?<id>" + FOUR_BY_FOUR + ")(?:/.*)?");

  private static final Pattern CKAN_API = Pattern.compile("(?<portal>.*)/api/(?:3/)?action/.+");

  /** {@code https://host/dataset/permits/resource/<id>}, or its download. */
  private static final Pattern CKAN_PAGE =
      Pattern.compile("(?<portal>.*)/dataset/[^/]+/resource/(?<id>[A-Za-z0-9_-]+)(?:/.*)?");

  private static final Pattern RESOURCE_ID =
      Pattern.compile("(?:.*&)?resource_id=(?<id>[A-Za-z0-9_-]+)(?:&.*)?");

  /** What kind of portal it is. */
  public enum Kind {
    SOCRATA,
    CKAN
  }

  /**
   * Understands an address.
   *
   * @throws InvalidInputException where it is none of a table at a portal we know
   */
  public static SourceUrl parse(String url) {
    var uri = uri(url);
    var path = uri.getPath() == null ? "" : uri.getPath();
    return ckan(uri, path)
        .or(() -> socrata(uri, path))
        .orElseThrow(() ->
            new InvalidInputException(
                "source.unknown-kind",
                "This is no address of a table at a portal we know: "
                    + url
                    + ". Use Socrata's https://host/resource/abcd-1234.json, or CKAN's"
                    + " https://host/dataset/name/resource/id or"
                    + " https://host/api/3/action/datastore_search?resource_id=id"));
  }

  private static Optional<SourceUrl> ckan(URI uri, String path) {
    var page = CKAN_PAGE.matcher(path);
    if (page.matches()) {
      return Optional.of(
          new SourceUrl(Kind.CKAN, portal(uri, page.group("portal")), page.group("id")));
    }
    var api = CKAN_API.matcher(path);
    var query = RESOURCE_ID.matcher(uri.getQuery() == null ? "" : uri.getQuery());
    return api.matches() && query.matches()
        ? Optional.of(new SourceUrl(Kind.CKAN, portal(uri, api.group("portal")), query.group("id")))
        : Optional.empty();
  }

  private static Optional<SourceUrl> socrata(URI uri, String path) {
    var api = SOCRATA_API.matcher(path);
    if (api.matches()) {
      return Optional.of(
          new SourceUrl(Kind.SOCRATA, portal(uri, api.group("portal")), api.group("id")));
    }
    var page = SOCRATA_PAGE.matcher(path);
    return page.matches()
        ? Optional.of(new SourceUrl(Kind.SOCRATA, portal(uri, ""), page.group("id")))
        : Optional.empty();
  }

  private static URI uri(String url) {
    try {
      var uri = new URI(url.strip());
      var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw malformed(url, e);
    }
    throw malformed(url, null);
  }

  private static InvalidInputException malformed(String url, @Nullable URISyntaxException cause) {
    var message = "A source's address begins with https:// or http:// and a host, unlike " + url;
    return cause == null
        ? new InvalidInputException("source.malformed", message)
        : new InvalidInputException("source.malformed", message, cause);
  }

  private static URI portal(URI uri, String path) {
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
  }
}
