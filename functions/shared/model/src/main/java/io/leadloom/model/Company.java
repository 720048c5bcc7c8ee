package io.leadloom.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An organisation that might buy.
 *
 * @param name as it stood in the signal or, once enriched, as the provider writes it
 * @param key its normalised identity: the same firm gives the same key
 * @param domain web domain without {@code www.}
 * @param employees estimated head count
 * @param state two-letter code of a US state, or the region's name elsewhere
 * @param country ISO 3166 two-letter code
 * @param hiring whether it has open positions
 * @param fundedOn day of its latest funding round
 */
public record Company(
    String name,
    String key,
    @Nullable String domain,
    @Nullable String industry,
    @Nullable Integer employees,
    @Nullable String address,
    @Nullable String city,
    @Nullable String state,
    @Nullable String zip,
    @Nullable String country,
    @Nullable String phone,
    @Nullable Boolean hiring,
    @Nullable LocalDate fundedOn) {

  /** The same company with what a person can correct as it is known of another. */
  public Company describedAs(Company known) {
    return new Company(
        known.name,
        key,
        known.domain,
        known.industry,
        known.employees,
        address,
        city,
        state,
        zip,
        country,
        known.phone,
        hiring,
        fundedOn);
  }

  /** A company of which a signal told no more than name and place. */
  public static Company named(
      String name,
      String key,
      @Nullable String address,
      @Nullable String city,
      @Nullable String state,
      @Nullable String zip) {
    return new Company(
        name, key, null, null, null, address, city, state, zip, null, null, null, null);
  }
}
