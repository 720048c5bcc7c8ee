/** What Leadloom relies upon at AWS, stated as tests, with functions that are deployed for them. */
@org.jspecify.annotations.NullMarked
package io.leadloom.cloud.suite;
