package org.idem.theory.linear;

import java.util.List;
import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;

/**
 * How far rounding can carry a training from the path of its strengths, in the Frobenius norm over all layers. Source:
 * proofs/T4.path.md.
 */
public final class AlignedBudget {
    /** Roundings of c, η, the residual and of stored products in one gradient. */
    private static final int FEW = 16;

    private final AlignedPath path;
    /** Spectral norms of R_j at the start, bounds. */
    private final double[] across;
    /** Frobenius norms of R_j at the start, bounds. */
    private final double[] acrossAll;

    private final int widest;
    private final double unit;
    private final double smallest;

    /**
     * For runs of one network.
     *
     * @param path the recursion
     * @param across bounds on the spectral norms of R_j at the start
     * @param acrossAll bounds on their Frobenius norms
     * @param widest largest number of inputs or outputs of a layer
     * @param precision arithmetic of the training
     */
    public AlignedBudget(AlignedPath path, double[] across, double[] acrossAll, int widest, Precision precision) {
        this.path = path;
        this.across = across.clone();
        this.acrossAll = acrossAll.clone();
        this.widest = widest;
        unit = precision.unitRoundoff();
        smallest = precision.smallestNormal();
    }

    /**
     * Bounds the distance of trained layers from s_j u_j u_{j−1}ᵀ + r R_j.
     *
     * @param strengths the predicted path, as {@link AlignedPath#strengths} computes it
     * @return bound on the Frobenius norm of the difference, over all layers together; infinite or NaN where the bound
     *     grows out of hand
     */
    public double after(List<double[]> strengths) {
        double off = atStart(strengths.get(0));
        for (int step = 0; step + 1 < strengths.size(); step++) {
            State state = new State(strengths.get(step), path.kept(step), off);
            State next = new State(strengths.get(step + 1), path.kept(step + 1), off);
            off = state.growth() * off + state.local(next);
        }
        double size = 0;
        for (double strength : strengths.get(strengths.size() - 1)) {
            size += Math.abs(strength);
        }
        return off + geometry() * (size + sum(acrossAll));
    }

    /** Initial weights are stored, and directions are unit vectors only up to rounding. */
    private double atStart(double[] strengths) {
        double sum = 0;
        for (int layer = 0; layer < strengths.length; layer++) {
            double size = Math.abs(strengths[layer]) + acrossAll[layer];
            sum += (unit + geometry()) * size;
        }
        return sum;
    }

    /** Relative errors of unit vectors, norms and projections in double precision. */
    private double geometry() {
        return 8 * Rounding.accumulated(widest + 8);
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** Bounds that hold within a distance of one point of the path. */
    private final class State {
        private final double[] strengths;
        private final double off;
        /** Bounds on the spectral norms of the layers. */
        private final double[] norms;
        /** Bounds on their Frobenius norms. */
        private final double[] sizes;

        private final double kept;

        State(double[] strengths, double kept, double off) {
            this.strengths = strengths;
            this.off = off;
            this.kept = Math.abs(kept) * (1 + 0x1p-30);
            norms = new double[strengths.length];
            sizes = new double[strengths.length];
            for (int layer = 0; layer < norms.length; layer++) {
                double strength = Math.abs(strengths[layer]);
                norms[layer] = Math.max(strength, this.kept * across[layer]) + off;
                sizes[layer] = Math.hypot(strength, this.kept * acrossAll[layer]) + off;
            }
        }

        /** ‖D²f‖: (L − 1)ρ times the largest product of all norms but two. */
        private double bend() {
            double largest = 0;
            for (int first = 0; first < norms.length; first++) {
                for (int second = first + 1; second < norms.length; second++) {
                    double product = 1;
                    for (int layer = 0; layer < norms.length; layer++) {
                        product *= layer == first || layer == second ? 1 : norms[layer];
                    }
                    largest = Math.max(largest, product);
                }
            }
            return (norms.length - 1) * path.inputNorm() * largest;
        }

        /** ‖J‖ on the path: along u_L, and across it. */
        private double slope() {
            double sum = 0;
            double below = 1;
            for (int layer = 0; layer < norms.length; layer++) {
                double above = 1;
                for (int upper = layer + 1; upper < norms.length; upper++) {
                    above *= kept * across[upper];
                }
                sum += below * below * above * above;
                below *= strengths[layer];
            }
            double across2 = path.inputNorm() * path.inputNorm() * sum;
            return Math.sqrt(Math.max(path.curvature(strengths), across2)) * (1 + 0x1p-30);
        }

        private double residual() {
            double there = Math.abs(path.inputNorm() * AlignedPath.product(strengths, -1) - path.targetNorm());
            return there + (slope() + bend() * off) * off;
        }

        /** By how much a step can enlarge the distance from the path. */
        private double growth() {
            double rate = path.learningRate() * path.lossScale();
            double reach = slope() + bend() * off;
            double still = 1 - path.learningRate() * path.decay();
            double linear = Math.max(Math.abs(still), Math.abs(still - rate * reach * reach));
            return (linear + rate * residual() * bend()) * (1 + 8 * Rounding.UNIT);
        }

        /** What rounding adds in one step: of the training, then of the recursion. */
        private double local(State next) {
            int depth = norms.length;
            double[] signals = new double[depth + 1];
            double[] errors = new double[depth + 1];
            double sum = Rounding.accumulated(widest + 2, unit);
            signals[0] = path.inputNorm();
            for (int layer = 0; layer < depth; layer++) {
                signals[layer + 1] = norms[layer] * signals[layer];
                errors[layer + 1] =
                        norms[layer] * errors[layer] + sum * sizes[layer] * (signals[layer] + errors[layer]);
            }
            double few = Rounding.accumulated(FEW, unit);
            double gradient = path.lossScale() * (residual() + errors[depth]);
            double error = path.lossScale() * errors[depth] + few * gradient;
            double squares = 0;
            for (int layer = depth - 1; layer >= 0; layer--) {
                double input = signals[layer] + errors[layer];
                double made = error * input + gradient * errors[layer] + few * (gradient + error) * input;
                double pulled = few * path.decay() * sizes[layer];
                double stored = unit * next.sizes[layer];
                double own = ofRecursion(layer);
                double all = path.learningRate() * (made + pulled) + stored + own;
                squares += all * all;
                error = norms[layer] * error + sum * sizes[layer] * (gradient + error);
                gradient *= norms[layer];
            }
            double numbers = (double) depth * widest * (widest + 4);
            return Math.sqrt(squares) * (1 + 0x1p-10)
                    + numbers * smallest * (1 + path.learningRate()) * (1 + gradient + signals[0]);
        }

        private double ofRecursion(int layer) {
            double all = path.inputNorm() * Math.abs(AlignedPath.product(strengths, -1)) + path.targetNorm();
            double pull = path.lossScale() * path.inputNorm() * all * Math.abs(AlignedPath.product(strengths, layer));
            double gradient = pull + path.decay() * (Math.abs(strengths[layer]) + acrossAll[layer]);
            double size = Math.abs(strengths[layer]) + kept * acrossAll[layer];
            return Rounding.accumulated(2 * (norms.length + widest) + 16) * path.learningRate() * gradient
                    + 4 * Rounding.UNIT * size;
        }
    }
}
