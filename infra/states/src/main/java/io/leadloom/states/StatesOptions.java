package io.leadloom.states;

/**
 * What a {@link StatesService} is told about the account that it plays.
 *
 * @param region the region in every ARN
 * @param accountId the account in every ARN
 * @param seed the start of the pseudo-random numbers behind retry jitter, {@code $random} and
 *     {@code $uuid}
 */
public record StatesOptions(String region, String accountId, long seed) {

  /** The account and region that local emulators use by custom. */
  public static StatesOptions defaults() {
    return new StatesOptions("us-east-1", "000000000000", 0);
  }
}
