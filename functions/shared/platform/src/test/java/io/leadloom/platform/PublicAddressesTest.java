package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this network",
    "0.1.2.3, this network",
    "10.0.0.0, private",
    "10.255.255.255, private",
    "100.64.0.1, carriers",
    "100.127.255.255, carriers",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "169.254.169.254, metadata of the cloud",
    "169.254.170.2, metadata of containers",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.0.0.170, protocols",
    "192.0.2.1, documentation",
    "192.88.99.1, 6to4 relays",
    "192.168.1.1, private",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "198.51.100.7, documentation",
    "203.0.113.7, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "::, nobody",
    "::1, loopback",
    "::ffff:127.0.0.1, mapped loopback",
    "::ffff:10.0.0.1, mapped private",
    "::ffff:169.254.169.254, mapped metadata",
    "::127.0.0.1, compatible loopback",
    "64:ff9b::7f00:1, NAT64 of loopback",
    "64:ff9b::808:808, NAT64 of a public one",
    "64:ff9b:1::1, local NAT64",
    "100::1, discard",
    "2001::1, Teredo",
    "2001:10::1, ORCHID",
    "2001:db8::1, documentation",
    "2002:7f00:1::, 6to4 of loopback",
    "2002:808:808::, 6to4 of a public one",
    "3fff::1, documentation",
    "5f00::1, segment routing",
    "fc00::1, unique local",
    "fd00:ec2::254, metadata of the cloud",
    "fe80::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast"
  })
  void theseAreNotPublic(String address, String why) {
    assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).as(why).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.1",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1"
      })
  void thesePass(String address) {
    assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
  }
}
