package io.leadloom.platform;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Properties;

/**
 * Where each third party is reached: {@code providers.properties}, unless the settings say
 * otherwise.
 */
@Singleton
public final class Providers {

  private final Settings settings;
  private final Properties defaults = new Properties();

  Providers(Settings settings) {
    this.settings = settings;
    try (var in = Providers.class.getResourceAsStream("providers.properties")) {
      defaults.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a provider's API, without a trailing slash. */
  public URI base(String provider) {
    return settings
        .providerOverride()
        .map(override -> URI.create(override + "/" + provider))
        .orElseGet(() -> {
          var base = defaults.getProperty(provider);
          if (base == null) {
            throw new IllegalArgumentException("providers.properties lacks " + provider);
          }
          return URI.create(base);
        });
  }
}
