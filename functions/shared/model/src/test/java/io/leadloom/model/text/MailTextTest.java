package io.leadloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailTextTest {

  @Test
  void whatStandsBelowAnAttributionIsNotTheWriters() {
    assertThat(
            MailText.withoutQuote(
                """
                Yes.

                On Mon, Mar 2, 2026 at 9:00 AM "Dana Reyes" <dana@acme-fire.example> wrote:
                > Would a call suit you?
                > unsubscribe here
                """))
        .isEqualTo("Yes.");
  }

  @Test
  void anAttributionMayTakeTwoLines() {
    assertThat(
            MailText.withoutQuote(
                """
                Yes.

                On Mon, Mar 2, 2026 at 9:00 AM
                Dana Reyes <dana@acme-fire.example> wrote:

                Would a call suit you?
                """))
        .isEqualTo("Yes.");
  }

  @Test
  void whatIsWrittenBelowAQuoteIsTheWriters() {
    assertThat(
            MailText.withoutQuote(
                """
                On Mon, Mar 2, 2026 at 9:00 AM Dana <dana@acme-fire.example> wrote:
                > Would a call suit you?

                Tuesday would.
                """))
        .isEqualTo("Tuesday would.");
  }

  @Test
  void originalsOfOtherProgramsAreCut() {
    assertThat(MailText.withoutQuote("Yes.\r\n\r\n-----Original Message-----\r\nFrom: Dana"))
        .isEqualTo("Yes.");
    assertThat(MailText.withoutQuote("Yes.\n\n________________________________\nFrom: Dana"))
        .isEqualTo("Yes.");
    assertThat(
            MailText.withoutQuote(
                "Yes.\n\n*From:* Dana\n*Sent:* Monday\n*To:* Pat\n*Subject:* Permit\n\nHello"))
        .isEqualTo("Yes.");
  }

  @Test
  void whatOnlyLooksLikeAnAttributionStays() {
    var text = "On Tuesday I can talk.\nFrom what I see: fine.";
    assertThat(MailText.withoutQuote(text)).isEqualTo(text);
  }

  @Test
  void signaturesAreCut() {
    assertThat(MailText.withoutSignature("Yes.\n\nBest,\nPat Doe\n(210) 555-0142"))
        .isEqualTo("Yes.");
    assertThat(MailText.withoutSignature("Yes.\n\n-- \nPat Doe")).isEqualTo("Yes.");
    assertThat(MailText.withoutSignature("Yes.\n\nPat Doe")).isEqualTo("Yes.");
    assertThat(MailText.withoutSignature("Yes.\n\nSent from my phone")).isEqualTo("Yes.");
  }

  @Test
  void whatMattersIsNotTakenForASignature() {
    assertThat(MailText.withoutSignature("Thanks, but no thanks.")).isNotEmpty();
    assertThat(MailText.withoutSignature("STOP")).isEqualTo("STOP");
    assertThat(MailText.withoutSignature("Thanks\n\nWe will call you.")).contains("Thanks");
  }
}
