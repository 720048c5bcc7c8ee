/** The leadloom command: up, demo, import. */
@NullMarked
package io.leadloom.cli;

import org.jspecify.annotations.NullMarked;
