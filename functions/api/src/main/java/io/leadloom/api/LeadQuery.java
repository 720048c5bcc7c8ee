package io.leadloom.api;

import io.leadloom.model.Lead;
import io.leadloom.model.Stage;
import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which leads to list; all of what is given must hold. */
record LeadQuery(
    @Nullable Stage stage,
    @Nullable @Length(max = 80) String campaignId,
    @Nullable @Range(max = 100) Integer minScore,
    @Nullable @Range(max = 100) Integer maxScore,
    @Nullable @Length(max = 80) String owner,
    @Nullable @Length(max = 80) String source,
    @About("A part of the company's name or domain, or of the contact's name or address")
        @Nullable
        @Length(max = 100)
        String q,
    @About("True for those that were put away instead") @Nullable Boolean deleted,
    @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
    @About("The most leads of an answer, 50 if absent") @Nullable @Range(min = 1, max = 200)
        Integer limit) {

  /** What makes it another list than others: all but where and how far to read. */
  String name() {
    return "leads"
        + new LeadQuery(
            stage, campaignId, minScore, maxScore, owner, source, q, deleted, null, null);
  }

  boolean wantsDeleted() {
    return Boolean.TRUE.equals(deleted);
  }

  /** Whether leads that are read may not match. */
  boolean picks() {
    return wantsDeleted()
        || Stream.of(campaignId, minScore, maxScore, owner, source, q).anyMatch(Objects::nonNull);
  }

  boolean matches(Lead lead) {
    var score = lead.score();
    return (stage == null || lead.stage() == stage)
        && (campaignId == null || campaignId.equals(lead.campaign().value()))
        && (minScore == null || score != null && score >= minScore)
        && (maxScore == null || score != null && score <= maxScore)
        && (owner == null || owner.equals(lead.owner()))
        && (source == null || source.equals(lead.source()))
        && (q == null || mentions(lead, q));
  }

  private static boolean mentions(Lead lead, String part) {
    var company = lead.company();
    var contact = lead.contact();
    return Mentions.of(part, company.name(), company.domain())
        || contact != null
            && Mentions.of(part, contact.firstName() + " " + contact.lastName(), contact.email());
  }
}
