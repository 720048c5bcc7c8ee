package io.leadloom.rest;

import java.util.List;

/** Operations on one kind of thing. A group declares its own as a bean; the API collects them. */
public interface Resource {

  /** The operations, in the order in which the document lists them. */
  List<Operation<?, ?, ?>> operations();
}
