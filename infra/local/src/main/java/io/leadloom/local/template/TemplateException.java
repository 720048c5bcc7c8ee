package io.leadloom.local.template;

/** A template that cannot be run here. The message names file and line, and the way out. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TemplateException(Place at, String message) {
    super(at + ": " + message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
