package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.fault.InvalidInputException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of tables, as people copy them. */
class SourceUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://data.city.example/resource/abcd-1234.json, SOCRATA, https://data.city.example, abcd-1234",
    "https://data.city.example/resource/abcd-1234, SOCRATA, https://data.city.example, abcd-1234",
    "https://data.city.example/resource/abcd-1234.json?$limit=5, SOCRATA, https://data.city.example, abcd-1234",
    "https://data.city.example/api/v3/views/abcd-1234/query.json, SOCRATA, https://data.city.example, abcd-1234",
    "https://data.city.example/d/abcd-1234, SOCRATA, https://data.city.example, abcd-1234",
    "https://data.city.example/Buildings/Permits-2026/abcd-1234/about_data, SOCRATA, https://data.city.example, abcd-1234",
    "http://127.0.0.1:99/socrata/abcd-1234/resource/abcd-1234.json, SOCRATA, http://127.0.0.1:99/socrata/abcd-1234, abcd-1234",
    "https://data.city.example/api/3/action/datastore_search?resource_id=1f0c-22&limit=5, CKAN, https://data.city.example, 1f0c-22",
    "https://city.example/open/api/action/datastore_search?limit=5&resource_id=r1, CKAN, https://city.example/open, r1",
    "https://data.city.example/dataset/permits/resource/1f0c2c1e-22, CKAN, https://data.city.example, 1f0c2c1e-22",
    "https://data.city.example/dataset/permits/resource/1f0c-22/download/p.csv, CKAN, https://data.city.example, 1f0c-22",
    "http://127.0.0.1:99/ckan/r1/dataset/permits/resource/r1, CKAN, http://127.0.0.1:99/ckan/r1, r1",
  })
  void addressesAreUnderstood(String url, SourceUrl.Kind kind, URI portal, String id) {
    assertThat(SourceUrl.parse(url)).isEqualTo(new SourceUrl(kind, portal, id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "permits.csv",
        "ftp://data.city.example/resource/abcd-1234.json",
        "file:///etc/passwd",
        "https:///resource/abcd-1234.json",
        "https://user@data.city.example/resource/abcd-1234.json",
        "https://data.city.example/",
        "https://data.city.example/permits.csv",
        "https://data.city.example/api/3/action/datastore_search",
        "not a url at all"
      })
  void othersAreRefused(String url) {
    assertThatThrownBy(() -> SourceUrl.parse(url)).isInstanceOf(InvalidInputException.class);
  }
}
