package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theory.CyclicForm;

/**
 * T1.cyclic and T2.cyclic: training with one example, or image, per step in cyclic order.
 *
 * @param id identifier
 * @param statement words and formula
 * @param settings how settings are drawn
 * @param space dimensions
 */
record CyclicTheorem(String id, Statement statement, SettingSpace settings, List<Dimension> space)
        implements SettingTheorem {
    @Override
    public Setting scenario(Configuration configuration) {
        Setting drawn = settings.setting(configuration);
        if (drawn.unfit() instanceof Evidence.Undecidable) {
            return drawn;
        }
        CyclicForm form = new CyclicForm(drawn.problem(), drawn.design());
        double curvature = form.largestCurvature() > 0 ? form.largestCurvature() : 1;
        Precision precision = drawn.precision();
        LinearMethod plain =
                LinearMethod.gradientDescent(precision.round(configuration.get(Axes.RATE) * 2 / curvature));
        Setting setting = drawn.with(plain).because(null);
        if (!setting.limit()) {
            return setting.withSteps(configuration.get(Axes.STEPS));
        }
        if (!form.targetsAreConsistent()) {
            return setting.because(new Evidence.HypothesesNotMet("the targets are not consistent"));
        }
        int steps = setting.problem().examples();
        // enough steps that what is still to be learned is no larger than the rounding of a single cycle
        double rounding = largest(form.budget(plain, steps, precision, setting.probes()));
        while (largest(form.truncation(plain, steps, setting.probes())) > rounding) {
            steps *= 2;
            if (steps > SettingSpace.MOST_STEPS) {
                return setting.because(
                        new Evidence.NotConverged("the limit needs more than " + SettingSpace.MOST_STEPS + " steps"));
            }
        }
        return setting.withSteps(steps);
    }

    private static double largest(Array array) {
        return Arrays.stream(array.values()).max().orElse(0);
    }

    @Override
    public Observation observe(Setting setting) {
        return setting.observe(true);
    }

    @Override
    public List<Observation> observeAll(List<Setting> settings) {
        return Setting.observe(settings, true);
    }

    @Override
    public Claim claim(Setting setting) {
        CyclicForm form = new CyclicForm(setting.problem().rounded(setting.precision()), setting.design());
        Array probes = setting.probes().rounded(setting.precision());
        Horizon horizon = setting.limit() ? new Horizon.Limit() : new Horizon.Steps(setting.steps());
        Array budget = setting.limit()
                ? form.limitBudget(setting.optimizer(), setting.steps(), setting.precision(), probes)
                : form.budget(setting.optimizer(), setting.steps(), setting.precision(), probes);
        return new Claim.Equality(form.outputs(form.parameters(setting.optimizer(), horizon), probes), budget);
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(3e-14);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        List<FalseVariant<Setting>> variants = new ArrayList<>(TrajectoryTheorem.variants(
                List.of(
                        Mistakes.ONE_STEP_MORE,
                        Mistakes.NO_INITIAL_PART,
                        Mistakes.LAST_EXAMPLE_LOST,
                        Mistakes.OTHER_ORDER,
                        Mistakes.RATE_OFF,
                        Mistakes.NO_PROJECTION),
                this));
        variants.add(new FalseVariant.WrongClaim<>("steps of one example taken for steps of all", Setting::outputs));
        return List.copyOf(variants);
    }
}
