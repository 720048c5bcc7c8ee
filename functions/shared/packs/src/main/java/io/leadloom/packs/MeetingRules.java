package io.leadloom.packs;

/**
 * What a booked meeting is. The ids are the CRM's and only defaults: a tenant's settings name its
 * own.
 *
 * @param durationMinutes length
 * @param type what the invitation calls it
 * @param windowsOffered time windows named in a message
 * @param leadTimeHours earliest a meeting may start from now
 * @param horizonDays latest, in days from now
 * @param hours when meetings may take place, in the recipient's zone
 * @param customerType ServiceTitan's customer type, {@code Commercial} or {@code Residential}
 * @param businessUnitId ServiceTitan's business unit
 * @param jobTypeId ServiceTitan's job type
 * @param priority ServiceTitan's job priority, such as {@code Normal}
 */
public record MeetingRules(
    int durationMinutes,
    String type,
    int windowsOffered,
    int leadTimeHours,
    int horizonDays,
    SendWindow hours,
    String customerType,
    long businessUnitId,
    long jobTypeId,
    String priority) {}
