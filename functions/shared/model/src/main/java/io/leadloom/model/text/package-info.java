/**
 * What a mail says of itself, told by rules and before anything guesses: which part its writer
 * wrote, whether a machine sent it, whether it asks not to be written to.
 */
@NullMarked
package io.leadloom.model.text;

import org.jspecify.annotations.NullMarked;
