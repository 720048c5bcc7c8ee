package io.leadloom.local.template;

import java.net.URI;
import java.util.Map;

/**
 * What a template is told about the stack that it becomes.
 *
 * @param names region and account of all ARNs
 * @param apiUrl where the HTTP API answers
 * @param awsUrl where the AWS services answer
 * @param parameters values of template parameters, instead of their defaults
 */
public record Deployment(Names names, URI apiUrl, URI awsUrl, Map<String, String> parameters) {}
