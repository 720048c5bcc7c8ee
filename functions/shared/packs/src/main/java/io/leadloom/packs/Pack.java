package io.leadloom.packs;

/**
 * One trade as data: everything that makes the same engine work for fire safety, roofing and so on.
 * Read by {@link Packs}, which validates it; a tenant's settings override single values.
 *
 * @param id short name in lower case with hyphens, also the file's name
 * @param name what people call the trade
 * @param permits how a city's export becomes facts, and which permits are a reason to talk
 * @param company how firm names are compared and which are set aside
 * @param quality what a permit is worth before any money is spent on it
 * @param scoring what an enriched lead is worth
 * @param research the rules and case studies a message may cite
 * @param drafting templates and the limits a draft must keep
 * @param cadence when to follow up and when to stop
 * @param approval when a draft needs a person, and how long it waits for one
 * @param sending when and how much may be sent
 * @param meeting what a booked meeting is
 */
public record Pack(
    String id,
    String name,
    PermitMapping permits,
    CompanyNames company,
    QualityRules quality,
    ScoringRules scoring,
    ResearchRules research,
    DraftingRules drafting,
    Cadence cadence,
    ApprovalRules approval,
    SendingRules sending,
    MeetingRules meeting) {}
