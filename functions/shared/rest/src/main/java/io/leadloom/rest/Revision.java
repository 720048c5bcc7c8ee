package io.leadloom.rest;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which revisions a caller is content with, as its If-Match says.
 *
 * @param tags the tags it named; {@code *} is any
 */
public record Revision(Set<String> tags) {

  /** Any revision. */
  static final Revision ANY = new Revision(Set.of("*"));

  /** What the header says. */
  static Revision of(String ifMatch) {
    return new Revision(
        Arrays.stream(ifMatch.split(",")).map(String::strip).collect(Collectors.toSet()));
  }

  /** The tag of a revision, for the header ETag. */
  static String tag(long revision) {
    return "\"" + revision + "\"";
  }

  /** Goes on only if this is a revision that the caller saw. */
  public void require(long revision) {
    if (!tags.contains("*") && !tags.contains(tag(revision))) {
      throw new Refusal(
          412,
          "revision.changed",
          "It was changed since; read it again and send the ETag of that answer as If-Match");
    }
  }
}
