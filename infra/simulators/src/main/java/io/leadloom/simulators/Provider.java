package io.leadloom.simulators;

/** The simulator of one third party. */
interface Provider {

  /** The vendor's answer; an error may also be thrown as a {@link Refusal}. */
  Answer handle(Call call);

  /** What the vendor says to who asks too often. */
  Answer tooManyRequests();
}
