package io.leadloom.states;

import org.jspecify.annotations.Nullable;

/**
 * Puts the results of a distributed Map into S3.
 *
 * @param resource the call that stores an object, as {@link TaskServices} names it
 */
record ResultWriter(String resource, @Nullable Template arguments) {}
