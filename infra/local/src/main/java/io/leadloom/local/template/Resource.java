package io.leadloom.local.template;

/**
 * A resource of a template before its properties are evaluated.
 *
 * @param id the logical id
 * @param type for example {@code AWS::SQS::Queue}
 */
record Resource(Place at, String id, String type, TemplateNode.Mapping properties) {

  String label() {
    return id + " (" + type + ")";
  }
}
