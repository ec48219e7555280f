package org.idem.verification;

import java.util.List;
import org.idem.execution.Crew;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;

/** Where a verifier gets its trials from: it runs them, or reads what other processes saw. */
public interface TrialSource {
    /** Runs every trial here and now, on all processors. */
    TrialSource HERE = new TrialSource() {
        @Override
        public <S> List<Seen<S>> trials(Theorem<S> theorem, int first, List<Configuration> block) {
            List<Trial<S>> done = Crew.inParts(block, part -> Trial.run(theorem, part));
            return done.stream().map(trial -> (Seen<S>) new Run<>(trial)).toList();
        }
    };

    /**
     * Neighbouring trials of a theorem.
     *
     * @param theorem which
     * @param first place of the first of them in the theorem's run, from 0
     * @param block their configurations, as {@link Draws} gives them
     * @param <S> what one trial works on
     * @return what they showed, in that order
     */
    <S> List<Seen<S>> trials(Theorem<S> theorem, int first, List<Configuration> block);

    /**
     * A trial that was run here.
     *
     * @param trial with its networks run
     * @param <S> what one trial works on
     */
    record Run<S>(Trial<S> trial) implements Seen<S> {
        @Override
        public Configuration configuration() {
            return trial.configuration();
        }

        @Override
        public Evidence evidence() {
            return trial.evidence();
        }

        @Override
        public Evidence evidence(FalseVariant<S> variant) {
            return trial.evidence(variant);
        }
    }
}
