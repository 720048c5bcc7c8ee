package io.leadloom.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Notes each run of the schedule. */
public final class TickHandler implements RequestHandler<Map<String, Object>, String> {

  /** Called by the stack. */
  public TickHandler() {}

  @Override
  public String handleRequest(Map<String, Object> event, Context context) {
    Recorder.TICKS.add(String.valueOf(event.get("time")));
    return "ticked";
  }
}
