package io.leadloom.api;

import io.leadloom.rest.About;
import io.leadloom.rest.Form;

/** What a caller can change in a lead. */
record LeadChange(
    @About("Id of the member in whose care it is") @Form(pattern = Form.ID) String owner) {}
