package io.leadloom.local.template;

/**
 * An {@code AWS::Serverless::StateMachine}.
 *
 * @param definition the States Language text after substitution
 * @param type {@code STANDARD} or {@code EXPRESS}
 */
public record StateMachineResource(String name, String arn, String definition, String type) {}
