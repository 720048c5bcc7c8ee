package io.leadloom.model;

/** Names a tenant's campaign. */
public record CampaignId(String value) {

  /** Checks the form of the id; see {@link Ids#check}. */
  public CampaignId {
    Ids.check("CampaignId", value);
  }

  /**
   * The id with this text; {@link io.leadloom.model.fault.InvalidInputException} where it is not
   * one.
   */
  public static CampaignId of(String value) {
    return new CampaignId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
