package io.leadloom.packs;

import java.util.Set;

/** The names a template may use between double braces; everything else is an error in the pack. */
public final class Placeholders {

  /** All known names. */
  public static final Set<String> KNOWN =
      Set.of(
          "contact.firstName",
          "company.name",
          "permit.type",
          "permit.number",
          "permit.address",
          "rule.citation",
          "rule.summary",
          "caseStudy.client",
          "caseStudy.outcome",
          "sender.name",
          "sender.company",
          "sender.postalAddress",
          "meeting.windows",
          "meeting.time",
          "meeting.duration",
          "reply.question",
          "optOut");

  private Placeholders() {}
}
