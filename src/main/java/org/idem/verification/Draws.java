package org.idem.verification;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.idem.space.Configuration;
import org.idem.theorem.Theorem;

/** The configurations of a theorem's trials, in the order of a run. */
public final class Draws {
    /** Times that a configuration which came before is drawn again, before the draws are said to repeat themselves. */
    private static final int MOST_REPEATS = 100;

    private final Theorem<?> theorem;
    private final SplittableRandom seeds;
    private final Set<Configuration> drawn = new HashSet<>();

    /**
     * Begins with the first.
     *
     * @param theorem whose space is drawn from
     * @param seed of the run
     */
    public Draws(Theorem<?> theorem, long seed) {
        this.theorem = theorem;
        seeds = new SplittableRandom(seed ^ ((long) theorem.id().hashCode() << 32));
    }

    /**
     * Draws a configuration that was not drawn before: exact binomial limits need independent trials.
     *
     * @return the next one
     * @throws IllegalStateException if only earlier ones come
     */
    public Configuration next() {
        for (int attempt = 0; attempt < MOST_REPEATS; attempt++) {
            Configuration configuration = theorem.draw(seeds.nextLong());
            if (drawn.add(configuration)) {
                return configuration;
            }
        }
        throw new IllegalStateException("trials of " + theorem.id()
                + " must differ in configuration or seed, got the same ones again and again");
    }
}
