package org.idem.theorem.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Horizon;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalRun;
import org.idem.theory.exact.ExactClosedForm;
import org.idem.training.exact.ExactForwardPass;
import org.idem.training.exact.ExactTrainer;

/**
 * One small configuration, drawn from a seed, in which theory and training must give equal fractions; prints as a line
 * that {@link #parse} reads.
 *
 * @param part the statement
 * @param seed determines everything else
 */
public record ExactInstance(ExactPart part, long seed) {
    /**
     * Reads what {@link #toString} printed.
     *
     * @param line for instance T1.steps seed=7
     * @return the instance
     * @throws IllegalArgumentException if the line has another form or names an unknown part
     */
    public static ExactInstance parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != 2 || !words[1].matches("seed=-?\\d+")) {
            throw new IllegalArgumentException("an exact instance reads 'PART seed=NUMBER', got '" + line + "'");
        }
        try {
            return new ExactInstance(ExactPart.of(words[0]), Long.parseLong(words[1].substring("seed=".length())));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the seed must fit into 64 bits, got '" + words[1] + "'", e);
        }
    }

    /**
     * The training run of an instance of T1 or T2.
     *
     * @return problem, optimiser and horizon
     * @throws IllegalStateException if the instance belongs to T0, where nothing is trained, or to a deep network
     */
    public RationalRun run() {
        if (part.feature() == ExactPart.Feature.CONSTRUCTION || part.feature() == ExactPart.Feature.DEEP) {
            throw new IllegalStateException(part + " trains no layer by itself");
        }
        return new RunDraw(part, seed).run();
    }

    /**
     * Compares theory and training.
     *
     * @return equal, or the first difference
     */
    public ExactEvidence check() {
        if (part.feature() == ExactPart.Feature.CONSTRUCTION) {
            return construction(Optional::of);
        }
        if (part.feature() == ExactPart.Feature.DEEP) {
            return DeepDraw.check(part, seed, null);
        }
        RationalRun run = run();
        RationalParameters predicted = ExactClosedForm.predict(run);
        ExactEvidence evidence = Comparison.of(predicted, observed(run));
        if (run.horizon() instanceof Horizon.Limit) {
            evidence = Comparison.both(evidence, stationary(run, predicted));
        }
        return part.feature() == ExactPart.Feature.FULL_RANK
                ? Comparison.both(evidence, Comparison.of(identity(run), predicted))
                : evidence;
    }

    /**
     * Compares a wrong version of the theory with training.
     *
     * @param variant the wrong version
     * @return equal, the first difference, or that the variant does not concern this instance
     */
    public ExactEvidence check(ExactVariant variant) {
        return check(List.of(variant)).get(0);
    }

    /** The same for several wrong versions, which are compared with one training. */
    List<ExactEvidence> check(List<ExactVariant> variants) {
        if (part.feature() == ExactPart.Feature.CONSTRUCTION) {
            return variants.stream()
                    .map(variant -> variant instanceof ExactVariant.OfConstruction wrong
                            ? construction(wrong.construction()::apply)
                            : new ExactEvidence.NotConcerned())
                    .toList();
        }
        if (part.feature() == ExactPart.Feature.DEEP) {
            return variants.stream().map(this::deep).toList();
        }
        RationalRun run = run();
        RationalParameters observed = null;
        List<ExactEvidence> said = new ArrayList<>();
        for (ExactVariant variant : variants) {
            RationalParameters predicted = variant instanceof ExactVariant.OfTrajectory wrong
                    ? wrong.prediction().apply(run).orElse(null)
                    : null;
            if (predicted == null) {
                said.add(new ExactEvidence.NotConcerned());
            } else {
                observed = observed == null ? observed(run) : observed;
                said.add(Comparison.of(predicted, observed));
            }
        }
        return said;
    }

    private ExactEvidence deep(ExactVariant variant) {
        return variant instanceof ExactVariant.OfDeepNetwork wrong
                        && wrong.mistake().part() == part
                ? DeepDraw.check(part, seed, wrong.mistake())
                : new ExactEvidence.NotConcerned();
    }

    private interface Belief {
        Optional<List<RationalLayer>> of(List<RationalLayer> right);
    }

    private ExactEvidence construction(Belief belief) {
        ConstructionDraw drawn = ConstructionDraw.of(part, seed);
        return belief.of(drawn.layers())
                .map(layers ->
                        Comparison.of("output", drawn.expected(), ExactForwardPass.outputs(layers, drawn.inputs())))
                .orElseGet(ExactEvidence.NotConcerned::new);
    }

    private static RationalParameters observed(RationalRun run) {
        return run.horizon() instanceof Horizon.Limit ? ObservedLimit.of(run) : ExactTrainer.train(run);
    }

    /** Training from the predicted limit must stay there, each example on its own included if the run sees them so. */
    private static ExactEvidence stationary(RationalRun run, RationalParameters limit) {
        int steps = run.oneAtATime() ? run.problem().examples() : 1;
        RationalRun further = run.with(run.problem().startingFrom(limit)).with(new Horizon.Steps(steps));
        return Comparison.of(limit, ExactTrainer.train(further));
    }

    /** The filters e_c with the bias 0. */
    private static RationalParameters identity(RationalRun run) {
        RationalLayer layer = RunDraw.identity(run.problem().network()).get(0);
        RationalArray bias = run.problem().initial().bias();
        return new RationalParameters(layer.parameters().weights(), bias == null ? null : bias.times(BigFraction.ZERO));
    }

    @Override
    public String toString() {
        return part + " seed=" + seed;
    }
}
