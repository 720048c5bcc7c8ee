/** Tests over modules, template.yaml and statemachines/. */
@NullMarked
package io.leadloom.architecture;

import org.jspecify.annotations.NullMarked;
