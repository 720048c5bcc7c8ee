package io.leadloom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Json;
import io.leadloom.testkit.Events;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboundMailTest {

  @Test
  void whatMattersIsTaken() {
    var mail = InboundMail.of(Events.read("webhooks/receive-webhook--postmark-reply"));
    assertThat(mail)
        .isEqualTo(
            new InboundMail(
                "Inbound",
                "0123456789abcdef0123456789abcdef",
                "morgan@brightwater-builders.example",
                "Re: Your fire alarm permit",
                "Who are you?\n\nMorgan Ellery",
                "<their-1@brightwater-builders.example>",
                Map.of("return-path", "morgan@brightwater-builders.example"),
                List.of("<touch-1@acme-fire.example>", "<touch-0@acme-fire.example>")));
  }

  @Test
  void postmarksOwnStrippingIsNotTrustedAlone() {
    assertThat(text(Map.of("StrippedTextReply", "Yes.\n> STOP", "TextBody", "x")))
        .isEqualTo("Yes.");
    assertThat(text(Map.of("StrippedTextReply", "", "TextBody", "Yes.\n> STOP"))).isEqualTo("Yes.");
  }

  @Test
  void aMailOfHtmlAloneHasATextAsWell() {
    assertThat(
            text(
                Map.of(
                    "HtmlBody",
                    "<p>Please stop.</p><div class=\"gmail_quote\">On Mon, Mar 2, 2026 Dana wrote:"
                        + "<blockquote>unsubscribe</blockquote></div>")))
        .isEqualTo("Please stop.");
    assertThat(text(Map.of("HtmlBody", "Yes.<br>Tuesday &amp; Friday"))).contains("Tuesday & F");
  }

  @Test
  void anEndlessMailIsCut() {
    assertThat(text(Map.of("TextBody", "a".repeat(1_000_000)))).hasSize(20_000);
  }

  private static String text(Map<String, String> members) {
    return InboundMail.of(Json.tree(Json.write(members).getBytes(StandardCharsets.UTF_8))).text();
  }
}
