package io.leadloom.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML into template nodes; {@code !Sub} and {@code Fn::Sub:} become the same. */
final class TemplateParser {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String file;

  private TemplateParser(String file) {
    this.file = file;
  }

  static TemplateNode.Mapping parse(Path path) {
    var file = path.getFileName().toString();
    try (var reader = Files.newBufferedReader(path)) {
      var root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
      if (root instanceof MappingNode mapping) {
        return new TemplateParser(file).mapping(Place.of(file, root.getStartMark()), mapping);
      }
      throw new TemplateException(new Place(file, 1), "The template is not a YAML mapping");
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      var line = mark == null ? 1 : mark.getLine() + 1;
      throw new TemplateException(new Place(file, line) + ": " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new TemplateException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TemplateException("The template " + path + " cannot be read", e);
    }
  }

  private TemplateNode node(Place at, Node node) {
    var tag = node.getTag().getValue();
    if (tag.startsWith("!") && tag.length() > 1) {
      return shortForm(at, tag.substring(1), node);
    }
    return untagged(at, node);
  }

  private TemplateNode untagged(Place at, Node node) {
    return switch (node) {
      case ScalarNode scalar -> new TemplateNode.Scalar(at, scalar(scalar));
      case SequenceNode sequence -> {
        var items = new ArrayList<TemplateNode>();
        for (var item : sequence.getValue()) {
          items.add(node(Place.of(file, item.getStartMark()), item));
        }
        yield new TemplateNode.Sequence(at, items);
      }
      case MappingNode mapping -> {
        var parsed = mapping(at, mapping);
        if (parsed.entries().size() == 1) {
          var only = parsed.entries().entrySet().iterator().next();
          if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
            yield new TemplateNode.Call(at, only.getKey(), only.getValue());
          }
        }
        yield parsed;
      }
      default -> throw new TemplateException(at, "YAML anchors are not understood here");
    };
  }

  private TemplateNode shortForm(Place at, String name, Node node) {
    var argument = untagged(at, node);
    if (name.equals("GetAtt") && argument instanceof TemplateNode.Scalar scalar) {
      argument = splitAttribute(scalar);
    }
    var function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    return new TemplateNode.Call(at, function, argument);
  }

  private static TemplateNode splitAttribute(TemplateNode.Scalar dotted) {
    var text = dotted.text();
    var dot = text.indexOf('.');
    if (dot < 0) {
      throw new TemplateException(
          dotted.at(), "!GetAtt " + text + " lacks an attribute: write !GetAtt Id.Attribute");
    }
    var items = new ArrayList<TemplateNode>();
    items.add(TemplateNode.Scalar.text(dotted.at(), text.substring(0, dot)));
    items.add(TemplateNode.Scalar.text(dotted.at(), text.substring(dot + 1)));
    return new TemplateNode.Sequence(dotted.at(), items);
  }

  private TemplateNode.Mapping mapping(Place at, MappingNode node) {
    var entries = new LinkedHashMap<String, TemplateNode>();
    for (var tuple : node.getValue()) {
      var keyPlace = Place.of(file, tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException(keyPlace, "A key must be a plain name");
      }
      if (entries.put(key.getValue(), node(keyPlace, tuple.getValueNode())) != null) {
        throw new TemplateException(keyPlace, "The key " + key.getValue() + " stands here twice");
      }
    }
    return new TemplateNode.Mapping(at, entries);
  }

  private static JsonNode scalar(ScalarNode node) {
    var text = node.getValue();
    var tag = node.isPlain() ? node.getTag() : Tag.STR;
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    // Only what CloudFormation, too, takes for a number or boolean: "yes", dates and 0-prefixed
    // numbers such as account ids stay text.
    if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return JSON.booleanNode(text.equals("true"));
    }
    if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]{0,17})")) {
      return JSON.numberNode(Long.parseLong(text));
    }
    if (tag.equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+")) {
      return JSON.numberNode(new BigDecimal(text));
    }
    return JSON.textNode(text);
  }
}
