package io.leadloom.packs;

import io.leadloom.model.fault.InvalidInputException;
import java.util.List;

/**
 * What third parties and the cloud cost us by the unit, so that the cost of a lead can be summed.
 * List prices; a tenant's settings may hold its own.
 *
 * @param units one line a thing paid for
 */
public record Costs(List<UnitCost> units) {

  public Costs {
    units = List.copyOf(units);
  }

  /**
   * The price of a number of units in micro-US-dollars.
   *
   * @throws InvalidInputException if no line has the id
   */
  public long microUsd(String id, long quantity) {
    return units.stream()
        .filter(unit -> unit.id().equals(id))
        .findFirst()
        .map(unit -> Math.multiplyExact(unit.microUsd(), quantity))
        .orElseThrow(() ->
            new InvalidInputException(
                "cost.unknown",
                "no unit cost \"%s\"; known are %s"
                    .formatted(id, units.stream().map(UnitCost::id).toList())));
  }
}
