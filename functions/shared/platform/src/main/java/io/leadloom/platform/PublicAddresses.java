package io.leadloom.platform;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public Internet. What tenants have us call must: all else is our
 * own network, the machine itself, the cloud's metadata, or nobody's. By IANA's registries of
 * special-purpose addresses (RFC 6890 and those after it).
 */
public final class PublicAddresses {

  private static final List<Network> NOT_PUBLIC_V4 =
      List.of(
          Network.of("0.0.0.0/8"), // this network
          Network.of("10.0.0.0/8"), // private
          Network.of("100.64.0.0/10"), // carriers
          Network.of("127.0.0.0/8"), // loopback
          Network.of("169.254.0.0/16"), // link-local, with the cloud's metadata
          Network.of("172.16.0.0/12"), // private
          Network.of("192.0.0.0/24"), // protocols
          Network.of("192.0.2.0/24"), // documentation
          Network.of("192.31.196.0/24"), // AS112
          Network.of("192.52.193.0/24"), // AMT relays
          Network.of("192.88.99.0/24"), // 6to4 relays
          Network.of("192.168.0.0/16"), // private
          Network.of("192.175.48.0/24"), // AS112
          Network.of("198.18.0.0/15"), // benchmarks
          Network.of("198.51.100.0/24"), // documentation
          Network.of("203.0.113.0/24"), // documentation
          Network.of("224.0.0.0/3")); // multicast, and what is not assigned

  /** Only these are given out; private and mapped addresses, NAT64 and multicast lie outside. */
  private static final Network PUBLIC_V6 = Network.of("2000::/3");

  private static final List<Network> NOT_PUBLIC_V6 =
      List.of(
          Network.of("2001::/23"), // protocols, with Teredo and ORCHID
          Network.of("2001:db8::/32"), // documentation
          Network.of("2002::/16"), // 6to4, which stands for any address of IPv4
          Network.of("2620:4f:8000::/48"), // AS112
          Network.of("3fff::/20")); // documentation

  private PublicAddresses() {}

  /** Whether an address is one of the public Internet. */
  public static boolean contain(InetAddress address) {
    var bytes = address.getAddress();
    return switch (address) {
      case Inet4Address v4 -> NOT_PUBLIC_V4.stream().noneMatch(network -> network.has(bytes));
      case Inet6Address v6 ->
          PUBLIC_V6.has(bytes) && NOT_PUBLIC_V6.stream().noneMatch(network -> network.has(bytes));
      default -> false;
    };
  }

  /** The addresses whose first bits are these. */
  private record Network(byte[] prefix, int bits) {

    static Network of(String text) {
      var slash = text.indexOf('/');
      return new Network(
          InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
          Integer.parseInt(text.substring(slash + 1)));
    }

    boolean has(byte[] address) {
      for (var bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
