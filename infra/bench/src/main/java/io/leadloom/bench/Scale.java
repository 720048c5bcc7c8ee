package io.leadloom.bench;

/**
 * How much is measured.
 *
 * @param sequential how many executions run one after another
 * @param concurrent how many run at once
 */
record Scale(int sequential, int concurrent) {

  static final Scale FULL = new Scale(300, 1_000);
}
