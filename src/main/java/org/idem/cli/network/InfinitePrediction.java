package org.idem.cli.network;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.Magnitudes;
import org.idem.cli.network.TrainingOptions.Kind;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.image.ImageSource;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.KernelSpectrum;
import org.idem.theory.kernel.KernelTraining;
import org.idem.theory.kernel.Quaternary;
import org.idem.wording.Count;
import org.idem.wording.Decimals;

/** {@code predict … --width infinite}: mean and variance over networks of infinite width. */
final class InfinitePrediction {
    /** Examples of a test set whose kernels are held at a time. */
    private static final int VECTORS_AT_A_TIME = 256;

    private static final double MIB = 1 << 20;

    /** Time of one layer for a pair of inputs, and for a pair of pixels, on one thread of a usual machine. */
    private static final double NANOSECONDS_OF_PAIR = 250;

    private static final double NANOSECONDS_OF_PIXELS = 10;
    private static final double WORTH_TELLING = 30e9;
    private static final String REMEDY = "; inputs of like size, fewer layers or usual variances avoid it";

    private final PredictionOptions options;
    private final InfiniteOptions infinite;
    private final InfiniteNetwork network;

    InfinitePrediction(PredictionOptions options, InfiniteOptions infinite) throws IOException {
        this.options = options;
        this.infinite = infinite;
        network = infinite.network(options);
    }

    int call() throws IOException {
        Horizon horizon = options.horizon();
        FileArguments.checkArray("--out", options.out, options.kind == Kind.CNN);
        if (options.precision() != Precision.FLOAT64) {
            throw new BadInput("--precision must be float64 with --width infinite, got " + options.precision());
        }
        Array inputs = inputs("--train", options.train);
        Array targets = targets(inputs);
        Array test = inputs("--test", options.test);
        if (test.size(1) != inputs.size(1)) {
            throw new BadInput("--test must have the " + (inputs.rank() == 2 ? "length" : "channels")
                    + " of --train, got " + ImageSource.shapeOf(test) + " for " + ImageSource.shapeOf(inputs));
        }
        LinearMethod method = options.method();
        boolean withVariance = infinite.varianceOut != null;
        checkMemory(inputs, test, withVariance);
        announce(inputs, test);
        try {
            return predict(inputs, targets, test, method, horizon);
        } catch (ArithmeticException e) {
            Terminal.clearProgress();
            throw new BadInput(given() + ": " + e.getMessage() + REMEDY);
        }
    }

    /** What the user gave that decides the kernels. */
    private String given() {
        return "--train " + options.train + ", --test " + options.test + infinite.given();
    }

    private Array inputs(String option, String source) throws IOException {
        Array array = options.examples(option, source);
        boolean images = options.kind == Kind.CNN;
        if (array.rank() != (images ? 4 : 2)) {
            throw new BadInput(option + " must have shape " + (images ? "(n, C, H, W)" : "(n, d)") + ", got "
                    + ImageSource.shapeOf(array));
        }
        Magnitudes.checkInputs(option, source, array, Precision.FLOAT64);
        return array;
    }

    private Array targets(Array inputs) throws IOException {
        Array targets = options.target == null ? inputs : options.examples("--target", options.target);
        int[] wanted = inputs.shape();
        if (targets.rank() == wanted.length) {
            wanted[1] = targets.size(1);
        }
        if (!Arrays.equals(wanted, targets.shape())) {
            throw new BadInput("--target must have one entry for each "
                    + (options.kind == Kind.CNN ? "pixel" : "example") + " of --train, got "
                    + ImageSource.shapeOf(targets) + " for " + ImageSource.shapeOf(inputs));
        }
        if (network.architecture().residual() && network.architecture().depth() == 1) {
            throw new BadInput(
                    "--residual must go with --depth 2 or more with --width infinite, got depth 1, whose only"
                            + " layer is the output");
        }
        return targets;
    }

    /** Says what memory the kernels take, and refuses those that do not fit, before any is taken. */
    private void checkMemory(Array inputs, Array test, boolean withVariance) {
        int[] batch = test.shape();
        batch[0] = Math.min(batch[0], atATime());
        double bytes = InfiniteKernel.bytes(network, inputs.shape(), batch, withVariance)
                + Double.BYTES * 2.0 * (inputs.length() + test.length());
        double sites = options.kind == Kind.CNN ? (double) inputs.length() / inputs.size(1) : inputs.size(0);
        long most = Runtime.getRuntime().maxMemory();
        if (!(bytes < most) || sites * sites > Integer.MAX_VALUE - 8) {
            throw new BadInput("--train must have kernels that fit into the " + (long) (most / MIB)
                    + " MiB of memory, got " + (long) sites + " " + (options.kind == Kind.CNN ? "pixels" : "examples")
                    + ", whose pairs need about " + (long) (bytes / MIB)
                    + " MiB; IDEM_JAVA_OPTS=-Xmx8g, for instance, gives more");
        }
        Terminal.progress("kernel, about " + (long) Math.ceil(bytes / MIB) + " MiB");
    }

    /** Says at once how long kernels of many layers or pixels take. */
    private void announce(Array inputs, Array test) {
        double threads = Runtime.getRuntime().availableProcessors();
        double examples = inputs.size(0);
        double others = test.size(0);
        double inTraining = Math.ceil(examples * (examples + 1) / 2 / threads);
        double pairs = inTraining + Math.ceil(examples * others / threads);
        // each input has a recursion of its own beside those of pairs; an image's is short
        double nanoseconds = network.architecture().depth()
                * (options.kind == Kind.CNN
                        ? NANOSECONDS_OF_PIXELS * pairs * area(inputs) * area(test)
                        : NANOSECONDS_OF_PAIR * (pairs + examples + others));
        if (nanoseconds > WORTH_TELLING) {
            Terminal.clearProgress();
            System.err.println("idem: kernels of " + network.architecture().depth() + " layers take about "
                    + Terminal.duration(nanoseconds) + " for these inputs");
        }
    }

    private static double area(Array images) {
        return (double) images.size(2) * images.size(3);
    }

    private int atATime() {
        return options.kind == Kind.CNN ? Runtime.getRuntime().availableProcessors() : VECTORS_AT_A_TIME;
    }

    private int predict(Array inputs, Array targets, Array test, LinearMethod method, Horizon horizon)
            throws IOException {
        boolean withVariance = infinite.varianceOut != null;
        InfiniteKernel kernel = new InfiniteKernel(network, inputs, withVariance);
        Terminal.progress("spectrum of the kernel");
        KernelSpectrum spectrum = new KernelSpectrum(kernel);
        double scale = options.loss.scale(targets.length());
        long unit = kernel.tangentUnit();
        double decay = new Quaternary(method.weightDecay(), -unit).value();
        double curvature = scale * spectrum.largest() + decay;
        LinearMethod scaled = stable(method, decay, curvature, unit);
        boolean cuts = horizon instanceof Horizon.Limit && decay == 0;
        List<KernelTraining> trainings = new ArrayList<>();
        for (double factor : cuts ? new double[] {1, 0.1, 10} : new double[] {1}) {
            trainings.add(new KernelTraining(kernel, spectrum, scale, scaled, horizon, factor * spectrum.cut()));
        }
        Outputs outputs = new Outputs(test, targets.size(1));
        List<DMatrixRMaj> weights =
                trainings.stream().map(training -> training.weights(targets)).toList();
        for (int from = 0; from < test.size(0); from += atATime()) {
            Terminal.progress("prediction", from, test.size(0), "inputs");
            Array batch = test.slices(from, Math.min(test.size(0), from + atATime()));
            InfiniteKernel.Block block = kernel.with(batch, withVariance);
            outputs.addMeans(from, block, weights);
            if (withVariance) {
                outputs.addVariances(
                        from, trainings.get(0).variances(block, kernel.variances(batch)), kernel.covarianceUnit());
            }
        }
        Terminal.clearProgress();
        outputs.check(given());
        write(outputs);
        print(kernel, spectrum, scaled, curvature, cuts);
        if (cuts) {
            System.out.println("cut moved      outputs change by at most " + Decimals.atMost(outputs.moved)
                    + " if the cut is ten times lower or higher");
        }
        if (withVariance) {
            System.out.println("variance error " + Decimals.atMost(outputs.varianceError)
                    + "  (rounding changes no variance by more)");
        }
        return ExitCode.DONE;
    }

    /** Writes means and variances, both or none. */
    private void write(Outputs outputs) throws IOException {
        FileArguments.write(
                options.out,
                "outputs",
                outputs.means,
                Precision.FLOAT64,
                infinite.varianceOut,
                file -> FileArguments.content(file, "variances", outputs.variances, Precision.FLOAT64));
    }

    private void print(
            InfiniteKernel kernel, KernelSpectrum spectrum, LinearMethod method, double curvature, boolean cuts) {
        long unit = kernel.tangentUnit();
        System.out.println("predicted      mean over networks of infinite width"
                + (infinite.varianceOut == null ? "" : ", and variance over them"));
        boolean biases = network.biasVariance() > 0;
        System.out.println("parametrisation each layer computes " + Decimals.brief(Math.sqrt(network.weightVariance()))
                + "/sqrt(fan-in) w z" + (biases ? " + " + Decimals.brief(Math.sqrt(network.biasVariance())) + " b" : "")
                + ", with w" + (biases ? " and b" : "") + " drawn from N(0, 1)");
        System.out.println("learning rate  " + Decimals.setting(decimal(method.learningRate(), -unit)));
        System.out.println("in PyTorch     the learning rate times " + Decimals.full(network.weightVariance())
                + "/fan-in for weights"
                + (biases ? ", times " + Decimals.full(network.biasVariance()) + " for biases" : ""));
        System.out.println("curvature      " + Decimals.brief(decimal(curvature, unit))
                + "  (the largest of the loss, with its weight decay)");
        if (cuts) {
            System.out.println(
                    "rank           " + rank(spectrum.rank(spectrum.cut()), kernel.tangent().numRows, spectrum));
        }
    }

    /** How many eigenvalues count, and why the others do not. */
    private static String rank(int rank, int sites, KernelSpectrum spectrum) {
        String of = rank + " of " + sites + "; ";
        if (rank == 0) {
            return of + "the kernel is 0";
        }
        String cut = "the cut, " + Decimals.brief(spectrum.cut() / spectrum.largest()) + " times the largest";
        int others = sites - rank;
        return others == 0
                ? of + "every eigenvalue of the kernel lies above " + cut
                : of + Count.of(others, "eigenvalue") + " of the kernel "
                        + Count.word(others, "is not above ", "are not above ") + cut + ", and "
                        + Count.word(others, "counts", "count") + " as 0, because rounding hides so small ones";
    }

    private static String full(double factor, long power) {
        return Double.isFinite(factor) ? Decimals.full(decimal(factor, power)) : Double.toString(factor);
    }

    /** The decimal of factor · 4^power, which may lie beyond the range of doubles. */
    private static BigDecimal decimal(double factor, long power) {
        return new BigDecimal(new Quaternary(factor, power).toString());
    }

    /** The method in units of the kernel; refused unless it is stable. */
    private LinearMethod stable(LinearMethod method, double decay, double curvature, long unit) {
        Double asked = options.learningRate;
        double bound = curvature > 0 ? method.stableProduct() / curvature : Double.POSITIVE_INFINITY;
        double rate = asked == null ? curvature > 0 ? 1 / curvature : 1 : new Quaternary(asked, unit).value();
        if (!(rate > 0 && rate < bound)) {
            throw new BadInput("--learning-rate must lie in the stable range (0, " + full(bound, -unit) + "), got "
                    + full(rate, -unit));
        }
        try {
            return new LinearMethod(rate, method.momentum(), method.nesterov(), decay);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--learning-rate, --weight-decay: " + e.getMessage());
        }
    }

    /** Outputs at the test inputs while they are made. */
    private static final class Outputs {
        private final Array means;
        private final Array variances;
        private double moved;
        private double varianceError;

        Outputs(Array test, int channels) {
            int[] shape = test.shape();
            shape[1] = channels;
            means = Array.zeros(shape);
            variances = Array.zeros(shape);
        }

        private int sites() {
            return means.rank() == 4 ? means.size(2) * means.size(3) : 1;
        }

        private int index(int from, int row, int channel) {
            int sites = sites();
            return ((from + row / sites) * means.size(1) + channel) * sites + row % sites;
        }

        void addMeans(int from, InfiniteKernel.Block block, List<DMatrixRMaj> weights) {
            DMatrixRMaj mean = KernelTraining.mean(block, weights.get(0));
            for (int row = 0; row < mean.numRows; row++) {
                for (int channel = 0; channel < mean.numCols; channel++) {
                    means.values()[index(from, row, channel)] = mean.get(row, channel);
                }
            }
            for (DMatrixRMaj others : weights.subList(1, weights.size())) {
                DMatrixRMaj other = KernelTraining.mean(block, others);
                for (int i = 0; i < mean.getNumElements(); i++) {
                    moved = Math.max(moved, Math.abs(other.data[i] - mean.data[i]));
                }
            }
        }

        void addVariances(int from, KernelTraining.Variances found, long unit) {
            for (int row = 0; row < found.values().length; row++) {
                double variance = new Quaternary(found.values()[row], unit).value();
                for (int channel = 0; channel < means.size(1); channel++) {
                    variances.values()[index(from, row, channel)] = variance;
                }
                varianceError = Math.max(varianceError, new Quaternary(found.errors()[row], unit).value());
            }
        }

        void check(String given) {
            check(given, means, "the means");
            check(given, variances, "the variances");
            check(given, moved, "the change of outputs by a moved cut");
            check(given, varianceError, "the errors of the variances");
        }

        private static void check(String given, double size, String what) {
            if (!(size < Double.POSITIVE_INFINITY)) {
                throw new BadInput(given + " must leave " + what + " within double precision, got " + size + REMEDY);
            }
        }

        private static void check(String given, Array array, String what) {
            if (array.firstNonFinite() >= 0) {
                throw new BadInput(given + " must leave " + what
                        + " over networks within double precision, but they leave it at position "
                        + array.firstNonFinite() + REMEDY);
            }
        }
    }
}
