package io.leadloom.packs;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.PermanentException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The trades that come with the product, read once from {@code packs/<id>.yaml}. A pack that {@code
 * extends} another file holds only what differs: objects are merged, lists and values replaced.
 */
@Singleton
public final class Packs {

  private static final ObjectMapper YAML = mapper();

  private final Map<String, Pack> loaded = new ConcurrentHashMap<>();
  private final List<String> ids =
      read("index").at("/packs").valueStream().map(JsonNode::asText).toList();

  /** The ids of all packs. */
  public List<String> ids() {
    return ids;
  }

  /**
   * The pack of that id.
   *
   * @throws InvalidInputException if there is none; the message names those there are
   * @throws PermanentException if its file is not what a pack must be; whoever wrote it acts
   */
  public Pack load(String id) {
    if (!ids.contains(id)) {
      throw new InvalidInputException(
          "pack.unknown",
          "there is no pack \"%s\"; use one of %s".formatted(id, String.join(", ", ids)));
    }
    return loaded.computeIfAbsent(id, key -> parse(key + ".yaml", merged(read(key))));
  }

  /** The unit costs of providers and cloud. */
  public Costs costs() {
    return convert("costs.yaml", read("costs"), Costs.class);
  }

  /** The text of a pack with all that it extends, complete in itself. */
  static String yaml(String id) {
    try {
      return YAML.writeValueAsString(merged(read(id)));
    } catch (JsonProcessingException e) {
      throw unreadable(id + ".yaml", e);
    }
  }

  /** Parses and checks a pack that is complete in itself. */
  static Pack parse(String file, String yaml) {
    try {
      return parse(file, YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      throw unreadable(file, e);
    }
  }

  private static Pack parse(String file, JsonNode tree) {
    Pack pack = convert(file, tree, Pack.class);
    List<String> problems = new PackCheck(pack).problems();
    if (!problems.isEmpty()) {
      throw invalid(file, String.join("; ", problems));
    }
    return pack;
  }

  private static <T> T convert(String file, JsonNode tree, Class<T> type) {
    try {
      return YAML.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw unreadable(file, e);
    }
  }

  private static JsonNode merged(JsonNode pack) {
    String base = pack.path("extends").asText();
    if (base.isEmpty()) {
      return pack;
    }
    ObjectNode own = pack.deepCopy();
    own.remove("extends");
    return merge(merged(read(base)).deepCopy(), own);
  }

  private static JsonNode merge(JsonNode base, JsonNode own) {
    if (!(base instanceof ObjectNode target) || !own.isObject()) {
      return own;
    }
    for (Map.Entry<String, JsonNode> entry : own.properties()) {
      JsonNode before = target.path(entry.getKey());
      target.set(entry.getKey(), merge(before, entry.getValue()));
    }
    return target;
  }

  static JsonNode read(String name) {
    String file = "/packs/" + name + ".yaml";
    try (InputStream in = Packs.class.getResourceAsStream(file)) {
      if (in == null) {
        throw invalid(file, "the file is missing from this build");
      }
      return YAML.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw unreadable(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static PermanentException invalid(String file, String problem) {
    return new PermanentException("pack.invalid", file + ": " + problem);
  }

  private static PermanentException unreadable(String file, JsonProcessingException e) {
    StringBuilder path = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        path.append(
            step.getFieldName() == null
                ? "[" + step.getIndex() + "]"
                : (path.isEmpty() ? "" : ".") + step.getFieldName());
      }
    }
    boolean missing =
        e instanceof MismatchedInputException
            && e.getOriginalMessage().matches("(?is).*\\bnull\\b.*");
    String problem =
        (path.isEmpty() ? "" : path + ": ") + (missing ? "is missing" : e.getOriginalMessage());
    return new PermanentException("pack.invalid", file + ": " + problem, e);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder(new YAMLFactory())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    for (Class<?> container : List.of(List.class, Set.class, Map.class)) {
      mapper
          .configOverride(container)
          .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }
    return mapper;
  }
}
