package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as it is stored.
 *
 * @param revision the id of its present definition
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Machine(
    String arn,
    String name,
    String type,
    String definition,
    String roleArn,
    String revision,
    long createdMillis,
    @Nullable JsonNode loggingConfiguration,
    @Nullable JsonNode tracingConfiguration,
    @Nullable JsonNode tags) {

  Machine withTags(JsonNode others) {
    return new Machine(
        arn,
        name,
        type,
        definition,
        roleArn,
        revision,
        createdMillis,
        loggingConfiguration,
        tracingConfiguration,
        others);
  }

  boolean express() {
    return type.equals("EXPRESS");
  }
}
