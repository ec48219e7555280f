package org.idem.theorem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.idem.space.Configuration;
import org.idem.theorem.FalseVariant.WrongClaim;
import org.idem.theorem.FalseVariant.WrongConstruction;

/**
 * One configuration of a theorem with its networks run.
 *
 * @param theorem the theorem
 * @param configuration a point of its space
 * @param scenario what follows from it
 * @param observation what the networks did
 * @param <S> what one trial works on
 */
public record Trial<S>(Theorem<S> theorem, Configuration configuration, S scenario, Observation observation) {
    /**
     * Runs the networks of a configuration.
     *
     * @param theorem the theorem
     * @param configuration a point of its space
     * @param <S> what one trial works on
     * @return the trial
     */
    public static <S> Trial<S> run(Theorem<S> theorem, Configuration configuration) {
        try {
            S scenario = theorem.scenario(configuration);
            return new Trial<>(theorem, configuration, scenario, theorem.observe(scenario));
        } catch (RuntimeException failure) {
            throw new TrialFailure(theorem, configuration, failure);
        }
    }

    /**
     * Runs the networks of several configurations, together where the theorem knows how.
     *
     * @param theorem the theorem
     * @param configurations points of its space
     * @param <S> what one trial works on
     * @return trials in the same order, the same as one by one
     */
    public static <S> List<Trial<S>> run(Theorem<S> theorem, List<Configuration> configurations) {
        try {
            List<S> scenarios = configurations.stream().map(theorem::scenario).toList();
            List<Observation> observations = theorem.observeAll(scenarios);
            List<Trial<S>> trials = new ArrayList<>();
            for (int i = 0; i < scenarios.size(); i++) {
                trials.add(new Trial<>(theorem, configurations.get(i), scenarios.get(i), observations.get(i)));
            }
            return trials;
        } catch (RuntimeException failure) {
            // one by one, to learn which it was
            return configurations.stream()
                    .map(configuration -> run(theorem, configuration))
                    .toList();
        }
    }

    /**
     * What the trial says about the theorem.
     *
     * @return the evidence
     */
    public Evidence evidence() {
        return guarded(() -> against(observation, () -> theorem.claim(scenario)));
    }

    /**
     * What the trial says about a false variant. A wrong claim is compared with the networks that already ran.
     *
     * @param variant one of the theorem's
     * @return the evidence
     */
    public Evidence evidence(FalseVariant<S> variant) {
        return guarded(() -> {
            if (variant instanceof WrongClaim<S> wrong) {
                return against(observation, () -> wrong.claim().apply(scenario));
            }
            S built = ((WrongConstruction<S>) variant).scenario().apply(scenario);
            return against(theorem.observe(built), () -> theorem.claim(scenario));
        });
    }

    private Evidence guarded(Supplier<Evidence> evidence) {
        try {
            return evidence.get();
        } catch (RuntimeException failure) {
            throw new TrialFailure(theorem, configuration, failure);
        }
    }

    /** Computes the claim only if there is an observation to compare with it. */
    private static Evidence against(Observation observation, Supplier<Claim> claim) {
        return observation instanceof Observation.Nothing nothing
                ? nothing.reason()
                : claim.get().against(observation);
    }
}
