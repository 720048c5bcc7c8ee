package io.leadloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailOriginTest {

  private static final String PAT = "pat@brightwater-builders.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Re: your $550 offer",
        "Re: Undeliverable pallets",
        "550 permits this year",
        "Re: out of office space?",
        "Re: delivery failed last week, can you help?"
      })
  void aPersonsSubjectMakesNoMachine(String subject) {
    assertThat(MailOrigin.of(Map.of(), PAT, subject, "550 user unknown"))
        .isEqualTo(MailOrigin.PERSON);
  }

  @ParameterizedTest
  @CsvSource({
    "auto-submitted, auto-replied",
    "auto-submitted, auto-generated",
    "x-autoreply, yes",
    "x-autorespond, yes",
    "precedence, auto_reply",
    "precedence, bulk",
    "return-path, <>"
  })
  void headersTellAMachine(String name, String value) {
    assertThat(MailOrigin.of(Map.of(name, value), PAT, "Re: Permit", "Tuesday?"))
        .isEqualTo(MailOrigin.AUTOMATIC);
  }

  @Test
  void autoSubmittedNoIsAPerson() {
    assertThat(MailOrigin.of(Map.of("auto-submitted", "no"), PAT, "Re: Permit", "Tuesday?"))
        .isEqualTo(MailOrigin.PERSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Automatic reply: Permit", "Out of Office: Permit", "Auto-Reply: Permit"})
  void subjectsThatOnlyMachinesWriteTellAMachine(String subject) {
    assertThat(MailOrigin.of(Map.of(), PAT, subject, "Back on Friday"))
        .isEqualTo(MailOrigin.AUTOMATIC);
  }

  @Test
  void deliveryReportsAreTold() {
    var report =
        Map.of("content-type", "multipart/report; report-type=delivery-status; boundary=x");
    assertThat(MailOrigin.of(report, "mailer-daemon@mx.example", "x", "Action: failed"))
        .isEqualTo(MailOrigin.DELIVERY_FAILED);
    assertThat(MailOrigin.of(report, "mailer-daemon@mx.example", "x", "Action: delayed"))
        .isEqualTo(MailOrigin.DELIVERY_DELAYED);
    assertThat(MailOrigin.of(Map.of(), "MAILER-DAEMON@mx.example", "x", "unknown user"))
        .isEqualTo(MailOrigin.DELIVERY_FAILED);
    assertThat(MailOrigin.of(Map.of(), "postmaster@mx.example", "Undeliverable: Permit", "no such"))
        .isEqualTo(MailOrigin.DELIVERY_FAILED);
    assertThat(MailOrigin.of(Map.of(), "postmaster@mx.example", "Re: Permit", "Tuesday?"))
        .isEqualTo(MailOrigin.PERSON);
  }

  @Test
  void aReadReceiptIsAutomatic() {
    var receipt = Map.of("content-type", "multipart/report; report-type=disposition-notification");
    assertThat(MailOrigin.of(receipt, PAT, "Read: Permit", null)).isEqualTo(MailOrigin.AUTOMATIC);
  }
}
