/** The deployed product, tried out from this machine. */
@org.jspecify.annotations.NullMarked
package io.leadloom.cloud;
