/** The trades as data: sources, mapping, knowledge, scoring, templates and cadence of each pack. */
@NullMarked
package io.leadloom.packs;

import org.jspecify.annotations.NullMarked;
