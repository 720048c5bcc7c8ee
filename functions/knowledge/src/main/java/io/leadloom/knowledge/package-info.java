/** The code rules that apply to a lead and the case studies that speak to it. */
@NullMarked
package io.leadloom.knowledge;

import org.jspecify.annotations.NullMarked;
