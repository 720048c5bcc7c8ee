package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * CKAN portals, one per served file: {@code /<resource id>/api/3/action/...} with {@code
 * package_search}, {@code package_show}, {@code resource_show} and {@code datastore_search}, the
 * resource's page and its download.
 */
final class CkanSimulator implements Provider {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST_ROWS = 32_000;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final long seed;
  private final Map<String, Table> resources = new ConcurrentHashMap<>();

  CkanSimulator(long seed) {
    this.seed = seed;
  }

  /** Serves a table, in place of an earlier one from a file of the same name; the page's path. */
  String serve(Table table) {
    var id = Dice.of(seed, "ckan resource", table.file()).uuid().toString();
    resources.put(id, table);
    return "/" + id + page(id, table);
  }

  @Override
  public Answer handle(Call call) {
    var path = call.path().split("/", 3);
    var id = path.length > 1 ? path[1] : "";
    var rest = path.length > 2 ? "/" + path[2] : "/";
    var table = resources.get(id);
    if (table == null) {
      throw failure(call, 404, "Not Found Error", "Not found: no portal " + id);
    }
    if (rest.startsWith("/api/3/action/")) {
      return action(call, rest.substring("/api/3/action/".length()), id, table);
    }
    if (rest.equals(page(id, table))) {
      return Answer.html(
          "<!doctype html><title>%1$s</title><h1>%1$s</h1><p>%2$d rows</p>"
              .formatted(table.slug(), table.rows().size()));
    }
    if (rest.equals(download(id, table))) {
      return new Answer(200, Map.of("Content-Type", "text/csv"), table.raw(), Note.NOTHING);
    }
    throw failure(call, 404, "Not Found Error", "Not found: " + rest);
  }

  @Override
  public Answer tooManyRequests() {
    return new Answer(429, Map.of("Retry-After", "1"), new byte[0], Note.NOTHING);
  }

  private Answer action(Call call, String action, String id, Table table) {
    var parameters = parameters(call);
    return switch (action) {
      case "package_search" -> {
        var rows = number(call, parameters, "rows", 10);
        var start = number(call, parameters, "start", 0);
        var wanted = Json.textOf(parameters, "q", "*:*").toLowerCase(Locale.ROOT);
        var found = wanted.contains("*") || table.slug().contains(wanted.replace(' ', '-'));
        var result = Json.object().put("count", found ? 1 : 0).put("sort", "score desc");
        var results = result.putArray("results");
        if (found && start == 0 && rows > 0) {
          results.add(dataset(call, id, table));
        }
        result.putObject("facets");
        result.putObject("search_facets");
        yield success(call, result);
      }
      case "package_show" -> {
        var asked = Json.textOf(parameters, "id", "");
        if (!asked.equals(table.slug()) && !asked.equals(datasetId(table))) {
          throw failure(call, 404, "Not Found Error", "Not found");
        }
        yield success(call, dataset(call, id, table));
      }
      case "resource_show" -> {
        checkResource(call, Json.textOf(parameters, "id", ""), id);
        yield success(call, resource(call, id, table));
      }
      case "datastore_search" -> success(call, search(call, parameters, id, table));
      default -> throw failure(call, 400, "Bad Request", "Action name not known: " + action);
    };
  }

  private ObjectNode search(Call call, JsonNode parameters, String id, Table table) {
    var asked = Json.textOf(parameters, "resource_id", "");
    if (asked.isEmpty()) {
      throw validation(call, "resource_id", "Missing value");
    }
    checkResource(call, asked, id);
    var limit = Math.min(number(call, parameters, "limit", DEFAULT_LIMIT), MOST_ROWS);
    var offset = number(call, parameters, "offset", 0);
    var wanted = fields(call, parameters, table);
    var rows = matching(call, parameters, table);
    sort(call, parameters, table, rows);

    var result = Json.object().put("include_total", true).put("limit", limit);
    result.put("offset", offset).put("records_format", "objects").put("resource_id", id);
    var fields = result.putArray("fields");
    for (var field : wanted) {
      fields.addObject().put("id", field).put("type", field.equals("_id") ? "int" : "text");
    }
    var records = result.putArray("records");
    rows.stream().skip(offset).limit(limit).forEach(row -> records.add(record(table, row, wanted)));
    var links = result.putObject("_links");
    links.put("start", link(id, limit, 0)).put("next", link(id, limit, offset + limit));
    if (!"false".equalsIgnoreCase(Json.textOf(parameters, "include_total", "true"))) {
      result.put("total", rows.size()).put("total_was_estimated", false);
    }
    return result;
  }

  private static String link(String id, int limit, int offset) {
    return "/api/3/action/datastore_search?resource_id=%s&limit=%d&offset=%d"
        .formatted(id, limit, offset);
  }

  /** The indexes of the rows that pass the filters and hold the words. */
  private static List<Integer> matching(Call call, JsonNode parameters, Table table) {
    var filters = filters(call, parameters);
    for (var filter : filters.properties()) {
      column(call, table, "filters", filter.getKey());
    }
    var words = Json.textOf(parameters, "q", "").toLowerCase(Locale.ROOT);
    var matching = new ArrayList<Integer>();
    for (var row = 0; row < table.rows().size(); row++) {
      if (passes(table, row, filters) && holds(table.rows().get(row), words)) {
        matching.add(row);
      }
    }
    return matching;
  }

  private static JsonNode filters(Call call, JsonNode parameters) {
    var filters = parameters.path("filters");
    if (filters.isTextual()) {
      return Json.parse(filters.asText().getBytes(StandardCharsets.UTF_8))
          .filter(JsonNode::isObject)
          .orElseThrow(() -> validation(call, "filters", "Cannot parse JSON"));
    }
    return filters;
  }

  private static boolean passes(Table table, int row, JsonNode filters) {
    for (var filter : filters.properties()) {
      var value = value(table, row, filter.getKey());
      var allowed = filter.getValue();
      var passes =
          allowed.isArray()
              ? IntStream.range(0, allowed.size())
                  .anyMatch(i -> allowed.get(i).asText().equals(value))
              : allowed.asText().equals(value);
      if (!passes) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(List<@Nullable String> row, String words) {
    return words.isEmpty()
        || row.stream()
            .anyMatch(value -> value != null && value.toLowerCase(Locale.ROOT).contains(words));
  }

  private static void sort(Call call, JsonNode parameters, Table table, List<Integer> rows) {
    var sort = Json.textOf(parameters, "sort", "");
    if (sort.isBlank()) {
      return;
    }
    Comparator<Integer> order = Comparator.comparing(row -> 0);
    for (var key : sort.split(",")) {
      var descending = key.strip().toLowerCase(Locale.ROOT).endsWith(" desc");
      var name = key.strip().replaceFirst("(?i)\\s+(asc|desc)$", "").replaceAll("^\"|\"$", "");
      column(call, table, "sort", name);
      Comparator<Integer> by =
          name.equals("_id")
              ? Comparator.naturalOrder()
              : Comparator.comparing(
                  row -> value(table, row, name), Comparator.nullsLast(Comparator.naturalOrder()));
      order = order.thenComparing(descending ? by.reversed() : by);
    }
    rows.sort(order);
  }

  private static List<String> fields(Call call, JsonNode parameters, Table table) {
    var asked = parameters.path("fields");
    var fields = new ArrayList<String>();
    if (asked.isArray()) {
      asked.forEach(field -> fields.add(field.asText()));
    } else if (asked.isTextual()) {
      fields.addAll(List.of(asked.asText().split("\\s*,\\s*")));
    } else {
      fields.add("_id");
      fields.addAll(table.header());
    }
    fields.forEach(field -> column(call, table, "fields", field));
    return fields;
  }

  private static void column(Call call, Table table, String parameter, String name) {
    if (!name.equals("_id") && !table.header().contains(name)) {
      throw validation(call, parameter, "field \"" + name + "\" not in table");
    }
  }

  private static @Nullable String value(Table table, int row, String field) {
    return field.equals("_id")
        ? Integer.toString(row + 1)
        : table.rows().get(row).get(table.header().indexOf(field));
  }

  private static ObjectNode record(Table table, int row, List<String> fields) {
    var record = Json.object();
    for (var field : fields) {
      if (field.equals("_id")) {
        record.put("_id", row + 1);
      } else {
        record.put(field, value(table, row, field));
      }
    }
    return record;
  }

  private ObjectNode dataset(Call call, String id, Table table) {
    var dataset =
        Json.object()
            .put("id", datasetId(table))
            .put("name", table.slug())
            .put("title", table.slug().replace('-', ' '))
            .put("metadata_modified", LOCAL.format(table.modified()))
            .put("state", "active")
            .put("num_resources", 1);
    dataset.putObject("organization").put("name", "city").put("title", "City");
    dataset.putArray("tags");
    dataset.putArray("resources").add(resource(call, id, table));
    return dataset;
  }

  private ObjectNode resource(Call call, String id, Table table) {
    return Json.object()
        .put("id", id)
        .put("package_id", datasetId(table))
        .put("name", table.file())
        .put("format", "CSV")
        .put("url", portal(call, id) + download(id, table))
        .put("datastore_active", true)
        .put("last_modified", LOCAL.format(table.modified()));
  }

  private String datasetId(Table table) {
    return Dice.of(seed, "ckan dataset", table.file()).uuid().toString();
  }

  private static String page(String id, Table table) {
    return "/dataset/" + table.slug() + "/resource/" + id;
  }

  private static String download(String id, Table table) {
    return page(id, table) + "/download/" + table.slug() + ".csv";
  }

  private static String portal(Call call, String id) {
    return "http://" + call.header("Host").orElse("127.0.0.1") + "/ckan/" + id;
  }

  private static void checkResource(Call call, String asked, String id) {
    if (!asked.equals(id)) {
      throw failure(
          call, 404, "Not Found Error", "Not found: Resource \"" + asked + "\" was not found.");
    }
  }

  private static JsonNode parameters(Call call) {
    if (call.method().equals("POST")) {
      return call.json()
          .orElseThrow(() -> failure(call, 400, "Bad Request", "JSON Error: no JSON object"));
    }
    return Json.MAPPER.valueToTree(call.query());
  }

  private static int number(Call call, JsonNode parameters, String name, int fallback) {
    var value = Json.textOf(parameters, name, Integer.toString(fallback));
    if (!value.matches("[0-9]{1,9}")) {
      throw validation(call, name, "Invalid integer");
    }
    return Integer.parseInt(value);
  }

  private static Answer success(Call call, JsonNode result) {
    var envelope = Json.object().put("help", help(call)).put("success", true);
    envelope.set("result", result);
    return Answer.json(200, envelope);
  }

  private static Refusal validation(Call call, String parameter, String why) {
    var envelope = Json.object().put("help", help(call)).put("success", false);
    envelope.putObject("error").put("__type", "Validation Error").putArray(parameter).add(why);
    return new Refusal(Answer.json(409, envelope));
  }

  private static Refusal failure(Call call, int status, String type, String message) {
    var envelope = Json.object().put("help", help(call)).put("success", false);
    envelope.putObject("error").put("__type", type).put("message", message);
    return new Refusal(Answer.json(status, envelope));
  }

  private static String help(Call call) {
    var path = call.path();
    var portal = path.substring(1, Math.max(1, path.indexOf('/', 1)));
    var action = path.substring(path.lastIndexOf('/') + 1);
    return portal(call, portal) + "/api/3/action/help_show?name=" + action;
  }
}
