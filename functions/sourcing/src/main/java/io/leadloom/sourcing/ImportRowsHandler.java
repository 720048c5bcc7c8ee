package io.leadloom.sourcing;

import io.leadloom.model.Ids;
import io.leadloom.model.Permission;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Json;
import io.leadloom.platform.Wiring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/imports}: takes up to 500 rows of a source in. */
public final class ImportRowsHandler extends HttpHandler {

  /** The most rows a call may bring. */
  public static final int MAX_ROWS = 500;

  private final ImportRows importRows;

  /** Called by the Lambda runtime, once per execution environment. */
  public ImportRowsHandler() {
    this(Wiring.bean(ImportRows.class), Wiring.bean(Invocations.class));
  }

  ImportRowsHandler(ImportRows importRows, Invocations invocations) {
    super(invocations);
    this.importRows = importRows;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var caller = request.caller();
    caller.require(Permission.WRITE_SOURCES);
    var body = Json.read(request.body(), Request.class);
    if (body.source() == null || body.rows() == null) {
      throw new InvalidInputException(
          "import.incomplete", "The body must have \"source\" and \"rows\"");
    }
    if (body.rows().size() > MAX_ROWS) {
      return HttpResponse.problem(
          413,
          "import.too-many-rows",
          "A call takes up to %d rows, but this one has %d; send them in several calls of one run"
              .formatted(MAX_ROWS, body.rows().size()));
    }
    var rows = body.rows().stream().map(ImportRowsHandler::toSource).toList();
    var run = body.run() == null ? Ids.hash(Json.write(body.rows())) : body.run();
    return HttpResponse.json(
        200, new Response(importRows.run(caller.tenant(), body.source(), run, rows)));
  }

  private static SourceRow toSource(@Nullable Row row) {
    if (row == null || row.line() < 1 || row.fields() == null) {
      throw new InvalidInputException(
          "import.incomplete", "Each row must have \"line\", from 1, and \"fields\"");
    }
    var filled = new LinkedHashMap<String, String>();
    row.fields()
        .forEach((name, text) -> {
          if (text != null) {
            filled.put(name, text);
          }
        });
    return new SourceRow(row.line(), filled);
  }

  /**
   * Rows of a source.
   *
   * @param source our name for the portal or file
   * @param run names the import of which this call is a part; where it is absent, the call is an
   *     import in itself
   */
  record Request(
      @Nullable String source, @Nullable List<@Nullable Row> rows, @Nullable String run) {}

  /** A row by the names its source gives the fields. */
  record Row(long line, @Nullable Map<String, @Nullable String> fields) {}

  /** What became of each row, in their order. */
  record Response(List<RowResult> results) {}
}
