package io.leadloom.model;

/** A constant with a name of its own on the wire, where the lower-case one would not do. */
public interface Coded {

  /** Its name on the wire. */
  String code();
}
