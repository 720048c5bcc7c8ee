package io.leadloom.meetings;

import java.time.Instant;

/**
 * A span in which people of the tenant are free.
 *
 * @param openHours hours of work still free in it, over all who are there
 */
record Availability(Instant start, Instant end, double openHours) {}
