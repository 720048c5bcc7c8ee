package io.leadloom.bench;

/** What a quiet tenant waits for. */
enum Measure {
  CREATE("POST a lead"),
  LIST("GET the list of leads"),
  GET("GET a lead"),

  /** Without the time that every lead waits for further signals. */
  DRAFT("a lead's draft waits for approval");

  private final String text;

  Measure(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
