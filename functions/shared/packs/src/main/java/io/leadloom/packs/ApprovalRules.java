package io.leadloom.packs;

/**
 * When a draft needs a person, and how long it waits for one.
 *
 * @param autoApproveAt score from which a draft is approved without a person where the tenant's
 *     mode allows it, 0 to 100
 * @param remindAfterHours hours without a decision before approvers are reminded
 * @param escalateAfterHours hours before the tenant's owners are told
 * @param expiresAfterHours hours before the draft expires unsent
 */
public record ApprovalRules(
    int autoApproveAt, int remindAfterHours, int escalateAfterHours, int expiresAfterHours) {}
