/** Seals the audit into a chain, shows it, and checks it. */
@org.jspecify.annotations.NullMarked
package io.leadloom.audit;
