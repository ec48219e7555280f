package org.idem.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.Network;
import org.idem.network.TrainingProblem;

/**
 * Trains many small one-layer networks at once: units of one shape, be they of one network or of many, advance together
 * in vector registers. The result of a run is the same, to the bit, whatever runs beside it.
 */
public final class SmallNetworks {
    /**
     * Products of a forward pass up to which a network is small; beyond, native products make up for the way to them.
     */
    private static final int MOST_PRODUCTS = 1 << 12;

    /** Units in one go: their rows should stay in a core's own cache. */
    private static final int LANES = 128;

    /** Units that fill vector registers: of one network they need no others, of fewer a convolution has no company. */
    private static final int COMPANY = 48;

    private SmallNetworks() {}

    /**
     * Trains and evaluates networks on the thread of the caller.
     *
     * @param runs of any shapes; large ones are trained as {@link Trainer} does
     * @return how each ended, in the order of the runs
     */
    public static List<Outcome> train(List<Run> runs) {
        return train(runs, 1);
    }

    /**
     * Trains and evaluates networks.
     *
     * @param runs of any shapes; large ones are trained as {@link Trainer} does
     * @param threads to share the work among, at least 1
     * @return how each ended, in the order of the runs
     */
    public static List<Outcome> train(List<Run> runs, int threads) {
        Map<RunKey, List<List<Unit>>> groups = new LinkedHashMap<>();
        List<List<Unit>> units = new ArrayList<>();
        Outcome[] outcomes = new Outcome[runs.size()];
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            List<Unit> own = new ArrayList<>();
            if (isSmall(run.problem())) {
                for (int unit = 0; unit < run.problem().network().outputs(); unit++) {
                    own.add(new Unit(run, unit));
                }
                groups.computeIfAbsent(RunKey.of(run), key -> new ArrayList<>()).add(own);
            } else {
                int index = i;
                tasks.add(() -> outcomes[index] = natively(run));
            }
            units.add(own);
        }
        groups.forEach((key, networks) -> tasks.addAll(tasks(key, networks)));
        new Threads(threads).run(tasks.size(), task -> tasks.get(task).run());
        for (int i = 0; i < outcomes.length; i++) {
            if (!units.get(i).isEmpty()) {
                outcomes[i] = outcome(runs.get(i), units.get(i));
            }
        }
        return List.of(outcomes);
    }

    /**
     * Trains one network.
     *
     * @param run of any shape
     * @return how it ended, the same as among others
     */
    public static Outcome train(Run run) {
        return train(List.of(run)).get(0);
    }

    private static boolean isSmall(TrainingProblem problem) {
        long sites = problem.targets().length() / problem.network().outputs();
        return sites * problem.network().fanIn() * problem.network().outputs() <= MOST_PRODUCTS;
    }

    private static Outcome natively(Run run) {
        return new Trainer(run.problem(), run.precision(), run.oneAtATime())
                .train(run.optimizer(), new Horizon.Steps(run.steps()), run.probes());
    }

    private static List<Runnable> tasks(RunKey key, List<List<Unit>> networks) {
        UnitShape shape = key.shape();
        List<Runnable> tasks = new ArrayList<>();
        List<Unit> company = new ArrayList<>();
        int count = networks.stream().mapToInt(List::size).sum();
        for (List<Unit> units : networks) {
            if (units.size() >= COMPANY) {
                tasks.add(() -> together(key, shape, units));
            } else if (key.unit() instanceof Cnn && count < COMPANY) {
                tasks.add(() -> units.forEach(new SitesTogether(key, shape, patches(key, shape, units))::run));
            } else {
                company.addAll(units);
            }
        }
        company.sort(Comparator.comparingInt(unit -> unit.run().steps()));
        for (int from = 0; from < company.size(); from += LANES) {
            List<Unit> part = company.subList(from, Math.min(company.size(), from + LANES));
            tasks.add(() -> new Lanes(key, shape, part, null).run());
        }
        return tasks;
    }

    private static void together(RunKey key, UnitShape shape, List<Unit> units) {
        SharedPatches patches = patches(key, shape, units);
        for (int from = 0; from < units.size(); from += LANES) {
            new Lanes(key, shape, units.subList(from, Math.min(units.size(), from + LANES)), patches).run();
        }
    }

    private static SharedPatches patches(RunKey key, UnitShape shape, List<Unit> units) {
        return new SharedPatches(shape, units.get(0).run().problem().inputs().values(), key.precision());
    }

    private static Outcome outcome(Run run, List<Unit> units) {
        for (Unit unit : units) {
            if (unit.diverged() >= 0) {
                return new Outcome.Diverged(unit.diverged(), unit.lastLoss());
            }
        }
        Network network = run.problem().network();
        Array weights = Array.zeros(network.weightShape());
        Array bias = Array.zeros(network.outputs());
        int fanIn = network.fanIn();
        double loss = 0;
        for (int i = 0; i < units.size(); i++) {
            double[] trained = units.get(i).trained();
            System.arraycopy(trained, 0, weights.values(), i * fanIn, fanIn);
            bias.values()[i] = network.bias() ? trained[fanIn] : 0;
            loss += units.get(i).lastLoss();
        }
        Array outputs = outputs(run, units);
        return outputs.firstNonFinite() >= 0
                ? new Outcome.Diverged(run.steps(), Double.NaN)
                : new Outcome.Trained(run.steps(), loss, weights, network.bias() ? bias : null, outputs);
    }

    private static Array outputs(Run run, List<Unit> units) {
        Network network = run.problem().network();
        UnitShape shape = new UnitShape(network, run.probes().shape(), false);
        Array outputs = Array.zeros(network.outputShape(run.probes().shape()));
        int perExample = outputs.length() / outputs.size(0) / units.size();
        double[] inputs = run.probes().values();
        for (int unit = 0; unit < units.size(); unit++) {
            double[] weights = units.get(unit).trained();
            for (int site = 0; site < shape.sites(); site++) {
                int at = (site / perExample * units.size() + unit) * perExample + site % perExample;
                outputs.values()[at] =
                        sum(weights, shape.weightsAt(site), inputs, shape.inputsAt(site), run.precision());
            }
        }
        return outputs;
    }

    private static double sum(double[] weights, int[] chosen, double[] inputs, int[] met, Precision precision) {
        if (precision == Precision.FLOAT32) {
            float sum = 0;
            for (int i = 0; i < chosen.length; i++) {
                sum += (float) weights[chosen[i]] * (float) UnitShape.met(inputs, met[i]);
            }
            return sum;
        }
        double sum = 0;
        for (int i = 0; i < chosen.length; i++) {
            sum += weights[chosen[i]] * UnitShape.met(inputs, met[i]);
        }
        return sum;
    }
}
