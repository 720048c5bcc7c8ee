package io.leadloom.sourcing;

import io.leadloom.model.PermitRow.Fate;
import io.leadloom.rest.About;

/** What became of a record. */
record TakenIn(
    String leadId,
    @About("'lead' where it raised the lead, 'joined' where the lead was there already") Fate fate,
    @About("Code of the need that the record shows") String reason) {}
