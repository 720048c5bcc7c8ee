package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Schemas.Upcast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SchemasTest {

  /** Layout 2 of a note says {@code text} for {@code body}; layout 3 has a {@code lang}. */
  private static final Schemas SCHEMAS =
      new Schemas(
          Map.of(
              "note",
              List.of(
                  note -> note.set("text", note.remove("body")),
                  Upcast.defaulting("lang", JsonNodeFactory.instance.textNode("en")))));

  @Test
  void itemsAreWrittenInTheLatestLayout() {
    assertThat(SCHEMAS.version("note")).isEqualTo(3);
    assertThat(SCHEMAS.version("other")).isEqualTo(1);
  }

  @Test
  void anItemIsLiftedFromItsOwnLayoutOn() {
    assertThat(lifted("{'entity': 'note', 'body': 'x'}")).isEqualTo("{'text':'x','lang':'en'}");
    assertThat(lifted("{'entity': 'note', 'v': 1, 'body': 'x'}"))
        .isEqualTo("{'text':'x','lang':'en'}");
    assertThat(lifted("{'entity': 'note', 'v': 2, 'text': 'x'}"))
        .isEqualTo("{'text':'x','lang':'en'}");
    assertThat(lifted("{'entity': 'note', 'v': 2, 'text': 'x', 'lang': 'de'}"))
        .isEqualTo("{'text':'x','lang':'de'}");
    assertThat(lifted("{'entity': 'note', 'v': 3, 'text': 'x', 'lang': 'de'}"))
        .isEqualTo("{'text':'x','lang':'de'}");
  }

  @Test
  void whatNeverChangedIsReadAsItIs() {
    assertThat(lifted("{'entity': 'other', 'body': 'x'}")).isEqualTo("{'body':'x'}");
    assertThat(lifted("{'body': 'x'}")).isEqualTo("{'body':'x'}");
  }

  @Test
  void anItemOfCodeYetToComeIsReadLater() {
    assertThatThrownBy(() -> lifted("{'entity': 'note', 'v': 4, 'text': 'x'}"))
        .isInstanceOf(TransientException.class)
        .hasMessage("A note was written in layout 4, of which this code knows 3");
  }

  /** As entries of the audit were written before they told from where. */
  @Test
  void anEntryOfTheAuditWithoutAnOriginIsRead() {
    var entry =
        ItemCodec.record(
            Map.of(
                "pk", AttributeValue.fromS("T#acme#AUDIT#2026-03-02"),
                "sk", AttributeValue.fromS("2026-03-02T15:00:00.000000Z#0a1b"),
                "entity", AttributeValue.fromS("audit"),
                "v", AttributeValue.fromN("1"),
                "at", AttributeValue.fromS("2026-03-02T15:00:00Z"),
                "actor", AttributeValue.fromS("user:robin"),
                "action", AttributeValue.fromS("approve"),
                "subject", AttributeValue.fromS("draft-1"),
                "why", AttributeValue.fromS("")),
            AuditEntry.class);
    assertThat(entry)
        .isEqualTo(
            new AuditEntry(
                Instant.parse("2026-03-02T15:00:00Z"), "user:robin", "approve", "draft-1", ""));
  }

  private static String lifted(String item) {
    var tree = Json.read(item.replace('\'', '"'), ObjectNode.class);
    SCHEMAS.lift(tree);
    tree.remove(List.of("entity", "v"));
    return tree.toString().replace('"', '\'');
  }
}
