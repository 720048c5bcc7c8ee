package io.leadloom.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The form a text must have. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Form {

  /** An id of ours; see {@link io.leadloom.model.Ids#check}. */
  String ID = "^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$";

  /** An e-mail address, as far as a form tells one. */
  String EMAIL = "^[^@\\s]{1,64}@[^@\\s.]{1,63}(\\.[^@\\s.]{1,63})+$";

  /** A regular expression that the whole text matches. */
  String pattern() default "";

  /** A format of JSON Schema, such as {@code uri}. */
  String format() default "";
}
