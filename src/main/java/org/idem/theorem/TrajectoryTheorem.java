package org.idem.theorem;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;

/**
 * A statement that a one-layer network follows its least-squares trajectory: T1 and T2 and their parts differ only in
 * their configuration space.
 *
 * @param id identifier
 * @param statement one sentence
 * @param hypotheses conditions
 * @param space dimensions; the names size, height, width, channels, kernel, padding, examples, bias, loss, precision,
 *     initializer, rate, steps, momentum, nesterov and decay have a meaning, and without steps the limit is meant
 * @param falseVariants wrong versions
 */
record TrajectoryTheorem(
        String id, String statement, String hypotheses, List<Dimension> space, List<FalseVariant> falseVariants)
        implements Theorem {
    @Override
    public Evidence trial(Configuration configuration, UnaryOperator<Setting> believed) {
        Setting setting = setting(configuration);
        // the prediction is made only when there is something to compare it with
        return setting.observe(outputs -> believed.apply(setting).predict().compare(outputs));
    }

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble();
        }
        return array;
    }

    static Setting setting(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean bias = c.has("bias");
        int examples = c.has("examples") ? c.whole("examples") : 1;
        Network network;
        Array inputs;
        Array probes;
        if (c.has("kernel")) {
            int channels = c.whole("channels");
            network =
                    new Cnn(channels, channels, 2 * c.whole("kernel") + 1, Padding.values()[c.whole("padding")], bias);
            inputs = uniform(random, examples, channels, c.whole("height"), c.whole("width"));
            probes = uniform(random, 1, channels, c.whole("height"), c.whole("width"));
        } else {
            network = new Fcn(c.whole("size"), c.whole("size"), bias);
            inputs = uniform(random, examples, c.whole("size"));
            probes = uniform(random, 2, c.whole("size"));
        }
        Initializer initializer = Initializer.values()[c.whole("initializer")];
        int fanIn = network.fanIn();
        int units = network.outputs();
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                TrainingProblem.identityTargets(network, inputs),
                Array.of(initializer.draw(fanIn * units, fanIn, units, random), network.weightShape()),
                bias ? uniform(random, units) : null,
                Loss.values()[c.whole("loss")]);
        Precision precision = Precision.values()[1 - c.whole("precision")];
        return run(c, problem.rounded(precision), precision, probes);
    }

    private static Setting run(Configuration c, TrainingProblem problem, Precision precision, Array probes) {
        double momentum = c.has("momentum") ? c.real("momentum") : 0;
        double decay = c.has("decay") ? c.real("decay") : 0;
        Optimizer method = new Optimizer(1, momentum, c.has("nesterov"), decay);
        ClosedForm form = new ClosedForm(problem);
        double curvature = form.largestCurvature() + decay;
        Optimizer optimizer =
                method.withLearningRate(precision.round(c.real("rate") * method.stableProduct() / curvature));
        if (c.has("steps")) {
            return new Setting(problem, optimizer, c.whole("steps"), false, precision, probes);
        }
        double slowest = 1 - optimizer.learningRate() * (form.smallestCurvature() + decay);
        double fastest = 1 - optimizer.learningRate() * curvature;
        double factor = Math.max(Math.abs(slowest), Math.abs(fastest));
        double needed = factor == 0 ? 1 : Math.ceil(Math.log(precision.unitRoundoff()) / Math.log(factor));
        int steps = needed <= Setting.MOST_STEPS ? Math.max(1, (int) needed) : Integer.MAX_VALUE;
        return new Setting(problem, optimizer, steps, true, precision, probes);
    }
}
