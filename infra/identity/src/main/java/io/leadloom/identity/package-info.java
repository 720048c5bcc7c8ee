/** Signs people in on one machine, as Amazon Cognito does in the cloud. */
@NullMarked
package io.leadloom.identity;

import org.jspecify.annotations.NullMarked;
