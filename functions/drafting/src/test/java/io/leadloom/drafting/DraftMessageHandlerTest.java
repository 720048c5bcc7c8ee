package io.leadloom.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.UnsubscribeLinks;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftMessageHandlerTest {

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void aResearchedLead() {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.raise(Samples.enrichedLead());
    platform.bean(Leads.class).put(Samples.TENANT, Samples.lead().id(), Briefs.research());
  }

  @Test
  void aFirstMessageIsKeptAsADraftWithFooterAndOptOut() {
    var draft = drafted("drafting/draft-message--first-touch");
    var link = platform.bean(UnsubscribeLinks.class).of(Samples.TENANT, Samples.lead().id());
    assertThat(draft.subject()).isNotBlank().doesNotContain("{{");
    assertThat(draft.body())
        .startsWith("Hi Morgan,")
        .contains("Brightwater Builders")
        .contains("Dana Reyes\nAcme Fire Safety\n100 Sample Street, Austin, TX 78701")
        .contains("To opt out, reply \"stop\" or use " + link)
        .doesNotContain("{{");
    assertThat(draft.author()).startsWith("template:");
    assertThat(draft.facts()).contains("permit.number=FA-2026-0017");
    assertThat(draft.contentHash()).isEqualTo(Draft.hashOf(draft.subject(), draft.body()));
    assertThat(platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id()).reached())
        .containsKey(Milestone.DRAFTED);
  }

  @Test
  void aRepeatedStepGivesTheSameDraft() {
    var first = drafted("drafting/draft-message--first-touch");
    platform.clock().advance(Duration.ofDays(9));
    assertThat(drafted("drafting/draft-message--first-touch")).isEqualTo(first);
    assertThat(platform.bean(Drafts.class).of(Samples.TENANT, Samples.lead().id())).hasSize(1);
  }

  @Test
  void followUpsGoOnInTheThreadOfTheFirstMessage() {
    var first = drafted("drafting/draft-message--first-touch");
    var second = drafted("drafting/draft-message--follow-up-1");
    var third = drafted("drafting/draft-message--follow-up-2");
    assertThat(second.subject()).isEqualTo("Re: " + first.subject());
    assertThat(third.subject()).isEqualTo("Re: " + first.subject());
    assertThat(third.body()).isNotEqualTo(second.body());
  }

  @Test
  void aQuestionIsAnswered() {
    drafted("drafting/draft-message--first-touch");
    platform.bean(Replies.class).add(Samples.TENANT, Briefs.reply("How much does it cost?"));
    var draft = drafted("drafting/draft-message--answer");
    assertThat(draft.author()).isEqualTo("template:answer-price");
    assertThat(draft.replyId()).isEqualTo(Briefs.reply("").id());
  }

  @Test
  void aThreadKeepsItsSubjectWhenANewerPermitHasCome() {
    var subject = "Question about 9 Birch Lane";
    platform
        .bean(Drafts.class)
        .add(
            Samples.TENANT,
            new Draft(
                DraftId.of("draft-0"),
                Samples.lead().id(),
                Purpose.FIRST_TOUCH,
                1,
                subject,
                "Hi Morgan,",
                "template:first",
                List.of("permit.address=9 Birch Lane"),
                null,
                null,
                null,
                Draft.hashOf(subject, "Hi Morgan,"),
                TestClock.START));
    platform.bean(Replies.class).add(Samples.TENANT, Briefs.reply("How much does it cost?"));
    assertThat(drafted("drafting/draft-message--answer").subject()).isEqualTo("Re: " + subject);
  }

  @Test
  void aConfirmationNamesTheBookedTimeInTheRecipientsZone() {
    drafted("drafting/draft-message--first-touch");
    platform.bean(Bookings.class).add(Samples.TENANT, Briefs.booking(), Samples.auditEntry());
    assertThat(drafted("drafting/draft-message--confirmation").body())
        .contains("Thursday, March 5 at 10:00 AM (CT)");
  }

  @Test
  void aRevisionNamesWhatItRevisesAndWhy() {
    var first = drafted("drafting/draft-message--first-touch");
    var request = (ObjectNode) Events.read("drafting/draft-message--first-touch");
    request.put("revises", first.id().value()).put("note", "Please make it shorter.");
    var revision = draft(Events.send(new DraftMessageHandler(), request).path("draftId").asText());
    assertThat(revision.id()).isNotEqualTo(first.id());
    assertThat(revision.revises()).isEqualTo(first.id());
    assertThat(revision.note()).isEqualTo("Please make it shorter.");
    assertThat(revision.body()).isNotEqualTo(first.body());
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithItsReason() {
    drafted("drafting/draft-message--first-touch");
    var answer = Events.send(new DraftMessageHandler(), "drafting/draft-message--confirmation");
    assertThat(answer.path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(answer.path("reason").asText()).isEqualTo("draft.fact-missing");
    assertThat(platform.bean(Drafts.class).of(Samples.TENANT, Samples.lead().id())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-touch", "follow-up-1", "answer", "confirmation"})
  void aCrashAnywhereChangesNothing(String message) {
    var event = "drafting/draft-message--" + message;
    Crashes.on(platform)
        // Nothing is booked, so that there is nothing to confirm, which is noted at each attempt.
        .forgiving(message.equals("confirmation") ? "audit" : "nothing")
        .everywhere(
            () -> {
              aResearchedLead();
              if (!message.equals("first-touch")) {
                drafted("drafting/draft-message--first-touch");
                platform
                    .bean(Replies.class)
                    .add(Samples.TENANT, Briefs.reply("How much does it cost?"));
              }
            },
            () -> Events.send(new DraftMessageHandler(), event));
  }

  private Draft drafted(String event) {
    var answer = Events.send(new DraftMessageHandler(), event);
    assertThat(answer.path("outcome").asText()).isEqualTo("DRAFTED");
    return draft(answer.path("draftId").asText());
  }

  private Draft draft(String id) {
    return platform.bean(Drafts.class).get(Samples.TENANT, Samples.lead().id(), DraftId.of(id));
  }
}
