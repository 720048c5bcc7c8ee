package io.leadloom.sourcing;

import io.leadloom.rest.About;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a source, to be taken in. */
@About("Rows of a source, to be taken in.")
record NewImport(
    @About("The campaign it is for; 'default' if absent") @Nullable @Form(pattern = Form.ID)
        String campaignId,
    @About("Your name for where the rows come from") @Form(pattern = Form.ID) String source,
    @About(
            "Where a file comes as several imports: one name for all of them. Begin the next when the"
                + " one before has ended, so that a row further down is found to be a duplicate")
        @Nullable
        @Form(pattern = Form.ID)
        String run,
    @Length(max = ImportLimits.ROWS) List<Row> rows) {

  /** A row by the names its source gives the fields. */
  record Row(
      @About("Where it starts in its file, from 1") @Range(min = 1, max = 1_000_000_000) long line,
      @About("Texts by the names that the source gives them") Map<String, String> fields) {

    /** Leaves out a column without a name: no source's mapping asks for it, no table keeps it. */
    Row {
      fields = new LinkedHashMap<>(fields);
      fields.remove("");
    }
  }
}
