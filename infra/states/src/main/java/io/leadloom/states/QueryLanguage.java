package io.leadloom.states;

/** The language of the expressions in a state. */
enum QueryLanguage {
  JSONATA,
  JSON_PATH
}
