package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

  /** What the hosts of this test resolve to. */
  private static final Map<String, String> NAMES =
      Map.of(
          "hooks.acme.example", "8.8.8.8",
          "two.acme.example", "8.8.8.8 2606:4700:4700::1111",
          "inside.acme.example", "10.0.0.5",
          "mixed.acme.example", "8.8.8.8 10.0.0.5",
          "metadata.acme.example", "169.254.169.254",
          "localhost", "127.0.0.1 ::1");

  private static final DnsResolver RESOLVER =
      new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
          // As the system does: addresses stand for themselves.
          var known = host.matches("[0-9a-f.:]+") ? host : NAMES.get(host);
          if (known == null) {
            throw new UnknownHostException(host);
          }
          return Arrays.stream(known.split(" "))
              .map(InetAddress::ofLiteral)
              .toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
          return host;
        }
      };

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://hooks.acme.example/a?b=c, -, -",
        "https://two.acme.example:8443, -, -",
        "https://8.8.8.8/, -, -",
        "HTTPS://hooks.acme.example/, -, -",
        "http://hooks.acme.example/, HTTPS, HTTPS",
        "ftp://hooks.acme.example/, HTTPS, HTTPS",
        "https://hooks.acme.example:22/, port, port",
        "https://hooks.acme.example:80/, port, port",
        "https://user:secret@hooks.acme.example/, no user, no user",
        "https://8.8.8.8#@127.0.0.1/, no user, no user",
        "https://nowhere.acme.example/, not known, not known",
        "https://inside.acme.example/, not a public, not a public",
        "https://mixed.acme.example/, not a public, not a public",
        "https://metadata.acme.example/, not a public, not a public",
        "http://169.254.169.254/latest/meta-data/, not a public, not a public",
        "https://[fd00:ec2::254]/, not a public, not a public",
        "https://[fe80::1]/, not a public, not a public",
        "https://[64:ff9b::a9fe:a9fe]/, not a public, not a public",
        "https://[2002:7f00:1::]/, not a public, not a public",
        "https://[::ffff:10.0.0.1]/, not a public, not a public",
        "https://0.0.0.0/, not a public, not a public",
        // Other spellings of loopback, which some systems understand.
        "https://2130706433/, not a public, -",
        "https://0x7f000001/, not known, not known",
        "https://127.1/, not a URL, not a URL",
        // It is 177.0.0.1 to us, and there the connection goes.
        "https://0177.0.0.1/, -, -",
        "https://localhost/, not a public, -",
        "http://localhost:9000/hooks, not a public, -",
        "http://127.0.0.1:9000/hooks, not a public, -",
        "http://[::1]:9000/hooks, not a public, -",
        "http://[::ffff:127.0.0.1]/, not a public, -",
        "file:///etc/passwd, a host, a host",
        "https:///path, a host, a host",
        "gopher://localhost/, not a public, HTTPS",
        "hooks.acme.example, a host, a host",
        "https://ａcme.example/, not a URL, not a URL"
      })
  void webhooksGoToThePublicAndWhereToldSoToThisMachine(
      String url, @Nullable String inTheCloud, @Nullable String onOneMachine) {
    expect(targets(Map.of()), url, inTheCloud);
    expect(targets(Map.of("WEBHOOK_TARGETS", "public")), url, inTheCloud);
    expect(targets(Map.of("WEBHOOK_TARGETS", "local")), url, onOneMachine);
  }

  private static Targets targets(Map<String, String> variables) {
    return new Targets(new Settings(variables), RESOLVER);
  }

  private static void expect(Targets targets, String url, @Nullable String part) {
    if (part == null) {
      assertThat(targets.objection(url)).as(url).isEmpty();
    } else {
      assertThat(targets.objection(url).orElse("")).as(url).contains(part);
    }
  }
}
