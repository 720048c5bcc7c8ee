package io.leadloom.drafting;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.packs.MessageChecks.Problem;
import io.leadloom.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Has a language model write. The model gets two tries: the second one with what was wrong with the
 * first. What it wrote is judged like any other text.
 */
final class ModelWriter implements MessageWriter {

  private static final int TRIES = 2;

  private final String modelId;
  private final ChatModel model;

  ModelWriter(String modelId, ChatModel model) {
    this.modelId = modelId;
    this.model = model;
  }

  @Override
  public Result write(Brief brief, Check check) {
    var talk = new ArrayList<ChatMessage>();
    talk.add(SystemMessage.from(Prompt.rules(brief)));
    talk.add(UserMessage.from(Prompt.data(brief)));
    var tokens = Tokens.NONE;
    List<Problem> problems = List.of();
    for (var attempt = 1; attempt <= TRIES; attempt++) {
      ChatResponse answer;
      try {
        answer = model.chat(List.copyOf(talk));
      } catch (RuntimeException e) {
        // LangChain4j has exceptions of its own, but throws a bare one where a connection breaks.
        return new Result.Refused(
            List.of(
                new Problem(
                    "draft.model-failed", "The model failed: " + e.getClass().getSimpleName())),
            tokens);
      }
      tokens = tokens.plus(tokensOf(answer));
      var said = Objects.requireNonNullElse(answer.aiMessage().text(), "");
      var message = parsed(said);
      problems =
          message
              .map(m -> check.problems(brief.subject(m.subject()), m.body()))
              .orElse(
                  List.of(new Problem("draft.unreadable", "The answer is not the JSON object")));
      if (message.isPresent() && problems.isEmpty()) {
        var written = message.get();
        return new Result.Written(
            "model:" + modelId, brief.subject(written.subject()), written.body(), tokens);
      }
      talk.add(AiMessage.from(said.isBlank() ? "{}" : said));
      talk.add(UserMessage.from(Prompt.again(problems)));
    }
    return new Result.Refused(problems, tokens);
  }

  private static Tokens tokensOf(ChatResponse answer) {
    var usage = Optional.ofNullable(answer.tokenUsage());
    return new Tokens(
        usage.map(TokenUsage::inputTokenCount).orElse(0),
        usage.map(TokenUsage::outputTokenCount).orElse(0));
  }

  /** The JSON object of an answer, whatever the model put around it. */
  private static Optional<Message> parsed(String said) {
    var from = said.indexOf('{');
    var to = said.lastIndexOf('}');
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    try {
      var json = Json.tree(said.substring(from, to + 1).getBytes(StandardCharsets.UTF_8));
      var body = json.path("body").asText();
      return body.isBlank()
          ? Optional.empty()
          : Optional.of(new Message(json.path("subject").asText().strip(), body.strip()));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private record Message(String subject, String body) {}
}
