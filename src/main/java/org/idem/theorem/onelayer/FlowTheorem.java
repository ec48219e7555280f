package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.network.LinearMethod;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theory.ClosedForm;
import org.idem.theory.Extrapolation;
import org.idem.theory.FlowForm;

/**
 * T1.flow and T2.flow, about gradient flow. The trial trains for the same time with ever shorter steps and extrapolates
 * the outputs to steps of length 0. A setting describes the run with the longest steps; the time is its number of steps
 * times its learning rate.
 *
 * @param id identifier
 * @param statement words and formula
 * @param settings how settings are drawn
 * @param space dimensions
 */
record FlowTheorem(String id, Statement statement, SettingSpace settings, List<Dimension> space)
        implements SettingTheorem {
    private static final int RUNS = 5;

    /** Number of steps of all runs together, in units of the run with the longest steps. */
    private static final double COST_OF_ALL = (1 << RUNS) - 1;

    /** Steps of the run with the longest steps; each is shorter than the inverse of every curvature. */
    static final Dimension STEPS = Axes.STEPS.logarithmic(8, 200);

    private static double time(Setting setting) {
        return setting.steps() * setting.optimizer().learningRate();
    }

    @Override
    public double cost(Configuration configuration) {
        return COST_OF_ALL * settings.cost(configuration);
    }

    /** Draws the time between an eighth and twice the inverse of the largest curvature. */
    @Override
    public Setting scenario(Configuration configuration) {
        Setting setting = settings.setting(configuration);
        double curvature = new ClosedForm(setting.problem(), setting.design()).largestCurvature();
        double time = 2 * configuration.get(Axes.RATE) / (curvature > 0 ? curvature : 1);
        double step = setting.precision().round(time / setting.steps());
        return setting.with(LinearMethod.gradientDescent(step));
    }

    @Override
    public Observation observe(Setting setting) {
        return observeAll(List.of(setting)).get(0);
    }

    @Override
    public List<Observation> observeAll(List<Setting> settings) {
        List<Setting> runs = settings.stream()
                .flatMap(setting -> IntStream.range(0, RUNS).mapToObj(run -> finer(setting, run)))
                .toList();
        List<Observation> seen = Setting.observe(runs, false);
        return IntStream.range(0, settings.size())
                .mapToObj(i -> extrapolated(seen.subList(i * RUNS, (i + 1) * RUNS)))
                .toList();
    }

    /** The same time in more steps: their number is doubled so many times. */
    private static Setting finer(Setting setting, int times) {
        double rate = Math.scalb(setting.optimizer().learningRate(), -times);
        return setting.with(LinearMethod.gradientDescent(rate)).withSteps(setting.steps() << times);
    }

    private static Observation extrapolated(List<Observation> runs) {
        List<Array> outputs = new ArrayList<>();
        for (Observation run : runs) {
            if (!(run instanceof Observation.Seen seen)) {
                return run;
            }
            outputs.add(seen.values());
        }
        double[] weights = Extrapolation.weights(RUNS);
        Array extrapolated = Array.zeros(outputs.get(0).shape());
        for (int run = 0; run < RUNS; run++) {
            for (int i = 0; i < extrapolated.length(); i++) {
                extrapolated.values()[i] += weights[run] * outputs.get(run).values()[i];
            }
        }
        return new Observation.Seen(extrapolated);
    }

    /** Steps of finite length only come near the flow. */
    @Override
    public boolean isExactUpToRounding() {
        return false;
    }

    @Override
    public Claim claim(Setting setting) {
        FlowForm form = new FlowForm(setting.problem().rounded(setting.precision()), setting.design());
        Array probes = setting.probes().rounded(setting.precision());
        return new Claim.Equality(
                form.outputs(time(setting), probes),
                form.budget(time(setting), setting.steps(), RUNS, setting.precision(), probes));
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(5e-13);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        List<FalseVariant<Setting>> variants = new ArrayList<>(TrajectoryTheorem.variants(
                List.of(
                        Mistakes.NO_INITIAL_PART,
                        Mistakes.OTHER_LOSS,
                        Mistakes.NO_PROJECTION,
                        Mistakes.REVERSED,
                        Mistakes.TIME_OFF),
                this));
        variants.add(new FalseVariant.WrongClaim<>("steps taken for the flow", setting -> {
            Array budget = ((Claim.Equality) claim(setting)).budget();
            return new Claim.Equality(setting.outputs().values(), budget);
        }));
        return List.copyOf(variants);
    }
}
