package org.idem.laboratory;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.idem.array.Array;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.result.RunResult;
import org.idem.wording.Count;

/**
 * What is there of a study, in the order of its grid.
 *
 * @param name of the study
 * @param title what it is about, for people
 * @param expected networks of the whole study
 * @param rows those that are finished
 * @param arrays reads arrays
 */
public record StudyResults(String name, String title, int expected, List<Row> rows, Arrays arrays) {
    /** Copies the list. */
    public StudyResults {
        rows = List.copyOf(rows);
    }

    /**
     * A network of the study. Points that describe equal networks share a result.
     *
     * @param point words on all axes, as asked for
     * @param seed of the initial weights
     * @param result what its run left
     */
    public record Row(Point point, long seed, RunResult result) {}

    /**
     * Images that networks were trained and tested on.
     *
     * @param tests names of the test images, in the order of {@code output-0}, …
     * @param groups their kinds
     * @param arrays {@code train} and {@code target}, examples first; {@code input-i} and {@code identity-i} of test
     *     image i, without an axis for examples
     */
    public record Images(List<String> tests, List<String> groups, Map<String, Array> arrays) {
        /**
         * One of the arrays.
         *
         * @param name that the store gives to every network's images, such as {@code target}
         * @return that array
         * @throws IllegalArgumentException if the store has none of this name
         */
        public Array array(String name) {
            Array array = arrays.get(name);
            if (array == null) {
                throw new IllegalArgumentException("the store has no array " + name);
            }
            return array;
        }
    }

    /** Arrays that are read when they are asked for. */
    public interface Arrays {
        /**
         * What a run left besides its result.
         *
         * @param key of the run
         * @return see {@link org.idem.laboratory.run.Trained}, and what theorems say of single images, see
         *     {@link org.idem.laboratory.prediction.Predicted}; empty if there is nothing
         * @throws IOException if they cannot be read
         */
        Optional<Map<String, Array>> ofRun(String key) throws IOException;

        /**
         * Images of runs.
         *
         * @param digest of the images, as results have it
         * @return the images; empty if they are not kept
         * @throws IOException if they cannot be read
         */
        Optional<Images> images(String digest) throws IOException;
    }

    /**
     * Whether networks are convolutional.
     *
     * @return false if they are fully connected, or there are none
     */
    public boolean convolutional() {
        return !rows.isEmpty() && rows.get(0).point().convolutional();
    }

    /**
     * Axes on which rows differ.
     *
     * @return names in the order of tables
     */
    public List<String> varied() {
        return Point.differing(rows.stream().map(Row::point).toList());
    }

    /**
     * Says that fewer networks were trained than the study has, as some are equal to others: axes on which they differ
     * do not matter to them.
     *
     * @return goes on after a number of networks; empty if no two are equal
     */
    public String repeated() {
        long trained = rows.stream().map(row -> row.result().key()).distinct().count();
        long again = rows.size() - trained;
        return again == 0
                ? ""
                : " (in " + Count.of(trained, "training") + ", as " + Count.of(again, "network")
                        + Count.word(again, " is equal to another)", " are equal to others)");
    }
}
