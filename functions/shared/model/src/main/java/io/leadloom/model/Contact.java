package io.leadloom.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A person at a company, with ways to reach them.
 *
 * @param confidence that this is the right person at the right address, 0 to 1
 * @param source the provider that named the person
 * @param roleSince first day in the present role
 */
public record Contact(
    String firstName,
    String lastName,
    @Nullable String title,
    String email,
    boolean emailVerified,
    @Nullable String personalEmail,
    @Nullable String phone,
    boolean phoneVerified,
    @Nullable String linkedinUrl,
    @Nullable LocalDate roleSince,
    double confidence,
    String source) {}
