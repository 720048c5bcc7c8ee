package io.leadloom.sourcing;

import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Keeps addresses that tenants give us from reaching into our own network. They are free to do so
 * where third parties are simulated.
 */
@Singleton
final class PublicHosts {

  private final Settings settings;

  PublicHosts(Settings settings) {
    this.settings = settings;
  }

  /**
   * Lets a public host pass.
   *
   * @throws InvalidInputException where the host has an address of a private network
   */
  void check(URI uri) {
    if (settings.providerOverride().isPresent()) {
      return;
    }
    try {
      for (var address : InetAddress.getAllByName(uri.getHost())) {
        if (isPrivate(address)) {
          throw new InvalidInputException(
              "source.private-host", "The host " + uri.getHost() + " is not a public one");
        }
      }
    } catch (UnknownHostException e) {
      throw new TransientException(
          "source.unknown-host", "The host " + uri.getHost() + " is not known", e);
    }
  }

  static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || switch (address) {
          case Inet4Address v4 -> isReserved(v4.getAddress());
          case Inet6Address v6 -> isUniqueLocal(v6.getAddress());
          default -> true;
        };
  }

  /** "This" network, carriers' networks (RFC 6598), benchmarks, and what is not assigned. */
  private static boolean isReserved(byte[] address) {
    var first = address[0] & 0xFF;
    var second = address[1] & 0xFF;
    return first == 0
        || first == 100 && second >= 64 && second < 128
        || first == 192 && second == 0 && address[2] == 0
        || first == 198 && (second == 18 || second == 19)
        || first >= 240;
  }

  /** RFC 4193, and addresses that stand for one of IPv4 (RFC 6052), which could be any. */
  private static boolean isUniqueLocal(byte[] address) {
    return (address[0] & 0xFE) == 0xFC
        || address[0] == 0 && (address[1] & 0xFF) == 0x64 && (address[2] & 0xFF) == 0xFF;
  }
}
