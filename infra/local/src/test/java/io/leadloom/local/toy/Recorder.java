package io.leadloom.local.toy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the toy functions saw. */
public final class Recorder {

  /** The bodies of orders in the order of their processing. */
  public static final List<String> ORDERS = new CopyOnWriteArrayList<>();

  /** The times of schedule events. */
  public static final List<String> TICKS = new CopyOnWriteArrayList<>();

  /** The bodies of each batch of a queue. */
  public static final List<List<String>> BATCHES = new CopyOnWriteArrayList<>();

  /** The changes in each batch of a stream. */
  public static final List<List<String>> CHANGES = new CopyOnWriteArrayList<>();

  private Recorder() {}
}
