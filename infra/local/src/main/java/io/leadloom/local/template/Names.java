package io.leadloom.local.template;

/**
 * How things are called in the account that the local stack plays.
 *
 * @param region for example {@code us-east-1}
 * @param accountId twelve digits
 */
public record Names(String region, String accountId) {

  /** The account and region that local emulators use by custom. */
  public static final Names LOCAL = new Names("us-east-1", "000000000000");

  /** An ARN in this account. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + accountId + ":" + resource;
  }

  String globalArn(String service, String resource) {
    return "arn:aws:" + service + "::" + accountId + ":" + resource;
  }

  /** What follows the last colon or slash of an ARN; other text as it is. */
  public static String lastPart(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }
}
