package io.leadloom.local;

import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a stack is started.
 *
 * @param template the SAM template
 * @param data the folder of everything that outlives the process; one stack at a time uses it
 * @param port of the HTTP API; 0 for any free one
 * @param awsPort of the AWS services; 0 for any free one
 * @param clock the time of the engine, the schedules and the functions; the caller closes it
 * @param parameters values of the template's parameters instead of their defaults, and {@code
 *     SesUrl}, where SES is played, without a slash at the end
 * @param environment prepares the process for the functions
 */
public record StackOptions(
    Path template,
    Path data,
    int port,
    int awsPort,
    StackClock clock,
    Map<String, String> parameters,
    FunctionEnvironment environment) {}
