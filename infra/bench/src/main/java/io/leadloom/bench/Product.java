package io.leadloom.bench;

import java.net.URI;
import java.util.List;

/**
 * A running product with tenants.
 *
 * @param api address of its HTTP API
 * @param aws address of the AWS services
 * @param lifecycle ARN of the state machine of leads
 * @param tokens of members of the tenants, one of each
 */
public record Product(URI api, URI aws, String lifecycle, List<String> tokens) {

  /** Keeps a copy of the tokens. */
  public Product {
    tokens = List.copyOf(tokens);
  }
}
