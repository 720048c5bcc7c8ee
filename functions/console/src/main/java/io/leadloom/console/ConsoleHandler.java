package io.leadloom.console;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import java.util.Optional;

/**
 * The console: {@code GET /}, {@code /leads}, {@code /leads/{leadId}}, {@code /approvals}, {@code
 * /replies} and {@code /webhooks}. The tenant is named by the query; without one, the only tenant
 * is shown, or a choice.
 */
public final class ConsoleHandler extends HttpHandler {

  private final Console console;
  private final Tenants tenants;

  /** Called by the Lambda runtime, once per execution environment. */
  public ConsoleHandler() {
    this(Wiring.bean(Console.class), Wiring.bean(Tenants.class), Wiring.bean(Invocations.class));
  }

  ConsoleHandler(Console console, Tenants tenants, Invocations invocations) {
    super(invocations);
    this.console = console;
    this.tenants = tenants;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    return tenant(request)
        .map(tenant -> HttpResponse.html(200, page(request, tenant)))
        .orElseGet(() -> HttpResponse.html(200, console.tenants(tenants.ids())));
  }

  private String page(HttpRequest request, TenantId tenant) {
    if (!request.pathParameter("leadId").isEmpty()) {
      return console.lead(tenant, LeadId.of(request.pathParameter("leadId")));
    }
    return switch (request.path()) {
      case "/" -> console.pipeline(tenant);
      case "/leads" ->
          console.leads(
              tenant,
              request
                  .queryParameter("stage")
                  .flatMap(Stages::of)
                  .orElseGet(() -> console.fullest(tenant)));
      case "/approvals" -> console.approvals(tenant);
      case "/replies" -> console.replies(tenant);
      case "/webhooks" -> console.webhooks(tenant);
      default ->
          throw new NotFoundException("page.not-found", "There is no page " + request.path());
    };
  }

  private Optional<TenantId> tenant(HttpRequest request) {
    var named = request.queryParameter("tenant").filter(name -> !name.isEmpty());
    if (named.isPresent()) {
      return Optional.of(tenants.get(TenantId.of(named.get())).id());
    }
    var all = tenants.ids();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }
}
