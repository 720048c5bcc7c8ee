package io.leadloom.api;

import io.leadloom.model.Plan;
import io.leadloom.rest.About;

/** A plan, as the API shows it. */
@About("What a tenant can subscribe to. Every plan has every feature; money is in US cents.")
record PlanView(
    String id,
    String name,
    @About("Leads that may be enriched in a calendar month (UTC)") int monthlyLeads,
    @About("The most campaigns that are neither completed nor put away") int campaigns,
    @About("People who belong to the organisation or are invited") int seats,
    long monthCents,
    @About("For each meeting booked") long meetingCents,
    @About("For each credit bought on top") long creditCents) {

  static PlanView of(Plan plan) {
    return new PlanView(
        plan.id(),
        plan.name(),
        plan.monthlyLeads(),
        plan.campaigns(),
        plan.seats(),
        plan.monthCents(),
        plan.meetingCents(),
        plan.creditCents());
  }
}
