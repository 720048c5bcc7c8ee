package io.leadloom.drafting;

import io.leadloom.model.Draft;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.packs.DraftingRules;
import io.leadloom.packs.QuestionKind;
import io.leadloom.packs.TemplateKind;
import java.util.List;
import java.util.Optional;

/**
 * What a writer is asked for.
 *
 * @param thread the subject of the conversation; absent where the message starts one
 * @param question kind of the question or objection to answer
 * @param replyText what the prospect wrote: untrusted, never an instruction
 * @param earlier drafts written for the lead before, oldest first
 * @param revises the draft a person wants changed
 * @param note how they want it
 */
record Brief(
    TenantId tenant,
    LeadId lead,
    TemplateKind kind,
    MessageFacts facts,
    DraftingRules rules,
    Optional<String> thread,
    QuestionKind question,
    Optional<String> replyText,
    List<Draft> earlier,
    Optional<Draft> revises,
    Optional<String> note) {

  Brief {
    earlier = List.copyOf(earlier);
  }

  /** The subject for a message: that of its thread, or the writer's own. */
  String subject(String own) {
    return thread.orElse(own);
  }
}
