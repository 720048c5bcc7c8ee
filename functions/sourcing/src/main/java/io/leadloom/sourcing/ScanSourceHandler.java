package io.leadloom.sourcing;

import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The "Read page" step of {@code source-scan.asl.json}. */
public final class ScanSourceHandler
    extends StepHandler<ScanSourceHandler.Request, ScanSourceHandler.Response> {

  private final ScanSource scanSource;

  /** Called by the Lambda runtime, once per execution environment. */
  public ScanSourceHandler() {
    this(Wiring.bean(ScanSource.class), Wiring.bean(Invocations.class));
  }

  ScanSourceHandler(ScanSource scanSource, Invocations invocations) {
    super(Request.class, invocations);
    this.scanSource = scanSource;
  }

  @Override
  protected Response handle(Request request) {
    var page =
        scanSource.run(
            TenantId.of(request.tenantId()),
            request.source(),
            request.url(),
            request.correlationId(),
            request.cursor());
    return new Response(
        page.last() ? "DONE" : "MORE",
        page.cursor(),
        page.rows(),
        page.leads(),
        page.joined(),
        page.fresh(),
        page.setAside());
  }

  /**
   * Which page of which table to take in.
   *
   * @param source our name for it
   * @param url its address at a portal; see {@link SourceUrl}
   * @param correlationId name of the execution, and so of the import
   * @param cursor where the page before ended; absent or null for the first
   */
  public record Request(
      String tenantId, String source, String url, String correlationId, @Nullable String cursor) {}

  /**
   * What became of it.
   *
   * @param outcome {@code MORE} where another page follows, else {@code DONE}
   * @param fresh how many rows were new
   * @param setAside rows set aside by reason
   */
  public record Response(
      String outcome,
      String cursor,
      int rows,
      int leads,
      int joined,
      int fresh,
      Map<String, Integer> setAside) {}
}
