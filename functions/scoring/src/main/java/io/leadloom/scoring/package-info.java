/** The score of a lead and the reason of each of its points. */
@NullMarked
package io.leadloom.scoring;

import org.jspecify.annotations.NullMarked;
