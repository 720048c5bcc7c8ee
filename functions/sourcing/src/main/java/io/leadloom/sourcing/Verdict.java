package io.leadloom.sourcing;

import io.leadloom.model.Company;
import org.jspecify.annotations.Nullable;

/** Whether a row is worth pursuing. */
sealed interface Verdict {

  /** Stable code of why. */
  String reason();

  /**
   * It is kept, and nothing follows from it.
   *
   * @param detail the same in words with what it rests upon, where the code does not say all
   */
  record SetAside(String reason, @Nullable String detail) implements Verdict {}

  /**
   * It is a reason to talk to a company.
   *
   * @param quality of the permit, 0 to 1
   * @param zone id of the time zone of the company's place, where that is known
   */
  record Pursue(String reason, double quality, Company company, @Nullable String zone)
      implements Verdict {}
}
