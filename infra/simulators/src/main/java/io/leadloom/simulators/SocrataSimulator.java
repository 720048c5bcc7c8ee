package io.leadloom.simulators;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Socrata portals, one per served file: {@code GET /<4x4>/resource/<4x4>.json} (SODA 2.1), {@code
 * POST /<4x4>/api/v3/views/<4x4>/query.json} (SODA3, which wants an app token, any will do) and
 * {@code GET /<4x4>/api/views/<4x4>.json}.
 */
final class SocrataSimulator implements Provider {

  private static final long DEFAULT_LIMIT = 1000;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> SYSTEM_FIELDS =
      List.of(":id", ":created_at", ":updated_at", ":version");

  /** A dataset: its fields by their Socrata names, and rows without their blanks. */
  private record Dataset(
      Table table, Map<String, String> columns, List<Map<String, String>> rows) {}

  private final long seed;
  private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();

  SocrataSimulator(long seed) {
    this.seed = seed;
  }

  /** Serves a table, in place of an earlier one from a file of the same name; the data's path. */
  String serve(Table table) {
    var hex = Dice.of(seed, "socrata dataset", table.file()).hex(8);
    var id = hex.substring(0, 4) + "-" + hex.substring(4);
    datasets.put(id, dataset(table));
    return "/" + id + "/resource/" + id + ".json";
  }

  @Override
  public Answer handle(Call call) {
    var path = call.path().split("/", 3);
    var id = path.length > 1 ? path[1] : "";
    var dataset = datasets.get(id);
    var asked = call.method() + " /" + (path.length > 2 ? path[2] : "");
    if (dataset == null) {
      throw failure(404, "dataset.missing", "Not found: " + id);
    }
    try {
      if (asked.equals("GET /resource/" + id + ".json")) {
        return rows(dataset, soda2(call));
      }
      if (asked.equals("POST /api/v3/views/" + id + "/query.json")) {
        return soda3(call, dataset);
      }
      if (asked.equals("GET /api/views/" + id + ".json")) {
        return metadata(id, dataset);
      }
    } catch (Soql.SoqlException e) {
      throw failure(400, e.code(), String.valueOf(e.getMessage()));
    }
    throw failure(404, "dataset.missing", "Not found: " + asked);
  }

  @Override
  public Answer tooManyRequests() {
    return error(429, "throttled", "Too many requests; use an app token");
  }

  private static Soql soda2(Call call) throws Soql.SoqlException {
    var query = call.query();
    if (query.containsKey("$query")) {
      return Soql.parse(query.getOrDefault("$query", ""), DEFAULT_LIMIT);
    }
    var statement = new StringBuilder("SELECT ").append(query.getOrDefault("$select", "*"));
    var conditions = new ArrayList<String>();
    if (query.containsKey("$where")) {
      conditions.add("(" + query.get("$where") + ")");
    }
    query.forEach((name, value) -> {
      if (!name.startsWith("$")) {
        conditions.add(name + " = '" + value.replace("'", "''") + "'");
      }
    });
    if (!conditions.isEmpty()) {
      statement.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    if (query.containsKey("$order")) {
      statement.append(" ORDER BY ").append(query.get("$order"));
    }
    statement.append(" LIMIT ").append(query.getOrDefault("$limit", "" + DEFAULT_LIMIT));
    statement.append(" OFFSET ").append(query.getOrDefault("$offset", "0"));
    return Soql.parse(statement.toString(), DEFAULT_LIMIT);
  }

  private static Answer soda3(Call call, Dataset dataset) throws Soql.SoqlException {
    if (call.header("X-App-Token").isEmpty() && call.header("Authorization").isEmpty()) {
      throw failure(403, "permission_denied", "An app token is required");
    }
    var body =
        call.json().orElseThrow(() -> failure(400, "malformed", "The body is not a JSON object"));
    var soql = Soql.parse(Json.textOf(body, "query", "SELECT *"), Long.MAX_VALUE);
    if (body.path("includeSynthetic").asBoolean()) {
      soql = soql.selecting(":*");
    }
    var page = body.path("page");
    if (page.isObject()) {
      var size = page.path("pageSize").asLong(DEFAULT_LIMIT);
      soql = soql.paged(size, (page.path("pageNumber").asLong(1) - 1) * size);
    }
    return rows(dataset, soql);
  }

  private static Answer rows(Dataset dataset, Soql soql) throws Soql.SoqlException {
    var known = new ArrayList<>(SYSTEM_FIELDS);
    known.addAll(dataset.columns().keySet());
    soql.checkFields(known);
    var wanted = new ArrayList<String>();
    for (var field : soql.select()) {
      switch (field) {
        case "*" -> wanted.addAll(dataset.columns().keySet());
        case ":*" -> wanted.addAll(SYSTEM_FIELDS);
        default -> wanted.add(field);
      }
    }
    var answer = Json.MAPPER.createArrayNode();
    for (var row : soql.run(dataset.rows())) {
      var object = answer.addObject();
      for (var field : wanted) {
        var value = row.get(field);
        if (value != null) {
          object.put(field, value);
        }
      }
    }
    var modified = dataset.table().modified().atOffset(ZoneOffset.UTC);
    return Answer.json(200, answer)
        .with("X-SODA2-Fields", Json.text(wanted))
        .with("X-SODA2-Types", Json.text(wanted.stream().map(SocrataSimulator::type).toList()))
        .with("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(modified));
  }

  private static Answer metadata(String id, Dataset dataset) {
    var view =
        Json.object()
            .put("id", id)
            .put("name", dataset.table().slug())
            .put("rowsUpdatedAt", dataset.table().modified().getEpochSecond());
    var columns = view.putArray("columns");
    dataset
        .columns()
        .forEach((field, name) ->
            columns
                .addObject()
                .put("name", name)
                .put("fieldName", field)
                .put("dataTypeName", "text"));
    return Answer.json(200, view);
  }

  private static String type(String field) {
    return switch (field) {
      case ":id", ":version" -> "row_identifier";
      case ":created_at", ":updated_at" -> "fixed_timestamp";
      default -> "text";
    };
  }

  private static Dataset dataset(Table table) {
    var columns = new LinkedHashMap<String, String>();
    for (var name : table.header()) {
      var field = fieldName(name);
      var unique = field;
      for (var n = 1; columns.containsKey(unique); n++) {
        unique = field + "_" + n;
      }
      columns.put(unique, name);
    }
    var fields = List.copyOf(columns.keySet());
    var updated = UTC.format(table.modified());
    var rows = new ArrayList<Map<String, String>>();
    for (var values : table.rows()) {
      var row = new LinkedHashMap<String, String>();
      // Ascending as text, because clients page by it.
      row.put(":id", "row-%04d.%04d".formatted(rows.size() / 10_000, rows.size() % 10_000));
      row.put(":created_at", updated);
      row.put(":updated_at", updated);
      row.put(":version", "rv-" + row.get(":id"));
      for (var i = 0; i < fields.size(); i++) {
        var value = values.get(i);
        if (value != null) {
          row.put(fields.get(i), value);
        }
      }
      rows.add(row);
    }
    return new Dataset(table, columns, rows);
  }

  /** The name of a column in queries: {@code PERMIT #} is {@code permit_}. */
  static String fieldName(String header) {
    var name = header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("_+", "_");
    return name.matches("[0-9].*") ? "_" + name : name;
  }

  private static Refusal failure(int status, String code, String message) {
    return new Refusal(error(status, code, message));
  }

  private static Answer error(int status, String code, String message) {
    ObjectNode error = Json.object().put("code", code).put("error", true).put("message", message);
    error.putObject("data");
    return Answer.json(status, error);
  }
}
