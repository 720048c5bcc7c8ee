package io.leadloom.notifications;

import io.leadloom.platform.PublicAddresses;
import io.leadloom.platform.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Which addresses webhooks may go to: HTTPS at hosts of the public Internet. Where the settings say
 * so, also this machine itself, over plain HTTP.
 *
 * <p>As a resolver it is asked for the addresses that a connection is then made to. So a host that
 * was public when its endpoint was made, and is not any more, is refused at the very attempt.
 */
@Singleton
final class Targets implements DnsResolver {

  private static final int HTTPS = 443;

  /** Below are the ports of other protocols. */
  private static final int FIRST_FREE_PORT = 1024;

  private final Settings settings;
  private final DnsResolver resolver;

  /** Asks the system for the addresses of hosts. */
  @Inject
  Targets(Settings settings) {
    this(settings, SystemDefaultDnsResolver.INSTANCE);
  }

  Targets(Settings settings, DnsResolver resolver) {
    this.settings = settings;
    this.resolver = resolver;
  }

  /** Why webhooks cannot go to a URL; nothing where they can. */
  Optional<String> objection(String url) {
    URI uri;
    try {
      uri = new URI(url).parseServerAuthority();
    } catch (URISyntaxException e) {
      return Optional.of("This is not a URL");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return Optional.of("A URL here has a host, no user and no fragment");
    }
    InetAddress[] addresses;
    try {
      addresses = resolve(uri.getHost());
    } catch (NotPublicException e) {
      return Optional.of("The host is not a public one");
    } catch (UnknownHostException e) {
      return Optional.of("The host is not known");
    }
    var scheme = uri.getScheme().toLowerCase(java.util.Locale.ROOT);
    if (isThisMachine(addresses)) {
      return scheme.equals("http") || scheme.equals("https")
          ? Optional.empty()
          : Optional.of("Webhooks go over HTTPS");
    }
    if (!scheme.equals("https")) {
      return Optional.of("Webhooks go over HTTPS");
    }
    var port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    return port == HTTPS || port >= FIRST_FREE_PORT
        ? Optional.empty()
        : Optional.of("The port must be 443, or 1024 or above");
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = resolver.resolve(literal(host));
    if (addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    if (settings.webhooksToThisMachine() && isThisMachine(addresses)) {
      return addresses;
    }
    for (var address : addresses) {
      if (!PublicAddresses.contain(address)) {
        throw new NotPublicException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private static boolean isThisMachine(InetAddress[] addresses) {
    for (var address : addresses) {
      if (!address.isLoopbackAddress()) {
        return false;
      }
    }
    return true;
  }

  /** URLs have addresses of IPv6 in brackets. */
  private static String literal(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** A host with an address that is not of the public Internet. */
  static final class NotPublicException extends UnknownHostException {

    NotPublicException(String host) {
      super(host + " is not public");
    }
  }
}
