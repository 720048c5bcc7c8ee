/**
 * The vocabulary: tenants, leads, drafts, touches, money and faults; no AWS, no framework, no JSON.
 */
@NullMarked
package io.leadloom.model;

import org.jspecify.annotations.NullMarked;
