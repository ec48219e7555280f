package org.idem.verification.share;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all shares of one run have in common.
 *
 * @param version of the program
 * @param seed of the run
 * @param trials per theorem
 * @param confidence joint confidence of the guarantees
 * @param ids theorems as the user named them, empty for all
 * @param engine word of --engine, null without
 * @param images word of --images, null without
 * @param classpath word of --classpath, null without
 */
public record RunDescription(
        String version,
        long seed,
        int trials,
        double confidence,
        List<String> ids,
        @Nullable String engine,
        @Nullable String images,
        @Nullable String classpath)
        implements Serializable {
    /** Copies the list. */
    public RunDescription {
        ids = List.copyOf(ids);
    }

    /**
     * The same with another seed.
     *
     * @param other seed
     * @return a run
     */
    public RunDescription withSeed(long other) {
        return new RunDescription(version, other, trials, confidence, ids, engine, images, classpath);
    }

    /**
     * The same of another version.
     *
     * @param other version
     * @return a run
     */
    public RunDescription ofVersion(String other) {
        return new RunDescription(other, seed, trials, confidence, ids, engine, images, classpath);
    }

    /**
     * In what another run differs.
     *
     * @param other run
     * @return name and both values of the first difference; null if there is none
     */
    @Nullable
    String differenceTo(RunDescription other) {
        List<String> names = List.of(
                "version", "--seed", "--trials", "--confidence", "theorems", "--engine", "--images", "--classpath");
        List<Object> mine = values();
        List<Object> its = other.values();
        for (int i = 0; i < names.size(); i++) {
            if (!mine.get(i).equals(its.get(i))) {
                return names.get(i) + " " + mine.get(i) + " and " + its.get(i);
            }
        }
        return null;
    }

    private List<Object> values() {
        return List.of(
                version,
                seed,
                trials,
                confidence,
                ids.isEmpty() ? "all" : String.join(" ", ids),
                said(engine),
                said(images),
                said(classpath));
    }

    private static String said(@Nullable String word) {
        return word == null ? "not given" : word;
    }
}
