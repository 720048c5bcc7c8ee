package io.leadloom.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An {@code AWS::DynamoDB::Table}.
 *
 * @param createTable the body of the CreateTable call
 * @param ttlAttribute the attribute with the second of expiry
 */
public record TableResource(String name, JsonNode createTable, Optional<String> ttlAttribute) {}
