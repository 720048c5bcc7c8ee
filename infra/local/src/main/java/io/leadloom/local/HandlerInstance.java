package io.leadloom.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JavaType;
import io.leadloom.local.template.FunctionResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/** One warm instance of a function; it serves one request at a time. */
interface HandlerInstance {

  /** Runs the handler on JSON bytes; whatever it throws is thrown on. */
  byte[] handle(byte[] payload, Context context) throws Exception;

  /**
   * Constructs the handler of a function, as the Lambda runtime does at a cold start.
   *
   * @throws Exception whatever the constructor throws
   */
  static HandlerInstance create(FunctionResource function) throws Exception {
    var type = handlerClass(function);
    Object handler;
    try {
      handler = type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
    return switch (handler) {
      case RequestStreamHandler stream -> new OfStreams(stream);
      case RequestHandler<?, ?> typed -> {
        var parameters = Json.MAPPER.constructType(type).findTypeParameters(RequestHandler.class);
        yield new Typed(cast(typed), parameters[0]);
      }
      default ->
          throw new IllegalStateException(
              "The handler "
                  + function.handler()
                  + " of "
                  + function.id()
                  + " implements neither RequestHandler nor RequestStreamHandler");
    };
  }

  /** The class behind a function's Handler property; fails when it cannot be a handler. */
  static Class<?> handlerClass(FunctionResource function) throws ClassNotFoundException {
    var handler = function.handler();
    var separator = handler.indexOf("::");
    var name = separator < 0 ? handler : handler.substring(0, separator);
    if (separator >= 0 && !handler.endsWith("::handleRequest")) {
      throw new ClassNotFoundException(
          handler + " of " + function.id() + ": only the method handleRequest is called here");
    }
    var loader = Thread.currentThread().getContextClassLoader();
    return Class.forName(
        name, true, loader == null ? HandlerInstance.class.getClassLoader() : loader);
  }

  @SuppressWarnings("unchecked")
  private static RequestHandler<Object, Object> cast(RequestHandler<?, ?> handler) {
    return (RequestHandler<Object, Object>) handler;
  }

  /** A handler that reads and writes JSON itself. */
  record OfStreams(RequestStreamHandler handler) implements HandlerInstance {
    @Override
    public byte[] handle(byte[] payload, Context context) throws IOException {
      var output = new ByteArrayOutputStream();
      handler.handleRequest(new ByteArrayInputStream(payload), output, context);
      return output.toByteArray();
    }
  }

  /** A handler of objects, which become JSON at the boundary. */
  record Typed(RequestHandler<Object, Object> handler, JavaType input) implements HandlerInstance {
    @Override
    public byte[] handle(byte[] payload, Context context) {
      Object request;
      try {
        request = Json.MAPPER.readValue(payload, input);
      } catch (IOException e) {
        // Of this type and text, as Lambda's Java runtime has it.
        throw new RuntimeException("An error occurred during JSON parsing", e);
      }
      return Json.bytes(handler.handleRequest(request, context));
    }
  }
}
