package io.leadloom.cloud.suite;

import io.leadloom.model.fault.PermanentException;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.QueueHandler;
import io.leadloom.platform.Wiring;

/** Counts the orders of a queue, but for bad ones. */
public final class OrdersHandler extends QueueHandler<OrdersHandler.Order> {

  /** An order. */
  public record Order(String id, boolean bad) {}

  /** Called by the Lambda runtime. */
  public OrdersHandler() {
    super(Order.class, Wiring.bean(Invocations.class));
  }

  @Override
  protected void handle(Order order) {
    Items.count("order#" + order.id());
    if (order.bad()) {
      throw new PermanentException("order.bad", "The order " + order.id() + " is bad");
    }
  }
}
