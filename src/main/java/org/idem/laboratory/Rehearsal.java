package org.idem.laboratory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes what a study writes when all networks are trained, to see how long that takes. */
@FunctionalInterface
public interface Rehearsal {
    /**
     * Writes.
     *
     * @param rows a row for each network; results are those of narrow networks
     * @param arrays of these results
     * @param folder for the report, which is deleted afterwards
     * @throws IOException if something cannot be written
     */
    void write(List<StudyResults.Row> rows, StudyResults.Arrays arrays, Path folder) throws IOException;
}
