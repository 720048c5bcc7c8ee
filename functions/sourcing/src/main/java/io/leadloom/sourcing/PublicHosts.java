package io.leadloom.sourcing;

import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.PublicAddresses;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
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
        if (!PublicAddresses.contain(address)) {
          throw new InvalidInputException(
              "source.private-host", "The host " + uri.getHost() + " is not a public one");
        }
      }
    } catch (UnknownHostException e) {
      throw new TransientException(
          "source.unknown-host", "The host " + uri.getHost() + " is not known", e);
    }
  }
}
