package io.leadloom.platform;

import io.leadloom.model.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What credentials narrowed to a tenant may do to the table: an IAM session policy, which counts
 * together with the policy of the role. There is no Scan, and a request without leading keys is
 * refused by the condition {@code Null}: {@code ForAllValues} alone would let it pass.
 */
public final class TenantPolicy {

  private TenantPolicy() {}

  /** The policy document for a tenant's work on a table. */
  public static String document(String table, TenantId tenant) {
    var arn = "arn:*:dynamodb:*:*:table/" + table;
    return Json.write(
        Map.of(
            "Version",
            "2012-10-17",
            "Statement",
            List.of(
                allow(
                    List.of(
                        "BatchGetItem",
                        "ConditionCheckItem",
                        "DeleteItem",
                        "GetItem",
                        "PutItem",
                        "Query",
                        "UpdateItem"),
                    List.of(arn, arn + "/index/*"),
                    Keys.patternsOf(tenant)),
                // Rules that hold for all tenants are read, also together with the tenant's own.
                allow(List.of("BatchGetItem", "GetItem"), List.of(arn), Keys.patternsRead(tenant)),
                // Pointers that lead to a tenant are written, and read by nobody who is in one.
                allow(List.of("DeleteItem", "PutItem"), List.of(arn), Keys.patternsOfPointers()))));
  }

  private static Map<String, Object> allow(
      List<String> actions, List<String> resources, List<String> leadingKeys) {
    var statement = new LinkedHashMap<String, Object>();
    statement.put("Effect", "Allow");
    statement.put("Action", actions.stream().map("dynamodb:"::concat).toList());
    statement.put("Resource", resources);
    statement.put(
        "Condition",
        Map.of(
            "ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", leadingKeys),
            "Null", Map.of("dynamodb:LeadingKeys", "false")));
    return statement;
  }
}
