package org.idem.training.small;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.training.layer.UnitShape;
import org.idem.training.run.LossPath;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;

/**
 * Runs of small networks whose units have one shape. Every task trains whole networks to their outcomes, so its memory
 * is free again before the next task starts.
 */
public final class SmallGroup {
    /** Most units that advance together: their rows should stay in a core's own cache. */
    private static final int LANES = 128;

    /**
     * Units that fill the vector registers. A network with this many units fills them alone; convolutions of a group
     * with fewer units in all are trained site by site.
     */
    private static final int COMPANY = 48;

    private final RunKey key;
    private final UnitShape shape;
    private final List<Run> runs;
    private final List<Integer> members;
    private final Outcome[] outcomes;
    private final Map<IntBuffer, UnitShape> probeShapes = new ConcurrentHashMap<>();

    /**
     * Chooses the members among runs.
     *
     * @param key what the members have in common
     * @param runs of any shapes
     * @param members indices of those with this key
     * @param outcomes of all runs, where tasks put those of the members
     */
    public SmallGroup(RunKey key, List<Run> runs, List<Integer> members, Outcome[] outcomes) {
        this.key = key;
        this.runs = runs;
        this.members = members;
        this.outcomes = outcomes;
        shape = key.shape();
    }

    /**
     * The work, in parts that may be done in any order and at the same time.
     *
     * @return tasks that put the members' outcomes into their places
     */
    public List<Runnable> tasks() {
        List<Runnable> tasks = new ArrayList<>();
        List<Integer> company = new ArrayList<>();
        int count = members.stream().mapToInt(this::units).sum();
        for (int index : members) {
            if (units(index) >= COMPANY) {
                tasks.add(() -> train(List.of(index), this::together));
            } else if (key.unit() instanceof Cnn && count < COMPANY) {
                tasks.add(() -> train(List.of(index), this::bySites));
            } else {
                company.add(index);
            }
        }
        company.sort(Comparator.comparingInt(index -> runs.get(index).steps()));
        int first = 0;
        int lanes = 0;
        for (int next = 0; next < company.size(); next++) {
            lanes += units(company.get(next));
            boolean full = next + 1 == company.size() || lanes + units(company.get(next + 1)) > LANES;
            if (full) {
                List<Integer> part = company.subList(first, next + 1);
                tasks.add(() -> train(part, units -> new Lanes(key, shape, units, null).run()));
                first = next + 1;
                lanes = 0;
            }
        }
        return tasks;
    }

    private int units(int index) {
        return runs.get(index).problem().map().outputs();
    }

    private void train(List<Integer> part, Consumer<List<Unit>> way) {
        List<Unit> units = new ArrayList<>();
        List<LossPath> losses = new ArrayList<>();
        for (int index : part) {
            Run run = runs.get(index);
            LossPath path = new LossPath(run.steps(), run.cycle(), run.precision());
            losses.add(path);
            for (int unit = 0; unit < units(index); unit++) {
                units.add(new Unit(run, unit, path));
            }
        }
        way.accept(units);
        int first = 0;
        for (int i = 0; i < part.size(); i++) {
            int last = first + units(part.get(i));
            outcomes[part.get(i)] = outcome(runs.get(part.get(i)), units.subList(first, last), losses.get(i));
            first = last;
        }
    }

    private void together(List<Unit> units) {
        SharedPatches patches = patches(units);
        for (int from = 0; from < units.size(); from += LANES) {
            new Lanes(key, shape, units.subList(from, Math.min(units.size(), from + LANES)), patches).run();
        }
    }

    private void bySites(List<Unit> units) {
        units.forEach(new SitesTogether(key, shape, patches(units))::run);
    }

    private SharedPatches patches(List<Unit> units) {
        return new SharedPatches(shape, units.get(0).run().problem().inputs().values(), key.precision());
    }

    private Outcome outcome(Run run, List<Unit> units, LossPath losses) {
        int diverged = losses.diverged();
        if (diverged >= 0) {
            return new Outcome.Diverged(diverged, losses.at(diverged));
        }
        LinearMap network = run.problem().map();
        Array weights = Array.zeros(network.weightShape());
        Array bias = Array.zeros(network.outputs());
        int fanIn = network.fanIn();
        for (int i = 0; i < units.size(); i++) {
            double[] trained = units.get(i).trained();
            System.arraycopy(trained, 0, weights.values(), i * fanIn, fanIn);
            bias.values()[i] = network.bias() ? trained[fanIn] : 0;
        }
        Array outputs = outputs(run, units);
        return outputs.firstNonFinite() >= 0
                ? new Outcome.Diverged(run.steps(), Double.NaN)
                : new Outcome.Trained(run.steps(), losses.last(), weights, network.bias() ? bias : null, outputs);
    }

    private Array outputs(Run run, List<Unit> units) {
        int[] probes = run.probes().shape();
        UnitShape probed =
                probeShapes.computeIfAbsent(IntBuffer.wrap(probes), any -> new UnitShape(key.unit(), probes, false));
        Array outputs = Array.zeros(run.problem().map().outputShape(probes));
        int perExample = outputs.length() / Math.max(1, outputs.size(0)) / units.size();
        double[] inputs = run.probes().values();
        for (int unit = 0; unit < units.size(); unit++) {
            double[] weights = units.get(unit).trained();
            for (int site = 0; site < probed.sites(); site++) {
                int at = (site / perExample * units.size() + unit) * perExample + site % perExample;
                outputs.values()[at] =
                        sum(weights, probed.weightsAt(site), inputs, probed.inputsAt(site), run.precision());
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
