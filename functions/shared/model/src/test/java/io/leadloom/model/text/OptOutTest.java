package io.leadloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        "Stop.",
        "“STOP”",
        "ＳＴＯＰ",
        "STOP 🛑",
        "STOP!!!",
        "Please stop.",
        "please stop",
        "Stop please",
        "Stop, thanks.",
        "Please stop. Thank you.",
        "Please stop.\n\nBest,\nPat Doe",
        "Please stop.\n\nPat Doe",
        "STOP\n\nSent from my phone",
        "stopall",
        "UNSUBSCRIBE",
        "unsubscribe\n\n-- \nPat Doe\n(210) 555-0142",
        "Unsubscribe me please",
        "CANCEL",
        "End",
        "quit",
        "revoke",
        "opt out",
        "OPT-OUT",
        "optout",
        "Arrêt",
        "Not interested, stop",
        "No thanks. Please unsubscribe.",
        "Remove me from your list.",
        "Please remove me from your list, I get too many of these.",
        "Could you remove us from your database?",
        "Please remove my email address.",
        "Please take me off your mailing list.",
        "Take us off the list",
        "Do not email me again.",
        "Don't contact us anymore",
        "Don’t ever write to me again",
        "Stop emailing me, please.",
        "Can you stop sending these emails?",
        "Stop with the spam",
        "do not send me any more messages",
        "I would like to unsubscribe",
        "How do I unsubscribe from this?",
        "I wish to opt out of these.",
        "Please opt me out",
        "We are opting out.",
        "No more emails please",
        "Leave me alone",
        "Go away.",
        "Not for us. Do not contact.",
        "Cease and desist.",
        "I don't want to receive these emails",
        "we no longer wish to be contacted",
        "Quiero darme de baja",
        "> STOP means stop\n\nPlease stop.",
        "I am out on a job site until Friday but please stop emailing me."
      })
  void optsOut(String text) {
    assertThat(OptOut.in(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I know.",
        "Please send me the details.",
        "Please don't stop.",
        "Do not contact the city yet, I will.",
        "The end of the month works.",
        "Cancel Tuesday, make it Wednesday.",
        "Our office is closed to the public; offers by mail only.",
        "Nonstop growth here, send information.",
        "I like your offer.",
        "We stopped using them last year.",
        "You can stop by the office on Thursday.",
        "Please stop by any time.",
        "Non-stop work here, call me next week.",
        "Let us end this year well: call me.",
        "We had to cancel our last contract.",
        "Can you remove the old panel first?",
        "Do you remove asbestos?",
        "We repair, remove, replace.",
        "What are the end dates?",
        "Is there a way to quit the contract early?",
        "We are not taking bookings.",
        "I don't want to miss this. Call me.",
        "Please do not remove me from your list.",
        "Don't email me before Tuesday, I am travelling.",
        "Re: your $550 offer",
        "How often do we have to stop the pump for a test?",
        "Drop us a line when you are in town.",
        "Not interested.",
        "Sounds good.\n\nOn Mon, Mar 2, 2026 at 9:00 AM Dana <dana@acme-fire.example> wrote:\n> unsubscribe here\n> STOP",
        "Sounds good.\n\n-----Original Message-----\nFrom: Dana\nSent: Monday\nTo: Pat\nSubject: x\n\nTo opt out, answer with the word stop.\nSTOP",
        "Yes.\n\nFrom: Dana Reyes <dana@acme-fire.example>\nSent: Monday, March 2, 2026\nTo: Pat\nSubject: Permit\n\nunsubscribe"
      })
  void doesNotOptOut(String text) {
    assertThat(OptOut.in(text)).isEmpty();
  }

  @Test
  void theRuleIsNamed() {
    assertThat(OptOut.in("STOP")).contains("opt-out.keyword");
    assertThat(OptOut.in("Take me off your mailing list")).contains("opt-out.phrase");
  }
}
