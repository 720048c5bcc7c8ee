package io.leadloom.local;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, found by its discovery document when the first token comes, and
 * fetched again when a token names a key that is not among them.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

  private static final int PATIENCE_MILLIS = 5_000;
  private static final int LARGEST_DOCUMENT = 512 * 1024;
  private static final long KEPT_MILLIS = 2 * 60 * 60 * 1000L;

  private final String issuer;
  private final DefaultResourceRetriever http =
      new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_DOCUMENT);
  private @Nullable JWKSource<SecurityContext> published;

  IssuerKeys(String issuer) {
    this.issuer = issuer;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    return published().get(selector, context);
  }

  private synchronized JWKSource<SecurityContext> published() throws KeySourceException {
    if (published == null) {
      published =
          JWKSourceBuilder.create(discover(), http)
              .cache(KEPT_MILLIS, PATIENCE_MILLIS)
              .refreshAheadCache(false)
              .rateLimited(false)
              .build();
    }
    return published;
  }

  private URL discover() throws KeySourceException {
    var address = issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration";
    try {
      var document = Json.parse(http.retrieveResource(URI.create(address).toURL()).getContent());
      return URI.create(document.path("jwks_uri").asText()).toURL();
    } catch (IOException | IllegalArgumentException e) {
      throw new KeySourceException(address + " could not be read: " + e.getMessage(), e);
    }
  }
}
