/** Tests of the launcher at the root of the repository, run as a person's shell runs it. */
@NullMarked
package io.leadloom.cli.launcher;

import org.jspecify.annotations.NullMarked;
