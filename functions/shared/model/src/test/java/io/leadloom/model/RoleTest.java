package io.leadloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.fault.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

  @ParameterizedTest
  @CsvSource({
    "viewer, approvals:read campaigns:read leads:read members:read settings:read sources:read"
        + " suppressions:read usage:read",
    "member, approvals:decide approvals:read campaigns:read campaigns:write leads:read leads:write"
        + " members:read settings:read sources:read sources:write suppressions:read"
        + " suppressions:write usage:read",
    "admin, approvals:decide approvals:read audit:read campaigns:read campaigns:write keys:read"
        + " keys:write leads:read leads:write members:read members:write settings:read"
        + " settings:write sources:read sources:write suppressions:read suppressions:write"
        + " usage:read webhooks:read webhooks:write",
    "owner, approvals:decide approvals:read audit:read campaigns:read campaigns:write keys:read"
        + " keys:write leads:read leads:write members:read members:write plan:write settings:read"
        + " settings:write sources:read sources:write suppressions:read suppressions:write"
        + " usage:read webhooks:read webhooks:write"
  })
  void eachRoleMayJustThis(String role, String permissions) {
    assertThat(
            Arrays.stream(Permission.values())
                .filter(Role.of(role)::may)
                .map(Permission::code)
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(permissions);
  }

  @Test
  void codesAreReadBackAndOthersRefused() {
    for (var permission : Permission.values()) {
      assertThat(Permission.of(permission.code())).isEqualTo(permission);
    }
    assertThatThrownBy(() -> Permission.of("leads:eat"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leads:read");
    assertThatThrownBy(() -> Role.of("god")).isInstanceOf(InvalidInputException.class);
  }
}
