package io.leadloom.enrichment;

import io.leadloom.model.Contact;
import org.jspecify.annotations.Nullable;

/** What asking a provider for a company's decision maker came to. */
sealed interface Lookup {

  /**
   * Somebody to write to, surely enough.
   *
   * @param state where the person lives, where the provider says so
   */
  record Found(KnownCompany company, Contact contact, @Nullable String state) implements Lookup {}

  /**
   * Nobody to write to.
   *
   * @param reason stable code
   * @param company what is known of the company all the same
   */
  record Missing(String reason, @Nullable KnownCompany company) implements Lookup {}

  /** The tenant's credits of the month are spent. */
  record OutOfCredit() implements Lookup {}
}
