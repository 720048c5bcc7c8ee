/**
 * The trades as data: mapping, knowledge, scoring, templates and cadence of each pack.
 *
 * <p>A new trade is a file {@code packs/<id>.yaml} that extends {@code us} and a line in {@code
 * packs/index.yaml}. {@link io.leadloom.packs.Packs} checks it as it loads and names every mistake
 * with its path. Words in rules are compared as whole words, without case and punctuation; {@code
 * sprinkler*} stands for all words that begin so.
 */
@NullMarked
package io.leadloom.packs;

import org.jspecify.annotations.NullMarked;
