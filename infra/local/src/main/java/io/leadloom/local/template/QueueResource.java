package io.leadloom.local.template;

import java.util.Map;

/**
 * An {@code AWS::SQS::Queue}.
 *
 * @param attributes as CreateQueue takes them
 */
public record QueueResource(String name, String arn, Map<String, String> attributes) {}
