package io.leadloom.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.Reply.Intent;
import io.leadloom.model.ReplyId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyRulesTest {

  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
  private static final String PAT = "pat@brightwater-builders.example";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MEETING_REQUEST | Let's talk on Thursday.
          MEETING_REQUEST | Sure, can you do Tuesday at 10 am?
          MEETING_REQUEST | Tuesday works.
          MEETING_REQUEST | Either Monday or Wednesday afternoon would be fine.
          MEETING_REQUEST | Could you send me your availability for next week?
          MEETING_REQUEST | I am free Thursday after 2 pm.
          MEETING_REQUEST | Please schedule a meeting with me.
          MEETING_REQUEST | Give me a call at (210) 555-0142.
          MEETING_REQUEST | Call me tomorrow.
          MEETING_REQUEST | Happy to chat, what times work for you?
          MEETING_REQUEST | Monday doesn't work, how about Tuesday?
          MEETING_REQUEST | No problem, let's set up a call.
          MEETING_REQUEST | We already have a vendor, but let's schedule a call anyway.
          MEETING_REQUEST | Can someone come out and look at the panel?
          MEETING_REQUEST | Why don't we meet next week?
          MEETING_REQUEST | Stop by the office any time on Friday.
          INTERESTED      | Sounds good.
          INTERESTED      | Yes please
          INTERESTED      | Yes.
          INTERESTED      | We would be interested in a quote.
          QUESTION        | How did you get my email?
          QUESTION        | Are you licensed and insured?
          QUESTION        | What would this cost?
          QUESTION        | Who are you
          QUESTION        | Do you have a company in Austin?
          QUESTION        | Sounds interesting. What does it cost?
          QUESTION        | Is this required by the city? We passed the last inspection.
          OBJECTION       | Too expensive.
          OBJECTION       | We don't have the budget for that.
          OBJECTION       | We can't afford it this year.
          OBJECTION       | We already work with another contractor.
          OBJECTION       | We have a guy who does that.
          OBJECTION       | We're under contract with someone until 2027.
          OBJECTION       | We handle all of that in-house.
          OBJECTION       | Not right now.
          OBJECTION       | Not interested at this time, try me again in the fall.
          OBJECTION       | Check back with us next quarter.
          OBJECTION       | Call me after the holidays.
          OBJECTION       | Maybe next year.
          OBJECTION       | We're swamped.
          OBJECTION       | I'm not the right person for this, talk to our facilities manager.
          NOT_INTERESTED  | Not interested.
          NOT_INTERESTED  | No.
          NOT_INTERESTED  | No thanks, we're good.
          NOT_INTERESTED  | I'm really not interested in this.
          NOT_INTERESTED  | We'll pass.
          NOT_INTERESTED  | We don't need this.
          NOT_INTERESTED  | We are not taking bookings.
          NOT_INTERESTED  | We're all set.
          NOT_INTERESTED  | Please don't call me.
          NOT_INTERESTED  | Not a fit for us, good luck.
          NOT_INTERESTED  | Hard pass
          UNSUBSCRIBE     | STOP
          UNSUBSCRIBE     | Please stop.
          UNSUBSCRIBE     | Not interested, please remove me from your list.
          UNSUBSCRIBE     | I know what you sell. Stop emailing me.
          UNSUBSCRIBE     | Let's talk? No. Unsubscribe.
          COMPLAINT       | This is spam.
          COMPLAINT       | I am reporting you for spam.
          COMPLAINT       | I will file a complaint with the FTC.
          UNCLEAR         | My lawyer will be in touch.
          UNCLEAR         | Ok then, whatever the weather says.
          UNCLEAR         | ?
          UNCLEAR         | Not interested. Well, let's talk anyway.
          UNCLEAR         | Your mail landed in my spam folder.
          UNCLEAR         | Forwarded.
          MEETING_REQUEST | Thanks for the note. We do need this. Can we set something up for Friday?
          MEETING_REQUEST | I'd love to hear more, are you free for a call tomorrow?
          MEETING_REQUEST | Wednesday the 4th at 2:30pm is good.
          MEETING_REQUEST | Yes, 10am Thursday.
          MEETING_REQUEST | The second window works best for me.
          MEETING_REQUEST | Please have someone call me. 210-555-0142
          MEETING_REQUEST | I don't have time this week but next Tuesday morning works.
          MEETING_REQUEST | Not sure about the price but let's meet.
          INTERESTED      | This looks useful, thanks.
          QUESTION        | What exactly do you do?
          QUESTION        | Do you offer maintenance contracts?
          QUESTION        | Is the inspection included in the price?
          QUESTION        | Can you handle a 40 unit building, and is the monitoring extra?
          QUESTION        | Which code section are you talking about
          OBJECTION       | Your price is too high.
          OBJECTION       | We just signed with another provider.
          OBJECTION       | We've been working with the same company for ten years.
          OBJECTION       | My brother in law does this for us.
          OBJECTION       | It's too soon, the slab isn't even poured.
          OBJECTION       | This project is on hold.
          OBJECTION       | Please reach out to our facilities manager.
          OBJECTION       | I no longer work there.
          OBJECTION       | Now is not the time.
          OBJECTION       | Reach back out in 6 months.
          NOT_INTERESTED  | We are no longer interested.
          NOT_INTERESTED  | Thanks but we are good.
          NOT_INTERESTED  | Thanks for reaching out, but we'll have to decline.
          NOT_INTERESTED  | no need
          NOT_INTERESTED  | We aren't interested in a meeting.
          NOT_INTERESTED  | I don't want a call.
          NOT_INTERESTED  | Not interested in scheduling anything.
          OUT_OF_OFFICE   | I'm on vacation until March 9, call me after that.
          """)
  void aPersonIsUnderstood(Intent meant, String text) {
    var verdict = ReplyRules.classify(message(text), MONDAY);
    assertThat(verdict.intent()).as(verdict.why()).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          QUESTION        | Send me some information.
          QUESTION        | Thanks for reaching out, this sounds relevant. Send me some information.
          QUESTION        | Can you send me more information?
          QUESTION        | Tell me more!
          QUESTION        | Interesting. Tell me more.
          QUESTION        | Please send over your brochure.
          QUESTION        | We might be interested. Please email me the details.
          QUESTION        | Okay, send it over.
          QUESTION        | I would like to know a little more about you first.
          QUESTION        | Yes please, more info.
          MEETING_REQUEST | Send me some information and let's talk on Thursday.
          MEETING_REQUEST | I'd love to hear more, are you free tomorrow?
          OBJECTION       | We already have a vendor, but send me your brochure.
          OBJECTION       | Send me some information after the holidays, not now.
          UNCLEAR         | Not interested. Well, send me the details anyway.
          UNSUBSCRIBE     | Send me no more information. Unsubscribe.
          INTERESTED      | We would be interested.
          """)
  void whoWantsToReadMoreFirstGetsAnAnswerAndNoMeetingYet(Intent meant, String text) {
    var verdict = ReplyRules.classify(message(text), MONDAY);
    assertThat(verdict.intent()).as(verdict.why()).isEqualTo(meant);
  }

  /** What earlier systems of this kind took for something else. */
  @ParameterizedTest
  @CsvSource({
    "Re: your $550 offer, Thanks for the numbers. Which code applies?, QUESTION",
    "Re: Permit, We are not taking bookings., NOT_INTERESTED",
    "Re: Permit, I know you send an offer to everybody. How much?, QUESTION",
    "Re: stop gap measures, Can you send details?, QUESTION",
    "Re: Permit, Do not stop by on Monday. Tuesday works., MEETING_REQUEST"
  })
  void trapsAreNotFallenInto(String subject, String text, Intent meant) {
    var verdict = ReplyRules.classify(message(text, PAT, subject, Map.of()), MONDAY);
    assertThat(verdict.intent()).as(verdict.why()).isEqualTo(meant);
  }

  @Test
  void whatWeWroteOurselvesIsNotTheirOpinion() {
    var text =
        "Sounds good.\n\nOn Mon, Mar 2, 2026 at 9:00 AM Dana <dana@acme-fire.example> wrote:\n"
            + "> Not interested? unsubscribe here. Would a call on Tuesday suit you?";
    assertThat(ReplyRules.classify(message(text), MONDAY).intent()).isEqualTo(Intent.INTERESTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "👍", "...", "-- \nPat Doe"})
  void whatSaysNothingIsForAPersonToSee(String text) {
    assertThat(ReplyRules.classify(message(text), MONDAY).intent()).isEqualTo(Intent.UNCLEAR);
  }

  @Test
  void aMachineIsNotAskedForItsOpinion() {
    var headers = Map.of("auto-submitted", "auto-replied");
    var meeting = "Thank you for your message. To schedule a meeting, please unsubscribe first.";
    assertThat(ReplyRules.classify(message(meeting, PAT, "Re: Permit", headers), MONDAY))
        .isEqualTo(Verdict.of(Intent.AUTO_REPLY, "auto-reply.machine"));
    var away = "I am out of the office until March 9. Not interested in sales calls.";
    assertThat(ReplyRules.classify(message(away, PAT, "Re: Permit", headers), MONDAY))
        .isEqualTo(
            new Verdict(
                Intent.OUT_OF_OFFICE, "out-of-office.automatic", LocalDate.parse("2026-03-09")));
  }

  @Test
  void anAbsenceWithoutADateIsOneAsWell() {
    var headers = Map.of("auto-submitted", "auto-replied");
    var verdict =
        ReplyRules.classify(
            message("I am on parental leave.", PAT, "Automatic reply: Permit", headers), MONDAY);
    assertThat(verdict.intent()).isEqualTo(Intent.OUT_OF_OFFICE);
    assertThat(verdict.returnsOn()).isNull();
  }

  @Test
  void aDeliveryReportIsABounce() {
    var verdict =
        ReplyRules.classify(
            message("550 5.1.1", "mailer-daemon@mx.example", "Undeliverable", Map.of()), MONDAY);
    assertThat(verdict.intent()).isEqualTo(Intent.BOUNCE);
  }

  @ParameterizedTest
  @EnumSource(names = {"BOUNCE", "COMPLAINT", "UNSUBSCRIBE"})
  void whatProvidersReportNeedsNoInterpretation(Reply.Kind kind) {
    var reply =
        new Reply(
            ReplyId.of("reply-1"),
            LeadId.of("lead-1"),
            null,
            kind,
            null,
            null,
            null,
            null,
            Map.of(),
            Instant.EPOCH,
            null,
            null,
            null,
            null,
            0);
    assertThat(ReplyRules.classify(reply, MONDAY).intent().name()).isEqualTo(kind.name());
  }

  /** Whoever writes must not be able to keep the rules busy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@",
        "> ",
        "please ",
        "yes ",
        "on 1@ ",
        "this week ",
        "next ",
        "1 ",
        "stop it ",
        "\n",
        "On 1 wrote",
        "From: x\n",
        "march 9 ",
        "we have a ",
        "not ",
        "?",
        ". ",
        "Tuesday 10 am "
      })
  void endlessTextsAreDoneWithQuickly(String part) {
    var endless = part.repeat(20_000 / part.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> ReplyRules.classify(message(endless), MONDAY));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> ReplyRules.classify(message("On 1" + endless), MONDAY));
  }

  private static Reply message(String text) {
    return message(text, PAT, "Re: Your fire alarm permit", Map.of());
  }

  private static Reply message(
      String text, String from, String subject, Map<String, String> headers) {
    return new Reply(
        ReplyId.of("reply-1"),
        LeadId.of("lead-1"),
        null,
        Reply.Kind.MESSAGE,
        from,
        subject,
        text,
        null,
        headers,
        Instant.parse("2026-03-02T15:00:00Z"),
        null,
        null,
        null,
        null,
        0);
  }
}
