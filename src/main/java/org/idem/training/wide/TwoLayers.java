package org.idem.training.wide;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.network.random.NormalNumbers;
import org.jspecify.annotations.Nullable;

/**
 * A network of one hidden layer and one output, or output channel, in the tangent-kernel parametrisation: hidden
 * signals h = σ_w/√fan-in·ω¹x + σ_bβ¹, outputs f = σ_w/√(nK²)·ω²φ(h) + σ_bβ². All ω and β are drawn from N(0, 1) and
 * trained at one rate. It is drawn and trained again and again; every draw forgets what was trained.
 */
public final class TwoLayers {
    private final WideTask task;
    private final Views views;
    private final int units;
    private final double inputFactor;
    private final double outputFactor;

    /** Inputs and biases of the first layer: one row of units for each number that a unit sees, the last of biases. */
    private final double[][] first;

    /** One row of units for each tap of the output's kernel, then one number of the output's bias. */
    private final double[][] last;

    private final double[][] drawnFirst;
    private final double[][] drawnLast;
    private final double[][] hidden;
    private final double[][] signals;
    private final double[] outputs;
    private final StandardForm standard;
    private @Nullable Gradients gradients;

    /** Gradients by somebody else's code. */
    @FunctionalInterface
    public interface Gradients {
        /**
         * The gradient of the loss.
         *
         * @param problem networks in the standard parametrisation
         * @return derivatives with respect to its parameters, shaped like these
         */
        List<StageParameters> of(TrainingProblem problem);
    }

    /**
     * Networks for a task.
     *
     * @param task what they are trained on
     * @param units n, of the hidden layer, or its channels; at least 1
     */
    public TwoLayers(WideTask task, int units) {
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, got " + units);
        }
        this.task = task;
        this.units = units;
        views = new Views(task);
        inputFactor = task.weightDeviation() / Math.sqrt(views.fanIn());
        outputFactor = task.weightDeviation() / Math.sqrt((double) units * views.taps());
        first = new double[views.fanIn() + 1][units];
        last = new double[views.taps() + 1][];
        Arrays.setAll(last, tap -> new double[tap < views.taps() ? units : 1]);
        drawnFirst = new double[first.length][];
        drawnLast = new double[last.length][];
        hidden = new double[views.sites()][units];
        signals = new double[views.sites()][units];
        outputs = new double[views.sites()];
        standard = new StandardForm(task, units, inputFactor, outputFactor);
    }

    /**
     * Draws all parameters.
     *
     * @param random source
     */
    public void draw(SplittableRandom random) {
        draw(first, drawnFirst, random);
        draw(last, drawnLast, random);
    }

    private static void draw(double[][] rows, double[][] drawn, SplittableRandom random) {
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = NormalNumbers.next(random);
            }
            drawn[row] = rows[row].clone();
        }
    }

    /** Goes back to the parameters as they were drawn, but for the sign of the last layer. */
    public void turnRound() {
        for (int row = 0; row < first.length; row++) {
            System.arraycopy(drawnFirst[row], 0, first[row], 0, units);
        }
        for (int row = 0; row < last.length; row++) {
            for (int i = 0; i < last[row].length; i++) {
                drawnLast[row][i] = -drawnLast[row][i];
                last[row][i] = drawnLast[row][i];
            }
        }
    }

    /**
     * Outputs at all inputs, training inputs first: one number for each input, or pixel of one.
     *
     * @return a copy
     */
    public double[] outputs() {
        forward(views.sites());
        return outputs.clone();
    }

    /**
     * φ of the hidden units at an input, as {@link #outputs} has just computed it.
     *
     * @param site number of the input, or of its pixel
     * @return one number for each unit; live
     */
    public double[] signals(int site) {
        return signals[site];
    }

    /**
     * Signals h of the hidden units, likewise.
     *
     * @param site number of the input, or of its pixel
     * @return one number for each unit; live
     */
    public double[] hidden(int site) {
        return hidden[site];
    }

    /**
     * φ′ of the hidden units, likewise.
     *
     * @param site number of the input, or of its pixel
     * @return one number for each unit
     */
    public double[] slopes(int site) {
        double[] slopes = new double[units];
        Arrays.fill(slopes, 1);
        Rectifier.of(task.activation()).multiply(hidden[site], slopes);
        return slopes;
    }

    /**
     * Weights ω² of the output.
     *
     * @param tap of its kernel; 0 where it is fully connected
     * @return one number for each unit; live
     */
    public double[] outputWeights(int tap) {
        return last[tap];
    }

    /**
     * σ_w/√fan-in of the hidden layer.
     *
     * @return positive
     */
    public double inputFactor() {
        return inputFactor;
    }

    /**
     * σ_w/√(nK²) of the output.
     *
     * @return positive
     */
    public double outputFactor() {
        return outputFactor;
    }

    private void forward(int sites) {
        double bias = task.biasDeviation();
        for (int site = 0; site < sites; site++) {
            double[] h = hidden[site];
            Arrays.fill(h, 0);
            double[] row = views.row(site);
            for (int j = 0; j < row.length; j++) {
                add(inputFactor * row[j], first[j], h);
            }
            add(bias, first[row.length], h);
            Rectifier.of(task.activation()).apply(h, signals[site]);
        }
        for (int site = 0; site < sites; site++) {
            double sum = 0;
            for (int tap = 0; tap < views.taps(); tap++) {
                int seen = views.seen(site, tap);
                sum += seen < 0 ? 0 : product(last[tap], signals[seen]);
            }
            outputs[site] = outputFactor * sum + bias * last[views.taps()][0];
        }
    }

    private static void add(double factor, double[] row, double[] sum) {
        if (factor == 0) {
            return;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * row[i];
        }
    }

    private static double product(double[] a, double[] b) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < a.length; i += 2) {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        return even + odd + (i < a.length ? a[i] * b[i] : 0);
    }

    /**
     * Says who computes the gradients of steps to come.
     *
     * @param source of gradients, null for this class itself
     */
    public void gradientsBy(@Nullable Gradients source) {
        gradients = source;
    }

    /**
     * Takes steps.
     *
     * @param method with rate, momentum and, towards 0, decay
     * @param steps how many, at least 0
     */
    public void train(LinearMethod method, int steps) {
        Movement ofFirst = new Movement(method, first);
        Movement ofLast = new Movement(method, last);
        double[][] back = new double[views.trained()][units];
        for (int step = 0; step < steps; step++) {
            if (gradients == null) {
                differentiate(back, ofFirst, ofLast);
            } else {
                standard.load(gradients.of(standard.problem(first, last)), ofFirst, ofLast);
            }
            ofLast.step();
            ofFirst.step();
        }
    }

    private void differentiate(double[][] back, Movement ofFirst, Movement ofLast) {
        forward(views.trained());
        backward(back);
        ofLast.clear();
        ofFirst.clear();
        double bias = task.biasDeviation();
        for (int site = 0; site < views.trained(); site++) {
            double residual = residual(site);
            for (int tap = 0; tap < views.taps(); tap++) {
                int seen = views.seen(site, tap);
                if (seen >= 0) {
                    add(outputFactor * residual, signals[seen], ofLast.gradient(tap));
                }
            }
            ofLast.gradient(views.taps())[0] += bias * residual;
            double[] row = views.row(site);
            for (int j = 0; j < row.length; j++) {
                add(inputFactor * row[j], back[site], ofFirst.gradient(j));
            }
            add(bias, back[site], ofFirst.gradient(row.length));
        }
    }

    private double residual(int site) {
        return task.lossScale() * (outputs[site] - task.target(site));
    }

    /** Derivatives of the loss with respect to the hidden signals h of the training inputs. */
    private void backward(double[][] back) {
        for (double[] row : back) {
            Arrays.fill(row, 0);
        }
        for (int site = 0; site < back.length; site++) {
            for (int tap = 0; tap < views.taps(); tap++) {
                int seen = views.seen(site, tap);
                if (seen >= 0) {
                    add(outputFactor * residual(site), last[tap], back[seen]);
                }
            }
        }
        for (int site = 0; site < back.length; site++) {
            Rectifier.of(task.activation()).multiply(hidden[site], back[site]);
        }
    }
}
