package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.fault.InvalidInputException;
import org.junit.jupiter.api.Test;

class PacksTest {

  private final Packs packs = new Packs();

  @Test
  void everyPackLoadsUnderItsOwnId() {
    assertThat(packs.ids()).containsExactly("fire-safety", "roofing");
    assertThat(packs.ids()).allSatisfy(id -> assertThat(packs.load(id).id()).isEqualTo(id));
  }

  @Test
  void unknownPackNamesTheKnownOnes() {
    assertThatThrownBy(() -> packs.load("plumbing"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("there is no pack \"plumbing\"; use one of fire-safety, roofing");
  }

  @Test
  void costsAreKnownByUnit() {
    assertThat(packs.costs().microUsd("resend.email", 1000)).isEqualTo(400_000);
    assertThatThrownBy(() -> packs.costs().microUsd("fax", 1)).hasMessageContaining("resend.email");
  }
}
