/** What is at the other end of the REST API: a client that is generated from its document. */
@org.jspecify.annotations.NullMarked
package io.leadloom.client;
